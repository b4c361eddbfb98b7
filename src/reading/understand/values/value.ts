/** A value as it was read, before it becomes a field: canonical text, where it came from, and what speaks for it. */
import type { FieldContent } from '../../../flow.ts'
import type { Rectangle } from '../../page.ts'
import type { Letter } from '../text/letters.ts'

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
