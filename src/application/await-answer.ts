/** An applicant who was asked for something is reminded twice; then the clerk is told that no answer comes. */
import { awaitAnswer, writeLetter } from '../flow.ts'
import { office } from '../guide/office.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database, Executor } from '../platform/database/open-database.ts'
import { PermanentFault } from '../platform/errors.ts'
import { handleJob, type JobHandler, type Queue } from '../platform/queue/contract.ts'
import { advanceApplication } from './change-application.ts'
import { openingAfter } from './due-on.ts'
import type { Status } from './record.ts'
import { findRow } from './store-applications.ts'

/** In these states the next step is the applicant's. */
const asked: readonly Status[] = ['returned', 'awaiting-cards']
const reminders = 2

/** Enqueued in the transaction that asks; `version` is the application's after it, so that an answer ends the waiting. */
export async function startAwaiting(executor: Executor, queue: Queue, applicationNumber: string, version: number): Promise<void> {
  await queue.enqueue(executor, awaitAnswer, { applicationNumber, version, step: 0 }, { key: `${applicationNumber}:${version}:0` })
}

/** Step 0 begins to wait, steps 1 and 2 remind, step 3 puts it on the clerk's list. */
export function handleAwaiting({ database, queue, clock }: { database: Database; queue: Queue; clock: Clock }): JobHandler {
  return handleJob(awaitAnswer, ({ applicationNumber, version, step }) =>
    database.transaction().execute(async (transaction) => {
      const row = await findRow(transaction, applicationNumber)
      if (!row || Number(row.version) !== version || !asked.includes(row.status)) return
      if (step > reminders) {
        // Asked for, nothing is due from the office: a day that is set was set by an earlier run.
        if (row.due_on !== null) return
        const told = await advanceApplication(transaction, { clock, queue }, applicationNumber, { type: 'unanswered' }, { actor: 'zhika' })
        if (!told.ok) throw new PermanentFault('not-allowed', told.message)
        return
      }
      if (step > 0) {
        const letter = row.status === 'returned' ? 'reminder' : 'originals'
        const occasion = `${version}-${step}`
        const order = { applicationNumber, letter, occasion } as const
        await queue.enqueue(transaction, writeLetter, order, { key: `${applicationNumber}:${letter}:${occasion}` })
      }
      const next = step + 1
      await queue.enqueue(
        transaction,
        awaitAnswer,
        { applicationNumber, version, step: next },
        { key: `${applicationNumber}:${version}:${next}`, runAt: openingAfter(clock.now(), office.remindAfterWorkingDays) },
      )
    }),
  )
}
