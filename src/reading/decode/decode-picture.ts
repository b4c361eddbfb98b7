/** Decodes one picture, or one page of a TIFF, to the working size, stood by its EXIF orientation. */
import sharp, { type SharpOptions } from 'sharp'
import type { Raster } from '../page.ts'
import { takeBytes } from '../pixels/kernels.ts'
import { decodeBitmap } from './decode-bitmap.ts'
import { decodeHeic } from './decode-heic.ts'
import { exifTurns, turnRaster } from './orient-raster.ts'
import { fileBounds, Unreadable } from './refuse-file.ts'
import type { PaperFormat } from './sniff-format.ts'
import { isSrgb } from './tell-srgb.ts'
import { faxProportion } from './tell-fax-proportion.ts'
import { workingSize } from './working-size.ts'

// One page at a time in each worker: libvips needs neither its cache nor threads of its own.
sharp.cache(false)
sharp.concurrency(1)

/** A broken picture that shows less than this share of its rows is not read. */
const leastDecoded = 0.25

export interface DecodedPicture {
  readonly raster: Raster
  /** The end of the file is missing: what was there has been decoded. */
  readonly truncated: boolean
}

/** How many pages a picture file has: more than one only for a TIFF. Refuses by the declared size, before any pixel is decoded. */
export async function countPictures(bytes: Uint8Array, format: PaperFormat): Promise<number> {
  if (format === 'bmp' || format === 'heic') return 1
  const facts = await readFacts(bytes, 0)
  const pages = format === 'tiff' ? (facts.pages ?? 1) : 1
  if (pages > fileBounds.pages) throw new Unreadable('too-many-pages')
  return pages
}

/** `page` counts from 0. Throws `Unreadable`. */
export async function decodePicture(bytes: Uint8Array, format: PaperFormat, page: number): Promise<DecodedPicture> {
  if (format === 'bmp') return fit(decodeBitmap(bytes))
  if (format === 'heic') return fit(await decodeHeic(bytes))
  const facts = await readFacts(bytes, page)
  const proportion = format === 'tiff' ? faxProportion(bytes, page) : 1
  const size = workingSize(facts.width, Math.round(facts.height * proportion))
  const ignoreIcc = facts.icc !== undefined && isSrgb(facts.icc)
  const decode = (failOn: 'truncated' | 'none') => shrink(bytes, size, { page, failOn, ignoreIcc })
  const stand = (raster: Raster) => turnRaster(raster, ...(exifTurns[facts.orientation ?? 1] ?? exifTurns[1]!))
  const whole = await decode('truncated').catch(() => undefined)
  if (whole) return { raster: stand(whole), truncated: false }
  const partial = await decode('none').catch((cause: unknown) => {
    throw new Unreadable('damaged', { cause })
  })
  if (shareDecoded(partial) < leastDecoded) throw new Unreadable('truncated')
  return { raster: stand(partial), truncated: true }
}

/** A scan of fewer dots than this, of those that its page is drawn with along each side, is drawn larger: print of 110 dpi is small. */
const leastScale = 0.8

/**
 * A JPEG of so many channels at a size, or somewhat smaller where it has no more pixels: enlarged it would show nothing more. Null where it
 * has much fewer, has other channels or is damaged. What it says of its colours and how it is to be turned is left aside: where it lies it
 * is told otherwise. Pixels are weighed as PDFium does, by their distance: of 367 pages that it drew before, as many values are exact and
 * certain (decision 0054).
 */
export async function decodeScan({ bytes, channels, isProfiled }: ScanBytes, size: Size): Promise<Raster | null> {
  try {
    const facts = await readFacts(bytes, 0)
    const isPlain = !isProfiled || (facts.icc !== undefined && isSrgb(facts.icc))
    const own = facts.format === 'jpeg' && facts.channels === channels && isPlain ? sizeOfScan(facts, size) : null
    return own && (await shrink(bytes, own, { failOn: 'truncated', ignoreIcc: true }, 'linear'))
  } catch {
    return null
  }
}

function sizeOfScan(own: Size, size: Size): Size | null {
  if (own.width * own.height >= size.width * size.height) return size
  const scale = Math.min(own.width / size.width, own.height / size.height)
  return scale < leastScale ? null : { width: Math.round(scale * size.width), height: Math.round(scale * size.height) }
}

type Size = ReturnType<typeof workingSize>

interface ScanBytes {
  readonly bytes: Uint8Array
  readonly channels: 1 | 3
  /** Its colours are plain only if its own profile is that of sRGB. */
  readonly isProfiled: boolean
}

async function shrink(bytes: Uint8Array, size: Size, how: SharpOptions, kernel: 'cubic' | 'linear' = 'cubic'): Promise<Raster> {
  const { data, info } = await sharp(bytes, { ...how, sequentialRead: true, limitInputPixels: fileBounds.pixels })
    .timeout({ seconds: 20 })
    .resize({ ...size, fit: 'fill', kernel })
    .toColourspace('srgb')
    .flatten({ background: 'white' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: asRgb(data, info.channels) }
}

async function readFacts(bytes: Uint8Array, page: number) {
  // The header alone is read here: no limit on pixels yet, so that it can be told which limit was passed.
  const facts = await sharp(bytes, { page, failOn: 'none', limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw new Unreadable('damaged', { cause })
    })
  const isHeldWhole = facts.isProgressive === true || facts.format === 'webp' || facts.format === 'gif' || facts.format === 'heif'
  const pixels = facts.width * facts.height
  if (pixels > (isHeldWhole ? fileBounds.wholePixels : fileBounds.pixels)) throw new Unreadable('too-many-pixels')
  return facts
}

async function fit({ width, height, data }: Raster): Promise<DecodedPicture> {
  const size = workingSize(width, height)
  const fitted = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ ...size, fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer()
  return { raster: { ...size, data: asRgb(fitted, 3) }, truncated: false }
}

function asRgb(data: Buffer, channels: number): Uint8Array {
  const pixels = data.length / channels
  const rgb = takeBytes(pixels * 3)
  if (channels === 3) rgb.set(data)
  else for (let at = 0; at < pixels; at++) rgb.fill(data[at * channels]!, at * 3, at * 3 + 3)
  return rgb
}

/** What a decoder did not get it leaves in one colour, as an empty foot of a page is: the share of rows above. */
function shareDecoded({ width, height, data }: Raster): number {
  const isPlain = (y: number) => {
    const start = y * width * 3
    for (let at = start + 3; at < start + width * 3; at++) if (data[at] !== data[at - 3]) return false
    return true
  }
  let rows = height
  while (rows > 0 && isPlain(rows - 1)) rows--
  return rows / height
}
