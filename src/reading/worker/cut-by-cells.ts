/** Cuts runs of text where they cross from one cell of a table to the next: a value that fills its cell touches the next label. */
import type { Region } from '../engine/measure-regions.ts'
import { boundsOf } from '../engine/open-engine.ts'
import type { Cell, Rectangle } from '../page.ts'

/** What sticks out of a cell by less than this share of a line's height is the detector's margin. */
const tolerance = 0.6

/** What lies so far within one cell is of that cell. */
const within = 0.9

/** Each returned region lies inside one cell, or outside of all. */
export function cutByCells(regions: readonly Region[], cells: readonly Cell[]): Region[] {
  return regions.flatMap((region) => {
    const bounds = boundsOf(region)
    const crossed = innermost(cells.filter(({ box }) => overlap(box, bounds) > 0.15 * bounds.width * bounds.height))
    // A cell that lacks a rule (a seal lies over it) may reach over the edge of its neighbour.
    const own = crossed.find(({ box }) => overlap(box, bounds) > within * bounds.width * bounds.height)
    return splitSideways(region, bounds, own ? [own] : crossed)
  })
}

/** A cell that holds another of the cells is their table. */
function innermost(cells: readonly Cell[]): Cell[] {
  return cells.filter(
    ({ box }) => !cells.some((other) => other.box !== box && overlap(box, other.box) > 0.95 * other.box.width * other.box.height),
  )
}

function splitSideways(region: Region, bounds: Rectangle, cells: readonly Cell[]): Region[] {
  const row = cells
    .filter(
      ({ box }) => box.y - tolerance * bounds.height < bounds.y + bounds.height / 2 && box.y + box.height > bounds.y + bounds.height / 2,
    )
    .sort((a, b) => a.box.x - b.box.x)
  if (row.length === 0) return [region]
  const [left, right] = [bounds.x, bounds.x + bounds.width]
  const edges = new Set<number>()
  for (const { box } of row)
    for (const edge of [box.x, box.x + box.width])
      if (edge > left + tolerance * bounds.height && edge < right - tolerance * bounds.height) edges.add(edge)
  const cuts = [
    left,
    ...mergeNear(
      [...edges].sort((a, b) => a - b),
      bounds.height / 2,
    ),
    right,
  ]
  return cuts.slice(1).map((end, index) => slice(region, bounds, trimToCell(cuts[index]!, end, row)))
}

/** A line's own rule must not be read as a stroke: the detector's margin over the cell's border is taken off. */
function trimToCell(start: number, end: number, row: readonly Cell[]): readonly [number, number] {
  const middle = (start + end) / 2
  const cell = row.find(({ box }) => box.x <= middle && box.x + box.width >= middle)
  return cell ? [Math.max(start, cell.box.x), Math.min(end, cell.box.x + cell.box.width)] : [start, end]
}

/** Two cells side by side give two edges a rule's width apart. */
function mergeNear(edges: readonly number[], distance: number): number[] {
  const merged: number[] = []
  for (const edge of edges) if (merged.length === 0 || edge - merged.at(-1)! > distance) merged.push(edge)
  return merged
}

function slice(region: Region, bounds: Rectangle, [start, end]: readonly [number, number]): Region {
  const from = (start - bounds.x) / bounds.width
  const to = (end - bounds.x) / bounds.width
  const shift = ((from + to) / 2 - 0.5) * region.width
  return {
    ...region,
    x: region.x + shift * Math.cos(region.angle),
    y: region.y + shift * Math.sin(region.angle),
    width: region.width * (to - from),
  }
}

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}
