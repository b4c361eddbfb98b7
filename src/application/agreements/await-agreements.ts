/** Reminds of the systems that are not confirmed yet; after the last reminder the clerk sees to it. */
import { awaitAgreements, writeLetter } from '../../flow.ts'
import { PermanentFault } from '../../platform/errors.ts'
import { handleJob, type JobHandler } from '../../platform/queue/contract.ts'
import { advanceApplication } from '../change-application.ts'
import { openingAfter } from '../due-on.ts'
import { findRow } from '../store-applications.ts'
import { transition } from '../transition.ts'
import { openAgreements } from './agreement-tables.ts'
import type { AgreementsParts } from './agreements-parts.ts'

/** Step 0 begins to wait, each further one reminds, the one after the last reminder tells the clerk. */
export function handleAwaitingAgreements({ database, queue, clock, config }: AgreementsParts): JobHandler {
  return handleJob(awaitAgreements, ({ applicationNumber, step }) =>
    database.transaction().execute(async (transaction) => {
      const row = await findRow(transaction, applicationNumber)
      if (!row || !transition(row, { type: 'unanswered' }).ok) return
      if ((await openAgreements(transaction, row)).length === 0) return
      if (step > config.reminders) {
        const told = await advanceApplication(transaction, { clock, queue }, applicationNumber, { type: 'unanswered' }, { actor: 'zhika' })
        if (!told.ok) throw new PermanentFault('not-allowed', told.message)
        return
      }
      if (step > 0) {
        const occasion = `reminder-${step}`
        const order = { applicationNumber, letter: 'agreements', occasion } as const
        await queue.enqueue(transaction, writeLetter, order, { key: `${applicationNumber}:agreements:${occasion}` })
      }
      const next = { applicationNumber, step: step + 1 }
      const runAt = openingAfter(clock.now(), config.remindWorkingDays)
      await queue.enqueue(transaction, awaitAgreements, next, { key: `${applicationNumber}:${next.step}`, runAt })
    }),
  )
}
