/**
 * Decides which values are certain: by what is printed twice, by check digits, by closed lists of words, by the file's own
 * text. What the recogniser thinks of itself never suffices (a dropped character can score 0.99); it only can forbid.
 */
import { readIdNumber } from '../../guide/identifiers/id-number.ts'
import type { DocumentKind, FieldType } from '../../guide/papers.ts'
import type { Rectangle } from '../page.ts'
import { momentOf } from './read-payment.ts'
import { columnOverlap, rowOverlap } from './text/geometry.ts'
import { dictionaryOf } from './values/texts.ts'
import type { ReadValue } from './values/value.ts'

export interface Weighed extends ReadValue {
  readonly certain: boolean
}

type Values = ReadonlyMap<string, ReadValue>

/** Letters below this are never part of a certain value, whatever else speaks for it. */
const faint = 0.5
/** What rests on one check digit is read clearly throughout. */
const clear = 0.9

export function weighEvidence(
  kind: DocumentKind,
  values: Values,
  typeOf: (field: string) => FieldType,
  seals: readonly { readonly box: Rectangle }[],
): Map<string, Weighed> {
  const weighed = new Map<string, Weighed>()
  const agreements = agreementsWithin(kind, values)
  for (const [field, value] of values) {
    const evidence = [
      ...value.evidence,
      ...(agreements.get(field) ?? []),
      ...wordEvidence(field, value),
      ...fileEvidence(value),
      ...sealEvidence(value, seals),
    ]
    weighed.set(field, { ...value, evidence, certain: isCertain(typeOf(field), value, evidence) })
  }
  return weighed
}

export function isCertain(type: FieldType, value: ReadValue, evidence: readonly string[]): boolean {
  const has = (name: string): boolean => evidence.some((one) => one === name || one.startsWith(`${name}:`))
  if (value.value === null) return has('not-on-this-paper') || (has('no-ink') && !has('under-seal'))
  if (has('acroform') || has('barcode')) return value.wellFormed
  if (has('text-layer')) return value.wellFormed && (type !== 'services' && type !== 'delivery' ? true : has('clear-ticks'))
  if (value.least < faint) return false
  if (has('mended') || has('under-seal')) return false
  if (type === 'uscc') return has('check-digit') && (has('organisation-code') || has('agrees'))
  // A birth date on the same paper vouches for eight of the digits only.
  if (type === 'id-number') return has('check-digit') && value.least > clear
  if (type === 'services' || type === 'delivery') return has('clear-ticks')
  if (has('machine-zone')) return has('check-digit')
  if (has('agrees')) return value.wellFormed && (has('clear') || type === 'date')
  if (has('term-holds')) return true
  if (has('read-twice')) return value.wellFormed && has('clear')
  if (has('dictionary')) return value.wellFormed && value.least > 0.9
  return false
}

const wordEvidence = (field: string, value: ReadValue): string[] =>
  typeof value.value === 'string' && dictionaryOf(field)?.has(value.value) && !value.evidence.includes('dictionary') ? ['dictionary'] : []

const fileEvidence = (value: ReadValue): string[] => [
  ...(value.source === 'ocr' ? [] : [value.source]),
  ...(value.least >= clear && !value.evidence.includes('gap') ? ['clear'] : []),
  ...(value.least < faint && value.value !== null && value.source === 'ocr' ? ['faint'] : []),
]

/** Print under a seal is read through ink: two misread figures may still hold a check digit. */
const sealEvidence = (value: ReadValue, seals: readonly { readonly box: Rectangle }[]): string[] =>
  (value.source === 'ocr' || value.value === null) &&
  value.box !== null &&
  seals.some(({ box }) => rowOverlap(box, value.box!) > 0.1 && columnOverlap(box, value.box!) > 0.05)
    ? ['under-seal']
    : []

/** What one paper says twice. */
function agreementsWithin(kind: DocumentKind, values: Values): Map<string, string[]> {
  const agreements = new Map<string, string[]>()
  const agree = (one: string, other: string): void => {
    agreements.set(one, [...(agreements.get(one) ?? []), `agrees:${other}`])
    agreements.set(other, [...(agreements.get(other) ?? []), `agrees:${one}`])
  }
  const holders = kind === 'card-form' ? ['legal.', 'operator.'] : kind === 'identity-document' ? [''] : []
  for (const prefix of holders) {
    const number = values.get(`${prefix}idNumber`)
    if (typeof number?.value !== 'string') continue
    const facts = readIdNumber(number.value)
    if ('fault' in facts) continue
    const birth = values.get(`${prefix}birthDate`)
    const sex = values.get(`${prefix}sex`)
    const printed = (value: ReadValue | undefined): boolean => value !== undefined && !value.evidence.includes('from-id-number')
    if (facts.birthDate && birth?.value === facts.birthDate && printed(birth)) agree(`${prefix}idNumber`, `${prefix}birthDate`)
    if (facts.sex && sex?.value === facts.sex && printed(sex))
      agreements.set(`${prefix}sex`, [...(agreements.get(`${prefix}sex`) ?? []), `agrees:${prefix}idNumber`])
  }
  if (kind === 'payment-proof') {
    const number = values.get('orderNumber')?.value
    const time = values.get('orderTime')?.value
    if (typeof number === 'string' && typeof time === 'string') {
      const moment = momentOf(number.replace(/^\D+/u, ''))
      // Both samples of the guide: the number's moment is that of the order or a second before.
      if (moment && Math.abs(seconds(moment) - seconds(time)) <= 2) agree('orderNumber', 'orderTime')
    }
    const items = values.get('items')?.value
    const total = values.get('total')?.value
    if (Array.isArray(items) && typeof total === 'string' && !values.get('items')!.evidence.includes('from-total')) {
      let sum = 0
      let whole = true
      for (const item of items) {
        if (typeof item === 'string' || item.quantity === null || item.price === null) whole = false
        else sum += item.quantity * Math.round(Number(item.price) * 100)
      }
      if (whole && sum === Math.round(Number(total) * 100)) agree('total', 'items')
    }
  }
  if (kind === 'registration-form') {
    const handler = values.get('handlerPhone')?.value
    if (typeof handler === 'string' && handler === values.get('recipientPhone')?.value) agree('handlerPhone', 'recipientPhone')
    const person = values.get('handlerName')?.value
    if (typeof person === 'string' && person === values.get('recipientName')?.value) agree('handlerName', 'recipientName')
  }
  return agreements
}

const seconds = (moment: string): number => Date.parse(`${moment.replace(' ', 'T')}Z`) / 1000
