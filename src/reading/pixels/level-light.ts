import type { Raster } from '../page.ts'
import { kernels, runKernel, takeBytes, takeFloats } from './kernels.ts'
import type { Plane } from './plane.ts'
import { shrinkRaster } from './shrink-raster.ts'

/** A page shrunk by a whole factor and freed of its light: white paper is 0 in every plane, whatever lamp or shadow fell on it. */
export interface LevelPage {
  readonly width: number
  readonly height: number
  /** How many pixels of the raster make one of these, along each side. */
  readonly factor: number
  /** Darkness of any ink. */
  readonly dark: Plane
  /** Darkness that red ink does not add to: text and rules without the seals over them. */
  readonly black: Plane
  /** How much more red than green or blue is reflected, against the paper around: only red ink is above noise. */
  readonly red: Plane
  /** Fills what red, green and blue must be multiplied with, pixel by pixel along a row, to make the paper 255. */
  gainAlong(row: number, gains: Gains): void
}

type Gains = readonly [red: Float32Array, green: Float32Array, blue: Float32Array]

/** The paper's own red, green and blue on a coarse grid: a high percentile of each block, the lightest of its neighbourhood. */
const measurePaper = (page: Raster, block: number): Pick<LevelPage, 'gainAlong'> => {
  const columns = Math.max(1, Math.ceil(page.width / block))
  const rows = Math.max(1, Math.ceil(page.height / block))
  const raw = new Float32Array(columns * rows * 3)
  const histogram = new Uint32Array(768)
  const whole = new Uint32Array(768)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      histogram.fill(0)
      const right = Math.min(page.width, (column + 1) * block)
      const bottom = Math.min(page.height, (row + 1) * block)
      let count = 0
      for (let y = row * block; y < bottom; y += 2)
        for (let x = column * block + (y & 1); x < right; x += 2) {
          const at = (y * page.width + x) * 3
          histogram[page.data[at]!]!++
          histogram[256 + page.data[at + 1]!]!++
          histogram[512 + page.data[at + 2]!]!++
          count++
        }
      for (let channel = 0; channel < 3; channel++) {
        let left = count * 0.15
        let value = 255
        while (value > 0 && (left -= histogram[channel * 256 + value]!) > 0) value--
        raw[(row * columns + column) * 3 + channel] = value
      }
      for (let i = 0; i < 768; i++) whole[i]! += histogram[i]!
    }
  const floors = [0, 1, 2].map((channel) => {
    let total = 0
    for (let value = 0; value < 256; value++) total += whole[channel * 256 + value]!
    let left = total * 0.1
    let value = 255
    while (value > 0 && (left -= whole[channel * 256 + value]!) > 0) value--
    return Math.max(24, value * 0.35)
  })
  const light = new Float32Array(raw.length)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let channel = 0; channel < 3; channel++) {
        let best = floors[channel]!
        for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++)
          for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++)
            best = Math.max(best, raw[(y * columns + x) * 3 + channel]!)
        light[(row * columns + column) * 3 + channel] = best
      }
  const gainAlong = (row: number, gains: Gains): void => {
    const along = Math.min(rows - 1, Math.max(0, row / block - 0.5))
    const upper = Math.floor(along)
    const lower = Math.min(rows - 1, upper + 1)
    const share = along - upper
    for (let channel = 0; channel < 3; channel++) {
      const gain = gains[channel]!
      const at = (column: number) =>
        255 / (light[(upper * columns + column) * 3 + channel]! * (1 - share) + light[(lower * columns + column) * 3 + channel]! * share)
      let left = at(0)
      for (let column = 0, x = 0; column < columns; column++) {
        const right = at(Math.min(columns - 1, column + 1))
        const start = (column + 0.5) * block
        const end = column === columns - 1 ? page.width : Math.min(page.width, start + block)
        const slope = (right - left) / block
        for (; x < start && x < end; x++) gain[x] = left
        for (; x < end; x++) gain[x] = left + slope * (x - start)
        left = right
      }
    }
  }
  return { gainAlong }
}

const memory = new WeakMap<Raster, Map<number, LevelPage>>()

/** Levels the light of a page at about `side` pixels along its shorter side (a whole factor, never enlarged). Remembered as long as the raster. */
export const levelLight = (raster: Raster, side: number): LevelPage => {
  const factor = Math.max(1, Math.round(Math.min(raster.width, raster.height) / side))
  const pages = memory.get(raster) ?? new Map<number, LevelPage>()
  memory.set(raster, pages)
  const page = pages.get(factor) ?? level(raster, factor)
  pages.set(factor, page)
  return page
}

/** The light is worked out anew every so many rows: lamps and shadows have no sharper edges than that. */
const band = 4

const level = (raster: Raster, factor: number): LevelPage => {
  const page = shrinkRaster(raster, factor)
  const { width, height, data } = page
  const paper = measurePaper(page, Math.max(8, Math.round(Math.min(width, height) / 24)))
  const [dark, black, red] = [takeBytes(width * height), takeBytes(width * height), takeBytes(width * height)]
  const gains = takeFloats(Math.ceil(height / band) * width * 3)
  for (let y = 0, at = 0; y < height; y += band) {
    const row = () => gains.subarray(at, (at += width))
    paper.gainAlong(y + band / 2, [row(), row(), row()])
  }
  runKernel([data, gains], [dark, black, red], (from, gain, ...to) => kernels.level(from, width, height, band, gain, ...to))
  const plane = (values: Uint8Array): Plane => ({ width, height, data: values })
  return { width, height, factor, dark: plane(dark), black: plane(black), red: plane(red), gainAlong: paper.gainAlong }
}
