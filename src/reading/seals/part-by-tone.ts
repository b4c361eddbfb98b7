/**
 * Takes print off the face of a seal on a grey copy: there a seal's red ink is a middle grey, and print over it is black. What lay below the print
 * is filled in from around it, for strokes of an arc go on on both sides of a thin line.
 */
import type { Raster } from '../page.ts'
import { cutFace } from './cut-face.ts'
import type { Ring } from './fit-ring.ts'

/** So far beyond the ring is looked, as a share of its half axis. */
const around = 1.25
/** Print is darker than the ring's line by so much at least, of 255, and the line no darker than this: else nothing tells them apart. */
const [darker, darkest] = [45, 175]
/** The darkest share of what is not ground is print. */
const printShare = 0.003
/** Print is what is nearer to its own darkness than to the ring's, but for so much; its paler edge is so many pixels wide. */
const [nearer, edge] = [0.4, 1]
/** In pixels: from so far around what lay below is filled in. */
const reach = 3

/** The part of a page about a ring without the print over it, and the ring in it; null where no print is told by its tone. */
export function partByTone<R extends Ring & { readonly strength: number }>(raster: Raster, ring: R): { raster: Raster; ring: R } | null {
  if (ring.strength > darkest) return null
  const cut = cutFace(raster, ring, around)
  if (!cut) return null
  const { ink, width, height } = cut
  const counts = new Uint32Array(256)
  countLevels(ink, counts)
  const print = darkestOf(counts, width * height * printShare)
  if (print - ring.strength < darker) return null
  const isPrint = markPrint(ink, width, height, ring.strength + nearer * (print - ring.strength))
  return { raster: fillIn(ink, isPrint, width, height), ring: cut.ring }
}

function countLevels(ink: Uint8Array, counts: Uint32Array): void {
  for (const level of ink) counts[level]!++
}

/** The level that so many pixels reach. */
function darkestOf(counts: Uint32Array, enough: number): number {
  let level = 255
  for (let sum = counts[level]!; sum < enough && level > 0; sum += counts[level]!) level--
  return level
}

/** With its paler edge, which is as dark as the seal's ink. */
function markPrint(ink: Uint8Array, width: number, height: number, from: number): Uint8Array {
  const marked = new Uint8Array(ink.length)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (ink[y * width + x]! < from) continue
      for (let row = Math.max(0, y - edge); row <= Math.min(height - 1, y + edge); row++)
        marked.fill(1, row * width + Math.max(0, x - edge), row * width + Math.min(width, x + edge + 1))
    }
  return marked
}

/** Each pixel of print takes the mean of what is around it and no print. */
function fillIn(ink: Uint8Array, isPrint: Uint8Array, width: number, height: number): Raster {
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      data.fill(255 - (isPrint[at] === 1 ? meanAround(ink, isPrint, width, height, x, y) : ink[at]!), at * 3, at * 3 + 3)
    }
  return { width, height, data }
}

function meanAround(ink: Uint8Array, isPrint: Uint8Array, width: number, height: number, x: number, y: number): number {
  let [sum, count] = [0, 0]
  for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++)
    for (let column = Math.max(0, x - reach); column <= Math.min(width - 1, x + reach); column++) {
      if (isPrint[row * width + column] === 1) continue
      sum += ink[row * width + column]!
      count++
    }
  return count === 0 ? 0 : sum / count
}
