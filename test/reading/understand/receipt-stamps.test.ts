// What an office stamps on papers that it takes in says a day of its own.
import { expect, it } from 'vitest'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { blindTools, valuesOf, WrittenPage } from './write-page.ts'

const request = (): WrittenPage =>
  new WrittenPage()
    .line(400, 80, '业务变更申请表', { size: 30 })
    .row(100, 200, 60, [
      [260, '企业名称'],
      [780, '厦门示例进出口有限公司'],
    ])
    .line(110, 300, '变更内容：法定代表人由王小红变更为林小明。')
    .line(110, 700, '备注：')

it.each(['已收', '收发室', '收讫', '文件收讫章'])(
  '%s over a day is a stamp of receipt: neither a remark nor the day of signing',
  async (word) => {
    const stamped = request()
      .line(250 - 12 * word.length, 760, word)
      .line(190, 795, '2026.11.17')
    expect(valuesOf((await understandPage(stamped, { ...blindTools, strokesIn: () => [] }))[0])).toMatchObject({
      remarks: null,
      signedDate: null,
    })
  },
)

it('A day that stands by itself, or far from such words, is the enterprise’s', async () => {
  const signed = request().line(700, 600, '2026年11月17日')
  expect(valuesOf((await understandPage(signed, blindTools))[0])).toMatchObject({ signedDate: '2026-11-17' })
  const apart = request().line(700, 600, '2026年11月17日').line(720, 500, '已收')
  expect(valuesOf((await understandPage(apart, blindTools))[0])).toMatchObject({ signedDate: '2026-11-17' })
})
