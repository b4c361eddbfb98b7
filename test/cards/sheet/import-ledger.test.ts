import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { BadCell } from '../../../src/cards/sheet/read-ledger-sheet.ts'
import { enterprise, operator, otherEnterprise, stranger } from '../../fixtures/build-papers.ts'
import { buildTable, type DrawnCell } from '../../fixtures/build-workbook.ts'
import { fillLedger, plainCard } from '../../fixtures/fill-ledger.ts'
import { clerk, openBackOffice } from '../../fixtures/open-back-office.ts'

const headings = [
  '卡号',
  '卡类型',
  '介质',
  '企业名称',
  '统一社会信用代码',
  '持卡人',
  '证件类型',
  '证件号码',
  '状态',
  '发卡日期',
  '证书起始日期',
  '证书有效期至',
]
const good: DrawnCell[] = [
  '8600000012346',
  '操作员卡',
  'IC卡',
  enterprise.name,
  enterprise.uscc,
  operator.name,
  '居民身份证',
  operator.idNumber,
  '有效',
  '2020-03-02',
  { d: 43892 },
  '2030年3月2日',
]
/** The good row with other cells. */
const row = (changes: Readonly<Record<string, DrawnCell>> = {}): DrawnCell[] =>
  headings.map((heading, at) => (heading in changes ? (changes[heading] ?? null) : (good[at] ?? null)))
const other = (number: string, changes: Readonly<Record<string, DrawnCell>> = {}) =>
  row({
    卡号: number,
    企业名称: otherEnterprise.name,
    统一社会信用代码: otherEnterprise.uscc,
    持卡人: stranger.name,
    证件号码: stranger.idNumber,
    ...changes,
  })

async function openWith(...cards: Parameters<typeof fillLedger>[1][]) {
  const office = await openBackOffice()
  if (cards.length > 0) await fillLedger(office.database, ...cards)
  const { ledger } = office.cards
  const take = (rows: readonly (readonly DrawnCell[])[], write = true) => ledger.importSheet(buildTable(rows), { write, actor: clerk })
  const wrong = async (...rows: (readonly DrawnCell[])[]): Promise<readonly BadCell[]> => {
    const result = await take([headings, ...rows])
    if (!result.ok) throw new Error(result.message)
    expect(result.value.written).toBe(false)
    return result.value.bad
  }
  const total = async () => (await ledger.search({ limit: 1, offset: 0 })).total
  return { ...office, ledger, take, wrong, total }
}

describe('an import', () => {
  it('takes in every row, and each card begins its history with it', async () => {
    const { take, ledger, applications, database } = await openWith()
    const result = await take([
      ['厦门分中心卡片台账'],
      headings,
      row(),
      other('AB-0001', { 卡类型: '法人', 状态: '挂失', 介质: null, 证书有效期至: null }),
    ])
    expect(result).toMatchObject({ ok: true, value: { rows: 2, added: 2, completed: 0, unchanged: 0, badCount: 0, written: true } })
    expect(await ledger.find('8600000012346')).toEqual({
      number: '8600000012346',
      kind: 'operator',
      medium: 'ic-card',
      uscc: enterprise.uscc,
      enterpriseName: enterprise.name,
      holderName: operator.name,
      holderIdType: '居民身份证',
      holderIdNumber: operator.idNumber,
      status: 'valid',
      issuedOn: '2020-03-02',
      validFrom: '2020-03-02',
      validUntil: '2030-03-02',
    })
    expect(await ledger.historyOf('AB-0001')).toMatchObject([{ actor: clerk, event: { type: 'import', from: null, to: 'lost', row: 4 } }])
    expect(await applications.verifyLog(database)).toEqual({ entries: 2, brokenAt: null })
  })

  it('of the same file twice changes nothing', async () => {
    const { take, applications, database } = await openWith()
    const rows = [headings, row(), other('AB-0001')]
    await take(rows)
    const before = await applications.verifyLog(database)
    expect(await take(rows)).toMatchObject({ value: { added: 0, completed: 0, unchanged: 2, badCount: 0 } })
    expect(await applications.verifyLog(database)).toEqual(before)
  })

  it('that is only looked at changes nothing', async () => {
    const { take, total } = await openWith()
    expect(await take([headings, row()], false)).toMatchObject({ value: { added: 1, written: false, badCount: 0 } })
    expect(await total()).toBe(0)
  })

  it('with one bad row takes in none', async () => {
    const { take, total } = await openWith()
    expect(await take([headings, row(), other('AB-0001', { 状态: '停用' })])).toMatchObject({ value: { written: false, badCount: 1 } })
    expect(await total()).toBe(0)
  })

  it('names every bad row of thousands', async () => {
    const { take } = await openWith()
    const rows = Array.from({ length: 1500 }, (_, at) => other(`AB-${at}`, { 状态: '停用' }))
    const result = await take([headings, ...rows])
    expect(result.ok && new Set(result.value.bad.map((cell) => cell.row)).size).toBe(1500)
  })

  it('completes what the ledger did not know, and overwrites nothing', async () => {
    const { take, ledger, wrong } = await openWith({ medium: null, valid_until: null, kind: null })
    expect(await take([headings, row({ 证件号码: null })])).toMatchObject({ value: { added: 0, completed: 1 } })
    expect(await ledger.find(plainCard.number)).toMatchObject({
      kind: 'operator',
      medium: 'ic-card',
      validUntil: '2030-03-02',
      holderIdNumber: operator.idNumber,
    })
    const told = await wrong(row({ 持卡人: stranger.name, 证书有效期至: '2031-03-02', 状态: '作废' }))
    expect(told.map(({ column, code }) => [column, code])).toEqual([
      ['持卡人', 'ledger-differs'],
      ['证书有效期至', 'ledger-differs'],
      ['状态', 'ledger-differs'],
    ])
  })

  it('goes by the clock: a card said to be valid or expired whose certificate has run out is the same card', async () => {
    const { take } = await openWith({ valid_until: '2026-11-19' })
    for (const state of ['有效', '已过期'])
      expect(await take([headings, row({ 状态: state, 证书有效期至: '2026-11-19' })])).toMatchObject({
        value: { unchanged: 1, badCount: 0 },
      })
  })
})

describe('a bad cell is named by row and column with a sentence', () => {
  const said = (cells: readonly BadCell[]) => cells.map(({ row: at, column, code }) => `${at} ${column} ${code}`)

  it.each<[string, Record<string, DrawnCell>, string]>([
    ['a card number that Excel made a float', { 卡号: { n: '8.6000000012346E+12' } }, '卡号 number-format'],
    ['a card number as a whole number', { 卡号: { n: '8600000012346' } }, '卡号 number-format'],
    ['scientific notation as text', { 卡号: '8.6E+12' }, '卡号 number-format'],
    ['an identity number without its last digits', { 证件号码: { n: '3.50206198506150E+17' } }, '证件号码 number-format'],
    ['a card number that is none', { 卡号: '卡一' }, '卡号 card-number-wrong'],
    ['a credit code whose check digit is wrong', { 统一社会信用代码: '91350206MA2XM00A3T' }, '统一社会信用代码 uscc-wrong'],
    ['an identity number whose check digit is wrong', { 证件号码: '35020319900101001X' }, '证件号码 id-number-wrong'],
    ['a birth date that does not exist', { 证件号码: '350203199002310012' }, '证件号码 id-number-wrong'],
    ['a masked identity number of a card that is not known', { 证件号码: '350206********0029' }, '证件号码 id-number-masked'],
    ['an unknown state', { 状态: '停用' }, '状态 unknown-state'],
    ['an unknown kind', { 卡类型: '副卡' }, '卡类型 unknown-kind'],
    ['an empty cell that is needed', { 企业名称: null }, '企业名称 cell-empty'],
    ['a day that does not exist', { 发卡日期: '2021-02-29' }, '发卡日期 date-wrong'],
    ['a day in the future', { 发卡日期: '2027-01-01' }, '发卡日期 date-wrong'],
    ['a bare number for a day', { 证书有效期至: { n: '45981' } }, '证书有效期至 date-wrong'],
    ['a term that ends before it begins', { 证书有效期至: '2019-01-01' }, '证书有效期至 term-wrong'],
    ['a card said to be expired that is not', { 状态: '已过期' }, '状态 state-term'],
    ['a formula', { 持卡人: { f: 'B2+C2' } }, '持卡人 cell-formula'],
    ['a number in place of a name', { 持卡人: { n: '12' } }, '持卡人 cell-wrong'],
    ['a name that never ends', { 企业名称: '长'.repeat(101) }, '企业名称 cell-too-long'],
  ])('%s', async (_, changes, expected) => {
    const { wrong } = await openWith()
    const bad = await wrong(row(changes))
    expect(said(bad)).toEqual([`2 ${expected}`])
    expect(bad[0]?.message).toMatch(/。$/u)
  })

  it('a number twice, one name for two codes, one person with two operator cards', async () => {
    const { wrong } = await openWith({ number: 'OLD-1' })
    expect(
      said(
        await wrong(
          other('AB-0001'),
          other('ab-0001 '),
          other('AB-0002'),
          other('AB-0003', { 企业名称: '厦门别家有限公司', 证件号码: null }),
          row(),
        ),
      ),
    ).toEqual(['3 卡号 number-repeated', '4 证件号码 duplicate-operator', '5 企业名称 name-differs', '6 证件号码 duplicate-operator'])
  })

  it('a missing and a repeated heading', async () => {
    const { take } = await openWith()
    const result = await take([['卡号', '统一社会信用代码', '卡号', '状态', '持卡人', '企业名称'], row()])
    expect(result.ok && said(result.value.bad)).toEqual(['1 卡类型 column-missing', '1 卡号 column-repeated'])
  })

  it('a file that is no ledger is refused as a whole', async () => {
    const { take, ledger } = await openWith()
    expect(await take([['姓名', '电话']])).toMatchObject({ ok: false, code: 'headings-missing' })
    expect(await take([headings])).toMatchObject({ ok: false, code: 'rows-missing' })
    expect(await ledger.importSheet(Buffer.from('nothing'), { write: true, actor: clerk })).toMatchObject({
      ok: false,
      code: 'sheet-not-xlsx',
    })
  })
})

describe('an export', () => {
  function intoMemory() {
    const chunks: Buffer[] = []
    const stream = new Writable({
      write(chunk: Buffer, _, next) {
        chunks.push(chunk)
        next()
      },
    })
    return { stream, bytes: () => Buffer.concat(chunks) }
  }

  it('can be imported again where it came from, masked or whole, and anywhere else only whole', async () => {
    const here = await openWith(
      {},
      { number: 'AB-0001', kind: 'legal', status: 'frozen', medium: null, holder_name: '=1+1', valid_until: '2021-01-01' },
    )
    for (const wholeIds of [false, true]) {
      const file = intoMemory()
      expect(await here.ledger.exportSheet(file.stream, { wholeIds })).toBe(2)
      expect(await here.ledger.importSheet(file.bytes(), { write: true, actor: clerk })).toMatchObject({
        value: { unchanged: 2, badCount: 0 },
      })
      const there = await openWith()
      expect(await there.ledger.importSheet(file.bytes(), { write: true, actor: clerk })).toMatchObject({ value: { written: wholeIds } })
      if (wholeIds) expect(await there.ledger.find('AB-0001')).toEqual(await here.ledger.find('AB-0001'))
    }
  })

  it('has a template whose headings are understood', async () => {
    const { ledger } = await openWith()
    const file = intoMemory()
    await ledger.writeTemplate(file.stream)
    expect(await ledger.importSheet(file.bytes(), { write: false, actor: clerk })).toMatchObject({ code: 'rows-missing' })
  })
})
