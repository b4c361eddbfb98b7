/**
 * Counts the strokes of figures: a printed or written figure is one stroke that hangs together. The recogniser reads 11 as 1 and
 * 66 as 6 with full confidence (a character that stays over two steps of its lattice is one character), but the ink is there.
 */
import { isValidIdNumber } from '../../../guide/identifiers/id-number.ts'
import { isMobilePhone } from '../../../guide/identifiers/phone.ts'
import { isValidUscc } from '../../../guide/identifiers/uscc.ts'
import type { PageTools, Rectangle, TextLine } from '../../page.ts'
import { countOf, depth, median, paleDepth, strokesOf, tallStrokes, widestFigure, type Run } from './figure-strokes.ts'
import { join, middleX, right } from './geometry.ts'
import { arrangeLines, textOf, type Letter, type Line } from './letters.ts'
import { withElevens } from './restore-elevens.ts'

/** Figures, letters and what else stands as high as they do. */
const tall = /[0-9A-Za-z()/¥]/u
/** Marks that stand between figures and are no higher than half of one. */
const low = /[.,:;·、。_-]/u
/** Figures of a year, a phone or a card in one run: enough to tell how wide one is. */
const long = 4
/** No figure is so wide for its height. */
const wideAsHigh = 0.85
/** A figure less sure than this is a broken one that was read twice. */
const hardly = 0.5
/** The upper part of a line, above a rule that is printed to write on. */
const aboveRule = 0.72
/** Drawn out sideways, two figures alike lie further apart on the recogniser's steps. */
const stretch = 1.5
/** Each costs a recognition of a few figures, some 5 ms. */
const mostRereadings = 6

/**
 * The lines with their figures put where their strokes are (`isCounted`), as far as each has one of its own. Where more strokes
 * stand than figures were read, they are read once more; a reading that holds the first and has a figure for every stroke is
 * taken (`isRestored`).
 */
export async function placeFigures(lines: readonly Line[], tools: PageTools): Promise<Line[]> {
  const placed: Line[] = []
  let left = mostRereadings
  for (const line of lines) {
    if (line.source !== 'ocr' || !/\d/u.test(line.text)) {
      placed.push(line)
      continue
    }
    const strokes = tallStrokes(line, tools)
    const read = withElevens(line, strokes, tools)
    let letters: Letter[] = []
    let changed = read !== line.letters
    for (const run of runsOf(read)) {
      const figures = figuresOf(run.letters)
      const seen = run.isFigures && isSure(run) ? strokesOf(run, line, strokes) : []
      const own = (countOf(seen) === seen.length && seen.length === figures.length ? null : lookCloser(run, line, seen, tools)) ?? seen
      const counted = countOf(own)
      let now = run.letters
      if (own.length > 0 && counted === figures.length && own.length === counted && !lacksSlash(run, own))
        now = putOn(run.letters, own, run.before === undefined && run.after !== undefined)
      else if (counted > figures.length && counted <= figures.length + 3 && left > 0 && mayLackFigure(run)) {
        left -= 1
        now = (await readApart(run, own, counted, line, tools)) ?? now
      }
      changed ||= now !== run.letters
      letters = letters.concat(now)
    }
    placed.push(changed ? { ...line, letters, text: textOf(letters) } : line)
  }
  return placed
}

/** Strokes of a day between which a pale slash shows no ink lie further apart than the others, in pitches of these. */
const withRoom = 1.5

/** 2026/1/11 whose first slash has no stroke, while another 1 has one, is as many strokes as characters. */
function lacksSlash({ letters }: Run, strokes: readonly Rectangle[]): boolean {
  if (!letters.some(({ character }) => character === '/')) return false
  const pitches = strokes.slice(1).map((stroke, at) => middleX(stroke) - middleX(strokes[at]!))
  return Math.max(...pitches) > withRoom * median(pitches)
}

function runsOf(letters: readonly Letter[]): Run[] {
  const runs: { letters: Letter[]; isFigures: boolean }[] = []
  for (const letter of letters) {
    const isFigure = tall.test(letter.character)
    const last = runs.at(-1)
    if (last && (last.isFigures === isFigure || (last.isFigures && low.test(letter.character)))) last.letters.push(letter)
    else runs.push({ letters: [letter], isFigures: isFigure })
  }
  return runs.map((run, at) => ({ ...run, before: runs[at - 1]?.letters.at(-1), after: runs[at + 1]?.letters[0] }))
}

/** A single figure is told from its neighbours only between two characters, 2 of 年2月, or behind the word that such an end goes with: 之2. */
const isSure = ({ letters, before, after }: Run): boolean =>
  figuresOf(letters).length >= 2 || (before !== undefined && (after !== undefined || before.character === '之'))

/**
 * The strokes of a long number where they did not come out as many as its figures: a rule beneath it held them together, or the
 * hairlines of its face fell apart. Null unless every figure has one then, and none is so wide that two may have run together.
 */
function lookCloser(run: Run, line: Line, seen: readonly Rectangle[], tools: PageTools): Rectangle[] | null {
  const wanted = figuresOf(run.letters).length
  if (!run.isFigures || wanted === 0) return null
  const upper = { ...line.box, height: aboveRule * line.box.height }
  if (wanted < long) {
    // Too few to tell how wide one is by the others: a rule beneath them alone may have held them together.
    const own = strokesOf(run, line, tallStrokes(line, tools, upper))
    if (wanted > 1 && own.length === wanted && own.every(({ width }) => width < widestFigure * line.em)) return own
    // Or the hairlines of a 5 or 0 fell apart; two that touch are wider than high.
    for (const box of [line.box, upper]) {
      const whole = strokesOf(run, line, tallStrokes(line, tools, box, paleDepth))
      const height = Math.min(...whole.map((stroke) => stroke.height))
      const isFigure = ({ width }: Rectangle): boolean => width < Math.min(widestFigure * line.em, wideAsHigh * height)
      if (whole.length === wanted && whole.every(isFigure)) return whole
    }
    return null
  }
  for (const [box, share] of [
    [upper, depth],
    [line.box, paleDepth],
    [upper, paleDepth],
  ] as const) {
    const own = strokesOf(run, line, tallStrokes(line, tools, box, share))
    if (own.length !== wanted || countOf(own) !== wanted) continue
    const whole = own.filter((stroke) => seen.filter((piece) => isWithin(piece, stroke)).length === 1)
    const widest = whole.length >= 2 ? Math.max(...whole.map(({ width }) => width)) : 1.3 * median(own.map(({ width }) => width))
    if (own.every((stroke) => stroke.width <= 1.12 * widest)) return own
  }
  return null
}

const isWithin = (piece: Rectangle, stroke: Rectangle): boolean => middleX(piece) > stroke.x && middleX(piece) < right(stroke)

/** No value is so long a run of figures: the line that a fax machine prints over a sheet is. */
const longestRun = 24
/** A day written in figures alone, or the first and the last day of a term. */
const wholeDays = /^(?:(?:19|20)\d\d[.\-/]\d\d[.\-/]\d\d-?){1,2}$/u
const yearOf = /^(?:19|20)\d\d$/u

/** Whether a figure may have been passed over: what is whole by its form or its check digit has no room for another. */
function mayLackFigure({ letters, after }: Run): boolean {
  const text = textOf(letters).replace(/^[^0-9A-Za-z]+|[^0-9A-Za-z]+$/gu, '')
  if (text.length > longestRun || wholeDays.test(text)) return false
  if (after?.character === '年' && yearOf.test(text)) return false
  if (/[月日]/u.test(after?.character ?? '') && /^\d\d$/u.test(text)) return false
  if (/^\d{17}[\dXx]$/u.test(text) && isValidIdNumber(text.toUpperCase())) return false
  return !isMobilePhone(text.replaceAll('-', '')) && !isValidUscc(text.toUpperCase())
}

/** Every figure gets the place of its stroke; marks between them keep theirs. */
function putOn(letters: readonly Letter[], strokes: readonly Rectangle[], opensText: boolean): Letter[] {
  let next = 0
  return letters.map((letter) => {
    if (!tall.test(letter.character)) return letter
    const stroke = strokes[next++]!
    // Where a line of words begins stays where it was seen to begin: lines of one value are told by their common edge.
    return { ...letter, left: opensText && next === 1 ? Math.min(letter.left, stroke.x) : stroke.x, right: right(stroke), isCounted: true }
  })
}

/** The run read again, drawn out or moved apart, with the characters on both sides: null unless it holds what was read and no more than the strokes. */
async function readApart(run: Run, strokes: readonly Rectangle[], counted: number, line: Line, tools: PageTools): Promise<Letter[] | null> {
  const { x, width } = join(strokes)
  const room = 0.35 * line.em
  const from = run.before ? Math.min(run.before.left, x - room) : x - room
  const to = run.after ? Math.max(run.after.right, x + width + room) : x + width + room
  const place = { x: from, y: line.box.y, width: to - from, height: line.box.height }
  const known = figuresOf(run.letters)
  for (const how of [{ stretch }, { spread: true }] as const) {
    const read = await tools.readAgain(place, how)
    const whole = read ? wholeRun(run, read, known, counted) : null
    if (whole) return whole
  }
  return null
}

/** The run as it was read once more, where that holds what was read and no more than the strokes. */
function wholeRun(run: Run, read: TextLine, known: readonly Letter[], counted: number): Letter[] | null {
  for (const again of runsOf(arrangeLines({ lines: [read] }).flatMap(({ letters }) => letters))) {
    const figures = figuresOf(again.letters)
    if (!again.isFigures || figures.length <= known.length || figures.length > counted || !holds(textOf(figures), textOf(known))) continue
    if (figures.some(({ confidence }) => confidence < hardly)) continue
    // What was passed over is a figure; a letter more is a rule or the edge of a label.
    if (textOf(figures).replace(/\d/gu, '').length !== textOf(known).replace(/\d/gu, '').length) continue
    // A stroke of the next character is no figure: it must have been read itself.
    if (run.after && !again.after) continue
    return again.letters.map((letter) => ({ ...letter, isRestored: true }))
  }
  return null
}

const figuresOf = (letters: readonly Letter[]): Letter[] => letters.filter(({ character }) => tall.test(character))

/** Whether all characters of `part` stand in `whole`, in their order. */
function holds(whole: string, part: string): boolean {
  let at = 0
  for (const character of whole) if (character === part[at]) at += 1
  return at === part.length
}
