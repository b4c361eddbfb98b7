/** Codes that are written one figure to a box: the boxes read as figures and bars, in pieces, as struck out, or not at all. */
import { documentFields, type FieldType } from '../../guide/papers.ts'
import type { Rectangle } from '../page.ts'
import type { PaperInHand } from './read-fields.ts'
import { arrangeLines, textOf } from './text/letters.ts'
import { normalise } from './values/normalise.ts'
import { leastConfidence, meanConfidence, type ReadValue } from './values/value.ts'

/** Codes of enterprises and of people have so many characters: a row of so many boxes is one. */
const boxesOfCode = 18
const codes = new Set<FieldType>(['uscc', 'id-number'])

/** Each code that does not hold as it was read, from the row of boxes where it stands in one. */
export async function readBoxed(paper: PaperInHand): Promise<void> {
  for (const { name, type } of documentFields[paper.form.kind]) {
    const value = paper.values.get(name)
    if (!codes.has(type) || !value?.box || value.source !== 'ocr') continue
    if (value.evidence.includes('check-digit') && !value.evidence.includes('mended')) continue
    const boxed =
      (await readRow(paper, value, value.box, type)) ?? (value.value === null ? await readRow(paper, value, value.box, type, below) : null)
    if (boxed) paper.values.set(name, boxed)
  }
}

/** The whole row of a value, with its boxes, of which it may be a piece, whatever cells their frames make; `lines` is how many of its height. */
function rowAround({ content }: PaperInHand, box: Rectangle, lines: number): Rectangle {
  const by = 0.3 * box.height
  return { x: 0.02 * content.width, y: box.y - by, width: 0.96 * content.width, height: lines * box.height + 2 * by }
}

/** A row of boxes below its label is so far down, in heights of the label's line. */
const below = 2.6

/** Letters so sure stand in no boxes: one of them was passed over, and a row that holds with others put right is chance. */
const clear = 0.9

async function readRow(paper: PaperInHand, value: ReadValue, at: Rectangle, type: FieldType, lines = 1): Promise<ReadValue | null> {
  const line = await paper.tools.readAgain(rowAround(paper, at, lines), { withoutBars: true })
  const letters = line ? arrangeLines({ lines: [line] }).flatMap((one) => one.letters) : []
  const read = normalise(letters, type)
  const isHeld = read.evidence.includes('check-digit')
  // What holds its check digit, if with a figure mended, gives way to nothing that does not.
  if (!line || !(isHeld || (letters.length === boxesOfCode && !value.evidence.includes('check-digit')))) return null
  if (read.evidence.includes('mended') && value.least > clear) return null
  const part = { box: line.box, text: textOf(letters), letters }
  return {
    ...value,
    value: read.value,
    wellFormed: read.wellFormed,
    evidence: [...read.evidence, 'second-reading'],
    confidence: meanConfidence(letters),
    least: leastConfidence(letters),
    box: line.box,
    parts: [part],
  }
}
