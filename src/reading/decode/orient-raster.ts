/** Turns a raster by quarters. */
import type { Raster } from '../page.ts'
import { kernels, runKernel, takeBytes } from '../pixels/kernels.ts'

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
  // Mirrored rows are written from their ends.
  const [first, along] = mirrored ? [start + (width - 1) * step, -step] : [start, step]
  runKernel([data], [turned], (from, to) => kernels.turn(from, width, height, to + first * 3, along * 3, rowStep * 3))
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
