import { describe, expect, it } from 'vitest'
import { carrierOf, isWaybillNumber, normalizeWaybill, s10CheckDigit } from '../../../src/guide/identifiers/waybill-number.ts'

describe('a waybill number', () => {
  it('of EMS is known by its form, and by its check digit where it has one', () => {
    for (const number of [
      'EE473124829CN',
      'EE123456785CN',
      'EE000000080CN',
      'EE000000155CN',
      '1151238971060',
      '9876543210123',
      'PA12345678901',
    ])
      expect([number, carrierOf(number)]).toEqual([number, 'ems'])
    expect(['47312482', '12345678', '00000008', '00000015'].map(s10CheckDigit)).toEqual([9, 5, 0, 5])
  })

  it('with a wrong check digit is misread: no slip in one place goes unnoticed', () => {
    expect(carrierOf('EE473124828CN')).toBe('misread')
    const number = 'EE473124829CN'
    for (let at = 2; at < 11; at += 1)
      for (const digit of '0123456789')
        if (digit !== number[at]) expect(carrierOf(number.slice(0, at) + digit + number.slice(at + 1))).toBe('misread')
  })

  it('of another carrier is known by its letters; digits alone that several use are nobody’s', () => {
    expect(['SF1234567890123', 'YT1234567890123', 'JD0012345678901', 'DPK1234567890'].map(carrierOf)).toEqual(['sf', 'yto', 'jd', 'deppon'])
    expect(carrierOf('RR473124829CN')).toBe('china-post')
    for (const number of ['4612345678901', '773012345678901', '123456789012']) expect(carrierOf(number)).toBeNull()
  })

  it('is the same however it is typed', () => {
    expect(normalizeWaybill(' ee 4731 2482-9ｃn ')).toBe('EE473124829CN')
    expect(['', 'HELLO', '12345', 'XM20261120-0001', '1151238971060'].map(isWaybillNumber)).toEqual([false, false, false, false, true])
  })
})
