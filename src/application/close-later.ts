/**
 * What was received or fetched is closed when nobody complained (guide 邮寄领卡: 如有丢失或损毁，请于当天联系): on the next
 * working day, when the office opens.
 */
import { closeHandedOver } from '../flow.ts'
import type { Executor } from '../platform/database/open-database.ts'
import type { Queue } from '../platform/queue/contract.ts'
import { openingAfter } from './due-on.ts'
import type { Status } from './record.ts'

export const handedOver: readonly Status[] = ['delivered', 'picked-up']

/** Enqueued in the transaction that records the receipt. */
export async function closeLater(executor: Executor, queue: Queue, applicationNumber: string, at: Date): Promise<void> {
  const key = `${applicationNumber}:${at.toISOString()}`
  await queue.enqueue(executor, closeHandedOver, { applicationNumber }, { key, runAt: openingAfter(at, 1) })
}
