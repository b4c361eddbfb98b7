import type { Raster } from '../page.ts'
import { borrowing, kernels, runKernel, takeBytes, takeFloats, takeWords } from './kernels.ts'
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

/** `light`: three floats for each block of a coarse grid. */
interface Paper extends Pick<LevelPage, 'gainAlong'> {
  readonly light: Float32Array
  readonly columns: number
  readonly rows: number
  /** Pixels along the side of a block. */
  readonly block: number
}

/** The paper's own red, green and blue on a coarse grid: a high percentile of each block, the lightest of its neighbourhood. */
const measurePaper = ({ width, height, data }: Raster, block: number): Paper => {
  const columns = Math.max(1, Math.ceil(width / block))
  const rows = Math.max(1, Math.ceil(height / block))
  const light = takeFloats(columns * rows * 3)
  borrowing(() => {
    const raw = takeFloats(light.length)
    const [counts, whole] = [takeWords(768), takeWords(768).fill(0)]
    runKernel([data], [counts, whole, raw], (from, ...to) => kernels.levelBlocks(from, width, height, block, 0.15, ...to))
    const [red, green, blue] = [0, 256, 512].map((channel) => Math.max(24, floorOf(whole.subarray(channel, channel + 256)) * 0.35))
    runKernel([raw], [light], (from, to) => kernels.lightestAround(from, columns, rows, red!, green!, blue!, to))
  })
  const gainAlong = (row: number, gains: Float32Array): void => {
    const along = Math.min(rows - 1, Math.max(0, row / block - 0.5))
    const upper = Math.floor(along)
    const lower = Math.min(rows - 1, upper + 1)
    runKernel([light], [gains], (lights, to) => {
      for (let channel = 0; channel < 3; channel++) {
        const place = (line: number) => lights + (line * columns * 3 + channel) * 4
        const into = to + channel * width * 4
        kernels.gainAlong(place(upper), place(lower), along - upper, columns, block, width, into)
      }
    })
  }
  return { light, columns, rows, block, gainAlong }
}

/** The level that a tenth of all pixels is lighter than. */
const floorOf = (counts: Int32Array): number => {
  let left = counts.reduce((sum, count) => sum + count) * 0.1
  let value = 255
  while (value > 0 && (left -= counts[value]!) > 0) value--
  return value
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
  runKernel([paper.light], [gains], (light, to) => kernels.gainRows(light, paper.columns, paper.rows, paper.block, width, height, band, to))
  runKernel([data, gains], [dark, black, red], (from, gain, ...to) => kernels.level(from, width, height, band, gain, ...to))
  const plane = (values: Uint8Array): Plane => ({ width, height, data: values })
  return { width, height, factor, dark: plane(dark), black: plane(black), red: plane(red), gainAlong: paper.gainAlong }
}
