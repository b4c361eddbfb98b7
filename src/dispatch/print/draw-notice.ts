/**
 * The pickup notice (领卡通知单), A4. For the counter it is what the enterprise stamps and brings along; in a parcel it is the
 * list that the receiver checks the contents against.
 */
import { openSheet, type PrintedSheet, type Sheet } from '../../platform/print/open-sheet.ts'

export interface NoticeContent {
  readonly noticeNumber: string
  readonly applicationNumber: string
  readonly officeName: string
  readonly enterpriseName: string
  readonly uscc: string
  readonly service: string
  readonly method: 'post' | 'window'
  readonly waybillNumber: string | null
  /** Office day, `YYYY-MM-DD`. */
  readonly preparedOn: string
  readonly items: readonly { readonly name: string; readonly holder: string; readonly cardNumber: string; readonly quantity: number }[]
  /** What the receiver has to do, one sentence each: what to bring, or what to check. */
  readonly instructions: readonly string[]
  readonly counter: { readonly address: string; readonly hours: string; readonly phone: string }
  readonly at: Date
}

/** Millimetres. */
const left = 22
const right = 188
const inner = right - left
/** Rows that the first page has room for beside the rest; further things stand on further pages. */
const firstRows = { window: 8, post: 13 } as const
const furtherRows = 25

export async function drawNotice(content: NoticeContent): Promise<PrintedSheet> {
  const sheet = await openSheet(210, 297, { title: `领卡通知单 ${content.noticeNumber}`, author: content.officeName, at: content.at })
  drawHead(sheet, content)
  let y = drawFacts(sheet, content, 62)
  y = drawItems(sheet, content, y + 7)
  y = drawInstructions(sheet, content, y + 7)
  if (content.method === 'window') drawReceipt(sheet, Math.max(y + 6, 205))
  for (let from = firstRows[content.method]; from < content.items.length; from += furtherRows) {
    sheet.turn()
    sheet.text(left, 20, `领卡通知单（附页）　${content.applicationNumber}`, { size: 13, bold: true })
    drawRows(sheet, content.items.slice(from, from + furtherRows), from, 32, 9)
  }
  return sheet.save()
}

function drawHead(sheet: Sheet, content: NoticeContent): void {
  sheet.text(left, 20, content.officeName, { size: 13, width: 105, height: 13 })
  sheet.text(left, 30, '领卡通知单', { size: 28, bold: true, leading: 1.2 })
  sheet.code128(128, 20, 62.5, 14, content.applicationNumber)
  sheet.text(128, 35, content.applicationNumber, { size: 10.5, bold: true, width: 62.5, align: 'center' })
  sheet.text(left, 47.5, `通知单号　${content.noticeNumber}`, { size: 9, gray: 0.25 })
  sheet.text(left, 47.5, `填发日期　${chineseDay(content.preparedOn)}`, { size: 9, gray: 0.25, width: inner, align: 'right' })
  sheet.line(left, 55, right, 55, { weight: 0.9 })
  sheet.line(left, 56.2, right, 56.2, { weight: 0.25 })
}

function drawFacts(sheet: Sheet, content: NoticeContent, top: number): number {
  const handover = content.method === 'window' ? '窗口领卡' : `EMS 邮寄（到付）　${content.waybillNumber ?? ''}`
  const rows: readonly (readonly [string, string, string?, string?])[] = [
    ['企业名称', content.enterpriseName],
    ['统一社会信用代码', content.uscc, '受理编号', content.applicationNumber],
    ['业务类别', content.service, '领卡方式', handover],
  ]
  for (const [index, [label, value, secondLabel, secondValue]] of rows.entries()) {
    const y = top + index * 10.5
    sheet.fill(left, y, 33, 10.5, 0.945)
    cell(sheet, left, y, 33, 10.5, label, { gray: 0.2, size: 9.5 })
    if (secondLabel === undefined || secondValue === undefined) {
      cell(sheet, left + 33, y, inner - 33, 10.5, value, { bold: index === 0, size: 11 })
      continue
    }
    cell(sheet, left + 33, y, 52, 10.5, value, { size: 10 })
    sheet.fill(left + 85, y, 22, 10.5, 0.945)
    cell(sheet, left + 85, y, 22, 10.5, secondLabel, { gray: 0.2, size: 9.5 })
    cell(sheet, left + 107, y, inner - 107, 10.5, secondValue, { size: 10 })
    for (const x of [left + 85, left + 107]) sheet.line(x, y, x, y + 10.5, { weight: 0.2, gray: 0.45 })
  }
  const bottom = top + rows.length * 10.5
  for (let row = 1; row < rows.length; row += 1) sheet.line(left, top + row * 10.5, right, top + row * 10.5, { weight: 0.2, gray: 0.45 })
  sheet.line(left + 33, top, left + 33, bottom, { weight: 0.2, gray: 0.45 })
  sheet.frame(left, top, inner, bottom - top, { weight: 0.4 })
  return bottom
}

function drawItems(sheet: Sheet, content: NoticeContent, top: number): number {
  const total = content.items.reduce((sum, { quantity }) => sum + quantity, 0)
  const most = firstRows[content.method]
  const shown = content.items.slice(0, most)
  const further = content.items.length - shown.length
  sheet.text(left, top, '领取物品', { size: 11.5, bold: true })
  sheet.text(left, top + 0.6, `合计 ${total} 件${further > 0 ? `，其中 ${further} 项见附页` : ''}`, {
    size: 10,
    width: inner,
    align: 'right',
  })
  return drawRows(sheet, shown, 0, top + 7, shown.length > 6 ? 7 : 9)
}

function drawRows(sheet: Sheet, items: NoticeContent['items'], from: number, top: number, rowHeight: number): number {
  const columns = [14, 54, 36, 44, 18]
  const starts = columns.map((_, index) => left + columns.slice(0, index).reduce((sum, width) => sum + width, 0))
  const rows = items.map(({ name, holder, cardNumber, quantity }, index) => [
    String(from + index + 1),
    name,
    holder,
    cardNumber,
    String(quantity),
  ])
  sheet.fill(left, top, inner, rowHeight, 0.945)
  for (const [index, row] of [['序号', '物品', '持卡人', '卡号', '数量'], ...rows].entries())
    for (const [column, value] of row.entries())
      cell(sheet, starts[column] ?? left, top + index * rowHeight, columns[column] ?? 0, rowHeight, value, {
        size: index === 0 ? 9.5 : 10,
        gray: index === 0 ? 0.2 : 0,
        align: column === 0 || column === 4 ? 'center' : 'left',
      })
  const bottom = top + (rows.length + 1) * rowHeight
  for (let row = 1; row <= rows.length; row += 1)
    sheet.line(left, top + row * rowHeight, right, top + row * rowHeight, { weight: 0.2, gray: 0.45 })
  for (const x of starts.slice(1)) sheet.line(x, top, x, bottom, { weight: 0.2, gray: 0.45 })
  sheet.frame(left, top, inner, bottom - top, { weight: 0.4 })
  return bottom
}

function drawInstructions(sheet: Sheet, content: NoticeContent, top: number): number {
  sheet.text(left, top, content.method === 'window' ? '领取须知' : '签收须知', { size: 11.5, bold: true })
  let y = top + 7
  for (const [index, sentence] of content.instructions.entries()) {
    sheet.text(left, y, `${index + 1}.`, { size: 10.5 })
    y += sheet.text(left + 6, y, sentence, { size: 10.5, width: inner - 6, leading: 1.5 }) + 0.6
  }
  const lines = [
    ['领卡地点', content.counter.address],
    ['办理时间', content.counter.hours],
    ['联系电话', content.counter.phone],
  ] as const
  y += 1.5
  for (const [label, value] of lines) {
    sheet.text(left, y, label, { size: 10.5, gray: 0.3 })
    y += sheet.text(left + 22, y, value, { size: 10.5, width: inner - 22, leading: 1.5 })
  }
  return y
}

/** What is signed and stamped when the things change hands. */
function drawReceipt(sheet: Sheet, top: number): void {
  const height = Math.min(58, 284 - top)
  sheet.line(left - 8, top - 3, right + 8, top - 3, { weight: 0.2, gray: 0.45, dash: [1.5, 1.2] })
  sheet.text(left, top, '领取签收', { size: 11.5, bold: true })
  const box = top + 7
  const half = inner * 0.56
  sheet.frame(left, box, inner, height - 9, { weight: 0.4 })
  sheet.line(left + half, box, left + half, box + height - 9, { weight: 0.2, gray: 0.45 })
  const step = (height - 9) / 3
  for (const [index, label] of ['领取人签字', '身份证件号码', '领取日期'].entries()) {
    if (index > 0) sheet.line(left, box + index * step, left + half, box + index * step, { weight: 0.2, gray: 0.45 })
    sheet.text(left + 3, box + index * step + step / 2 - 2.6, label, { size: 10, gray: 0.2 })
    if (index === 2) sheet.text(left + 30, box + index * step + step / 2 - 2.6, '　　　年　　　月　　　日', { size: 10, gray: 0.2 })
  }
  sheet.text(left + half + 3, box + 2.5, '企业公章（领卡前加盖）', { size: 10, gray: 0.2 })
}

function cell(
  sheet: Sheet,
  x: number,
  y: number,
  width: number,
  height: number,
  text: string,
  style: { size: number; bold?: boolean; gray?: number; align?: 'left' | 'center' },
): void {
  // Two lines at most: what is longer shrinks.
  const drawn = { ...style, width: width - 4, height: height - 0.6, leading: 1.25, leastSize: 6 }
  const lines = sheet.linesOf(text, drawn)
  sheet.text(x + 2, y + (height - lines) / 2, text, drawn)
}

function chineseDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year} 年 ${month} 月 ${date} 日`
}
