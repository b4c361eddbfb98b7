/** Turns a raster by quarters. */
import type { Raster } from '../page.ts'
import { takeBytes } from '../pixels/kernels.ts'

export type Quarter = 0 | 90 | 180 | 270

/** The raster turned clockwise by whole quarters, after being mirrored left to right when asked. */
export function turnRaster(raster: Raster, degrees: Quarter, mirrored = false): Raster {
  if (degrees === 0 && !mirrored) return raster
  const { width, height, data } = raster
  const [newWidth, newHeight] = degrees % 180 === 0 ? [width, height] : [height, width]
  const turned = takeBytes(data.length)
  // Where the first pixel of a source row lands, and how far each next one lies from it.
  const [step, rowStep, start] = {
    0: [1, newWidth, 0],
    90: [newWidth, -1, newWidth - 1],
    180: [-1, -newWidth, newWidth * newHeight - 1],
    270: [-newWidth, 1, newWidth * (newHeight - 1)],
  }[degrees] as [number, number, number]
  for (let y = 0; y < height; y++) {
    let to = (start + y * rowStep) * 3
    for (let x = 0; x < width; x++) {
      const from = (y * width + (mirrored ? width - 1 - x : x)) * 3
      turned[to] = data[from]!
      turned[to + 1] = data[from + 1]!
      turned[to + 2] = data[from + 2]!
      to += step * 3
    }
  }
  return { width: newWidth, height: newHeight, data: turned }
}

/** The eight orientations of EXIF (CIPA DC-008, tag 0x0112), as a mirroring followed by a clockwise turn. */
export const exifTurns: Record<number, readonly [degrees: Quarter, mirrored: boolean]> = {
  1: [0, false],
  2: [0, true],
  3: [180, false],
  4: [180, true],
  5: [270, true],
  6: [90, false],
  7: [90, true],
  8: [270, false],
}
