/** Keeps one connection to one mailbox: looks, waits for the server's notice or the next minute, looks again. */
import { setTimeout as pause } from 'node:timers/promises'
import { RetryableFault, codeOf } from '../../platform/errors.ts'
import type { MailboxConfig } from '../intake-config.ts'
import { connectionTo } from './connect-mailbox.ts'
import { ageOf } from './mailbox-ledger.ts'
import { moveMessages, movesMessages } from './move-messages.ts'
import { takeMessages, type Progress, type TakingParts } from './take-messages.ts'

export interface MailboxStatus {
  readonly host: string
  readonly folder: string
  readonly connected: boolean
  /** When the last look ended well. */
  readonly lastSuccessAt: string | null
  /** Why the last attempt failed; null while all is well. */
  readonly lastErrorCode: string | null
}

export interface MailboxFollower {
  start(): void
  /** Returns when the connection is closed; a message under way is finished or left for the next start. */
  stop(): Promise<void>
  status(): MailboxStatus
}

/** Longest wait between two attempts to connect, in seconds. */
const longestPause = 300

export function followMailbox(parts: TakingParts, mailbox: MailboxConfig): MailboxFollower {
  const { clock, log, config } = parts
  const { host, folder } = mailbox
  let stopping = new AbortController()
  let running: Promise<void> | undefined
  let connected = false
  let lastSuccessAt: string | null = null
  let lastErrorCode: string | null = null

  async function follow(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      try {
        await attend(signal, () => {
          failures = 0
        })
      } catch (error) {
        if (signal.aborted) return
        failures++
        lastErrorCode = nameFault(error)
        log.error('mailbox-failed', error, { host, reason: lastErrorCode, failures })
      }
      // A refused sign-in is not repeated quickly: providers lock accounts for that.
      const wait =
        lastErrorCode === 'mailbox-sign-in-refused' ? longestPause : Math.min(longestPause, config.mailRetrySeconds * 2 ** (failures - 1))
      await pause(wait * 1000, undefined, { signal }).catch(() => undefined)
    }
  }

  /** One connection, until it is lost (which throws) or following stops. */
  async function attend(signal: AbortSignal, succeeded: () => void): Promise<void> {
    const client = connectionTo(mailbox, config)
    const bell = hangBell()
    client.on('exists', bell.ring)
    client.once('close', bell.ring)
    const progress: Progress = { from: 1, taken: 0 }
    const close = () => client.close()
    signal.addEventListener('abort', close, { once: true })
    try {
      await client.connect()
      // EXAMINE: nothing in the mailbox changes by our reading (RFC 9051, 6.3.3). Moving asks for SELECT.
      const opened = await client.mailboxOpen(folder, { readOnly: !movesMessages(mailbox) })
      connected = true
      const age = ageOf(mailbox, opened.uidValidity)
      while (!signal.aborted) {
        bell.hush()
        const before = progress.taken
        await takeMessages(client, age, progress, parts)
        await moveMessages(client, age, mailbox, parts.database)
        lastSuccessAt = clock.now().toISOString()
        lastErrorCode = null
        succeeded()
        if (progress.taken > before) log.info('mailbox-taken', { host, taken: progress.taken - before })
        await bell.wait(config.mailSeconds, signal)
        if (!client.usable) throw new RetryableFault('mailbox-lost', 'the mail server closed the connection')
      }
    } finally {
      connected = false
      // A connection that brought something was worth it, however it ended.
      if (progress.taken > 0) succeeded()
      signal.removeEventListener('abort', close)
      client.close()
    }
  }

  return {
    start() {
      if (running) return
      stopping = new AbortController()
      running = follow(stopping.signal)
    },
    async stop() {
      stopping.abort()
      await running
      running = undefined
    },
    status: () => ({ host, folder, connected, lastSuccessAt, lastErrorCode }),
  }
}

/** Rings that come while nobody waits are not lost. */
function hangBell() {
  let rung = new AbortController()
  return {
    ring: () => rung.abort(),
    hush() {
      rung = new AbortController()
    },
    /** Returns at the first ring since it was hushed, after `seconds`, or when `signal` says so. */
    async wait(seconds: number, signal: AbortSignal): Promise<void> {
      await pause(seconds * 1000, undefined, { signal: AbortSignal.any([signal, rung.signal]) }).catch(() => undefined)
    },
  }
}

function nameFault(error: unknown): string {
  // RFC 5530: UNAVAILABLE says that the server could not check the sign-in just now.
  if (error instanceof Error && 'authenticationFailed' in error && error.authenticationFailed)
    return 'serverResponseCode' in error && error.serverResponseCode === 'UNAVAILABLE' ? 'mailbox-unavailable' : 'mailbox-sign-in-refused'
  const code = codeOf(error)
  return code === 'unexpected' ? 'mailbox-failed' : code
}
