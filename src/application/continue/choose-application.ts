/** Which open application papers that arrive belong to: a reply, the envelope after a pre-check, or another part of it. Pure. */
import type { Door, Finding, MailFacts, ReadDocument } from '../../flow.ts'
import { isValidIdNumber, normalizeIdNumber } from '../../guide/identifiers/id-number.ts'
import { isValidUscc } from '../../guide/identifiers/uscc.ts'
import type { DocumentKind, ServiceCode } from '../../guide/papers.ts'
import { compareSealText } from '../../guide/seal-text.ts'
import type { Assembled } from '../assemble/assemble.ts'
import { comparable, fieldText } from '../judge/evidence.ts'
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
 * a whole set of papers for the same service beside one that is whole is another request. Several where a letter about
 * several was answered with papers that each of them waits for.
 */
export function chooseApplications(papers: Assembled, arrival: Arrival, candidates: readonly OpenApplication[]): OpenApplication[] {
  const possible = candidates.filter((open) => !isForeign(open, papers) && !isOtherService(open, papers))
  const named = possible.filter((open) => isNamed(open, arrival))
  const addressed = named.length > 0 ? named : possible.filter((open) => isAnswered(open, arrival))
  if (addressed.length > 0) return wanting(addressed, papers)
  const first =
    possible.find((open) => isSameEnterprise(open, papers) && open.service === papers.service && awaits(open, arrival)) ??
    possible.find(
      (open) => isPartOf(open, papers) && (isSameEnterprise(open, papers) || isOfSame(open, papers) || isSameSender(open, arrival)),
    )
  return first ? [first] : []
}

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

/** One of both has no sheet that asks for a service: together they are one request in two arrivals. */
function isPartOf(open: OpenApplication, papers: Assembled): boolean {
  if (!hasSheet(papers.documents)) return wants(open, papers.documents)
  return !hasSheet(open.documents)
}

/** Something of these kinds is missing, or wrong on the paper that is there. */
function wants({ findings }: OpenApplication, documents: readonly ReadDocument[]): boolean {
  return findings.some(
    ({ severity, document }) => severity !== 'note' && document !== null && documents.some(({ kind }) => kind === document),
  )
}

/** The sender of the earlier mail writes again, about nobody else. */
const isSameSender = (open: OpenApplication, { mail }: Arrival) =>
  mail !== null && open.replyAddress !== null && (mail.replyTo ?? mail.from)?.toLowerCase() === open.replyAddress.toLowerCase()

/** The enterprise's own seal stands on the papers, or the identity copy of a person whose number a form of the other gives. */
function isOfSame({ enterprise, documents }: OpenApplication, papers: Assembled): boolean {
  const pairs = [
    [enterprise, papers.documents],
    [papers.enterprise, documents],
  ] as const
  if (pairs.some(([{ name }, sheets]) => name !== null && isSealedBy(name, sheets))) return true
  const numbers = new Set(documents.flatMap((document) => numbersOf(document)))
  return papers.documents.some((document) => numbersOf(document).some((number) => numbers.has(number)))
}

const isSealedBy = (name: string, documents: readonly ReadDocument[]) =>
  documents.some(({ seals }) => seals.some(({ text, role }) => role !== 'other' && compareSealText(text, name).verdict === 'match'))

function numbersOf(document: ReadDocument): string[] {
  return ['idNumber', 'legal.idNumber', 'operator.idNumber'].flatMap((field) => {
    const number = fieldText(document, field)
    return number === null || !isValidIdNumber(normalizeIdNumber(number)) ? [] : [normalizeIdNumber(number)]
  })
}
