// A value in red ink goes with the ink of the seal over it: that nothing is left there proves nothing.
import { expect, it } from 'vitest'
import type { FoundSeal } from '../../../src/reading/page.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { blindTools, WrittenPage } from './write-page.ts'

const seal: FoundSeal = { box: { x: 380, y: 250, width: 240, height: 240 }, color: 'red', shape: 'round', text: null, confidence: 0.9 }
const contact = { x: 360, y: 320, width: 780, height: 60 }

const requestOf = (): WrittenPage =>
  new WrittenPage()
    .line(400, 80, '业务变更申请表', { size: 30 })
    .row(100, 200, 60, [
      [260, '企业名称'],
      [780, '厦门示例进出口有限公司'],
    ])
    .row(100, 260, 60, [
      [260, '社会统一信用代码'],
      [780, '91350206MA2XM00A2T'],
    ])
    .row(100, 320, 60, [
      [260, '联系人'],
      [780, ''],
    ])
    .row(100, 380, 60, [
      [260, '联系电话'],
      [780, '13800138000'],
    ])

const contactName = async (isRed: boolean, ...seals: readonly FoundSeal[]) => {
  const page = requestOf()
  page.seals.push(...seals)
  const [paper] = await understandPage(page, { ...blindTools, strokesIn: () => [], isRed: ({ y }) => isRed && (y < contact.y || y > 380) })
  return paper!.fields.contactName
}

it('A place under a red seal is empty only on a paper that is not written in red', async () => {
  expect(await contactName(false, seal)).toMatchObject({ value: null, certain: true })
  expect(await contactName(true, seal)).toMatchObject({ value: null, certain: false })
  expect(await contactName(true)).toMatchObject({ value: null, certain: true })
})
