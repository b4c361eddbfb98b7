// Labels behind or below their lines, places told in sentences, English that a narrow cell wraps, what a page says beside its fields.
import { describe, expect, it } from 'vitest'
import type { PaperOnPage } from '../../../src/reading/page.ts'
import { leaveOutGlosses } from '../../../src/reading/understand/text/leave-out-glosses.ts'
import { findNotes } from '../../../src/reading/understand/text/find-notes.ts'
import { arrangeLines } from '../../../src/reading/understand/text/letters.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { withoutSlanted } from '../../../src/reading/worker/merge-layer.ts'
import { blindTools, valuesOf, WrittenPage } from './write-page.ts'

const typed = { source: 'text-layer' } as const
const noInk = { ...blindTools, strokesIn: () => [] }
const office = '中国电子口岸数据中心厦门分中心'
const titled = (title: string): WrittenPage => new WrittenPage().line(250, 60, `${office}${title}`, { ...typed, size: 30 })
const read = async (page: WrittenPage): Promise<PaperOnPage> => (await understandPage(page, noInk))[0]!

describe('Labels behind their lines', () => {
  const sheet = (rows: readonly (readonly [value: string, label: string])[]): WrittenPage => {
    const page = titled('业务变更申请表')
    for (const [at, [value, label]] of rows.entries()) {
      if (value) page.line(120, 150 + 60 * at, value, typed)
      page.line(800, 150 + 60 * at, label, typed)
    }
    return page.line(120, 500, '变更内容：法定代表人由林小红变更为陈建国。', typed).line(800, 700, '日期：2026年9月8日', typed)
  }

  it('have the values before them', async () => {
    const paper = await read(
      sheet([
        ['厦门示例进出口有限公司', '公司名称'],
        ['91350206MA2XM00A2T', '4统一社会信用代码'],
        ['林小红', '联系人'],
        ['13659174210', '联系电话'],
      ]),
    )
    expect(valuesOf(paper)).toMatchObject({
      enterpriseName: '厦门示例进出口有限公司',
      uscc: '91350206MA2XM00A2T',
      contactName: '林小红',
      contactPhone: '13659174210',
      signedDate: '2026-09-08',
    })
  })

  it('are not promised to be empty where one alone is on the sheet', async () => {
    const page = titled('业务变更申请表')
      .row(
        100,
        200,
        60,
        [
          [200, '公司名称'],
          [700, '厦门示例进出口有限公司'],
        ],
        typed,
      )
      .line(120, 330, '13659174210', typed)
      .line(800, 330, '联系电话：', typed)
    const { contactPhone } = (await read(page)).fields
    expect(contactPhone).not.toMatchObject({ value: null, certain: true })
  })
})

it('A value above its label stays its own, though words across the page left a piece on the row', async () => {
  const page = titled('制卡业务受理登记表')
  for (const [at, [value, label]] of (
    [
      ['厦门示例进出口有限公司', '公司名称'],
      ['91350206MA2XM00A2T', '统一社会信用代码'],
      ['林小红', '经办人'],
      ['13659174210', '经办人电话'],
    ] as const
  ).entries())
    page.line(400, 150 + 90 * at, value, typed).line(410, 185 + 90 * at, label, { ...typed, size: 18 })
  page.line(700, 183 + 180, '5D')
  expect(valuesOf(await read(page))).toMatchObject({ handlerName: '林小红', handlerPhone: '13659174210' })
})

describe('A sentence with blanks', () => {
  const letter = (rows: readonly string[]): WrittenPage => {
    const page = new WrittenPage().line(480, 60, '授权委托书', { ...typed, size: 40 }).line(100, 150, `${office}：`, typed)
    for (const [at, row] of rows.entries()) page.line(at === 0 ? 148 : 100, 300 + 34 * at, row, typed)
    return page
      .line(100, 500, '公司名称：厦门示例进出口有限公司', typed)
      .line(100, 550, '法人姓名：陈建国', typed)
      .line(100, 600, '法人电话（手机）：13800138000', typed)
  }

  it('tells where a parcel goes to, though its rows end amid words', async () => {
    const paper = await read(
      letter(['请将电子口岸安全产品邮寄至福建省厦门市集美区灌口大道267号8号楼10层B单元，收件', '人林小红，联系电话13659174210。']),
    )
    expect(valuesOf(paper)).toMatchObject({
      recipientAddress: '福建省厦门市集美区灌口大道267号8号楼10层B单元',
      recipientName: '林小红',
      recipientPhone: '13659174210',
    })
  })

  it('tells nothing by its printed words, and a name without the bracket opened behind it', async () => {
    const empty = await read(letter(['我司授权贵单位在办理完成后通过EMS快递至以下我司地址，因快递业务产生的费用由我司自行承担。']))
    expect(valuesOf(empty)).toMatchObject({ recipientAddress: null })
    const paper = await read(
      letter(['我司授权贵单位将卡寄至收件地址厦门市同安区美禾九路448号，由收件人林小红（联系电话13659174210）签收。']),
    )
    expect(valuesOf(paper)).toMatchObject({
      recipientAddress: '厦门市同安区美禾九路448号',
      recipientName: '林小红',
      recipientPhone: '13659174210',
    })
  })
})

it('English that a narrow cell breaks off amid a word is left out on all of its rows', () => {
  const page = new WrittenPage()
    .line(100, 100, '单位名称Com', typed)
    .line(110, 130, 'panyName:', typed)
    .line(400, 115, 'COMET（厦门）有限公司', typed)
    .line(100, 200, '学历Educatio', typed)
    .line(150, 230, 'n:', typed)
  expect(leaveOutGlosses(arrangeLines(page)).map(({ text }) => text)).toEqual(['单位名称', 'COMET(厦门)有限公司', '学历'])
})

it('The day below the card office’s check is not the enterprise’s, whose own column is blank', async () => {
  const page = titled('企业注销申请表')
    .line(100, 200, '公司名称：厦门示例进出口有限公司', typed)
    .line(100, 300, '公司签章：', typed)
    .line(700, 300, '制卡中心审核：', typed)
    .line(100, 380, '申请日期：      年    月    日', typed)
    .line(700, 380, '办理日期：2026-11-21', typed)
  expect(valuesOf(await read(page))).toMatchObject({ applicationDate: null })
})

it('A number of a list that the end of a row broke off is one', async () => {
  const page = titled('企业注销申请表')
    .row(
      100,
      200,
      60,
      [
        [250, '公司名称'],
        [800, '厦门示例进出口有限公司'],
      ],
      typed,
    )
    .row(
      100,
      260,
      90,
      [
        [250, '电子口岸操作员卡号'],
        [800, '300899448882、3507758213741、254665753467、2\n83812756959、595125482236'],
      ],
      typed,
    )
  expect(valuesOf(await read(page)).operatorCardNumbers).toEqual([
    '300899448882',
    '3507758213741',
    '254665753467',
    '283812756959',
    '595125482236',
  ])
})

it('An item of a list of notes may say something amid others that ask', () => {
  const page = new WrittenPage()
    .line(100, 100, '填写须知：')
    .line(100, 135, '1、联系电话请填写手机号码，保持畅通')
    .line(100, 170, '2.统一社会信用代码为十八位')
    .line(100, 205, '3、卡号印于卡片正面左下角')
    .line(100, 240, '4.企业名称须与公章一致')
  expect(findNotes(arrangeLines(page)).size).toBe(5)
})

it('What lies in the last row of a sheet whose values stand below their labels is overleaf, so nothing is promised', async () => {
  const page = titled('电子口岸卡登记表').line(400, 1100, '操作员卡持卡人信息', typed)
  const rows = [
    ['持卡人姓名：', '林小红', '性别：', '女'],
    ['学历：', '大专', '证件类别：', '身份证'],
    ['职务：', '报关员', '国籍：', '中国'],
    ['联系电话：', '', '传真：', ''],
  ] as const
  for (const [at, [one, value, other, second]] of rows.entries()) {
    const y = 1200 + 100 * at
    page.line(100, y, one, { ...typed, size: 18 }).line(700, y, other, { ...typed, size: 18 })
    if (value) page.line(100, y + 34, value, typed).line(700, y + 34, second, typed)
  }
  const { fields } = await read(page)
  expect(fields['operator.holderName']!.value).toBe('林小红')
  expect(fields['operator.fax']).toMatchObject({ value: null, certain: false })
})

it('Only regions as much aslant as words that the file itself sets aslant are left out', () => {
  const characters = Array.from('仅供办理', (character, at) => ({
    character,
    box: { x: 100 + 50 * at, y: 300 - 29 * at, width: 60, height: 60 },
    turn: -30,
    isBlank: false,
  }))
  const slanted = { x: 200, y: 286, width: 260, height: 58, angle: -Math.PI / 6 }
  const level = { x: 220, y: 280, width: 400, height: 30, angle: 0 }
  expect(withoutSlanted([slanted, level] as never, characters)).toEqual([level])
})
