/** A mail server gave a letter back (退信): shown at the letter and so at its application. */
import type { DispatchParts } from '../dispatch-parts.ts'
import type { DispatchTables } from '../dispatch-tables.ts'

export interface Bounce {
  readonly messageId: string
  /** RFC 3463, e.g. `5.1.1`. */
  readonly status: string | null
  /** False when the server only tells of a delay. */
  readonly failed: boolean
}

/** Anybody can write a bounce: a letter is changed only by one that names it, and only from `sent` or `unknown`. */
export async function noteOneBounce({ database, log }: DispatchParts, { messageId, status, failed }: Bounce): Promise<void> {
  const letterId = /^<([^@<>\s]{1,64})@/u.exec(messageId)?.[1]
  if (letterId === undefined) return
  const reason = `${failed ? 'bounced' : 'delayed'}${status ? ` ${status}` : ''}`
  const changed = await database
    .withTables<DispatchTables>()
    .updateTable('letter')
    .set({ reason, ...(failed ? { state: 'bounced' as const } : {}) })
    .where('id', '=', letterId)
    .where('state', 'in', ['sent', 'unknown'])
    .executeTakeFirst()
  log.info('bounce-noted', { letterId, known: changed.numUpdatedRows > 0n, failed })
}
