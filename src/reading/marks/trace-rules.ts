/** The ruled lines of a page: long thin runs of ink, followed over tilt, bends and small breaks. */
import type { InkMask } from './mark-ink.ts'

/** A line across (or down) the page: where it stands at each step along it. */
export interface Rule {
  readonly start: number
  readonly end: number
  /** Position across the line every `step` pixels from `start`, in pixels. */
  readonly course: readonly number[]
  /** How much of its length there is ink, in pixels. */
  readonly drawn: number
}

/** Pixels between two points of a course. */
export const courseStep = 12

interface Strand {
  start: number
  end: number
  /** The positions across that were met at each step along. */
  readonly met: Map<number, readonly [sum: number, count: number, least: number, most: number]>
  lastAcross: number
  lastStart: number
  lastEnd: number
}

/** More than this is no form but a screen or a hostile picture. */
const mostRuns = 60_000

/**
 * Rules that run along the rows (`across: false`) or the columns of the mask, at least `shortest` pixels long.
 * A run needs `piece` pixels in one row: at 1.5° a rule of 3 pixels stays in a row for 100.
 */
export function traceRules(mask: InkMask, { down, piece, shortest }: { down: boolean; piece: number; shortest: number }): Rule[] {
  const [length, lanes] = down ? [mask.height, mask.width] : [mask.width, mask.height]
  const [alongStep, laneStep] = down ? [mask.width, 1] : [1, mask.width]
  const { data } = mask
  const open: Strand[] = []
  const finished: Strand[] = []
  let runs = 0
  for (let lane = 0; lane < lanes; lane++) {
    for (let at = 0; at < length; ) {
      if (data[lane * laneStep + at * alongStep] === 0) {
        at++
        continue
      }
      const start = at
      let end = at
      // Fax noise and worn print break a line for a pixel or two.
      for (let blank = 0; at < length && blank <= 2; at++) {
        if (data[lane * laneStep + at * alongStep] === 1) {
          end = at
          blank = 0
        } else blank++
      }
      if (end - start + 1 < piece) continue
      if (++runs > mostRuns) return []
      addRun(open, lane, start, end)
    }
    for (let index = open.length - 1; index >= 0; index--)
      if (lane - open[index]!.lastAcross > 3) finished.push(...open.splice(index, 1))
  }
  finished.push(...open)
  return joinBroken(finished.filter(isRule).map(smooth), shortest)
}

/** A run continues the strand whose latest run it touches, or begins one. */
function addRun(open: Strand[], lane: number, start: number, end: number): void {
  const strand = open.find((one) => start <= one.lastEnd + 3 && end >= one.lastStart - 3 && (start <= one.end + 3 && end >= one.start - 3))
  const into = strand ?? { start, end, met: new Map(), lastAcross: lane, lastStart: start, lastEnd: end }
  if (!strand) open.push(into)
  into.start = Math.min(into.start, start)
  into.end = Math.max(into.end, end)
  if (into.lastAcross === lane) {
    into.lastStart = Math.min(into.lastStart, start)
    into.lastEnd = Math.max(into.lastEnd, end)
  } else {
    into.lastAcross = lane
    into.lastStart = start
    into.lastEnd = end
  }
  for (let step = Math.floor(start / courseStep); step <= Math.floor(end / courseStep); step++) {
    const [sum, count, least] = into.met.get(step) ?? [0, 0, lane]
    into.met.set(step, [sum + lane, count + 1, least, lane])
  }
}

/** A row of letters makes runs too, but thick and restless ones. */
function isRule({ start, end, met }: Strand): boolean {
  const steps = [...met.values()]
  const thin = steps.filter(([, , least, most]) => most - least <= 5).length
  if (thin < steps.length * 0.7 || steps.length < ((end - start) / courseStep) * 0.7) return false
  const { course } = smooth({ start, end, met })
  let unrest = 0
  for (let at = 2; at < course.length; at++) unrest += Math.min(4, Math.abs(course[at]! - 2 * course[at - 1]! + course[at - 2]!))
  return course.length < 4 || unrest / (course.length - 2) < 0.9
}

function smooth({ start, end, met }: Pick<Strand, 'start' | 'end' | 'met'>): Rule {
  const course: number[] = []
  let last = 0
  for (let step = Math.floor(start / courseStep); step <= Math.floor(end / courseStep); step++) {
    const found = met.get(step)
    if (found) last = found[0] / found[1]
    course.push(last)
  }
  return { start, end, course, drawn: end - start + 1 }
}

/** Pieces of one rule, one after the other on one course, are one rule. The sides of check boxes below one another are not: half of it is missing. */
function joinBroken(pieces: Rule[], shortest: number): Rule[] {
  const rules: Rule[] = []
  for (const piece of pieces.toSorted((a, b) => a.start - b.start)) {
    const before = rules.findLast((rule) => {
      const drift = Math.abs(rule.course.at(-1)! - piece.course[0]!)
      return piece.start > rule.end - courseStep && piece.start - rule.end <= shortest && drift <= 2.5
    })
    if (!before) {
      rules.push(piece)
      continue
    }
    const steps = Math.floor(piece.start / courseStep) - Math.floor(before.end / courseStep) - 1
    const [from, to] = [before.course.at(-1)!, piece.course[0]!]
    const bridge = Array.from({ length: Math.max(0, steps) }, (_, index) => from + ((to - from) * (index + 1)) / (steps + 1))
    const tail = steps < 0 ? piece.course.slice(-steps) : piece.course
    rules[rules.indexOf(before)] = { start: before.start, end: Math.max(before.end, piece.end), drawn: before.drawn + piece.drawn, course: [...before.course, ...bridge, ...tail] }
  }
  return rules.filter(({ start, end, drawn }) => end - start + 1 >= shortest && drawn > (end - start) * 0.72)
}
