/**
 * Sends a written letter once. The attempt is recorded before it begins: who finds a letter in `sending` finds an attempt
 * that was cut off, and nobody knows whether it arrived.
 */
import { PermanentFault, RetryableFault } from '../../platform/errors.ts'
import type { DispatchTables, LetterState } from '../dispatch-tables.ts'
import type { DispatchParts } from '../dispatch-parts.ts'

export async function sendOneLetter(parts: DispatchParts, letterId: string): Promise<void> {
  const { applications, clock, database, files, log, mailer } = parts
  if (!mailer) throw new PermanentFault('mail-not-configured', '尚未配置发信服务器（mail.smtp），函件已存于 outbox，可配置后重发')
  const letters = database.withTables<DispatchTables>()
  const letter = await letters.selectFrom('letter').selectAll().where('id', '=', letterId).executeTakeFirst()
  if (!letter || letter.sha256 === null || letter.to_address === null)
    throw new PermanentFault('letter-unknown', '函件不存在或没有收件地址')
  if (letter.state === 'sending') return settle('unknown', 'interrupted')
  if (letter.state !== 'written') return
  const bytes = await files.get(letter.sha256)
  const claimed = await letters
    .updateTable('letter')
    .set({ state: 'sending', attempts: letter.attempts + 1, reason: null })
    .where('id', '=', letterId)
    .where('state', '=', 'written')
    .executeTakeFirst()
  if (claimed.numUpdatedRows === 0n) return

  const outcome = await mailer.send({ to: letter.to_address, bytes })
  log.info('letter-attempted', { letterId, outcome: outcome.state, reason: outcome.state === 'sent' ? null : outcome.reason })
  if (outcome.state === 'sent') return recordSent(letter.application_number)
  if (outcome.state !== 'unavailable') return settle(outcome.state, outcome.reason)
  await settle('written', outcome.reason)
  throw new RetryableFault('mail-unavailable', '发信服务器暂时不可用，稍后自动重试')

  async function settle(state: LetterState, reason: string): Promise<void> {
    await letters.updateTable('letter').set({ state, reason }).where('id', '=', letterId).where('state', '=', 'sending').execute()
  }

  async function recordSent(applicationNumber: string): Promise<void> {
    await database.transaction().execute(async (transaction) => {
      await transaction
        .withTables<DispatchTables>()
        .updateTable('letter')
        .set({ state: 'sent', reason: null, sent_at: clock.now().toISOString() })
        .where('id', '=', letterId)
        .execute()
      await applications.advance(transaction, applicationNumber, { type: 'letter-sent', letterId }, { actor: 'zhika' })
    })
  }
}
