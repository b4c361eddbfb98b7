/**
 * A reply by mail about three-party agreements: what it says beyond doubt is recorded, the rest is a clerk's to read. What takes an
 * application back is put to that application.
 */
import { hearReply, settleReply, type MailFacts, type Submission } from '../../flow.ts'
import { officeDay } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/open-database.ts'
import { handleJob, type JobHandler } from '../../platform/queue/contract.ts'
import type { ApplicationTables } from '../application-tables.ts'
import { numbersIn } from '../continue/choose-application.ts'
import { appendEvent, readEvents } from '../event-log.ts'
import { hearWithdrawal } from '../hear-withdrawal.ts'
import { updateRow } from '../judge-again.ts'
import { applicantActor, type ApplicationEvent, type LoggedEvent, type UnclearReply } from '../record.ts'
import { findRow, type ApplicationRow } from '../store-applications.ts'
import { transition } from '../transition.ts'
import { openAgreements, readAgreements } from './agreement-tables.ts'
import { confirmAgreement } from './confirm-agreement.ts'
import { newTextOf } from './new-text.ts'
import type { AgreementsParts } from './agreements-parts.ts'
import { readReply } from './read-reply.ts'

export function handleReply(parts: AgreementsParts): JobHandler {
  return handleJob(hearReply, async ({ submissionId }) => {
    const submission = await parts.submissionOf(submissionId)
    const mail = submission?.mail
    if (!submission || !mail || mail.automatic) return
    const outcome = await parts.database.transaction().execute(async (transaction) => {
      const said = await hear(parts, transaction, submission, mail)
      if (said !== 'not-concerned') return said
      return (await hearWithdrawal(transaction, { ...parts, at: parts.clock.now() }, submission, mail)) ? 'left-to-clerk' : said
    })
    parts.log.info('reply-heard', { submissionId, outcome })
  })
}

type Outcome = 'not-concerned' | 'confirmed' | 'left-to-clerk'

async function hear(parts: AgreementsParts, transaction: Executor, submission: Submission, mail: MailFacts): Promise<Outcome> {
  const concerned = await findConcerned(parts, transaction, mail)
  // One mail about two enterprises' applications is read by a person.
  const [found] = concerned
  if (!found || concerned.length > 1) return 'not-concerned'
  const { row, events, inLetterThread, isApplicant } = found
  if (events.some(({ event }) => isHeard(event, submission.id))) return 'confirmed'
  const reply = readReply(mail.text, await readAgreements(transaction, row))
  if (!reply.mentions && !inLetterThread) return 'not-concerned'
  const unclear = (why: UnclearReply) => leaveToClerk(parts, transaction, row, submission.id, why)
  if (!isApplicant) return unclear('sender')
  if (isForged(mail)) return unclear('authenticity')
  const said = {
    means: 'mail',
    by: mail.from ?? '',
    reason: null,
    submissionId: submission.id,
    actor: applicantActor,
  } as const
  for (const system of reply.confirmed) {
    const confirmed = await confirmAgreement(transaction, parts, row.number, system, said)
    if (!confirmed.ok) return unclear('words')
  }
  if (!reply.clear) return unclear(reply.open.length > 0 ? 'left' : 'words')
  await parts.queue.enqueue(
    transaction,
    settleReply,
    { submissionId: submission.id, applicationNumber: row.number },
    { key: submission.id },
  )
  return 'confirmed'
}

/** This very reply was recorded before. */
const isHeard = (event: ApplicationEvent, submissionId: string) =>
  (event.type === 'agreement-confirmed' || event.type === 'agreement-reply-unclear') && event.submissionId === submissionId

interface Concerned {
  readonly row: ApplicationRow
  readonly events: readonly LoggedEvent[]
  readonly inLetterThread: boolean
  readonly isApplicant: boolean
}

/** More open deregistrations than an office has. */
const mostOpen = 500

/** Open applications that wait for confirmations and that this mail answers, names, or whose applicant wrote it. */
async function findConcerned(parts: AgreementsParts, transaction: Executor, mail: MailFacts): Promise<Concerned[]> {
  const named = numbersIn(`${mail.subject}\n${newTextOf(mail.text)}`)
  const rows = await transaction
    .withTables<ApplicationTables>()
    .selectFrom('application')
    .selectAll()
    .where('status', 'in', ['draft', 'entered', 'reviewing', 'returned', 'awaiting-cards'])
    .where('service', 'in', parts.asking())
    .orderBy('opened_sequence', 'desc')
    .limit(mostOpen)
    .execute()
  const concerned: (Concerned & { readonly isAnswered: boolean })[] = []
  for (const row of rows) {
    if ((await openAgreements(transaction, row)).length === 0) continue
    const events = await readEvents(transaction, row.number)
    const inThread = isInThread(row, events, mail.references)
    const isApplicant = await isFromApplicant(parts, transaction, row, mail)
    if (!inThread.any && !named.includes(row.number) && !isApplicant) continue
    concerned.push({
      row,
      events,
      inLetterThread: inThread.agreements,
      isApplicant,
      isAnswered: inThread.any || named.includes(row.number),
    })
  }
  const answered = concerned.filter(({ isAnswered }) => isAnswered)
  return answered.length > 0 ? answered : concerned
}

/** Letters carry their id in their Message-ID. */
function isInThread(row: ApplicationRow, events: readonly LoggedEvent[], references: readonly string[]) {
  const answers = (letterId: string) => references.some((reference) => reference.startsWith(`<${letterId}@`))
  const letters = events.flatMap(({ event }) => (event.type === 'letter-written' && answers(event.letterId) ? [event.letter] : []))
  const first = row.reply_message_id !== null && references.includes(row.reply_message_id)
  return { any: first || letters.length > 0, agreements: letters.includes('agreements') }
}

/** The address that the application came from, or that its sender wished to be answered at. */
async function isFromApplicant(
  { submissionOf }: AgreementsParts,
  transaction: Executor,
  row: ApplicationRow,
  mail: MailFacts,
): Promise<boolean> {
  const from = mail.from?.toLowerCase()
  if (from === undefined) return false
  const first = (await submissionOf(row.submission_id, transaction))?.mail
  return [row.reply_address, first?.from, first?.replyTo].some((known) => known?.toLowerCase() === from)
}

/** What the receiving server found out speaks against the sender. */
const isForged = ({ authentication: found }: MailFacts): boolean =>
  found?.dmarc === 'fail' || (found?.spf === 'fail' && found.dkim !== 'pass')

/** The mail stays on the clerk's list, and so does the application, today. */
async function leaveToClerk(
  { clock }: AgreementsParts,
  transaction: Executor,
  { number }: ApplicationRow,
  submissionId: string,
  why: UnclearReply,
): Promise<Outcome> {
  const row = await findRow(transaction, number)
  const event = { type: 'agreement-reply-unclear', submissionId, why } as const
  if (!row || !transition(row, event).ok) return 'not-concerned'
  const at = clock.now()
  await appendEvent(transaction, { applicationNumber: number, at: at.toISOString(), actor: applicantActor, event })
  await updateRow(transaction, row, { due_on: officeDay(at) }, false)
  return 'left-to-clerk'
}
