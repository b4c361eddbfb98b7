/** Takes pixels out of a raster: straight pieces scaled down by area, tilted pieces by bilinear sampling. */
import type { Raster, Rectangle } from '../page.ts'

/** The part of a rectangle that lies on the raster, in whole pixels; at least one pixel wide and high. */
export function clipToRaster(raster: Raster, box: Rectangle): Rectangle {
  const x = Math.min(Math.max(0, Math.floor(box.x)), raster.width - 1)
  const y = Math.min(Math.max(0, Math.floor(box.y)), raster.height - 1)
  const right = Math.min(raster.width, Math.max(x + 1, Math.ceil(box.x + box.width)))
  const bottom = Math.min(raster.height, Math.max(y + 1, Math.ceil(box.y + box.height)))
  return { x, y, width: right - x, height: bottom - y }
}

/** A copy of the pixels inside a rectangle, clipped to the raster. */
export function cropRaster(raster: Raster, box: Rectangle): Raster {
  const { x, y, width, height } = clipToRaster(raster, box)
  const data = new Uint8Array(width * height * 3)
  for (let row = 0; row < height; row++) {
    const start = ((y + row) * raster.width + x) * 3
    data.set(raster.data.subarray(start, start + width * 3), row * width * 3)
  }
  return { width, height, data }
}

/** Detection, the search for a sheet and codes all begin with the same half. */
const halves = new WeakMap<Raster, Raster>()

/** Half as wide and high: each new pixel is the mean of four. Four times as fast as the general way; made once for a raster. */
function halveRaster(raster: Raster): Raster {
  const known = halves.get(raster)
  if (known) return known
  const half = meanOfFour(raster)
  halves.set(raster, half)
  return half
}

function meanOfFour({ width: fullWidth, height: fullHeight, data: full }: Raster): Raster {
  const width = fullWidth >> 1
  const height = fullHeight >> 1
  const data = new Uint8Array(width * height * 3)
  const stride = fullWidth * 3
  let to = 0
  for (let y = 0; y < height; y++) {
    let from = y * 2 * stride
    for (let x = 0; x < width; x++) {
      data[to] = (full[from]! + full[from + 3]! + full[from + stride]! + full[from + stride + 3]! + 2) >> 2
      data[to + 1] = (full[from + 1]! + full[from + 4]! + full[from + stride + 1]! + full[from + stride + 4]! + 2) >> 2
      data[to + 2] = (full[from + 2]! + full[from + 5]! + full[from + stride + 2]! + full[from + stride + 5]! + 2) >> 2
      from += 6
      to += 3
    }
  }
  return { width, height, data }
}

/** The raster at another size: each new pixel is the mean of those it covers, or bilinear where it grows. */
export function resizeRaster(raster: Raster, width: number, height: number): Raster {
  if (width === raster.width && height === raster.height) return raster
  if (width * 2 <= raster.width && height * 2 <= raster.height) return resizeRaster(halveRaster(raster), width, height)
  if (width > raster.width || height > raster.height)
    return samplePiece(
      raster,
      { x: raster.width / 2, y: raster.height / 2, width: raster.width, height: raster.height, angle: 0 },
      width,
      height,
    )
  const data = new Uint8Array(width * height * 3)
  const edges = (count: number, size: number) => Int32Array.from({ length: count + 1 }, (_, index) => Math.floor((index * size) / count))
  const columns = edges(width, raster.width)
  const rows = edges(height, raster.height)
  const sums = new Float64Array(width * 3)
  for (let y = 0; y < height; y++) {
    const top = rows[y]!
    const bottom = Math.max(top + 1, rows[y + 1]!)
    sums.fill(0)
    for (let sourceY = top; sourceY < bottom; sourceY++) {
      const row = sourceY * raster.width * 3
      for (let x = 0; x < width; x++) {
        const left = row + columns[x]! * 3
        const right = Math.max(left + 3, row + columns[x + 1]! * 3)
        let red = 0
        let green = 0
        let blue = 0
        for (let at = left; at < right; at += 3) {
          red += raster.data[at]!
          green += raster.data[at + 1]!
          blue += raster.data[at + 2]!
        }
        sums[x * 3] = sums[x * 3]! + red
        sums[x * 3 + 1] = sums[x * 3 + 1]! + green
        sums[x * 3 + 2] = sums[x * 3 + 2]! + blue
      }
    }
    for (let x = 0; x < width; x++) {
      const count = (bottom - top) * Math.max(1, columns[x + 1]! - columns[x]!)
      const at = (y * width + x) * 3
      data[at] = sums[x * 3]! / count
      data[at + 1] = sums[x * 3 + 1]! / count
      data[at + 2] = sums[x * 3 + 2]! / count
    }
  }
  return { width, height, data }
}

/** A tilted rectangle: its centre, its extent along and across its text, and the angle of its text in radians, clockwise. */
export interface Piece {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly angle: number
}

/** The pixels of a tilted rectangle, set straight and scaled to width × height; what lies off the raster repeats its edge. */
export function samplePiece(raster: Raster, piece: Piece, width: number, height: number): Raster {
  const stepX = piece.width / width
  const stepY = piece.height / height
  // Shrinking by more than a third with single samples loses thin strokes: average over a small grid instead.
  const grid = Math.min(4, Math.max(1, Math.round(Math.max(stepX, stepY) * 0.8)))
  const cos = Math.cos(piece.angle)
  const sin = Math.sin(piece.angle)
  const data = new Uint8Array(width * height * 3)
  const { data: source } = raster
  const lastX = raster.width - 1
  const lastY = raster.height - 1
  const share = 1 / (grid * grid)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let red = 0
      let green = 0
      let blue = 0
      for (let inner = 0; inner < grid * grid; inner++) {
        const along = (x + ((inner % grid) + 0.5) / grid) * stepX - piece.width / 2
        const across = (y + (Math.floor(inner / grid) + 0.5) / grid) * stepY - piece.height / 2
        const fromX = Math.min(lastX, Math.max(0, piece.x + along * cos - across * sin - 0.5))
        const fromY = Math.min(lastY, Math.max(0, piece.y + along * sin + across * cos - 0.5))
        const left = Math.floor(fromX)
        const top = Math.floor(fromY)
        const dx = fromX - left
        const dy = fromY - top
        const a = (top * raster.width + left) * 3
        const b = left < lastX ? a + 3 : a
        const down = top < lastY ? raster.width * 3 : 0
        const wa = (1 - dx) * (1 - dy)
        const wb = dx * (1 - dy)
        const wc = (1 - dx) * dy
        const wd = dx * dy
        red += source[a]! * wa + source[b]! * wb + source[a + down]! * wc + source[b + down]! * wd
        green += source[a + 1]! * wa + source[b + 1]! * wb + source[a + down + 1]! * wc + source[b + down + 1]! * wd
        blue += source[a + 2]! * wa + source[b + 2]! * wb + source[a + down + 2]! * wc + source[b + down + 2]! * wd
      }
      const at = (y * width + x) * 3
      data[at] = red * share + 0.5
      data[at + 1] = green * share + 0.5
      data[at + 2] = blue * share + 0.5
    }
  return { width, height, data }
}
