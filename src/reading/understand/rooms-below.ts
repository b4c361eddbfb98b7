/**
 * A sheet without rules may have its labels on rows of their own, in the middle of their columns, and the values on the rows between, at the left:
 * a value is then below its label without touching its column.
 */
import type { Span } from './cut-spans.ts'
import type { NamedHit } from './name-hits.ts'
import { bottom, middleX, middleY, right, rowOverlap } from './text/geometry.ts'

/** The column below a label, in pixels. */
export interface Room {
  readonly x: number
  readonly end: number
}

/** So many rows of labels alone, each with a row of values alone below it, make such a sheet; and this many times those with both. */
const [fewest, times] = [3, 2]
/** A row of values follows in so many heights of the labels'. */
const near = 2.2

/** The room of each label of such a sheet, as far as the middle between its neighbours; none on any other sheet. */
export function roomsBelow(hits: readonly NamedHit[], spans: readonly Span[]): ReadonlyMap<NamedHit, Room> {
  const rooms = new Map<NamedHit, Room>()
  const rows = rowsOf(hits.filter(({ field }) => field !== null))
  const alone = rows.filter((row) => !spans.some((span) => standsLevel(row, span)))
  const headed = alone.filter((row) => hasRowBelow(row, hits, spans))
  if (headed.length < fewest || headed.length < times * (rows.length - alone.length)) return rooms
  const isAtRight = standAtRight(headed)
  for (const row of headed)
    for (const [at, hit] of row.entries()) {
      const edge = (other: NamedHit | undefined, none: number): number => {
        if (!other) return none
        return isAtRight ? Math.min(right(other.box), right(hit.box)) : (middleX(other.box) + middleX(hit.box)) / 2
      }
      rooms.set(hit, { x: edge(row[at - 1], -Infinity), end: edge(row[at + 1], Infinity) })
    }
  return rooms
}

/** All labels end at the right side of their columns, their values stand anywhere in them. */
function standAtRight(rows: readonly (readonly NamedHit[])[]): boolean {
  const last = rows.map((row) => row.at(-1)!.box)
  const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values)
  return rows.length >= fewest && spread(last.map(right)) < 0.5 * last[0]!.height && spread(last.map(({ x }) => x)) > last[0]!.height
}

/** Whether something stands on a row of labels. */
export const standsLevel = (row: readonly NamedHit[], span: Span): boolean => row.some(({ box }) => rowOverlap(box, span.box) > 0.5)

export function rowsOf(hits: readonly NamedHit[]): NamedHit[][] {
  const rows: NamedHit[][] = []
  for (const hit of hits.toSorted((one, other) => one.box.x - other.box.x)) {
    const row = rows.find(([first]) => rowOverlap(first!.box, hit.box) > 0.5)
    if (row) row.push(hit)
    else rows.push([hit])
  }
  return rows
}

/** What comes next below the labels are values, and no label stands level with them. */
function hasRowBelow(row: readonly NamedHit[], hits: readonly NamedHit[], spans: readonly Span[]): boolean {
  const low = Math.max(...row.map(({ box }) => bottom(box)))
  const { height } = row[0]!.box
  return spans.some(
    ({ box }) =>
      middleY(box) > low && box.y - low < near * height && !hits.some((other) => other.field !== null && rowOverlap(other.box, box) > 0.3),
  )
}
