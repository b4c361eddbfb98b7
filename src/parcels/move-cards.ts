/** Where cards go between their coming and their leaving: each step of a card job or a handover moves its cards in its transaction. */
import type { Place, Way } from '../application/house-event.ts'
import type { Actor } from '../application/record.ts'
import { normalizeCardNumber } from '../guide/identifiers/card-number.ts'
import { carrierOf, normalizeWaybill } from '../guide/identifiers/waybill-number.ts'
import type { Executor } from '../platform/database/open-database.ts'
import { done, refuse, type Result } from '../platform/result.ts'
import { contentsOf, isClosed, openAgain } from './pack-parcel.ts'
import {
  assignCard,
  cardsOfApplication,
  enterCard,
  findCardRow,
  findInside,
  findLast,
  letCardGo,
  placeCard,
  seeCard,
  type CardRow,
} from './keep-cards.ts'
import { findParcelRow, judgeByCount } from './link-parcel.ts'
import type { ParcelParts } from './parcel-parts.ts'
import type { ParcelTables } from './parcel-tables.ts'
import { placeWords } from './place-words.ts'

/** A card that somebody holds because a job is done to it. */
export interface WorkedOn {
  readonly cardNumber: string | null
  readonly applicationNumber: string
  /** Where it is worked on; null once that is over. */
  readonly station: string | null
  /** It is here, whether or not anybody has counted it: a new card is in the house from the moment it is made. */
  readonly isInHand: boolean
}

/** A card job is begun, given back or done: its card lies at the work station, then with who did it. */
export async function cardWorkedOn(executor: Executor, parts: ParcelParts, work: WorkedOn, actor: Actor): Promise<void> {
  const { cardNumber, applicationNumber, station, isInHand } = work
  if (cardNumber === null) return
  const at = station === null ? ({ place: 'clerk', detail: actor } as const) : ({ place: 'station', detail: station } as const)
  const inside = await findInside(executor, cardNumber)
  if (inside && inside.place !== 'packed') {
    await placeCard(executor, parts, inside, at, actor)
    await assignCard(executor, parts, inside, applicationNumber, actor)
  } else if (!inside && isInHand)
    await enterCard(
      executor,
      parts,
      { number: cardNumber, unreadable_for: null, parcel_number: null, application_number: applicationNumber, ...at },
      actor,
    )
}

export interface HandoverStep {
  readonly applicationNumber: string
  readonly to: string
  readonly method: 'post' | 'window' | null
  readonly waybillNumber: string | null
}

/** A handover takes a step; a parcel leaves only when it was closed over its cards. */
export async function handoverMoved(executor: Executor, parts: ParcelParts, step: HandoverStep, actor: Actor): Promise<Result<null>> {
  const { applicationNumber, to, method, waybillNumber } = step
  if (to === 'prepared' && method === 'window') await toCounter(executor, parts, applicationNumber, actor)
  if (to === 'handed-to-courier') return leaveByCourier(executor, parts, applicationNumber, waybillNumber, actor)
  if (to === 'picked-up')
    for (const card of (await contentsOf(executor, parts, applicationNumber)).cards)
      await letCardGo(executor, parts, card, { way: 'picked-up', detail: applicationNumber }, actor)
  if (to === 'undelivered')
    for (const card of await cardsSentBy(executor, waybillNumber))
      // Counted in again already, by another way: it is here once.
      if (card.number === null || !(await findInside(executor, card.number)))
        await placeCard(executor, parts, card, { place: 'pickup', detail: '快递退回' }, actor)
  if (to === 'taken-back') await unpackAll(executor, parts, step, actor)
  return done(null)
}

/** What was packed comes out of the parcel again, closed or not. */
async function unpackAll(executor: Executor, parts: ParcelParts, { applicationNumber, waybillNumber }: HandoverStep, actor: Actor) {
  if (waybillNumber !== null && (await isClosed(executor, waybillNumber))) await openAgain(executor, parts, waybillNumber, actor)
  for (const card of await cardsOfApplication(executor, applicationNumber))
    if (card.place === 'packed') await placeCard(executor, parts, card, { place: 'clerk', detail: actor }, actor)
}

async function toCounter(executor: Executor, parts: ParcelParts, applicationNumber: string, actor: Actor): Promise<void> {
  for (const card of (await contentsOf(executor, parts, applicationNumber)).cards)
    await placeCard(executor, parts, card, { place: 'pickup', detail: applicationNumber }, actor)
}

async function leaveByCourier(
  executor: Executor,
  parts: ParcelParts,
  applicationNumber: string,
  waybillNumber: string | null,
  actor: Actor,
): Promise<Result<null>> {
  const contents = await contentsOf(executor, parts, applicationNumber)
  const isEmpty = contents.cards.length + contents.unseen.length + contents.listed === 0
  if (!isEmpty && !(await isClosed(executor, waybillNumber)))
    return refuse('parcel-not-closed', `邮包 ${waybillNumber ?? ''} 还没有封装：请点“装包”，逐张扫描装入的卡并封装后再交快递`)
  // One that was voided after the parcel was closed lies in it all the same.
  for (const card of contents.cards)
    if (card.place === 'packed') await letCardGo(executor, parts, card, { way: 'courier', detail: waybillNumber }, actor)
  return done(null)
}

const cardsSentBy = (executor: Executor, waybillNumber: string | null): Promise<CardRow[]> =>
  executor
    .withTables<ParcelTables>()
    .selectFrom('house_card')
    .selectAll()
    .where('left_way', '=', 'courier')
    .where('left_detail', '=', waybillNumber)
    .execute()

/** A card is scanned: put somewhere, or only seen. One that should not be here is told, with what is known of it. */
export async function handleCard(
  executor: Executor,
  parts: ParcelParts,
  scanned: string,
  what: 'see' | { readonly place: MovedTo; readonly detail: string },
  actor: Actor,
): Promise<Result<CardRow>> {
  const number = normalizeCardNumber(scanned)
  const card = await findLast(executor, number)
  if (!card) return refuse('card-unknown', `卡 ${number.slice(0, 40)} 没有到过本中心：是来件中的卡，请在收件台清点；否则请核对是谁的卡`)
  if (card.left_at !== null) return refuse('card-left', `卡 ${number} 记录为${placeWords(card)}，不应在本中心，请核对手中的卡`)
  if (what !== 'see') return moveCard(executor, parts, card.id, what, actor)
  await seeCard(executor, parts, card, actor)
  return done(card)
}

/** One whose number cannot be read is seen by hand. */
export async function seeUnreadable(executor: Executor, parts: ParcelParts, cardId: string, actor: Actor): Promise<Result<CardRow>> {
  const card = await insideStill(executor, cardId)
  if (!card.ok) return card
  if (card.value.number !== null) return refuse('scan-needed', `卡 ${card.value.number} 请扫描盘点`)
  await seeCard(executor, parts, card.value, actor)
  return card
}

type MovedTo = Exclude<Place, 'parcel' | 'packed'>

/** A clerk puts a card somewhere in the house. */
export async function moveCard(
  executor: Executor,
  parts: ParcelParts,
  cardId: string,
  to: { readonly place: MovedTo; readonly detail: string },
  actor: Actor,
): Promise<Result<CardRow>> {
  const card = await insideStill(executor, cardId)
  if (!card.ok) return card
  if (card.value.place === 'packed') return refuse('card-packed', `这张卡${placeWords(card.value)}，请先在装包页取出`)
  const detail = to.detail.trim().slice(0, longestDetail) || (to.place === 'clerk' ? actor : null)
  await placeCard(executor, parts, card.value, { place: to.place, detail }, actor)
  return done({ ...card.value, place: to.place, detail })
}

/** In characters. */
const longestDetail = 40

/** A card goes back to who sent it, or is destroyed: who took it, or by which waybill. */
export async function letGo(
  executor: Executor,
  parts: ParcelParts,
  cardId: string,
  how: { readonly way: Exclude<Way, 'courier' | 'picked-up'>; readonly detail: string },
  actor: Actor,
): Promise<Result<CardRow>> {
  const found = await insideStill(executor, cardId)
  if (!found.ok) return found
  const card = found.value
  const detail = how.way === 'posted-back' ? normalizeWaybill(how.detail) : how.detail.trim().slice(0, longestDetail)
  if (card.place === 'packed') return refuse('card-packed', `这张卡${placeWords(card)}，请先在装包页取出`)
  if (how.way === 'returned' && detail === '') return refuse('taker-missing', '请写明是谁领走的')
  if (how.way === 'posted-back' && carrierOf(detail) !== 'ems')
    return refuse('waybill-wrong', '请扫描或填写寄还所用的 EMS 运单号（校验位须正确）')
  if (how.way === 'destroyed' && !(await isVoid(executor, parts, card)))
    return refuse('card-not-void', '只有台账中已作废的卡可以销毁，请先在台账注销这张卡')
  await letCardGo(executor, parts, card, { way: how.way, detail: detail || null }, actor)
  const parcel = card.parcel_number === null ? undefined : await findParcelRow(executor, card.parcel_number)
  if (parcel) await judgeByCount(executor, parts, parcel, [], actor)
  return done(card)
}

async function isVoid(executor: Executor, { lookUpCards }: ParcelParts, { number }: CardRow): Promise<boolean> {
  if (number === null) return false
  return (await lookUpCards(executor, { uscc: null, numbers: [number] })).some((card) => card.number === number && card.status === 'void')
}

async function insideStill(executor: Executor, cardId: string): Promise<Result<CardRow>> {
  const card = await findCardRow(executor, cardId)
  if (!card) return refuse('card-unknown', '没有这张卡的记录，请刷新页面')
  return card.left_at === null ? done(card) : refuse('card-left', `这张卡${placeWords(card)}，已不在本中心`)
}
