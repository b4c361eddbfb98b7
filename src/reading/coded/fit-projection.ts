/** The map that carries points of a template to where they were found, with the least squares of what is left over. */
import type { Point, Projection } from '../raster/warp-raster.ts'

export interface Pair {
  readonly from: Point
  readonly to: Point
  readonly weight: number
}

/** Shift, scale, turn and shear; three pairs or more. */
export function fitAffine(pairs: readonly Pair[]): Projection {
  const [a, b, c] = solveFor(pairs, ({ to }) => to[0])
  const [d, e, f] = solveFor(pairs, ({ to }) => to[1])
  return [a!, b!, c!, d!, e!, f!, 0, 0, 1]
}

/** Perspective too (direct linear transform with the last entry 1); many pairs, well spread. */
export function fitProjection(pairs: readonly Pair[]): Projection {
  const rows: { readonly factors: number[]; readonly value: number; readonly weight: number }[] = []
  for (const { from, to, weight } of pairs) {
    // In units of about one, so that the equations are of one size.
    const [x, y] = [from[0] / 100, from[1] / 100]
    const [u, v] = [to[0] / 1000, to[1] / 1000]
    rows.push({ factors: [x, y, 1, 0, 0, 0, -u * x, -u * y], value: u, weight })
    rows.push({ factors: [0, 0, 0, x, y, 1, -v * x, -v * y], value: v, weight })
  }
  const [a, b, c, d, e, f, g, h] = leastSquares(rows)
  return [a! * 10, b! * 10, c! * 1000, d! * 10, e! * 10, f! * 1000, g! / 100, h! / 100, 1]
}

function solveFor(pairs: readonly Pair[], valueOf: (pair: Pair) => number): number[] {
  return leastSquares(pairs.map((pair) => ({ factors: [pair.from[0], pair.from[1], 1], value: valueOf(pair), weight: pair.weight })))
}

/** Normal equations, solved by elimination with the largest pivot. */
function leastSquares(rows: readonly { readonly factors: readonly number[]; readonly value: number; readonly weight: number }[]): number[] {
  const size = rows[0]!.factors.length
  const matrix = Array.from({ length: size }, () => new Float64Array(size + 1))
  for (const { factors, value, weight } of rows)
    for (let i = 0; i < size; i += 1) {
      for (let j = 0; j < size; j += 1) matrix[i]![j]! += weight * factors[i]! * factors[j]!
      matrix[i]![size]! += weight * factors[i]! * value
    }
  for (let column = 0; column < size; column += 1) {
    let pivot = column
    for (let row = column + 1; row < size; row += 1) if (Math.abs(matrix[row]![column]!) > Math.abs(matrix[pivot]![column]!)) pivot = row
    ;[matrix[column], matrix[pivot]] = [matrix[pivot]!, matrix[column]!]
    for (let row = 0; row < size; row += 1) {
      if (row === column) continue
      const share = matrix[row]![column]! / matrix[column]![column]!
      for (let at = column; at <= size; at += 1) matrix[row]![at]! -= share * matrix[column]![at]!
    }
  }
  return matrix.map((row, at) => row[size]! / row[at]!)
}
