import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { services } from '../../src/guide/services.ts'
import { cleanSets, enterprise } from '../fixtures/build-papers.ts'
import { openBrowser } from '../fixtures/open-browser.ts'
import { openTestDesk, type TestDesk } from './open-test-desk.ts'

let desk: TestDesk
let browser: Browser
let number: string
const password = 'correct-horse-battery'
const [tax, finance] = services.deregister.agreements

beforeAll(async () => {
  browser = await openBrowser()
  desk = await openTestDesk()
  await desk.addUser('林晓', 'clerk', password)
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await desk?.intake.close()
  await desk?.close()
})
let sets = 0
beforeEach(async () => {
  const papers = cleanSets.deregister().map(({ kind, pages, fields }) => ({
    kind,
    file: pages[0]!.file,
    seal: enterprise.name,
    values: Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value])),
  }))
  ;[number = ''] = await desk.arrive(`注销-${++sets}`, papers)
})

/** The path of a link as the letter gives it. */
const linkTo = async (title: string) => {
  const { systems } = await desk.confirmations.askedOf(number)
  return new URL(systems.find((one) => one.title === title)!.link!).pathname
}
const stateOf = async (title: string) =>
  (await desk.confirmations.agreementsOf(number)).systems.find((one) => one.title === title)?.confirmed ?? null
const post = (path: string, form: Record<string, string>, origin = desk.address) =>
  fetch(desk.address + path, { method: 'POST', headers: { origin }, body: new URLSearchParams(form), redirect: 'manual' })

describe('the page behind a link', () => {
  it('is confirmed on a phone by a person, without signing in and without scripts, and says so', { timeout: 60_000 }, async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false })
    const page = await context.newPage()
    const elsewhere: string[] = []
    page.on('request', (request) => void (request.url().startsWith(desk.address) || elsewhere.push(request.url())))
    await page.goto(desk.address + (await linkTo(tax!.title)))
    const text = await page.innerText('main')
    expect(text).toContain(enterprise.name)
    expect(text).toContain(tax!.steps)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    expect(await stateOf(tax!.title)).toBeNull()
    await page.check('[name=checked]')
    await page.fill('[name=name]', '林海澜')
    await page.click('button.primary')
    await page.waitForSelector('text=已确认')
    expect(await page.innerText('main')).toContain(`还需确认：${finance!.title}`)
    expect(await stateOf(tax!.title)).toMatchObject({ means: 'link', by: '林海澜' })
    expect(elsewhere).toEqual([])
    await context.close()
  })

  it('confirms nothing for a programme that opens, looks at or half fills it', async () => {
    const path = await linkTo(tax!.title)
    for (const method of ['GET', 'HEAD']) expect((await fetch(desk.address + path, { method })).status).toBe(200)
    expect((await post(path, {})).status).toBe(400)
    expect((await post(path, { name: '林海澜' })).status).toBe(400)
    expect((await post(path, { checked: 'yes', name: '' })).status).toBe(400)
    expect((await post(path, { checked: 'yes', name: '林海澜' }, 'https://elsewhere.example.com')).status).toBe(403)
    expect(await stateOf(tax!.title)).toBeNull()
    // As browsers call it through the office's public address.
    expect((await post(path, { checked: 'yes', name: '林海澜' }, 'https://zhika.example.cn')).status).toBe(303)
    expect((await post(path, { checked: 'yes', name: '别人' })).status).toBe(303)
    expect(await stateOf(tax!.title)).toMatchObject({ by: '林海澜' })
  })

  it('is not there for a link turned to another system, and strangers who try are soon turned away', async () => {
    const path = (await linkTo(tax!.title)).replace('customs-tax', 'finance')
    const page = await fetch(desk.address + path)
    expect([page.status, (await page.text()).includes('链接不完整或不正确')]).toEqual([404, true])
    const statuses = new Set<number>()
    for (let time = 0; time < 40; time += 1) statuses.add((await post(path, { checked: 'yes', name: 'x' })).status)
    expect([...statuses]).toEqual([404, 429])
    expect(await stateOf(finance!.title)).toBeNull()
    desk.clock.advance(600_001)
    expect((await fetch(desk.address + (await linkTo(tax!.title)))).status).toBe(200)
  })
})

it('a clerk records what was said on the telephone, cannot accept before, and can take it back', { timeout: 60_000 }, async () => {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await page.goto(desk.address)
  await page.fill('[name=name]', '林晓')
  await page.fill('[name=password]', password)
  await page.keyboard.press('Enter')
  await page.waitForSelector('h1:has-text("待办")')
  await page.goto(`${desk.address}/applications/${number}`)
  await page.waitForSelector('.agreements')
  expect(await page.innerText('.actions')).toContain('三方协议待确认 3')
  expect(await page.locator('form[action$="/accept"], a[href*="/accept"]').count()).toBe(0)
  for (let system = 0; system < 3; system += 1) {
    await page.click('.agreements a:has-text("电话确认")')
    await page.fill('dialog[open] [name=name]', '林海澜')
    await page.fill('dialog[open] [name=reason]', '回拨登记表上的电话')
    await page.click('dialog[open] button.primary')
    await page.waitForSelector('text=已登记电话确认')
  }
  expect(await page.innerText('.agreements')).toContain('已全部确认')
  expect(await page.locator('a[href*="/accept"]').count()).toBe(1)
  await page.click('.agreements a:has-text("撤销") >> nth=0')
  await page.fill('dialog[open] [name=reason]', '企业来电更正')
  await page.click('dialog[open] button.primary')
  await page.waitForSelector('text=已撤销确认')
  expect(await page.innerText('.actions')).toContain('三方协议待确认 1')
  await page.click('text=办理记录')
  expect(await page.innerText('.events')).toContain('撤销“海关税费电子支付系统”的确认：企业来电更正')
})
