/** Files made to cost much: each costs no more than its limits, is told as what it is, and the next file is read. */
import { PDFDocument, degrees } from 'pdf-lib'
import { afterAll, describe, expect, it } from 'vitest'
import { silentLog } from '../../../src/platform/log/log.ts'
import { openPdf } from '../../../src/reading/pdf/open-pdf.ts'
import { openPdfium } from '../../../src/reading/pdf/open-pdfium.ts'
import { openReader } from '../../../src/reading/read-papers.ts'
import { asSharp, drawPage, writePdf } from './draw-page.ts'

const reader = openReader({ workers: 1, log: silentLog })
afterAll(() => reader.close())

const pages = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'
const pageWith = (resources: string) =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << ${resources} >> /Contents 4 0 R >>`
const stream = (dictionary: string, data: Buffer) =>
  `<< ${dictionary} /Length ${data.length} >>\nstream\n${data.toString('latin1')}\nendstream`
const file = (content: string, resources = '', more: readonly string[] = []) =>
  writePdf(['<< /Type /Catalog /Pages 2 0 R >>', pages, pageWith(resources), content, ...more])

/** Forms that draw forms that draw forms: four of the next in each of thirty. */
const laughs = () =>
  file(stream('', Buffer.from('/F Do')), '/XObject << /F 5 0 R >>', [
    ...Array.from({ length: 30 }, (_, at) =>
      stream(
        `/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /F ${6 + at} 0 R >> >>`,
        Buffer.from('/F Do /F Do /F Do /F Do'),
      ),
    ),
    stream('/Type /XObject /Subtype /Form /BBox [0 0 595 842]', Buffer.from('0 0 10 10 re f')),
  ])

/** A JPEG 2000 picture whose header declares 40,000 × 40,000 pixels in a few bytes. */
function declaredPicture(): Uint8Array {
  const head = Buffer.alloc(51)
  head.writeUInt32BE(0xff4fff51, 0)
  head.writeUInt16BE(47, 4)
  for (const at of [8, 12, 24, 28]) head.writeUInt32BE(40_000, at)
  head.writeUInt16BE(3, 40)
  for (let channel = 0; channel < 3; channel++) head.set([7, 1, 1], 42 + channel * 3)
  const rest = [0xff, 0x52, 0, 12, 0, 0, 0, 1, 1, 5, 4, 4, 0, 1, 0xff, 0x5c, 0, 19, 0x40, ...Array<number>(16).fill(0x48), 0xff, 0xd9]
  const data = Buffer.concat([head, Buffer.from(rest)])
  return file(stream('', Buffer.from('q 595 0 0 842 0 0 cm /I Do Q')), '/XObject << /I 5 0 R >>', [
    stream('/Type /XObject /Subtype /Image /Width 40000 /Height 40000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /JPXDecode', data),
  ])
}

const deepTree = (depth: number) =>
  writePdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    ...Array.from(
      { length: depth },
      (_, at) => `<< /Type /Pages /Kids [${at + 3} 0 R] /Count 1 ${at > 0 ? `/Parent ${at + 1} 0 R` : ''} >>`,
    ),
    `<< /Type /Page /Parent ${depth + 1} 0 R /MediaBox [0 0 595 842] >>`,
  ])

describe('a file made to cost much', () => {
  it('is told as what it is, never as blank, and the file after it is read', { timeout: 60_000 }, async () => {
    const { documents, problems } = await reader.read([
      { file: '套娃.pdf', bytes: laughs() },
      { file: '巨图.pdf', bytes: declaredPicture() },
      { file: '深树.pdf', bytes: deepTree(5000) },
      {
        file: '长条.png',
        bytes: new Uint8Array(
          await asSharp({ width: 60_000, height: 40, data: new Uint8Array(60_000 * 40 * 3).fill(230) })
            .png()
            .toBuffer(),
        ),
      },
      { file: '登记表.jpg', bytes: new Uint8Array(await asSharp(drawPage()).jpeg().toBuffer()) },
    ])
    expect(problems.map(({ file: name, code }) => [name, code])).toEqual([
      ['套娃.pdf', 'page-too-heavy'],
      ['巨图.pdf', 'damaged'],
      ['深树.pdf', 'damaged'],
      ['长条.png', 'blank'],
    ])
    for (const { message } of problems) expect(message).toContain('请')
    expect(documents.map(({ pages: own }) => own[0]!.file)).toEqual(['登记表.jpg'])
  })
})

describe('a page of a PDF', () => {
  it.each([0, 90, 180, 270])('turned by /Rotate %i is drawn as a viewer shows it', async (turn) => {
    const pdfium = await openPdfium()
    const document = await PDFDocument.create()
    const sheet = document.addPage([400, 600])
    sheet.setRotation(degrees(turn))
    sheet.drawRectangle({ x: 20, y: 540, width: 40, height: 40 })
    const pdf = openPdf(pdfium, await document.save())
    const { width, height, data } = (await pdf.readPage(0)).raster
    pdf.close()
    const isDark = (x: number, y: number) => data[(Math.round(y * height) * width + Math.round(x * width)) * 3]! < 100
    expect(width < height).toBe(turn % 180 === 0)
    const corners = { 0: [0.1, 0.067], 90: [0.933, 0.1], 180: [0.9, 0.933], 270: [0.067, 0.9] } as const
    expect(isDark(...(corners[turn as keyof typeof corners] as [number, number]))).toBe(true)
  })

  it('shows its crop box only, and places its text in it', async () => {
    const pdfium = await openPdfium()
    const document = await PDFDocument.create()
    const sheet = document.addPage([600, 800])
    sheet.setCropBox(100, 100, 300, 400)
    sheet.drawText('inside', { x: 200, y: 300, size: 20 })
    const pdf = openPdf(pdfium, await document.save())
    const { raster, characters } = await pdf.readPage(0)
    pdf.close()
    expect(raster.width / raster.height).toBeCloseTo(0.75, 2)
    expect(characters[0]!.box.x / raster.width).toBeCloseTo(1 / 3, 1)
    expect(characters[0]!.box.y / raster.height).toBeGreaterThan(0.4)
    expect(characters[0]!.box.y / raster.height).toBeLessThan(0.55)
  })
})
