/**
 * One sheet of paper to draw on, in millimetres from its upper left corner. The same calls give the same bytes: dates are
 * given, nothing is random.
 */
// The named export `raw` of the module is a symbology of that name; the encoder without a picture hangs on the default one.
import bwip from 'bwip-js/node'
import { PDFDocument, rgb } from 'pdf-lib'
import { openFormFields, type FormFields, type TextFieldStyle } from './form-fields.ts'
import { loadFonts } from './load-fonts.ts'
import { wrapText } from './wrap-text.ts'

const pointsPerMillimetre = 72 / 25.4
/** Drawn where the fonts have no shape for a character: the mark that Chinese typesetting keeps for it. */
const noShape = '〓'

export interface TextStyle {
  /** In points; 10 when not said. */
  readonly size?: number
  readonly bold?: boolean
  /** 0 black … 1 white. */
  readonly gray?: number
  readonly align?: 'left' | 'center' | 'right'
  /** Millimetres that a line may fill; without it the text is one line. */
  readonly width?: number
  /** Millimetres that all lines may fill: the size shrinks until they do, down to `leastSize` points. */
  readonly height?: number
  readonly leastSize?: number
  /** Line distance as a multiple of the size; 1.35 when not said. */
  readonly leading?: number
}

export interface PrintedSheet {
  readonly bytes: Uint8Array
  /** Characters that the fonts lack; each was drawn as 〓. */
  readonly missing: readonly string[]
  /** Texts that did not fit even at their least size and were cut with an ellipsis. */
  readonly cut: readonly string[]
}

export interface Sheet {
  readonly width: number
  readonly height: number
  /** Draws text with its upper edge at `y`; returns the millimetres that its lines take. */
  text(x: number, y: number, text: string, style?: TextStyle): number
  /** The millimetres that `text` would take. */
  linesOf(text: string, style: TextStyle): number
  line(x1: number, y1: number, x2: number, y2: number, style?: { weight?: number; gray?: number; dash?: readonly number[] }): void
  frame(x: number, y: number, width: number, height: number, style?: { weight?: number; gray?: number }): void
  fill(x: number, y: number, width: number, height: number, gray: number): void
  /** Code 128 as vector bars, in a quiet zone of ten modules (ISO/IEC 15417) inside `width`; returns the module in millimetres. */
  code128(x: number, y: number, width: number, height: number, text: string): number
  /** A QR code of a given version (side 17 + 4 × version modules) that fills `side` × `side`; the quiet zone lies around it. */
  qrCode(x: number, y: number, side: number, text: string, version: number, level: 'M' | 'Q' | 'H'): void
  /** A field to type into; its place is named in millimetres like everything else. */
  textField(name: string, x: number, y: number, width: number, height: number, style: TextFieldStyle): Promise<void>
  /** A box to tick, without a frame of its own. */
  tickField(name: string, x: number, y: number, side: number, hint: string): Promise<void>
  /** Lays a page of another PDF under everything, stretched to the sheet. Call it first. */
  underlay(pdf: Uint8Array, page: number): Promise<void>
  /** Goes on with a further page of the same size. */
  turn(): void
  save(): Promise<PrintedSheet>
}

/** A new sheet of `width` × `height` millimetres. */
export async function openSheet(width: number, height: number, about: { title: string; author: string; at: Date }): Promise<Sheet> {
  const fonts = await loadFonts()
  const document = await PDFDocument.create()
  document.registerFontkit(fonts.fontkit)
  document.setTitle(about.title)
  document.setAuthor(about.author)
  document.setProducer('zhika')
  document.setCreator('zhika')
  document.setLanguage('zh-CN')
  document.setCreationDate(about.at)
  document.setModificationDate(about.at)
  const regular = await document.embedFont(fonts.regular, { subset: true })
  const bold = await document.embedFont(fonts.bold, { subset: true })
  const newPage = () => document.addPage([width * pointsPerMillimetre, height * pointsPerMillimetre])
  let page = newPage()
  let fields: FormFields | undefined
  const missing = new Set<string>()
  const cut: string[] = []

  const across = (millimetres: number) => millimetres * pointsPerMillimetre
  const down = (millimetres: number) => (height - millimetres) * pointsPerMillimetre
  const color = (gray: number) => rgb(gray, gray, gray)

  const drawable = (text: string) =>
    Array.from(text.normalize('NFC'))
      .map((character) => {
        if (/\s/u.test(character)) return character === '\n' || character === '\u3000' ? character : ' '
        if (fonts.has(character.codePointAt(0) ?? 0)) return character
        missing.add(character)
        return noShape
      })
      .join('')

  /** Breaks text into lines, smaller and smaller until they fill no more than the height. */
  const fit = (text: string, style: TextStyle): { lines: string[]; size: number; complete: boolean } => {
    const { leading = 1.35, leastSize = 5, height: room = Number.POSITIVE_INFINITY } = style
    const font = style.bold ? bold : regular
    const content = drawable(text)
    const linesAt = (size: number) =>
      style.width === undefined
        ? [content.replaceAll('\n', ' ')]
        : wrapText(content, across(style.width), (line) => font.widthOfTextAtSize(line, size))
    const rows = (size: number) => Math.floor((room * pointsPerMillimetre) / (size * leading) + 0.02)
    let size = style.size ?? 10
    let lines = linesAt(size)
    while (lines.length > rows(size) && size > leastSize) {
      size = Math.max(leastSize, size - 0.5)
      lines = linesAt(size)
    }
    if (lines.length <= rows(size)) return { lines, size, complete: true }
    const kept = lines.slice(0, Math.max(1, rows(size)))
    kept.push(
      `${Array.from(kept.pop() ?? '')
        .slice(0, -1)
        .join('')}…`,
    )
    return { lines: kept, size, complete: false }
  }

  return {
    width,
    height,
    text(x, y, text, style = {}) {
      const { gray = 0, align = 'left', leading = 1.35 } = style
      const font = style.bold ? bold : regular
      const { lines, size, complete } = fit(text, style)
      if (!complete) cut.push(text)
      const lineHeight = (size * leading) / pointsPerMillimetre
      for (const [index, line] of lines.entries()) {
        const spare = (style.width === undefined ? 0 : across(style.width)) - font.widthOfTextAtSize(line, size)
        const shift = align === 'left' ? 0 : align === 'center' ? spare / 2 : spare
        // The ideographic em box of Noto Sans SC reaches from 0.88 em above the baseline to 0.12 em below.
        const baseline = y + index * lineHeight + (size * (leading - 1) * 0.5 + size * 0.88) / pointsPerMillimetre
        page.drawText(line, { x: across(x) + shift, y: down(baseline), size, font, color: color(gray) })
      }
      return lines.length * lineHeight
    },
    linesOf(text, style) {
      const { lines, size } = fit(text, style)
      return (lines.length * size * (style.leading ?? 1.35)) / pointsPerMillimetre
    },
    line(x1, y1, x2, y2, { weight = 0.3, gray = 0, dash } = {}) {
      page.drawLine({
        start: { x: across(x1), y: down(y1) },
        end: { x: across(x2), y: down(y2) },
        thickness: across(weight),
        color: color(gray),
        ...(dash ? { dashArray: dash.map(across) } : {}),
      })
    },
    frame(x, y, frameWidth, frameHeight, { weight = 0.3, gray = 0 } = {}) {
      page.drawRectangle({
        x: across(x),
        y: down(y + frameHeight),
        width: across(frameWidth),
        height: across(frameHeight),
        borderWidth: across(weight),
        borderColor: color(gray),
      })
    },
    fill(x, y, fillWidth, fillHeight, gray) {
      page.drawRectangle({
        x: across(x),
        y: down(y + fillHeight),
        width: across(fillWidth),
        height: across(fillHeight),
        color: color(gray),
      })
    },
    code128(x, y, codeWidth, codeHeight, text) {
      const [bars] = bwip.raw({ bcid: 'code128', text })
      const widths = bars && 'sbs' in bars ? bars.sbs : []
      const modules = widths.reduce((sum, each) => sum + each, 0)
      const module = codeWidth / (modules + 20)
      let at = x + module * 10
      for (const [index, count] of widths.entries()) {
        if (index % 2 === 0)
          page.drawRectangle({
            x: across(at),
            y: down(y + codeHeight),
            width: across(count * module),
            height: across(codeHeight),
            color: color(0),
          })
        at += count * module
      }
      return module
    },
    qrCode(x, y, side, text, version, level) {
      // Options of one symbology are not among the encoder's types.
      const ofSymbology = { version: String(version), eclevel: level }
      const [code] = bwip.raw({ bcid: 'qrcode', text, ...ofSymbology })
      if (!code || !('pixs' in code)) throw new Error('the encoder gave no code')
      const { pixs, pixx: modules } = code
      const step = across(side) / modules
      let path = ''
      for (let row = 0; row < modules; row += 1)
        for (let column = 0; column < modules; column += 1) {
          if (pixs[row * modules + column] !== 1) continue
          let run = 1
          while (column + run < modules && pixs[row * modules + column + run] === 1) run += 1
          path += `M${column * step} ${row * step}h${run * step}v${step}h${-run * step}z`
          column += run
        }
      // One path: rectangles drawn one by one leave hairlines between them in some viewers.
      page.drawSvgPath(path, { x: across(x), y: down(y), color: color(0), borderWidth: 0 })
    },
    async textField(name, x, y, fieldWidth, fieldHeight, style) {
      fields ??= await openFormFields(document, fonts)
      fields.text(page, name, { x: across(x), y: down(y + fieldHeight), width: across(fieldWidth), height: across(fieldHeight) }, style)
    },
    async tickField(name, x, y, side, hint) {
      fields ??= await openFormFields(document, fonts)
      fields.tick(page, name, { x: across(x), y: down(y + side), width: across(side), height: across(side) }, hint)
    },
    async underlay(pdf, at) {
      const [under] = await document.embedPdf(pdf, [at])
      if (under) page.drawPage(under, { x: 0, y: 0, width: across(width), height: across(height) })
    },
    turn() {
      page = newPage()
    },
    async save() {
      const bytes = await document.save({ useObjectStreams: true, updateFieldAppearances: false })
      return { bytes, missing: [...missing], cut }
    },
  }
}
