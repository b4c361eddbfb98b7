/** Which enterprise the papers speak of, by agreement among them. */
import type { FieldValue, ReadDocument } from '../../flow.ts'
import { isValidUscc } from '../../guide/identifiers/uscc.ts'
import type { DocumentKind } from '../../guide/papers.ts'
import type { Enterprise } from '../record.ts'
import { comparable, isSure, textOf } from './evidence.ts'

/** Where each paper carries the name and the code, the papers that the enterprise fills in first. */
export const enterpriseFields: readonly { readonly kind: DocumentKind; readonly name: string; readonly uscc: string | null }[] = [
  { kind: 'registration-form', name: 'enterpriseName', uscc: 'uscc' },
  { kind: 'business-licence', name: 'enterpriseName', uscc: 'uscc' },
  { kind: 'authorization-letter', name: 'enterpriseName', uscc: null },
  { kind: 'change-request', name: 'enterpriseName', uscc: 'uscc' },
  { kind: 'cancellation-request', name: 'enterpriseName', uscc: 'uscc' },
  { kind: 'payment-proof', name: 'invoiceTitle', uscc: 'taxpayerId' },
]

/** The name and the code that most papers agree on; what is certain and what passes its check digit weighs more. */
export function enterpriseOf(documents: readonly ReadDocument[]): Enterprise {
  return { name: textOf(agreedValue(documents, 'name')), uscc: textOf(agreedValue(documents, 'uscc')) }
}

/** The field that carries the agreed name or code. */
export function agreedValue(documents: readonly ReadDocument[], what: 'name' | 'uscc'): FieldValue | undefined {
  const candidates = enterpriseFields.flatMap((place) =>
    documents
      .filter(({ kind }) => kind === place.kind)
      .flatMap(({ fields }) => {
        const field = place[what] === null ? undefined : fields[place[what]]
        const text = textOf(field)
        return field && text !== null ? [{ field, text: comparable(text) }] : []
      }),
  )
  const weigh = ({ field, text }: { field: FieldValue; text: string }) =>
    1 + (isSure(field) ? 1 : 0) + (what === 'uscc' && isValidUscc(text) ? 2 : 0) + field.confidence / 10
  let best: { field: FieldValue; weight: number } | undefined
  for (const candidate of candidates) {
    const alike = candidates.filter(({ text }) => text === candidate.text)
    const weight = alike.reduce((sum, other) => sum + weigh(other), 0)
    if (best && weight <= best.weight + 0.15) continue
    const surest = alike.find(({ field }) => isSure(field)) ?? candidate
    best = { field: surest.field, weight }
  }
  return best?.field
}
