/**
 * The last character of a value that wraps often stands alone on its line, too little for the detector. Ink under the begin of
 * a value, in its own room, is looked at by itself and read on.
 */
import { documentFields } from '../../guide/papers.ts'
import type { Rectangle } from '../page.ts'
import { wraps } from './claim-values.ts'
import type { PaperInHand } from './read-fields.ts'
import { bottom, columnOverlap, contains, join, middleY, right, rowOverlap } from './text/geometry.ts'
import { arrangeLines, textOf, type Letter } from './text/letters.ts'
import { openTable } from './text/table.ts'
import { normalise } from './values/normalise.ts'
import { leastConfidence, type Part } from './values/value.ts'

/** What is left over is a few characters; more would have been detected. */
const mostCharacters = 3
/** How far behind the last figure of a line nothing stands, in characters. */
const nothingFollows = 1.6
/** No figure is wider, in characters; in faces of equal widths 1 is hardly narrower. */
const widest = 0.75
/** What most figures take, in characters, and how many blur joins. */
const usual = 0.5
const mostJoined = 3
/** What the window cuts off the letter before the figures is narrower, in characters. */
const overhang = 0.45
/** A line that dirt draws is so thin and goes on so far, in characters, and leans so far meanwhile, in pixels. */
const hair = 0.2
const goesOn = 4
const slant = 2
/** Shares of the ink's height. */
const margins = [0.12, 0.25, 0.4]

export async function readTails(paper: PaperInHand): Promise<void> {
  for (const { name, type } of documentFields[paper.form.kind]) {
    const value = paper.values.get(name)
    const parts = value?.parts
    if (value?.source !== 'ocr' || !parts?.length) continue
    // Of numbers below each other the first may stand above the row of their label.
    if (type === 'list' && value.value !== null && isGoneOn(paper, parts))
      paper.values.set(name, { ...value, evidence: [...value.evidence, 'cut-short'] })
    if (!wraps.test(name) || type === 'list' || typeof value.value !== 'string') continue
    const last = parts.toSorted((one, other) => middleY(one.box) - middleY(other.box)).at(-1)!
    const first = parts.toSorted((one, other) => one.box.x - other.box.x)[0]!
    if (isGoneOn(paper, parts)) {
      paper.values.set(name, { ...value, evidence: [...value.evidence, 'cut-short'] })
      continue
    }
    const numeral = await readNumeral(paper, last)
    if (numeral) {
      const whole = `${value.value.slice(0, value.value.lastIndexOf('之') + 1)}${numeral}`
      paper.values.set(name, { ...value, value: whole, evidence: [...value.evidence, 'mended', 'second-reading'] })
      continue
    }
    const stroke = strokeAfter(paper, value.value, last)
    if (stroke) {
      const whole = { value: `${value.value}一`, box: join([value.box ?? last.box, stroke]), evidence: [...value.evidence, 'mended'] }
      paper.values.set(name, { ...value, ...whole })
      continue
    }
    const below = inkBelow(paper, last.box, first.box.x)
    if (below === 'none') {
      if (/\d$/u.test(value.value) && endsThere(paper, parts, first.box.x))
        paper.values.set(name, { ...value, evidence: [...value.evidence, 'end-seen'] })
      continue
    }
    if (below === 'more') {
      paper.values.set(name, { ...value, evidence: [...value.evidence, 'ink-below'] })
      continue
    }
    const ink = below
    const letters = await readSurest(paper, ink)
    const text = textOf(letters)
    const isReadable = /^[\p{Script=Han}\dA-Z)]{1,3}$/u.test(text) && letters.length <= mostCharacters
    if (!isReadable || letters.some(({ confidence }) => confidence < 0.6)) {
      paper.values.set(name, { ...value, evidence: [...value.evidence, 'ink-below'] })
      continue
    }
    const whole = normalise([...parts.flatMap((part) => part.letters), ...letters], type)
    if (whole.value === null || !whole.value.startsWith(value.value)) {
      paper.values.set(name, { ...value, evidence: [...value.evidence, 'ink-below'] })
      continue
    }
    paper.values.set(name, {
      ...value,
      value: whole.value,
      least: Math.min(value.least, ...letters.map(({ confidence }) => confidence)),
      box: join([value.box ?? last.box, ink]),
      parts: [...parts, { box: ink, text, letters }],
      evidence: [...value.evidence, 'second-reading'],
    })
  }
}

/**
 * Whether right above a value, as large and from the same place, a line stands that is nobody's: beside a label at half height a value
 * of two lines may have lost its first.
 */
function isGoneOn(paper: PaperInHand, parts: readonly Part[]): boolean {
  const first = parts.toSorted((one, other) => one.box.y - other.box.y)[0]!
  const em = first.box.height / 1.25
  const own = new Set(parts.flatMap(({ letters }) => letters))
  return paper.lines.some((line) => {
    const { box } = line
    const gap = first.box.y - bottom(box)
    if (gap < -0.5 * em || gap > 0.45 * em || middleY(box) > first.box.y || Math.abs(box.x - first.box.x) > 1.2 * em) return false
    if (line.em > 1.25 * em || em > 1.25 * line.em || line.letters.length < 4 || line.letters.some((letter) => own.has(letter)))
      return false
    return (
      !paper.isProse(line.index) &&
      !paper.hits.some((hit) => isLabelOf(hit.box, box) || hit.stretches.some((one) => one.line === line.index))
    )
  })
}

/** A label on the same row, before it. */
const isLabelOf = (label: Rectangle, box: Rectangle): boolean => rowOverlap(label, box) > 0.4 && label.x < box.x

/** The last letter of 209号之二 less sure than this was cut by the edge of its run; of one that was not read it is not known. */
const cutNumeral = 0.7

/** The numeral that two looks with more room see alike behind 之, where the end of a run of text cut it; null where they do not. */
async function readNumeral({ tools, content }: PaperInHand, { box, letters }: Part): Promise<string | null> {
  const at = letters.findLastIndex(({ character }) => character === '之')
  const tail = letters.slice(at + 1)
  if (at < 1 || tail.length > 1 || !/^[一二三四五六七八九十-]?$/u.test(textOf(tail)) || (tail[0]?.confidence ?? 0) > cutNumeral) return null
  const em = box.height / 1.25
  const first = letters[Math.max(0, at - 3)]!
  const start = first.left - 0.1 * em
  const end = Math.min(content.width, (letters[at]!.left + letters[at]!.right) / 2 + 2.1 * em)
  const place = { x: start, y: box.y - 0.15 * em, width: end - start, height: box.height + 0.3 * em }
  const seen: (string | undefined)[] = []
  for (const stretch of [1, 1.25]) {
    const line = await tools.readAgain(place, { stretch })
    const read = line ? arrangeLines({ lines: [line] }).flatMap((one) => one.letters) : []
    const [, numeral] = /之([一二三四五六七八九十])[-_.。·]?$/u.exec(textOf(read).replace(/-$/u, '一')) ?? []
    seen.push(numeral)
  }
  return seen[0] !== undefined && seen[0] === seen[1] ? seen[0] : null
}

/** A house is 209号之一 or 之二, never 之: the one flat stroke at half height after it is 一, which is often passed over as a dash. */
function strokeAfter(paper: PaperInHand, value: string, { box, letters }: Part): Rectangle | null {
  const last = letters.at(-1)
  if (!value.endsWith('之') || last?.character !== '之') return null
  const em = box.height / 1.25
  // The letter is told wider than it is.
  const start = (last.left + last.right) / 2 + 0.45 * em
  const room = { x: start, y: box.y, width: 1.7 * em, height: box.height }
  const strokes = paper.tools
    .strokesIn(room, { withoutSeals: true })
    .filter(({ width, height }) => Math.max(width, height) > 0.1 * em)
    .filter((stroke) => stroke.x > room.x + 1 || stroke.width > 0.3 * em)
  // A thin stroke breaks on a fax: its pieces lie level, end to end.
  const [first] = strokes
  const areLevel = strokes.every((stroke) => stroke.height < 0.3 * em && Math.abs(middleY(stroke) - middleY(first!)) < 0.1 * em)
  if (!first || (strokes.length > 1 && (strokes.length > 3 || !areLevel))) return null
  const only = join(strokes)
  const isFlat = only.width > 0.5 * em && only.width < 1.15 * em && only.height < 0.3 * em
  return isFlat && Math.abs(middleY(only) - middleY(box)) < 0.2 * em && right(only) < right(room) - 1 ? only : null
}

/**
 * Whether the pixels show that a value which ends amid figures does end there: as many strokes as figures stand behind its last
 * word, nothing else does on its row, and the room of its next line is blank.
 */
function endsThere(paper: PaperInHand, parts: readonly Part[], start: number): boolean {
  const last = parts.toSorted((one, other) => middleY(one.box) - middleY(other.box) || one.box.x - other.box.x).at(-1)!
  const above = parts.filter((part) => bottom(part.box) < middleY(last.box)).toSorted((one, other) => other.box.y - one.box.y)[0]
  const em = last.box.height / 1.25
  const figures = last.letters.slice(last.letters.findLastIndex(({ character }) => !/\d/u.test(character)) + 1)
  // The last figure of the value stands in another part.
  if (figures.length === 0) return false
  const before = last.letters.at(-1 - figures.length)
  if (paper.content.seals.some(({ box }) => rowOverlap(box, last.box) > 0 && columnOverlap(box, last.box) > 0)) return false
  const from = before ? (before.left + before.right) / 2 + 0.45 * em : last.box.x - 0.6 * em
  const row = { x: from, y: last.box.y, width: figures.at(-1)!.right + nothingFollows * em - from, height: last.box.height }
  const strokes = paper.tools.strokesIn(row, { withoutSeals: true }).filter((stroke) => stroke.height > 0.3 * em && !isTop(stroke, row, em))
  const isCutOff = (stroke: Rectangle): boolean => stroke.x < row.x + 1 && right(stroke) < row.x + overhang * em
  const isEach = [strokes, strokes.filter((stroke) => !isCutOff(stroke))].some(
    (own) => own.reduce((sum, stroke) => sum + figuresIn(stroke, em), 0) === figures.length,
  )
  if (!isEach) return false
  const others = paper.lines.filter((line) => !line.letters.some((letter) => parts.some((part) => part.letters.includes(letter))))
  const onRow = others.some(
    ({ box }) => rowOverlap(box, last.box) > 0.4 && box.x > right(last.box) - em && !paper.hits.some((hit) => contains(box, hit.box)),
  )
  if (onRow) return false
  const table = openTable(paper.content.cells)
  const own = table.cellOf(last.box)
  const foot = own === null ? Infinity : bottom(table.cells[own]!.box) - 0.1 * em
  const pitch = above ? middleY(last.box) - middleY(above.box) : 2 * em
  const columns = { x: start - 0.3 * em, y: last.box.y, width: 3 * em, height: last.box.height }
  const next = Math.min(
    ...others.filter(({ box }) => box.y > middleY(last.box) && columnOverlap(box, columns) > 0).map(({ box }) => box.y - 0.05 * em),
  )
  const top = bottom(last.box) - 0.05 * em
  const end = Math.min(foot, next, top + pitch)
  if (end - top < 0.3 * em) return end === foot
  const room = { ...columns, y: top, height: end - top }
  return paper.tools.strokesIn(room, { withoutSeals: true }).every(({ height, width, x }) => {
    const isFrame = width < 0.12 * em && x < start - 0.1 * em
    return isFrame || (height < 0.15 * em && width < 0.3 * em) || isDirt(paper, room, { x, width }, em)
  })
}

/** What dirt on the glass draws is thin, and goes on through and below the room where no letter does. */
function isDirt({ tools, content }: PaperInHand, room: Rectangle, { x, width }: Pick<Rectangle, 'x' | 'width'>, em: number): boolean {
  const along = { x: x - slant, y: room.y, width: width + 2 * slant, height: room.height + goesOn * em }
  if (width > hair * em || bottom(along) > content.height) return false
  return tools.strokesIn(along, { withoutSeals: true }).some((stroke) => stroke.height > 0.97 * along.height)
}

/** How many figures a stroke is, which blur joins; NaN for what is none. */
function figuresIn({ width, height }: Rectangle, em: number): number {
  if (height >= 1.1 * em) return Number.NaN
  if (width < widest * em) return 1
  const count = Math.round(width / (usual * em))
  return count <= mostJoined && Math.abs(width - count * usual * em) < 0.2 * usual * em * count ? count : Number.NaN
}

/** The top of a character of the next line. */
const isTop = (stroke: Rectangle, row: Rectangle, em: number): boolean => bottom(stroke) > bottom(row) - 2 && stroke.height < 0.4 * em

/** A lone character is read best with as much room around it as the network was trained on; how much that is differs. */
async function readSurest(paper: PaperInHand, ink: Rectangle): Promise<Letter[]> {
  let surest: Letter[] = []
  for (const share of margins) {
    const by = share * ink.height
    const line = await paper.tools.readAgain({ x: ink.x - by, y: ink.y - by, width: ink.width + 2 * by, height: ink.height + 2 * by })
    const letters = line ? arrangeLines({ lines: [line] }).flatMap((one) => one.letters) : []
    if (letters.length > 0 && (surest.length === 0 || leastConfidence(letters) > leastConfidence(surest))) surest = letters
  }
  return surest
}

/**
 * Strokes as high as characters right below the line, from where it begins, that belong to no other line and to no rule: the
 * box of a character or two, or `more` when what stands there is longer or not to be told from a grey seal.
 */
function inkBelow(paper: PaperInHand, line: Rectangle, start: number): Rectangle | 'none' | 'more' {
  const em = line.height / 1.25
  const room = { x: start - 0.3 * em, y: bottom(line) - 0.1 * em, width: 3.6 * em, height: 1.5 * em }
  const cell = openTable(paper.content.cells)
  const own = cell.cellOf(line)
  const end = own === null ? Infinity : bottom(paper.content.cells[own]!.box) - 0.1 * em
  const height = Math.min(room.height, end - room.y)
  if (height < 0.9 * em) return 'none'
  const looked = { ...room, height }
  if (paper.lines.some((other) => rowOverlap(other.box, looked) > 0.35 && columnOverlap(other.box, looked) > 0)) return 'none'
  const isUnderSeal = paper.content.seals.some(({ box }) => rowOverlap(box, looked) > 0 && columnOverlap(box, looked) > 0)
  const strokes = paper.tools
    .strokesIn(looked, { withoutSeals: true })
    .filter((stroke) => stroke.height > 0.12 * em && stroke.width < 1.6 * em && stroke.x > looked.x + 1 && stroke.y > looked.y + 1)
  const high = strokes.filter((stroke) => stroke.height > 0.5 * em && stroke.height < 1.3 * em)
  if (high.length === 0) return 'none'
  // Asked last: boxes are looked for only on pages where something asks for them.
  if (paper.content.checkBoxes.some(({ box }) => contains(looked, box))) return 'none'
  if (isUnderSeal) return 'more'
  const around = join(strokes)
  const isCharacter =
    around.height > 0.6 * em && around.height < 1.25 * em && around.width > 0.5 * em && bottom(around) < bottom(looked) - 1
  return isCharacter && around.x < start + 0.7 * em && right(around) < right(looked) - 1 ? around : high.length > 1 ? 'more' : 'none'
}
