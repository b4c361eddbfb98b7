/** Room between the letters of a value, wide enough for one that was passed over, is a blank where no ink stands in it. */
import { documentFields } from '../../guide/papers.ts'
import type { Rectangle } from '../page.ts'
import type { PaperInHand } from './read-fields.ts'
import { sealsOver } from './read-twice.ts'
import { middleX, right } from './text/geometry.ts'
import type { Letter } from './text/letters.ts'
import { gapsOf } from './values/value.ts'

/** How far a letter's ink reaches from where its middle was seen, in characters. */
const wide = 0.5
const narrow = 0.3
/** A letter that was passed over leaves at least this much between its neighbours, in characters. */
const least = 0.15
/** No letter is wider. */
const widest = 1.2

/** Takes `gap` from values whose gaps are blank; what a text layer lacks may be painted anywhere. */
export function closeGaps(paper: PaperInHand): void {
  for (const { name } of documentFields[paper.form.kind]) {
    const value = paper.values.get(name)
    if (value?.source !== 'ocr' || !value.parts || typeof value.value !== 'string' || !value.evidence.includes('gap')) continue
    if (value.box && sealsOver(paper, value.box).some(({ color }) => color === 'gray')) continue
    const gaps = value.parts.flatMap(({ letters, box }) => gapsOf(letters).map((gap) => ({ gap, box, em: sizeOf(letters, box) })))
    if (gaps.length > 0 && gaps.every(({ gap, box, em }) => isBlank(paper, box, em, gap)))
      paper.values.set(name, { ...value, evidence: value.evidence.filter((one) => one !== 'gap') })
  }
}

/** About the width of a character: condensed print is higher than wide. */
function sizeOf(letters: readonly Letter[], { height }: Rectangle): number {
  const middles = letters.flatMap(({ character, left, right: end }) => (/\p{Script=Han}/u.test(character) ? (left + end) / 2 : []))
  const steps = middles.slice(1).map((middle, at) => middle - middles[at]!)
  return Math.min(height / 1.25, steps.toSorted((one, other) => one - other)[steps.length >> 1] ?? Infinity)
}

function isBlank(paper: PaperInHand, { y, height }: Rectangle, em: number, [before, after]: readonly [Letter, Letter]): boolean {
  const reach = ({ character }: Letter): number => (/\p{Script=Han}/u.test(character) ? wide : narrow) * em
  const from = (before.left + before.right) / 2 + reach(before)
  const to = (after.left + after.right) / 2 - reach(after)
  if (to - from < least * em) return false
  const strokes = paper.tools.strokesIn({ x: from - em, y, width: to - from + 2 * em, height }, { withoutSeals: true })
  // The ends of the letters on both sides may reach into it; what stands there has its middle in it, or hangs together with one of them.
  const isThere = (stroke: Rectangle): boolean =>
    stroke.x < to && right(stroke) > from && ((middleX(stroke) > from && middleX(stroke) < to) || stroke.width > widest * em)
  return !strokes.some((stroke) => isThere(stroke) && (stroke.height > 0.2 * em || stroke.width > 0.3 * em))
}
