/** Which messages of a mailbox are accounted for. Each row is written in the transaction that records its submission. */
import type { Clock } from '../../platform/clock.ts'
import type { Database, Executor } from '../../platform/database/open-database.ts'
import type { MailboxConfig } from '../intake-config.ts'
import type { IntakeTables } from '../intake-tables.ts'

/** One state of one folder: UIDs mean nothing once UIDVALIDITY has changed (RFC 9051, 2.3.1.1). */
export interface MailboxAge {
  /** `user@host/folder` */
  readonly mailbox: string
  readonly uidValidity: string
}

export function ageOf({ user, host, folder }: MailboxConfig, uidValidity: bigint): MailboxAge {
  return { mailbox: `${user}@${host}/${folder}`, uidValidity: String(uidValidity) }
}

/** The UIDs from `from` on that are accounted for. */
export async function knownUids(database: Database, { mailbox, uidValidity }: MailboxAge, from: number): Promise<Set<number>> {
  const rows = await database
    .withTables<IntakeTables>()
    .selectFrom('mailbox_message')
    .select('uid')
    .where('mailbox', '=', mailbox)
    .where('uid_validity', '=', uidValidity)
    .where('uid', '>=', from)
    .execute()
  return new Set(rows.map(({ uid }) => Number(uid)))
}

export interface Trouble {
  readonly tries: number
  readonly withheld: number
  readonly lastAt: string
}

/** The messages that could not be taken so far, by their UIDs. */
export async function troubledMessages(database: Database, { mailbox, uidValidity }: MailboxAge): Promise<Map<number, Trouble>> {
  const rows = await database
    .withTables<IntakeTables>()
    .selectFrom('mailbox_trouble')
    .select(['uid', 'tries', 'withheld', 'last_at'])
    .where('mailbox', '=', mailbox)
    .where('uid_validity', '=', uidValidity)
    .execute()
  return new Map(rows.map(({ uid, tries, withheld, last_at: lastAt }) => [Number(uid), { tries, withheld, lastAt }]))
}

/** Counts one try that did not bring the message; gives what is known of it now. */
export async function countTry(
  database: Database,
  clock: Clock,
  { mailbox, uidValidity }: MailboxAge,
  uid: number,
  outcome: 'lost' | 'withheld',
): Promise<Trouble> {
  const last_at = clock.now().toISOString()
  const one = outcome === 'withheld' ? 1 : 0
  const { tries, withheld } = await database
    .withTables<IntakeTables>()
    .insertInto('mailbox_trouble')
    .values({ mailbox, uid_validity: uidValidity, uid, tries: 1, withheld: one, last_at })
    .onConflict((conflict) =>
      conflict.columns(['mailbox', 'uid_validity', 'uid']).doUpdateSet(({ ref, eb }) => ({
        tries: eb(ref('mailbox_trouble.tries'), '+', 1),
        withheld: eb(ref('mailbox_trouble.withheld'), '+', one),
        last_at,
      })),
    )
    .returning(['tries', 'withheld'])
    .executeTakeFirstOrThrow()
  return { tries, withheld, lastAt: last_at }
}

export interface UnmovedMessage {
  readonly uid: number
  /** Whether it came to a good end; those still being unfolded are left out. */
  readonly good: boolean
}

/** Messages whose fate is known and that still lie where they came. */
export async function unmovedMessages(database: Database, { mailbox, uidValidity }: MailboxAge): Promise<UnmovedMessage[]> {
  const rows = await database
    .withTables<IntakeTables>()
    .selectFrom('mailbox_message')
    .innerJoin('submission', 'submission.id', 'mailbox_message.submission_id')
    .select(['mailbox_message.uid', 'submission.state'])
    .where('mailbox_message.mailbox', '=', mailbox)
    .where('mailbox_message.uid_validity', '=', uidValidity)
    .where('mailbox_message.moved_to', 'is', null)
    .where('submission.state', '<>', 'received')
    .orderBy('mailbox_message.uid')
    .execute()
  return rows.map(({ uid, state }) => ({ uid: Number(uid), good: state !== 'failed' && state !== 'refused' }))
}

export async function recordMoved(
  database: Database,
  { mailbox, uidValidity }: MailboxAge,
  uids: readonly number[],
  movedTo: string,
): Promise<void> {
  await database
    .withTables<IntakeTables>()
    .updateTable('mailbox_message')
    .set({ moved_to: movedTo })
    .where('mailbox', '=', mailbox)
    .where('uid_validity', '=', uidValidity)
    .where('uid', 'in', [...uids])
    .execute()
}

/** Enters a message into the ledger, to be given to `receive` or `refuse` as what happens alongside. */
export function enterMessage(clock: Clock, { mailbox, uidValidity }: MailboxAge, uid: number, outcome: 'taken' | 'refused') {
  return async (executor: Executor, submissionId: string): Promise<void> => {
    const tables = executor.withTables<IntakeTables>()
    await tables
      .deleteFrom('mailbox_trouble')
      .where('mailbox', '=', mailbox)
      .where('uid_validity', '=', uidValidity)
      .where('uid', '=', uid)
      .execute()
    await tables
      .insertInto('mailbox_message')
      .values({
        mailbox,
        uid_validity: uidValidity,
        uid,
        submission_id: submissionId,
        outcome,
        recorded_at: clock.now().toISOString(),
        moved_to: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}
