/** Which fields a paper must have filled in (guide: 如实填报表格信息), by its kind and by what is applied for. */
import type { ReadDocument } from '../../flow.ts'
import { isValidPhone, normalizePhone } from '../../guide/identifiers/phone.ts'
import type { DocumentKind } from '../../guide/papers.ts'
import { ofKind, type Case } from './case.ts'
import { isReachable } from './compare-addresses.ts'
import { fieldText, isPlain, textOf } from './evidence.ts'

/** Without these nothing can be done: one that cannot be read is looked at. */
const required: Partial<Record<DocumentKind, readonly string[]>> = {
  'registration-form': ['enterpriseName', 'uscc', 'handlerName', 'handlerPhone'],
  'change-request': ['enterpriseName', 'uscc', 'changes'],
  'cancellation-request': ['enterpriseName', 'uscc', 'handlerName', 'handlerPhone'],
  'authorization-letter': ['recipientAddress', 'recipientName', 'recipientPhone', 'enterpriseName', 'legalName'],
  'business-licence': ['enterpriseName', 'uscc', 'legalName'],
  'payment-proof': ['orderNumber'],
}

/**
 * Asked for where they are left empty (guide: 如实填报表格信息; 附件5: 如实填写完整), but nothing hangs on how they are read.
 * Others left empty (传真, 备注) are the clerk's to see on the paper, and 学历, 国籍（地区）, 职务 are noted.
 */
const expected: Partial<Record<DocumentKind, readonly string[]>> = {
  'registration-form': ['applicationDate'],
  'card-form': ['signedDate'],
  'change-request': ['contactName', 'contactPhone', 'signedDate'],
  'cancellation-request': ['operatorCardNumbers', 'applicationDate'],
  'authorization-letter': ['legalPhone', 'signedDate'],
}

/** 邮寄领卡 needs to know where to. */
export const forPosting = ['recipientAddress', 'recipientName', 'recipientPhone']
const ofHolder = ['holderName', 'sex', 'idNumber', 'birthDate', 'phone']

/** The fields that must be there and be read. */
export function requiredFields(opened: Case, document: ReadDocument): string[] {
  const fields = [...(required[document.kind] ?? [])]
  if (document.kind === 'registration-form') {
    if (opened.rule.handsOver) fields.push(...ofDelivery(document))
    // The number is read where the tick of its row is.
    if (opened.rule.cardNumberNeeded && opened.told === 'ticked') fields.push('cardNumber')
  }
  if (document.kind === 'cancellation-request') fields.push('legalCardNumber')
  if (document.kind === 'card-form')
    for (const half of neededHalves(opened, document)) fields.push(...ofHolder.map((field) => `${half}.${field}`))
  if (document.kind === 'identity-document') fields.push(...requiredOfCopy(opened, document))
  return fields
}

/**
 * Where no tick was seen, or one for 邮寄领卡 that is hard to see, an address that was filled in says the same, to whoever sends it
 * too (`destinationOf`).
 */
function ofDelivery(form: ReadDocument): readonly string[] {
  const [tick, address] = [form.fields['deliveryMethod'], form.fields['recipientAddress']]
  const method = fieldText(form, 'deliveryMethod')
  if (method === 'window' && leavesRecipientOut(form)) return []
  if (method === 'window' || (method === null && tick?.certain)) return ['deliveryMethod']
  if (textOf(address) !== null && !tick?.certain && (isPlain(address) || isFilledIn(form))) return forPosting
  return method === 'post' ? ['deliveryMethod', ...forPosting] : ['deliveryMethod']
}

/** Whatever else is hard to read, address and telephone are there: nobody writes them down who fetches the cards. */
const isFilledIn = (form: ReadDocument): boolean =>
  isReachable(fieldText(form, 'recipientAddress') ?? '') && isValidPhone(normalizePhone(fieldText(form, 'recipientPhone') ?? ''))

/** Nobody who has cards sent leaves both out: a mark at 窗口领卡 that is hard to see is there. */
export const leavesRecipientOut = ({ fields }: ReadDocument): boolean =>
  ['recipientAddress', 'recipientPhone'].every((name) => fields[name]?.value === null && fields[name].evidence?.includes('empty'))

/** Which halves of this card form the chapter asks for. */
function neededHalves(opened: Case, document: ReadDocument): ('legal' | 'operator')[] {
  const need = opened.rule.papers.find(({ kind }) => kind === 'card-form')
  // Several operators: the legal person's half stands on one of the sheets.
  const elsewhere = ofKind(opened, 'card-form').some((other) => other !== document && fieldText(other, 'legal.holderName') !== null)
  return (need?.halves ?? []).filter((half) => half !== 'legal' || !elsewhere)
}

/** What must be filled in, whether or not it can be read. */
export function expectedFields(opened: Case, document: ReadDocument): string[] {
  const ofHalves =
    document.kind === 'card-form' ? neededHalves(opened, document).flatMap((half) => [`${half}.idType`, `${half}.address`]) : []
  return [...(expected[document.kind] ?? []), ...ofHalves]
}

/**
 * What the form asks of a holder and no card needs, and where to send what is not sent (注销): who fills it in as 如实填报 says leaves no blank, and
 * nobody sends it back for one.
 */
export function noteworthyFields(opened: Case, document: ReadDocument): string[] {
  if (document.kind === 'registration-form')
    return !opened.rule.handsOver && textOf(document.fields['deliveryMethod']) === 'post' ? forPosting : []
  if (document.kind !== 'card-form') return []
  return neededHalves(opened, document).flatMap((half) => ['education', 'nationality', 'position'].map((field) => `${half}.${field}`))
}

/**
 * Who it is, by whichever of name and number tells; the number where a card form gives one to compare, or nobody else tells it and a card
 * is made by it; until when it holds.
 */
function requiredOfCopy({ people, rule }: Case, document: ReadDocument): string[] {
  const matches = people.matches.filter(({ copy }) => copy?.front === document)
  const isKnown = matches.length > 0 && matches.every(({ by }) => by === 'exact')
  const isCompared = matches.some(({ person }) => textOf(person.idNumber) !== null)
  const isMade = rule.cardJobs.some(({ kind }) => kind === 'make' || kind === 'rewrite')
  const isNumberNeeded = isCompared || (!isKnown && (isMade || !isPlain(document.fields['name'])))
  const ofFront = [...(isKnown && isCompared ? [] : ['name']), ...(isNumberNeeded ? ['idNumber'] : [])]
  const isFront = people.copies.some(({ front }) => front === document)
  const isBack = people.copies.some((copy) => copy.back === document && !people.spare.includes(copy))
  return [...(isFront ? ofFront : []), ...(isBack ? ['validTo'] : [])]
}
