import type { Raster } from '../page.ts'

/** The part of a seal's radius on which its characters stand, in shares of the ring's radius. */
export interface Band {
  readonly inner: number
  readonly outer: number
}

/** Where characters stand on the seals of practice: used when the ink does not tell. */
export const usualBand: Band = { inner: 0.63, outer: 0.92 }

/**
 * Finds the band of the characters by the ink of each row of a strip that runs from `outer` (top) to `inner` (bottom) and
 * shows black ink on white: the widest run of inky rows between ring and star.
 */
export function measureBand(strip: Raster, inner: number, outer: number): Band {
  const rows = inkOfRows(strip)
  const reach = (row: number) => outer - ((outer - inner) * row) / strip.height
  const mostSought = rows.filter((_, row) => reach(row) < 0.88 && reach(row) > 0.62)
  const enough = 0.4 * Math.max(...mostSought)
  let best: Band | undefined
  for (let row = 0; row < strip.height; ) {
    let end = row
    while (end < strip.height && rows[end]! >= enough) end++
    const run = { outer: reach(row), inner: reach(end) }
    if (end > row && run.inner < 0.88 && run.outer > 0.66 && (!best || run.outer - run.inner > best.outer - best.inner)) best = run
    row = end + 1
  }
  if (!best) return usualBand
  const height = best.outer - best.inner
  // Ring and characters run together where ink is smeared; a crossing rule or a word under the star adds rows.
  if (height < 0.13 || height > 0.33 || best.outer > 0.955) return usualBand
  return best
}

function inkOfRows({ width, height, data }: Raster): number[] {
  const rows: number[] = []
  for (let y = 0; y < height; y++) {
    let ink = 0
    for (let x = 0; x < width; x++) ink += 255 - data[(y * width + x) * 3]!
    rows.push(ink / width)
  }
  return rows
}
