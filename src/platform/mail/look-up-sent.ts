/** Looks for a mail in the Sent folder of the account that sent it: many servers put there what they took by SMTP. */
import { ImapFlow, type ListResponse } from 'imapflow'

export interface SentFolder {
  /** True when a mail with this Message-ID is there; null when the folder cannot be searched. Never throws. */
  holds(messageId: string): Promise<boolean | null>
}

export interface SentAccount {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly user: string
  readonly secret: string
}

const usualNames = new Set(['sent', 'sent messages', 'sent items', 'sent mail', '已发送', '已发送邮件', '已发邮件', '发件箱', '已傳送'])

export function openSentFolder({ host, port, secure, user, secret }: SentAccount): SentFolder {
  return {
    async holds(messageId) {
      const client = new ImapFlow({
        host,
        port,
        secure,
        auth: { user, pass: secret },
        clientInfo: { name: 'zhika', version: '1.0', vendor: 'zhika' },
        logger: false,
        connectionTimeout: 30_000,
        socketTimeout: 60_000,
        disableAutoIdle: true,
      })
      client.on('error', () => undefined)
      try {
        await client.connect()
        const folder = findSent(await client.list())
        if (!folder) return null
        await client.mailboxOpen(folder.path, { readOnly: true })
        const found = await client.search({ header: { 'message-id': messageId } }, { uid: true })
        return Array.isArray(found) ? found.length > 0 : null
      } catch {
        return null
      } finally {
        client.close()
      }
    },
  }
}

/** By its special use (RFC 6154), else by the names that providers give it. */
function findSent(folders: readonly ListResponse[]): ListResponse | undefined {
  return folders.find(({ specialUse }) => specialUse === '\\Sent') ?? folders.find(({ name }) => usualNames.has(name.toLowerCase()))
}
