/** Fields that must be filled in (guide: 如实填报表格信息), and codes and dates that cannot be right. */
import type { FieldValue, Finding, ReadDocument } from '../../flow.ts'
import { isCardNumber, normalizeCardNumber } from '../../guide/identifiers/card-number.ts'
import { isCalendarDay, normalizeIdNumber, readIdNumber, type IdNumberFault } from '../../guide/identifiers/id-number.ts'
import { normalizeUscc, usccFault, type UsccFault } from '../../guide/identifiers/uscc.ts'
import { documentFields, type DocumentKind } from '../../guide/papers.ts'
import { aYearAgo } from './a-year-ago.ts'
import { found, labelOf, ofKind, titleOf, type Case, type Rule } from './case.ts'
import { onFields, valuesOf } from './each-field.ts'
import { distance, fieldText, isCovered, isMisread, isPlain, isStrong, isSure, legibilityOf, textOf } from './evidence.ts'
import type { People } from './people.ts'
import { isOfPerson, nameOf } from './person-name.ts'
import { expectedFields, forPosting, leavesRecipientOut, noteworthyFields, requiredFields } from './required-fields.ts'

export const emptyOrUnreadable: Rule = (opened) =>
  opened.documents.flatMap((document) => [...emptyFields(opened, document), ...blanksOfForm(opened, document)])
export const wrongUscc = onFields('uscc', judgeUscc)
export const wrongIdNumber = onFields('id-number', judgeIdNumber)
export const wrongDate = onFields('date', judgeDate)
export const expiredIdentities: Rule = (opened) => opened.documents.flatMap((document) => expiredIdentity(opened, document))

/** The handler (经办人) is known by name and gets no card: no paper, card job or letter has a use for the number. */
function isOfHandlerAlone({ matches }: People, document: ReadDocument): boolean {
  const own = matches.filter(({ copy }) => copy?.front === document)
  return own.length > 0 && own.every(({ person, by }) => person.party === 'handler' && by === 'exact')
}

/** Below this the recogniser itself is in doubt; above it proves nothing, but a clerk's one look at the page suffices. */
const legible = 0.75

function emptyFields(opened: Case, document: ReadDocument): Finding[] {
  const left = expectedFields(opened, document).filter((name) => isEmpty(document.fields[name]) && document.fields[name]?.value === null)
  return [...requiredFields(opened, document), ...left].flatMap((name) => {
    const field = document.fields[name]
    const label = labelOf(document.kind, name)
    const at = { document, field: name }
    const unreadable = found('field-unreadable', 'look', `${titleOf(document)}的${label}看不清楚，请查看原件。`, at)
    if (field !== undefined && field.value !== null && field.value.length > 0) {
      if (!isFragment(name, field))
        return isSure(field) || legibilityOf(field) >= legible || isSettled(opened, document, name, field)
          ? []
          : [found('field-unreadable', 'look', `${titleOf(document)}的${label}读得不清楚，请对照原件核对。`, at)]
      // A stroke of something else is read as a letter where nothing was written.
      if (isSure(field) || field.value.length > 1) return [unreadable]
    }
    // 邮寄领卡 is what the enterprise authorises (guide, 邮寄领卡): without a mark or a recipient nothing is sent, and whoever hands over is asked.
    if (name === 'deliveryMethod' && field?.value === null && !field.certain && leavesRecipientOut(document))
      return [found('field-missing', 'note', `${titleOf(document)}的${label}未见勾选，收件信息也没有填写，没有邮寄领卡的授权。`, at)]
    if (isEmpty(field)) {
      if (isDatedElsewhere(opened, document, name))
        return [found('field-missing', 'note', `${titleOf(document)}的${label}没有填写，以《制卡业务受理登记表》的申办日期为准。`, at)]
      const severity = isSurelyEmpty(document, name) && isSurelyAsked(document, name) ? 'correct' : 'look'
      return [found('field-missing', severity, `${titleOf(document)}的${label}没有填写，请补填。`, at)]
    }
    if (isUnseen(field)) return [found('field-missing', 'look', `${titleOf(document)}的${label}未见填写，请查看原件。`, at)]
    return [unreadable]
  })
}

/** Not one of them where the whole half was left out, which is told. */
function blanksOfForm(opened: Case, document: ReadDocument): Finding[] {
  return noteworthyFields(opened, document).flatMap((name) => {
    const [half = ''] = name.split('.')
    if (!isEmpty(document.fields[name]) || document.fields[name]?.value !== null || !isSurelyEmpty(document, name)) return []
    if (document.kind === 'card-form' && fieldText(document, `${half}.holderName`) === null) return []
    const message = `${titleOf(document)}的${labelOf(document.kind, name)}没有填写，请留意。`
    return [found('field-missing', 'note', message, { document, field: name })]
  })
}

/** Nobody is called by one glyph, or 女: it is what is left of a name, or no name. Nor is `3` of the next item a card's number. */
function isFragment(name: string, field: FieldValue): boolean {
  if (isOfPerson(name)) return nameOf(field) === null && !isPromisedGlyph(field)
  if (/cardNumber$/iu.test(name)) return !isCardNumber(normalizeCardNumber(textOf(field) ?? ''))
  return /name$/iu.test(name) && !isSure(field) && textOf(field)?.length === 1
}

/** A name of one glyph is rare, and may be promised. */
const isPromisedGlyph = (field: FieldValue) => isSure(field) && /^(?![男女])\p{Script=Han}$/u.test(textOf(field) ?? '')

/**
 * An address is needed where 邮寄领卡 is plainly ticked; the date beside 申请单位签章 is often left out, as the registration form
 * has one.
 */
function isSurelyAsked({ kind, fields }: ReadDocument, name: string): boolean {
  // What an authority or the shop printed lacks nothing: it was not found.
  if (kind === 'business-licence' || kind === 'identity-document' || kind === 'payment-proof') return false
  if (kind === 'registration-form' && forPosting.includes(name)) return isPlain(fields['deliveryMethod'])
  // An enterprise may have no operator's card left.
  if (name === 'operatorCardNumbers') return false
  return name !== 'signedDate' || (kind !== 'card-form' && kind !== 'change-request')
}

/** The day beside 申请单位签章 is often left out: the registration form carries it, and no look finds out more. */
const isDatedElsewhere = (opened: Case, { kind }: ReadDocument, name: string): boolean =>
  name === 'signedDate' &&
  (kind === 'card-form' || kind === 'change-request') &&
  ofKind(opened, 'registration-form').some(({ fields }) => isCalendarDay(textOf(fields['applicationDate']) ?? ''))

/** Hardly legible, and no reason for doubt all the same. */
const isSettled = (opened: Case, document: ReadDocument, name: string, field: FieldValue): boolean =>
  isVouchedFor(field) ||
  isCovered(field) ||
  isOnCopy(opened, field) ||
  keepsForm(document.kind, name, field) ||
  saysWhatNumberSays(opened, document, name, field)

/** Of some 540 telephone numbers that kept their form and of which nothing was mended, three were wrong, by hand, however legible they were. */
const keepsForm = (kind: DocumentKind, name: string, field: FieldValue): boolean =>
  documentFields[kind].find((definition) => definition.name === name)?.type === 'phone' &&
  field.evidence?.includes('format') === true &&
  !field.evidence.includes('mended') &&
  !field.evidence.includes('gap')

/** Sex and birth date that are those of the number on the holder's own copy: the number tells them, and says the same. */
function saysWhatNumberSays({ people, context }: Case, document: ReadDocument, name: string, field: FieldValue): boolean {
  const [half, what] = name.split('.')
  const match = people.matches.find(({ person, by }) => person.document === document && person.half === half && by === 'exact')
  const number = match?.copy?.front?.fields['idNumber']
  if ((what !== 'sex' && what !== 'birthDate') || !isPlain(number)) return false
  const read = readIdNumber(normalizeIdNumber(textOf(number) ?? ''), context.today)
  return !('fault' in read) && read[what] !== null && read[what] === textOf(field)
}

/** A name that is hardly legible here stands, but for a glyph, on the copy of an identity card. */
function isOnCopy({ people }: Case, field: FieldValue): boolean {
  return people.matches.some(
    ({ person, copy, by }) => person.name === field && by === 'near' && legibilityOf(copy?.front?.fields['name']) >= 0.9,
  )
}

/**
 * Its check digit holds, or another paper says the same. Of a number that was put together under a seal both are asked: of seven such on faxes that
 * were not taken from the other paper all were right, of 16 without another paper two were not.
 */
function isVouchedFor({ evidence = [] }: FieldValue): boolean {
  const [holds, agrees] = [evidence.includes('check-digit'), evidence.some((one) => one.startsWith('agrees:'))]
  return evidence.includes('mended') ? holds && isElsewhere(evidence) && !evidence.includes('from-other-paper') : holds || agrees
}

/** On another paper: `agrees:birthDate` is of the same one. */
const isElsewhere = (evidence: readonly string[]): boolean =>
  evidence.some((one) => /^agrees:[a-z-]+\.(?:legal\.|operator\.)?idNumber$/u.test(one))

/**
 * Reading promises that nothing stands there. What it only did not find may stand in its neighbour (of a sheet in columns, number
 * and address were read with what stands left of them, plainly). The row of a card's number is known by its tick.
 */
function isSurelyEmpty({ fields }: ReadDocument, name: string): boolean {
  return fields[name]?.certain === true && (name !== 'cardNumber' || fields['services']?.certain === true)
}

/** The label stands there, no seal lies over the place, and nothing was read: of 36 read so, 26 were empty on the paper. */
const isUnseen = (field: FieldValue | undefined): boolean =>
  field !== undefined && field.box !== null && legibilityOf(field) >= 0.85 && field.evidence?.includes('under-seal') !== true

/** The place was found and holds nothing, rather than not found or not legible. */
function isEmpty(field: FieldValue | undefined): boolean {
  if (!field) return false
  return field.evidence?.includes('empty') === true || (field.box !== null && field.certain)
}

/**
 * A code that fails its check digit was written wrong or read wrong. It was written wrong when nothing doubtful was read,
 * when a second paper says the same, or when no misreading leads from it to the code of the other papers.
 */
function wronglyWritten(
  document: ReadDocument,
  field: FieldValue,
  text: string,
  sameElsewhere: number,
  others: readonly string[],
): boolean {
  if (isSure(field) || sameElsewhere > 1) return true
  // What an authority printed is not written wrong.
  if (document.kind === 'identity-document' || document.kind === 'business-licence') return false
  if (!isStrong(field) || text.length !== 18) return false
  const [closest] = others.toSorted((left, right) => distance(text, left) - distance(text, right))
  return closest !== undefined && !isLookAlike(text, closest)
}

/** Glyphs that recognisers and hands mix up in codes. */
const lookAlikes = ['0ODQ', '1IL7', '2Z', '5S6', '8B3', '6G', 'UV', 'VY', 'XK', 'MN', 'PR', 'EF', '4A', 'CG', 'JU', '9G']

/** Whether two codes differ in one place by glyphs that look alike. */
function isLookAlike(left: string, right: string): boolean {
  if (left.length !== right.length) return true
  const places = Array.from(left).flatMap((character, index) => (character === right[index] ? [] : [character + (right[index] ?? '')]))
  return places.length === 1 && lookAlikes.some((group) => Array.from(places[0] ?? '').every((character) => group.includes(character)))
}

const usccFaults: Record<UsccFault, string> = {
  length: '不足或超过18位',
  character: '含有不应出现的字符',
  'check-digit': '校验位不符，可能有一位写错',
}

/** GB 32100. */
function judgeUscc(opened: Case, document: ReadDocument, name: string): Finding[] {
  const field = document.fields[name]
  const text = textOf(field)
  if (!field || text === null) return []
  const code = normalizeUscc(text)
  const fault = usccFault(code)
  const label = labelOf(document.kind, name)
  // Where it is not the others' code, that is told.
  const isTheirs = normalizeUscc(textOf(opened.enterpriseUscc) ?? code) === code
  if (!fault && isTheirs && isGuessed(document, field))
    return [found('invalid-uscc', 'look', `${titleOf(document)}的${label}读不出有效的代码，请对照原件核对。`, { document, field: name })]
  if (!fault || isShopsUnderSeal(opened, document, field)) return []
  const values = valuesOf(opened, 'uscc').map(normalizeUscc)
  const others = values.filter((other) => usccFault(other) === null)
  const wrong = wronglyWritten(document, field, code, values.filter((other) => other === code).length, others)
  const message = `${titleOf(document)}的${label}${usccFaults[fault]}，请${wrong ? '核对后更正' : '对照原件核对'}。`
  return [found('invalid-uscc', wrong ? 'correct' : 'look', message, { document, field: name })]
}

/** What the shop printed, of which the seal hides a letter: what shows is the others' code. */
const isShopsUnderSeal = ({ enterpriseUscc }: Case, { kind }: ReadDocument, field: FieldValue): boolean =>
  kind === 'payment-proof' &&
  field.evidence?.includes('under-seal') === true &&
  (textOf(field) ?? '').length < 18 &&
  isMisread(field, textOf(enterpriseUscc) ?? '')

/**
 * It holds only as another paper has it, or with a glyph in place of another that was read plainly, or surely enough that the one in its
 * place was hardly thought of: then E may stand there where the others have F.
 */
function isGuessed({ kind }: ReadDocument, { evidence = [] }: FieldValue): boolean {
  if (evidence.includes('from-other-paper')) return true
  return kind !== 'business-licence' && evidence.includes('mended') && (evidence.includes('clear') || evidence.includes('against-print'))
}

const idFaults: Record<IdNumberFault, string> = {
  form: '位数或格式不对',
  'check-digit': '校验位不符，可能有一位写错',
  'birth-date': '所含出生日期不存在',
}

/** GB 11643 and the numbers of the other identity documents. */
function judgeIdNumber(opened: Case, document: ReadDocument, name: string): Finding[] {
  const field = document.fields[name]
  const text = textOf(field)
  if (!field || text === null) return []
  const number = normalizeIdNumber(text)
  const read = readIdNumber(number, opened.context.today)
  // A card is made by it: what holds only as another paper has it may be wrong on this one.
  if (!('fault' in read))
    return document.kind === 'card-form' && isGuessed(document, field)
      ? [
          found('invalid-id-number', 'look', `${titleOf(document)}的${labelOf(document.kind, name)}读不出有效的号码，请对照原件核对。`, {
            document,
            field: name,
          }),
        ]
      : []
  const values = valuesOf(opened, 'id-number').map(normalizeIdNumber)
  // The number of the same person on another paper: at most two places away.
  const others = values.filter((other) => !('fault' in readIdNumber(other)) && distance(number, other) <= 2)
  const wrong = wronglyWritten(document, field, number, values.filter((other) => other === number).length, others)
  // Garbled, and of no use: an authority printed it right.
  if (!wrong && !isPlain(field) && isOfHandlerAlone(opened.people, document)) return []
  const label = labelOf(document.kind, name)
  const message = `${titleOf(document)}的${label}${idFaults[read.fault]}，请${wrong ? '核对后更正' : '对照原件核对'}。`
  return [found('invalid-id-number', wrong ? 'correct' : 'look', message, { document, field: name })]
}

/** Days that do not exist, and days to come; a form signed more than a year ago is looked at. */
function judgeDate(opened: Case, document: ReadDocument, name: string): Finding[] {
  const field = document.fields[name]
  const text = textOf(field)
  const label = labelOf(document.kind, name)
  const at = { document, field: name }
  // A day that does not exist (11月31日) is not read as one.
  if (field && text === null && name === 'applicationDate' && field.box !== null && !isEmpty(field) && !isOnTwin(opened, document, name))
    return [found('invalid-date', 'look', `${titleOf(document)}的${label}读不出存在的日期，请对照原件核对。`, at)]
  if (!field || text === null) return []
  // What an authority printed the applicant cannot mend.
  const severity = isSure(field) && document.kind !== 'identity-document' && document.kind !== 'business-licence' ? 'correct' : 'look'
  const ask = severity === 'correct' ? '请更正' : '请对照原件核对'
  if (!isCalendarDay(text)) return [found('invalid-date', severity, `${titleOf(document)}的${label}不是存在的日期，${ask}。`, at)]
  const { today } = opened.context
  if (text > today && name === 'signedDate' && isYearMisread(opened, field, text)) return []
  if (text > today) return [found('invalid-date', severity, `${titleOf(document)}的${label}晚于今天，${ask}。`, at)]
  if (formDates.includes(name) && text < aYearAgo(today))
    return [found('invalid-date', 'look', `${titleOf(document)}的${label}早于一年之前，请查看是否误填。`, at)]
  return []
}

/** Under the seal on one of the two copies that the guide asks for (一式两份), and read on the other. */
const isOnTwin = (opened: Case, document: ReadDocument, name: string): boolean =>
  document.kind === 'cancellation-request' &&
  document.fields[name]?.evidence?.includes('under-seal') === true &&
  ofKind(opened, document.kind).some((other) => other !== document && isCalendarDay(fieldText(other, name) ?? ''))

const formDates = ['applicationDate', 'signedDate']

/** Under a seal or hardly legible, and a figure of the year away from the day that another form of the set plainly carries. */
function isYearMisread({ documents }: Case, field: FieldValue, text: string): boolean {
  if (isPlain(field)) return false
  const others = documents.flatMap(({ fields }) => formDates.flatMap((name) => fields[name] ?? [])).filter(isPlain)
  return others.some((other) => textOf(other)?.slice(4) === text.slice(4) && distance(text, textOf(other) ?? '') === 1)
}

/** Guide: 身份证件复印件; a document out of date identifies nobody. */
function expiredIdentity(opened: Case, document: ReadDocument): Finding[] {
  const field = document.fields['validTo']
  const until = textOf(field)
  if (document.kind !== 'identity-document' || !field || until === null || !isCalendarDay(until) || until >= opened.context.today) return []
  const from = fieldText(document, 'validFrom')
  // Identity cards run 5, 10 or 20 years to the day (居民身份证法, 5): two dates that fit were not misread.
  const fits =
    from !== null && from.slice(4) === until.slice(4) && [5, 10, 20].includes(Number(until.slice(0, 4)) - Number(from.slice(0, 4)))
  const clear = isSure(field) || (fits && isStrong(field))
  const person = opened.people.copies.find(({ back }) => back === document)?.front
  const title = titleOf(person ?? document)
  return [
    found('id-expired', clear ? 'correct' : 'look', `${title}的有效期限已过，请${clear ? '补交有效证件的复印件' : '对照原件核对'}。`, {
      document,
      field: 'validTo',
    }),
  ]
}
