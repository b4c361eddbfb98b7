/** The part of a page that holds ink: detection costs by the pixel, and a quarter of most pages is blank margins. */
import type { Raster, Rectangle } from '../page.ts'
import { borrowing, kernels, runKernel, takeBytes } from '../pixels/kernels.ts'

/** Rows that are looked at together: higher than the strokes of letters. */
const band = 16
/** Columns of blank paper vary by less over a band, in levels, the noise of a copy included; print by more, even faint and small. */
const contrast = 24
/** Blank pixels that are kept on all sides: the network tells print by what is around it. */
const margin = 24
/**
 * The network halves its picture five times: a part that begins at one of its largest steps is seen as it is in the whole page.
 * Where parts began anywhere, two of 79 papers lost the end of an address.
 */
const step = 32

/** The smallest upright rectangle with all ink of a page as small as the network sees it, and a margin; undefined when it is blank. */
export function findInkedPart({ width, height, data }: Raster): Rectangle | undefined {
  let [left, right, top, bottom] = [width, 0, height, 0]
  const stride = width * 3
  borrowing(() => {
    const [least, most] = [takeBytes(stride), takeBytes(stride)]
    for (let y = 0; y < height; y += band) {
      const rows = Math.min(band, height - y)
      runKernel([data.subarray(y * stride, (y + rows) * stride)], [least, most], (from, low, high) =>
        kernels.rangeOfColumns(from, stride, rows, low, high),
      )
      // Of each pixel the green.
      const isInked = (x: number): boolean => most[x * 3 + 1]! - least[x * 3 + 1]! >= contrast
      let first = 0
      while (first < width && !isInked(first)) first++
      if (first === width) continue
      let last = width - 1
      while (!isInked(last)) last--
      ;[left, right] = [Math.min(left, first), Math.max(right, last + 1)]
      ;[top, bottom] = [Math.min(top, y), y + rows]
    }
  })
  if (right <= left) return undefined
  const [x, y] = [startOf(left), startOf(top)]
  return { x, y, width: Math.min(width, right + margin) - x, height: Math.min(height, bottom + margin) - y }
}

const startOf = (side: number): number => Math.max(0, Math.floor((side - margin) / step) * step)
