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

/** Enters a message into the ledger, to be given to `receive` or `refuse` as what happens alongside. */
export function enterMessage(clock: Clock, { mailbox, uidValidity }: MailboxAge, uid: number, outcome: 'taken' | 'refused') {
  return async (executor: Executor, submissionId: string): Promise<void> => {
    await executor
      .withTables<IntakeTables>()
      .insertInto('mailbox_message')
      .values({ mailbox, uid_validity: uidValidity, uid, submission_id: submissionId, outcome, recorded_at: clock.now().toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}
