/**
 * Sends a written letter once. The attempt is recorded before it begins: who finds a letter in `sending` finds an attempt
 * that was cut off, and nobody knows whether it arrived.
 */
import { sendLetter, verifyLetter } from '../../flow.ts'
import type { Executor } from '../../platform/database/open-database.ts'
import { PermanentFault } from '../../platform/errors.ts'
import type { DispatchTables } from '../dispatch-tables.ts'
import type { DispatchParts } from '../dispatch-parts.ts'
import { messageIdOf } from './build-mail.ts'
import { recordSent } from './record-sent.ts'

type LetterRow = DispatchTables['letter']

/** Minutes after which an uncertain letter is looked for in the Sent folder. */
const looks = [1, 10, 60]

export async function sendOneLetter(parts: DispatchParts, letterId: string): Promise<void> {
  const { clock, database, files, log, mailer } = parts
  if (!mailer) throw new PermanentFault('mail-not-configured', '尚未配置发信服务器（mail.smtp），函件已存于 outbox，可配置后重发')
  const letters = database.withTables<DispatchTables>()
  const letter = await letters.selectFrom('letter').selectAll().where('id', '=', letterId).executeTakeFirst()
  if (!letter || letter.sha256 === null || letter.to_address === null)
    throw new PermanentFault('letter-unknown', '函件不存在或没有收件地址')
  if (letter.state === 'sending') return settleUnknown(parts, letter, 'interrupted')
  if (letter.state !== 'written' || (await isStopped(database))) return
  const bytes = await files.get(letter.sha256)
  const claimed = await letters
    .updateTable('letter')
    .set({ state: 'sending', attempts: letter.attempts + 1, reason: null })
    .where('id', '=', letterId)
    .where('state', '=', 'written')
    // Stopped between the look and the claim: the stop counts.
    .where(({ not, exists }) => not(exists(letters.selectFrom('letter_stop').select('id'))))
    .executeTakeFirst()
  if (claimed.numUpdatedRows === 0n) return

  const outcome = await mailer.send({ to: letter.to_address, bytes })
  log.info('letter-attempted', { letterId, outcome: outcome.state, reason: outcome.state === 'sent' ? null : outcome.reason })
  switch (outcome.state) {
    case 'sent':
      await database.transaction().execute((transaction) => recordSent(parts, transaction, letter, { actor: 'zhika' }))
      return
    case 'unknown':
      return settleUnknown(parts, letter, outcome.reason)
    case 'unavailable':
      return tryLater(parts, letter, outcome.reason)
    case 'refused':
      return settle(database, letter, 'refused', outcome.reason)
  }

  async function tryLater(parts: DispatchParts, row: LetterRow, reason: string): Promise<void> {
    const attempts = row.attempts + 1
    const now = clock.now().getTime()
    if (now - new Date(row.written_at).getTime() > parts.config.retryHours * 3_600_000)
      return settle(database, row, 'refused', `gave-up ${reason}`)
    // 1, 2, 4 … minutes, at most four hours.
    const runAt = new Date(now + Math.min(2 ** (attempts - 1), 240) * 60_000)
    await database.transaction().execute(async (transaction) => {
      await settle(transaction, row, 'written', reason)
      await parts.queue.enqueue(transaction, sendLetter, { letterId: row.id }, { key: `${row.id}:${attempts}:later`, runAt })
    })
  }
}

/** Where the Sent folder can be asked it is; without one, or with no trace in it, a clerk must find out. */
async function settleUnknown(parts: DispatchParts, letter: LetterRow, reason: string): Promise<void> {
  await parts.database.transaction().execute(async (transaction) => {
    await settle(transaction, letter, 'unknown', reason)
    if (parts.sentFolder) await lookLater(parts, transaction, letter.id, 0)
  })
}

async function lookLater({ clock, queue }: DispatchParts, executor: Executor, letterId: string, look: number): Promise<void> {
  const minutes = looks[look]
  if (minutes === undefined) return
  const runAt = new Date(clock.now().getTime() + minutes * 60_000)
  await queue.enqueue(executor, verifyLetter, { letterId, look }, { key: `${letterId}:${clock.now().toISOString()}:${look}`, runAt })
}

/** One look into the Sent folder for a letter of which nobody knows whether it left. It is never sent again by this. */
export async function verifyOneLetter(parts: DispatchParts, { letterId, look }: { letterId: string; look: number }): Promise<void> {
  const { database, sentFolder } = parts
  const find = (executor: Executor) =>
    executor.withTables<DispatchTables>().selectFrom('letter').selectAll().where('id', '=', letterId).executeTakeFirst()
  const letter = await find(database)
  if (letter?.state !== 'unknown' || letter.sha256 === null || !sentFolder) return
  const id = messageIdOf(await parts.files.get(letter.sha256))
  const found = id === null ? null : await sentFolder.holds(id)
  parts.log.info('letter-looked-up', { letterId, found })
  await database.transaction().execute(async (transaction) => {
    if ((await find(transaction))?.state !== 'unknown') return
    if (found) await recordSent(parts, transaction, letter, { actor: 'zhika' })
    else await lookLater(parts, transaction, letterId, look + 1)
  })
}

/** Whether a clerk has stopped all letters. */
export async function isStopped(executor: Executor): Promise<boolean> {
  return (await executor.withTables<DispatchTables>().selectFrom('letter_stop').select('id').executeTakeFirst()) !== undefined
}

async function settle(executor: Executor, { id }: LetterRow, state: 'written' | 'refused' | 'unknown', reason: string): Promise<void> {
  await executor
    .withTables<DispatchTables>()
    .updateTable('letter')
    .set({ state, reason })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .execute()
}
