import { PDFDocument, StandardFonts, TextRenderingMode, degrees, rgb, setTextRenderingMode } from 'pdf-lib'
import { beforeAll, describe, expect, it } from 'vitest'
import { layerLines, turnOfLayer } from '../../../src/reading/pdf/layer-lines.ts'
import { openPdf } from '../../../src/reading/pdf/open-pdf.ts'
import { openPdfium, type Pdfium } from '../../../src/reading/pdf/open-pdfium.ts'
import { writeEncryptedPdf, writeLongPdf, writePdf } from './draw-page.ts'

let pdfium: Pdfium
beforeAll(async () => {
  pdfium = await openPdfium()
})

async function readFirst(document: PDFDocument) {
  const pdf = openPdf(pdfium, await document.save())
  try {
    return await pdf.readPage(0)
  } finally {
    pdf.close()
  }
}

describe('a PDF', () => {
  it('tells its text with the place of each character', async () => {
    const document = await PDFDocument.create()
    const page = document.addPage([595, 842])
    page.drawText('91350206MA2XM00A2T', { x: 100, y: 700, size: 12 })
    page.drawText('next column', { x: 400, y: 700, size: 12 })
    const { raster, characters } = await readFirst(document)
    const lines = layerLines(characters, [])
    expect(lines.map(({ text }) => text)).toEqual(['91350206MA2XM00A2T', 'next column'])
    const [line] = lines
    expect(line!.box.x / raster.width).toBeCloseTo(100 / 595, 2)
    expect((line!.box.y + line!.box.height / 2) / raster.height).toBeCloseTo((842 - 704) / 842, 2)
    expect(line!.glyphs).toHaveLength(18)
  })

  it.each([
    ['far off', '.24 0 0 -.24 0 842 cm', '600 900'],
    ['by most of a character', '1 0 0 -1 40 842 cm', '100 100'],
  ])('tells the place of a character that it spells itself, which PDFium tells %s', async (_, placed, start) => {
    const stream = (content: string, more = '') => `<< ${more} /Length ${content.length} >>\nstream\n${content}\nendstream`
    const font = `<< /Type /Font /Subtype /Type3 /FontBBox [0 -200 1000 900] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << /a 6 0 R >>
      /Encoding << /Type /Encoding /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [1000] /ToUnicode 7 0 R /Resources << >> >>`
    const bytes = writePdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 8 0 R >> >> >>',
      stream(`${placed} /X Do`),
      font,
      stream('1000 0 0 0 1000 900 d1 100 0 800 800 re f'),
      stream('begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <61> <0061> endbfchar endcmap'),
      stream(
        `BT /F1 50 Tf 1 0 0 -1 ${start} Tm (a) Tj 50 0 Td (a) Tj /Span << /ActualText <FEFF5382> >> BDC 50 0 Td (a) Tj EMC 50 0 Td (a) Tj ET`,
        '/Type /XObject /Subtype /Form /BBox [0 0 2500 3600] /Resources << /Font << /F1 5 0 R >> >>',
      ),
    ])
    const { characters } = await openPdf(pdfium, bytes).readPage(0)
    expect(layerLines(characters, []).map(({ text }) => text)).toEqual(['aa厂a'])
  })

  it('leaves the lines to be read of which it does not name every character', () => {
    const lines = ['经办人', '蓝雷\ufffd'].flatMap((text, row) =>
      Array.from(text, (character, at) => ({
        character,
        box: { x: 100 + 20 * at, y: 100 + 40 * row, width: 20, height: 24 },
        turn: 0,
        isBlank: false,
      })),
    )
    expect(layerLines(lines, []).map(({ text }) => text)).toEqual(['经办人'])
  })

  it('keeps what is cut by a cell apart', async () => {
    const document = await PDFDocument.create()
    document.addPage([595, 842]).drawText('leftright', { x: 100, y: 700, size: 12, font: await document.embedFont(StandardFonts.Courier) })
    const { raster, characters } = await readFirst(document)
    const edge = ((100 + 7.2 * 4) / 595) * raster.width
    const cells = [
      { box: { x: 0, y: 0, width: edge, height: raster.height } },
      { box: { x: edge, y: 0, width: raster.width - edge, height: raster.height } },
    ]
    expect(layerLines(characters, cells).map(({ text }) => text)).toEqual(['left', 'right'])
  })

  it('tells the values of its form', async () => {
    const document = await PDFDocument.create()
    const page = document.addPage([595, 842])
    const field = document.getForm().createTextField('uscc')
    field.setText('91350206MA2XM00A2T')
    field.addToPage(page, { x: 50, y: 500, width: 300, height: 24 })
    const box = document.getForm().createCheckBox('renew')
    box.addToPage(page, { x: 50, y: 450, width: 14, height: 14 })
    box.check()
    const { formValues } = await readFirst(document)
    expect(formValues.map(({ name, value }) => [name, value])).toEqual([
      ['uscc', '91350206MA2XM00A2T'],
      ['renew', true],
    ])
  })

  it('shows a seal that the ground of a field is drawn over, and what stands in the field', async () => {
    const document = await PDFDocument.create()
    const page = document.addPage([595, 842])
    page.drawCircle({ x: 200, y: 512, size: 60, color: rgb(0.8, 0.1, 0.1) })
    const field = document.getForm().createTextField('enterpriseName')
    field.setText('IIIIIIIIII')
    field.addToPage(page, { x: 50, y: 500, width: 300, height: 24, backgroundColor: rgb(1, 1, 1) })
    const { raster } = await readFirst(document)
    const at = (x: number, y: number) => {
      const scale = raster.width / 595
      const from = (Math.round((842 - y) * scale) * raster.width + Math.round(x * scale)) * 3
      return [...raster.data.subarray(from, from + 3)]
    }
    expect(at(200, 512)).toEqual([204, 26, 26])
    const inField = Array.from({ length: 80 }, (_, step) => at(50 + step, 512))
    expect(inField.some(([red]) => red! < 60)).toBe(true)
  })

  it('tells no text that is not painted', async () => {
    const document = await PDFDocument.create()
    const page = document.addPage([595, 842])
    page.drawRectangle({ x: 50, y: 50, width: 100, height: 100, color: rgb(0, 0, 0) })
    page.pushOperators(setTextRenderingMode(TextRenderingMode.Invisible))
    page.drawText('what a scanner thought it saw', { x: 100, y: 700, size: 12 })
    const { characters } = await readFirst(document)
    expect(characters).toEqual([])
  })

  it('that was written lying on its side tells how to turn it', async () => {
    const document = await PDFDocument.create()
    document.addPage([595, 842]).drawText('upwards', { x: 300, y: 300, size: 12, rotate: degrees(90) })
    expect(turnOfLayer((await readFirst(document)).characters)).toBe(90)
  })

  it('that asks for a password is told as encrypted', () => {
    expect(() => openPdf(pdfium, writeEncryptedPdf())).toThrow('encrypted')
  })

  it('that was cut off is told as truncated', () => {
    const whole = writeLongPdf(3)
    expect(() => openPdf(pdfium, new Uint8Array(Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Cat')))).toThrow('truncated')
    expect(openPdf(pdfium, whole).pages).toBe(3)
  })
})
