/** Lays zhika's own template over a page: by the corners of its codes first, then by the cells of its table. */
import {
  commonPlaces,
  formSheets,
  sheetSize,
  valueCodePlaces,
  type FieldItem,
  type FormSheet,
  type LabelItem,
  type Place,
  type TickItem,
} from '../../guide/forms/form-sheet.ts'
import type { Cell, Rectangle } from '../page.ts'
import { project, type Point, type Projection } from '../raster/warp-raster.ts'
import { fitAffine, fitProjection, type Pair } from './fit-projection.ts'
import type { CodedSheet } from './unpack-values.ts'

/** Where everything of the template stands on the page, in pixels. */
export interface PlacedTemplate {
  readonly form: FormSheet
  readonly title: Rectangle
  readonly cells: readonly Rectangle[]
  readonly fields: readonly { readonly item: FieldItem; readonly room: Rectangle }[]
  readonly ticks: readonly { readonly item: TickItem; readonly box: Rectangle }[]
  readonly labels: readonly { readonly item: LabelItem; readonly room: Rectangle }[]
  /** Pixels of a millimetre. */
  readonly scale: number
}

/** With one code only: the share of the cells that must be found where the template has them. */
const leastMatched = 0.4

/** Null when the sheet is not one of the templates at hand, or the page does not look like it. */
export function placeTemplate(
  coded: CodedSheet,
  found: readonly Cell[],
  page: { readonly width: number; readonly height: number },
): PlacedTemplate | null {
  const form = formSheets[coded.sheet.kind]
  if (coded.sheet.layout !== 0 || coded.sheet.version !== form.version) return null
  const anchors = anchorsOf(coded, page)
  const frame: Pair[] = [
    { from: [0, 0], to: [0, 0], weight: 0.02 },
    { from: [sheetSize.width, 0], to: [page.width, 0], weight: 0.02 },
    { from: [0, sheetSize.height], to: [0, page.height], weight: 0.02 },
    { from: [sheetSize.width, sheetSize.height], to: [page.width, page.height], weight: 0.02 },
  ]
  const places = cellsOf(form)
  // One code is too small to tell what happens at the other end of the sheet; codes in two corners tell its perspective too.
  let map = anchors.length > 4 ? fitProjection(anchors) : fitAffine([...anchors, ...frame])
  let matches = new Map<Place, Rectangle>()
  for (const reach of [5, 3.5, 2.5]) {
    matches = matchCells(places, found, map, reach)
    const pairs = [...matches].flatMap(([at, box]) =>
      cornersOf(at).map((from, index) => ({ from, to: cornersOfBox(box)[index]!, weight: 1 })),
    )
    if (matches.size < 4) continue
    map = matches.size >= 8 || anchors.length > 4 ? fitProjection([...anchors, ...pairs]) : fitAffine([...anchors, ...pairs])
  }
  if (anchors.length <= 4 && matches.size < leastMatched * places.length) return null
  const onPage = (at: Place): Rectangle => matches.get(at) ?? boundsOf(at, map)
  return {
    form,
    title: boundsOf(commonPlaces.title, map),
    cells: places.map(onPage),
    fields: form.items.flatMap((item) => ('field' in item ? [{ item, room: onPage(item.at) }] : [])),
    ticks: form.items.flatMap((item) => ('tick' in item ? [{ item, box: boundsOf(item.at, map) }] : [])),
    labels: form.items.flatMap((item) => ('label' in item && !('tick' in item) ? [{ item, room: onPage(item.at) }] : [])),
    scale: page.width / sheetSize.width,
  }
}

/** The corners of the codes that were read, on the template and on the page. */
export function anchorsOf({ codes, sheet }: CodedSheet, page: { readonly height: number }): Pair[] {
  return codes.flatMap(({ part, found }) => {
    const isUpper = found.box.y + found.box.height / 2 < page.height / 2
    const at = part === null ? commonPlaces.sheetCodes[isUpper ? 0 : 1] : valueCodePlaces(sheet.parts)[part]!
    return cornersOf(at).map((from, index): Pair => ({ from, to: found.corners[index]!, weight: 1 }))
  })
}

function cellsOf({ items }: FormSheet): Place[] {
  return items.flatMap((item) => {
    if ('frame' in item) return [item.frame]
    if ('field' in item) return item.open ? [] : [item.at]
    return 'label' in item && 'at' in item && !('tick' in item) && !item.bare ? [item.at] : []
  })
}

/** For each cell of the template the one on the page whose four sides lie nearest, none of them off by more than `reach` mm. */
function matchCells(places: readonly Place[], found: readonly Cell[], map: Projection, reach: number): Map<Place, Rectangle> {
  const matches = new Map<Place, Rectangle>()
  const most = reach * scaleOf(map)
  for (const at of places) {
    const wanted = boundsOf(at, map)
    let best = most
    for (const { box } of found) {
      const off = Math.max(
        Math.abs(box.x - wanted.x),
        Math.abs(box.y - wanted.y),
        Math.abs(box.x + box.width - wanted.x - wanted.width),
        Math.abs(box.y + box.height - wanted.y - wanted.height),
      )
      if (off >= best) continue
      best = off
      matches.set(at, box)
    }
  }
  return matches
}

const scaleOf = (map: Projection): number => {
  const [left, right] = [project(map, [20, 150]), project(map, [190, 150])]
  return Math.hypot(right[0] - left[0], right[1] - left[1]) / 170
}

const cornersOf = ([x, y, width, height]: Place): Point[] => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
]

const cornersOfBox = ({ x, y, width, height }: Rectangle): Point[] => cornersOf([x, y, width, height])

function boundsOf(at: Place, map: Projection): Rectangle {
  const corners = cornersOf(at).map((corner) => project(map, corner))
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}
