/** Which services an enterprise asks for: by the ticks on the registration form, else by which papers came. */
import type { ReadDocument } from '../../flow.ts'
import { serviceCodes, type ServiceCode } from '../../guide/papers.ts'
import { services as guide } from '../../guide/services.ts'
import { isCardNumber, normalizeCardNumber } from '../../guide/identifiers/card-number.ts'
import { textOf } from '../judge/evidence.ts'
import type { JudgedPapers } from '../judge/papers.ts'
import { buysFor } from '../judge/buys-for.ts'

export interface ToldServices {
  readonly services: readonly ServiceCode[]
  readonly told: JudgedPapers['told']
}

export function tellServices(documents: readonly ReadDocument[]): ToldServices {
  const ticked = withoutStrays(tickedServices(documents), documents)
  if (ticked.services.length === 0) return inferService(documents)
  const better = betterFit(ticked, documents)
  if (better) return { services: [better], told: 'inferred' }
  return { services: withReader(ticked.services, documents), told: confirm(ticked, documents) }
}

interface Ticked {
  readonly services: readonly ServiceCode[]
  readonly sure: boolean
}

function tickedServices(documents: readonly ReadDocument[]): Ticked {
  const fields = documents.filter(({ kind }) => kind === 'registration-form').flatMap(({ fields: { services } }) => services ?? [])
  const codes = new Set<unknown>(fields.flatMap(({ value }): unknown[] => (Array.isArray(value) ? value : [])))
  const services = serviceCodes.filter((code) => codes.has(code))
  // A tick is measured in pixels, also where the text around it is a file's own.
  return { services, sure: fields.every(({ certain }) => certain) }
}

/**
 * Of several marks that reading did not promise, those whose papers are all there make specks of the others, and of these the ones
 * that leave no paper over.
 */
function withoutStrays(ticked: Ticked, documents: readonly ReadDocument[]): Ticked {
  if (ticked.sure || ticked.services.length < 2) return ticked
  const whole = ticked.services.filter((service) => missingCost(service, documents) === 0)
  const exact = whole.filter((service) => unneededKinds(service, documents) === 0)
  const best = exact.length > 0 ? exact : whole
  const services = ticked.services.filter((service) => best.includes(service) || isNumbered(service, whole, best, documents))
  return services.length > 0 && !leavesOver(services, ticked, documents) ? { ...ticked, services } : ticked
}

/** A card's number (卡号) stands on the sheet, and of the marks only this one's service has a place for it: nobody writes it behind a speck. */
function isNumbered(
  service: ServiceCode,
  whole: readonly ServiceCode[],
  best: readonly ServiceCode[],
  documents: readonly ReadDocument[],
): boolean {
  const numbered = whole.filter((one) => guide[one].cardNumberNeeded)
  const isThere = documents.some(
    ({ kind, fields }) => kind === 'registration-form' && isCardNumber(normalizeCardNumber(textOf(fields['cardNumber']) ?? '')),
  )
  return isThere && numbered.length === 1 && numbered[0] === service && !best.some((one) => guide[one].cardNumberNeeded)
}

/** A mark for whose service alone a paper came is no speck, whatever that paper lacks (the wrong product was paid for). */
function leavesOver(services: readonly ServiceCode[], ticked: Ticked, documents: readonly ReadDocument[]): boolean {
  const asks = (service: ServiceCode, kind: ReadDocument['kind']) => guide[service].papers.some((need) => need.kind === kind)
  return documents.some(
    ({ kind }) => ticked.services.some((service) => asks(service, kind)) && !services.some((service) => asks(service, kind)),
  )
}

/** A tick that reading did not promise stands when the papers are those of its service. */
function confirm({ services, sure }: Ticked, documents: readonly ReadDocument[]): JudgedPapers['told'] {
  return sure || services.every((service) => missingCost(service, documents) === 0) ? 'ticked' : 'inferred'
}

/**
 * Marks that reading did not promise were read in wrong rows where none of their services asks for a paper or a product that
 * came, and the papers are exactly those of one other service. A paper too few says nothing of the kind: it was forgotten.
 */
function betterFit({ services, sure }: Ticked, documents: readonly ReadDocument[]): ServiceCode | undefined {
  if (sure) return undefined
  const numbered = numberedService(services, documents)
  if (numbered) return numbered
  if (services.some((service) => unneededKinds(service, documents) === 0 && !isPaidForOther(service, documents))) return undefined
  const fitting = serviceCodes.filter(
    (service) => guide[service].onRegistrationForm && missingCost(service, documents) === 0 && unneededKinds(service, documents) === 0,
  )
  return fitting.length === 1 ? fitting[0] : undefined
}

/** Of none of the marks all papers came, of the one service behind which a card's number (卡号) was written they did: the marks are specks. */
function numberedService(services: readonly ServiceCode[], documents: readonly ReadDocument[]): ServiceCode | undefined {
  if (services.some((service) => missingCost(service, documents) === 0)) return undefined
  const evidence = documents.flatMap(({ fields }) => fields['services']?.evidence ?? [])
  const numbered = serviceCodes.filter((service) => evidence.includes(`card-number-at:${service}`))
  const isWhole = (service: ServiceCode) => missingCost(service, documents) === 0 && unneededKinds(service, documents) === 0
  return numbered.length === 1 ? numbered.find(isWhole) : undefined
}

/** Guide 八 has no tick: an authorisation letter with a paid reader asks for it beside whatever the sheet asks. */
function withReader(ticked: readonly ServiceCode[], documents: readonly ReadDocument[]): readonly ServiceCode[] {
  const letter = documents.some(({ kind }) => kind === 'authorization-letter')
  const paid = documents.some((document) => document.kind === 'payment-proof' && buysFor(document, 'reader') === true)
  const elsewhere = ticked.some(
    (service) => guide[service].payment !== null && documents.filter(({ kind }) => kind === 'payment-proof').length < 2,
  )
  return letter && paid && !elsewhere ? [...ticked, 'reader'] : ticked
}

/** Pages that nobody could name and copies of identity cards come with any service. */
const saysNothing: readonly ReadDocument['kind'][] = ['unknown', 'identity-document']

function inferService(documents: readonly ReadDocument[]): ToldServices {
  const onForm = documents.some(({ kind }) => kind === 'registration-form')
  const costs = serviceCodes
    .filter((service) => !onForm || guide[service].onRegistrationForm)
    .map((service) => ({ service, cost: missingCost(service, documents) + unneededCost(service, documents) }))
    .toSorted((left, right) => left.cost - right.cost)
  const [best, second] = costs
  if (!best) return { services: ['reader'], told: 'unclear' }
  const isGuess = documents.every(({ kind }) => saysNothing.includes(kind))
  if (isGuess || (second && second.cost <= best.cost)) return { services: [best.service], told: 'unclear' }
  // Guide 一(一) and 八 have no registration form: there the authorisation letter tells.
  const byLetter = !onForm && !guide[best.service].onRegistrationForm && documents.some(({ kind }) => kind === 'authorization-letter')
  return { services: [best.service], told: byLetter ? 'ticked' : 'inferred' }
}

/** How much of what the guide asks for is not there; 0 when the papers are complete. */
function missingCost(service: ServiceCode, documents: readonly ReadDocument[]): number {
  const { papers } = guide[service]
  const identitiesAsked = papers.filter(({ kind }) => kind === 'identity-document').length
  const identities = documents.filter(({ kind }) => kind === 'identity-document').length
  const others = papers.filter(({ kind }) => kind !== 'identity-document' && !documents.some((document) => document.kind === kind)).length
  // One person may act in several roles: a copy less than roles costs little, none at all costs a paper.
  const lacking = identities === 0 && identitiesAsked > 0 ? 1 : 0
  return others + lacking + (isPaidForOther(service, documents) ? 0.5 : 0)
}

/** Another product was bought than the one that the service asks for. */
function isPaidForOther(service: ServiceCode, documents: readonly ReadDocument[]): boolean {
  const proofs = documents.filter(({ kind }) => kind === 'payment-proof')
  return guide[service].payment !== null && proofs.length > 0 && proofs.every((proof) => buysFor(proof, service) === false)
}

function unneededKinds(service: ServiceCode, documents: readonly ReadDocument[]): number {
  const asked = new Set(guide[service].papers.map(({ kind }) => kind))
  return new Set(documents.map(({ kind }) => kind).filter((kind) => kind !== 'unknown' && !asked.has(kind))).size
}

function unneededCost(service: ServiceCode, documents: readonly ReadDocument[]): number {
  const identities = documents.filter(({ kind }) => kind === 'identity-document').length
  const roles = guide[service].papers.filter(({ kind }) => kind === 'identity-document').length
  return unneededKinds(service, documents) + Math.abs(roles - identities) / 10
}
