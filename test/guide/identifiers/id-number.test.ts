import { describe, expect, it } from 'vitest'
import { isValidIdNumber, maskIdNumber, normalizeIdNumber, readIdNumber } from '../../../src/guide/identifiers/id-number.ts'

describe('the number of an identity document', () => {
  it.each([
    ['11010519491231002X', 'resident', '1949-12-31', '女'],
    ['440524188001010014', 'resident', '1880-01-01', '男'],
    ['350203199001010018', 'resident', '1990-01-01', '男'],
    ['350206198506150029', 'resident', '1985-06-15', '女'],
    ['350212200002290041', 'resident', '2000-02-29', '女'],
    ['35020619920229006X', 'resident', '1992-02-29', '女'],
    ['810000199003072010', 'residence-permit', '1990-03-07', '男'],
    ['820000198512123012', 'residence-permit', '1985-12-12', '男'],
    ['830000197807014013', 'residence-permit', '1978-07-01', '男'],
    ['935840199003070011', 'permanent-resident', null, null],
    ['CAN110078010401', 'permanent-resident', null, null],
    ['H12345678', 'travel-permit', null, null],
    ['E12345678', 'passport', null, null],
    ['EA1234567', 'passport', null, null],
    ['140362941', 'passport', null, null],
    ['12AB34567', 'passport', null, null],
    ['E1234567X', 'passport', null, null],
    ['M123A4567', 'passport', null, null],
    ['C01X00T47', 'passport', null, null],
  ] as const)('%s is told as %s, born %s, %s', (number, kind, birthDate, sex) => {
    const read = readIdNumber(number)
    expect(read).toEqual({ kind, birthDate, sex })
  })

  it.each([
    ['35020319900101001X', 'check-digit'],
    ['350203199002310012', 'birth-date'],
    ['35020320990101001X', 'birth-date'],
    ['35020319900101001', 'form'],
    ['', 'form'],
  ])('%s is refused for its %s', (number, fault) => {
    expect(readIdNumber(number, '2026-11-22')).toEqual({ fault })
  })

  it('takes a small x and full-width digits', () => {
    expect(normalizeIdNumber('１１０１０５ 19491231002x')).toBe('11010519491231002X')
    expect(isValidIdNumber(normalizeIdNumber('35020619920229006x'))).toBe(true)
  })

  it('is shown without the birth date where the whole is not needed', () => {
    expect(maskIdNumber('350203199001010018')).toBe('350203********0018')
    expect(maskIdNumber('E1234567')).toBe('E1****')
  })
})
