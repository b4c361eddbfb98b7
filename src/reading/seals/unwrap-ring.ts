import type { Raster } from '../page.ts'
import type { Ring } from './fit-ring.ts'

/** How a strip shows the ink: red ink alone, or all that is dark. */
export type Ink = 'red' | 'dark'

/** The band between two relative radii laid out flat, clockwise from `start`, with room for a second way of looking at it. */
export interface Unwrapping {
  readonly start: number
  /** Radians that the strip covers. */
  readonly span: number
  readonly inner: number
  readonly outer: number
  /** Width of the strip against its height, in units of the middle radius: 1 keeps the characters as they are. */
  readonly stretch: number
}

/** The height to which the recogniser brings every line. */
const stripHeight = 48

/** Lays a band of the ring flat: the outer edge is the top of the strip, so that characters with their feet to the centre stand upright. */
export const unwrapRing = (raster: Raster, ring: Ring, { start, span, inner, outer, stretch }: Unwrapping): Raster => {
  const height = stripHeight
  const middle = (inner + outer) / 2
  const width = Math.max(16, Math.round(((span * middle) / (outer - inner)) * height * stretch))
  const data = new Uint8Array(width * height * 3).fill(255)
  for (let x = 0; x < width; x++) {
    const angle = start + (span * (x + 0.5)) / width
    const cosine = Math.cos(angle)
    const sine = Math.sin(angle)
    const alongX = ring.xx * cosine + ring.xy * sine
    const alongY = ring.xy * cosine + ring.yy * sine
    for (let y = 0; y < height; y++) {
      const reach = outer - ((outer - inner) * (y + 0.5)) / height
      const fromX = ring.x + alongX * reach - 0.5
      const fromY = ring.y + alongY * reach - 0.5
      const left = Math.floor(fromX)
      const top = Math.floor(fromY)
      if (left < 0 || top < 0 || left >= raster.width - 1 || top >= raster.height - 1) continue
      const partX = fromX - left
      const partY = fromY - top
      const at = (top * raster.width + left) * 3
      const below = at + raster.width * 3
      const to = (y * width + x) * 3
      for (let channel = 0; channel < 3; channel++) {
        const upper = raster.data[at + channel]! * (1 - partX) + raster.data[at + 3 + channel]! * partX
        const lower = raster.data[below + channel]! * (1 - partX) + raster.data[below + 3 + channel]! * partX
        data[to + channel] = upper + (lower - upper) * partY
      }
    }
  }
  return { width, height, data }
}

const percentile = (histogram: Uint32Array, count: number, share: number): number => {
  let left = count * share
  let value = 0
  while (value < 255 && (left -= histogram[value]!) >= 0) value++
  return value
}

/** The value of one channel that is exceeded by a fifth of the pixels: the paper. */
const paperOf = (strip: Raster): [number, number, number] => {
  const count = strip.width * strip.height
  const paper = [0, 1, 2].map((channel) => {
    const histogram = new Uint32Array(256)
    for (let at = channel; at < strip.data.length; at += 3) histogram[strip.data[at]!]!++
    return Math.max(16, percentile(histogram, count, 0.8))
  })
  return paper as [number, number, number]
}

/** Turns a flat strip into black characters on white, stretched to the full contrast of the ink asked for. */
export const showInk = (strip: Raster, ink: Ink): Raster => {
  const [paperRed, paperGreen, paperBlue] = paperOf(strip)
  const count = strip.width * strip.height
  const level = new Uint8Array(count)
  const histogram = new Uint32Array(256)
  for (let i = 0; i < count; i++) {
    const red = Math.min(1, strip.data[i * 3]! / paperRed)
    const green = Math.min(1, strip.data[i * 3 + 1]! / paperGreen)
    const blue = Math.min(1, strip.data[i * 3 + 2]! / paperBlue)
    const amount = ink === 'red' ? red - Math.max(green, blue) : 1 - (red * 0.1 + green * 0.6 + blue * 0.3)
    level[i] = Math.max(0, Math.min(255, amount * 255))
    histogram[level[i]!]!++
  }
  const least = ink === 'red' ? 8 : percentile(histogram, count, 0.3)
  const most = Math.max(least + 24, percentile(histogram, count, 0.97))
  const data = new Uint8Array(count * 3)
  for (let i = 0; i < count; i++) {
    const shade = 255 - Math.max(0, Math.min(255, ((level[i]! - least) / (most - least)) * 255))
    data[i * 3] = shade
    data[i * 3 + 1] = shade
    data[i * 3 + 2] = shade
  }
  return { width: strip.width, height: strip.height, data }
}
