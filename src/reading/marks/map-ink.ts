import type { Raster } from '../page.ts'
import { levelLight } from '../pixels/level-light.ts'

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

/** Splits ink from paper at half the darkness of the ink around: faint print and shadow alike. */
export const mapInk = (raster: Raster): InkMap => {
  const light = levelLight(raster, lightSide)
  const factor = Math.max(1, Math.round(Math.min(raster.width, raster.height) / side))
  const width = Math.floor(raster.width / factor)
  const height = Math.floor(raster.height / factor)
  const ink = new Uint8Array(width * height)
  const any = new Uint8Array(width * height)
  const gains = [new Float32Array(light.width), new Float32Array(light.width), new Float32Array(light.width)] as const
  const threshold = inkThreshold(light.black.data)
  const ratio = factor / light.factor
  const nearest = new Int32Array(width)
  for (let x = 0; x < width; x++) nearest[x] = Math.min(light.width - 1, Math.floor(x * ratio))
  const area = factor * factor
  for (let y = 0; y < height; y++) {
    if (y % 8 === 0) light.gainAlong(Math.min(light.height - 1, y * ratio), gains)
    for (let x = 0; x < width; x++) {
      let red = 0
      let green = 0
      let blue = 0
      for (let dy = 0; dy < factor; dy++) {
        let at = ((y * factor + dy) * raster.width + x * factor) * 3
        for (let dx = 0; dx < factor; dx++, at += 3) {
          red += raster.data[at]!
          green += raster.data[at + 1]!
          blue += raster.data[at + 2]!
        }
      }
      const near = nearest[x]!
      const r = (red / area) * gains[0][near]!
      const g = (green / area) * gains[1][near]!
      const b = (blue / area) * gains[2][near]!
      const grey = 0.3 * r + 0.59 * g + 0.11 * b
      const at = y * width + x
      if (255 - grey > threshold) any[at] = 1
      if (255 - (r > grey ? r : grey) > threshold) ink[at] = 1
    }
  }
  return { width, height, factor, unit: Math.min(width, height) / 210, ink, any }
}

/** Two fifths of the way from paper to the darkness that a page's ink reaches, bounded for blank and for black pages. */
const inkThreshold = (black: Uint8Array): number => {
  const histogram = new Uint32Array(256)
  for (let at = 0; at < black.length; at += 3) histogram[black[at]!]!++
  let inked = 0
  for (let value = 60; value < 256; value++) inked += histogram[value]!
  let left = inked * 0.25
  let value = 255
  while (value > 60 && (left -= histogram[value]!) > 0) value--
  return Math.max(48, Math.min(110, value * 0.4))
}
