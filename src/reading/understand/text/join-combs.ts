/** A number of a text layer that stands one figure to a box is one line: a file tells each box apart. */
import { middleY, right, rowOverlap } from './geometry.ts'
import { textOf, type Letter, type Line } from './letters.ts'

/** Figures enough for a number, how many of them at most are in a piece that is no comb by itself, and how far those of a comb stand apart, in heights. */
const [fewest, longestPiece, apart] = [8, 3, 0.2]
/** Between figures of neighbouring boxes, in heights; and how far the step from one to the next may be off the others'. */
const [widest, off] = [1.6, 0.35]

/** The lines with the pieces of such numbers joined; their places are the figures' own (`isCounted`). */
export function joinCombs(lines: readonly Line[]): readonly Line[] {
  const pieces = lines
    .filter(
      (line) => line.source === 'text-layer' && /^[0-9A-Z]+$/u.test(line.text) && (line.letters.length <= longestPiece || isSpread(line)),
    )
    .toSorted((one, other) => one.box.x - other.box.x)
  const rows: Line[][] = []
  for (const piece of pieces) {
    const row = rows.find((known) => goesOn(known.at(-1)!, piece))
    if (row) row.push(piece)
    else rows.push([piece])
  }
  const combs = rows.filter(isComb)
  if (combs.length === 0) return lines
  const joined = new Set(combs.flat())
  return [...lines.filter((line) => !joined.has(line)), ...combs.map(asLine)]
    .toSorted((one, other) => middleY(one.box) - middleY(other.box) || one.box.x - other.box.x)
    .map((line, index) => ({ ...line, index }))
}

const isSpread = ({ letters, box }: Line): boolean =>
  letters.slice(1).every((letter, at) => letter.left - letters[at]!.right > apart * box.height)

const goesOn = (last: Line, next: Line): boolean =>
  rowOverlap(last.box, next.box) > 0.6 && next.box.x >= right(last.box) && next.box.x - right(last.box) < widest * last.box.height

/** Figures enough, each as far from the one before it as the others. */
function isComb(row: readonly Line[]): boolean {
  const letters = row.flatMap((line) => line.letters)
  if (letters.length < fewest || !row.every(isSpread)) return false
  const steps = letters.slice(1).map((letter, at) => middle(letter) - middle(letters[at]!))
  const pitch = steps.toSorted((one, other) => one - other)[steps.length >> 1]!
  return steps.every((step) => Math.abs(step - pitch) < off * pitch)
}

const middle = ({ left, right: end }: Letter): number => (left + end) / 2

function asLine(row: readonly Line[]): Line {
  const letters = row.flatMap((line) => line.letters).map((letter): Letter => ({ ...letter, isCounted: true }))
  const y = Math.min(...row.map(({ box }) => box.y))
  const [first, last] = [row[0]!, row.at(-1)!]
  const height = Math.max(...row.map(({ box }) => box.y + box.height)) - y
  return { ...first, letters, text: textOf(letters), box: { x: first.box.x, y, width: right(last.box) - first.box.x, height } }
}
