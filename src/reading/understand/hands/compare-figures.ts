/** How alike two figures of a hand are, by their small pictures. */

/** Pixels of a picture's side. */
export const pictureSide = 16

/** A picture smoothed, with its mean taken out and of length 1; one for each shift by which two may differ. */
export type Figure = readonly Float32Array[]

const shifts = [
  [0, 0],
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const

export function openFigure(picture: string): Figure {
  const packed = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0))
  const levels = new Float32Array(pictureSide * pictureSide)
  for (let at = 0; at < levels.length; at++) levels[at] = at % 2 === 0 ? packed[at >> 1]! >> 4 : packed[at >> 1]! & 15
  const smooth = smoothen(smoothen(levels))
  return shifts.map(([dx, dy]) => normalise(shift(smooth, dx, dy)))
}

/** 1 for the same, 0 and less for nothing in common. */
export function likenessOf(one: Figure, other: Figure): number {
  let best = -1
  for (const shifted of other) {
    let sum = 0
    for (let at = 0; at < shifted.length; at++) sum += one[0]![at]! * shifted[at]!
    best = Math.max(best, sum)
  }
  return best
}

function at2(levels: Float32Array, x: number, y: number): number {
  return x < 0 || y < 0 || x >= pictureSide || y >= pictureSide ? 0 : levels[y * pictureSide + x]!
}

function smoothen(levels: Float32Array): Float32Array {
  return levels.map((own, at) => {
    const [x, y] = [at % pictureSide, Math.floor(at / pictureSide)]
    return (4 * own + 2 * (at2(levels, x - 1, y) + at2(levels, x + 1, y) + at2(levels, x, y - 1) + at2(levels, x, y + 1))) / 12
  })
}

const shift = (levels: Float32Array, dx: number, dy: number): Float32Array =>
  levels.map((_, at) => at2(levels, (at % pictureSide) - dx, Math.floor(at / pictureSide) - dy))

function normalise(levels: Float32Array): Float32Array {
  const mean = levels.reduce((sum, one) => sum + one, 0) / levels.length
  const centred = levels.map((one) => one - mean)
  const length = Math.sqrt(centred.reduce((sum, one) => sum + one * one, 0)) || 1
  return centred.map((one) => one / length)
}
