/** A client for one mailbox, not yet connected. */
import { ImapFlow } from 'imapflow'
import type { IntakeConfig, MailboxConfig } from '../intake-config.ts'

export function connectionTo(
  { host, port, secure, user, secret }: MailboxConfig,
  config: Pick<IntakeConfig, 'mailSeconds' | 'mailSilenceSeconds'>,
): ImapFlow {
  const client = new ImapFlow({
    host,
    port,
    secure,
    // A password never crosses the network in the clear.
    ...(secure || isLoopback(host) ? {} : { doSTARTTLS: true }),
    auth: { user, pass: secret },
    // 163 and 126 refuse SELECT ("Unsafe Login") to clients that did not introduce themselves (RFC 2971).
    clientInfo: { name: 'zhika', version: '1.0', vendor: 'zhika' },
    logger: false,
    autoIdleDelay: 500,
    connectionTimeout: 30_000,
    // A connection that died silently is noticed by the look that gets no answer.
    socketTimeout: Math.max(config.mailSilenceSeconds, config.mailSeconds * 1.5) * 1000,
    disableAutoEnable: true,
    disableCompression: true,
  })
  // Without a listener the event would end the process; the failing command reports the same error.
  client.on('error', () => undefined)
  return client
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')
