/** Tells what a file is by its first bytes, never by its name: a HEIC of a phone is often called `.jpg`. */
import { done, type Result } from '../../platform/result.ts'
import { fileBounds, refuseFile } from './refuse-file.ts'

export type PaperFormat = 'jpeg' | 'png' | 'webp' | 'bmp' | 'gif' | 'tiff' | 'heic' | 'avif' | 'pdf'

/** A PDF may begin with up to this many bytes of something else (ISO 32000-1, Annex H, note 13). */
const pdfSearchLength = 1024

export function sniffFormat(bytes: Uint8Array): Result<PaperFormat> {
  if (bytes.byteLength === 0) return refuseFile('empty-file')
  if (bytes.byteLength > fileBounds.bytes) return refuseFile('too-large')
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))
  const head = text(0, 16)
  if (head.startsWith('\xff\xd8\xff')) return done('jpeg')
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return done('png')
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return done('webp')
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return done('gif')
  if (['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].some((mark) => head.startsWith(mark))) return done('tiff')
  if (head.slice(4, 8) === 'ftyp') {
    // The major brand can be a general one (mif1): the compatible brands tell what is inside (ISO/IEC 23008-12, 10.2).
    const brands = text(8, Math.min(bytes.byteLength, 64))
    if (/avi[fs]/u.test(brands)) return done('avif')
    if (/hei[cxms]|hev[cxms]|mif1|msf1/u.test(brands)) return done('heic')
    return refuseFile('unsupported-video')
  }
  if (head.startsWith('\x1aE\xdf\xa3') || (head.startsWith('RIFF') && head.slice(8, 12) === 'AVI ')) return refuseFile('unsupported-video')
  if (head.startsWith('BM') && isBitmapHeader(bytes)) return done('bmp')
  if (text(0, Math.min(bytes.byteLength, pdfSearchLength)).includes('%PDF-')) return done('pdf')
  return sniffForeign(bytes, head)
}

/** A text may begin with "BM": the size of the second header decides. */
function isBitmapHeader(bytes: Uint8Array): boolean {
  if (bytes.byteLength < 26) return false
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(14, true)
  return [12, 16, 40, 52, 56, 64, 108, 124].includes(size)
}

function sniffForeign(bytes: Uint8Array, head: string): Result<PaperFormat> {
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) return refuseFile(officeParts(bytes))
  if (head.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return refuseFile(oldOfficeParts(bytes))
  if (head.startsWith('Rar!') || head.startsWith('7z\xbc\xaf\x27\x1c') || head.startsWith('\x1f\x8b'))
    return refuseFile('unsupported-archive')
  if (head.startsWith('{\\rtf')) return refuseFile('unsupported-word')
  // Other pictures that scanners and editors write: JPEG 2000, JPEG XL, JBIG2, Photoshop, DjVu, icons, PCX, PostScript, metafiles.
  const pictures = [
    '\0\0\0\x0cjP',
    '\xff\x4f\xff\x51',
    '\0\0\0\x0cJXL',
    '\xff\x0a',
    '\x97JB2',
    '8BPS',
    'AT&TFORM',
    '\0\0\x01\0',
    '%!PS',
    '\xd7\xcd\xc6\x9a',
  ]
  return refuseFile(pictures.some((mark) => head.startsWith(mark)) ? 'unsupported-format' : 'not-a-paper')
}

/** The names of the parts stand uncompressed in the archive (ECMA-376; GB/T 33190 for OFD). */
function officeParts(bytes: Uint8Array) {
  const names = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 64 * 1024)).toString('latin1')
  if (names.includes('word/')) return 'unsupported-word'
  if (names.includes('xl/')) return 'unsupported-sheet'
  if (names.includes('ppt/')) return 'unsupported-slides'
  if (names.includes('OFD.xml') || names.includes('Doc_0/')) return 'unsupported-ofd'
  return 'unsupported-archive'
}

/** Streams of the old binary formats have UTF-16 names in the directory. */
function oldOfficeParts(bytes: Uint8Array) {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const has = (name: string) => all.includes(Buffer.from(name, 'utf16le'))
  if (has('WordDocument')) return 'unsupported-word'
  if (has('Workbook') || has('Book')) return 'unsupported-sheet'
  if (has('PowerPoint Document')) return 'unsupported-slides'
  return 'unsupported-format'
}
