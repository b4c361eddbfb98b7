/**
 * From the recognition network's lattice (probabilities of each character at each step along the line) to characters with
 * their place and their rivals. Connectionist temporal classification: class 0 is "nothing here"; a character that stays
 * over several steps is one character (Graves et al. 2006).
 */
import type { Glyph, LatticeStep } from '../page.ts'
import { borrowing, kernels, runKernel, takeWords } from '../pixels/kernels.ts'

/** Rivals kept for each character, and the smallest probability that is worth keeping. */
const rivals = 5
const smallestRival = 0.0005

/** `left` and `step`: where the lattice begins on the page and how many of its pixels one step covers. */
export function decodeCharacters(lattice: Float32Array, dictionary: readonly string[], left: number, step: number): Glyph[] {
  const classes = dictionary.length
  const steps = lattice.length / classes
  const runs: { character: number; from: number; to: number; peak: number; confidence: number }[] = []
  const peaks = takeWords(steps)
  runKernel([lattice], [peaks], (rows, to) => kernels.peaks(rows, steps, classes, to))
  let previous = 0
  for (let at = 0; at < steps; at++) {
    const best = peaks[at]!
    const confidence = lattice[at * classes + best]!
    const run = runs.at(-1)
    if (best !== 0 && best === previous && run) {
      run.to = at
      if (confidence > run.confidence) [run.peak, run.confidence] = [at, confidence]
    } else if (best !== 0) runs.push({ character: best, from: at, to: at, peak: at, confidence })
    previous = best
  }
  return runs.map((run, index): Glyph => {
    const centre = (run.from + run.to + 1) / 2
    // A step's peak says where a character is, not how wide: it reaches half-way to its neighbours, but no farther than 3 steps (24 px of 48).
    const before = runs[index - 1]
    const after = runs[index + 1]
    const reachLeft = Math.min(3, before ? (centre - (before.from + before.to + 1) / 2) / 2 : 3)
    const reachRight = Math.min(3, after ? ((after.from + after.to + 1) / 2 - centre) / 2 : 3)
    const alternatives = rivalsAt(lattice, dictionary, run.peak, run.character)
    return {
      character: dictionary[run.character]!,
      confidence: run.confidence,
      left: left + (centre - reachLeft) * step,
      right: left + (centre + reachRight) * step,
      ...(alternatives.length > 0 ? { alternatives } : {}),
    }
  })
}

function rivalsAt(lattice: Float32Array, dictionary: readonly string[], at: number, winner: number) {
  const row = lattice.subarray(at * dictionary.length, (at + 1) * dictionary.length)
  const found: { character: string; confidence: number }[] = []
  for (const index of listAbove(row, smallestRival))
    if (index !== 0 && index !== winner) found.push({ character: dictionary[index]!, confidence: row[index]! })
  return found.sort((a, b) => b.confidence - a.confidence).slice(0, rivals)
}

/** What a step of the lattice listed as `unlisted` would cost at most: e⁻¹¹ is below what the network tells apart. */
export const unlistedCost = 11
/** A step with nothing in it costs less than this as nothing; steps alike in a row are one, for they say no more. */
const plainBlank = 0.02
/** Characters kept of a step, and the greatest cost worth keeping. */
const mostListed = 8
const greatestCost = 9.2

/** The lattice with what matters of each step. Full-width brackets are told as half-width ones. `left` and `width`: as for `decodeCharacters`. */
export function listLattice(lattice: Float32Array, dictionary: readonly string[], left: number, width: number): LatticeStep[] {
  const classes = dictionary.length
  const least = Math.exp(-greatestCost)
  const steps: LatticeStep[] = []
  let wasPlain = false
  for (let row = 0, index = 0; row < lattice.length; row += classes, index++) {
    const blank = -Math.log(Math.max(1e-5, lattice[row]!))
    const isPlain = blank < plainBlank
    if (isPlain && wasPlain) continue
    wasPlain = isPlain
    const best = costsOf(lattice.subarray(row, row + classes), dictionary, least)
    steps.push({ at: left + (index + 0.5) * width, costs: [['', round(blank)], ...best] })
  }
  return steps
}

/** What the likeliest characters of a step cost, cheapest first. */
function costsOf(row: Float32Array, dictionary: readonly string[], least: number): (readonly [string, number])[] {
  const listed = new Map<string, number>()
  for (const index of listAbove(row, least)) {
    if (index === 0) continue
    const character = halfWidth.get(dictionary[index]!) ?? dictionary[index]!
    listed.set(character, Math.min(listed.get(character) ?? unlistedCost, -Math.log(row[index]!)))
  }
  const best = [...listed].sort((one, other) => one[1] - other[1]).slice(0, mostListed)
  return best.map(([character, cost]) => [character, round(cost)] as const)
}

const halfWidth: ReadonlyMap<string, string> = new Map([
  ['（', '('],
  ['）', ')'],
])
const round = (cost: number): number => Math.round(cost * 100) / 100

/** The places of the probabilities that are at least `least`. */
function listAbove(row: Float32Array, least: number): readonly number[] {
  return borrowing(() => {
    const places = takeWords(row.length)
    let count = 0
    runKernel([row], [places], (from, to) => (count = kernels.listAbove(from, row.length, least, to)))
    const found: number[] = []
    for (let at = 0; at < count; at++) found.push(places[at]!)
    return found
  })
}
