/**
 * A handover begins anew as long as its cards are in the house: a card came out wrong and is made again, or a parcel that came
 * back is sent again. The label is no longer good: its number stays used, the next one gets a number of its own.
 */
import type { Actor } from '../application/record.ts'
import { prepareHandover } from '../flow.ts'
import type { Clock } from '../platform/clock.ts'
import type { Executor } from '../platform/database/open-database.ts'
import type { Queue } from '../platform/queue/contract.ts'
import { done, refuse, type Result } from '../platform/result.ts'
import type { DispatchParts } from './dispatch-parts.ts'
import type { DispatchTables, HandoverState } from './dispatch-tables.ts'
import type { ServiceCode } from '../guide/papers.ts'

const inHouse: readonly HandoverState[] = ['blocked', 'preparing', 'prepared', 'undelivered', 'taken-back']

type Row = DispatchTables['handover']

const findRow = (executor: Executor, applicationNumber: string): Promise<Row | undefined> =>
  executor
    .withTables<DispatchTables>()
    .selectFrom('handover')
    .selectAll()
    .where('application_number', '=', applicationNumber)
    .executeTakeFirst()

/** The key of the job that prepares it: one for each time. */
export const preparationKey = (applicationNumber: string, round: number): string =>
  round === 0 ? applicationNumber : `${applicationNumber}:${round}`

/** All cards are done: the handover is prepared, in the caller's transaction. */
export async function beginHandover(executor: Executor, queue: Queue, applicationNumber: string): Promise<void> {
  const round = (await findRow(executor, applicationNumber))?.round ?? 0
  await queue.enqueue(executor, prepareHandover, { applicationNumber }, { key: preparationKey(applicationNumber, round) })
}

/** In the caller's transaction. What is not prepared yet is only counted: the job that was to prepare it finds cards to be done. */
export async function takeBackHandover(
  executor: Executor,
  { clock, handoverMoved }: Pick<DispatchParts, 'handoverMoved'> & { readonly clock: Clock },
  { applicationNumber, service }: { readonly applicationNumber: string; readonly service: ServiceCode },
  actor: Actor,
  recipient: Pick<Row, 'recipient_name' | 'recipient_phone' | 'recipient_address'> | null = null,
): Promise<Result<void>> {
  const row = await findRow(executor, applicationNumber)
  if (!row) {
    await executor
      .withTables<DispatchTables>()
      .insertInto('handover')
      .values(placeholder(applicationNumber, service, clock.now()))
      .execute()
    return done(undefined)
  }
  if (!inHouse.includes(row.state)) return refuse('cards-gone', '卡已交快递或已被领走，不能重做；卡有问题的，请企业办理补卡')
  const { method, waybill_number: waybillNumber } = row
  const tables = executor.withTables<DispatchTables>()
  if (waybillNumber !== null)
    await tables
      .insertInto('former_waybill')
      .values({
        waybill_number: waybillNumber,
        application_number: applicationNumber,
        ended_at: clock.now().toISOString(),
        ended_by: actor,
      })
      .execute()
  await tables
    .updateTable('handover')
    .set({
      state: 'taken-back',
      reason: null,
      round: row.round + 1,
      waybill_number: null,
      notice_sha256: null,
      waybill_sha256: null,
      handed_at: null,
      handed_by: null,
      ...recipient,
    })
    .where('application_number', '=', applicationNumber)
    .execute()
  const moved = await handoverMoved(executor, { applicationNumber, to: 'taken-back', method, waybillNumber }, actor)
  return moved.ok ? done(undefined) : moved
}

/** Nothing is known of it but that the next preparation is the second: the papers tell the rest then. */
const placeholder = (applicationNumber: string, service: ServiceCode, at: Date): Row => ({
  application_number: applicationNumber,
  state: 'taken-back',
  reason: null,
  service,
  enterprise_name: null,
  uscc: null,
  method: null,
  notice_number: applicationNumber,
  waybill_number: null,
  recipient_name: null,
  recipient_phone: null,
  recipient_address: null,
  items: '[]',
  notice_sha256: null,
  waybill_sha256: null,
  print_flaws: '[]',
  prepared_at: at.toISOString(),
  handed_at: null,
  handed_by: null,
  round: 1,
})
