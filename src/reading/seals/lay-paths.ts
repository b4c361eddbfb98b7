import { unlistedCost } from '../engine/decode-characters.ts'
import type { Lattice } from '../page.ts'

/** A step of a lattice as it is asked for every name. */
export interface Step {
  readonly at: number
  readonly costs: ReadonlyMap<string, number>
  /** What it most likely is, `''` for nothing. */
  readonly best: string
  /** Costs of standing outside of the name, and between two of its letters. */
  readonly outside: number
  readonly spare: number
}

/** The ways in which a name can be written along one lattice (connectionist temporal classification, best paths alone). */
export interface Paths {
  readonly steps: readonly Step[]
  /** The least cost of the whole name. */
  readonly cost: number
  /** `before[i][t]`: the least cost of steps 0…t−1 with i letters written; `behind[i][t]`: of steps t… with the letters from i still to come. */
  readonly before: readonly Float64Array[]
  readonly behind: readonly Float64Array[]
  /** Where each letter stands on the best path. */
  readonly angles: readonly number[]
}

/** A Chinese character before or behind the name costs so much more per step than nothing there. */
const stranger = 3

type Costs = ReadonlyMap<string, number>
const costAt = (step: Costs, character: string) => step.get(character) ?? unlistedCost

/** A step outside of the name: nothing, a digit of the seal's number, a shred of its ring; a Chinese character only at a price. */
const outside = (step: Costs): number => {
  let least = unlistedCost
  for (const [character, cost] of step) least = Math.min(least, /\p{Script=Han}/u.test(character) ? cost + stranger : cost)
  return least
}

/** A step between two letters of the name: nothing, or a bracket. */
const spare = (step: Costs): number => Math.min(costAt(step, ''), costAt(step, '('), costAt(step, ')'))

const asked = new WeakMap<readonly Step[], Map<string, Float64Array>>()

/** What writing a character costs at each of the steps. Remembered as long as these: a name and its rivals ask for it at many places. */
export const costsOf = (steps: readonly Step[], character: string): Float64Array => {
  const ofSteps = asked.get(steps) ?? new Map<string, Float64Array>()
  asked.set(steps, ofSteps)
  const costs = ofSteps.get(character) ?? Float64Array.from(steps, (step) => costAt(step.costs, character))
  ofSteps.set(character, costs)
  return costs
}

const known = new WeakMap<Lattice, readonly Step[]>()

/** Remembered as long as the lattice: many names are asked of it. */
export const stepsOf = (lattice: Lattice): readonly Step[] => {
  const steps =
    known.get(lattice) ??
    lattice.map((step) => {
      const costs = new Map(step.costs)
      let best = ''
      for (const [character, cost] of costs) if (cost < costAt(costs, best)) best = character
      return { at: step.at, costs, best, outside: outside(costs), spare: spare(costs) }
    })
  known.set(lattice, steps)
  return steps
}

/** A lattice once more behind its end: an arc that was cut open in the midst of its name. */
export const turnSteps = (steps: readonly Step[]): Step[] => [...steps, ...steps.map((step) => ({ ...step, at: step.at + 2 * Math.PI }))]

export function layPaths(steps: readonly Step[], letters: readonly string[]): Paths {
  const count = steps.length
  const table = () => Array.from({ length: letters.length + 1 }, () => new Float64Array(count + 1).fill(Infinity))
  const before = table()
  const behind = table()
  before[0]![0] = 0
  for (let t = 0; t < count; t++) before[0]![t + 1] = before[0]![t]! + steps[t]!.outside
  behind[letters.length]![count] = 0
  for (let t = count - 1; t >= 0; t--) behind[letters.length]![t] = behind[letters.length]![t + 1]! + steps[t]!.outside
  for (const [i, letter] of letters.entries()) {
    const costs = costsOf(steps, letter)
    let writing = Infinity
    for (let t = 0; t < count; t++) {
      writing = Math.min(writing, before[i]![t]!) + costs[t]!
      before[i + 1]![t + 1] = Math.min(writing, before[i + 1]![t]! + steps[t]!.spare)
    }
  }
  for (let i = letters.length - 1; i >= 0; i--) {
    const costs = costsOf(steps, letters[i]!)
    let writing = Infinity
    for (let t = count - 1; t >= 0; t--) {
      writing = Math.min(writing, behind[i + 1]![t + 1]!) + costs[t]!
      behind[i]![t] = Math.min(writing, behind[i]![t + 1]! + steps[t]!.spare)
    }
  }
  const cost = Math.min(...before[letters.length]!.map((sum, t) => sum + behind[letters.length]![t]!))
  // A letter stands at the step where writing it costs the whole path the least.
  const angles = letters.map((letter, i) => {
    const costs = costsOf(steps, letter)
    let [best, angle] = [Infinity, 0]
    for (let t = 0; t < count; t++) {
      const whole = before[i]![t]! + costs[t]! + behind[i + 1]![t + 1]!
      if (whole < best) [best, angle] = [whole, steps[t]!.at]
    }
    return angle
  })
  return { steps, cost, before, behind, angles }
}
