/**
 * From what was read to how likely it is right. The recogniser's own confidence is no probability (a character passed over scores
 * 0.99, and so do two that were misread under a seal): what speaks for and against a value tells far more.
 */
import type { FieldValue } from '../../flow.ts'

/**
 * Shares of right values, by the first row that fits; measured on some 14,700 values of drawn papers, typed and by hand, of which
 * 1,600 were not certain, and checked on 3,600 of held-back layouts and faces. Measured again by
 * `node bench/reading.ts --folder DIR`, whose table of claims has a line for each row.
 */
const shares: readonly (readonly [share: number, fits: (has: (evidence: string) => boolean, field: FieldValue) => boolean])[] = [
  // The promise of the contract; none was wrong.
  [0.9995, (_, { certain }) => certain],
  // A blank that the pixels do not prove, or nothing legible.
  [0.81, (_, { value }) => value === null],
  // Something is missing: what was read is but a part.
  [0.12, (has) => has('cut-short') || has('ink-below') || has('unusual')],
  // A glyph more stands there than was read; on papers with such names every other time.
  [0.4, (has) => has('passed-over')],
  // A character that names hardly have: mostly one that the recogniser does not know.
  [0.4, (has) => has('odd-character')],
  // A letter was hardly seen, and so were the others, or it alone.
  [0.57, (has, { confidence }) => has('faint') && confidence < 0.9],
  [0.83, (has) => has('faint')],
  // The seals spell another letter: as often right as what was mended, until there are more of them.
  [0.79, (has) => has('seal-differs')],
  // Another place says the same.
  [0.97, (has) => has('agrees')],
  [0.79, (has) => has('mended')],
  // Ink over it or beside it, or room between its letters.
  [0.89, (has) => has('clear') && beset.some(has)],
  [0.76, (has) => beset.some(has)],
  [0.9, (has) => has('clear')],
  [0.8, () => true],
]

const beset = ['gap', 'under-seal', 'ink-beside', 'open-end']

/** The field with a confidence that is a probability; what the recogniser thought of its letters stays as its legibility. */
export function calibrateConfidence(field: FieldValue): FieldValue {
  const has = (wanted: string): boolean => (field.evidence ?? []).some((one) => one === wanted || one.startsWith(`${wanted}:`))
  const [share] = shares.find(([, fits]) => fits(has, field))!
  return { ...field, confidence: share, legibility: field.confidence }
}
