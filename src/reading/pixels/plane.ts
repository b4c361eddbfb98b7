import { kernels, runKernel, takeBytes } from './kernels.ts'

/** One channel of a picture, 8 bits a pixel, row by row from the top left. */
export interface Plane {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** The value between four pixels; outside the plane it is `outside`. */
export const sampleAt = (plane: Plane, x: number, y: number, outside = 0): number => {
  const left = Math.floor(x)
  const top = Math.floor(y)
  if (left < 0 || top < 0 || left >= plane.width - 1 || top >= plane.height - 1) return outside
  const { data, width } = plane
  const at = top * width + left
  const fx = x - left
  const fy = y - top
  const upper = data[at]! + (data[at + 1]! - data[at]!) * fx
  const lower = data[at + width]! + (data[at + width + 1]! - data[at + width]!) * fx
  return upper + (lower - upper) * fy
}

/** Shrinks a plane by a whole factor, each pixel the mean of those it covers. */
export const shrinkPlane = (plane: Plane, factor: number): Plane => {
  if (factor <= 1) return plane
  const width = Math.floor(plane.width / factor)
  const height = Math.floor(plane.height / factor)
  const data = takeBytes(width * height)
  if (factor === 2) {
    runKernel([plane.data], [data], (from, to) => kernels.halvePlane(from, plane.width, to, width, height))
    return { width, height, data }
  }
  const area = factor * factor
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let sum = 0
      for (let dy = 0; dy < factor; dy++) {
        let at = (y * factor + dy) * plane.width + x * factor
        for (let dx = 0; dx < factor; dx++) sum += plane.data[at++]!
      }
      data[y * width + x] = sum / area
    }
  return { width, height, data }
}
