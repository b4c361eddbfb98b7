/**
 * The pixel loops of the .wat files, compiled once for all threads of a process, and the memory that they work in. Page by page the same memory is used again: what a page takes lies in it until the next page begins, and what finds no room there
 * lies elsewhere and is lent to the kernels as a copy.
 */
import { readFile } from 'node:fs/promises'
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'

interface Kernels {
  readonly memory: { readonly buffer: ArrayBuffer }
  halve(from: number, stride: number, to: number, width: number, height: number): void
  halvePlane(from: number, stride: number, to: number, width: number, height: number): void
  shrink(from: number, stride: number, columns: number, rows: number, sums: number, to: number, width: number, height: number): void
  warp(
    from: number,
    fromWidth: number,
    fromHeight: number,
    to: number,
    width: number,
    height: number,
    ...mapColumnsAndPlaces: number[]
  ): void
  level(from: number, width: number, height: number, band: number, gains: number, ...planes: number[]): void
  markInk(from: number, width: number, height: number, band: number, limit: number, ...arrays: number[]): void
  findRuns(ink: number, width: number, height: number, least: number, most: number, ...to: number[]): void
  markStrokes(plane: number, count: number, reach: number, least: number, step: number, to: number): void
  vote(edges: number, count: number, radius: number, columns: number, rows: number, votes: number): void
  unroll(plane: number, width: number, height: number, lines: number, count: number, steps: number, ...along: number[]): void
  asGrey(from: number, count: number, to: number): void
  sample(from: number, stride: number, to: number, width: number, height: number, ...start: number[]): void

  // light.wat
  levelBlocks(from: number, width: number, height: number, block: number, share: number, ...to: number[]): void
  lightestAround(raw: number, columns: number, rows: number, red: number, green: number, blue: number, to: number): void
  gainAlong(upper: number, lower: number, share: number, columns: number, block: number, width: number, to: number): void
  gainRows(light: number, columns: number, rows: number, block: number, width: number, height: number, band: number, to: number): void
  spreadGains(coarse: number, coarseWidth: number, ratio: number, width: number, limit: number, gains: number, paper: number): void
  countReds(from: number, count: number, least: number, counts: number): number
  liftRed(at: number, stride: number, width: number, height: number, ...colours: number[]): void
  countTones(from: number, width: number, height: number, step: number, tint: number, dark: number, light: number, ...to: number[]): void
  asRgb(from: number, count: number, to: number): void
  keepLesser(from: number, count: number, to: number): void
  turn(from: number, width: number, height: number, to: number, step: number, rowStep: number): void

  // networks.wat
  asFloats(from: number, count: number, to: number, plane: number, ...scalesAndShifts: readonly number[]): void
  asPlanes(from: number, width: number, height: number, to: number, wide: number, tall: number, ...scalesAndShifts: readonly number[]): void
  digest(from: number, count: number): bigint
  rangeOfColumns(from: number, stride: number, rows: number, least: number, most: number): void
  peaks(rows: number, steps: number, classes: number, to: number): void
  listAbove(from: number, count: number, least: number, to: number): number

  // trace.wat
  markAbove(from: number, count: number, limit: number, to: number): void
  nextMarked(map: number, at: number, end: number): number
  tracePiece(map: number, width: number, height: number, start: number, ...more: number[]): void
  markSpecks(from: number, width: number, height: number, limit: number, most: number, left: number, ...to: number[]): number
  listMarked(map: number, count: number, to: number): void
  markDark(from: number, stride: number, width: number, height: number, side: number, least: number, ...more: number[]): void
  spread(from: number, to: number, lines: number, count: number, line: number, next: number, wanted: number, reach: number): void
  transpose(from: number, width: number, height: number, to: number): void
  nextStroke(width: number, at: number, end: number, shortest: number, ...to: number[]): number
  groupRuns(map: number, width: number, height: number, ...to: number[]): number
  joinDots(map: number, width: number, height: number, gap: number, least: number, end: number, ends: number, to: number): void
  boundGroups(starts: number, ends: number, rows: number, height: number, ...to: number[]): void

  // rings.wat
  findEdges(plane: number, width: number, height: number, least: number, to: number): number
  placeEdges(edges: number, count: number, thin: number, width: number, cell: number, stretch: number, to: number): void
  findPeaks(votes: number, columns: number, rows: number, sums: number, ...limits: number[]): number
  strongestRidges(polar: number, weights: number, angles: number, count: number, side: number, to: number): void
  countRidges(polar: number, angles: number, count: number, centre: number, side: number, enough: number): number
  sumTerms(ridges: number, terms: number, angles: number, size: number, half: number, step: number, sums: number): number
  countThirds(from: number, count: number, limit: number): number
  paintLines(ink: number, isLine: number, ways: number, width: number, height: number, longest: number, ...more: number[]): void
  sumInk(polar: number, angles: number, count: number, first: number, last: number, to: number): void

  // strips.wat
  unwrap(from: number, fromWidth: number, fromHeight: number, columns: number, depths: number, ...to: number[]): void
  stretchInk(plane: number, width: number, height: number, nearby: number, ...more: number[]): void
  countChannels(from: number, count: number, counts: number): void
  measureInk(from: number, tables: number, count: number, ...weights: number[]): void
  measureHue(from: number, tables: number, count: number, to: number, counts: number): void
  gather(
    from: number,
    fromWidth: number,
    fromHeight: number,
    to: number,
    width: number,
    height: number,
    grid: number,
    ...piece: number[]
  ): void
  weighBy(bytes: number, others: number, table: number, count: number): void
  mendInk(own: number, black: number, width: number, height: number, reach: number, hidden: number, to: number): void
  takeCells(from: number, width: number, height: number, tables: number, ways: number, reaches: number, ...more: number[]): void

  // squares.wat
  findSquares(ink: number, width: number, height: number, slack: number, least: number, most: number, ...more: number[]): number
  thinOut(facts: number, order: number, count: number, most: number, share: number, kept: number): number

  // pens.wat
  samplePaper(from: number, width: number, height: number, side: number, counts: number, to: number): void
  countPens(at: number, count: number, step: number, ...levelsLimitsAndMore: readonly number[]): void
  measurePens(from: number, width: number, height: number, paper: number, limits: number, ...sharesAndMore: readonly number[]): number
  partAt(at: number, count: number, bound: number): void
}

export const kernels = await openKernels()

async function openKernels(): Promise<Kernels> {
  const [first, ...others] = await compiledOnce()
  const pixels = (await WebAssembly.instantiate(first, {})).exports
  const instances = await Promise.all(others.map((module) => WebAssembly.instantiate(module, { pixels })))
  return Object.assign({}, pixels, ...instances.map((instance) => instance.exports)) as Kernels
}

type Modules = readonly [WebAssembly.Module, ...WebAssembly.Module[]]

/** Compiling takes 0.1 s of CPU: threads that are opened from here on are given what it made. */
async function compiledOnce(): Promise<Modules> {
  const name = 'zhika/kernels'
  const given = getEnvironmentData(name) as Modules | undefined
  if (given) return given
  const { default: openWabt } = await import('wabt')
  const wabt = await openWabt()
  // What is parsed is never destroyed, which has failed once: its memory goes with wabt's own.
  const compile = async (file: string) => {
    const text = await readFile(new URL(file, import.meta.url), 'utf8')
    return WebAssembly.compile(wabt.parseWat(file, text, { simd: true, relaxed_simd: true }).toBinary({}).buffer)
  }
  const others = ['light.wat', 'networks.wat', 'trace.wat', 'rings.wat', 'strips.wat', 'squares.wat', 'pens.wat']
  const modules: Modules = [await compile('kernels.wat'), ...(await Promise.all(others.map(compile)))]
  setEnvironmentData(name, modules as unknown as object[])
  return modules
}

/** Kernels read and write so far beyond the end of an array. */
const margin = 64
/** The end of the memory is for copies of what lies elsewhere: three rasters of the largest working size. */
const copiesFrom = 112 * 2 ** 20
const { buffer } = kernels.memory

/** The beginning is for what outlasts the pages: what goes into a network and comes out of it for one line. */
const pagesFrom = 8 * 2 ** 20
let kept = margin
let next = pagesFrom

/** Gives back all that was taken: nothing taken before may be used any more. */
export function startPage(): void {
  next = pagesFrom
}

/** Bytes that are never given back. */
export function keepBytes(length: number): Uint8Array {
  const start = kept
  if (start + length + margin > pagesFrom) return new Uint8Array(length)
  kept = (start + length + margin + 15) & ~15
  return new Uint8Array(buffer, start, length)
}

/** What is taken meanwhile is given back at the end. */
export function borrowing<Value>(use: () => Value): Value {
  const before = next
  try {
    return use()
  } finally {
    next = before
  }
}

/** Bytes of the page under way; what they hold is left over from earlier. */
export function takeBytes(length: number): Uint8Array {
  const start = next
  const end = start + length + margin
  if (end > copiesFrom) return new Uint8Array(length)
  next = (end + 15) & ~15
  return new Uint8Array(buffer, start, length)
}

/** Bytes of the page under way, all 0. */
export const takeBlank = (length: number): Uint8Array => takeBytes(length).fill(0)

/** Floats of the page under way; what they hold is left over from earlier. */
export function takeFloats(count: number): Float32Array {
  const bytes = takeBytes(count * 4)
  return new Float32Array(bytes.buffer, bytes.byteOffset, count)
}

/** Numbers of 64 bits of the page under way; what they hold is left over from earlier. */
export function takeNumbers(count: number): Float64Array {
  const bytes = takeBytes(count * 8)
  return new Float64Array(bytes.buffer, bytes.byteOffset, count)
}

/** Whole numbers of the page under way; what they hold is left over from earlier. */
export function takeWords(count: number): Int32Array {
  const bytes = takeBytes(count * 4)
  return new Int32Array(bytes.buffer, bytes.byteOffset, count)
}

type Numbers = Uint8Array | Int32Array | Uint32Array | Float32Array | Float64Array

/** Runs a kernel on arrays: it is given the addresses of those that it reads, then of those that it writes. */
export function runKernel(reads: readonly Numbers[], writes: readonly Numbers[], run: (...places: number[]) => void): void {
  const places: number[] = []
  let room = copiesFrom
  for (const array of reads) room = place(array, room, places)
  for (const array of writes) room = place(array, room, places)
  run(...places)
  for (let at = 0; at < writes.length; at++)
    if (writes[at]!.buffer !== buffer) bytesOf(writes[at]!).set(bytesAt(places[reads.length + at]!, writes[at]!))
}

/** Adds where an array lies, or its copy at `room`; where the next copy may lie. */
function place(array: Numbers, room: number, places: number[]): number {
  if (array.buffer === buffer) {
    places.push(array.byteOffset)
    return room
  }
  const end = (room + array.byteLength + margin + 15) & ~15
  if (end > buffer.byteLength) throw new RangeError('pixels: more than a kernel can hold')
  bytesAt(room, array).set(bytesOf(array))
  places.push(room)
  return end
}

const bytesOf = ({ buffer: own, byteOffset, byteLength }: Numbers): Uint8Array => new Uint8Array(own, byteOffset, byteLength)
const bytesAt = (place: number, { byteLength }: Numbers): Uint8Array => new Uint8Array(buffer, place, byteLength)
