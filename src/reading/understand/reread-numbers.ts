/** Card numbers of one form stand close to one another and to the seal. */
import type { Rectangle } from '../page.ts'
import { type PaperInHand, valueOfSpans } from './read-fields.ts'
import { right, widen } from './text/geometry.ts'
import { arrangeLines } from './text/letters.ts'
import { openTable } from './text/table.ts'
import type { ReadValue } from './values/value.ts'

/** No card has a shorter number. */
const leastNumber = 8

/**
 * Card numbers of one form are of one length: where a point between two was lost, or a figure under a seal, their line is read once
 * more by itself. Taken when all are of one length then, the legal person's or that of several.
 */
export async function rereadNumbers(paper: PaperInHand, value: ReadValue): Promise<ReadValue | null> {
  const legal = paper.values.get('legalCardNumber')?.value
  const length = typeof legal === 'string' ? legal.length : 0
  const areOf = (numbers: readonly unknown[], length: number): boolean =>
    numbers.every((number) => typeof number === 'string' && number.length === length)
  if (!Array.isArray(value.value) || areOf(value.value, length)) return null
  const [part] = (value.parts ?? []).toSorted((one, other) => other.text.length - one.text.length)
  if (!part) return null
  const place = widen(part.box, 0.2 * part.box.height)
  // What comes after a seal's ring may have been left out of the line.
  for (const more of [0, part.box.width]) {
    const line = await paper.tools.readAgain({ ...place, width: Math.min(place.width + more, roomEnd(paper, part.box) - place.x) })
    const spans = line ? arrangeLines({ lines: [line] }).map((one) => ({ ...one, line: one, start: 0, end: one.letters.length })) : []
    if (spans.length === 0) continue
    const read = valueOfSpans(spans, 'list')
    if (!Array.isArray(read.value) || read.value.length < value.value.length) continue
    const [first] = read.value
    const own = typeof first === 'string' ? first.length : 0
    if (own < leastNumber || !areOf(read.value, own) || (own !== length && read.value.length < 2)) continue
    return { ...read, evidence: [...read.evidence, 'second-reading'] }
  }
  return null
}

/** Where the cell of a value ends, or the page. */
function roomEnd({ content }: PaperInHand, box: Rectangle): number {
  const cell = openTable(content.cells).cellOf(box)
  return cell === null ? 0.98 * content.width : right(content.cells[cell]!.box)
}
