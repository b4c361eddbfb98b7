/** 制卡业务受理登记表 (annex 1 of the guide). */
import type { ServiceCode } from '../../src/guide/papers.ts'
import { drawChoice } from './draw-choice.ts'
import { drawDate, labelText, writtenPhone, type FormStyle } from './form-style.ts'
import { FormGrid } from './form-grid.ts'
import { a4, type Paper } from './paper.ts'
import type { Rect, Sheet } from './sheet.ts'

export interface RegistrationValues {
  readonly applicationDate: string | null
  readonly enterpriseName: string | null
  readonly uscc: string | null
  readonly handlerName: string | null
  readonly handlerPhone: string | null
  readonly services: readonly ServiceCode[]
  readonly cardNumber: string | null
  readonly deliveryMethod: 'post' | 'window' | null
  readonly recipientAddress: string | null
  readonly recipientName: string | null
  readonly recipientPhone: string | null
}

type ServiceLine = { readonly before: string; readonly boxes: readonly (readonly [ServiceCode, string])[]; readonly card: boolean }

/** The rows of 业务类别, in the form's order. */
const serviceLines: readonly ServiceLine[] = [
  { before: '1.', boxes: [['enrol', '新用户入网']], card: false },
  { before: '2.', boxes: [['change-enterprise', '企业基本信息变更']], card: true },
  {
    before: '3.补卡 ',
    boxes: [
      ['replace-legal', '法人卡'],
      ['replace-operator', '操作员卡'],
    ],
    card: false,
  },
  { before: '4.增办 ', boxes: [['add-operator', '操作员卡']], card: false },
  { before: '5.注销 ', boxes: [['deregister', '企业注销']], card: true },
  { before: '6.', boxes: [['change-operator', '企业操作员卡变更']], card: true },
  { before: '7.', boxes: [['renew', '电子口岸卡证书更新']], card: true },
  { before: '', boxes: [['unlock', '电子口岸卡解锁']], card: true },
]

/** Services whose row on the form has a blank for the card's number. */
export const servicesWithCardNumber: readonly ServiceCode[] = serviceLines
  .filter((line) => line.card)
  .flatMap((line) => line.boxes.map(([code]) => code))

const undertakings = [
  '一、我司承诺，办理本业务时提交、录入的各项资料及表格真实有效，由此产生的责任由我司承担。',
  '二、我司委托贵单位在业务办结后，以EMS把电子口岸卡寄到下列地址，快递所生费用及收件责任归我司。邮寄的流程和注意事项我司已经阅读，将照此执行。',
  '三、我司收到电子口岸卡和企业服务账户信息后，即时更改初始密码，做好保管、授权和管理。',
]

export function registrationForm(values: RegistrationValues, style: FormStyle, seal: (sheet: Sheet, x: number, y: number) => void): Paper {
  const landscape = style.layout === 'landscape'
  const size = landscape ? { width: a4.height, height: a4.width, screen: false } : { ...a4, screen: false }
  const isLast = (field: string): boolean => style.sheets === 2 && field.startsWith('recipient')
  const fields = Object.keys(values)
  const first = { ...size, fields: fields.filter((field) => !isLast(field)), draw: (sheet: Sheet) => drawForm(sheet, values, style, seal) }
  const second = { ...size, fields: fields.filter(isLast), draw: (sheet: Sheet) => drawLastSheet(sheet, values, style, seal) }
  return {
    kind: 'registration-form',
    role: '登记表',
    values: { ...values, services: values.services.length === 0 ? null : values.services },
    sides: style.sheets === 2 ? [first, second] : [first],
  }
}

const title = '中国电子口岸数据中心厦门分中心制卡业务受理登记表'

/** Whom the card is sent to, and the seal, on a sheet of their own. */
function drawLastSheet(
  sheet: Sheet,
  values: RegistrationValues,
  style: FormStyle,
  seal: (sheet: Sheet, x: number, y: number) => void,
): void {
  const grid = new FormGrid(sheet, style, sheet.random.between(42, 58))
  if (style.titledAgain) grid.title(title, 16)
  grid.row([{ label: '收件地址', value: values.recipientAddress, field: 'recipientAddress' }], 34)
  grid.row([
    { label: '收件人', value: values.recipientName, field: 'recipientName' },
    { label: '联系电话', value: values.recipientPhone, field: 'recipientPhone', type: 'phone' },
  ])
  drawFoot(grid, seal)
}

function drawForm(sheet: Sheet, values: RegistrationValues, style: FormStyle, seal: (sheet: Sheet, x: number, y: number) => void): void {
  const landscape = style.layout === 'landscape'
  const grid = new FormGrid(sheet, style, landscape ? 34 : sheet.random.between(42, 58))
  grid.title(title, landscape ? 17 : 16)
  drawApplicationDate(grid, values.applicationDate)
  grid.group('企业', () => {
    grid.rows(
      [
        { label: '企业名称', value: values.enterpriseName, field: 'enterpriseName', labelShare: style.layout === 'paired' ? 0.7 : 1 },
        { label: '统一社会信用代码', value: values.uscc, field: 'uscc', type: 'code', labelShare: style.layout === 'paired' ? 0.7 : 1 },
      ],
      28,
    )
    grid.row([
      { label: '经办人', value: values.handlerName, field: 'handlerName', labelShare: style.layout === 'guide' ? 1 : 0.8 },
      { label: '联系电话', value: values.handlerPhone, field: 'handlerPhone', type: 'phone', labelShare: 0.7 },
    ])
  })
  if (landscape) {
    const top = grid.y
    const middle = grid.left + (grid.right - grid.left) * 0.47
    grid.block('业务类别', 262, (rect) => drawServices(sheet, style, values, rect), grid.left, middle)
    grid.y = top
    grid.block('领卡方式', 262, (rect) => drawDelivery(grid, values, rect), middle, grid.right)
  } else {
    grid.block('业务类别', style.layout === 'open' ? 186 : 178, (rect) => drawServices(sheet, style, values, rect))
    grid.block('领卡方式', 282, (rect) => drawDelivery(grid, values, rect))
  }
  if (style.sheets === 1) drawFoot(grid, seal)
}

function drawApplicationDate(grid: FormGrid, date: string | null): void {
  const { sheet, style } = grid
  const label = `${labelText(style, '申办日期')}${style.colon}`
  if (style.layout === 'open' || style.layout === 'stacked') {
    const end = sheet.text(label, grid.left + 4, grid.y + style.labelSize, grid.label)
    drawDate(sheet, style, date, end + 2, grid.y + style.labelSize, 'applicationDate')
  } else {
    drawDate(sheet, style, date, grid.right - 4, grid.y + style.labelSize, 'applicationDate', 'right')
    const place = sheet.fields.get('applicationDate')!
    sheet.text(label, place[0] - 2, grid.y + style.labelSize, grid.label, 'right')
  }
  grid.y += style.labelSize * 1.7
}

/** 1.□新用户入网；2.□企业基本信息变更（卡号：＿＿）；3.补卡□法人卡…: a row ends wherever it is full, behind a box or within a word. */
function drawRunningServices(sheet: Sheet, style: FormStyle, values: RegistrationValues, [x, y, width]: Rect): void {
  const pen = { face: style.labelFace, size: style.labelSize }
  const step = style.labelSize * 1.9
  const blank = style.labelSize * 7
  let [at, baseline] = [x + 8, y + step]
  const wrap = (needed: number): void => {
    if (at + needed <= x + width - 6) return
    at = x + 8
    baseline += step
  }
  const write = (text: string): void => {
    for (const letter of text) {
      wrap(sheet.measure(letter, pen))
      at = sheet.text(letter, at, baseline, pen)
    }
  }
  for (const [i, line] of serviceLines.entries()) {
    write(line.before === '' ? '8.' : line.before)
    for (const [code, label] of line.boxes) {
      wrap(style.labelSize * 1.4)
      at = drawChoice(sheet, style, '', values.services.includes(code), at, baseline, 'services')
      write(label)
    }
    if (line.card) {
      const number = line.boxes.some(([code]) => values.services.includes(code)) ? values.cardNumber : null
      const room = Math.max(blank, number === null ? 0 : sheet.measure(number, style.value) + 4)
      write('（卡号：')
      wrap(room)
      sheet.line(at, baseline + 3, at + room, baseline + 3, 0.5)
      if (number !== null) {
        sheet.text(number, at + 2, baseline, style.value)
        sheet.mark('cardNumber', [at, baseline - style.value.size, room, style.value.size * 1.25])
      }
      at += room
      write('）')
    }
    write(i + 1 < serviceLines.length ? '；' : '。')
  }
}

function drawServices(sheet: Sheet, style: FormStyle, values: RegistrationValues, rect: Rect): void {
  if (style.running && sheet.widgets === null) return drawRunningServices(sheet, style, values, rect)
  const [x, y, width, height] = rect
  const pen = { face: style.labelFace, size: style.labelSize }
  const step = height / serviceLines.length
  serviceLines.forEach((line, i) => {
    const baseline = y + step * (i + 0.66)
    let at = x + 8
    const before = line.before === '' && style.layout !== 'guide' ? '8.' : line.before
    if (before !== '') at = sheet.text(before, at, baseline, pen) + (style.layout === 'guide' ? 1 : 3)
    else at += 12
    for (const [code, label] of line.boxes)
      at = drawChoice(sheet, style, label, values.services.includes(code), at + 3, baseline, 'services') + 10
    if (!line.card) return
    const from = Math.max(at + 8, x + width * (style.layout === 'landscape' ? 0.48 : 0.5))
    const end = sheet.text('卡号：', from, baseline, pen)
    if (style.layout === 'underlined' || style.layout === 'redrawn') sheet.line(end, baseline + 3, x + width - 12, baseline + 3, 0.5)
    const chosen = line.boxes.some(([code]) => values.services.includes(code))
    if (sheet.widgets !== null) {
      const rect: Rect = [end, baseline - step * 0.6, x + width - 12 - end, step * 0.85]
      const text = chosen ? (values.cardNumber ?? '') : ''
      if (chosen) sheet.widget('cardNumber', rect, text, style.labelSize)
      else sheet.widgets.push({ name: `${line.before}卡号`, rect, value: '', size: style.labelSize })
      return
    }
    if (!chosen) return
    if (values.cardNumber === null || !servicesWithCardNumber.includes(values.services[0]!))
      sheet.mark('cardNumber', [end, baseline - step * 0.6, x + width - 12 - end, step])
    else {
      let size = style.value.size
      const room = x + width - 6 - end
      while (sheet.measure(values.cardNumber, { ...style.value, size }) > room) size *= 0.95
      const stop = sheet.text(values.cardNumber, end + 2, baseline, { ...style.value, size })
      sheet.mark('cardNumber', [end + 2, baseline - size, stop - end, size * 1.25])
    }
  })
}

function drawDelivery(grid: FormGrid, values: RegistrationValues, [x, y, width, height]: Rect): void {
  const { sheet, style } = grid
  const pen = grid.label
  const small = { ...pen, size: pen.size * 0.92 }
  const tight = style.layout === 'landscape'
  let at = y + pen.size * 1.5
  const end = drawChoice(sheet, style, '窗口领卡', values.deliveryMethod === 'window', x + 6, at, 'deliveryMethod')
  const hint = sheet.fit(
    '查询网址 https://icapprove.xmeport.cn/，打印领卡通知单，加盖企业公章',
    [end + 2, at - pen.size, x + width - end - 4, pen.size * 2.6],
    { ...pen, size: pen.size * 0.82 },
    { vertical: 'top', padding: 3 },
  )
  at = Math.max(at, hint[1] + hint[3]) + pen.size * 1.2
  drawChoice(sheet, style, '邮寄领卡', values.deliveryMethod === 'post', x + 6, at, 'deliveryMethod')
  at += pen.size * (tight ? 1.2 : 1.6)
  sheet.text('承诺书', x + width / 2, at, { face: style.titleFace, size: pen.size * 1.1 }, 'center')
  at += 4
  const bottom = y + height
  const rowHeight = tight ? 24 : 28
  const addressTop = bottom - rowHeight * 2 - 4
  let size = small.size
  let lines = undertakings.flatMap((sentence) => sheet.wrap(`　　${sentence}`, width - 14, { ...small, size }))
  while (lines.length * size * 1.35 > addressTop - at - 2) {
    size *= 0.95
    lines = undertakings.flatMap((sentence) => sheet.wrap(`　　${sentence}`, width - 14, { ...small, size }))
  }
  const leading = Math.min(1.75, (addressTop - at - 6) / (lines.length * size))
  for (const line of lines) {
    at += size * leading
    sheet.text(line, x + 7, at, { ...small, size })
  }
  if (style.sheets === 2) return
  const blank = (label: string, value: string | null, field: string, left: number, top: number, room: number): void => {
    const start = sheet.text(`${labelText(style, label)}${style.colon}`, left, top + rowHeight * 0.68, pen)
    if (style.layout !== 'open') sheet.line(start, top + rowHeight * 0.68 + 3, left + room, top + rowHeight * 0.68 + 3, 0.5)
    grid.value({ label, value, field }, [start, top, left + room - start, rowHeight], 'left')
  }
  blank('收件地址', values.recipientAddress, 'recipientAddress', x + 8, addressTop, width - 18)
  blank('收件人', values.recipientName, 'recipientName', x + 8, addressTop + rowHeight, width * 0.42)
  blank(
    '联系电话',
    values.recipientPhone === null ? null : writtenPhone(style, values.recipientPhone),
    'recipientPhone',
    x + width * 0.48,
    addressTop + rowHeight,
    width * 0.5,
  )
}

function drawFoot(grid: FormGrid, seal: (sheet: Sheet, x: number, y: number) => void): void {
  const { sheet, style } = grid
  const height = style.layout === 'landscape' ? 84 : Math.min(96, sheet.height - grid.y - 28)
  const y = grid.y
  const { left, right } = grid
  const split = left + (right - left) * (style.layout === 'guide' ? 0.62 : 0.55)
  if (grid.ruled && style.layout !== 'label-above') {
    grid.frame([left, y, split - left, height])
    grid.frame([split, y, right - split, height])
  }
  if (style.layout === 'guide') {
    sheet.frame([left, y, 58, height], style.rule)
    sheet.fit('企\n业\n盖\n章', [left, y, 58, height], grid.label, { align: 'center' })
    sheet.line(split + 34, y, split + 34, y + height, style.rule)
    sheet.fit('受\n理\n人', [split, y, 34, height], grid.label, { align: 'center' })
  } else {
    sheet.text('企业盖章：', left + 6, y + style.labelSize * 1.6, grid.label)
    sheet.text('受理人：', split + 6, y + style.labelSize * 1.6, grid.label)
  }
  seal(sheet, left + (split - left) * sheet.random.between(0.5, 0.66), y + height * sheet.random.between(0.42, 0.52))
  grid.y += height
}
