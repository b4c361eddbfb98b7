import { PDFDocument, type PDFPage, degrees, PDFName } from 'pdf-lib'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { findScan } from '../../../src/reading/pdf/find-scan.ts'
import { openPdf } from '../../../src/reading/pdf/open-pdf.ts'
import { openPdfium, type Pdfium } from '../../../src/reading/pdf/open-pdfium.ts'
import { placeOnPage } from '../../../src/reading/pdf/place-on-page.ts'

const [width, height] = [1240, 1754]
let pdfium: Pdfium
let jpeg: Buffer
beforeAll(async () => {
  pdfium = await openPdfium()
  const mark = await sharp({ create: { width: 200, height: 200, channels: 3, background: 'black' } })
    .png()
    .toBuffer()
  jpeg = await sharp({ create: { width: width * 2, height: height * 2, channels: 3, background: 'white' } })
    .composite([{ input: mark, left: 100, top: 100 }])
    .jpeg()
    .toBuffer()
})

/** A page of A4 that a JPEG fills, and what else is done to it. */
async function scanned(
  change: (page: PDFPage, document: PDFDocument) => void = () => undefined,
  bytes: Uint8Array = jpeg,
): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const page = document.addPage([595.2, 841.92])
  page.drawImage(await document.embedJpg(bytes), { x: 0, y: 0, width: 595.2, height: 841.92 })
  await document.flush()
  change(page, document)
  return document.save({ useObjectStreams: false })
}

/** Sets a key of the dictionary of a page's image. */
function setOfImage(page: PDFPage, key: string, value: unknown): void {
  const images = page.node.Resources()!.lookup(PDFName.of('XObject')) as unknown as { keys(): PDFName[]; lookup(key: PDFName): unknown }
  const image = images.lookup(images.keys()[0]!) as { dict: { set(key: PDFName, value: unknown): void } }
  image.dict.set(PDFName.of(key), value)
}

/** The JPEG with so many dots across the page. */
const ofDots = (across: number) => sharp(jpeg).resize({ width: across, height: Math.round(across * Math.SQRT2), fit: 'fill' })

function scanOf(file: Uint8Array) {
  const memory = pdfium.wasmExports.malloc(file.byteLength)
  pdfium.HEAPU8.set(file, memory)
  const page = pdfium._FPDF_LoadPage(pdfium._FPDF_LoadMemDocument(memory, file.byteLength, 0), 0)
  const isUpright = pdfium._FPDF_GetPageWidthF(page) < pdfium._FPDF_GetPageHeightF(page)
  return findScan(pdfium, page, placeOnPage(pdfium, page, isUpright ? { width, height } : { width: height, height: width }), file)
}

describe('a page of a PDF that is nothing but a JPEG', () => {
  it.each([
    [0, 0.1, 0.07],
    [90, 0.93, 0.1],
    [180, 0.9, 0.93],
    [270, 0.07, 0.9],
  ])('is decoded from its bytes and shown as it is turned by %i degrees', async (turn, x, y) => {
    const file = await scanned((page) => page.setRotation(degrees(turn)))
    const scan = scanOf(file)
    expect(scan).toMatchObject({ channels: 3, turn })
    expect(Buffer.compare(scan!.bytes, jpeg)).toBe(0)
    const { raster } = await openPdf(pdfium, file).readPage(0)
    expect(raster.width < raster.height).toBe(turn % 180 === 0)
    const level = (across: number, down: number) =>
      raster.data[(Math.round(down * raster.height) * raster.width + Math.round(across * raster.width)) * 3]
    expect(level(x, y)).toBeLessThan(30)
    expect(level(1 - x, 1 - y)).toBeGreaterThan(220)
  })

  it.each([
    ['150 dpi is read dot by dot', 1240, 1240],
    ['100 dpi is drawn as large as any page', 827, 1456],
  ])('of %s', async (_, dots, across) => {
    const file = await scanned(undefined, await ofDots(dots).jpeg().toBuffer())
    const { raster } = await openPdf(pdfium, file).readPage(0)
    expect(raster.width).toBe(across)
    expect(raster.height / raster.width).toBeCloseTo(Math.SQRT2, 2)
  })

  it.each([
    ['srgb', 1240],
    ['p3', 1456],
  ])('with the profile %s is decoded only where that changes no colour', async (profile, across) => {
    const bytes = await ofDots(1240).withIccProfile(profile).jpeg().toBuffer()
    const { icc } = await sharp(bytes).metadata()
    const file = await scanned((page, { context }) => {
      const ofFile = context.register(context.flateStream(icc!, { N: 3 }))
      setOfImage(page, 'ColorSpace', context.obj([PDFName.of('ICCBased'), ofFile]))
    }, bytes)
    const { raster } = await openPdf(pdfium, file).readPage(0)
    expect(raster.width).toBe(across)
  })

  it('is drawn where something else is painted on it, a mask or a table of levels changes it, or it does not fill the page', async () => {
    const files = await Promise.all([
      scanned((page) => page.drawText('text', { x: 100, y: 100 })),
      scanned((page) => page.drawRectangle({ x: 20, y: 20, width: 40, height: 40 })),
      scanned((page, { context }) => setOfImage(page, 'Decode', context.obj([1, 0, 1, 0, 1, 0]))),
      scanned((page, { context }) => setOfImage(page, 'Mask', context.obj([0, 10, 0, 10, 0, 10]))),
      scanned((page) => page.setSize(700, 841.92)),
    ])
    for (const file of files) expect(scanOf(file)).toBeUndefined()
  })

  it('is drawn where it is cut off, as far as it goes', async () => {
    const { raster } = await openPdf(pdfium, await scanned(undefined, jpeg.subarray(0, jpeg.length * 0.7))).readPage(0)
    const at = (Math.round(0.06 * raster.height) * raster.width + Math.round(0.09 * raster.width)) * 3
    expect(raster.data[at]).toBeLessThan(30)
  })
})
