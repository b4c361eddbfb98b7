/** The lines of a page, level and upright: dark ones, and where it has thin or grey ones these too; without dirt of the glass. */
import type { Plane } from '../pixels/plane.ts'
import { findRules, type Rule } from './find-rules.ts'
import { faintest, traceAt } from './trace-line.ts'

/** The least darkness of a line where some are thin or grey: of a line that falls between two rows of pixels each has half. */
const thinnest = 20
/** A line of a table that is no darker than this on average is a faint one. */
const mostFaint = 80

/** The path of a line that goes on to both edges of the page may be broken by so many pixels. */
const mostBroken = 12
/** So far from its edge a page may have been cut, as a share of it. */
const edge = 0.01

/**
 * Whether a line goes on to both edges of the page: dirt on a scanner's glass or a fold, not a rule of a form. It is followed, for
 * it bends where a slanting page was set straight.
 */
const isStreak = (plane: Plane, { start, heights }: Rule, least: number): boolean => {
  // Print that it crosses may have bent its ends: its middle tells where it is.
  const middle = heights.length >> 1
  return [-1, 1].every((direction) => reachesEdge(plane, start + middle, heights[middle]!, direction, least, middle))
}

/** What is as dark as a faint line comes and goes on noisy ground: a faint streak has ink on so much of its way beyond the line. */
const mostlyStreak = 0.8

const reachesEdge = (plane: Plane, start: number, level: number, direction: number, least: number, own: number): boolean => {
  const { width, height, data } = plane
  let row = Math.round(level)
  let [broken, hits, steps] = [0, 0, 0]
  const margin = Math.round(edge * width)
  for (let x = start + direction; x > margin && x < width - 1 - margin; x += direction) {
    const on = [row, row - 1, row + 1].find((near) => near >= 0 && near < height && data[near * width + x]! >= least)
    if (on === undefined && (broken += 1) > mostBroken) return false
    const isBeyond = Math.abs(x - start) > own
    steps += Number(isBeyond)
    if (on === undefined) continue
    if (isBeyond && traceAt(plane, x, on).both >= least / 2) hits++
    row = on
    broken = 0
  }
  return least >= faintest || hits >= mostlyStreak * steps
}

/** How dark a line is on average. */
const darknessOf = ({ width, data }: Plane, { start, heights }: Rule): number =>
  heights.reduce((sum, height, i) => {
    const at = Math.round(height) * width + start + i
    return sum + Math.max(data[at - width] ?? 0, data[at]!, data[at + width] ?? 0)
  }, 0) / heights.length

/** Whether a line is long enough to be no stroke of print, and faint. */
const isFaint = (plane: Plane, rule: Rule, unit: number): boolean => rule.heights.length >= 20 * unit && darknessOf(plane, rule) < mostFaint

/** The share of a line that is one of the others. */
const shareOf = ({ start, heights }: Rule, others: readonly Rule[]): number => {
  let shared = 0
  for (let i = 0; i < heights.length; i += 4)
    if (others.some((other) => Math.abs((other.heights[start + i - other.start] ?? Infinity) - heights[i]!) < 2.5)) shared += 4
  return shared / heights.length
}
/** A line is one of the others from end to end, or in part. */
const [whole, part] = [0.97, 0.3]

/** The lines of a page, and how dark they are at least: where some are faint, all are sought down to that. Streaks are left out. */
export const findLines = (black: Plane, turned: Plane, unit: number): { least: number; level: Rule[]; upright: Rule[] } => {
  const find = (plane: Plane, shortest: number, least: number) => findRules(plane, Math.round(shortest * unit), least)
  const dark = { level: find(black, 7, faintest), upright: find(turned, 4.5, faintest) }
  const withoutStreaks = (plane: Plane, rules: readonly Rule[], least: number) => rules.filter((rule) => !isStreak(plane, rule, least))
  if (!dark.level.some((rule) => isFaint(black, rule, unit)) && !dark.upright.some((rule) => isFaint(turned, rule, unit)))
    return {
      least: faintest,
      level: withoutStreaks(black, dark.level, faintest),
      upright: withoutStreaks(turned, dark.upright, faintest),
    }
  // A line that runs into print or a seal may be lost among their fainter strokes.
  const all = (plane: Plane, shortest: number, known: readonly Rule[]) => {
    // Strokes of print below each other, which nothing but their blur joins, are dark.
    const isThin = (rule: Rule): boolean => darknessOf(plane, rule) < mostFaint || shareOf(rule, known) > part
    const thin = find(plane, shortest, thinnest).filter(isThin)
    return withoutStreaks(plane, [...thin, ...known.filter((rule) => shareOf(rule, thin) < whole)], thinnest)
  }
  return { least: thinnest, level: all(black, 7, dark.level), upright: all(turned, 4.5, dark.upright) }
}
