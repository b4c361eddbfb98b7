/**
 * The sheet (扫码确认单) that goes with a printed letter about three-party agreements (guide 九2(1)): nobody types a signed link
 * from paper, but every telephone reads it from a code. A4, one code for each system.
 */
import { openSheet, type PrintedSheet } from '../../platform/print/open-sheet.ts'

export interface ConfirmationContent {
  readonly applicationNumber: string
  readonly officeName: string
  readonly officePhone: string
  readonly enterpriseName: string
  readonly service: string
  readonly systems: readonly { readonly title: string; readonly link: string }[]
  /** `2026年12月20日`: the last day on which the codes hold. */
  readonly until: string
  readonly at: Date
}

/** Millimetres. */
const left = 22
const inner = 166
const side = 48
const rowHeight = 62

/** QR versions and the bytes that they hold at level M (ISO/IEC 18004, table 7). */
const versions = [
  [8, 152],
  [11, 251],
  [15, 412],
  [20, 666],
] as const

/** The longest link that a code holds, in bytes. */
export const longestLink = 666

export async function drawConfirmation(content: ConfirmationContent): Promise<PrintedSheet> {
  const { applicationNumber, officeName, enterpriseName, service, systems } = content
  const sheet = await openSheet(210, 297, { title: `扫码确认单 ${applicationNumber}`, author: officeName, at: content.at })
  sheet.text(left, 18, officeName, { size: 12, width: inner })
  sheet.text(left, 27, '三方协议扫码确认单', { size: 24, bold: true })
  sheet.text(left, 41, `${enterpriseName}　${service}　受理编号 ${applicationNumber}`, { size: 11, width: inner, height: 10 })
  const told = `在下列系统中逐个查看；有生效的三方协议的，先用法人卡解约。确认没有生效的三方协议后，用手机扫描该系统的二维码，按页面提示确认。二维码在${content.until}前有效，不用登录。也可致电 ${content.officePhone} 告知。`
  sheet.text(left, 53, told, { size: 11, width: inner, height: 20 })
  sheet.line(left, 74, left + inner, 74, { weight: 0.5 })
  let y = 80
  for (const [index, { title, link }] of systems.entries()) {
    if (y + side > 285) {
      sheet.turn()
      y = 20
    }
    const [version] = versions.find(([, bytes]) => link.length <= bytes) ?? versions.at(-1)!
    sheet.text(left, y + 4, `${index + 1}. ${title}`, { size: 16, bold: true, width: inner - side - 10, height: 24 })
    sheet.text(left, y + 30, '没有生效的三方协议（含已解约的），扫描右边的二维码确认', { size: 10, width: inner - side - 10, gray: 0.3 })
    sheet.qrCode(left + inner - side, y, side, link, version, 'M')
    y += rowHeight
  }
  return sheet.save()
}
