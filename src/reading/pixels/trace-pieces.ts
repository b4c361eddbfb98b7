/** Pieces that hang together on a map of one byte a pixel. */
import { borrowing, keepBytes, kernels, runKernel, takeWords } from './kernels.ts'

/** Its first and last column and row, its pixels, and the sum of the values at them. */
interface BoundPiece {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly count: number
  readonly sum: number
}

interface TracedPiece extends BoundPiece {
  /** The first and the last column of each of its rows, from `top` on. Good until the next piece is told. */
  readonly rows: Int32Array
}

interface TraceParts {
  /** 1 where there is something; becomes 2 there. */
  readonly map: Uint8Array
  readonly width: number
  readonly height: number
  /** Whether pixels that touch at a corner hang together. */
  readonly byCorners: boolean
  /** A value for each pixel, to be summed. */
  readonly values?: Float32Array
}

/** Rows of the largest picture that is worked on, and some more. */
const mostRows = 12_100
/** What is told of one piece lies where it can be read while the map may be a copy. */
const rowBytes = keepBytes(mostRows * 8)
const factBytes = keepBytes(32)
const ends = new Int32Array(rowBytes.buffer, rowBytes.byteOffset, mostRows * 2)
const facts = new Int32Array(factBytes.buffer, factBytes.byteOffset, 8)
const sum = new Float64Array(factBytes.buffer, factBytes.byteOffset + 24, 1)

/** Tells every piece of a map, in the order in which its first pixel is met row by row. */
export function tracePieces(parts: TraceParts, tell: (piece: TracedPiece) => void): void {
  const { width, height } = parts
  if (height > mostRows) throw new RangeError('pixels: more rows than can be traced')
  const bare = (from: number, to: number) => {
    for (let at = from * 2; at < to * 2; at += 2) {
      ends[at] = width
      ends[at + 1] = -1
    }
  }
  bare(0, height)
  eachPiece(parts, rowBytes.byteOffset, (piece) => {
    const { top, bottom } = piece
    tell({ ...piece, rows: ends.subarray(top * 2, (bottom + 1) * 2) })
    bare(top, bottom + 1)
  })
}

/** The same without the ends of their rows, which take longer to tell than all the rest. */
export const boundPieces = (parts: TraceParts, tell: (piece: BoundPiece) => void): void => eachPiece(parts, 0, tell)

function eachPiece({ map, width, height, byCorners, values }: TraceParts, rowsAt: number, tell: (piece: BoundPiece) => void): void {
  const end = width * height
  const corners = byCorners ? 1 : 0
  const factsAt = factBytes.byteOffset
  borrowing(() =>
    runKernel([values ?? map], [map, takeWords(end)], (from, mapAt, stack) => {
      const valuesAt = values ? from : 0
      for (let next = 0; (next = kernels.nextMarked(mapAt, next, end)) < end;) {
        kernels.tracePiece(mapAt, width, height, next, corners, valuesAt, stack, rowsAt, factsAt)
        tell({ left: facts[0]!, top: facts[1]!, right: facts[2]!, bottom: facts[3]!, count: facts[4]!, sum: sum[0]! })
      }
    }),
  )
}
