/** Cuts lines into the labels that stand on them and the stretches between, which somebody filled in. */
import type { Rectangle } from '../page.ts'
import { boxOf } from './find-labels.ts'
import type { NamedHit } from './name-hits.ts'
import { bottom, columnOverlap, middleY } from './text/geometry.ts'
import { findOrdinals } from './text/find-ordinals.ts'
import { hintsIn } from './text/hints.ts'
import { textOf, type Letter, type Line } from './text/letters.ts'
import type { Table } from './text/table.ts'

/** A run of letters of one line that is no label. */
export interface Span {
  readonly line: Line
  readonly start: number
  readonly end: number
  readonly letters: readonly Letter[]
  readonly text: string
  readonly box: Rectangle
  readonly em: number
}

/** The stretches between the labels, cut where a line runs over into another cell or a wide gap opens. */
export function cutSpans(lines: readonly Line[], hits: readonly NamedHit[], table: Table): Span[] {
  const spans: Span[] = []
  const tornHints = findTornHints(lines, hits)
  const ordinals = findOrdinals(
    lines,
    hits.map(({ stretches }) => stretches[0]!),
  )
  for (const line of lines) {
    const covered = new Set<number>()
    for (const hit of hits)
      for (const stretch of hit.stretches)
        if (stretch.line === line.index) for (let at = stretch.start; at < stretch.end; at += 1) covered.add(at)
    for (const at of ordinals.get(line.index) ?? []) covered.add(at)
    for (const at of tornHints.get(line) ?? []) covered.add(at)
    for (const hint of hintsIn(line.text)) for (let at = hint.start; at < hint.end; at += 1) covered.add(at)
    let start = 0
    for (let at = 0; at <= line.letters.length; at += 1) {
      const previous = line.letters[at - 1]
      const letter = line.letters[at]
      const cut = !letter || covered.has(at) || (at > start && previous !== undefined && breaksBetween(previous, letter, line, table))
      if (!cut) continue
      if (at > start) push(line, start, at)
      start = letter && covered.has(at) ? at + 1 : at
    }
  }
  return spans.toSorted((one, other) => middleY(one.box) - middleY(other.box) || one.box.x - other.box.x)

  function push(line: Line, from: number, all: number): void {
    // 张三（联系电话：…）: the bracket is opened for the label.
    const to = line.letters[all - 1]?.character === '(' && all < line.letters.length && all - 1 > from ? all - 1 : all
    const letters = line.letters.slice(from, to)
    const text = textOf(letters)
    if (!/[\p{L}\p{N}√☑]/u.test(text)) return
    // 2.6收件人: the numbers of a list and of the form, both before the label.
    if (from === 0 && to < line.letters.length && /^\d{1,2}[.、]$/u.test(text)) return
    spans.push({ line, start: from, end: to, letters, text, box: boxOf(line, from, to), em: line.em })
  }
}

/** Of the lines that a hint of two rows stands on (…室（详细到门, 牌号）), or any bracket right behind a label, its letters. */
function findTornHints(lines: readonly Line[], hits: readonly NamedHit[]): ReadonlyMap<Line, readonly number[]> {
  const found = new Map<Line, readonly number[]>()
  for (const line of lines) {
    const begin = /\([^()]{1,12}$/u.exec(line.text)?.index
    const next = begin === undefined ? undefined : lines.find((other) => other !== line && isRowBelow(line, other))
    const end = next === undefined ? undefined : /^[^()]{1,12}\)/u.exec(next.text)?.[0].length
    if (begin === undefined || !next || end === undefined) continue
    const words = line.text.slice(begin) + next.text.slice(0, end)
    const isOfLabel = hits.some(({ stretches }) => stretches.some((one) => one.line === line.index && one.end === begin))
    if (hintsIn(words).length === 0 && (!isOfLabel || /\d/u.test(words))) continue
    found.set(
      line,
      Array.from({ length: line.letters.length - begin }, (_, at) => begin + at),
    )
    found.set(
      next,
      Array.from({ length: end }, (_, at) => at),
    )
  }
  return found
}

const isRowBelow = (line: Line, other: Line): boolean =>
  other.box.y > line.box.y + 0.5 * line.em && other.box.y - bottom(line.box) < 0.9 * line.em && columnOverlap(line.box, other.box) > 0.5

function breaksBetween(previous: Letter, letter: Letter, line: Line, table: Table): boolean {
  const gap = letter.left - previous.right
  if (gap > 2.5 * line.em) return true
  // Figures that stand in boxes of their own, one in each, are nearer to one another than two numbers.
  if (gap < (previous.isCounted && letter.isCounted ? 1.2 : 0.5) * line.em) return false
  const at = (one: Letter): number | null =>
    table.cellOf({ x: one.left, y: line.box.y, width: one.right - one.left, height: line.box.height })
  const one = at(previous)
  const other = at(letter)
  return one !== null && other !== null && one !== other
}
