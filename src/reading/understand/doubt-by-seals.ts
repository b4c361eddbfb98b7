/**
 * A rare character is misread alike on every paper, and the papers then agree on a name that nobody has. Seals are drawn in
 * another script: where their impressions spell it alike with one letter that is another, more or less, and hardly one spells the name, it
 * is no promise.
 */
import type { FieldValue, ReadDocument } from '../../flow.ts'

/** An impression that was read by itself as surely as this says what it spells. */
const plain = 0.75
const fewest = 2
/** A look at an arc is asked for the names that the papers say: one impression of so many may be taken for the misread one. */
const hardly = 1 / 4
const names = new Set(['enterpriseName', 'invoiceTitle'])

export function doubtBySeals(documents: readonly ReadDocument[]): ReadDocument[] {
  const spelled = new Map<string, number>()
  for (const { role, text, confidence } of documents.flatMap(({ seals }) => seals))
    if (text !== null && (role ?? 'company') === 'company' && confidence >= plain)
      spelled.set(lettersOf(text), (spelled.get(lettersOf(text)) ?? 0) + 1)
  const isDoubted = ({ value, certain, source }: FieldValue): boolean => {
    if (!certain || source !== 'ocr' || typeof value !== 'string') return false
    const own = spelled.get(lettersOf(value)) ?? 0
    return [...spelled].some(([text, times]) => times >= fewest && own <= hardly * times && differsInOne(text, lettersOf(value)))
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

/** By one letter that is another, or that only one of both has. */
function differsInOne(one: string, other: string): boolean {
  const [longer, shorter] = [Array.from(one), Array.from(other)].toSorted((first, second) => second.length - first.length) as [
    string[],
    string[],
  ]
  if (longer.length - shorter.length > 1 || one === other) return false
  const at = longer.findIndex((letter, place) => letter !== shorter[place])
  return longer.slice(at + 1).join('') === shorter.slice(longer.length === shorter.length ? at + 1 : at).join('')
}
