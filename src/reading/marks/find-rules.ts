import { kernels, runKernel, takeBlank, takeBytes, takeWords } from '../pixels/kernels.ts'
import type { Plane } from '../pixels/plane.ts'

/** A ruled line's path: its height at each pixel along it. */
export interface Rule {
  readonly start: number
  readonly heights: Float32Array
}

/** More pieces of line than this are no form but a hatching. */
const mostRules = 1500
/** A line is looked for in strokes at most this thick, in pixels of the plane. */
const thickest = 4

/** Turns a plane of at least 8 × 8 pixels over its diagonal, so that upright lines lie level. */
export const transposePlane = ({ width, height, data }: Plane): Plane => {
  const turned = takeBytes(width * height)
  runKernel([data], [turned], (from, to) => kernels.transpose(from, width, height, to))
  return { width: height, height: width, data: turned }
}

/** Marks the pixels that are darker than what lies above and below them: strokes that run level. */
const markStrokes = ({ width, height, data }: Plane, least: number): Uint8Array => {
  const strokes = takeBlank(width * height)
  const reach = thickest * width
  const count = width * height - 2 * reach
  if (count <= 0) return strokes
  const step = Math.ceil(least * 0.7)
  runKernel([data], [strokes], (from, to) => kernels.markStrokes(from + reach, count, reach, least, step, to + reach))
  // The kernel goes on to a multiple of its step, where there is nothing above or below to compare with.
  strokes.fill(0, reach + count)
  return strokes
}

/** The share of the pixels beside a line that no print covers: they tell the ground, which may be the tint of a cell. */
const ground = 0.25

/** How dark the ground is at a distance from a path. */
const groundAt = ({ width, height, data }: Plane, start: number, path: Int32Array, away: number): number => {
  const beside = Uint8Array.from(path, (row, i) => (row + away >= 0 && row + away < height ? data[(row + away) * width + start + i]! : 0))
  return beside.sort()[Math.floor(ground * beside.length)]!
}

/** Strokes of a row of characters line up as well, but there is ink above and below them. */
const isPrint = (plane: Plane, start: number, path: Int32Array, least: number): boolean => {
  const { width, height, data } = plane
  const [upper, lower] = [least + groundAt(plane, start, path, -thickest - 1), least + groundAt(plane, start, path, thickest + 1)]
  const inked = (x: number, row: number, dark: number) => row >= 0 && row < height && data[row * width + x]! >= dark
  let above = 0
  let below = 0
  path.forEach((row, i) => {
    const x = start + i
    if (inked(x, row - thickest, upper) || inked(x, row - thickest - 1, upper)) above++
    if (inked(x, row + thickest, lower) || inked(x, row + thickest + 1, lower)) below++
  })
  const [less, more] = [Math.min(above, below) / path.length, Math.max(above, below) / path.length]
  // A second line close by has ink beside it all along; print on a line has gaps.
  return less > 0.25 || (more > 0.5 && more < 0.92 && path.length < width / 8)
}

/** The ring of a seal runs level for a while; a line that lens or paper bend does so over a far longer way. */
const isArc = (path: Int32Array, longest: number): boolean => {
  if (path.length > longest) return false
  const slope = (path.at(-1)! - path[0]!) / path.length
  return path.some((row, i) => Math.abs(row - path[0]! - slope * i) > 2.2)
}

/**
 * Gathers level lines at least `shortest` pixels long, tilted or bent by up to about two degrees. A stroke may step a row up or
 * down from pixel to pixel as paper and lens bend it.
 */
export const findRules = (plane: Plane, shortest: number, least: number): Rule[] => {
  const { width, height } = plane
  const strokes = markStrokes(plane, least)
  const rules: Rule[] = []
  const [back, ahead, lengths] = [takeWords(width), takeWords(width), takeWords(2)]
  const end = width * (height - thickest)
  const longAfter = (from: number): number => {
    let at = end
    runKernel([], [strokes, back, ahead, lengths], (...to) => (at = kernels.nextStroke(width, from, end, Math.ceil(shortest), ...to)))
    return at
  }
  for (let at = longAfter(thickest * width); at < end; at = longAfter(at + 1)) {
    const x = at % width
    const [before, behind] = [lengths[0]!, lengths[1]!]
    const path = new Int32Array(before + behind)
    for (let i = 0; i < before; i++) path[i] = back[before - i]!
    path.set(ahead.subarray(0, behind), before)
    if (Math.abs(path.at(-1)! - path[0]!) > path.length * 0.05) continue
    const start = x - before
    if (isArc(path, Math.max(width, height) / 6) || isPrint(plane, start, path, least)) continue
    rules.push({ start, heights: smooth(path, path.length) })
    if (rules.length >= mostRules) return rules
  }
  return rules
}

const smooth = (path: Int32Array, length: number): Float32Array => {
  const heights = new Float32Array(length)
  const reach = 6
  let sum = 0
  let count = 0
  let from = 0
  let to = 0
  for (let i = 0; i < length; i++) {
    for (; to < Math.min(length, i + reach + 1); to++, count++) sum += path[to]!
    for (; from < i - reach; from++, count--) sum -= path[from]!
    heights[i] = sum / count
  }
  return heights
}
