/** Scans in which nothing is wrong: the applicant is told at once to send the originals, and which cards to enclose. */
import { writeLetter } from '../flow.ts'
import type { Executor } from '../platform/database/open-database.ts'
import type { Queue } from '../platform/queue/contract.ts'
import { openAgreements } from './agreements/agreement-tables.ts'
import type { ApplicationTables } from './application-tables.ts'
import { startAwaiting } from './await-answer.ts'
import { appendEvent } from './event-log.ts'
import { isPreCheck } from './pre-check.ts'
import { findRow } from './store-applications.ts'
import { transition } from './transition.ts'

/** Runs in the caller's transaction; changes nothing where the papers are originals or something is to be looked at. */
export async function passPreCheck(executor: Executor, { queue, now }: { queue: Queue; now: Date }, number: string): Promise<void> {
  const row = await findRow(executor, number)
  if (!row || row.decision !== 'ready' || !isPreCheck(row)) return
  if ((await openAgreements(executor, row)).length > 0) return
  const event = { type: 'pre-check-passed' } as const
  const status = transition(row, event)
  if (!status.ok || status.value === row.status) return
  await appendEvent(executor, { applicationNumber: number, at: now.toISOString(), actor: 'zhika', event })
  const version = Number(row.version) + 1
  await executor
    .withTables<ApplicationTables>()
    .updateTable('application')
    .set({ status: status.value, due_on: null, version })
    .where('number', '=', number)
    .execute()
  await startAwaiting(executor, queue, number, version)
  const occasion = String(version)
  const letter = { applicationNumber: number, letter: 'originals', occasion } as const
  await queue.enqueue(executor, writeLetter, letter, { key: `${number}:originals:${occasion}` })
}
