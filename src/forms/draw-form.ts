/**
 * One of the guide's forms as a PDF of one A4 sheet: blank, with fields to fill in on a computer and room to write by hand; or
 * filled in, with the values in codes beside the print.
 */
import type { FormKind } from '../guide/forms/form-kinds.ts'
import {
  commonPlaces,
  formSheets,
  sheetSize,
  valueCodePlaces,
  type FieldItem,
  type FormItem,
  type FormSheet,
  type LabelItem,
  type TickItem,
} from '../guide/forms/form-sheet.ts'
import type { FormContents } from '../guide/forms/value-record.ts'
import type { Office } from '../guide/office.ts'
import { documentFields, documentTitles } from '../guide/papers.ts'
import { openSheet, type PrintedSheet, type Sheet } from '../platform/print/open-sheet.ts'
import { packValues } from './pack-values.ts'
import type { OwnBlank } from './read-own-blank.ts'

/** QR versions: 25 modules for the code of the sheet, 45 for each code of values. */
const sheetCodeVersion = 2
const valueCodeVersion = 7

export interface FormOrder {
  readonly kind: FormKind
  /** Canonical values; without them the form is blank and can be filled in on a computer. */
  readonly contents?: FormContents
  readonly office: Office
  /** The office's own blank, to be laid under. */
  readonly own?: OwnBlank | undefined
  readonly at: Date
}

export interface DrawnForm extends PrintedSheet {
  /** Fields whose text did not fit into the codes. */
  readonly hashed: readonly string[]
}

export async function drawForm({ kind, contents, office, own, at }: FormOrder): Promise<DrawnForm> {
  const form = own?.form ?? formSheets[kind]
  const sheet = await openSheet(sheetSize.width, sheetSize.height, { title: documentTitles[kind], author: office.name, at })
  if (own) await sheet.underlay(own.pdf, 0)
  else drawFrame(sheet, form, office, contents !== undefined)
  for (const item of form.items) {
    if (!own) drawPrint(sheet, item, office)
    if ('field' in item) await (contents ? drawValue(sheet, item, contents) : offerField(sheet, item, kind))
    if ('tick' in item) await (contents ? drawTick(sheet, item, contents) : sheet.tickField(item.tick, ...cornerOf(item), item.label))
  }
  const { hashed } = drawCodes(sheet, form, own, contents ?? {})
  return { ...(await sheet.save()), hashed }
}

function drawFrame(sheet: Sheet, form: FormSheet, office: Office, isFilled: boolean): void {
  const { annex, office: officePlace, title, chapters, note } = commonPlaces
  sheet.text(annex[0], annex[1], form.annex, { size: 8.5, gray: 0.35 })
  sheet.text(officePlace[0], officePlace[1], office.name, { size: 12, width: officePlace[2] })
  sheet.text(title[0], title[1], form.title, { size: 21, bold: true, leading: 1.2 })
  sheet.text(chapters[0], chapters[1], `依据${form.chapters}`, { size: 8, gray: 0.35 })
  const filled = '本表由电脑填写，右侧二维码所载与表内文字相同，供制卡中心核对读取。打印后如有改动，请重新填写打印，不要在纸上涂改。'
  sheet.text(note[0], note[1], isFilled ? filled : told(form.note, office), {
    size: 7.5,
    gray: 0.3,
    width: isFilled ? note[2] : 190 - note[0],
    height: note[3],
    leading: 1.45,
  })
}

/** What the guide says of the office, put into print. */
function told(text: string, office: Office): string {
  const { name, address, counter, recipient, phone, lookup } = office
  const words: Readonly<Record<string, string>> = { office: name, address, counter, recipient, phone, lookup }
  return text.replace(/\{\{(\w+)\}\}/gu, (slot, word: string) => words[word] ?? slot)
}

function drawPrint(sheet: Sheet, item: FormItem, office: Office): void {
  if ('frame' in item) sheet.frame(...item.frame, { weight: 0.25, gray: 0.1 })
  else if ('text' in item) {
    const [x, y, width, height] = item.at
    const { size = 9, bold = false, gray = 0.1, align = 'left', leading = 1.35 } = item
    sheet.text(x, y, told(item.text, office), { size, bold, gray, align, leading, width, height: height + 0.5 })
  } else if ('tick' in item) {
    const [x, y, side] = item.at
    sheet.frame(x, y, side, side, { weight: 0.3 })
    sheet.text(x + side + 1.6, y + side / 2 - 2.4, item.label, { size: 10.5, leading: 1.3 })
  } else if ('label' in item) drawLabel(sheet, item)
  else if ('field' in item) drawRoom(sheet, item)
}

function drawLabel(sheet: Sheet, { label, at: [x, y, width, height], bare, heading, align }: LabelItem): void {
  const size = heading ? 10.5 : 10
  if (!bare) {
    sheet.fill(x, y, width, height, heading ? 0.915 : 0.955)
    sheet.frame(x, y, width, height, { weight: 0.25, gray: 0.1 })
  }
  sheet.text(x, y + height / 2 - (size * 1.3 * 0.3528) / 2, label, {
    size,
    leading: 1.3,
    width,
    align: align ?? 'center',
    bold: heading === true,
  })
}

function drawRoom(sheet: Sheet, { at: [x, y, width, height], date, open, hint }: FieldItem): void {
  if (!open) sheet.frame(x, y, width, height, { weight: 0.25, gray: 0.1 })
  if (hint) sheet.text(x + 2, y + height - 4.6, hint, { size: 7.5, gray: 0.45 })
  if (date)
    for (const [part, word] of ['年', '月', '日'].entries())
      sheet.text(x + dateSteps[part]!, y + height / 2 - 2.4, word, { size: 10.5, leading: 1.3 })
}

/** Millimetres from the left of a date to its printed 年, 月 and 日; the figures stand right before them. */
const dateSteps = [19, 34, 49] as const

async function offerField(sheet: Sheet, { field, at: [x, y, width, height], lines = 1, date }: FieldItem, kind: FormKind): Promise<void> {
  const hint = documentFields[kind].find(({ name }) => name === field)?.label ?? field
  const place = [x + 1, y + 0.8, width - 2, height - 1.6] as const
  const inner = date ? ([x + 1, y + 0.8, Math.min(width, dateSteps[2] + 8) - 2, height - 1.6] as const) : place
  await sheet.textField(field, ...inner, {
    size: 11,
    multiline: lines > 1,
    hint: date ? `${hint}，如 2026-11-20` : hint,
    covers: date === true,
  })
}

function drawValue(sheet: Sheet, { field, at: [x, y, width, height], lines = 1, date }: FieldItem, contents: FormContents): Promise<void> {
  const content = contents[field] ?? null
  if (content === null || (typeof content === 'object' && 'hash' in content)) return Promise.resolve()
  if (date) {
    const parts = String(content).split('-')
    for (const [index, part] of parts.entries())
      sheet.text(x + dateSteps[index]! - 13, y + height / 2 - 2.55, part, { size: 11, leading: 1.3, width: 12.2, align: 'right' })
    return Promise.resolve()
  }
  const text = typeof content === 'string' ? content : content.join('\n')
  const style = { size: 11.5, width: width - 6, height: height - 1.2, leading: 1.3, leastSize: 6 }
  // Long texts begin at the top of their room; what is one line stands in its middle.
  const top = lines > 3 ? y + 2.5 : y + (height - sheet.linesOf(text, style)) / 2
  sheet.text(x + 3, top, text, style)
  return Promise.resolve()
}

function drawTick(sheet: Sheet, { tick, at: [x, y, side] }: TickItem, contents: FormContents): Promise<void> {
  const [field = '', value = ''] = tick.split('.')
  const content = contents[field]
  const isTicked = content === value || (Array.isArray(content) && content.includes(value))
  if (isTicked) {
    sheet.line(x + side * 0.18, y + side * 0.5, x + side * 0.42, y + side * 0.78, { weight: 0.55 })
    sheet.line(x + side * 0.42, y + side * 0.78, x + side * 0.86, y + side * 0.2, { weight: 0.55 })
  }
  return Promise.resolve()
}

const cornerOf = ({ at: [x, y, side] }: TickItem): [number, number, number] => [x, y, side]

function drawCodes(sheet: Sheet, form: FormSheet, own: OwnBlank | undefined, contents: FormContents): { hashed: readonly string[] } {
  const codes = packValues({ kind: form.kind, version: form.version, layout: own?.layout ?? 0, page: 1, pages: 1 }, contents)
  for (const [x, y, side] of own?.codes ?? commonPlaces.sheetCodes) sheet.qrCode(x, y, side, codes.sheet, sheetCodeVersion, 'H')
  for (const [index, [x, y, side]] of valueCodePlaces(codes.values.length, own?.valueCorner).entries())
    sheet.qrCode(x, y, side, codes.values[index]!, valueCodeVersion, 'M')
  return codes
}
