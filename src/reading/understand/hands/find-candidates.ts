/** What may stand in a field of a form, by what the other papers of its submission say, and how likely it is before looking. */
import type { FieldValue, ReadDocument } from '../../../flow.ts'
import { isValidIdNumber, readIdNumber } from '../../../guide/identifiers/id-number.ts'
import { isValidUscc } from '../../../guide/identifiers/uscc.ts'
import type { DocumentKind } from '../../../guide/papers.ts'

export interface Candidate {
  readonly value: string
  /** ln of how much likelier it is than a text that no paper has. */
  readonly prior: number
  /** How it may be written, where that is not the value itself. */
  readonly ways?: readonly string[]
}

/** A submission is of one enterprise; the same person's by another field of the paper; the one that such a paper most likely names; any that the papers name. */
const prior = { enterprise: 3.5, linked: 3, expected: 2.5, named: 1.5, elsewhere: 0 }
/** A person's address is not always that of the identity card. */
const linkedAddress = 1.5

export function findCandidates(documents: readonly ReadDocument[], at: number, field: string): Candidate[] {
  const own = documents[at]!
  const found = new Map<string, Candidate>()
  const offer = (value: string | null, likely: number, ways?: readonly string[]): void => {
    if (value === null || (found.get(value)?.prior ?? -Infinity) >= likely) return
    found.set(value, { value, prior: likely, ...(ways ? { ways } : {}) })
  }
  const others = documents.filter((_, index) => index !== at)
  const half = /^(?:legal|operator)\./u.exec(field)?.[0]
  const part = half ? field.slice(half.length) : field
  const cards = documents.filter(({ kind }) => kind === 'identity-document')
  const card = half ? cardOf(own, half, cards) : undefined

  if (part === 'enterpriseName') {
    for (const { fields, kind } of others) {
      for (const name of ['enterpriseName', 'invoiceTitle'])
        offer(told(fields[name], printed.has(kind)), printed.has(kind) ? prior.enterprise : prior.named)
    }
    for (const name of namesOfSeals(documents)) offer(name, prior.enterprise)
  } else if (part === 'uscc') {
    for (const { fields } of others) for (const name of ['uscc', 'taxpayerId']) offer(validCode(fields[name]), prior.expected)
  } else if (part === 'idNumber') {
    const name = half ? textOf(own.fields[`${half}holderName`]) : null
    for (const { fields } of cards)
      offer(validNumber(fields['idNumber']), name !== null && textOf(fields['name']) === name ? prior.linked : prior.named)
    for (const other of others.filter(({ kind }) => kind === 'card-form'))
      for (const side of ['legal.', 'operator.']) offer(validNumber(other.fields[`${side}idNumber`]), prior.elsewhere)
  } else if (persons.has(part)) {
    for (const { fields } of cards) offer(told(fields['name'], true), card?.fields === fields ? prior.linked : prior.named)
    const isLegal = half === 'legal.' || part === 'legalName'
    for (const { fields, kind } of others) {
      if (kind === 'business-licence') offer(told(fields['legalName'], true), isLegal ? prior.linked : prior.named)
      if (kind === 'payment-proof') offer(told(fields['receiverName'], true), prior.named)
    }
    for (const { fields, index } of documents.map((document, index) => ({ ...document, index })))
      for (const [name, value] of Object.entries(fields))
        if (persons.has(name.replace(/^(?:legal|operator)\./u, '')) && !(index === at && name === field))
          offer(told(value), sameRole(field, name) ? prior.expected : prior.elsewhere)
  } else if (/address$/iu.test(part)) {
    for (const { fields } of cards) offer(told(fields['address'], true), card?.fields === fields ? linkedAddress : prior.elsewhere - 1)
    for (const { fields, kind } of others) if (kind === 'business-licence') offer(told(fields['address'], true), prior.elsewhere)
    for (const { fields, index } of documents.map((document, index) => ({ ...document, index })))
      for (const [name, value] of Object.entries(fields))
        if (/address$/iu.test(name) && !(index === at && name === field)) offer(told(value), prior.elsewhere - 1)
  } else if (/phone$/iu.test(part)) {
    for (const { fields, index } of documents.map((document, index) => ({ ...document, index })))
      for (const [name, value] of Object.entries(fields))
        if (/phone$/iu.test(name) && !(index === at && name === field)) offer(told(value), prior.elsewhere)
  } else if (part === 'birthDate' || part === 'sex') {
    const number = validNumber(card?.fields['idNumber']) ?? validNumber(own.fields[`${half ?? ''}idNumber`])
    const read = number === null ? null : readIdNumber(number)
    const facts = read && !('fault' in read) ? read : null
    if (part === 'sex') for (const sex of ['男', '女']) offer(sex, facts?.sex === sex ? prior.linked : prior.elsewhere)
    else if (facts?.birthDate) offer(facts.birthDate, prior.linked, waysOfDate(facts.birthDate))
  } else if (part === 'signedDate' || part === 'applicationDate') {
    for (const { fields } of others)
      for (const name of ['signedDate', 'applicationDate']) {
        const day = told(fields[name])
        if (day !== null) offer(day, prior.named, waysOfDate(day))
      }
  } else if (/cardNumber/iu.test(part)) {
    for (const { fields } of others) for (const name of ['cardNumber', 'legalCardNumber']) offer(told(fields[name]), prior.named)
  }
  return [...found.values()]
}

const printed = new Set<DocumentKind>(['business-licence', 'identity-document', 'payment-proof'])
const persons = new Set(['holderName', 'handlerName', 'recipientName', 'contactName', 'legalName'])

/** Who hands the papers in mostly receives the cards as well, and is asked about them. */
const roles = new Set(['handlerName', 'recipientName', 'contactName'])
const sameRole = (field: string, other: string): boolean => roles.has(field) && roles.has(other)

const textOf = (field: FieldValue | undefined): string | null =>
  typeof field?.value === 'string' && field.value !== '' ? field.value : null

/** What a paper says well enough to be asked of another: in print, or plainly. */
function told(field: FieldValue | undefined, isPrinted = false): string | null {
  const value = textOf(field)
  if (value === null || value.length < 2) return null
  if (field!.certain) return value
  const evidence = field!.evidence ?? []
  if (!isPrinted && !evidence.includes('clear')) return null
  return doubts.some((one) => evidence.includes(one)) ? null : value
}
const doubts = ['faint', 'unusual', 'from-other-paper', 'ink-beside', 'cut-short']

/** A code that holds stands there, however doubtfully it was read, unless it was made to hold. */
const validCode = (field: FieldValue | undefined): string | null => {
  const value = textOf(field)
  return value !== null && isValidUscc(value) && !isMade(field) ? value : null
}
const validNumber = (field: FieldValue | undefined): string | null => {
  const value = textOf(field)
  return value !== null && isValidIdNumber(value) && !isMade(field) ? value : null
}
const isMade = (field: FieldValue | undefined): boolean => field?.evidence?.includes('from-other-paper') === true

/** The identity card of a half of the form: by its number, else by its name. */
function cardOf(own: ReadDocument, half: string, cards: readonly ReadDocument[]): ReadDocument | undefined {
  const [number, name] = [textOf(own.fields[`${half}idNumber`]), textOf(own.fields[`${half}holderName`])]
  return (
    cards.find(({ fields }) => number !== null && textOf(fields['idNumber']) === number) ??
    cards.find(({ fields }) => name !== null && textOf(fields['name']) === name)
  )
}

/** Read less surely, the letters of an arc name no enterprise. */
const plainSeal = 0.6

/** What the seals say, the most often read alone where they differ. */
function namesOfSeals(documents: readonly ReadDocument[]): string[] {
  const counts = new Map<string, number>()
  for (const { seals } of documents)
    for (const { text, role, confidence } of seals)
      if (text !== null && role === 'company' && confidence >= plainSeal) counts.set(text, (counts.get(text) ?? 0) + 1)
  const most = Math.max(0, ...counts.values())
  return [...counts].filter(([, count]) => count === most).map(([text]) => text.replaceAll('(', '（').replaceAll(')', '）'))
}

/** 2026年1月5日 and 2026.01.05. */
function waysOfDate(day: string): string[] {
  const [year, month, date] = day.split('-').map(Number)
  return [`${year}年${month}月${date}日`, `${day.slice(0, 4)}年${day.slice(5, 7)}月${day.slice(8)}日`, day.replaceAll('-', '')]
}
