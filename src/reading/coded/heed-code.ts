/**
 * The values that a sheet was printed with, from its codes, beside what stands on the paper. A code proves nothing by itself:
 * whatever agrees with the paper is certain, and where the paper says something else the paper stands and the difference is told.
 */
import { createHash } from 'node:crypto'
import { comparableText } from '../../guide/forms/comparable-text.ts'
import { isLongText, type FormContent } from '../../guide/forms/value-record.ts'
import { documentFields, type FieldType } from '../../guide/papers.ts'
import type { Box } from '../../flow.ts'
import type { PageContent, PageTools, PaperOnPage, Rectangle } from '../page.ts'
import { arrangeLines, textOf, type Letter } from '../understand/text/letters.ts'
import { isMisreading } from './tell-misreading.ts'
import type { CodedSheet } from './unpack-values.ts'

type Field = PaperOnPage['fields'][string]

/** The papers of the page with the values of the code weighed in; `rooms` are the cells of the fields, where they are known. */
export async function heedCode(
  papers: readonly PaperOnPage[],
  coded: CodedSheet,
  content: PageContent,
  tools: PageTools,
  rooms: ReadonlyMap<string, Rectangle>,
): Promise<PaperOnPage[]> {
  const heeded: PaperOnPage[] = []
  for (const paper of papers) {
    const stranger = [coded.sheet.kind, ...coded.strangers].find((kind) => kind !== paper.kind)
    if (stranger && paper.kind !== 'unknown') heeded.push({ ...paper, strangeCode: stranger })
    else heeded.push(paper.kind === coded.sheet.kind && coded.contents ? await heedValues(paper, coded, content, tools, rooms) : paper)
  }
  return heeded
}

async function heedValues(
  paper: PaperOnPage,
  { contents, sheet }: CodedSheet,
  content: PageContent,
  tools: PageTools,
  rooms: ReadonlyMap<string, Rectangle>,
): Promise<PaperOnPage> {
  const fields: Record<string, Field> = { ...paper.fields }
  for (const { name, type } of documentFields[sheet.kind]) {
    const printed = contents?.[name] ?? null
    const field = fields[name]
    if (printed === null || !field) continue
    const room = rooms.get(name) ?? (field.box ? inPixels(field.box, content) : null)
    fields[name] = await weigh(field, printed, type, room, tools)
  }
  return { ...paper, fields }
}

/** How sure the least sure box must be for the boxes to say that nothing is ticked. */
const clearTicks = 0.8

async function weigh(field: Field, printed: FormContent, type: FieldType, room: Rectangle | null, tools: PageTools): Promise<Field> {
  if (isLongText(printed)) return saysLongText(field, printed.hash) ? agreed(field, field.value, []) : field
  const value = typeof printed === 'string' ? printed : [...(printed ?? [])]
  if (says(field.value, value)) return agreed(field, value, [])
  if (field.source !== 'ocr') return changed(field, value)
  if (type === 'services' || type === 'delivery')
    return field.value !== null || field.confidence >= clearTicks ? changed(field, value) : unclear(field, value)
  if (room && hasNoInk(room, tools)) return changed({ ...field, value: null }, value)
  // Below a list of numbers its room says how to write them.
  const words = (letters: readonly Letter[]): string =>
    comparableText(type === 'list' ? textOf(letters).replaceAll(/\p{Script=Han}/gu, '') : textOf(letters))
  const readings: Letter[][] = []
  for await (const letters of room ? readAgain(room, field.box, tools) : []) {
    if (words(letters) === comparableOf(value)) return agreed(field, value, ['second-reading'])
    readings.push(letters)
  }
  // Ink that is no value says nothing against the code.
  const isInDoubt = field.value === null || readings.some((letters) => isMisreading(letters, comparableOf(value)))
  return isInDoubt ? unclear(field, value) : changed(field, value)
}

/** Each line at two other scales, and by the other recogniser: what all of them see otherwise was changed. */
const looks = [{ margin: 0.12 }, { margin: 0.3 }, { margin: 0.12, bySecond: true }] as const

/** Closer looks at the room of a value that show letters: its lines together, and each line by itself. */
async function* readAgain(room: Rectangle, box: Box | null, tools: PageTools): AsyncGenerator<Letter[]> {
  const inner = shrink(room, box === null ? 0 : 0.06 * room.height)
  const lines = arrangeLines({ lines: await tools.recognise(inner) })
  const together = lines.flatMap(({ letters }) => [...letters])
  if (together.length > 0) yield together
  for (const { margin, ...how } of looks) {
    const again: Letter[] = []
    for (const line of lines) {
      const by = margin * line.box.height
      const around = { x: line.box.x - by, y: line.box.y - by, width: line.box.width + 2 * by, height: line.box.height + 2 * by }
      const read = await tools.readAgain(around, how)
      if (read) again.push(...arrangeLines({ lines: [read] }).flatMap(({ letters }) => [...letters]))
    }
    if (again.length > 0) yield again
  }
}

/** Specks apart, and the frame of the cell. */
function hasNoInk(room: Rectangle, tools: PageTools): boolean {
  const least = 0.16 * Math.min(room.height, 90)
  return tools
    .strokesIn(shrink(room, 0.09 * Math.min(room.height, 60)), { withoutSeals: true })
    .every(({ width, height }) => Math.max(width, height) < least || height < 0.06 * room.height)
}

const shrink = ({ x, y, width, height }: Rectangle, by: number): Rectangle => ({
  x: x + by,
  y: y + by,
  width: Math.max(1, width - 2 * by),
  height: Math.max(1, height - 2 * by),
})

const comparableOf = (value: string | readonly string[]): string => comparableText(typeof value === 'string' ? value : value.join(''))

function says(read: Field['value'], printed: string | readonly string[]): boolean {
  if (typeof read === 'string') return comparableText(read) === comparableOf(printed)
  if (!Array.isArray(read) || typeof printed === 'string') return false
  const words = (list: readonly unknown[]): string => list.map(String).toSorted().join()
  return words(read) === words(printed)
}

function saysLongText({ value }: Field, hash: string): boolean {
  if (typeof value !== 'string') return false
  return createHash('sha256').update(comparableText(value)).digest('hex').startsWith(hash)
}

/** The paper shows what the code says. */
const agreed = (field: Field, value: Field['value'], evidence: readonly string[]): Field => ({
  ...withoutDoubt(field),
  value,
  confidence: 0.999,
  source: 'barcode',
  certain: true,
  evidence: [...new Set([...(field.evidence ?? []), ...evidence, 'barcode', 'agrees-with-print'])],
})

function withoutDoubt(field: Field): Field {
  return { ...field, evidence: (field.evidence ?? []).filter((one) => !['empty', 'gap', 'faint', 'mended'].includes(one)) }
}

/** The paper cannot be read well enough to say otherwise. */
const unclear = (field: Field, value: Field['value']): Field => ({
  ...withoutDoubt(field),
  value,
  confidence: 0.8,
  source: 'barcode',
  certain: false,
  evidence: ['barcode', 'print-unclear'],
  printed: value,
})

/** The paper says something else: it stands, and nobody may take it unseen. */
const changed = (field: Field, value: Field['value']): Field => ({
  ...field,
  certain: false,
  evidence: [...(field.evidence ?? []), 'differs-from-code'],
  printed: value,
})

const inPixels = ([x, y, width, height]: Box, page: PageContent): Rectangle => ({
  x: x * page.width - 4,
  y: y * page.height - 4,
  width: width * page.width + 8,
  height: height * page.height + 8,
})
