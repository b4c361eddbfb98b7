/** Every card in the house as people are shown it: whose it is by the ledger, for which application, where, and what is odd. */
import type { ApplicationTables } from '../application/application-tables.ts'
import type { KnownCard } from '../application/judge/papers.ts'
import type { Place } from '../application/house-event.ts'
import type { Status } from '../application/record.ts'
import type { ServiceCode } from '../guide/papers.ts'
import type { Executor } from '../platform/database/open-database.ts'
import type { CardRow } from './keep-cards.ts'
import type { ParcelParts } from './parcel-parts.ts'
import { placeWords } from './place-words.ts'

export interface HouseCard {
  readonly id: string
  /** Null where it cannot be read off the card; then `unreadableFor` says why. */
  readonly number: string | null
  readonly unreadableFor: string | null
  readonly kind: KnownCard['kind']
  readonly isInLedger: boolean
  readonly isVoid: boolean
  /** As the ledger has it; null when it does not know the card. */
  readonly holderName: string | null
  /** Of the ledger, else of the application. */
  readonly enterpriseName: string | null
  readonly application: { readonly number: string; readonly status: Status; readonly service: ServiceCode } | null
  readonly parcelNumber: string | null
  readonly place: Place
  /** `来件邮包中 1151238971060`, `已交快递 …` for one that has left. */
  readonly whereabouts: string
  readonly since: string
  /** When it was last in somebody's hands. */
  readonly seenAt: string
  readonly movedBy: string
  readonly leftAt: string | null
  /** What a clerk should look after, one sentence. */
  readonly concern: string | null
}

const atOnce = 400

export async function describeCards(
  executor: Executor,
  { lookUpCards }: Pick<ParcelParts, 'lookUpCards'>,
  rows: readonly CardRow[],
): Promise<HouseCard[]> {
  const known = new Map<string, KnownCard>()
  const applications = new Map<string, OwnApplication>()
  for (let from = 0; from < rows.length; from += atOnce) {
    const some = rows.slice(from, from + atOnce)
    const numbers = some.flatMap(({ number }) => number ?? [])
    for (const card of await lookUpCards(executor, { uscc: null, numbers })) known.set(card.number, card)
    const owners = [...new Set(some.flatMap(({ application_number }) => application_number ?? []))]
    for (const application of await findApplications(executor, owners)) applications.set(application.number, application)
  }
  return rows.map((row) => describe(row, known.get(row.number ?? ''), applications.get(row.application_number ?? '')))
}

interface OwnApplication {
  readonly number: string
  readonly status: Status
  readonly service: ServiceCode
  readonly enterprise_name: string | null
}

async function findApplications(executor: Executor, numbers: readonly string[]): Promise<OwnApplication[]> {
  if (numbers.length === 0) return []
  return executor
    .withTables<ApplicationTables>()
    .selectFrom('application')
    .select(['number', 'status', 'service', 'enterprise_name'])
    .where('number', 'in', [...numbers])
    .execute()
}

function describe(row: CardRow, known: KnownCard | undefined, application: OwnApplication | undefined): HouseCard {
  return {
    id: row.id,
    number: row.number,
    unreadableFor: row.unreadable_for,
    kind: known?.kind ?? null,
    isInLedger: known !== undefined,
    isVoid: known?.status === 'void',
    holderName: known?.holderName ?? null,
    enterpriseName: known?.enterpriseName ?? application?.enterprise_name ?? null,
    application: application ? { number: application.number, status: application.status, service: application.service } : null,
    parcelNumber: row.parcel_number,
    place: row.place,
    whereabouts: placeWords(row),
    since: row.since,
    seenAt: row.seen_at,
    movedBy: row.moved_by,
    leftAt: row.left_at,
    concern: row.left_at === null ? concernOf(row, known, application) : null,
  }
}

const over: readonly Status[] = ['posted', 'delivered', 'picked-up', 'closed']

function concernOf({ number }: CardRow, known: KnownCard | undefined, application: OwnApplication | undefined): string | null {
  if (known?.status === 'void') return '台账中已作废，请销毁并登记'
  if (known?.status === 'lost') return '台账中已挂失，请核对是谁寄来的'
  if (!application) return '还没有对应到申请，请核对是谁的卡'
  if (application.status === 'refused' || application.status === 'withdrawn') return '申请已不再办理，请退还寄件人'
  if (over.includes(application.status)) return '申请已办结，卡还在本中心，请核对'
  return number === null ? '卡号无法辨认，请核对实物' : null
}
