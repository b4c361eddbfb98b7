/** 电子口岸卡登记表 (annex 2): one part for the holder of the legal person's card, one for the operator's. */
import { drawDate, type FormStyle } from './form-style.ts'
import { FormGrid, type Item } from './form-grid.ts'
import { a4, type Paper } from './paper.ts'
import type { Sheet } from './sheet.ts'

export interface HolderValues {
  readonly holderName: string | null
  readonly sex: string | null
  readonly education: string | null
  readonly idType: string | null
  readonly idNumber: string | null
  readonly birthDate: string | null
  readonly nationality: string | null
  readonly position: string | null
  readonly address: string | null
  readonly phone: string | null
  readonly fax: string | null
}

export const emptyHolder: HolderValues = {
  holderName: null,
  sex: null,
  education: null,
  idType: null,
  idNumber: null,
  birthDate: null,
  nationality: null,
  position: null,
  address: null,
  phone: null,
  fax: null,
}

export function cardForm(
  legal: HolderValues,
  operator: HolderValues,
  signedDate: string | null,
  style: FormStyle,
  seal: (sheet: Sheet, x: number, y: number) => void,
): Paper {
  const values: Record<string, string | null> = { signedDate }
  for (const [key, value] of Object.entries(legal)) values[`legal.${key}`] = value
  for (const [key, value] of Object.entries(operator)) values[`operator.${key}`] = value
  const landscape = style.layout === 'landscape'
  const draw = (sheet: Sheet): void => {
    const grid = new FormGrid(sheet, style, landscape ? 30 : sheet.random.between(46, 70))
    grid.title('中国电子口岸数据中心厦门分中心电子口岸卡登记表', 16)
    holderPart(grid, '法人卡持卡人基本信息', 'legal', legal)
    grid.y += landscape ? 4 : 12
    holderPart(grid, '操作员卡持卡人基本信息', 'operator', operator)
    grid.y += landscape ? 4 : 10
    const signed = grid.left + (grid.right - grid.left) * sheet.random.between(0.42, 0.56)
    const baseline = grid.y + 22
    sheet.text('申请单位签章：', signed, baseline, grid.label)
    drawDate(sheet, style, signedDate, grid.right - 10, baseline + (landscape ? 30 : 48), 'signedDate', 'right')
    seal(sheet, signed + sheet.random.between(78, 132), baseline + sheet.random.between(8, 30))
    grid.y = Math.max(baseline + (landscape ? 44 : 78), sheet.height - (landscape ? 48 : 120))
    grid.note('备注：同一持卡人在一家企业内不得重复办卡。申请多张操作员卡的，按企业指定的操作员人数，每人填写一份。')
  }
  return {
    kind: 'card-form',
    role: '电子口岸卡登记表',
    values,
    sides: [
      {
        width: landscape ? a4.height : a4.width,
        height: landscape ? a4.width : a4.height,
        screen: false,
        fields: Object.keys(values),
        draw,
      },
    ],
  }
}

function holderPart(grid: FormGrid, title: string, prefix: string, values: HolderValues): void {
  const item = (label: string, key: keyof HolderValues, more: Partial<Item> = {}): Item => ({
    label,
    value: values[key],
    field: `${prefix}.${key}`,
    ...more,
  })
  const base = grid.style.layout === 'landscape' ? 26 : 31
  grid.heading(title)
  grid.group(prefix === 'legal' ? '法人卡持卡人' : '操作员卡持卡人', () => {
    grid.row([item('持卡人姓名', 'holderName', { share: 1.25, labelShare: 0.82 }), item('性别', 'sex', { labelShare: 0.6 })], base)
    grid.row([item('学　历', 'education', { labelShare: 0.82 }), item('证件类别', 'idType', { share: 1.25, labelShare: 0.82 })], base)
    grid.row([item('证件号码', 'idNumber', { type: 'code', labelShare: 0.82 })], base)
    grid.row(
      [
        item('出生日期', 'birthDate', { type: 'date', share: 1.25, labelShare: 0.7 }),
        item('国籍（地区）', 'nationality', { labelShare: 0.66 }),
        item('职务', 'position', { labelShare: 0.5 }),
      ],
      base,
    )
    grid.row([item('用户地址', 'address', { labelShare: 0.82 })], base * 1.12)
    grid.row(
      [
        item('联系电话', 'phone', { type: 'phone', share: 1.1, labelShare: 0.82 }),
        item('传　真', 'fax', { type: 'phone', labelShare: 0.6 }),
      ],
      base,
    )
  })
}
