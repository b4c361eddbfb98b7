/** The page of an order in the office's shop: number, time and status told by their form, goods by their rows, the rest by labels. */
import type { Span } from './cut-spans.ts'
import { valueOfLetters, valueOfSpans, type PaperInHand } from './read-fields.ts'
import { readItems } from './read-items.ts'
import { bottom, middleY, right, rowOverlap } from './text/geometry.ts'
import { textOf, type Line } from './text/letters.ts'
import { parseDate } from './values/dates.ts'
import { parseMoney } from './values/normalise.ts'
import { isUsualName } from './values/family-names.ts'
import { endsAsEnterprise, isPersonName } from './values/texts.ts'
import type { ReadValue } from './values/value.ts'

const statusWords =
  /(待提货|订单完成|完成订单|待支付|待认证|待开票|待退款|已支付|支付成功|已完成|待发货|已发货|已提货|已取消|已退款|退款中)/u

/** It stands behind the number on its row, and may be misread. */
const statusBehind = /(?<=\d)\p{Script=Han}{3,4}$/u

export function readPayment(paper: PaperInHand): void {
  const all = [...paper.claims.free, ...[...paper.claims.byHit.values()].flat()]
  const goods = readItems(all.filter((span) => !isBesideLabel(paper, span)))
  if (goods.items.length > 0) {
    paper.values.set('items', {
      value: goods.items.map((item) => ({ ...item })),
      confidence: goods.confidence,
      least: goods.least,
      source: paper.lines[0]?.source ?? 'ocr',
      box: goods.boxes[0] ?? null,
      evidence: goods.isMended ? ['mended'] : [],
      wellFormed: goods.items.every((item) => item.quantity !== null),
    })
  }
  readOrderNumber(paper, all)
  readOrderTime(paper, all)
  readInvoiceTitle(paper, all)
  readStatus(paper, all)
  readBranch(paper, all)
  readPickup(paper)
  readTotal(paper, all)
  countByTotal(paper)
  readWithoutLabels(paper)
}

/** A row that is too short for the name has more letters than a status (待开票). */
const leastOfRow = 8

/** A copy loses the pale labels of a screen: the one enterprise, the one mobile number, and the name beside it tell what they are. */
function readWithoutLabels(paper: PaperInHand): void {
  const { values, hits, claims } = paper
  const isAsked = (field: string): boolean => values.get(field)?.value != null || hits.some((hit) => hit.field === field)
  const take = (field: string, type: 'name' | 'phone', own: readonly (readonly Span[])[]): Span | null => {
    const [spans, another] = own
    if (!spans || another || isAsked(field)) return null
    const value = valueOfSpans(spans, type)
    values.set(field, { ...value, evidence: [...value.evidence, 'mended'] })
    return spans[0]!
  }
  // Behind a word that is no field (电子发票) the rows below it seem to be its own; an address may end as an enterprise does (06室).
  const rows = [...claims.free, ...[...claims.byHit].flatMap(([{ field }, own]) => (field === null ? own : []))]
  const isEnterprise = (text: string): boolean => text.length >= 6 && /^[^:\d]+$/u.test(text) && endsAsEnterprise(text)
  const goesOn = (above: Span, span: Span): boolean => isNextRow(above, span) && Math.abs(span.box.x - above.box.x) < above.em
  const names = rows.flatMap((span): (readonly Span[])[] => {
    if (isEnterprise(span.text)) return [[span]]
    const rest = span.text.length < leastOfRow ? null : rows.find((other) => goesOn(span, other) && isEnterprise(span.text + other.text))
    return rest ? [[span, rest]] : []
  })
  take('invoiceTitle', 'name', names)
  const phone = take(
    'receiverPhone',
    'phone',
    claims.free.filter(({ text }) => /^1[3-9]\d{9}$/u.test(text)).map((span) => [span]),
  )
  if (!phone) return
  const isBeside = ({ box, em }: Span): boolean =>
    Math.abs(middleY(box) - middleY(phone.box)) < 4 * em &&
    (Math.abs(box.x - phone.box.x) < em || Math.abs(right(box) - right(phone.box)) < em)
  take(
    'receiverName',
    'name',
    claims.free.filter((span) => isPersonName(span.text) && isUsualName(span.text) && isBeside(span)).map((span) => [span]),
  )
}

/** Of more of them too many sums would be tried. */
const mostLost = 3

/**
 * Quantities that were lost follow from the total, and from how many it says there are (共3件), where only one way makes it up: they
 * are shown, but the total no longer speaks for them.
 */
function countByTotal({ values, lines }: PaperInHand): void {
  const items = values.get('items')
  const total = values.get('total')
  if (!Array.isArray(items?.value)) return
  const goods = items.value.filter((item) => typeof item !== 'string')
  const lost = goods.filter((item) => item.quantity === null).length
  if (lost === 0 || lost > mostLost) return
  const told = Number(lines.flatMap(({ text }) => /[共总](\d{1,3})件/u.exec(text)?.[1] ?? [])[0] ?? 0)
  const set = (value: typeof goods): unknown =>
    values.set('items', { ...items, value, wellFormed: true, evidence: [...items.evidence, 'mended', 'from-total'] })
  const [only] = goods
  if (only && goods.length === 1 && told > 0 && only.price === null) {
    // Red print on a dark screen is not read: of one product the total tells the price, where it goes up in whole cents.
    const price = typeof total?.value === 'string' ? inCents(total.value) / told : NaN
    set([{ ...only, quantity: told, price: Number.isInteger(price) ? (price / 100).toFixed(2) : null }])
    return
  }
  if (goods.some((item) => item.price === null)) return
  const prices = goods.map((item) => inCents(item.price!))
  const ways = typeof total?.value === 'string' ? countings(goods, prices, inCents(total.value)) : []
  const fitting = ways.filter((counts) => told === 0 || counts.reduce((sum, count) => sum + count, 0) === told)
  // Of one product the screen tells how many there are; a total that is neither of all nor of one of them is misread.
  const isTold = goods.length === 1 && told > 0
  const [counts, another] = isTold ? [[told]] : fitting
  if (!counts || another) return
  if (isTold && ways.length === 0 && total?.source === 'ocr') values.set('total', { ...total, evidence: [...total.evidence, 'mended'] })
  set(goods.map((item, at) => ({ ...item, quantity: counts[at]! })))
}

const inCents = (money: string): number => Math.round(Number(money) * 100)

/** All numbers of each, those that were read as they are, that make up the sum; nobody orders more of one than a hundred. */
function countings(goods: readonly { readonly quantity: number | null }[], prices: readonly number[], sum: number): number[][] {
  const [first, ...others] = goods
  if (!first) return sum === 0 ? [[]] : []
  const most = Math.min(99, Math.floor(sum / Math.max(1, prices[0]!)))
  const counts = first.quantity === null ? Array.from({ length: Math.max(0, most) }, (_, at) => at + 1) : [first.quantity]
  return counts.flatMap((count) => {
    const left = sum - count * prices[0]!
    return left < 0 ? [] : countings(others, prices.slice(1), left).map((rest) => [count, ...rest])
  })
}

/** It stands on the row of a label that names a field: then it is that field's value, and no goods. */
function isBesideLabel(paper: PaperInHand, span: Span): boolean {
  for (const [hit, claimed] of paper.claims.byHit)
    if (hit.field && hit.field !== 'total' && claimed.includes(span) && rowOverlap(hit.box, span.box) > 0.4) return true
  return false
}

/** Two ways are offered (指引附件7); an order shows the one that was chosen. */
function readPickup(paper: PaperInHand): void {
  const labelled = paper.values.get('pickupMethod')
  const ways = /关区取货|厂家邮寄/gu
  const known = typeof labelled?.value === 'string' ? labelled.value.match(ways) : null
  if (labelled && known?.length === 1) {
    // Read letter by letter, it is the same beside whatever else its label claimed.
    const isPlain = labelled.parts?.some(({ text }) => text.includes(known[0])) ?? false
    const evidence = isPlain ? labelled.evidence.filter((one) => one !== 'mended') : labelled.evidence
    paper.values.set('pickupMethod', { ...labelled, value: known[0], evidence })
    return
  }
  const seen = paper.lines.flatMap((line) => Array.from(line.text.matchAll(ways), (match) => ({ line, match })))
  const [first] = seen
  if (!first) readPickupInPart(paper)
  if (!first || new Set(seen.map(({ match }) => match[0])).size > 1) return
  const { line, match } = first
  const letters = line.letters.slice(match.index, match.index + match[0].length)
  paper.values.set('pickupMethod', valueOfLetters(letters, 'text', line.box, line.source))
}

/** Of 关区取货 and 厂家邮寄 a copy left enough letters to tell them (美区取货, 关区敢货). */
function readPickupInPart(paper: PaperInHand): void {
  const parts = [
    ['关区取货', /\p{Script=Han}?区取货|关区\p{Script=Han}货/u],
    ['厂家邮寄', /厂家邮|家邮寄/u],
  ] as const
  const [seen, another] = parts.flatMap(([way, part]) =>
    paper.lines.flatMap((line) => {
      const match = part.exec(line.text)
      return match ? [{ way, line, letters: line.letters.slice(match.index, match.index + match[0].length) }] : []
    }),
  )
  if (!seen || another) return
  const value = valueOfLetters(seen.letters, 'text', seen.line.box, seen.line.source)
  paper.values.set('pickupMethod', { ...value, value: seen.way, evidence: [...value.evidence, 'mended'] })
}

function isOf(paper: PaperInHand, span: Span, fields: readonly string[]): boolean {
  for (const [hit, claimed] of paper.claims.byHit) if (hit.field && fields.includes(hit.field) && claimed.includes(span)) return true
  return false
}

/** 订单号 is NF and the moment of the order, yyyyMMddHHmmssSSS; buttons such as 复制 stand after it. */
function readOrderNumber(paper: PaperInHand, spans: readonly Span[]): void {
  for (const span of spans) {
    const plain = span.text.toUpperCase()
    const match = /N[FEP]([\dOIL]{17})/u.exec(plain) ?? /(?<![A-Z\d])[A-Z]{2}(20[\dOIL]{15})/u.exec(plain)
    if (!match) continue
    const digits = match[1]!.replaceAll('O', '0').replace(/[IL]/gu, '1')
    const value = valueOfSpans([span], 'text')
    paper.values.set('orderNumber', {
      ...value,
      value: `${match[0].slice(0, 2).replace(/N[EP]/u, 'NF')}${digits}`,
      wellFormed: true,
      evidence: momentOf(digits) ? ['format'] : [],
    })
    return
  }
  const labelled = paper.values.get('orderNumber')
  if (typeof labelled?.value === 'string')
    paper.values.set('orderNumber', {
      ...labelled,
      value: labelled.value
        .replace(/(复制|\s).*$/u, '')
        .replace(statusBehind, '')
        .toUpperCase(),
    })
}

/** `2020-08-21 09:26:01` for the digits of an order number. */
export function momentOf(digits: string): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})\d{3}$/u.exec(digits)
  if (!match) return null
  const [, year, month, day, hour, minute, second] = match
  const exists = parseDate(`${year}-${month}-${day}`) !== null && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
  return exists ? `${year}-${month}-${day} ${hour}:${minute}:${second}` : null
}

function readOrderTime(paper: PaperInHand, spans: readonly Span[]): void {
  const pattern = /(20\d{2})[-./年](\d{1,2})[-./月](\d{1,2})日?T?(\d{2})[:.](\d{2})(?:[:.](\d{2}))?/u
  const own = spans.filter((span) => isOf(paper, span, ['orderTime']))
  for (const span of [...own, ...spans]) {
    const match = pattern.exec(span.text)
    // A fax's head line has a time without seconds.
    if (!match || (match[6] === undefined && !own.includes(span)) || span.text.toUpperCase().includes('NF')) continue
    const [, year, month, day, hour, minute, second] = match
    const value = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')} ${hour}:${minute}:${second ?? '00'}`
    paper.values.set('orderTime', { ...valueOfSpans([span], 'text'), value, wellFormed: true, evidence: ['date-exists'] })
    return
  }
  // Date and time in two boxes of one row.
  for (const span of spans) {
    const date = parseDate(span.text)
    if (!date || span.text.length > 12) continue
    const time = spans.find((other) => rowOverlap(other.box, span.box) > 0.5 && /^\d{2}:\d{2}:\d{2}$/u.test(other.text))
    if (time) {
      paper.values.set('orderTime', {
        ...valueOfSpans([span, time], 'text'),
        value: `${date} ${time.text}`,
        wellFormed: true,
        evidence: ['date-exists'],
      })
      return
    }
  }
  // A fax breaks up dashes and colons: the figures are those of the order's number.
  const number = paper.values.get('orderNumber')?.value
  const moment = typeof number === 'string' ? momentOf(number.slice(2)) : null
  const same = spans.find(({ text }) => moment !== null && /^[\d:.-]+$/u.test(text) && figuresOf(text) === figuresOf(moment))
  if (same) paper.values.set('orderTime', { ...valueOfSpans([same], 'text'), value: moment, wellFormed: true, evidence: ['date-exists'] })
}

const figuresOf = (text: string): string => text.replace(/\D/gu, '')

/**
 * Where 发票抬头 is misread, the pale words of the box to search in (搜索发票抬头/…) are taken for it: the enterprise behind
 * another colon is meant. A name that does not end may go on in the next row.
 */
function readInvoiceTitle({ values, hits, claims }: PaperInHand, spans: readonly Span[]): void {
  const labelled = values.get('invoiceTitle')
  if (typeof labelled?.value === 'string' && endsAsEnterprise(labelled.value)) return
  const hit = hits.find(({ field }) => field === 'invoiceTitle')
  const own = (hit && claims.byHit.get(hit)) ?? []
  const rest = own.length > 0 ? spans.find((span) => !own.includes(span) && goesOnRight(own.at(-1)!, span)) : undefined
  if (rest && endsAsEnterprise(`${textOf(own.flatMap(({ letters }) => letters))}${rest.text}`)) {
    values.set('invoiceTitle', valueOfSpans([...own, rest], 'name'))
    return
  }
  for (const span of spans) {
    const [whole, label] = /^([^:]{2,6}:).{4,}公司$/u.exec(span.text) ?? []
    if (!whole) continue
    const value = valueOfLetters(span.letters.slice(Array.from(label!).length), 'name', span.box, span.line.source)
    values.set('invoiceTitle', { ...value, evidence: [...value.evidence, 'mended'] })
  }
}

/** Screens set their values to the right, and what is too long goes on there. */
const goesOnRight = (above: Span, span: Span): boolean =>
  isNextRow(above, span) && Math.abs(right(span.box) - right(above.box)) < 0.6 * above.box.height

const isNextRow = (above: Span, span: Span): boolean => span.box.y > middleY(above.box) && span.box.y < bottom(above.box) + above.box.height

/** A row of tabs (待支付 待认证 待开票 …) is no status of this order. */
function readStatus(paper: PaperInHand, spans: readonly Span[]): void {
  const labelled = paper.values.get('orderStatus')
  if (typeof labelled?.value === 'string') {
    const known = statusWords.exec(labelled.value)
    paper.values.set('orderStatus', known ? { ...labelled, value: known[0] } : labelled)
    return
  }
  const worded = spans.filter((span) => statusWords.test(span.text) && span.text.replace(statusWords, '').length <= 4)
  // Tabs stand in a row of words as short, some of which may be misread.
  const isTab = (span: Span): boolean =>
    (span.text.match(new RegExp(statusWords, 'gu')) ?? []).length > 1 ||
    spans.filter((other) => rowOverlap(other.box, span.box) > 0.5 && /^\p{Script=Han}{2,5}$/u.test(other.text)).length > 2 ||
    worded.filter((other) => rowOverlap(other.box, span.box) > 0.5).length > 1
  const order = paper.hits.find((hit) => hit.field === 'orderNumber')
  const candidates = worded.filter((span) => !isTab(span))
  const best = candidates.toSorted(
    (one, other) =>
      Math.abs(middleY(one.box) - middleY(order?.box ?? one.box)) - Math.abs(middleY(other.box) - middleY(order?.box ?? other.box)),
  )[0]
  if (best) paper.values.set('orderStatus', { ...valueOfSpans([best], 'text'), value: statusWords.exec(best.text)![0] })
  // The status stands right of the order number and was read as one line with it.
  else if (order) {
    const beside = paper.claims.byHit.get(order) ?? []
    const claimed = beside.find((span) => statusWords.test(span.text) && !isTab(span))
    const misread = beside.find((span) => span !== beside[0] && /^\p{Script=Han}{3,4}$/u.test(span.text))
    if (claimed) paper.values.set('orderStatus', { ...valueOfSpans([claimed], 'text'), value: statusWords.exec(claimed.text)![0] })
    else if (misread) {
      const value = valueOfSpans([misread], 'text')
      paper.values.set('orderStatus', { ...value, evidence: [...value.evidence, 'mended'] })
    }
  }
  // At the head of the screen the status is its title too: it stands alone on its line.
  const isAmongTabs = (line: Line): boolean =>
    paper.lines.filter(({ text, box }) => rowOverlap(box, line.box) > 0.5 && /^\p{Script=Han}{2,5}$/u.test(text)).length > 2
  const title = paper.values.get('orderStatus')?.value
    ? undefined
    : paper.lines.find((line) => statusWords.exec(line.text)?.[0] === line.text && !isAmongTabs(line))
  if (title && candidates.length === 0) paper.values.set('orderStatus', valueOfLetters(title.letters, 'text', title.box, title.source))
}

/** 关区 厦门分中心 电话:0592-… : the name of the branch only. */
function readBranch(paper: PaperInHand, spans: readonly Span[]): void {
  const pattern = /\p{Script=Han}{2,6}分中心/u
  const own = spans.filter((span) => isOf(paper, span, ['branch']))
  const span = own.find((one) => pattern.test(one.text)) ?? spans.find((one) => pattern.test(one.text) && one.text.length < 24)
  if (span)
    paper.values.set('branch', { ...valueOfSpans([span], 'text'), value: pattern.exec(span.text)![0].replace(/^(关区|所属|请联系)/u, '') })
  else {
    const labelled = paper.values.get('branch')
    if (typeof labelled?.value === 'string')
      paper.values.set('branch', { ...labelled, value: labelled.value.replace(/(电话|联系).*$/u, '') })
  }
}

/** What the goods cost together, when every one of them has its quantity and its price. */
function sumOf(items: ReadValue | undefined): string | null {
  if (!Array.isArray(items?.value) || items.value.length === 0) return null
  let sum = 0
  for (const item of items.value) {
    if (typeof item === 'string' || item.quantity === null || item.price === null) return null
    sum += item.quantity * Math.round(Number(item.price) * 100)
  }
  return (sum / 100).toFixed(2)
}

/** It stands among the goods: their price, not the order's. */
function isPriceOfGoods(paper: PaperInHand, span: Span): boolean {
  const box = paper.values.get('items')?.box
  return box !== null && box !== undefined && middleY(span.box) >= box.y && middleY(span.box) <= bottom(box)
}

function readTotal(paper: PaperInHand, spans: readonly Span[]): void {
  const labelled = paper.values.get('total')
  const sum = sumOf(paper.values.get('items'))
  // A price may stand where the total was looked for, or a figure of the total be lost: the goods tell which sum is meant.
  if (sum !== null && labelled?.value !== sum) {
    const same = spans.find((one) => parseMoney(/[¥￥]?\d+\.\d{2}$/u.exec(one.text)?.[0] ?? '') === sum && !isPriceOfGoods(paper, one))
    if (same) {
      paper.values.set('total', valueOfSpans([same], 'money'))
      return
    }
    if (labelled && typeof labelled.value === 'string' && sum.endsWith(labelled.value)) {
      paper.values.set('total', { ...labelled, value: sum, evidence: [...labelled.evidence, 'mended'] })
      return
    }
    // One of both is misread (a stamp lies over 85.00, and 35.00 is left), or the paper's sum is wrong: either is looked at.
    if (labelled?.source === 'ocr') paper.values.set('total', { ...labelled, evidence: [...labelled.evidence, 'mended'] })
  }
  if (labelled?.value) return
  // Below 支付成功 the sum stands above the goods, else below them.
  const amounts = spans.filter((one) => /[¥￥]\d+\.\d{2}/u.test(one.text)).toSorted((one, other) => bottom(other.box) - bottom(one.box))
  const span = amounts.find((one) => !isPriceOfGoods(paper, one)) ?? amounts[0]
  if (!span) return
  const last = valueOfSpans([span], 'money')
  // The price of one of several: the total itself was not read.
  const isPrice = last.value !== sum && isPriceOfGoods(paper, span)
  paper.values.set('total', isPrice ? { ...last, value: sum ?? last.value, evidence: [...last.evidence, 'mended'] } : last)
}
