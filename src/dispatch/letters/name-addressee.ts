/** By which name a letter may call the enterprise: one that is in doubt stands in no salutation. */
import { enterpriseFields } from '../../application/judge/enterprise.ts'
import { comparable, isSure, textOf } from '../../application/judge/evidence.ts'
import type { Application } from '../../application/record.ts'
import { compareSealText } from '../../guide/seal-text.ts'

/**
 * The name of the application where two papers say it, or a paper and a seal, or one that was read beyond doubt and that nothing
 * speaks against; null otherwise.
 */
export function knownName({ enterprise: { name }, documents, findings }: Application): string | null {
  if (name === null) return null
  const fields = enterpriseFields
    .flatMap((place) => documents.filter(({ kind }) => kind === place.kind).flatMap(({ fields: read }) => read[place.name] ?? []))
    .filter((field) => comparable(textOf(field) ?? '') === comparable(name))
  const isOnSeal = documents.some(({ seals }) => seals.some(({ text }) => compareSealText(text, name).verdict === 'match'))
  if (fields.length + (isOnSeal ? 1 : 0) >= 2 && fields.length > 0) return name
  const isDisputed = findings.some(({ code }) => code === 'name-mismatch')
  return !isDisputed && fields.some(isSure) ? name : null
}
