/** Copies of business licences: of companies (法定代表人, 住所), branches (负责人, 营业场所) and sole traders (经营者, 经营场所). */
import bwipjs from 'bwip-js/node'
import { designSeal, pressSeal } from './draw-seal.ts'
import { emblem } from './draw-identity.ts'
import { chineseDate, type Enterprise } from './invent-parties.ts'
import { a4, type Paper } from './paper.ts'
import type { FaceName } from './faces.ts'
import type { Rect, Sheet } from './sheet.ts'

export interface LicenceLayout {
  /** A landscape sheet with two columns, or a portrait one with one column (as printed from the registrar's site). */
  readonly orientation: 'landscape' | 'portrait'
  readonly face: FaceName
  /** Licences printed since 2022 tell no business term. */
  readonly term: boolean
}

type Entry = readonly [label: string, text: string, field: string | null]

export function licenceCopy(
  enterprise: Enterprise,
  legalName: string,
  layout: LicenceLayout,
  seal: (sheet: Sheet, x: number, y: number) => void,
): Paper {
  const sole = enterprise.kind === 'sole-trader'
  const branch = enterprise.kind === 'branch'
  const company = !sole && !branch
  const term = layout.term && !sole ? enterprise.term : null
  const values = {
    enterpriseName: enterprise.name,
    uscc: enterprise.uscc,
    legalName,
    address: enterprise.address,
    enterpriseType: enterprise.type,
    registeredCapital: company ? enterprise.capital : null,
    establishedDate: enterprise.established,
    businessTerm: term,
  }
  const left: Entry[] = [
    ['名称', enterprise.name, 'enterpriseName'],
    ['类型', enterprise.type, 'enterpriseType'],
    [sole ? '经营者' : branch ? '负责人' : '法定代表人', legalName, 'legalName'],
    ['经营范围', enterprise.scope, null],
  ]
  const right: Entry[] = [
    ...(company ? [['注册资本', enterprise.capital, 'registeredCapital'] as Entry] : sole ? [['组成形式', '个人经营', null] as Entry] : []),
    [sole ? '注册日期' : '成立日期', chineseDate(enterprise.established), 'establishedDate'],
    ...(term === null ? [] : [['营业期限', term, 'businessTerm'] as Entry]),
    [sole ? '经营场所' : branch ? '营业场所' : '住所', enterprise.address, 'address'],
  ]
  const landscape = layout.orientation === 'landscape'
  const size = landscape ? { width: a4.height, height: a4.width } : a4
  const draw = (sheet: Sheet): void => {
    border(sheet)
    const middle = sheet.width / 2
    emblem(sheet, middle, landscape ? 76 : 96, 26)
    const titleY = landscape ? 146 : 176
    sheet.text('营 业 执 照', middle, titleY, { face: 'serif-bold', size: landscape ? 40 : 38, spacing: 4 }, 'center')
    sheet.text('（副　本）', middle, titleY + 22, { face: layout.face, size: 13 }, 'center')
    sheet.text(`副本编号：${sheet.random.whole(1, 2)}-1`, middle + 60, titleY + 22, { face: 'sans', size: 8 })
    const codeX = landscape ? 62 : 70
    const codeY = landscape ? titleY : titleY + 42
    sheet.text('统一社会信用代码', codeX, codeY - 6, { face: layout.face, size: 10.5 })
    const end = sheet.text(enterprise.uscc, codeX, codeY + 12, { face: sheet.random.pick(['sans', 'sans-bold']), size: 12.5, spacing: 0.4 })
    sheet.mark('uscc', [codeX, codeY, end - codeX, 16])
    quickCode(sheet, landscape ? sheet.width - 138 : sheet.width - 134, titleY - 62, 62)
    sheet.fit(
      '扫描二维码登录\n国家企业信用信息\n公示系统了解更多\n登记、备案、许可',
      [landscape ? sheet.width - 152 : sheet.width - 148, titleY + 2, 92, 34],
      { face: 'sans', size: 6.2 },
      { align: 'center' },
    )
    let bottom: number
    if (landscape) {
      const top = titleY + 50
      const leftEnd = column(sheet, left, 66, middle - 16, top, layout.face)
      const rightEnd = column(sheet, right, middle + 14, sheet.width - 62, top, layout.face)
      bottom = Math.max(leftEnd, rightEnd)
    } else {
      const ordered = [...left.slice(0, 3), ...right, left[3]!]
      bottom = column(sheet, ordered, 78, sheet.width - 78, titleY + 88, layout.face)
    }
    const officeY = landscape ? Math.max(bottom + 26, sheet.height - 122) : Math.max(bottom + 60, sheet.height - 220)
    const officeX = sheet.width - (landscape ? 250 : 230)
    sheet.text('登 记 机 关', officeX, officeY, { face: layout.face, size: 13 })
    sheet.text(
      chineseDate(enterprise.established)
        .replace(/0(\d)(月|日)/g, '$1$2')
        .replace('年', ' 年 ')
        .replace('月', ' 月 ')
        .replace('日', ' 日'),
      officeX - 16,
      officeY + 46,
      { face: layout.face, size: 12 },
    )
    const registrar = {
      ...designSeal(sheet.random.fork('registrar'), enterprise.registrar, enterprise.sealNumber),
      number: null,
      size: 42,
      role: 'other' as const,
    }
    pressSeal(
      sheet,
      registrar,
      { patchiness: 0.02, strength: 0.85, smear: 0, turn: 0, lean: 0, leanTo: 0, bleed: 0 },
      officeX + 62,
      officeY + 12,
    )
    sheet.text('国家企业信用信息公示系统网址：http://www.gsxt.gov.cn', 60, sheet.height - 27, { face: 'sans', size: 6.5 })
    sheet.text('国家市场监督管理总局监制', sheet.width - 60, sheet.height - 27, { face: 'sans', size: 6.5 }, 'right')
    seal(sheet, landscape ? sheet.random.between(150, 400) : sheet.random.between(140, 260), sheet.height - sheet.random.between(86, 130))
  }
  return { kind: 'business-licence', role: '营业执照', values, sides: [{ ...size, screen: false, fields: Object.keys(values), draw }] }
}

/** Spreads a short label over the width of five characters, as licences do. */
function column(sheet: Sheet, entries: readonly Entry[], x: number, to: number, top: number, face: FaceName): number {
  const size = 12
  const labelWidth = size * 5.4
  let y = top
  for (const [label, text, field] of entries) {
    const letters = Array.from(label)
    letters.forEach((letter, i) => {
      const at = letters.length === 1 ? 0 : (i * (labelWidth - size)) / (letters.length - 1)
      sheet.text(letter, x + at, y, { face, size })
    })
    const pen = { face: 'sans' as FaceName, size: field === null ? size * 0.82 : size * 0.95 }
    const rect: Rect = [x + labelWidth + 14, y - size * 1.05, to - x - labelWidth - 14, field === null ? 96 : size * 3]
    const drawn = sheet.fit(text, rect, pen, { vertical: 'top', leading: 1.3, padding: 0, ...(field === null ? {} : { field }) })
    y += Math.max(size * 2.35, drawn[3] + size * 0.9)
  }
  return y
}

function border(sheet: Sheet): void {
  const gold = sheet.random.pick(['#b98a3c', '#a88036', '#c29a55'])
  sheet.context.fillStyle = '#fffdf6'
  sheet.context.fillRect(0, 0, sheet.width, sheet.height)
  sheet.frame([22, 22, sheet.width - 44, sheet.height - 44], 5, gold)
  sheet.frame([30, 30, sheet.width - 60, sheet.height - 60], 1.2, gold)
  sheet.frame([36, 36, sheet.width - 72, sheet.height - 72], 0.5, gold)
  sheet.context.globalAlpha = 0.06
  emblem(sheet, sheet.width / 2, sheet.height / 2 + 30, 110)
  sheet.context.globalAlpha = 1
}

/** A real QR code to the public register; it tells no field. */
function quickCode(sheet: Sheet, x: number, y: number, side: number): void {
  const [code] = bwipjs.raw({ bcid: 'qrcode', text: `https://www.gsxt.gov.cn/qr?k=${sheet.random.digits(24)}` }) as unknown as {
    pixs: ArrayLike<number>
    pixx: number
    pixy: number
  }[]
  if (code === undefined) return
  const cell = side / code.pixx
  sheet.context.fillStyle = '#000'
  for (let row = 0; row < code.pixy; row++)
    for (let column = 0; column < code.pixx; column++)
      if (code.pixs[row * code.pixx + column] === 1) sheet.context.fillRect(x + column * cell, y + row * cell, cell + 0.05, cell + 0.05)
}
