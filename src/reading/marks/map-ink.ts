import type { Raster } from '../page.ts'
import { kernels, runKernel, takeBlank, takeBytes, takeFloats } from '../pixels/kernels.ts'
import { levelLight, type LevelPage } from '../pixels/level-light.ts'
import { shrinkRaster } from '../pixels/shrink-raster.ts'
import { countLevels } from '../pixels/count-levels.ts'

/** A page in black and white, fine enough for strokes of a fifth of a millimetre. */
export interface InkMap {
  readonly width: number
  readonly height: number
  /** How many pixels of the raster make one of these, along each side. */
  readonly factor: number
  /** Pixels to a millimetre when the sheet fills the picture. */
  readonly unit: number
  /** 1 where there is ink that is not red. */
  readonly ink: Uint8Array
  /** 1 where there is ink of any colour but a seal's. */
  readonly any: Uint8Array
}

/** Pixels along the shorter side: 2.2 mm boxes are then 13 pixels wide at least. */
const side = 1300
const lightSide = 800

/** The light is taken anew every so many rows: lamps and shadows have no sharper edges than that. */
const band = 8

/**
 * Splits ink from paper at a share of the darkness of the page's ink: faint print and shadow alike. Maps of one page at several
 * depths share its light.
 */
export const openInk = (raster: Raster): ((depth: number) => InkMap) => {
  const light = levelLight(raster, lightSide)
  const factor = Math.max(1, Math.round(Math.min(raster.width, raster.height) / side))
  const shrunk = shrinkRaster(raster, factor)
  return (depth) => mapInk(shrunk, factor, light, depth)
}

const mapInk = ({ width, height, data }: Raster, factor: number, light: LevelPage, depth: number): InkMap => {
  const [ink, any] = [takeBlank(width * height), takeBlank(width * height)]
  const coarse = takeFloats(light.width * 3)
  const bands = Math.ceil(height / band)
  const gains = takeFloats(bands * width * 3)
  // What is lighter than these in all three channels is paper: most pixels need no more than to be compared.
  const paper = takeBytes(bands * width * 3)
  const limit = 255 - inkThreshold(light.black.data, depth)
  const ratio = factor / light.factor
  for (let y = 0, at = 0; y < height; y += band, at += width * 3) {
    light.gainAlong(Math.min(light.height - 1, y * ratio), coarse)
    runKernel([coarse], [gains.subarray(at, at + width * 3), paper.subarray(at, at + width * 3)], (from, ...to) => {
      const [gainsAt, paperAt] = to as [number, number]
      kernels.spreadGains(from, light.width, ratio, width, limit, gainsAt, paperAt)
    })
  }
  runKernel([data, paper, gains], [ink, any], (from, ...arrays) => kernels.markInk(from, width, height, band, limit, ...arrays))
  return { width, height, factor, unit: Math.min(width, height) / 210, ink, any }
}

/** So much of the way from paper to the darkness that a page's ink reaches, bounded for blank and for black pages. */
const inkThreshold = (black: Uint8Array, depth: number): number => {
  const histogram = countLevels(black, 0, 3)
  let inked = 0
  for (let value = 60; value < 256; value++) inked += histogram[value]!
  let left = inked * 0.25
  let value = 255
  while (value > 60 && (left -= histogram[value]!) > 0) value--
  return Math.max(120 * depth, Math.min(275 * depth, value * depth))
}
