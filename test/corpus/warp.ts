/** Plane projections: where a point of a sheet lies in a photograph of it. */
export type Point = readonly [x: number, y: number]
/** Nine numbers, row by row. */
export type Homography = readonly number[]

/** The projection that takes the four points `from` to the four points `to`. */
export function solveHomography(from: readonly Point[], to: readonly Point[]): Homography {
  const rows: number[][] = []
  from.forEach(([x, y], i) => {
    const [u, v] = to[i]!
    rows.push([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
    rows.push([0, 0, 0, x, y, 1, -v * x, -v * y, v])
  })
  for (let column = 0; column < 8; column++) {
    let pivot = column
    for (let row = column + 1; row < 8; row++) if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row
    ;[rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!]
    for (let row = 0; row < 8; row++) {
      if (row === column) continue
      const factor = rows[row]![column]! / rows[column]![column]!
      for (let k = column; k < 9; k++) rows[row]![k]! -= factor * rows[column]![k]!
    }
  }
  return [...rows.map((row, i) => row[8]! / row[i]!), 1]
}

export function project(h: Homography, [x, y]: Point): Point {
  const w = h[6]! * x + h[7]! * y + h[8]!
  return [(h[0]! * x + h[1]! * y + h[2]!) / w, (h[3]! * x + h[4]! * y + h[5]!) / w]
}
