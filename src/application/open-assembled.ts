/** What a submission asks for: applications that it continues, and one new one for each further service. */
import { writeLetter, type Reading, type Submission } from '../flow.ts'
import type { DocumentKind, ServiceCode } from '../guide/papers.ts'
import { services } from '../guide/services.ts'
import { officeDay } from '../platform/clock.ts'
import type { Executor } from '../platform/database/open-database.ts'
import type { Queue } from '../platform/queue/contract.ts'
import { startAgreements } from './agreements/start-agreements.ts'
import type { ApplicationTables } from './application-tables.ts'
import { assemble, type Assembled } from './assemble/assemble.ts'
import { chooseApplications, isAddressed } from './continue/choose-application.ts'
import { findOpenApplications } from './continue/find-open-applications.ts'
import { joinPapers } from './continue/join-papers.ts'
import { reviewDueOn, waitsForApplicant } from './due-on.ts'
import { appendEvent } from './event-log.ts'
import { gatherContext, type LookUps } from './gather-context.ts'
import { judge } from './judge/judge.ts'
import { isKept } from './leave-draft.ts'
import { linkSubmission, numbersOfSubmission } from './link-submissions.ts'
import { nextApplicationNumber } from './number-applications.ts'
import { passPreCheck } from './pass-pre-check.ts'
import type { ApplicationEvent } from './record.ts'
import { insertDocuments, linkEnterprise, linkOrders, replaceFindings } from './store-applications.ts'

export interface AssemblingParts extends LookUps {
  readonly queue: Queue
  readonly now: Date
}

/** Runs in the caller's transaction; returns the numbers of what it opened or joined, none when this was done before. */
export async function openAssembled(
  executor: Executor,
  parts: AssemblingParts,
  submission: Submission,
  reading: Reading,
): Promise<string[]> {
  if ((await numbersOfSubmission(executor, submission.id)).length > 0) return []
  const unreadFiles = reading.problems.filter(({ code }) => !holdsNoPaper.has(code)).length
  const numbers: string[] = []
  const assembled = assemble(reading.documents)
  let ordinal = 0
  for (const papers of assembled) {
    const open = (await findOpenApplications(executor, submission, papers)).filter(({ number }) => !numbers.includes(number))
    const continued = chooseApplications(papers, submission, open)
    for (const { number, service } of continued) {
      const documents = continued.length === 1 ? papers.documents : papers.documents.filter(({ kind }) => isNeeded(service, kind))
      await joinPapers(executor, parts, submission, { number, papers: { documents }, unreadFiles })
    }
    const concerned = continued.map(({ number }) => number)
    if (concerned.length === 0) concerned.push(await openOne(executor, parts, submission, { ...papers, ordinal: ordinal++, unreadFiles }))
    for (const number of concerned) await passPreCheck(executor, parts, number)
    numbers.push(...concerned)
  }
  if (assembled.length > 0 || submission.mail?.automatic) return numbers
  // Nothing was read of it: a reply in words only, or one whose files cannot be opened, still is one.
  const [answered] = (await findOpenApplications(executor, submission, null)).filter((open) => isAddressed(open, submission))
  if (answered) await joinPapers(executor, parts, submission, { number: answered.number, papers: { documents: [] }, unreadFiles })
  return answered ? [answered.number] : []
}

/** The back of a sheet that a scanner took too, the picture below a mail, a name made plain: what is missing is not there. */
const holdsNoPaper = new Set(['blank', 'signature-image', 'unsafe-name'])

const isNeeded = (service: ServiceCode, kind: DocumentKind) => services[service].papers.some((need) => need.kind === kind)

async function openOne(
  executor: Executor,
  parts: AssemblingParts,
  submission: Submission,
  assembled: Assembled & { readonly ordinal: number; readonly unreadFiles: number },
): Promise<string> {
  const { service, told, sheetServices, documents, enterprise, unreadFiles } = assembled
  const { queue, now } = parts
  const at = now.toISOString()
  const number = await nextApplicationNumber(executor, officeDay(now))
  const own = { number: null, submissionId: submission.id, service, uscc: enterprise.uscc, documents, unreadFiles, openedSequence: null }
  const context = await gatherContext(executor, parts, now, own)
  const { findings, decision } = judge({ service, told, sheetServices, documents }, context)
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
      status: isKept({ told, documents }) ? 'draft' : 'entered',
      decision,
      enterprise_name: enterprise.name,
      enterprise_uscc: enterprise.uscc,
      door: submission.door,
      received_at: submission.receivedAt,
      due_on: waitsForApplicant(findings) ? null : reviewDueOn(submission.receivedAt),
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
  await linkSubmission(executor, number, submission.id, at)
  // The letter is written whether or not there is an address to send it to: without one it is printed.
  const letter = { applicationNumber: number, letter: 'acknowledgement', occasion: 'opened' } as const
  await queue.enqueue(executor, writeLetter, letter, { key: `${number}:acknowledgement:opened` })
  await startAgreements(executor, queue, { number, service })
  return number
}
