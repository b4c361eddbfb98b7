/** The numbers that a form gives its places: 2.联系电话, （二）经办人, ③*收件人. They are no part of the value before them. */
import type { Stretch } from '../find-labels.ts'
import type { Line } from './letters.ts'

/** With a sign that makes it one, and the box of an option; a ring's figure is kept without its ring. */
const signed = /(?:\([\d一二三四五六七八九十]{1,3}\)|(?<!\d)[\d一二三四五六七八九十]{1,2}[.、)]|[①-⒛])[□☐○〇]?\*?$/u
const bare = /(?<!\d)\d{1,2}\*?$/u
/** Figures without a sign are such numbers where so many labels have each a higher one than the label before, or each begin a line with one. */
const leastOfSeries = 3

/** Of each line the letters of such numbers right before labels, which begin at the `stretches` in reading order. */
export function findOrdinals(lines: readonly Line[], stretches: readonly Stretch[]): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>()
  const cover = ({ line, start }: Stretch, length: number): void => {
    const at = Array.from({ length }, (_, place) => start - length + place)
    found.set(line, [...(found.get(line) ?? []), ...at])
  }
  const series: { readonly stretch: Stretch; readonly text: string }[] = []
  for (const stretch of stretches) {
    const before = lines.find(({ index }) => index === stretch.line)?.text.slice(0, stretch.start) ?? ''
    const ordinal = signed.exec(before)?.[0]
    const text = bare.exec(before)?.[0]
    if (ordinal) cover(stretch, Array.from(ordinal).length)
    else if (text) series.push({ stretch, text })
  }
  const rising = series.every(({ text }, at) => at === 0 || Number.parseInt(text, 10) > Number.parseInt(series[at - 1]!.text, 10))
  // What recognisers make of figures in rings is no series: ⑤ as 3.
  const leading = series.filter(({ stretch, text }) => stretch.start === text.length)
  const own = rising ? series : leading
  if (own.length >= leastOfSeries) for (const { stretch, text } of own) cover(stretch, text.length)
  return found
}
