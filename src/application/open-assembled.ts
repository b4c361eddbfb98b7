/** Opens one application for each service that a submission asks for, with its papers, findings and first letter. */
import { writeLetter, type Reading, type Submission } from '../flow.ts'
import { officeDay } from '../platform/clock.ts'
import type { Executor } from '../platform/database/open-database.ts'
import type { Queue } from '../platform/queue/contract.ts'
import type { ApplicationTables } from './application-tables.ts'
import { assemble, type Assembled } from './assemble/assemble.ts'
import { reviewDueOn } from './due-on.ts'
import { appendEvent } from './event-log.ts'
import { judge } from './judge/judge.ts'
import { nextApplicationNumber } from './number-applications.ts'
import type { ApplicationEvent } from './record.ts'
import { findUsedOrders, insertDocuments, linkEnterprise, linkOrders, replaceFindings } from './store-applications.ts'

/** Runs in the caller's transaction; returns the numbers of what it opened, none when the submission was assembled before. */
export async function openAssembled(
  executor: Executor,
  parts: { readonly queue: Queue; readonly now: Date },
  submission: Submission,
  reading: Reading,
): Promise<string[]> {
  const tables = executor.withTables<ApplicationTables>()
  const before = await tables.selectFrom('application').select('number').where('submission_id', '=', submission.id).limit(1).execute()
  if (before.length > 0) return []
  const numbers: string[] = []
  for (const [ordinal, assembled] of assemble(reading.documents).entries())
    numbers.push(await openOne(executor, parts, submission, { ...assembled, ordinal, unreadFiles: reading.problems.length }))
  return numbers
}

async function openOne(
  executor: Executor,
  { queue, now }: { readonly queue: Queue; readonly now: Date },
  submission: Submission,
  assembled: Assembled & { readonly ordinal: number; readonly unreadFiles: number },
): Promise<string> {
  const { service, told, sheetServices, documents, enterprise, unreadFiles } = assembled
  const at = now.toISOString()
  const today = officeDay(now)
  const number = await nextApplicationNumber(executor, today)
  const own = { submissionId: submission.id, service, uscc: enterprise.uscc, openedSequence: null }
  const usedOrders = await findUsedOrders(executor, documents, own)
  const { findings, decision } = judge({ service, told, sheetServices, documents }, { today, unreadFiles, usedOrders })
  const append = (event: ApplicationEvent) => appendEvent(executor, { applicationNumber: number, at, actor: 'zhika', event })
  const openedSequence = await append({ type: 'opened', submissionId: submission.id })
  await append({ type: 'judged', decision, findings: findings.map(({ code }) => code) })
  await executor
    .withTables<ApplicationTables>()
    .insertInto('application')
    .values({
      number,
      submission_id: submission.id,
      ordinal: assembled.ordinal,
      service,
      service_told: told,
      sheet_services: JSON.stringify(sheetServices),
      status: 'entered',
      decision,
      enterprise_name: enterprise.name,
      enterprise_uscc: enterprise.uscc,
      door: submission.door,
      received_at: submission.receivedAt,
      due_on: reviewDueOn(submission.receivedAt),
      version: 1,
      unread_files: unreadFiles,
      // Programs are never answered: their letters are printed.
      reply_address: submission.mail && !submission.mail.automatic ? (submission.mail.replyTo ?? submission.mail.from) : null,
      reply_subject: submission.mail?.subject ?? null,
      reply_message_id: submission.mail?.messageId ?? null,
      opened_sequence: openedSequence,
    })
    .execute()
  await insertDocuments(executor, number, documents)
  await replaceFindings(executor, number, findings)
  await linkOrders(executor, number, documents)
  await linkEnterprise(executor, enterprise, at)
  // The letter is written whether or not there is an address to send it to: without one it is printed.
  const letter = { applicationNumber: number, letter: 'acknowledgement', occasion: 'opened' } as const
  await queue.enqueue(executor, writeLetter, letter, { key: `${number}:acknowledgement:opened` })
  // Guide 九: three-party agreements (三方协议) must be ended before the legal person's card is void.
  if (service === 'deregister')
    await queue.enqueue(
      executor,
      writeLetter,
      { applicationNumber: number, letter: 'agreements', occasion: 'opened' },
      { key: `${number}:agreements:opened` },
    )
  return number
}
