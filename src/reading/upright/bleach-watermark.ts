/**
 * Takes the pale words of a watermark off the whole paper: where they cross print they join it, and were not found as words.
 */
import { takeBytes } from '../pixels/kernels.ts'
import type { Raster } from '../page.ts'
import type { Watermark } from './find-watermark.ts'

/** Ink of a watermark differs by this share; beyond it, or beyond the middle between the two inks, stands print. */
const uneven = 1.35
/** What is so much redder than blue or green, in levels of 255, is a seal's. */
const coloured = 30
/** The light of the paper is measured in blocks of so many pixels. */
const block = 48
/** Paler than this is paper. */
const leastInk = 4

export function bleachWatermark(raster: Raster, { palePrint, ink, print }: Watermark): Raster {
  const { width, height, data } = raster
  const bleached = takeBytes(data.length)
  bleached.set(data)
  const isPrint = (ink + print) / 2
  const mostInk = Math.min(uneven * ink, isPrint)
  const lightAt = (at: number): number => (data[at]! + 2 * data[at + 1]! + data[at + 2]!) / 4
  /** The edges of print are as pale as the watermark. */
  const touchesPrint = (x: number, y: number, paper: number): boolean => {
    for (let dy = -1; dy <= 1; dy++)
      for (let dx = -1; dx <= 1; dx++) {
        const [nextX, nextY] = [x + dx, y + dy]
        if (nextX < 0 || nextY < 0 || nextX >= width || nextY >= height) continue
        if (paper - lightAt(3 * (nextY * width + nextX)) >= isPrint) return true
      }
    return false
  }
  for (let top = 0; top < height; top += block)
    for (let left = 0; left < width; left += block) {
      const [right, bottom] = [Math.min(width, left + block), Math.min(height, top + block)]
      const paper = [0, 1, 2].map((channel) => usualLight(raster, channel, left, top, right, bottom))
      const light = (paper[0]! + 2 * paper[1]! + paper[2]!) / 4
      for (let y = top; y < bottom; y++)
        for (let x = left; x < right; x++) {
          const at = 3 * (y * width + x)
          const darker = light - lightAt(at)
          if (darker < leastInk || darker > mostInk) continue
          const [red, green, blue] = [0, 1, 2].map((channel) => data[at + channel]! - paper[channel]!) as [number, number, number]
          if (red - Math.min(green, blue) > coloured || touchesPrint(x, y, light)) continue
          for (let channel = 0; channel < 3; channel++) bleached[at + channel] = paper[channel]!
        }
    }
  // Print as pale as the watermark stays as it is.
  for (const { x, y, width: length, height: depth, angle } of palePrint) {
    const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))]
    const [reachX, reachY] = [(cos * length + sin * depth) / 2, (sin * length + cos * depth) / 2]
    const [left, right] = [Math.max(0, Math.round(x - reachX)), Math.min(width, Math.round(x + reachX))]
    for (let row = Math.max(0, Math.round(y - reachY)); row < Math.min(height, y + reachY); row++) {
      const from = 3 * (row * width + left)
      if (right > left) bleached.set(data.subarray(from, from + 3 * (right - left)), from)
    }
  }
  return { ...raster, data: bleached }
}

/** Lighter than three quarters of a block: its paper, be it white or a card's. */
function usualLight({ width, data }: Raster, channel: number, left: number, top: number, right: number, bottom: number): number {
  const counts = new Uint32Array(256)
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) counts[data[3 * (y * width + x) + channel]!]!++
  let brighter = ((right - left) * (bottom - top)) / 4
  let level = 255
  while (level > 0 && (brighter -= counts[level]!) > 0) level--
  return level
}
