/**
 * Printed undertakings and notes hold no value: on a registration form (the guide's 附件1) they are a third of its print and as
 * much of the cost of reading it. Paragraphs are put off until the rest of the page has told what it is, and are then read as
 * far as it takes to see that they are such sentences.
 */
import type { DocumentKind } from '../../guide/papers.ts'
import type { Region } from '../engine/measure-regions.ts'
import { boundsOf } from '../engine/open-engine.ts'
import { orderLines } from '../engine/order-lines.ts'
import type { PageContent, Rectangle, TextLine } from '../page.ts'
import { wraps } from '../understand/claim-values.ts'
import { openFinder } from '../understand/find-labels.ts'
import { formOf } from '../understand/forms/all-forms.ts'
import type { FormDefinition } from '../understand/forms/form.ts'
import { deliveryOptions, serviceOptions } from '../understand/forms/tick-options.ts'
import { tellKind } from '../understand/tell-kind.ts'
import { bottom, columnOverlap, middleY, right } from '../understand/text/geometry.ts'
import { leaveOutSeals } from '../understand/text/leave-out-seals.ts'
import { arrangeLines } from '../understand/text/letters.ts'
import { openProse } from '../understand/text/prose.ts'

/** A line of a paragraph is so many times as wide as high; filled-in values are shorter, or fewer in a row. */
const wide = 16
/** Of the services on the guide's form six have words of their own; one may be misread. */
const fewestServices = 5
const fewestWide = 3
/** Two lines that begin and end at the same edges are of a paragraph even when they are shorter, as in a narrow column. */
const long = 9
/** A line by itself that is so much wider than high is a note, for titles are shorter; the first words of a long line tell what it is. */
const veryWide = 22
const firstWords = 10

/** Lines of one paragraph, from top to bottom. */
export type Paragraph = readonly Region[]

export interface DeferredRegions {
  readonly now: readonly Region[]
  readonly later: readonly Paragraph[]
}

/** Parts the regions of a page into those that are read at once and the lines of paragraphs. */
export function deferParagraphs(regions: readonly Region[]): DeferredRegions {
  const placed = regions.map((region): Placed => ({ region, box: boundsOf(region) })).sort((a, b) => a.box.y - b.box.y)
  const columns: Placed[][] = []
  for (const line of placed) {
    const column = columns.findLast((one) => follows(one.at(-1)!.box, line.box))
    if (column) column.push(line)
    else columns.push([line])
  }
  const later = columns.flatMap(findParagraphs)
  const deferred = new Set(later.flat())
  return { now: regions.filter((region) => !deferred.has(region)), later }
}

interface Placed {
  readonly region: Region
  readonly box: Rectangle
}

/** The paragraphs among lines that stand below each other: long lines in a row, and single short ones between them. */
function findParagraphs(column: readonly Placed[]): Paragraph[] {
  const paragraphs: Paragraph[] = []
  for (let at = 0; at < column.length; at++) {
    let end = at
    const isLongAt = (place: number) => place < column.length && isLong(column[place]!.region)
    if (isWide(column[at]!.region) || (isLongAt(at) && isLongAt(at + 1)))
      while (isLongAt(end) || (isLongAt(end - 1) && isLongAt(end + 1))) end++
    const paragraph = end > at ? paragraphOf(column.slice(at, end + 1)) : []
    const { region } = column[at]!
    if (paragraph.length > 0) paragraphs.push(paragraph)
    else if (region.width > veryWide * region.height) paragraphs.push([region])
    else continue
    at = column.findLastIndex((line) => line.region === paragraphs.at(-1)!.at(-1))
  }
  return paragraphs
}

/** What of long lines in a row, with the one below them, is a paragraph: down to the last wide one, or to the end of a text with even edges. */
function paragraphOf(lines: readonly Placed[]): Paragraph {
  const regions = lines.map(({ region }) => region)
  if (regions.filter(isWide).length >= fewestWide) return regions.slice(0, regions.findLastIndex(isWide) + 1)
  const edge = Math.max(...lines.filter(({ region }) => isLong(region)).map(({ box }) => box.x + box.width))
  const isFull = lines.map(({ region, box }) => isLong(region) && box.x + box.width > edge - box.height)
  return isFull.indexOf(true) < isFull.lastIndexOf(true) ? regions.slice(isFull.indexOf(true), isFull.lastIndexOf(true) + 2) : []
}

const isWide = ({ width, height }: Region): boolean => width > wide * height

const isLong = ({ width, height }: Region): boolean => width > long * height

/** The next line of a paragraph stands right below and begins at the same edge, or is indented by two characters. */
function follows(above: Rectangle, below: Rectangle): boolean {
  const height = Math.min(above.height, below.height)
  const distance = below.y + below.height / 2 - (above.y + above.height / 2)
  return distance > 0.5 * height && distance < 2.4 * height && Math.abs(below.x - above.x) < 2.2 * height
}

const endsSentence = /[。.]\s*$/u

type SeenPage = Pick<PageContent, 'lines' | 'seals' | 'height'>

/**
 * The lines of the paragraphs that may hold a value. On a paper that is sure, a paragraph is left once its begin and its end are
 * its printed sentences, as are the undertakings of a registration form; on any other page all of it is read. `page` holds the
 * lines that were read so far.
 */
export async function readParagraphs(
  paragraphs: readonly Paragraph[],
  page: SeenPage,
  recognise: (region: Region) => Promise<TextLine>,
): Promise<TextLine[]> {
  const lines: TextLine[] = []
  const readAll = async (regions: readonly Region[]) => {
    for (const region of regions) lines.push(await recognise(region))
  }
  const form = paragraphs.length > 0 ? sureForm(page) : undefined
  if (!form) {
    await readAll(paragraphs.flat())
    return lines
  }
  const isPrinted = openParagraph(form)
  /** Of a printed sentence the first words suffice. */
  const isOfForm = async (region: Region): Promise<boolean> => {
    const begin = region.width > 1.4 * firstWords * region.height ? await recognise(beginOf(region)) : undefined
    const line = begin && isPrinted(textOf(begin)) ? begin : await recognise(region)
    lines.push(line)
    return line === begin || isPrinted(textOf(line))
  }
  const left: Region[] = []
  const hasAll = () => hasAllLabels({ ...page, lines: [...page.lines, ...lines] }, form)
  const isUndertaking = (paragraph: Paragraph) => form.kind === 'registration-form' && paragraph.filter(isWide).length >= fewestWide
  const isValue = openPlaces(page, form)
  for (const paragraph of paragraphs.toSorted((one, other) => Number(isUndertaking(one)) - Number(isUndertaking(other)))) {
    if (isUndertaking(paragraph) && hasAll()) {
      // A short line among them is the end of a sentence, or a word of the form that stands there; an address may look like one of them.
      for (const region of paragraph.filter((one) => !isLong(one) || isValue(one))) {
        const line = await recognise(region)
        if (isLong(region) || !endsSentence.test(line.text)) lines.push(line)
      }
      continue
    }
    // Values may stand right above and below the sentences; the last words of a sentence are told by the line above.
    const rest = [...paragraph]
    while (rest.length > 0 && !(await isOfForm(rest.shift()!)));
    while (rest.length > 0 && !(await isOfForm(rest.pop()!)));
    left.push(...rest)
  }
  // What is wanted and may stand among them is short, or else anywhere.
  await readAll(left.filter(isValue))
  const others = left.filter((one) => !isValue(one))
  for (const some of [others.filter((one) => !isLong(one)), others.filter(isLong)]) if (some.length > 0 && !hasAll()) await readAll(some)
  return lines
}

/** A test for lines that stand where the value of a label does that was read: right of it, in a row or two, or right below. */
function openPlaces({ lines: read, seals }: SeenPage, form: FormDefinition): (region: Region) => boolean {
  const find = openFinder(leaveOutSeals(arrangeLines({ lines: orderLines(read) }), seals))
  const labels = form.labels
    .filter(({ fields }) => fields.length > 0)
    .flatMap(({ texts }) => texts.flatMap((text) => find(text).filter(({ standing }) => standing >= 0.7)))
    .map(({ box }) => box)
  return (region) => {
    const box = boundsOf(region)
    return labels.some((label) => {
      const isRight = box.x > right(label) - box.height && Math.abs(middleY(box) - middleY(label)) < 1.6 * box.height
      const drop = box.y - bottom(label)
      return isRight || (columnOverlap(label, box) > 0.3 && drop > -0.5 * box.height && drop < 1.5 * box.height)
    })
  }
}

const textOf = (line: TextLine): string =>
  arrangeLines({ lines: [line] })
    .map(({ text }) => text)
    .join('')

/** Its first words, as a region of their own. */
function beginOf(region: Region): Region {
  const width = firstWords * region.height
  const back = (region.width - width) / 2
  return { ...region, x: region.x - back * Math.cos(region.angle), y: region.y - back * Math.sin(region.angle), width }
}

/** Papers whose printed sentences hold no value. */
const kinds = new Set<DocumentKind>([
  'registration-form',
  'card-form',
  'change-request',
  'cancellation-request',
  'authorization-letter',
  'business-licence',
])

/** What a licence allows is no field: items with semicolons between them. */
const scope = /经营范围|(?:一般|许可)(?:经营)?项目|;/u

/** A test for what a paragraph without values says. */
function openParagraph(form: FormDefinition): (text: string) => boolean {
  const isProse = openProse(form.prose, form.proseWords ?? [])
  if (form.kind === 'business-licence') return (text) => isProse(text) || scope.test(text)
  // Words that can be ticked stand before printed sentences too.
  const options = form.kind === 'registration-form' ? [...deliveryOptions, ...serviceOptions].flatMap(({ texts }) => texts) : []
  return (text) => isProse(text) && !options.some((option) => text.includes(option))
}

/** The form that a page is sure to be by its title and its labels. */
function sureForm({ lines: read, seals, height }: SeenPage): FormDefinition | undefined {
  const lines = leaveOutSeals(arrangeLines({ lines: orderLines(read) }), seals)
  const { kind, confidence, scores } = tellKind(lines, openFinder(lines), height)
  return kinds.has(kind) && scores[0]!.titled && confidence > 0.999 ? formOf(kind) : undefined
}

/**
 * Whether all has been read that may be as wide as a paragraph: the labels of long values (many licences have no term), and of a
 * registration form its options, which may run on from line to line. None of them stands in what was left then.
 */
function hasAllLabels({ lines: read, seals }: SeenPage, form: FormDefinition): boolean {
  const lines = leaveOutSeals(arrangeLines({ lines: orderLines(read) }), seals)
  const find = openFinder(lines)
  const isSeen = ({ texts }: { readonly texts: readonly string[] }) => texts.some((text) => find(text).length > 0)
  const hasOptions = deliveryOptions.every(isSeen) && serviceOptions.filter(isSeen).length >= fewestServices
  return (
    form.labels
      .filter(({ fields }) => fields.some((field) => wraps.test(field) && field !== 'businessTerm'))
      .every(({ texts }) => texts.some((text) => find(text).some(({ standing }) => standing >= 0.7))) &&
    (form.kind !== 'registration-form' || hasOptions)
  )
}
