/** PDFium compiled to WebAssembly, its memory bounded: a hostile file fails there and nowhere else. */
import { PDFiumModule } from '@hyzyla/pdfium'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

/** The calls of PDFium that are used here (public/fpdfview.h, fpdf_text.h, fpdf_annot.h, fpdf_formfill.h). Pointers and handles are numbers. */
export interface Pdfium {
  _PDFium_Init(): void
  _FPDF_LoadMemDocument(bytes: number, length: number, password: number): number
  _FPDF_GetLastError(): number
  _FPDF_CloseDocument(document: number): void
  _FPDF_GetPageCount(document: number): number
  _FPDF_LoadPage(document: number, index: number): number
  _FPDF_ClosePage(page: number): void
  _FPDF_GetPageWidthF(page: number): number
  _FPDF_GetPageHeightF(page: number): number
  _FPDF_PageToDevice(
    page: number,
    x: number,
    y: number,
    width: number,
    height: number,
    rotate: number,
    pageX: number,
    pageY: number,
    outX: number,
    outY: number,
  ): number
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, pixels: number, stride: number): number
  _FPDFBitmap_FillRect(bitmap: number, left: number, top: number, width: number, height: number, colour: number): void
  _FPDFBitmap_Destroy(bitmap: number): void
  _FPDF_RenderPageBitmap(
    bitmap: number,
    page: number,
    x: number,
    y: number,
    width: number,
    height: number,
    rotate: number,
    flags: number,
  ): void
  _FPDF_FFLDraw(
    form: number,
    bitmap: number,
    page: number,
    x: number,
    y: number,
    width: number,
    height: number,
    rotate: number,
    flags: number,
  ): void
  _FPDFPage_CountObjects(page: number): number
  _FPDFPage_GetObject(page: number, index: number): number
  _FPDFPageObj_GetType(object: number): number
  _FPDFPageObj_HasTransparency(object: number): number
  _FPDFPageObj_GetMatrix(object: number, matrix: number): number
  _FPDFPageObj_GetClipPath(object: number): number
  _FPDFClipPath_CountPaths(clip: number): number
  _FPDFImageObj_GetBitmap(image: number): number
  _FPDFImageObj_GetImageFilterCount(image: number): number
  _FPDFImageObj_GetImageFilter(image: number, index: number, buffer: number, length: number): number
  _FPDFImageObj_GetImageDataRaw(image: number, buffer: number, length: number): number
  _FPDFText_LoadPage(page: number): number
  _FPDFText_ClosePage(text: number): void
  _FPDFText_CountChars(text: number): number
  _FPDFText_GetUnicode(text: number, index: number): number
  _FPDFText_IsGenerated(text: number, index: number): number
  _FPDFText_HasUnicodeMapError(text: number, index: number): number
  _FPDFText_GetTextObject(text: number, index: number): number
  _FPDFTextObj_GetTextRenderMode(object: number): number
  _FPDFText_GetLooseCharBox(text: number, index: number, rectangle: number): number
  _FPDFText_GetCharBox(text: number, index: number, left: number, right: number, bottom: number, top: number): number
  _FPDFPageObj_GetBounds(object: number, left: number, bottom: number, right: number, top: number): number
  _FPDFText_GetMatrix(text: number, index: number, matrix: number): number
  _FPDFText_GetCharAngle(text: number, index: number): number
  _FPDFDOC_InitFormFillEnvironment(document: number, info: number): number
  _FPDFDOC_ExitFormFillEnvironment(form: number): void
  _FORM_OnAfterLoadPage(page: number, form: number): void
  _FORM_OnBeforeClosePage(page: number, form: number): void
  _FPDFPage_GetAnnotCount(page: number): number
  _FPDFPage_GetAnnot(page: number, index: number): number
  _FPDFPage_CloseAnnot(annotation: number): void
  _FPDFAnnot_GetSubtype(annotation: number): number
  _FPDFAnnot_GetFlags(annotation: number): number
  _FPDFAnnot_GetRect(annotation: number, rectangle: number): number
  _FPDFAnnot_GetFormFieldType(form: number, annotation: number): number
  _FPDFAnnot_GetFormFieldName(form: number, annotation: number, buffer: number, length: number): number
  _FPDFAnnot_GetFormFieldValue(form: number, annotation: number, buffer: number, length: number): number
  _FPDFAnnot_IsChecked(form: number, annotation: number): number
  readonly wasmExports: { malloc(size: number): number; free(pointer: number): void }
  readonly HEAPU8: Uint8Array
  /** How often PDFium was refused memory so far: it leaves out what it cannot hold and says nothing. */
  memoryRefusals(): number
}

const pageBytes = 65_536
/** Enough for a picture of 80 million pixels inside a PDF; PDFium answers with an error when it gets no more. */
const largestMemory = 384 * 1024 * 1024

export async function openPdfium(): Promise<Pdfium> {
  const wasm = await readFile(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm'))
  let refusals = 0
  const options = {
    // A refused memory is told by the page; nothing is written past the log.
    printErr: () => undefined,
    instantiateWasm: (imports, done) => {
      void instantiate(new Uint8Array(wasm), imports, done as unknown as Receiver, () => refusals++)
      return {}
    },
  } satisfies Parameters<typeof PDFiumModule>[0] & { printErr: () => void }
  const module = await PDFiumModule(options)
  const pdfium = Object.assign(module as unknown as Pdfium, { memoryRefusals: () => refusals })
  pdfium._PDFium_Init()
  return pdfium
}

type Receiver = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void

async function instantiate(wasm: Uint8Array, imports: object, receive: Receiver, onRefusal: () => void): Promise<void> {
  const { instance, module } = await WebAssembly.instantiate(wasm, imports)
  for (const exported of Object.values(instance.exports)) if (exported instanceof WebAssembly.Memory) boundMemory(exported, onRefusal)
  receive(instance, module)
}

function boundMemory(memory: WebAssembly.Memory, onRefusal: () => void): void {
  const grow = memory.grow.bind(memory)
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * pageBytes > largestMemory) {
      onRefusal()
      throw new RangeError('a PDF needs more memory than it may have')
    }
    return grow(pages)
  }
}

/** Reads text that PDFium writes as UTF-16LE into a buffer of its own: it is asked for the length first. */
export function readWideText(pdfium: Pdfium, write: (buffer: number, length: number) => number, longest = 20_000): string {
  const length = Math.min(write(0, 0), longest * 2)
  if (length <= 2) return ''
  return withMemory(pdfium, length, (buffer) => {
    write(buffer, length)
    return Buffer.from(pdfium.HEAPU8.subarray(buffer, buffer + length - 2)).toString('utf16le')
  })
}

/** Four floats (left, top, right, bottom in page space) that PDFium writes; undefined when it refuses. */
export function readRectangle(
  pdfium: Pdfium,
  write: (rectangle: number) => number,
): [left: number, top: number, right: number, bottom: number] | undefined {
  return readFloats(pdfium, 4, write) as [number, number, number, number] | undefined
}

/** So many floats that PDFium writes; undefined when it refuses. */
export function readFloats(pdfium: Pdfium, count: number, write: (pointer: number) => number): number[] | undefined {
  return withMemory(pdfium, 4 * count, (pointer) => {
    if (!write(pointer)) return undefined
    const view = new DataView(pdfium.HEAPU8.buffer, pointer, 4 * count)
    return Array.from({ length: count }, (_, at) => view.getFloat32(4 * at, true))
  })
}

export function withMemory<Value>(pdfium: Pdfium, size: number, use: (pointer: number) => Value): Value {
  const pointer = pdfium.wasmExports.malloc(size)
  if (pointer === 0) throw new RangeError('PDFium has no memory left')
  try {
    return use(pointer)
  } finally {
    pdfium.wasmExports.free(pointer)
  }
}
