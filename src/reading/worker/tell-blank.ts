/** Tells a blank back side from a page. */
import type { Raster } from '../page.ts'

const block = 16
/** A block of paper varies by less than this within itself, noise and show-through included. */
const contrast = 60
/** One seal, one line of print or one signature covers more blocks than this. */
const inkedBlocks = 4

/** Looks at contrast within small blocks: shadows, tinted paper and dust are no ink. Margins of 3 % are not looked at: edges, punch holes. */
export function isBlank({ width, height, data }: Raster): boolean {
  const marginX = Math.floor(width * 0.03)
  const marginY = Math.floor(height * 0.03)
  let inked = 0
  for (let top = marginY; top + block <= height - marginY; top += block)
    for (let left = marginX; left + block <= width - marginX; left += block)
      if (isInked(data, width, left, top) && ++inked > inkedBlocks) return false
  return true
}

function isInked(data: Uint8Array, width: number, left: number, top: number): boolean {
  let darkest = 255
  let lightest = 0
  for (let y = top; y < top + block; y += 2)
    for (let x = left; x < left + block; x += 2) {
      // Green is dark under black, blue and red ink alike.
      const value = data[(y * width + x) * 3 + 1]!
      if (value < darkest) darkest = value
      if (value > lightest) lightest = value
    }
  if (lightest - darkest < contrast) return false
  // A speck of dust darkens one or two samples; a stroke darkens a row of them.
  const middle = (lightest + darkest) / 2
  let dark = 0
  for (let y = top; y < top + block; y += 2)
    for (let x = left; x < left + block; x += 2) if (data[(y * width + x) * 3 + 1]! < middle) dark++
  return dark >= 4
}
