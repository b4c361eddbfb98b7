/** Joins papers that came later to an application that nobody has decided: only what they change is asked and shown again. */
import { writeLetter, type Submission } from '../../flow.ts'
import type { Executor } from '../../platform/database/open-database.ts'
import { startAgreements } from '../agreements/start-agreements.ts'
import type { ApplicationTables } from '../application-tables.ts'
import type { Assembled } from '../assemble/assemble.ts'
import { tellServices } from '../assemble/tell-services.ts'
import { reviewDueOn, waitsForApplicant } from '../due-on.ts'
import { appendEvent } from '../event-log.ts'
import { enterpriseOf } from '../judge/enterprise.ts'
import { gatherContext } from '../gather-context.ts'
import { decide, judge } from '../judge/judge.ts'
import type { JudgedPapers } from '../judge/papers.ts'
import type { ApplicationEvent } from '../record.ts'
import { statusAfterJudging } from '../leave-draft.ts'
import { keepFormerDocuments, linkSubmission } from '../link-submissions.ts'
import {
  findRow,
  insertDocuments,
  linkEnterprise,
  linkOrders,
  readDocuments,
  readFindings,
  replaceFindings,
  type ApplicationRow,
} from '../store-applications.ts'
import type { AssemblingParts } from '../open-assembled.ts'
import { transition } from '../transition.ts'
import { mergePapers } from './merge-papers.ts'

/** Runs in the caller's transaction, once for each submission. */
export async function joinPapers(
  executor: Executor,
  { queue, now, ...lookUps }: AssemblingParts,
  submission: Submission,
  joined: { readonly number: string; readonly papers: Pick<Assembled, 'documents'>; readonly unreadFiles: number },
): Promise<void> {
  const { number, papers, unreadFiles } = joined
  const row = await findRow(executor, number)
  if (!row) return
  const before = (await readFindings(executor, number)).filter(({ dismissedBy }) => dismissedBy === null).map(({ finding }) => finding)
  const merged = mergePapers({ service: row.service, documents: await readDocuments(executor, number), findings: before }, papers.documents)
  const told = serviceOf(row, merged.documents)
  const enterprise = enterpriseOf(merged.documents)
  const unread = Number(row.unread_files) + unreadFiles
  const context = await gatherContext(executor, lookUps, now, {
    number,
    submissionId: row.submission_id,
    service: told.service,
    uscc: enterprise.uscc,
    documents: merged.documents,
    unreadFiles: unread,
    openedSequence: Number(row.opened_sequence),
  })
  const { findings } = judge({ ...told, documents: merged.documents }, context)
  const at = now.toISOString()
  const append = (event: ApplicationEvent) => appendEvent(executor, { applicationNumber: number, at, actor: 'zhika', event })
  const event: ApplicationEvent = {
    type: 'papers-joined',
    submissionId: submission.id,
    added: merged.added,
    replaced: merged.replaced.map(({ kind }) => kind),
    resolved: before
      .filter(({ code, document }) => !findings.some((other) => other.code === code && other.document === document))
      .map(({ code }) => code),
  }
  const status = transition(row, event)
  if (!status.ok) throw new Error(status.message)
  await append(event)
  await keepFormerDocuments(executor, number, submission.id, merged.replaced)
  await executor.withTables<ApplicationTables>().deleteFrom('application_document').where('application_number', '=', number).execute()
  await insertDocuments(executor, number, merged.documents)
  const open = (await replaceFindings(executor, number, findings))
    .filter(({ dismissedBy }) => dismissedBy === null)
    .map(({ finding }) => finding)
  const decision = decide(open)
  await append({ type: 'judged', decision, findings: open.map(({ code }) => code) })
  const entered = { ...row, status: status.value }
  const after = await statusAfterJudging(executor, entered, { ...told, documents: merged.documents }, at)
  await linkOrders(executor, number, merged.documents)
  await linkEnterprise(executor, enterprise, at)
  await linkSubmission(executor, number, submission.id, at)
  await executor
    .withTables<ApplicationTables>()
    .updateTable('application')
    .set({
      status: after,
      decision,
      service: told.service,
      service_told: told.told,
      sheet_services: JSON.stringify(told.sheetServices),
      enterprise_name: enterprise.name,
      enterprise_uscc: enterprise.uscc,
      // Once the originals are here it is no pre-check any more; a mail after the envelope takes nothing back.
      door: row.door === 'folder' ? row.door : submission.door,
      due_on: waitsForApplicant(open) ? null : reviewDueOn(submission.receivedAt),
      unread_files: unread,
      version: Number(row.version) + 1,
      ...replyTo(row, submission),
    })
    .where('number', '=', number)
    .execute()
  await startAgreements(executor, queue, { number, service: told.service })
  // Words alone are not acknowledged: two robots would never stop.
  if (papers.documents.length === 0) return
  await queue.enqueue(
    executor,
    writeLetter,
    { applicationNumber: number, letter: 'acknowledgement', occasion: submission.id },
    { key: `${number}:acknowledgement:${submission.id}` },
  )
}

/** What was ticked or put right stays; a service that was only inferred is told again from all papers. */
function serviceOf(row: ApplicationRow, documents: JudgedPapers['documents']): Pick<JudgedPapers, 'service' | 'told' | 'sheetServices'> {
  const before = {
    service: row.service,
    told: row.service_told as JudgedPapers['told'],
    sheetServices: JSON.parse(row.sheet_services) as JudgedPapers['sheetServices'],
  }
  if (before.told === 'ticked') return before
  const { services, told } = tellServices(documents)
  const [first = row.service] = services
  return { service: services.includes(row.service) ? row.service : first, told, sheetServices: services }
}

/** Letters go to who wrote last. */
function replyTo(row: ApplicationRow, { mail }: Submission): Partial<ApplicationRow> {
  const address = mail?.replyTo ?? mail?.from
  if (!mail || mail.automatic || !address) return {}
  return { reply_address: address, reply_subject: mail.subject, reply_message_id: mail.messageId ?? row.reply_message_id }
}
