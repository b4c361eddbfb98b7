/**
 * The picture of a page that is nothing but a scan: a scanner wraps its JPEG into a PDF, one to a page, and some lay the text they read over
 * it, unseen. Such a picture is decoded like one that comes as a file, in half of the time that PDFium takes for it.
 */
import type { Quarter } from '../decode/orient-raster.ts'
import { type Pdfium, readFloats, withMemory } from './open-pdfium.ts'
import type { PagePlacing } from './place-on-page.ts'
import { invisible } from './read-text-layer.ts'

export interface Scan {
  /** The JPEG as it lies in the file. */
  readonly bytes: Uint8Array
  readonly channels: 1 | 3
  /** The file gives its colours a profile: they are plain only where the JPEG's own says so. */
  readonly isProfiled: boolean
  /** Clockwise, to how the page is shown. */
  readonly turn: Quarter
}

/** FPDF_PAGEOBJ_TEXT and FPDF_PAGEOBJ_IMAGE (fpdf_edit.h). */
const [textObject, imageObject] = [1, 3]
/** A page of print that was read by a scanner has some hundreds of pieces of text. */
const mostObjects = 5000
/** A picture that ends so near to the page's edges, as a share of its side, fills it. */
const slack = 0.005
/** An image's dictionary is shorter. */
const longestDictionary = 1000

/** `file` holds the bytes that the page is from. */
export function findScan(pdfium: Pdfium, page: number, placing: PagePlacing, file: Uint8Array): Scan | undefined {
  const image = onlyImage(pdfium, page)
  if (image === undefined || pdfium._FPDFPage_GetAnnotCount(page) > 0) return undefined
  if (pdfium._FPDFPageObj_HasTransparency(image) || pdfium._FPDFClipPath_CountPaths(pdfium._FPDFPageObj_GetClipPath(image)) > 0)
    return undefined
  const turn = turnOf(pdfium, image, placing)
  const bytes = turn === undefined ? undefined : jpegOf(pdfium, image)
  const colours = bytes && coloursOf(file, bytes)
  return turn !== undefined && bytes && colours ? { bytes, ...colours, turn } : undefined
}

/** The image on a page where nothing else is painted. */
function onlyImage(pdfium: Pdfium, page: number): number | undefined {
  const count = pdfium._FPDFPage_CountObjects(page)
  if (count > mostObjects) return undefined
  let image: number | undefined
  for (let index = 0; index < count; index++) {
    const object = pdfium._FPDFPage_GetObject(page, index)
    const type = pdfium._FPDFPageObj_GetType(object)
    if (type === imageObject && image === undefined) image = object
    else if (type !== textObject || pdfium._FPDFTextObj_GetTextRenderMode(object) !== invisible) return undefined
  }
  return image
}

/** How an image that fills the page is turned on it, told by the corner that its first pixel comes to; undefined where it lies otherwise. */
function turnOf(pdfium: Pdfium, image: number, { width, height, point }: PagePlacing): Quarter | undefined {
  const matrix = readFloats(pdfium, 6, (pointer) => pdfium._FPDFPageObj_GetMatrix(image, pointer))
  if (!matrix) return undefined
  const [a, b, c, d, e, f] = matrix as [number, number, number, number, number, number]
  // An image is a square of 1 that stands on the origin (ISO 32000-1, 8.9.3); its corners clockwise from the upper left one.
  const corners = [
    [0, 1],
    [1, 1],
    [1, 0],
    [0, 0],
  ].map(([x, y]) => point(a * x! + c * y! + e, b * x! + d * y! + f))
  const ofPage = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ] as const
  const near = slack * Math.max(width, height)
  const quarters = [0, 1, 2, 3].find((turned) =>
    corners.every(([x, y], at) => {
      const [left, top] = ofPage[(at + turned) % 4]!
      return Math.abs(x - left) < near && Math.abs(y - top) < near
    }),
  )
  return quarters === undefined ? undefined : ((quarters * 90) as Quarter)
}

/** The bytes of an image that is a JPEG and nothing else. */
function jpegOf(pdfium: Pdfium, image: number): Uint8Array | undefined {
  if (pdfium._FPDFImageObj_GetImageFilterCount(image) !== 1) return undefined
  const name = 'DCTDecode'
  const isJpeg = withMemory(pdfium, 32, (pointer) => {
    const length = pdfium._FPDFImageObj_GetImageFilter(image, 0, pointer, 32)
    return Buffer.from(pdfium.HEAPU8.subarray(pointer, pointer + length - 1)).toString('latin1') === name
  })
  if (!isJpeg) return undefined
  const length = pdfium._FPDFImageObj_GetImageDataRaw(image, 0, 0)
  return withMemory(pdfium, length, (pointer) => {
    pdfium._FPDFImageObj_GetImageDataRaw(image, pointer, length)
    return pdfium.HEAPU8.slice(pointer, pointer + length)
  })
}

/**
 * How many channels an image has whose samples are its colours. PDFium does not tell whether there is a mask or a table of levels: the
 * dictionary does, which stands before the same bytes in the file, unless that is encrypted.
 */
function coloursOf(file: Uint8Array, jpeg: Uint8Array): Pick<Scan, 'channels' | 'isProfiled'> | undefined {
  const whole = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const at = placeIn(whole, jpeg)
  if (at === undefined) return undefined
  const before = whole.subarray(Math.max(0, at - longestDictionary), at).toString('latin1')
  const dictionary = /\bobj\s*<<((?:(?!\bobj\b)[^])*)>>\s*stream\r?\n$/u.exec(before)?.[1]
  if (dictionary === undefined || /\/(?:SMask|Mask|SMaskInData|ImageMask|Decode|DecodeParms|OC)(?![A-Za-z])/u.test(dictionary))
    return undefined
  // Browsers, and what prints by them, name the profile of sRGB.
  const space = /\/ColorSpace\s*(?:\/Device|\[\s*\/)(RGB|Gray|ICCBased)(?![A-Za-z])/u.exec(dictionary)?.[1]
  return space === undefined ? undefined : { channels: space === 'Gray' ? 1 : 3, isProfiled: space === 'ICCBased' }
}

/** Pictures of one scanner begin alike, and end each in its own way. */
const endLength = 64
/** A search for all of the bytes takes hours where a file repeats itself, and so would as many comparisons as it has repetitions. */
const mostAlike = 20

/** Where bytes stand in a file. */
function placeIn(file: Buffer, bytes: Uint8Array): number | undefined {
  const end = bytes.subarray(-endLength)
  let from = bytes.length - end.length
  for (let tries = 0; tries < mostAlike; tries++) {
    const found = file.indexOf(end, from)
    if (found < 0) return undefined
    const at = found + end.length - bytes.length
    if (file.compare(bytes, 0, bytes.length, at, at + bytes.length) === 0) return at
    from = found + 1
  }
  return undefined
}
