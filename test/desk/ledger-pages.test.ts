import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { queueCardJobs } from '../../src/flow.ts'
import { enterprise, operator } from '../fixtures/build-papers.ts'
import { buildTable } from '../fixtures/build-workbook.ts'
import { fillLedger, plainCard } from '../fixtures/fill-ledger.ts'
import { openBrowser } from '../fixtures/open-browser.ts'
import { openTestDesk, type TestDesk } from './open-test-desk.ts'
import { addOperatorSet } from './papers.ts'

let browser: Browser
let desk: TestDesk
let page: Page
const faults: string[] = []
const password = 'correct-horse-battery'

/** What is to be seen is there, and keys are listened to. */
const seen = async (selector: string) => {
  await page.waitForSelector(selector)
  await page.waitForSelector('html.enhanced', { state: 'attached' })
}

beforeAll(async () => {
  browser = await openBrowser()
  desk = await openTestDesk({ stations: [{ name: '一号' }, { name: '二号' }] })
  await desk.addUser('林晓', 'clerk', password)
  await fillLedger(
    desk.database,
    {},
    ...Array.from({ length: 60 }, (_, at) => ({
      number: `8600000${20_000 + at}`,
      kind: 'legal' as const,
      enterprise_name: '厦门嘉诚示例有限公司',
      uscc: '91350206MA1XG61250',
    })),
  )
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  page.on('pageerror', (error) => faults.push(error.message))
  await page.goto(desk.address)
  await page.fill('[name=name]', '林晓')
  await page.fill('[name=password]', password)
  await page.keyboard.press('Enter')
  await page.waitForSelector('h1:has-text("待办")')
})

afterAll(async () => {
  await browser?.close()
  await desk?.close()
  expect(faults).toEqual([])
})

describe('the ledger at the desk', () => {
  it('is searched by what the clerk has, page by page, with identity numbers masked', async () => {
    await page.goto(`${desk.address}/ledger`)
    await seen('text=61 张卡')
    expect(await page.locator('tr[data-row]').count()).toBe(50)
    await page.click('text=下一页')
    await seen('text=上一页')
    expect(await page.locator('tr[data-row]').count()).toBe(11)
    await page.keyboard.press('/')
    await page.keyboard.type(enterprise.name.slice(2))
    await page.keyboard.press('Enter')
    await seen('p.summary:text-is("1 张卡")')
    expect(await page.content()).not.toContain(operator.idNumber)
    await page.click(`a:has-text("${enterprise.name}")`)
    await seen('text=1 位持卡人')
  })

  it('shows the card whose number is scanned, and records by keys what its state allows', async () => {
    await page.goto(`${desk.address}/ledger`)
    await seen('h1')
    await page.keyboard.press('/')
    await page.keyboard.type(plainCard.number)
    await page.keyboard.press('Enter')
    await seen(`h1:has-text("${plainCard.number}")`)
    await page.keyboard.press('2')
    await page.keyboard.type('企业来电，卡片遗失')
    await page.keyboard.press('Enter')
    await seen('text=已登记挂失')
    expect(await page.locator('.card-operations summary').allInnerTexts()).toEqual(['解挂 1', '注销 2'])
    await page.keyboard.press('1')
    await page.keyboard.type('已找回')
    await page.keyboard.press('Enter')
    await seen('text=已登记解挂')
    expect(await page.locator('table.ledger tr').allInnerTexts()).toEqual([
      expect.stringContaining('已找回'),
      expect.stringContaining('卡片遗失'),
    ])
  })

  it('takes in a workbook that was looked at, and none with a bad row', async () => {
    const upload = async (state: string) => {
      const table = buildTable([
        ['卡号', '卡类型', '企业名称', '统一社会信用代码', '持卡人', '状态'],
        ['AB-0001', '法人卡', '厦门新户有限公司', '92350203MA8T000P2L', '某人', state],
      ])
      await page.setInputFiles('[name=sheet]', { name: '台账.xlsx', mimeType: 'application/octet-stream', buffer: table })
      await page.click('button:has-text("检查")')
    }
    await page.goto(`${desk.address}/ledger/import`)
    await upload('停用')
    await seen('td:has-text("“停用”不是可用的写法")')
    await upload('有效')
    await seen('text=新增 1 张')
    expect(await desk.cards.ledger.find('AB-0001')).toBeUndefined()
    await page.keyboard.press('Enter')
    await seen('text=已导入：新增 1 张')
    expect(await desk.cards.ledger.find('AB-0001')).toMatchObject({ status: 'valid' })
    expect(await desk.cards.ledger.historyOf('AB-0001')).toMatchObject([{ actor: '林晓' }])
  })

  it('is given out masked; whole numbers only to an administrator', async () => {
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    const answer = await fetch(`${desk.address}/ledger/export.xlsx`, { headers: { cookie } })
    expect(answer.headers.get('content-disposition')).toContain('.xlsx')
    expect(new Uint8Array(await answer.arrayBuffer()).slice(0, 2)).toEqual(new Uint8Array([0x50, 0x4b]))
    expect((await fetch(`${desk.address}/ledger/export.xlsx?ids=whole`, { headers: { cookie } })).status).toBe(404)
  })
})

it('a work station claims a job, completes it with a scan, and the card stands in the ledger with its term', async () => {
  const [number] = await desk.arrive(
    '来件',
    addOperatorSet({ enterpriseName: '厦门海润示例进出口有限公司', uscc: '91350206MA7LLJY1XH', order: 9 }),
  )
  await desk.applications.advance(desk.database, number!, { type: 'accepted' }, { actor: '林晓' })
  const handler = desk.cards.handlers.find(({ contract }) => contract.name === queueCardJobs.name)
  await handler?.run(
    { applicationNumber: number! },
    { id: 'job', attempt: 1, signal: new AbortController().signal, progress: () => undefined },
  )
  await page.goto(`${desk.address}/cards`)
  await page.selectOption('select[name=station]', '二号')
  await seen('button:has-text("领取")')
  await page.keyboard.press('Escape')
  await page.keyboard.press('c')
  await seen('text=林晓 · 二号')
  await page.fill('[name=cardNumber]', '8600000077777')
  await page.keyboard.press('Enter')
  await seen('text=已完成，卡号 8600000077777')
  expect(await desk.cards.ledger.find('8600000077777')).toMatchObject({ kind: 'operator', validUntil: '2036-11-20' })
})
