/** Records that a letter has left, with the application that it is about. */
import type { Executor } from '../../platform/database/open-database.ts'
import type { DispatchParts } from '../dispatch-parts.ts'
import type { DispatchTables } from '../dispatch-tables.ts'

export async function recordSent(
  { applications, clock }: DispatchParts,
  transaction: Executor,
  letter: DispatchTables['letter'],
  by: { readonly actor: string },
): Promise<Pick<DispatchTables['letter'], 'state' | 'reason' | 'sent_at'>> {
  const changes = { state: 'sent' as const, reason: null, sent_at: clock.now().toISOString() }
  await transaction.withTables<DispatchTables>().updateTable('letter').set(changes).where('id', '=', letter.id).execute()
  if (letter.application_number !== '')
    await applications.advance(transaction, letter.application_number, { type: 'letter-sent', letterId: letter.id }, by)
  return changes
}
