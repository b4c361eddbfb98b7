import type { Raster } from '../page.ts'
import { kernels, runKernel, takeBytes } from './kernels.ts'

/** Shrinks RGB by a whole factor; the mean also quiets sensor noise and the coarse colour blocks of JPEG. */
export const shrinkRaster = (raster: Raster, factor: number): Raster => {
  if (factor <= 1) return raster
  return factor === 2 ? halveRaster(raster) : shrink(raster, factor)
}

/** Detection, the search for a sheet, the levelling of light and the search for codes all begin with the same half. */
const halves = new WeakMap<Raster, Raster>()

/** Half as wide and high, each new pixel the mean of four; made once for a raster. */
export const halveRaster = (raster: Raster): Raster => {
  const known = halves.get(raster)
  if (known) return known
  const half = meanOfFour(raster)
  halves.set(raster, half)
  return half
}

const meanOfFour = ({ width: fullWidth, height: fullHeight, data: full }: Raster): Raster => {
  const width = fullWidth >> 1
  const height = fullHeight >> 1
  const data = takeBytes(width * height * 3)
  runKernel([full], [data], (from, to) => kernels.halve(from, fullWidth * 3, to, width, height))
  return { width, height, data }
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
