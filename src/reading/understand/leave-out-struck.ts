/** What was struck out by a pen is no value: the one beside it, above it or below it is. Nobody is sure of it: a person looks. */
import { isValidIdNumber } from '../../guide/identifiers/id-number.ts'
import { isValidPhone } from '../../guide/identifiers/phone.ts'
import { isValidUscc } from '../../guide/identifiers/uscc.ts'
import type { FieldType } from '../../guide/papers.ts'
import type { PageTools, Rectangle } from '../page.ts'
import type { Claims } from './claim-values.ts'
import type { Span } from './cut-spans.ts'
import { isForm } from './find-open-sheet.ts'
import type { PaperInHand } from './read-fields.ts'
import { bottom, columnOverlap, join, meets, middleX, middleY, right } from './text/geometry.ts'
import { textOf, type Letter } from './text/letters.ts'
import { normalise } from './values/normalise.ts'
import { meanConfidence } from './values/value.ts'

/** A stroke through letters runs within this band about the middle of their row and is so long, in characters; no letter's is. */
const band = 0.22
const least = 2.1
/** Of a row that slants or of a pen that does, the middle is also sought this far above and below. */
const offsets = [0, -0.14, 0.14]
/** A rule that was written on or a crease goes on beyond the row so far, on one side or both. */
const beyond = 1.6
/** Letters further apart than this are of two writings. */
const apart = 0.4
/** Below a stroke through letters stands the rest of them: within this, in characters below it, and of so many of them at least. */
const [feet, fewestFeet] = [[0.06, 0.31], 0.5] as const
/** A line is lower, in characters. */
const thin = 0.16
/** Letters that stand on a line reach up over this band above it, in characters. */
const tops = [0.3, 0.75] as const
/** What runs on through the very middle for so long, in characters, is no letter's: the strokes of a cross. */
const leastOfCross = 1.3
/** A pen through letters leaves them less legible. */
const plain = 0.9
/** What is put right stands so near above or below what is struck out. */
const near = 1.4

/** The paper without the letters that were struck out, and the fields that they were of. */
export function leaveOutStruck(paper: PaperInHand, typeOf: (field: string) => FieldType): PaperInHand {
  if (!isForm(paper.form.kind) || paper.lines.every(({ source }) => source === 'text-layer')) return paper
  const byHit = new Map(paper.claims.byHit)
  const struck = new Set<string>()
  let free = paper.claims.free
  for (const [hit, spans] of paper.claims.byHit) {
    if (hit.field === null) continue
    const type = typeOf(hit.field)
    const kept = spans.flatMap((span) => keep(span, type, paper))
    if (kept.length === spans.length && kept.every((span, at) => span === spans[at])) continue
    const lettersOf = (some: readonly Span[]) => some.flatMap(({ letters }) => letters)
    const beside = kept.length > 0 ? [] : besideStruck(spans, free)
    // Words were not written for a number, nor the day of birth for that of a card.
    const instead = (textOf(lettersOf(beside)).match(/[\dA-Z]/gu)?.length ?? 0) < (fewestFigures[type] ?? 0) ? [] : beside
    // What nothing was written for, and is plainly read all the same, may lie under a rule or a fold: somebody looks.
    if (kept.length + instead.length === 0 && meanConfidence(lettersOf(spans)) >= plain) {
      struck.add(hit.field)
      continue
    }
    free = free.filter((span) => !instead.includes(span))
    byHit.set(hit, kept.length > 0 ? kept : instead)
    struck.add(hit.field)
  }
  if (struck.size === 0) return paper
  return { ...paper, claims: { byHit, free } satisfies Claims, struck }
}

function keep(span: Span, type: FieldType, { tools, content }: PaperInHand): Span[] {
  if (span.line.source !== 'ocr') return [span]
  // The ring of a seal goes through letters too.
  const strokes = content.seals.some(({ box }) => meets(box, span.box)) ? [] : strokesThrough(span, tools)
  const left = strokes.length > 0 ? partsOf(span).flatMap((part) => notStruck(part, strokes, span.em)) : withoutWrong(span, type)
  if (left.length === span.letters.length) return [span]
  const text = textOf(left)
  return /[\p{L}\p{N}]/u.test(text) ? [withLetters(span, left, text)] : []
}

/** The strokes of a pen through letters of a line. */
export function strokesThrough({ box, em, letters }: Pick<Span, 'box' | 'em' | 'letters'>, tools: PageTools): Rectangle[] {
  if (letters.length < 2) return []
  const room = { x: box.x - beyond * em, width: box.width + 2 * beyond * em, height: band * em }
  const found = offsets.map((offset) =>
    tools
      .strokesIn({ ...room, y: middleY(box) + (offset - band / 2) * em }, { depth: 0.3, withoutSeals: true })
      .filter((stroke) => stroke.width >= least * em && stroke.x > room.x + 1 && right(stroke) < room.x + room.width - 1),
  )
  const strokes = found.toSorted((one, other) => widthOf(other) - widthOf(one))[0]!
  const through = strokes.filter((stroke) => letters.filter((letter) => isOver(stroke, letter)).length >= 2)
  // Of other letters of the row a stroke may run on so far.
  const isCrossed = (stroke: Rectangle): boolean =>
    tools
      .strokesIn({ ...box, y: middleY(box) - (band / 2) * em, height: band * em }, { depth: 0.3, withoutSeals: true })
      .some((one) => one.width >= leastOfCross * em && columnOverlap(one, stroke) > 0)
  // A dash instead of a value strikes nothing out.
  return through.filter(
    (stroke) =>
      letters.some((letter) => isOver(stroke, letter) && /[\p{L}\p{N}]/u.test(letter.character)) &&
      (isCrossed(stroke) || !isUnder(stroke, letters, em, tools)),
  )
}

/** The line that a value was typed on is no stroke through it, though it comes up to its middle where the page lies a little askew. */
function isUnder(stroke: Rectangle, letters: readonly Letter[], em: number, tools: PageTools): boolean {
  const [from, to] = feet
  const inkBelow = (y: number): Rectangle[] =>
    tools.strokesIn({ ...stroke, y: y + from * em, height: (to - from) * em }, { depth: 0.3, withoutSeals: true })
  const lowest = bottom(stroke)
  const near = inkBelow(lowest)
  // The band may end amid the line, whose pieces below the stroke are as long as it at most.
  const isLine = ({ width, height }: Rectangle): boolean => width >= Math.min(least * em, 0.9 * stroke.width) && height < thin * em
  const foot = Math.max(lowest, ...near.filter(isLine).map(bottom))
  if (foot > lowest && isAllInk({ ...stroke, y: lowest - tops[1] * em, height: (tops[1] - tops[0]) * em }, tools)) return true
  const below = foot > lowest ? inkBelow(foot) : near
  const own = letters.filter((letter) => isOver(stroke, letter))
  const standing = own.filter((letter) => below.some((ink) => ink.x < letter.right && right(ink) > letter.left))
  return standing.length < fewestFeet * own.length
}

/** Every row of the room holds ink: letters that stand on a line, with the next row close below. Above what is struck out the row ends. */
function isAllInk(room: Rectangle, tools: PageTools): boolean {
  const pieces = tools.strokesIn(room, { depth: 0.3, withoutSeals: true }).toSorted((one, other) => one.y - other.y)
  const end = pieces.reduce((down, piece) => (piece.y > down + 1 ? down : Math.max(down, bottom(piece))), room.y)
  return end >= bottom(room) - 1
}

const widthOf = (strokes: readonly Rectangle[]): number => strokes.reduce((sum, { width }) => sum + width, 0)
const isOver = (stroke: Rectangle, letter: Letter): boolean => middleOf(letter) > stroke.x && middleOf(letter) < right(stroke)
const middleOf = ({ left, right: end }: Letter): number => (left + end) / 2

/** Of several writings on one row that are no number together, the one that is; crossed out, the others are read as anything. */
function withoutWrong({ letters, em }: Span, type: FieldType): readonly Letter[] {
  const isNumber = wholeNumbers[type]
  // 360121 19890927 4565 is one number, whether or not its check digit holds, though the permits of some have eight figures.
  const isInGroups = type === 'id-number' && /^[:;]?\d{17}[\dX]$/iu.test(textOf(letters).replaceAll(/\s/gu, ''))
  if (!isNumber || isNumber(letters) || isInGroups) return letters
  const parts = partsOf({ letters, em })
  const whole = parts.filter(isNumber)
  const others = parts.filter((group) => !whole.includes(group)).flat()
  // A number beside an area code or a label's colon is not put right by anybody.
  return whole.length === 1 && others.length >= fewestWrong ? whole[0]! : letters
}

const fewestWrong = 6

/** As many as a number of the type has at least, one or two misread. */
const fewestFigures: Partial<Record<FieldType, number>> = { phone: 7, uscc: 15, 'id-number': 14 }

/** Letters are seen up to half of one off, and a pen begins where it likes: of what is mostly struck out nothing is left. */
const [mostly, aside] = [0.6, 0.15]

function notStruck(letters: readonly Letter[], strokes: readonly Rectangle[], em: number): readonly Letter[] {
  const left = letters.filter((letter) =>
    strokes.every((stroke) => middleOf(letter) < stroke.x - aside * em || middleOf(letter) > right(stroke) + aside * em),
  )
  if (letters.length - left.length >= mostly * letters.length) return []
  // What was begun wrong is written again behind it: a stroke in the midst of letters is a ring, or a fold.
  const isWord = ({ character }: Letter): boolean => /[\p{L}\p{N}]/u.test(character)
  return left.find(isWord) === letters.find(isWord) ? letters : left
}

/** Letters with no room between them. */
function partsOf({ letters, em }: Pick<Span, 'letters' | 'em'>): Letter[][] {
  const parts: Letter[][] = []
  for (const [at, letter] of letters.entries()) {
    const previous = letters[at - 1]
    if (previous && letter.left - previous.right < apart * em) parts.at(-1)!.push(letter)
    else parts.push([letter])
  }
  return parts
}

const read = (letters: readonly Letter[], type: FieldType): string => {
  const { value, evidence } = normalise(letters, type)
  return typeof value === 'string' && !evidence.includes('mended') ? value : ''
}

/** Whether letters are a number of the type's own form, and nothing more. */
const wholeNumbers: Partial<Record<FieldType, (letters: readonly Letter[]) => boolean>> = {
  phone: (letters) => /^1[3-9]\d{9}$/u.test(read(letters, 'phone')) && isValidPhone(read(letters, 'phone')),
  uscc: (letters) => isValidUscc(read(letters, 'uscc')),
  'id-number': (letters) => isValidIdNumber(read(letters, 'id-number')),
}

/** What stands right above or below, larger or smaller: the nearest. */
function besideStruck(struck: readonly Span[], free: readonly Span[]): Span[] {
  const box = join(struck.map((span) => span.box))
  if (!box) return []
  const em = struck[0]!.em
  const distance = (span: Span): number => Math.max(box.y - bottom(span.box), span.box.y - bottom(box), 0)
  const [nearest] = free
    .filter(
      (span) =>
        distance(span) < near * em && (columnOverlap(span.box, box) > 0.3 || Math.abs(middleX(span.box) - middleX(box)) < box.width),
    )
    .toSorted((one, other) => distance(one) - distance(other))
  return nearest ? [nearest] : []
}

function withLetters(span: Span, letters: readonly Letter[], text: string): Span {
  const x = letters[0]!.left
  return { ...span, letters, text, box: { ...span.box, x, width: Math.max(1, letters.at(-1)!.right - x) } }
}
