/** A sheet may have its labels below the lines that are written on, as places for signatures have: then every value stands above its label. */
import type { FieldType } from '../../guide/papers.ts'
import type { Span } from './cut-spans.ts'
import type { NamedHit } from './name-hits.ts'
import { rowsOf, standsLevel } from './rooms-below.ts'
import { bottom, middleX, middleY } from './text/geometry.ts'
import { mayBe } from './values/normalise.ts'
import { lengthOfRegion } from './values/regions.ts'
import { endsAsEnterprise } from './values/texts.ts'

/** What no other field's value looks like: so many of them above their labels, and so many times those below, tell such a sheet. */
const telling = new Set<FieldType>(['uscc', 'phone', 'id-number', 'date', 'card-number', 'list'])
const [fewest, times] = [2, 2]
/** Rows of one value are not parted by more, in characters. */
const wrapped = 0.9

/** The row right above the label with those that it goes on from: a heading stands further off. */
function lastRows(spans: readonly Span[]): readonly Span[] {
  let top = Math.max(...spans.map(({ box }) => middleY(box)))
  const kept = new Set<Span>()
  for (const span of spans.toSorted((one, other) => middleY(other.box) - middleY(one.box))) {
    if (top - bottom(span.box) > wrapped * span.em) break
    kept.add(span)
    top = Math.min(top, span.box.y)
  }
  return spans.filter((span) => kept.has(span))
}

export function tells(text: string, field: string, typeOf: (field: string) => FieldType): boolean {
  if (field === 'enterpriseName') return endsAsEnterprise(text) && text.length > 4
  if (/address/iu.test(field)) return lengthOfRegion(text) > 0
  return telling.has(typeOf(field)) && mayBe(text, typeOf(field)) && /\d{4}/u.test(text)
}

const mostStray = 3

/** In heights of the label. */
const near = 3.5

/** What each label of such a sheet has above it; none on any other sheet. */
export function claimAbove(
  hits: readonly NamedHit[],
  spans: readonly Span[],
  typeOf: (field: string) => FieldType,
): ReadonlyMap<NamedHit, readonly Span[]> {
  // Amid what a file tells, a little that is seen alone is of words across the page.
  const isTyped = spans.filter(({ line }) => line.source === 'text-layer').length > 0.7 * spans.length
  const isStray = ({ line, letters }: Span): boolean => isTyped && line.source === 'ocr' && letters.length <= mostStray
  const rows = rowsOf(hits.filter(({ field, label }) => field !== null && !label.block)).filter(
    (row) => !spans.some((span) => !isStray(span) && standsLevel(row, span)),
  )
  const above = new Map<NamedHit, readonly Span[]>()
  let [fitAbove, fitBelow] = [0, 0]
  for (const row of rows) {
    const top = Math.max(0, ...hits.map(({ box }) => bottom(box)).filter((y) => y <= row[0]!.box.y))
    const low = Math.min(Infinity, ...hits.map(({ box }) => box.y).filter((y) => y >= bottom(row[0]!.box)))
    for (const [at, hit] of row.entries()) {
      const [before, after] = [row[at - 1], row[at + 1]]
      const isInRoom = ({ box }: Span): boolean =>
        (!before || middleX(box) > (middleX(before.box) + middleX(hit.box)) / 2) &&
        (!after || middleX(box) < (middleX(after.box) + middleX(hit.box)) / 2)
      const own = spans.filter(
        (span) =>
          isInRoom(span) &&
          middleY(span.box) > top &&
          middleY(span.box) < hit.box.y &&
          hit.box.y - bottom(span.box) < near * hit.box.height,
      )
      const below = spans.filter(
        (span) =>
          isInRoom(span) &&
          middleY(span.box) < low &&
          middleY(span.box) > bottom(hit.box) &&
          span.box.y - bottom(hit.box) < near * hit.box.height,
      )
      const nearest = lastRows(own)
      if (nearest.length > 0) above.set(hit, nearest)
      const fits = (all: readonly Span[]): boolean => all.some(({ text }) => tells(text, hit.field!, typeOf))
      fitAbove += Number(fits(nearest))
      fitBelow += Number(fits(below))
    }
  }
  return fitAbove >= fewest && fitAbove > times * fitBelow ? above : new Map()
}
