import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openMailboxes } from '../../src/intake/mailbox/open-mailboxes.ts'
import { intakeConfig } from '../../src/intake/intake-config.ts'
import type { IntakeTables } from '../../src/intake/intake-tables.ts'
import { officeDay, officeTime } from '../../src/platform/clock.ts'
import { attachment, buildMail, mailHeaders, textPart } from '../fixtures/build-mail.ts'
import { openIntakeParts } from '../fixtures/intake-parts.ts'
import { openShears } from '../fixtures/open-shears.ts'
import { startDovecot, type TestMailServer } from '../fixtures/start-dovecot.ts'

const mail = (number: number, size = 10) =>
  buildMail(
    [textPart(`第 ${number} 封`), attachment(Buffer.alloc(size, number))],
    [...mailHeaders.slice(0, 4), `Message-ID: <${number}@example.com>`],
  )

async function openMailServer(): Promise<TestMailServer> {
  const server = await startDovecot()
  onTestFinished(() => server.stop())
  return server
}

interface Options {
  readonly port?: number
  readonly secret?: string
  /** Keeping anything fails until `fullDisk.full` is false. */
  readonly full?: boolean
  readonly mailSeconds?: number
  readonly mailMegabytes?: number
  readonly mailSilenceSeconds?: number

  readonly folders?: { readonly processedFolder: string; readonly failedFolder: string }
}

async function openMailroom(
  server: TestMailServer,
  { port = server.port, secret = server.password, full = false, folders, ...config }: Options = {},
) {
  const { mailboxes } = intakeConfig.parse({
    mailboxes: [{ host: server.host, port: String(port), secure: 'false', user: server.user, secret, ...folders }],
  })
  const parts = await openIntakeParts({ mailboxes, mailSeconds: 0.2, mailRetrySeconds: 0.05, ...config })
  const fullDisk = { full, refusals: 0 }
  const receiveAll: typeof parts.intake.receiveAll = async (arrivals) => {
    if (!fullDisk.full) return parts.intake.receiveAll(arrivals)
    fullDisk.refusals++
    throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
  }
  const mailroomParts = { ...parts, intake: { ...parts.intake, receiveAll } }
  let mailroom = openMailboxes(mailroomParts)
  mailroom.start()
  onTestFinished(() => mailroom.stop())
  return {
    ...parts,
    fullDisk,
    status: () => mailroom.status()[0],
    /** Stops and starts with nothing remembered but the database. */
    async restart() {
      await mailroom.stop()
      mailroom = openMailboxes(mailroomParts)
      mailroom.start()
    },
    stop: () => mailroom.stop(),
    reconcile: () => mailroom.reconcile(),
    lastReconciliations: () => mailroom.lastReconciliations(),
    unpack: (submissionId: string) =>
      parts.intake.handlers[0]?.run(
        { submissionId },
        { id: 'job', attempt: 1, signal: new AbortController().signal, progress: () => undefined },
      ),
    async taken(count: number) {
      const look = async () => {
        // What cost a connection is asked for again after a while.
        parts.clock.advance(1000)
        expect(await parts.intake.list({ limit: 1000 })).toHaveLength(count)
      }
      await vi.waitFor(look, { timeout: 15_000, interval: 30 })
      return parts.intake.list({ limit: 1000 })
    },
    /** Waits until a look that began after now has ended well. */
    async lookedAgain() {
      for (let look = 0; look < 2; look++) {
        parts.clock.advance(1000)
        const now = parts.clock.now().toISOString()
        await vi.waitFor(() => expect(mailroom.status()[0]?.lastSuccessAt).toBe(now), { timeout: 15_000, interval: 30 })
      }
    },
  }
}

test('every message is taken once, read or not, byte for byte, and none is marked', async () => {
  const server = await openMailServer()
  await server.deliver(mail(1))
  await server.deliver(mail(2))
  const mailroom = await openMailroom(server)
  const [second, first] = await mailroom.taken(2)
  expect(first).toMatchObject({ door: 'mailbox', state: 'received', name: '来信-1.eml' })
  expect((await mailroom.intake.bytesOf(second?.id ?? '', '来信-2.eml'))?.equals(mail(2))).toBe(true)

  await mailroom.restart()
  await mailroom.lookedAgain()
  await server.restart()
  await server.deliver(mail(3))
  await mailroom.taken(3)
  await mailroom.lookedAgain()
  expect(await mailroom.taken(3)).toHaveLength(3)
  expect(server.flags().join('')).toBe('')
  expect(server.log()).toContain('name=zhika')
  expect(mailroom.status()).toMatchObject({ connected: true, lastErrorCode: null, folder: 'INBOX' })
})

test('a new message is taken at the notice of the server, long before the next look', async () => {
  const server = await openMailServer()
  const mailroom = await openMailroom(server, { mailSeconds: 600 })
  await vi.waitFor(() => expect(mailroom.status()?.lastSuccessAt).not.toBeNull(), { timeout: 15_000 })
  await server.deliver(mail(1))
  await mailroom.taken(1)
})

test('a renumbered mailbox is looked at afresh and nothing comes twice', async () => {
  const server = await openMailServer()
  await server.deliver(mail(1))
  await server.deliver(mail(2))
  const mailroom = await openMailroom(server)
  await mailroom.taken(2)
  await server.restart({ newUidValidity: true })
  await server.deliver(mail(3))
  expect((await mailroom.taken(3)).map(({ state }) => state)).toEqual(['received', 'received', 'received'])
  await mailroom.lookedAgain()
  await mailroom.taken(3)
})

test('a message too large is refused visibly, and those after it are taken', async () => {
  const server = await openMailServer()
  await server.deliver(mail(1, 20_000))
  await server.deliver(mail(2))
  const mailroom = await openMailroom(server, { mailMegabytes: 0.01 })
  const [second, first] = await mailroom.taken(2)
  expect(first).toMatchObject({ state: 'refused', reason: { code: 'mail-too-large' } })
  expect(second).toMatchObject({ state: 'received' })
  await mailroom.restart()
  await mailroom.lookedAgain()
  await mailroom.taken(2)
})

test('a connection cut again and again loses nothing and doubles nothing', async () => {
  const server = await openMailServer()
  const messages = 40
  for (let number = 1; number <= messages; number++) await server.deliver(mail(number, 3000))
  // Each of the first connections is cut after a few more bytes than the last.
  const shears = await openShears(server.port, (connection) => (connection < 8 ? 1500 + connection * 9000 : undefined))
  onTestFinished(() => shears.close())
  const mailroom = await openMailroom(server, { port: shears.port })
  await mailroom.taken(messages)
  await mailroom.lookedAgain()
  await mailroom.taken(messages)
  expect(shears.cuts()).toBeGreaterThan(3)
})

test('while the disk is full no message is lost, and all come once there is room', async () => {
  const server = await openMailServer()
  for (let number = 1; number <= 3; number++) await server.deliver(mail(number))
  const mailroom = await openMailroom(server, { full: true })
  await vi.waitFor(() => expect(mailroom.fullDisk.refusals).toBeGreaterThan(5), { timeout: 15_000, interval: 30 })
  expect(await mailroom.intake.list({})).toEqual([])
  expect(mailroom.status()?.lastErrorCode).toBe('ENOSPC')
  mailroom.fullDisk.full = false
  await mailroom.taken(3)
})

test('a server that falls silent without closing is left for a new connection', async () => {
  const server = await openMailServer()
  const shears = await openShears(server.port, () => undefined)
  onTestFinished(() => shears.close())
  const mailroom = await openMailroom(server, { port: shears.port, mailSilenceSeconds: 0.8 })
  await vi.waitFor(() => expect(mailroom.status()?.lastSuccessAt).not.toBeNull(), { timeout: 15_000 })
  shears.freeze()
  await server.deliver(mail(1))
  await mailroom.taken(1)
})

test('what is taken is not fetched again, by the next look or the next connection', async () => {
  const server = await openMailServer()
  for (let number = 1; number <= 20; number++) await server.deliver(mail(number, 20_000))
  const shears = await openShears(server.port, () => undefined)
  onTestFinished(() => shears.close())
  const mailroom = await openMailroom(server, { port: shears.port })
  await mailroom.taken(20)
  await mailroom.lookedAgain()
  const first = shears.given()
  expect(first).toBeGreaterThan(20 * 20_000)
  await mailroom.lookedAgain()
  expect(shears.given() - first).toBeLessThan(1500)
  await mailroom.restart()
  await mailroom.lookedAgain()
  expect(shears.given() - first).toBeLessThan(5000)
})

test('it introduces itself before it opens a mailbox, as 163 and 126 demand', async () => {
  const server = await openMailServer()
  const shears = await openShears(server.port, () => undefined)
  onTestFinished(() => shears.close())
  const mailroom = await openMailroom(server, { port: shears.port })
  await vi.waitFor(() => expect(mailroom.status()?.lastSuccessAt).not.toBeNull(), { timeout: 15_000 })
  const [introduced, opened] = [/\bID \(/u, /\b(?:SELECT|EXAMINE) /u].map((command) => shears.asked().search(command))
  expect(introduced).toBeGreaterThan(0)
  expect(opened).toBeGreaterThan(introduced ?? 0)
})

test('a message over which the connection is lost each time holds up no other, is told as waiting, and comes when it can', async () => {
  const server = await openMailServer()
  for (let number = 1; number <= 5; number++) await server.deliver(number === 2 ? buildMail([textPart('poisonous')]) : mail(number))
  const shears = await openShears(server.port, () => undefined)
  onTestFinished(() => shears.close())
  shears.poison = 'poisonous'
  const mailroom = await openMailroom(server, { port: shears.port })
  await mailroom.taken(4)
  await server.deliver(mail(6))
  await mailroom.taken(5)
  await mailroom.restart()
  await server.deliver(mail(7))
  await mailroom.taken(6)
  expect(await mailroom.reconcile()).toMatchObject([{ messages: 7, taken: 6, refused: 0, waiting: [2], unexplained: [] }])
  shears.poison = undefined
  mailroom.clock.advance(3_600_000)
  await mailroom.taken(7)
})

test('a message that the server lists and never gives is refused visibly after some tries, counted over restarts', async () => {
  const server = await openMailServer()
  await server.deliver(mail(1))
  await server.deliver(mail(2))
  server.damage(1)
  const mailroom = await openMailroom(server)
  await mailroom.taken(1)
  const trouble = mailroom.database.withTables<IntakeTables>()
  const tries = async () => (await trouble.selectFrom('mailbox_trouble').selectAll().execute()).map((row) => [row.uid, row.tries])
  await vi.waitFor(async () => expect(await tries()).toEqual([[1, expect.any(Number)]]), { timeout: 15_000 })
  // Hours of growing pauses later.
  await mailroom.stop()
  await trouble.updateTable('mailbox_trouble').set({ tries: 12 }).execute()
  await mailroom.restart()
  const [refused] = (await mailroom.taken(2)).filter(({ state }) => state === 'refused')
  expect(refused).toMatchObject({ reason: { code: 'mail-unfetchable' } })
  expect(await tries()).toEqual([])
})

test('mails that no parser understands come to an end of their own, and hold up none', async () => {
  const server = await openMailServer()
  const broken = [
    Buffer.alloc(3000, 0xff),
    Buffer.from('Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n--'),
    Buffer.from('\r\n\0\0'),
  ]
  for (const bytes of [mail(1), ...broken, mail(2)]) await server.deliver(bytes)
  const mailroom = await openMailroom(server)
  const taken = await mailroom.taken(5)
  for (const { id } of taken) await mailroom.unpack(id)
  const states = (await mailroom.intake.list({ limit: 10 })).map(({ state }) => state)
  expect(states).not.toContain('received')
  expect([states.at(0), states.at(-1)]).toEqual(['unpacked', 'unpacked'])
})

test('of several mailboxes one that fails holds up no other', async () => {
  const servers = await Promise.all([openMailServer(), openMailServer()])
  for (const [at, server] of servers.entries()) await server.deliver(mail(at + 1))
  const places = [{ host: '127.0.0.1', port: 1 }, servers[0], { host: 'localhost', port: servers[1].port }]
  const { mailboxes } = intakeConfig.parse({
    mailboxes: places.map(({ host, port }) => ({
      host,
      port,
      secure: false,
      user: servers[0].user,
      secret: servers[0].password,
      folder: 'INBOX',
    })),
  })
  const parts = await openIntakeParts({ mailboxes, mailSeconds: 0.2, mailRetrySeconds: 0.05 })
  const mailroom = openMailboxes(parts)
  mailroom.start()
  onTestFinished(() => mailroom.stop())
  await vi.waitFor(async () => expect(await parts.intake.list({ limit: 10 })).toHaveLength(2), { timeout: 15_000, interval: 30 })
  expect(mailroom.status().map(({ connected }) => connected)).toEqual([false, true, true])
})

test('a refused sign-in and a missing server are told, and stopping does not wait for them', async () => {
  const server = await openMailServer()
  const wrong = await openMailroom(server, { secret: 'wrong' })
  await vi.waitFor(() => expect(wrong.status()?.lastErrorCode).toBe('mailbox-sign-in-refused'), { timeout: 15_000 })
  const nobody = await openMailroom(server, { port: 1 })
  await vi.waitFor(() => expect(nobody.status()?.lastErrorCode).toBe('ECONNREFUSED'), { timeout: 15_000 })
  expect(nobody.status()?.connected).toBe(false)
  await Promise.all([wrong.stop(), nobody.stop()])
})

test('a large message is streamed, byte for byte, past the bound of what is held at once', async () => {
  const server = await openMailServer()
  const large = mail(1, 3_300_000)
  await server.deliver(large)
  await server.deliver(mail(2))
  const mailroom = await openMailroom(server)
  const taken = await mailroom.taken(2)
  const first = taken.find(({ name }) => name === '来信-1.eml')
  expect((await mailroom.intake.bytesOf(first?.id ?? '', '来信-1.eml'))?.equals(large)).toBe(true)
})

test('the sender of a message too large is known, so that it can be answered', async () => {
  const server = await openMailServer()
  await server.deliver(mail(1, 40_000))
  const mailroom = await openMailroom(server, { mailMegabytes: 0.01 })
  const [refused] = await mailroom.taken(1)
  expect(refused).toMatchObject({ state: 'refused', name: '读卡器领取' })
  expect(await mailroom.intake.find(refused?.id ?? '')).toMatchObject({ mail: { from: 'lisi@example.com', subject: '读卡器领取' } })
  expect((await mailroom.queue.list('queued')).map(({ name }) => name)).toEqual(['dispatch.answer-submission'])
})

test('messages are moved only when they are unfolded, the failed to a folder of their own', async () => {
  const server = await openMailServer()
  await server.deliver(mail(1))
  await server.deliver(buildMail([attachment(Buffer.from('Rar!\x1a\x07\x00', 'latin1'), 'Content-Type: application/x-rar; name="a.rar"')]))
  const mailroom = await openMailroom(server, { folders: { processedFolder: 'Done', failedFolder: 'Failed' } })
  const taken = await mailroom.taken(2)
  await mailroom.lookedAgain()
  expect(server.folder('Done')).toHaveLength(0)
  for (const { id } of taken) await mailroom.unpack(id)
  await mailroom.lookedAgain()
  expect([server.folder('Done').length, server.folder('Failed').length, server.flags().length]).toEqual([1, 1, 0])
  await mailroom.restart()
  await mailroom.lookedAgain()
  await mailroom.taken(2)
})

test('every night, in its hour, each mailbox is compared with the ledger', async () => {
  const server = await openMailServer()
  await server.deliver(mail(1))
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const mailroom = await openMailroom(server)
  await mailroom.taken(1)
  const compared = async () => (await mailroom.lastReconciliations()).map(({ at }) => officeTime(new Date(at)))
  expect(await compared()).toEqual([])
  const untilThree = new Date(`${officeDay(new Date(mailroom.clock.now().getTime() + 86_400_000))}T03:20:00+08:00`).getTime()
  mailroom.clock.advance(untilThree - mailroom.clock.now().getTime())
  // Intervals stand still but for this: it looks at the clock once a minute.
  vi.advanceTimersByTime(60_000)
  vi.useRealTimers()
  await vi.waitFor(async () => expect(await compared()).toEqual([expect.stringContaining(' 03:20')]), { timeout: 15_000, interval: 50 })
})

test('reconciling accounts for every message, takes what is missing, and notices bytes that are gone', async () => {
  const server = await openMailServer()
  for (let number = 1; number <= 3; number++) await server.deliver(mail(number))
  const mailroom = await openMailroom(server)
  await mailroom.taken(3)
  await mailroom.stop()
  await server.deliver(mail(4))
  await server.deliver(mail(5, 30_000))
  expect(await mailroom.reconcile()).toMatchObject([{ messages: 5, taken: 5, refused: 0, waiting: [], unexplained: [], withoutBytes: [] }])
  mailroom.fullDisk.full = true
  await server.deliver(mail(6))
  expect(await mailroom.reconcile()).toMatchObject([{ messages: 6, taken: 5, unexplained: [], waiting: [6] }])
  rmSync(join(mailroom.folder, 'files'), { recursive: true })
  expect(await mailroom.reconcile()).toMatchObject([{ withoutBytes: [1, 2, 3, 4, 5] }])
  await server.stop()
  expect(await mailroom.reconcile()).toMatchObject([{ mailbox: expect.stringContaining('INBOX'), fault: expect.anything() }])
  expect(await mailroom.lastReconciliations()).toMatchObject([{ messages: 6, withoutBytes: [1, 2, 3, 4, 5] }])
})
