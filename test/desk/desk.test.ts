// Longer than 400 lines: all pages share one browser and one desk, whose start costs more than the tests.
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { assembleApplications, readSubmission } from '../../src/flow.ts'
import { PermanentFault } from '../../src/platform/errors.ts'
import { handleJob } from '../../src/platform/queue/contract.ts'
import { inventUscc } from '../corpus/invent-identifiers.ts'
import { seedRandom } from '../corpus/random.ts'
import { openBrowser } from '../fixtures/open-browser.ts'
import { openTestDesk, type TestDesk } from './open-test-desk.ts'
import { addOperatorSet } from './papers.ts'

let browser: Browser
let desk: TestDesk
const password = 'correct-horse-battery'

beforeAll(async () => {
  browser = await openBrowser()
  desk = await openTestDesk()
  await desk.addUser('林晓', 'clerk', password)
  await desk.addUser('admin', 'administrator', password)
})

afterAll(async () => {
  await browser?.close()
  await desk?.close()
})

const faults: string[] = []
afterEach(() => expect(faults.splice(0)).toEqual([]))

const sessions = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>()

/** A page of somebody signed in; nothing on it may break a rule of the page or throw. */
async function signedIn(name = '林晓'): Promise<Page> {
  const state = sessions.get(name)
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...(state ? { storageState: state } : {}) })
  const page = await context.newPage()
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/40[34]/u.test(message.text())) faults.push(message.text())
  })
  if (state) return page
  await page.goto(desk.address)
  await page.fill('[name=name]', name)
  await page.fill('[name=password]', password)
  await page.keyboard.press('Enter')
  await page.waitForSelector('h1:has-text("待办")')
  sessions.set(name, await context.storageState())
  return page
}

const cookieOf = async (page: Page) => (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
const focused = (page: Page) => page.evaluate<string>('document.activeElement.id')

let enterprises = 0
/** One application of an enterprise of its own; its number. */
async function arrived(choice: Parameters<typeof addOperatorSet>[0] = {}): Promise<string> {
  // One enterprise asks for the same thing once at a time: everybody gets a code of their own.
  const uscc = inventUscc(seedRandom(enterprises), '91', '350206')
  const names = ['海润', '嘉诚', '远达', '信泰', '鹭丰', '同捷']
  const at = enterprises++ % names.length
  desk.clock.advance(1000)
  const [number] = await desk.arrive(
    `来件 ${enterprises}`,
    addOperatorSet({ enterpriseName: `厦门${names[at]}示例进出口有限公司`, uscc, order: enterprises, ...choice }),
  )
  return number!
}

const statusOf = async (number: string) => (await desk.applications.find(desk.database, number))!.status
const until = async (condition: () => Promise<boolean>) => {
  for (let turn = 0; turn < 100; turn++) {
    if (await condition()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the condition never came true')
}

describe('the door', () => {
  it('a one-time secret leads to a new password and then to the inbox', async () => {
    const added = await desk.accounts.addUser('王窗口', 'clerk')
    const page = await (await browser.newContext()).newPage()
    await page.goto(`${desk.address}/cards`)
    expect(page.url()).toContain('/sign-in?next=%2Fcards')
    await page.fill('[name=name]', '王窗口')
    await page.fill('[name=password]', 'not the secret')
    await page.keyboard.press('Enter')
    await page.waitForSelector('text=用户名或密码不正确')
    await page.fill('[name=password]', added.ok ? added.value.secret : '')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/password')
    await page.goto(`${desk.address}/cards`)
    expect(page.url()).toContain('/password')
    await page.fill('[name=current]', added.ok ? added.value.secret : '')
    await page.fill('[name=wanted]', 'a-long-new-password')
    await page.fill('[name=again]', 'a-long-new-password')
    await page.keyboard.press('Enter')
    await page.waitForSelector('text=密码已更改')
    await page.click('text=退出')
    await page.waitForURL('**/sign-in')
    await page.goto(desk.address)
    expect(page.url()).toContain('/sign-in')
    await page.context().close()
  })

  it('a change that does not come from our own page is refused', async () => {
    const page = await signedIn()
    const number = await arrived()
    const cookie = await cookieOf(page)
    for (const origin of ['https://evil.example', 'null', undefined]) {
      const response = await fetch(`${desk.address}/applications/${number}/accept`, {
        method: 'POST',
        headers: { cookie, ...(origin ? { origin } : {}) },
        body: new URLSearchParams({ version: '1' }),
      })
      expect(response.status).toBe(403)
    }
    expect(await statusOf(number)).toBe('entered')
    expect(await page.context().cookies()).toMatchObject([{ name: 'zhika.session_token', httpOnly: true, sameSite: 'Lax' }])
    await page.context().close()
  })

  it('pictures, pages and changes are for those who are signed in', async () => {
    const number = await arrived()
    const [document] = (await desk.applications.find(desk.database, number))!.documents
    const picture = `${desk.address}/files/${document!.pages[0]!.image!.sha256}`
    for (const path of [picture, `${desk.address}/applications/${number}`, `${desk.address}/submissions`]) {
      const response = await fetch(path, { redirect: 'manual' })
      expect(response.status).toBe(303)
      expect(response.headers.get('location')).toContain('/sign-in')
    }
  })

  it('every answer carries the headers that keep scripts and frames of others out', async () => {
    const { headers } = await fetch(`${desk.address}/sign-in`)
    expect(headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('a clerk does not get to accounts and background jobs, an administrator does', async () => {
    const clerk = await signedIn()
    for (const path of ['/users', '/jobs']) {
      expect((await clerk.goto(desk.address + path))!.status()).toBe(403)
    }
    expect(await clerk.locator('nav >> text=账号').count()).toBe(0)
    await clerk.context().close()
    const administrator = await signedIn('admin')
    await administrator.goto(`${desk.address}/users`)
    await administrator.fill('[name=name]', '陈小明')
    await administrator.click('text=新增账号')
    const secret = await administrator.textContent('.secret code')
    expect(secret).toHaveLength(16)
    expect(await desk.accounts.signIn('陈小明', secret!, '10.1.1.1')).toMatchObject({
      ok: true,
      value: { user: { mustChangePassword: true } },
    })
    await administrator.goto(`${desk.address}/users`)
    await administrator.click('tr:has-text("陈小明") >> text=停用')
    await administrator.waitForSelector('text=已停用“陈小明”')
    await administrator.context().close()
  })
})

describe('the inbox', () => {
  it('is walked by keys, searched by slash and opened by Enter', async () => {
    const first = await arrived()
    const page = await signedIn()
    await page.goto(desk.address)
    await page.waitForSelector(`#row-${first}`)
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    expect(await page.getAttribute('tr.chosen a', 'id')).toBe(await page.getAttribute('tr[data-row]:first-child a', 'id'))
    await page.keyboard.press('/')
    await page.keyboard.type(first)
    await page.keyboard.press('Enter')
    await page.waitForURL('**text=*')
    expect(await page.locator('tr[data-row]').count()).toBe(1)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/applications/${first}**`)
    await page.context().close()
  })

  it('says what is due and overdue and takes in what arrives without losing the chosen row', async () => {
    const first = await arrived()
    const page = await signedIn()
    await page.goto(desk.address)
    await page.focus(`#row-${first}`)
    const second = await arrived()
    // What the page's own timer does every ten seconds.
    await page.evaluate(`(async () => {
      const { swapRegions } = await import(document.querySelector('script[type=module]').src.replace('desk.ts', 'swap-regions.ts'))
      swapRegions(await (await fetch(location.href)).text(), ['rows', 'summary', 'navigation'])
    })()`)
    expect(await page.locator(`#row-${second}`).count()).toBe(1)
    expect(await focused(page)).toBe(`row-${first}`)
    expect(await page.getAttribute('tr.chosen a', 'id')).toBe(`row-${first}`)
    desk.clock.advance(6 * 24 * 3600 * 1000)
    await page.reload()
    expect(await page.textContent('.summary')).toContain('已逾期')
    desk.clock.advance(-6 * 24 * 3600 * 1000)
    await page.context().close()
  })

  it('an unchanged list costs a 304', async () => {
    const page = await signedIn()
    const headers = { cookie: await cookieOf(page) }
    const tag = (await fetch(desk.address, { headers })).headers.get('etag')!
    expect((await fetch(desk.address, { headers: { ...headers, 'if-none-match': tag } })).status).toBe(304)
    await page.context().close()
  })
})

describe('one application', () => {
  it('shows the paper with its fields and seals outlined, and lights the place of a value', async () => {
    const number = await arrived({ doubtful: ['handlerPhone'] })
    const page = await signedIn()
    await page.goto(`${desk.address}/applications/${number}`)
    expect(
      await page.evaluate(
        `document.querySelector('.picture img').decode().then(() => document.querySelector('.picture img').naturalWidth)`,
      ),
    ).toBe(1240)
    expect(await page.locator('.seal').count()).toBe(5)
    expect(await page.locator('.mark.doubtful').count()).toBe(1)
    await page.keyboard.press('e')
    expect(await focused(page)).toBe('f-0-handlerPhone')
    expect(await page.getAttribute('.mark.lit', 'id')).toBe('m-0-handlerPhone')
    expect(await page.locator('.field.doubtful .crop').isVisible()).toBe(true)
    await page.keyboard.press('Escape')
    await page.keyboard.press('n')
    expect(await page.getAttribute('.thumbs .current', 'data-page')).toBe('1')
    await page.locator('#m-2-idNumber').click()
    expect(await focused(page)).toBe('f-2-idNumber')
    await page.context().close()
  })

  it('tells by the line of an outline how sure a value is, says it in a legend, and O takes the outlines off', async () => {
    const number = await arrived({ doubtful: ['handlerPhone', 'cardNumber'] })
    const page = await signedIn()
    await page.goto(`${desk.address}/applications/${number}`)
    expect(await page.locator('.mark.line-unread').getAttribute('id')).toBe('m-0-cardNumber')
    const lineOf = (selector: string) =>
      page.evaluate<string>(`getComputedStyle(document.querySelector('.legend ${selector}')).strokeDasharray`)
    const lines = await Promise.all(['certain', 'told', 'doubtful', 'unread', 'blank'].map((name) => lineOf(`.line-${name} rect`)))
    expect(new Set(lines).size).toBe(lines.length)
    expect(await page.locator('.legend').innerText()).toMatch(/确定[^]*电子文本或条码[^]*存疑[^]*未读出[^]*公章/u)
    expect(await page.locator('.seal-text').first().textContent()).toContain('有限公司')

    const isSeen = (selector: string) => page.locator(selector).first().isVisible()
    await page.keyboard.press('o')
    expect([await isSeen('.seal'), await isSeen('.mark.line-certain rect'), await isSeen('.legend')]).toEqual([false, false, false])
    // The place of the value in hand is shown all the same.
    await page.keyboard.press('e')
    expect(await isSeen('.mark.lit rect')).toBe(true)
    await page.keyboard.press('Escape')
    await page.reload()
    expect(await isSeen('.seal')).toBe(false)
    await page.keyboard.press('o')
    expect([await isSeen('.seal'), await isSeen('.mark.line-certain rect')]).toEqual([true, true])
    await page.context().close()
  })

  it('a value is corrected in place, by Enter, and counts as the clerk’s', async () => {
    const number = await arrived({ doubtful: ['handlerPhone'] })
    const page = await signedIn()
    await page.goto(`${desk.address}/applications/${number}`)
    await page.keyboard.press('e')
    await page.fill('#f-0-handlerPhone', '138 5001 9999')
    await page.keyboard.press('Enter')
    await page.waitForSelector('text=已更正“联系电话”')
    expect(await page.inputValue('#f-0-handlerPhone')).toBe('13850019999')
    expect(await page.locator('.mark.doubtful').count()).toBe(0)
    expect((await desk.applications.find(desk.database, number))!.documents[0]!.fields['handlerPhone']).toMatchObject({
      value: '13850019999',
      source: 'clerk',
    })
    await page.fill('#f-0-applicationDate', '2026-13-40')
    await page.press('#f-0-applicationDate', 'Enter')
    await page.waitForSelector('text=“申办日期”须为真实的日期')
    expect(await page.inputValue('#f-0-applicationDate')).toBe('2026-13-40')
    await page.fill('#f-0-handlerName', '陈志')
    await page.press('#f-0-handlerName', 'Enter')
    await page.waitForSelector('text=已更正“经办人”')
    expect(await page.inputValue('#f-0-applicationDate')).toBe('2026-13-40')
    await page.click('text=更多')
    await page.click('text=开始审核')
    await page.waitForSelector('text=有更正还没有保存')
    expect(await statusOf(number)).toBe('entered')
    await page.press('#f-0-applicationDate', 'Escape')
    await page.click('text=开始审核')
    await page.waitForSelector('text=已开始审核')
    await page.context().close()
  })

  it('doubtful values are gone through by Enter alone', async () => {
    const number = await arrived({ doubtful: ['handlerPhone', 'recipientAddress'] })
    await desk.countIn(number)
    const page = await signedIn()
    await page.goto(`${desk.address}/applications/${number}`)
    await page.keyboard.press('e')
    await page.keyboard.press('Enter')
    await page.waitForSelector('text=已确认“联系电话”')
    await until(async () => (await focused(page)) === 'f-0-recipientAddress')
    await page.keyboard.press('Enter')
    await page.waitForSelector('text=已确认“收件地址”')
    expect(await page.locator('.doubtful').count()).toBe(0)
    expect((await desk.applications.find(desk.database, number))!.decision).toBe('ready')
    await page.keyboard.press('Escape')
    await page.keyboard.press('a')
    await until(async () => (await statusOf(number)) === 'accepted')
    await page.context().close()
  })

  it('one key accepts and goes on to the next', async () => {
    const number = await arrived()
    await desk.countIn(number)
    const next = await arrived()
    const page = await signedIn()
    await page.goto(`${desk.address}/applications/${number}`)
    await page.keyboard.press('a')
    await page.waitForURL(`**/applications/${next}`)
    await page.waitForSelector(`text=${number} 已受理`)
    expect(await statusOf(number)).toBe('accepted')
    expect((await desk.queue.list('queued')).filter(({ name, key }) => name === 'cards.queue' && key === number)).toHaveLength(1)
    await page.context().close()
  })

  it('cards that nobody has counted hold acceptance back until a clerk says why', async () => {
    const number = await arrived()
    const page = await signedIn()
    await page.goto(`${desk.address}/applications/${number}`)
    await page.keyboard.press('a')
    await page.waitForSelector('dialog[open] textarea')
    expect(await page.innerText('dialog[open]')).toContain('须随附电子口岸法人卡，还没有清点')
    await page.keyboard.type('法人卡当面交来')
    await page.keyboard.press('Control+Enter')
    await until(async () => (await statusOf(number)) === 'accepted')
    // What comes next is opened by itself.
    await page.waitForURL(`${desk.address}/`)
    await page.goto(`${desk.address}/applications/${number}`)
    await page.click('text=办理记录')
    expect(await page.innerText('.events')).toContain('受理（随附的卡未经清点，理由：法人卡当面交来）')
    await page.context().close()
  })

  it('sends back with the drafted sentences and a remark', async () => {
    const number = await arrived({ without: ['扫描_04.jpg'] })
    const page = await signedIn()
    await page.goto(`${desk.address}/applications/${number}`)
    await page.keyboard.press('r')
    await page.waitForSelector('dialog[open] .sentences li')
    await page.fill('dialog textarea', '请用 A4 纸复印')
    await page.keyboard.press('Control+Enter')
    await until(async () => (await statusOf(number)) === 'returned')
    const returned = (await desk.applications.events(desk.database, number))
      .map(({ event, actor }) => ({ event, actor }))
      .find(({ event }) => event.type === 'returned')
    expect(returned).toMatchObject({ actor: '林晓', event: { remark: '请用 A4 纸复印' } })
    await page.context().close()
  })

  it('shows what was compared side by side, each piece with the paper that it is of', async () => {
    const number = await arrived({ bornOnForm: '1985-06-16' })
    const page = await signedIn()
    await page.goto(`${desk.address}/applications/${number}`)
    const pieces = page.locator('.findings li.correct', { hasText: '出生日期' }).locator('.pieces figure')
    expect(await pieces.locator('figcaption').allInnerTexts()).toEqual(['电子口岸卡登记表', '身份证件'])
    expect(await pieces.locator('svg.crop').first().isVisible()).toBe(true)
    // What is missing is compared with nothing.
    await page.goto(`${desk.address}/applications/${await arrived({ without: ['扫描_04.jpg'] })}`)
    expect(await page.locator('.findings li').count()).toBe(1)
    expect(await page.locator('.pieces').count()).toBe(0)
    await page.context().close()
  })

  it('with open findings A asks for a reason, which is recorded', async () => {
    const number = await arrived({ without: ['扫描_04.jpg'] })
    const page = await signedIn()
    await page.goto(`${desk.address}/applications/${number}`)
    await page.keyboard.press('a')
    await page.waitForSelector('dialog[open] textarea')
    expect(await statusOf(number)).toBe('entered')
    await page.keyboard.type('经办人已到窗口核验原件')
    await page.keyboard.press('Control+Enter')
    await until(async () => (await statusOf(number)) === 'accepted')
    await page.context().close()
  })

  it('a decision on an older sight of it is refused with a sentence', async () => {
    const number = await arrived()
    await desk.countIn(number)
    const page = await signedIn()
    await page.goto(`${desk.address}/applications/${number}`)
    await desk.applications.advance(desk.database, number, { type: 'review-started' }, { actor: '王窗口' })
    await page.keyboard.press('a')
    await page.waitForSelector('text=该申请已被他人处理，请刷新')
    expect(await statusOf(number)).toBe('reviewing')
    await page.context().close()
  })

  it('works without a script', async () => {
    const number = await arrived({ doubtful: ['handlerPhone'] })
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${desk.address}/applications/${number}`)
    await page.fill('[name=name]', '林晓')
    await page.fill('[name=password]', password)
    await page.click('button:has-text("登录")')
    await page.fill('#f-0-handlerPhone', '13850018888')
    await page.press('#f-0-handlerPhone', 'Enter')
    await page.waitForSelector('text=已更正“联系电话”')
    await page.click('text=退回补正')
    await page.fill('textarea', '请补盖公章')
    await page.click('text=退回并写信')
    await until(async () => (await statusOf(number)) === 'returned')
    await context.close()
  })
})

describe('the other pages', () => {
  it('an upload is taken in once, and its originals are saved, never shown', async () => {
    const page = await signedIn()
    await page.goto(`${desk.address}/submissions`)
    await page.fill('[name=name]', '<img src=x onerror=alert(1)>')
    const file = { name: '扫描 一.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 <script>alert(1)</script>') }
    for (const said of ['已收下 1 个文件', '内容与以前的来件完全相同']) {
      await page.setInputFiles('input[type=file]', file)
      await page.click('button:has-text("上传")')
      await page.waitForSelector(`text=${said}`)
    }
    expect(await page.locator('text=重复来件').count()).toBe(1)
    expect(await page.textContent('.arrivals')).toContain('<img src=x onerror=alert(1)>')
    const cookie = await cookieOf(page)
    const link = await page.getAttribute('a.file', 'href')
    const response = await fetch(desk.address + link, { headers: { cookie } })
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    expect(response.headers.get('content-disposition')).toContain('attachment')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(Buffer.from(await response.arrayBuffer())).toEqual(file.buffer)
    await page.context().close()
  })

  it('a kept original is no page picture', async () => {
    const page = await signedIn()
    const { sha256 } = await desk.files.put(Buffer.from('<html><script>alert(1)</script>'))
    expect((await page.goto(`${desk.address}/files/${sha256}`))!.status()).toBe(404)
    await page.context().close()
  })

  it('a card job is done by scanning the number and Enter', async () => {
    const number = await arrived()
    await desk.applications.advance(desk.database, number, { type: 'accepted' }, { actor: '林晓' })
    await desk.cards.handlers[0]!.run(
      { applicationNumber: number },
      { id: 'job', attempt: 1, signal: new AbortController().signal, progress: () => undefined },
    )
    const page = await signedIn()
    await page.goto(`${desk.address}/cards`)
    await page.keyboard.type('2100000004711')
    await page.keyboard.press('Enter')
    await page.waitForSelector('text=已完成，卡号 2100000004711')
    expect(await desk.cards.listJobs({ state: 'done' })).toMatchObject([{ applicationNumber: number, cardNumber: '2100000004711' }])
    await page.context().close()
  })

  it('the holder of a new card is asked for where no paper tells it', async () => {
    const number = await arrived({ without: ['card-form', '扫描_03.jpg', '扫描_04.jpg'] })
    await desk.applications.advance(desk.database, number, { type: 'accepted' }, { actor: '林晓' })
    await desk.cards.handlers[0]!.run(
      { applicationNumber: number },
      { id: 'job', attempt: 1, signal: new AbortController().signal, progress: () => undefined },
    )
    const page = await signedIn()
    await page.goto(`${desk.address}/cards`)
    await page.keyboard.type('许文静')
    await page.keyboard.press('Tab')
    await page.keyboard.type('2100000004722')
    await page.keyboard.press('Enter')
    await page.waitForSelector('text=已完成，卡号 2100000004722')
    expect(await desk.cards.listJobs({ state: 'done', applicationNumber: number })).toMatchObject([
      { holderName: '许文静', cardNumber: '2100000004722' },
    ])
    await page.context().close()
  })

  it.each([readSubmission, assembleApplications])('an arrival whose job $name died can be tried again', async (contract) => {
    const name = `坏掉的来件 ${contract.name}`
    const { submissionId } = await desk.intake.receive({ door: 'folder', name, files: [{ file: '一.pdf', bytes: Buffer.from(name) }] })
    await desk.database
      .transaction()
      .execute((transaction) => desk.queue.enqueue(transaction, contract, { submissionId }, { key: submissionId }))
    const worker = desk.queue.work([handleJob(contract, () => Promise.reject(new PermanentFault('broken', '模型文件损坏')))], {
      concurrency: 1,
    })
    await until(async () => (await desk.queue.find(contract, submissionId))?.state === 'dead')
    await worker.stop(1000)
    const page = await signedIn()
    await page.goto(`${desk.address}/submissions`)
    const row = page.locator(`#arrival-${submissionId}`)
    expect(await row.textContent()).toContain('处理失败')
    const stale = await page.context().newPage()
    await stale.goto(`${desk.address}/submissions`)
    await row.locator('button:has-text("重试")').click()
    await page.waitForSelector('text=已重新排队')
    expect(await desk.queue.find(contract, submissionId)).toMatchObject({ state: 'queued' })
    expect(await row.locator('button').count()).toBe(0)
    await stale.locator(`#arrival-${submissionId} button`).click()
    await stale.waitForSelector('text=无须重试')
    await page.context().close()
  })

  it('a parcel waits for a waybill number, gets one, is handed to the courier and its letters are listed', async () => {
    const number = await arrived()
    const run = async (name: string) => {
      for (const job of await desk.queue.list('queued'))
        for (const handler of [...desk.cards.handlers, ...desk.dispatch.handlers])
          if (job.name === name && handler.contract.name === name && JSON.stringify(job.payload).includes(number))
            await handler
              .run(job.payload, { id: job.id, attempt: 1, signal: new AbortController().signal, progress: () => undefined })
              .catch(() => undefined)
    }
    const page = await signedIn()
    const packAndHandOver = async () => {
      await page.click('a:has-text("装包")')
      await page.waitForURL('**/pack')
      await page.keyboard.type('2100000008888')
      await page.keyboard.press('Enter')
      await page.waitForSelector('text=已装入 2100000008888')
      await page.fill('[name=remark]', '没有随附法人卡')
      await page.keyboard.press('Enter')
      await page.waitForSelector('text=已封装：1 张卡')
      await page.click('button:has-text("已交快递")')
      await page.waitForSelector(`text=${number} 已交快递`)
    }
    await page.goto(`${desk.address}/applications/${number}`)
    await page.keyboard.press('a')
    await page.fill('dialog[open] textarea', '企业说明没有法人卡')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector(`text=${number} 已受理`)
    await run('cards.queue')
    const [job] = await desk.cards.listJobs({ state: 'queued', applicationNumber: number })
    await desk.cards.complete(job!.id, { cardNumber: '2100000008888', actor: '林晓' })
    await run('dispatch.prepare')
    await page.goto(`${desk.address}/dispatch`)
    await page.waitForSelector('text=停住了')
    await page.fill('[name=from]', '1151238971000')
    await page.fill('[name=to]', '1151238971080')
    await page.click('text=登记号段')
    await page.waitForSelector('text=号段已登记')
    await run('dispatch.prepare')
    await page.goto(`${desk.address}/dispatch`)
    const print = await page.getAttribute('a:has-text("面单")[target=_blank]', 'href')
    const pdf = await fetch(desk.address + print, { headers: { cookie: await cookieOf(page) } })
    expect(pdf.headers.get('content-type')).toBe('application/pdf')
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    await packAndHandOver()
    expect(await statusOf(number)).toBe('posted')
    await run('dispatch.write-letter')
    await page.goto(`${desk.address}/letters`)
    await page.click(`details:has-text("寄出通知"):has-text("${number}") summary`)
    expect(await page.textContent(`details:has-text("寄出通知"):has-text("${number}") pre`)).toContain('1151238971000')
    await page.goto(`${desk.address}/applications/${number}`)
    await page.click('text=办理记录')
    expect(await page.textContent('.events')).toContain('已交快递 1151238971000')
    await page.goto(`${desk.address}/dispatch`)
    await page.click('a:has-text("已寄出")')
    await page.click('summary:has-text("退件")')
    await page.fill('[name=reason]', '收件人拒收')
    await page.click('text=登记退件')
    await page.waitForSelector(`text=${number} 已登记退件`)
    expect(await statusOf(number)).toBe('undelivered')
    await page.click('.tabs a:has-text("退件")')
    await page.waitForSelector('text=退件原因：收件人拒收')
    await page.click('summary:has-text("再寄")')
    await page.fill('details[open] [name=address]', '福建省厦门市湖里区象兴一路1号')
    await page.click('button:has-text("打印新面单")')
    await page.waitForSelector(`text=${number} 再次寄出`)
    await run('dispatch.prepare')
    await page.goto(`${desk.address}/dispatch`)
    await packAndHandOver()
    expect((await desk.dispatch.find(number))?.waybillNumber).toBe('1151238971001')
    await page.goto(`${desk.address}/dispatch?tab=posted`)
    await page.click('summary:has-text("退件")')
    await page.fill('[name=reason]', '再次拒收')
    await page.click('text=登记退件')
    await page.waitForSelector(`text=${number} 已登记退件`)
    await page.click('.tabs a:has-text("退件")')
    await page.click('button:has-text("已领取")')
    await page.waitForSelector(`text=${number} 已领取`)
    expect(await statusOf(number)).toBe('picked-up')
    await page.context().close()
  })

  it('the guide can be looked up, every service with its papers and sections', async () => {
    const page = await signedIn()
    await page.goto(`${desk.address}/guide`)
    expect(await page.locator('h2').count()).toBe(11)
    expect(await page.locator('#deregister + table').innerText()).toContain('企业注销申请表，一式两份')
    expect(await page.locator('nav [aria-current=page]').innerText()).toContain('办理指引')
    await page.context().close()
  })

  it('unknown pages and unknown applications say so in Chinese, without a trace', async () => {
    const page = await signedIn()
    for (const path of ['/nothing', '/applications/XM20200101-0001', '/files/xyz']) {
      const response = await page.goto(desk.address + path)
      expect(response!.status()).toBe(404)
      expect(await page.textContent('main')).toMatch(/没有/u)
      expect(await page.content()).not.toMatch(/at .*\.ts/u)
    }
    await page.context().close()
  })

  it('the health check answers 200, and 503 when something cannot work', async () => {
    expect(await (await fetch(`${desk.address}/healthz`)).json()).toEqual({ ok: true, checks: { 数据库: true } })
    desk.checks.push({ name: '打印', ok: false, message: '字体缺失' })
    expect((await fetch(`${desk.address}/healthz`)).status).toBe(503)
    desk.checks.pop()
  })
})

describe('the forms', () => {
  it('stand on one page, each with its picture and its PDF under a Chinese name', async () => {
    const page = await signedIn()
    await page.goto(`${desk.address}/forms`)
    expect(await page.locator('.form-sheets li').count()).toBe(5)
    const link = page.locator('.form-sheets a', { hasText: '电子口岸卡登记表' })
    expect((await link.locator('svg').boundingBox())?.height).toBeGreaterThan(150)
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    expect(download.suggestedFilename()).toBe('电子口岸卡登记表.pdf')
    const answer = await fetch(`${desk.address}/forms/nothing.pdf`, { headers: { cookie: await cookieOf(page) } })
    expect(answer.status).toBe(404)
    await page.context().close()
  })
})
