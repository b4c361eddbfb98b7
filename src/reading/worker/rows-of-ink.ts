/** The rows of a strip of print that hold ink: the lines of text in it, from top to bottom. */
import type { Raster } from '../page.ts'
import { countLevels } from '../pixels/count-levels.ts'

/** A row holds ink where so large a part of its pixels is darker than this share of the way from the paper to the darkest. */
const [inked, depth] = [0.02, 0.4]
/** Levels that paper and print differ by at least. */
const contrast = 25
/** Of a strip the darkest and the lightest hundredths are noise; most of it is paper. */
const [darkest, paper] = [0.01, 0.7]

/** Runs of rows, the end not included; none where there is no print. */
export function rowsOfInk({ width, height, data }: Raster): { readonly from: number; readonly to: number }[] {
  const counts = countLevels(data, 1, 3)
  const [ink, ground] = [darkest, paper].map((share) => levelAt(counts, Math.floor(width * height * share))) as [number, number]
  if (ground - ink < contrast) return []
  const limit = ground - depth * (ground - ink)
  const runs: { from: number; to: number }[] = []
  let from = -1
  for (let row = 0; row <= height; row++) {
    const holdsInk = row < height && countDark(data, row * width, (row + 1) * width, limit) >= inked * width
    if (holdsInk && from < 0) from = row
    if (!holdsInk && from >= 0) {
      runs.push({ from, to: row })
      from = -1
    }
  }
  return runs
}

/** The level of the pixel that so many are darker than. */
function levelAt(counts: Uint32Array, place: number): number {
  let level = 0
  for (let below = counts[0]!; below <= place && level < 255; below += counts[level]!) level++
  return level
}

function countDark(data: Uint8Array, from: number, to: number, limit: number): number {
  let dark = 0
  for (let at = from * 3 + 1; at < to * 3; at += 3) if (data[at]! < limit) dark++
  return dark
}
