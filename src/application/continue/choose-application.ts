/** Which open application papers that arrive belong to: a reply, the envelope after a pre-check, or another part of it. Pure. */
import type { Door, Finding, MailFacts, ReadDocument } from '../../flow.ts'
import { isValidIdNumber, normalizeIdNumber } from '../../guide/identifiers/id-number.ts'
import { isValidUscc } from '../../guide/identifiers/uscc.ts'
import type { DocumentKind, ServiceCode } from '../../guide/papers.ts'
import { services } from '../../guide/services.ts'
import { compareSealText } from '../../guide/seal-text.ts'
import type { Assembled } from '../assemble/assemble.ts'
import { comparable, fieldText } from '../judge/evidence.ts'
import { namedCards } from '../judge/named-cards.ts'
import { isPreCheck } from '../pre-check.ts'
import type { Enterprise, Status } from '../record.ts'

/** An application that nobody has decided yet. */
export interface OpenApplication {
  readonly number: string
  readonly service: ServiceCode
  readonly told: Assembled['told']
  readonly status: Status
  readonly door: Door
  readonly enterprise: Enterprise
  readonly documents: readonly ReadDocument[]
  readonly findings: readonly Finding[]
  readonly replyAddress: string | null
  readonly replyMessageId: string | null
}

/** How a submission came. */
export interface Arrival {
  readonly door: Door
  readonly name: string
  readonly mail: MailFacts | null
}

/** Numbers of applications as the office writes them, anywhere in a subject, a text or the name of a folder. */
export function numbersIn(text: string): string[] {
  return [...new Set(text.normalize('NFKC').match(/(?<![A-Z])[A-Z]{2,4}\d{8}-\d{4,}(?!\d)/gu))]
}

/** The mail answers a letter about this application, or names its number. */
export function isAddressed(open: OpenApplication, arrival: Arrival): boolean {
  return isNamed(open, arrival) || isAnswered(open, arrival)
}

const isNamed = ({ number }: OpenApplication, { name, mail }: Arrival) =>
  numbersIn(`${name}\n${mail?.subject ?? ''}\n${mail?.text ?? ''}`).includes(number)

const isAnswered = ({ replyMessageId }: OpenApplication, { mail }: Arrival) =>
  replyMessageId !== null && (mail?.references ?? []).includes(replyMessageId)

/**
 * The applications that these papers of one enterprise continue, newest first; none when they ask for something of their own:
 * a set of papers for the same service beside one that is whole is another request. Several where a letter about
 * several was answered with papers that each of them waits for.
 */
export function chooseApplications(papers: Assembled, arrival: Arrival, candidates: readonly OpenApplication[]): OpenApplication[] {
  const possible = candidates.filter((open) => !isForeign(open, papers) && !isOtherService(open, papers))
  const named = possible.filter((open) => isNamed(open, arrival))
  const addressed = named.length > 0 ? named : possible.filter((open) => isAnswered(open, arrival))
  if (addressed.length > 0) return wanting(addressed, papers)
  const first =
    possible.find((open) => isSameEnterprise(open, papers) && open.service === papers.service && awaits(open, arrival)) ??
    closest(
      possible.filter((open) => isPartOf(open, papers)),
      papers,
      arrival,
    )
  return first ? [first] : []
}

/** The next of kin, when nobody else is as near: what may be two enterprises' is neither's. */
function closest(possible: readonly OpenApplication[], papers: Assembled, arrival: Arrival): OpenApplication | undefined {
  const ranked = possible
    .map((open) => ({ open, kinship: kinshipOf(open, papers, arrival) }))
    .filter(({ kinship }) => kinship > 0)
    .toSorted((left, right) => right.kinship - left.kinship)
  const [best, second] = ranked
  if (!best || (second && second.kinship === best.kinship && !isOneEnterprise(best.open, second.open))) return undefined
  return best.open
}

const isOneEnterprise = (left: OpenApplication, right: OpenApplication) =>
  left.enterprise.uscc !== null && left.enterprise.uscc === right.enterprise.uscc

function wanting(addressed: readonly OpenApplication[], papers: Assembled): OpenApplication[] {
  const sameService = addressed.filter(({ service }) => service === papers.service)
  if (hasSheet(papers.documents)) return (sameService.length > 0 ? sameService : addressed).slice(0, 1)
  const those = addressed.filter((open) => wants(open, papers.documents))
  return those.length > 0 ? those : addressed.slice(0, 1)
}

/** Valid codes that differ: two enterprises, whatever the subject says. */
function isForeign({ enterprise }: OpenApplication, papers: Assembled): boolean {
  const [own, other] = [papers.enterprise.uscc, enterprise.uscc]
  if (own === null || other === null || !isValidUscc(own) || !isValidUscc(other) || own === other) return false
  return !isSameName(enterprise, papers)
}

/** A sheet that ticks another service asks for something else, also in the thread of an earlier application. */
const isOtherService = (open: OpenApplication, papers: Assembled) =>
  open.service !== papers.service && open.told === 'ticked' && papers.told === 'ticked' && hasSheet(papers.documents)

function isSameEnterprise(open: OpenApplication, papers: Assembled): boolean {
  const [own, other] = [papers.enterprise.uscc, open.enterprise.uscc]
  return own !== null && other !== null && isValidUscc(own) && isValidUscc(other) ? own === other : isSameName(open.enterprise, papers)
}

const isSameName = ({ name }: Enterprise, papers: Assembled) =>
  name !== null && papers.enterprise.name !== null && comparable(name) === comparable(papers.enterprise.name)

/** Returned for correction, asked for the originals, or seen beforehand in scans and now here on paper. */
function awaits(open: OpenApplication, { door }: Arrival): boolean {
  if (open.status === 'returned' || open.status === 'awaiting-cards') return true
  return isPreCheck(open) && !isPreCheck({ service: open.service, door })
}

const leads: readonly DocumentKind[] = ['registration-form', 'authorization-letter']
const hasSheet = (documents: readonly ReadDocument[]) => documents.some(({ kind }) => leads.includes(kind))

/** One of both has no sheet that asks for a service, or brings beside the sheet sent again what is missing: one request in two arrivals. */
function isPartOf(open: OpenApplication, papers: Assembled): boolean {
  if (!hasSheet(papers.documents)) return wants(open, papers.documents)
  return !hasSheet(open.documents) || completes(open, papers) || mends(open, papers)
}

/** The same enterprise sends, without the other papers, those that something must be corrected on. */
function mends(open: OpenApplication, papers: Assembled): boolean {
  const asked = new Set(open.findings.flatMap(({ severity, document }) => (severity === 'correct' && document !== null ? [document] : [])))
  const isAsked = papers.documents.every(({ kind }) => asked.has(kind))
  const isPart = services[open.service].papers.some(({ kind }) => papers.documents.every((document) => document.kind !== kind))
  return isAsked && isPart && isOfOneRequest(open, papers)
}

const isOfOneRequest = (open: OpenApplication, papers: Assembled): boolean =>
  open.service === papers.service && isSameEnterprise(open, papers) && !isAboutElse(open.documents, papers.documents)

/** The same enterprise asks for the same again, of nobody and nothing else, and this time with a paper that the first lacks. */
function completes(open: OpenApplication, papers: Assembled): boolean {
  const isBrought = open.findings.some(
    ({ code, severity, document }) =>
      code === 'document-missing' && severity !== 'note' && papers.documents.some(({ kind }) => kind === document),
  )
  return isBrought && isOfOneRequest(open, papers)
}

/** Other cards, other operators, another order: another request, however little of the first came. */
function isAboutElse(before: readonly ReadDocument[], arrived: readonly ReadDocument[]): boolean {
  const told = [
    (documents: readonly ReadDocument[]) => namedCards(documents).map(({ number }) => number),
    (documents: readonly ReadDocument[]) => textsOf(documents, 'card-form', 'operator.idNumber'),
    (documents: readonly ReadDocument[]) => textsOf(documents, 'payment-proof', 'orderNumber'),
  ]
  return told.some((of) => {
    const [one, other] = [of(before), of(arrived)]
    return one.length > 0 && other.length > 0 && !one.some((number) => other.includes(number))
  })
}

const textsOf = (documents: readonly ReadDocument[], kind: DocumentKind, field: string): string[] =>
  documents.flatMap((document) => (document.kind === kind ? (fieldText(document, field) ?? []) : []))

/** Something of these kinds is missing or wrong there, may come as often as there are persons, or cannot be told. */
function wants({ findings, service }: OpenApplication, documents: readonly ReadDocument[]): boolean {
  const isAsked = documents.some(({ kind }) => findings.some(({ document }) => document === kind))
  const copies = documents.some(({ kind }) => kind === 'identity-document')
  // What nobody could name asks for nothing of its own.
  if (documents.every(({ kind }) => kind === 'unknown')) return true
  return isAsked || (copies && services[service].papers.some(({ kind }) => kind === 'identity-document'))
}

/** The sender of the earlier mail writes again, about nobody else. */
const isSameSender = (open: OpenApplication, { mail }: Arrival) =>
  mail !== null && open.replyAddress !== null && (mail.replyTo ?? mail.from)?.toLowerCase() === open.replyAddress.toLowerCase()

/**
 * How surely the papers are of the same enterprise: 3 by its code or name, or by the number of a person that stands with both,
 * 2 by its seal, 1 by its seal misread in a glyph, or in more beside a person's name that stands with both, or by the sender; 0 not at all.
 */
function kinshipOf(open: OpenApplication, papers: Assembled, arrival: Arrival): number {
  if (isSameEnterprise(open, papers)) return 3
  const numbers = new Set(open.documents.flatMap((document) => numbersOf(document)))
  if (papers.documents.some((document) => numbersOf(document).some((number) => numbers.has(number)))) return 3
  const pairs = [
    [open.enterprise, papers.documents],
    [papers.enterprise, open.documents],
  ] as const
  const seals = pairs.map(([{ name }, documents]) => (name === null ? 'other' : bestSeal(name, documents)))
  if (seals.includes('match')) return 2
  // A picture that nobody could name may be about anything: who sends a sheet afterwards says no more of it.
  const bySender = isSameSender(open, arrival) && !(hasSheet(papers.documents) && open.documents.every(({ kind }) => kind === 'unknown'))
  return seals.includes('near') || bySender || isOfSamePerson(open, papers) ? 1 : 0
}

/** A ring of which most was read as the enterprise's: alone too little, as names of one city and trade are alike. */
const muchAlike = 0.6

function isOfSamePerson({ enterprise: { name }, documents }: OpenApplication, papers: Assembled): boolean {
  if (name === null) return false
  const names = new Set(documents.flatMap((document) => namesOf(document)))
  return papers.documents.some(
    (document) =>
      namesOf(document).some((own) => names.has(own)) && document.seals.some(({ text }) => compareSealText(text, name).score >= muchAlike),
  )
}

const namesOf = (document: ReadDocument): string[] =>
  ['name', 'handlerName', 'legalName', 'legal.holderName', 'operator.holderName'].flatMap((field) => fieldText(document, field) ?? [])

/** Enterprises of one city differ in two glyphs: a ring that differs in two glyphs side by side is another's. */
function bestSeal(name: string, documents: readonly ReadDocument[]): 'match' | 'near' | 'other' {
  const verdicts = documents.flatMap(({ seals }) =>
    seals.filter(({ role }) => role !== 'other').map(({ text }) => compareSealText(text, name).verdict),
  )
  if (verdicts.includes('match')) return 'match'
  return verdicts.includes('near') ? 'near' : 'other'
}

function numbersOf(document: ReadDocument): string[] {
  return ['idNumber', 'legal.idNumber', 'operator.idNumber'].flatMap((field) => {
    const number = fieldText(document, field)
    return number === null || !isValidIdNumber(normalizeIdNumber(number)) ? [] : [normalizeIdNumber(number)]
  })
}
