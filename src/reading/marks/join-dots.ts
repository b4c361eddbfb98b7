import { borrowing, kernels, runKernel, takeBytes, takeWords } from '../pixels/kernels.ts'
import type { InkMap } from './map-ink.ts'

/** Dots of a broken line lie so far apart at most, in pixels. */
const gap = 3
/** A line that is longer than this may lack its ends where it meets another. */
const leastLine = 9

/**
 * The map with the gaps between dots of level and upright lines filled, and lines drawn on by `end` pixels: of hairlines a fax
 * leaves every second or third pixel.
 */
export const joinDots = (map: InkMap, end: number): InkMap => {
  const { width, height, ink } = map
  const joined = takeBytes(ink.length)
  joined.set(ink)
  borrowing(() =>
    runKernel([ink], [takeWords(width * 2), joined], (from, ends, to) =>
      kernels.joinDots(from, width, height, gap, leastLine, end, ends, to),
    ),
  )
  return { ...map, ink: joined }
}
