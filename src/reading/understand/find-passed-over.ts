/**
 * A character inside a run of Chinese ones that the recogniser passed over: it sees the neighbours nearer to the gap than they stand,
 * so that no ink is left beside them; but the glyphs of the run are one more than its letters.
 */
import type { Rectangle } from '../page.ts'
import { isSharedOut, type SeenLetter } from './share-out-ink.ts'
import { middleX, right } from './text/geometry.ts'

/** How far from the outermost letters' middles their own ink has its middle, and other ink that may be a neighbour's. */
const within = 0.5
const own = 0.3
/** What reaches farther than this beyond the outermost letters is joined to something else; blur joins no more letters than `widest`. */
const beyond = 0.9
const widest = 3.2
/** Two glyphs of a run may touch; what stands above one another overlaps by more. */
const overlap = 0.08
const hairline = 0.06

/** The neighbours of a character that was passed over. */
export interface PassedOver {
  readonly before: SeenLetter
  readonly after: SeenLetter
}

/** In letters of one line, in their order; null where all ink between them is theirs. `size` is about a character's height in pixels. */
export function findPassedOver(row: readonly SeenLetter[], strokes: readonly Rectangle[], size: number): PassedOver | null {
  const ink = strokes.filter(({ width }) => width >= hairline * size)
  const run = runsOf(row).find((one) => one.length > 1 && leavesGlyphOver(one, ink, size))
  if (!run) return null
  // However near they were seen, no others of the run stand so far apart.
  const pairs = run.slice(1).map((after, at) => ({ before: run[at]!, after }))
  return pairs.toSorted((one, other) => other.after.middle - other.before.middle - (one.after.middle - one.before.middle))[0]!
}

function leavesGlyphOver(run: readonly SeenLetter[], strokes: readonly Rectangle[], about: number): boolean {
  const [from, to] = [run[0]!.middle, run.at(-1)!.middle]
  const inside = strokes.filter((stroke) => middleX(stroke) > from - within * about && middleX(stroke) < to + within * about)
  const size = sizeOf(inside, about)
  const pieces = inside.filter(
    (stroke) => stroke.width <= widest * size && stroke.x > from - beyond * size && right(stroke) < to + beyond * size,
  )
  const isFromFirst = (stroke: Rectangle): boolean => middleX(stroke) >= from - own * size
  const isToLast = (stroke: Rectangle): boolean => middleX(stroke) <= to + own * size
  // What stands at the ends may be the neighbour's.
  const choices = [pieces, pieces.filter(isFromFirst), pieces.filter(isToLast), pieces.filter((one) => isFromFirst(one) && isToLast(one))]
  return pieces.length > 0 && !choices.some((some) => isSharedOut(some, run, size, -overlap))
}

/** The largest glyph tells the size of the others better than the box of their line. */
function sizeOf(strokes: readonly Rectangle[], about: number): number {
  const sides = strokes.flatMap(({ width, height }) => (width < 1.25 * about ? [width, height] : [height]))
  return Math.min(1.2 * about, Math.max(0.75 * about, 1.1 * Math.max(...sides)))
}

/** Chinese characters that follow one another. */
function runsOf(row: readonly SeenLetter[]): SeenLetter[][] {
  const runs: SeenLetter[][] = [[]]
  for (const letter of row) {
    if (/\p{Script=Han}/u.test(letter.character)) runs.at(-1)!.push(letter)
    else runs.push([])
  }
  return runs
}
