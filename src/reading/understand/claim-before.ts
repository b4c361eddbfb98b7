/** A sheet may have its labels behind the lines that are written on, at their right: then every value stands before its label. */
import type { FieldType } from '../../guide/papers.ts'
import { tells } from './claim-above.ts'
import type { Span } from './cut-spans.ts'
import type { NamedHit } from './name-hits.ts'
import { right, rowOverlap } from './text/geometry.ts'

/** So many values that no other field's look like stand before their labels on such a sheet, and more than behind labels. */
const fewest = 2
/** In heights of the label: what begins that far left of it is still its line. */
const widest = 50

/** What each label of such a sheet has before it; none on any other sheet. */
export function claimBefore(
  hits: readonly NamedHit[],
  spans: readonly Span[],
  typeOf: (field: string) => FieldType,
): ReadonlyMap<NamedHit, readonly Span[]> {
  const before = new Map<NamedHit, readonly Span[]>()
  let [fitBefore, fitBehind] = [0, 0]
  for (const hit of hits) {
    if (hit.field === null || hit.label.block) continue
    const { box, field } = hit
    const row = hits.filter((other) => other !== hit && rowOverlap(other.box, box) > 0.5)
    const from = Math.max(box.x - widest * box.height, ...row.filter((other) => other.box.x < box.x).map((other) => right(other.box)))
    const until = Math.min(Infinity, ...row.filter((other) => other.box.x > box.x).map((other) => other.box.x))
    const level = spans.filter((span) => rowOverlap(span.box, box) > 0.5)
    const isOfLine = ({ line }: Span): boolean => hit.stretches.some((stretch) => stretch.line === line.index)
    const own = level.filter((span) => span.box.x > from && right(span.box) < box.x + 0.5 * span.em && !isOfLine(span))
    const behind = level.filter((span) => span.box.x > right(box) - 0.5 * span.em && right(span.box) < until)
    const fits = (all: readonly Span[]): boolean => all.some(({ text }) => tells(text, field, typeOf))
    fitBehind += Number(fits(behind))
    // Elsewhere a row begins with a label, and what stands before the next one is its value.
    const first = Math.min(...row.map((other) => other.box.x), box.x)
    if (own.length === 0 || behind.length > 0 || !level.some((span) => span.box.x < first)) continue
    fitBefore += Number(fits(own))
    before.set(hit, own)
  }
  return fitBefore >= fewest && fitBefore > fitBehind ? before : new Map()
}
