/** Which of an enterprise's papers belong to one of the services it asks for. */
import type { ReadDocument } from '../../flow.ts'
import type { DocumentKind, ServiceCode } from '../../guide/papers.ts'
import { services as guide } from '../../guide/services.ts'
import { buysFor } from '../judge/buys-for.ts'

/** What the service needs, and what none of the services needs; a paper that several need is shared. */
export function sharePapers(documents: readonly ReadDocument[], service: ServiceCode, services: readonly ServiceCode[]): ReadDocument[] {
  if (services.length === 1) return [...documents]
  const needs = (code: ServiceCode, kind: DocumentKind) => guide[code].papers.some((need) => need.kind === kind)
  return documents.filter((document) => {
    if (document.kind === 'registration-form') return ticks(document, service, documents)
    if (!needs(service, document.kind)) return !services.some((other) => needs(other, document.kind))
    if (document.kind !== 'payment-proof' || buysFor(document, service) !== false) return true
    // Bought for another of the services; what nobody needs stays with all, so that the wrong product is noticed.
    return !services.some((other) => other !== service && buysFor(document, other) === true)
  })
}

/** One sheet for each service, or one sheet for all. */
function ticks(form: ReadDocument, service: ServiceCode, documents: readonly ReadDocument[]): boolean {
  const listed = (sheet: ReadDocument) =>
    Array.isArray(sheet.fields['services']?.value) ? (sheet.fields['services'].value as unknown[]) : []
  const forms = documents.filter(({ kind }) => kind === 'registration-form')
  return listed(form).includes(service) || !forms.some((other) => listed(other).includes(service))
}
