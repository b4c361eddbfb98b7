/** A parcel and the applications that it is about: linked by its scans, by a card in it, or by a clerk. */
import type { Actor } from '../application/record.ts'
import type { Executor } from '../platform/database/open-database.ts'
import { findOwner, namingAmong } from './find-owner.ts'
import { assignCard, cardsOfParcel, logHouse, type CardRow } from './keep-cards.ts'
import { applicationsOfParcel } from './look-up-parcels.ts'
import type { ParcelParts } from './parcel-parts.ts'
import type { ParcelTables } from './parcel-tables.ts'

type LinkedBy = ParcelTables['parcel_application']['linked_by']
export type ParcelRow = ParcelTables['parcel']

export const findParcelRow = (executor: Executor, number: string): Promise<ParcelRow | undefined> =>
  executor.withTables<ParcelTables>().selectFrom('parcel').selectAll().where('number', '=', number).executeTakeFirst()

/** Links what is not linked yet; cards that belonged to nobody, or that the new papers name, are looked at again. */
export async function linkApplications(
  executor: Executor,
  parts: ParcelParts,
  parcel: ParcelRow,
  applicationNumbers: readonly string[],
  by: LinkedBy,
  actor: Actor,
): Promise<void> {
  const before = await applicationsOfParcel(executor, parcel.number)
  const fresh = applicationNumbers.filter((number) => !before.includes(number))
  for (const applicationNumber of fresh) {
    await executor
      .withTables<ParcelTables>()
      .insertInto('parcel_application')
      .values({
        parcel_number: parcel.number,
        application_number: applicationNumber,
        linked_by: by,
        linked_at: parts.clock.now().toISOString(),
      })
      .execute()
    await logHouse(executor, parts.clock, `parcel/${parcel.number}`, { type: 'parcel-linked', applicationNumber, by }, actor)
  }
  if (fresh.length === 0 || by === 'card') return
  for (const card of await cardsOfParcel(executor, parcel.number)) {
    if (card.place !== 'parcel') continue
    const owner =
      card.application_number === null
        ? await ownerOf(executor, parts, parcel.number, card)
        : await namingAmong(executor, parts.applications, fresh, card.number)
    if (owner !== null) await assignCard(executor, parts, card, owner, actor)
  }
}

/** The application that a card belongs to, as far as anything tells. */
export async function ownerOf(
  executor: Executor,
  { applications, lookUpCards }: Pick<ParcelParts, 'applications' | 'lookUpCards'>,
  parcelNumber: string | null,
  { number }: Pick<CardRow, 'number'>,
): Promise<string | null> {
  const known = number === null ? null : ((await lookUpCards(executor, { uscc: null, numbers: [number] }))[0] ?? null)
  const ofParcel = parcelNumber === null ? [] : await applicationsOfParcel(executor, parcelNumber)
  return findOwner(executor, applications, { number, known, ofParcel })
}

/**
 * Once a parcel is counted, its applications are judged by what was in it; each change of the count judges again. For which of
 * them something came: where none did, an application that was returned goes on waiting.
 */
export async function judgeByCount(
  executor: Executor,
  { applications }: Pick<ParcelParts, 'applications'>,
  parcel: ParcelRow,
  cameFor: 'all' | readonly string[],
  actor: Actor,
): Promise<void> {
  if (parcel.state !== 'counted') return
  const inside = await cardsOfParcel(executor, parcel.number)
  for (const number of await applicationsOfParcel(executor, parcel.number)) {
    const type = cameFor === 'all' || cameFor.includes(number) ? 'cards-counted' : 'cards-recounted'
    const cards = inside.filter(({ application_number }) => application_number === number).length
    await applications.recordParcel(executor, number, { type, parcelNumber: parcel.number, cards }, { actor })
  }
}
