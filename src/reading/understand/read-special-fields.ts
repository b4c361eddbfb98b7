/** What labels alone do not tell: ticks and the card number of the ticked row, dates under a signature, goods, codes without a label. */
import { documentFields, type FieldType, type ServiceCode } from '../../guide/papers.ts'
import type { Rectangle } from '../page.ts'
import type { Span } from './claim-values.ts'
import { readItems } from './read-items.ts'
import { typeOfField, valueOfHit, valueOfLetters, valueOfSpans, type PaperInHand } from './read-fields.ts'
import { readDelivery, readServices, type Ticked } from './read-ticks.ts'
import { bottom, columnOverlap, join, middleY, rowOverlap } from './text/geometry.ts'
import { parseDate } from './values/dates.ts'
import { normalise } from './values/normalise.ts'
import type { ReadValue } from './values/value.ts'

export function readSpecialFields(paper: PaperInHand): void {
  if (paper.form.kind === 'registration-form') readRegistration(paper)
  if (paper.form.kind === 'payment-proof') readPayment(paper)
  if (paper.form.kind === 'business-licence') readLicence(paper)
  if (paper.form.kind === 'cancellation-request') readCompanyDate(paper)
  readUnlabelledCodes(paper)
  readSignedDate(paper)
  cutSealTails(paper)
}

function readRegistration(paper: PaperInHand): void {
  const services = readServices(paper.content, paper.lines, paper.find, paper.isProse)
  const delivery = readDelivery(paper.content, paper.lines, paper.find, paper.isProse)
  paper.values.set('deliveryMethod', tickedValue(delivery, delivery.values.length === 1 ? delivery.values[0]! : null))
  const cardHits = paper.hits.filter((hit) => hit.field === 'cardNumber')
  const read = cardHits.map((hit) => ({ hit, value: valueOfHit(paper, hit, 'card-number').value }))
  const onRow = read.filter(({ hit }) => services.rows.some((row) => rowOverlap(row, hit.box) > 0.4))
  const filled = read.filter(({ value }) => value.value !== null)
  const ticks = services.values.length > 0 ? [...services.values] : null
  const byNumber = serviceByCardNumber(
    services,
    filled.map(({ hit }) => hit.box),
  )
  // A faint tick in one row yields to a card number written in another.
  const values = byNumber && (ticks === null || (ticks.length === 1 && services.least < 0.75)) ? byNumber : ticks
  paper.values.set('services', tickedValue(services, values))
  const chosen = onRow.find(({ value }) => value.value !== null) ?? (onRow.length > 0 && filled.length === 0 ? onRow[0] : undefined)
  if (chosen) paper.values.set('cardNumber', { ...chosen.value, evidence: [...chosen.value.evidence, 'ticked-row'] })
  else if (filled.length === 1) paper.values.set('cardNumber', filled[0]!.value)
  else if (read[0]) paper.values.set('cardNumber', { ...read[0].value, value: null })
}

/** No tick was seen, but one row alone has a card number filled in. */
function serviceByCardNumber(services: Ticked<ServiceCode>, filled: readonly Rectangle[]): ServiceCode[] | null {
  const row = filled.length === 1 ? filled[0] : undefined
  const options = row ? services.options.filter((option) => rowOverlap(option.box, row) > 0.5) : []
  return options.length === 1 ? [options[0]!.value] : null
}

function tickedValue<Value>(ticks: Ticked<Value>, value: Value | Value[] | null): ReadValue {
  const evidence = ticks.clear && ticks.values.length === 1 ? ['clear-ticks'] : []
  return {
    value: value as ReadValue['value'],
    confidence: ticks.confidence,
    least: ticks.confidence,
    source: ticks.source,
    box: ticks.box,
    evidence,
    wellFormed: value !== null,
  }
}

/** 办理日期 stands twice (附件4): the enterprise's stands before 制卡中心审核, the office's after it. */
function readCompanyDate(paper: PaperInHand): void {
  const check = paper.hits.find((hit) => /制卡中心|审核/u.test(hit.text))
  if (!check) return
  const own = paper.hits.filter(
    (hit) =>
      hit.field === 'applicationDate' &&
      (hit.box.y < check.box.y - 0.5 * check.box.height || (rowOverlap(hit.box, check.box) > 0.5 && hit.box.x < check.box.x)),
  )
  if (own.length === 0) return
  const values = own.map((hit) => valueOfHit(paper, hit, 'date').value)
  paper.values.set('applicationDate', values.find((value) => value.value !== null) ?? values[0]!)
}

const statusWords =
  /(待提货|订单完成|完成订单|待支付|待认证|待开票|待退款|已支付|支付成功|已完成|待发货|已发货|已提货|已取消|已退款|退款中)/u

function readPayment(paper: PaperInHand): void {
  const all = [...paper.claims.free, ...[...paper.claims.byHit.values()].flat()]
  const goods = readItems(all.filter((span) => !isBesideLabel(paper, span)))
  if (goods.items.length > 0) {
    paper.values.set('items', {
      value: goods.items.map((item) => ({ ...item })),
      confidence: goods.confidence,
      least: goods.least,
      source: paper.lines[0]?.source ?? 'ocr',
      box: goods.boxes[0] ?? null,
      evidence: [],
      wellFormed: goods.items.every((item) => item.quantity !== null),
    })
  }
  readOrderNumber(paper, all)
  readOrderTime(paper, all)
  readStatus(paper, all)
  readBranch(paper, all)
  readPickup(paper)
  readTotal(paper, all)
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
    paper.values.set('pickupMethod', { ...labelled, value: known[0] })
    return
  }
  const seen = paper.lines.flatMap((line) => Array.from(line.text.matchAll(ways), (match) => ({ line, match })))
  const [first] = seen
  if (!first || new Set(seen.map(({ match }) => match[0])).size > 1) return
  const { line, match } = first
  const letters = line.letters.slice(match.index, match.index + match[0].length)
  paper.values.set('pickupMethod', valueOfLetters(letters, 'text', line.box, line.source))
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
    paper.values.set('orderNumber', { ...labelled, value: labelled.value.replace(/(复制|\s).*$/u, '').toUpperCase() })
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
}

/** A row of tabs (待支付 待认证 待开票 …) is no status of this order. */
function readStatus(paper: PaperInHand, spans: readonly Span[]): void {
  const labelled = paper.values.get('orderStatus')
  if (typeof labelled?.value === 'string') {
    const known = statusWords.exec(labelled.value)
    paper.values.set('orderStatus', known ? { ...labelled, value: known[0] } : labelled)
    return
  }
  const worded = spans.filter((span) => statusWords.test(span.text) && span.text.replace(statusWords, '').length <= 4)
  const isTab = (span: Span): boolean =>
    (span.text.match(new RegExp(statusWords, 'gu')) ?? []).length > 1 ||
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
    const claimed = (paper.claims.byHit.get(order) ?? []).find((span) => statusWords.test(span.text))
    if (claimed) paper.values.set('orderStatus', { ...valueOfSpans([claimed], 'text'), value: statusWords.exec(claimed.text)![0] })
  }
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

function readTotal(paper: PaperInHand, spans: readonly Span[]): void {
  const labelled = paper.values.get('total')
  if (labelled?.value) return
  const span = spans.filter((one) => /[¥￥]\d+\.\d{2}/u.test(one.text)).toSorted((one, other) => bottom(other.box) - bottom(one.box))[0]
  if (span) paper.values.set('total', { ...valueOfSpans([span], 'money') })
}

/** The term is kept as printed: 2015年03月12日至长期. */
function readLicence(paper: PaperInHand): void {
  const term = paper.values.get('businessTerm')
  if (typeof term?.value !== 'string') return
  const day = String.raw`(?:19|20|21)\d{2}年\d{1,2}月\d{1,2}日`
  const open = '长期|永久|无固定期限|不约定期限'
  const printed = new RegExp(`自?${day}[至到-](?:${day}|${open})|${open}`, 'u').exec(term.value)
  if (printed) paper.values.set('businessTerm', { ...term, value: printed[0], wellFormed: true })
}

/** A credit code, or an order's tax number, whose label could not be read: its check digit tells it. */
function readUnlabelledCodes(paper: PaperInHand): void {
  for (const { name, type } of documentFields[paper.form.kind]) {
    if (type !== 'uscc' && !(type === 'id-number' && paper.form.kind === 'identity-document')) continue
    const known = paper.values.get(name)
    if (known?.evidence.includes('check-digit')) continue
    const spans = [
      ...paper.claims.free,
      ...[...paper.claims.byHit]
        .filter(([hit]) => typeOfField(paper.form)(hit.field ?? '') !== 'id-number')
        .flatMap(([, claimed]) => claimed),
    ]
    for (const span of spans) {
      const read = normalise(span.letters, type)
      if (!read.evidence.includes('check-digit')) continue
      paper.values.set(name, valueOfSpans([span], type))
      break
    }
  }
}

/** Letters of a ring that were read on from an address: after its last number or house, and none but the seal's. */
function cutSealTails(paper: PaperInHand): void {
  for (const [field, value] of paper.values) {
    if (!/address/iu.test(field) || typeof value.value !== 'string' || !value.box) continue
    const box = value.box
    const rings = paper.content.seals.filter((seal) => rowOverlap(seal.box, box) > 0.1 && columnOverlap(seal.box, box) > 0.05)
    const tail = /(?<=[号室楼栋座层元区\d])(?![号室楼栋座层单之])\p{Script=Han}{1,5}$/u.exec(value.value)?.[0]
    if (!tail || rings.length === 0) continue
    const ring = `${rings.map((seal) => seal.text ?? '').join('')}有限公司专用章`
    if (Array.from(tail).every((character) => ring.includes(character))) {
      paper.values.set(field, { ...value, value: value.value.slice(0, -tail.length), evidence: [...value.evidence, 'mended'] })
    }
  }
}

const signedFields: Readonly<Record<string, string>> = {
  'card-form': 'signedDate',
  'change-request': 'signedDate',
  'authorization-letter': 'signedDate',
  'cancellation-request': 'applicationDate',
  'registration-form': 'applicationDate',
}

/** 年 月 日 without a label, below or beside the place of the seal; its parts may have become boxes of their own. */
function readSignedDate(paper: PaperInHand): void {
  const field = signedFields[paper.form.kind]
  if (!field || paper.values.get(field)?.value) return
  const dateType: FieldType = 'date'
  const anchor = paper.hits.filter((hit) => /签章|盖章|公章|签署|日期/u.test(hit.text)).at(-1)
  const office = paper.hits.find((hit) => /制卡中心|审核|受理/u.test(hit.text))
  const candidates = [
    ...paper.claims.free,
    ...[...paper.claims.byHit]
      .filter(([hit]) => hit.field === null || hit.label.block || hit.field === field)
      .flatMap(([, claimed]) => claimed),
  ]
    .filter((span) => /[年月日]|\d{4}[-./]\d/u.test(span.text) || /^[\dIl|OZ]{1,4}$/u.test(span.text))
    .filter((span) => !office || middleY(span.box) < office.box.y || field === 'signedDate')
  for (const span of candidates.toSorted((one, other) => distanceTo(anchor?.box, one) - distanceTo(anchor?.box, other))) {
    const row = candidates.filter((other) => rowOverlap(other.box, span.box) > 0.5).toSorted((one, other) => one.box.x - other.box.x)
    const value = valueOfSpans(row, dateType)
    if (value.value === null) continue
    paper.values.set(field, { ...value, box: join(row.map((one) => one.box)) })
    return
  }
}

const distanceTo = (anchor: Rectangle | undefined, span: Span): number =>
  anchor ? Math.abs(middleY(span.box) - middleY(anchor)) + (middleY(span.box) < anchor.y ? 1000 : 0) : -middleY(span.box)
