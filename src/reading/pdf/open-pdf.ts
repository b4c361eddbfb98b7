/** Opens a PDF and draws its pages; knows the text and the form values that stand in the file. */
import { decodeScan } from '../decode/decode-picture.ts'
import { turnRaster } from '../decode/orient-raster.ts'
import { Unreadable } from '../decode/refuse-file.ts'
import { workingSize } from '../decode/working-size.ts'
import type { FormValue, Raster } from '../page.ts'
import { borrowing, kernels, runKernel, takeBytes } from '../pixels/kernels.ts'
import { findScan, type Scan } from './find-scan.ts'
import { type Pdfium, withMemory } from './open-pdfium.ts'
import { placeOnPage, type PagePlacing } from './place-on-page.ts'
import { readFormValues } from './read-form-values.ts'
import { readTextLayer, type LayerCharacter } from './read-text-layer.ts'

export interface PdfPage {
  readonly raster: Raster
  /** Every visible character that the file itself names, in the order of the file. */
  readonly characters: readonly LayerCharacter[]
  readonly formValues: readonly FormValue[]
}

export interface Pdf {
  readonly pages: number
  /** `index` counts from 0. */
  readPage(index: number): Promise<PdfPage>
  close(): void
}

/** FPDF_GetLastError (fpdfview.h). */
const lastError = { password: 4, security: 5 }
const formatBgrx = 3
const drawAnnotations = 0x01
const resolution = 200 / 72
/** FPDF_PAGEOBJ_IMAGE (fpdf_edit.h), and how many objects of an all white page are looked at. */
const imageObject = 3
const mostObjects = 200

export function openPdf(pdfium: Pdfium, bytes: Uint8Array): Pdf {
  const memory = pdfium.wasmExports.malloc(bytes.byteLength)
  if (memory === 0) throw new Unreadable('page-too-heavy')
  pdfium.HEAPU8.set(bytes, memory)
  const document = pdfium._FPDF_LoadMemDocument(memory, bytes.byteLength, 0)
  if (document === 0) {
    const error = pdfium._FPDF_GetLastError()
    pdfium.wasmExports.free(memory)
    if (error === lastError.password || error === lastError.security) throw new Unreadable('encrypted')
    throw new Unreadable(hasEnd(bytes) ? 'damaged' : 'truncated')
  }
  // FPDF_FORMFILLINFO, version 2, all callbacks absent: nothing in a form is run.
  const formInfo = pdfium.wasmExports.malloc(256)
  pdfium.HEAPU8.fill(0, formInfo, formInfo + 256)
  pdfium.HEAPU8[formInfo] = 2
  const form = pdfium._FPDFDOC_InitFormFillEnvironment(document, formInfo)

  /** The page, and its scan not yet decoded where it is one: to be drawn all the same when that fails. */
  const takePage = (index: number, isDrawn = false): PdfPage | UndecodedScan => {
    const page = pdfium._FPDF_LoadPage(document, index)
    if (page === 0) throw new Unreadable('damaged')
    if (form) pdfium._FORM_OnAfterLoadPage(page, form)
    try {
      const width = pdfium._FPDF_GetPageWidthF(page) * resolution
      const height = pdfium._FPDF_GetPageHeightF(page) * resolution
      if (!(width >= 1 && height >= 1)) throw new Unreadable('damaged')
      const placing = placeOnPage(pdfium, page, workingSize(width, height))
      // Text before pixels: the other way round PDFium throws.
      const characters = readTextLayer(pdfium, page, placing)
      const formValues = form ? readFormValues(pdfium, form, page, placing) : []
      const scan = isDrawn || characters.length > 0 || formValues.length > 0 ? undefined : findScan(pdfium, page, placing, bytes)
      if (scan) return { ...scan, width: placing.width, height: placing.height }
      const raster = drawPage(pdfium, page, form, placing)
      // The ground of a field is drawn over all that stands on the page, be it a seal.
      if (formValues.length > 0) borrowing(() => keepDarker(raster, drawPage(pdfium, page, null, placing)))
      if (isWhite(raster) && hasLostPicture(pdfium, page)) throw new Unreadable('damaged')
      return { raster, characters, formValues }
    } finally {
      if (form) pdfium._FORM_OnBeforeClosePage(page, form)
      pdfium._FPDF_ClosePage(page)
    }
  }

  return {
    pages: pdfium._FPDF_GetPageCount(document),
    async readPage(index) {
      const refusals = pdfium.memoryRefusals()
      const isHeavy = () => pdfium.memoryRefusals() > refusals
      try {
        const taken = takePage(index)
        const page = 'raster' in taken ? taken : ((await scannedPage(taken)) ?? (takePage(index, true) as PdfPage))
        // What PDFium cannot hold it leaves out without a word: the page must not pass for a blank one.
        if (isHeavy()) throw new Unreadable('page-too-heavy')
        return page
      } catch (error) {
        throw isHeavy() ? new Unreadable('page-too-heavy', { cause: error }) : error
      }
    },
    close() {
      if (form) pdfium._FPDFDOC_ExitFormFillEnvironment(form)
      pdfium._FPDF_CloseDocument(document)
      pdfium.wasmExports.free(formInfo)
      pdfium.wasmExports.free(memory)
    },
  }
}

interface UndecodedScan extends Scan {
  /** Of the page as it is shown. */
  readonly width: number
  readonly height: number
}

/** At the size at which PDFium would draw it. */
async function scannedPage({ turn, width, height, ...scan }: UndecodedScan): Promise<PdfPage | null> {
  const size = turn % 180 === 0 ? { width, height } : { width: height, height: width }
  const raster = await decodeScan(scan, size)
  return raster && { raster: turnRaster(raster, turn), characters: [], formValues: [] }
}

/** `form` null: without its fields, and without notes that lie over the page. */
function drawPage(pdfium: Pdfium, page: number, form: number | null, { width, height }: PagePlacing): Raster {
  const annotations = form === null ? 0 : drawAnnotations
  const stride = width * 4
  return withMemory(pdfium, stride * height, (pixels) => {
    const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, formatBgrx, pixels, stride)
    if (bitmap === 0) throw new Unreadable('page-too-heavy')
    pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff)
    pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, annotations)
    if (form) pdfium._FPDF_FFLDraw(form, bitmap, page, 0, 0, width, height, 0, annotations)
    pdfium._FPDFBitmap_Destroy(bitmap)
    const data = takeBytes(width * height * 3)
    runKernel([pdfium.HEAPU8.subarray(pixels, pixels + stride * height)], [data], (from, to) => kernels.asRgb(from, width * height, to))
    return { width, height, data }
  })
}

/** Where ink of either stands. */
function keepDarker({ data }: Raster, { data: other }: Raster): void {
  runKernel([other], [data], (from, to) => kernels.keepLesser(from, data.length, to))
}

/** Every byte is as the one before it, and the first is white. */
const isWhite = ({ data }: Raster): boolean => data[0] === 255 && Buffer.compare(data.subarray(1), data.subarray(0, -1)) === 0

/** Whether a picture of the page cannot be decoded. */
function hasLostPicture(pdfium: Pdfium, page: number): boolean {
  const count = Math.min(pdfium._FPDFPage_CountObjects(page), mostObjects)
  for (let index = 0; index < count; index++) {
    const object = pdfium._FPDFPage_GetObject(page, index)
    if (pdfium._FPDFPageObj_GetType(object) !== imageObject) continue
    const bitmap = pdfium._FPDFImageObj_GetBitmap(object)
    if (bitmap === 0) return true
    pdfium._FPDFBitmap_Destroy(bitmap)
  }
  return false
}

/** A PDF ends with `%%EOF` (ISO 32000-1, 7.5.5); a broken transfer cuts it off. */
function hasEnd(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(-2048).includes('%%EOF')
}
