/**
 * How fast the mail room is: `node bench/mail-rates.ts [--mails 600] [--letters 600]`.
 *
 * Coming in: mails from a real Dovecot to the disk (every byte and every record synced, in groups), beside mailparser alone
 * parsing the same mails in memory in the same run. Going out: letters to a local SMTP server, beside nodemailer alone.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { simpleParser } from 'mailparser'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { intakeConfig } from '../src/intake/intake-config.ts'
import { intakeMigrations } from '../src/intake/intake-tables.ts'
import { openMailboxes } from '../src/intake/mailbox/open-mailboxes.ts'
import { openIntake } from '../src/intake/open-intake.ts'
import { systemClock as clock } from '../src/platform/clock.ts'
import { migrate } from '../src/platform/database/migrate.ts'
import { openDatabase } from '../src/platform/database/open-database.ts'
import { openFileFolder } from '../src/platform/files/file-store.ts'
import { randomIds as ids } from '../src/platform/ids.ts'
import { silentLog as log } from '../src/platform/log/log.ts'
import { openMailer, smtpConfig } from '../src/platform/mail/send-mail.ts'
import { queueMigrations } from '../src/platform/queue/job-table.ts'
import { openTableQueue } from '../src/platform/queue/table-queue.ts'
import { seedRandom } from '../test/corpus/random.ts'
import { attachment, buildMail, textPart } from '../test/fixtures/build-mail.ts'
import { startDovecot } from '../test/fixtures/start-dovecot.ts'

const { values } = parseArgs({ options: { mails: { type: 'string', default: '600' }, letters: { type: 'string', default: '600' } } })
const random = seedRandom('mail-rates')

/** What applicants send: a few lines and one to three scans, 20 KB to 900 KB. */
const mails = Array.from({ length: Number(values.mails) }, (_, number) => {
  const scan = () => Buffer.from(Array.from({ length: random.whole(10_000, 200_000) }, () => random.whole(0, 255)))
  const parts = Array.from({ length: random.whole(1, 3) }, scan)
  return buildMail([textPart(`第 ${number} 封，材料见附件。`.repeat(20)), ...parts.map((bytes) => attachment(bytes))])
})
const megabytes = mails.reduce((sum, { byteLength }) => sum + byteLength, 0) / 1024 / 1024

async function timed(title: string, count: number, work: () => Promise<unknown>): Promise<number> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  await work()
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  const ownSeconds = (user + system) / 1e6
  console.log(
    `${title.padEnd(44)} ${(count / seconds).toFixed(0).padStart(6)} /s ${(count / ownSeconds).toFixed(0).padStart(6)} per CPU second`,
  )
  return count / seconds
}

async function comeIn(): Promise<void> {
  console.log(`${mails.length} mails, ${megabytes.toFixed(0)} MB`)
  const parser = await timed('mailparser alone, in memory', mails.length, async () => {
    for (const mail of mails) await simpleParser(mail, { skipHtmlToText: true, skipTextToHtml: true })
  })
  const folder = mkdtempSync(join(tmpdir(), 'zhika-rates-'))
  const dovecot = await startDovecot()
  const database = openDatabase(join(folder, 'zhika.sqlite'))
  try {
    await migrate(database, queueMigrations, intakeMigrations)
    const files = await openFileFolder(join(folder, 'files'), ids)
    const queue = openTableQueue({ database, clock, ids, log })
    const account = { host: '127.0.0.1', port: dovecot.port, secure: false, user: dovecot.user, secret: dovecot.password }
    const config = intakeConfig.parse({ mailboxes: [account] })
    const intake = openIntake({ database, files, queue, clock, ids, log, config })
    for (const mail of mails) await dovecot.deliver(mail)
    const mailboxes = openMailboxes({ database, files, intake, clock, log, config })
    const taken = await timed('taken in by IMAP, synced to the disk', mails.length, () => mailboxes.reconcile())
    const { received } = await intake.count()
    console.log(`of mailparser’s rate: ${((100 * taken) / parser).toFixed(0)} %; ${received} submissions recorded`)
  } finally {
    await database.destroy()
    await dovecot.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function goOut(): Promise<void> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => void stream.resume().on('end', () => done()),
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.server.address() as AddressInfo
  const bytes = buildMail([textPart('您好，材料齐全。'.repeat(50))])
  const to = 'applicant@example.com'
  const from = 'xmport@example.cn'
  const all = Array.from({ length: Number(values.letters) })
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, pool: true, maxConnections: 2 })
  const plain = await timed('nodemailer alone, 2 connections', all.length, () =>
    Promise.all(all.map(() => transport.sendMail({ envelope: { from, to: [to] }, raw: bytes }))),
  )
  transport.close()
  const mailer = openMailer(smtpConfig.parse({ host: '127.0.0.1', port, secure: false, from, perMinute: 0 }))!
  const ours = await timed('letters, 2 connections', all.length, () => Promise.all(all.map(() => mailer.send({ to, bytes }))))
  mailer.close()
  console.log(`of nodemailer’s rate: ${((100 * ours) / plain).toFixed(0)} %`)
  await new Promise<void>((resolve) => server.close(() => resolve()))
}

await comeIn()
await goOut()
