import { beforeEach, describe, expect, it } from 'vitest'
import { hearReply, type MailFacts } from '../../src/flow.ts'
import { asksToWithdraw } from '../../src/guide/withdrawal-words.ts'
import { cleanSets, enterprise } from '../fixtures/build-papers.ts'
import { applicantMail, clerk, openBackOffice } from '../fixtures/open-back-office.ts'

let office: Awaited<ReturnType<typeof openBackOffice>>
let number: string
beforeEach(async () => {
  office = await openBackOffice()
  ;[number = ''] = await office.receive('来件', cleanSets.renew(), { mail: applicantMail })
})

const found = async (which = number) => (await office.applications.find(office.database, which))!
const asked = async (which = number) =>
  (await office.applications.events(office.database, which)).filter(({ event }) => event.type === 'withdrawal-asked').length

let mails = 0
async function hear(mail: Partial<MailFacts>): Promise<void> {
  const id = `来信-${++mails}`
  office.keepMail(id, { ...applicantMail, messageId: `<${id}@example.com>`, references: [], ...mail })
  // Handlers run at least once.
  for (let time = 0; time < 2; time += 1) await office.run(hearReply, { submissionId: id })
}

describe('a mail that takes an application back', () => {
  it('is put to the application that it names, once, and leaves the rest to a clerk today', async () => {
    expect(await found()).toMatchObject({ decision: 'ready', status: 'awaiting-cards' })
    const before = await found()
    await hear({ subject: `撤回申请 ${number}`, text: '您好，这项业务我们不办了，请撤回。' })
    expect(await asked()).toBe(1)
    const { findings, ...application } = await found()
    expect(application).toMatchObject({ decision: 'look', status: 'awaiting-cards', dueOn: '2026-11-20' })
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['withdrawal-asked', 'look']])
    // Who was about to accept sees it first.
    const stale = await office.applications.advance(
      office.database,
      number,
      { type: 'accepted' },
      { actor: clerk, version: before.version },
    )
    expect(stale.ok).toBe(false)
  })

  it('is put to the application whose mail it answers, or to the only one of its sender', async () => {
    await hear({ subject: 'Re: 材料', text: '先不办了，谢谢', references: [applicantMail.messageId!] })
    await hear({ subject: '取消办理', text: '请取消本次申请。' })
    expect(await asked()).toBe(2)
  })

  it('is put to the only application of the enterprise whose code it names, whoever wrote it', async () => {
    await hear({ from: 'somebody@example.com', subject: '撤回', text: `我司 ${enterprise.uscc} 的申请不办了，请撤回。` })
    expect(await asked()).toBe(1)
  })

  it('is nobody’s where its sender has two, is unknown, or wants nothing taken back', async () => {
    const [other = ''] = await office.receive('另一件', cleanSets.reader(), { mail: { ...applicantMail, messageId: '<b@x>' } })
    await hear({ subject: '不办了', text: '请撤回。' })
    await hear({ from: 'somebody@example.com', subject: '不办了', text: '请撤回。' })
    await hear({ subject: `进度 ${number}`, text: '请问什么时候能办好？' })
    expect([await asked(), await asked(other)]).toEqual([0, 0])
  })
})

describe('the words of a mail', () => {
  it.each(['请撤回申请', '我司不办了', '这张卡不用办了', '取消该业务', '不再办理解锁', '请终止办理'])('take a request back: %s', (words) =>
    expect(asksToWithdraw(words)).toBe(true),
  )
  it.each(['读卡器坏了怎么办？', '什么时候能办好', '办了吗', '不能办理吗？', '已办理'])('do not: %s', (words) =>
    expect(asksToWithdraw(words)).toBe(false),
  )
})
