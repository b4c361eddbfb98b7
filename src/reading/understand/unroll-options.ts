/**
 * Options that are printed as one running paragraph (1.□新用户入网；2.□企业基本信息变更（卡号：＿＿）；…): a box may end a row and its
 * words begin the next, and so may a card's number. The paragraph is laid out as one long row, where all that stands together does.
 */
import type { PageContent, PageTools, Rectangle } from '../page.ts'
import type { Span } from './cut-spans.ts'
import { tickLike, type Surroundings } from './find-stray-ticks.ts'
import { boxOf, openFinder, type FindText } from './find-labels.ts'
import { cardNumberLabels, optionHeads, serviceOptions, sharedOptions } from './forms/tick-options.ts'
import { bottom, contains, join, middleX, middleY, right, rowOverlap } from './text/geometry.ts'
import { textOf, type Letter, type Line } from './text/letters.ts'
import { matchLabel, signsOf } from './text/match-label.ts'
import { openTable } from './text/table.ts'

export interface UnrolledOptions {
  /** The paragraph as one line, with the boxes that stand in it; nothing else of the page is here. */
  readonly page: Surroundings
  readonly find: FindText
  /** The place on the page of a rectangle of the long row: of what a row's end parts, the larger piece. */
  onPage(box: Rectangle): Rectangle
  /** All pieces of it, in their order. */
  piecesOnPage(box: Rectangle): Rectangle[]
  /** Letters `start` up to `end` of the long row where they stand on the page, by its lines. */
  spansOf(start: number, end: number): Span[]
}

/** So many options make a list, in so many rows. */
const [fewestOptions, fewestRows] = [4, 2]
/** In characters: rows that go on stand so near to one another; others are kept apart further than a box stands from its words. */
const [near, apart] = [0.4, 6]
/** A row that begins left of all options by more than this, in characters, is no part of the list. */
const leftOf = 1.5

const words = [...serviceOptions, ...optionHeads, ...sharedOptions].flatMap(({ texts }) => texts)

/** Null where the options of the page stand otherwise: each on a row of its own, or in cells. */
export function unrollOptions(
  content: PageContent,
  lines: readonly Line[],
  find: FindText,
  isProse: (line: number) => boolean,
  tools: PageTools,
): UnrolledOptions | null {
  const printed = placeWords(lines, find, isProse)
  if (new Set(printed.map(({ text }) => text)).size < fewestOptions) return null
  const boxes = [...content.checkBoxes, ...content.formValues].map(({ box }) => box)
  const rows = rowsOf([...new Set(printed.map(({ line }) => line))], content, lines, boxes)
  if (!rows || rows.length < fewestRows) return null
  const goesOn = rows.slice(1).map((row, at) => wraps(rows[at]!, row, boxes))
  const inColumns = standInColumns(printed, rows)
  const isParagraph = rows.slice(1).some((row, at) => goesOn[at] && !(inColumns && row.every(asksForNumber)))
  if (!isParagraph && (inColumns || !rows.some((row) => isFollowedOnRow(row)))) return null
  return layOut(rows, goesOn, content, lines, tools)
}

interface PlacedWord {
  readonly text: string
  readonly line: Line
}

/** So many of the pieces that begin no row begin below one another where the list has columns. */
const ofColumn = 0.6

/** Each column is read by itself: its options go on below one another. */
function standInColumns(printed: readonly PlacedWord[], rows: readonly Row[]): boolean {
  const later = rows.flatMap((row) => row.slice(1)).filter((piece) => printed.some(({ line }) => line === piece.line))
  // The room of a number that is closed, and what goes on behind it, begin no column.
  if (later.some(({ line }) => /^\D?[)）;；,，。]/u.test(line.text))) return false
  const starts = later.map(({ line }) => startOf(line).left)
  const { em } = printed[0]!.line
  const largest = Math.max(0, ...starts.map((start) => starts.filter((other) => Math.abs(other - start) < 1.5 * em).length))
  return largest > 1 && largest >= ofColumn * starts.length
}

function placeWords(lines: readonly Line[], find: FindText, isProse: (line: number) => boolean): PlacedWord[] {
  return words.flatMap((text) =>
    find(text)
      .filter(
        ({ stretches: [first, second], cost }) => !second && cost <= 0.2 * text.length && (first!.start <= 4 || !isProse(first!.line)),
      )
      .map(({ stretches }) => ({ text, line: lines[stretches[0]!.line]! })),
  )
}

interface Piece {
  readonly line: Line
  /** Letters of its line that are no part of the list stand before this one: 业务类别. */
  readonly start: number
}

/** Pieces of one row, from left to right. */
type Row = readonly Piece[]

/** The rows from the first option to the last, with the last one's end; null where the options stand in cells of their own. */
function rowsOf(own: readonly Line[], content: PageContent, lines: readonly Line[], boxes: readonly Rectangle[]): Row[] | null {
  const table = openTable(content.cells)
  const cells = own.map(({ box }) => table.cellOf(box))
  const [cell, another, third] = [...new Set(cells.filter((one) => one !== null))]
  if (another !== undefined && third !== undefined) return null
  const room = cell === undefined || another !== undefined || cells.includes(null) ? null : table.cells[cell]!.box
  const em = own.map((line) => line.em).toSorted((one, other) => one - other)[own.length >> 1]!
  const left = Math.min(...own.map((line) => startOf(line).left)) - leftOf * em
  const [top, end] = [Math.min(...own.map(({ box }) => box.y)), Math.max(...own.map(({ box }) => bottom(box)))]
  const rows: Row[] = []
  for (const row of gatherRows(lines.filter((line) => startOf(line).left > left && (!room || contains(room, line.box))))) {
    const middle = middleY(row[0]!.line.box)
    if (middle < top) continue
    const last = rows.at(-1)
    // What is left of the last item may stand below all words.
    if (middle < end || (last && row[0]!.line.box.y - bottom(last[0]!.line.box) < 2 * em && wraps(last, row, boxes))) rows.push(row)
    else break
  }
  return rows
}

function gatherRows(lines: readonly Line[]): Row[] {
  const rows: Line[][] = []
  for (const line of lines.toSorted((one, other) => middleY(one.box) - middleY(other.box))) {
    const row = rows.findLast((other) => other.some((one) => rowOverlap(one.box, line.box) > 0.5))
    if (row) row.push(line)
    else rows.push([line])
  }
  return rows.map((row) => row.toSorted((one, other) => one.box.x - other.box.x).map((line) => ({ line, start: startOf(line).at })))
}

/** The heading of the list may have been read with its first row. */
function startOf({ letters, text }: Line): { at: number; left: number } {
  const heading = /^业务(?:类别|类型|种类)[:：]?/u.exec(text)?.[0].length ?? 0
  const at = heading < letters.length ? heading : 0
  return { at, left: letters[at]!.left }
}

const lettersOf = ({ line, start }: Piece): readonly Letter[] => line.letters.slice(start)
const textOfRow = (row: Row): string => row.map((piece) => textOf(lettersOf(piece))).join('')

/** Below the words of each column its card's number is asked for. */
const asksForNumber = (piece: Piece): boolean => /^[(（【]?卡号/u.test(textOf(lettersOf(piece)))

/** Whether the last item of a row goes on in the next one. */
function wraps(row: Row, next: Row, boxes: readonly Rectangle[]): boolean {
  const [end, begin] = [textOfRow(row), textOfRow(next)]
  if (/^(?:[)）;；,，。、]|[(（【]?卡号)/u.test(begin)) return true
  if (/^\d{5}/u.test(begin) && cardNumberLabels.some((label) => end.replace(/[:：(]+$/u, '').endsWith(label))) return true
  const last = row.at(-1)!.line
  const first = next[0]!
  const isBoxLast = boxes.some(
    (box) => rowOverlap(box, last.box) > 0.4 && box.x > right(last.box) - 0.6 * last.em && box.x < right(last.box) + 2 * last.em,
  )
  // A row that begins with a box or a number of its own has no box in the row before.
  const isBoxFirst =
    /^\D?\d{1,2}[.、．)）]|^[□口☐○〇☑√■]/u.test(begin) ||
    boxes.some((box) => rowOverlap(box, first.line.box) > 0.4 && box.x < lettersOf(first)[0]!.left + 0.3 * first.line.em)
  const isHeadLast = optionHeads.some(({ texts }) => texts.some((text) => end.endsWith(text)))
  if ((isBoxLast || isHeadLast || /(?:[□☐○〇]|\d[.、．]|[卡办销;.、]口)$/u.test(end)) && !isBoxFirst) return true
  const before = row.flatMap(lettersOf).slice(-longest)
  const after = next.flatMap(lettersOf).slice(0, longest)
  // Two whole words that make a third one (企业基本信息变更 above 企业操作员卡变更) are two items.
  const isWhole = words.some((word) => textOf(before).endsWith(word)) && words.some((word) => textOf(after).startsWith(word))
  if (isWhole) return false
  const signs = signsOf([...before, ...after])
  return [...words, ...cardNumberLabels].some((text) =>
    matchLabel(signs, text).some(({ start, end: upTo, cost }) => start < before.length && upTo > before.length && cost < 0.5),
  )
}

/** No word that may be parted is longer, in letters. */
const longest = 12

/** A card's number is asked for amid the row: another item begins behind it. */
function isFollowedOnRow(row: Row): boolean {
  const text = textOfRow(row)
  const label = cardNumberLabels.map((one) => text.indexOf(one)).filter((at) => at >= 0)
  return label.length > 0 && words.some((word) => text.lastIndexOf(word) > Math.min(...label))
}

interface Shift {
  readonly row: Row
  /** From the page to the long row. */
  readonly by: number
  readonly from: number
  readonly to: number
}

function layOut(
  rows: readonly Row[],
  goesOn: readonly boolean[],
  content: PageContent,
  lines: readonly Line[],
  tools: PageTools,
): UnrolledOptions {
  const all = rows.flat()
  const { em } = all.map(({ line }) => line).toSorted((one, other) => one.em - other.em)[all.length >> 1]!
  const height = Math.max(...all.map(({ line }) => line.box.height))
  const boxesOf = (row: Row): Rectangle[] =>
    [...content.checkBoxes, ...content.formValues]
      .map(({ box }) => box)
      .filter((box) => row.some(({ line }) => rowOverlap(line.box, box) > 0.4))
  const left = Math.min(...rows.map(([first]) => lettersOf(first!)[0]!.left))
  const shifts: Shift[] = []
  for (const [at, row] of rows.entries()) {
    const edge = join(row.map(({ line, start }) => boxOf(line, start, line.letters.length)))
    const beside = boxesOf(row).filter((box) => box.x > edge.x - 2.5 * em && box.x < right(edge) + 3 * em)
    const before = shifts.at(-1)
    const whole = join([edge, ...beside])
    // The room of a number that begins a row is a part of it.
    const x = before && goesOn[at - 1] ? Math.min(left, whole.x) : whole.x
    const width = right(whole) - x
    const from = before ? before.to + (goesOn[at - 1] ? near : apart) * em : 0
    shifts.push({ row, by: from - x, from, to: from + width })
  }
  const levelOf = ({ row }: Shift, x: number): number => {
    const away = ({ line: { box } }: Piece): number => Math.max(box.x - x, x - right(box), 0)
    return middleY(row.toSorted((one, other) => away(one) - away(other))[0]!.line.box)
  }
  /** A piece of a letter of the row above or below: rows of a paragraph stand close. */
  const isOfOtherRow = (stroke: Rectangle, { row }: Shift): boolean => {
    const away = ({ box }: Line): number => Math.abs(middleY(box) - middleY(stroke))
    const own = Math.min(...row.map((piece) => away(piece.line)))
    return lines.some(
      (other) =>
        away(other) < own &&
        // A pen's stroke is looked at with its own row.
        (all.some((piece) => piece.line === other) ||
          (stroke.height < 1.2 * other.em &&
            other.letters.some(
              ({ left: from, right: to, character }) =>
                Math.abs(middleX(stroke) - (from + to) / 2) < 0.62 * other.em && !tickLike.test(character),
            ))),
    )
  }
  const put = (box: Rectangle, shift: Shift): Rectangle => ({
    ...box,
    x: box.x + shift.by,
    y: box.y - levelOf(shift, middleX(box)) + height / 2,
  })
  const takeBack = (box: Rectangle, shift: Shift): Rectangle => {
    const from = Math.max(box.x, shift === shifts[0] ? -Infinity : shift.from - near * em)
    const to = Math.min(right(box), shift === shifts.at(-1) ? Infinity : shift.to + near * em)
    const x = from - shift.by
    return { ...box, x, width: to - from, y: box.y + levelOf(shift, x + (to - from) / 2) - height / 2 }
  }
  const shared = (box: Rectangle, { from, to }: Shift): number => Math.min(right(box), to + near * em) - Math.max(box.x, from - near * em)
  const places: { readonly line: Line; readonly at: number }[] = []
  const letters: Letter[] = []
  for (const { row, by } of shifts)
    for (const { line, start } of row)
      for (const [at, letter] of line.letters.entries()) {
        if (at < start) continue
        places.push({ line, at })
        letters.push({ ...letter, left: letter.left + by, right: letter.right + by })
      }
  const move = <Item extends { readonly box: Rectangle }>(items: readonly Item[]): Item[] =>
    items.flatMap((item) => {
      const shift = shifts.find(
        (one) =>
          boxesOf(one.row).includes(item.box) && middleX(item.box) + one.by > one.from - em && middleX(item.box) + one.by < one.to + em,
      )
      return shift ? [{ ...item, box: put(item.box, shift) }] : []
    })
  const line: Line = {
    index: 0,
    text: textOf(letters),
    letters,
    box: { x: 0, y: 0, width: shifts.at(-1)!.to, height },
    em,
    source: all.some((piece) => piece.line.source === 'text-layer') ? 'text-layer' : 'ocr',
    confidence: Math.min(...all.map((piece) => piece.line.confidence)),
  }
  const onRow: PageContent = {
    ...content,
    lines: [],
    cells: [],
    seals: [],
    checkBoxes: move(content.checkBoxes),
    formValues: move(content.formValues),
  }
  return {
    page: {
      content: onRow,
      lines: [line],
      tools: {
        ...tools,
        strokesIn: (box, how) =>
          shifts
            .filter((shift) => shared(box, shift) > 0)
            .flatMap((shift) =>
              tools
                .strokesIn(takeBack(box, shift), how)
                .filter((stroke) => !isOfOtherRow(stroke, shift))
                .map((stroke) => put(stroke, shift)),
            ),
      },
    },
    find: openFinder([line]),
    piecesOnPage: (box) => shifts.filter((shift) => shared(box, shift) > 0).map((shift) => takeBack(box, shift)),
    onPage: (box) => takeBack(box, shifts.toSorted((one, other) => shared(box, other) - shared(box, one))[0]!),
    spansOf: (start, end) =>
      [...Map.groupBy(places.slice(start, end), (place) => place.line)].map(([own, of]) => {
        const [from, to] = [of[0]!.at, of.at(-1)!.at + 1]
        const taken = own.letters.slice(from, to)
        return { line: own, start: from, end: to, letters: taken, text: textOf(taken), box: boxOf(own, from, to), em: own.em }
      }),
  }
}
