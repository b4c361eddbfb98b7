import { describe, expect, it } from 'vitest'
import { isMobilePhone, isOfKnownLength, isValidPhone, normalizePhone } from '../../../src/guide/identifiers/phone.ts'

describe('a telephone number', () => {
  it.each(['13800138000', '19912345678', '05925653395', '05925653395-801', '01062345678', '5653395', '4008001234', '0085223456789'])(
    '%s can be called',
    (phone) => expect(isValidPhone(phone)).toBe(true),
  )
  it.each([
    '1380013800',
    '138001380000',
    '12800138000',
    '0592565339',
    '05921653395',
    '059256533951',
    '059256533951-801',
    '',
    '86',
    '0592-5653395',
  ])('%s cannot be called', (phone) => expect(isValidPhone(phone)).toBe(false))
  it.each([
    ['0592-5653395', '05925653395'],
    ['（0592）5653395 转 801', '05925653395-801'],
    ['0592-5653395-12', '05925653395-12'],
    ['+86 138 0013 8000', '13800138000'],
    ['138-0013-8000', '13800138000'],
    ['１３８００１３８０００', '13800138000'],
  ])('%s is written %s', (text, phone) => expect(normalizePhone(text)).toBe(phone))
  it('lacks no digit where its form tells how many there are', () => {
    expect(['13800138000', '05925653395', '01062345678'].filter(isOfKnownLength)).toHaveLength(3)
    // Numbers of 0595 have eight digits or, as read here, seven.
    expect(['1380013800', '0592565339', '059256533951', '05955653395', '5653395'].filter(isOfKnownLength)).toEqual([])
  })
  it('is a mobile number only with 11 digits from 13 to 19', () => {
    expect(isMobilePhone('13800138000')).toBe(true)
    expect(isMobilePhone('05925653395')).toBe(false)
  })
})
