/** Papers as PDF pages with a text layer, as an office program prints them. */
import { PDFDocument as SkiaDocument, type SKRSContext2D } from '@napi-rs/canvas'
import * as fontkit from 'fontkit'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Readable } from 'node:stream'
import { PDFArray, PDFDocument, PDFName, PDFRawStream, decodePDFRawStream } from 'pdf-lib'
import { paintSide } from './paint-side.ts'
import type { Side } from './paper.ts'
import type { Random } from './random.ts'
import { Sheet } from './sheet.ts'

export type PageMaking = 'text' | 'picture' | 'form'

export interface DigitalPage {
  readonly side: Side
  readonly drawing: Random
  /** Printed text, a picture put on the page (a copy of a card), or a form whose fields were filled in. */
  readonly making: PageMaking
}

/**
 * One page for each side. Skia tells readers the radical ⻔ where the paper says 门; `mend` puts the ordinary characters
 * back. Browsers print PDFs with just this flaw, so some are left as they are.
 */
export async function writeDigitalPdf(pages: readonly DigitalPage[], mend: boolean): Promise<{ bytes: Buffer; sheets: Sheet[] }> {
  const document = new SkiaDocument({ producer: 'WPS Writer', encodingQuality: 86 })
  const sheets = pages.map(({ side, drawing, making }) => {
    const context = document.beginPage(side.width, side.height) as unknown as SKRSContext2D
    const sheet = making === 'picture' ? pasteCopy(context, side, drawing) : new Sheet(context, side.width, side.height, drawing)
    if (making === 'form') sheet.widgets = []
    if (making !== 'picture') side.draw(sheet)
    document.endPage()
    return sheet
  })
  const bytes = document.close()
  const mended = mend ? await mendCharacters(bytes) : bytes
  return { bytes: pages.some(({ making }) => making === 'form') ? await addFields(mended, sheets) : mended, sheets }
}

function pasteCopy(context: SKRSContext2D, side: Side, drawing: Random): Sheet {
  const { canvas, sheet } = paintSide(side, drawing, 170)
  context.drawImage(canvas, 0, 0, side.width, side.height)
  return sheet
}

const fontFile = createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf')

/** Lays the form's fields over the printed form, each with its value and its look. */
async function addFields(bytes: Buffer, sheets: readonly Sheet[]): Promise<Buffer> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false })
  document.registerFontkit({ create: openFont } as never)
  const font = await document.embedFont(readFileSync(fontFile), { subset: true })
  const form = document.getForm()
  sheets.forEach((sheet, at) => {
    const page = document.getPage(at)
    for (const [i, { name, rect, value, size }] of (sheet.widgets ?? []).entries()) {
      const [x, y, width, height] = rect
      const place = { x, y: sheet.height - y - height, width, height, borderWidth: 0 }
      if (typeof value === 'boolean') {
        const box = form.createCheckBox(`${at + 1}.${i}.${name}`)
        box.addToPage(page, place)
        if (value) box.check()
      } else {
        const text = form.createTextField(`${at + 1}.${i}.${name}`)
        if (height > size * 2.6) text.enableMultiline()
        text.setText(value)
        text.addToPage(page, { ...place, font })
        text.setFontSize(
          Math.min(
            size,
            font.widthOfTextAtSize(value, size) > width - 6 && height < size * 2.6
              ? (size * (width - 6)) / font.widthOfTextAtSize(value, size)
              : size,
          ),
        )
        text.updateAppearances(font)
      }
    }
  })
  return Buffer.from(await document.save({ useObjectStreams: false, updateFieldAppearances: false }))
}

/** fontkit 2 ends a subset with `encode()` where pdf-lib calls the `encodeStream()` of fontkit 1. */
function openFont(bytes: Uint8Array): fontkit.Font {
  const font = fontkit.create(Buffer.from(bytes)) as fontkit.Font
  const createSubset = font.createSubset.bind(font)
  font.createSubset = () => {
    const subset = createSubset()
    return Object.assign(subset, { encodeStream: () => Readable.from([(subset as unknown as { encode(): Uint8Array }).encode()]) })
  }
  return font
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
