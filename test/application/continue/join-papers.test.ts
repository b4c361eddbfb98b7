import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MailFacts, ReadDocument } from '../../../src/flow.ts'
import { followGuide } from '../../../src/guide/follow-guide.ts'
import xiamen from '../../../src/guide/xiamen.json' with { type: 'json' }
import { openReview } from '../../../src/review/open-review.ts'
import {
  cardForm,
  cleanSets,
  companySeal,
  doubtful,
  enterprise,
  handler,
  identity,
  licence,
  operator,
  otherEnterprise,
  paper,
  paymentProof,
  registrationForm,
  spoil,
  stranger,
  without,
} from '../../fixtures/build-papers.ts'
import { applicantMail } from '../../fixtures/open-back-office.ts'
import { openRecord } from '../../fixtures/open-record.ts'

const clerk = '林晓'
let record: Awaited<ReturnType<typeof openRecord>>
beforeEach(async () => {
  record = await openRecord()
})
afterEach(() => void followGuide(xiamen))

const found = async (number: string) => (await record.applications.find(record.database, number))!
const eventsOf = async (number: string) => (await record.applications.events(record.database, number)).map(({ event }) => event)
const joined = async (number: string) => (await eventsOf(number)).filter((event) => event.type === 'papers-joined')
const lettersOf = async (number: string) =>
  (await record.queue.list('queued'))
    .filter(({ name }) => name === 'dispatch.write-letter')
    .map(({ payload }) => payload as { applicationNumber: string; letter: string })
    .filter(({ applicationNumber }) => applicationNumber === number)
    .map(({ letter }) => letter)
    .toSorted()

/** Papers arrive with something wrong and the clerk sends them back. */
async function returned(documents: readonly ReadDocument[], mail?: MailFacts): Promise<string> {
  const [number = ''] = await record.receive('第一次来件', documents, mail ? { mail } : {})
  const { version } = await found(number)
  const event = { type: 'returned', findings: [], remark: null } as const
  const sent = await record.applications.advance(record.database, number, event, { actor: clerk, version })
  expect(sent.ok).toBe(true)
  return number
}

const replyTo = (number: string): MailFacts => ({
  ...applicantMail,
  messageId: '<reply@example.com>',
  subject: `回复：请补正材料（受理编号 ${number}）`,
})
const unsealed = (documents: readonly ReadDocument[], nth: number) =>
  documents.map((document, at) => (at === nth ? { ...document, seals: [] } : document))

describe('the reply to a returned application', () => {
  it('in the thread of the mail keeps the number, takes the place of what was wrong, and shows what it settled', async () => {
    const number = await returned(unsealed(cleanSets.reader(), 1), applicantMail)
    expect(await found(number)).toMatchObject({ decision: 'correct', dueOn: null })
    const mail = {
      ...applicantMail,
      subject: '补正',
      messageId: '<2@example.com>',
      references: [applicantMail.messageId!, '<letter@zhika>'],
    }
    expect(await record.receive('回信', [paymentProof('读卡器')], { mail })).toEqual([number])
    const application = await found(number)
    expect(application).toMatchObject({ status: 'entered', decision: 'ready', findings: [], dueOn: '2026-11-23' })
    expect(application.documents.map(({ kind }) => kind)).toEqual(['authorization-letter', 'payment-proof'])
    expect(application.replyTo?.messageId).toBe('<2@example.com>')
    expect(await joined(number)).toEqual([
      { type: 'papers-joined', submissionId: '回信', added: [], replaced: ['payment-proof'], resolved: ['seal-missing'] },
    ])
    expect(await lettersOf(number)).toEqual(['acknowledgement', 'acknowledgement'])
  })

  it('is known by the number in its subject, and by a folder that bears the number', async () => {
    const number = await returned(without(cleanSets.reader(), 'authorization-letter'), applicantMail)
    const [letter] = cleanSets.reader()
    expect(await record.receive('来信', [letter!], { mail: { ...replyTo(number), from: 'other@example.com' } })).toEqual([number])
    expect((await joined(number))[0]).toMatchObject({ added: ['authorization-letter'] })
    const second = await returned(without(cleanSets.renew(), 'identity-document', 1))
    expect(await record.receive(`补件 ${second}`, [identity(handler)])).toEqual([second])
    expect(await found(second)).toMatchObject({ status: 'entered', decision: 'ready' })
  })

  it('is known by the credit code in the next envelope: a whole set again', async () => {
    const number = await returned(without(cleanSets.unlock(), 'identity-document', 1))
    expect(await record.receive('补寄', cleanSets.unlock())).toEqual([number])
    expect(await found(number)).toMatchObject({ decision: 'ready', findings: [] })
    expect((await joined(number))[0]).toMatchObject({ added: ['identity-document'], replaced: ['registration-form', 'identity-document'] })
  })

  it('keeps what a clerk had put right where the new paper says the same', async () => {
    const set = spoil(unsealed(cleanSets.renew(), 0), 'registration-form', { handlerPhone: doubtful('1380600123') })
    const [number = ''] = await record.receive('第一次来件', set)
    await record.applications.correctField(
      record.database,
      number,
      { document: 0, field: 'handlerPhone', value: '13806001234' },
      { actor: clerk },
    )
    await record.applications.advance(record.database, number, { type: 'returned', findings: [], remark: null }, { actor: clerk })
    await record.receive(
      '补寄',
      spoil([registrationForm('renew', '8600000012346')], 'registration-form', { handlerPhone: doubtful('1380600123') }),
    )
    const { documents, decision } = await found(number)
    expect(documents[0]?.fields['handlerPhone']).toMatchObject({ value: '13806001234', source: 'clerk' })
    expect(decision).toBe('ready')
  })

  it('in words only comes back to the clerk', async () => {
    const number = await returned(unsealed(cleanSets.reader(), 1), applicantMail)
    expect(await record.receive('回信', [], { mail: replyTo(number) })).toEqual([number])
    expect(await found(number)).toMatchObject({ status: 'entered', decision: 'correct' })
    expect(await lettersOf(number)).toEqual(['acknowledgement'])
    const automatic = { ...replyTo(number), automatic: 'auto-reply' } as const
    expect(await record.receive('自动回复', [], { mail: automatic })).toEqual([])
  })

  it('is not the paper of another enterprise, nor another service, whatever the subject says', async () => {
    const number = await returned(unsealed(cleanSets.renew(), 0), applicantMail)
    const foreign = cleanSets.renew().map((document) => ({
      ...spoil([document], 'registration-form', { enterpriseName: otherEnterprise.name, uscc: otherEnterprise.uscc })[0]!,
      seals: [companySeal(otherEnterprise.name)],
    }))
    expect(await record.receive('别家', foreign, { mail: replyTo(number) })).not.toContain(number)
    expect(await record.receive('别的业务', cleanSets.unlock(), { mail: replyTo(number) })).not.toContain(number)
    expect(await found(number)).toMatchObject({ status: 'returned' })
  })

  it('about several applications goes to each that waits for the paper', async () => {
    const sheet = spoil(cleanSets.renew(), 'registration-form', { services: ['renew', 'unlock'] })
    const numbers = await record.receive('两项业务', without(sheet, 'identity-document', 1), { mail: applicantMail })
    expect(numbers).toHaveLength(2)
    const mail = { ...replyTo('XM20000101-0001'), references: [applicantMail.messageId!] }
    expect((await record.receive('回信', [identity(handler)], { mail })).toSorted()).toEqual(numbers)
    for (const number of numbers) expect((await found(number)).documents).toHaveLength(3)
  })

  it('is joined once, however often the job runs', async () => {
    const number = await returned(unsealed(cleanSets.reader(), 1), applicantMail)
    await record.receive('回信', [paymentProof('读卡器')], { mail: replyTo(number) })
    for (let time = 0; time < 3; time += 1) await record.assemble('回信')
    expect(await joined(number)).toHaveLength(1)
    expect(await record.applications.verifyLog(record.database)).toMatchObject({ brokenAt: null })
  })
})

describe('a set for a paper service that comes by mail', () => {
  it('is a pre-check: the originals are asked for at once, and the envelope joins it', async () => {
    const [number = ''] = await record.receive('扫描件', cleanSets.renew(), { mail: applicantMail })
    expect(await found(number)).toMatchObject({ status: 'awaiting-cards', dueOn: null, door: 'mailbox' })
    expect(await lettersOf(number)).toEqual(['acknowledgement', 'originals'])
    const review = openReview(record)
    const early = await review.accept(number, { actor: clerk, version: (await found(number)).version })
    expect(early).toMatchObject({ ok: false, code: 'not-allowed' })
    expect(await record.receive('邮包', cleanSets.renew())).toEqual([number])
    const here = await found(number)
    expect(here).toMatchObject({ status: 'entered', door: 'folder', decision: 'ready' })
    expect(here.documents).toHaveLength(3)
    expect(await review.accept(number, { actor: clerk, version: here.version })).toMatchObject({ ok: true, value: { status: 'accepted' } })
  })

  it('in which something is doubtful waits for the clerk, whose approval asks for the originals', async () => {
    const doubted = spoil(cleanSets.renew(), 'registration-form', { handlerPhone: doubtful('13806001234', 0.5) })
    const [number = ''] = await record.receive('扫描件', doubted, { mail: applicantMail })
    const { status, version, decision } = await found(number)
    expect([status, decision]).toEqual(['entered', 'look'])
    expect(await openReview(record).accept(number, { actor: clerk, version })).toMatchObject({
      ok: true,
      value: { status: 'awaiting-cards' },
    })
    expect(await lettersOf(number)).toEqual(['acknowledgement', 'originals'])
  })

  it('is enough by itself where the office allows it and no card is enclosed', async () => {
    const guide = structuredClone(xiamen)
    guide.office.scansAlone = true
    expect(followGuide(guide)).toEqual({ ok: true })
    const [alone = ''] = await record.receive('入网扫描件', cleanSets.enrol(), { mail: applicantMail })
    expect(await found(alone)).toMatchObject({ status: 'entered', decision: 'ready' })
    const [enclosed = ''] = await record.receive('更新扫描件', cleanSets.renew(), { mail: applicantMail })
    expect(await found(enclosed)).toMatchObject({ status: 'awaiting-cards' })
  })

  it('by the mailbox’s own service needs no paper', async () => {
    const [number = ''] = await record.receive('读卡器', cleanSets.reader(), { mail: applicantMail })
    expect(await found(number)).toMatchObject({ status: 'entered', decision: 'ready' })
  })
})

describe('one application spread over several arrivals', () => {
  const [sheet, form, ...rest] = cleanSets.enrol()

  it.each([
    ['the sheet first', [sheet!, form!], rest],
    ['the copies first', rest, [sheet!, form!]],
  ])('in two envelopes, %s, is one', async (_, first, second) => {
    const [number = ''] = await record.receive('第一封', first)
    expect(await found(number)).toMatchObject({ decision: expect.stringMatching(/correct|look/u) })
    expect(await record.receive('第二封', second)).toEqual([number])
    expect(await found(number)).toMatchObject({ service: 'enrol', decision: 'ready', enterprise })
  })

  it('in three mails of one sender is one', async () => {
    const bare = (document: ReadDocument) => ({ ...document, seals: [companySeal(null)] })
    const [number = ''] = await record.receive('一', [sheet!, form!], { mail: applicantMail })
    expect(await record.receive('二', [bare(identity(handler))], { mail: { ...applicantMail, messageId: '<b@x>' } })).toEqual([number])
    expect(await record.receive('三', rest.slice(0, 3), { mail: { ...applicantMail, messageId: '<c@x>' } })).toEqual([number])
    const { service, documents, findings } = await found(number)
    expect([service, documents.length, findings.map(({ code }) => code)]).toEqual(['enrol', 6, ['seal-uncertain']])
  })

  it('is known by a worn seal beside the name of somebody whom its sheet names', async () => {
    const worn = (document: ReadDocument, text: string) => ({ ...document, seals: [companySeal(text)] })
    const [number = ''] = await record.receive('一', [sheet!, form!])
    const misread = enterprise.name.replace('鹭澜', '路闲')
    expect(await record.receive('二', [worn(identity(stranger), misread)])).not.toEqual([number])
    expect(await record.receive('三', [worn(identity(handler), misread)])).toEqual([number])
  })

  it('is where a page belongs that nobody could name and that bears its seal', async () => {
    const [number = ''] = await record.receive('一', [sheet!, form!])
    const page = { ...paper('unknown', {}), seals: [companySeal(enterprise.name)] }
    expect(await record.receive('二', [page])).toEqual([number])
    expect(await record.receive('三', [{ ...page, seals: [companySeal(otherEnterprise.name)] }])).not.toEqual([number])
  })

  it('is not what its sender sent before without anybody knowing what it is', async () => {
    const [number = ''] = await record.receive('一', [{ ...paper('unknown', {}), seals: [] }], { mail: applicantMail })
    const set = await record.receive('二', cleanSets.unlock(), { mail: { ...applicantMail, messageId: '<b@x>' } })
    expect(set).not.toEqual([number])
    expect(await found(set[0]!)).toMatchObject({ service: 'unlock', decision: 'ready' })
  })

  it('is not two whole requests of one enterprise', async () => {
    const first = await record.receive('一', cleanSets['add-operator']())
    const another = [
      registrationForm('add-operator'),
      cardForm(null, stranger),
      paymentProof('智能IC卡-操作员', 'NF20261118101530124'),
      identity(stranger),
      identity(handler),
    ]
    const second = await record.receive('二', another)
    expect([...first, ...second]).toHaveLength(2)
    expect(first).not.toEqual(second)
  })

  it('is a sheet sent again with what the first arrival lacked, of the same cards, persons and order', async () => {
    const first = await record.receive('一', cleanSets['add-operator']().slice(0, 3))
    expect(await found(first[0]!)).toMatchObject({ decision: 'correct' })
    const rest = [registrationForm('add-operator'), identity(operator), identity(handler)]
    expect(await record.receive('二', rest)).toEqual(first)
    expect(await found(first[0]!)).toMatchObject({ decision: 'ready' })
    const lacking = await record.receive('三', without(cleanSets.unlock(), 'identity-document', 0))
    const ofAnother = [registrationForm('unlock', '8600000099999'), identity(stranger), identity(handler)]
    expect(await record.receive('四', ofAnother)).not.toEqual(lacking)
  })

  it('is a sheet sent again alone that had to be corrected, of the same cards, persons and order', async () => {
    const first = await record.receive('一', unsealed(cleanSets.enrol(), 0))
    expect(await found(first[0]!)).toMatchObject({ decision: 'correct' })
    expect(await record.receive('二', [registrationForm('enrol')])).toEqual(first)
    expect(await found(first[0]!)).toMatchObject({ decision: 'ready' })
    const unlock = await record.receive('三', unsealed(cleanSets.unlock(), 0))
    expect(await record.receive('四', [registrationForm('unlock', '8600000099999')])).not.toEqual(unlock)
    // Nothing has to be corrected on its sheet.
    const bare = await record.receive('五', unsealed(cleanSets.renew(), 2))
    expect(await record.receive('六', [registrationForm('renew', '8600000012346')])).not.toEqual(bare)
  })

  it('is not what somebody else left without a sheet', async () => {
    const first = await record.receive('甲', without(cleanSets.renew(), 'identity-document', 1))
    const others = [licence(), identity(operator)].map((document) => ({ ...document, seals: [companySeal(otherEnterprise.name)] }))
    const strangers = spoil(others, 'business-licence', { enterpriseName: otherEnterprise.name, uscc: otherEnterprise.uscc })
    expect(await record.receive('乙', strangers)).not.toEqual(first)
  })
})

describe('papers that do not say what is asked for', () => {
  it('are kept (暂存) until a sheet says it, and cannot be accepted before', async () => {
    const record = await openRecord()
    const [number = ''] = await record.receive('第一封', [identity(operator)], { mail: applicantMail })
    const stateOf = async () => (await record.applications.find(record.database, number))!
    expect(await stateOf()).toMatchObject({ status: 'draft' })
    expect(await record.applications.advance(record.database, number, { type: 'accepted' }, { actor: '林晓' })).toMatchObject({
      ok: false,
      message: expect.stringContaining('暂存') as string,
    })
    await record.receive('第二封', cleanSets.renew(), { mail: { ...applicantMail, subject: number, messageId: '<2@example.com>' } })
    expect(await stateOf()).toMatchObject({ service: 'renew' })
    expect((await stateOf()).status).not.toBe('draft')
    const events = (await record.applications.events(record.database, number)).map(({ event }) => event.type)
    expect(events).toContain('submitted')
  })
})
