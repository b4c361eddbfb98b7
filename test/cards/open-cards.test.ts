// Longer than 400 lines: what jobs, work stations and the ledger do to one card is told together, over one back office.
import { describe, expect, it } from 'vitest'
import type { CardTables } from '../../src/cards/card-tables.ts'
import { prepareHandover, queueCardJobs } from '../../src/flow.ts'
import { serviceCodes } from '../../src/guide/papers.ts'
import {
  cardForm,
  cleanSets,
  enterprise,
  handler,
  identity,
  legal,
  operator,
  otherEnterprise,
  paymentProof,
  registrationForm,
  spoil,
  stranger,
} from '../fixtures/build-papers.ts'
import { fillLedger } from '../fixtures/fill-ledger.ts'
import { clerk, openBackOffice } from '../fixtures/open-back-office.ts'

const ledgerCard = (number: string, kind: CardTables['card']['kind']): CardTables['card'] => ({
  number,
  kind,
  medium: null,
  uscc: enterprise.uscc,
  enterprise_name: enterprise.name,
  holder_name: null,
  holder_id_type: null,
  holder_id_number: null,
  status: 'valid',
  issued_on: null,
  valid_from: null,
  valid_until: null,
  changed_at: '2026-11-01T00:00:00Z',
})

type Office = Awaited<ReturnType<typeof openBackOffice>>

async function queueFor(office: Office, documents: ReturnType<(typeof cleanSets)['enrol']>) {
  const number = await office.accept(documents)
  await office.run(queueCardJobs, { applicationNumber: number })
  return { number, jobs: await office.cards.jobsOf(office.database, number) }
}

describe('card jobs', () => {
  it('are those of the guide for every service', async () => {
    const office = await openBackOffice()
    const told: Record<string, string[]> = {}
    for (const service of serviceCodes) {
      const { jobs } = await queueFor(office, cleanSets[service]())
      told[service] = jobs.map(({ kind, cardKind, holderName, cardNumber }) =>
        [kind, cardKind, holderName, cardNumber].filter(Boolean).join(' '),
      )
    }
    expect(told).toEqual({
      // Two copies beside the legal person's and no form: nobody can tell operator and handler apart.
      'enrol-online': [`make legal ${legal.name}`, 'make operator'],
      enrol: [`make legal ${legal.name}`, `make operator ${operator.name}`],
      'change-enterprise': [`rewrite legal ${legal.name} 8600000012345`, `rewrite operator ${operator.name}`],
      'change-operator': [`rewrite operator ${operator.name} 8600000012346`],
      'add-operator': [`make operator ${operator.name}`],
      'replace-legal': [`make legal ${legal.name}`],
      'replace-operator': [`make operator ${operator.name}`],
      renew: [`renew ${operator.name} 8600000012346`],
      unlock: [`unlock ${operator.name} 8600000012346`],
      reader: ['hand-out-reader'],
      deregister: ['void operator 8600000012346', `void legal ${legal.name} 8600000012345`],
    })
  })

  it('are one for each card form', async () => {
    const office = await openBackOffice()
    const documents = [
      registrationForm('add-operator'),
      cardForm(null, operator),
      cardForm(null, stranger),
      paymentProof('智能IC卡-操作员', 'NF20261117101530124', 2),
      identity(operator),
      identity(stranger),
      identity(handler),
    ]
    const { jobs } = await queueFor(office, documents)
    expect(jobs.map(({ holderName }) => holderName)).toEqual([operator.name, stranger.name])
  })

  it('are queued once however often the handler runs', async () => {
    const office = await openBackOffice()
    const { number } = await queueFor(office, cleanSets.enrol())
    await Promise.all(Array.from({ length: 10 }, () => office.run(queueCardJobs, { applicationNumber: number })))
    expect(await office.cards.jobsOf(office.database, number)).toHaveLength(2)
    expect(await office.statusOf(number)).toBe('making-cards')
    expect((await office.eventsOf(number)).filter((type) => type === 'card-jobs-queued')).toHaveLength(1)
  })

  it('are not made for an application that was withdrawn meanwhile', async () => {
    const office = await openBackOffice()
    const number = await office.accept(cleanSets.renew())
    await office.applications.advance(office.database, number, { type: 'withdrawn', reason: '企业要求' }, { actor: clerk })
    await office.run(queueCardJobs, { applicationNumber: number })
    expect(await office.cards.jobsOf(office.database, number)).toEqual([])
  })

  it('lead to the handover when the last one is done, and only then', async () => {
    const office = await openBackOffice()
    const { number, jobs } = await queueFor(office, cleanSets.enrol())
    const [first, second] = jobs
    expect(await office.cards.complete(first?.id ?? '', { cardNumber: ' ab-0001 ', actor: clerk })).toMatchObject({
      ok: true,
      value: { cardNumber: 'AB-0001' },
    })
    expect(await office.queued(prepareHandover)).toEqual([])
    expect(await office.cards.complete(second?.id ?? '', { cardNumber: 'AB-0002', actor: clerk })).toMatchObject({ ok: true })
    expect(await office.queued(prepareHandover)).toEqual([{ applicationNumber: number }])
    expect(await office.eventsOf(number)).toContain('cards-finished')
    expect(await office.cards.ledger.cardsOf(enterprise.uscc)).toMatchObject([
      { number: 'AB-0001', kind: 'legal', holderName: legal.name, status: 'valid', issuedOn: '2026-11-20' },
      { number: 'AB-0002', kind: 'operator', holderName: operator.name, status: 'valid' },
    ])
  })

  it('close a deregistration without a handover and void the cards', async () => {
    const office = await openBackOffice()
    const { number, jobs } = await queueFor(office, cleanSets.deregister())
    for (const job of jobs) expect(await office.cards.complete(job.id, { actor: clerk })).toMatchObject({ ok: true })
    expect(await office.statusOf(number)).toBe('closed')
    expect(await office.queued(prepareHandover)).toEqual([])
    expect((await office.cards.ledger.cardsOf(enterprise.uscc)).map(({ status }) => status)).toEqual(['void', 'void'])
  })

  it('void every card that the ledger knows of an enterprise that deregisters, the legal person’s last and not before', async () => {
    const office = await openBackOffice()
    await office.database
      .withTables<CardTables>()
      .insertInto('card')
      .values([
        ledgerCard('8600000000001', 'legal'),
        ledgerCard('8600000012346', 'operator'),
        ledgerCard('8600000000002', 'operator'),
        ledgerCard('8600000000003', null),
        { ...ledgerCard('8600000000004', 'operator'), status: 'void' },
        { ...ledgerCard('8600000000005', 'operator'), uscc: otherEnterprise.uscc },
      ])
      .execute()
    const { number, jobs } = await queueFor(office, cleanSets.deregister())
    expect(jobs.map(({ kind, cardKind, cardNumber }) => [kind, cardKind, cardNumber])).toEqual([
      ['void', 'operator', '8600000012346'],
      ['void', 'operator', '8600000000002'],
      ['void', null, '8600000000003'],
      ['void', 'legal', '8600000012345'],
      ['void', 'legal', '8600000000001'],
    ])
    const legals = jobs.filter(({ cardKind }) => cardKind === 'legal')
    const [first, ...others] = jobs.filter(({ cardKind }) => cardKind !== 'legal')
    for (const { id } of others) expect(await office.cards.complete(id, { actor: clerk })).toMatchObject({ ok: true })
    await office.cards.fail(first!.id, { reason: '系统忙', actor: clerk })
    for (const { id } of legals)
      expect(await office.cards.complete(id, { actor: clerk })).toMatchObject({
        ok: false,
        code: 'void-out-of-turn',
        message: expect.stringContaining('还有 1 张') as string,
      })
    await office.cards.reopen(first!.id, { reason: '系统已恢复', actor: clerk })
    expect(await office.cards.complete(first!.id, { actor: clerk })).toMatchObject({ ok: true })
    for (const { id } of legals) expect(await office.cards.complete(id, { actor: clerk })).toMatchObject({ ok: true })
    expect(await office.statusOf(number)).toBe('closed')
    const cards = await office.cards.ledger.cardsOf(enterprise.uscc)
    expect(cards.filter(({ status }) => status !== 'void')).toEqual([])
  })

  it('change nothing when they are completed twice', async () => {
    const office = await openBackOffice()
    const { number, jobs } = await queueFor(office, cleanSets['add-operator']())
    const id = jobs[0]?.id ?? ''
    await office.cards.complete(id, { cardNumber: '8600000012399', actor: clerk })
    expect(await office.cards.complete(id, { cardNumber: '8600000012399', actor: clerk })).toMatchObject({ ok: true })
    expect(await office.cards.complete(id, { cardNumber: '8600000012398', actor: clerk })).toMatchObject({
      ok: false,
      code: 'card-job-done',
    })
    expect((await office.eventsOf(number)).filter((type) => type === 'card-job-completed')).toHaveLength(1)
  })

  it('can fail with a reason, be seen, and be done again', async () => {
    const office = await openBackOffice()
    const { number, jobs } = await queueFor(office, cleanSets['add-operator']())
    const id = jobs[0]?.id ?? ''
    expect(await office.cards.fail(id, { reason: ' ', actor: clerk })).toMatchObject({ ok: false, code: 'reason-missing' })
    await office.cards.fail(id, { reason: '卡片写入失败', actor: clerk })
    expect(await office.cards.listJobs({ state: 'failed' })).toMatchObject([
      { id, applicationNumber: number, reason: '卡片写入失败', enterpriseName: enterprise.name, service: 'add-operator' },
    ])
    expect(await office.cards.reopen(id, { reason: '', actor: clerk })).toMatchObject({ ok: false, code: 'reason-missing' })
    await office.cards.reopen(id, { reason: '换一张卡', actor: clerk })
    expect(await office.cards.listJobs({ state: 'queued', applicationNumber: number })).toHaveLength(1)
    expect(await office.cards.complete(id, { cardNumber: '8600000012399', actor: clerk })).toMatchObject({ ok: true })
  })
})

describe('a work station', () => {
  it('claims a job, and nobody else settles it unless they take it over', async () => {
    const office = await openBackOffice()
    const { jobs } = await queueFor(office, cleanSets['add-operator']())
    const id = jobs[0]?.id ?? ''
    const station = office.cards.stations[0] ?? ''
    expect(await office.cards.claim(id, { station: '没有的工位', actor: clerk })).toMatchObject({ code: 'station-unknown' })
    expect(await office.cards.claim(id, { station, actor: clerk })).toMatchObject({ value: { station, claimedBy: clerk } })
    expect(await office.cards.complete(id, { cardNumber: '8600000012399', actor: '林晓' })).toMatchObject({ code: 'card-job-claimed' })
    expect(await office.cards.claim(id, { station, actor: '林晓' })).toMatchObject({ code: 'card-job-claimed' })
    expect(await office.cards.release(id, { actor: '林晓' })).toMatchObject({ code: 'card-job-claimed' })
    expect(await office.cards.claim(id, { station, actor: '林晓', takeOver: true })).toMatchObject({ ok: true })
    expect(await office.cards.release(id, { actor: '林晓' })).toMatchObject({ value: { station: null } })
    expect(await office.cards.complete(id, { cardNumber: '8600000012399', actor: clerk })).toMatchObject({ ok: true })
    expect(await office.cards.claim(id, { station, actor: clerk })).toMatchObject({ code: 'card-job-not-queued' })
  })

  it('sees what it can do and nobody else has in hand', async () => {
    const office = await openBackOffice({
      cards: {
        stations: [
          { name: '写卡', kinds: ['make'] },
          { name: '写卡二', kinds: ['make'] },
          { name: '其他', kinds: ['renew', 'unlock'] },
        ],
      },
    })
    const made = await queueFor(office, cleanSets.enrol())
    await queueFor(office, cleanSets.unlock())
    const seen = async (station: string) => (await office.cards.listJobs({ state: 'queued', station })).map(({ kind }) => kind)
    await office.cards.claim(made.jobs[0]?.id ?? '', { station: '写卡', actor: clerk })
    expect(await seen('写卡')).toEqual(['make', 'make'])
    expect(await seen('写卡二')).toEqual(['make'])
    expect(await seen('其他')).toEqual(['unlock'])
    expect(await office.cards.claim(made.jobs[1]?.id ?? '', { station: '其他', actor: clerk })).toMatchObject({ code: 'station-unfit' })
    expect(await office.cards.countJobs('queued')).toBe(3)
  })

  it('makes a card again that came out wrong: its number is void, and the job waits for another', async () => {
    const office = await openBackOffice()
    const { number, jobs } = await queueFor(office, cleanSets.enrol())
    const id = jobs[0]?.id ?? ''
    await office.cards.complete(id, { cardNumber: 'AB-0001', actor: clerk })
    expect(await office.cards.reopen(id, { reason: '姓名印错', actor: clerk })).toMatchObject({
      value: { state: 'queued', cardNumber: null },
    })
    expect(await office.cards.ledger.find('AB-0001')).toMatchObject({ status: 'void' })
    expect(await office.cards.complete(id, { cardNumber: 'AB-0001', actor: clerk })).toMatchObject({ code: 'card-void' })
    expect(await office.cards.complete(id, { cardNumber: 'AB-0002', actor: clerk })).toMatchObject({ ok: true })
    expect(await office.eventsOf(number)).toContain('card-job-reopened')
    await office.cards.complete(jobs[1]?.id ?? '', { cardNumber: 'AB-0003', actor: clerk })
    // The parcel is about to be prepared: that waits.
    expect(await office.cards.reopen(id, { reason: '又印错', actor: clerk })).toMatchObject({ ok: true })
    await office.run(prepareHandover, { applicationNumber: number })
    expect(await office.dispatch.find(number)).toMatchObject({ state: 'taken-back' })
    await office.cards.complete(id, { cardNumber: 'AB-0004', actor: clerk })
    // The job that found cards to be done is over: another one was queued.
    expect(await office.queue.find(prepareHandover, `${number}:1`)).toMatchObject({ state: 'queued' })
    await office.run(prepareHandover, { applicationNumber: number })
    expect(await office.dispatch.find(number)).toMatchObject({ state: 'prepared', waybillNumber: '1151238971000', method: 'post' })
  })

  it('makes a card again as long as it is in the house: label, packing and closing begin anew', async () => {
    const office = await openBackOffice()
    const { number, jobs } = await queueFor(office, cleanSets.enrol())
    const [legal = '', operator = ''] = jobs.map(({ id }) => id)
    await office.cards.complete(legal, { cardNumber: 'AB-0001', actor: clerk })
    await office.cards.complete(operator, { cardNumber: 'AB-0002', actor: clerk })
    await office.run(prepareHandover, { applicationNumber: number })
    await office.pack(number)
    expect(await office.cards.reopen(legal, { reason: '装包时发现卡面划伤', actor: clerk })).toMatchObject({ ok: true })
    expect(await office.statusOf(number)).toBe('making-cards')
    expect(await office.dispatch.find(number)).toMatchObject({ state: 'taken-back', waybillNumber: null })
    expect(await office.dispatch.handToCourier(number, clerk)).toMatchObject({ ok: false })
    // Before the card is done nothing is prepared, however often it is asked for.
    await office.run(prepareHandover, { applicationNumber: number })
    expect(await office.dispatch.find(number)).toMatchObject({ state: 'taken-back' })
    await office.cards.complete(legal, { cardNumber: 'AB-0003', actor: clerk })
    expect(await office.queued(prepareHandover)).toHaveLength(2)
    await office.run(prepareHandover, { applicationNumber: number })
    const again = await office.dispatch.find(number)
    expect(again).toMatchObject({ state: 'prepared', waybillNumber: '1151238971001', noticeNumber: `LK-${number}-2` })
    expect(again?.items.map(({ cardNumber }) => cardNumber)).toEqual(['AB-0003', 'AB-0002'])
    expect(await office.parcels.applicationOfWaybill('1151238971000')).toBe(number)
    await office.pack(number)
    expect(await office.dispatch.handToCourier(number, clerk)).toMatchObject({ ok: true })
    // Gone: what is wrong now is a replacement.
    expect(await office.cards.reopen(legal, { reason: '又划伤', actor: clerk })).toMatchObject({ code: 'cards-gone' })
    expect(await office.cards.ledger.find('AB-0003')).toMatchObject({ status: 'valid' })
    // The void card stays until it is destroyed.
    expect((await office.parcels.house()).map((card) => card.number)).toEqual(['AB-0001'])
  })
})

describe('the ledger', () => {
  it('keeps the term of a new and of a renewed certificate', async () => {
    const office = await openBackOffice()
    const made = await queueFor(office, cleanSets['add-operator']())
    const id = made.jobs[0]?.id ?? ''
    for (const validUntil of ['2026-11-20', '2031-02-29'])
      expect(await office.cards.complete(id, { cardNumber: '8600000012346', validUntil, actor: clerk })).toMatchObject({
        code: 'term-wrong',
      })
    await office.cards.complete(id, { cardNumber: '8600000012346', medium: 'ic-card', actor: clerk })
    expect(await office.cards.ledger.find('8600000012346')).toMatchObject({
      medium: 'ic-card',
      validFrom: '2026-11-20',
      validUntil: '2036-11-20',
    })
    office.clock.set('2036-11-21T02:00:00Z')
    expect(await office.cards.ledger.find('8600000012346')).toMatchObject({ status: 'expired' })
  })

  it('tells the history of a card: made, renewed, unlocked, replaced', async () => {
    const office = await openBackOffice()
    const made = await queueFor(office, cleanSets['add-operator']())
    await office.cards.complete(made.jobs[0]?.id ?? '', { cardNumber: '8600000012346', actor: clerk })
    const renewed = await queueFor(office, cleanSets.renew())
    await office.cards.complete(renewed.jobs[0]?.id ?? '', { validUntil: '2031-11-20', actor: clerk })
    const unlocked = await queueFor(office, cleanSets.unlock())
    await office.cards.complete(unlocked.jobs[0]?.id ?? '', { actor: clerk })
    const replaced = await queueFor(office, cleanSets['replace-operator']())
    await office.cards.complete(replaced.jobs[0]?.id ?? '', { cardNumber: '8600000012400', actor: clerk })
    expect((await office.cards.ledger.historyOf('8600000012346')).map(({ event }) => event)).toEqual([
      { type: 'declare', from: null, to: 'valid', applicationNumber: made.number, validUntil: '2036-11-20' },
      { type: 'renew', from: 'valid', to: 'valid', applicationNumber: renewed.number, validUntil: '2031-11-20' },
      { type: 'unlock', from: 'valid', to: 'valid', applicationNumber: unlocked.number },
      { type: 'replace', from: 'valid', to: 'void', applicationNumber: replaced.number, replacedBy: '8600000012400' },
    ])
    expect(await office.applications.verifyLog(office.database)).toMatchObject({ brokenAt: null })
  })

  it('refuses work on a card that is lost or frozen until a clerk records that it is back', async () => {
    const office = await openBackOffice()
    await fillLedger(office.database, { status: 'lost' })
    const { jobs } = await queueFor(office, cleanSets.renew())
    expect(await office.cards.complete(jobs[0]?.id ?? '', { actor: clerk })).toMatchObject({ code: 'card-not-allowed' })
    await office.cards.ledger.record('8600000012346', { operation: 'cancel-lost', reason: '卡已找回' }, clerk)
    expect(await office.cards.complete(jobs[0]?.id ?? '', { actor: clerk })).toMatchObject({ ok: true })
  })

  it('gives an enterprise its new name on all its cards', async () => {
    const office = await openBackOffice()
    await fillLedger(office.database, { number: 'OTHER-CARD', enterprise_name: '厦门旧名有限公司' })
    const { jobs } = await queueFor(office, cleanSets['change-enterprise']())
    await office.cards.complete(jobs[0]?.id ?? '', { actor: clerk })
    expect(await office.cards.ledger.find('OTHER-CARD')).toMatchObject({ enterpriseName: enterprise.name })
  })

  it('refuses a credit code that the scanner read in place of a card number', async () => {
    const office = await openBackOffice()
    const { jobs } = await queueFor(office, cleanSets['add-operator']())
    expect(await office.cards.complete(jobs[0]?.id ?? '', { cardNumber: enterprise.uscc, actor: clerk })).toMatchObject({
      code: 'card-number-wrong',
    })
  })

  it('refuses a card number that is missing or no number at all', async () => {
    const office = await openBackOffice()
    const { jobs } = await queueFor(office, cleanSets['add-operator']())
    const id = jobs[0]?.id ?? ''
    expect(await office.cards.complete(id, { actor: clerk })).toMatchObject({ ok: false, code: 'card-number-missing' })
    for (const cardNumber of ['123', '卡号一二三四', 'A'.repeat(33), "12'34;"])
      expect(await office.cards.complete(id, { cardNumber, actor: clerk })).toMatchObject({ ok: false, code: 'card-number-wrong' })
  })

  it('refuses a new card under a number that another holder has', async () => {
    const office = await openBackOffice()
    const first = await queueFor(office, cleanSets['add-operator']())
    await office.cards.complete(first.jobs[0]?.id ?? '', { cardNumber: '8600000012399', actor: clerk })
    const second = await queueFor(office, [
      registrationForm('add-operator'),
      cardForm(null, stranger),
      identity(stranger),
      identity(handler),
    ])
    expect(await office.cards.complete(second.jobs[0]?.id ?? '', { cardNumber: '8600000012399', actor: clerk })).toMatchObject({
      ok: false,
      code: 'card-number-taken',
    })
  })

  it('refuses a second operator card for one person of an enterprise', async () => {
    const office = await openBackOffice()
    const first = await queueFor(office, cleanSets['add-operator']())
    await office.cards.complete(first.jobs[0]?.id ?? '', { cardNumber: '8600000012399', actor: clerk })
    const second = await queueFor(office, cleanSets['add-operator']())
    expect(await office.cards.complete(second.jobs[0]?.id ?? '', { cardNumber: '8600000012400', actor: clerk })).toMatchObject({
      ok: false,
      code: 'duplicate-operator',
    })
  })

  it('voids the lost card when it is replaced', async () => {
    const office = await openBackOffice()
    const lost = await queueFor(office, cleanSets['add-operator']())
    await office.cards.complete(lost.jobs[0]?.id ?? '', { cardNumber: '8600000012399', actor: clerk })
    const replaced = await queueFor(office, cleanSets['replace-operator']())
    await office.cards.complete(replaced.jobs[0]?.id ?? '', { cardNumber: '8600000012400', actor: clerk })
    const cards = await office.cards.ledger.cardsOf(enterprise.uscc)
    expect(Object.fromEntries(cards.map(({ number, status }) => [number, status]))).toEqual({
      '8600000012399': 'void',
      '8600000012400': 'valid',
    })
  })

  it('refuses work on a card of another enterprise, and another number than the form says', async () => {
    const office = await openBackOffice()
    const elsewhere = spoil(cleanSets.renew(), 'registration-form', { uscc: otherEnterprise.uscc, enterpriseName: otherEnterprise.name })
    const theirs = await queueFor(office, elsewhere)
    expect(await office.cards.complete(theirs.jobs[0]?.id ?? '', { actor: clerk })).toMatchObject({ ok: true })
    const ours = await queueFor(office, cleanSets.unlock())
    expect(await office.cards.complete(ours.jobs[0]?.id ?? '', { actor: clerk })).toMatchObject({
      ok: false,
      code: 'card-of-another-enterprise',
    })
    expect(await office.cards.complete(ours.jobs[0]?.id ?? '', { cardNumber: '8600000012347', actor: clerk })).toMatchObject({
      ok: false,
      code: 'card-number-differs',
    })
  })

  it('takes the holder from the clerk where no paper tells it', async () => {
    const office = await openBackOffice()
    const { jobs } = await queueFor(office, cleanSets['enrol-online']())
    expect(jobs[1]?.holderName).toBeNull()
    expect(await office.cards.complete(jobs[1]?.id ?? '', { cardNumber: '8600000012401', actor: clerk })).toMatchObject({
      ok: false,
      code: 'holder-missing',
    })
    await office.cards.complete(jobs[1]?.id ?? '', { cardNumber: '8600000012401', holderName: operator.name, actor: clerk })
    expect(await office.cards.ledger.cardsOf(enterprise.uscc)).toMatchObject([{ number: '8600000012401', holderName: operator.name }])
  })
})
