/** A card's number that wraps: its first figures end a row of options, the others begin the next one. */
import { unclaimed } from './claim-values.ts'
import type { PaperInHand } from './read-fields.ts'
import { join, middleY, right } from './text/geometry.ts'
import { openTable } from './text/table.ts'
import { normalise } from './values/normalise.ts'
import type { ReadValue } from './values/value.ts'

/** In figures' heights: how far below its begin a number goes on, and what room at the end of its row is too little for one figure more. */
const [nextRow, noRoom] = [2.2, 1]

/** A number that fills the row up to the border of its cell goes on in the next one, at its begin, where nothing but figures stands. */
export function withRowBelow(paper: PaperInHand, value: ReadValue): ReadValue {
  const [part] = value.parts ?? []
  if (typeof value.value !== 'string' || !part) return value
  const table = openTable(paper.content.cells)
  const own = table.cellOf(part.box)
  if (own === null || right(table.cells[own]!.box) - right(part.box) > noRoom * part.box.height) return value
  // The label of the next option may have claimed it.
  const numbers = [...paper.claims.byHit].filter(([hit]) => hit.field === 'cardNumber').flatMap(([, claimed]) => claimed)
  const below = [...unclaimed(paper.claims), ...numbers].find(
    ({ box, text }) =>
      /^\d{1,9}$/u.test(text) &&
      table.cellOf(box) === own &&
      box.y > middleY(part.box) &&
      box.y - part.box.y < nextRow * part.box.height &&
      right(box) < part.box.x,
  )
  if (!below) return value
  const read = normalise([...part.letters, ...below.letters], 'card-number')
  // Two rows are one number by their places alone.
  const box = join([part.box, below.box])
  return read.value === null ? value : { ...value, value: read.value, box, evidence: [...value.evidence, 'mended'] }
}
