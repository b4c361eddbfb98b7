/**
 * What an arc that is hardly legible says of each letter of a name. Of a worn letter one look makes this and the next that, and
 * none is sure: that denies nothing. A letter that the looks agree on as another does.
 */
import type { Paths } from './lay-paths.ts'
import { printCells, printedOver } from './take-print.ts'

type ToldLetter = 'seen' | 'hidden' | 'denied'

/** In the mean of the looks, how probable a letter is that is seen, and another that denies it: less so where no look hints at the letter. */
const seenFrom = 0.2
const deniedFrom = { hinted: 0.5, unseen: 0.28 }
const hintedBelow = 6
/** Of the letters that are the enterprise's own so many must be seen; and so many of all. */
const leastOwn = 0.65
const leastAll = 0.5
/** With letters for each of which the arc speaks so much more than for any invented one, and for all of them together, fewer must be seen. */
const lead = { each: 1, all: 5 }
const leastAllLed = 0.3
/** With the same name legible on another impression. */
const leastOwnAlong = 0.5
/** A letter's ink reaches so far to either side of its place, in letters. */
const reach = 0.4
/** So much may two seen letters stand closer or farther than the letters between them want, in letters; a bracket may be narrow. */
const misplaced = { closer: 0.35, farther: 0.6, perLetter: 0.02, perBracket: 0.5 }

/** A letter with less than this share of the ink of the well inked ones is worn; but for those that have few strokes. */
const wornBelow = 0.5
const sparse = new Set('一二三丁七八十人入卜')

/** How the letters of a name lie on an arc. */
export interface LaidName {
  readonly paths: readonly Paths[]
  readonly letters: readonly string[]
  /** The seats of the letters, where brackets take one too. */
  readonly seats: readonly number[]
  /** Which letters stand in a word that many names have. */
  readonly words: readonly ({ readonly from: number; readonly to: number } | null)[]
  readonly pitch: number
  /** How dark the arc is, as `takePrint` tells it; null where that is not known. */
  readonly print: string | null
  /** What `leadOverInvented` tells of it. */
  leads(): readonly number[]
}

/**
 * How much an arc allows a name that it does not speak for: `alone` where most letters are seen, `along` where the name must be
 * legible on another impression, null where a letter is denied, too few are seen or they stand at other distances.
 */
export function allowName(laid: LaidName): 'alone' | 'along' | null {
  const { letters, words } = laid
  const isWorn = findWorn(laid)
  const told = letters.map((letter, at) => tellLetter(laid, letter, at, isWorn[at]!))
  const isSeen = (one: ToldLetter) => one === 'seen'
  const own = told.filter((_, at) => !words[at])
  const seenOwn = own.filter(isSeen).length
  if (own.includes('denied') || seenOwn < leastOwnAlong * own.length) return null
  const seen = told.filter(isSeen).length / told.length
  if (seen < leastAllLed || (seen < leastAll && !isLed(laid, told)) || !standsEvenly(laid, told)) return null
  // Nothing beside it tells whether a letter stands at the end of an arc.
  if ([0, told.length - 1].some((end) => !words[end] && told[end] !== 'seen')) return null
  for (const [at, word] of words.entries()) {
    if (!word || told[at] !== 'denied') continue
    if (told.slice(word.from, word.to).filter(isSeen).length * 2 < word.to - word.from) return null
  }
  return seenOwn >= leastOwn * own.length || isLed(laid, told) ? 'alone' : 'along'
}

/** Whether the arc speaks for each letter that is the enterprise's own, seen or not. */
function isLed(laid: LaidName, told: readonly ToldLetter[]): boolean {
  const leads = laid.leads()
  return (
    leads.reduce((sum, value) => sum + value, 0) >= lead.all &&
    told.every((one, at) => laid.words[at] || one === 'seen' || leads[at]! >= lead.each)
  )
}

function tellLetter({ paths, pitch }: LaidName, letter: string, at: number, isWorn: boolean): ToldLetter {
  const shares = new Map<string, number>()
  let least = Infinity
  for (const { steps, angles } of paths) {
    const most = new Map<string, number>()
    for (const { at: angle, costs } of steps) {
      if (Math.abs(angle - angles[at]!) > reach * pitch) continue
      for (const [character, cost] of costs) most.set(character, Math.max(most.get(character) ?? 0, Math.exp(-cost)))
      least = Math.min(least, costs.get(letter) ?? Infinity)
    }
    for (const [character, share] of most) shares.set(character, (shares.get(character) ?? 0) + share / paths.length)
  }
  if ((shares.get(letter) ?? 0) >= seenFrom) return 'seen'
  if (isWorn && !shares.keys().some((character) => shares.get(character)! >= deniedFrom.unseen && sparse.has(character))) return 'hidden'
  const limit = least < hintedBelow ? deniedFrom.hinted : deniedFrom.unseen
  return [...shares].some(([character, share]) => share >= limit && /\p{Script=Han}/u.test(character)) ? 'denied' : 'hidden'
}

/** Which letters a copy left so little ink of that what is read there is made of shreds. */
function findWorn({ paths, letters, pitch, print }: LaidName): boolean[] {
  const cells = print === null ? null : Buffer.from(print, 'base64')
  const { angles, radii } = printCells
  if (cells?.length !== angles * radii) return letters.map(() => false)
  const reach = Math.max(1, Math.round((0.45 * pitch * angles) / (2 * Math.PI)))
  const inked = letters.map((_, at) => {
    const place = Math.round((middleOf(paths, at) * angles) / (2 * Math.PI))
    let sum = 0
    for (let angle = place - reach; angle <= place + reach; angle++) {
      const from = (((angle % angles) + angles) % angles) * radii
      for (let cell = from; cell < from + radii; cell++) sum += cells[cell] === printedOver ? 0 : cells[cell]!
    }
    return sum
  })
  const full = inked.toSorted((one, other) => other - one)[inked.length >> 2]!
  return inked.map((ink) => ink < wornBelow * full)
}

/** Where a letter stands, in the middle of what the looks say. */
const middleOf = (paths: readonly Paths[], at: number): number =>
  paths.map(({ angles }) => angles[at]!).toSorted((one, other) => one - other)[paths.length >> 1]!

/** Whether the seen letters stand as far apart as those between them need: a letter less or more makes another name. */
function standsEvenly({ paths, seats, pitch }: LaidName, told: readonly ToldLetter[]): boolean {
  const places = told.map((_, at) => middleOf(paths, at))
  let last = -1
  for (const [at, one] of told.entries()) {
    if (one !== 'seen') continue
    if (last >= 0) {
      const brackets = seats[at]! - seats[last]! - (at - last)
      const spare = (places[at]! - places[last]!) / pitch - (seats[at]! - seats[last]!)
      const room = misplaced.perLetter * (at - last)
      if (spare < -misplaced.closer - room - misplaced.perBracket * brackets || spare > misplaced.farther + room) return false
    }
    last = at
  }
  return true
}
