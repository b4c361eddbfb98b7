/** What the courier brings: EMS is taken, anything else and freight collect (到付) goes back with him. */
import type { Actor, ApplicationSummary } from '../application/record.ts'
import { writeLetter } from '../flow.ts'
import { carrierOf, carriers, isWaybillNumber, normalizeWaybill, type Carrier } from '../guide/identifiers/waybill-number.ts'
import { officeTime } from '../platform/clock.ts'
import type { Executor } from '../platform/database/open-database.ts'
import { done, refuse, type Result } from '../platform/result.ts'
import { unfinished } from './find-owner.ts'
import { joinEarlierScans } from './join-scans.ts'
import { logHouse } from './keep-cards.ts'
import { findParcelRow, type ParcelRow } from './link-parcel.ts'
import { becauseOf } from './look-up-parcels.ts'
import type { ParcelParts } from './parcel-parts.ts'
import type { ParcelTables, RefusedFor } from './parcel-tables.ts'

export interface Brought {
  /** As scanned or typed. */
  readonly number: string
  /** Chosen by the clerk; told by the number when left out. */
  readonly carrier?: Carrier | null
  readonly freightCollect?: boolean
  /** Of a parcel that is refused: an application number, a credit code or a part of the enterprise's name. */
  readonly sender?: string
}

/** `known`: this number was scanned before; `ours`: a parcel that this office sent. */
export type Taken =
  | { readonly outcome: 'received' | 'refused' | 'known'; readonly parcel: ParcelRow; readonly said: string }
  | { readonly outcome: 'ours'; readonly applicationNumber: string; readonly said: string }

export async function takeParcel(executor: Executor, parts: ParcelParts, brought: Brought, actor: Actor): Promise<Result<Taken>> {
  const number = normalizeWaybill(brought.number)
  if (!isWaybillNumber(number)) return refuse('waybill-wrong', '没有扫到运单号，请对准面单上的条码重新扫描，或手工输入')
  const known = await findParcelRow(executor, number)
  if (known) return done({ outcome: 'known', parcel: known, said: describeKnown(known) })
  const ours = await parts.lookUpHandover(executor, { waybillNumber: number })
  if (ours)
    return done({
      outcome: 'ours',
      applicationNumber: ours.applicationNumber,
      said: `${number} 是本中心寄出的邮包（申请 ${ours.applicationNumber}）；快递员退回的，请在“寄件”登记退件`,
    })
  const carrier = tellCarrier(number, brought.carrier ?? null)
  if (!carrier.ok) return carrier
  const refusedFor = carrier.value === 'ems' ? (brought.freightCollect ? 'freight-collect' : null) : 'carrier'
  const parcel: ParcelRow = {
    number,
    state: refusedFor ? 'refused' : 'received',
    carrier: carrier.value,
    refused_for: refusedFor,
    sender: null,
    told_application: null,
    received_at: parts.clock.now().toISOString(),
    received_by: actor,
    counted_at: null,
    counted_by: null,
  }
  await executor.withTables<ParcelTables>().insertInto('parcel').values(parcel).execute()
  if (refusedFor) return refuseNow(executor, parts, parcel, brought.sender ?? '', actor)
  await logHouse(executor, parts.clock, `parcel/${number}`, { type: 'parcel-received', carrier: carrier.value }, actor)
  await joinEarlierScans(executor, parts, parcel, actor)
  return done({ outcome: 'received', parcel, said: `已收件 ${number}，请清点邮包中的卡` })
}

function tellCarrier(number: string, chosen: Carrier | null): Result<Carrier> {
  const told = carrierOf(number)
  if (told === 'misread') return refuse('waybill-misread', `单号 ${number} 的校验位不对，可能扫错或输错，请重新扫描`)
  if (chosen !== null && told !== null && chosen !== told)
    return refuse('carrier-differs', `按单号 ${number} 是${carriers[told]}，与所选的${carriers[chosen]}不一致，请核对`)
  const carrier = chosen ?? told
  return carrier === null
    ? refuse('carrier-unknown', `从单号 ${number} 看不出是哪家快递，请核对面单，在下面选择承运方后再登记`)
    : done(carrier)
}

function describeKnown({ number, state, received_at, received_by, ...parcel }: ParcelRow): string {
  const at = `${officeTime(new Date(received_at))} 由 ${received_by}`
  if (state === 'refused') return `邮包 ${number} ${becauseOf(parcel)}，已于 ${at} 登记拒收，没有重复登记`
  return `邮包 ${number} 已于 ${at} 收过，没有重复登记`
}

/** A parcel that was taken turns out to be freight collect, or of another carrier: nothing of it may have been counted. */
export async function refuseParcel(
  executor: Executor,
  parts: ParcelParts,
  number: string,
  because: { readonly refusedFor: RefusedFor; readonly carrier?: Carrier | null; readonly sender: string },
  actor: Actor,
): Promise<Result<Taken>> {
  const parcel = await findParcelRow(executor, number)
  if (!parcel) return unknownParcel(number)
  if (parcel.state !== 'received') return refuse('parcel-settled', `邮包 ${number} 已清点或已拒收，不能再登记拒收`)
  const tables = executor.withTables<ParcelTables>()
  const inside = await tables.selectFrom('house_card').select('id').where('parcel_number', '=', number).executeTakeFirst()
  if (inside) return refuse('parcel-opened', `邮包 ${number} 已拆开并清点了卡，不能拒收；请继续清点`)
  const changes = {
    state: 'refused' as const,
    refused_for: because.refusedFor,
    carrier: because.refusedFor === 'carrier' ? (because.carrier ?? 'other') : parcel.carrier,
  }
  await tables.updateTable('parcel').set(changes).where('number', '=', number).execute()
  return refuseNow(executor, parts, { ...parcel, ...changes }, because.sender, actor)
}

async function refuseNow(executor: Executor, parts: ParcelParts, parcel: ParcelRow, sender: string, actor: Actor): Promise<Result<Taken>> {
  await logHouse(
    executor,
    parts.clock,
    `parcel/${parcel.number}`,
    { type: 'parcel-not-taken', carrier: parcel.carrier, reason: parcel.refused_for ?? 'carrier', applicationNumber: null },
    actor,
  )
  const said = `邮包 ${parcel.number} ${becauseOf(parcel)}，已登记拒收，请退给快递员`
  if (sender.trim() === '') return done({ outcome: 'refused', parcel, said: `${said}；知道寄件人的，请在下面填写，系统即发函告知` })
  const told = await tellSender(executor, parts, parcel, sender, actor)
  return done({ outcome: 'refused', parcel: told.ok ? told.value : parcel, said: `${said}；${told.ok ? '已向寄件人发函' : told.message}` })
}

/** Finds the applicant and queues the letter; once for each parcel. */
export async function tellSender(
  executor: Executor,
  { applications, queue }: ParcelParts,
  parcel: ParcelRow,
  sender: string,
  actor: Actor,
): Promise<Result<ParcelRow>> {
  if (parcel.state !== 'refused') return refuse('parcel-not-refused', `邮包 ${parcel.number} 没有拒收，不用发函`)
  if (parcel.told_application !== null)
    return refuse('sender-told', `已就邮包 ${parcel.number} 向寄件人发函（申请 ${parcel.told_application}）`)
  const text = sender.trim().slice(0, 100)
  if (text.length < 2) return refuse('sender-missing', '请填写寄件企业的信用代码、名称或受理编号')
  const tables = executor.withTables<ParcelTables>()
  await tables.updateTable('parcel').set({ sender: text }).where('number', '=', parcel.number).execute()
  const found = await applications.list(executor, { status: unfinished, text, limit: 30 })
  const application = chooseSender(found, text)
  if (!application.ok) return application
  const told = { ...parcel, sender: text, told_application: application.value.number }
  await tables.updateTable('parcel').set({ told_application: told.told_application }).where('number', '=', parcel.number).execute()
  const event = { type: 'parcel-refused', parcelNumber: parcel.number, because: becauseOf(parcel) } as const
  const recorded = await applications.recordParcel(executor, application.value.number, event, { actor })
  if (!recorded.ok) return recorded
  await queue.enqueue(
    executor,
    writeLetter,
    { applicationNumber: application.value.number, letter: 'parcel-refused', occasion: parcel.number },
    { key: `${application.value.number}:parcel-refused:${parcel.number}` },
  )
  return done(told)
}

/** The newest application of the one enterprise that fits. */
function chooseSender(found: readonly ApplicationSummary[], text: string): Result<ApplicationSummary> {
  const exact = found.filter(({ number, enterprise }) => [number, enterprise.uscc, enterprise.name].includes(text))
  const fitting = exact.length > 0 ? exact : found
  const enterprises = new Set(fitting.map(({ enterprise, number }) => enterprise.uscc ?? enterprise.name ?? number))
  if (enterprises.size > 1) return refuse('sender-unclear', `“${text}”对应多家企业，没有发函，请填写完整的信用代码`)
  const newest = fitting.at(-1)
  return newest ? done(newest) : refuse('sender-unknown', `没有找到“${text}”正在办理的申请，没有发函；请核对，或电话告知`)
}

/** Refused by mistake: it is here after all. A letter that has gone is not called back. */
export async function takeAfterAll(executor: Executor, parts: ParcelParts, number: string, actor: Actor): Promise<Result<Taken>> {
  const parcel = await findParcelRow(executor, number)
  if (!parcel) return unknownParcel(number)
  if (parcel.state !== 'refused') return refuse('parcel-not-refused', `邮包 ${number} 没有拒收，请刷新页面`)
  const changes = { state: 'received' as const, refused_for: null, received_at: parts.clock.now().toISOString(), received_by: actor }
  await executor.withTables<ParcelTables>().updateTable('parcel').set(changes).where('number', '=', number).execute()
  await logHouse(executor, parts.clock, `parcel/${number}`, { type: 'parcel-received', carrier: parcel.carrier }, actor)
  const taken = { ...parcel, ...changes }
  await joinEarlierScans(executor, parts, taken, actor)
  return done({ outcome: 'received', parcel: taken, said: `已改为收件 ${number}，请清点邮包中的卡` })
}

export const unknownParcel = (number: string) => refuse('parcel-unknown', `没有收过单号为 ${number} 的邮包，请先扫描收件`)
