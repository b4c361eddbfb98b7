/** The numbers of existing cards that the papers name. Pure. */
import type { FieldValue, ReadDocument } from '../../flow.ts'
import { normalizeIdNumber } from '../../guide/identifiers/id-number.ts'

export interface NamedCard {
  readonly document: ReadDocument
  readonly field: string
  readonly value: FieldValue
  readonly number: string
  /** Whose card the paper says it is; null where it does not say. */
  readonly kind: 'legal' | 'operator' | null
}

const places = [
  ['registration-form', 'cardNumber', null],
  ['cancellation-request', 'legalCardNumber', 'legal'],
  ['cancellation-request', 'operatorCardNumbers', 'operator'],
] as const

/** Each number once, where it is first named. */
export function namedCards(documents: readonly ReadDocument[]): NamedCard[] {
  const all = places.flatMap(([kind, field, of]) =>
    documents
      .filter((document) => document.kind === kind)
      .flatMap((document): NamedCard[] => {
        const value = document.fields[field]
        if (!value) return []
        const numbers = typeof value.value === 'string' ? [value.value] : Array.isArray(value.value) ? value.value : []
        return numbers.flatMap((number) =>
          typeof number === 'string' && number !== '' ? [{ document, field, value, number: normalizeIdNumber(number), kind: of }] : [],
        )
      }),
  )
  return all.filter(({ number }, index) => all.findIndex((other) => other.number === number) === index)
}
