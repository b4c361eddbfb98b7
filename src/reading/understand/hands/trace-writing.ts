/**
 * What a running hand wrote is read with other characters than were meant, so it cannot be told from one page alone. What the
 * recogniser thought of each character is kept, and how the figures look: the papers of the submission say what may stand there,
 * and what the same hand wrote elsewhere tells its figures.
 */
import { documentFields, type DocumentKind, type FieldType } from '../../../guide/papers.ts'
import type { Lattice, LatticeStep, Rectangle, WrittenValue } from '../../page.ts'
import type { PaperInHand } from '../read-fields.ts'
import { isPrint } from '../tell-print.ts'
import { join, right } from '../text/geometry.ts'
import { arrangeLines, type Letter } from '../text/letters.ts'
import { openTable } from '../text/table.ts'
import type { Part } from '../values/value.ts'
import type { Weighed } from '../weigh-evidence.ts'
import { pictureFigures } from './picture-figures.ts'

/** By field. */
export type Writing = Readonly<Record<string, WrittenValue>>

/** The papers that people fill in. */
const filledIn = new Set<DocumentKind>(['registration-form', 'card-form', 'change-request', 'cancellation-request', 'authorization-letter'])
const types = new Set<FieldType>(['text', 'name', 'date', 'phone', 'uscc', 'id-number', 'card-number', 'sex'])
/** Free text is no value that another paper has as well. */
const freeText = new Set(['changes', 'remarks'])
/** Less than this was thought of so little that it says nothing. */
const least = 0.0005
/** A character less sure than this is looked at once more, drawn out sideways. */
const unsure = 0.8
const again = { margin: 0.16, stretch: 1.25 }
/** Each costs a recognition of a strip, some 10 ms. */
const mostLooks = 14

/** The looks at every value that is not certain, and the figures of all; undefined when there are none. */
export async function traceWriting(paper: PaperInHand, weighed: ReadonlyMap<string, Weighed>): Promise<Writing | undefined> {
  if (!filledIn.has(paper.form.kind)) return undefined
  const writing: Record<string, WrittenValue> = {}
  const byHand = !isPrint(paper)
  const pictures = byHand ? pictureFigures(paper, weighed) : new Map<string, undefined>()
  let left = byHand ? mostLooks : 0
  for (const { name, type } of documentFields[paper.form.kind]) {
    const value = weighed.get(name)
    if (!value || value.source !== 'ocr' || !types.has(type) || freeText.has(name)) continue
    const parts = value.parts ?? []
    const letters = parts.flatMap((part) => part.letters)
    const looks: Lattice[] = letters.length > 0 && !value.certain && !isSaid(type, value, byHand) ? [letters.map(stepOf)] : []
    const blank = letters.length > 0 || value.certain ? [] : blankOf(paper, value)
    const rows = value.certain ? [] : wholeRows(paper, name, parts)
    const places =
      value.certain || (letters.length > 0 && looks.length === 0) ? [] : letters.length > 0 ? (value.least < unsure ? rows : []) : blank
    if (places.length > 0 && places.length <= left) {
      left -= places.length
      const seen = await lookAgain(paper, places)
      if (seen.length > 0) looks.push(seen)
    }
    const seen = pictures.get(name)
    const length = value.certain ? undefined : lengthOf(paper, letters.length > 0 ? rows : blank)
    // Ink from which nothing was read has no looks.
    if (looks.length > 0 || seen || (byHand && blank.length > 0))
      writing[name] = {
        looks,
        ...(byHand ? {} : { isPrint: true as const }),
        ...(length === undefined ? {} : { length }),
        ...(seen ? { figures: seen } : {}),
      }
  }
  return Object.keys(writing).length > 0 ? writing : undefined
}

/** Printed names may have a rare character that was taken for a usual one, and plainly. */
const plainInPrint = new Set<FieldType>(['uscc', 'id-number', 'phone', 'card-number', 'date', 'text'])
const doubts = ['gap', 'under-seal', 'ink-beside', 'ink-below', 'cut-short', 'faint']

/**
 * What was read plainly is what the paper says, be it a figure too few: that is what somebody is asked to mend. A hand's figures
 * are misread plainly too, but a telephone number that lacks one is rather written so.
 */
const isSaid = (type: FieldType, { evidence }: Weighed, byHand: boolean): boolean =>
  (byHand ? type === 'phone' : plainInPrint.has(type)) && evidence.includes('clear') && !doubts.some((one) => evidence.includes(one))

/** Names and addresses reach far: a running hand's may be found in pieces, of which the value has the first alone. */
const long = /enterpriseName$|address$/iu
/** So much longer, the ink of the cell holds more than was read. */
const longer = 1.25

function wholeRows({ content, tools }: PaperInHand, name: string, parts: readonly Part[]): Rectangle[] {
  const [part] = parts
  const table = openTable(content.cells)
  const cell = parts.length === 1 && long.test(name) ? table.cellOf(part!.box) : null
  const boxes = parts.map(({ box }) => box)
  if (cell === null) return boxes
  const { box } = part!
  const row = { ...box, width: right(content.cells[cell]!.box) - box.x - 0.15 * box.height }
  const ink = tools
    .strokesIn(row, { withoutSeals: true })
    .filter(({ height, width }) => height > 0.2 * box.height && width < 6 * box.height)
  const end = Math.max(...ink.map(right), 0) + 0.1 * box.height
  return end - box.x > longer * box.width ? [{ ...box, width: end - box.x }] : boxes
}

async function lookAgain(paper: PaperInHand, places: readonly Rectangle[]): Promise<Lattice> {
  const steps: LatticeStep[] = []
  for (const box of places) {
    const by = again.margin * box.height
    const place = { x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by }
    const line = await paper.tools.readAgain(place, { stretch: again.stretch })
    for (const { letters } of line ? arrangeLines({ lines: [line] }) : []) steps.push(...letters.map(stepOf))
  }
  return steps
}

/** Where ink stands in a place from which nothing was read: its strokes, without the frame around them. */
function blankOf({ tools }: PaperInHand, { value, box }: Weighed): Rectangle[] {
  if (value !== null || box === null) return []
  const by = 0.1 * box.height
  const inner = { x: box.x + by, y: box.y + by, width: box.width - 2 * by, height: box.height - 2 * by }
  const strokes = tools
    .strokesIn(inner, { withoutSeals: true })
    .filter(({ width, height }) => height > 0.12 * inner.height && height < 0.98 * inner.height && width < 6 * inner.height)
  const ink = strokes.length > 0 ? join(strokes) : undefined
  return ink && ink.height > 0.25 * inner.height ? [ink] : []
}

/** How long what is written is, in heights of its tallest character; undefined where it takes several lines. */
function lengthOf({ tools }: PaperInHand, places: readonly Rectangle[]): number | undefined {
  if (places.length !== 1) return undefined
  const [place] = places as readonly [Rectangle]
  const strokes = tools
    .strokesIn(place, { withoutSeals: true })
    .filter(({ width, height }) => width < 6 * height && height > 0.1 * place.height)
  if (strokes.length === 0) return undefined
  const ink = join(strokes)
  return Math.round((10 * ink.width) / ink.height) / 10
}

/** A letter as a step of a lattice. */
function stepOf({ character, confidence, alternatives, left, right: end }: Letter): LatticeStep {
  const thought = [{ character, confidence }, ...alternatives].filter((one) => one.confidence >= least)
  return {
    at: Math.round((left + end) / 2),
    costs: thought.map((one) => [one.character, Math.round(-100 * Math.log(one.confidence)) / 100] as const),
  }
}
