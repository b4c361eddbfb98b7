/** The parcel desk as it is used: a scanner that types and presses Enter, no mouse. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser } from '../fixtures/open-browser.ts'
import { openTestDesk, type TestDesk } from './open-test-desk.ts'
import { addOperatorSet } from './papers.ts'

let browser: Browser
let desk: TestDesk
let page: Page
const password = 'correct-horse-battery'
const faults: string[] = []
const ems = '1151238971060'
const legalCard = '8600000012345'

beforeAll(async () => {
  browser = await openBrowser()
  desk = await openTestDesk()
  await desk.addUser('林晓', 'clerk', password)
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/40[34]/u.test(message.text())) faults.push(message.text())
  })
  await page.goto(desk.address)
  await page.fill('[name=name]', '林晓')
  await page.fill('[name=password]', password)
  await page.keyboard.press('Enter')
  await page.waitForSelector('h1:has-text("待办")')
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await desk?.close()
  expect(faults).toEqual([])
})

/** What a scanner does. */
async function scan(text: string): Promise<void> {
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}
const says = (text: string) => page.waitForSelector(`.notice:has-text("${text}")`)
const run = async (name: string) => {
  for (const job of await desk.queue.list('queued'))
    for (const handler of [...desk.cards.handlers, ...desk.dispatch.handlers])
      if (job.name === name && handler.contract.name === name)
        await handler.run(job.payload, { id: job.id, attempt: 1, signal: new AbortController().signal, progress: () => undefined })
}

it(
  'an envelope is scanned, its card counted, its scans joined, its cards packed and given to the courier, by the keyboard alone',
  { timeout: 60_000 },
  async () => {
    await page.goto(`${desk.address}/parcels`)
    await page.waitForSelector('text=没有待清点的邮包')
    await scan('EE473124828CN')
    await says('校验位不对')
    await scan(ems)
    await says(`已收件 ${ems}`)
    // Two scans at once: neither is lost, the second is told.
    await page.keyboard.type(legalCard)
    await page.keyboard.press('Enter')
    await page.keyboard.type(legalCard)
    await page.keyboard.press('Enter')
    await says(`卡 ${legalCard} 已经清点过`)
    expect(await page.locator('tbody tr').count()).toBe(1)
    // The focus was lost to the page: a scan still arrives in the field.
    await page.evaluate('document.activeElement.blur()')
    await scan(ems)
    await says(`${ems} 清点完毕：1 张卡`)
    expect(page.url()).toMatch(/\/parcels$/u)

    const [number = ''] = await desk.arrive(ems, addOperatorSet())
    await page.goto(`${desk.address}/parcels/${ems}`)
    expect(await page.textContent('[data-region=applications]')).toContain(number)
    expect(await desk.parcels.traceCard(legalCard)).toMatchObject({ application: { number } })
    await page.goto(`${desk.address}/applications/${number}`)
    expect(await page.textContent('details:has-text("邮包和卡片")')).toContain(`来件邮包中 ${ems}`)
    await page.keyboard.press('a')
    await page.waitForSelector(`text=${number} 已受理`)
    await run('cards.queue')
    const [job] = await desk.cards.listJobs({ state: 'queued', applicationNumber: number })
    await desk.cards.complete(job!.id, { cardNumber: '2100000008888', actor: '林晓' })
    await desk.dispatch.addRange({ from: '1151238971000', to: '1151238971080' }, '林晓')
    await run('dispatch.prepare')

    await page.goto(`${desk.address}/dispatch`)
    await scan('1151238971000')
    await page.waitForSelector('h1:has-text("装包")')
    await scan('8600000099999')
    await says('没有清点过，也不在台账中')
    await scan('2100000008888')
    await says('已装入 2100000008888')
    await page.keyboard.press('Enter')
    await says(`还有 1 张卡没有装入：${legalCard}`)
    await scan(legalCard)
    await says(`已装入 ${legalCard}`)
    await page.keyboard.press('Enter')
    await says('已封装：2 张卡')
    await scan('1151238971000')
    await page.waitForSelector('button:has-text("已交快递")')
    await page.keyboard.press('Enter')
    await says(`${number} 已交快递`)
    expect(await desk.parcels.house()).toEqual([])
    await page.goto(`${desk.address}/house`)
    await page.waitForSelector('text=本中心现在没有卡')
    await scan(legalCard)
    await page.waitForSelector('.summary:has-text("已交快递 1151238971000")')
  },
)

it('another carrier and freight collect are refused at one key, and who sent them is written to', { timeout: 60_000 }, async () => {
  const [number = ''] = await desk.arrive(
    '预审',
    addOperatorSet({ enterpriseName: '厦门同捷示例有限公司', uscc: '91350206MA1XG61250' }),
    'upload',
  )
  await page.goto(`${desk.address}/parcels`)
  await scan('SF1234567890123')
  await says('由顺丰承运，已登记拒收')
  // The next parcel is scanned before anybody has said who sent this one.
  await scan('1151238979991')
  await says('已收件 1151238979991')
  await page.goto(`${desk.address}/parcels/SF1234567890123`)
  await page.waitForSelector('input:focus')
  await scan('同捷')
  await says('已向寄件人发函')
  expect(await page.textContent('main')).toContain(number)
  await page.goto(`${desk.address}/parcels`)
  await scan('4612345678901')
  await says('看不出是哪家快递')
  expect(await page.inputValue('[name=number]')).toBe('4612345678901')
  await page.click('button:has-text("韵达，拒收")')
  await says('由韵达承运，已登记拒收')
  await page.goto(`${desk.address}/parcels?tab=refused`)
  expect(await page.locator('tbody tr').count()).toBe(2)
})

it('the cover sheet is a PDF, and without a script every step is a form', { timeout: 60_000 }, async () => {
  const state = await page.context().storageState()
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: state, viewport: { width: 390, height: 844 } })
  const plain = await context.newPage()
  await plain.goto(`${desk.address}/parcels`)
  await plain.fill('[name=number]', 'EE123456785CN')
  await plain.press('[name=number]', 'Enter')
  await plain.waitForSelector('.notice:has-text("已收件 EE123456785CN")')
  await plain.fill('[name=card]', '8600000077777')
  await plain.press('[name=card]', 'Enter')
  await plain.waitForSelector('.notice:has-text("已清点 8600000077777")')
  expect(await plain.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  const cookie = state.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const cover = await fetch(`${desk.address}/parcels/EE123456785CN/cover`, { headers: { cookie } })
  expect(cover.headers.get('content-type')).toBe('application/pdf')
  expect(
    Buffer.from(await cover.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
  await plain.goto(`${desk.address}/house`)
  expect(await plain.textContent('table')).toContain('还没有对应到申请')
  desk.clock.advance(86_400_000)
  await plain.click('.modes >> text=盘点')
  expect(await plain.textContent('table')).toContain('8600000077777')
  await plain.fill('[name=card]', '8600000077777')
  await plain.press('[name=card]', 'Enter')
  await plain.waitForSelector('.empty:has-text("都盘到了")')
  expect(await plain.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  await context.close()
})
