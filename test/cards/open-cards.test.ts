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
import { clerk, openBackOffice } from '../fixtures/open-back-office.ts'

const ledgerCard = (number: string, kind: CardTables['card']['kind']): CardTables['card'] => ({
  number,
  kind,
  uscc: enterprise.uscc,
  enterprise_name: enterprise.name,
  holder_name: null,
  holder_id_number: null,
  status: 'active',
  issued_on: null,
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
    expect(await office.cards.cardsOf(enterprise.uscc)).toMatchObject([
      { number: 'AB-0001', kind: 'legal', holderName: legal.name, status: 'active', issuedOn: '2026-11-20' },
      { number: 'AB-0002', kind: 'operator', holderName: operator.name, status: 'active' },
    ])
  })

  it('close a deregistration without a handover and void the cards', async () => {
    const office = await openBackOffice()
    const { number, jobs } = await queueFor(office, cleanSets.deregister())
    for (const job of jobs) expect(await office.cards.complete(job.id, { actor: clerk })).toMatchObject({ ok: true })
    expect(await office.statusOf(number)).toBe('closed')
    expect(await office.queued(prepareHandover)).toEqual([])
    expect((await office.cards.cardsOf(enterprise.uscc)).map(({ status }) => status)).toEqual(['void', 'void'])
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
    await office.cards.reopen(first!.id)
    expect(await office.cards.complete(first!.id, { actor: clerk })).toMatchObject({ ok: true })
    for (const { id } of legals) expect(await office.cards.complete(id, { actor: clerk })).toMatchObject({ ok: true })
    expect(await office.statusOf(number)).toBe('closed')
    const cards = await office.cards.cardsOf(enterprise.uscc)
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
    await office.cards.reopen(id)
    expect(await office.cards.listJobs({ state: 'queued', applicationNumber: number })).toHaveLength(1)
    expect(await office.cards.complete(id, { cardNumber: '8600000012399', actor: clerk })).toMatchObject({ ok: true })
  })
})

describe('the ledger', () => {
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
    const cards = await office.cards.cardsOf(enterprise.uscc)
    expect(Object.fromEntries(cards.map(({ number, status }) => [number, status]))).toEqual({
      '8600000012399': 'void',
      '8600000012400': 'active',
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
    expect(await office.cards.cardsOf(enterprise.uscc)).toMatchObject([{ number: '8600000012401', holderName: operator.name }])
  })
})
