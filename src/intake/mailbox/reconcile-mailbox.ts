/** Proves for one mailbox that every message on the server is accounted for, and that what was taken is still there. */
import { RetryableFault } from '../../platform/errors.ts'
import type { MailboxConfig } from '../intake-config.ts'
import type { IntakeTables } from '../intake-tables.ts'
import { connectionTo } from './connect-mailbox.ts'
import { ageOf, troubledMessages, type MailboxAge } from './mailbox-ledger.ts'
import { takeMessages, type Progress, type TakingParts } from './take-messages.ts'

export interface Reconciliation {
  /** `user@host/folder` */
  readonly mailbox: string
  readonly uidValidity: string
  readonly at: string
  /** Messages on the server. */
  readonly messages: number
  readonly taken: number
  /** Not taken, each a visible submission with its reason. */
  readonly refused: number
  /** UIDs that could not be taken yet and are tried again. */
  readonly waiting: readonly number[]
  /** UIDs of which nothing is known: must be empty. */
  readonly unexplained: readonly number[]
  /** UIDs that were taken and whose bytes are not in the file store: must be empty. */
  readonly withoutBytes: readonly number[]
}

/** Takes what is missing first. Throws what the connection throws. */
export async function reconcileMailbox(parts: TakingParts, mailbox: MailboxConfig): Promise<Reconciliation> {
  const client = connectionTo(mailbox, parts.config)
  try {
    await client.connect()
    const opened = await client.mailboxOpen(mailbox.folder, { readOnly: true })
    const age = ageOf(mailbox, opened.uidValidity)
    const progress: Progress = { from: 1, taken: 0 }
    // Listed before taking: what arrives meanwhile is the next look's.
    const listed = await client.search({ all: true }, { uid: true })
    if (!listed) throw new RetryableFault('mailbox-search-failed', 'the mail server did not list its messages')
    let fault: unknown
    await takeMessages(client, age, progress, parts).catch((error: unknown) => {
      fault = error
    })
    const troubled = await troubledMessages(parts.database, age)
    const waits = (uid: number) => fault !== undefined || troubled.has(uid)
    const report = await compare(parts, age, listed, waits)
    const row = { at: report.at, report: JSON.stringify(report) }
    await parts.database
      .withTables<IntakeTables>()
      .insertInto('mailbox_reconciliation')
      .values({ mailbox: age.mailbox, ...row })
      .onConflict((conflict) => conflict.column('mailbox').doUpdateSet(row))
      .execute()
    const { messages, taken, refused, waiting, unexplained, withoutBytes } = report
    const counts = { messages, taken, refused, waiting: waiting.length, unexplained: unexplained.length, withoutBytes: withoutBytes.length }
    parts.log[unexplained.length + withoutBytes.length > 0 ? 'warn' : 'info']('mailbox-reconciled', { host: mailbox.host, ...counts })
    return report
  } finally {
    client.close()
  }
}

async function compare(
  { clock, database, files }: TakingParts,
  { mailbox, uidValidity }: MailboxAge,
  listed: readonly number[],
  waits: (uid: number) => boolean,
): Promise<Reconciliation> {
  const rows = await database
    .withTables<IntakeTables>()
    .selectFrom('mailbox_message')
    .leftJoin('submission_file', 'submission_file.submission_id', 'mailbox_message.submission_id')
    .select(['mailbox_message.uid', 'mailbox_message.outcome', 'submission_file.sha256'])
    .where('mailbox', '=', mailbox)
    .where('uid_validity', '=', uidValidity)
    .execute()
  const ledger = new Map(rows.map(({ uid, outcome, sha256 }) => [Number(uid), { outcome, sha256 }]))
  const withoutBytes: number[] = []
  for (const uid of listed) {
    const entry = ledger.get(uid)
    if (entry?.outcome === 'taken' && (entry.sha256 === null || !(await files.has(entry.sha256)))) withoutBytes.push(uid)
  }
  const missing = listed.filter((uid) => !ledger.has(uid))
  const count = (outcome: 'taken' | 'refused') => listed.filter((uid) => ledger.get(uid)?.outcome === outcome).length
  return {
    mailbox,
    uidValidity,
    at: clock.now().toISOString(),
    messages: listed.length,
    taken: count('taken'),
    refused: count('refused'),
    waiting: missing.filter(waits),
    unexplained: missing.filter((uid) => !waits(uid)),
    withoutBytes,
  }
}
