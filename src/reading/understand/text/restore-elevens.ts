/**
 * The 11 of a month or day that the recogniser merged into 1, took for a quotation mark or passed over, however far it is drawn out:
 * its two strokes stand upright between the marks of the date.
 */
import type { PageTools, Rectangle } from '../../page.ts'
import { depth, median, paleDepth, strokesOf } from './figure-strokes.ts'
import { middleX, middleY, right } from './geometry.ts'
import { textOf, type Letter, type Line } from './letters.ts'

/** Two upright strokes are as high as each other, and narrow. */
const asHigh = 0.7
const upright = 0.5
/** A slash makes the figure that it runs into, or the step beyond it where it does not show, so many times as wide as others. */
const withSlash = 1.5
/** A figure told by its stroke alone. */
const surest = 0.85

/** The letters of a line with every 11 that its strokes tell (`isRestored`); the letters themselves where there is none. */
export function withElevens(line: Line, strokes: readonly Rectangle[], tools: PageTools): readonly Letter[] {
  return betweenMarks(line, betweenWords(line, line.letters, strokes), tools)
}

function betweenWords(line: Line, read: readonly Letter[], strokes: readonly Rectangle[]): readonly Letter[] {
  let letters = read
  for (const [mark, next] of ['年月', '月日'] as const) {
    const at = letters.findIndex(({ character }) => character === mark)
    const to = letters.findIndex(({ character }, place) => place > at && character === next)
    if (at < 0 || to < 0 || to - at > 4) continue
    const between = letters.slice(at + 1, to)
    if (/^\d\d$/u.test(textOf(between)) || /[02-9]/u.test(textOf(between))) continue
    const run = { letters: between, isFigures: true, before: letters[at], after: letters[to] }
    const own = [strokesOf(run, line, strokes), besideWhole(letters[at]!, letters[to]!, line, strokes)].find(isEleven)
    if (!own) continue
    const confidence = Math.min(surest, ...between.map((letter) => letter.confidence))
    letters = [...letters.slice(0, at + 1), ...own.map((stroke) => restored('1', stroke, confidence)), ...letters.slice(to)]
  }
  return letters
}

/** So wide is a character of which no piece has come off, in characters. */
const wholeWidth = 0.6

/** The strokes between two characters of words that hang together each: a hand writes nearer to them than one can tell where they lie. */
function besideWhole(before: Letter, after: Letter, line: Line, strokes: readonly Rectangle[]): Rectangle[] {
  const isWhole = ({ width }: Rectangle): boolean => width > wholeWidth * line.em
  const from = strokes.findLastIndex((stroke) => isWhole(stroke) && stroke.x < before.right && right(stroke) > before.left)
  const to = strokes.findIndex((stroke, at) => at > from && isWhole(stroke) && stroke.x < after.right && right(stroke) > after.left)
  return from < 0 || to < 0 ? [] : strokes.slice(from + 1, to)
}

function isEleven(strokes: readonly Rectangle[]): boolean {
  const heights = strokes.map(({ height }) => height)
  return strokes.length === 2 && strokes.every(isUpright) && Math.min(...heights) >= asHigh * Math.max(...heights)
}

const isUpright = ({ width, height }: Rectangle): boolean => width <= upright * height

const restored = (character: string, stroke: Rectangle, confidence: number): Letter => {
  return { character, confidence, left: stroke.x, right: right(stroke), alternatives: [], isRestored: true }
}

/** A day with points, hyphens or slashes, which may have lost figures or one of its marks. */
const day = /(?<![\d./-])(20\d\d)([./-]?\d{0,2}[./-]?[./-]?\d{1,2})(?![\d./-])/u
const whole = /^[./-]\d\d[./-]\d\d$/u
/** Points and hyphens are lower than figures, in heights of these. */
const lowest = 0.35
/** What is looked at around the line, in heights of it: a line that slants leaves its box. */
const around = 0.25

interface Day {
  readonly month: string
  readonly date: string
  /** The figures' strokes, and those of the marks. */
  readonly strokes: readonly Rectangle[]
  readonly marks: readonly [Rectangle, Rectangle]
}

function betweenMarks(line: Line, letters: readonly Letter[], tools: PageTools): readonly Letter[] {
  const text = letters.map(({ character }) => (character.length === 1 ? character : '□')).join('')
  const found = day.exec(text)
  if (!found || !/[./-]/u.test(found[2]!) || whole.test(found[2]!)) return letters
  const from = found.index
  const to = from + found[0].length
  const own = letters.slice(from, to)
  const figures = found[2]!.replace(/\D/gu, '')
  const isSlashed = found[2]!.includes('/')
  const days = new Map<string, Day>()
  // The thin slashes of a blurred copy show as pale ink only.
  for (const share of isSlashed ? [paleDepth, depth] : [depth]) {
    const strokes = strokesFrom(own, letters[to], line, tools, share)
    const apart = strokes.flatMap((stroke) => partOf(stroke, tools))
    // The sides of a 0 may seem two ones that touch.
    for (const all of apart.length > strokes.length ? [apart, strokes] : [strokes]) {
      for (const each of isSlashed ? slashed(all, own) : pointed(all)) {
        const filled = fill(each, figures)
        if (filled) days.set(`${filled.month}/${filled.date}`, filled)
      }
      if (days.size > 0) break
    }
    if (days.size > 0) break
  }
  const [told, other] = days.values()
  if (!told || other || told.month.length + told.date.length <= figures.length) return letters
  const confidence = Math.min(surest, ...own.slice(4).map((letter) => letter.confidence))
  const mark = isSlashed ? '/' : '.'
  const characters = [...told.month, ...told.date].map((character, at) => restored(character, told.strokes[at]!, confidence))
  const marks = told.marks.map((stroke) => restored(mark, stroke, confidence))
  const months = told.month.length
  return [
    ...letters.slice(0, from + 4),
    marks[0]!,
    ...characters.slice(0, months),
    marks[1]!,
    ...characters.slice(months),
    ...letters.slice(to),
  ]
}

/** The strokes of a day, those of its marks among them, from left to right. */
function strokesFrom(own: readonly Letter[], after: Letter | undefined, line: Line, tools: PageTools, share: number): Rectangle[] {
  const { x, y, width, height } = line.box
  const box = { x, y: y - around * height, width, height: (1 + 2 * around) * height }
  const from = own[0]!.left - 0.5 * line.em
  const to = after ? (after.left + after.right) / 2 - 0.5 * line.em : Infinity
  const isOfLine = (stroke: Rectangle): boolean => middleY(stroke) > y && middleY(stroke) < y + height
  const isOfDay = (stroke: Rectangle): boolean => middleX(stroke) > from && middleX(stroke) < to && stroke.width < 2 * line.em
  const all = tools.strokesIn(box, { depth: share, withoutSeals: true }).filter((stroke) => isOfLine(stroke) && isOfDay(stroke))
  return all.toSorted((one, other) => one.x - other.x)
}

/** What is darkest of two strokes that touch stands apart. */
const darkest = 0.75

/** Two upright strokes that touch as two; any other stroke as it is. */
function partOf(stroke: Rectangle, tools: PageTools): Rectangle[] {
  const parts = tools.strokesIn(stroke, { depth: darkest, withoutSeals: true }).toSorted((one, other) => one.x - other.x)
  return isEleven(parts) && Math.min(...parts.map(({ height }) => height)) > asHigh * stroke.height ? parts : [stroke]
}

const tallOf = (strokes: readonly Rectangle[]): Rectangle[] => {
  const usual = median(strokes.map(({ height }) => height).filter((height) => height > 3))
  return strokes.filter(({ height }) => height > 0.6 * usual)
}

/** Figures known as 1 by their stroke, and others (`?`), between two points or hyphens. */
function pointed(strokes: readonly Rectangle[]): Day[] {
  const usual = median(tallOf(strokes).map(({ height }) => height))
  const tall = strokes.filter(({ height }) => height > 0.55 * usual)
  const isLow = (stroke: Rectangle): boolean => {
    const near = tall.toSorted((one, other) => Math.abs(middleX(one) - middleX(stroke)) - Math.abs(middleX(other) - middleX(stroke)))[0]
    return near !== undefined && stroke.height < lowest * usual && middleY(stroke) > middleY(near) - 0.1 * usual
  }
  const first = tall[0]
  const last = tall.at(-1)
  if (!first || !last) return []
  const marks = strokes.filter((stroke) => isLow(stroke) && middleX(stroke) > middleX(first) && middleX(stroke) < middleX(last))
  const behind = tall.filter((stroke) => marks[0] && middleX(stroke) > middleX(marks[0]))
  // Four figures behind the first point are two and two, even where the second point does not show.
  const one = marks[0]
  const two = marks[1] ?? (behind.length === 4 ? { ...behind[2]!, width: 0 } : undefined)
  if (!one || !two || marks.length > 2) return []
  const month = tall.filter((stroke) => middleX(stroke) > middleX(one) && middleX(stroke) <= two.x)
  const date = tall.filter((stroke) => middleX(stroke) > two.x)
  return [{ month: onesOf(month), date: onesOf(date), strokes: [...month, ...date], marks: [one, two] }]
}

/** The same between slashes, which stand as high as figures: every way in which two of the upright strokes may be slashes. */
function slashed(strokes: readonly Rectangle[], own: readonly Letter[]): Day[] {
  const tall = tallOf(strokes)
  const usual = median(tall.map(({ height }) => height))
  const ofYear = (own[3]!.left + own[3]!.right) / 2
  // The year's last figure may lie a step of the recogniser further on, but never as far as the slash behind it.
  const after = own[4]?.character === '/' ? (ofYear + (own[4].left + own[4].right) / 2) / 2 : ofYear + 0.2 * usual
  const year = tall.filter((stroke) => middleX(stroke) <= after)
  const last = year.at(-1)
  const behind = tall.filter((stroke) => middleX(stroke) > after)
  // On small print the pale slash runs into the figure before it, or leaves but its room.
  const holdsSlash = last !== undefined && last.width > withSlash * median(year.map(({ width }) => width))
  const pitch = median(year.slice(1).map((stroke, at) => middleX(stroke) - middleX(year[at]!)))
  const leavesRoom = last !== undefined && behind[0] !== undefined && middleX(behind[0]) - middleX(last) > withSlash * pitch
  const [first, ...rest] = holdsSlash || leavesRoom ? [{ ...last, x: right(last), width: 0 }, ...behind] : behind
  if (!first || !isUpright(first)) return []
  return rest.flatMap((second, at): Day[] => {
    if (at === 0 || !isUpright(second)) return []
    const month = rest.slice(0, at)
    const date = rest.slice(at + 1)
    return [{ month: onesOf(month), date: onesOf(date), strokes: [...month, ...date], marks: [first, second] }]
  })
}

const onesOf = (strokes: readonly Rectangle[]): string => strokes.map((stroke) => (isUpright(stroke) ? '1' : '?')).join('')

/** The day whose other figures are those that were read, in their order; null where they are more or fewer, or no such day exists. */
function fill(found: Day, figures: string): Day | null {
  const { month, date } = found
  if (month.length < 1 || month.length > 2 || date.length < 1 || date.length > 2) return null
  const others = [...figures].filter((figure) => figure !== '1')
  if ((month + date).replaceAll('1', '').length !== others.length) return null
  let next = 0
  const named = (text: string): string => text.replaceAll('?', () => others[next++]!)
  const filled = { ...found, month: named(month), date: named(date) }
  return Number(filled.month) <= 12 && Number(filled.date) <= 31 && Number(filled.month) > 0 && Number(filled.date) > 0 ? filled : null
}
