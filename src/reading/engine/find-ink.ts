/** Where the ink of a line begins and ends: the recogniser's cost is the width of what it is given. */
import type { Raster, Rectangle } from '../page.ts'

/** A column of paper varies by less than this from top to bottom, noise included; print by more. */
const contrast = 40
/** Blank columns that are kept on both sides, as the network was trained. */
const margin = 10

/** The columns of a strip that hold ink, with a margin, at full height; undefined when there is none. */
export function findInk({ width, height, data }: Raster): Rectangle | undefined {
  const isInked = (x: number) => {
    let darkest = 255
    let lightest = 0
    for (let at = x * 3 + 1; at < width * height * 3; at += width * 3) {
      const value = data[at]!
      if (value < darkest) darkest = value
      if (value > lightest) lightest = value
    }
    return lightest - darkest >= contrast
  }
  let left = 0
  while (left < width && !isInked(left)) left++
  if (left === width) return undefined
  let right = width - 1
  while (right > left && !isInked(right)) right--
  const start = Math.max(0, left - margin)
  return { x: start, y: 0, width: Math.min(width, right + 1 + margin) - start, height }
}
