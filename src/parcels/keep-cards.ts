/** The rows of the cards in the house, each change with its entry of the log, in the caller's transaction. */
import { appendEvents } from '../application/event-log.ts'
import type { HouseEvent, Place, Way } from '../application/house-event.ts'
import type { Actor } from '../application/record.ts'
import type { Clock } from '../platform/clock.ts'
import type { Executor } from '../platform/database/open-database.ts'
import type { Ids } from '../platform/ids.ts'
import type { ParcelTables } from './parcel-tables.ts'

export type CardRow = ParcelTables['house_card']

export interface KeepingParts {
  readonly clock: Clock
  readonly ids: Ids
}

export async function logHouse(
  executor: Executor,
  clock: Clock,
  subject: `parcel/${string}` | `house/${string}`,
  event: HouseEvent,
  actor: Actor,
): Promise<void> {
  await appendEvents(executor, [{ subject, at: clock.now().toISOString(), actor, event }])
}

const cardsIn = (executor: Executor) =>
  executor.withTables<ParcelTables>().selectFrom('house_card').selectAll().where('left_at', 'is', null).orderBy('entered_at').orderBy('id')

export const findInside = (executor: Executor, number: string): Promise<CardRow | undefined> =>
  cardsIn(executor).where('number', '=', number).executeTakeFirst()

/** The last card with a number, in the house or gone. */
export const findLast = (executor: Executor, number: string): Promise<CardRow | undefined> =>
  executor
    .withTables<ParcelTables>()
    .selectFrom('house_card')
    .selectAll()
    .where('number', '=', number)
    .orderBy('entered_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()

export const findCardRow = (executor: Executor, id: string): Promise<CardRow | undefined> =>
  executor.withTables<ParcelTables>().selectFrom('house_card').selectAll().where('id', '=', id).executeTakeFirst()

/** Those of an application that have not left. */
export const cardsOfApplication = (executor: Executor, number: string): Promise<CardRow[]> =>
  cardsIn(executor).where('application_number', '=', number).execute()

/** Those that came in a parcel and have not left. */
export const cardsOfParcel = (executor: Executor, number: string): Promise<CardRow[]> =>
  cardsIn(executor).where('parcel_number', '=', number).execute()

export const cardsInHouse = (executor: Executor): Promise<CardRow[]> => cardsIn(executor).execute()

export async function enterCard(
  executor: Executor,
  { clock, ids }: KeepingParts,
  card: Pick<CardRow, 'number' | 'unreadable_for' | 'parcel_number' | 'application_number' | 'place' | 'detail'>,
  actor: Actor,
): Promise<CardRow> {
  const at = clock.now().toISOString()
  const row: CardRow = {
    ...card,
    id: ids.next(),
    since: at,
    moved_by: actor,
    entered_at: at,
    seen_at: at,
    left_at: null,
    left_way: null,
    left_detail: null,
  }
  await executor.withTables<ParcelTables>().insertInto('house_card').values(row).execute()
  await logHouse(
    executor,
    clock,
    `house/${row.id}`,
    {
      type: 'card-entered',
      number: row.number,
      reason: row.unreadable_for,
      parcelNumber: row.parcel_number,
      applicationNumber: row.application_number,
    },
    actor,
  )
  return row
}

const change = async (executor: Executor, id: string, changes: Partial<CardRow>): Promise<void> =>
  void (await executor.withTables<ParcelTables>().updateTable('house_card').set(changes).where('id', '=', id).execute())

export async function placeCard(
  executor: Executor,
  { clock }: Pick<KeepingParts, 'clock'>,
  card: CardRow,
  to: { readonly place: Place; readonly detail: string | null },
  actor: Actor,
): Promise<void> {
  if (card.left_at === null && card.place === to.place && card.detail === to.detail) return
  const at = clock.now().toISOString()
  await change(executor, card.id, {
    ...to,
    since: at,
    seen_at: at,
    moved_by: actor,
    left_at: null,
    left_way: null,
    left_detail: null,
  })
  await logHouse(executor, clock, `house/${card.id}`, { type: 'card-moved', ...to }, actor)
}

export async function seeCard(executor: Executor, { clock }: Pick<KeepingParts, 'clock'>, card: CardRow, actor: Actor): Promise<void> {
  await change(executor, card.id, { seen_at: clock.now().toISOString() })
  await logHouse(executor, clock, `house/${card.id}`, { type: 'card-seen' }, actor)
}

export async function assignCard(
  executor: Executor,
  { clock }: Pick<KeepingParts, 'clock'>,
  card: CardRow,
  applicationNumber: string | null,
  actor: Actor,
): Promise<void> {
  if (card.application_number === applicationNumber) return
  await change(executor, card.id, { application_number: applicationNumber })
  await logHouse(executor, clock, `house/${card.id}`, { type: 'card-assigned', applicationNumber }, actor)
}

export async function letCardGo(
  executor: Executor,
  { clock }: Pick<KeepingParts, 'clock'>,
  card: CardRow,
  how: { readonly way: Way; readonly detail: string | null },
  actor: Actor,
): Promise<void> {
  await change(executor, card.id, { left_at: clock.now().toISOString(), left_way: how.way, left_detail: how.detail, moved_by: actor })
  await logHouse(executor, clock, `house/${card.id}`, { type: 'card-left', ...how }, actor)
}

/** A slip of the count: the row goes, the log keeps that it was there. */
export async function strikeRow(executor: Executor, { clock }: Pick<KeepingParts, 'clock'>, card: CardRow, actor: Actor): Promise<void> {
  await executor.withTables<ParcelTables>().deleteFrom('house_card').where('id', '=', card.id).execute()
  await logHouse(executor, clock, `house/${card.id}`, { type: 'card-struck' }, actor)
}
