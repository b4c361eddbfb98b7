/** Ticks between brackets: （√）新用户入网, [x], ( V ). What stands between them is looked at, for an empty pair and a ticked one are read alike. */
import type { Rectangle } from '../page.ts'
import type { OptionOnPage, Surroundings } from './find-stray-ticks.ts'
import type { CellMark } from './tick-cells.ts'
import { bottom, columnOverlap, join, middleX, middleY, right, rowOverlap } from './text/geometry.ts'
import { insideCell, openTable } from './text/table.ts'
import type { Letter, Line } from './text/letters.ts'

export interface OptionInLine extends OptionOnPage {
  /** Its words, or the first part of them: letters `start` up to `end` of a line. */
  readonly stretch: { readonly line: number; readonly start: number; readonly end: number }
}

/** Of half of the options, or more, the brackets were read. */
const mostUnread = 0.5
/** More ticks than these are something else. */
const mostTicks = 3
/** Signs between a pair, as they may be read. */
const mostBetween = 2
/** In characters: the room of a pair of which one bracket was read, a speck, the least that a tick is long. */
const [roomOfPair, speck, leastTick] = [2.2, 0.2, 0.3]
/** In characters: how wide a pair may be. */
const wholePair = 3
/** In characters: how far beyond both ends of a room its brackets may reach, and where the second begins at most. */
const [pastEnd, justBehind] = [0.5, 0.2]
/** In characters: the rows above and below begin right beyond. */
const roomHeight = 1.35
/** How high a blurred bracket is at least beside the other one of its pair, and how much wider at most. */
const alike = 0.7
/** In characters: what is no higher and ends where the room does is a piece of the next row. */
const leastAtEdge = 0.4
/** In characters: the rules of a cell, which a tick may touch. */
const edge = 0.15
/** In characters: how far words stick out of a cell that is not theirs, and what is blank on its other side. */
const [sticksOut, blankBeside] = [0.2, 0.5]
/** Dashes are lower, in characters, and lie so far from the middle of a room, as a share of its height. */
const [flat, atEdge] = [0.2, 0.3]

/** A pen's ink may be paler than print, and thin: what is not seen at the first share of its darkness may be at the second. */
const looks = [
  { depth: 0.3, sureness: 0.95 },
  { depth: 0.12, sureness: 0.9 },
]

export const opening = /[([{［〈<]/u
/** What a narrow pair is read as; and a pair of square ones, on forms that have no boxes. */
const asOne = /[〇○◯0O]/u
const asSquare = /[□☐口]/u
/** In characters: how far from its words a box is printed at most. */
const nearWords = 1.5
export const closing = /[)\]}］〉>]/u

/** Of each option whether it is ticked; empty where the form has no brackets to tick. */
export function tickBrackets<Option extends OptionInLine>(options: readonly Option[], page: Surroundings): Map<Option, CellMark> {
  if (options.length === 0) return new Map()
  // Letters that are set apart, and runs of few letters, seem larger than they are.
  const em = options.map((option) => option.em).toSorted((one, other) => one - other)[options.length >> 1]!
  const roomsOf = (side: 'before' | 'after', one: RegExp): Map<Option, Rectangle> => roomsBeside(options, side, em, page.lines, one)
  const [before, after] = [roomsOf('before', asOne), roomsOf('after', asOne)]
  const [side, pairs] = after.size > before.size ? (['after', after] as const) : (['before', before] as const)
  const isShort = side === 'before' && pairs.size > 0 && pairs.size < mostUnread * options.length
  const read = isShort && !options.some((option) => hasBox(option, em, page)) ? roomsOf(side, asSquare) : pairs
  if (read.size === 0 || read.size < mostUnread * options.length) return new Map()
  const table = openTable(page.content.cells)
  const rooms = new Map(
    options.map((option) => {
      const room = read.get(option) ?? roomLike([...read], option, side)
      const cell = table.cells[table.cellOf(option.box) ?? -1]?.box
      const inside = insideCell(room, cell && isOwnCell(cell, option.box, em) ? cell : undefined, edge * em)
      return [option, side === 'before' ? withCutBrackets(inside, em, page) : inside]
    }),
  )
  for (const { depth, sureness } of looks) {
    const marks = withoutTails(new Map([...rooms].map(([option, room]) => [option, markIn(room, depth, em, page)])))
    const checked = [...marks].filter(([, mark]) => mark.checked)
    if (checked.length > mostTicks || checked.length === marks.size) return new Map()
    if (checked.length > 0 || depth === looks.at(-1)!.depth) {
      for (const [option, mark] of checked) marks.set(option, { ...mark, confidence: Math.min(mark.confidence, sureness) })
      return marks
    }
  }
  return new Map()
}

/** Narrow brackets that stand close to words and numbers: the letters beside them share out their room, and begin and end within them. */
function withCutBrackets(room: Rectangle, em: number, { tools }: Surroundings): Rectangle {
  const around = { ...room, x: room.x - pastEnd * em, width: room.width + 2 * pastEnd * em }
  const strokes = tools.strokesIn(around, { depth: looks[0]!.depth, withoutSeals: true }).filter(({ height }) => height > 0.6 * em)
  // Where both are within, what the room ends in is of the words before them.
  if (strokes.filter((stroke) => stroke.x > room.x + 1 && right(stroke) < right(room) - 1 && isNarrow(stroke)).length > 1) return room
  const opens = strokes.find((stroke) => stroke.x > around.x + 1 && stroke.x <= room.x + 1 && right(stroke) > room.x && isNarrow(stroke))
  const closes = strokes.find(
    (stroke) =>
      right(stroke) > right(room) - 1 &&
      right(stroke) < right(around) - 1 &&
      (stroke.x < right(room) ? right(stroke) > middleX(room) : stroke.x < right(room) + justBehind * em && isNarrow(stroke)),
  )
  const [from, to] = [opens ? opens.x - 2 : room.x, closes ? right(closes) + 3 : right(room)]
  return { ...room, x: from, width: to - from }
}

const isNarrow = ({ width, height }: Rectangle): boolean => width < 0.46 * height

/** Of a slanting table the next row's cell may reach over the words: they stick out of it on one side, and leave it blank on the other. */
function isOwnCell(cell: Rectangle, words: Rectangle, em: number): boolean {
  const [above, below] = [words.y - cell.y, bottom(cell) - bottom(words)]
  return Math.min(above, below) > -sticksOut * em || Math.max(above, below) < blankBeside * em
}

/** A box was found in the picture, right before its words. */
const hasBox = ({ box: words }: OptionOnPage, em: number, { content }: Surroundings): boolean =>
  content.checkBoxes.some(({ box }) => rowOverlap(box, words) > 0.4 && Math.abs(words.x - right(box)) < nearWords * em)

interface BracketMark extends CellMark {
  readonly ink?: Rectangle
}

/** A tick that runs out of its brackets into those above or below is the row's that has more of it. */
function withoutTails<Option>(marks: ReadonlyMap<Option, BracketMark>): Map<Option, BracketMark> {
  const isTail = ({ box, ink }: BracketMark): boolean =>
    ink !== undefined &&
    [...marks.values()].some((other) => {
      if (!other.ink || other.ink.height <= ink.height || columnOverlap(other.ink, ink) === 0) return false
      return other.box.y < box.y
        ? ink.y <= box.y + 1 && bottom(other.ink) >= bottom(other.box) - 1
        : bottom(ink) >= bottom(box) - 1 && other.ink.y <= other.box.y + 1
    })
  return new Map([...marks].map(([option, mark]) => [option, isTail(mark) ? { box: mark.box, checked: false, confidence: 0.7 } : mark]))
}

function roomsBeside<Option extends OptionInLine>(
  options: readonly Option[],
  side: 'before' | 'after',
  em: number,
  lines: readonly Line[],
  one: RegExp,
): Map<Option, Rectangle> {
  return new Map(
    options.flatMap((option): [Option, Rectangle][] => {
      const line = lines[option.stretch.line]
      if (!line) return []
      const row = rowOf(option, line, lines)
      const room = side === 'before' ? roomBefore(row, one) : roomAfter(row)
      return room ? [[option, { ...room, y: middleY(line.box) - (roomHeight * em) / 2, height: roomHeight * em }]] : []
    }),
  )
}

/** The words of an option amid the letters of their row: `start` up to `end`. */
interface WordsOnRow {
  readonly letters: readonly Letter[]
  readonly start: number
  readonly end: number
  readonly em: number
}

/** A pair of brackets is often found as two runs of print: its second one by itself, or the first behind the words before it. */
function rowOf({ stretch: { start, end } }: OptionInLine, line: Line, lines: readonly Line[]): WordsOnRow {
  const near = lines.filter(
    (other) => other === line || (rowOverlap(other.box, line.box) > 0.5 && gapOf(other.box, line.box) < wholePair * line.em),
  )
  const row = near.toSorted((one, other) => one.box.x - other.box.x)
  const before = row.slice(0, row.indexOf(line)).reduce((sum, { letters }) => sum + letters.length, 0)
  return { letters: row.flatMap(({ letters }) => letters), start: before + start, end: before + end, em: line.em }
}

const gapOf = (one: Rectangle, other: Rectangle): number => Math.max(one.x - right(other), other.x - right(one))

/** Where another option has its brackets, as seen from its words. */
function roomLike<Option extends OptionInLine>(
  [nearest]: readonly (readonly [Option, Rectangle])[],
  option: Option,
  side: 'before' | 'after',
): Rectangle {
  const [other, room] = nearest!
  const x = side === 'before' ? option.box.x + room.x - other.box.x : right(option.box) + room.x - right(other.box)
  return { ...room, x, y: middleY(option.box) + room.y - middleY(other.box) }
}

type Span = Pick<Rectangle, 'x' | 'width'>

const spanOf = (from: number, to: number): Span | null => (to > from ? { x: from, width: to - from } : null)

function roomBefore({ letters, start, em }: WordsOnRow, one: RegExp): Span | null {
  const last = letters[start - 1]
  const words = letters[start]
  if (!last || !words) return null
  // (3)补卡, (三)补卡: the number of the item.
  if (closing.test(last.character) && /[\d一二三四五六七八九]/u.test(letters[start - 2]?.character ?? '')) return null
  const isClosed = closing.test(last.character)
  const isOne = one.test(last.character) && !/\d/u.test(letters[start - 2]?.character ?? '')
  const open = isOne ? start - 1 : seekFrom(start - 1, -1, opening, letters)
  if (open === null && !isClosed) return null
  const end = words.left + 0.05 * em
  const previous = letters[open === null ? start - 2 : open - 1]
  const from = open === null ? end - roomOfPair * em : letters[open]!.left - 0.25 * em
  return spanOf(Math.max(from, previous ? previous.right - 0.1 * em : -Infinity), end)
}

function roomAfter({ letters, end, em }: WordsOnRow): Span | null {
  // 补卡（法人卡）（ ）: the words end with a bracket of their own.
  const at = closing.test(letters[end]?.character ?? '') ? end + 1 : end
  const first = letters[at]
  if (!first || !opening.test(first.character)) return null
  const close = seekFrom(at, 1, closing, letters)
  if (close === null) return null
  const next = letters[close + 1]
  return spanOf(first.left - 0.05 * em, Math.min(letters[close]!.right + 0.25 * em, next ? next.left + 0.1 * em : Infinity))
}

/** Where the other bracket stands, no further than a tick needs: words between two brackets are a remark, and a number counts the options. */
function seekFrom(at: number, step: 1 | -1, wanted: RegExp, letters: readonly Letter[]): number | null {
  for (let steps = 0; steps <= mostBetween + 1; steps++) {
    const place = at + step * steps
    const character = letters[place]?.character
    if (character === undefined || /[\p{Script=Han}\d]/u.test(character)) return null
    if (wanted.test(character)) return place
  }
  return null
}

/** Ink in the room that is no bracket, and no part of what stands beside it. */
function markIn(room: Rectangle, depth: number, em: number, { tools }: Surroundings): BracketMark {
  const isWithin = (stroke: Rectangle): boolean => stroke.x > room.x + 1 && right(stroke) < right(room) - 1
  // A rule of the table goes all the way down; one between the rows, drawn in dashes, lies at the room's edge.
  const isDash = (stroke: Rectangle): boolean =>
    stroke.height < flat * em && Math.abs(middleY(stroke) - middleY(room)) > atEdge * room.height
  const isRule = (stroke: Rectangle): boolean => (stroke.height > 0.95 * room.height && stroke.width < 0.25 * em) || isDash(stroke)
  const isOfNextRow = (stroke: Rectangle): boolean =>
    stroke.height < leastAtEdge * em && (stroke.y <= room.y + 1 || bottom(stroke) >= bottom(room) - 1)
  const all = tools
    .strokesIn(room, { depth, withoutSeals: true })
    .filter((stroke) => Math.max(stroke.width, stroke.height) >= speck * em && !isRule(stroke))
  const strokes = all.filter((stroke) => isWithin(stroke) && !isOfNextRow(stroke))
  const isPlain = (stroke: Rectangle): boolean => stroke.height > 0.6 * em && isNarrow(stroke)
  const plain = strokes.filter(isPlain)
  // Of a pair one may be blurred, or cut by the room: it is hardly shorter or wider than the other.
  const isBlurred = ({ width, height }: Rectangle): boolean =>
    plain.some((other) => height > alike * other.height && width < height && alike * width < other.width)
  const isBracket = (stroke: Rectangle): boolean => isPlain(stroke) || isBlurred(stroke)
  const brackets = strokes.filter(isBracket)
  // What ends a number or a word before the brackets, or begins the words behind both. A pen may hide one bracket.
  const isFirstSeen = brackets.length > 1 || brackets.some((bracket) => middleX(bracket) < middleX(room))
  const isOutside = (stroke: Rectangle): boolean =>
    (isFirstSeen && brackets.every((bracket) => middleX(stroke) < bracket.x)) ||
    (brackets.length > 1 && brackets.every((bracket) => stroke.x > right(bracket)))
  const inside = strokes.filter((stroke) => !isOutside(stroke))
  const others = inside.filter(
    (stroke) =>
      !isBracket(stroke) &&
      Math.max(stroke.width, stroke.height) >= leastTick * em &&
      Math.abs(middleY(stroke) - middleY(room)) < 0.45 * room.height,
  )
  // What is faint may be the blur of two brackets that touch: one of them stands by itself at least.
  if (others.length > 0 && (depth === looks[0]!.depth || brackets.length > 0))
    return { box: room, checked: true, confidence: 0.95, ink: join(others) }
  // A pen that went over both, and out of the room.
  const isCrossed = all.some(({ width, height }) => width > 0.95 * room.width && height > 0.45 * em)
  const isSwept = brackets.length === 0 && all.some(({ width, height }) => width > 0.6 * em && height > 0.6 * em)
  if (isSwept) return { box: room, checked: true, confidence: 0.9 }
  return { box: room, checked: false, confidence: brackets.length === 2 && inside.length === 2 && !isCrossed ? 0.97 : 0.7 }
}
