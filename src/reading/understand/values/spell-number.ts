/**
 * An identity number of which a seal hides figures, and whose figures do not stand where others of its row say: spelled along
 * what the recogniser thought, from one end of the row to the other, as far as such a number can go on (GB 11643): a district
 * that exists, the day of birth that stands beside it, a check digit.
 */
import { isValidIdNumber } from '../../../guide/identifiers/id-number.ts'
import type { Lattice } from '../../page.ts'
import { districtCodes } from './regions.ts'

const places = 18
/** What a figure costs that the recogniser passed over, and one of the day of birth, which is known. */
const lost = { any: 8, known: 4.5 }
/** What it costs to take what was thought of for a stroke of the seal: a figure, anything else. */
const passing = { figure: 5, other: 1 }
/** Ways kept from one step to the next. */
const mostWays = 300
/** The cheapest number costs so much at most, and any other so much more. */
const dearest = 26
const apart = 2.5

/** A beginning of the number, and what it costs when nothing or its last figure stands at the last step. */
interface Way {
  readonly text: string
  blank: number
  own: number
}

export interface SpelledNumber {
  readonly number: string
  readonly cost: number
}

/** The one number that the lattice of the row spells; null when none is likely, or two are. */
export function spellNumber(lattice: Lattice, birthDate: string, sex: string | null): SpelledNumber | null {
  const birth = birthDate.replaceAll('-', '')
  let ways: Way[] = [{ text: '', blank: 0, own: Infinity }]
  for (const { costs } of lattice) {
    const next = new Map<string, Way>()
    const offer = (text: string, cost: number, isOwn: boolean): void => {
      const way = next.get(text)
      if (!way) next.set(text, { text, blank: isOwn ? Infinity : cost, own: isOwn ? cost : Infinity })
      else if (isOwn) way.own = Math.min(way.own, cost)
      else way.blank = Math.min(way.blank, cost)
    }
    const blank = costOfPassing(costs)
    const figures = costs.map(([character, cost]) => [character.toUpperCase(), cost] as const).filter(([figure]) => /^[\dX]$/u.test(figure))
    for (const { text, blank: before, own } of ways) {
      const cheaper = Math.min(before, own)
      offer(text, cheaper + blank, false)
      for (const [figure, cost] of figures) {
        if (text.endsWith(figure)) offer(text, own + cost, true)
        // The same figure again needs a step between.
        const from = text.endsWith(figure) ? before : cheaper
        if (mayGoOn(text, figure, birth)) offer(text + figure, from + cost, true)
        for (const [hidden, more] of hiddenAfter(text, birth))
          if (mayGoOn(text + hidden, figure, birth)) offer(text + hidden + figure, cheaper + more + cost, true)
      }
    }
    ways = [...next.values()].toSorted((one, other) => Math.min(one.blank, one.own) - Math.min(other.blank, other.own)).slice(0, mostWays)
  }
  const found = ways
    .flatMap(({ text, blank, own }) => {
      const cost = Math.min(blank, own)
      // The last figure follows from all others.
      const ends = text.length === places - 1 ? Array.from('0123456789X') : ['']
      return ends.map((end) => ({ number: text + end, cost: end === '' ? cost : cost + lost.any }))
    })
    .filter(({ number }) => number.length === places && isValidIdNumber(number) && isOfSex(number, sex))
    .toSorted((one, other) => one.cost - other.cost)
  const [best, second] = found
  return best && best.cost <= dearest && (!second || second.cost - best.cost >= apart) ? best : null
}

function costOfPassing(costs: Lattice[number]['costs']): number {
  return Math.min(
    ...costs.map(([character, cost]) => cost + (character === '' ? 0 : /^[\dXx]$/u.test(character) ? passing.figure : passing.other)),
  )
}

const isKnown = ({ length }: string): boolean => length >= 6 && length < 14

/** The figures that may have been passed over after these, with what that costs: one that is not known, or up to three that are. */
function hiddenAfter(text: string, birth: string): (readonly [string, number])[] {
  if (!isKnown(text))
    return Array.from('0123456789').flatMap((figure) => (mayGoOn(text, figure, birth) ? [[figure, lost.any] as const] : []))
  const at = text.length - 6
  return [1, 2, 3].filter((count) => at + count <= birth.length).map((count) => [birth.slice(at, at + count), count * lost.known] as const)
}

/** What a district's code may begin with; made when the first number is spelled, which is seldom. */
let beginnings: ReadonlySet<string> | undefined
const listBeginnings = (): ReadonlySet<string> =>
  new Set([...districtCodes].flatMap((code) => Array.from({ length: 6 }, (_, at) => code.slice(0, at + 1))))

function mayGoOn(text: string, figure: string, birth: string): boolean {
  const at = text.length
  if (at >= places || (figure === 'X' && at !== places - 1)) return false
  if (at < 6) return (beginnings ??= listBeginnings()).has(text + figure)
  return at >= 14 || birth[at - 6] === figure
}

const isOfSex = (number: string, sex: string | null): boolean => sex === null || (Number(number[16]) % 2 === 1) === (sex === '男')
