/** The record (业务申请): what came of each submission, what was found, decided and done, and the log that proves it. */
import { answerSubmission, assembleApplications, type Reading, type Submission } from '../flow.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database, Executor } from '../platform/database/open-database.ts'
import { PermanentFault } from '../platform/errors.ts'
import type { Log } from '../platform/log/log.ts'
import { handleJob, type JobHandler, type Queue } from '../platform/queue/contract.ts'
import type { Applications } from './applications.ts'
import { advanceApplication, correctField, correctKind, recordParcel } from './change-application.ts'
import { handleAwaiting } from './await-answer.ts'
import { handleClosing } from './close-handed-over.ts'
import { readEvents, verifyLog } from './event-log.ts'
import type { LookUps } from './gather-context.ts'
import { numbersOfSubmission } from './link-submissions.ts'
import { openAssembled } from './open-assembled.ts'
import { asApplication, asSummary, countDueRows, countRows, findRow, listRows } from './store-applications.ts'

export interface ApplicationsParts extends LookUps {
  readonly database: Database
  readonly queue: Queue
  readonly clock: Clock
  readonly log: Log
  readonly submissionOf: (id: string) => Promise<Submission | undefined>
  readonly readingOf: (submissionId: string) => Promise<Reading | undefined>
  /** Applications that the scans of a submission are known to belong to, because of the parcel that they were made of. */
  readonly applicationsScanned?: (executor: Executor, submission: Submission, reading: Reading) => Promise<readonly string[]>
  /** Told in the same transaction which applications a submission opened or was joined to. */
  readonly whenAssembled?: (executor: Executor, submission: Submission, reading: Reading, numbers: readonly string[]) => Promise<void>
}

export function openApplications(parts: ApplicationsParts): Applications & { readonly handlers: readonly JobHandler[] } {
  return {
    handlers: [
      handleJob(assembleApplications, ({ submissionId }) => assembleSubmission(parts, submissionId)),
      handleAwaiting(parts),
      handleClosing(parts),
    ],
    async find(executor, number) {
      const row = await findRow(executor, number)
      return row && asApplication(executor, row)
    },
    list: async (executor, filter) => (await listRows(executor, filter)).map(asSummary),
    count: countRows,
    countDue: countDueRows,
    events: readEvents,
    advance: (executor, number, event, by) => advanceApplication(executor, parts, number, event, by),
    correctField: (executor, number, change, by) => correctField(executor, parts, number, change, by),
    correctKind: (executor, number, change, by) => correctKind(executor, parts, number, change, by),
    recordParcel: (executor, number, event, by) => recordParcel(executor, parts, number, event, by),
    verifyLog,
  }
}

/** Opens the applications of a submission that has been read; a repeat finds them and does nothing. */
async function assembleSubmission(parts: ApplicationsParts, submissionId: string): Promise<void> {
  const submission = await parts.submissionOf(submissionId)
  if (!submission) throw new PermanentFault('submission-unknown', '找不到这份来件的记录', { facts: { submissionId } })
  const reading = await parts.readingOf(submissionId)
  if (!reading) throw new PermanentFault('reading-missing', '这份来件还没有读过，请先重新读取', { facts: { submissionId } })
  const opened = await parts.database.transaction().execute(async (transaction) => {
    // As if the numbers stood on the folder.
    const known = (await parts.applicationsScanned?.(transaction, submission, reading)) ?? []
    const named = { ...submission, name: [submission.name, ...known].join('\n') }
    const numbers = await openAssembled(transaction, { ...parts, now: parts.clock.now() }, named, reading)
    await parts.whenAssembled?.(transaction, submission, reading, numbers)
    // Locked, blank or broken throughout: its sender is told, unless it continued something. Programs are never answered.
    const isNobodys = reading.documents.length === 0 && (await numbersOfSubmission(transaction, submissionId)).length === 0
    if (isNobodys && submission.mail && !submission.mail.automatic)
      await parts.queue.enqueue(transaction, answerSubmission, { submissionId }, { key: submissionId })
    return numbers
  })
  parts.log.info('applications-opened', { submissionId, applications: opened.length, documents: reading.documents.length })
}
