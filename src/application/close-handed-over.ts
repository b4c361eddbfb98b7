/** Closes what was received or fetched, once the time to complain is over: see `close-later.ts`. */
import { closeHandedOver } from '../flow.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/database/open-database.ts'
import { handleJob, type JobHandler, type Queue } from '../platform/queue/contract.ts'
import { advanceApplication } from './change-application.ts'

/** A courier may have taken his word back meanwhile: then nothing is closed. */
export function handleClosing({ database, queue, clock }: { database: Database; queue: Queue; clock: Clock }): JobHandler {
  return handleJob(closeHandedOver, async ({ applicationNumber }) => {
    await database
      .transaction()
      .execute((transaction) =>
        advanceApplication(transaction, { clock, queue }, applicationNumber, { type: 'closed' }, { actor: 'zhika' }),
      )
  })
}
