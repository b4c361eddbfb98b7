/**
 * The cover sheet (扫描封面) of a parcel, A4: laid on top of its papers when they are scanned, its code joins the scans to the
 * parcel. The code is large and in two corners, so that a coarse, skewed or turned scan still shows one of them.
 */
import { writeCoverCode } from '../../guide/forms/cover-code.ts'
import { openSheet, type PrintedSheet } from '../../platform/print/open-sheet.ts'

export interface CoverContent {
  readonly parcelNumber: string
  readonly officeName: string
  /** `2026-11-20 10:02` in the office's time. */
  readonly receivedAt: string
  readonly receivedBy: string
  readonly cards: readonly string[]
  readonly applications: readonly { readonly number: string; readonly enterpriseName: string }[]
  readonly at: Date
}

/** Millimetres. */
const left = 22
const inner = 166
const mostRows = 12

export async function drawCover(content: CoverContent): Promise<PrintedSheet> {
  const sheet = await openSheet(210, 297, { title: `扫描封面 ${content.parcelNumber}`, author: content.officeName, at: content.at })
  const code = writeCoverCode(content.parcelNumber)
  sheet.text(left, 20, content.officeName, { size: 12, width: 110 })
  sheet.text(left, 30, '扫描封面', { size: 30, bold: true })
  sheet.text(left, 47, '放在本邮包材料的最上面一起扫描。本页不是申请材料。', { size: 11, width: 110, gray: 0.2 })
  sheet.qrCode(143, 20, 45, code, 3, 'H')
  sheet.line(left, 72, left + inner, 72, { weight: 0.5 })
  sheet.text(left, 78, '邮包运单号', { size: 11, gray: 0.3 })
  sheet.text(left, 84, content.parcelNumber, { size: 34, bold: true })
  sheet.code128(left, 104, 110, 20, content.parcelNumber)
  sheet.text(left, 130, `收件　${content.receivedAt}　${content.receivedBy}`, { size: 11 })
  const cards = content.cards.length === 0 ? '没有清点到卡' : `${content.cards.length} 张：${content.cards.slice(0, mostRows).join('、')}`
  let y =
    139 + sheet.text(left, 139, `随附卡片　${cards}${content.cards.length > mostRows ? ' 等' : ''}`, { size: 11, width: inner, height: 20 })
  y += 4
  for (const { number, enterpriseName } of content.applications.slice(0, mostRows))
    y += sheet.text(left, y, `${number}　${enterpriseName}`, { size: 11, width: inner - 50, height: 6 }) + 1
  sheet.qrCode(143, 232, 45, code, 3, 'H')
  return sheet.save()
}
