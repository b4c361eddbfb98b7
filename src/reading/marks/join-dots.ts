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
  const joined = Uint8Array.from(ink)
  const join = (from: number, step: number, count: number): void => {
    const close = (first: number, last: number): void => {
      const more = last - first >= leastLine ? end : 0
      for (let i = Math.max(0, first - more); i <= Math.min(count - 1, last + more); i++) joined[from + i * step] = 1
    }
    let [first, last] = [-1, -1]
    for (let i = 0; i < count; i++) {
      if (ink[from + i * step] === 0) continue
      if (first >= 0 && i - last > gap) {
        close(first, last)
        first = i
      } else if (first < 0) first = i
      last = i
    }
    if (first >= 0) close(first, last)
  }
  for (let y = 0; y < height; y++) join(y * width, 1, width)
  for (let x = 0; x < width; x++) join(x, width, height)
  return { ...map, ink: joined }
}
