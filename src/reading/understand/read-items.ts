/** The goods of an order: name, × quantity, price, one below another in cards whose layout differs from page to page. */
import type { Rectangle } from '../page.ts'
import { inReadingOrder } from './claim-values.ts'
import type { Span } from './cut-spans.ts'
import { join, middleY } from './text/geometry.ts'
import { chinesePunctuation, trimEdges } from './values/texts.ts'
import { parseMoney } from './values/normalise.ts'

export interface Items {
  readonly items: readonly { readonly name: string; readonly quantity: number | null; readonly price: string | null }[]
  readonly boxes: readonly Rectangle[]
  readonly confidence: number
  readonly least: number
}

/** What the office's shop sells (指引附件7), loosely: other goods are told by their quantity. */
const goods = /(智能|IC卡|密码钥匙|读卡器|操作员卡|法人卡|报关员卡|U[Kk]ey|UKEY|加密|证书)/u
const quantity = /[xX×✕✖*义乂]\s*(\d{1,3})(?![\d.])/u
const priceMark = /[¥￥Y]\s*\d/u

export function readItems(spans: readonly Span[]): Items {
  const items: { name: string; quantity: number | null; price: string | null; y: number }[] = []
  const boxes: Rectangle[] = []
  const used: Span[] = []
  // A price that stands right of its name may begin a little higher.
  for (const span of inReadingOrder(spans)) {
    let text = span.text
    const amount = quantity.exec(text)
    if (amount) text = text.replace(amount[0], '')
    const money = /[¥￥Y]?\d+\.\d{2}/u.exec(text) ?? (priceMark.test(text) ? /[¥￥Y]\d+/u.exec(text) : null)
    if (money) text = text.replace(money[0], '')
    const name = chinesePunctuation(trimEdges(text.replace(/(数量|单价|价格|商品名称|商品)[::]?/gu, '')))
    const isName = goods.test(name) && !/关区|分中心|订单|合计|提示/u.test(name)
    if (isName) items.push({ name, quantity: null, price: null, y: middleY(span.box) })
    const item = items.at(-1)
    if (!item || (!isName && middleY(span.box) - item.y > 6 * span.em)) continue
    if (!isName && !amount && !money) continue
    used.push(span)
    boxes.push(span.box)
    if (amount && item.quantity === null) item.quantity = Number(amount[1])
    if (money && item.price === null) item.price = parseMoney(money[0])
  }
  const letters = used.flatMap((span) => span.letters)
  return {
    items: items.map(({ name, quantity: count, price }) => ({ name, quantity: count, price })),
    boxes: boxes.length > 0 ? [join(boxes)] : [],
    confidence: letters.length === 0 ? 0 : letters.reduce((sum, letter) => sum + letter.confidence, 0) / letters.length,
    least: letters.reduce((least, letter) => Math.min(least, letter.confidence), 1),
  }
}
