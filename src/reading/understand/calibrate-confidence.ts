/**
 * From what was read to how likely it is right. The recogniser's own confidence is no probability (a character passed over scores
 * 0.99, and so do two that were misread under a seal): what speaks for and against a value tells far more.
 */
import type { FieldValue } from '../../flow.ts'

/**
 * Shares of right values, by the first row that fits; measured on some 21,500 values of drawn papers, typed and by hand, our own and other
 * programs', of which 4,500 were not certain. Measured again by `node bench/reading.ts --folder DIR`, whose table of claims has a line for
 * each share.
 */
const shares: readonly (readonly [share: number, fits: (has: (evidence: string) => boolean, field: FieldValue) => boolean])[] = [
  // The promise of the contract; none was wrong.
  [0.9995, (_, { certain }) => certain],
  // A blank that the pixels do not prove; nothing legible, or no label that was found.
  [0.96, (has, { value }) => value === null && has('empty')],
  [0.84, (_, { value }) => value === null],
  // Something is missing: what was read is but a part.
  [0.25, (has) => has('cut-short') || has('misplaced') || has('ink-below') || has('unusual')],
  // A glyph more stands there than was read, or one that names hardly have.
  [0.7, (has) => has('passed-over')],
  [0.5, (has) => has('odd-character')],
  // Another paper says the same, or was asked where this one says too little; the same paper does.
  [0.93, (has) => has('from-other-paper') || (has('faint') && has('agrees'))],
  [0.66, (has) => has('faint')],
  // The seals spell another letter: as often right as what was mended, until there are more of them.
  [0.78, (has) => has('seal-differs')],
  [0.97, (has) => has('agrees')],
  [0.78, (has) => has('mended')],
  // Print over which a seal lies; ink beside it or room between its letters.
  [0.9, (has) => has('clear') && beset.some(has)],
  [0.65, (has) => has('under-seal')],
  [0.87, (has) => beset.some(has)],
  // Read alike, but not surely enough each time, or in another way by a look at the whole face.
  [0.98, (has) => has('read-twice')],
  [0.95, (has) => has('clear')],
  [0.81, (_, { confidence }) => confidence >= legible],
  [0.62, () => true],
]

/** Letters that the recogniser thought surer on the whole. */
const legible = 0.9
const beset = ['gap', 'under-seal', 'ink-beside', 'open-end']

/** The field with a confidence that is a probability; what the recogniser thought of its letters stays as its legibility. */
export function calibrateConfidence(field: FieldValue): FieldValue {
  const has = (wanted: string): boolean => (field.evidence ?? []).some((one) => one === wanted || one.startsWith(`${wanted}:`))
  const [share] = shares.find(([, fits]) => fits(has, field))!
  return { ...field, confidence: share, legibility: field.confidence }
}
