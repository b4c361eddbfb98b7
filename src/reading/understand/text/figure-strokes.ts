/** The strokes of figures: a printed or written figure is one stroke of ink that hangs together, as a rule. */
import type { PageTools, Rectangle } from '../../page.ts'
import { join, middleX, right } from './geometry.ts'
import type { Letter, Line } from './letters.ts'

/** Ink counts from half-way between the paper and the darkest: what touches only by its blur is two. */
export const depth = 0.5
/** What is left of a thin face's hairlines shows from here on. */
export const paleDepth = 0.2
/** Two figures that touch are wider, in characters; one is 0.5 of one in most faces. */
export const widestFigure = 0.68
/** No bar of a figure is so thin, in characters. */
const hairline = 0.1

/** Characters of a line that are all figures, or all others, and those on both sides. */
export interface Run {
  readonly letters: readonly Letter[]
  readonly isFigures: boolean
  readonly before: Letter | undefined
  readonly after: Letter | undefined
}

/** Strokes of the line that may be figures, from left to right; the pieces of a broken one joined. */
export function tallStrokes(line: Line, tools: PageTools, box = line.box, share = depth): Rectangle[] {
  const joined: Rectangle[] = []
  // A rule at the edge of the line, or what lies around it, is no piece of any of them.
  // A piece of a rule to write on is longer than the bar of any figure, and would hold together those above it.
  const isRule = ({ width, height }: Rectangle): boolean => height < hairline * line.em && width > widestFigure * line.em
  const near = tools.strokesIn(box, { depth: share, withoutSeals: true }).filter((stroke) => stroke.width < 2 * line.em && !isRule(stroke))
  for (const stroke of near.toSorted((one, other) => one.x - other.x)) {
    const last = joined.at(-1)
    const shared = last ? Math.min(right(last), right(stroke)) - stroke.x : 0
    if (last && shared > 0.5 * Math.min(last.width, stroke.width)) joined[joined.length - 1] = join([last, stroke])
    else joined.push(stroke)
  }
  return joined.filter(({ width, height }) => height > 0.35 * line.em && height < 0.97 * box.height && width < 2 * line.em)
}

/** A character of words is at most so high for the figures beside it: half of it, and a little more, is what lies around its middle. */
const reachOfHeight = 0.8

/** Those between the characters on both sides of the run. */
export function strokesOf(run: Run, line: Line, strokes: readonly Rectangle[]): Rectangle[] {
  // A line cut with room to spare seems to have larger characters than it has: the figures tell how large they are.
  const isOn = (stroke: Rectangle): boolean => run.letters.some((letter) => letter.left < middleX(stroke) && letter.right > middleX(stroke))
  const height = median(strokes.filter(isOn).map((stroke) => stroke.height)) || line.em
  const reach = Math.min(0.55 * line.em, reachOfHeight * height)
  const from = run.before ? (run.before.left + run.before.right) / 2 + reach : -Infinity
  const to = run.after ? (run.after.left + run.after.right) / 2 - reach : Infinity
  const near = strokes.filter((stroke) => middleX(stroke) > from && middleX(stroke) < to)
  // A speck, or a piece of a seal or of the next character, is not as high as the figures.
  const usual = median(near.map((stroke) => stroke.height))
  return near.filter((stroke) => stroke.height > 0.7 * usual)
}

/** Two figures that touch are twice as wide as one; a 1 is narrower than the others, so the others tell. */
export function countOf(strokes: readonly Rectangle[]): number {
  if (strokes.length < 3) return strokes.length
  const width = median(strokes.map((stroke) => stroke.width))
  const pitch = median(strokes.slice(1).map((stroke, at) => middleX(stroke) - middleX(strokes[at]!)))
  return strokes.reduce((sum, stroke) => sum + (stroke.width > 1.7 * width ? Math.round((stroke.width + pitch - width) / pitch) : 1), 0)
}

export const median = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0
