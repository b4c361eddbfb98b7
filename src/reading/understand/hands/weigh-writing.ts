/**
 * How much what was seen of a handwritten value speaks for a text that may stand there. Hands are misread, passed over and
 * doubled, so the text is laid along what was read at the least cost, and each of its letters is told: it was read, it was
 * thought of, something else was read plainly in its place, or nothing legible stands there.
 */
import type { Lattice } from '../../page.ts'
import { normaliseCharacter } from '../text/letters.ts'

export interface WeighedLetter {
  readonly character: string
  /** What the surest look thought of it in its place, in −ln of its probability; null where none did. */
  readonly cost: number | null
  /** How surely the looks read another character there, 0…1; 1 minus that is left for it. */
  readonly denied: number
  /** What the first look read there; the empty string for nothing. */
  readonly instead: string
}

export interface WeighedText {
  readonly letters: readonly WeighedLetter[]
  /** Letters and figures that were read plainly and that the text has no place for. */
  readonly extra: number
}

/** What a letter costs that was not thought of where it should stand, that was passed over, and that is one too many. */
const wrong = 5
const lost = 4.2
const extra = 3
/** Of a stroke or a point there is often one too many. */
const extraMark = 0.3
/** One too many that was read with less doubt than this counts. */
const plainExtra = 0.35

interface Place {
  readonly costs: ReadonlyMap<string, number>
  readonly best: string
  readonly bestCost: number
}

/** Letters and figures alone, in one width and capital: points are as often lost as read. */
export const spell = (text: string): string[] => Array.from(text.normalize('NFKC').toUpperCase()).filter(isLetter)

const isLetter = (character: string): boolean => /[\p{L}\p{N}]/u.test(character)

export function weighText(looks: readonly Lattice[], text: string): WeighedText {
  const letters = spell(text)
  const weighed = looks.map((look) => layAlong(placesOf(look), letters))
  const first = weighed[0]
  return {
    letters: letters.map((character, at) => {
      const seen = weighed.map((one) => one.letters[at]!)
      const costs = seen.flatMap(({ cost }) => (cost === null ? [] : [cost]))
      return {
        character,
        cost: costs.length > 0 ? Math.min(...costs) : null,
        denied: Math.min(...seen.map(({ denied }) => denied), 1),
        instead: first?.letters[at]?.instead ?? '',
      }
    }),
    extra: Math.min(...weighed.map((one) => one.extra), Infinity),
  }
}

/** The characters that a look saw one after another, each with what else it may be. */
function placesOf(look: Lattice): Place[] {
  return look.flatMap(({ costs }): Place[] => {
    const own = new Map<string, number>()
    for (const [character, cost] of costs) {
      if (character === '') continue
      const known = normaliseCharacter(character).toUpperCase()
      own.set(known, Math.min(own.get(known) ?? Infinity, cost))
    }
    const [best] = [...own].toSorted((one, other) => one[1] - other[1])
    return best ? [{ costs: own, best: best[0], bestCost: best[1] }] : []
  })
}

/** The cheapest way to lay the letters along the places (Needleman and Wunsch, with what each place may be). */
function layAlong(places: readonly Place[], letters: readonly string[]): WeighedText {
  const width = letters.length + 1
  const least = new Float64Array((places.length + 1) * width).fill(Infinity)
  const from = new Uint8Array(least.length)
  const skipCost = ({ best, bestCost }: Place): number => (isLetter(best) ? Math.max(extraMark, extra - bestCost) : extraMark)
  least[0] = 0
  for (let place = 0; place <= places.length; place++)
    for (let letter = 0; letter <= letters.length; letter++) {
      const at = place * width + letter
      const offer = (cost: number, step: number): void => {
        if (cost < least[at]!) [least[at], from[at]] = [cost, step]
      }
      if (place > 0 && letter > 0)
        offer(least[at - width - 1]! + Math.min(wrong, places[place - 1]!.costs.get(letters[letter - 1]!) ?? wrong), 1)
      if (place > 0) offer(least[at - width]! + skipCost(places[place - 1]!), 2)
      if (letter > 0) offer(least[at - 1]! + lost, 3)
    }
  const weighed: WeighedLetter[] = []
  let tooMany = 0
  for (let [place, letter] = [places.length, letters.length]; place > 0 || letter > 0;) {
    const step = from[place * width + letter]!
    if (step === 2) {
      const { best, bestCost } = places[--place]!
      if (isLetter(best) && bestCost < plainExtra) tooMany++
      continue
    }
    const character = letters[--letter]!
    if (step === 3) {
      weighed.push({ character, cost: null, denied: 0, instead: '' })
      continue
    }
    const { costs, best, bestCost } = places[--place]!
    const cost = costs.get(character) ?? null
    weighed.push({ character, cost, denied: best === character ? 0 : Math.exp(-bestCost), instead: best })
  }
  return { letters: weighed.toReversed(), extra: tooMany }
}
