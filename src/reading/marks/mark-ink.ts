/** Ink against the paper around it, pixel by pixel: 1 where there is ink. */
import type { Raster } from '../page.ts'

export interface InkMask {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/**
 * Black and blue ink. The red channel is used alone: red ink reflects red, so seals and letterheads vanish from it.
 * A pixel is ink when it is darker than the mean of the square of side `2 * reach + 1` around it, by a share and by noise.
 */
export function markInk(raster: Raster, reach: number): InkMask {
  const { width, height, data } = raster
  const ink = new Uint8Array(width * height)
  // Column sums slide down the page and a row sum slides along: no table of the whole page is kept.
  const columns = new Uint32Array(width)
  const addRow = (y: number, sign: 1 | -1) => {
    for (let x = 0, at = y * width * 3; x < width; x++, at += 3) columns[x]! += sign * data[at]!
  }
  for (let y = 0; y < Math.min(reach, height); y++) addRow(y, 1)
  for (let y = 0; y < height; y++) {
    if (y + reach < height) addRow(y + reach, 1)
    if (y - reach - 1 >= 0) addRow(y - reach - 1, -1)
    const rows = Math.min(height, y + reach + 1) - Math.max(0, y - reach)
    let sum = 0
    for (let x = 0; x < Math.min(reach, width); x++) sum += columns[x]!
    for (let x = 0, at = y * width; x < width; x++, at++) {
      if (x + reach < width) sum += columns[x + reach]!
      if (x - reach - 1 >= 0) sum -= columns[x - reach - 1]!
      const mean = sum / (rows * (Math.min(width, x + reach + 1) - Math.max(0, x - reach)))
      if (data[at * 3]! < mean * 0.88 - 6) ink[at] = 1
    }
  }
  return { width, height, data: ink }
}

/** Halves a picture, each pixel the darkest red of the four: thin rules stay. */
export function halveKeepingInk({ width, height, data }: Raster): Raster {
  const halfWidth = width >> 1
  const halfHeight = height >> 1
  const half = new Uint8Array(halfWidth * halfHeight * 3)
  const stride = width * 3
  for (let y = 0, to = 0; y < halfHeight; y++) {
    let at = y * 2 * stride
    for (let x = 0; x < halfWidth; x++, at += 6, to += 3)
      half[to] = Math.min(data[at]!, data[at + 3]!, data[at + stride]!, data[at + stride + 3]!)
  }
  return { width: halfWidth, height: halfHeight, data: half }
}
