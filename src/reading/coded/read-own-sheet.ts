/**
 * Reads a sheet that zhika drew itself: its code says what it is, so only what was filled in need be recognised, each value in
 * its own cell; what is printed is known. A page that does not look like its code's form is read like any other.
 */
import type { Region } from '../engine/measure-regions.ts'
import type { Cell, CheckBox, Rectangle, TextLine } from '../page.ts'
import { middleX, middleY } from '../understand/text/geometry.ts'
import { cutByCells } from '../worker/cut-by-cells.ts'
import { knownPrint } from './known-print.ts'
import { placeTemplate, type PlacedTemplate } from './place-template.ts'
import type { CodedSheet } from './unpack-values.ts'

/** What was filled in on the sheet, and its print as it is known to be. */
export interface OwnSheet {
  readonly lines: readonly TextLine[]
  readonly cells: readonly Cell[]
  readonly checkBoxes: readonly CheckBox[]
  /** The room of each field. */
  readonly rooms: ReadonlyMap<string, Rectangle>
}

interface FoundOnPage {
  readonly width: number
  readonly height: number
  readonly cells: readonly Cell[]
  readonly checkBoxes: readonly CheckBox[]
}

/** Where text runs, and how it is had: read from the picture, or told by the file. */
export interface Run {
  readonly region: Region
  read(): Promise<TextLine>
}

/** The text of a picture: recognised where it is asked for. `cells` part runs that reach from one into the next. */
export const runsOfPicture =
  (regions: readonly Region[], recognise: (region: Region) => Promise<TextLine>) =>
  (cells: readonly Cell[]): Run[] =>
    cutByCells(regions, cells).map((region) => ({ region, read: () => recognise(region) }))

/** The text that a file tells of itself. */
export const runsOfLines = (lines: readonly TextLine[]) => (): Run[] =>
  lines.map((line) => {
    const { width, height } = line.box
    return { region: { x: middleX(line.box), y: middleY(line.box), width, height, angle: 0, score: 1 }, read: () => Promise.resolve(line) }
  })

/** Null when the page is not the form of its code, or more than it. */
export async function readOwnSheet(
  coded: CodedSheet,
  page: FoundOnPage,
  runsBetween: (cells: readonly Cell[]) => readonly Run[],
): Promise<OwnSheet | null> {
  const template = placeTemplate(coded, page.cells, page)
  if (!template || coded.strangers.length > 0) return null
  const rooms = new Map(template.fields.map(({ item, room }) => [item.field, room]))
  const open = template.fields.flatMap(({ item, room }) => (item.open ? [room] : []))
  const runs = runsBetween([...template.cells, ...open].map((box): Cell => ({ box })))
  if (!(await hasTitle(template, runs))) return null
  const reach = 1.2 * template.scale
  const filledIn: TextLine[] = []
  for (const { region, read } of runs) {
    if (![...rooms.values()].some((room) => holds(room, region, reach))) continue
    const line = await read()
    if (line.text.trim() !== '') filledIn.push(line)
  }
  const isTold = filledIn.length > 0 && filledIn.every(({ source }) => source === 'text-layer')
  return {
    lines: [...knownPrint(template, isTold ? 'text-layer' : 'ocr'), ...filledIn],
    cells: template.cells.map((box) => ({ box })),
    checkBoxes: template.ticks.flatMap(({ box }) => nearest(box, page.checkBoxes, 2.5 * template.scale) ?? []),
    rooms,
  }
}

/** At least so many of the title's characters. */
const leastOfTitle = 0.6

async function hasTitle({ title, form }: PlacedTemplate, runs: readonly Run[]): Promise<boolean> {
  const wanted = new Set(form.title)
  for (const { region, read } of runs) {
    if (!holds(title, region, 0.3 * title.height)) continue
    if (wanted.intersection(new Set((await read()).text)).size >= leastOfTitle * wanted.size) return true
  }
  return false
}

const holds = ({ x, y, width, height }: Rectangle, region: Region, reach: number): boolean =>
  region.x > x - reach && region.x < x + width + reach && region.y > y - reach && region.y < y + height + reach

function nearest(wanted: Rectangle, found: readonly CheckBox[], reach: number): CheckBox | undefined {
  const away = ({ box }: CheckBox): number => Math.hypot(middleX(box) - middleX(wanted), middleY(box) - middleY(wanted))
  const [best] = found.toSorted((one, other) => away(one) - away(other))
  return best && away(best) < reach ? best : undefined
}
