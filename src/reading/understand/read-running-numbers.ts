/** Cards' numbers in a running paragraph of options: 2.□企业基本信息变更（卡号：8600…）；3.补卡□法人卡. */
import type { ServiceCode } from '../../guide/papers.ts'
import type { Rectangle } from '../page.ts'
import { cardNumberLabels, optionHeads, sharedOptions } from './forms/tick-options.ts'
import { valueOfSpans, type PaperInHand } from './read-fields.ts'
import { isWithoutInk } from './see-blank-room.ts'
import { middleX, right } from './text/geometry.ts'
import { textOf, type Letter } from './text/letters.ts'
import { lengthOfOrdinal } from './text/next-ordinal.ts'
import { openTable } from './text/table.ts'
import type { OptionInLine } from './tick-brackets.ts'
import type { UnrolledOptions } from './unroll-options.ts'
import type { ReadValue } from './values/value.ts'

export interface RunningNumber {
  readonly service: ServiceCode
  /** Null where nothing, or nothing like a number, stands between its label and the next item. */
  readonly value: ReadValue
}

/** No card's number has fewer figures: one or two are the number of the next item. */
export const fewestFigures = 5
/** In characters: behind a number, room as wide as this ends it. */
const widest = 3

const boxSign = /[□☐○〇◯☑☒√✓■●◉口]/u
const ends = /[:;,，。、()\]]/u

/** The number of each option that asks for one. */
export function readRunningNumbers(
  paper: PaperInHand,
  row: UnrolledOptions,
  options: readonly (OptionInLine & { readonly value: ServiceCode })[],
): RunningNumber[] {
  const { letters, em } = row.page.lines[0]!
  const labels = cardNumberLabels.flatMap((text) => row.find(text)).map(({ stretches }) => stretches[0]!)
  const heads = [...optionHeads, ...sharedOptions]
    .flatMap(({ texts }) => texts.flatMap((text) => row.find(text)))
    .map(({ stretches }) => stretches[0]!)
  const starts = [...options.map(({ stretch }) => stretch), ...heads].map(({ start }) => start)
  const boxes = [...row.page.content.checkBoxes, ...row.page.content.formValues].map(({ box }) => middleX(box))
  return options.flatMap(({ value: service, stretch }): RunningNumber[] => {
    const next = Math.min(letters.length, ...starts.filter((start) => start >= stretch.end))
    const label = labels.filter(({ start, end }) => start >= stretch.end && end <= next).toSorted((one, other) => other.end - one.end)[0]
    const from = firstAfter(letters, label?.end ?? stretch.end)
    const upTo = endOf(letters, from, next, boxes, em)
    const to = withoutOrdinal(letters, from, upTo, em)
    const isNumber = (textOf(letters.slice(from, to)).match(/[\dOIlZSB]/gu)?.length ?? 0) >= fewestFigures
    if (isNumber) {
      const read = valueOfSpans(row.spansOf(from, to), 'card-number')
      // A figure right before the next item may be its number.
      const isOpen =
        upTo < letters.length && !ends.test(letters[upTo]!.character) && lengthOfOrdinal(textOf(letters.slice(from, upTo))) === 0
      const doubts = [...(label ? [] : ['mended']), ...(isOpen ? ['cut-short'] : [])]
      return [{ service, value: { ...read, evidence: [...read.evidence, ...doubts] } }]
    }
    return label ? [{ service, value: emptyNumber(paper, row, letters, label.end, from, to) }] : []
  })
}

/** The colon of the label, and what opens the room of the number. */
function firstAfter(letters: readonly Letter[], end: number): number {
  let at = end
  while (/[:：(_-]/u.test(letters[at]?.character ?? '')) at++
  return at
}

/** Where the room of a number ends: at a sign that closes it, or where the next item's box or words begin. */
function endOf(letters: readonly Letter[], from: number, next: number, boxes: readonly number[], em: number): number {
  for (let at = from; at < next; at++) {
    const { character, left } = letters[at]!
    if (ends.test(character) || boxSign.test(character) || /\p{Script=Han}/u.test(character)) return at
    const before = letters[at - 1]
    if (at === from || !before) continue
    if (boxes.some((middle) => middle > before.left && middle < left + 0.2 * em)) return at
    if (left - before.right > widest * em) return at
  }
  return next
}

/** Without the number of the next item: 3. before a box, or before 补卡. */
function withoutOrdinal(letters: readonly Letter[], from: number, to: number, em: number): number {
  if (to === letters.length) return to
  const length = lengthOfOrdinal(textOf(letters.slice(from, to)))
  if (length > 0) return to - length
  const [last, before] = [letters[to - 1], letters[to - 2]]
  return last && before && to - 2 >= from && last.left - before.right > em ? to - 1 : to
}

function emptyNumber(
  paper: PaperInHand,
  row: UnrolledOptions,
  letters: readonly Letter[],
  label: number,
  from: number,
  to: number,
): ReadValue {
  const { box, em } = row.page.lines[0]!
  const start = letters[Math.max(label, from) - 1]!.right
  const end = letters[to]?.left ?? box.width
  const room: Rectangle = { x: start + 0.15 * em, y: box.y, width: Math.max(1, end - start - 0.3 * em), height: box.height }
  const last = to === letters.length ? roomBehind(paper, row, Math.max(label, from)) : null
  const rooms = last ? [last] : row.piecesOnPage(room).filter(({ width }) => width > em)
  const isBlank = to <= from && rooms.length > 0 && rooms.every((one) => isWithoutInk(paper, one))
  return {
    value: null,
    confidence: isBlank ? 0.99 : 0.5,
    least: 0,
    source: row.page.lines[0]!.source,
    box: last ?? row.onPage(room),
    evidence: isBlank ? ['empty', 'no-ink'] : [],
    wellFormed: false,
  }
}

/** The paragraph ends with the label: its room goes on to the border of its cell, or the page. */
function roomBehind({ content }: PaperInHand, row: UnrolledOptions, end: number): Rectangle | null {
  const span = row.spansOf(end - 1, end).at(-1)
  if (!span) return null
  const cell = openTable(content.cells).cellOf(span.box)
  const x = right(span.box) + 0.15 * span.em
  return {
    ...span.box,
    x,
    width: Math.max(1, (cell === null ? edge * content.width : right(content.cells[cell]!.box) - 0.15 * span.em) - x),
  }
}

/** A page's margin begins there at the latest. */
const edge = 0.98
