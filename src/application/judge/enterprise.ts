/** Which enterprise the papers speak of, by agreement among them. */
import type { FieldValue, ReadDocument } from '../../flow.ts'
import { isValidUscc } from '../../guide/identifiers/uscc.ts'
import type { DocumentKind } from '../../guide/papers.ts'
import { compareSealText } from '../../guide/seal-text.ts'
import type { Enterprise } from '../record.ts'
import { comparable, isPlain, isSure, legibilityOf, near, textOf } from './evidence.ts'

interface Place {
  readonly kind: DocumentKind
  readonly name: string
  readonly uscc: string | null
}

/** Where each paper carries the name and the code; where nothing else decides, the registrar's paper does. */
export const enterpriseFields: readonly Place[] = [
  { kind: 'business-licence', name: 'enterpriseName', uscc: 'uscc' },
  { kind: 'registration-form', name: 'enterpriseName', uscc: 'uscc' },
  { kind: 'authorization-letter', name: 'enterpriseName', uscc: null },
  { kind: 'change-request', name: 'enterpriseName', uscc: 'uscc' },
  { kind: 'cancellation-request', name: 'enterpriseName', uscc: 'uscc' },
  { kind: 'payment-proof', name: 'invoiceTitle', uscc: 'taxpayerId' },
]

/** The name and the code that most papers agree on. */
export function enterpriseOf(documents: readonly ReadDocument[]): Enterprise {
  const name = heaviest(nameCandidates(documents))
  return { name: textOf(name), uscc: textOf(agreedUscc(documents, name)) }
}

interface Candidate {
  readonly field: FieldValue
  readonly text: string
  readonly weight: number
}

/**
 * The field whose name most papers and the rings of their seals agree on. A ring read alike on two papers speaks for itself
 * where it differs a little from names that no second paper confirms: then the name on the form was written or read wrong.
 */
export function agreedName(documents: readonly ReadDocument[]): FieldValue | undefined {
  const candidates = nameCandidates(documents)
  if (candidates.some(({ text }, index) => candidates.findIndex((other) => other.text === text) < index)) return heaviest(candidates)
  const rings = ringTexts(documents)
  const ring = rings.find((text) => rings.filter((other) => other === text).length >= 2)
  if (ring === undefined || candidates.some(({ text }) => text === ring) || !candidates.some((candidate) => mayBeRing(candidate, ring)))
    return heaviest(candidates)
  const confidence = Math.max(
    ...documents.flatMap(({ seals }) => seals.flatMap((seal) => (comparable(seal.text ?? '') === ring ? seal.confidence : []))),
  )
  const field: FieldValue = { value: ring, confidence, source: 'ocr', page: 0, box: null, certain: false, evidence: ['seals'] }
  // Rare glyphs are misread alike on every ring, though never with a confidence above 0.82: a ring read plainly weighs more.
  const weight = rings.filter((other) => other === ring).length + (confidence >= 0.9 ? 1 : 0)
  return heaviest([...candidates, { field, text: ring, weight }])
}

/** A name of which a glyph in seven is misread, or of which three in ten are where it is hard to read. */
const mayBeRing = ({ field, text }: Candidate, ring: string) =>
  near(text, ring) || (!isPlain(field) && compareSealText(text, ring).score >= 0.7)

/** The field whose code most papers agree on; a code that passes its check digit and stands beside the agreed name weighs more. */
export function agreedUscc(documents: readonly ReadDocument[], name: FieldValue | undefined): FieldValue | undefined {
  const agreed = comparable(textOf(name) ?? '')
  return heaviest(
    candidatesOf(documents, 'uscc', (field, text, document, place) => {
      const besideName = agreed !== '' && comparable(textOf(document.fields[place.name]) ?? '') === agreed
      return weightOf(field) + (isValidUscc(text) ? 2 : 0) + (besideName ? 0.5 : 0)
    }),
  )
}

function nameCandidates(documents: readonly ReadDocument[]): Candidate[] {
  const rings = ringTexts(documents)
  const seen = new Set<string>()
  return candidatesOf(documents, 'name', (field, text) => {
    // The seals speak once for each name, not once for each paper that carries it.
    const votes = seen.has(text) ? 0 : rings.filter((ring) => compareSealText(ring, text).verdict === 'match').length
    seen.add(text)
    return weightOf(field) + votes
  })
}

const weightOf = (field: FieldValue) => 1 + (isSure(field) ? 1 : 0) + legibilityOf(field) / 10

function candidatesOf(
  documents: readonly ReadDocument[],
  what: 'name' | 'uscc',
  weigh: (field: FieldValue, text: string, document: ReadDocument, place: Place) => number,
): Candidate[] {
  return enterpriseFields.flatMap((place) =>
    documents
      .filter(({ kind }) => kind === place.kind)
      .flatMap((document) => {
        const field = place[what] === null ? undefined : document.fields[place[what]]
        const text = textOf(field)
        if (!field || text === null) return []
        return [{ field, text: comparable(text), weight: weigh(field, comparable(text), document, place) }]
      }),
  )
}

/** Less than this is no majority: the first place decides. */
const narrow = 0.15

function heaviest(candidates: readonly Candidate[]): FieldValue | undefined {
  let best: { field: FieldValue; weight: number } | undefined
  for (const { text, field } of candidates) {
    const alike = candidates.filter((other) => other.text === text)
    const weight = alike.reduce((sum, other) => sum + other.weight, 0)
    if (best && weight <= best.weight + narrow) continue
    const isOwn = (other: Candidate) => !other.field.evidence?.includes('from-other-paper')
    const shown = alike.find((other) => isSure(other.field)) ?? alike.find((other) => isPlain(other.field)) ?? alike.find(isOwn)
    best = { field: shown?.field ?? field, weight }
  }
  return best?.field
}

/** What was read of the company seals, one for each paper. */
function ringTexts(documents: readonly ReadDocument[]): string[] {
  return documents.flatMap(({ seals }) => {
    const text = seals.find(({ role, text: ring }) => (role === undefined || role === 'company') && ring !== null)?.text
    return text ? [comparable(text)] : []
  })
}
