import { describe, expect, it } from 'vitest'
import { cardOperationNames, cardOperations, recordableOperations, type CardOperation } from '../../src/guide/card-life.ts'
import { otherEnterprise, stranger } from '../fixtures/build-papers.ts'
import { fillLedger, plainCard } from '../fixtures/fill-ledger.ts'
import { clerk, openBackOffice } from '../fixtures/open-back-office.ts'

const { number } = plainCard

async function openWith(...cards: Parameters<typeof fillLedger>[1][]) {
  const office = await openBackOffice()
  await fillLedger(office.database, ...cards)
  const { ledger } = office.cards
  const record = (operation: CardOperation, more: { reason?: string; validUntil?: string } = {}) =>
    ledger.record(number, { operation, reason: '企业来电要求', ...more }, clerk)
  return { ...office, ledger, record }
}

describe('what a clerk records of a card', () => {
  it('moves it through its life, and each step stands in the chained log', async () => {
    const { ledger, record, applications, database } = await openWith({})
    for (const [operation, status] of [
      ['report-lost', 'lost'],
      ['cancel-lost', 'valid'],
      ['freeze', 'frozen'],
      ['unfreeze', 'valid'],
      ['lock', 'locked'],
      ['unlock', 'valid'],
      ['void', 'void'],
    ] as const)
      expect(await record(operation)).toMatchObject({ ok: true, value: { status } })
    expect((await ledger.historyOf(number)).map(({ actor, event: { type, from, to, reason } }) => [actor, type, from, to, reason])).toEqual(
      [
        [clerk, 'report-lost', 'valid', 'lost', '企业来电要求'],
        [clerk, 'cancel-lost', 'lost', 'valid', '企业来电要求'],
        [clerk, 'freeze', 'valid', 'frozen', '企业来电要求'],
        [clerk, 'unfreeze', 'frozen', 'valid', '企业来电要求'],
        [clerk, 'lock', 'valid', 'locked', '企业来电要求'],
        [clerk, 'unlock', 'locked', 'valid', '企业来电要求'],
        [clerk, 'void', 'valid', 'void', '企业来电要求'],
      ],
    )
    expect(await applications.verifyLog(database)).toEqual({ entries: 7, brokenAt: null })
  })

  it('is refused where the state does not allow it, by whom it may not be recorded, and without a reason', async () => {
    const { ledger, record } = await openWith({ status: 'void' })
    for (const operation of cardOperationNames) expect(await record(operation)).toMatchObject({ ok: false })
    expect(recordableOperations('void')).toEqual([])
    expect(await record('change')).toMatchObject({ code: 'card-by-job-only' })
    expect(await record('freeze')).toMatchObject({ code: 'card-not-allowed', message: expect.stringContaining('已作废') })
    expect(await record('freeze', { reason: ' ' })).toMatchObject({ code: 'reason-missing' })
    expect(await ledger.record('8600000099999', { operation: 'freeze', reason: '冻结' }, clerk)).toMatchObject({ code: 'card-unknown' })
    expect(await ledger.historyOf(number)).toEqual([])
  })

  it('is refused when the card changed since the clerk saw it', async () => {
    const { ledger } = await openWith({ status: 'frozen' })
    expect(await ledger.record(number, { operation: 'void', reason: '注销', seen: 'valid' }, clerk)).toMatchObject({ code: 'card-changed' })
    expect(await ledger.find(number)).toMatchObject({ status: 'frozen' })
  })

  it('renews a certificate that has run out only with a new last day', async () => {
    const { ledger, record } = await openWith({ valid_until: '2026-11-19' })
    expect(await ledger.find(number)).toMatchObject({ status: 'expired' })
    expect(await record('renew')).toMatchObject({ code: 'term-wrong' })
    for (const validUntil of ['2026-11-20', '2031-02-30', 'soon'])
      expect(await record('renew', { validUntil })).toMatchObject({ code: 'term-wrong' })
    expect(await record('renew', { validUntil: '2031-02-28' })).toMatchObject({
      value: { status: 'valid', validFrom: '2026-11-20', validUntil: '2031-02-28' },
    })
  })

  it('random recordings leave every card in a state of the table and the chain whole', async () => {
    const { ledger, record, applications, database, clock } = await openWith({})
    let seed = 7
    const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
    let status = 'valid'
    for (let turn = 0; turn < 150 && status !== 'void'; turn++) {
      const operation = cardOperationNames.filter((name) => name !== 'void')[next(cardOperationNames.length - 1)]!
      const before = await ledger.find(number)
      const result = await record(operation, { validUntil: '2999-01-01' })
      const may = recordableOperations(before!.status).includes(operation)
      expect([operation, before!.status, result.ok]).toEqual([operation, before!.status, may])
      clock.advance(next(400) * 86_400_000)
      status = (await ledger.find(number))!.status
    }
    expect((await ledger.historyOf(number)).length).toBeGreaterThan(10)
    expect(await applications.verifyLog(database)).toMatchObject({ brokenAt: null })
  })
})

describe('the state of a card today', () => {
  it('is told by the clock: a certificate holds until the end of its last day', async () => {
    const { ledger, clock } = await openWith({ valid_until: '2026-11-20' }, { number: 'LOST-1', status: 'lost', valid_until: '2026-11-20' })
    clock.set('2026-11-20T15:59:59Z')
    expect(await ledger.find(number)).toMatchObject({ status: 'valid' })
    clock.set('2026-11-20T16:00:00Z')
    expect(await ledger.find(number)).toMatchObject({ status: 'expired' })
    expect(await ledger.find('LOST-1')).toMatchObject({ status: 'lost' })
  })

  it('is what the search goes by', async () => {
    const { ledger } = await openWith(
      { number: 'OPEN', valid_until: null },
      { number: 'LATER', valid_until: '2026-12-01' },
      { number: 'OVER', valid_until: '2026-11-19' },
      { number: 'OVER-LOCKED', status: 'locked', valid_until: '2026-11-19' },
      { number: 'LOST', status: 'lost', valid_until: '2026-11-19' },
    )
    const numbersOf = async (filter: object) => (await ledger.search({ limit: 10, offset: 0, ...filter })).cards.map((card) => card.number)
    expect(await numbersOf({ status: 'valid' })).toEqual(['LATER', 'OPEN'])
    expect(await numbersOf({ status: 'expired' })).toEqual(['OVER', 'OVER-LOCKED'])
    expect(await numbersOf({ status: 'lost' })).toEqual(['LOST'])
    expect(await numbersOf({ endsBy: '2026-12-31' })).toEqual(['LATER'])
  })
})

describe('the search', () => {
  it('finds by parts of names, codes and card numbers, by a whole identity number, and takes wildcards as they are', async () => {
    const { ledger } = await openWith(
      {},
      {
        number: 'AB-100%',
        uscc: otherEnterprise.uscc,
        enterprise_name: otherEnterprise.name,
        holder_name: stranger.name,
        holder_id_number: stranger.idNumber,
      },
    )
    const numbersOf = async (text: string) => (await ledger.search({ text, limit: 10, offset: 0 })).cards.map((card) => card.number)
    expect(await numbersOf(otherEnterprise.name.slice(2, 6))).toEqual(['AB-100%'])
    expect(await numbersOf(otherEnterprise.uscc.slice(-6).toLowerCase())).toEqual(['AB-100%'])
    expect(await numbersOf('00%')).toEqual(['AB-100%'])
    expect(await numbersOf('％')).toEqual(['AB-100%'])
    expect(await numbersOf(stranger.name)).toEqual(['AB-100%'])
    expect(await numbersOf(stranger.idNumber)).toEqual(['AB-100%'])
    expect(await numbersOf(stranger.idNumber.slice(0, 8))).toEqual([])
    expect((await numbersOf('')).length).toBe(2)
  })

  it('gives pages with the number of all', async () => {
    const { ledger } = await openWith(...Array.from({ length: 7 }, (_, at) => ({ number: `CARD-${at}` })))
    const found = await ledger.search({ limit: 3, offset: 6 })
    expect([found.total, found.cards.map((card) => card.number)]).toEqual([7, ['CARD-6']])
  })
})

it('every operation has a way, and every state but 已作废 a way on', () => {
  for (const operation of cardOperationNames) expect(cardOperations[operation].ways.length).toBeGreaterThan(0)
  for (const status of ['valid', 'lost', 'frozen', 'locked', 'expired'] as const) expect(recordableOperations(status)).toContain('void')
})
