/** Guide 九1(2), (3): registration form and both copies of the cancellation form name the same cards (《企业注销申请表》一式两份). */
import type { FieldValue, Finding, ReadDocument } from '../../flow.ts'
import { isCardNumber } from '../../guide/identifiers/card-number.ts'
import { normalizeIdNumber } from '../../guide/identifiers/id-number.ts'
import { found, labelOf, ofKind, titleOf, type Case, type PlaceOnPaper } from './case.ts'
import { differ, distance, isPlain, isSure, legibilityOf } from './evidence.ts'

/** Nobody knows which of the numbers is meant, and the wrong card would be voided. */
export function differingCardNumbers(opened: Case): Finding[] {
  const [first, ...others] = ofKind(opened, 'cancellation-request')
  if (!first) return []
  return [
    ...[first, ...others].flatMap(bothCards),
    ...others.flatMap((document) => [...legalCards(first, document), ...operatorCards(first, document)]),
    ...ofKind(opened, 'registration-form').flatMap((form) => cardOnSheet(form, first)),
  ]
}

/** One number is not of the legal person's card and of an operator's. */
function bothCards(document: ReadDocument): Finding[] {
  const [legal, operators] = [document.fields['legalCardNumber'], document.fields['operatorCardNumbers']]
  const [number] = numbersOf(legal)
  if (number === undefined || !isCardNumber(number) || !numbersOf(operators).includes(number)) return []
  const clear = isSure(legal) && isSure(operators)
  const message = `${titleOf(document)}的${labelOf(document.kind, 'legalCardNumber')}也填作操作员卡号，请${clear ? '核对后更正' : '对照原件核对'}。`
  return [
    found('card-number-differs', clear ? 'correct' : 'look', message, {
      document,
      field: 'operatorCardNumbers',
      against: { document, field: 'legalCardNumber' },
    }),
  ]
}

function legalCards(first: ReadDocument, document: ReadDocument): Finding[] {
  const field = 'legalCardNumber'
  const [own, other] = [document.fields[field], first.fields[field]]
  // What is no number (that of the legal person's card, read with those below it) is told as such.
  if (![own, other].every((value) => numbersOf(value).every((number) => isCardNumber(number)))) return []
  const difference = differ(own, other)
  return difference === 'none' ? [] : [tell(document, field, '另一份', difference === 'clear', { document: first, field })]
}

/** A list is compared only where both were read plainly: a number that was passed over is no difference. */
function operatorCards(first: ReadDocument, document: ReadDocument): Finding[] {
  const field = 'operatorCardNumbers'
  const [own, other] = [document.fields[field], first.fields[field]]
  const [numbers, others] = [numbersOf(own), numbersOf(other)]
  // A figure or two are misread; a number that is like none of the other copy's is another one, where both copies list as many.
  const isFar = (number: string, list: readonly string[]) => isCardNumber(number) && list.every((one) => distance(number, one) >= farApart)
  if (!isPlain(own) || !isPlain(other)) {
    const areOther =
      numbers.length === others.length && numbers.some((one) => isFar(one, others)) && others.some((one) => isFar(one, numbers))
    return areOther ? [tell(document, field, '另一份', false, { document: first, field })] : []
  }
  if (numbers.length === others.length && numbers.every((number) => others.includes(number))) return []
  return [tell(document, field, '另一份', isSure(own) && isSure(other), { document: first, field })]
}

/** In figures. */
const farApart = 5

/** The sheet has room for one number: one of those that the cancellation form lists. */
function cardOnSheet(form: ReadDocument, request: ReadDocument): Finding[] {
  const own = form.fields['cardNumber']
  const [number] = numbersOf(own)
  const listed = ['legalCardNumber', 'operatorCardNumbers'].map((field) => request.fields[field])
  const others = listed.flatMap(numbersOf)
  if (number === undefined || others.includes(number) || !listed.every(isPlain)) return []
  // A figure or two are lost or misread on a fax; of two numbers as long as these that leaves most alike.
  const isFar = isCardNumber(number) && legibilityOf(own) >= 0.85 && others.every((other) => distance(number, other) >= farApart)
  if (!isPlain(own) && !isFar) return []
  // Which of the two is wrong nobody knows: the clerk sees both ends.
  const message = `${titleOf(request)}所列的卡号中没有${titleOf(form)}的${labelOf(form.kind, 'cardNumber')} ${number}。`
  return [
    tell(form, 'cardNumber', `《企业注销申请表》`, isSure(own) && listed.every(isSure), { document: request, field: 'legalCardNumber' }),
    found('card-number-differs', 'note', message, {
      document: request,
      field: 'legalCardNumber',
      against: { document: form, field: 'cardNumber' },
    }),
  ]
}

function numbersOf(field: FieldValue | undefined): string[] {
  const value = field?.value
  const all = typeof value === 'string' ? [value] : Array.isArray(value) ? value : []
  return all.flatMap((one) => (typeof one === 'string' && one !== '' ? [normalizeIdNumber(one)] : []))
}

function tell(document: ReadDocument, field: string, other: string, clear: boolean, against: PlaceOnPaper): Finding {
  const message = `${titleOf(document)}的${labelOf(document.kind, field)}与${other}所填的不一致，请${clear ? '核对后更正' : '对照原件核对'}。`
  return found('card-number-differs', clear ? 'correct' : 'look', message, { document, field, against })
}
