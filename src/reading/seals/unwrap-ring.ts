import type { Raster } from '../page.ts'
import { kernels, runKernel, takeBlank, takeBytes, takeWords } from '../pixels/kernels.ts'
import { halfAxes, type Ring } from './fit-ring.ts'
import { countLevels } from '../pixels/count-levels.ts'

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

/**
 * Draws a strip column by column: `columns` are four numbers each, where a column begins on the raster and how far it goes for a
 * depth of 1. What lies off the page is white.
 */
const drawStrip = (raster: Raster, columns: Float64Array, depths: Float64Array): Raster => {
  const [width, height] = [columns.length / 4, depths.length]
  const data = takeBytes(width * height * 3).fill(255)
  runKernel([raster.data, columns, depths], [data], (from, ...places) => {
    const [along, down, to] = places as [number, number, number]
    kernels.unwrap(from, raster.width, raster.height, along, down, width, height, to)
  })
  return { width, height, data }
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
  const columns = new Float64Array(width * 4)
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
    columns.set([ring.x + alongX, ring.y + alongY, inwardX, inwardY], x * 4)
  }
  const depths = new Float64Array(height).map((_, y) => 1 - outer + ((outer - inner) * (y + 0.5)) / height)
  return drawStrip(raster, columns, depths)
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
  const [cosine, sine] = [Math.cos(tilt), Math.sin(tilt)]
  const place = (across: number, down: number): [number, number] => {
    if (isOval(ring)) return turned(across * longer, down * shorter, ovalTilt(ring))
    const [unitX, unitY] = [across * cosine - down * sine, across * sine + down * cosine]
    return [ring.xx * unitX + ring.xy * unitY, ring.xy * unitX + ring.yy * unitY]
  }
  const [downX, downY] = place(0, 1)
  const columns = new Float64Array(width * 4)
  for (let x = 0; x < width; x++) {
    const [alongX, alongY] = place(left + ((right - left) * (x + 0.5)) / width, 0)
    columns.set([ring.x + alongX, ring.y + alongY, -downX, -downY], x * 4)
  }
  const depths = new Float64Array(height).map((_, y) => top + ((bottom - top) * (y + 0.5)) / height)
  return drawStrip(raster, columns, depths)
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
  const counts = new Uint32Array(768)
  runKernel([strip.data], [counts], (from, to) => kernels.countChannels(from, count, to))
  const paper = [0, 1, 2].map((channel) => Math.max(16, percentile(counts.subarray(channel * 256, channel * 256 + 256), count, 0.8)))
  return paper as [number, number, number]
}

/** What each level of red, green and blue says, once for all pixels. */
const tell = (what: (channel: number, level: number) => number): Float64Array =>
  new Float64Array(768).map((_, at) => what(at >> 8, at & 255))

/** The ink of a flat strip, pixel by pixel, 0…255. */
export const measureInk = (strip: Raster, ink: Ink, strength = 128): Uint8Array => {
  const paper = paperOf(strip)
  const light = tell((channel, level) => Math.min(1, level / paper[channel]!))
  const count = strip.width * strip.height
  const level = takeBytes(count)
  const measure = (tables: Float64Array, ...weights: number[]) =>
    runKernel([strip.data, tables], [level], (from, said, to) => kernels.measureInk(from, said, count, ...weights, to))
  if (ink === 'unmixed') {
    // Inks over each other multiply what is left of the light: their logarithms can be taken apart.
    const depths = light.map((share) => Math.log(Math.max(0.02, share)))
    measure(depths, 1, -0.6, -0.4, 0, 127, Infinity)
    return level
  }
  measure(light, ...(ink === 'red' ? [0, 0.6, 0.4] : [0.1, 0.6, 0.3]), 255, -255, ink === 'middle' ? strength * 1.15 : Infinity)
  if (ink !== 'red') return level
  const hue = takeBytes(count)
  const hues = new Uint32Array(256)
  runKernel([strip.data, light], [hue, hues], (from, said, to, counts) => kernels.measureHue(from, said, count, to, counts))
  // JPEG keeps colour coarser than light: colour only decides whether a pixel counts, its light how much.
  const full = Math.max(20, percentile(hues, count, 0.95))
  const shares = new Float64Array(256).map((_, at) => Math.max(0, Math.min(1, (at / full - 0.18) / 0.3)))
  runKernel([hue, shares], [level], (others, table, bytes) => kernels.weighBy(bytes, others, table, count))
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
  const black = takeBlank(width * height)
  if (color === 'red') markBelow(strip.data, paper * 0.62, black)
  else markAbove(own, strength * 1.3 + 12, black)
  const mended = takeBytes(black.length)
  runKernel([own, black], [takeBytes(black.length), mended], (ink, print, ...to) => {
    const [hidden, into] = to as [number, number]
    kernels.mendInk(ink, print, width, height, guessReach, hidden, into)
  })
  return mended
}

/** Marks the pixels of three channels whose first is below a limit. */
const markBelow = (pixels: Uint8Array, limit: number, marks: Uint8Array): void => {
  for (let at = 0; at < marks.length; at++) if (pixels[at * 3]! < limit) marks[at] = 1
}

const markAbove = (levels: Uint8Array, limit: number, marks: Uint8Array): void => {
  for (let at = 0; at < marks.length; at++) if (levels[at]! > limit) marks[at] = 1
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
  const mostOfAll = percentile(countLevels(level), level.length, 0.97)
  const isPure = ink === 'red' || (ink === 'mended' && color === 'red')
  const isUnmixed = ink === 'unmixed'
  const data = takeBytes(level.length * 3)
  runKernel([level], [takeWords(256), data], (from, counts, to) =>
    kernels.stretchInk(
      from,
      width,
      height,
      nearby,
      isPure ? 8 : -1,
      isUnmixed ? 0.2 : 0.3,
      isUnmixed ? 0.95 : 0.96,
      isUnmixed ? 10 : 24,
      isUnmixed ? 0.25 : 0.4,
      mostOfAll,
      counts,
      to,
    ),
  )
  return { width, height, data }
}
