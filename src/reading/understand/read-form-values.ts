/** Fields of a filled-in PDF form and values carried in a code: they are what was typed, so they stand above what was read. */
import { documentFields, type FieldType } from '../../guide/papers.ts'
import type { FormValue } from '../page.ts'
import type { PaperInHand } from './read-fields.ts'
import { typeOfField } from './read-fields.ts'
import type { NamedHit } from './name-hits.ts'
import { openTable } from './text/table.ts'
import { bottom, columnOverlap, contains, middleX, middleY, right, rowOverlap } from './text/geometry.ts'
import { normaliseCharacter, type Letter } from './text/letters.ts'
import { normalise } from './values/normalise.ts'
import type { ReadValue } from './values/value.ts'

export function readFormValues(paper: PaperInHand): void {
  const typeOf = typeOfField(paper.form)
  const names = new Map(
    documentFields[paper.form.kind].flatMap((field) => [
      [field.name.toLowerCase(), field.name],
      [field.label, field.name],
    ]),
  )
  for (const form of paper.content.formValues) {
    if (typeof form.value !== 'string' || form.value.trim() === '') continue
    const field =
      names.get(form.name.toLowerCase()) ??
      names.get(
        form.name
          .split(/[.[\]#]/u)
          .filter(Boolean)
          .at(-1)
          ?.toLowerCase() ?? '',
      ) ??
      fieldByClaim(paper, form) ??
      fieldByCell(paper, form) ??
      fieldByPlace(paper, form)
    if (!field) continue
    const value = typedValue(form, typeOf(field))
    if (value) paper.values.set(field, value)
  }
}

/** What the page shows in its place is a label's already. */
function fieldByClaim({ claims }: PaperInHand, { box }: FormValue): string | null {
  const fields = new Set(
    [...claims.byHit].flatMap(([{ field }, spans]) => (field !== null && spans.some((span) => contains(box, span.box)) ? [field] : [])),
  )
  return fields.size === 1 ? [...fields][0]! : null
}

/** The value of a label whose room is known stands in it; else in the cell of the label, right of it or below it, where that holds no other label. */
function fieldByCell({ hits, content }: PaperInHand, { box }: FormValue): string | null {
  const inRoom = hits.find(({ room }) => room && contains(room, box))
  if (inRoom) return inRoom.field
  const table = openTable(content.cells)
  const own = table.cellOf(box)
  if (own === null || hits.some(({ column }) => column)) return null
  const [within, beside, above] = [
    (cell: number) => cell === own,
    (cell: number) => table.isRightOf(own, cell),
    (cell: number) => table.isBelow(own, cell),
  ].map((is) =>
    hits.filter((hit) => {
      const cell = table.cellOf(hit.box)
      return hit.field !== null && cell !== null && is(cell)
    }),
  ) as [NamedHit[], NamedHit[], NamedHit[]]
  const told = [within, beside, above].find((some) => some.length > 0) ?? []
  return told.length === 1 ? told[0]!.field : null
}

/** The label left of the form field on its row, or just above it: flush with it, or anywhere over its width. */
function fieldByPlace(paper: PaperInHand, form: FormValue): string | null {
  const distance = (box: { x: number; y: number; width: number; height: number }): number =>
    rowOverlap(box, form.box) > 0.3 && right(box) < form.box.x + form.box.height
      ? form.box.x - right(box)
      : box.y < form.box.y &&
          form.box.y - bottom(box) < farAbove * box.height &&
          (Math.abs(box.x - form.box.x) < 4 * box.height || columnOverlap(box, form.box) > over)
        ? 3 * (middleY(form.box) - middleY(box))
        : Infinity
  // Of two persons whose values stand in columns of their own each label is both's.
  const isInColumn = ({ column }: NamedHit): boolean => !column || (middleX(form.box) > column.x && middleX(form.box) < column.end)
  const nearest = paper.hits
    .filter(isInColumn)
    .map((hit) => ({ hit, away: distance(hit.box) }))
    .filter(({ away }) => away < Infinity)
    .toSorted((one, other) => one.away - other.away)[0]
  return nearest?.hit.field ?? null
}

/** How far above its field a label stands at most, in its heights; and which share of it stands over the field. */
const [farAbove, over] = [2.5, 0.9]

function typedValue(form: FormValue, type: FieldType): ReadValue | null {
  if (type === 'services' || type === 'delivery' || type === 'items') return null
  const letters: Letter[] = Array.from(String(form.value))
    .map(normaliseCharacter)
    .filter((character) => character.trim() !== '')
    .map((character) => ({ character, confidence: 1, left: form.box.x, right: right(form.box), alternatives: [], isExact: true as const }))
  const read =
    type === 'list'
      ? {
          value: String(form.value)
            .split(/[\s,，、;；]+/u)
            // 1. 2177349512980
            .map((one) => one.replace(/^(?:\d{1,2}[.)）]|[（(]\d{1,2}[)）])/u, ''))
            .filter(Boolean),
          wellFormed: true,
          evidence: [],
        }
      : normalise(letters, type)
  return {
    value: read.value,
    confidence: 1,
    least: 1,
    source: 'acroform',
    box: form.box,
    evidence: read.evidence,
    wellFormed: read.wellFormed,
  }
}
