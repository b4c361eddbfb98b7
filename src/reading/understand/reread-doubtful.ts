/** A code, number or date that cannot be what it says is read once more from a closer look at its place. */
import { documentFields, type FieldType } from '../../guide/papers.ts'
import type { Rectangle, SecondLook } from '../page.ts'
import type { PaperInHand } from './read-fields.ts'
import { isPrint } from './tell-print.ts'
import { rereadNumbers } from './reread-numbers.ts'
import { bottom, join, middleX, right, rowOverlap, widen } from './text/geometry.ts'
import { arrangeLines, textOf, type Letter } from './text/letters.ts'
import { openTable } from './text/table.ts'
import { areAlike, usccAllows } from './values/codes.ts'
import { hasLostOne } from './values/dates.ts'
import { normaliseTerm } from './read-validity.ts'
import { normalise } from './values/normalise.ts'
import { leastConfidence, meanConfidence, type Normalised, type ReadValue } from './values/value.ts'

/** Each costs a detection and a recognition of a strip. */
const mostRereadings = 4

export async function rereadDoubtful(paper: PaperInHand): Promise<void> {
  let left = mostRereadings
  const term = termIn(paper)
  for (const { name, type } of documentFields[paper.form.kind]) {
    const value = paper.values.get(name)
    if (left === 0) return
    if (value?.source === 'text-layer' && lacksCharacters(value, type)) {
      left -= 1
      paper.values.set(name, await readPainted(paper, value, type))
      continue
    }
    // A closer look at its place would read what was struck out there.
    if (!value?.box || value.source !== 'ocr' || paper.struck.has(name)) continue
    if (type === 'list') {
      const read = await rereadNumbers(paper, value)
      if (!read) continue
      left -= 1
      paper.values.set(name, read)
      continue
    }
    if (isMendedCode(value, type)) {
      left -= 1
      paper.values.set(name, await readUnmended(paper, value, type))
      continue
    }
    const mayLackOne = type === 'date' && !isPrint(paper) && mayHaveLostOne(paper, value)
    if (!mayLackOne && !isDoubtful(value, type)) continue
    left -= 1
    const place = placeOf(paper, name, value.box)
    const end = term.find((field) => field === name)
    const read = (letters: readonly Letter[]) => (end ? normaliseTerm(letters, end) : normalise(letters, type))
    const readAs = (at: Rectangle, how?: SecondLook) => readPlace(paper, value, type, at, read, how)
    const apart = () => readAs(lineIn(place, value.box!), { spread: true })
    if (mayLackOne) {
      const whole = await apart()
      if (whole && whole.value !== value.value && hasLostOne(value.value as string, whole.value as string))
        paper.values.set(name, { ...whole, evidence: [...whole.evidence, 'mended'] })
      continue
    }
    // Figures that were merged are merged by a closer look as well, and a day with one figure less is a day.
    const again = isDate(type)
      ? ((await apart()) ?? (await readAs(place)) ?? (await readAs(place, { stretch })))
      : ((await readAs(place)) ?? (await apart()))
    if (again) paper.values.set(name, again)
  }
}

/** The ends of a term that stand on one row: read as a date, its row is that of its begin. */
function termIn({ values }: PaperInHand): readonly ('validFrom' | 'validTo')[] {
  const [from, until] = [values.get('validFrom'), values.get('validTo')]
  return from?.box && from.box === until?.box ? ['validFrom', 'validTo'] : []
}

/** A figure is higher than this, and the signs on both sides of it reach so far from their middles, in characters. */
const figure = 0.4
const [sign, point] = [0.4, 0.2]
/** Figures whose blur touches stay apart. */
const inked = 0.35

/** A month or a day of one figure where two stand: hands write 1 and 7 so near each other that 17 is read as 7. */
const mayHaveLostOne = ({ tools }: PaperInHand, { value, wellFormed, parts = [] }: ReadValue): boolean =>
  typeof value === 'string' &&
  wellFormed &&
  parts.some(({ box, letters }) => {
    const em = box.height / 1.25
    const reach = ({ character }: Letter): number => (/[年月日]/u.test(character) ? sign : point) * em
    const middle = ({ left, right: end }: Letter): number => (left + end) / 2
    return letters.some((letter, at) => {
      const [before, behind] = [letters[at - 1], letters[at + 1]]
      if (!/[1-9]/u.test(letter.character) || !before || !/[年月.\-/]/u.test(before.character)) return false
      if (behind && !/[月日.\-/]/u.test(behind.character)) return false
      const from = middle(before) + reach(before)
      const to = behind ? middle(behind) - reach(behind) : right(box)
      const end = behind?.right ?? right(box)
      const strokes = tools.strokesIn(
        { ...box, x: before.left, width: Math.max(1, end - before.left) },
        { withoutSeals: true, depth: inked },
      )
      return strokes.filter((stroke) => stroke.height > figure * em && middleX(stroke) > from && middleX(stroke) < to).length >= 2
    })
  })

/** Drawn out sideways, figures alike lie further apart on the recogniser's steps. */
const stretch = 1.25

const isDate = (type: FieldType): boolean => type === 'date' || type === 'date-or-forever'

/** Behind a day there is 日 where 年 and 月 are before it: a figure that ends the text may be the first of two, the other under a seal. */
const isCutInDay = (text: string): boolean => /年\d{1,2}\D{1,2}\d$/u.test(text)

/** The row of a value in its place, with what was passed over at its ends. */
const lineIn = (place: Rectangle, box: Rectangle): Rectangle => {
  const top = Math.max(place.y, box.y - overLine * box.height)
  return { ...place, y: top, height: Math.min(bottom(place), bottom(box) + overLine * box.height) - top }
}
const overLine = 0.2

/** The value as a closer look at its place has it, the lines that are found there or the whole place as `how` says; null when it is none. */
async function readPlace(
  { tools }: PaperInHand,
  value: ReadValue,
  type: FieldType,
  place: Rectangle,
  normalised: (letters: readonly Letter[]) => Normalised,
  how?: SecondLook,
): Promise<ReadValue | null> {
  const line = how ? await tools.readAgain(place, how) : null
  const lines = arrangeLines({ lines: how ? (line ? [line] : []) : await tools.recognise(place) })
  const letters = lines.flatMap((line) => line.letters)
  if (letters.length === 0 || (isDate(type) && isCutInDay(textOf(letters)))) return null
  const read = normalised(letters)
  const better = { ...value, value: read.value, wellFormed: read.wellFormed, evidence: [...read.evidence, 'second-reading'] }
  if (read.value === null || isDoubtful({ ...better, box: place }, type)) return null
  const box = join(lines.map((line) => line.box))
  return { ...better, confidence: meanConfidence(letters), least: leastConfidence(letters), box }
}

/** A credit code that holds its check digit only with a character that was not read. */
const isMendedCode = ({ value, evidence, parts }: ReadValue, type: FieldType): boolean =>
  type === 'uscc' && typeof value === 'string' && evidence.includes('check-digit') && evidence.includes('mended') && parts?.length === 1

/** A letter that is read so surely twice stands there, unless no code has it or it looks like the one that should. */
const plainly = 0.9

/** A character was misread, or the code stands wrongly on the paper: what is plainly read twice is what the paper says. */
async function readUnmended({ tools }: PaperInHand, value: ReadValue, type: FieldType): Promise<ReadValue> {
  const { box, letters: first } = value.parts![0]!
  const line = await tools.readAgain(widen(box, 0.12 * box.height), { stretch })
  const letters = line ? arrangeLines({ lines: [line] }).flatMap((one) => one.letters) : []
  const read = normalise(letters, type)
  if (read.value === value.value && !read.evidence.includes('mended'))
    return { ...value, evidence: [...read.evidence, 'second-reading'], least: Math.min(value.least, leastConfidence(letters)) }
  const [mended, said] = [Array.from(value.value as string), Array.from(codeOf(letters))]
  if (codeOf(first) !== said.join('') || said.length !== mended.length) return value
  const sure = [first, letters].map((look) => look.filter(({ character }) => /[\p{L}\p{N}]/u.test(character)))
  const isPlain = said.every(
    (character, at) =>
      character === mended[at] ||
      (usccAllows(character, at) && !areAlike(character, mended[at]!) && sure.every((look) => look[at]!.confidence > plainly)),
  )
  return isPlain ? { ...value, value: said.join(''), evidence: ['second-reading'] } : value
}

const codeOf = (letters: readonly Letter[]): string =>
  textOf(letters)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase()

/** A font of the file may name some of its characters wrongly or not at all: their room stays, or the check digit fails. */
const lacksCharacters = ({ value, evidence, wellFormed, parts }: ReadValue, type: FieldType): boolean =>
  typeof value === 'string' &&
  (parts?.length ?? 0) > 0 &&
  (evidence.includes('gap') || (type === 'uscc' && !evidence.includes('check-digit')) || (type === 'id-number' && !wellFormed))

/** What the picture shows where the layer has a value that lacks characters: taken when it holds what the layer says, or its check digit does. */
async function readPainted(paper: PaperInHand, value: ReadValue, type: FieldType): Promise<ReadValue> {
  const letters: Letter[] = []
  const around = join(value.parts!.map((part) => part.box))
  // Pieces of one line, which its lost characters parted.
  const places = around.height < 1.5 * value.parts![0]!.box.height ? [around] : value.parts!.map((part) => part.box)
  for (const box of places) {
    const by = 0.1 * box.height
    const line = await paper.tools.readAgain({ x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by })
    letters.push(...(line ? arrangeLines({ lines: [line] }).flatMap((one) => one.letters) : []))
  }
  const read = normalise(letters, type)
  const known = Array.from(value.value as string).filter((character) => /[\p{L}\p{N}]/u.test(character))
  // What is painted is what the layer says: the code was typed so, and fails its check digit.
  if (codeOf(letters) === known.join('')) return value
  const isMended = read.evidence.includes('mended')
  const isWhole = typeof read.value === 'string' && !isMended && (read.evidence.includes('check-digit') || holds(read.value, known))
  if (!isWhole) return { ...value, evidence: [...value.evidence, ...(value.evidence.includes('gap') ? [] : ['gap'])] }
  const part = { box: around, text: textOf(letters), letters }
  return { ...value, ...read, source: 'ocr', confidence: meanConfidence(letters), least: leastConfidence(letters), parts: [part] }
}

/** Whether the characters stand in the text in their order. */
function holds(text: string, characters: readonly string[]): boolean {
  let at = 0
  for (const character of text) if (character === characters[at]) at += 1
  return at === characters.length
}

function isDoubtful(value: ReadValue, type: FieldType): boolean {
  const nothingThere = value.evidence.includes('empty') || value.evidence.includes('blank')
  switch (type) {
    case 'uscc':
      return !nothingThere && !value.evidence.includes('check-digit')
    case 'id-number':
      return !nothingThere && !value.wellFormed
    case 'phone':
      return value.value !== null && !value.wellFormed
    case 'date':
    case 'date-or-forever':
      return (value.value === null || value.evidence.includes('mended')) && !nothingThere
    default:
      return false
  }
}

/** The room of the value: its cell, or its row from the label to the next one. */
function placeOf(paper: PaperInHand, field: string, box: Rectangle): Rectangle {
  const table = openTable(paper.content.cells)
  const cell = table.cellOf(box)
  const around = cell === null ? null : paper.content.cells[cell]!.box
  const isOwnCell = around !== null && around.height < 3.5 * box.height && paper.hits.every((hit) => table.cellOf(hit.box) !== cell)
  if (isOwnCell) return around
  const margin = 0.3 * box.height
  const label = paper.hits.find((hit) => hit.field === field && rowOverlap(hit.box, box) > 0.4 && hit.box.x < box.x)
  const start = Math.max(around?.x ?? 0, label ? right(label.box) - 0.2 * box.height : box.x - box.height)
  const next = Math.min(
    around ? right(around) : paper.content.width,
    ...paper.hits.filter((hit) => hit.box.x > box.x + 0.5 * box.width && rowOverlap(hit.box, box) > 0.4).map((hit) => hit.box.x),
  )
  const end = Math.min(next, right(box) + 2.5 * box.height)
  return { x: start, y: box.y - margin, width: Math.max(1, end - start), height: bottom(box) + margin - (box.y - margin) }
}
