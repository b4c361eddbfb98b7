/**
 * An identity number of which a seal or a fold hides figures. Its eighteen figures stand at one pitch, so the place of each is
 * known though it was not read; what the recogniser thought of each place is weighed together with what such numbers are made
 * of (GB 11643): a district that exists, a day of birth, an order that tells the sex, a check digit.
 */
import { isCalendarDay, isValidIdNumber } from '../../../guide/identifiers/id-number.ts'
import type { Lattice } from '../../page.ts'
import type { Letter } from '../text/letters.ts'
import { districtCodes } from './regions.ts'

const places = 18
/** What a figure costs of which the recogniser did not think at all. */
const unthought = 9
/** A step belongs to a place when it lies nearer to it than this share of the pitch. */
const reach = 0.42
/** The cheapest number must be cheaper than any other by this, and its figures no dearer than so much on average. */
const apart = 2.5
const dearest = 2.4
/** So many figures tell the pitch. */
const fewest = 5

export interface Row {
  /** Middle of the first figure, and from one to the next, in pixels. */
  readonly start: number
  readonly pitch: number
}

/** Where the figures of the row stand, by those that were read; null when they stand at no one pitch. */
export function rowOf(letters: readonly Letter[]): Row | null {
  const middles = letters.filter(({ character }) => /[\dXx]/u.test(character)).map(({ left, right }) => (left + right) / 2)
  if (middles.length < fewest) return null
  const steps = middles.slice(1).map((middle, at) => middle - middles[at]!)
  const rough = steps.toSorted((one, other) => one - other)[steps.length >> 1]!
  const slots = middles.map((middle) => Math.round((middle - middles[0]!) / rough))
  // Least squares: the middle of each figure over its place.
  const [meanSlot, meanMiddle] = [mean(slots), mean(middles)]
  const spread = slots.reduce((sum, slot) => sum + (slot - meanSlot) ** 2, 0)
  if (spread === 0 || slots.at(-1)! >= places) return null
  const pitch = slots.reduce((sum, slot, at) => sum + (slot - meanSlot) * (middles[at]! - meanMiddle), 0) / spread
  const start = meanMiddle - pitch * meanSlot
  const isEven = middles.every((middle, at) => Math.abs(middle - start - pitch * slots[at]!) < 0.35 * pitch)
  return isEven ? { start, pitch } : null
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length

/** The one number that the lattice of the row allows; null when none is likely, or two are. `birthDate` and `sex` are printed beside it. */
export function decodeRow(lattice: Lattice, row: Row, birthDate: string | null, sex: string | null): string | null {
  const costs = Array.from({ length: places }, (_, slot) => costsAt(lattice, row.start + slot * row.pitch, row.pitch))
  const costOf = (digits: string, from: number): number =>
    Array.from(digits).reduce((sum, digit, at) => sum + (costs[from + at]!.get(digit) ?? unthought), 0)
  const ranked = (texts: Iterable<string>, from: number, count: number): Part[] =>
    [...texts]
      .map((text) => ({ text, cost: costOf(text, from) }))
      .toSorted((one, other) => one.cost - other.cost)
      .slice(0, count)
  const districts = ranked(districtCodes, 0, 20)
  const births = birthDate === null ? ranked(daysIn(costs), 6, 6) : ranked([birthDate.replaceAll('-', '')], 6, 1)
  const orders = ranked(
    likely(costs, 14, 17, 4).filter((text) => sex === null || (Number(text[2]) % 2 === 1) === (sex === '男')),
    14,
    40,
  )
  const found: Part[] = []
  for (const district of districts)
    for (const birth of births)
      for (const order of orders)
        for (const check of '0123456789X') {
          const text = district.text + birth.text + order.text + check
          const cost = district.cost + birth.cost + order.cost + costOf(check, 17)
          if (cost < dearest * places && isValidIdNumber(text)) found.push({ text, cost })
        }
  const [best, second] = found.toSorted((one, other) => one.cost - other.cost)
  return best && (!second || second.cost - best.cost >= apart) ? best.text : null
}

interface Part {
  readonly text: string
  readonly cost: number
}

function costsAt(lattice: Lattice, middle: number, pitch: number): Map<string, number> {
  const costs = new Map<string, number>()
  for (const step of lattice) {
    if (Math.abs(step.at - middle) > reach * pitch) continue
    for (const [character, cost] of step.costs) {
      const digit = character.toUpperCase()
      if (/^[\dX]$/u.test(digit) && cost < (costs.get(digit) ?? unthought)) costs.set(digit, cost)
    }
  }
  return costs
}

/** Where more texts than these are likely, too little of the row was seen to tell one. */
const mostTexts = 20_000

/** Every text of the likeliest digits of some places; none where hardly anything was thought of most of them. */
function likely(costs: readonly ReadonlyMap<string, number>[], from: number, to: number, count: number): string[] {
  let texts = ['']
  for (const own of costs.slice(from, to)) {
    const digits = Array.from('0123456789').toSorted((one, other) => (own.get(one) ?? unthought) - (own.get(other) ?? unthought))
    // Where nothing was thought of, every digit is as likely.
    const wanted = digits.slice(0, own.size === 0 ? 10 : count)
    if (texts.length * wanted.length > mostTexts) return []
    texts = texts.flatMap((text) => wanted.map((digit) => text + digit))
  }
  return texts
}

/** Days of birth made of the likeliest digits. */
const daysIn = (costs: readonly ReadonlyMap<string, number>[]): string[] =>
  likely(costs, 6, 14, 3).filter(
    (text) => /^(?:19|20)/u.test(text) && isCalendarDay(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`),
  )
