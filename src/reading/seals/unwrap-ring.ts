import type { Raster } from '../page.ts'
import { halfAxes, type Ring } from './fit-ring.ts'

/**
 * How a strip shows the ink: as it is, red ink alone, what red takes away from green and blue however much black lies over it,
 * all that is dark, or greys about as dark as the ring, without the blacker text.
 */
export type Ink = 'plain' | 'red' | 'unmixed' | 'dark' | 'middle' | 'mended'

/** The band between two relative radii laid out flat, clockwise from `start`. */
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

/** Copies one pixel, mixed of its four neighbours; outside the page the strip stays white. */
const copyPixel = (raster: Raster, x: number, y: number, into: Uint8Array, to: number): void => {
  const left = Math.floor(x)
  const top = Math.floor(y)
  if (left < 0 || top < 0 || left >= raster.width - 1 || top >= raster.height - 1) return
  const partX = x - left
  const partY = y - top
  const at = (top * raster.width + left) * 3
  const below = at + raster.width * 3
  for (let channel = 0; channel < 3; channel++) {
    const upper = raster.data[at + channel]! * (1 - partX) + raster.data[at + 3 + channel]! * partX
    const lower = raster.data[below + channel]! * (1 - partX) + raster.data[below + 3 + channel]! * partX
    into[to + channel] = upper + (lower - upper) * partY
  }
}

/**
 * Lays a band of the ring flat: the outer edge is the top of the strip, so that characters with their feet to the centre stand
 * upright. A round stamp seen aslant is squeezed all through; on an oval one the characters keep their height and stand on the
 * rim, so there the band follows the rim's normal.
 */
export const unwrapRing = (raster: Raster, ring: Ring, { start, span, inner, outer, stretch }: Unwrapping): Raster => {
  const [longer, shorter] = halfAxes(ring)
  const oval = isOval(ring)
  const mean = (longer + shorter) / 2
  const determinant = ring.xx * ring.yy - ring.xy * ring.xy
  const height = stripHeight
  const width = Math.max(16, Math.round(((span * (inner + outer)) / 2 / (outer - inner)) * height * stretch))
  const data = new Uint8Array(width * height * 3).fill(255)
  for (let x = 0; x < width; x++) {
    const angle = start + (span * (x + 0.5)) / width
    const cosine = Math.cos(angle)
    const sine = Math.sin(angle)
    const alongX = ring.xx * cosine + ring.xy * sine
    const alongY = ring.xy * cosine + ring.yy * sine
    let inwardX = alongX
    let inwardY = alongY
    if (oval) {
      const normalX = (ring.yy * cosine - ring.xy * sine) / determinant
      const normalY = (ring.xx * sine - ring.xy * cosine) / determinant
      const length = Math.hypot(normalX, normalY)
      inwardX = (normalX / length) * mean
      inwardY = (normalY / length) * mean
    }
    for (let y = 0; y < height; y++) {
      const depth = 1 - outer + ((outer - inner) * (y + 0.5)) / height
      copyPixel(raster, ring.x + alongX - inwardX * depth - 0.5, ring.y + alongY - inwardY * depth - 0.5, data, (y * width + x) * 3)
    }
  }
  return { width, height, data }
}

/** Half axes this unequal are not a round stamp seen aslant: an invoice seal is 40 mm × 30 mm. */
export const isOval = (ring: Ring): boolean => {
  const [longer, shorter] = halfAxes(ring)
  return shorter / longer < 0.86
}

/** Cuts a straight strip out of the face of a seal: `x` and `y` in half axes from the centre, in the seal's own upright frame. */
export const cutFace = (
  raster: Raster,
  ring: Ring,
  tilt: number,
  { left, right, top, bottom }: { left: number; right: number; top: number; bottom: number },
): Raster => {
  const [longer, shorter] = halfAxes(ring)
  const height = stripHeight
  const aspect = isOval(ring) ? longer / shorter : 1
  const width = Math.max(16, Math.round((((right - left) * aspect) / (bottom - top)) * height))
  const data = new Uint8Array(width * height * 3).fill(255)
  const cosine = Math.cos(tilt)
  const sine = Math.sin(tilt)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const across = left + ((right - left) * (x + 0.5)) / width
      const down = top + ((bottom - top) * (y + 0.5)) / height
      const unitX = isOval(ring) ? across : across * cosine - down * sine
      const unitY = isOval(ring) ? down : across * sine + down * cosine
      const [alongX, alongY] = isOval(ring)
        ? turned(across * longer, down * shorter, ovalTilt(ring))
        : [ring.xx * unitX + ring.xy * unitY, ring.xy * unitX + ring.yy * unitY]
      copyPixel(raster, ring.x + alongX - 0.5, ring.y + alongY - 0.5, data, (y * width + x) * 3)
    }
  return { width, height, data }
}

const turned = (x: number, y: number, angle: number): [number, number] => [
  x * Math.cos(angle) - y * Math.sin(angle),
  x * Math.sin(angle) + y * Math.cos(angle),
]

/** How far the longer axis of an oval is turned from level, at most a quarter turn either way. */
export const ovalTilt = (ring: Ring): number => Math.atan2(2 * ring.xy, ring.xx - ring.yy) / 2

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

/** The ink of a flat strip, pixel by pixel, 0…255. */
export const measureInk = (strip: Raster, ink: Ink, strength = 128): Uint8Array => {
  const [paperRed, paperGreen, paperBlue] = paperOf(strip)
  const count = strip.width * strip.height
  const level = new Uint8Array(count)
  const hue = new Uint8Array(count)
  const hues = new Uint32Array(256)
  for (let i = 0; i < count; i++) {
    const red = Math.min(1, strip.data[i * 3]! / paperRed)
    const green = Math.min(1, strip.data[i * 3 + 1]! / paperGreen)
    const blue = Math.min(1, strip.data[i * 3 + 2]! / paperBlue)
    if (ink === 'unmixed') {
      // Inks over each other multiply what is left of the light: their logarithms can be taken apart.
      level[i] = Math.max(
        0,
        Math.min(255, 127 * (Math.log(Math.max(0.02, red)) - 0.6 * Math.log(Math.max(0.02, green)) - 0.4 * Math.log(Math.max(0.02, blue)))),
      )
      continue
    }
    let amount = 255 - 255 * (ink === 'red' ? green * 0.6 + blue * 0.4 : red * 0.1 + green * 0.6 + blue * 0.3)
    if (ink === 'middle' && amount > strength * 1.15) amount = Math.max(0, strength * 1.15 - (amount - strength * 1.15) * 3)
    level[i] = Math.max(0, Math.min(255, amount))
    if (ink !== 'red') continue
    hue[i] = 255 * Math.max(0, 1 - Math.max(green, blue, 0.04) / Math.max(red, 0.12))
    hues[hue[i]!]!++
  }
  if (ink !== 'red') return level
  // JPEG keeps colour coarser than light: colour only decides whether a pixel counts, its light how much.
  const full = Math.max(20, percentile(hues, count, 0.95))
  for (let i = 0; i < count; i++) level[i] = level[i]! * Math.max(0, Math.min(1, (hue[i]! / full - 0.18) / 0.3))
  return level
}

/** How far around a black stroke its hidden ink is guessed from, in pixels of the strip. */
const guessReach = 3

/**
 * The seal's own ink with black print over it taken away: under a black stroke the ink is guessed from what is left bare
 * around it, so that a crossed character keeps its form.
 */
const mendInk = (strip: Raster, color: 'red' | 'gray', strength: number): Uint8Array => {
  const { width, height } = strip
  const own = measureInk(strip, color === 'red' ? 'red' : 'dark', strength)
  const [paper] = paperOf(strip)
  const black = new Uint8Array(width * height)
  for (let i = 0; i < black.length; i++) {
    const isBlack = color === 'red' ? strip.data[i * 3]! < paper * 0.62 : own[i]! > strength * 1.3 + 12
    if (isBlack) black[i] = 1
  }
  const hidden = black.slice()
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      if (black[i - 1]! || black[i + 1]! || black[i - width]! || black[i + width]!) hidden[i] = 1
    }
  const mended = own.slice()
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      if (!hidden[i]) continue
      let sum = 0
      let weight = 0
      for (let dy = -guessReach; dy <= guessReach; dy++)
        for (let dx = -guessReach; dx <= guessReach; dx++) {
          const [nx, ny] = [x + dx, y + dy]
          if (nx < 0 || ny < 0 || nx >= width || ny >= height || hidden[ny * width + nx]) continue
          const part = 1 / (dx * dx + dy * dy)
          sum += own[ny * width + nx]! * part
          weight += part
        }
      mended[i] = weight > 0 ? sum / weight : 0
    }
  return mended
}

/** Columns to either side that share one stretch of contrast: about two characters. */
const nearby = 36

/**
 * Turns a flat strip into black characters on white. Contrast is stretched anew along the strip, so that a photograph or a
 * shadow under a part of the seal does not swallow its characters.
 */
export const showInk = (strip: Raster, ink: Ink, strength = 128, color: 'red' | 'gray' = 'red'): Raster => {
  if (ink === 'plain') return strip
  const { width, height } = strip
  const level = ink === 'mended' ? mendInk(strip, color, strength) : measureInk(strip, ink, strength)
  const whole = new Uint32Array(256)
  for (const value of level) whole[value]!++
  const mostOfAll = percentile(whole, level.length, 0.97)
  const data = new Uint8Array(level.length * 3)
  const histogram = new Uint32Array(256)
  let count = 0
  const change = (x: number, by: number) => {
    for (let y = 0; y < height; y++) histogram[level[y * width + x]!]! += by
    count += by * height
  }
  for (let x = 0; x < Math.min(width, nearby); x++) change(x, 1)
  for (let x = 0; x < width; x++) {
    if (x + nearby < width) change(x + nearby, 1)
    if (x > nearby) change(x - nearby - 1, -1)
    const isPure = ink === 'red' || (ink === 'mended' && color === 'red')
    const least = isPure ? 8 : percentile(histogram, count, ink === 'unmixed' ? 0.2 : 0.3)
    const most =
      ink === 'unmixed'
        ? Math.max(least + 10, least + (mostOfAll - least) * 0.25, percentile(histogram, count, 0.95))
        : Math.max(least + 24, least + (mostOfAll - least) * 0.4, percentile(histogram, count, 0.96))
    for (let y = 0; y < height; y++) {
      const at = y * width + x
      data.fill(255 - Math.max(0, Math.min(255, ((level[at]! - least) / (most - least)) * 255)), at * 3, at * 3 + 3)
    }
  }
  return { width, height, data }
}
