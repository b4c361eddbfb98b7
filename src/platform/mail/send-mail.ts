/**
 * Sends a finished mail by SMTP (RFC 5321). Every way it can end is a value: what matters to the caller is whether the
 * server may have taken the mail, because what may have been taken is never sent again without a person looking.
 */
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection'
import { z } from 'zod'

/** `mail.smtp`: left out altogether, letters are written to the outbox and nothing is sent. */
export const smtpConfig = z
  .strictObject({
    /** The server that takes the office's mail. */
    host: z.string('请填写发信服务器地址，例如 smtp.189.cn').min(1, '请填写发信服务器地址，例如 smtp.189.cn'),
    /** 465 with `secure`, 587 or 25 without. */
    port: z.coerce
      .number('端口应为 1 至 65535 的数字')
      .int()
      .min(1, '端口应为 1 至 65535 的数字')
      .max(65535, '端口应为 1 至 65535 的数字')
      .default(465),
    /** TLS from the first byte; without it STARTTLS is used, and demanded as soon as there is a password. */
    secure: z.stringbool('应为 true 或 false').or(z.boolean('应为 true 或 false')).default(true),
    user: z.string('应为发信账号').optional(),
    secret: z.string('应为发信账号的授权码').optional(),
    /** The address that letters come from. */
    from: z.email('请填写发信地址，例如 xmport@189.cn'),
    /** How long a silent server is waited for, in seconds; RFC 5321 4.5.3.2 allows minutes. */
    timeoutSeconds: z.coerce.number('应为 1 至 600 的秒数').min(1, '应为 1 至 600 的秒数').max(600, '应为 1 至 600 的秒数').default(120),
    /** Connections at once; each is kept for the next letters. */
    connections: z.coerce.number('应为 1 至 10 的连接数').int().min(1, '应为 1 至 10 的连接数').max(10, '应为 1 至 10 的连接数').default(2),
    /** Letters a minute at most; 0 for no limit. */
    perMinute: z.coerce
      .number('应为 0 至 10000 的封数')
      .int()
      .min(0, '应为 0 至 10000 的封数')
      .max(10_000, '应为 0 至 10000 的封数')
      .default(600),
  })
  .refine((smtp) => (smtp.user === undefined) === (smtp.secret === undefined), '发信账号 user 与授权码 secret 须同时填写')
export type SmtpConfig = z.infer<typeof smtpConfig>

/** The `mail` section. */
export const mailConfig = z.strictObject({ smtp: smtpConfig.optional() })

export interface OutgoingMail {
  readonly to: string
  /** The whole mail as RFC 5322 bytes. */
  readonly bytes: Uint8Array
}

/**
 * `refused`: the server said no for good (5xx to sender, recipient or content). `unavailable`: it was surely not taken and
 * may be tried again. `unknown`: the text was on its way when the server fell silent, it may or may not have arrived.
 * `reason` is a code and at most the server's reply code, never its words, which may quote an address.
 */
export type SendOutcome =
  | { readonly state: 'sent' }
  | { readonly state: 'refused'; readonly reason: string }
  | { readonly state: 'unavailable'; readonly reason: string }
  | { readonly state: 'unknown'; readonly reason: string }

export interface Mailer {
  /** The address that letters come from. */
  readonly from: string
  send(mail: OutgoingMail): Promise<SendOutcome>
  /** Whether the server can be reached and takes the account; for `doctor`. */
  verify(): Promise<SendOutcome>
  /** Ends the connections that are kept. */
  close(): void
}

/** Opens the way out; null when no server is configured. */
export function openMailer(config: SmtpConfig | undefined): Mailer | null {
  if (!config) return null
  const idle: Session[] = []
  const waiting: (() => void)[] = []
  let open = 0
  let nextSlot = 0

  /** Letters leave evenly, not in a burst at the start of each minute. */
  async function awaitSlot(): Promise<void> {
    if (config!.perMinute === 0) return
    const now = performance.now()
    const slot = Math.max(now, nextSlot)
    nextSlot = slot + 60_000 / config!.perMinute
    if (slot > now) await pause(slot - now)
  }

  async function enter(): Promise<void> {
    if (open >= config!.connections) await new Promise<void>((resolve) => waiting.push(resolve))
    else open++
  }
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else open--
  }

  async function deliver(mail: OutgoingMail): Promise<SendOutcome> {
    const kept = idle.pop()
    const session = kept ?? (await openSession(config!))
    if ('state' in session) return session
    const outcome = await session.send(mail)
    if (session.mayBeKept()) {
      idle.push(session)
      session.rest(() => idle.splice(0, idle.length, ...idle.filter((other) => other !== session)))
    } else session.close()
    // A kept connection that the server had closed meanwhile: surely not taken, so another one may try at once.
    return kept && outcome.state === 'unavailable' && !outcome.answered ? deliver(mail) : withoutAnswer(outcome)
  }

  return {
    from: config.from,
    async send(mail) {
      await enter()
      try {
        await awaitSlot()
        return await deliver(mail)
      } finally {
        leave()
      }
    },
    async verify() {
      const session = await openSession(config)
      if ('state' in session) return session
      session.close()
      return { state: 'sent' }
    },
    close() {
      for (const session of idle.splice(0)) session.close()
    },
  }
}

/** A session that is signed in; one mail at a time. */
interface Session {
  send(mail: OutgoingMail): Promise<Outcome>
  mayBeKept(): boolean
  /** Closes itself after a while without work. */
  rest(onClose: () => void): void
  close(): void
}

/** `answered`: the server itself said so. */
type Outcome = SendOutcome & { readonly answered?: boolean }

const idleMilliseconds = 20_000
/** Servers end a session after some hundred mails. */
const mailsOnConnection = 100

async function openSession(config: SmtpConfig): Promise<Session | SendOutcome> {
  const connection = new SMTPConnection(connectionOptions(config))
  let fail: (error: unknown) => void = () => undefined
  let healthy = true
  let sent = 0
  let idle: NodeJS.Timeout | undefined
  const lose = (error: unknown) => {
    healthy = false
    fail(error)
  }
  connection.on('error', lose)
  connection.once('end', () => lose(new Error('the server hung up')))
  const close = () => {
    healthy = false
    clearTimeout(idle)
    connection.close()
  }
  const refusal = await new Promise<Outcome | null>((resolve) => {
    fail = (error) => resolve(outcomeOf(error, { textStarted: false, sessionReady: false }))
    connection.connect((error) => {
      if (error) return fail(error)
      if (config.user === undefined || config.secret === undefined) return resolve(null)
      connection.login({ user: config.user, pass: config.secret }, (failure) => (failure ? fail(failure) : resolve(null)))
    })
  })
  if (refusal) {
    close()
    return withoutAnswer(refusal)
  }
  return {
    send: (mail) => {
      clearTimeout(idle)
      let textStarted = false
      return new Promise<Outcome>((resolve) => {
        fail = (error) => {
          healthy = false
          resolve(outcomeOf(error, { textStarted, sessionReady: true }))
        }
        if (!healthy) return fail(new Error('the server hung up'))
        const text = streamOf(mail.bytes, () => (textStarted = true))
        connection.send({ from: config.from, to: [mail.to], size: mail.bytes.byteLength }, text, (failure) => {
          if (failure) return fail(failure)
          sent++
          resolve({ state: 'sent' })
        })
      })
    },
    mayBeKept: () => healthy && sent < mailsOnConnection,
    rest(onClose) {
      idle = setTimeout(() => {
        onClose()
        close()
      }, idleMilliseconds).unref()
    },
    close,
  }
}

const withoutAnswer = (outcome: Outcome): SendOutcome =>
  outcome.state === 'sent' ? { state: 'sent' } : { state: outcome.state, reason: outcome.reason }

function connectionOptions(config: SmtpConfig): SMTPConnectionOptions {
  const patience = config.timeoutSeconds * 1000
  return {
    host: config.host,
    port: config.port,
    secure: config.secure,
    // A password never crosses the network in the clear.
    requireTLS: !config.secure && config.secret !== undefined && !isLoopback(config.host),
    connectionTimeout: Math.min(patience, 30_000),
    greetingTimeout: Math.min(patience, 30_000),
    socketTimeout: patience,
    socketCloseTimeout: 1000,
    allowInternalNetworkInterfaces: true,
    tls: { servername: config.host },
  }
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')

/** The text is pulled only after the server's 354: from the first pull on, the mail may be on the other side. */
function streamOf(bytes: Uint8Array, onStart: () => void): Readable {
  let given = false
  return new Readable({
    read() {
      if (given) return
      given = true
      onStart()
      this.push(bytes)
      this.push(null)
    },
  })
}

function outcomeOf(error: unknown, progress: { textStarted: boolean; sessionReady: boolean }): Outcome {
  const { code, responseCode } = (error ?? {}) as { code?: string; responseCode?: number }
  const answered = typeof responseCode === 'number' && responseCode >= 400
  const reason = `${code ?? 'connection-lost'}${responseCode ? ` ${responseCode}` : ''}`
  // A refusal before the session stands (greeting, sign-in) is about the office's account, not about this letter.
  if (answered && responseCode >= 500 && progress.sessionReady) return { state: 'refused', reason }
  if (answered || !progress.textStarted) return { state: 'unavailable', reason, answered }
  return { state: 'unknown', reason }
}
