// More of what offices vary about the guide’s forms: numbered and bilingual labels, parts of one person, labels below their values, lists of notes.
// Longer than 400 lines: each case writes the sheet that it is about.
import { describe, expect, it } from 'vitest'
import type { PaperOnPage } from '../../../src/reading/page.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { findNotes } from '../../../src/reading/understand/text/find-notes.ts'
import { leaveOutGlosses } from '../../../src/reading/understand/text/leave-out-glosses.ts'
import { leaveOutPageNumber } from '../../../src/reading/understand/text/leave-out-page-number.ts'
import { arrangeLines } from '../../../src/reading/understand/text/letters.ts'
import { blindTools, valuesOf, WrittenPage } from './write-page.ts'

const read = async (page: WrittenPage): Promise<PaperOnPage> => (await understandPage(page, blindTools))[0]!
const typed = { source: 'text-layer' } as const
const office = '中国电子口岸数据中心厦门分中心'

const titled = (title: string): WrittenPage => new WrittenPage().line(250, 60, `${office}${title}`, { ...typed, size: 30 })
const letter = (): WrittenPage => new WrittenPage().line(480, 60, '授权委托书', { ...typed, size: 40 }).line(100, 150, `${office}：`, typed)
const downwards = (page: WrittenPage, x: number, y: number, text: string): void => {
  for (const [at, one] of Array.from(text).entries()) page.line(x, y + 30 * at, one, typed)
}

describe('the number of a place', () => {
  it('is no part of the value before its label', async () => {
    const page = letter()
      .line(100, 250, '1.收件地址：厦门市湖里区象兴一路11号D8区，2.收件人：林小红，（3）*联系电话：13800138000', typed)
      .line(100, 350, '4.公司名称：厦门示例进出口有限公司', typed)
      .line(100, 400, '5.法人姓名：陈建国', typed)
    expect(valuesOf(await read(page))).toMatchObject({
      recipientAddress: '厦门市湖里区象兴一路11号D8区',
      recipientName: '林小红',
      recipientPhone: '13800138000',
      legalName: '陈建国',
    })
  })

  it('needs no sign where each label has one, and is none before a single label', async () => {
    const page = letter().line(100, 250, '①收件地址：厦门市湖里区象兴一路11号307单元②收件人：林小红③联系电话：13800138000', typed)
    expect(valuesOf(await read(page))).toMatchObject({ recipientAddress: '厦门市湖里区象兴一路11号307单元', recipientName: '林小红' })
    const single = letter().line(100, 250, '收件地址：厦门市湖里区象兴一路11号之2 收件人：林小红', typed)
    expect(valuesOf(await read(single))).toMatchObject({ recipientAddress: '厦门市湖里区象兴一路11号之2' })
  })
})

describe('the mark of what must be filled in', () => {
  it('begins a label, which is not the rest of the one above it', async () => {
    const page = titled('制卡业务受理登记表')
    for (const [at, [label, value]] of [
      ['*企业名称', '厦门示例进出口有限公司'],
      ['*统一社会信用代码', '91350206MA2XM00A2T'],
      ['*经办人', '林小红'],
      ['*联系电话', '13800138000'],
    ].entries())
      page.line(110, 200 + 38 * at, label!, typed).line(500, 200 + 38 * at, value!, typed)
    expect(valuesOf(await read(page))).toMatchObject({ handlerName: '林小红', handlerPhone: '13800138000' })
  })
})

describe('a list of notes', () => {
  const notes = [
    '填表说明：',
    '1、联系电话请填写持卡人本人手机号码，',
    '传真如无可不填。',
    '2.用户地址应详细到门牌号。',
    '3、职务按实际情况填写。',
  ]

  it('is no part of the form above it', async () => {
    const page = titled('电子口岸卡登记表').line(110, 130, '操作员卡持卡人基本信息', typed)
    for (const [at, [label, value]] of [
      ['持卡人姓名：', '林小红'],
      ['职务：', ''],
      ['用户地址：', ''],
    ].entries())
      page.line(110, 200 + 50 * at, `${label}${value}`, typed)
    for (const [at, note] of notes.entries()) page.line(110, 500 + 32 * at, note, typed)
    expect(valuesOf(await read(page))).toMatchObject({
      'operator.holderName': '林小红',
      'operator.position': null,
      'operator.address': null,
    })
  })

  it('is no form by itself', async () => {
    const page = new WrittenPage().line(500, 80, '填写说明', { ...typed, size: 28 })
    for (const [at, note] of [
      '1、企业名称：填写营业执照上的全称。',
      '2、业务类别：新用户入网、企业基本信息变更、补卡、增办、注销、电子口岸卡证书更新、电子口岸卡解锁，在□内打√。',
      '3、经办人、联系电话：填写本企业办理人员的姓名和手机号码。',
      '4、收件地址、收件人、联系电话：用于EMS到付邮寄，请勿漏填。',
      '5、邮寄领卡的，请选择邮寄领卡；窗口领卡的，请打印领卡通知单。',
    ].entries())
      page.line(100, 160 + 50 * at, note, typed)
    expect((await read(page)).kind).toBe('unknown')
  })

  it('is none where places to fill in follow the words', () => {
    const page = new WrittenPage()
      .line(100, 100, '填写说明')
      .line(100, 150, '1.企业名称：厦门示例进出口有限公司')
      .line(100, 200, '2.经办人：林小红')
    expect(findNotes(arrangeLines(page)).size).toBe(0)
  })
})

describe('the part of a person', () => {
  it('tells by its heading at the side whose name, telephone and address stand there', async () => {
    const page = titled('制卡业务受理登记表').row(
      100,
      200,
      60,
      [
        [200, '企业名称'],
        [800, '厦门示例进出口有限公司'],
      ],
      typed,
    )
    page.cells.push({ box: { x: 100, y: 260, width: 60, height: 120 } })
    downwards(page, 118, 272, '经办人')
    page
      .row(
        160,
        260,
        60,
        [
          [140, '姓名'],
          [300, '林小红'],
        ],
        typed,
      )
      .row(
        160,
        320,
        60,
        [
          [140, '手机号码'],
          [300, '13800138000'],
        ],
        typed,
      )
    page.cells.push({ box: { x: 100, y: 380, width: 60, height: 180 } })
    downwards(page, 118, 400, '收件信息')
    page
      .row(
        160,
        380,
        60,
        [
          [140, '姓名'],
          [300, '陈建国'],
        ],
        typed,
      )
      .row(
        160,
        440,
        60,
        [
          [140, '电话'],
          [300, '18601039662'],
        ],
        typed,
      )
      .row(
        160,
        500,
        60,
        [
          [140, '地址'],
          [600, '厦门市湖里区象兴一路11号'],
        ],
        typed,
      )
    page.line(110, 600, '1.□新用户入网', typed).line(110, 650, '2.□企业基本信息变更', typed).line(110, 700, '□窗口领卡 □邮寄领卡', typed)
    expect(valuesOf(await read(page))).toMatchObject({
      handlerName: '林小红',
      handlerPhone: '13800138000',
      recipientName: '陈建国',
      recipientPhone: '18601039662',
      recipientAddress: '厦门市湖里区象兴一路11号',
    })
  })

  it('of whom the form does not ask is left alone', async () => {
    const page = titled('业务变更申请表')
      .row(
        100,
        200,
        60,
        [
          [200, '公司名称'],
          [800, '厦门示例进出口有限公司'],
        ],
        typed,
      )
      .row(
        100,
        260,
        60,
        [
          [200, '法定代表人'],
          [100, '姓名'],
          [200, '陈建国'],
          [100, '电话'],
          [300, '18601039662'],
        ],
        typed,
      )
      .row(
        100,
        320,
        60,
        [
          [200, '联系人'],
          [100, '姓名'],
          [200, '林小红'],
          [100, '电话'],
          [300, '13800138000'],
        ],
        typed,
      )
      .line(110, 420, '变更内容：法定代表人由王明变更为陈建国', typed)
    expect(valuesOf(await read(page))).toMatchObject({ contactName: '林小红', contactPhone: '13800138000' })
  })

  it('of the card office is nobody else’s', async () => {
    const page = titled('制卡业务受理登记表')
      .line(110, 150, '申办日期：    年  月  日', typed)
      .line(110, 200, '企业名称：厦门示例进出口有限公司', typed)
      .line(110, 250, '经办人：林小红', typed)
      .line(110, 300, '1.□新用户入网 2.□企业基本信息变更 □窗口领卡 □邮寄领卡', typed)
      .line(110, 350, '收件人：陈建国', typed)
      .line(110, 500, '受理人：王明    联系电话：0592-5653395    受理日期：2026年11月21日', typed)
    expect(valuesOf(await read(page))).toMatchObject({ applicationDate: null, handlerPhone: null, recipientPhone: null })
  })
})

describe('several operators on one card form', () => {
  const people = [
    ['操作员卡持卡人基本信息（一）', '林小红', '350206198506150029'],
    ['操作员卡持卡人基本信息（二）', '陈建国', '350203199001010018'],
  ] as const
  const sheet = (legal: boolean): WrittenPage => {
    const page = titled('电子口岸卡登记表')
    if (legal)
      page.line(110, 130, '法人卡持卡人基本信息', typed).line(110, 180, '持卡人姓名：王明', typed).line(110, 230, '证件号码：', typed)
    for (const [at, [heading, name, number]] of people.entries())
      page
        .line(110, 330 + 250 * at, heading, typed)
        .line(110, 380 + 250 * at, `持卡人姓名：${name}`, typed)
        .line(110, 430 + 250 * at, `证件号码：${number}`, typed)
    return page.line(110, 900, '申请单位签章：', typed).line(110, 950, '2026年11月17日', typed)
  }

  it('are papers of their own, with the sheet’s one day', async () => {
    for (const legal of [true, false]) {
      const papers = await understandPage(sheet(legal), blindTools)
      expect(papers.map(({ kind }) => kind)).toEqual(['card-form', 'card-form'])
      for (const [at, [, name, number]] of people.entries())
        expect(valuesOf(papers[at])).toMatchObject({
          'operator.holderName': name,
          'operator.idNumber': number,
          'legal.holderName': legal && at === 0 ? '王明' : null,
          signedDate: '2026-11-17',
        })
    }
  })
})

describe('a value', () => {
  it('that says that there is none is empty', async () => {
    const page = titled('电子口岸卡登记表')
      .line(110, 130, '操作员卡持卡人基本信息', typed)
      .line(110, 200, '持卡人姓名：林小红', typed)
      .line(110, 250, '职务：无', typed)
      .line(110, 300, '传真：N/A', typed)
      .line(110, 350, '证件类别：居民身份证', typed)
    const { fields } = await read(page)
    expect(fields['operator.position']).toMatchObject({ value: null, certain: true })
    expect(fields['operator.fax']).toMatchObject({ value: null, certain: true })
  })

  it('stands above its label on a sheet whose labels are below the lines', async () => {
    const page = titled('业务变更申请表')
      .line(100, 140, '企业信息', typed)
      .line(300, 200, '厦门示例进出口有限公司', typed)
      .line(380, 240, '公司名称', { ...typed, size: 18 })
      .line(300, 300, '91350213MAB6C1KP26', typed)
      .line(320, 340, '统一社会信用代码', { ...typed, size: 18 })
      .line(200, 400, '林小红', typed)
      .line(700, 400, '13800138000', typed)
      .line(205, 440, '联系人', { ...typed, size: 18 })
      .line(715, 440, '联系电话', { ...typed, size: 18 })
      .line(100, 520, '变更内容：法定代表人由王明变更为陈建国', typed)
    expect(valuesOf(await read(page))).toMatchObject({
      enterpriseName: '厦门示例进出口有限公司',
      uscc: '91350213MAB6C1KP26',
      contactName: '林小红',
      contactPhone: '13800138000',
    })
  })

  it('has no English in brackets behind its label before it', async () => {
    const page = letter()
      .line(100, 250, '收件人（Recipient）：林小红', typed)
      .line(100, 300, '联系电话（Tel.）：13800138000', typed)
      .row(
        100,
        350,
        90,
        [
          [200, '法人姓名（Full\nName）'],
          [500, '陈建国'],
        ],
        typed,
      )
    expect(valuesOf(await read(page))).toMatchObject({ recipientName: '林小红', recipientPhone: '13800138000', legalName: '陈建国' })
  })
})

it('A day below free text is the signature’s alone', async () => {
  const page = titled('业务变更申请表')
    .line(100, 200, '公司名称：厦门示例进出口有限公司', typed)
    .line(100, 250, '变更内容：法定代表人由王明变更为陈建国', typed)
    .line(100, 330, '申请单位签章：', typed)
    .line(100, 400, '备注：', typed)
    .line(100, 440, '2026年11月19日', typed)
  expect(valuesOf(await read(page))).toMatchObject({ remarks: null, signedDate: '2026-11-19' })
})

it('The number of a page at the foot of a sheet that is filled in part is left out, with what programs print below it', () => {
  const page = new WrittenPage()
    .line(100, 300, '备注：')
    .line(560, 600, '- 1 -')
    .line(100, 640, '打印日期：2026/11/21')
    .line(900, 640, '1 / 1')
  expect(leaveOutPageNumber(arrangeLines(page), page.height).map(({ text }) => text)).toEqual(['备注:', '打印日期:2026/11/21'])
})

describe('rows', () => {
  it('of a value stand above and below its label, which is in the middle of them', async () => {
    const page = letter()
    for (const [at, row] of ['厦门自贸片', '区象屿保税', '锦泽（厦门）', '新材料科技', '有限公司'].entries())
      page.line(386, 250 + 38 * at, row, typed)
    page.line(160, 326, '单位名称（盖章）', typed)
    page.line(386, 500, '厦门市同安区同集北路96号', typed).line(232, 521, '收件地址', typed).line(386, 539, '501单元（东侧电梯）', typed)
    page
      .line(160, 640, '法人姓名：陈建国', typed)
      .cells.push({ box: { x: 130, y: 240, width: 900, height: 220 } }, { box: { x: 130, y: 490, width: 900, height: 80 } })
    expect(valuesOf(await read(page))).toMatchObject({
      enterpriseName: '厦门自贸片区象屿保税锦泽（厦门）新材料科技有限公司',
      recipientAddress: '厦门市同安区同集北路96号501单元（东侧电梯）',
    })
  })

  it('of a list stand above its label too, though the label above has nothing beside it', async () => {
    const page = titled('企业注销申请表')
      .line(110, 200, '公司名称', typed)
      .line(700, 200, '厦门示例进出口有限公司', typed)
      .line(110, 370, '电子口岸法人卡号', typed)
      .line(110, 460, '电子口岸操作员卡号', typed)
      .line(110, 600, '公司盖章：', typed)
    for (const [at, number] of ['277744634546', '8183325608424', '03406673166', '8256554399161'].entries())
      page.line(813, 410 + 31 * at, number, typed)
    const { fields } = await read(page)
    expect(fields['operatorCardNumbers']?.value).toEqual(['277744634546', '8183325608424', '03406673166', '8256554399161'])
    expect(fields['legalCardNumber']).toMatchObject({ value: null, certain: false })
  })

  it('of values follow rows of labels that end at the right, in cells of whole rows', async () => {
    const page = letter()
    const rows = [
      [[1052, '收件详细地址']],
      [[100, '厦门市湖里区象兴一路11号']],
      [
        [650, '收件人'],
        [1100, '联系电话'],
      ],
      [
        [100, '林小红'],
        [740, '13800138000'],
      ],
      [[1100, '公司名称']],
      [[100, '厦门示例进出口有限公司']],
      [[1100, '法人姓名']],
      [[100, '陈建国']],
    ] as const
    for (const [at, row] of rows.entries()) {
      page.cells.push({ box: { x: 82, y: 240 + 62 * at, width: 1140, height: 62 } })
      for (const [x, text] of row) page.line(x, 258 + 62 * at, text, typed)
    }
    expect(valuesOf(await read(page))).toMatchObject({
      recipientAddress: '厦门市湖里区象兴一路11号',
      recipientName: '林小红',
      recipientPhone: '13800138000',
      legalName: '陈建国',
    })
  })

  it('of running text begin with the value of the label that ends the row before', async () => {
    const page = titled('企业注销申请表')
      .line(160, 200, '单位名称：厦门示例进出口有限公司，经办人：林小红', typed)
      .line(100, 240, '统一社会信用代码：91350213MAB6C1KP26，电子口岸操作员卡号：', typed)
      .line(160, 280, '1.378462388463', typed)
      .line(100, 320, '2.04483444694', typed)
      .line(100, 360, '3.1312512672676', typed)
      .line(100, 500, '公司盖章：', typed)
    expect((await read(page)).fields['operatorCardNumbers']?.value).toEqual(['378462388463', '04483444694', '1312512672676'])
  })
})

describe('a label that is drawn apart', () => {
  it('begins with the number of its item', async () => {
    const page = titled('电子口岸卡登记表')
      .line(70, 130, '操作员卡持卡人基本信息', typed)
      .line(70, 200, '（一）持卡人姓名：林小红', typed)
      .line(70, 240, '（二）性', typed)
      .line(226, 240, '别：女', typed)
      .line(70, 280, '（三）学', typed)
      .line(226, 280, '历：大专', typed)
    expect(valuesOf(await read(page))).toMatchObject({ 'operator.sex': '女', 'operator.education': '大专' })
  })

  it('touches the value in the next cell with its last letter', async () => {
    const page = titled('电子口岸卡登记表')
    const rows = [
      ['持卡人姓名', '林小红'],
      ['性别', '女'],
      ['学历', '大专'],
    ] as const
    page.line(110, 130, '操作员卡持卡人基本信息', typed)
    for (const [at, [label, value]] of rows.entries()) {
      page.row(
        100,
        180 + 50 * at,
        50,
        [
          [420, ''],
          [560, ''],
        ],
        typed,
      )
      const letters = Array.from(label)
      for (const [place, one] of letters.slice(0, -1).entries())
        page.line(110 + (place * 375) / (letters.length - 1), 193 + 50 * at, one, typed)
      page.line(485, 193 + 50 * at, `${letters.at(-1)} ${value}`, { ...typed, size: 24 })
    }
    expect(valuesOf(await read(page))).toMatchObject({
      'operator.holderName': '林小红',
      'operator.sex': '女',
      'operator.education': '大专',
    })
  })
})

it('A number in boxes is one though a file has it in one line and some of the boxes are cells', async () => {
  const page = titled('企业注销申请表').row(
    100,
    200,
    60,
    [
      [200, '统一社会信用代码'],
      [900, ''],
    ],
    typed,
  )
  page.cells.push({ box: { x: 370, y: 210, width: 54, height: 40 } }, { box: { x: 424, y: 210, width: 54, height: 40 } })
  page.line(110, 400, '电子口岸法人卡号：2588577956351', typed)
  page.line(320, 218, Array.from('91350213MAB6C1KP26').join('  '), typed)
  page.row(
    100,
    260,
    60,
    [
      [200, '公司名称'],
      [900, '厦门示例进出口有限公司'],
    ],
    typed,
  )
  expect(valuesOf(await read(page))).toMatchObject({ uscc: '91350213MAB6C1KP26' })
})

it('A label is not told blank for certain where the next line begins with a number that is no other label’s', async () => {
  const page = titled('企业注销申请表')
    .line(100, 200, '单位名称：厦门示例进出口有限公司，经办人：林小红', typed)
    .line(397, 240, '联系电话：', typed)
    .line(188, 278, '15065686523 电子口岸法人卡号：521966814290', typed)
  expect((await read(page)).fields['handlerPhone']).toMatchObject({ certain: false })
})

describe('on a scan', () => {
  it('figures in rings that were read as others begin the lines of their labels all the same', async () => {
    const page = new WrittenPage().line(480, 60, '授权委托书', { size: 40 }).line(100, 150, `${office}：`)
    const rows = [
      ['1收件地址：', '厦门市湖里区象兴一路11号'],
      ['3收件人：', '林小红'],
      ['3联系电话：', '13800138000'],
      ['4法人姓名：', '陈建国'],
    ] as const
    for (const [at, [label, value]] of rows.entries())
      page.row(100, 220 + 60 * at, 60, [
        [240, label],
        [700, value],
      ])
    expect(valuesOf(await read(page))).toMatchObject({
      recipientAddress: '厦门市湖里区象兴一路11号',
      recipientName: '林小红',
      legalName: '陈建国',
    })
  })

  it('English before a colon is the label’s however it was misread, and where letters alike were read as one', async () => {
    const page = letter()
      .line(100, 250, '收件人Reciplcnt：林小红')
      .line(100, 300, '收件地址Adres福建省厦门市湖里区象兴一路11号')
      .line(100, 350, '法人姓名：陈建国')
    expect(valuesOf(await read(page))).toMatchObject({ recipientName: '林小红', recipientAddress: '福建省厦门市湖里区象兴一路11号' })
  })

  it('a heading that is written downwards gives no letter to the label beside it', () => {
    const page = new WrittenPage().line(186, 434, '姓名', { size: 32 })
    for (const [at, one] of ['联', '系', '人'].entries()) page.line(141, 405 + 29 * at, one, { size: 32 })
    expect(arrangeLines(page).map(({ text }) => text)).toEqual(['联', '系', '姓名', '人'])
  })

  it('a telephone far below the handler’s is the recipient’s, whose name’s label was not read', async () => {
    const page = new WrittenPage()
      .line(250, 60, `${office}制卡业务受理登记表`, { size: 30 })
      .line(110, 200, '经办人：林小红')
      .line(700, 200, '联系电话：13926809971')
      .line(110, 300, '1.□新用户入网 2.□企业基本信息变更')
      .line(110, 350, '□窗口领卡 □邮寄领卡')
      .line(700, 500, '联系电话：0592-6760807')
    expect(valuesOf(await read(page))).toMatchObject({ handlerPhone: '13926809971', recipientPhone: '05926760807' })
  })

  it('no day so long ago is that of a signature', async () => {
    const page = titled('业务变更申请表')
      .line(100, 200, '公司名称：厦门示例进出口有限公司')
      .line(100, 250, '变更内容：法定代表人由王明变更为陈建国')
      .line(100, 400, '申请单位签章：')
      .line(100, 450, '1975年7月18日')
    expect((await read(page)).fields['signedDate']?.value ?? null).toBeNull()
  })
})

it('A label with its value is no printed sentence for the words of the value', async () => {
  const page = letter()
    .line(100, 250, '收件人：林小红', typed)
    .line(100, 300, '法人姓名：陈建国', typed)
    .line(100, 350, '（一）公司名称（盖章）：厦门市锐立投资管理有限责任公司', typed)
  expect(valuesOf(await read(page))).toMatchObject({ enterpriseName: '厦门市锐立投资管理有限责任公司' })
})

it('Labels above values that were read as one line are not told blank', async () => {
  const page = titled('制卡业务受理登记表')
    .line(130, 200, '企业名称：')
    .line(665, 200, '统一社会信用代码：')
    .line(125, 230, '厦门自贸片区象屿保税熠正（厦门）电子科技有限公司91350211MAY01379Q（18）')
    .line(130, 300, '1.□新用户入网 2.□企业基本信息变更 □窗口领卡 □邮寄领卡')
  const { fields } = await read(page)
  expect(fields['enterpriseName']?.certain).toBe(false)
  expect(fields['uscc']?.certain).toBe(false)
})

it('A list of notes that goes on behind the end of a page is no sheet of a form', async () => {
  const page = new WrittenPage()
    .line(100, 60, '5.“证件号码”栏请与身份证件一致，共18位。', typed)
    .line(100, 92, '6、法人卡持卡人须为法定代表人，操作员卡持卡人须为本企业员工。', typed)
  expect((await read(page)).kind).toBe('unknown')
})

it('Latin words of a passport are no misread English of labels', () => {
  const page = new WrittenPage()
    .line(100, 60, '护照 PASSPORT')
    .line(100, 100, '国家码Country Code')
    .line(100, 140, '姓名Name')
    .line(100, 180, 'CHN')
  page.line(100, 220, '性别Sex').line(100, 260, '出生日期Date of birth').line(100, 300, '中国/CHINESE')
  expect(leaveOutGlosses(arrangeLines(page)).map(({ text }) => text)).toContain('CHN')
})

it('English behind the colon of a label is no part of the value, nor where 5 was read for s', () => {
  const page = new WrittenPage().line(100, 100, '联系人:Contact').line(100, 140, '公司名称:CompanyName').line(100, 180, '联系电话:Te1.')
  page
    .line(100, 220, '用户地址Addre5s:厦门市湖里区象兴一路11号')
    .line(100, 260, '收件人Con5ignee')
    .line(100, 300, '联系电话Telephone13800138000')
  expect(leaveOutGlosses(arrangeLines(page)).map(({ text }) => text)).toEqual([
    '联系人:',
    '公司名称:',
    '联系电话:',
    '用户地址厦门市湖里区象兴一路11号',
    '收件人',
    '联系电话13800138000',
  ])
})

it('Two labels in cells of their own are two, though nothing stands beside the upper one', async () => {
  const page = titled('制卡业务受理登记表').line(110, 300, '1.□新用户入网 2.□企业基本信息变更 □窗口领卡 □邮寄领卡', typed)
  const rows = [
    ['收件地址', '厦门市湖里区象兴一路11号'],
    ['收件人', ''],
    ['联系电话', '13693402164'],
  ] as const
  for (const [at, [label, value]] of rows.entries()) {
    page.cells.push(
      { box: { x: 100, y: 400 + 40 * at, width: 170, height: 40 } },
      { box: { x: 270, y: 400 + 40 * at, width: 700, height: 40 } },
    )
    page.line(260 - 24 * label.length, 408 + 40 * at, label, typed).line(700, 410 + 40 * at, value, typed)
  }
  expect(valuesOf(await read(page))).toMatchObject({ recipientName: null, recipientPhone: '13693402164' })
})

it('The rows of a list in a table without rules are one list', async () => {
  const page = titled('企业注销申请表')
    .line(110, 150, '公司名称：厦门示例进出口有限公司', typed)
    .line(110, 200, '电子口岸法人卡号：9641123883445', typed)
    .line(110, 300, '序号', typed)
    .line(600, 300, '电子口岸操作员卡号', typed)
    .line(110, 600, '公司签章：', typed)
  for (const [at, number] of ['5600074043004', '884746631383', ''].entries())
    page.line(110, 350 + 50 * at, `${at + 1}`, typed).line(600, 350 + 50 * at, number, typed)
  expect((await read(page)).fields['operatorCardNumbers']?.value).toEqual(['5600074043004', '884746631383'])
})

it('A word of a closed list of which the end is missing is not certain', async () => {
  const page = titled('电子口岸卡登记表')
    .line(110, 130, '操作员卡持卡人基本信息', typed)
    .line(110, 200, '持卡人姓名：林小红', typed)
    .line(110, 250, '证件类别：居民', typed)
    .line(110, 300, '国籍：中国', typed)
  const { fields } = await read(page)
  expect(fields['operator.idType']?.certain).toBe(false)
  expect(fields['operator.nationality']?.certain).toBe(true)
})

it('An address in running text goes on at the begin of the next line, left of its indented first line', async () => {
  const page = letter()
    .line(142, 250, '收件人：黎博骥，收件人电话：15061390511，收件地址：福建省三明市泰宁县龙腾花园90号', typed)
    .line(94, 282, '15栋2302室', typed)
    .line(142, 350, '法人姓名：陈建国', typed)
  expect(valuesOf(await read(page))).toMatchObject({ recipientAddress: '福建省三明市泰宁县龙腾花园90号15栋2302室' })
})

it('A stamp 与原件核对无误 is no part of free text', async () => {
  const page = titled('业务变更申请表')
    .line(100, 200, '公司名称：厦门示例进出口有限公司', typed)
    .line(100, 250, '变更内容：法定代表人由王明变更为陈建国', typed)
    .line(700, 290, '与原件核对无误', typed)
    .line(100, 400, '申请单位签章：', typed)
  expect(valuesOf(await read(page))).toMatchObject({ changes: '法定代表人由王明变更为陈建国' })
})

describe('a label with the number of its place', () => {
  it('is no sentence of the form’s print though it has no colon', async () => {
    const page = titled('业务变更申请表')
    for (const [at, [value, label]] of [
      ['厦门示例进出口有限公司', '1.单位名称'],
      ['91350206MA2XM00A2T', '2.统一社会信用代码'],
      ['15903391059', '4.联系电话'],
    ].entries())
      page.line(83, 213 + 81 * at, value!, typed).line(83, 251 + 81 * at, label!, { ...typed, size: 19 })
    page.line(956, 332, '3.联系人', { ...typed, size: 19 })
    const fields = (await read(page)).fields
    expect(fields.uscc?.value).toBe('91350206MA2XM00A2T')
    expect(fields.contactName?.value).toBeNull()
  })

  it('has the number of a list before it too', async () => {
    const page = titled('制卡业务受理登记表')
      .line(100, 200, '4.4经办人：林小红', typed)
      .line(100, 500, '1.5收件人地址：', typed)
      .line(100, 550, '2.6收件人：', typed)
      .line(100, 600, '3.7收件电话：', typed)
    expect(valuesOf(await read(page))).toMatchObject({ handlerName: '林小红', recipientAddress: null, recipientName: null })
  })

  it('takes no value in the middle of the column before it', async () => {
    const page = titled('电子口岸卡登记表').line(70, 137, '法人卡持卡人信息', typed)
    for (const [at, [left, value, right, other]] of [
      ['①持卡人姓名：', '林小红', '②性别：', '女'],
      ['③学历：', '本科', '④证件类别：', '身份证'],
      ['⑥出生日期：', '1985年10月16日', '⑦国籍（地区）：', '中国'],
      ['⑩联系电话：', '13953841587', '⑪传真：', ''],
    ].entries()) {
      const y = 182 + 75 * at
      page.line(78, y, left!, { ...typed, size: 19 }).line(738, y, right!, { ...typed, size: 19 })
      page.line(365, y + 31, value!, typed)
      if (other) page.line(1040, y + 31, other, typed)
    }
    expect(valuesOf(await read(page))).toMatchObject({
      'legal.education': '本科',
      'legal.idType': '身份证',
      'legal.birthDate': '1985-10-16',
      'legal.nationality': '中国',
      'legal.phone': '13953841587',
      'legal.fax': null,
    })
  })
})

it('The office in a row above the title of the second form on a page is that form’s', async () => {
  const page = new WrittenPage()
    .line(424, 60, office, { ...typed, size: 37 })
    .line(586, 107, '业务变更申请表', { ...typed, size: 37 })
    .line(83, 213, '单位名称：厦门示例进出口有限公司', typed)
    .line(83, 260, '统一社会信用代码：91350206MA2XM00A2T', typed)
    .line(83, 310, '联系人：林小红', typed)
    .line(83, 360, '变更内容：', typed)
    .line(83, 400, '法定代表人由陈建国变更为林小红', typed)
    .line(83, 776, '备注：', typed)
    .line(83, 809, '请同时更新法人卡信息', typed)
    .line(448, 1033, office, { ...typed, size: 37 })
    .line(598, 1080, '企业注销申请表', { ...typed, size: 37 })
    .line(83, 1150, '企业名称：厦门示例进出口有限公司', typed)
    .line(83, 1200, '统一社会信用代码：91350206MA2XM00A2T', typed)
    .line(83, 1250, '经办人：林小红', typed)
    .line(83, 1300, '电子口岸法人卡号：8600123456789', typed)
  const [first, second] = await understandPage(page, blindTools)
  expect(first?.fields.remarks?.value).toBe('请同时更新法人卡信息')
  expect(second?.kind).toBe('cancellation-request')
})

it('A telephone that ends with its hyphen goes on with the extension in the next row', async () => {
  const page = letter()
    .line(100, 250, '收件地址：厦门市湖里区象兴一路11号', typed)
    .line(1047, 291, '（0592）3847591-', typed)
    .line(756, 316, '法人电话（手机）', typed)
    .line(184, 316, '法定代表人', typed)
    .line(431, 316, '贺谧澜', typed)
    .line(1047, 340, '855', typed)
  for (const [x, width] of [
    [130, 250],
    [380, 340],
    [720, 310],
    [1030, 300],
  ] as const)
    page.cells.push({ box: { x, y: 280, width, height: 100 } })
  expect(valuesOf(await read(page))).toMatchObject({ legalName: '贺谧澜', legalPhone: '05923847591-855' })
})

it('The day from which a form is used is no day of the applicant', async () => {
  const page = titled('企业注销申请表')
    .line(1100, 20, '生效日期：2024-06-01', { ...typed, size: 16 })
    .line(100, 200, '企业名称：厦门示例进出口有限公司', typed)
    .line(100, 250, '经办人：林小红', typed)
    .line(900, 600, '办理日期：    年    月    日', typed)
  expect(valuesOf(await read(page))).toMatchObject({ applicationDate: null, handlerName: '林小红' })
})

it.each(['（请详细到门牌', '（详绷到门牌号）'])('A hint that was read as %s is no part of an address', async (hint) => {
  const page = letter()
    .line(100, 250, `收件地址：厦门市湖里区象兴一路11号201室${hint}`, typed)
    .line(100, 300, '收件人：林小红', typed)
    .line(100, 350, '法人姓名：陈建国', typed)
  expect(valuesOf(await read(page))).toMatchObject({ recipientAddress: '厦门市湖里区象兴一路11号201室' })
})

it('A short label that begins a line of running text is no printed sentence', async () => {
  const page = titled('业务变更申请表')
    .line(132, 162, '联系人：林小红统一社会信用代码：', typed)
    .line(132, 202, '91350206MA2XM00A2T手机号码：13076288962单位名称：厦门示例进出口有限公司', typed)
  expect(valuesOf(await read(page))).toMatchObject({ contactName: '林小红', uscc: '91350206MA2XM00A2T' })
})

it('Labels written downwards in cells below each other are each a label', async () => {
  const page = titled('企业注销申请表')
  const rows = [
    ['联系电话', '13984718546'],
    ['企业名称', '厦门示例进出口有限公司'],
    ['经办人', '林小红'],
  ] as const
  let y = 200
  for (const [label, value] of rows) {
    const height = 30 * label.length + 8
    page.cells.push({ box: { x: 90, y, width: 50, height } }, { box: { x: 140, y, width: 900, height } })
    downwards(page, 102, y + 4, label)
    page.line(150, y + height / 2 - 12, value, typed)
    y += height
  }
  page.line(100, 700, '电子口岸法人卡号：8600123456789', typed)
  expect(valuesOf(await read(page))).toMatchObject({
    enterpriseName: '厦门示例进出口有限公司',
    handlerName: '林小红',
    handlerPhone: '13984718546',
  })
})

it('收件地址 below the legal person’s part is the recipient’s', async () => {
  const page = letter()
    .line(100, 220, '法人姓名：陈建国', typed)
    .line(100, 260, '法人电话：13800138000', typed)
    .line(100, 340, '收件地址', typed)
    .line(400, 340, '厦门市湖里区象兴一路11号201室', typed)
    .line(100, 400, '收件人', typed)
    .line(100, 426, '姓名', typed)
    .line(400, 412, '林小红', typed)
  expect(valuesOf(await read(page))).toMatchObject({ recipientAddress: '厦门市湖里区象兴一路11号201室', recipientName: '林小红' })
})

it('A word of a list that its narrow cell wraps is one word, and a day that may lack a figure is not certain', async () => {
  const page = titled('电子口岸卡登记表').line(110, 130, '操作员卡持卡人基本信息', typed)
  page.row(
    100,
    200,
    90,
    [
      [150, '持卡人姓名'],
      [250, '石钊'],
      [100, '学历'],
      [90, '大学本\n科'],
    ],
    typed,
  )
  page.row(
    100,
    290,
    60,
    [
      [150, '职务'],
      [250, '职员'],
    ],
    typed,
  )
  page.line(700, 600, '日期：2026年11月1', typed)
  const paper = await read(page)
  expect(valuesOf(paper)).toMatchObject({ 'operator.education': '大学本科' })
  expect(paper.fields.signedDate).toMatchObject({ value: '2026-11-01', certain: false })
})
