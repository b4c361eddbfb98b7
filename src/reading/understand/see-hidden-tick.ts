/** A box that was not found for the tick over it: the other boxes of the form tell where it stands and how large it is. */
import type { PageTools, Rectangle } from '../page.ts'
import { bottom, contains, join, middleX, middleY, right, widen } from './text/geometry.ts'

export type SeenTick = 'none' | 'ink' | 'tick'

interface BoxedWords {
  readonly words: Rectangle
  readonly box: Rectangle
}

/** Room for a box is looked at this far around where it should stand, in boxes. */
const around = 0.35

/** How far the sides of a stroke that is the box differ from those of the others, in boxes. */
const likeBox = 0.15

/** A rising stroke is looked for in rows so high, in boxes; from each to the next one below it moves to the left, more than a side of the box does. */
const row = 0.2
const rows = 3
const [leastShift, mostShift] = [0.07, 0.5]

/**
 * Whether ink as large as a box, and more within it, stands where `words` should have their box; `others` have theirs before them.
 * That it rises like a tick tells it from letters and from corners of a box that a fax broke.
 */
export function seeTick(words: Rectangle, others: readonly BoxedWords[], tools: PageTools): SeenTick {
  const seen = placesOf(words, others).map((place) => seeInk(place, tools))
  return seen.find((one) => one === 'tick') ?? seen.find((one) => one === 'ink') ?? 'none'
}

/** The empty box before `words` of whose frame a fax left pieces; null where no such are, or ink within them. */
export function seeTornBox(words: Rectangle, others: readonly BoxedWords[], tools: PageTools): Rectangle | null {
  return placesOf(words, others).find((place) => isTornBox(place, tools)) ?? null
}

/** Where the box of `words` should stand, by those of `others`: as far before them, or in the column of the rows around. */
function placesOf(words: Rectangle, all: readonly BoxedWords[]): Rectangle[] {
  if (all.length === 0 || all.some((other) => other.words.x < other.box.x)) return []
  // A form may have boxes of two sizes: □企业注销 behind 注销, and a smaller one at the begin of a row.
  const below = all.filter((other) => Math.abs(other.words.x - words.x) < nearColumn * words.height)
  const others = below.length > 0 ? below : all
  const size = median(others.map(({ box }) => Math.max(box.width, box.height)))
  const gap = median(others.map((other) => other.words.x - right(other.box)))
  if (Math.abs(gap) > 1.5 * size) return []
  const middle = middleY(words) + median(others.map((other) => middleY(other.box) - middleY(other.words)))
  const left = words.x - gap - size
  return [left, ...columnNear(left, words, others, size)].map((x) => ({ x, y: middle - size / 2, width: size, height: size }))
}

/** In boxes: how far a frame lies off its place, how much of its width and height its pieces reach over, what is within it, and a speck. */
const [off, reach, within, speck] = [0.25, 0.75, 0.6, 0.15]

function isTornBox(place: Rectangle, tools: PageTools): boolean {
  const size = place.width
  const pieces = tools
    .strokesIn(widen(place, off * size), { withoutSeals: true })
    .filter(({ width, height }) => Math.max(width, height) > speck * size)
  // A side of the frame may stand a little off, or a letter before it.
  return [0, speck * size].some((by) =>
    isEmptyFrame(
      pieces.filter((piece) => contains(widen(place, by), piece)),
      size,
      tools,
    ),
  )
}

function isEmptyFrame(pieces: readonly Rectangle[], size: number, tools: PageTools): boolean {
  if (pieces.length === 0) return false
  const frame = join(pieces)
  if (Math.min(frame.width, frame.height) < reach * size || Math.max(frame.width, frame.height) > (1 + off) * size) return false
  const by = ((1 - within) / 2) * size
  const core = { x: frame.x + by, y: frame.y + by, width: frame.width - 2 * by, height: frame.height - 2 * by }
  return tools.strokesIn(core, { withoutSeals: true }).every(({ width, height }) => Math.max(width, height) <= speck * size)
}

/** Where the words begin is not sure: what went over the box may be read as a letter of theirs. In heights of the words. */
const nearColumn = 1.2

/** Where the boxes of the rows above and below begin, unless that is about as far as `left` already. */
function columnNear(left: number, words: Rectangle, others: readonly BoxedWords[], size: number): number[] {
  const away = ({ box }: BoxedWords): number => Math.abs(middleY(box) - middleY(words))
  const near = others
    .filter(({ box }) => Math.abs(box.x - left) < nearColumn * words.height)
    .toSorted((one, other) => away(one) - away(other))
  const column = near[0]?.box.x
  return column === undefined || Math.abs(column - left) < around * size ? [] : [column]
}

/** Whether ink stands where a box should be, as large as it or more, and within it. */
function seeInk(place: Rectangle, tools: PageTools): SeenTick {
  const size = place.width
  const room = widen(place, around * size)
  const isIn = (stroke: Rectangle): boolean =>
    middleX(stroke) > room.x && middleX(stroke) < right(room) && middleY(stroke) > room.y && middleY(stroke) < bottom(room)
  const strokes = tools.strokesIn(room, { withoutSeals: true }).filter(isIn)
  if (strokes.length === 0) return 'none'
  // Beside a stroke as large as a box there may be pieces of the letter before it.
  const whole = strokes.find(({ width, height }) => Math.max(Math.abs(width - size), Math.abs(height - size)) < likeBox * size)
  const ink = whole ?? join(strokes)
  if (Math.min(ink.width, ink.height) < 0.8 * size || Math.max(ink.width, ink.height) > 1.8 * size) return 'none'
  const core = { x: middleX(ink) - 0.3 * size, y: middleY(ink) - 0.3 * size, width: 0.6 * size, height: 0.6 * size }
  // A stroke that is but upright or level is a side of the box, of which a fax left pieces; a tick slants.
  const isMark = ({ width, height }: Rectangle): boolean => Math.max(width, height) > 0.3 * size && Math.min(width, height) > 0.12 * size
  if (!tools.strokesIn(core, { withoutSeals: true }).some(isMark)) return 'none'
  return rises(ink, size, tools) ? 'tick' : 'ink'
}

function rises(ink: Rectangle, size: number, tools: PageTools): boolean {
  const top = middleY(ink) - (rows / 2) * row * size
  const pieces = Array.from({ length: rows }, (_, at) =>
    tools
      .strokesIn({ x: ink.x, y: top + at * row * size, width: ink.width, height: row * size }, { withoutSeals: true })
      .filter(({ width }) => width < mostShift * size)
      .map(middleX),
  )
  const goesOn = (from: number, at: number): boolean =>
    at === rows || pieces[at]!.some((piece) => from - piece > leastShift * size && from - piece < mostShift * size && goesOn(piece, at + 1))
  return pieces[0]!.some((piece) => goesOn(piece, 1))
}

const median = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[values.length >> 1]!
