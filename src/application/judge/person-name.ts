/** Tells a person's name from what else is read in its place: a label's gloss (Cardholder), the cell beside it (女), letters of a seal. */
import type { FieldValue } from '../../flow.ts'
import { documentFields } from '../../guide/papers.ts'
import { comparable, textOf } from './evidence.ts'

/** Fields that carry the name of a person. */
export const isOfPerson = (field: string): boolean => /(?:^name|handlerName|holderName|legalName|recipientName|contactName)$/u.test(field)

const labels = new Set(Object.values(documentFields).flatMap((fields) => fields.map(({ label }) => comparable(label))))

/** Two glyphs and more of Chinese that are no label; of another script two words and more, or capitals as passports have them, closed up. */
export function isName(text: string): boolean {
  const letters = comparable(text)
  if (/^\p{Script=Han}{2,}$/u.test(letters)) return !labels.has(letters)
  return /^[A-Z]{4,}$/u.test(letters) && (/[\s,]/u.test(text.trim()) || /^[A-Z]{6,}$/u.test(text.trim()))
}

/** The name of a person; null where none was read, or something else. */
export function nameOf(field: FieldValue | undefined): string | null {
  const text = textOf(field)
  return text !== null && isName(text) ? text : null
}
