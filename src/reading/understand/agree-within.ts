/** What one paper says twice: a number and the day of birth in it, an order and its moment, goods and their total, one name in two places. */
import { isCalendarDay, readIdNumber } from '../../guide/identifiers/id-number.ts'
import type { DocumentKind } from '../../guide/papers.ts'
import { momentOf } from './read-payment.ts'
import type { ReadValue } from './values/value.ts'

export type Values = ReadonlyMap<string, ReadValue>

/** Two prints of one name vouch for each other where both were read as surely as this. */
const plainTwice = 0.8

/** Evidence by field: what agrees with it, and what the number of a card denies. `byHand`: the paper was filled in by hand. */
export function agreementsWithin(kind: DocumentKind, values: Values, byHand: boolean): Map<string, string[]> {
  const agreements = new Map<string, string[]>()
  const tell = (field: string, evidence: string): void => void agreements.set(field, [...(agreements.get(field) ?? []), evidence])
  const agree = (one: string, other: string): void => {
    tell(one, `agrees:${other}`)
    tell(other, `agrees:${one}`)
  }
  const holders = kind === 'card-form' ? ['legal.', 'operator.'] : kind === 'identity-document' ? [''] : []
  for (const prefix of holders) {
    const number = values.get(`${prefix}idNumber`)
    if (typeof number?.value !== 'string') continue
    const facts = readIdNumber(number.value)
    const birth = values.get(`${prefix}birthDate`)
    if ('fault' in facts) {
      if (isDeniedBy(birth?.value, number.value)) tell(`${prefix}birthDate`, 'unusual')
      continue
    }
    const sex = values.get(`${prefix}sex`)
    const printed = (value: ReadValue | undefined): boolean => value !== undefined && !value.evidence.includes('from-id-number')
    // A number that was spelled by the day of birth beside it says nothing of that.
    const isDerived = number.evidence.includes('by-birth-date')
    if (!isDerived && facts.birthDate && birth?.value === facts.birthDate && printed(birth))
      agree(`${prefix}idNumber`, `${prefix}birthDate`)
    // A resident's number belongs to a resident's card and to a Chinese.
    const known: Readonly<Record<string, readonly string[]>> = { idType: ['居民身份证', '身份证'], nationality: ['中国'] }
    for (const [field, usual] of Object.entries(known))
      if (facts.kind === 'resident' && number.wellFormed && usual.includes(values.get(`${prefix}${field}`)?.value as string))
        tell(`${prefix}${field}`, `agrees:${prefix}idNumber`)
    if (!isDerived && facts.sex && sex?.value === facts.sex && printed(sex)) tell(`${prefix}sex`, `agrees:${prefix}idNumber`)
    // Of two words to choose between a pen may hide the one that is meant.
    if (facts.sex && typeof sex?.value === 'string' && sex.value !== facts.sex) tell(`${prefix}sex`, 'unusual')
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
    const isDerived = values.get('items')?.evidence.includes('from-total') || values.get('total')?.evidence.includes('mended')
    if (Array.isArray(items) && typeof total === 'string' && !isDerived) {
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
    const [own, other] = [values.get('handlerName'), values.get('recipientName')]
    // One hand writes a name alike in both places, and it is misread alike; so is a rare character, hardly ever surely both times.
    const isTwice = typeof own?.value === 'string' && own.value === other?.value
    if (!byHand && isTwice && Math.min(own.least, other.least) >= plainTwice) agree('handlerName', 'recipientName')
  }
  return agreements
}

/** A number of which a figure was misread may still have another day than the one beside it: a hand's 12 often reads as 2. */
function isDeniedBy(birth: ReadValue['value'] | undefined, number: string): boolean {
  const [, year, month, day] = /((?:19|20)\d\d)(\d\d)(\d\d).{3,4}$/u.exec(number) ?? []
  const other = `${year}-${month}-${day}`
  return typeof birth === 'string' && birth !== other && isCalendarDay(other)
}

const seconds = (moment: string): number => Date.parse(`${moment.replace(' ', 'T')}Z`) / 1000
