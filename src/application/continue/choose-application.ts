/** Which open application papers that arrive belong to: a reply, the envelope after a pre-check, or another part of it. Pure. */
import type { Door, Finding, MailFacts, ReadDocument } from '../../flow.ts'
import { normalizeIdNumber } from '../../guide/identifiers/id-number.ts'
import { isValidUscc } from '../../guide/identifiers/uscc.ts'
import type { DocumentKind, ServiceCode } from '../../guide/papers.ts'
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
export function isAddressed(open: Pick<OpenApplication, 'number' | 'replyMessageId'>, { name, mail }: Arrival): boolean {
  if (numbersIn(`${name}\n${mail?.subject ?? ''}\n${mail?.text ?? ''}`).includes(open.number)) return true
  return open.replyMessageId !== null && (mail?.references ?? []).includes(open.replyMessageId)
}

/**
 * The application that these papers of one enterprise continue, newest first among equals; undefined when they ask for
 * something of their own. A whole set of papers for the same service beside one that is whole is another request.
 */
export function chooseApplication(
  papers: Assembled,
  arrival: Arrival,
  candidates: readonly OpenApplication[],
): OpenApplication | undefined {
  const possible = candidates.filter((open) => !isForeign(open, papers) && !isOtherService(open, papers))
  return (
    possible.find((open) => isAddressed(open, arrival)) ??
    possible.find((open) => isSameEnterprise(open, papers) && open.service === papers.service && awaits(open, arrival)) ??
    possible.find(
      (open) => isPartOf(open, papers) && (isSameEnterprise(open, papers) || sharesPeople(open, papers) || isSameSender(open, arrival)),
    )
  )
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

/** Somebody's identity copy lies with the one, their name on a form with the other. */
function sharesPeople(open: OpenApplication, papers: Assembled): boolean {
  const known = open.documents.flatMap((document) => peopleOf(document))
  return papers.documents
    .flatMap((document) => peopleOf(document))
    .some(({ name, number }) =>
      known.some(
        (other) =>
          (number !== null && number === other.number) || (name !== null && other.name !== null && name.length >= 3 && name === other.name),
      ),
    )
}

const places: Partial<Record<DocumentKind, readonly (readonly [string, string | null])[]>> = {
  'identity-document': [['name', 'idNumber']],
  'card-form': [
    ['legal.holderName', 'legal.idNumber'],
    ['operator.holderName', 'operator.idNumber'],
  ],
  'registration-form': [['handlerName', null]],
  'cancellation-request': [['handlerName', null]],
  'business-licence': [['legalName', null]],
  'authorization-letter': [['legalName', null]],
}

function peopleOf(document: ReadDocument): { name: string | null; number: string | null }[] {
  return (places[document.kind] ?? []).map(([name, number]) => {
    const digits = number === null ? null : fieldText(document, number)
    return { name: fieldText(document, name), number: digits === null ? null : normalizeIdNumber(digits) }
  })
}
