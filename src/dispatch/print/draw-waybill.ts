/**
 * The EMS freight-collect waybill (EMS 到付面单), 100 × 150 mm, for a label printer: black on white, no greys, no lines under
 * 0.2 mm. Postage is paid by the receiver (到付), goods are never charged for; weight and postage are left for the courier.
 */
import { openSheet, type PrintedSheet } from '../../platform/print/open-sheet.ts'

export interface Correspondent {
  readonly name: string
  readonly phone: string
  readonly address: string
  readonly company: string | null
}

export interface WaybillContent {
  readonly waybillNumber: string
  readonly applicationNumber: string
  readonly sender: Correspondent
  readonly recipient: Correspondent
  readonly items: readonly { readonly name: string; readonly quantity: number }[]
  /** What the sender tells the courier and the receiver. */
  readonly note: string
  readonly at: Date
}

/** Millimetres. */
const left = 3
const right = 97
const inner = right - left

export async function drawWaybill(content: WaybillContent): Promise<PrintedSheet> {
  const sheet = await openSheet(100, 150, { title: `EMS 到付面单 ${content.waybillNumber}`, author: content.sender.name, at: content.at })
  const rule = (y: number) => sheet.line(left, y, right, y, { weight: 0.3 })
  const party = (
    y: number,
    height: number,
    label: readonly [string, string],
    who: Correspondent,
    sizes: { name: number; address: number },
  ) => {
    sheet.fill(left, y + 0.4, 8, height - 0.8, 0)
    for (const [index, character] of label.entries()) whiteText(left, y + height / 2 - 5.2 + index * 5.4, character, 12)
    const nameHeight = sheet.text(left + 10, y + 1.2, `${who.name}　${who.phone}`, {
      size: sizes.name,
      bold: true,
      width: inner - 11,
      height: sizes.name * 0.96,
      leading: 1.25,
    })
    const companyHeight =
      who.company === null
        ? 0
        : sheet.text(left + 10, y + 1.2 + nameHeight, who.company, { size: 7.5, width: inner - 11, height: 7, leading: 1.25, leastSize: 6 })
    const top = y + 1.6 + nameHeight + companyHeight
    sheet.text(left + 10, top, who.address, {
      size: sizes.address,
      bold: sizes.address > 9,
      width: inner - 11,
      height: y + height - top - 0.6,
      leading: 1.22,
    })
  }
  const whiteText = (x: number, y: number, text: string, size: number) =>
    sheet.text(x, y, text, { size, bold: true, gray: 1, width: 8, align: 'center', leading: 1.2 })

  sheet.frame(left, 3, inner, 144, { weight: 0.4 })

  // Head: the service, and how it is paid, large enough to be seen across a sorting table.
  sheet.text(left + 2.5, 3.6, 'EMS', { size: 25, bold: true, leading: 1.1 })
  sheet.text(left + 22, 4.6, '特快专递', { size: 12.5, bold: true, leading: 1.1 })
  sheet.text(left + 22, 9.6, '邮费由收件人支付', { size: 7.5, leading: 1.2 })
  sheet.fill(67, 3, 30, 12, 0)
  sheet.text(67, 3.7, '到付', { size: 26, bold: true, gray: 1, width: 30, align: 'center', leading: 1.15 })
  rule(15)

  sheet.code128(left + 4, 17, inner - 8, 14.5, content.waybillNumber)
  sheet.text(left, 32, grouped(content.waybillNumber), { size: 13, bold: true, width: inner, align: 'center', leading: 1.2 })
  rule(38.5)

  const destination = sortingNameOf(content.recipient.address)
  sheet.text(left + 2, 39.6, '寄达', { size: 7.5 })
  if (destination) sheet.text(left + 12, 39, destination, { size: 18, bold: true, width: inner - 14, height: 8.5, leading: 1.2 })
  rule(48)

  party(48, 29, ['收', '件'], content.recipient, { name: 12, address: 11 })
  rule(77)
  party(77, 18.5, ['寄', '件'], content.sender, { name: 9, address: 8 })
  rule(95.5)

  // What is inside, and what the courier fills in by hand.
  const middle = 55
  sheet.text(left + 2, 96.4, '内件', { size: 7.5 })
  sheet.text(left + 2, 100.4, content.items.map((item) => `${item.name} × ${item.quantity}`).join('\n'), {
    size: 9.5,
    bold: true,
    width: middle - left - 4,
    height: 12.5,
    leading: 1.25,
  })
  sheet.line(middle, 95.5, middle, 123.5)
  sheet.line(left, 114, middle, 114)
  sheet.text(left + 2, 114.8, '付款方式', { size: 7.5 })
  sheet.text(left + 2, 118, '收件人付邮费（到付）', { size: 9, bold: true })
  for (const [index, label] of ['重量　　　　　　　　　　千克', '资费　　　　　　　　　　　元', '揽收人　　　　　　时间'].entries()) {
    const y = 95.5 + index * 9.33
    if (index > 0) sheet.line(middle, y, right, y)
    sheet.text(middle + 2, y + 2.6, label, { size: 7.5 })
  }
  rule(123.5)

  sheet.text(left + 2, 124.3, content.note, { size: 7, width: 50, height: 12.6, leading: 1.25 })
  sheet.line(middle, 123.5, middle, 137.5)
  sheet.text(middle + 2, 124.3, '收件人签名', { size: 7.5 })
  sheet.text(middle + 2, 132.6, '签收时间　　　　年　　月　　日', { size: 7 })
  rule(137.5)

  // The stub: what the office looks for when a parcel comes back.
  sheet.text(left + 2, 138.3, '受理编号', { size: 6.5 })
  sheet.text(left + 2, 141, content.applicationNumber, { size: 10, bold: true })
  sheet.code128(middle - 6, 138.8, right - middle + 4.5, 6.8, content.applicationNumber)
  return sheet.save()
}

/** `1151238971060` → `1151 2389 7106 0`; an S10 number keeps its letters apart: `EE 4731 2482 9 CN`. */
function grouped(number: string): string {
  const [, letters = '', digits = '', country = ''] = /^([A-Z]*)(\d+)([A-Z]*)$/u.exec(number) ?? []
  if (digits === '') return number
  return [letters, ...(digits.match(/.{1,4}/gu) ?? []), country].filter(Boolean).join(' ')
}

/**
 * Province, city and district as far as the address names them, for sorting by eye. Taken from its beginning, letter for
 * letter: nothing is looked up and nothing is guessed.
 */
export function sortingNameOf(address: string): string | null {
  const found =
    /^(?:中国)?(?<province>[\p{Script=Han}]{2,8}?(?:省|自治区|特别行政区))?(?<city>[\p{Script=Han}]{2,10}?(?:市|自治州|地区|盟))?(?<county>[\p{Script=Han}]{1,8}?(?:区|县|旗|市))?/u.exec(
      address,
    )
  const parts = [found?.groups?.['province'], found?.groups?.['city'], found?.groups?.['county']].filter(Boolean)
  return found?.groups?.['province'] || found?.groups?.['city'] ? parts.join(' ') : null
}
