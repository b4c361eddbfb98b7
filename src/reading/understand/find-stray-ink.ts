/**
 * Ink of a character that the recogniser passed over: one that it does not know is passed over on every paper, and the rest read with
 * full confidence.
 */
import type { Rectangle } from '../page.ts'
import type { PaperInHand } from './read-fields.ts'
import { findPassedOver, type PassedOver } from './find-passed-over.ts'
import { isSharedOut, type SeenLetter } from './share-out-ink.ts'
import { bottom, contains, join, middleX, middleY, right, rowOverlap } from './text/geometry.ts'
import type { Part } from './values/value.ts'

/** How far from its middle the strokes of a letter have theirs, in characters: the network's steps are a sixth of one. */
const wide = 0.6
const narrow = 0.36
/** A scratch, or what is left of a frame: no figure is so thin, in characters. */
const hairline = 0.06

/** No character is higher, in heights of its line. */
const highest = 1.4

/** Room between two characters that are set without blanks, in characters. */
const apart = 0.9

/** The strokes of a line and of what stands beside it. */
interface InkOfLine {
  readonly around: Rectangle
  readonly strokes: readonly Rectangle[]
  /** About a character's height in pixels. */
  readonly size: number
}

function inkOf(paper: PaperInHand, box: Rectangle, withoutSeals: boolean): InkOfLine {
  const em = box.height / 1.25
  const around = { x: box.x - 1.3 * em, y: box.y, width: box.width + 2.6 * em, height: box.height }
  const all = paper.tools.strokesIn(around, { withoutSeals })
  const isWholePiece = (stroke: Rectangle): boolean =>
    (stroke.height >= 0.35 * em && stroke.height <= 0.97 * box.height) || isFlatCharacter(paper, stroke, box, em)
  const strokes = [
    ...all.filter(isWholePiece),
    ...joinLowPieces(
      all.filter((stroke) => !isWholePiece(stroke)),
      em,
    ),
  ]
  // Boxes of small print are taller by more of their margins, those of slanting lines by their slant.
  return { around, strokes, size: Math.min(em, 1.25 * Math.max(...strokes.map(({ height }) => height))) }
}

/** In characters: specks are smaller than the pieces of a character, what is wider is a rule; and how high and wide the character is. */
const [least, widestPiece] = [0.2, 1.2]
const [lowest, narrowest, highestOfPieces] = [0.6, 0.5, 1.2]

/** A character that is made of low pieces alone, as 志 is: they stand above one another. */
function joinLowPieces(strokes: readonly Rectangle[], em: number): Rectangle[] {
  const pieces = strokes
    .filter(({ width, height }) => Math.max(width, height) >= least * em && width <= widestPiece * em && height < lowest * em)
    .toSorted((one, other) => one.x - other.x)
  const groups: Rectangle[][] = []
  for (const piece of pieces) {
    const last = groups.at(-1)
    if (last && piece.x < right(join(last))) last.push(piece)
    else groups.push([piece])
  }
  return groups
    .filter(({ length }) => length > 1)
    .map((group) => join(group))
    .filter(
      ({ width, height }) =>
        height >= lowest * em && height <= highestOfPieces * em && width >= narrowest * em && width <= widestPiece * em,
    )
}

/** What speaks of a character that the recogniser passed over, both times: where one is lacking, or ink that no letter was read from. */
export function lookForStrayInk(
  paper: PaperInHand,
  { box, letters }: Part,
  withoutSeals: boolean,
): { readonly isStray: boolean; readonly passedOver: PassedOver | null } {
  const ink = inkOf(paper, box, withoutSeals)
  const isWhole = (stroke: Rectangle): boolean => stroke.x > ink.around.x + 1 && right(stroke) < right(ink.around) - 1
  const row = letters.map(({ character, left, right: end }) => ({ character, middle: (left + end) / 2 }))
  const passedOver = findPassedOver(row, ink.strokes.filter(isWhole), ink.size)
  return { isStray: passedOver !== null || hasStrayInk(paper, box, ink, roomBetween(row, ink.size), withoutSeals), passedOver }
}

/** Ink beside or between the letters that no letter was read from. */
function hasStrayInk(
  paper: PaperInHand,
  box: Rectangle,
  { around, strokes, size }: InkOfLine,
  room: number,
  withoutSeals: boolean,
): boolean {
  const em = box.height / 1.25
  const letters = paper.lines
    .filter((line) => rowOverlap(line.box, box) > 0.3)
    .flatMap((line) =>
      [...line.letters, ...(line.glosses ?? [])].map(({ character, left, right, isCounted }) => {
        const reach = (/[0-9A-Za-z.,:-]/u.test(character) ? narrow : wide) * size
        const [from, to] = [(left + right) / 2 - reach, (left + right) / 2 + reach]
        // What has its own stroke reaches as far as that does.
        return isCounted ? ([Math.min(left, from), Math.max(right, to)] as const) : ([from, to] as const)
      }),
    )
  const strays = strokes.filter((stroke) => {
    if (isOfLabel(paper, stroke, em) || stroke.width < hairline * em) return false
    const isRead = letters.some(([left, end]) => middleX(stroke) > left && middleX(stroke) < end)
    return isRead ? reachesBeyond(stroke, letters, size) : stroke.width <= 2 * em
  })
  const near = strays.filter((stroke) => isNear(stroke, strokes, strays, room))
  if (near.length === 0) return false
  // Seen in a higher window, a portrait, a frame or a ring goes on above or below the line; a character does not.
  const higher = { ...around, y: box.y - 0.8 * em, height: box.height + 1.6 * em }
  const whole = paper.tools.strokesIn(higher, { withoutSeals })
  const beyond = whole.filter((stroke) => stroke.y < box.y - 0.3 * em || bottom(stroke) > bottom(box) + 0.3 * em)
  const alone = whole.filter((stroke) => !beyond.includes(stroke))
  // A frame about the whole window holds what it is no part of.
  const isAround = ({ width, height }: Rectangle): boolean => width > 0.9 * higher.width && height > 0.9 * higher.height
  const isBeyond = (stroke: Rectangle): boolean =>
    beyond.some((one) => contains(one, stroke) && !(isAround(one) && alone.some((piece) => contains(piece, stroke))))
  const lone = near.filter((stroke) => !isBeyond(stroke))
  if (lone.length === 0) return false
  // In small print letters were seen up to most of one off: what can be shared out among them is theirs.
  const isWhole = (stroke: Rectangle): boolean => stroke.x > around.x + 1 && right(stroke) < right(around) - 1
  // A box may lie lower than its characters, which are then seen whole only above it.
  const isHigh = (stroke: Rectangle): boolean => whole.some((one) => one.height > highest * em && contains(one, stroke))
  const own = strokes.filter((stroke) => isWhole(stroke) && !isOfLabel(paper, stroke, em) && !(isBeyond(stroke) && isHigh(stroke)))
  return !lone.every(isWhole) || !isSharedOut(own, seenAt(paper, box, own, size), size)
}

/** What stands farther from all that was read is another's, the edge of a portrait say: a character passed over follows as the others do. */
function isNear(stroke: Rectangle, strokes: readonly Rectangle[], strays: readonly Rectangle[], room: number): boolean {
  const read = strokes.filter((one) => !strays.includes(one))
  return read.length === 0 || read.some((one) => stroke.x - right(one) < room && one.x - right(stroke) < room)
}

/** The most room between the characters of a value, where it has several: names are often set with blanks between. */
function roomBetween(row: readonly SeenLetter[], size: number): number {
  const steps = row.slice(1).map(({ middle }, at) => middle - row[at]!.middle)
  return steps.length === 0 ? Infinity : Math.max(apart * size, ...steps)
}

/** The letters of a row that stand at strokes, but for those of labels. */
const seenAt = ({ lines, hits }: PaperInHand, row: Rectangle, strokes: readonly Rectangle[], size: number): SeenLetter[] =>
  lines
    .filter((line) => rowOverlap(line.box, row) > 0.3)
    .flatMap((line) => line.letters.map(({ character, left, right: end }) => ({ character, middle: (left + end) / 2 })))
    .filter(({ middle }) => strokes.some((stroke) => stroke.x - size < middle && right(stroke) + size > middle))
    .filter(
      ({ middle }) =>
        !hits.some(({ parts }) => parts.some((part) => rowOverlap(part, row) > 0.4 && middle > part.x && middle < right(part))),
    )

/** 一 and the strokes of 二 at the end of a line: on cards, where nothing is ruled. */
const isFlatCharacter = ({ form }: PaperInHand, stroke: Rectangle, line: Rectangle, em: number): boolean =>
  form.kind === 'identity-document' &&
  stroke.height > 0.04 * em &&
  stroke.width > 0.5 * em &&
  stroke.width < 1.15 * em &&
  middleY(stroke) > line.y + 0.15 * line.height &&
  middleY(stroke) < bottom(line) - 0.15 * line.height

/** The blur of a small copy joins a character to its neighbour: the two reach beyond what was read by more than half a character. */
function reachesBeyond(stroke: Rectangle, letters: readonly (readonly [left: number, end: number])[], size: number): boolean {
  if (stroke.width > 3.2 * size || stroke.width < 1.3 * size || stroke.height < 0.6 * size) return false
  const touched = letters.map(([left, end]) => (left + end) / 2).filter((middle) => middle > stroke.x && middle < right(stroke))
  const before = Math.min(...touched) - wide * size - stroke.x
  const after = right(stroke) - (Math.max(...touched) + wide * size)
  return touched.length > 0 && Math.max(before, after) > 0.5 * size
}

/** The recogniser places the last character of a label up to half a character off. */
const isOfLabel = ({ hits }: PaperInHand, stroke: Rectangle, em: number): boolean =>
  hits.some((hit) =>
    hit.parts.some(
      (part) => rowOverlap(part, stroke) > 0.4 && middleX(stroke) > part.x - 0.3 * em && middleX(stroke) < right(part) + 0.25 * em,
    ),
  )
