import type { Raster } from '../page.ts'
import { takeBytes } from '../pixels/kernels.ts'
import { halfAxes, type Ring } from './fit-ring.ts'

/** Half the breadth of a seal's line and a little more, as a share of its half axis: 1.2 mm of 20 mm. */
const halfBreadth = 0.042

/** A copy of a picture without the lines of these rings: a line that crosses another seal's characters makes others of them. */
export const wipeRings = (raster: Raster, rings: readonly Ring[]): Raster => {
  if (rings.length === 0) return raster
  const { width, height } = raster
  const data = takeBytes(raster.data.length)
  data.set(raster.data)
  for (const ring of rings) {
    const [longer] = halfAxes(ring)
    const angles = Math.ceil(2 * Math.PI * longer * 1.5)
    const steps = Math.ceil(2 * halfBreadth * longer * 1.5)
    for (let i = 0; i < angles; i++) {
      const cosine = Math.cos((2 * Math.PI * i) / angles)
      const sine = Math.sin((2 * Math.PI * i) / angles)
      for (let j = 0; j <= steps; j++) {
        const reach = 1 - halfBreadth + (2 * halfBreadth * j) / steps
        const x = Math.round(ring.x + (ring.xx * cosine + ring.xy * sine) * reach)
        const y = Math.round(ring.y + (ring.xy * cosine + ring.yy * sine) * reach)
        if (x >= 0 && y >= 0 && x < width && y < height) data.fill(255, (y * width + x) * 3, (y * width + x) * 3 + 3)
      }
    }
  }
  return { width, height, data }
}

/** Whether two rings lie over each other. */
export const overlaps = (one: Ring, other: Ring): boolean =>
  one !== other && Math.hypot(one.x - other.x, one.y - other.y) < halfAxes(one)[0] + halfAxes(other)[0]
