import type { Raster } from '../page.ts'
import { keepBytes, kernels, runKernel, takeBytes, takeFloats } from './kernels.ts'
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
  /** Fills what red, then green, then blue must be multiplied with, pixel by pixel along a row, to make the paper 255. */
  gainAlong(row: number, gains: Float32Array): void
}

/** How often each level of red, green and blue is met. */
const { buffer, byteOffset } = keepBytes(768 * 4)
const histogram = new Uint32Array(buffer, byteOffset, 768)

/** The paper's own red, green and blue on a coarse grid: a high percentile of each block, the lightest of its neighbourhood. */
const measurePaper = (page: Raster, block: number): Pick<LevelPage, 'gainAlong'> => {
  let paper: Pick<LevelPage, 'gainAlong'> | undefined
  runKernel([page.data], [], (pixels) => (paper = measureBlocks(page, pixels, block)))
  return paper!
}

/** `pixels`: where the kernels find those of the page. */
const measureBlocks = (page: Raster, pixels: number, block: number): Pick<LevelPage, 'gainAlong'> => {
  const columns = Math.max(1, Math.ceil(page.width / block))
  const rows = Math.max(1, Math.ceil(page.height / block))
  const raw = new Float32Array(columns * rows * 3)
  const whole = new Uint32Array(768)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const right = Math.min(page.width, (column + 1) * block)
      const bottom = Math.min(page.height, (row + 1) * block)
      const count = kernels.countLevels(pixels, page.width, column * block, row * block, right, bottom, byteOffset)
      for (let channel = 0; channel < 3; channel++)
        raw[(row * columns + column) * 3 + channel] = levelOf(histogram, channel * 256, count * 0.15)
      addUp(whole, histogram)
    }
  const floors = [0, 1, 2].map((channel) => {
    let total = 0
    for (let value = 0; value < 256; value++) total += whole[channel * 256 + value]!
    return Math.max(24, levelOf(whole, channel * 256, total * 0.1) * 0.35)
  })
  const light = takeFloats(raw.length)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let channel = 0; channel < 3; channel++)
        light[(row * columns + column) * 3 + channel] = Math.max(floors[channel]!, lightestAround(raw, columns, rows, column, row, channel))
  const gainAlong = (row: number, gains: Float32Array): void => {
    const along = Math.min(rows - 1, Math.max(0, row / block - 0.5))
    const upper = Math.floor(along)
    const lower = Math.min(rows - 1, upper + 1)
    runKernel([light], [gains], (lights, to) => {
      for (let channel = 0; channel < 3; channel++) {
        const place = (line: number) => lights + (line * columns * 3 + channel) * 4
        const into = to + channel * page.width * 4
        kernels.gainAlong(place(upper), place(lower), along - upper, columns, block, page.width, into)
      }
    })
  }
  return { gainAlong }
}

// These are functions of their own because V8 leaves an optimised loop within a loop each time that it ends.

/** The level of a channel that fewer than `above` pixels are lighter than. */
const levelOf = (counts: Uint32Array, channel: number, above: number): number => {
  let left = above
  let value = 255
  while (value > 0 && (left -= counts[channel + value]!) > 0) value--
  return value
}

const lightestAround = (raw: Float32Array, columns: number, rows: number, column: number, row: number, channel: number): number => {
  const [left, right] = [Math.max(0, column - 1), Math.min(columns - 1, column + 1)]
  let lightest = 0
  for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++)
    for (let x = left; x <= right; x++) {
      const value = raw[(y * columns + x) * 3 + channel]!
      if (value > lightest) lightest = value
    }
  return lightest
}

const addUp = (whole: Uint32Array, more: Uint32Array): void => {
  for (let i = 0; i < more.length; i++) whole[i]! += more[i]!
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
  for (let y = 0, at = 0; y < height; y += band) paper.gainAlong(y + band / 2, gains.subarray(at, (at += width * 3)))
  runKernel([data, gains], [dark, black, red], (from, gain, ...to) => kernels.level(from, width, height, band, gain, ...to))
  const plane = (values: Uint8Array): Plane => ({ width, height, data: values })
  return { width, height, factor, dark: plane(dark), black: plane(black), red: plane(red), gainAlong: paper.gainAlong }
}
