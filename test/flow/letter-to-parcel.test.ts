/** A folder, a dropped mail and a fetched mail go the whole way, from their bytes to the parcel and the letter. */
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { simpleParser, type ParsedMail } from 'mailparser'
import type { Page } from 'playwright-core'
import { SMTPServer } from 'smtp-server'
import { expect, it, onTestFinished, vi } from 'vitest'
import { composeSubmission } from '../corpus/compose-submission.ts'
import { writeSubmission } from '../corpus/write-submission.ts'
import { openBrowser } from '../fixtures/open-browser.ts'
import { temporaryFolder } from '../fixtures/open-memory.ts'
import { codesOn, renderPrint } from '../fixtures/render-print.ts'
import { foldersIn, runService } from '../fixtures/run-service.ts'
import { startDovecot } from '../fixtures/start-dovecot.ts'

const samples = resolve(import.meta.dirname, '../../inbox/samples')
const password = 'a long new password'
const firstNumber = '1151238971060'
const envelope = 'EE473124829CN'
const legalCard = '8600000012345'

/** A mail server that keeps what it is sent. */
async function startSmtp() {
  const received: ParsedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      const keep = async () => void received.push(await simpleParser(stream))
      void keep().finally(() => done())
    },
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => new Promise<void>((closed) => server.close(() => closed())))
  return { port: (server.server.address() as { port: number }).port, received }
}

/** Opens an application and accepts it with one key; where something was found to be mended, the clerk says why it is accepted all the same. */
async function accept(page: Page, address: string, number: string): Promise<void> {
  await page.goto(`${address}/applications/${number}`)
  await page.waitForSelector('article')
  await page.keyboard.press('a')
  const reason = page.locator('dialog[open] textarea')
  const accepted = page.locator(`text=${number} 已受理`)
  await reason.or(accepted).first().waitFor()
  if (await reason.isVisible()) {
    await reason.fill('演练')
    await page.locator('dialog[open] button:has-text("仍然受理")').click()
  }
  await page.waitForSelector(`text=${number} 已受理`)
}

const numbersIn = async (page: Page, path: string, address: string) => {
  await page.goto(address + path)
  return [...new Set((await page.content()).match(/XM\d{8}-\d{4}/gu) ?? [])]
}

it('takes three submissions from three doors to the courier', { timeout: 300_000 }, async () => {
  const folders = foldersIn(temporaryFolder())
  const dovecot = await startDovecot()
  onTestFinished(() => dovecot.stop())
  const smtp = await startSmtp()

  const drawn = temporaryFolder()
  const emailed = composeSubmission(5_200, { service: 'reader', writing: 'typed' })
  await writeSubmission(emailed, drawn, {
    name: 'mail',
    device: 'scan200',
    packaging: 'eml',
    heldBack: false,
    faults: [],
    today: '2026-11-20',
  })
  const [mail = ''] = readdirSync(join(drawn, 'mail'))
  await dovecot.deliver(readFileSync(join(drawn, 'mail', mail)))

  mkdirSync(folders.inbox, { recursive: true })
  const sets = readdirSync(samples)
  const folderSet = sets.find((name) => name.startsWith('增办操作员卡')) ?? ''
  const mailSet = sets.find((name) => name.startsWith('自购读卡器')) ?? ''
  // The scanner's folder is named after the envelope.
  cpSync(join(samples, folderSet), join(folders.inbox, `${envelope} ${folderSet}`), { recursive: true })
  cpSync(join(samples, mailSet, '来信.eml'), join(folders.inbox, '来信.eml'))

  writeFileSync(
    folders.config,
    `[[dispatch.waybillRanges]]
from = "${firstNumber}"
to = "1151238971099"

[[intake.mailboxes]]
host = "${dovecot.host}"
port = ${dovecot.port}
secure = false
user = "${dovecot.user}"
secret = "${dovecot.password}"

[mail.smtp]
host = "127.0.0.1"
port = ${smtp.port}
secure = false
from = "office@zhika.example"
`,
  )
  const service = await runService(folders)
  onTestFinished(() => service.kill())
  const { address } = service

  const browser = await openBrowser()
  onTestFinished(() => browser.close())
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await page.goto(address)
  await page.fill('[name=name]', 'admin')
  await page.fill('[name=password]', service.firstSecret ?? '')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/password')
  await page.fill('[name=current]', service.firstSecret ?? '')
  await page.fill('[name=wanted]', password)
  await page.fill('[name=again]', password)
  await page.keyboard.press('Enter')
  await page.waitForSelector('h1:has-text("待办")')

  const numbers = await vi.waitFor(
    async () => {
      const waiting = await numbersIn(page, '/', address)
      expect(waiting).toHaveLength(3)
      return waiting
    },
    { timeout: 120_000, interval: 500 },
  )
  const health = await fetch(`${address}/healthz`)
  expect(health.status).toBe(200)

  // The courier's envelope is scanned at the parcel desk, and the card in it counted.
  const scan = async (text: string) => {
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
  }
  await page.goto(`${address}/parcels`)
  await scan(envelope)
  await page.waitForSelector(`text=已收件 ${envelope}`)
  await scan(legalCard)
  await page.waitForSelector(`text=已清点 ${legalCard}`)
  await scan(envelope)
  await page.waitForSelector(`text=${envelope} 清点完毕：1 张卡`)
  await page.goto(`${address}/parcels/${envelope}`)
  const [enclosing] = (await page.locator('[data-region=applications]').innerText()).match(/XM\d{8}-\d{4}/u) ?? []
  expect(numbers).toContain(enclosing)

  for (const number of numbers) await accept(page, address, number)

  // One new operator card is made, and two sets of readers are handed out.
  await vi.waitFor(async () => expect(await numbersIn(page, '/cards', address)).toHaveLength(3), { timeout: 20_000, interval: 300 })
  for (let job = 0; job < 3; job++) {
    await page.goto(`${address}/cards`)
    const form = page.locator('form.complete').first()
    const cardNumber = form.locator('[name=cardNumber]')
    if ((await cardNumber.count()) > 0) await cardNumber.fill('2610000012345')
    await form.locator('button').click()
    await page.waitForSelector('.notice.done')
  }

  const waybills = join(folders.outbox, '面单')
  await vi.waitFor(() => expect(readdirSync(waybills).filter((name) => name.endsWith('.pdf'))).toHaveLength(3), {
    timeout: 60_000,
    interval: 300,
  })
  const printed = readdirSync(waybills).toSorted()
  expect(printed[0]).toContain(firstNumber)
  for (const name of printed) {
    const [label] = (await renderPrint(readFileSync(join(waybills, name)))).pages
    expect(label && (await codesOn(label))).toContain(/\d{13}/u.exec(name)?.[0])
  }

  // The new card and the one that came with the papers are scanned into their parcel, which is closed over them.
  await page.goto(`${address}/dispatch`)
  await page.click('a:has-text("装包")')
  await page.waitForSelector('h1:has-text("装包")')
  await scan('2610000012345')
  await page.waitForSelector('text=已装入 2610000012345')
  await scan(legalCard)
  await page.waitForSelector(`text=已装入 ${legalCard}`)
  await page.keyboard.press('Enter')
  await page.waitForSelector('text=已封装：2 张卡')

  // The rows of the hand-over list carry a button each; every click takes one away.
  for (let parcel = 0; parcel < 3; parcel++) {
    await page.goto(`${address}/dispatch`)
    await page.locator('form[action$="/courier"] button').first().click()
    await page.waitForSelector('.notice.done')
  }
  await vi.waitFor(() => expect(smtp.received).toHaveLength(6), { timeout: 30_000, interval: 300 })
  const subjects = smtp.received.map(({ subject }) => subject ?? '')
  const bodies = smtp.received.map(({ text }) => text ?? '')
  // The two that came by mail are answered three times, in their thread; the folder's letters are for printing.
  expect(smtp.received.every(({ inReplyTo }) => inReplyTo !== undefined)).toBe(true)
  expect(bodies.filter((body) => /11512389710\d\d/u.test(body))).toHaveLength(2)
  expect(new Set(subjects).size).toBeGreaterThan(0)
  expect(readdirSync(join(folders.outbox, '函件')).filter((name) => name.endsWith('.eml'))).toHaveLength(9)
  expect(await service.stop()).toBe(0)
})
