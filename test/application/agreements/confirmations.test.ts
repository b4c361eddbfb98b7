import { beforeEach, describe, expect, it } from 'vitest'
import type { LinkParts } from '../../../src/application/agreements/sign-links.ts'
import { hearReply, writeLetter, type MailFacts, type ReadDocument } from '../../../src/flow.ts'
import type { DispatchTables } from '../../../src/dispatch/dispatch-tables.ts'
import { fillTemplate } from '../../../src/dispatch/letters/fill-template.ts'
import { services } from '../../../src/guide/services.ts'
import { openReview } from '../../../src/review/open-review.ts'
import { cleanSets, companySeal, identity, legal, otherEnterprise, sure } from '../../fixtures/build-papers.ts'
import { applicantMail, clerk, openBackOffice } from '../../fixtures/open-back-office.ts'
import { codesOn, renderPrint } from '../../fixtures/render-print.ts'
import { readFileSync } from 'node:fs'

type Office = Awaited<ReturnType<typeof openBackOffice>>
let office: Office
let number: string
beforeEach(async () => {
  office = await openBackOffice()
  ;[number = ''] = await office.receive('来件', cleanSets.deregister(), { mail: applicantMail })
})

const systems = services.deregister.agreements.map(({ system }) => system)
const [tax = '', finance = '', insurance = ''] = systems
const application = async () => (await office.applications.find(office.database, number))!
const open = async () =>
  (await office.confirmations.agreementsOf(number)).systems.filter(({ confirmed }) => confirmed === null).map(({ system }) => system)
const phone = (system: string) =>
  office.confirmations.confirmByPhone(number, system, { name: '林海澜', reason: '回拨登记表上的电话' }, clerk)
const by = async () => ({ actor: clerk, version: (await application()).version })
const letters = async () =>
  (await office.queue.list('queued'))
    .filter(({ name }) => name === 'dispatch.write-letter')
    .map(({ payload }) => payload as { letter: string; occasion: string })
const happened = async (type: string) =>
  (await office.applications.events(office.database, number)).filter(({ event }) => event.type === type)

const reply: MailFacts = {
  ...applicantMail,
  subject: '回复：注销前请先解除三方协议',
  messageId: '<reply@example.com>',
  references: [applicantMail.messageId!],
  text: '三个系统均无生效的三方协议。',
}
let mails = 0
async function hear(mail: MailFacts): Promise<string> {
  const id = `回信-${++mails}`
  office.keepMail(id, mail)
  for (let time = 0; time < 2; time += 1) await office.run(hearReply, { submissionId: id })
  return id
}
const settled = async () => (await office.queue.list('queued')).filter(({ name }) => name === 'intake.settle-reply').length

async function linkOf(system: string): Promise<LinkParts> {
  const { title } = services.deregister.agreements.find((one) => one.system === system)!
  const asked = await office.confirmations.askedOf(number)
  const [, , of, , expires = '', signature = ''] = new URL(asked.systems.find((one) => one.title === title)!.link!).pathname.split('/')
  return { number: of!, system, expires, signature }
}

describe('a deregistration that arrives', () => {
  it('is told which systems to look into, and nothing is due from the office meanwhile', async () => {
    expect(await open()).toEqual(systems)
    expect(await letters()).toContainEqual({ applicationNumber: number, letter: 'agreements', occasion: 'opened' })
    expect(await application()).toMatchObject({ decision: 'look', dueOn: null })
    expect((await application()).findings.map(({ code }) => code)).toEqual(['agreements-unconfirmed'])
  })

  it('is neither accepted nor asked for its cards before all three stand, whatever else happens', async () => {
    const review = openReview(office)
    await phone(tax)
    await phone(finance)
    const refused = await review.accept(number, await by())
    expect(refused).toMatchObject({ ok: false, code: 'agreements-unconfirmed' })
    expect(refused.ok ? '' : refused.message).toContain('单一窗口保险服务系统')
    expect(await review.accept(number, await by(), { remark: '急' })).toMatchObject({ ok: false })
    expect(await office.queued({ name: 'cards.queue' } as never)).toEqual([])
    await phone(insurance)
    // What came in scans is asked for on paper as soon as nothing is wrong with it.
    expect(await application()).toMatchObject({ status: 'awaiting-cards', decision: 'ready' })
    expect((await letters()).map(({ letter }) => letter)).toContain('originals')
  })

  it('on paper is the clerk’s to accept once all three stand, within a working day', async () => {
    ;[number = ''] = await office.receive('信封', cleanSets.deregister())
    for (const system of systems) await phone(system)
    expect(await application()).toMatchObject({ status: 'entered', decision: 'ready', dueOn: '2026-11-23' })
    expect(await openReview(office).accept(number, await by(), { remark: '卡已当面收到' })).toMatchObject({
      ok: true,
      value: { status: 'accepted' },
    })
  })
})

/** The same paper of another enterprise. */
const ofOther = (paper: ReadDocument): ReadDocument => ({
  ...paper,
  fields: {
    ...paper.fields,
    ...('uscc' in paper.fields ? { enterpriseName: sure(otherEnterprise.name), uscc: sure(otherEnterprise.uscc) } : {}),
  },
  seals: [companySeal(otherEnterprise.name)],
})

describe('a letter that goes on paper', () => {
  it('encloses a sheet with a code for each system, which a telephone reads and the enterprise confirms by', async () => {
    ;[number = ''] = await office.receive('信封', cleanSets.deregister().map(ofOther))
    await office.run(writeLetter, { applicationNumber: number, letter: 'agreements', occasion: 'opened' })
    const [letter] = await office.dispatch.letters(number)
    expect(letter).toMatchObject({ state: 'to-print', to: null })
    expect(letter!.body).toContain('用手机扫描随附《扫码确认单》上对应系统的二维码确认（30 天内有效，不用登录），或致电')
    const row = await office.database
      .withTables<DispatchTables>()
      .selectFrom('letter')
      .select(['attachment_name', 'attachment_sha256'])
      .where('id', '=', letter!.id)
      .executeTakeFirstOrThrow()
    expect(row.attachment_name).toBe(`扫码确认单-${number}.pdf`)
    const { pages } = await renderPrint(await office.files.get(row.attachment_sha256!))
    const links = await codesOn(pages[0]!, 'QRCode')
    expect(links).toHaveLength(3)
    for (const link of links) {
      const [, , of = '', system = '', expires = '', signature = ''] = new URL(link).pathname.split('/')
      expect(await office.confirmations.confirmByLink({ number: of, system, expires, signature }, '林海澜')).toMatchObject({ ok: true })
    }
    expect(await open()).toEqual([])
  })
})

describe('what waits for the enterprise to confirm', () => {
  it('is listed until the last system is, or until it is decided', async () => {
    const [other = ''] = await office.receive('另一家', cleanSets.deregister().map(ofOther))
    await office.receive('解锁', cleanSets.unlock())
    const listed = async () => (await office.applications.list(office.database, { unconfirmed: true })).map((one) => one.number)
    expect(await listed()).toEqual([number, other])
    for (const system of systems) {
      expect(await listed()).toContain(number)
      await phone(system)
    }
    expect(await listed()).toEqual([other])
    await office.confirmations.reopen(number, tax, '来电更正', clerk)
    expect(await listed()).toEqual([number, other])
    const { version } = (await office.applications.find(office.database, other))!
    await openReview(office).withdraw(other, { reason: '企业来电' }, { actor: clerk, version })
    expect(await listed()).toEqual([number])
  })
})

describe('an applicant who does not confirm', () => {
  it('is reminded after three working days and again, then the clerk sees to it', async () => {
    const told: [number, string | null][] = []
    for (const instant of [
      '2026-11-20T02:00:00Z',
      '2026-11-25T00:29:00Z',
      '2026-11-25T00:30:00Z',
      '2026-11-30T00:30:00Z',
      '2026-12-03T00:30:00Z',
    ]) {
      office.clock.set(instant)
      for (const { name, payload, runAt } of await office.queue.list('queued'))
        if (name === 'application.await-agreements' && runAt <= office.clock.now().toISOString())
          await office.run({ name } as never, payload)
      told.push([(await letters()).filter(({ letter }) => letter === 'agreements').length, (await application()).dueOn])
    }
    expect(told).toEqual([
      [1, null],
      [1, null],
      [2, null],
      [3, null],
      [3, '2026-12-03'],
    ])
    expect(await happened('unanswered')).toHaveLength(1)
  })

  it('is asked only for what is left', async () => {
    await phone(finance)
    expect((await office.confirmations.askedOf(number)).systems.map(({ title }) => title)).toEqual([
      '海关税费电子支付系统',
      '单一窗口保险服务系统',
    ])
    expect((await application()).findings[0]?.message).not.toContain('金融')
  })
})

describe('a reply by mail', () => {
  it('confirms what it says plainly, once, and is off the clerk’s list', async () => {
    await hear(reply)
    expect(await open()).toEqual([])
    const confirmed = await happened('agreement-confirmed')
    expect(
      confirmed.map(({ actor, event }) => [actor, event.type === 'agreement-confirmed' && [event.means, event.by, event.submissionId]]),
    ).toEqual(systems.map(() => ['applicant', ['mail', 'applicant@example.com', '回信-1']]))
    expect(await settled()).toBe(1)
  })

  it('answers the office’s letter also where only that is referred to', async () => {
    const [letter] = await letters()
    await office.run({ name: 'dispatch.write-letter' } as never, { ...letter!, letter: 'agreements', occasion: 'opened' })
    const written = await happened('letter-written')
    const { event } = written.at(-1)!
    const id = event.type === 'letter-written' ? event.letterId : ''
    await hear({ ...reply, subject: '回复', references: [`<${id}@189.cn>`] })
    expect(await open()).toEqual([])
  })

  it('that is not plain is left to the clerk, today, and confirms nothing', async () => {
    const id = await hear({ ...reply, text: '好的，我们马上去解约。' })
    expect(await open()).toEqual(systems)
    expect((await happened('agreement-reply-unclear')).map(({ event }) => event)).toEqual([
      { type: 'agreement-reply-unclear', submissionId: id, why: 'words' },
    ])
    expect((await application()).dueOn).toBe('2026-11-20')
    expect(await settled()).toBe(0)
  })

  it('that names one that is left keeps what is not, and the clerk reads it', async () => {
    await hear({ ...reply, text: '海关税费电子支付系统、保险服务系统：无；金融服务系统还没解约' })
    expect(await open()).toEqual([finance])
    expect((await happened('agreement-reply-unclear'))[0]?.event).toMatchObject({ why: 'left' })
  })

  it.each([
    ['of somebody else', { from: 'somebody@example.com' }, 'sender'],
    ['of somebody else who wants to be answered at the applicant’s', { from: 'x@example.com', replyTo: 'applicant@example.com' }, 'sender'],
    ['whose sender the mail server does not believe', { authentication: { spf: 'fail', dkim: null, dmarc: null } }, 'authenticity'],
    ['that fails the sender’s own policy', { authentication: { spf: 'pass', dkim: 'fail', dmarc: 'fail' } }, 'authenticity'],
  ])('%s confirms nothing', async (_, changed, why) => {
    await hear({ ...reply, ...changed })
    expect(await open()).toEqual(systems)
    expect((await happened('agreement-reply-unclear'))[0]?.event).toMatchObject({ why })
  })

  it('in no thread counts where the applicant has one application that waits, and is left alone where there are two', async () => {
    await office.receive('另一家', cleanSets.deregister(), { mail: { ...applicantMail, messageId: '<other@example.com>' } })
    const loose = { ...reply, references: [], subject: '三方协议' }
    await hear(loose)
    expect(await open()).toEqual(systems)
    await hear({ ...loose, subject: `三方协议 ${number}` })
    expect(await open()).toEqual([])
  })

  it('of a program, or about something else, is not heard', async () => {
    await hear({ ...reply, automatic: 'auto-reply' })
    await hear({ ...reply, text: '请问你们几点下班？' })
    expect([await open(), await happened('agreement-reply-unclear')]).toEqual([systems, []])
  })

  it('that quotes the office’s own letter unmarked says nothing by it', async () => {
    const slots = JSON.parse(readFileSync('templates/letters/agreements/sample.json', 'utf8')) as object
    const letter = fillTemplate(readFileSync('templates/letters/agreements/letter.txt', 'utf8'), slots as never)
    await hear({ ...reply, text: `收到\n${letter}` })
    expect(await open()).toEqual(systems)
  })
})

describe('a signed link', () => {
  it('changes nothing when it is opened, and confirms its own system when a person says so', async () => {
    const link = await linkOf(finance)
    expect(await office.confirmations.openLink(link)).toMatchObject({
      ok: true,
      value: { number, agreement: { system: finance, confirmed: null } },
    })
    expect(await open()).toEqual(systems)
    expect(await office.confirmations.confirmByLink(link, ' ')).toMatchObject({ ok: false, code: 'name-missing' })
    expect(await office.confirmations.confirmByLink(link, '林海澜')).toEqual({ ok: true, value: 'confirmed' })
    expect(await office.confirmations.confirmByLink(link, '别人')).toEqual({ ok: true, value: 'already' })
    expect(await open()).toEqual([tax, insurance])
    expect((await happened('agreement-confirmed')).map(({ event }) => event)).toMatchObject([
      { system: finance, means: 'link', by: '林海澜' },
    ])
  })

  it('holds for one application and one system, and for its days only', async () => {
    const link = await linkOf(tax)
    const [other = ''] = await office.receive('另一家', cleanSets.deregister(), {
      mail: { ...applicantMail, messageId: '<o@example.com>' },
    })
    const longer = { ...link, expires: (Number.parseInt(link.expires, 36) + 1).toString(36) }
    for (const forged of [
      { ...link, number: other },
      { ...link, system: finance },
      longer,
      { ...link, signature: `${'A'.repeat(43)}` },
      { ...link, signature: '' },
    ])
      expect(await office.confirmations.confirmByLink(forged, '林海澜')).toMatchObject({ ok: false, code: 'link-wrong' })
    office.clock.advance(30 * 86_400_000 - 1000)
    expect(await office.confirmations.openLink(link)).toMatchObject({ ok: true })
    office.clock.advance(1000)
    expect(await office.confirmations.confirmByLink(link, '林海澜')).toMatchObject({ ok: false, code: 'link-expired' })
    expect(await open()).toEqual(systems)
  })

  it('of an application that was withdrawn confirms nothing', async () => {
    const link = await linkOf(tax)
    await openReview(office).withdraw(number, { reason: '企业来电' }, await by())
    expect(await office.confirmations.openLink(link)).toMatchObject({
      ok: true,
      value: { closed: expect.stringContaining('已撤回') as string },
    })
    expect(await office.confirmations.confirmByLink(link, '林海澜')).toMatchObject({ ok: false })
  })
})

describe('a confirmation on the telephone', () => {
  it('is recorded with who said it, how it is known, and which clerk', async () => {
    expect(await office.confirmations.confirmByPhone(number, tax, { name: '', reason: 'x' }, clerk)).toMatchObject({ code: 'name-missing' })
    expect(await office.confirmations.confirmByPhone(number, tax, { name: '林海澜', reason: ' ' }, clerk)).toMatchObject({
      code: 'reason-missing',
    })
    await phone(tax)
    expect(await happened('agreement-confirmed')).toMatchObject([
      { actor: clerk, event: { system: tax, means: 'phone', by: '林海澜', reason: '回拨登记表上的电话' } },
    ])
  })

  it('can be taken back with a reason; then it is asked for again', async () => {
    for (const system of systems) await phone(system)
    ;[number = ''] = await office.receive('信封', [identity(legal)], { mail: applicantMail }).then(() => [number])
    expect(await office.confirmations.reopen(number, tax, '企业来电更正', clerk)).toMatchObject({ ok: true })
    expect(await open()).toEqual([tax])
    expect((await application()).decision).toBe('look')
    expect(await office.confirmations.reopen(number, tax, '再次', clerk)).toMatchObject({ ok: false, code: 'agreement-open' })
  })
})

describe('what happens in between', () => {
  it('loses no confirmation: sent back, answered, still confirmed', async () => {
    ;[number = ''] = await office.receive('信封', cleanSets.deregister())
    await phone(tax)
    const review = openReview(office)
    await review.sendBack(number, { remark: '请补一份' }, await by())
    const { version } = await application()
    expect(await phone(finance)).toMatchObject({ ok: true })
    // The applicant’s answer is still waited for.
    expect(await application()).toMatchObject({ status: 'returned', version })
    await office.receive('补件', cleanSets.deregister(), { mail: { ...applicantMail, subject: number } })
    expect(await application()).toMatchObject({ status: 'entered' })
    expect(await open()).toEqual([insurance])
  })

  it('keeps the log whole', async () => {
    for (const system of systems) await phone(system)
    expect((await office.applications.verifyLog(office.database)).brokenAt).toBeNull()
  })
})
