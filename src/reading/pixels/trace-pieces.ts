/** Pieces that hang together on a map of one byte a pixel. */
import { borrowing, keepBytes, kernels, runKernel, takeWords } from './kernels.ts'

export interface TracedPiece {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  /** Its pixels, and the sum of the values at them. */
  readonly count: number
  readonly sum: number
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
export function tracePieces({ map, width, height, byCorners, values }: TraceParts, tell: (piece: TracedPiece) => void): void {
  if (height > mostRows) throw new RangeError('pixels: more rows than can be traced')
  const bare = (from: number, to: number) => {
    for (let at = from * 2; at < to * 2; at += 2) {
      ends[at] = width
      ends[at + 1] = -1
    }
  }
  bare(0, height)
  const end = width * height
  borrowing(() =>
    runKernel([values ?? map], [map, takeWords(end)], (valuesAt, mapAt, stack) => {
      for (let next = 0; (next = kernels.nextMarked(mapAt, next, end)) < end;) {
        kernels.tracePiece(
          mapAt,
          width,
          height,
          next,
          byCorners ? 1 : 0,
          values ? valuesAt : 0,
          stack,
          rowBytes.byteOffset,
          factBytes.byteOffset,
        )
        const [left, top, right, bottom, count] = [facts[0]!, facts[1]!, facts[2]!, facts[3]!, facts[4]!]
        tell({ left, top, right, bottom, count, sum: sum[0]!, rows: ends.subarray(top * 2, (bottom + 1) * 2) })
        bare(top, bottom + 1)
      }
    }),
  )
}
