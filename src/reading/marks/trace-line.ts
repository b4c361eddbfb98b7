/** What ink there is along the path of a line. */
import type { Plane } from '../pixels/plane.ts'
import type { Rule } from './find-rules.ts'

/** The least darkness of a line, 0…255. */
export const faintest = 40

/** Share of a straight path that is inked, give or take a row. */
export const inkAlong = ({ width, height, data }: Plane, piece: Rule): number => {
  let hits = 0
  piece.heights.forEach((at, i) => {
    const row = Math.round(at)
    for (let near = Math.max(0, row - 1); near <= Math.min(height - 1, row + 1); near++)
      if (data[near * width + piece.start + i]! >= faintest) {
        hits++
        break
      }
  })
  return hits / piece.heights.length
}

/** The darkest of three rows, and how much darker it is than what lies beyond a line's thickness on both sides, or on one at least. */
export const traceAt = ({ width, height, data }: Plane, x: number, row: number): { row: number; both: number; one: number } => {
  if (x < 0 || x >= width || row < 5 || row >= height - 5) return { row, both: 0, one: 0 }
  const darkness = (y: number): number => data[y * width + x]!
  const best = [row, row - 1, row + 1].reduce((one, other) => (darkness(other) > darkness(one) ? other : one))
  const [above, below] = [darkness(row - 4), darkness(row + 4)]
  return { row: best, both: darkness(best) - Math.max(above, below), one: darkness(best) - Math.min(above, below) }
}

/** Share of a straight path along which there is a line, and not the tint of a cell; print may touch it on one side only. */
export const lineAlong = (plane: Plane, { start, heights }: Rule, least: number, beside: 'both' | 'one'): number =>
  heights.reduce((hits, at, i) => hits + Number(traceAt(plane, start + i, Math.round(at))[beside] >= least), 0) / heights.length
