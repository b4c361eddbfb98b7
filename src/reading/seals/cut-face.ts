/** The part of a page about a ring, as ink. */
import type { Raster } from '../page.ts'
import { halfAxes, type Ring } from './fit-ring.ts'

export interface CutFace<R extends Ring> {
  /** 0 is paper, 255 black: the green channel, in which a seal's red is dark too. */
  readonly ink: Uint8Array
  readonly width: number
  readonly height: number
  /** Where on the page it lies, in pixels. */
  readonly left: number
  readonly top: number
  /** The ring on it. */
  readonly ring: R
}

/** Less is no face, in pixels. */
const leastSide = 16

/** So far beyond the ring as `around` says, a share of its half axis; null where hardly anything of it lies on the page. */
export function cutFace<R extends Ring>(raster: Raster, ring: R, around: number): CutFace<R> | null {
  const [radius] = halfAxes(ring)
  const left = Math.max(0, Math.floor(ring.x - radius * around))
  const top = Math.max(0, Math.floor(ring.y - radius * around))
  const width = Math.min(raster.width, Math.ceil(ring.x + radius * around)) - left
  const height = Math.min(raster.height, Math.ceil(ring.y + radius * around)) - top
  if (width < leastSide || height < leastSide) return null
  const ink = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) takeRow(raster.data, ((y + top) * raster.width + left) * 3 + 1, ink.subarray(y * width, (y + 1) * width))
  return { ink, width, height, left, top, ring: { ...ring, x: ring.x - left, y: ring.y - top } }
}

/** Loops are functions of their own: V8 compiles what is around one with it, again for each kind of page. */
function takeRow(data: Uint8Array, from: number, ink: Uint8Array): void {
  for (let at = 0; at < ink.length; at++) ink[at] = 255 - data[from + at * 3]!
}
