/** Reading order: rows from top to bottom, within a row from left to right. */
import type { Rectangle } from '../page.ts'

/** Lines whose middles lie within half a line's height stand in one row. */
export function orderLines<Line extends { readonly box: Rectangle }>(lines: readonly Line[]): Line[] {
  const middle = ({ box }: Line) => box.y + box.height / 2
  const rows: Line[][] = []
  for (const line of [...lines].sort((a, b) => middle(a) - middle(b))) {
    const row = rows.at(-1)
    const first = row?.[0]
    if (row && first && middle(line) - middle(first) < Math.min(line.box.height, first.box.height) / 2) row.push(line)
    else rows.push([line])
  }
  return rows.flatMap((row) => row.sort((a, b) => a.box.x - b.box.x))
}
