/** The rows of a strip of print that hold ink: the lines of text in it, from top to bottom. */
import type { Raster } from '../page.ts'

/** A row holds ink where so large a part of its pixels is darker than this share of the way from the paper to the darkest. */
const [inked, depth] = [0.02, 0.4]
/** Levels that paper and print differ by at least. */
const contrast = 25
/** Of a strip the darkest and the lightest hundredths are noise; most of it is paper. */
const [darkest, paper] = [0.01, 0.7]

/** Runs of rows, the end not included; none where there is no print. */
export function rowsOfInk({ width, height, data }: Raster): { readonly from: number; readonly to: number }[] {
  const levels = Uint8Array.from({ length: width * height }, (_, at) => data[at * 3 + 1]!)
  const sorted = levels.toSorted()
  const [ink, ground] = [sorted[Math.floor(sorted.length * darkest)]!, sorted[Math.floor(sorted.length * paper)]!]
  if (ground - ink < contrast) return []
  const limit = ground - depth * (ground - ink)
  const runs: { from: number; to: number }[] = []
  let from = -1
  for (let row = 0; row <= height; row++) {
    let dark = 0
    for (let at = row * width; row < height && at < (row + 1) * width; at++) if (levels[at]! < limit) dark++
    const holdsInk = row < height && dark >= inked * width
    if (holdsInk && from < 0) from = row
    if (!holdsInk && from >= 0) {
      runs.push({ from, to: row })
      from = -1
    }
  }
  return runs
}
