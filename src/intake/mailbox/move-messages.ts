/** Moves messages out of the way once their fate is known, where the configuration names a folder for it. */
import type { ImapFlow } from 'imapflow'
import { RetryableFault } from '../../platform/errors.ts'
import type { Database } from '../../platform/database/open-database.ts'
import type { MailboxConfig } from '../intake-config.ts'
import { recordMoved, unmovedMessages, type MailboxAge } from './mailbox-ledger.ts'

const movedAtOnce = 100

export const movesMessages = ({ processedFolder, failedFolder }: MailboxConfig): boolean =>
  processedFolder !== undefined || failedFolder !== undefined

/**
 * Only what is kept, recorded and unfolded is moved; what failed goes to the failed folder or stays. A message that a person
 * moved or deleted meanwhile is simply not there.
 */
export async function moveMessages(client: ImapFlow, age: MailboxAge, mailbox: MailboxConfig, database: Database): Promise<void> {
  if (!movesMessages(mailbox)) return
  const unmoved = await unmovedMessages(database, age)
  for (const good of [true, false]) {
    const folder = good ? mailbox.processedFolder : mailbox.failedFolder
    const uids = unmoved.filter((message) => message.good === good).map(({ uid }) => uid)
    if (folder === undefined || uids.length === 0) continue
    await ensureFolder(client, folder)
    for (let start = 0; start < uids.length; start += movedAtOnce) {
      const group = uids.slice(start, start + movedAtOnce)
      // imapflow copies and deletes where the server has no MOVE (RFC 6851).
      const moved = await client.messageMove(group.join(','), folder, { uid: true })
      if (moved === false && (await anyListed(client, group)))
        throw new RetryableFault('mail-move-refused', 'the mail server did not move a message')
      await recordMoved(database, age, group, folder)
    }
  }
}

async function ensureFolder(client: ImapFlow, folder: string): Promise<void> {
  const folders = await client.list()
  if (!folders.some(({ path }) => path === folder)) await client.mailboxCreate(folder)
}

async function anyListed(client: ImapFlow, uids: readonly number[]): Promise<boolean> {
  const listed = await client.search({ uid: uids.join(',') }, { uid: true })
  return Array.isArray(listed) && listed.length > 0
}
