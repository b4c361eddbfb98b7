/** The payment page (guide 四1(4), 五1(2), 八; appendix 7): right product, number, branch, pickup and state, used once. */
import type { Finding, ReadDocument, Severity } from '../../flow.ts'
import { isCalendarDay } from '../../guide/identifiers/id-number.ts'
import { office } from '../../guide/office.ts'
import { documentTitles, serviceCodes, serviceTitles } from '../../guide/papers.ts'
import { services, type PaymentRule } from '../../guide/services.ts'
import { aYearAgo } from './a-year-ago.ts'
import { purchasedItems } from './buys-for.ts'
import { found, ofKind, titleOf, type Case, type Rule } from './case.ts'
import { distance, fieldText, isMisread, isPlain, isStrong, isSure, legibilityOf, textOf } from './evidence.ts'

export const wrongGoods: Rule = (opened) =>
  opened.rule.payment
    ? [...judgeGoods(opened, opened.rule.payment, ofKind(opened, 'payment-proof')), ...goodsForAnotherTick(opened, opened.rule.payment)]
    : []
export const wrongPlace = onProofs(judgePlace)
export const wrongState = onProofs((_, proof) => judgeState(proof))
export const wrongTotal = onProofs((_, proof) => judgeTotal(proof))
export const wrongOrderTime = onProofs(judgeOrderTime)
export const usedOrder = onProofs(judgeOrderNumber)

/** A rule over every payment page of a service that is paid for. */
function onProofs(judgeProof: (opened: Case, proof: ReadDocument) => Finding[]): Rule {
  return (opened) => (opened.rule.payment ? ofKind(opened, 'payment-proof').flatMap((proof) => judgeProof(opened, proof)) : [])
}

/** What was read fairly and says something else altogether may be told; the rest is looked at. */
function severityOf(proof: ReadDocument, field: string): Severity {
  const value = proof.fields[field]
  return value !== undefined && (isSure(value) || legibilityOf(value) >= 0.85) ? 'correct' : 'look'
}

const mismatch = (severity: Severity, message: string, document: ReadDocument, field: string) =>
  found('payment-mismatch', severity, message, { document, field })

/** The goods that the shop sells (appendix 7); a name outside of them was misread or is new. */
const knownGoods = /法人|报关员|操作员|密码钥匙|读卡器/u

function judgeGoods(opened: Case, payment: PaymentRule, proofs: readonly ReadDocument[]): Finding[] {
  const read = eachOrderOnce(proofs.filter((proof) => purchasedItems(proof).length > 0))
  const [first] = proofs
  if (!first) return []
  if (read.length === 0)
    return [found('field-unreadable', 'look', `${titleOf(first)}的商品看不清楚，请查看原件。`, { document: first, field: 'items' })]
  const right = read.flatMap((proof) => purchasedItems(proof).filter(({ name }) => name.includes(payment.product)))
  const [shown = first] = read
  if (right.length === 0) {
    const bought = purchasedItems(shown).map(({ name }) => name)
    const severity = bought.every((name) => knownGoods.test(name)) ? severityOf(shown, 'items') : 'look'
    return [
      mismatch(
        severity,
        `${titleOf(shown)}的商品是“${bought.join('、')}”，本业务应购买“${payment.title}”，请重新购买并补交新的支付截图。`,
        shown,
        'items',
      ),
    ]
  }
  const wanted = quantitiesWanted(opened, payment)
  const quantity = right.reduce((sum, item) => sum + (item.quantity ?? 1), 0)
  const [needed] = wanted
  if (needed === undefined) return []
  if (right.some((item) => item.quantity === null) && wanted.includes(quantity))
    return [found('field-unreadable', 'look', `${titleOf(shown)}的商品件数看不清楚，请查看原件。`, { document: shown, field: 'items' })]
  if (wanted.includes(quantity)) return []
  // Beside another service that is paid for the clerk sees what was bought for which.
  const isAlone = opened.sheetServices.every((service) => service === opened.service || services[service].payment === null)
  const severity = isAlone && right.every((item) => item.quantity !== null) && isStrong(shown.fields['items']) ? 'correct' : 'look'
  // Guide 五 names one holder; who sends the copies of several and has paid for as many has several cards replaced.
  if (payment.quantity === 'one' && copiesBesideHandler(opened) >= quantity) {
    const message = `${titleOf(shown)}的“${payment.title}”为${quantity}件，材料中也有${copiesBesideHandler(opened)}人的身份证件，请核对补办几张卡。`
    return [mismatch('look', message, shown, 'items')]
  }
  // Guide 四1 注意事项(1): paid for, and with the copy of another person, it is the form that lacks.
  if (payment.quantity === 'per-operator' && sparePersons(opened) >= quantity - needed && quantity > Math.max(...wanted)) {
    const lacking = quantity - needed
    const message = `${titleOf(shown)}的“${payment.title}”为${quantity}件，材料中有${quantity}位操作员的身份证件，缺少《${documentTitles['card-form']}》${lacking}份，请补交并加盖单位公章。`
    return [found('document-missing', opened.somethingUnread ? 'look' : severity, message, { kind: 'card-form' })]
  }
  return [
    mismatch(
      severity,
      `${titleOf(shown)}的“${payment.title}”为${quantity}件，本业务应为${needed}件，请核对后补交正确的支付截图。`,
      shown,
      'items',
    ),
  ]
}

/** An order is bought once, however many pictures of it came: the list of orders and its details. A figure or two may be misread. */
const eachOrderOnce = (proofs: readonly ReadDocument[]): ReadDocument[] =>
  proofs.filter((proof, index) => !proofs.slice(0, index).some((other) => isSameOrder(proof, other)))

/** Orders of one minute may differ by a figure or two: numbers that are both surely read are of one order only where they are the same. */
function isSameOrder(one: ReadDocument, other: ReadDocument): boolean {
  const [order, another] = [fieldText(one, 'orderNumber'), fieldText(other, 'orderNumber')]
  if (order === null || another === null) return false
  const areSure = isSure(one.fields['orderNumber']) && isSure(other.fields['orderNumber'])
  return areSure ? order === another : distance(order, another) <= 2
}

const copiesBesideHandler = ({ people }: Case): number =>
  people.copies.filter((copy) => !people.matches.some((match) => match.copy === copy && match.person.party === 'handler')).length

/** Whose copies are read to their numbers and nobody asked for, less the persons that are still without one. */
const sparePersons = ({ people }: Case): number =>
  people.spare.filter(({ front }) => isSure(front?.fields['idNumber'])).length - people.matches.filter(({ by }) => by === 'none').length

/** The product speaks for another service than the mark that was read, without a promise: the tick was read wrong, or the wrong product bought. */
function goodsForAnotherTick(opened: Case, payment: PaymentRule): Finding[] {
  const [proof] = ofKind(opened, 'payment-proof')
  if (opened.told !== 'inferred' || !proof || purchasedItems(proof).length === 0) return []
  const ticked = ofKind(opened, 'registration-form').flatMap(({ fields }): unknown[] =>
    Array.isArray(fields['services']?.value) ? fields['services'].value : [],
  )
  const other = serviceCodes.find(
    (code) => ticked.includes(code) && (services[code].payment?.product ?? payment.product) !== payment.product,
  )
  if (!other) return []
  const message = `《制卡业务受理登记表》似勾选${serviceTitles[other]}，而${titleOf(proof)}的商品是“${payment.title}”，请对照原件核对是办理何项业务。`
  return [mismatch('look', message, proof, 'items')]
}

/** 新增一张操作员卡，填报一份登记表 (guide 四1 注意事项(1)): as many as persons on card forms, or as forms where one is doubled. */
function quantitiesWanted(opened: Case, payment: PaymentRule): number[] {
  if (payment.quantity === 'any') return []
  // One order may pay for several services that sell the same: 解锁 beside them costs nothing.
  const others = opened.sheetServices.flatMap((service) => {
    const rule = service === opened.service ? null : services[service].payment
    return rule && rule.product === payment.product ? [rule.quantity] : []
  })
  const forms = ofKind(opened, 'card-form').filter(
    (form) => fieldText(form, 'operator.holderName') !== null || fieldText(form, 'operator.idNumber') !== null,
  )
  const persons = new Set(forms.map((form, index) => fieldText(form, 'operator.idNumber') ?? String(index)))
  const counts = [payment.quantity, ...others]
  const ones = counts.filter((count) => count === 'one').length
  if (!counts.includes('per-operator')) return [ones]
  return forms.length === 0 ? [] : [persons.size + ones, forms.length + ones]
}

/** Guide 四2(1), 五2(1): 厦门分中心, 关区取货; 八2(2)①: goods posted by the maker are not the office's to hand out. */
function judgePlace({ service }: Case, proof: ReadDocument): Finding[] {
  const findings: Finding[] = []
  const branch = fieldText(proof, 'branch')
  const city = office.branch.replace('分中心', '')
  if (branch === null) findings.push(...unread(proof, 'branch', '关区'))
  else if (!branch.includes(city)) {
    const other = !Array.from(city).some((character) => branch.includes(character)) && /分中心|中心|关/u.test(branch)
    findings.push(
      mismatch(
        other ? severityOf(proof, 'branch') : 'look',
        `${titleOf(proof)}的关区为“${branch}”，应选“${office.branch}”，请修改订单后补交。`,
        proof,
        'branch',
      ),
    )
  }
  const pickup = fieldText(proof, 'pickupMethod')
  if (pickup === null) findings.push(...unread(proof, 'pickupMethod', '取货方式'))
  else if (!/关区|区取货/u.test(pickup)) {
    const other = /厂家|厂商|邮寄|顺丰/u.test(pickup)
    const ask =
      other && service === 'reader'
        ? '由厂家按订单邮寄，不由本中心代寄；要由本中心代寄的，请将订单改为“关区取货”后补交'
        : '应选“关区取货”，请修改订单后补交'
    findings.push(
      mismatch(
        other ? severityOf(proof, 'pickupMethod') : 'look',
        `${titleOf(proof)}的取货方式为“${pickup}”，${ask}。`,
        proof,
        'pickupMethod',
      ),
    )
  }
  return findings
}

/** Not paid, or paid back. */
const unpaid = /待支付|未支付|未付|待付|(?:支付|付款)中|退款|退货|退单|已退|取消|关闭|失败|撤销|作废|失效|超时|过期/u
/** Waits for something that the shop or the buyer has still to do (appendix 7: 待认证), or came to nothing. */
const open = /待认证|待确认|待审核|审核中|处理中|异常/u
/** Paid, and not yet handed out. */
const paid = /提货|取货|领取|支付成功|已支付|付款成功|已付款|交易成功|待开票|待发货/u
const finished = /完成|已提货|已领取|已发货|已签收|已收货|已自提/u
/** Below this a state of three letters was read by guess. */
const hardlyLegible = 0.7

function judgeState(proof: ReadDocument): Finding[] {
  const status = fieldText(proof, 'orderStatus')
  if (status === null) return unread(proof, 'orderStatus', '订单状态')
  if (unpaid.test(status))
    return [
      mismatch(
        severityOf(proof, 'orderStatus'),
        `${titleOf(proof)}的订单状态为“${status}”，须为支付成功、待提货的订单，请补交有效的支付截图。`,
        proof,
        'orderStatus',
      ),
    ]
  if (open.test(status))
    return [mismatch('look', `${titleOf(proof)}的订单状态为“${status}”，不是支付成功、待提货，请核对订单。`, proof, 'orderStatus')]
  if (finished.test(status))
    return [mismatch('look', `${titleOf(proof)}的订单状态为“${status}”，请核对商品是否已经领取。`, proof, 'orderStatus')]
  // No state that is known, of letters that hardly were: it may be any of those above.
  if (!paid.test(status) && legibilityOf(proof.fields['orderStatus']) < hardlyLegible)
    return [
      found('field-unreadable', 'look', `${titleOf(proof)}的“订单状态”看不清楚，请查看原件。`, { document: proof, field: 'orderStatus' }),
    ]
  return []
}

/** A price may be that of one piece or of all. */
function judgeTotal(proof: ReadDocument): Finding[] {
  const items = purchasedItems(proof)
  const total = Number(fieldText(proof, 'total') ?? Number.NaN)
  const sumOf = (pieces: (quantity: number | null) => number) =>
    items.reduce((sum, { price, quantity }) => sum + Math.round(100 * Number(price ?? Number.NaN)) * pieces(quantity), 0)
  const sums = [sumOf((quantity) => quantity ?? Number.NaN), sumOf(() => 1)]
  const isRead = ['total', 'items'].every((field) => legibilityOf(proof.fields[field]) >= 0.85)
  if (items.length === 0 || !isRead || [total, ...sums].some(Number.isNaN)) return []
  // A hundred times the sum is the sum without its point, which is as small as a speck.
  if ([Math.round(100 * total), Math.round(total)].some((cents) => sums.includes(cents))) return []
  // A seal often lies over the total: a figure that was not read plainly alters no order.
  if (sums.some((cents) => isMisread(proof.fields['total'], (cents / 100).toFixed(2)))) return []
  const message = `${titleOf(proof)}的总金额${total.toFixed(2)}元与所列商品的价格之和${(sums[0]! / 100).toFixed(2)}元不符，请核对订单是否真实。`
  return [mismatch('look', message, proof, 'total')]
}

/** An order is fulfilled once. */
function judgeOrderNumber(opened: Case, proof: ReadDocument): Finding[] {
  const field = proof.fields['orderNumber']
  const order = textOf(field)
  if (order === null) return []
  return opened.context.usedOrders
    .filter(({ orderNumber }) => orderNumber === order)
    .slice(0, 1)
    .map(({ applicationNumber, sameRequest }) =>
      sameRequest
        ? found('payment-reused', 'look', `${titleOf(proof)}的订单号已用于同一企业的申请 ${applicationNumber}，请核对是否重复来件。`, {
            document: proof,
            field: 'orderNumber',
          })
        : found(
            'payment-reused',
            'correct',
            `${titleOf(proof)}的订单号已用于申请 ${applicationNumber}，一个订单只能办理一次，请补交新的支付截图。`,
            {
              document: proof,
              field: 'orderNumber',
            },
          ),
    )
}

/**
 * Appendix 7: an order is numbered by its moment, `NF` and `yyyyMMddHHmmssSSS`. A screenshot that was altered seldom keeps to it. What was bought for
 * a card is fetched within weeks.
 */
function judgeOrderTime({ context: { today } }: Case, proof: ReadDocument): Finding[] {
  const [number, time] = [proof.fields['orderNumber'], proof.fields['orderTime']]
  const at = (field: string, message: string, ask = '请核对订单是否真实') => [
    found('order-doubtful', 'look', `${titleOf(proof)}的${message}，${ask}。`, { document: proof, field }),
  ]
  // By its number it is used once: one that lacks a figure is no order's, or was read so.
  if (/^NF\d*$/u.test(textOf(number) ?? '') && !numbered.test(textOf(number) ?? ''))
    return at('orderNumber', '订单号不足或超过19位', '请对照原件核对')
  const told = isPlain(time) ? /^\d{4}-\d{2}-\d{2}/u.exec(textOf(time) ?? '')?.[0] : undefined
  const day = isPlain(number)
    ? numbered
        .exec(textOf(number) ?? '')
        ?.slice(1)
        .join('-')
    : undefined
  const [first, field] = day === undefined ? [told, 'orderTime'] : [day, 'orderNumber']
  if (first === undefined) return []
  if (!isCalendarDay(first) || first > today) return at(field, `订单${day === undefined ? '时间' : '号所含日期'}不存在或晚于今天`)
  if (first < aYearAgo(today)) return at(field, '订单是一年之前的，商品可能早已领取', '请核对订单')
  // The number is drawn a moment before the order is written down: at midnight that is another day.
  if (told === undefined || Math.abs(Date.parse(told) - Date.parse(first)) <= 86_400_000) return []
  return at('orderTime', '订单时间与订单号所含日期不符')
}

const numbered = /^NF(\d{4})(\d{2})(\d{2})\d{9}$/u

const unread = (proof: ReadDocument, field: string, label: string) => [
  found('field-unreadable', 'look', `${titleOf(proof)}未见“${label}”，请查看原件。`, { document: proof, field }),
]
