/**
 * A hardly legible impression laid on what the legible ones of a submission show together of their seal. A fax leaves of an impression but
 * specks, each on a stroke: of the same seal nearly all lie on strokes, letter by letter, and of another's letters half of them beside.
 */
import { printCells } from './take-print.ts'
import { type Strokes, turnBetween } from './compare-prints.ts'
import type { LegibleSeal } from './read-by-prints.ts'
import { wordsOf } from './name-words.ts'
import { placeName } from './weigh-name.ts'

const { angles, radii } = printCells
const cells = angles * radii

/** What several impressions of one seal show of it, by cells of their prints. */
export interface Die {
  /** 0…1: the share of them that have ink there. */
  readonly ink: Float32Array
  /** The same against the ground around it, and on coarse cells. */
  readonly strokes: Float32Array
  readonly coarse: Float32Array
  /** The middle of each letter, in cells; whether it stands in a word that many names have. */
  readonly letters: readonly { readonly place: number; readonly isOfWord: boolean }[]
  /** Half a letter's room, in cells. */
  readonly half: number
}

/** Strokes are told from what is around them over so many cells to either side. */
const nearby = 24
/** The outermost and innermost cells of a print hold what is left of circles and stars. */
const edge = 3
/** Darker than all but so many cells of a print is full ink. */
const fullFrom = 0.97
const coarse = { angles: angles / 2, radii: radii / 2 }

/** The die that legible impressions of one name were stamped with, as each of them shows it: one whose ring was fitted askew tells little. */
export const cutDies = (seals: readonly LegibleSeal[]): Die[] =>
  seals.slice(0, mostDies).flatMap(
    (seal) =>
      cutDie(
        seal,
        seals.filter((other) => other !== seal),
      ) ?? [],
  )
const mostDies = 3

/** Null where the letters lie in no row. */
function cutDie(first: LegibleSeal, others: readonly LegibleSeal[]): Die | null {
  const { text } = first
  const ink = sharesOf(first.strokes)
  const seen = shownOf(first.strokes)
  for (const { strokes } of others) {
    const turn = turnBetween(first.strokes, strokes)
    if (turn === null) continue
    const shares = sharesOf(strokes)
    const { lie } = settle(first.strokes.fine, shares, { turn, across: 0, right: 0, down: 0 }, fineGrid)
    addTo(ink, shares, lie)
    addTo(seen, shownOf(strokes), lie)
  }
  for (let cell = 0; cell < cells; cell++) ink[cell] = ink[cell]! / Math.max(1, seen[cell]!)
  const places = placeName(first.looks, text).map((angle) => (angle / (2 * Math.PI)) * angles)
  const half = (places.at(-1)! - places[0]!) / (places.length - 1) / 2
  if (!(half > 0)) return null
  const words = wordsOf(text)
  const full = places.map((place) => inkAbout(ink, place, half))
  if (Math.min(...full) < leastFull * full.toSorted((one, other) => one - other)[full.length >> 1]!) return null
  const strokes = standOut(ink)
  return { ink, strokes, coarse: poolCells(strokes), half, letters: places.map((place, at) => ({ place, isOfWord: words[at] !== null })) }
}

/** With less ink in a letter's room than in most, something is laid in the wrong place: 一 has a fourth. */
const leastFull = 0.15

function inkAbout(ink: Float32Array, place: number, half: number): number {
  let sum = 0
  for (let angle = Math.round(place - half); angle <= Math.round(place + half); angle++)
    for (let radius = edge; radius < radii - edge; radius++) sum += ink[((angle + angles) % angles) * radii + radius]!
  return sum
}

function addTo(sum: Float32Array, ink: Float32Array, lie: Lie): void {
  for (let angle = 0; angle < angles; angle++) {
    const shift = acrossAt(lie, angle)
    const there = ((angle + alongAt(lie, angle) + 4 * angles) % angles) * radii + shift
    for (let radius = Math.max(0, -shift); radius < Math.min(radii, radii - shift); radius++)
      sum[angle * radii + radius] = sum[angle * radii + radius]! + ink[there + radius]!
  }
}

/** 1 where no print lies over it. */
const shownOf = ({ hidden }: Strokes): Float32Array => new Float32Array(hidden).map((over) => 1 - over)

const sharesOf = ({ ink }: Strokes): Float32Array => {
  const full = Math.max(60, ink.toSorted()[Math.floor(fullFrom * cells)]!)
  return new Float32Array(ink).map((level) => Math.min(1, level / full))
}

function standOut(ink: Float32Array): Float32Array {
  const strokes = new Float32Array(cells)
  for (let radius = 0; radius < radii; radius++) {
    const at = (angle: number) => ink[((angle + angles) % angles) * radii + radius]!
    let sum = 0
    for (let angle = -nearby; angle <= nearby; angle++) sum += at(angle)
    for (let angle = 0; angle < angles; angle++) {
      strokes[angle * radii + radius] = at(angle) - sum / (2 * nearby + 1)
      sum += at(angle + nearby + 1) - at(angle - nearby)
    }
  }
  return strokes
}

function poolCells(fine: Float32Array): Float32Array {
  const pooled = new Float32Array(coarse.angles * coarse.radii)
  for (let cell = 0; cell < cells; cell++) {
    const at = (Math.floor(cell / radii) >> 1) * coarse.radii + ((cell % radii) >> 1)
    pooled[at] = pooled[at]! + fine[cell]!
  }
  return pooled
}

/** Cells by angle and radius; the outermost and innermost are not compared, and so many lie along in the room that one takes across. */
interface Grid {
  readonly angles: number
  readonly radii: number
  readonly edge: number
}
const fineGrid: Grid = { angles, radii, edge }
const coarseGrid: Grid = { ...coarse, edge: 2 }
/** In the middle of the band. */
const alongForAcross = 1.9

/** How a print lies on another: turned, larger or smaller, and with its ring fitted so far off, all in cells. */
interface Lie {
  readonly turn: number
  readonly across: number
  readonly right: number
  readonly down: number
}

const cosines = Float64Array.from({ length: angles }, (_, at) => Math.cos((2 * Math.PI * at) / angles))
const sines = Float64Array.from({ length: angles }, (_, at) => Math.sin((2 * Math.PI * at) / angles))

/** How far what stands at an angle of the one print lies along, and how far across, on the other. */
const alongAt = ({ turn, right, down }: Lie, way: number): number =>
  turn + Math.round((right * sines[way]! - down * cosines[way]!) * alongForAcross)
const acrossAt = ({ across, right, down }: Lie, way: number): number => across + Math.round(right * cosines[way]! + down * sines[way]!)

function onStrokes(strokes: Float32Array, ink: Float32Array, lie: Lie, grid: Grid): number {
  let sum = 0
  for (let angle = 0; angle < grid.angles; angle++) {
    const way = (angle * angles) / grid.angles
    const shift = acrossAt(lie, way)
    const here = angle * grid.radii
    const there = ((angle + alongAt(lie, way) + 4 * grid.angles) % grid.angles) * grid.radii + shift
    const to = Math.min(grid.radii - grid.edge, grid.radii - shift)
    for (let radius = Math.max(grid.edge, -shift); radius < to; radius++) sum += strokes[here + radius]! * ink[there + radius]!
  }
  return sum
}

/** Rings are fitted to a pixel or two: a print is moved on another until it lies on it no better. */
function settle(strokes: Float32Array, ink: Float32Array, from: Lie, grid: Grid): { lie: Lie; sum: number } {
  let [lie, sum, moved] = [from, onStrokes(strokes, ink, from, grid), true]
  while (moved) {
    moved = false
    for (const way of ['turn', 'across', 'right', 'down'] as const)
      for (const by of [-1, 1]) {
        const next = { ...lie, [way]: lie[way] + by }
        if (Math.abs(next[way] - from[way]) > farthest) continue
        const better = onStrokes(strokes, ink, next, grid)
        if (better > sum) [lie, sum, moved] = [next, better, true]
      }
  }
  return { lie, sum }
}
const farthest = 3

/** Of one seal is what lies on it turned one way so much better than any other way, in spreads of all ways. */
const leastLead = 1.5
/** Turns so close to the best one are the same turn, in coarse cells; so many others that come near it are settled too. */
const sameTurn = 6
const mostTurns = 16

/** How a print lies on a die, and by how much better than turned any other way. */
function findLie(die: Die, ink: Float32Array): { lie: Lie; lead: number } {
  const pooled = poolCells(ink)
  const straight = { across: 0, right: 0, down: 0 }
  const sums = Array.from({ length: coarse.angles }, (_, turn) => onStrokes(die.coarse, pooled, { turn, ...straight }, coarseGrid))
  const mean = sums.reduce((sum, value) => sum + value, 0) / sums.length
  const spread = Math.sqrt(sums.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sums.length)
  const turns: number[] = []
  for (const turn of sums
    .keys()
    .toArray()
    .toSorted((one, other) => sums[other]! - sums[one]!))
    if (turns.length < mostTurns && turns.every((other) => apart(turn, other) > sameTurn)) turns.push(turn)
  const [best, next] = turns
    .map((turn) => settle(die.coarse, pooled, { turn, ...straight }, coarseGrid))
    .toSorted((one, other) => other.sum - one.sum)
  const { turn, across, right, down } = best!.lie
  const lie = { turn: turn * 2, across: across * 2, right: right * 2, down: down * 2 }
  return { lie, lead: (best!.sum - next!.sum) / Math.max(spread, 1e-6) }
}

const apart = (one: number, other: number): number =>
  Math.min((one - other + coarse.angles) % coarse.angles, (other - one + coarse.angles) % coarse.angles)

/** What ink there is in a letter's room, in cells, and how far it lies on the strokes: as that of the die itself 1, anywhere 0. */
interface LaidLetter {
  readonly ink: number
  readonly on: number
  /** The same ink as a share of the die's. */
  readonly share: number
}

/** A letter is sought so many cells around its place. */
const reach = { along: 2, across: 1 }

function layLetter({ ink: strokes, half }: Die, ink: Float32Array, hidden: Uint8Array, lie: Lie, place: number): LaidLetter {
  const [from, to] = [Math.round(place - half), Math.round(place + half)]
  const middle = (Math.round(place) + 4 * angles) % angles
  const [turn, shift] = [alongAt(lie, middle), acrossAt(lie, middle)]
  let best: LaidLetter = { ink: 0, on: 0, share: 0 }
  let most = -Infinity
  for (let along = -reach.along; along <= reach.along; along++)
    for (let across = -reach.across; across <= reach.across; across++) {
      let [count, cut, cuts, inked, both] = [0, 0, 0, 0, 0]
      for (let angle = from; angle <= to; angle++) {
        const here = (((angle % angles) + angles) % angles) * radii
        const there = ((((angle + turn + along) % angles) + angles) % angles) * radii + shift + across
        for (let radius = Math.max(edge, -shift - across); radius < Math.min(radii - edge, radii - shift - across); radius++) {
          if (hidden[there + radius] === 1) continue
          const [one, other] = [strokes[here + radius]!, ink[there + radius]!]
          count++
          cut += one
          cuts += one * one
          inked += other
          both += one * other
        }
      }
      const gain = both - (inked * cut) / Math.max(1, count)
      if (gain <= most) continue
      most = gain
      const full = Math.max(0.05, cuts / Math.max(cut, 1) - cut / Math.max(1, count))
      best = { ink: inked, on: gain / Math.max(1e-6, inked * full), share: inked / Math.max(1, cut) }
    }
  return best
}

/** With less ink, in cells, a letter is not seen, not denied, not told. */
const leastInk = { seen: 7.5, denied: 10, told: 15 }
/** With so much more of the die's ink than most letters there is print over a letter; with so much less there is but dust. */
const printedOn = 3
const dusty = 0.3
/**
 * A letter stands there whose ink lies on the strokes nearly as that of the words does; another where it lies there so much less. Of 370
 * letters of faxes' own seals with that much ink 95 % lie by 0.79 of it and more, print over some of them; of 49 that are other letters of
 * seals of one make all but two by less than 0.85, half of them by less than 0.6.
 */
const told = 0.85
const denied = { sparse: 0.6, plain: 0.65 }
/** The words of the name lie by so much, else it is no impression of this seal; so many of them are asked. */
const usualOn = { hidden: 0.55, told: 0.7 }
const leastWords = 3
/** Of the letters that are the enterprise's own. */
const leastTold = 2 / 3
/** Where none of them is seen, more of all letters are: 有限公司, which is on most seals, is so much of a short name. */
const leastShown = 0.4
/** Of all letters that are seen. */
const mostDenied = 0.2

/**
 * What an impression shows of the name of a seal's dies: `own` where most letters that are the enterprise's own are told one by one, `words`
 * where only others are; null where it is not of that seal, or another letter stands in the place of one.
 */
export function layOnDies(strokes: Strokes, dies: readonly Die[]): 'own' | 'words' | null {
  const ink = new Float32Array(strokes.ink).map((level) => level / 255)
  const [plainest] = dies.map((die) => ({ die, ...findLie(die, ink) })).toSorted((one, other) => other.lead - one.lead)
  return plainest && plainest.lead > leastLead ? tellLetters(plainest.die, ink, strokes.hidden, plainest.lie) : null
}

function tellLetters(die: Die, ink: Float32Array, hidden: Uint8Array, rough: Lie): 'own' | 'words' | null {
  const { lie } = settle(die.strokes, ink, rough, fineGrid)
  const laid = die.letters.map(({ place, isOfWord }) => ({ ...layLetter(die, ink, hidden, lie, place), isOfWord }))
  const middle = laid.map(({ share }) => share).toSorted((one, other) => one - other)[laid.length >> 1]!
  const seen = laid.filter(({ ink, share }) => ink >= leastInk.seen && share >= dusty * middle)
  const ofWords = seen
    .filter(({ isOfWord }) => isOfWord)
    .map(({ on }) => on)
    .toSorted((one, other) => one - other)
  const usual = ofWords[ofWords.length >> 1] ?? 0
  if (ofWords.length < leastWords || usual < usualOn.hidden) return null
  const own = laid.filter(({ isOfWord }) => !isOfWord)
  const isBeside = ({ ink, on }: LaidLetter) => on < usual * (ink < leastInk.told ? denied.sparse : denied.plain)
  const isDenied = (letter: LaidLetter) => letter.ink >= leastInk.denied && letter.share <= printedOn * middle && isBeside(letter)
  if (seen.some((letter) => !letter.isOfWord && isDenied(letter)) || seen.filter(isBeside).length > mostDenied * seen.length) return null
  if (seen.every(({ isOfWord }) => isOfWord) && seen.length <= leastShown * laid.length) return null
  const clear = own.filter(({ ink, share }) => ink >= leastInk.told && share <= printedOn * middle)
  const isTold = usual >= usualOn.told && clear.every(({ on }) => on >= told * usual) && clear.length >= leastTold * own.length
  return isTold ? 'own' : 'words'
}
