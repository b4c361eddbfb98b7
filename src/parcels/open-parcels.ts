/** The parcel desk (收件台): what couriers bring, the cards in it, and every card in the house until it leaves. */
import type { HouseEvent } from '../application/house-event.ts'
import type { Actor, LoggedEvent } from '../application/record.ts'
import { readEvents } from '../application/event-log.ts'
import type { Reading, Submission } from '../flow.ts'
import { office } from '../guide/office.ts'
import { carriers, normalizeWaybill, type Carrier } from '../guide/identifiers/waybill-number.ts'
import { normalizeCardNumber } from '../guide/identifiers/card-number.ts'
import { officeTime } from '../platform/clock.ts'
import { commitResult } from '../platform/database/commit-result.ts'
import type { Executor } from '../platform/database/open-database.ts'
import { done, refuse, type Result } from '../platform/result.ts'
import { countCard, finishCount, strikeCard, type CountedCard } from './count-cards.ts'
import { cardsInHouse, findLast, type CardRow } from './keep-cards.ts'
import { findParcelRow, judgeByCount, linkApplications, type ParcelRow } from './link-parcel.ts'
import { joinScans } from './join-scans.ts'
import { describeCards, type HouseCard } from './list-house.ts'
import { applicationsOfParcel, becauseOf } from './look-up-parcels.ts'
import { cardWorkedOn, handleCard, handoverMoved, letGo, moveCard, seeUnreadable } from './move-cards.ts'
import {
  claimCard,
  closeParcel,
  contentsOf,
  findClosing,
  packCard,
  packUnreadable,
  reopenParcel,
  unpackCard,
  type Contents,
} from './pack-parcel.ts'
import type { OutgoingParcel, ParcelParts } from './parcel-parts.ts'
import type { ParcelState, ParcelTables } from './parcel-tables.ts'
import { drawCover } from './print/draw-cover.ts'
import { refuseParcel, takeAfterAll, takeParcel, tellSender, unknownParcel, type Brought } from './take-parcel.ts'

/** A parcel as the desk lists it. Instants are ISO 8601 in UTC. */
export interface Parcel {
  readonly number: string
  readonly state: ParcelState
  readonly carrier: Carrier
  readonly carrierTitle: string
  /** Why it was refused, said after its number; null when it was not. */
  readonly because: string | null
  readonly sender: string | null
  readonly toldApplication: string | null
  readonly receivedAt: string
  readonly receivedBy: string
  readonly countedAt: string | null
  /** How many cards came in it. */
  readonly cards: number
  readonly applications: readonly string[]
  /** Scans made of it. */
  readonly submissions: readonly string[]
}

export interface ParcelDetails extends Parcel {
  readonly inside: readonly HouseCard[]
  readonly events: readonly LoggedEvent<HouseEvent>[]
}

/** An outgoing parcel on the packing table. */
export interface Packing {
  readonly outgoing: OutgoingParcel
  readonly cards: readonly HouseCard[]
  readonly unseen: Contents['unseen']
  readonly listed: number
  readonly closed: { readonly at: string; readonly by: string; readonly remark: string | null } | null
}

export type Parcels = ReturnType<typeof openParcels>

export function openParcels(parts: ParcelParts) {
  const { database, lookUpHandover } = parts
  const once = <Value>(work: (transaction: Executor) => Promise<Result<Value>>) => commitResult(database, work)
  const tables = (executor: Executor) => executor.withTables<ParcelTables>()
  const cardsThatCame = (number: string) =>
    tables(database).selectFrom('house_card').selectAll().where('parcel_number', '=', number).orderBy('entered_at').orderBy('id').execute()

  async function describe(row: ParcelRow): Promise<Parcel> {
    const submissions = await tables(database)
      .selectFrom('parcel_submission')
      .select('submission_id')
      .where('parcel_number', '=', row.number)
      .orderBy('joined_at')
      .execute()
    return {
      number: row.number,
      state: row.state,
      carrier: row.carrier,
      carrierTitle: carriers[row.carrier],
      because: row.state === 'refused' ? becauseOf(row) : null,
      sender: row.sender,
      toldApplication: row.told_application,
      receivedAt: row.received_at,
      receivedBy: row.received_by,
      countedAt: row.counted_at,
      cards: (await cardsThatCame(row.number)).length,
      applications: await applicationsOfParcel(database, row.number),
      submissions: submissions.map(({ submission_id }) => submission_id),
    }
  }

  async function find(given: string): Promise<ParcelDetails | undefined> {
    const row = await findParcelRow(database, normalizeWaybill(given))
    if (!row) return undefined
    return {
      ...(await describe(row)),
      inside: await describeCards(database, parts, await cardsThatCame(row.number)),
      events: await readEvents<HouseEvent>(database, `parcel/${row.number}`),
    }
  }

  return {
    /** A parcel is scanned: taken, refused, told that it is known, or that it is one of ours. */
    take: (brought: Brought, actor: Actor) => once((transaction) => takeParcel(transaction, parts, brought, actor)),
    refuse: (number: string, because: Parameters<typeof refuseParcel>[3], actor: Actor) =>
      once((transaction) => refuseParcel(transaction, parts, number, because, actor)),
    takeAfterAll: (number: string, actor: Actor) => once((transaction) => takeAfterAll(transaction, parts, number, actor)),
    /** Writes to who sent a refused parcel. */
    tellSender: (number: string, sender: string, actor: Actor) =>
      once(async (transaction) => {
        const parcel = await findParcelRow(transaction, number)
        return parcel ? tellSender(transaction, parts, parcel, sender, actor) : unknownParcel(number)
      }),
    find,
    /** Newest first; those that wait to be counted are asked for by their state. */
    async list({ states, limit, offset = 0 }: { states: readonly ParcelState[]; limit: number; offset?: number }): Promise<Parcel[]> {
      const rows = await tables(database)
        .selectFrom('parcel')
        .selectAll()
        .where('state', 'in', [...states])
        .orderBy('received_at', 'desc')
        .orderBy('number')
        .limit(limit)
        .offset(offset)
        .execute()
      return Promise.all(rows.map(describe))
    },
    async countUncounted(): Promise<number> {
      const { parcels } = await tables(database)
        .selectFrom('parcel')
        .select(({ fn }) => fn.countAll().as('parcels'))
        .where('state', '=', 'received')
        .executeTakeFirstOrThrow()
      return Number(parcels)
    },
    /** The parcels of an application, oldest first. */
    async ofApplication(applicationNumber: string): Promise<Parcel[]> {
      const rows = await tables(database)
        .selectFrom('parcel')
        .selectAll()
        .where('number', 'in', (select) =>
          select.selectFrom('parcel_application').select('parcel_number').where('application_number', '=', applicationNumber),
        )
        .orderBy('received_at')
        .execute()
      return Promise.all(rows.map(describe))
    },

    countCard: (number: string, card: CountedCard, actor: Actor) =>
      once((transaction) => countCard(transaction, parts, normalizeWaybill(number), card, actor)),
    strikeCard: (cardId: string, actor: Actor) => once((transaction) => strikeCard(transaction, parts, cardId, actor)),
    finishCount: (number: string, actor: Actor) => once((transaction) => finishCount(transaction, parts, number, actor)),
    /** A clerk says which application a parcel is about. */
    link: (number: string, application: string, actor: Actor) =>
      once(async (transaction) => {
        const parcel = await findParcelRow(transaction, number)
        if (!parcel) return unknownParcel(number)
        const wanted = application.normalize('NFKC').trim().toUpperCase()
        if (!(await parts.applications.find(transaction, wanted)))
          return refuse('application-unknown', `没有编号为 ${wanted.slice(0, 40)} 的申请，请核对编号`)
        await linkApplications(transaction, parts, parcel, [wanted], 'clerk', actor)
        await judgeByCount(transaction, parts, parcel, [wanted], actor)
        return done(null)
      }),
    /** The cover sheet as PDF; undefined for a parcel that was not taken. */
    async cover(number: string): Promise<Uint8Array | undefined> {
      const parcel = await find(number)
      if (!parcel || parcel.state === 'refused') return undefined
      const applications = await Promise.all(parcel.applications.map((each) => parts.applications.find(database, each)))
      const { bytes } = await drawCover({
        parcelNumber: parcel.number,
        officeName: office.name,
        receivedAt: officeTime(new Date(parcel.receivedAt)),
        receivedBy: parcel.receivedBy,
        cards: parcel.inside.map((card) => card.number ?? '卡号无法辨认'),
        applications: applications.flatMap((each) =>
          each ? [{ number: each.number, enterpriseName: each.enterprise.name ?? '（企业名称未读出）' }] : [],
        ),
        at: new Date(parcel.receivedAt),
      })
      return bytes
    },

    /** Every card that has not left, in the order in which they came. */
    house: async (): Promise<HouseCard[]> => describeCards(database, parts, await cardsInHouse(database)),
    /** A card is scanned: put somewhere, or only seen (盘点). */
    handle: (scanned: string, what: Parameters<typeof handleCard>[3], actor: Actor) =>
      once((transaction) => handleCard(transaction, parts, scanned, what, actor)),
    seeUnreadable: (cardId: string, actor: Actor) => once((transaction) => seeUnreadable(transaction, parts, cardId, actor)),
    /** The last card with this number, in the house or gone. */
    async traceCard(number: string): Promise<HouseCard | undefined> {
      const row = await findLast(database, normalizeCardNumber(number))
      return row && (await describeCards(database, parts, [row]))[0]
    },
    async findCard(cardId: string): Promise<{ card: HouseCard; events: LoggedEvent<HouseEvent>[] } | undefined> {
      const row = await tables(database).selectFrom('house_card').selectAll().where('id', '=', cardId).executeTakeFirst()
      const [card] = row ? await describeCards(database, parts, [row]) : []
      return card && { card, events: await readEvents<HouseEvent>(database, `house/${cardId}`) }
    },
    cardsOfApplication: async (number: string): Promise<HouseCard[]> =>
      describeCards(
        database,
        parts,
        await tables(database)
          .selectFrom('house_card')
          .selectAll()
          .where('application_number', '=', number)
          .orderBy('entered_at')
          .execute(),
      ),
    moveCard: (cardId: string, to: Parameters<typeof moveCard>[3], actor: Actor) =>
      once((transaction) => moveCard(transaction, parts, cardId, to, actor)),
    letGo: (cardId: string, how: Parameters<typeof letGo>[3], actor: Actor) =>
      once((transaction) => letGo(transaction, parts, cardId, how, actor)),
    claimCard: (cardId: string, application: string, actor: Actor) =>
      once((transaction) => claimCard(transaction, parts, cardId, application, actor)),

    /** What goes into the parcel of an application, and what is in it. */
    async packing(applicationNumber: string): Promise<Packing | undefined> {
      const outgoing = await lookUpHandover(database, { applicationNumber })
      if (!outgoing) return undefined
      const { cards, unseen, listed } = await contentsOf(database, parts, applicationNumber)
      const closing = outgoing.waybillNumber === null ? undefined : await findClosing(database, outgoing.waybillNumber)
      return {
        outgoing,
        cards: await describeCards(database, parts, cards),
        unseen,
        listed,
        closed: closing ? { at: closing.closed_at, by: closing.closed_by, remark: closing.remark } : null,
      }
    },
    /** Those of the waybill numbers whose parcels are closed. */
    async closedAmong(waybillNumbers: readonly string[]): Promise<string[]> {
      if (waybillNumbers.length === 0) return []
      const rows = await tables(database)
        .selectFrom('closed_parcel')
        .select('waybill_number')
        .where('waybill_number', 'in', [...waybillNumbers])
        .execute()
      return rows.map(({ waybill_number }) => waybill_number)
    },
    /** The application whose parcel has this waybill number. */
    applicationOfWaybill: async (scanned: string): Promise<string | undefined> =>
      (await lookUpHandover(database, { waybillNumber: normalizeWaybill(scanned) }))?.applicationNumber,
    pack: (applicationNumber: string, scanned: string, actor: Actor) =>
      once((transaction) => packCard(transaction, parts, applicationNumber, scanned, actor)),
    packUnreadable: (applicationNumber: string, cardId: string, actor: Actor) =>
      once((transaction): Promise<Result<CardRow>> => packUnreadable(transaction, parts, applicationNumber, cardId, actor)),
    unpack: (cardId: string, actor: Actor) => once((transaction) => unpackCard(transaction, parts, cardId, actor)),
    close: (applicationNumber: string, remark: string, actor: Actor) =>
      once((transaction) => closeParcel(transaction, parts, applicationNumber, remark, actor)),
    reopen: (applicationNumber: string, actor: Actor) => once((transaction) => reopenParcel(transaction, parts, applicationNumber, actor)),

    // ── told by other stages, in their transactions ──
    joinScans: (executor: Executor, submission: Submission, reading: Reading, numbers: readonly string[]) =>
      joinScans(executor, parts, submission, reading, numbers),
    cardWorkedOn: (executor: Executor, work: Parameters<typeof cardWorkedOn>[2], actor: Actor) =>
      cardWorkedOn(executor, parts, work, actor),
    handoverMoved: (executor: Executor, step: Parameters<typeof handoverMoved>[2], actor: Actor) =>
      handoverMoved(executor, parts, step, actor),
  }
}
