import { expect, it } from 'vitest'
import { isCopyCaption, labelsAs } from '../../src/guide/copy-labels.ts'

it.each([
  '持卡人身份证复印件',
  '（一）经办人身份证正反面复印件：',
  '2、法定代表人居民身份证复印件（正面）',
  '操作员兼经办人身份证件',
  '持卡人（兼经办人）身份证复印件',
  '法人、操作员身份证',
])('%s says whose copy it is', (line) => expect(isCopyCaption(line)).toBe(true))

it.each([
  '此复印件仅用于办理操作员卡，与身份证原件一致',
  '仅供经办人办理电子口岸卡使用',
  '居民身份证',
  '经办人：苏晓岚',
  '经办人签字',
  '与身份证原件相符',
])('%s does not', (line) => expect(isCopyCaption(line)).toBe(false))

it('is of two parties only where it says that they are one person', () => {
  const parties = (label: string) => (['legal', 'operator', 'holder', 'handler'] as const).filter((party) => labelsAs(party, label))
  expect(parties('持卡人身份证.jpg')).toEqual(['holder'])
  expect(parties('法定代表人身份证复印件')).toEqual(['legal'])
  expect(parties('操作员兼经办人身份证')).toEqual(['operator', 'handler'])
  expect(parties('持卡人和经办人身份证.pdf')).toEqual([])
  expect(parties('扫描_01.jpg')).toEqual([])
})
