/** How the figures of all numbers on a paper look, and which letter each was read as. */
import { documentFields, type FieldType } from '../../../guide/papers.ts'
import type { FigurePiece, Rectangle, WrittenValue } from '../../page.ts'
import type { PaperInHand } from '../read-fields.ts'
import type { Letter } from '../text/letters.ts'
import type { Part } from '../values/value.ts'
import type { Weighed } from '../weigh-evidence.ts'

type Figures = NonNullable<WrittenValue['figures']>

const numbers = new Set<FieldType>(['date', 'phone', 'uscc', 'id-number', 'card-number'])
/** How many figures a number has. */
const counts: Partial<Record<FieldType, number>> = { phone: 11, uscc: 18, 'id-number': 18 }
/** A figure and the letter that it was read as stand no farther apart, in characters. */
const near = 0.4

interface Place {
  readonly name: string
  readonly type: FieldType
  readonly part: Part
  /** Letters of the value before those of this part. */
  readonly before: number
  readonly isWhole: boolean
  readonly box: Rectangle
}

/** By field, of the values that were read from the picture. */
export function pictureFigures(paper: PaperInHand, weighed: ReadonlyMap<string, Weighed>): Map<string, Figures> {
  const places = documentFields[paper.form.kind].flatMap(({ name, type }): Place[] => {
    const value = weighed.get(name)
    return !value?.parts || value.source !== 'ocr' || !numbers.has(type) ? [] : placesOf(name, type, value.parts)
  })
  if (places.length === 0) return new Map()
  const pieces = wholeNumbers(paper, places)
  const figures = new Map<string, Figures>()
  for (const [at, place] of places.entries()) {
    const own = nameLetters(place, pieces[at]!)
    if (own.length > 0) figures.set(place.name, [...(figures.get(place.name) ?? []), ...own])
  }
  return figures
}

function placesOf(name: string, type: FieldType, parts: readonly Part[]): Place[] {
  let before = 0
  return parts.map((part) => {
    const by = 0.12 * part.box.height
    const box = { x: part.box.x - by, y: part.box.y - by, width: part.box.width + 2 * by, height: part.box.height + 2 * by }
    const place = { name, type, part, before, isWhole: parts.length === 1, box }
    before += part.letters.length
    return place
  })
}

/** Where the figures of a number are too few, with those that follow it, for the recogniser may have passed over its end. */
function wholeNumbers({ tools }: PaperInHand, places: readonly Place[]): readonly (readonly FigurePiece[])[] {
  const boxes = places.map(({ box }) => box)
  const pieces = tools.figuresIn(boxes)
  const short = places.filter(({ type, isWhole }, at) => {
    const [wanted, seen] = [counts[type], pieces[at]!.length]
    return isWhole && wanted !== undefined && seen < wanted && seen >= wanted / 2
  })
  if (short.length === 0) return pieces
  const wider = short.map(({ box }) => ({ ...box, x: box.x - 0.5 * box.height, width: box.width + 4 * box.height }))
  // Seen beside the others, so that the slant is the same.
  const more = tools.figuresIn([...boxes, ...wider]).slice(boxes.length)
  return pieces.map((own, at) => {
    const place = places[at]!
    const found = more[short.indexOf(place)] ?? []
    const on: FigurePiece[] = []
    for (const piece of found) if (on.length === 0 || piece.x - on.at(-1)!.x < 0.9 * place.box.height) on.push(piece)
    return on.length === counts[place.type] ? on : own
  })
}

const isFigure = ({ character }: Letter): boolean => /[0-9A-Za-z]/u.test(character)

/** Which letter each figure is; of a date those that are none are left out, for there are other characters between them. */
function nameLetters({ part, before, type }: Place, pieces: readonly FigurePiece[]): Figures {
  const letters = part.letters.map((letter, at) => ({ letter, index: before + at })).filter(({ letter }) => isFigure(letter))
  const em = 0.5 * part.box.height
  const own = pieces.map(({ x, picture }) => {
    const [nearest] = letters
      .map(({ letter, index }) => ({ index, far: Math.abs((letter.left + letter.right) / 2 - x) }))
      .toSorted((one, other) => one.far - other.far)
    return { picture, letter: nearest && nearest.far < near * em ? nearest.index : -1 }
  })
  const twins = (one: (typeof own)[number]) => own.filter(({ letter }) => letter === one.letter)
  // 11 that was read as 1 has two strokes; of other numbers a letter is one figure, and which of two it is does not show.
  if (type === 'date') return own.filter((one) => one.letter >= 0 && twins(one).length <= 2)
  return own.map((one) => (twins(one).length > 1 ? { ...one, letter: -1 } : one))
}
