/** Reads one straight line of text with the PP-OCRv4 recognition network. */
import { Tensor } from 'onnxruntime-node'
import type { Glyph, LatticeStep, Raster } from '../page.ts'
import { kernels, keepBytes, runKernel } from '../pixels/kernels.ts'
import { cropRaster, samplePiece } from '../raster/resample.ts'
import type { Network } from './open-network.ts'
import { decodeCharacters, listLattice } from './decode-characters.ts'
import { columnContrasts } from './find-ink.ts'

/** The network's line height in pixels. */
export const lineHeight = 48
/** Pixels of width that one step of the lattice covers. */
const stepWidth = 8
/** A line wider than this at height 48 is cut where its ink is thinnest: about 40 Chinese characters. */
export const widestLine = 1600

/** A recognition network with the characters of its classes. */
export interface Recogniser {
  readonly network: Network
  readonly dictionary: readonly string[]
  /** Memory of runs that have ended. */
  readonly rooms: Room[]
}

export const makeRecogniser = (network: Network, dictionary: readonly string[]): Recogniser => ({ network, dictionary, rooms: [] })

export interface RecognisedLine {
  readonly text: string
  readonly confidence: number
  /** Places are pixels along the strip. */
  readonly glyphs: readonly Glyph[]
}

/**
 * Reads a strip of any height. No padding to 320 px and no batches: both cost time and exactness on a CPU. `keepLattice` is
 * given what the network thought of each part.
 */
export async function recogniseLine(
  { network, dictionary, rooms }: Recogniser,
  strip: Raster,
  keepLattice?: (steps: LatticeStep[]) => void,
): Promise<RecognisedLine> {
  const scale = lineHeight / strip.height
  const parts = cutWideLine(strip, Math.floor(widestLine / scale))
  const glyphs: Glyph[] = []
  for (const { left, raster } of parts) {
    const width = Math.max(lineHeight / 2, Math.round(raster.width * scale))
    const scaled = width === raster.width && raster.height === lineHeight ? raster : straighten(raster, width)
    const steps = stepsOf(width)
    const step = Math.min(stepWidth, width / steps) * (raster.width / width)
    const room = rooms.pop() ?? makeRoom(dictionary.length)
    const lattice = room.lattice.subarray(0, steps * dictionary.length)
    try {
      const input = new Tensor('float32', fillInput(room.input, scaled), [1, 3, lineHeight, width])
      await network.run(input, new Tensor('float32', lattice, [1, steps, dictionary.length]))
      glyphs.push(...decodeCharacters(lattice, dictionary, left, step))
      keepLattice?.(listLattice(lattice, dictionary, left, step))
    } finally {
      rooms.push(room)
    }
  }
  return asLine(withoutOuterBlanks(glyphs))
}

/** Memory of one run: a line's lattice alone is 1 to 5 MB, and taking that anew for each keeps the garbage collector busy. */
interface Room {
  readonly input: Float32Array
  readonly lattice: Float32Array
}

const makeRoom = (classes: number): Room => ({
  input: keepFloats(3 * lineHeight * widestLine),
  lattice: keepFloats(stepsOf(widestLine) * classes),
})

function keepFloats(count: number): Float32Array {
  const { buffer, byteOffset } = keepBytes(count * 4)
  return new Float32Array(buffer, byteOffset, count)
}

/** The network halves a line's width three times: rounding up, up and down. */
const stepsOf = (width: number): number => Math.ceil(Math.ceil(width / 2) / 2) >> 1

function asLine(glyphs: readonly Glyph[]): RecognisedLine {
  const confidence = glyphs.length === 0 ? 0 : glyphs.reduce((sum, glyph) => sum + glyph.confidence, 0) / glyphs.length
  return { text: glyphs.map(({ character }) => character).join(''), confidence, glyphs }
}

function withoutOuterBlanks(glyphs: readonly Glyph[]): readonly Glyph[] {
  const isInk = ({ character }: Glyph) => character.trim() !== ''
  return glyphs.slice(Math.max(0, glyphs.findIndex(isInk)), glyphs.findLastIndex(isInk) + 1)
}

const straighten = (raster: Raster, width: number) =>
  samplePiece(
    raster,
    { x: raster.width / 2, y: raster.height / 2, width: raster.width, height: raster.height, angle: 0 },
    width,
    lineHeight,
  )

/** What the network is given for each level: from −1 to 1. */
const [scale, shift] = [1 / 127.5, -1]

/** Planes of blue, green and red, at the start of `room`. */
function fillInput(room: Float32Array, { width, height, data }: Raster): Float32Array {
  const plane = width * height
  const input = room.subarray(0, 3 * plane)
  runKernel([data], [input], (from, to) => kernels.asFloats(from, plane, to, plane * 4, scale, shift, scale, shift, scale, shift))
  return input
}

/** Cuts in the last third before the limit, at the column whose pixels differ least from top to bottom. */
function cutWideLine(strip: Raster, limit: number): { left: number; raster: Raster }[] {
  const parts: { left: number; raster: Raster }[] = []
  let left = 0
  while (strip.width - left > limit) {
    const contrast = columnContrasts(strip)
    let cut = left + limit
    let least = Infinity
    for (let x = left + Math.floor((limit * 2) / 3); x < left + limit; x++) {
      const sum = contrast(x) + contrast(x + 1)
      if (sum > least) continue
      least = sum
      cut = x + 1
    }
    parts.push({ left, raster: cropRaster(strip, { x: left, y: 0, width: cut - left, height: strip.height }) })
    left = cut
  }
  parts.push(
    left === 0
      ? { left, raster: strip }
      : { left, raster: cropRaster(strip, { x: left, y: 0, width: strip.width - left, height: strip.height }) },
  )
  return parts
}
