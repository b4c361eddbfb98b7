/** Finds the strokes of ink inside a rectangle: whether a blank was left blank is told by its pixels, not by what was recognised. */
import type { Raster, Rectangle } from '../page.ts'
import { clipToRaster } from '../raster/resample.ts'

/** A pixel of ink is darker than the paper around it by this, in levels of 255; the paper of scans, faxes and photos varies by less. */
const darkness = 34
/** Side of the squares whose paper is measured: shadows and creases are wider. */
const square = 28
/** Smaller marks are dust, or the noise of a fax. */
const smallest = 4

/**
 * The boxes of connected strokes inside `box`, rules and frames included, in pixels of the raster. With `depth` only what is
 * darker than the paper by that share of the square's contrast counts, so that neighbours whose blur touches stay apart.
 */
export function findStrokes(raster: Raster, box: Rectangle, depth = 0): Rectangle[] {
  const area = clipToRaster(raster, box)
  const { width, height } = area
  const ink = markInk(raster, area, depth)
  const found: Rectangle[] = []
  const open: number[] = []
  for (let start = 0; start < ink.length; start++) {
    if (ink[start] !== 1) continue
    let [left, top, right, bottom] = [width, height, 0, 0]
    ink[start] = 2
    open.push(start)
    while (open.length > 0) {
      const at = open.pop()!
      const x = at % width
      const y = (at - x) / width
      if (x < left) left = x
      if (x > right) right = x
      if (y < top) top = y
      if (y > bottom) bottom = y
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++)
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
          const next = row * width + column
          if (ink[next] !== 1) continue
          ink[next] = 2
          open.push(next)
        }
    }
    if (right - left + 1 >= smallest || bottom - top + 1 >= smallest)
      found.push({ x: area.x + left, y: area.y + top, width: right - left + 1, height: bottom - top + 1 })
  }
  return found
}

/** 1 where a pixel is darker than its square's paper, by its darkest channel: ink of pens is coloured. */
function markInk(raster: Raster, area: Rectangle, depth: number): Uint8Array {
  const { width, height } = area
  const dark = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    let from = ((area.y + y) * raster.width + area.x) * 3
    for (let x = 0; x < width; x++, from += 3)
      dark[y * width + x] = Math.min(raster.data[from]!, raster.data[from + 1]!, raster.data[from + 2]!)
  }
  const ink = new Uint8Array(width * height)
  for (let top = 0; top < height; top += square)
    for (let left = 0; left < width; left += square) {
      const [endX, endY] = [Math.min(width, left + square), Math.min(height, top + square)]
      const { paper, darkest } = lightOf(dark, width, left, top, endX, endY)
      const limit = paper - Math.max(darkness, depth * (paper - darkest))
      for (let y = top; y < endY; y++) for (let x = left; x < endX; x++) if (dark[y * width + x]! < limit) ink[y * width + x] = 1
    }
  return ink
}

/** The level that three quarters of the square's pixels stay below, and the darkest of them. */
function lightOf(dark: Uint8Array, width: number, left: number, top: number, endX: number, endY: number) {
  const histogram = new Uint16Array(256)
  for (let y = top; y < endY; y++) for (let x = left; x < endX; x++) histogram[dark[y * width + x]!]!++
  let darkest = 0
  while (darkest < 255 && histogram[darkest] === 0) darkest++
  let paper = 255
  for (let above = 0; paper > 0; paper--) if ((above += histogram[paper]!) >= (endX - left) * (endY - top) * 0.25) break
  return { paper, darkest }
}
