/** Room between the letters of a value, wide enough for one that was passed over, is a blank where no ink stands in it. */
import { documentFields } from '../../guide/papers.ts'
import type { Rectangle } from '../page.ts'
import type { PaperInHand } from './read-fields.ts'
import { sealsOver } from './read-twice.ts'
import { right } from './text/geometry.ts'
import type { Letter } from './text/letters.ts'
import { gapsOf } from './values/value.ts'

/** How far a letter's ink reaches from where its middle was seen, in characters. */
const wide = 0.5
const narrow = 0.3
/** A letter that was passed over leaves at least this much between its neighbours, in characters. */
const least = 0.15

/** Takes `gap` from values whose gaps are blank; what a text layer lacks may be painted anywhere. */
export function closeGaps(paper: PaperInHand): void {
  for (const { name } of documentFields[paper.form.kind]) {
    const value = paper.values.get(name)
    if (value?.source !== 'ocr' || !value.parts || typeof value.value !== 'string' || !value.evidence.includes('gap')) continue
    if (value.box && sealsOver(paper, value.box).some(({ color }) => color === 'gray')) continue
    const gaps = value.parts.flatMap((part) => gapsOf(part.letters).map((gap) => ({ gap, box: part.box })))
    if (gaps.length > 0 && gaps.every(({ gap, box }) => isBlank(paper, box, gap)))
      paper.values.set(name, { ...value, evidence: value.evidence.filter((one) => one !== 'gap') })
  }
}

function isBlank(paper: PaperInHand, { y, height }: Rectangle, [before, after]: readonly [Letter, Letter]): boolean {
  const em = height / 1.25
  const reach = ({ character }: Letter): number => (/\p{Script=Han}/u.test(character) ? wide : narrow) * em
  const from = (before.left + before.right) / 2 + reach(before)
  const to = (after.left + after.right) / 2 - reach(after)
  if (to - from < least * em) return false
  const strokes = paper.tools.strokesIn({ x: from - em, y, width: to - from + 2 * em, height }, { withoutSeals: true })
  return !strokes.some((stroke) => stroke.x < to && right(stroke) > from && (stroke.height > 0.2 * em || stroke.width > 0.3 * em))
}
