/** What is known beside the papers when they are judged: the day, used orders, the ledger's cards, what else is asked for. */
import type { ReadDocument } from '../flow.ts'
import { normalizeIdNumber } from '../guide/identifiers/id-number.ts'
import type { ServiceCode } from '../guide/papers.ts'
import { officeDay } from '../platform/clock.ts'
import type { Executor } from '../platform/database/open-database.ts'
import { openAgreements } from './agreements/agreement-tables.ts'
import type { ApplicationTables } from './application-tables.ts'
import { readEvents } from './event-log.ts'
import { namedCards } from './judge/named-cards.ts'
import type { EnclosedCard, JudgeContext, KnownCard, RefusedParcel } from './judge/papers.ts'
import { findUsedOrders, readDocuments } from './store-applications.ts'
import type { Status } from './record.ts'

/** Looks cards up in the ledger: those with these numbers, and all of the enterprise with this code. */
export type LookUpCards = (
  executor: Executor,
  wanted: { readonly uscc: string | null; readonly numbers: readonly string[] },
) => Promise<readonly KnownCard[]>

/** Which of these numbers are as long as no card's of the ledger, where it has cards enough to tell. */
export type LookUpStrangeNumbers = (executor: Executor, numbers: readonly string[]) => Promise<readonly string[]>

/** What the parcel desk knows of an application: the cards counted for it (null before a count), the parcels refused. */
export type LookUpParcels = (
  executor: Executor,
  applicationNumber: string,
) => Promise<{ readonly enclosed: readonly EnclosedCard[] | null; readonly refusedParcels: readonly RefusedParcel[] }>

export interface LookUps {
  readonly lookUpCards?: LookUpCards | undefined
  readonly lookUpStrangeNumbers?: LookUpStrangeNumbers | undefined
  readonly lookUpParcels?: LookUpParcels | undefined
}

export interface Judged {
  /** Null for an application about to be opened. */
  readonly number: string | null
  readonly submissionId: string
  readonly service: ServiceCode
  readonly uscc: string | null
  readonly documents: readonly ReadDocument[]
  readonly unreadFiles: number
  /** Null for an application about to be opened: all others are earlier. */
  readonly openedSequence: number | null
}

export async function gatherContext(
  executor: Executor,
  { lookUpCards, lookUpStrangeNumbers, lookUpParcels }: LookUps,
  now: Date,
  judged: Judged,
): Promise<JudgeContext> {
  const { enclosed = null, refusedParcels = [] } =
    (judged.number === null ? undefined : await lookUpParcels?.(executor, judged.number)) ?? {}
  const counted = (enclosed ?? []).flatMap(({ number }) => number ?? [])
  const named = namedCards(judged.documents).map(({ number }) => number)
  const numbers = [...new Set([...named, ...counted])]
  const cards = lookUpCards ? await lookUpCards(executor, { uscc: judged.uscc, numbers }) : []
  const unknown = named.filter((number) => cards.every((card) => card.number !== number))
  return {
    today: officeDay(now),
    unreadFiles: judged.unreadFiles,
    usedOrders: await findUsedOrders(executor, judged.documents, judged),
    cards,
    strangeNumbers: unknown.length > 0 && lookUpStrangeNumbers ? await lookUpStrangeNumbers(executor, unknown) : [],
    openRequests: await findOpenRequests(executor, judged),
    openAgreements: (await openAgreements(executor, judged)).map(({ title }) => title),
    withdrawalAsked:
      judged.number !== null && (await readEvents(executor, judged.number)).some(({ event }) => event.type === 'withdrawal-asked'),
    enclosed,
    refusedParcels,
  }
}

const unfinished: readonly Status[] = ['entered', 'reviewing', 'returned', 'awaiting-cards', 'accepted', 'making-cards']
const mostRequests = 20

/** Earlier applications of the same enterprise for the same service about the same persons or cards; oldest first. */
async function findOpenRequests(executor: Executor, { submissionId, service, uscc, documents, openedSequence }: Judged): Promise<string[]> {
  if (uscc === null) return []
  let query = executor
    .withTables<ApplicationTables>()
    .selectFrom('application')
    .select('number')
    .where('enterprise_uscc', '=', uscc)
    .where('service', '=', service)
    .where('status', 'in', [...unfinished])
    .where('submission_id', '!=', submissionId)
    .orderBy('opened_sequence')
    .limit(mostRequests)
  if (openedSequence !== null) query = query.where('opened_sequence', '<', openedSequence)
  const about = subjectsOf(service, documents)
  const same: string[] = []
  for (const { number } of await query.execute()) {
    const others = subjectsOf(service, await readDocuments(executor, number))
    if (about.length === others.length && about.every((subject) => others.includes(subject))) same.push(number)
  }
  return same
}

/** Whom or what it is about: one enterprise may add several operators, each by an application of its own. */
function subjectsOf(service: ServiceCode, documents: readonly ReadDocument[]): string[] {
  const texts = (kind: ReadDocument['kind'], field: string) =>
    documents.flatMap((document) => {
      const value = document.kind === kind ? document.fields[field]?.value : null
      return typeof value === 'string' && value !== '' ? [normalizeIdNumber(value)] : []
    })
  if (service === 'add-operator' || service === 'change-operator') return texts('card-form', 'operator.idNumber')
  if (service === 'renew' || service === 'unlock') return namedCards(documents).map(({ number }) => number)
  if (service === 'replace-operator') return texts('identity-document', 'idNumber')
  if (service === 'reader') return texts('payment-proof', 'orderNumber')
  return []
}
