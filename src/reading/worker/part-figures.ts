/**
 * Parts a number that a hand wrote into its figures, each as a small picture: the slant of the hand is undone first, for leaning
 * figures stand over one another, and those that touch are parted where there is least ink.
 */
import type { FigurePiece, Raster, Rectangle } from '../page.ts'
import { cropRaster } from '../raster/resample.ts'
import { boundPixels, darknessOf, lean, type Piece, piecesOf, type Plane, slantOf, withoutRules } from './ink-plane.ts'
import { pictureSide } from '../understand/hands/compare-figures.ts'

/** What is lower than this share of the highest is a point, a hyphen or a speck. */
const low = 0.42
/** Two figures that touch are wider than most by this. */
const tooWide = 1.55

/**
 * The figures of each number from left to right, with the middle of each in pixels of the raster. One hand wrote them all: the
 * slant that suits them together is undone, so that figures alike look alike wherever they stand.
 */
export function partFigures(raster: Raster, boxes: readonly Rectangle[]): FigurePiece[][] {
  const planes = boxes.map((box) => {
    const crop = cropRaster(raster, box)
    return crop.width < 8 || crop.height < 8 ? null : withoutRules(darknessOf(crop))
  })
  const slant = slantOf(planes.filter((plane) => plane !== null))
  return planes.map((plane, at) => (plane ? partPlane(plane, slant, Math.max(0, Math.floor(boxes[at]!.x))) : []))
}

function partPlane(plane: Plane, slant: number, left: number): FigurePiece[] {
  const upright = lean(plane, slant)
  const inside = betweenBorders(piecesOf(upright), upright, slant)
  const tallest = Math.max(...inside.map(({ height }) => height), 0)
  const tall = inside.filter(({ height }) => height > low * tallest && height > 0.25 * plane.height)
  const whole = joinOver(addStrokes(tall, inside, 0.2 * tallest, upright.width))
  const margin = (upright.width - plane.width) / 2
  return partWide(upright, whole).map((piece) => ({
    x: left + piece.x + piece.width / 2 - margin,
    picture: pictureOf(upright, piece),
  }))
}

const joinPieces = (one: Piece, other: Piece): Piece => {
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)]
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
    pixels: [...one.pixels, ...other.pixels],
  }
}

/** Low strokes, as the flat one of a 5, belong to the figure whose ink is nearest. */
function addStrokes(tall: readonly Piece[], all: readonly Piece[], reach: number, stride: number): Piece[] {
  const whole = [...tall]
  for (const stroke of all) {
    if (tall.includes(stroke)) continue
    let [nearest, least] = [-1, reach]
    for (const [at, piece] of tall.entries()) {
      const apart = gapBetween(stroke, piece, least, stride)
      if (apart < least) [nearest, least] = [at, apart]
    }
    if (nearest >= 0) whole[nearest] = joinPieces(whole[nearest]!, stroke)
  }
  return whole
}

/** How far apart the ink of two pieces is; `most` or more where it is farther. */
function gapBetween(one: Piece, other: Piece, most: number, stride: number): number {
  const isFar = (from: number, size: number, to: number, length: number): boolean => from > to + length + most || to > from + size + most
  if (isFar(one.x, one.width, other.x, other.width) || isFar(one.y, one.height, other.y, other.height)) return most
  let least = most
  const placesOf = (piece: Piece) => piece.pixels.map((at) => [at % stride, Math.floor(at / stride)] as const)
  const others = placesOf(other)
  for (const [x, y] of placesOf(one))
    for (const [otherX, otherY] of others) least = Math.min(least, Math.max(Math.abs(x - otherX), Math.abs(y - otherY)))
  return least
}

/** What runs from top to bottom, and leans only since the hand's slant was undone, is the border of a cell: what lies beyond is another's. */
function betweenBorders(pieces: readonly Piece[], { width, height }: Plane, slant: number): Piece[] {
  const leaning = Math.abs(slant) * height
  const borders = pieces.filter((piece) => {
    const isWhole = piece.y <= 0.12 * height && piece.y + piece.height >= 0.88 * height
    const isEdge = piece.y <= 1 && piece.y + piece.height >= height - 1
    return (isEdge || (isWhole && leaning >= 3 && piece.width >= 0.7 * leaning)) && piece.width < leaning + 0.25 * height
  })
  const middle = width / 2
  const from = Math.max(-1, ...borders.filter(({ x }) => x < middle).map(({ x }) => x))
  const to = Math.min(width, ...borders.filter(({ x }) => x >= middle).map(({ x }) => x))
  return pieces.filter(({ x }) => x > from && x < to)
}

/** The halves of a broken figure lie above one another. */
function joinOver(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = []
  for (const piece of pieces.toSorted((one, other) => one.x - other.x)) {
    const last = joined.at(-1)
    const shared = last ? Math.min(last.x + last.width, piece.x + piece.width) - piece.x : 0
    if (last && shared > 0.7 * Math.min(last.width, piece.width)) joined[joined.length - 1] = joinPieces(last, piece)
    else joined.push(piece)
  }
  return joined
}

/** Figures that touch are parted in the column of least ink about where each should end. */
function partWide({ width, dark }: Plane, pieces: readonly Piece[]): Piece[] {
  const widths = pieces.map((piece) => piece.width).toSorted((one, other) => one - other)
  // Every 1 is narrow: most of the others tell how wide a figure is.
  const usual = widths[Math.floor(widths.length * 0.6)] ?? 0
  return pieces.flatMap((piece) => {
    const count = Math.round(piece.width / usual)
    if (piece.width < tooWide * usual || count < 2 || count > 3) return [piece]
    const columns = new Float32Array(piece.width)
    for (const at of piece.pixels) columns[(at % width) - piece.x]! += dark[at]!
    const cuts = Array.from({ length: count - 1 }, (_, part) => {
      const middle = ((part + 1) * piece.width) / count
      let best = Math.round(middle)
      for (let x = Math.round(middle - 0.3 * usual); x <= middle + 0.3 * usual; x++) if ((columns[x] ?? Infinity) < columns[best]!) best = x
      return piece.x + best
    })
    const parts = [piece.x, ...cuts].map((from, part) =>
      piece.pixels.filter((at) => at % width >= from && at % width < (cuts[part] ?? Infinity)),
    )
    return parts.filter((pixels) => pixels.length > 0).map((pixels) => boundPixels(pixels, width))
  })
}

/** As high as the picture, or as wide where it is wider than high, in the middle; levels of 16, two to a byte. */
function pictureOf({ width, dark }: Plane, piece: Piece): string {
  const own = new Float32Array(piece.width * piece.height)
  for (const at of piece.pixels) own[(Math.floor(at / width) - piece.y) * piece.width + (at % width) - piece.x] = dark[at]!
  const scale = pictureSide / Math.max(piece.width, piece.height)
  const [wide, high] = [Math.max(1, Math.round(piece.width * scale)), Math.max(1, Math.round(piece.height * scale))]
  const [left, top] = [(pictureSide - wide) >> 1, (pictureSide - high) >> 1]
  const levels = new Uint8Array(pictureSide * pictureSide)
  const edge = (at: number, count: number, size: number) => Math.floor((at * size) / count)
  for (let y = 0; y < high; y++)
    for (let x = 0; x < wide; x++) {
      const [fromX, fromY] = [edge(x, wide, piece.width), edge(y, high, piece.height)]
      const [toX, toY] = [Math.max(fromX + 1, edge(x + 1, wide, piece.width)), Math.max(fromY + 1, edge(y + 1, high, piece.height))]
      let sum = 0
      for (let row = fromY; row < toY; row++) for (let column = fromX; column < toX; column++) sum += own[row * piece.width + column] ?? 0
      levels[(top + y) * pictureSide + left + x] = Math.round(15 * Math.min(1, sum / ((toX - fromX) * (toY - fromY))))
    }
  const packed = new Uint8Array(levels.length / 2).map((_, at) => (levels[at * 2]! << 4) | levels[at * 2 + 1]!)
  return Buffer.from(packed).toString('base64')
}
