import { describe, expect, it } from 'vitest'
import { dispatchConfig } from '../../src/dispatch/dispatch-config.ts'
import { parseRange, rangesOverlap } from '../../src/dispatch/number-waybills.ts'

const rangeOf = (from: string, to: string) => {
  const range = parseRange({ from, to })
  if (!range.ok) throw new Error(range.message)
  return range.value
}

describe('waybill ranges', () => {
  it('count 13-digit numbers one by one, leading zeros kept', () => {
    const range = rangeOf('0151238971098', '0151238971101')
    expect(Array.from({ length: range.size }, (_, index) => range.at(index))).toEqual([
      '0151238971098',
      '0151238971099',
      '0151238971100',
      '0151238971101',
    ])
  })

  it('compute the check digit of S10 numbers', () => {
    const range = rangeOf('EE000000080CN', 'EE000000155CN')
    expect(range.size).toBe(8)
    expect([range.at(0), range.at(7)]).toEqual(['EE000000080CN', 'EE000000155CN'])
  })

  it('refuse what is no range', () => {
    for (const [from, to] of [
      ['1151238971060', '1151238971059'],
      ['115123897106', '115123897107'],
      ['EE473124828CN', 'EE473124846CN'],
      ['EE473124829CN', 'EF473124832CN'],
      ['1000000000000', '1999999999999'],
      ['', ''],
    ] as const)
      expect(parseRange({ from, to }), `${from}–${to}`).toMatchObject({ ok: false })
  })

  it('overlap only within one series', () => {
    expect(rangesOverlap(rangeOf('1151238971000', '1151238971099'), rangeOf('1151238971099', '1151238971100'))).toBe(true)
    expect(rangesOverlap(rangeOf('1151238971000', '1151238971099'), rangeOf('1151238971100', '1151238971100'))).toBe(false)
    expect(rangesOverlap(rangeOf('EE000000080CN', 'EE000000155CN'), rangeOf('EF000000080CN', 'EF000000155CN'))).toBe(false)
  })

  it('are checked in the configuration, where numbers may stand without quotes', () => {
    expect(dispatchConfig.parse({ waybillRanges: [{ from: 1151238971000, to: 1151238971099 }] }).waybillRanges).toEqual([
      { from: '1151238971000', to: '1151238971099' },
    ])
    expect(dispatchConfig.safeParse({ waybillRanges: [{ from: '12', to: '13' }] }).success).toBe(false)
  })
})
