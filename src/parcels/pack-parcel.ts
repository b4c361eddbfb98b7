/** An outgoing parcel is closed (封装) only over the cards of the application on its waybill, each scanned into it, none left behind. */
import type { Actor } from '../application/record.ts'
import { isCardNumber, normalizeCardNumber } from '../guide/identifiers/card-number.ts'
import type { Executor } from '../platform/database/open-database.ts'
import { done, refuse, type Result } from '../platform/result.ts'
import {
  assignCard,
  cardsOfApplication,
  enterCard,
  findCardRow,
  findInside,
  findLast,
  logHouse,
  placeCard,
  type CardRow,
} from './keep-cards.ts'
import type { OutgoingParcel, ParcelParts } from './parcel-parts.ts'
import type { ParcelTables } from './parcel-tables.ts'
import { placeWords } from './place-words.ts'

export interface Contents {
  /** Of the application, in the house, not void unless it was packed before; those in place `packed` are in the parcel. */
  readonly cards: readonly CardRow[]
  /** Numbers of packed cards that are void by now: they must come out. */
  readonly voided: readonly string[]
  /** Numbers that the waybill lists and that were never counted or made here; not those that another application has (two services for one card). */
  readonly unseen: readonly string[]
  /** How many cards the waybill lists, with and without a number. */
  readonly listed: number
}

export async function contentsOf(executor: Executor, parts: ParcelParts, applicationNumber: string): Promise<Contents> {
  const rows = await cardsOfApplication(executor, applicationNumber)
  const outgoing = await parts.lookUpHandover(executor, { applicationNumber })
  const known = await parts.lookUpCards(executor, { uscc: null, numbers: rows.flatMap(({ number }) => number ?? []) })
  const isVoid = ({ number }: CardRow) => known.some((card) => card.number === number && card.status === 'void')
  const cards = rows.filter((row) => row.place === 'packed' || !isVoid(row))
  const items = (outgoing?.items ?? []).filter(isCardItem)
  const unseen: string[] = []
  for (const { cardNumber } of items) {
    if (cardNumber === null || rows.some(({ number }) => number === cardNumber)) continue
    const last = await findLast(executor, cardNumber)
    if (!last?.application_number || last.application_number === applicationNumber) unseen.push(cardNumber)
  }
  return {
    cards,
    voided: cards.flatMap((row) => (row.number !== null && isVoid(row) ? [row.number] : [])),
    unseen,
    listed: items.reduce((sum, { quantity }) => sum + quantity, 0),
  }
}

/** Readers have no number and are not scanned. */
const isCardItem = ({ name }: OutgoingParcel['items'][number]) => name !== '读卡器'

export async function isClosed(executor: Executor, waybillNumber: string | null): Promise<boolean> {
  if (waybillNumber === null) return false
  return (await findClosing(executor, waybillNumber)) !== undefined
}

export const findClosing = (executor: Executor, waybillNumber: string): Promise<ParcelTables['closed_parcel'] | undefined> =>
  executor.withTables<ParcelTables>().selectFrom('closed_parcel').selectAll().where('waybill_number', '=', waybillNumber).executeTakeFirst()

/** The parcel as it can still be packed. */
async function openParcel(
  executor: Executor,
  { lookUpHandover }: ParcelParts,
  applicationNumber: string,
): Promise<Result<OutgoingParcel & { waybillNumber: string }>> {
  const outgoing = await lookUpHandover(executor, { applicationNumber })
  if (outgoing?.method !== 'post' || outgoing.waybillNumber === null || outgoing.state !== 'prepared')
    return refuse('parcel-not-ready', `申请 ${applicationNumber} 没有待交寄的邮包，请核对领卡方式和状态`)
  if (await isClosed(executor, outgoing.waybillNumber))
    return refuse('parcel-closed', `邮包 ${outgoing.waybillNumber} 已封装；要改动，请先点“重新打开”`)
  return done({ ...outgoing, waybillNumber: outgoing.waybillNumber })
}

/** Scans a card into the parcel; a wrong card is told whose it is. */
export async function packCard(
  executor: Executor,
  parts: ParcelParts,
  applicationNumber: string,
  scanned: string,
  actor: Actor,
): Promise<Result<CardRow>> {
  const outgoing = await openParcel(executor, parts, applicationNumber)
  if (!outgoing.ok) return outgoing
  const { waybillNumber } = outgoing.value
  const number = normalizeCardNumber(scanned)
  if (!isCardNumber(number)) return refuse('card-number-wrong', `“${number.slice(0, 40)}”不像卡号，请重新扫描`)
  const inside = await findInside(executor, number)
  const { cards, unseen } = await contentsOf(executor, parts, applicationNumber)
  const own = cards.find((card) => card.number === number)
  if (own?.place === 'packed') return refuse('card-packed', `卡 ${number} 已在本邮包中，没有重复装入`)
  if (!own && !(unseen.includes(number) && !inside)) return whoseCard(executor, parts, number, inside, outgoing.value)
  const card =
    own ??
    (await enterCard(
      executor,
      parts,
      { number, unreadable_for: null, parcel_number: null, application_number: applicationNumber, place: 'clerk', detail: actor },
      actor,
    ))
  await placeCard(executor, parts, card, { place: 'packed', detail: waybillNumber }, actor)
  return done({ ...card, place: 'packed', detail: waybillNumber })
}

/** One sentence: whose card it is, and what to do with it. */
async function whoseCard(
  executor: Executor,
  { applications, lookUpCards }: ParcelParts,
  number: string,
  inside: CardRow | undefined,
  outgoing: OutgoingParcel,
): Promise<Result<never>> {
  const known = (await lookUpCards(executor, { uscc: null, numbers: [number] })).find((card) => card.number === number)
  const own = `不属于申请 ${outgoing.applicationNumber}（${outgoing.enterpriseName ?? '企业名称未读出'}），请取出`
  if (known?.status === 'void') return refuse('card-void', `卡 ${number} 在台账中已作废，不能寄出，请取出`)
  const owner = inside?.application_number ? await applications.find(executor, inside.application_number) : undefined
  const kind = known?.kind === 'legal' ? '法人卡' : known?.kind === 'operator' ? '操作员卡' : '卡'
  if (owner) {
    const of = `${owner.enterprise.name ?? '企业名称未读出'}${known?.holderName ? ` ${known.holderName} 的${kind}` : '的卡'}`
    return refuse('card-of-another', `卡 ${number} 是${of}，属于申请 ${owner.number}，${own}`)
  }
  if (known)
    return refuse(
      'card-of-another',
      `卡 ${number} 是${known.enterpriseName ?? '其他企业'}${known.holderName ? ` ${known.holderName}` : ''}的${kind}，${own}`,
    )
  if (inside) return refuse('card-of-nobody', `卡 ${number}（${placeWords(inside)}）还没有对应到申请，${own}，在“在库卡片”中核对`)
  return refuse('card-unknown', `卡 ${number} 没有清点过，也不在台账中，${own}；是随附的卡，请先在收件台清点`)
}

/** A card whose number cannot be read is put in by hand. */
export async function packUnreadable(executor: Executor, parts: ParcelParts, applicationNumber: string, cardId: string, actor: Actor) {
  const outgoing = await openParcel(executor, parts, applicationNumber)
  if (!outgoing.ok) return outgoing
  const card = (await cardsOfApplication(executor, applicationNumber)).find(({ id }) => id === cardId)
  if (!card) return refuse('card-of-another', `这张卡不属于申请 ${applicationNumber}，请取出`)
  if (card.number !== null) return refuse('scan-needed', `卡 ${card.number} 请扫描装入`)
  await placeCard(executor, parts, card, { place: 'packed', detail: outgoing.value.waybillNumber }, actor)
  return done(card)
}

/** Takes a card out again, as long as the parcel is open. */
export async function unpackCard(executor: Executor, parts: ParcelParts, cardId: string, actor: Actor): Promise<Result<CardRow>> {
  const card = await findCardRow(executor, cardId)
  if (!card || card.left_at !== null || card.place !== 'packed' || card.application_number === null)
    return refuse('card-not-packed', '这张卡不在邮包中，请刷新页面')
  const outgoing = await openParcel(executor, parts, card.application_number)
  if (!outgoing.ok) return outgoing
  await placeCard(executor, parts, card, { place: 'clerk', detail: actor }, actor)
  return done(card)
}

/** In characters. */
const longestRemark = 200

export async function closeParcel(
  executor: Executor,
  parts: ParcelParts,
  applicationNumber: string,
  remark: string,
  actor: Actor,
): Promise<Result<{ readonly waybillNumber: string; readonly cards: number }>> {
  const outgoing = await openParcel(executor, parts, applicationNumber)
  if (!outgoing.ok) return outgoing
  const { waybillNumber } = outgoing.value
  const { cards, voided, unseen, listed } = await contentsOf(executor, parts, applicationNumber)
  if (voided.length > 0) return refuse('card-void', `卡 ${voided.join('、')} 装入后已作废，不能寄出，请取出后再封装`)
  const packed = cards.filter(({ place }) => place === 'packed')
  const outside = cards.filter(({ place }) => place !== 'packed')
  const missing = [...outside.map((card) => card.number ?? `卡号无法辨认的卡（${card.unreadable_for ?? ''}）`), ...unseen]
  if (missing.length > 0) return refuse('cards-missing', `还有 ${missing.length} 张卡没有装入：${missing.join('、')}，请扫描装入后再封装`)
  const said = remark.trim().slice(0, longestRemark)
  if (packed.length < listed && said === '')
    return refuse('cards-fewer', `面单列有 ${listed} 张卡，只装入 ${packed.length} 张；没有随附的，请写明原因后封装`)
  await executor
    .withTables<ParcelTables>()
    .insertInto('closed_parcel')
    .values({
      waybill_number: waybillNumber,
      application_number: applicationNumber,
      cards: packed.length,
      remark: said || null,
      closed_at: parts.clock.now().toISOString(),
      closed_by: actor,
    })
    .execute()
  const event = { type: 'parcel-closed', waybillNumber, cards: packed.length, remark: said || null } as const
  const recorded = await parts.applications.advance(executor, applicationNumber, event, { actor })
  return recorded.ok ? done({ waybillNumber, cards: packed.length }) : recorded
}

/** A closed parcel that has not left is opened again. */
export async function reopenParcel(executor: Executor, parts: ParcelParts, applicationNumber: string, actor: Actor): Promise<Result<null>> {
  const outgoing = await parts.lookUpHandover(executor, { applicationNumber })
  if (!outgoing?.waybillNumber || outgoing.state !== 'prepared') return refuse('parcel-gone', '这个邮包已交快递，不能再打开')
  await openAgain(executor, parts, outgoing.waybillNumber, actor)
  return done(null)
}

export async function openAgain(
  executor: Executor,
  { clock }: Pick<ParcelParts, 'clock'>,
  waybillNumber: string,
  actor: Actor,
): Promise<void> {
  await executor.withTables<ParcelTables>().deleteFrom('closed_parcel').where('waybill_number', '=', waybillNumber).execute()
  await logHouse(executor, clock, `parcel/${waybillNumber}`, { type: 'parcel-reopened' }, actor)
}

/** The card belongs to this application after all: one that the count could not place. */
export async function claimCard(
  executor: Executor,
  parts: ParcelParts,
  cardId: string,
  applicationNumber: string,
  actor: Actor,
): Promise<Result<CardRow>> {
  const card = await findCardRow(executor, cardId)
  if (!card || card.left_at !== null) return refuse('card-unknown', '这张卡已不在本中心，请刷新页面')
  const wanted = applicationNumber.normalize('NFKC').trim().toUpperCase()
  if (!(await parts.applications.find(executor, wanted)))
    return refuse('application-unknown', `没有编号为 ${wanted.slice(0, 40)} 的申请，请核对编号`)
  if (card.place === 'packed') return refuse('card-packed', `这张卡${placeWords(card)}，请先取出`)
  await assignCard(executor, parts, card, wanted, actor)
  return done({ ...card, application_number: wanted })
}
