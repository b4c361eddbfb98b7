/** 安全产品支付页面截图: the mini program's order page (订单明细) or list of orders (我的订单), on a phone or printed on a sheet. */
import { a4, type Paper, type PurchasedItem } from './paper.ts'
import type { Pen, Rect, Sheet } from './sheet.ts'

export interface Order {
  readonly orderNumber: string
  /** `YYYY-MM-DD HH:mm:ss`. */
  readonly orderTime: string
  readonly orderStatus: string
  readonly branch: string
  readonly pickupMethod: string
  readonly items: readonly PurchasedItem[]
  readonly total: string
  readonly invoiceTitle: string
  readonly taxpayerId: string
  readonly receiverName: string
  readonly receiverPhone: string
  readonly email: string
  readonly address: string
}

export interface ScreenLayout {
  readonly page: 'detail' | 'list'
  readonly dark: boolean
  /** Printed on a sheet of paper, else the screenshot as it is. */
  readonly printed: boolean
  /** Pixels of the phone's screen. */
  readonly width: number
  readonly clock: string
}

export function paymentProof(order: Order, layout: ScreenLayout, seal: (sheet: Sheet, x: number, y: number) => void): Paper {
  const list = layout.page === 'list'
  const values = {
    orderNumber: order.orderNumber,
    orderTime: order.orderTime,
    orderStatus: order.orderStatus,
    branch: order.branch,
    pickupMethod: order.pickupMethod,
    items: order.items,
    total: order.total,
    invoiceTitle: order.invoiceTitle,
    taxpayerId: order.taxpayerId,
    receiverName: list ? null : order.receiverName,
    receiverPhone: list ? null : order.receiverPhone,
  }
  const ratio = Math.max(2.165, screenLength(order, layout.page) / 375)
  const width = layout.printed ? a4.width : layout.width
  const height = layout.printed ? a4.height : Math.round(layout.width * ratio)
  const draw = (sheet: Sheet): void => {
    if (!layout.printed) {
      drawScreen(sheet, order, layout, layout.width, height)
      return
    }
    // 375 points wide on the phone; put on the sheet at the size that leaves a margin.
    const zoom = Math.min(0.98, 760 / (375 * ratio)) * sheet.random.between(0.86, 1)
    const x = (sheet.width - 375 * zoom) / 2 + sheet.random.bell() * 26
    const y = 46
    sheet.context.save()
    sheet.context.translate(x, y)
    sheet.context.scale(zoom, zoom)
    drawScreen(sheet, order, layout, 375, 375 * ratio)
    sheet.context.restore()
    for (const [field, [fx, fy, fw, fh]] of Array.from(sheet.fields))
      sheet.fields.set(field, [x + fx * zoom, y + fy * zoom, fw * zoom, fh * zoom])
    sheet.frame([x, y, 375 * zoom, 375 * ratio * zoom], 0.5, '#999')
    const down = y + 375 * ratio * zoom * sheet.random.between(0.72, 0.93)
    // Nobody presses a seal on black: it goes beside a dark screen.
    if (layout.dark) seal(sheet, Math.min(sheet.width - 48, x + 375 * zoom + 66), down)
    else seal(sheet, x + 375 * zoom * sheet.random.between(0.35, 0.85), down)
  }
  return {
    kind: 'payment-proof',
    role: '支付截图',
    values,
    sides: [{ width, height, screen: !layout.printed, fields: Object.keys(values), draw }],
  }
}

/** How tall the page is in units of 1/375 of the phone's width: a long page is a long screenshot. */
function screenLength(order: Order, page: ScreenLayout['page']): number {
  const wrapped = (text: string): number =>
    Math.ceil(Array.from(text).reduce((sum, char) => sum + (char.charCodeAt(0) > 255 ? 14 : 8), 0) / 222) - 1
  if (page === 'list') return 420 + 88 * order.items.length
  return 196 + 80 * order.items.length + 13 * 37 + 18 * (wrapped(order.invoiceTitle) + wrapped(order.address)) + 16
}

/** Draws in units of 1/375 of the phone's width. */
function drawScreen(sheet: Sheet, order: Order, layout: ScreenLayout, width: number, height: number): void {
  const { context } = sheet
  const unit = width / 375
  const ink = layout.dark ? '#e6e6e6' : '#1c1c1e'
  const faint = layout.dark ? '#9a9a9f' : '#8a8a8f'
  const ground = layout.dark ? '#111113' : '#f4f4f6'
  const surface = layout.dark ? '#1d1d20' : '#ffffff'
  const pen = (size: number, color = ink): Pen => ({ face: 'sans', size: size * unit, color })
  context.fillStyle = ground
  context.fillRect(0, 0, width, height)
  context.fillStyle = surface
  context.fillRect(0, 0, width, 92 * unit)
  const battery = sheet.random.whole(22, 98)
  sheet.text(sheet.random.pick(['中国移动', '中国联通', '中国电信']), 14 * unit, 28 * unit, pen(11))
  sheet.text(layout.clock, 187 * unit, 28 * unit, pen(11.5), 'center')
  sheet.text(`${battery}%`, 334 * unit, 28 * unit, pen(10.5), 'right')
  sheet.frame([338 * unit, 19 * unit, 22 * unit, 10 * unit], 0.9 * unit, ink)
  context.fillStyle = ink
  context.fillRect(339.5 * unit, 20.5 * unit, 19 * unit * (battery / 100), 7 * unit)
  sheet.text('〈', 12 * unit, 72 * unit, pen(18))
  sheet.text(layout.page === 'list' ? '我的订单' : '订单明细', 187 * unit, 71 * unit, pen(17), 'center')
  context.strokeStyle = faint
  context.lineWidth = 0.7 * unit
  context.beginPath()
  context.roundRect(284 * unit, 50 * unit, 78 * unit, 30 * unit, 15 * unit)
  context.stroke()
  context.fillStyle = ink
  for (const dx of [298, 304, 310]) {
    context.beginPath()
    context.arc(dx * unit, 65 * unit, 2 * unit, 0, 7)
    context.fill()
  }
  context.strokeStyle = ink
  context.lineWidth = 1.6 * unit
  context.beginPath()
  context.arc(342 * unit, 65 * unit, 7 * unit, 0, 7)
  context.stroke()
  const put = (
    field: string | null,
    text: string,
    x: number,
    y: number,
    size: number,
    color = ink,
    align: 'left' | 'right' = 'left',
  ): void => {
    const measured = sheet.measure(text, pen(size, color))
    sheet.text(text, x * unit, y * unit, pen(size, color), align)
    if (field !== null)
      sheet.mark(field, [align === 'left' ? x * unit : x * unit - measured, (y - size) * unit, measured, size * 1.25 * unit])
  }
  const panel = (y: number, tall: number): void => {
    context.fillStyle = surface
    context.fillRect(0, y * unit, width, tall * unit)
  }
  if (layout.page === 'list') drawList(sheet, order, { unit, put, panel, faint })
  else drawDetail(sheet, order, { unit, put, panel, faint, ground: layout.dark ? '#2b2b30' : '#e6e6ea' })
}

interface Screen {
  readonly unit: number
  readonly put: (field: string | null, text: string, x: number, y: number, size: number, color?: string, align?: 'left' | 'right') => void
  readonly panel: (y: number, tall: number) => void
  readonly faint: string
}

function picture(sheet: Sheet, [x, y, side]: Rect, name: string): void {
  const { context } = sheet
  context.fillStyle = name.includes('卡') && !name.includes('读卡器') ? '#3f7ec2' : '#6b7280'
  context.beginPath()
  context.roundRect(x, y + side * 0.16, side, side * 0.66, side * 0.08)
  context.fill()
  context.fillStyle = '#e8c35a'
  context.fillRect(x + side * 0.14, y + side * 0.38, side * 0.2, side * 0.17)
}

function drawDetail(sheet: Sheet, order: Order, screen: Screen & { readonly ground: string }): void {
  const { unit, put, panel, faint } = screen
  let y = 100
  panel(y, 80 * order.items.length)
  order.items.forEach((item) => {
    picture(sheet, [16 * unit, (y + 8) * unit, 62 * unit, 62 * unit], item.name)
    put('items', item.name, 94, y + 31, 15)
    if (item.price !== null) put('items', `¥${item.price}`, 94, y + 60, 15, '#e5484d')
    put('items', `X${item.quantity}`, 358, y + 60, 13, faint, 'right')
    y += 80
  })
  y += 8
  const rows: readonly (readonly [string, string, string | null])[] = [
    ['订单号', order.orderNumber, 'orderNumber'],
    ['订单时间', order.orderTime, 'orderTime'],
    ['订单状态', order.orderStatus, 'orderStatus'],
    ['关区', order.branch, 'branch'],
    ['发票类型', '电子发票', null],
    ['取货方式', order.pickupMethod, 'pickupMethod'],
    ['*发票抬头', order.invoiceTitle, 'invoiceTitle'],
    ['*纳税人识别号', order.taxpayerId, 'taxpayerId'],
    ['*签收人手机号', order.receiverPhone, 'receiverPhone'],
    ['*签收人姓名', order.receiverName, 'receiverName'],
    ['邮箱', order.email, null],
    ['*收货地址', order.address, null],
    ['寄出快递单号', '', null],
  ]
  for (const [label, text, field] of rows) {
    const lines = sheet.wrap(text, 226 * unit, { face: 'sans', size: 14 * unit })
    const tall = 19 + lines.length * 18
    panel(y, tall)
    put(null, label, 16, y + 24, 14, label.startsWith('*') ? undefined : faint)
    lines.forEach((line, i) => put(field, line, 124, y + 24 + i * 18, 14))
    if (field === 'orderNumber') put(null, '复制', 358, y + 24, 12, '#3a78d8', 'right')
    if (field === 'branch') put(null, '电话：0592-5653395 拨号', 210, y + 24, 9.5, faint)
    sheet.line(16 * unit, (y + tall) * unit, 375 * unit, (y + tall) * unit, 0.5 * unit, screen.ground)
    y += tall
  }
  panel(y, 78)
  put(null, '提示：购买产品15天后，无法退货', 16, y + 24, 11, '#e08a2e')
  const count = order.items.reduce((sum, item) => sum + item.quantity, 0)
  put(null, `共${count}件`, 16, y + 56, 14)
  put(null, '总金额：', 226, y + 56, 14)
  put('total', `¥${order.total}`, 280, y + 56, 15, '#e5484d')
}

function drawList(sheet: Sheet, order: Order, screen: Screen): void {
  const { unit, put, panel, faint } = screen
  panel(92, 52)
  sheet.context.fillStyle = faint
  sheet.context.globalAlpha = 0.15
  sheet.context.fillRect(14 * unit, 100 * unit, 290 * unit, 34 * unit)
  sheet.context.globalAlpha = 1
  put(null, '搜索发票抬头/纳税人识别号/订单流水号', 26, 122, 11.5, faint)
  put(null, '搜索', 320, 122, 14)
  panel(144, 40)
  ;['全部', '待支付', '待认证', '待开票', '待退款', '完成订单'].forEach((tab, i) =>
    put(null, tab, 14 + i * 60, 170, 13.5, i === 0 ? '#d9363e' : undefined),
  )
  let y = 194
  panel(y, 208 + 88 * order.items.length)
  put(null, '订单号：', 14, y + 28, 13)
  put('orderNumber', order.orderNumber, 66, y + 28, 13)
  put('orderStatus', order.orderStatus, 360, y + 28, 13, '#e08a2e', 'right')
  put(null, '发票抬头：', 14, y + 58, 13, faint)
  put('invoiceTitle', order.invoiceTitle, 84, y + 58, 13)
  put(null, '纳税人识别码：', 14, y + 82, 13, faint)
  put('taxpayerId', order.taxpayerId, 108, y + 82, 13)
  put('branch', order.branch, 14, y + 108, 13)
  put('pickupMethod', order.pickupMethod, 108, y + 108, 13)
  y += 120
  order.items.forEach((item) => {
    picture(sheet, [16 * unit, (y + 8) * unit, 66 * unit, 66 * unit], item.name)
    put('items', item.name, 96, y + 34, 14)
    if (item.price !== null) put('items', `¥${item.price}`, 96, y + 62, 14, '#e5484d')
    put('items', `X${item.quantity}`, 358, y + 62, 13, faint, 'right')
    y += 88
  })
  put('orderTime', order.orderTime, 14, y + 24, 12.5, faint)
  const count = order.items.reduce((sum, item) => sum + item.quantity, 0)
  put(null, `总${count}件  商品合计`, 210, y + 24, 13)
  put('total', `¥${order.total}`, 360, y + 24, 14, '#e5484d', 'right')
  for (const [label, x] of [
    ['修改', 212],
    ['申请退款', 284],
  ] as const) {
    sheet.context.strokeStyle = faint
    sheet.context.lineWidth = 0.8 * unit
    sheet.context.beginPath()
    sheet.context.roundRect(x * unit, (y + 42) * unit, (label.length * 13 + 24) * unit, 28 * unit, 14 * unit)
    sheet.context.stroke()
    put(null, label, x + 12, y + 61, 13)
  }
}
