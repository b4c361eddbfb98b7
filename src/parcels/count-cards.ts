/** The cards in a parcel are counted in (清点), one scan each; the count is the office's receipt for them. */
import type { Actor } from '../application/record.ts'
import { isCardNumber, normalizeCardNumber } from '../guide/identifiers/card-number.ts'
import { carrierOf } from '../guide/identifiers/waybill-number.ts'
import type { Executor } from '../platform/database/open-database.ts'
import { done, refuse, type Result } from '../platform/result.ts'
import { enterCard, findCardRow, findInside, logHouse, strikeRow, type CardRow } from './keep-cards.ts'
import { findParcelRow, judgeByCount, linkApplications, ownerOf, type ParcelRow } from './link-parcel.ts'
import type { ParcelParts } from './parcel-parts.ts'
import type { ParcelTables } from './parcel-tables.ts'
import { placeWords } from './place-words.ts'
import { unknownParcel } from './take-parcel.ts'

/** In characters. */
const longestReason = 100

/** A card that can be read by its number, another by the reason why it cannot. */
export type CountedCard = { readonly number: string } | { readonly unreadableFor: string }

export async function countCard(
  executor: Executor,
  parts: ParcelParts,
  parcelNumber: string,
  counted: CountedCard,
  actor: Actor,
): Promise<Result<CardRow>> {
  const parcel = await findParcelRow(executor, parcelNumber)
  if (!parcel) return unknownParcel(parcelNumber)
  if (parcel.state === 'refused') return refuse('parcel-refused', `邮包 ${parcelNumber} 已登记拒收，不能清点；确已收下的，请先改为收件`)
  const card = await checkCard(executor, parts, parcel, counted)
  if (!card.ok) return card
  const owner = await ownerOf(executor, parts, parcelNumber, card.value)
  if (owner !== null) await linkApplications(executor, parts, parcel, [owner], 'card', actor)
  const entered = await enterCard(
    executor,
    parts,
    { ...card.value, parcel_number: parcelNumber, application_number: owner, place: 'parcel', detail: parcelNumber },
    actor,
  )
  await judgeByCount(executor, parts, parcel, owner === null ? [] : [owner], actor)
  return done(entered)
}

async function checkCard(
  executor: Executor,
  parts: ParcelParts,
  parcel: ParcelRow,
  counted: CountedCard,
): Promise<Result<Pick<CardRow, 'number' | 'unreadable_for'>>> {
  if ('unreadableFor' in counted) {
    const reason = counted.unreadableFor.trim()
    if (reason === '' || reason.length > longestReason)
      return refuse('reason-missing', `请写明卡号为什么无法辨认（不超过 ${longestReason} 字）`)
    return done({ number: null, unreadable_for: reason })
  }
  const number = normalizeCardNumber(counted.number)
  if (number === parcel.number) return refuse('parcel-number-scanned', '扫到的是邮包的单号，请扫描卡片')
  if (await isWaybill(executor, parts, number))
    return refuse('parcel-number-scanned', `扫到的是运单号 ${number}，不是卡号；这个邮包清点完毕后，再扫描下一个邮包`)
  if (!isCardNumber(number))
    return refuse('card-number-wrong', `“${number.slice(0, 40)}”不像卡号（4 至 32 位数字、大写字母或连字符），请重新扫描`)
  const inside = await findInside(executor, number)
  if (inside)
    return refuse(
      'card-counted',
      inside.parcel_number === parcel.number
        ? `卡 ${number} 已经清点过，没有重复登记`
        : `卡 ${number} 已在本中心（${placeWords(inside)}），没有重复登记，请核对手中的卡`,
    )
  return done({ number, unreadable_for: null })
}

/** Waybills of digits alone may look like cards: those are told by what is known of them. */
async function isWaybill(executor: Executor, { lookUpHandover }: ParcelParts, number: string): Promise<boolean> {
  const carrier = carrierOf(number)
  if (/[A-Z]/u.test(number)) return carrier !== null && carrier !== 'misread'
  return (await findParcelRow(executor, number)) !== undefined || (await lookUpHandover(executor, { waybillNumber: number })) !== undefined
}

/** A slip of the count is struck, as long as the card was not moved since. */
export async function strikeCard(executor: Executor, parts: ParcelParts, cardId: string, actor: Actor): Promise<Result<CardRow>> {
  const card = await findCardRow(executor, cardId)
  const parcel = card?.parcel_number ? await findParcelRow(executor, card.parcel_number) : undefined
  if (!card || !parcel) return refuse('card-unknown', '没有这张卡的清点记录，请刷新页面')
  if (card.place !== 'parcel' || card.left_at !== null)
    return refuse('card-moved', `这张卡已不在邮包中（${placeWords(card)}），不能撤销清点`)
  await strikeRow(executor, parts, card, actor)
  await judgeByCount(executor, parts, parcel, [], actor)
  return done(card)
}

/** Every card is counted, also when there is none: the applications of the parcel are judged by it. */
export async function finishCount(executor: Executor, parts: ParcelParts, parcelNumber: string, actor: Actor): Promise<Result<ParcelRow>> {
  const parcel = await findParcelRow(executor, parcelNumber)
  if (!parcel) return unknownParcel(parcelNumber)
  if (parcel.state === 'counted') return done(parcel)
  if (parcel.state === 'refused') return refuse('parcel-refused', `邮包 ${parcelNumber} 已登记拒收，不能清点`)
  const changes = { state: 'counted' as const, counted_at: parts.clock.now().toISOString(), counted_by: actor }
  const tables = executor.withTables<ParcelTables>()
  await tables.updateTable('parcel').set(changes).where('number', '=', parcelNumber).execute()
  const { cards } = await tables
    .selectFrom('house_card')
    .select(({ fn }) => fn.countAll().as('cards'))
    .where('parcel_number', '=', parcelNumber)
    .executeTakeFirstOrThrow()
  await logHouse(executor, parts.clock, `parcel/${parcelNumber}`, { type: 'parcel-counted', cards: Number(cards) }, actor)
  const counted = { ...parcel, ...changes }
  await judgeByCount(executor, parts, counted, 'all', actor)
  return done(counted)
}
