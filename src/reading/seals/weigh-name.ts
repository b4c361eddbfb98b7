/**
 * How well what was seen of an arc fits a name, against what it fits better. The name is never forced on the arc: every name
 * that differs from it by one character (another, one less, one more) is a rival, and the arc must not speak for any of them.
 * An engraver sets the characters at even distances: so their places tell whether one is missing from what was read, or from
 * the name.
 */
import type { Lattice } from '../page.ts'
import { allowName } from './allow-name.ts'
import { leadOverInvented } from './lead-over-invented.ts'
import { costsOf, layPaths, type Paths, type Step, stepsOf, turnSteps } from './lay-paths.ts'
import { isPlace, isWord, wordsOf } from './name-words.ts'

export interface WeighedName {
  /** By how much the arc speaks more for the name than for its best rival, in −ln, over all looks; below 0 for the rival. */
  readonly margin: number
  /** Share of the name's characters that some look saw in their place. */
  readonly seen: number
  /** As `margin`, but with a look that speaks against a character heard as loud as it speaks. */
  readonly loud: number
  /** The arc denies no letter of the name, though it does not speak for it: see `allowName`. */
  readonly allowed: 'alone' | 'along' | null
}

/**
 * One look speaks no louder than this for a character and against it. To see just the expected one of six thousand by mistake
 * is rarer than to overlook or mistake it.
 */
const loudest = { against: -3, for: 6 }
/** A rival character must cost less than this somewhere to be asked about. */
const rivalCost = 5
/** A letter for which each look speaks so much more than for another stands there; half of a word that do so stand for all of it. */
const plainLetter = 1
/** A rival of a single letter stands so close to its place, in radians over 1.2. */
const closeBy = 0.105
/** With less of it seen, nothing is said of a name. */
const leastSeen = 0.4
/** A character's ink spans up to so many steps. */
const longestRun = 3

const weighedBefore = new WeakMap<readonly Lattice[], Map<string, WeighedName>>()

/**
 * How well an arc fits a name; one that was cut open in the midst of its name is asked again with its beginning after its end.
 * Remembered as long as the lattices: the papers of a submission ask for the same names again and again. `print` is how dark the arc is
 * (`takePrint`): what is read where there is little ink denies nothing.
 */
export function weighName(lattices: readonly Lattice[], name: string, print: string | null = null): WeighedName {
  const known = weighedBefore.get(lattices) ?? new Map<string, WeighedName>()
  weighedBefore.set(lattices, known)
  const weighed = known.get(name) ?? weighBothWays(lattices, name, print)
  known.set(name, weighed)
  return weighed
}

function weighBothWays(lattices: readonly Lattice[], name: string, print: string | null): WeighedName {
  const looks = lattices.map(stepsOf)
  const weighed = weighAsRead(looks, name, print)
  const isRound = lattices.some((lattice) => (lattice.at(-1)?.at ?? 0) > 1.5 * Math.PI)
  if (weighed.margin >= 0 || !isRound) return weighed
  const turned = weighAsRead(looks.map(turnSteps), name, print)
  return turned.margin >= 0 || (turned.allowed !== null && weighed.allowed === null) ? turned : weighed
}

function weighAsRead(looks: readonly (readonly Step[])[], name: string, print: string | null): WeighedName {
  const letters = spellName(name)
  const refused = { margin: loudest.against * Math.max(1, looks.length), seen: 0, loud: -Infinity, allowed: null }
  if (letters.length < 4 || looks.length === 0) return refused
  const { paths, row, seen } = layName(looks, name)
  if (row === null || hasHole(row) || goesOn(paths, row)) return { ...refused, seen }
  const { pitch } = row
  const words = wordsOf(name)
  let told: ReturnType<typeof allowName> | undefined
  // Asked of few of the names that are weighed: it is laid along the arc anew, for what is remembered is to be small.
  const tell = () =>
    told === undefined
      ? (told = allowName({
          ...row,
          paths: layName(looks, name).paths,
          letters,
          words,
          print,
          leads: () => leadOverInvented(looks, letters, words),
        }))
      : told
  if (seen < leastSeen)
    return {
      ...refused,
      seen,
      get allowed() {
        return tell()
      },
    }
  const weighed: WeighedRival[] = []
  for (const rival of findRivals(paths, letters, pitch)) {
    if (isRefuted(rival, row)) continue
    weighed.push(weighRival(paths, rival))
  }
  return {
    ...leastOf(weighed, name, looks.length),
    seen,
    get allowed() {
      return tell()
    },
  }
}

function weighRival(paths: readonly Paths[], rival: Rival): WeighedRival {
  let [margin, loud] = [0, 0]
  for (const path of paths) {
    const look = Math.min(loudest.for, costOf(path, rival) - path.cost)
    margin += Math.max(loudest.against, look)
    loud += look
  }
  return { ...rival, margin, loud }
}

/** A name laid along each look at an arc; without a row where next to nothing of it was seen. */
function layName(looks: readonly (readonly Step[])[], name: string): { paths: Paths[]; row: Row | null; seen: number } {
  const letters = spellName(name)
  const paths = looks.map((steps) => layPaths(steps, letters))
  const places = placeLetters(paths, letters)
  const seen = places.filter((place) => place !== null).length / letters.length
  const pitch = pitchOf(places)
  return { paths, row: pitch === null ? null : { places, seats: seatLetters(name), pitch }, seen }
}

/** Where each letter of a name stands on an arc, in radians from its begin: in the middle of what the looks say. */
export function placeName(lattices: readonly Lattice[], name: string): number[] {
  const letters = spellName(name)
  const paths = lattices.map((lattice) => {
    const steps = stepsOf(lattice)
    const [read, turned] = [layPaths(steps, letters), layPaths(turnSteps(steps), letters)]
    // The second way round costs something as well.
    return turned.cost < 0.5 * read.cost ? turned : read
  })
  return letters.map((_, at) => paths.map(({ angles }) => angles[at]!).toSorted((one, other) => one - other)[paths.length >> 1] ?? 0)
}

/** How much an arc speaks, a look, for each letter of a name against the best other that one of its looks sees just there. */
export function weighLetters(lattices: readonly Lattice[], name: string): number[] {
  const letters = spellName(name)
  const paths = lattices.map((lattice) => layPaths(stepsOf(lattice), letters))
  const least = letters.map(() => Infinity)
  for (const rival of findRivals(paths, letters, closeBy)) {
    if (rival.kind === 'before') continue
    const margin = paths.reduce((sum, path) => sum + Math.max(loudest.against, Math.min(loudest.for, costOf(path, rival) - path.cost)), 0)
    least[rival.at] = Math.min(least[rival.at]!, margin / paths.length)
  }
  return paths.length === 0 ? letters.map(() => loudest.against) : least
}

interface WeighedRival extends Rival {
  readonly margin: number
  readonly loud: number
}

/** The least margins of all rivals that could be the name of an enterprise. */
function leastOf(rivals: readonly WeighedRival[], name: string, looks: number): Omit<WeighedName, 'seen' | 'allowed'> {
  const letters = spellName(name)
  const words = wordsOf(name)
  const ofLetter = letters.map(() => Infinity)
  for (const { kind, at, margin } of rivals) if (kind !== 'before') ofLetter[at] = Math.min(ofLetter[at]!, margin)
  const isPlain = (at: number) => ofLetter[at]! >= plainLetter * looks
  let [least, loudestLeast] = [Infinity, Infinity]
  for (const { kind, at, character, margin, loud } of rivals) {
    const word = words[at]
    if (margin < 0 && word && kind !== 'before' && !(kind === 'instead' && isWord(letters, word, at, character))) {
      let others = 0
      for (let other = word.from; other < word.to; other++) if (other !== at && isPlain(other)) others++
      if (others * 2 >= word.to - word.from) continue
    }
    least = Math.min(least, margin)
    loudestLeast = Math.min(loudestLeast, loud)
  }
  return { margin: least, loud: loudestLeast }
}

/** As the lattice spells: half-width, without what is often lost. */
export const spellName = (name: string): string[] => Array.from(name.normalize('NFKC').replace(/[\s()]/gu, ''))

interface Rival {
  readonly kind: 'instead' | 'without' | 'before'
  readonly at: number
  readonly character: string
}

function costOf({ steps, before, behind }: Paths, { kind, at, character }: Rival): number {
  const from = before[at]!
  const to = behind[kind === 'before' ? at : at + 1]!
  let least = Infinity
  if (kind === 'without') {
    for (let t = 0; t <= steps.length; t++) least = Math.min(least, from[t]! + to[t]!)
    return least
  }
  const costs = costsOf(steps, character)
  for (let t = 0; t < steps.length; t++) {
    let cost = from[t]!
    for (let run = 0; run < longestRun && t + run < steps.length; run++) {
      cost += costs[t + run]!
      if (cost > least) break
      least = Math.min(least, cost + to[t + run + 1]!)
    }
  }
  return least
}

/** Every name one character away that something near its place on the arc speaks for. */
function findRivals(paths: readonly Paths[], letters: readonly string[], pitch: number): Rival[] {
  const rivals: Rival[] = letters.map((_, at) => ({ kind: 'without', at, character: '' }))
  const offered = { instead: letters.map(() => new Set<string>()), before: letters.map(() => new Set<string>()) }
  const offer = (kind: 'instead' | 'before', at: number, character: string): void => {
    if (offered[kind][at]!.has(character)) return
    offered[kind][at]!.add(character)
    rivals.push({ kind, at, character })
  }
  for (const { steps, angles } of paths)
    for (const { at: angle, costs } of steps) {
      const near = placesNear(angles, angle, 1.2 * pitch)
      if (near.length === 0) continue
      for (const [character, cost] of costs) {
        if (cost >= rivalCost || !isLetter(character)) continue
        for (const at of near) {
          if (letters[at] === character) continue
          offer('instead', at, character)
          // A letter that spans two steps is no letter twice. At the ends, a shred of the ring reads as a letter more.
          if (at > 0 && letters[at - 1] !== character) offer('before', at, character)
        }
      }
    }
  return rivals
}

/** Which letters of a name stand that near to an angle. */
function placesNear(angles: readonly number[], angle: number, reach: number): number[] {
  const near: number[] = []
  for (let at = 0; at < angles.length; at++) if (Math.abs(angles[at]! - angle) <= reach) near.push(at)
  return near
}

const lettersKnown = new Map<string, boolean>()

/** Asked of every character of every step for every name: an expression is tried once for each. */
function isLetter(character: string): boolean {
  const known = lettersKnown.get(character)
  if (known !== undefined) return known
  const told = /[\p{Script=Han}\p{Letter}]/u.test(character)
  lettersKnown.set(character, told)
  return told
}

/** Where each letter was seen, as an angle; null where no look saw it. */
function placeLetters(paths: readonly Paths[], letters: readonly string[]): (number | null)[] {
  return letters.map((_, at) => {
    const angles: number[] = []
    for (const path of paths) if (costOf(path, { kind: 'without', at, character: '' }) - path.cost > 1) angles.push(path.angles[at]!)
    angles.sort((one, other) => one - other)
    return angles.length > 0 ? angles[angles.length >> 1]! : null
  })
}

type Places = readonly (number | null)[]

/** The letters of a name as they stand along the arc. */
interface Row {
  readonly places: Places
  readonly seats: readonly number[]
  readonly pitch: number
}

/** The usual distance of two neighbouring letters. */
function pitchOf(places: Places): number | null {
  const steps: number[] = []
  for (let at = 1; at < places.length; at++) if (places[at] !== null && places[at - 1] !== null) steps.push(places[at]! - places[at - 1]!)
  steps.sort((one, other) => one - other)
  return steps.length < 3 ? null : steps[steps.length >> 1]!
}

/** The seats of the letters along the arc: brackets, which are as often lost as read, take one too. */
function seatLetters(name: string): number[] {
  const seats: number[] = []
  for (const [seat, character] of Array.from(name.normalize('NFKC').replace(/\s/gu, '')).entries())
    if (!/[()]/u.test(character)) seats.push(seat)
  return seats
}

/** How many letters more than the name has stand between two seen ones; null where one of them was not seen. */
function spareBetween({ places, seats, pitch }: Row, from: number, to: number): number | null {
  const [left, right] = [places[from] ?? null, places[to] ?? null]
  return left === null || right === null ? null : (right - left) / pitch - (seats[to]! - seats[from]!)
}

/** Seen neighbours of the name with room for another letter between them: the arc has a letter more. A bracket may be set narrow. */
const hasHole = (row: Row): boolean => row.places.some((_, at) => at > 0 && (spareBetween(row, at - 1, at) ?? 0) > 0.65)

/** The places of the seen letters on both sides speak against a letter less, and against one more. */
function isRefuted({ kind, at }: Rival, row: Row): boolean {
  if (kind === 'instead') return false
  const isSeen = (index: number) => row.places[index] !== null
  const count = row.places.length
  let left = at - 1
  while (left >= 0 && !isSeen(left)) left--
  let right = kind === 'before' ? at : at + 1
  while (right < count && !isSeen(right)) right++
  if (kind === 'without' && left < 0) left = isSeen(at) ? at : left
  if (kind === 'without' && right === count) right = isSeen(at) ? at : right
  if (left < 0 || right === count || left === right) return false
  return Math.abs(spareBetween(row, left, right)!) < 0.35 + 0.02 * (right - left)
}

/** A letter beyond the name counts only when it was read so plainly: shreds of the ring and of words beneath the star are not. */
const plainCost = 0.7
/** Of a place before the name each letter may be so doubtful: two that make a place are no shreds. */
const placeCost = 3

/** Whether more letters follow the name, or come before it, at the distances of letters, in most looks: the words of another name. */
function goesOn(paths: readonly Paths[], { places, pitch, seats }: Row): boolean {
  const first = places[0] ?? null
  const last = places.at(-1) ?? null
  let [before, placed, one] = [0, 0, 0]
  for (const { steps } of paths) {
    if (first !== null) {
      // A bracket at the begin has a seat of its own.
      if (countOn(readLetters(steps, plainCost), first - pitch * seats[0]!, -pitch) >= 2) before++
      if (countOn(readLetters(steps, 0.5), first - pitch * seats[0]!, -pitch) >= 1) one++
      if (standsPlace(steps, first - pitch * seats[0]!, pitch)) placed++
    }
  }
  const behind = last === null ? 0 : countBehind(paths, last, pitch)
  return before * 3 >= paths.length || one * 5 >= paths.length * 3 || placed * 3 >= paths.length || behind >= 3
}

/** How many seats behind a name hold letters in two looks of five, with a seat at most between them that hides its own. */
function countBehind(paths: readonly Paths[], last: number, pitch: number): number {
  const looks = paths.map(({ steps }) => readLetters(steps, plainCost))
  let [count, at] = [0, last]
  for (;;) {
    const next = [1, 2].map((seats) => at + seats * pitch)
    const found = next
      .map((place) => looks.flatMap((letters) => letters.find((angle) => Math.abs(angle - place) < 0.33 * pitch) ?? []))
      .find((letters) => letters.length * 5 >= looks.length * 2)
    if (!found) return count
    ;[count, at] = [count + 1, found.reduce((sum, angle) => sum + angle, 0) / found.length]
  }
}

/** What strokes of a ring are read as. */
const shreds = new Set('一二三丨工中十山川小口上土')

/** Where a character of so little cost stands. */
function readLetters(steps: readonly Step[], most: number): number[] {
  const letters: number[] = []
  let previous = ''
  for (const { at, costs, best } of steps) {
    if (best !== previous && costs.get(best)! < most && /\p{Script=Han}/u.test(best) && !shreds.has(best)) letters.push(at)
    previous = best
  }
  return letters
}

/** How many letters follow one another from an angle on, a `pitch` apart. */
function countOn(letters: readonly number[], from: number, pitch: number): number {
  let [count, at] = [0, from]
  for (;;) {
    const next = letters.find((angle) => Math.abs(angle - at - pitch) < 0.33 * Math.abs(pitch))
    if (next === undefined) return count
    ;[count, at] = [count + 1, next]
  }
}

/** Whether two letters that make a place can be read just before an angle. */
function standsPlace(steps: readonly Step[], from: number, pitch: number): boolean {
  const near = (away: number): string[] =>
    steps
      .filter(({ at }) => Math.abs(at - from + away * pitch) < 0.4 * pitch)
      .flatMap(({ costs }) => [...costs].flatMap(([character, cost]) => (cost < placeCost ? [character] : [])))
  const second = near(1)
  return near(2).some((one) => second.some((other) => isPlace(one + other)))
}
