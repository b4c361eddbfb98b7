/** A parcel's way from the office: given to the courier, received or come back, or fetched at the counter. */
import type { Actor, ApplicationEvent } from '../application/record.ts'
import { writeLetter, type LetterKind } from '../flow.ts'
import { commitResult } from '../platform/database/commit-result.ts'
import { done, refuse, type Result } from '../platform/result.ts'
import type { DispatchParts } from './dispatch-parts.ts'
import type { DispatchTables, HandoverState } from './dispatch-tables.ts'
import type { HandoverRow } from './prepare-handover.ts'

/** One step of the way, as a clerk records it. */
export interface ParcelStep {
  readonly to: HandoverState
  /** Where the parcel must stand for it. */
  readonly mayFollow: (row: HandoverRow) => boolean
  readonly refusal: string
  readonly event: (row: HandoverRow) => ApplicationEvent
  /** What the row keeps of it; who handed it over and when, where it changes hands at the office. */
  readonly keeps: 'who-and-when' | { readonly reason: string } | 'nothing'
}

const isReady = (row: HandoverRow, method: 'post' | 'window') => row.state === 'prepared' && row.method === method
const isUnderWay = (row: HandoverRow) => row.state === 'handed-to-courier'

export const toCourier: ParcelStep = {
  to: 'handed-to-courier',
  mayFollow: (row) => isReady(row, 'post'),
  refusal: '该申请没有待交寄的邮件，请核对领卡方式和状态',
  event: (row) => ({ type: 'handed-to-courier', waybillNumber: row.waybill_number ?? '' }),
  keeps: 'who-and-when',
}

export const pickUp: ParcelStep = {
  to: 'picked-up',
  // Guide 邮寄领卡: what came back undelivered is fetched at the counter, whatever was asked for.
  mayFollow: (row) => isReady(row, 'window') || row.state === 'undelivered',
  refusal: '该申请没有待窗口领取的物品，请核对领卡方式和状态',
  event: () => ({ type: 'picked-up' }),
  keeps: 'who-and-when',
}

export const receive: ParcelStep = {
  to: 'delivered',
  mayFollow: isUnderWay,
  refusal: '该申请没有寄出的邮件，不能登记签收，请核对状态',
  event: () => ({ type: 'delivered' }),
  keeps: 'nothing',
}

/** In characters. */
const longestReason = 200

/** The step of a parcel that came back; a clerk says why. */
export function comeBack(reason: string): Result<ParcelStep> {
  const said = reason.trim()
  if (said === '' || said.length > longestReason) return refuse('reason-missing', `请写明退件的原因（不超过 ${longestReason} 字）`)
  return done({
    to: 'undelivered',
    mayFollow: isUnderWay,
    refusal: '该申请没有寄出的邮件，不能登记退件，请核对状态',
    event: () => ({ type: 'undelivered', reason: said }),
    keeps: { reason: said },
  })
}

/** What the applicant is told of a step. */
function letterAfter(state: HandoverState, { service }: HandoverRow): LetterKind | undefined {
  if (state === 'undelivered') return 'undelivered'
  if (state !== 'handed-to-courier') return undefined
  return service === 'reader' ? 'reader-posted' : 'posted'
}

/** Takes a step in one transaction with the record and the letter that follows. A repeat changes nothing. */
export function moveParcel(parts: DispatchParts, number: string, actor: Actor, step: ParcelStep): Promise<Result<HandoverRow>> {
  const { applications, clock, database, queue } = parts
  return commitResult(database, async (transaction) => {
    const tables = transaction.withTables<DispatchTables>()
    const row = await tables.selectFrom('handover').selectAll().where('application_number', '=', number).executeTakeFirst()
    if (!row) return refuse('handover-unknown', '该申请尚未准备寄送或领取')
    if (row.state === step.to) return done(row)
    if (!step.mayFollow(row)) return refuse('handover-not-ready', step.refusal)
    const kept =
      step.keeps === 'who-and-when'
        ? { handed_at: clock.now().toISOString(), handed_by: actor }
        : step.keeps === 'nothing'
          ? {}
          : { reason: step.keeps.reason }
    const changes = { state: step.to, ...kept }
    const changed = await tables
      .updateTable('handover')
      .set(changes)
      .where('application_number', '=', number)
      .where('state', '=', row.state)
      .executeTakeFirst()
    if (changed.numUpdatedRows === 0n) return refuse('stale', '该申请已被他人处理，请刷新')
    const advanced = await applications.advance(transaction, number, step.event(row), { actor })
    if (!advanced.ok) return advanced
    const { method, waybill_number: waybillNumber } = row
    const moved = await parts.handoverMoved(transaction, { applicationNumber: number, to: step.to, method, waybillNumber }, actor)
    if (!moved.ok) return moved
    const letter = letterAfter(step.to, row)
    const occasion = row.waybill_number ?? row.notice_number
    if (letter)
      await queue.enqueue(
        transaction,
        writeLetter,
        { applicationNumber: number, letter, occasion },
        { key: `${number}:${letter}:${occasion}` },
      )
    return done({ ...row, ...changes })
  })
}
