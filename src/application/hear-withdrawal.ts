/** A mail that takes an application back (撤回): it is put to that application and on the clerk's list, and nothing else is done. */
import type { MailFacts, Submission } from '../flow.ts'
import { isValidUscc, normalizeUscc } from '../guide/identifiers/uscc.ts'
import { asksToWithdraw } from '../guide/withdrawal-words.ts'
import type { Executor } from '../platform/database/open-database.ts'
import { officeDay } from '../platform/clock.ts'
import { newTextOf } from './agreements/new-text.ts'
import type { ApplicationTables } from './application-tables.ts'
import { numbersIn } from './continue/choose-application.ts'
import { appendEvent, readEvents } from './event-log.ts'
import { judgeAgain, serviceOfRow, updateRow, type JudgingParts } from './judge-again.ts'
import { applicantActor } from './record.ts'
import { findRow, readDocuments, type ApplicationRow } from './store-applications.ts'
import { transition, transitions, undecided } from './transition.ts'

/** Runs in the caller's transaction, once for each mail. False where it takes nothing back, or nobody can tell what. */
export async function hearWithdrawal(executor: Executor, parts: JudgingParts, submission: Submission, mail: MailFacts): Promise<boolean> {
  const words = `${mail.subject}\n${newTextOf(mail.text)}`
  if (!asksToWithdraw(words)) return false
  const [row, ...others] = await findConcerned(executor, mail, words)
  if (!row || others.length > 0) return false
  const event = { type: 'withdrawal-asked', submissionId: submission.id } as const
  if (!transition(row, event).ok) return false
  const heard = (await readEvents(executor, row.number)).some(
    ({ event: before }) => before.type === event.type && before.submissionId === submission.id,
  )
  if (heard) return true
  const at = parts.at.toISOString()
  await appendEvent(executor, { applicationNumber: row.number, at, actor: applicantActor, event })
  // What was accepted is judged no more.
  if (!undecided.includes(row.status)) return true
  const documents = await readDocuments(executor, row.number)
  const judged = await judgeAgain(executor, parts, row, { documents, service: serviceOfRow(row), counts: true })
  await updateRow(executor, judged, { due_on: officeDay(parts.at) }, false)
  return true
}

/** Sent by nobody as often. */
const mostOpen = 50

/** Those that the mail names, or of the enterprise whose code it names; else the one whose letter or mail it answers; else all of its sender. */
async function findConcerned(executor: Executor, mail: MailFacts, words: string): Promise<ApplicationRow[]> {
  const named = numbersIn(words).slice(0, 20)
  if (named.length > 0) return (await Promise.all(named.map((number) => findRow(executor, number)))).flatMap((row) => row ?? [])
  const open = executor
    .withTables<ApplicationTables>()
    .selectFrom('application')
    .selectAll()
    .where('status', 'in', Object.keys(transitions.withdrawn) as ApplicationRow['status'][])
    .orderBy('opened_sequence', 'desc')
    .limit(mostOpen)
  const codes = (words.normalize('NFKC').match(/(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])/giu) ?? []).map(normalizeUscc).filter(isValidUscc)
  if (codes.length > 0) return open.where('enterprise_uscc', 'in', codes.slice(0, 20)).execute()
  const sender = mail.from
  if (sender === null || sender === undefined) return []
  const rows = await open.where('reply_address', 'in', [...new Set([sender, mail.replyTo ?? sender])]).execute()
  const answered: ApplicationRow[] = []
  for (const row of rows) if (await isAnswered(executor, row, mail.references)) answered.push(row)
  return answered.length > 0 ? answered : rows
}

/** Letters carry their id in their Message-ID. */
async function isAnswered(executor: Executor, row: ApplicationRow, references: readonly string[]): Promise<boolean> {
  if (row.reply_message_id !== null && references.includes(row.reply_message_id)) return true
  const events = await readEvents(executor, row.number)
  return events.some(
    ({ event }) => event.type === 'letter-written' && references.some((reference) => reference.startsWith(`<${event.letterId}@`)),
  )
}
