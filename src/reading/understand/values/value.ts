/** A value as it was read, before it becomes a field: canonical text, where it came from, and what speaks for it. */
import type { FieldContent } from '../../../flow.ts'
import type { Rectangle } from '../../page.ts'
import type { Letter } from '../text/letters.ts'

/** A stretch of one line that is part of a value. */
export interface Part {
  readonly box: Rectangle
  readonly text: string
  readonly letters: readonly Letter[]
}

export interface ReadValue {
  readonly value: FieldContent
  /** Mean of the recogniser over the letters; a hint for sorting, no safety signal. */
  readonly confidence: number
  /** The least sure letter. */
  readonly least: number
  readonly source: 'ocr' | 'text-layer' | 'acroform' | 'barcode'
  readonly box: Rectangle | null
  /** What the certainty may rest on, e.g. `check-digit`, `format`, `text-layer`. */
  readonly evidence: readonly string[]
  /** Each stretch of a line that the value was read from, in reading order, so that it can be read once more. */
  readonly parts?: readonly Part[]
  /** The value has the form that its type asks for. */
  readonly wellFormed: boolean
}

/** The canonical form of one type of value, and what its form alone proves. */
export interface Normalised {
  readonly value: string | null
  readonly wellFormed: boolean
  readonly evidence: readonly string[]
}

export const meanConfidence = (letters: readonly Letter[]): number =>
  letters.length === 0 ? 0 : letters.reduce((sum, letter) => sum + letter.confidence, 0) / letters.length

export const leastConfidence = (letters: readonly Letter[]): number =>
  letters.reduce((least, letter) => Math.min(least, letter.confidence), 1)

const isHan = (letter: Letter | undefined): boolean => letter !== undefined && /\p{Script=Han}/u.test(letter.character)

/** Two neighbours with room for a letter between them. */
type Gap = readonly [before: Letter, after: Letter]

/**
 * Where the letters stand so unevenly that one between them may have been dropped: recognisers pass over a character they do not
 * know with full confidence in its neighbours, but its room stays.
 */
export function gapsOf(letters: readonly Letter[]): Gap[] {
  const middle = (letter: Letter): number => (letter.left + letter.right) / 2
  const steps = letters.slice(1).flatMap((after, at) => {
    const before = letters[at]!
    const step = middle(after) - middle(before)
    // Between figures that have their strokes none is missing.
    if (step <= 0 || (after.isCounted && before.isCounted)) return []
    const counted = after.isCounted || before.isCounted
    return [{ before, after, step, han: isHan(after) || isHan(before), both: isHan(after) && isHan(before), counted }]
  })
  const median = (values: readonly number[]): number | undefined => values.toSorted((one, other) => one - other)[values.length >> 1]
  const between = steps.filter(({ both }) => both)
  const pitch = between.length >= 2 ? median(between.map(({ step }) => step)) : undefined
  const narrow = median(steps.map(({ step }) => step)) ?? Infinity
  const isWide = ({ step, han, counted }: (typeof steps)[number]): boolean =>
    pitch === undefined ? step > 1.8 * narrow : step > (counted ? 1.55 : han ? 1.45 : 1.2) * pitch
  return steps.filter(isWide).map(({ before, after }) => [before, after])
}

export const hasGap = (letters: readonly Letter[]): boolean => gapsOf(letters).length > 0
