/**
 * A rare character is misread alike on every paper, and the papers then agree on a name that nobody has. Seals are drawn in
 * another script: where their impressions spell another letter alike and none spells the name, the name is no promise.
 */
import type { FieldValue, ReadDocument } from '../../flow.ts'

/** An impression that was read by itself as surely as this says what it spells. */
const plain = 0.75
const fewest = 2
const names = new Set(['enterpriseName', 'invoiceTitle'])

export function doubtBySeals(documents: readonly ReadDocument[]): ReadDocument[] {
  const spelled = new Map<string, number>()
  for (const { role, text, confidence } of documents.flatMap(({ seals }) => seals))
    if (text !== null && (role ?? 'company') === 'company' && confidence >= plain)
      spelled.set(lettersOf(text), (spelled.get(lettersOf(text)) ?? 0) + 1)
  const isDoubted = ({ value, certain, source }: FieldValue): boolean => {
    if (!certain || source !== 'ocr' || typeof value !== 'string' || spelled.has(lettersOf(value))) return false
    return [...spelled].some(([text, times]) => times >= fewest && differsInOne(text, lettersOf(value)))
  }
  return documents.map((document) => ({
    ...document,
    fields: Object.fromEntries(
      Object.entries(document.fields).map(([name, field]): [string, FieldValue] => [
        name,
        names.has(name) && isDoubted(field) ? { ...field, certain: false, evidence: [...(field.evidence ?? []), 'seal-differs'] } : field,
      ]),
    ),
  }))
}

const lettersOf = (name: string): string => name.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')

function differsInOne(one: string, other: string): boolean {
  const [letters, others] = [Array.from(one), Array.from(other)]
  return letters.length === others.length && letters.filter((letter, at) => letter !== others[at]).length === 1
}
