import { describe, expect, it } from 'vitest'
import { answerSubmission, finishLetter, noteBounce, sendLetter, verifyLetter, writeLetter } from '../../src/flow.ts'
import type { ToldSubmission } from '../../src/dispatch/dispatch-parts.ts'
import type { Mailer, SendOutcome } from '../../src/platform/mail/send-mail.ts'
import { cleanSets, identity, operator } from '../fixtures/build-papers.ts'
import { applicantMail, clerk, openBackOffice, type BackOfficeOptions } from '../fixtures/open-back-office.ts'

type Office = Awaited<ReturnType<typeof openBackOffice>>

function countingMailer(...outcomes: SendOutcome[]): Mailer & { sent: string[] } {
  const mailer = {
    from: 'xmport@example.com',
    sent: [] as string[],
    send: async ({ bytes }: { bytes: Uint8Array }) => {
      mailer.sent.push(Buffer.from(bytes).toString())
      return outcomes.shift() ?? ({ state: 'sent' } as const)
    },
    verify: async () => ({ state: 'sent' }) as const,
    close: () => undefined,
  }
  return mailer
}

async function acknowledge(options: BackOfficeOptions) {
  const office = await openBackOffice(options)
  const number = await office.accept(cleanSets.reader(), applicantMail)
  await office.run(writeLetter, { applicationNumber: number, letter: 'acknowledgement', occasion: 'opened' })
  const letter = async () => (await office.dispatch.letters(number))[0]!
  return { office, number, letter, letterId: (await letter()).id }
}

/** Every job that waits to send, as the queue would in time. */
async function sendAll(office: Office): Promise<void> {
  for (const order of await office.queued(sendLetter)) await office.run(sendLetter, order)
}

describe('a letter that the office wants to read', () => {
  it('waits, is changed, and leaves once as it was changed', async () => {
    const mailer = countingMailer()
    const { office, letter, letterId } = await acknowledge({ mailer, holdLetters: ['acknowledgement'] })
    expect(await letter()).toMatchObject({ state: 'held' })
    await sendAll(office)
    expect(mailer.sent).toEqual([])
    expect(await office.dispatch.releaseLetter(letterId, { subject: ' ', body: 'x' }, clerk)).toMatchObject({ ok: false })
    await office.dispatch.releaseLetter(letterId, { subject: '已收到\r\nBcc: x@example.com', body: '您好，材料齐全。' }, clerk)
    for (let time = 0; time < 2; time++) await office.run(finishLetter, { letterId })
    await sendAll(office)
    await sendAll(office)
    expect(mailer.sent).toHaveLength(1)
    expect(mailer.sent[0]).not.toMatch(/^bcc/imu)
    expect(await letter()).toMatchObject({ state: 'sent', body: '您好，材料齐全。\n', clerkNote: `${clerk}：修改后发出` })
  })

  it('can be taken back while it waits to be sent, and is then not sent', async () => {
    const mailer = countingMailer()
    const { office, letter, letterId } = await acknowledge({ mailer })
    expect((await letter()).sendAfter).not.toBeNull()
    expect(await office.dispatch.recallLetter(letterId, clerk)).toMatchObject({ ok: true, value: { state: 'held' } })
    await sendAll(office)
    expect(await office.dispatch.withdrawLetter(letterId, '', clerk)).toMatchObject({ ok: false, code: 'reason-missing' })
    expect(await office.dispatch.withdrawLetter(letterId, '写错了', clerk)).toMatchObject({ ok: true, value: { state: 'withdrawn' } })
    await sendAll(office)
    expect(mailer.sent).toEqual([])
  })

  it('that was taken back and released leaves once', async () => {
    const mailer = countingMailer()
    const { office, letter, letterId } = await acknowledge({ mailer })
    await office.dispatch.recallLetter(letterId, clerk)
    office.clock.advance(1000)
    const { subject, body } = await letter()
    await office.dispatch.releaseLetter(letterId, { subject, body }, clerk)
    await office.run(finishLetter, { letterId })
    await sendAll(office)
    expect(mailer.sent).toHaveLength(1)
    expect(await office.dispatch.recallLetter(letterId, clerk)).toMatchObject({ ok: false, code: 'letter-not-ready' })
  })
})

describe('stopping all letters', () => {
  it('keeps every letter in the house until it is ended, and then each leaves once', async () => {
    const mailer = countingMailer()
    const { office, letter } = await acknowledge({ mailer })
    expect(await office.dispatch.stopLetters(' ', clerk)).toMatchObject({ ok: false })
    await office.dispatch.stopLetters('误发，核查中', clerk)
    expect(await office.dispatch.lettersStopped()).toMatchObject({ by: clerk, reason: '误发，核查中' })
    await sendAll(office)
    expect(mailer.sent).toEqual([])
    expect(await letter()).toMatchObject({ state: 'written' })
    expect(await office.dispatch.resumeLetters(clerk)).toEqual({ ok: true, value: 1 })
    await sendAll(office)
    expect(mailer.sent).toHaveLength(1)
  })
})

describe('a letter of which nobody knows whether it left', () => {
  const uncertain: SendOutcome = { state: 'unknown', reason: 'ETIMEDOUT' }

  it('is looked for in the Sent folder by its Message-ID, and recorded as sent when it is there', async () => {
    const asked: string[] = []
    const mailer = countingMailer(uncertain)
    const sentFolder = { holds: async (id: string) => asked.push(id) > 1 }
    const { office, letter, letterId } = await acknowledge({ mailer, sentFolder })
    await sendAll(office)
    expect(await letter()).toMatchObject({ state: 'unknown' })
    const [first] = await office.queued(verifyLetter)
    await office.run(verifyLetter, first!)
    expect(await letter()).toMatchObject({ state: 'unknown' })
    const second = (await office.queued(verifyLetter)).find(({ look }) => look === 1)
    await office.run(verifyLetter, second!)
    expect(await letter()).toMatchObject({ state: 'sent' })
    expect(asked).toEqual([`<${letterId}@example.com>`, `<${letterId}@example.com>`])
    expect(mailer.sent).toHaveLength(1)
  })

  it('stays for a clerk when no folder tells, and is sent again only by a clerk', async () => {
    const mailer = countingMailer(uncertain)
    const { office, letter, letterId } = await acknowledge({ mailer })
    for (let time = 0; time < 3; time++) await sendAll(office)
    expect(mailer.sent).toHaveLength(1)
    expect(await office.queued(verifyLetter)).toEqual([])
    await office.dispatch.settleLetter(letterId, 'send-again', clerk, '对方来电说没有收到')
    await sendAll(office)
    expect(mailer.sent).toHaveLength(2)
    expect(await letter()).toMatchObject({ state: 'sent', clerkNote: `${clerk}：对方来电说没有收到` })
    expect(await office.dispatch.settleLetter(letterId, 'send-again', clerk)).toMatchObject({ ok: false, code: 'reason-missing' })
  })
})

it('a busy server is tried for days with growing pauses, then a clerk is shown the letter', async () => {
  const busy = Array.from({ length: 60 }, (): SendOutcome => ({ state: 'unavailable', reason: 'EENVELOPE 450' }))
  const { office, letter, letterId } = await acknowledge({ mailer: countingMailer(...busy) })
  let tries = 0
  for (; tries < 60 && (await letter()).state === 'written'; tries++) {
    await office.run(sendLetter, { letterId })
    office.clock.advance(Math.min(2 ** tries, 240) * 60_000)
  }
  expect(tries).toBeGreaterThan(20)
  expect(await letter()).toMatchObject({ state: 'refused', reason: 'gave-up EENVELOPE 450' })
})

it('a bounce is shown at the letter it names, a delay only noted, and a stranger’s bounce changes nothing', async () => {
  const { office, letter, letterId } = await acknowledge({ mailer: countingMailer() })
  const bounce = { submissionId: 's', messageId: `<${letterId}@example.com>`, status: '5.1.1', failed: true }
  await office.run(noteBounce, bounce)
  expect(await letter()).toMatchObject({ state: 'written' })
  await sendAll(office)
  await office.run(noteBounce, { ...bounce, messageId: '<nobody@example.com>' })
  await office.run(noteBounce, { ...bounce, status: '4.4.1', failed: false })
  expect(await letter()).toMatchObject({ state: 'sent', reason: 'delayed 4.4.1' })
  await office.run(noteBounce, bounce)
  expect(await letter()).toMatchObject({ state: 'bounced', reason: 'bounced 5.1.1' })
})

it('papers that do not say what is asked for are acknowledged without a guess', async () => {
  const office = await openBackOffice({ mailer: countingMailer() })
  const [number = ''] = await office.receive('s1', [identity(operator)], { mail: applicantMail })
  await office.run(writeLetter, { applicationNumber: number, letter: 'acknowledgement', occasion: 'opened' })
  const [letter] = await office.dispatch.letters(number)
  expect(letter?.subject).toBe(`已收到您的材料（受理编号 ${number}）`)
  expect(letter?.body).toContain('业务类别：（未能认出，工作人员将核对）')
})

describe('a mail that became no application', () => {
  const submission = (change: Partial<ToldSubmission['mail']> = {}): ToldSubmission => ({
    name: '读卡器领取',
    receivedAt: '2026-11-20T02:00:00Z',
    mail: { ...applicantMail, ...change },
    problems: [
      { file: '材料.zip', code: 'encrypted', message: '“材料.zip”设有密码，无法打开，请去掉密码后重新发送。' },
      { file: 'logo.png', code: 'signature-image', message: '不必告知的小图' },
    ],
    reason: null,
  })

  it('is answered once in its thread with what to do', async () => {
    const mailer = countingMailer()
    const office = await openBackOffice({ mailer, submission: submission() })
    for (let time = 0; time < 2; time++) await office.run(answerSubmission, { submissionId: 's1' })
    await sendAll(office)
    expect(mailer.sent).toHaveLength(1)
    expect(mailer.sent[0]).toMatch(/^in-reply-to: <20261120\.1@example\.com>/imu)
    const [letter] = await office.dispatch.recentLetters({ limit: 10, offset: 0 })
    expect(letter).toMatchObject({ applicationNumber: null, kind: 'not-taken', to: 'applicant@example.com', state: 'sent' })
    expect(letter?.body).toContain('去掉密码')
    expect(letter?.body).not.toContain('不必告知')
  })

  it('of a program is never answered, nor any address more than five times a day', async () => {
    const robot = await openBackOffice({ mailer: countingMailer(), submission: submission({ automatic: 'auto-reply' }) })
    await robot.run(answerSubmission, { submissionId: 's1' })
    expect(await robot.dispatch.recentLetters({ limit: 10, offset: 0 })).toEqual([])
    const office = await openBackOffice({ mailer: countingMailer(), submission: submission() })
    for (let mail = 0; mail < 12; mail++) await office.run(answerSubmission, { submissionId: `s${mail}` })
    expect(await office.dispatch.recentLetters({ limit: 50, offset: 0 })).toHaveLength(5)
  })
})
