/** Papers as PDF pages with a text layer, as an office program prints them. */
import { PDFDocument as SkiaDocument } from '@napi-rs/canvas'
import { PDFArray, PDFDocument, PDFName, PDFRawStream, decodePDFRawStream } from 'pdf-lib'
import type { Side } from './paper.ts'
import type { Random } from './random.ts'
import { Sheet } from './sheet.ts'

/**
 * One page for each side. Skia tells readers the radical ⻔ where the paper says 门; `mend` puts the ordinary characters
 * back. Browsers print PDFs with just this flaw, so some are left as they are.
 */
export async function writeDigitalPdf(
  sides: readonly { side: Side; drawing: Random }[],
  mend: boolean,
): Promise<{ bytes: Buffer; sheets: Sheet[] }> {
  const document = new SkiaDocument({ producer: 'WPS Writer', creationDate: undefined } as never)
  const sheets = sides.map(({ side, drawing }) => {
    const context = document.beginPage(side.width, side.height)
    const sheet = new Sheet(context as never, side.width, side.height, drawing)
    side.draw(sheet)
    document.endPage()
    return sheet
  })
  const bytes = document.close()
  return { bytes: mend ? await mendCharacters(bytes) : bytes, sheets }
}

/** Radicals that share a glyph with an ordinary character but are not folded into it by NFKC. */
const radicals: Record<number, number> = Object.fromEntries(
  Array.from(
    '⺅亻⺉刂⺒巳⺓幺⺕彐⺖忄⺘扌⺞歺⺠民⺡氵⺣灬⺤爫⺨犭⺭礻⺯糹⺰纟⺹耂⺺肀⺾艹⻂衤⻅见⻆角⻈讠⻉贝⻋车⻌辶⻐钅⻑長⻓长⻔门⻖阝⻘青⻙韦⻚页⻛风⻜飞⻝食⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟⼾户',
  ).reduce<[number, number][]>(
    (pairs, char, i, all) => (i % 2 === 0 ? [...pairs, [char.codePointAt(0)!, all[i + 1]!.codePointAt(0)!]] : pairs),
    [],
  ),
)

async function mendCharacters(bytes: Buffer): Promise<Buffer> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false })
  for (const [reference, object] of document.context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFRawStream)) continue
    const filter = object.dict.get(PDFName.of('Filter'))
    if (
      filter instanceof PDFArray ||
      object.dict.get(PDFName.of('Subtype')) !== undefined ||
      object.dict.get(PDFName.of('Length1')) !== undefined
    )
      continue
    const text = Buffer.from(decodePDFRawStream(object).decode()).toString('latin1')
    if (!text.includes('begincmap')) continue
    const mended = text.replace(/<([0-9A-F]{4})>(?= *\r?\n)/g, (whole, hex: string) => {
      const code = Number.parseInt(hex, 16)
      const ordinary = code >= 0x2f00 && code <= 0x2fd5 ? String.fromCodePoint(code).normalize('NFKC').codePointAt(0)! : radicals[code]
      return ordinary === undefined ? whole : `<${ordinary.toString(16).toUpperCase().padStart(4, '0')}>`
    })
    document.context.assign(reference, document.context.flateStream(mended))
  }
  return Buffer.from(await document.save({ useObjectStreams: false }))
}
