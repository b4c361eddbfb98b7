/**
 * Whether all ink of a line can be given to the letters that were read from it, one after the other: then no character was passed
 * over, however far off the recogniser saw the letters (in small print up to most of one).
 */
import type { Rectangle } from '../page.ts'
import { join, middleX, right } from './text/geometry.ts'

/** A letter and where its middle was seen. */
export interface SeenLetter {
  readonly character: string
  readonly middle: number
}

/** How wide the ink of a letter is at most, and how far its middle may be from where it was seen, in characters. */
const widest = { wide: 1.06, capital: 0.8, figure: 0.62, mark: 0.3 }
/** The pieces of a broken figure stand closer together than two figures. */
const broken = 0.4
/** What most figures measure. */
const usual = 0.48
const furthest = 0.85
/** Strokes nearer to one another than this hang together, in characters. */
const touching = 0.03
/** What is left of a character whose other half blur joined to its neighbour is no wider. */
const half = 0.6
/** Blur widens what it joins; of few letters less than by a figure. */
const slack = 1.1
const fewJoined = 3
/** Blur joins no more letters than this. */
const mostJoined = 6

/**
 * `about` is some height of a character in pixels. A letter may have no ink of its own, ink without a letter is not shared out. What
 * stands nearer to one another than `apart` (in characters) hangs together.
 */
export function isSharedOut(strokes: readonly Rectangle[], letters: readonly SeenLetter[], about: number, apart = touching): boolean {
  const pieces = piecesOf(strokes, apart * about)
  const row = letters.toSorted((one, other) => one.middle - other.middle)
  const size = sizeOf(pieces, row, about)
  const isNear = (box: Rectangle, middle: number): boolean => Math.abs(middleX(box) - middle) <= furthest * size
  // How many of the pieces the letters so far can have taken.
  const taken = Array.from({ length: row.length + 1 }, () => new Set<number>())
  taken[0]!.add(0)
  for (const [at, { middle }] of row.entries()) {
    for (const from of taken[at]!) {
      taken[at + 1]!.add(from)
      for (let end = from + 1; end <= pieces.length; end += 1) {
        const ink = join(pieces.slice(from, end))
        if (ink.width > (end > from + 1 && !isWide(row[at]!) ? broken : widthOf(row[at]!)) * size) break
        if (isNear(ink, middle)) taken[at + 1]!.add(end)
      }
      const piece = pieces[from]
      for (let end = at + 2; piece && end <= Math.min(row.length, at + mostJoined); end += 1) {
        const joined = row.slice(at, end)
        const room = joined.reduce((sum, letter) => sum + widthOf(letter) * size, 0)
        const middleOf = (middle + row[end - 1]!.middle) / 2
        if (piece.width <= (joined.length <= fewJoined ? slack : 1) * room && isNear(piece, middleOf)) taken[end]!.add(from + 1)
        // 北 before 路: one half of it stands apart, the other is joined to the next.
        const next = pieces[from + 1]
        if (!next || Math.max(piece.width, next.width) <= widest.wide * size || Math.min(piece.width, next.width) > half * size) continue
        const both = join([piece, next])
        if (both.width <= slack * room && isNear(both, middleOf)) taken[end]!.add(from + 2)
      }
    }
  }
  return taken[row.length]!.has(pieces.length)
}

const isWide = ({ character }: SeenLetter): boolean => /\p{Script=Han}/u.test(character)

const widthOf = (letter: SeenLetter): number => {
  if (isWide(letter)) return widest.wide
  if (/[A-Za-z]/u.test(letter.character)) return widest.capital
  if (/[\p{L}\p{N}]/u.test(letter.character)) return widest.figure
  // Others are too low to be looked at.
  return /[()[\]/]/u.test(letter.character) ? widest.mark : 0
}

/** Boxes of lines are drawn too close about small print: the widest piece that can be one character tells its size better. */
function sizeOf(pieces: readonly Rectangle[], row: readonly SeenLetter[], about: number): number {
  const widths = pieces.map(({ width }) => width)
  if (row.some(isWide)) return Math.max(about, ...widths.filter((width) => width < 1.25 * about).map((width) => width / widest.wide))
  const half = widths.toSorted((one, other) => one - other)[widths.length >> 1] ?? 0
  return Math.max(about, half < 0.7 * about ? half / usual : 0)
}

/** From left to right; what stands above one another is one. */
function piecesOf(strokes: readonly Rectangle[], gap: number): Rectangle[] {
  const pieces: Rectangle[] = []
  for (const stroke of strokes.toSorted((one, other) => one.x - other.x)) {
    const last = pieces.at(-1)
    if (last && stroke.x - right(last) < gap) pieces[pieces.length - 1] = join([last, stroke])
    else pieces.push(stroke)
  }
  return pieces
}
