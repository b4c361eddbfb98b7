import { describe, expect, it } from 'vitest'
import { claimOf, columnOf, countFound, tableTrust, textValues, typeOf } from '../../bench/judge-values.ts'
import type { JudgedValue } from '../../test/corpus/score-reading.ts'

const field = (value: unknown, more = {}) => ({ value, confidence: 1, source: 'ocr', page: 0, box: null, certain: true, ...more }) as never

describe('what the bench counts', () => {
  it('finds a value in a text however its lines are broken and its codes are grouped', () => {
    expect(
      countFound(['厦门示例有限公司', '91350206MA2XM00A2T', '0592-5653395'], '厦门示例\n有限公司 913502 06MA2XM0 0A2T ０５９２—5653395'),
    ).toBe(3)
    expect(countFound(['厦门示例有限公司'], '厦门示列有限公司')).toBe(0)
  })

  it('asks for texts only, not for ticks, dates or what nobody can read', () => {
    const fields = {
      enterpriseName: field('厦门示例有限公司'),
      services: field(['enrol']),
      applicationDate: field('2026-11-20'),
      operatorCardNumbers: field(['0012345678', '0012345679']),
      handlerName: field('王伟', { legible: false }),
      handlerPhone: field(null),
    }
    expect(textValues({ kind: 'registration-form', confidence: 1, pages: [], seals: [], fields })).toEqual([
      '厦门示例有限公司',
      '0012345678',
      '0012345679',
    ])
  })

  it('puts every copy into a column of the bar and every field into a type', () => {
    expect(['digital-form', 'screenshot', 'scan300', 'scan200-pdf hand', 'gray', 'phone hand', 'bilevel'].map(columnOf)).toEqual([
      'digital',
      'digital',
      'scan',
      'hand, scan',
      'grey',
      'hand, phone',
      'fax',
    ])
    expect(['legal.idNumber', 'recipientPhone', 'signedDate', 'address', 'invoiceTitle', 'services', 'remarks'].map(typeOf)).toEqual([
      'code',
      'phone',
      'date',
      'address',
      'name',
      'tick',
      'word',
    ])
  })

  it('sets what was claimed beside what was right', () => {
    const value = (confidence: number, right: boolean): JudgedValue => ({
      device: 'fax',
      kind: 'card-form',
      field: 'signedDate',
      confidence,
      certain: false,
      right,
      told: true,
    })
    expect(tableTrust([value(0.9, true), value(0.9, false), value(0.9995, true)], ({ confidence }) => claimOf(confidence))).toEqual([
      { group: '0.9000', values: 2, claimed: 0.9, measured: 0.5, wrong: 1 },
      { group: '0.9995', values: 1, claimed: 0.9995, measured: 1, wrong: 0 },
    ])
  })
})
