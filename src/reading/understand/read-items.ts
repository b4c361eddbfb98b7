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
  /** A name lacked a letter or two: it is the one that the shop has. */
  readonly isMended: boolean
}

/** What the office's shop sells (指引附件7), loosely: other goods are told by their quantity. */
const goods = /(智能|IC卡|密码钥匙|读卡器|操作员卡|法人卡|报关员卡|U[Kk]ey|UKEY|加密|证书)/u
const sold = ['读卡器', '智能密码钥匙', '智能IC卡-法人卡', '智能IC卡-操作员卡', '智能IC卡-报关员卡']
/** Pale and alone it is read as K1 as well. */
const quantity = /(?:[xX×✕✖*义乂]|^[Kk](?=\d+$))\s*(\d{1,3})(?![\d.])/u
/** ×1, pale and alone. */
const lone = /^[xX×✕✖]\s*[lI|]$/u
const priceMark = /[¥￥Y]\s*\d/u

export function readItems(spans: readonly Span[]): Items {
  const plain = gatherItems(spans, (name) => (isGoods(name) ? name : null))
  return plain.items.length > 0 ? plain : { ...gatherItems(spans, mendName), isMended: true }
}

const isGoods = (name: string): boolean => goods.test(name) && !/关区|分中心|订单|合计|提示/u.test(name)

/** A seal over a short name leaves two thirds of its letters (读器), in their order, and no other. */
function mendName(name: string): string | null {
  const letters = Array.from(name)
  const meant = sold.filter((one) => letters.length * 3 >= one.length * 2 && isLeftOf(letters, one))
  return meant.length === 1 ? meant[0]! : null
}

function isLeftOf(letters: readonly string[], word: string): boolean {
  let at = -1
  for (const letter of letters) {
    at = word.indexOf(letter, at + 1)
    if (at < 0) return false
  }
  return true
}

function gatherItems(spans: readonly Span[], nameOf: (text: string) => string | null): Items {
  const items: { name: string; quantity: number | null; price: string | null; y: number }[] = []
  const boxes: Rectangle[] = []
  const used: Span[] = []
  // A price that stands right of its name may begin a little higher.
  for (const span of inReadingOrder(spans)) {
    let text = span.text
    const amount = quantity.exec(lone.test(text) ? '×1' : text)
    if (amount) text = text.replace(amount[0], '')
    const money = /[¥￥Y]?\d+\.\d{2}/u.exec(text) ?? (priceMark.test(text) ? /[¥￥Y]\d+/u.exec(text) : null)
    if (money) text = text.replace(money[0], '')
    const name = nameOf(chinesePunctuation(trimEdges(text.replace(/(数量|单价|价格|商品名称|商品)[::]?/gu, ''))))
    const isName = name !== null
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
    isMended: false,
  }
}
