import { describe, expect, it } from 'vitest'
import { parseFieldInput } from '../../src/desk/pages/parse-field-input.ts'
import type { FieldType } from '../../src/guide/papers.ts'

const parse = (type: FieldType, ...typed: string[]) => {
  const result = parseFieldInput({ name: 'x', type, label: '甲' }, typed)
  return result.ok ? result.value : result.code
}

describe('what a clerk types', () => {
  it.each([
    ['date', '2026年1月2日', '2026-01-02'],
    ['date', '２０２６.１１.２０', '2026-11-20'],
    ['date', '20261120', '2026-11-20'],
    ['date', '2026-02-30', 'invalid-date'],
    ['date-or-forever', '长期', '长期'],
    ['phone', '138 5001 2345', '13850012345'],
    ['phone', '+86 13850012345', '13850012345'],
    ['phone', '0592-5653395', '0592-5653395'],
    ['phone', '打不通', 'invalid-phone'],
    ['uscc', '91350206 ma2xm00a2t', '91350206MA2XM00A2T'],
    ['id-number', '11010519491231002x', '11010519491231002X'],
    ['id-number', '证件', 'invalid-code'],
    ['name', ' 厦门 示例 有限公司 ', '厦门示例有限公司'],
    ['sex', '女', '女'],
    ['sex', '其他', 'invalid-sex'],
    ['delivery', 'post', 'post'],
    ['delivery', '自取', 'invalid-delivery'],
    ['text', '   ', null],
    ['text', '长'.repeat(501), 'value-too-long'],
    ['items', '读卡器', 'not-editable'],
  ] as const)('as %s “%s” becomes %s', (type, typed, value) => {
    expect(parse(type, typed)).toBe(value)
  })

  it('lists are split, services are those that exist', () => {
    expect(parse('list', 'A1、B2, C3')).toEqual(['A1', 'B2', 'C3'])
    expect(parse('services', 'unlock', 'nonsense', 'renew')).toEqual(['renew', 'unlock'])
  })
})
