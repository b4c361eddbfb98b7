import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DispatchTables } from '../../src/dispatch/dispatch-tables.ts'
import { letterKinds, unpackSubmission, writeLetter } from '../../src/flow.ts'
import { buildMail, textPart, type MailPart } from '../fixtures/build-mail.ts'
import { openBrowser } from '../fixtures/open-browser.ts'
import { openTestDesk, type TestDesk } from './open-test-desk.ts'
import { addOperatorSet } from './papers.ts'

let browser: Browser
let desk: TestDesk
let page: Page
const password = 'correct-horse-battery'
const requests: string[] = []
const faults: string[] = []

beforeAll(async () => {
  browser = await openBrowser()
  desk = await openTestDesk()
  await desk.addUser('林晓', 'clerk', password)
  page = await browser.newPage()
  page.on('request', (request) => requests.push(request.url()))
  page.on('dialog', (dialog) => {
    faults.push(dialog.message())
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => faults.push(error.message))
  await page.goto(desk.address)
  await page.fill('[name=name]', '林晓')
  await page.fill('[name=password]', password)
  await page.keyboard.press('Enter')
  await page.waitForSelector('h1:has-text("待办")')
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await desk?.intake.close()
  await desk?.close()
})

const context = { id: 'job', attempt: 1, signal: new AbortController().signal, progress: () => undefined }

async function receiveMail(parts: readonly MailPart[], headers: readonly string[]): Promise<string> {
  const bytes = buildMail(parts, headers)
  const { submissionId } = await desk.intake.receive({ door: 'mailbox', name: 'a.eml', files: [{ file: 'a.eml', bytes }] })
  await desk.intake.handlers[0]?.run({ submissionId }, context)
  return submissionId
}

const hostileHtml = `<html><head><title>taken over</title><base href="http://evil.example.com/"><meta http-equiv="refresh" content="0;url=http://evil.example.com/">
<link rel="stylesheet" href="http://evil.example.com/a.css"><style>@import url(http://evil.example.com/b.css); body{display:none!important} nav{background:url(http://evil.example.com/c.png)}</style></head>
<body onload="alert(1)"><script>window.pwned=1;fetch('http://evil.example.com/d')</script><img src="http://evil.example.com/e.png" onerror="window.pwned=2">
<svg onload="window.pwned=3"></svg><iframe src="http://evil.example.com/f"></iframe><form action="http://evil.example.com/g"><button>登录</button></form>
<a href="javascript:window.pwned=4">点这里</a><div style="position:fixed;inset:0;z-index:9999">遮住一切</div>请问何时办好？</body></html>`

it('a hostile HTML mail is shown as its words: nothing runs, nothing is loaded, nothing covers the page', { timeout: 60_000 }, async () => {
  const id = await receiveMail(
    [{ headers: ['Content-Type: text/html; charset=utf-8'], body: hostileHtml }],
    [
      'From: "<img src=http://evil.example.com/h onerror=alert(2)>" <a@example.com>',
      'Subject: <script>alert(3)</script>',
      'To: x@example.cn',
    ],
  )
  await page.goto(`${desk.address}/submissions`)
  await page.goto(`${desk.address}/submissions/${id}`)
  await page.waitForTimeout(300)
  expect(await page.evaluate('window.pwned')).toBeUndefined()
  expect(await page.textContent('.mail-text')).toContain('请问何时办好？')
  expect(await page.isVisible('h1:has-text("<script>alert(3)</script>")')).toBe(true)
  expect(page.url()).toBe(`${desk.address}/submissions/${id}`)
  expect(await page.locator('main iframe, main img, main svg[onload], main a[href^="javascript"]').count()).toBe(0)
  await page.click('text=已回复发件人')
  await page.waitForSelector('text=已登记为已回复')
})

it('markup in a text part is shown as it was written', { timeout: 60_000 }, async () => {
  const text = '<b onclick="window.pwned=5">价格</b> <img src="http://evil.example.com/i.png">'
  const id = await receiveMail([textPart(text)], ['From: b@example.com', 'To: x@example.cn', 'Subject: text'])
  await page.goto(`${desk.address}/submissions/${id}`)
  expect(await page.textContent('.mail-text')).toContain(text)
  expect(await page.locator('.mail-text *').count()).toBe(0)
})

it('a mail whose unpacking was given up is shown as failed, and tried again by a click', { timeout: 60_000 }, async () => {
  const bytes = buildMail([textPart('您好')], ['From: c@example.com', 'To: x@example.cn', 'Subject: given up'])
  const { submissionId } = await desk.intake.receive({ door: 'mailbox', name: 'b.eml', files: [{ file: 'b.eml', bytes }] })
  const job = () => desk.queue.find(unpackSubmission, `${submissionId}:0`)
  await desk.database
    .withTables<{ job: { id: string; state: string } }>()
    .updateTable('job')
    .set({ state: 'dead' })
    .where('id', '=', (await job())!.id)
    .execute()
  await page.goto(`${desk.address}/submissions`)
  const row = page.locator(`#arrival-${submissionId}`)
  expect(await row.textContent()).toMatch(/处理失败[\s\S]*原件已保存，请点“重试”/u)
  await row.locator('button:has-text("重试")').click()
  await page.waitForSelector('h1:has-text("来件")')
  expect((await job())?.state).toBe('queued')
})

it('letters can be stopped and resumed, and the samples be seen as they would be sent', { timeout: 60_000 }, async () => {
  const [number] = await desk.arrive('函件', addOperatorSet())
  const order = { applicationNumber: number!, letter: 'acknowledgement', occasion: 'opened' }
  await desk.dispatch.handlers.find(({ contract }) => contract.name === writeLetter.name)?.run(order, context)
  await page.goto(`${desk.address}/letters`)
  await page.click('summary:has-text("暂停全部函件")')
  await page.fill('.stop-letters [name=reason]', '核查中')
  await page.click('text=暂停发出')
  await page.waitForSelector('text=林晓 暂停了全部函件：核查中')
  await page.click('text=恢复发出')
  await page.waitForSelector('text=已恢复发出函件')
  await page.goto(`${desk.address}/applications/${number}`)
  expect(await page.locator('details.drawer[open] section.letter').count()).toBe(0)
  await desk.database
    .withTables<DispatchTables>()
    .updateTable('letter')
    .set({ state: 'bounced' })
    .where('application_number', '=', number!)
    .execute()
  await page.reload()
  expect(await page.textContent('details.drawer[open] section.letter')).toContain('被退回')
  await page.goto(`${desk.address}/letters/samples`)
  expect(await page.locator('details.letter').count()).toBe(letterKinds.length)
  await page.goto(`${desk.address}/letters/samples/correction`)
  expect(await page.textContent('body')).toContain('身份证件复印件没有加盖单位公章')
})

it('no page of these asked for anything from elsewhere, and none threw', () => {
  expect(requests.filter((url) => !url.startsWith(desk.address))).toEqual([])
  expect(faults).toEqual([])
})
