import type { Raster } from '../page.ts'

/** Shrinks RGB by a whole factor; the mean also quiets sensor noise and the coarse colour blocks of JPEG. */
export const shrinkRaster = (raster: Raster, factor: number): Raster => {
  if (factor <= 1) return raster
  return factor === 2 ? halve(raster) : shrink(raster, factor)
}

/** The usual case, without inner loops: a page of 4 million pixels takes a third of the time. */
const halve = ({ width, height, data }: Raster): Raster => {
  const across = width >> 1
  const down = height >> 1
  const halved = new Uint8Array(across * down * 3)
  const stride = width * 3
  for (let y = 0, to = 0; y < down; y++)
    for (let x = 0, at = y * 2 * stride; x < across; x++, at += 6, to += 3) {
      const below = at + stride
      halved[to] = (data[at]! + data[at + 3]! + data[below]! + data[below + 3]!) >> 2
      halved[to + 1] = (data[at + 1]! + data[at + 4]! + data[below + 1]! + data[below + 4]!) >> 2
      halved[to + 2] = (data[at + 2]! + data[at + 5]! + data[below + 2]! + data[below + 5]!) >> 2
    }
  return { width: across, height: down, data: halved }
}

const shrink = (raster: Raster, factor: number): Raster => {
  const width = Math.floor(raster.width / factor)
  const height = Math.floor(raster.height / factor)
  const data = new Uint8Array(width * height * 3)
  const stride = raster.width * 3
  const sums = new Uint32Array(width * 3)
  const used = width * factor
  const area = factor * factor
  for (let y = 0; y < height; y++) {
    sums.fill(0)
    for (let dy = 0; dy < factor; dy++) {
      let at = (y * factor + dy) * stride
      for (let x = 0, to = 0, step = 0; x < used; x++, at += 3) {
        sums[to]! += raster.data[at]!
        sums[to + 1]! += raster.data[at + 1]!
        sums[to + 2]! += raster.data[at + 2]!
        if (++step === factor) {
          step = 0
          to += 3
        }
      }
    }
    for (let i = 0, to = y * width * 3; i < width * 3; i++) data[to++] = sums[i]! / area
  }
  return { width, height, data }
}
