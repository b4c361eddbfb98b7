/** Fields that a paper of this kind does not have: the capital of a sole trader or of a branch. */
import type { PaperInHand } from './read-fields.ts'
import type { ReadValue } from './values/value.ts'

/** A date to a date, or for ever, and the words of its label. */
const traceOfTerm = /期限|长期|\d日[至到]|营业期|[至到](?:19|20)\d\d年/u

const traceOfCapital = /资本|注册资|[佰仟拾万亿]元/u

/** What pages of an order say, of which so many labels prove that another would have been seen; and any trace of who receives it. */
const shown = ['orderNumber', 'orderTime', 'branch', 'pickupMethod', 'invoiceTitle', 'taxpayerId', 'total']
const fewest = 4
const receiver = ['receiverName', 'receiverPhone']
const traceOfReceiver = /(?<!\d)1[3-9]\d{9}(?!\d)|签收|收[货件]人|联系人|手机/u

/** Marks them as `not-on-this-paper`: nothing of them was looked for in vain, they have no place there. */
export function tellAbsent(paper: PaperInHand): void {
  if (paper.form.kind === 'business-licence') {
    const type = paper.values.get('enterpriseType')?.value
    const isTrader = type === '个体工商户'
    // A branch is no legal person and has no capital of its own (公司法 第十三条).
    const isBranch = typeof type === 'string' && type.includes('分公司')
    const isLabelled = (field: string): boolean => paper.hits.some((hit) => hit.field === field)
    // Since 2022 licences are printed without a term (市场监管总局 2022 format); the other labels prove that this one would have been seen.
    const others = ['enterpriseName', 'legalName', 'address', 'enterpriseType', 'establishedDate'].filter(isLabelled).length
    const mentionsCapital = paper.lines.some((line) => traceOfCapital.test(line.text))
    const mentionsTerm = paper.lines.some((line) => traceOfTerm.test(line.text))
    leaveOut(
      paper,
      ['registeredCapital', 'businessTerm'].filter(
        (field) =>
          !isLabelled(field) &&
          (isTrader || (field === 'businessTerm' ? others === 5 && !mentionsTerm : isBranch && others >= 4 && !mentionsCapital)),
      ),
    )
  }
  if (paper.form.kind === 'payment-proof') {
    // Pages of an order fetched at the counter name nobody whom it is sent to: no label of theirs, and no telephone.
    const others = shown.filter((field) => paper.hits.some((hit) => hit.field === field)).length
    const isNamed = receiver.some((field) => paper.hits.some((hit) => hit.field === field))
    if (others >= fewest && !isNamed && !paper.lines.some((line) => traceOfReceiver.test(line.text))) leaveOut(paper, receiver)
  }
}

/** Marks fields that were not read as having no place on this paper. */
export function leaveOut(paper: PaperInHand, fields: readonly string[]): void {
  for (const field of fields) {
    if ((paper.values.get(field)?.value ?? null) !== null) continue
    const nothing: ReadValue = {
      value: null,
      confidence: 0.95,
      least: 0,
      source: paper.lines[0]?.source ?? 'ocr',
      box: null,
      evidence: ['not-on-this-paper'],
      wellFormed: false,
    }
    paper.values.set(field, nothing)
  }
}
