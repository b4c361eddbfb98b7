/** Tells pictures pasted into a mail that may be papers from the logos under signatures. */
import sharp from 'sharp'

interface InlinePart {
  readonly contentDisposition?: string
  readonly cid?: string
  readonly related?: boolean
}

/**
 * A signature's logo or a tracking pixel: shown inside the text, few bytes, and too small for anything written on it to
 * be read. A whole A4 page needs some 700 pixels across to be legible, an identity card 300; only what is below 200
 * either way (or a strip of small area) is left out, and the sender is told.
 */
export async function isSignatureImage(part: InlinePart, bytes: Buffer): Promise<boolean> {
  const shownInText = (part.cid !== undefined && part.related === true) || (part.contentDisposition === 'inline' && part.cid !== undefined)
  if (!shownInText || bytes.byteLength > 60 * 1024) return false
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata()
    return Math.min(width, height) < 200 || width * height < 60_000
  } catch {
    return false
  }
}

/** Whether a picture inside an office document is large enough to be a scan or a photo of a paper. */
export async function maybePaper(bytes: Buffer): Promise<boolean> {
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata()
    return Math.min(width, height) >= 300 && Math.max(width, height) >= 450
  } catch {
    // A format that only reading can open (HEIC) is for reading to judge.
    return endingOf(bytes) === '.heic'
  }
}

const endings: [ending: string, offset: number, mark: string][] = [
  ['.jpg', 0, '\xff\xd8\xff'],
  ['.png', 0, '\x89PNG'],
  ['.gif', 0, 'GIF8'],
  ['.pdf', 0, '%PDF-'],
  ['.bmp', 0, 'BM'],
  ['.tif', 0, 'II*\0'],
  ['.tif', 0, 'MM\0*'],
  ['.webp', 8, 'WEBP'],
  ['.heic', 4, 'ftyphei'],
  ['.heic', 4, 'ftypmif1'],
  ['.zip', 0, 'PK\x03\x04'],
]

/** The ending that fits bytes without a name; empty when they are unknown. */
export function endingOf(bytes: Buffer): string {
  const head = bytes.subarray(0, 16).toString('latin1')
  return endings.find(([, offset, mark]) => head.startsWith(mark, offset))?.[0] ?? ''
}
