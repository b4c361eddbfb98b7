/** What the parcel desk knows of an application, for the rules by which papers are judged. */
import type { LookUpParcels } from '../application/gather-context.ts'
import { carriers } from '../guide/identifiers/waybill-number.ts'
import type { Executor } from '../platform/database/open-database.ts'
import { cardsOfParcel, type CardRow } from './keep-cards.ts'
import type { ParcelTables } from './parcel-tables.ts'

export const lookUpParcels: LookUpParcels = async (executor, applicationNumber) => {
  const parcels = await executor
    .withTables<ParcelTables>()
    .selectFrom('parcel_application')
    .innerJoin('parcel', 'parcel.number', 'parcel_application.parcel_number')
    .select(['parcel.number', 'parcel.state', 'parcel.received_at'])
    .where('parcel_application.application_number', '=', applicationNumber)
    .orderBy('parcel.received_at')
    .execute()
  const counted = parcels.filter(({ state }) => state === 'counted')
  const cards: CardRow[] = []
  for (const { number } of counted) cards.push(...(await cardsFor(executor, number, applicationNumber)))
  const lastTaken = parcels.at(-1)?.received_at ?? ''
  const refused = await executor
    .withTables<ParcelTables>()
    .selectFrom('parcel')
    .selectAll()
    .where('told_application', '=', applicationNumber)
    .where('state', '=', 'refused')
    .where('received_at', '>', lastTaken)
    .orderBy('received_at')
    .execute()
  return {
    enclosed: counted.length === 0 ? null : cards.map(({ number, unreadable_for }) => ({ number, unreadableFor: unreadable_for })),
    refusedParcels: refused.map((parcel) => ({ number: parcel.number, because: becauseOf(parcel) })),
  }
}

/** Said after a parcel's number. */
export const becauseOf = ({ carrier, refused_for }: Pick<ParcelTables['parcel'], 'carrier' | 'refused_for'>): string =>
  refused_for === 'freight-collect' ? '是到付件' : `由${carriers[carrier]}承运`

/** The applications of a parcel, in the order in which they were linked to it. */
export async function applicationsOfParcel(executor: Executor, parcelNumber: string): Promise<string[]> {
  const rows = await executor
    .withTables<ParcelTables>()
    .selectFrom('parcel_application')
    .select('application_number')
    .where('parcel_number', '=', parcelNumber)
    .orderBy('linked_at')
    .orderBy('application_number')
    .execute()
  return rows.map((row) => row.application_number)
}

/** Its own; what nobody knows the owner of is told with the first application of the parcel. */
async function cardsFor(executor: Executor, parcelNumber: string, applicationNumber: string): Promise<CardRow[]> {
  const [first] = await applicationsOfParcel(executor, parcelNumber)
  const cards = await cardsOfParcel(executor, parcelNumber)
  return cards.filter(
    ({ application_number }) => application_number === applicationNumber || (application_number === null && first === applicationNumber),
  )
}
