/**
 * What a running hand wrote is read with other characters than were meant, so it cannot be told from one page alone. What the
 * recogniser thought of each character is kept, and how the figures look: the papers of the submission say what may stand there,
 * and what the same hand wrote elsewhere tells its figures.
 */
import { documentFields, type DocumentKind, type FieldType } from '../../../guide/papers.ts'
import type { FigurePiece, Lattice, LatticeStep, Rectangle, WrittenValue } from '../../page.ts'
import type { PaperInHand } from '../read-fields.ts'
import { isPrint } from '../read-twice.ts'
import { join } from '../text/geometry.ts'
import { arrangeLines, type Letter } from '../text/letters.ts'
import type { Part } from '../values/value.ts'
import type { Weighed } from '../weigh-evidence.ts'

/** By field. */
export type Writing = Readonly<Record<string, WrittenValue>>

/** The papers that people fill in. */
const filledIn = new Set<DocumentKind>(['registration-form', 'card-form', 'change-request', 'cancellation-request', 'authorization-letter'])
const types = new Set<FieldType>(['text', 'name', 'date', 'phone', 'uscc', 'id-number', 'card-number', 'sex'])
const figures = new Set<FieldType>(['date', 'phone', 'uscc', 'id-number', 'card-number'])
/** Free text is no value that another paper has as well. */
const freeText = new Set(['changes', 'remarks'])
/** Less than this was thought of so little that it says nothing. */
const least = 0.0005
/** A character less sure than this is looked at once more, drawn out sideways. */
const unsure = 0.8
const again = { margin: 0.16, stretch: 1.25 }
/** Each costs a recognition of a strip, some 10 ms. */
const mostLooks = 14

/** The looks at every value that is not certain, and the figures of all; undefined when there are none. */
export async function traceWriting(paper: PaperInHand, weighed: ReadonlyMap<string, Weighed>): Promise<Writing | undefined> {
  if (!filledIn.has(paper.form.kind)) return undefined
  const writing: Record<string, WrittenValue> = {}
  const byHand = !isPrint(paper)
  let left = byHand ? mostLooks : 0
  for (const { name, type } of documentFields[paper.form.kind]) {
    const value = weighed.get(name)
    if (!value || value.source !== 'ocr' || !types.has(type) || freeText.has(name)) continue
    const parts = value.parts ?? []
    const letters = parts.flatMap((part) => part.letters)
    const looks: Lattice[] = letters.length > 0 && !value.certain ? [letters.map(stepOf)] : []
    const blank = letters.length > 0 || value.certain ? [] : blankOf(paper, value)
    const places = value.certain ? [] : letters.length > 0 ? (value.least < unsure ? parts.map(({ box }) => box) : []) : blank
    if (places.length > 0 && places.length <= left) {
      left -= places.length
      const seen = await lookAgain(paper, places)
      if (seen.length > 0) looks.push(seen)
    }
    const seen = byHand && figures.has(type) ? picturesOf(paper, parts, type) : undefined
    // Ink from which nothing was read has no looks.
    if (looks.length > 0 || seen || (byHand && blank.length > 0)) writing[name] = { looks, ...(seen ? { figures: seen } : {}) }
  }
  return Object.keys(writing).length > 0 ? writing : undefined
}

async function lookAgain(paper: PaperInHand, places: readonly Rectangle[]): Promise<Lattice> {
  const steps: LatticeStep[] = []
  for (const box of places) {
    const by = again.margin * box.height
    const place = { x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by }
    const line = await paper.tools.readAgain(place, { stretch: again.stretch })
    for (const { letters } of line ? arrangeLines({ lines: [line] }) : []) steps.push(...letters.map(stepOf))
  }
  return steps
}

/** Where ink stands in a place from which nothing was read: its strokes, without the frame around them. */
function blankOf({ tools }: PaperInHand, { value, box }: Weighed): Rectangle[] {
  if (value !== null || box === null) return []
  const by = 0.1 * box.height
  const inner = { x: box.x + by, y: box.y + by, width: box.width - 2 * by, height: box.height - 2 * by }
  const strokes = tools
    .strokesIn(inner, { withoutSeals: true })
    .filter(({ width, height }) => height > 0.12 * inner.height && height < 0.98 * inner.height && width < 6 * inner.height)
  const ink = strokes.length > 0 ? join(strokes) : undefined
  return ink && ink.height > 0.25 * inner.height ? [ink] : []
}

/** A letter as a step of a lattice. */
function stepOf({ character, confidence, alternatives, left, right: end }: Letter): LatticeStep {
  const thought = [{ character, confidence }, ...alternatives].filter((one) => one.confidence >= least)
  return {
    at: Math.round((left + end) / 2),
    costs: thought.map((one) => [one.character, Math.round(-100 * Math.log(one.confidence)) / 100] as const),
  }
}

const isFigure = ({ character }: Letter): boolean => /[0-9A-Za-z]/u.test(character)

/** A figure and the letter that it was read as stand no farther apart, in characters. */
const near = 0.4

/** A picture of each figure of a number; of a date those that were read, for there are other characters between them. */
function picturesOf(paper: PaperInHand, parts: readonly Part[], type: FieldType): WrittenValue['figures'] {
  let before = 0
  const pictures = parts.flatMap((part) => {
    const by = 0.12 * part.box.height
    const letters = part.letters.map((letter, at) => ({ letter, index: before + at })).filter(({ letter }) => isFigure(letter))
    before += part.letters.length
    const place = { x: part.box.x - by, y: part.box.y - by, width: part.box.width + 2 * by, height: part.box.height + 2 * by }
    const pieces = wholeNumber(paper, place, parts.length === 1 ? counts[type] : undefined)
    const em = 0.5 * part.box.height
    const own = pieces.map(({ x, picture }) => {
      const [nearest] = letters
        .map(({ letter, index }) => ({ index, far: Math.abs((letter.left + letter.right) / 2 - x) }))
        .toSorted((one, other) => one.far - other.far)
      return { picture, letter: nearest && nearest.far < near * em ? nearest.index : -1 }
    })
    return type === 'date' ? own.filter(({ letter }) => letter >= 0) : own
  })
  return pictures.length > 0 ? withoutDoubles(pictures) : undefined
}

/** How many figures a number has. */
const counts: Partial<Record<FieldType, number>> = { phone: 11, uscc: 18, 'id-number': 18 }

/** The figures of a number; where they are too few, with those that follow it, for the recogniser may have passed over its end. */
function wholeNumber(paper: PaperInHand, place: Rectangle, count: number | undefined): readonly FigurePiece[] {
  const pieces = paper.tools.figuresIn(place)
  if (count === undefined || pieces.length >= count || pieces.length < count / 2) return pieces
  const wider = { ...place, x: place.x - 0.5 * place.height, width: place.width + 4 * place.height }
  const more = paper.tools.figuresIn(wider)
  const on: FigurePiece[] = []
  for (const piece of more) if (on.length === 0 || piece.x - on.at(-1)!.x < 0.9 * place.height) on.push(piece)
  return on.length === count ? on : pieces
}

/** A letter is one figure; which of two it is does not show. */
const withoutDoubles = (pictures: readonly { readonly picture: string; readonly letter: number }[]) =>
  pictures.map((one) => (pictures.filter(({ letter }) => letter === one.letter).length > 1 ? { ...one, letter: -1 } : one))
