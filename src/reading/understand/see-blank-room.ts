/** Whether any ink stands in the room of a value but what is printed or ruled there. */
import type { Rectangle } from '../page.ts'
import { boxOf } from './find-labels.ts'
import type { PaperInHand } from './read-fields.ts'
import { bottom, columnOverlap, contains, meets, middleX, right, rowOverlap } from './text/geometry.ts'

/** Rules are lower than this, in characters; long ones that lie askew are seen somewhat higher. */
const low = { short: 0.22, long: 0.35 }
const long = 5
/** Pieces of a rule are as low, and lie along the edges of the room. */
const hairline = 0.12
const edge = 0.25
/** What dirt on the glass draws along the sheet is thinner; a piece of it at the edge of a room is a hair. */
const streak = 0.15
const hair = 0.08
/** A rule is looked for in slices so high, is most of the piece that it is part of, and has so much room above it, in characters. */
const sliced = 0.1
const mostOfRule = 0.7
const leastAbove = 0.9
/** What goes through the whole height of a room, which is higher than any character, is a rule in it; a thick one stands beside it. */
const higher = 1.3
const whole = 0.95
const thin = 0.25
const thick = 0.45

export const isRule = (stroke: Rectangle, em: number): boolean =>
  stroke.width > em && stroke.height < (stroke.width > long * em ? low.long : low.short) * em

/** Pieces of one upright hairline, a scratch or dirt on the glass: no character is so thin and so high. */
const isStreak = (stroke: Rectangle, strokes: readonly Rectangle[], em: number): boolean => {
  const pieces = strokes.filter((other) => other.width < 0.13 * em && Math.abs(middleX(other) - middleX(stroke)) < 0.1 * em)
  return stroke.width < 0.13 * em && pieces.length > 2 && Math.max(...pieces.map(bottom)) - Math.min(...pieces.map(({ y }) => y)) > 1.2 * em
}

export const sizeOfPage = (paper: PaperInHand): number =>
  paper.lines.map((line) => line.em).toSorted((one, other) => one - other)[paper.lines.length >> 1] ?? 24

/** Without the frame of the cell. */
export const insideOf = (room: Rectangle, em: number): Rectangle => {
  const inset = 0.22 * em
  return { x: room.x + inset, y: room.y + inset / 2, width: room.width - 2 * inset, height: room.height - inset }
}

/** No stroke as large as a third of a character, apart from rules, the frame of the cell, and letters that are printed there. */
export function isWithoutInk(paper: PaperInHand, room: Rectangle): boolean {
  const em = sizeOfPage(paper)
  const inner = insideOf(room, em)
  const isUnderRed = paper.content.seals.some(({ box, color }) => color === 'red' && meets(box, inner))
  return isBlank(paper, inner, em) && !(isUnderRed && writesInRed(paper))
}

/** What is written in red is taken off with the ink of a seal over it. */
const writesInRed = ({ claims, tools }: PaperInHand): boolean =>
  [...claims.byHit].some(([hit, spans]) => hit.field !== null && spans.some(({ box }) => tools.isRed?.(box)))

function isBlank(paper: PaperInHand, inner: Rectangle, em: number): boolean {
  if (inner.width < em || inner.height < 0.5 * em) return false
  const printed = printedIn(paper, inner)
  const over = paper.content.seals.filter(({ box }) => rowOverlap(box, inner) > 0 && columnOverlap(box, inner) > 0)
  const withoutSeals = over.length > 0 && over.every(({ color }) => color === 'red')
  const strokes = paper.tools.strokesIn(inner, { withoutSeals })
  const ink = strokes.filter((stroke) => {
    if (isRule(stroke, em) || isStreak(stroke, strokes, em) || isOfEdge(stroke, inner, em)) return false
    if (isShadeOfSheet(stroke, inner, paper.content.width, em)) return false
    if (Math.max(stroke.width, stroke.height) < 0.28 * em) return false
    return !printed.some((box) => contains(box, stroke) && stroke.width < 1.3 * em)
  })
  const [frame, second] = ink
  if (!frame) return true
  if (second || !isFrame(frame, inner, em)) return false
  // What stands in a frame would be seen within it, whether it touches the frame or not.
  const inset = edge * em
  const within = { x: frame.x + inset, y: frame.y + inset, width: frame.width - 2 * inset, height: frame.height - 2 * inset }
  if (within.height > 0.8 * em && isBlank(paper, within, em)) return true
  const above = aboveRule(paper, frame, inner, em, withoutSeals)
  return above !== null && isBlank(paper, above, em)
}

/** The room above the rule to write on, where dirt on the glass that crosses it makes one piece of both: a thin slice has the rule alone. */
function aboveRule(paper: PaperInHand, frame: Rectangle, inner: Rectangle, em: number, withoutSeals: boolean): Rectangle | null {
  const slice = sliced * em
  const hasRule = (y: number): boolean =>
    paper.tools
      .strokesIn({ x: inner.x, y, width: inner.width, height: slice }, { withoutSeals })
      .some(({ width }) => width > mostOfRule * frame.width)
  for (let y = inner.y; y < bottom(inner) - slice; y += slice)
    if (hasRule(y)) return y - inner.y > leastAbove * em ? { ...inner, height: y - inner.y - slice } : null
  return null
}

/** Pieces of the rules about a room. */
export function isOfEdge(stroke: Rectangle, inner: Rectangle, em: number): boolean {
  const isLow = stroke.height < hairline * em && (stroke.y < inner.y + edge * em || bottom(stroke) > bottom(inner) - edge * em)
  const isThrough = inner.height > higher * em && stroke.height >= whole * inner.height
  // Dirt on the glass goes on above the room and below it; letters stand within.
  const [atTop, atFoot] = [stroke.y <= inner.y, bottom(stroke) >= bottom(inner)]
  const goesOn = (atTop && atFoot && stroke.width < streak * em) || ((atTop || atFoot) && stroke.width < hair * em)
  const isAside = stroke.x < inner.x + em || right(stroke) > right(inner) - em
  const isTall = stroke.height > higher * em && stroke.width < hairline * em
  return isLow || isTall || goesOn || (isThrough && stroke.width < (isAside ? thick : thin) * em)
}

/** Where the sheet bends off the glass, or ends, a dark band goes along its side, through whatever room reaches there. */
const isShadeOfSheet = (stroke: Rectangle, inner: Rectangle, width: number, em: number): boolean =>
  inner.height > 1.2 * em &&
  stroke.height >= whole * inner.height &&
  stroke.width < 2 * em &&
  (right(stroke) > width - 1.5 * em || stroke.x < 1.5 * em)

/** The rules of a cell or of a box to write in, which hang together. */
const isFrame = (stroke: Rectangle, inner: Rectangle, em: number): boolean => stroke.width > 3 * em && stroke.height > 0.6 * inner.height

/** The printed 年 月 日 of a date that was left blank, and colons. */
function printedIn(paper: PaperInHand, room: Rectangle): Rectangle[] {
  return paper.lines
    .filter((line) => rowOverlap(line.box, room) > 0.5)
    .flatMap((line) =>
      line.letters.flatMap((letter, at) => {
        if (!/[年月日:]/u.test(letter.character)) return []
        const box = boxOf(line, at, at + 1)
        return [
          {
            ...box,
            x: box.x - 0.35 * line.em,
            width: box.width + 0.7 * line.em,
            y: box.y - 0.3 * line.em,
            height: box.height + 0.6 * line.em,
          },
        ]
      }),
    )
}
