import { createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { openMailer, smtpConfig, type Mailer } from '../../../src/platform/mail/send-mail.ts'

const bytes = new TextEncoder().encode('From: a@example.com\r\nTo: b@example.com\r\nSubject: t\r\n\r\n.dot line\r\n您好\r\n')
const closers: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

interface Account {
  readonly user?: string
  readonly secret?: string
  readonly perMinute?: number
}

async function mailerFor(options: SMTPServerOptions, account: Account = {}): Promise<Mailer> {
  const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], allowInsecureAuth: true, ...options })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return mailerAt((server.server.address() as AddressInfo).port, account)
}

function mailerAt(port: number, account: Account = {}): Mailer {
  const mailer = openMailer(
    smtpConfig.parse({ host: '127.0.0.1', port, secure: false, from: 'office@example.com', timeoutSeconds: 1, ...account }),
  )
  if (!mailer) throw new Error('a mailer was expected')
  return mailer
}

/** A server of canned replies: `act` is called for every line that arrives. */
async function scriptedServer(act: (line: string, socket: Socket) => void): Promise<Server> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.write('220 test ESMTP\r\n')
    socket.on('data', (chunk) =>
      chunk
        .toString()
        .split('\r\n')
        .filter(Boolean)
        .forEach((line) => act(line, socket)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  closers.push(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  })
  return server
}

const replyTo = (line: string): string | null => {
  if (/^EHLO|^HELO/u.test(line)) return '250 test'
  if (/^MAIL|^RCPT/u.test(line)) return '250 ok'
  if (line === 'DATA') return '354 go on'
  return null
}

const code = (responseCode: number) => Object.assign(new Error('said no'), { responseCode })

describe('sending a mail', () => {
  it('delivers the very bytes it was given', async () => {
    const received: Buffer[] = []
    const mailer = await mailerFor({
      onData: (stream, _session, done) => {
        stream.on('data', (chunk: Buffer) => received.push(chunk))
        stream.on('end', () => done())
      },
    })
    expect(await mailer.send({ to: 'b@example.com', bytes })).toEqual({ state: 'sent' })
    expect(Buffer.concat(received).equals(Buffer.from(bytes))).toBe(true)
  })

  it('calls a recipient that the server will never take refused', async () => {
    const mailer = await mailerFor({ onRcptTo: (_address, _session, done) => done(code(550)) })
    expect(await mailer.send({ to: 'b@example.com', bytes })).toMatchObject({ state: 'refused', reason: expect.stringContaining('550') })
  })

  it('calls a content that the server will never take refused', async () => {
    const mailer = await mailerFor({ onData: (stream, _session, done) => void stream.resume().on('end', () => done(code(554))) })
    expect(await mailer.send({ to: 'b@example.com', bytes })).toMatchObject({ state: 'refused' })
  })

  it('calls a busy server unavailable, at the recipient and after the text', async () => {
    const busyAtRecipient = await mailerFor({ onRcptTo: (_address, _session, done) => done(code(450)) })
    expect(await busyAtRecipient.send({ to: 'b@example.com', bytes })).toMatchObject({ state: 'unavailable' })
    const busyAfterText = await mailerFor({ onData: (stream, _session, done) => void stream.resume().on('end', () => done(code(451))) })
    expect(await busyAfterText.send({ to: 'b@example.com', bytes })).toMatchObject({ state: 'unavailable' })
  })

  it('calls nobody listening unavailable', async () => {
    const server = await scriptedServer(() => undefined)
    const { port } = server.address() as AddressInfo
    await closers.pop()?.()
    expect(await mailerAt(port).send({ to: 'b@example.com', bytes })).toMatchObject({ state: 'unavailable' })
  })

  it('does not hold a wrong password against the letter', async () => {
    const mailer = await mailerFor(
      { authOptional: false, onAuth: (_auth, _session, done) => done(code(535)) },
      { user: 'u', secret: 'wrong' },
    )
    expect(await mailer.send({ to: 'b@example.com', bytes })).toMatchObject({ state: 'unavailable' })
  })

  it('does not know what became of a mail when the server falls silent after the text', async () => {
    const server = await scriptedServer((line, socket) => {
      const reply = replyTo(line)
      if (reply) socket.write(`${reply}\r\n`)
    })
    const outcome = await mailerAt((server.address() as AddressInfo).port).send({ to: 'b@example.com', bytes })
    expect(outcome).toMatchObject({ state: 'unknown' })
  })

  it('does not know what became of a mail when the server hangs up after the text', async () => {
    const server = await scriptedServer((line, socket) => {
      const reply = replyTo(line)
      if (reply) socket.write(`${reply}\r\n`)
      else socket.destroy()
    })
    const outcome = await mailerAt((server.address() as AddressInfo).port).send({ to: 'b@example.com', bytes })
    expect(outcome).toMatchObject({ state: 'unknown' })
  })

  it('knows that a mail was not taken when the server hangs up before the text', async () => {
    const server = await scriptedServer((line, socket) => {
      if (line === 'DATA') return void socket.destroy()
      socket.write(`${replyTo(line) ?? '250 ok'}\r\n`)
    })
    const outcome = await mailerAt((server.address() as AddressInfo).port).send({ to: 'b@example.com', bytes })
    expect(outcome).toMatchObject({ state: 'unavailable' })
  })

  it('keeps its connection for the next mail, and takes a new one when the server has closed it', async () => {
    let connections = 0
    const servers: Socket[] = []
    const options: SMTPServerOptions = {
      onConnect: (_session, done) => {
        connections++
        done()
      },
      onData: (stream, _session, done) => void stream.resume().on('end', () => done()),
    }
    const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], ...options })
    server.on('error', () => undefined)
    server.server.on('connection', (socket: Socket) => servers.push(socket))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
    closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())))
    const mailer = mailerAt((server.server.address() as AddressInfo).port)
    for (let mail = 0; mail < 5; mail++) expect(await mailer.send({ to: 'b@example.com', bytes })).toEqual({ state: 'sent' })
    expect(connections).toBe(1)
    for (const socket of servers) socket.destroy()
    expect(await mailer.send({ to: 'b@example.com', bytes })).toEqual({ state: 'sent' })
    expect(connections).toBe(2)
    mailer.close()
  })

  it('sends no more letters a minute than it is told', async () => {
    const mailer = await mailerFor(
      { onData: (stream, _session, done) => void stream.resume().on('end', () => done()) },
      { perMinute: 1200 },
    )
    const start = performance.now()
    await Promise.all(Array.from({ length: 9 }, () => mailer.send({ to: 'b@example.com', bytes })))
    expect(performance.now() - start).toBeGreaterThan(395)
    mailer.close()
  })

  it('is not there at all when no server is configured', () => {
    expect(openMailer(undefined)).toBeNull()
  })
})
