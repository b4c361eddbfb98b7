/**
 * A value that is too long for its line is often begun above it, by pens and by programs that set it on the line's foot: then the label
 * stands level with its last row. What goes on downwards is claimed with the rest.
 */
import type { Claims } from './claim-values.ts'
import type { Span } from './cut-spans.ts'
import type { NamedHit } from './name-hits.ts'
import { bottom, middleX, middleY, right, rowOverlap } from './text/geometry.ts'
import { textOf } from './text/letters.ts'
import { lengthOfRegion } from './values/regions.ts'
import { dictionaryOf, endsAsEnterprise } from './values/texts.ts'
import { isWholeNumber } from './values/wrapped-numbers.ts'

/** In characters: how far above it stands at most, and how much further left or right it begins. */
const [near, aside] = [0.9, 1.3]
/** A label in the middle of a value that a narrow room wraps has so many rows of it above at most. */
const mostRows = 4
/** The label and its row share so much of their height. */
const level = 0.3

const words = (spans: readonly Span[]): string => textOf(spans.flatMap(({ letters }) => letters))

/** The stretch without what ends the label: its colon, and the bracket before it. */
function withoutColon(span: Span): Span {
  const from = span.letters.findIndex(({ character }) => !/[):;.]/u.test(character))
  if (from <= 0) return span
  const letters = span.letters.slice(from)
  const { left } = letters[0]!
  return {
    ...span,
    start: span.start + from,
    letters,
    text: textOf(letters),
    box: { ...span.box, x: left, width: Math.max(1, right(span.box) - left) },
  }
}

/** Whether the row above is the begin of the value, which cannot begin as it does. */
const isBegin: readonly (readonly [fields: RegExp, is: (above: string, own: string, field: string) => boolean])[] = [
  [/address/iu, (above, own) => lengthOfRegion(above) > 0 && lengthOfRegion(own) === 0],
  [/idNumber$/u, (above, own) => !isWholeNumber(own, 'id-number') && isWholeNumber(above + own, 'id-number')],
  [/[pP]hone$|fax$/u, (above, own) => !isWholeNumber(own, 'phone') && isWholeNumber(above + own, 'phone')],
  [/^uscc$|^taxpayerId$/u, (above, own) => !isWholeNumber(own, 'uscc') && isWholeNumber(above + own, 'uscc')],
  [/^enterpriseName$|^invoiceTitle$/u, (above, own) => !endsAsEnterprise(above) && endsAsEnterprise(own) && lengthOfRegion(own) === 0],
  // 台湾居民来往大陆通行 above 证.
  [/idType$/u, (above, own, field) => dictionaryOf(field)!.has(above + own) && !dictionaryOf(field)!.has(own)],
]

/** What no label claims is looked at, and what labels without a field of their own do, as the heading of the part. */
export function takeRowsAbove({ byHit, free }: Claims, hits: readonly NamedHit[]): Claims {
  const whole = new Map(byHit)
  const taken = new Set<Span>()
  const loose = [...free, ...[...byHit].filter(([hit]) => hit.field === null).flatMap(([, own]) => own)]
  for (const [hit, own] of byHit) {
    const is = isBegin.find(([fields]) => hit.field !== null && fields.test(hit.field))?.[1]
    if (!is || !own[0]) continue
    let value: readonly Span[] = [withoutColon(own[0]), ...own.slice(1)]
    for (let rows = 0; rows < mostRows; rows += 1) {
      const first = value[0]!
      const above = rowAbove(hit, first, loose, hits)
      if (above.length === 0 || !is(words(above), words(value), hit.field!)) break
      // The label stands level with the row that it was found with, or half way between that and the one above.
      const isBetween = middleY(hit.box) > middleY(above[0]!.box) && middleY(hit.box) < middleY(first.box)
      if (rows === 0 && rowOverlap(hit.box, first.box) < level && !isBetween) break
      value = [...above, ...value]
      whole.set(hit, value)
      for (const span of above) taken.add(span)
    }
  }
  if (taken.size === 0) return { byHit, free }
  const left = (spans: readonly Span[]): readonly Span[] => spans.filter((span) => !taken.has(span))
  return { byHit: new Map([...whole].map(([hit, own]) => [hit, hit.field === null ? left(own) : own])), free: left(free) }
}

/** The row right above that begins where this one does and reaches as far at least; nothing where a label stands before it. */
function rowAbove(hit: NamedHit, first: Span, loose: readonly Span[], hits: readonly NamedHit[]): readonly Span[] {
  const begin = loose.find(
    ({ box, em }) =>
      first.box.y - bottom(box) < near * first.em &&
      first.box.y - bottom(box) > -0.6 * first.em &&
      (Math.abs(box.x - first.box.x) < aside * first.em || Math.abs(middleX(box) - middleX(first.box)) < 0.5 * first.em) &&
      em < 1.5 * first.em &&
      first.em < 1.5 * em,
  )
  if (!begin || begin.box.x < right(hit.box) - aside * first.em) return []
  if (hits.some(({ box }) => rowOverlap(box, begin.box) > 0.5 && box.x < begin.box.x)) return []
  const row = loose
    .filter(({ box }) => box.x >= begin.box.x && rowOverlap(box, begin.box) > 0.5)
    .toSorted((one, other) => one.box.x - other.box.x)
  return right(row.at(-1)!.box) >= right(first.box) - first.em ? row : []
}
