// Longer than 400 lines: the life of one parcel and its letters, told in order over one back office.
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { prepareHandover, queueCardJobs, sendLetter, writeLetter } from '../../src/flow.ts'
import { openMailer, smtpConfig, type Mailer, type SendOutcome } from '../../src/platform/mail/send-mail.ts'
import {
  cardForm,
  cleanSets,
  enterprise,
  handler,
  identity,
  operator,
  paymentProof,
  registrationForm,
  spoil,
  without,
} from '../fixtures/build-papers.ts'
import { applicantMail, clerk, openBackOffice } from '../fixtures/open-back-office.ts'

type Office = Awaited<ReturnType<typeof openBackOffice>>
type Papers = ReturnType<(typeof cleanSets)['enrol']>

/** From accepted papers to finished cards. */
async function finishCards(office: Office, documents: Papers, mail?: Parameters<Office['accept']>[1]): Promise<string> {
  const number = await office.accept(documents, mail)
  await office.run(queueCardJobs, { applicationNumber: number })
  for (const [index, job] of (await office.cards.jobsOf(office.database, number)).entries()) {
    const completed = await office.cards.complete(job.id, {
      cardNumber: job.cardNumber ?? `${number.replace('-', '')}-${index}`,
      holderName: '陈榕芳',
      actor: clerk,
    })
    if (!completed.ok) throw new Error(completed.message)
  }
  return number
}

/** Another operator for each application, so that the ledger has nothing to object. */
function addOperatorSet(serial: number): Papers {
  const person = { ...operator, name: `操作员${serial}`, idNumber: `3502061985061${String(serial).padStart(5, '0')}` }
  return [
    registrationForm('add-operator'),
    cardForm(null, person),
    paymentProof('智能IC卡-操作员', `NF202611171015301${serial}`),
    identity(person),
    identity(handler),
  ]
}

const windowSet = () =>
  spoil(cleanSets.renew(), 'registration-form', {
    deliveryMethod: 'window',
    recipientAddress: null,
    recipientName: null,
    recipientPhone: null,
  })

async function startSmtp(options: SMTPServerOptions = {}): Promise<{ mailer: Mailer; received: Buffer[]; recipients: string[] }> {
  const received: Buffer[] = []
  const recipients: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push(Buffer.concat(chunks))
        recipients.push(...session.envelope.rcptTo.map(({ address }) => address))
        done()
      })
    },
    ...options,
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { mailer: mailerAt((server.server.address() as AddressInfo).port), received, recipients }
}

function mailerAt(port: number): Mailer {
  const mailer = openMailer(smtpConfig.parse({ host: '127.0.0.1', port, secure: false, from: 'xmport@example.com', timeoutSeconds: 1 }))
  if (!mailer) throw new Error('a mailer was expected')
  return mailer
}

/** A way out that ends as it is told, and counts. */
function scriptedMailer(...outcomes: SendOutcome[]): Mailer & { attempts: number } {
  const mailer = {
    from: 'xmport@example.com',
    attempts: 0,
    send: async () => {
      mailer.attempts += 1
      return outcomes.shift() ?? ({ state: 'sent' } as const)
    },
    verify: async () => ({ state: 'sent' }) as const,
    close: () => undefined,
  }
  return mailer
}

const acknowledgement = (applicationNumber: string) => ({ applicationNumber, letter: 'acknowledgement' as const, occasion: 'opened' })
const onlyLetter = async (office: Office, number: string) => {
  const [letter, ...more] = await office.dispatch.letters(number)
  if (!letter || more.length > 0) throw new Error('one letter was expected')
  return letter
}

describe('preparing a handover', () => {
  it('takes a waybill number, prints notice and waybill, and waits for the courier', async () => {
    const office = await openBackOffice()
    const number = await finishCards(office, cleanSets['add-operator']())
    await office.run(prepareHandover, { applicationNumber: number })
    expect(await office.statusOf(number)).toBe('awaiting-courier')
    const [parcel] = await office.dispatch.list()
    expect(parcel).toMatchObject({
      applicationNumber: number,
      state: 'prepared',
      method: 'post',
      waybillNumber: '1151238971000',
      recipient: { name: handler.name, phone: '13806001234', address: '福建省厦门市湖里区虚构路18号' },
      papers: ['notice', 'waybill'],
      printFlaws: [],
      // The legal person's card was enclosed (guide 四1) and goes back.
      items: [{ name: '电子口岸操作员卡', holder: operator.name, quantity: 1 }, { name: '电子口岸法人卡（退还）' }],
    })
    const stored = await office.dispatch.pdf(number, 'waybill')
    expect(stored?.subarray(0, 5).toString()).toBe('%PDF-')
    expect((await readFile(join(office.outbox, '面单', 'EMS-1151238971000.pdf'))).equals(stored ?? Buffer.alloc(0))).toBe(true)
    expect(
      (await readFile(join(office.outbox, '领卡通知单', `${number}.pdf`))).equals(
        (await office.dispatch.pdf(number, 'notice')) ?? Buffer.alloc(0),
      ),
    ).toBe(true)
  })

  it('prints the notice alone for the counter and tells the applicant to come', async () => {
    const office = await openBackOffice()
    const number = await finishCards(office, windowSet(), applicantMail)
    await office.run(prepareHandover, { applicationNumber: number })
    expect(await office.statusOf(number)).toBe('awaiting-pickup')
    expect(await office.dispatch.find(number)).toMatchObject({ method: 'window', waybillNumber: null, papers: ['notice'] })
    const order = (await office.queued(writeLetter)).find(({ letter }) => letter === 'ready-for-pickup')
    if (!order) throw new Error('a letter was expected')
    await office.run(writeLetter, order)
    const letter = await onlyLetter(office, number)
    const mail = await simpleParser((await office.dispatch.letterFile(letter.id)) ?? '')
    expect(mail.attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual([
      [`领卡通知单-${number}.pdf`, 'application/pdf'],
    ])
    expect(await office.dispatch.markPickedUp(number, clerk)).toMatchObject({ ok: true, value: { state: 'picked-up' } })
    expect(await office.dispatch.markPickedUp(number, clerk)).toMatchObject({ ok: true })
    expect(await office.statusOf(number)).toBe('picked-up')
    expect(await office.dispatch.list()).toEqual([])
  })

  it('gives one waybill number however often and however closely it runs', async () => {
    const office = await openBackOffice()
    const number = await finishCards(office, cleanSets['add-operator']())
    await Promise.all(Array.from({ length: 50 }, () => office.run(prepareHandover, { applicationNumber: number })))
    await office.run(prepareHandover, { applicationNumber: number })
    expect(await office.dispatch.waybills()).toMatchObject({ left: 149, low: false })
    expect((await office.eventsOf(number)).filter((type) => type === 'handover-prepared')).toHaveLength(1)
    expect(await readdir(join(office.outbox, '面单'))).toEqual(['EMS-1151238971000.pdf'])
  })

  it('gives each of many parcels a number of its own', async () => {
    const office = await openBackOffice()
    const numbers: string[] = []
    for (let serial = 0; serial < 12; serial += 1) numbers.push(await finishCards(office, addOperatorSet(serial)))
    await Promise.all(numbers.map((applicationNumber) => office.run(prepareHandover, { applicationNumber })))
    const waybills = (await office.dispatch.list()).map(({ waybillNumber }) => waybillNumber)
    expect(new Set(waybills).size).toBe(12)
  })

  it('goes on with the same number and the same papers when it was killed after reserving or after printing', async () => {
    const office = await openBackOffice()
    const number = await finishCards(office, cleanSets['add-operator']())
    // Killed at the first write into the file store, then at the commit that records the papers.
    const put = office.files.put
    office.files.put = () => Promise.reject(new Error('killed'))
    await expect(office.run(prepareHandover, { applicationNumber: number })).rejects.toThrow('killed')
    office.files.put = put
    expect(await office.dispatch.find(number)).toMatchObject({ state: 'preparing', waybillNumber: '1151238971000' })
    const advance = office.applications.advance
    office.applications.advance = () => Promise.reject(new Error('killed'))
    await expect(office.run(prepareHandover, { applicationNumber: number })).rejects.toThrow('killed')
    office.applications.advance = advance
    const printed = await readFile(join(office.outbox, '面单', 'EMS-1151238971000.pdf'))
    office.clock.advance(3_600_000)
    await office.run(prepareHandover, { applicationNumber: number })
    expect(await office.dispatch.find(number)).toMatchObject({ state: 'prepared', waybillNumber: '1151238971000' })
    expect((await readFile(join(office.outbox, '面单', 'EMS-1151238971000.pdf'))).equals(printed)).toBe(true)
    expect(await readdir(join(office.outbox, '面单'))).toHaveLength(1)
  })

  it('never invents a number: without a range it stops, says so, and goes on when one is given', async () => {
    const office = await openBackOffice({ waybillRanges: [] })
    const number = await finishCards(office, cleanSets['add-operator']())
    await expect(office.run(prepareHandover, { applicationNumber: number })).rejects.toMatchObject({
      code: 'no-waybill-number',
      message: expect.stringContaining('号段'),
    })
    expect(await office.dispatch.list()).toMatchObject([{ state: 'blocked', waybillNumber: null, blocked: { code: 'no-waybill-number' } }])
    expect(await office.dispatch.waybills()).toEqual({ ranges: [], left: 0, low: true })
    expect(await office.dispatch.addRange({ from: 'EE473124829CN', to: 'EE473124829CN' }, clerk)).toMatchObject({
      ok: true,
      value: { left: 1, low: true },
    })
    await office.run(prepareHandover, { applicationNumber: number })
    expect(await office.dispatch.find(number)).toMatchObject({ state: 'prepared', waybillNumber: 'EE473124829CN' })
    expect(await office.dispatch.addRange({ from: 'EE473124829CN', to: 'EE473124832CN' }, clerk)).toMatchObject({
      ok: false,
      code: 'waybill-range-overlaps',
    })
  })

  it('runs again by itself once a range is given', async () => {
    const office = await openBackOffice({ waybillRanges: [] })
    const number = await finishCards(office, cleanSets['add-operator']())
    const worker = office.queue.work(office.dispatch.handlers)
    onTestFinished(() => worker.stop(1000))
    await expect.poll(async () => (await office.queue.find(prepareHandover, number))?.state, { timeout: 5000 }).toBe('dead')
    await office.dispatch.addRange({ from: '1151238972000', to: '1151238972099' }, clerk)
    await expect.poll(async () => (await office.dispatch.find(number))?.state, { timeout: 10_000 }).toBe('prepared')
  })

  it('asks for the address when the papers do not tell it', async () => {
    const office = await openBackOffice()
    const number = await finishCards(office, spoil(cleanSets.renew(), 'registration-form', { recipientPhone: null }))
    await expect(office.run(prepareHandover, { applicationNumber: number })).rejects.toMatchObject({ code: 'recipient-missing' })
    expect(await office.dispatch.waybills()).toMatchObject({ left: 150 })
    expect(await office.dispatch.readdress(number, { name: '苏晓岚', phone: '', address: '虚构路18号' })).toMatchObject({
      ok: false,
      code: 'recipient-incomplete',
    })
    expect(
      await office.dispatch.readdress(number, { name: '苏晓岚', phone: '13806001234', address: '福建省厦门市虚构路18号' }),
    ).toMatchObject({ ok: true })
    await office.run(prepareHandover, { applicationNumber: number })
    expect(await office.dispatch.find(number)).toMatchObject({ state: 'prepared', recipient: { address: '福建省厦门市虚构路18号' } })
  })

  it('sends readers to the address of the authorisation letter', async () => {
    const office = await openBackOffice()
    const documents = [...without(cleanSets.reader(), 'payment-proof'), paymentProof('读卡器', 'NF20261117101530999', 3)]
    const number = await finishCards(office, documents, applicantMail)
    await office.run(prepareHandover, { applicationNumber: number })
    expect(await office.dispatch.find(number)).toMatchObject({
      method: 'post',
      items: [{ name: '读卡器', quantity: 3 }],
      recipient: { name: handler.name },
    })
  })
})

describe('starting again', () => {
  it('clears what a killed run left unfinished in the outbox, and nothing else', async () => {
    const office = await openBackOffice()
    const number = await office.accept(cleanSets.reader(), applicantMail)
    await office.run(writeLetter, acknowledgement(number))
    await writeFile(join(office.outbox, '函件', '.id-000099.part'), 'half')
    expect(await office.dispatch.resume()).toBe(0)
    expect(await readdir(join(office.outbox, '函件'))).toEqual([`${number}-acknowledgement-opened.eml`])
  })
})

describe('handing over to the courier', () => {
  it('posts the application and writes one letter with the waybill number', async () => {
    const office = await openBackOffice()
    const number = await finishCards(office, cleanSets['add-operator'](), applicantMail)
    expect(await office.dispatch.handToCourier(number, clerk)).toMatchObject({ ok: false, code: 'handover-unknown' })
    await office.run(prepareHandover, { applicationNumber: number })
    expect(await office.dispatch.markPickedUp(number, clerk)).toMatchObject({ ok: false, code: 'handover-not-ready' })
    expect(await office.dispatch.handToCourier(number, clerk)).toMatchObject({ ok: false, code: 'parcel-not-closed' })
    await office.pack(number)
    for (let time = 0; time < 2; time += 1)
      expect(await office.dispatch.handToCourier(number, clerk)).toMatchObject({ ok: true, value: { state: 'handed-to-courier' } })
    expect(await office.statusOf(number)).toBe('posted')
    expect(await office.dispatch.list()).toEqual([])
    expect(await office.dispatch.list(['handed-to-courier'])).toMatchObject([{ applicationNumber: number }])
    const orders = (await office.queued(writeLetter)).filter(({ letter }) => letter === 'posted')
    expect(orders).toHaveLength(1)
    for (const order of [...orders, ...orders]) await office.run(writeLetter, order)
    const letter = await onlyLetter(office, number)
    expect(await office.dispatch.recentLetters({ limit: 10, offset: 0 })).toEqual([letter])
    expect(letter.subject).toContain('1151238971000')
    expect(letter.body).toMatch(/到付[^]*签收前请确认电子口岸卡齐备/u)
  })

  it('is recorded as received, once', async () => {
    const office = await openBackOffice()
    const number = await finishCards(office, cleanSets['add-operator']())
    await office.run(prepareHandover, { applicationNumber: number })
    expect(await office.dispatch.markDelivered(number, clerk)).toMatchObject({ ok: false, code: 'handover-not-ready' })
    await office.pack(number)
    await office.dispatch.handToCourier(number, clerk)
    for (let time = 0; time < 2; time += 1)
      expect(await office.dispatch.markDelivered(number, clerk)).toMatchObject({ ok: true, value: { state: 'delivered' } })
    expect(await office.statusOf(number)).toBe('delivered')
    expect((await office.eventsOf(number)).filter((type) => type === 'delivered')).toHaveLength(1)
    expect(await office.dispatch.markUndelivered(number, '拒收', clerk)).toMatchObject({ ok: false, code: 'handover-not-ready' })
    expect(await office.dispatch.markPickedUp(number, clerk)).toMatchObject({ ok: false, code: 'handover-not-ready' })
  })

  it('what comes back is recorded with its reason and fetched at the counter', async () => {
    const office = await openBackOffice()
    const number = await finishCards(office, cleanSets['add-operator']())
    await office.run(prepareHandover, { applicationNumber: number })
    await office.pack(number)
    await office.dispatch.handToCourier(number, clerk)
    expect(await office.dispatch.markUndelivered(number, ' ', clerk)).toMatchObject({ ok: false, code: 'reason-missing' })
    for (let time = 0; time < 2; time += 1)
      expect(await office.dispatch.markUndelivered(number, ' 收件人拒收 ', clerk)).toMatchObject({
        ok: true,
        value: { state: 'undelivered', returnedFor: '收件人拒收' },
      })
    expect(await office.statusOf(number)).toBe('undelivered')
    expect(await office.dispatch.list(['undelivered'])).toMatchObject([{ applicationNumber: number, returnedFor: '收件人拒收' }])
    expect(await office.dispatch.markPickedUp(number, clerk)).toMatchObject({ ok: true, value: { state: 'picked-up', returnedFor: null } })
    expect(await office.statusOf(number)).toBe('picked-up')
    const told = (await office.applications.events(office.database, number)).map(({ event }) => event)
    expect(told.filter(({ type }) => type === 'undelivered')).toEqual([{ type: 'undelivered', reason: '收件人拒收' }])
  })
})

describe('a parcel that came back', () => {
  it('is sent again with a label of its own, where the enterprise wants it now', async () => {
    const office = await openBackOffice()
    const number = await finishCards(office, cleanSets['add-operator'](), applicantMail)
    await office.run(prepareHandover, { applicationNumber: number })
    await office.pack(number)
    const to = { name: '苏晓岚', phone: '13806001234', address: '福建省厦门市湖里区虚构路20号' }
    expect(await office.dispatch.sendAgain(number, to, clerk)).toMatchObject({ ok: false, code: 'handover-not-returned' })
    await office.dispatch.handToCourier(number, clerk)
    await office.dispatch.markUndelivered(number, '地址有误', clerk)
    expect(await office.dispatch.sendAgain(number, { ...to, phone: '' }, clerk)).toMatchObject({ ok: false, code: 'recipient-incomplete' })
    expect(await office.dispatch.sendAgain(number, to, clerk)).toMatchObject({ ok: true, value: { state: 'taken-back' } })
    expect(await office.dispatch.sendAgain(number, to, clerk)).toMatchObject({ ok: false, code: 'handover-not-returned' })
    expect(await office.queued(prepareHandover)).toHaveLength(2)
    for (let time = 0; time < 2; time += 1) await office.run(prepareHandover, { applicationNumber: number })
    expect(await office.dispatch.find(number)).toMatchObject({
      state: 'prepared',
      waybillNumber: '1151238971001',
      recipient: { address: '福建省厦门市湖里区虚构路20号' },
      handedAt: null,
    })
    expect(await office.applications.find(office.database, number)).toMatchObject({ status: 'awaiting-courier', dueOn: '2026-11-24' })
    expect(await office.dispatch.handToCourier(number, clerk)).toMatchObject({ ok: false, code: 'parcel-not-closed' })
    await office.pack(number)
    expect(await office.dispatch.handToCourier(number, clerk)).toMatchObject({ ok: true })
    for (const { letter, occasion } of await office.queued(writeLetter))
      if (letter === 'posted') await office.run(writeLetter, { applicationNumber: number, letter, occasion })
    const posted = (await office.dispatch.letters(number)).filter(({ kind }) => kind === 'posted').map(({ subject }) => subject)
    expect(posted).toHaveLength(2)
    expect(posted[1]).toContain('1151238971001')
    const told = (await office.applications.events(office.database, number)).map(({ event }) => event)
    expect(told).toContainEqual({ type: 'resend-ordered', waybillNumber: '1151238971000' })
    // The courier brings the old label once more: it is known whose it is, and its number is never given again.
    expect(await office.parcels.applicationOfWaybill('1151238971000')).toBe(number)
    expect(await office.dispatch.waybills()).toMatchObject({ left: 148 })
    await office.dispatch.markUndelivered(number, '又退回', clerk)
    expect((await office.parcels.house()).map(({ place }) => place)).toEqual(['pickup'])
    expect(await office.dispatch.markPickedUp(number, clerk)).toMatchObject({ ok: true })
  })

  it('goes on with its second label once a range of numbers is given', async () => {
    const office = await openBackOffice({ waybillRanges: [{ from: '1151238971000', to: '1151238971000' }] })
    const number = await finishCards(office, cleanSets['add-operator']())
    await office.run(prepareHandover, { applicationNumber: number })
    await office.pack(number)
    await office.dispatch.handToCourier(number, clerk)
    await office.dispatch.markUndelivered(number, '拒收', clerk)
    const { recipient } = (await office.dispatch.find(number))!
    await office.dispatch.sendAgain(number, { name: recipient.name!, phone: recipient.phone!, address: recipient.address! }, clerk)
    const worker = office.queue.work(office.dispatch.handlers)
    onTestFinished(() => worker.stop(1000))
    await expect.poll(async () => (await office.queue.find(prepareHandover, `${number}:1`))?.state, { timeout: 5000 }).toBe('dead')
    await office.dispatch.addRange({ from: '1151238972000', to: '1151238972099' }, clerk)
    await expect.poll(async () => (await office.dispatch.find(number))?.state, { timeout: 10_000 }).toBe('prepared')
  })
})

describe('letters', () => {
  it('are one file in the outbox for each occasion, and the same when written again', async () => {
    const office = await openBackOffice()
    const number = await office.accept(cleanSets.reader(), applicantMail)
    await Promise.all(Array.from({ length: 10 }, () => office.run(writeLetter, acknowledgement(number))))
    const letter = await onlyLetter(office, number)
    expect(letter).toMatchObject({
      kind: 'acknowledgement',
      state: 'written',
      to: 'applicant@example.com',
      fileName: `${number}-acknowledgement-opened.eml`,
    })
    const written = await readFile(join(office.outbox, '函件', letter.fileName))
    expect(written.equals((await office.dispatch.letterFile(letter.id)) ?? Buffer.alloc(0))).toBe(true)
    expect(await readdir(join(office.outbox, '函件'))).toEqual([letter.fileName])
    expect((await office.eventsOf(number)).filter((type) => type === 'letter-written')).toHaveLength(1)
  })

  it('answer the mail they are about and say what was understood', async () => {
    const office = await openBackOffice()
    const number = await office.accept(cleanSets.reader(), applicantMail)
    await office.run(writeLetter, acknowledgement(number))
    const mail = await simpleParser((await office.dispatch.letterFile((await onlyLetter(office, number)).id)) ?? '')
    expect(mail.inReplyTo).toBe('<20261120.1@example.com>')
    expect(mail.references).toBe('<20261120.1@example.com>')
    expect(mail.messageId).toMatch(/^<[^@]+@189\.cn>$/u)
    expect(mail.from?.value).toEqual([{ name: '中国电子口岸数据中心厦门分中心', address: 'xmport@189.cn' }])
    expect(mail.text).toContain(`受理编号：${number}`)
    expect(mail.text).toContain(enterprise.name)
    expect(mail.text).toMatch(/1\. 授权委托书（1 页）\n2\. 安全产品支付页面截图（1 页）/u)
    expect(mail.html).toContain('<li>授权委托书（1 页）</li>')
  })

  it('ask for each correction once, in a sentence, with the clerk’s remark and the way back', async () => {
    const office = await openBackOffice()
    const spoilt = spoil(without(cleanSets['add-operator'](), 'payment-proof'), 'registration-form', { uscc: '91350206MA2XM00A3T' })
    const [number = ''] = await office.receive('来件', spoilt)
    await office.applications.advance(
      office.database,
      number,
      { type: 'returned', findings: [], remark: '请勿使用<旧版>登记表 & 附件' },
      { actor: clerk },
    )
    await office.run(writeLetter, { applicationNumber: number, letter: 'correction', occasion: '3' })
    const letter = await onlyLetter(office, number)
    expect(letter).toMatchObject({ state: 'to-print', to: null })
    const asked = (await office.applications.find(office.database, number))?.findings.filter(({ severity }) => severity === 'correct') ?? []
    expect(asked.length).toBeGreaterThan(0)
    for (const { message } of asked) expect(letter.body).toContain(message.replace(/。$/u, ''))
    expect(letter.body).toContain('请勿使用<旧版>登记表 & 附件')
    expect(letter.body).toContain('邮政 EMS')
    const mail = await simpleParser((await office.dispatch.letterFile(letter.id)) ?? '')
    expect(mail.to).toBeUndefined()
    expect(mail.html).toContain('&lt;旧版&gt;登记表 &amp; 附件')
  })

  it.each(['mailer-daemon@example.com', 'no-reply@example.com', 'xmport@189.cn', 'a@b', 'x@example.com>\r\nBcc: y@example.com'])(
    'to “%s” are printed, not sent',
    async (from) => {
      const office = await openBackOffice({ mailer: scriptedMailer() })
      const number = await office.accept(cleanSets.reader(), { ...applicantMail, from })
      await office.run(writeLetter, acknowledgement(number))
      expect(await onlyLetter(office, number)).toMatchObject({ state: 'to-print', to: null })
      expect(await office.queued(sendLetter)).toEqual([])
    },
  )

  it('keep hostile names and ids out of their headers', async () => {
    const office = await openBackOffice()
    const hostile = spoil(cleanSets.reader(), 'authorization-letter', { enterpriseName: '某公司\r\nBcc: victim@example.com' })
    const number = await office.accept(hostile, { ...applicantMail, messageId: '<a@b>\r\nX-Evil: 1' })
    await office.run(writeLetter, acknowledgement(number))
    const text = ((await office.dispatch.letterFile((await onlyLetter(office, number)).id)) ?? Buffer.alloc(0)).toString()
    expect(text.split('\r\n\r\n')[0]).not.toMatch(/^(bcc|x-evil|in-reply-to)/imu)
  })
})

describe('sending letters', () => {
  it('reaches a real server, once', async () => {
    const { mailer, received, recipients } = await startSmtp()
    const office = await openBackOffice({ mailer })
    const number = await office.accept(cleanSets.reader(), applicantMail)
    await office.run(writeLetter, acknowledgement(number))
    const [order] = await office.queued(sendLetter)
    if (!order) throw new Error('a letter to send was expected')
    for (let time = 0; time < 3; time += 1) await office.run(sendLetter, order)
    expect(received).toHaveLength(1)
    expect(recipients).toEqual(['applicant@example.com'])
    const mail = await simpleParser(received[0] ?? '')
    expect(mail.subject).toContain(number)
    expect(await onlyLetter(office, number)).toMatchObject({ state: 'sent', reason: null })
    expect(await office.eventsOf(number)).toContain('letter-sent')
  })

  it('tries again while the server is busy', async () => {
    const mailer = scriptedMailer({ state: 'unavailable', reason: 'EENVELOPE 450' }, { state: 'sent' })
    const office = await openBackOffice({ mailer })
    const number = await office.accept(cleanSets.reader(), applicantMail)
    await office.run(writeLetter, acknowledgement(number))
    const { id: letterId } = await onlyLetter(office, number)
    await office.run(sendLetter, { letterId })
    expect(await onlyLetter(office, number)).toMatchObject({ state: 'written', reason: 'EENVELOPE 450' })
    // Now and once more after a minute.
    expect(await office.queued(sendLetter)).toHaveLength(2)
    await office.run(sendLetter, { letterId })
    expect(await onlyLetter(office, number)).toMatchObject({ state: 'sent' })
  })

  it('stops at a refusal until a clerk wants it sent again', async () => {
    const mailer = scriptedMailer({ state: 'refused', reason: 'EENVELOPE 550' })
    const office = await openBackOffice({ mailer })
    const number = await office.accept(cleanSets.reader(), applicantMail)
    await office.run(writeLetter, acknowledgement(number))
    const { id: letterId } = await onlyLetter(office, number)
    for (let time = 0; time < 2; time += 1) await office.run(sendLetter, { letterId })
    expect(mailer.attempts).toBe(1)
    expect(await office.dispatch.lettersIn('refused')).toMatchObject([{ id: letterId, reason: 'EENVELOPE 550' }])
    expect(await office.dispatch.settleLetter(letterId, 'send-again', clerk)).toMatchObject({ ok: true })
    expect(await office.queued(sendLetter)).toHaveLength(2)
    await office.run(sendLetter, { letterId })
    expect(await onlyLetter(office, number)).toMatchObject({ state: 'sent' })
  })

  it('leaves a letter unknown when a real server goes silent after the text, and never sends it again by itself', async () => {
    let texts = 0
    const sockets = new Set<Socket>()
    const silent = createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.write('220 silent\r\n')
      socket.on('data', (chunk) => {
        const line = chunk.toString()
        if (/^(EHLO|HELO|MAIL|RCPT)/u.test(line)) socket.write('250 ok\r\n')
        else if (line.startsWith('DATA')) socket.write('354 go on\r\n')
        else if (line.endsWith('\r\n.\r\n')) texts += 1
      })
    })
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', () => resolve()))
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy()
      silent.close()
    })
    const office = await openBackOffice({ mailer: mailerAt((silent.address() as AddressInfo).port) })
    const number = await office.accept(cleanSets.reader(), applicantMail)
    await office.run(writeLetter, acknowledgement(number))
    const { id: letterId } = await onlyLetter(office, number)
    for (let time = 0; time < 3; time += 1) await office.run(sendLetter, { letterId })
    expect(texts).toBe(1)
    expect(await office.dispatch.lettersIn('unknown')).toMatchObject([{ id: letterId }])
    expect(await office.dispatch.settleLetter(letterId, 'arrived', clerk)).toMatchObject({ ok: true, value: { state: 'sent' } })
  })

  it('takes an attempt that was cut off by a kill for unknown', async () => {
    const mailer = scriptedMailer()
    const office = await openBackOffice({ mailer: { ...mailer, send: () => Promise.reject(new Error('killed')) } })
    const number = await office.accept(cleanSets.reader(), applicantMail)
    await office.run(writeLetter, acknowledgement(number))
    const { id: letterId } = await onlyLetter(office, number)
    await expect(office.run(sendLetter, { letterId })).rejects.toThrow('killed')
    await office.run(sendLetter, { letterId })
    expect(await onlyLetter(office, number)).toMatchObject({ state: 'unknown', reason: 'interrupted' })
  })

  it('waits in the outbox when no server is configured', async () => {
    const office = await openBackOffice()
    const number = await office.accept(cleanSets.reader(), applicantMail)
    await office.run(writeLetter, acknowledgement(number))
    const letter = await onlyLetter(office, number)
    expect(letter.state).toBe('written')
    expect(await office.queued(sendLetter)).toEqual([])
    expect(existsSync(join(office.outbox, '函件', letter.fileName))).toBe(true)
    expect(await office.dispatch.settleLetter(letter.id, 'send-again', clerk)).toMatchObject({ ok: false, code: 'mail-not-configured' })
  })
})
