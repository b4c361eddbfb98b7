import type { Glyph } from '../page.ts'

/** One reading of an arc; all readings of one arc begin and end at the same angles, so places along it can be compared. */
export interface ArcReading {
  readonly glyphs: readonly Glyph[]
  /** Width of the strip that the glyphs' places are measured along. */
  readonly width: number
}

interface Vote {
  readonly at: number
  readonly glyph: Glyph
  readonly reading: number
}

/** A character of the name, a bracket of one, or nothing that a name holds. */
const isNamed = (character: string): boolean => /[\p{Script=Han}()（）]/u.test(character)

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Gathers votes that stand at one place; two glyphs of one reading are never one place. */
const gather = (votes: readonly Vote[], pitch: number): Vote[][] => {
  const places: Vote[][] = []
  for (const vote of votes.toSorted((a, b) => a.at - b.at)) {
    const place = places.at(-1)
    const middle = place ? place.reduce((sum, other) => sum + other.at, 0) / place.length : 0
    if (place && vote.at - middle < pitch * 0.5 && !place.some((other) => other.reading === vote.reading)) place.push(vote)
    else places.push([vote])
  }
  return places
}

interface Slot {
  readonly at: number
  readonly character: string
  /** Share of the readings' certainty that fell to the character. */
  readonly weight: number
  readonly support: number
}

const decide = (place: readonly Vote[], readings: number): Slot => {
  const weights = new Map<string, number>()
  const add = (character: string, weight: number) => weights.set(character, (weights.get(character) ?? 0) + weight)
  for (const { glyph } of place) {
    if (isNamed(glyph.character)) add(glyph.character, glyph.confidence ** 2)
    for (const rival of glyph.alternatives ?? []) if (isNamed(rival.character)) add(rival.character, rival.confidence ** 2 * 0.8)
  }
  const [character, weight] = [...weights].toSorted((a, b) => b[1] - a[1])[0] ?? ['', 0]
  const named = place.filter(({ glyph }) => isNamed(glyph.character)).length
  return { at: place.reduce((sum, vote) => sum + vote.at, 0) / place.length, character, weight: weight / readings, support: named / readings }
}

/**
 * Merges several readings of one arc, character by character at its place. Characters of a seal stand evenly: where most
 * readings leave a hole of a character's width, what a single one saw there counts.
 */
export const mergeReadings = (readings: readonly ArcReading[]): { text: string; confidence: number } => {
  const votes = readings.flatMap(({ glyphs, width }, reading) =>
    glyphs.filter(({ character }) => character.trim() !== '').map((glyph) => ({ at: (glyph.left + glyph.right) / 2 / width, glyph, reading })),
  )
  const steps = readings.flatMap(({ glyphs, width }) =>
    glyphs.slice(1).map((glyph, i) => (glyph.left + glyph.right - glyphs[i]!.left - glyphs[i]!.right) / 2 / width),
  )
  const pitch = median(steps)
  const slots = gather(votes, pitch).map((place) => decide(place, readings.length)).filter(({ character }) => character !== '')
  const sure = slots.filter(({ support }) => support > 0.5 || (support === 0.5 && readings.length > 2))
  const base = sure.length >= 3 ? sure : slots.filter(({ support }) => support >= 0.5)
  const kept = [...base]
  for (const slot of slots) {
    if (kept.includes(slot)) continue
    const before = kept.filter(({ at }) => at < slot.at).toSorted((a, b) => b.at - a.at)[0]
    const after = kept.filter(({ at }) => at > slot.at).toSorted((a, b) => a.at - b.at)[0]
    const isFree = (!before || slot.at - before.at > 0.7 * pitch) && (!after || after.at - slot.at > 0.7 * pitch)
    const isHole = before && after && isFree && after.at - before.at > 1.6 * pitch
    if (isHole && slot.weight * readings.length > 0.25) kept.push(slot)
  }
  kept.sort((a, b) => a.at - b.at)
  return {
    text: kept.map(({ character }) => character).join(''),
    confidence: kept.length ? kept.reduce((sum, { weight }) => sum + Math.min(1, weight), 0) / kept.length : 0,
  }
}
