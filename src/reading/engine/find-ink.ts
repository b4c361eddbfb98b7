/** Where the ink of a line begins and ends: the recogniser's cost is the width of what it is given. */
import type { Raster, Rectangle } from '../page.ts'
import { kernels, runKernel, takeBytes } from '../pixels/kernels.ts'

/** A column of paper varies by less than this from top to bottom, noise included; print by more. */
const contrast = 40
/** Blank columns that are kept on both sides, as the network was trained. */
const margin = 10

/** The columns of a strip that hold ink, with a margin, at full height; undefined when there is none. */
export function findInk(strip: Raster): Rectangle | undefined {
  const { width, height } = strip
  const contrastAt = columnContrasts(strip)
  const isInked = (x: number) => contrastAt(x) >= contrast
  let left = 0
  while (left < width && !isInked(left)) left++
  if (left === width) return undefined
  let right = width - 1
  while (right > left && !isInked(right)) right--
  const start = Math.max(0, left - margin)
  return { x: start, y: 0, width: Math.min(width, right + 1 + margin) - start, height }
}

/** By how much the green of each column's pixels differs. */
export function columnContrasts({ width, height, data }: Raster): (x: number) => number {
  const [least, most] = [takeBytes(width * 3), takeBytes(width * 3)]
  runKernel([data], [least, most], (from, low, high) => kernels.rangeOfColumns(from, width * 3, height, low, high))
  return (x) => most[x * 3 + 1]! - least[x * 3 + 1]!
}
