/** Which card jobs an accepted application needs: the guide's rules for its service, filled in from its papers. */
import type { Application } from '../application/record.ts'
import { firstText, textIn } from '../application/paper-text.ts'
import type { ReadDocument } from '../flow.ts'
import { normalizeCardNumber } from '../guide/identifiers/card-number.ts'
import { services, type CardJobKind, type CardJobRule } from '../guide/services.ts'
import type { CardKind } from '../guide/card-life.ts'

export interface PlannedCardJob {
  readonly kind: CardJobKind
  readonly cardKind: CardKind | null
  /** Null when the papers do not tell; the clerk names the holder when the job is done. */
  readonly holderName: string | null
  readonly holderIdNumber: string | null
  /** Of an existing card; null for a card yet to be made, and when no paper names it. */
  readonly cardNumber: string | null
  readonly quantity: number
}

interface Person {
  readonly name: string | null
  readonly idNumber: string | null
}

const nobody: Person = { name: null, idNumber: null }

/**
 * Pure; in the order of the guide's rules, operators in the order of their papers. `cards` are those of the enterprise in the
 * ledger that are not void.
 */
export function planCardJobs(application: Pick<Application, 'service' | 'documents'>, cards: readonly PlannedFor[] = []): PlannedCardJob[] {
  const planned = services[application.service].cardJobs.flatMap((rule) => jobsOf(rule, application))
  return planned.some(({ kind }) => kind === 'void') ? withEveryCard(planned, cards) : planned
}

/** A card of the ledger. */
export interface PlannedFor {
  readonly number: string
  readonly kind: CardKind | null
  readonly holderName: string | null
  readonly holderIdNumber: string | null
}

/** Guide 九: every card of the enterprise is voided, also those that no paper names; the legal person's stays the last. */
function withEveryCard(planned: readonly PlannedCardJob[], cards: readonly PlannedFor[]): PlannedCardJob[] {
  const named = planned.map((job) => {
    const card = cards.find(({ number }) => number === numberOf(job.cardNumber))
    // What the ledger knows of a card counts more than the line of the form on which it stands.
    return card
      ? {
          ...job,
          cardKind: card.kind ?? job.cardKind,
          holderName: card.holderName ?? job.holderName,
          holderIdNumber: card.holderIdNumber ?? job.holderIdNumber,
        }
      : job
  })
  const unnamed = cards.filter(({ number }) => !planned.some((job) => numberOf(job.cardNumber) === number))
  // A line of the form on which no number could be read is one of the cards that nobody named.
  const [onlyLegal] = unnamed.filter(({ kind }) => kind === 'legal')
  const filled = named.map((job) =>
    job.cardKind === 'legal' && job.cardNumber === null && onlyLegal ? { ...job, cardNumber: onlyLegal.number } : job,
  )
  const rest = unnamed.filter(({ number }) => !filled.some((job) => job.cardNumber === number))
  const added = rest.map(({ number, kind, ...holder }) => ({
    kind: 'void' as const,
    cardKind: kind,
    ...holder,
    cardNumber: number,
    quantity: 1,
  }))
  const isLast = ({ cardKind }: PlannedCardJob) => cardKind === 'legal'
  const all = [...filled, ...added]
  return [...all.filter((job) => !isLast(job)), ...all.filter(isLast)]
}

/** As card numbers are kept: full width, blanks and small letters make no difference. */
export const numberOf = (number: string | null | undefined): string | null => normalizeCardNumber(number ?? '') || null

function jobsOf(rule: CardJobRule, { service, documents }: Pick<Application, 'service' | 'documents'>): PlannedCardJob[] {
  const isNew = rule.kind === 'make'
  if (rule.holder === 'none') return [{ ...plan(rule.kind, null, nobody, null), quantity: readersBought(documents) }]
  if (rule.holder === 'named') {
    const number = firstText(documents, 'registration-form', 'cardNumber')
    // 企业操作员卡变更 is about an operator's card; for 证书更新 and 解锁 only the ledger knows whose card it is.
    const kind = service === 'change-operator' ? 'operator' : null
    return [plan(rule.kind, kind, operatorsOf(documents)[0] ?? nobody, number)]
  }
  if (rule.holder === 'legal') {
    const number = isNew
      ? null
      : (firstText(documents, 'cancellation-request', 'legalCardNumber') ?? firstText(documents, 'registration-form', 'cardNumber'))
    return [plan(rule.kind, 'legal', legalOf(documents), number)]
  }
  const numbers = isNew ? [] : operatorCardNumbers(documents)
  // To void cards no operator hands in a copy (guide 九1): whose card it is, only the ledger knows.
  const operators = rule.kind === 'void' ? [] : operatorsOf(documents)
  const count = Math.max(operators.length, numbers.length, rule.kind === 'void' ? 0 : 1)
  // Several cards and several people: no paper says which card is whose.
  const paired = count === 1
  return Array.from({ length: count }, (_, index) => {
    const person = paired || isNew || rule.kind === 'rewrite' ? (operators[index] ?? nobody) : nobody
    return plan(rule.kind, 'operator', person, paired || rule.kind === 'void' ? (numbers[index] ?? null) : null)
  })
}

const plan = (kind: CardJobKind, cardKind: CardKind | null, person: Person, cardNumber: string | null): PlannedCardJob => ({
  kind,
  cardKind,
  holderName: person.name,
  holderIdNumber: person.idNumber,
  cardNumber,
  quantity: 1,
})

/** The legal person (法人): the card form's upper half, else who the licence or the letter names, else whose copy is there. */
function legalOf(documents: readonly ReadDocument[]): Person {
  for (const form of documents.filter(({ kind }) => kind === 'card-form')) {
    const person = { name: textIn(form, 'legal.holderName'), idNumber: textIn(form, 'legal.idNumber') }
    if (person.name !== null) return person
  }
  const name = firstText(documents, 'business-licence', 'legalName') ?? firstText(documents, 'authorization-letter', 'legalName')
  if (name !== null) return people(documents).find((person) => person.name === name) ?? { name, idNumber: null }
  return onlyOne(holdersByCopies(documents, null))
}

/** The operators (操作员): one for each card form's lower half, else whose copies there are beside legal person and handler. */
function operatorsOf(documents: readonly ReadDocument[]): Person[] {
  const named = documents
    .filter(({ kind }) => kind === 'card-form')
    .map((form) => ({ name: textIn(form, 'operator.holderName'), idNumber: textIn(form, 'operator.idNumber') }))
    .filter(({ name, idNumber }) => name !== null || idNumber !== null)
  if (named.length > 0) return distinct(named)
  const legal = firstText(documents, 'business-licence', 'legalName') ?? firstText(documents, 'authorization-letter', 'legalName')
  const one = onlyOne(holdersByCopies(documents, legal))
  return one.name === null ? [] : [one]
}

/** Whose copies are there beside the handler's; the handler's own when there is no other. */
function holdersByCopies(documents: readonly ReadDocument[], legal: string | null): Person[] {
  const handler = firstText(documents, 'registration-form', 'handlerName') ?? firstText(documents, 'cancellation-request', 'handlerName')
  const candidates = people(documents).filter(({ name }) => name !== legal || legal === null)
  const others = candidates.filter(({ name }) => name !== handler)
  return others.length > 0 ? others : candidates
}

/** A guess among several would put a card into the wrong hands. */
const onlyOne = (persons: readonly Person[]): Person => (persons.length === 1 ? (persons[0] ?? nobody) : nobody)

const people = (documents: readonly ReadDocument[]): Person[] =>
  distinct(
    documents
      .filter(({ kind }) => kind === 'identity-document')
      .map((copy) => ({ name: textIn(copy, 'name'), idNumber: textIn(copy, 'idNumber') }))
      .filter(({ name }) => name !== null),
  )

const distinct = (persons: readonly Person[]): Person[] =>
  persons.filter(
    (person, index) => persons.findIndex((other) => other.name === person.name && other.idNumber === person.idNumber) === index,
  )

function operatorCardNumbers(documents: readonly ReadDocument[]): string[] {
  const listed = documents.find(({ kind }) => kind === 'cancellation-request')?.fields['operatorCardNumbers']?.value
  return Array.isArray(listed) ? listed.filter((number) => typeof number === 'string') : []
}

function readersBought(documents: readonly ReadDocument[]): number {
  const items = documents.find(({ kind }) => kind === 'payment-proof')?.fields['items']?.value
  if (!Array.isArray(items)) return 1
  const count = items.reduce((sum, item) => sum + (typeof item === 'object' && item.name.includes('读卡器') ? (item.quantity ?? 1) : 0), 0)
  return Math.max(1, count)
}
