import { expect, it } from 'vitest'
import { checkValues } from '../../src/forms/check-values.ts'

const faultsOf = (kind: Parameters<typeof checkValues>[0], given: Record<string, unknown>) => checkValues(kind, given, '2026-11-22').faults

it('makes values canonical', () => {
  const { contents, faults } = checkValues(
    'card-form',
    { 'legal.idNumber': '35020619920229006x', 'legal.phone': '+86 138-0600-1234', 'legal.holderName': ' 林 宏达 ', 'legal.fax': '' },
    '2026-11-22',
  )
  expect(faults).toEqual([])
  expect(contents).toMatchObject({
    'legal.idNumber': '35020619920229006X',
    'legal.phone': '13806001234',
    'legal.holderName': '林宏达',
    'legal.fax': null,
    signedDate: null,
  })
})

it.each([
  [
    'registration-form',
    { uscc: '91350206MA2XM00A2S' },
    '《制卡业务受理登记表》的“统一社会信用代码”不是正确的统一社会信用代码（18 位，末位为校验位），请核对。',
  ],
  ['card-form', { 'legal.idNumber': '35020319900101001X' }, '的“法人卡证件号码”不是正确的证件号码'],
  ['card-form', { 'operator.idNumber': '350203199001010018', 'operator.birthDate': '1990-01-02' }, '的“操作员卡出生日期”与证件号码不符'],
  ['card-form', { 'legal.idNumber': '350203199001010018', 'legal.sex': '女' }, '的“法人卡性别”与证件号码不符'],
  ['card-form', { 'legal.phone': '12' }, '不是可用的电话号码'],
  ['card-form', { signedDate: '2026-02-30' }, '不是存在的日期'],
  ['registration-form', { services: ['reader'] }, '没有“reader”这种业务'],
  ['registration-form', { services: 'renew' }, '应为文字的列表'],
  ['registration-form', { deliveryMethod: 'mail' }, '只能填 post'],
  ['registration-form', { cardNumber: '卡号' }, '不是卡号'],
  ['registration-form', { handlerName: 5 }, '应为文字'],
  ['registration-form', { handlerName: '苏\u0007岚' }, '不能打印的字符'],
  ['change-request', { changes: '变'.repeat(401) }, '超过 400 个字'],
  ['change-request', { nobody: 'x' }, '没有“nobody”这一项'],
] as const)('a %s that cannot be right is told in one sentence: %j', (kind, given, sentence) => {
  const faults = faultsOf(kind, given)
  expect(faults).toHaveLength(1)
  expect(faults[0]).toContain(sentence)
})

it('lets a passport have a number of its own', () => {
  expect(faultsOf('card-form', { 'legal.idType': '护照', 'legal.idNumber': 'AB1234567890' })).toEqual([])
  expect(faultsOf('card-form', { 'legal.idType': '居民身份证', 'legal.idNumber': 'AB1234567890' })).toHaveLength(1)
})
