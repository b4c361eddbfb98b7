/** Card forms, licence and letters against identity copies (guide: 法人、操作员、持卡人、经办人身份证件复印件). */
import type { FieldValue, Finding, ReadDocument } from '../../flow.ts'
import { isCalendarDay, normalizeIdNumber, readIdNumber } from '../../guide/identifiers/id-number.ts'
import { partyTitles } from '../../guide/services.ts'
import { found, labelOf, ofKind, titleOf, type Case, type Rule } from './case.ts'
import {
  comparable,
  differ,
  distance,
  fieldText,
  isMisread,
  isPlain,
  isStrong,
  isSure,
  legibilityOf,
  near,
  sameContent,
  textOf,
  type Difference,
} from './evidence.ts'
import type { Match } from './people.ts'
import { nameOf } from './person-name.ts'

export const differingPersons: Rule = (opened) =>
  opened.people.matches.filter(isFirstOfHer).flatMap((match) => compareWithCopy(opened, match))

/** Of one name in two roles, on one copy, the form that gives more of the person. */
const isFirstOfHer = ({ person, copy }: Match, _: number, matches: readonly Match[]): boolean =>
  person.half !== null ||
  !matches.some((other) => other.person.half !== null && other.copy === copy && textOf(other.person.name) === textOf(person.name))

/** Name, number, sex and birth date on the form against the copy. */
function compareWithCopy(opened: Case, { person, copy, by }: Match): Finding[] {
  const front = copy?.front
  const { document, half } = person
  if (!front || !document || by === 'left' || by === 'none') return []
  if (half === null) return compareNames(document, nameFieldOf(person.name, document), front, partyTitles[person.party])
  const whose = partyTitles[person.party]
  const asks = [
    ...compareNames(document, `${half}.holderName`, front, whose),
    ...compareNumbers(opened, document, `${half}.idNumber`, front),
  ]
  return [
    ...asks,
    ...asks
      .filter(({ severity }) => severity === 'correct')
      .slice(0, 1)
      .map((asked) => otherEnd(asked, document, front)),
    ...compareWithNumber(opened, document, `${half}.sex`, front, 'sex'),
    ...compareWithNumber(opened, document, `${half}.birthDate`, front, 'birthDate'),
  ]
}

/** Which of the two is wrong nobody knows: the form is asked about, and the copy is noted. */
function otherEnd({ field }: Finding, document: ReadDocument, front: ReadDocument): Finding {
  const own = field?.endsWith('idNumber') ? 'idNumber' : 'name'
  const message = `${titleOf(front)}的${labelOf(front.kind, own)}与${titleOf(document)}所填的不一致。`
  const against = { document, field: field ?? '' }
  return found('person-mismatch', 'note', message, { document: front, field: own, against })
}

function nameFieldOf(name: FieldValue | undefined, document: ReadDocument): string {
  return Object.entries(document.fields).find(([, field]) => field === name)?.[0] ?? 'handlerName'
}

function say(difference: Difference, document: ReadDocument, field: string, other: ReadDocument, otherField: string): Finding[] {
  if (difference === 'none') return []
  const clear = difference === 'clear'
  const message = `${titleOf(document)}的${labelOf(document.kind, field)}与${titleOf(other)}不一致，请${clear ? '核对后更正' : '对照原件核对'}。`
  return [
    found('person-mismatch', clear ? 'correct' : 'look', message, { document, field, against: { document: other, field: otherField } }),
  ]
}

function compareNames(document: ReadDocument, field: string, front: ReadDocument, whose: string): Finding[] {
  const [own, copy] = [document.fields[field], front.fields['name']]
  // What is no name at all is told as such.
  if (nameOf(own) === null) return []
  const difference = differ(own, copy)
  if (difference === 'none' || isOneMisread(own, copy) || isOtherScript(own, copy)) return []
  const clear = difference === 'clear' && nameOf(copy) !== null
  const message = `${titleOf(document)}的${whose}姓名“${fieldText(document, field) ?? ''}”与${titleOf(front)}不一致，请${clear ? '核对后更正' : '对照原件核对'}。`
  return [found('person-mismatch', clear ? 'correct' : 'look', message, { document, field, against: { document: front, field: 'name' } })]
}

/** A passport or permit has the name in both scripts, of which one was read: whose it is its number tells. */
const isOtherScript = (left: FieldValue | undefined, right: FieldValue | undefined): boolean => {
  const isHan = (name: FieldValue | undefined) => /\p{Script=Han}/u.test(nameOf(name) ?? '')
  return nameOf(left) !== null && nameOf(right) !== null && isHan(left) !== isHan(right)
}

/** One name was read plainly and the other is that name misread: the clerk sees the doubtful one as such. */
function isOneMisread(left: FieldValue | undefined, right: FieldValue | undefined): boolean {
  // Of a rare glyph (沁) both may be in doubt: the faint one is the other's.
  if ((isFaint(left) && isLegible(right)) || (isFaint(right) && isLegible(left))) return near(textOf(left) ?? '', textOf(right) ?? '')
  return (isPlain(left) && isMisread(right, textOf(left) ?? '')) || (isPlain(right) && isMisread(left, textOf(right) ?? ''))
}

const isFaint = (field: FieldValue | undefined) => field?.evidence?.includes('faint') === true && !isSure(field)
const isLegible = (field: FieldValue | undefined) => field !== undefined && legibilityOf(field) >= 0.9 && !field.evidence?.includes('faint')

function compareNumbers(opened: Case, document: ReadDocument, field: string, front: ReadDocument): Finding[] {
  const own = document.fields[field]
  const copy = front.fields['idNumber']
  const [a, b] = [textOf(own), textOf(copy)]
  if (!own || !copy || a === null || b === null) return []
  const [number, other] = [normalizeIdNumber(a), normalizeIdNumber(b)]
  if (number === other) return []
  const { today } = opened.context
  const valid = !('fault' in readIdNumber(number, today))
  const otherValid = !('fault' in readIdNumber(other, today))
  // What is no number at all is told as such; a copy that reads as none was misread.
  if (!valid || !otherValid) return []
  // What a seal left of a number (42010619) has the form of a permit's.
  if (isLeftOf(copy, number) || isLeftOf(own, other)) return say('doubt', document, field, front, 'idNumber')
  // Ink over a number shifts its figures, and what is left may hold by chance (seen with three edits).
  const clear =
    (isSure(own) && isSure(copy)) || (isPlain(own) && isPlain(copy) ? distance(number, other) >= 2 : distance(number, other) >= 5)
  return say(clear ? 'clear' : 'doubt', document, field, front, 'idNumber')
}

const isLeftOf = (rest: FieldValue, whole: string): boolean =>
  normalizeIdNumber(textOf(rest) ?? '').length < whole.length && isMisread(rest, whole)

/** Sex and birth date against what the copy's number says (GB 11643), where that number holds its check digit. */
function compareWithNumber(opened: Case, document: ReadDocument, field: string, front: ReadDocument, what: 'sex' | 'birthDate'): Finding[] {
  const own = document.fields[field]
  const text = textOf(own)
  if (!own || text === null) return []
  const number = fieldText(front, 'idNumber')
  const read = number === null ? { fault: 'form' } : readIdNumber(normalizeIdNumber(number), opened.context.today)
  const told = 'fault' in read ? null : read[what]
  if (told === null || told === undefined) return say(differ(own, front.fields[what]), document, field, front, what)
  // A date that does not exist is told as such.
  if (told === text || (what === 'birthDate' && !isCalendarDay(text))) return []
  // One misread digit makes another date, but 男 is not read for 女.
  const clear = isSure(own) || (isStrong(own) && (what === 'sex' || distance(text, told) >= 3))
  // The number tells it; what the copy prints of it is seen at a glance.
  return say(clear ? 'clear' : 'doubt', document, field, front, front.fields[what]?.box ? what : 'idNumber')
}

/**
 * Sex and birth date against the number on the same paper (GB 11643): of an identity copy, which an authority printed without
 * such a fault, and of a card form that no copy is there for.
 */
export function inconsistentPersons(opened: Case): Finding[] {
  const compared = new Set(
    opened.people.matches.flatMap(({ person, copy, by }) =>
      copy?.front && (by === 'exact' || by === 'near') && person.document && person.half
        ? [`${person.half} ${opened.documents.indexOf(person.document)}`]
        : [],
    ),
  )
  const halves = ofKind(opened, 'card-form').flatMap((document) =>
    (['legal', 'operator'] as const)
      .filter((half) => !compared.has(`${half} ${opened.documents.indexOf(document)}`))
      .map((half) => ({ document, prefix: `${half}.` })),
  )
  const copies = ofKind(opened, 'identity-document').map((document) => ({ document, prefix: '' }))
  const forms = ofKind(opened, 'card-form')
  return [
    ...[...halves, ...copies].flatMap(({ document, prefix }) =>
      (['sex', 'birthDate'] as const).flatMap((what) => compareWithOwnNumber(opened, document, prefix, what)),
    ),
    ...forms.flatMap((document) => (['legal', 'operator'] as const).flatMap((half) => compareKind(opened, document, half))),
  ]
}

/** 证件类别 of a card form against the form of the number: the card is made by both. */
function compareKind(opened: Case, document: ReadDocument, half: 'legal' | 'operator'): Finding[] {
  const [type, number] = [document.fields[`${half}.idType`], document.fields[`${half}.idNumber`]]
  const read = readIdNumber(normalizeIdNumber(textOf(number) ?? ''), opened.context.today)
  if ('fault' in read || !isPlain(type) || !isPlain(number)) return []
  const isResident = /^(?:居民)?身份证$/u.test(textOf(type) ?? '')
  const isOther = /护照|通行证|居住证|永久居留/u.test(textOf(type) ?? '')
  if (!(isResident && read.kind !== 'resident') && !(isOther && read.kind === 'resident')) return []
  const field = `${half}.idType`
  const message = `${titleOf(document)}的${labelOf(document.kind, field)}“${textOf(type)}”与所填的证件号码不符，请对照原件核对。`
  return [found('person-mismatch', 'look', message, { document, field, against: { document, field: `${half}.idNumber` } })]
}

function compareWithOwnNumber(opened: Case, document: ReadDocument, prefix: string, what: 'sex' | 'birthDate'): Finding[] {
  const [own, number] = [document.fields[`${prefix}${what}`], document.fields[`${prefix}idNumber`]]
  const text = textOf(own)
  const read = readIdNumber(normalizeIdNumber(textOf(number) ?? ''), opened.context.today)
  // Both were read plainly, and the number holds its check digit.
  if (text === null || 'fault' in read || read[what] === null || read[what] === text || !isPlain(own) || !isPlain(number)) return []
  if (what === 'birthDate' && (!isCalendarDay(text) || (!isSure(own) && distance(text, read[what] ?? '') < 2))) return []
  const field = `${prefix}${what}`
  const message = `${titleOf(document)}的${labelOf(document.kind, field)}与同一份材料上的证件号码不符，请对照原件核对。`
  return [found('person-mismatch', 'look', message, { document, field, against: { document, field: `${prefix}idNumber` } })]
}

/** The legal person is one person on licence, card form and letter; the paper that stands alone against the others is told. */
export function differingLegalPersons(opened: Case): Finding[] {
  const places = (
    [
      ['business-licence', 'legalName'],
      ['card-form', 'legal.holderName'],
      ['authorization-letter', 'legalName'],
    ] as const
  ).flatMap(([kind, field]) =>
    ofKind(opened, kind).flatMap((document) => {
      const value = document.fields[field]
      return value && nameOf(value) !== null ? [{ document, field, value }] : []
    }),
  )
  const isSame = (value: FieldValue, other: FieldValue | undefined) => comparable(textOf(other) ?? '') === comparable(textOf(value) ?? '')
  // The copy that was told by its number is of the person whom the form names, whatever was misread of the name.
  const copiesOf = (value: FieldValue) =>
    opened.people.copies.filter(
      (copy) =>
        isSame(value, copy.front?.fields['name']) ||
        opened.people.matches.some((match) => match.copy === copy && match.by === 'exact' && match.person.name === value),
    ).length
  const votes = (value: FieldValue) => places.filter((place) => isSame(value, place.value)).length + copiesOf(value)
  const [agreed] = places.toSorted((left, right) => votes(right.value) - votes(left.value))
  if (!agreed) return []
  return places.flatMap(({ document, field, value }) => {
    const difference = differ(value, agreed.value)
    if (difference === 'none' || isOneMisread(value, agreed.value)) return []
    const clear = difference === 'clear'
    const message = `${titleOf(document)}的法人姓名“${textOf(value)}”与${titleOf(agreed.document)}的“${textOf(agreed.value)}”不一致，请${clear ? '核对后更正' : '对照原件核对'}。`
    return [found('person-mismatch', clear ? 'correct' : 'look', message, { document, field, against: agreed })]
  })
}

/** Guide 九: registration form and cancellation form name the same handler; a difference is looked at. */
export function differingHandlers(opened: Case): Finding[] {
  const [form] = ofKind(opened, 'registration-form')
  return ofKind(opened, 'cancellation-request').flatMap((document) => {
    const difference = differ(document.fields['handlerName'], form?.fields['handlerName'])
    if (!form || difference === 'none') return []
    const message = `${titleOf(document)}的经办人与${titleOf(form)}不一致，请对照原件核对。`
    return [
      found('person-mismatch', 'look', message, { document, field: 'handlerName', against: { document: form, field: 'handlerName' } }),
    ]
  })
}

/**
 * The card form's remark (附件2: 持卡人在同一家企业内不可重复办理电子口岸卡) speaks of any card, chapter 四 of operators' alone: whether the legal
 * person may have one beside the own is the office's to say.
 */
export function legalPersonAsOperator(opened: Case): Finding[] {
  const forms = ofKind(opened, 'card-form')
  const numberOf = (form: ReadDocument, half: 'legal' | 'operator') => normalizeIdNumber(fieldText(form, `${half}.idNumber`) ?? '')
  return forms
    .filter((document) => {
      const number = numberOf(document, 'operator')
      return number !== '' && forms.some((form) => numberOf(form, 'legal') === number)
    })
    .map((document) => {
      const message = '《电子口岸卡登记表》的法人卡与操作员卡填写了同一证件号码，持卡人在同一企业内不可重复办卡，请核对是否须更换操作员。'
      return found('duplicate-operator', 'look', message, { document, field: 'operator.idNumber' })
    })
}

/** Guide 四1 注意事项(2): one identity number, one operator card in one enterprise. */
export function operatorsOnTwoForms(opened: Case): Finding[] {
  const forms = ofKind(opened, 'card-form')
  return forms.flatMap((document, index) => {
    const before = forms.slice(0, index)
    const same = before.find((other) => isOneNumber(document, other))
    if (!same) return before.some((other) => isOneUnread(document, other)) ? [sameNameOnTwoForms(document)] : []
    const field = document.fields['operator.idNumber']
    const name = fieldText(document, 'operator.holderName')
    // One form printed twice asks for nothing twice; two forms with one number were not both misread.
    const printedTwice = sameContent(document, same) === 'none'
    const clear =
      !printedTwice && (isSure(field) || isSure(same.fields['operator.idNumber']) || isOneName(document, same) || isStrong(field))
    const message = `有两份《电子口岸卡登记表》填写了同一操作员证件号码${name ? `（${name}）` : ''}，一个证件号码在同一企业只能办一张操作员卡，请核对。`
    return [
      found('duplicate-operator', clear ? 'correct' : 'look', message, {
        document,
        field: 'operator.idNumber',
        against: { document: same, field: 'operator.idNumber' },
      }),
    ]
  })
}

const isOneNumber = (one: ReadDocument, other: ReadDocument): boolean => {
  const [number, another] = [one, other].map((form) => fieldText(form, 'operator.idNumber'))
  return number != null && another != null && normalizeIdNumber(number) === normalizeIdNumber(another)
}

const isOneName = (one: ReadDocument, other: ReadDocument): boolean => {
  const [name, another] = [one, other].map((form) => fieldText(form, 'operator.holderName'))
  return name != null && another != null && comparable(name) === comparable(another)
}

/** The number of one could not be read, and both were born on one day under one name: hardly two persons. */
const isOneUnread = (one: ReadDocument, other: ReadDocument): boolean => {
  const [born, another] = [one, other].map((form) => fieldText(form, 'operator.birthDate'))
  const isUnread = [one, other].some((form) => fieldText(form, 'operator.idNumber') === null)
  return isUnread && isOneName(one, other) && born != null && born === another && sameContent(one, other) !== 'none'
}

function sameNameOnTwoForms(document: ReadDocument): Finding {
  const name = fieldText(document, 'operator.holderName') ?? ''
  const message = `有两份《电子口岸卡登记表》的操作员同名且出生日期相同（${name}），一个证件号码在同一企业只能办一张操作员卡，请对照原件核对是否同一人。`
  return found('duplicate-operator', 'look', message, { document, field: 'operator.idNumber' })
}
