/**
 * Ticks that stand beside their boxes, behind the words of an option, or around them: ink on the option's row that is no
 * letter, no box and no rule.
 */
import type { Cell, PageContent, PageTools, Rectangle } from '../page.ts'
import { area, bottom, columnOverlap, contains, middleX, middleY, right, rowOverlap } from './text/geometry.ts'
import type { Line } from './text/letters.ts'
import { insideCell, openTable } from './text/table.ts'

export interface OptionOnPage {
  readonly box: Rectangle
  readonly em: number
}

export interface Surroundings {
  readonly content: PageContent
  readonly lines: readonly Line[]
  readonly tools: PageTools
}

/** What a recogniser reads where a tick, a cross or a stroke stands; as part of an option's words it is a letter. */
export const tickLike = /[√✓✔VvYyJLXx×/\\|丿人入八又乂义了ノレ]/u
/** A pen's ink may be paler than print. */
const depth = 0.3
/** In characters: the rules of a cell. */
const edge = 0.15

/**
 * The options that have a mark of their own, with the ink: `boxes` are the printed boxes of the options, where they have one.
 * A mark between two options is the nearer one's.
 */
export function findStrayTicks<Option extends OptionOnPage>(
  options: readonly Option[],
  boxes: ReadonlyMap<Option, Rectangle>,
  page: Surroundings,
): Map<Option, Rectangle> {
  const offers = options.flatMap((option) =>
    marksAround(option, boxes.get(option), options, page).map((mark) => ({
      option,
      mark,
      distance: distanceTo(option, boxes.get(option), mark),
    })),
  )
  // Of a tick that reaches into the zone of the row above a part is seen there too.
  const whole = offers.filter(({ mark }) => !offers.some((other) => other.mark !== mark && isPartOf(mark, other.mark)))
  const found = new Map<Option, Rectangle>()
  const taken: Rectangle[] = []
  for (const { option, mark } of whole.toSorted((one, other) => one.distance - other.distance)) {
    if (taken.some((other) => Math.abs(middleX(other) - middleX(mark)) < 3 && Math.abs(middleY(other) - middleY(mark)) < 3)) continue
    taken.push(mark)
    if (!found.has(option)) found.set(option, mark)
  }
  return found
}

const isPartOf = (mark: Rectangle, whole: Rectangle): boolean =>
  area(mark) < area(whole) && mark.x >= whole.x && right(mark) <= right(whole) && mark.y >= whole.y && bottom(mark) <= bottom(whole)

function marksAround(option: OptionOnPage, box: Rectangle | undefined, options: readonly OptionOnPage[], page: Surroundings): Rectangle[] {
  const { em } = option
  const row = {
    top: Math.min(option.box.y, box?.y ?? Infinity) - 0.3 * em,
    end: Math.max(bottom(option.box), box ? bottom(box) : 0) + 0.3 * em,
  }
  const left = Math.min(option.box.x, box?.x ?? Infinity) - 1.5 * em
  const reach = Math.max(right(option.box), box ? right(box) : 0) + 2.4 * em
  const table = openTable(page.content.cells)
  const around = { x: left, y: row.top - 0.7 * em, width: reach - left, height: row.end - row.top + 1.2 * em }
  // A tick that touches a rule of its cell is one piece with it.
  const zone = insideCell(around, table.cells[table.cellOf(option.box) ?? -1]?.box, edge * em)
  // A square inside the words of an option is a part of a letter (窗).
  const isInWords = (square: Rectangle): boolean =>
    options.some(({ box: words }) => rowOverlap(words, square) > 0.4 && square.x > words.x - 0.1 * em && middleX(square) < right(words))
  const printed = page.content.checkBoxes.map((one) => one.box).filter((square) => !isInWords(square) && !isOfLetter(square, page.lines))
  const strokes = page.tools.strokesIn(zone, { depth, withoutSeals: true })
  const highest = higherThanPrint * heightOfPrint(strokes, zone, em)
  return strokes.filter((stroke) => {
    if (!box && isUnderline(stroke, option, zone)) return true
    if (Math.max(stroke.width, stroke.height) < 0.45 * em || Math.min(stroke.width, stroke.height) < 0.16 * em) return false
    if (isRound(stroke, option.box, Math.min(em, sizeOfLetters(page.lines)), zone)) return !isFrame(stroke, zone, page.content.cells)
    if (stroke.width > 3.4 * em || stroke.height > 0.93 * zone.height) return false
    const isOnRow = middleY(stroke) > row.top && middleY(stroke) < row.end
    const square = printed.find((one) => rowOverlap(one, stroke) > 0.3 && columnOverlap(one, stroke) > 0.3)
    // The box itself, unless the pen runs out of it.
    if (square) return isOnRow && overhang(stroke, square, page.lines) > 0.35 * em && middleY(square) > row.top && middleY(square) < row.end
    // No letter is so high: a pen went over it.
    if (stroke.height > Math.min(1.3 * em, stroke.width > em ? highest : Infinity)) return isOnRow
    if (options.some(({ box: words }) => isAmidWords(stroke, words, em))) return false
    return isOnRow && !isLetter(stroke, options, page.lines)
  })
}

/** Words behind an option may be set smaller than its own: what is so much higher than the middle piece of print, and wider than a letter, is a pen's. */
const higherThanPrint = 1.5

/** Of the pieces that are letters, or parts of them, half are no higher; infinite where there are too few to tell. */
function heightOfPrint(strokes: readonly Rectangle[], zone: Rectangle, em: number): number {
  const heights = strokes
    .filter((stroke) => stroke.y > zone.y + 1 && bottom(stroke) < bottom(zone) - 1 && stroke.height > 0.4 * em)
    .map(({ height }) => height)
    .toSorted((one, other) => one - other)
  return heights.length < fewestOfPrint ? Infinity : heights[heights.length >> 1]!
}
const fewestOfPrint = 4

/** Letters that are set apart seem as wide as their steps: most lines of a form are not so. */
const mostApart = 1.1
const sizeOfLetters = (lines: readonly Line[]): number =>
  mostApart * (lines.map(({ em }) => em).toSorted((one, other) => one - other)[lines.length >> 1] ?? Infinity)

/** A piece of a letter (锁), wherever the recogniser puts that letter: a pen's mark runs out of the words or over them. */
const isAmidWords = (stroke: Rectangle, words: Rectangle, em: number): boolean =>
  contains(words, stroke) && stroke.height < 1.05 * em && stroke.width < 1.05 * em

/**
 * A ring around the words of the option, which may have been taken for a part of them: then they seem as high as it is. In a low row
 * the rules of its cell cut it off.
 */
const isRound = (stroke: Rectangle, words: Rectangle, em: number, zone: Rectangle): boolean =>
  (stroke.height > 1.1 * em || stroke.height > 0.96 * zone.height) &&
  stroke.height < 3 * em &&
  stroke.width > 0.8 * words.width &&
  stroke.width < words.width + 5 * em &&
  stroke.x < words.x + 0.4 * em &&
  right(stroke) > right(words) - 0.4 * em &&
  Math.abs(middleY(stroke) - middleY(words)) < 0.5 * em

/** A line under the words of an option that has no box: as long as they are, and no rule, which goes on, nor the top of a ring below. */
const isUnderline = (stroke: Rectangle, { box, em }: OptionOnPage, zone: Rectangle): boolean =>
  stroke.height < 0.35 * em &&
  stroke.y > middleY(box) + 0.3 * em &&
  stroke.y < bottom(box) + 0.5 * em &&
  stroke.width > 0.8 * Math.min(box.width, em) &&
  Math.abs(middleX(stroke) - middleX(box)) < 0.4 * em &&
  Math.abs(stroke.width - box.width) < 0.8 * em &&
  stroke.x > zone.x + 1 &&
  right(stroke) < right(zone) - 1 &&
  bottom(stroke) < bottom(zone) - 1

/** The frame of the option's cell, or what of it lies in the zone that was looked at. */
const isFrame = (stroke: Rectangle, zone: Rectangle, cells: readonly Cell[]): boolean =>
  stroke.x <= zone.x + 1 ||
  right(stroke) >= right(zone) - 1 ||
  cells.some(
    ({ box }) =>
      Math.abs(box.x - stroke.x) +
        Math.abs(box.y - stroke.y) +
        Math.abs(right(box) - right(stroke)) +
        Math.abs(bottom(box) - bottom(stroke)) <
      0.5 * stroke.height,
  )

/** How far the ink runs out of a box; where a letter stands so close that it touches it, to the other sides. */
function overhang(stroke: Rectangle, square: Rectangle, lines: readonly Line[]): number {
  const [before, behind] = touchedBy(square, lines)
  return Math.max(
    square.y - stroke.y,
    bottom(stroke) - bottom(square),
    before ? 0 : square.x - stroke.x,
    behind ? 0 : right(stroke) - right(square),
  )
}

/** Whether a letter stands right before or behind a box. The room of a box that was not read is shared out to the letters beside it. */
function touchedBy(square: Rectangle, lines: readonly Line[]): [before: boolean, behind: boolean] {
  const beside = lines.filter((line) => rowOverlap(line.box, square) > 0.4)
  const isNear = (gap: number, em: number): boolean => gap > -0.6 * em && gap < 0.5 * em
  return [
    beside.some(({ letters, em }) => letters.some((letter) => isNear(square.x - Math.min(letter.right, letter.left + em), em))),
    beside.some(({ letters, em }) => letters.some((letter) => isNear(Math.max(letter.left, letter.right - em) - right(square), em))),
  ]
}

/** A square in a letter (号), or one that is a letter of a word (口岸): boxes are read as nothing, or as what looks like one. */
export const isOfLetter = (square: Rectangle, lines: readonly Line[]): boolean =>
  lines.some(
    (line) =>
      rowOverlap(line.box, square) > 0.6 &&
      line.letters.some(({ left, right: end, character }, at) =>
        isInWord(line, at)
          ? Math.abs((left + end) / 2 - middleX(square)) < 0.8 * line.em
          : letterLike.test(character) && end - left < 1.3 * line.em && Math.abs((left + end) / 2 - middleX(square)) < 0.3 * line.em,
      ),
  )

/** No box stands in such a word; where a pen hides a letter before it, the others seem to stand elsewhere. */
const isInWord = ({ letters }: Line, at: number): boolean =>
  letters[at]!.character === '口' && (letters[at + 1]?.character === '岸' || letters[at - 1]?.character === '窗')

const letterLike = /(?![口回日田曰凵冈区固团因国図困囚])\p{Script=Han}/u

/** In characters: how far a pen's mark that touches a letter runs out behind it at least. */
const runsOut = 0.7

/** It is what a letter was read from; a letter that looks like a tick and stands beside the words of every option is one. */
function isLetter(stroke: Rectangle, options: readonly OptionOnPage[], lines: readonly Line[]): boolean {
  const most = sizeOfLetters(lines)
  return lines.some((line) => {
    if (rowOverlap(line.box, stroke) < 0.3) return false
    return line.letters.some((letter) => {
      // A box that was dropped left its room to the first letter.
      const middle = (Math.max(letter.left, letter.right - 1.15 * line.em) + letter.right) / 2
      if (Math.abs(middleX(stroke) - middle) > 0.62 * Math.min(line.em, most)) return false
      // Ink that goes on where no letter is was drawn from the last one on.
      const goesOn = right(stroke) - letter.right > runsOut * line.em
      if (
        goesOn &&
        !line.letters.some(({ character, left, right: end }) => end > letter.right && left < right(stroke) && !tickLike.test(character))
      )
        return false
      const isInWords = options.some(({ box }) => rowOverlap(box, line.box) > 0.4 && middle > box.x && middle < right(box))
      return isInWords || !tickLike.test(letter.character)
    })
  })
}

const distanceTo = (option: OptionOnPage, box: Rectangle | undefined, mark: Rectangle): number => {
  const start = Math.min(option.box.x, box?.x ?? Infinity)
  const end = Math.max(right(option.box), box ? right(box) : 0)
  const aside = Math.max(start - right(mark), mark.x - end, 0)
  return aside + 0.5 * Math.abs(middleY(option.box) - middleY(mark))
}
