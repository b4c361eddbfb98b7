// What layouts drawn afresh showed: long headings downwards, marks amid options, labels that end a line of a sentence, rows far apart in a narrow cell.
import { describe, expect, it } from 'vitest'
import type { PaperOnPage } from '../../../src/reading/page.ts'
import { joinPapers } from '../../../src/reading/understand/join-papers.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { blindTools, valuesOf, WrittenPage } from './write-page.ts'

const read = async (page: WrittenPage): Promise<PaperOnPage> => (await understandPage(page, blindTools))[0]!
const typed = { source: 'text-layer' } as const
const office = '中国电子口岸数据中心厦门分中心'

const titled = (title: string): WrittenPage => new WrittenPage().line(250, 60, `${office}${title}`, { ...typed, size: 30 })
const letter = (): WrittenPage => new WrittenPage().line(480, 60, '授权委托书', { ...typed, size: 40 }).line(100, 150, `${office}：`, typed)
const downwards = (page: WrittenPage, x: number, y: number, text: string, step = 30): void => {
  for (const [at, one] of Array.from(text).entries()) page.line(x, y + step * at, one, typed)
}

/** A sheet for one person of a card form, whose heading stands downwards at its side. */
function sheetOf(heading: string, values: Readonly<Record<string, string>>, page = new WrittenPage()): WrittenPage {
  const rows = Object.entries(values)
  downwards(page, 102, 210, heading)
  page.cells.push({ box: { x: 90, y: 200, width: 50, height: rows.length * 100 } })
  for (const [at, [label, value]] of rows.entries())
    page.row(140, 200 + 100 * at, 50, [[600, label]], typed).row(140, 250 + 100 * at, 50, [[600, value]], typed)
  return page
}
const person = {
  学历: '大专',
  证件号码: '350211196405230160',
  用户地址: '厦门市翔安区翔虹路27号',
  持卡人姓名: '林小红',
  联系电话: '13659174210',
  职务: '报关员',
  证件类别: '◉居民身份证○护照○港澳通行证',
}

describe('a heading downwards at the side of all rows', () => {
  it('tells whose they are, though it has ten letters', async () => {
    const fields = valuesOf(await read(sheetOf('操作员卡持卡人基本信息', person, titled('电子口岸卡登记表'))))
    expect(fields).toMatchObject({
      'operator.holderName': '林小红',
      'operator.idNumber': '350211196405230160',
      'operator.education': '大专',
      'legal.education': null,
    })
  })

  it('is followed by its number', async () => {
    const fields = valuesOf(await read(sheetOf('操作员卡持卡人基本信息（二）', person, titled('电子口岸卡登记表'))))
    expect(fields).toMatchObject({ 'operator.holderName': '林小红', 'operator.education': '大专' })
  })

  it('gives the day on the last sheet to the operator of the one before', async () => {
    const first = await understandPage(sheetOf('操作员卡持卡人基本信息（一）', person, titled('电子口岸卡登记表')), blindTools)
    const other = {
      ...person,
      证件号码: '350203198703250599',
      持卡人姓名: '陈建国',
      联系电话: '19966380355',
      用户地址: '厦门市思明区和平巷376号',
    }
    const last = sheetOf('操作员卡持卡人基本信息（二）', { ...other, 学历: '本科', 职务: '操作员' }).line(
      140,
      1000,
      '签章日期：2026年11月15日',
      typed,
    )
    const second = await understandPage(last, blindTools)
    const pages = [first, second].map((papers, page) => ({ file: 'one.pdf', page, rotation: 0 as const, papers }))
    const documents = joinPapers(pages)
    expect(documents.map(valuesOf)).toMatchObject([
      { 'operator.holderName': '林小红', signedDate: '2026-11-15' },
      { 'operator.holderName': '陈建国', signedDate: '2026-11-15' },
    ])
    // What is another paper's, of a file of its own, stays there.
    const apart = joinPapers(pages.map((page) => ({ ...page, file: `${page.page}.pdf` })))
    expect(valuesOf(apart[0])).toMatchObject({ signedDate: null })
  })

  it('stands beside a label whose letters are drawn apart', async () => {
    const page = titled('制卡业务受理登记表').line(100, 160, '企业名称：厦门示例进出口有限公司', typed)
    page.cells.push({ box: { x: 100, y: 260, width: 60, height: 120 } })
    page
      .row(
        160,
        260,
        60,
        [
          [200, ''],
          [300, '林小红'],
        ],
        typed,
      )
      .row(
        160,
        320,
        60,
        [
          [200, '手机号码'],
          [300, '13800138000'],
        ],
        typed,
      )
    page.line(180, 278, '姓', typed).line(270, 278, '名', typed)
    downwards(page, 118, 276, '经办人')
    expect(valuesOf(await read(page))).toMatchObject({ handlerName: '林小红', handlerPhone: '13800138000' })
  })

  it('has a last row that stands lower than its words', async () => {
    const page = titled('制卡业务受理登记表')
      .line(100, 160, '企业名称：厦门示例进出口有限公司', typed)
      .line(100, 200, '统一社会信用代码：91350212MA5144KG8Q', typed)
      .line(100, 700, '领卡方式：□窗口领卡 ☑邮寄领卡', typed)
    page.cells.push({ box: { x: 100, y: 260, width: 160, height: 180 } })
    page.line(110, 338, '收件信息', typed)
    for (const [at, row] of [
      ['姓名', '林小红'],
      ['联系电话', '13800138000'],
      ['地址', '厦门市海沧区沧湖东一路44号'],
    ].entries())
      page.row(
        260,
        260 + 60 * at,
        60,
        [
          [160, row[0]!],
          [600, row[1]!],
        ],
        typed,
      )
    expect(valuesOf(await read(page))).toMatchObject({ recipientName: '林小红', recipientAddress: '厦门市海沧区沧湖东一路44号' })
  })
})

it('a label in a narrow cell may have its rows far apart', async () => {
  const page = titled('业务变更申请表').line(100, 1100, '变更内容：企业联系电话变更为05925986667', typed).line(100, 1200, '备注：', typed)
  const rows = [
    ['公司名称', '厦门市翔安区鸿声五金经营部'],
    ['联系人', '秦熙坤'],
    ['联系电话', '13800138000'],
  ] as const
  let y = 200
  for (const [label, value] of rows) {
    const height = 20 + 60 * label.length
    page.cells.push({ box: { x: 100, y, width: 44, height } }, { box: { x: 144, y, width: 700, height } })
    downwards(page, 110, y + 20, label, 60)
    page.line(160, y + height / 2, value, typed)
    y += height
  }
  expect(valuesOf(await read(page))).toMatchObject({
    enterpriseName: '厦门市翔安区鸿声五金经营部',
    contactName: '秦熙坤',
    contactPhone: '13800138000',
  })
})

it('a label at the end of a line of a sentence has its value on the next line, whatever ended the value before', async () => {
  const page = letter()
    .line(150, 250, '收件人：', typed)
    .line(300, 250, '林小红。联系电话：', typed)
    .line(600, 250, '13800138000。收件地址：', typed)
    .line(160, 284, '厦门市同安区祥平西路490号16楼', typed)
    .line(100, 400, '单位名称：厦门示例进出口有限公司', typed)
  expect(valuesOf(await read(page))).toMatchObject({ recipientAddress: '厦门市同安区祥平西路490号16楼', recipientPhone: '13800138000' })
})

it('the number above a label that its narrow cell wraps is no end of the value above', async () => {
  const page = titled('制卡业务受理登记表').line(100, 160, '企业名称：厦门示例进出口有限公司', typed)
  page
    .row(
      100,
      260,
      70,
      [
        [160, '6、收件\n地址'],
        [800, '厦门市翔安区青年路230号'],
      ],
      typed,
    )
    .row(
      100,
      330,
      90,
      [
        [160, '7、\n收件人'],
        [300, '林小红'],
      ],
      typed,
    )
  page.cells.length = 0
  expect(valuesOf(await read(page))).toMatchObject({ recipientAddress: '厦门市翔安区青年路230号', recipientName: '林小红' })
})

it('the heading of a part is no name above its label', async () => {
  const page = titled('制卡业务受理登记表')
  for (const [at, [label, value]] of [
    ['企业名称', '厦门示例进出口有限公司'],
    ['统一社会信用代码', '91350212MA5144KG8Q'],
    ['联系电话', '13008937249'],
  ].entries())
    page.line(400, 160 + 100 * at, value!, typed).line(400, 190 + 100 * at, label!, { ...typed, size: 18 })
  page
    .line(100, 480, '邮寄信息', typed)
    .line(420, 520, '林小红', typed)
    .line(420, 550, '收件人', { ...typed, size: 18 })
  expect(valuesOf(await read(page))).toMatchObject({ recipientName: '林小红' })
})

it('numbers of cards stand below each other with numbers of their own', async () => {
  const page = titled('企业注销申请表').line(100, 160, '公司名称：厦门示例进出口有限公司', typed)
  page.line(100, 260, '电子口岸操作员卡号：1.2177349512980', typed)
  for (const [at, number] of ['2.4427033440339', '3.7453679857261', '4.7602138492550'].entries())
    page.line(340, 300 + 48 * at, number, typed)
  page.line(100, 600, '申请单位签章：', typed)
  expect(valuesOf(await read(page))).toMatchObject({
    operatorCardNumbers: ['2177349512980', '4427033440339', '7453679857261', '7602138492550'],
  })
})

it('the last of several operators may go on overleaf', async () => {
  const page = titled('电子口岸卡登记表').line(100, 140, '法人卡持卡人信息', typed)
  let y = 180
  for (const [heading, name, number, education] of [
    ['', '贺雁熠', '350205198810249801', '高中'],
    ['操作员卡持卡人信息（一）', '程莘', '420106198011209685', '大学本科'],
    ['操作员卡持卡人信息（二）', '许静凤', '35010219740206274X', '硕士研究生'],
    ['操作员卡持卡人信息（三）', '吕磊飙', '', '高中'],
  ] as const) {
    if (heading) page.line(100, (y += 60), heading, typed)
    page.line(100, y + 40, `持卡人姓名：${name}`, typed).line(100, y + 80, `学历：${education}`, typed)
    if (number) page.line(100, y + 120, `证件号码：${number}`, typed)
    y += 120
  }
  const papers = await understandPage(page, blindTools)
  expect(papers.map(({ fields }) => [fields['operator.holderName']?.value, fields['operator.education']?.value])).toEqual([
    ['程莘', '大学本科'],
    ['许静凤', '硕士研究生'],
    ['吕磊飙', '高中'],
  ])
})

it('the address and the telephones of an enterprise’s own paper are not those of the form', async () => {
  const page = new WrittenPage()
    .line(100, 20, '厦门示例进出口有限公司', { ...typed, size: 30 })
    .line(700, 20, '地址：厦门市海沧区沧湖东一路638号', { ...typed, size: 18 })
    .line(700, 44, '电话：0592-8695200　传真：0592-8695201', { ...typed, size: 18 })
    .line(250, 100, `${office}电子口岸卡登记表`, { ...typed, size: 30 })
    .line(100, 160, '法人卡持卡人基本信息', typed)
  for (const [at, row] of ['持卡人姓名：陈建国', '用户地址：', '联系电话：13800138000', '传真：'].entries())
    page.line(100, 200 + 50 * at, row, typed)
  page.line(100, 1600, '厦门示例进出口有限公司 电话：0592-8695200 网址：www.example.com', { ...typed, size: 18 })
  expect(valuesOf(await read(page))).toMatchObject({ 'legal.address': null, 'legal.fax': null, 'legal.phone': '13800138000' })
})

it('the last sheet of a registration form, with undertakings and where the cards go to, is no letter of authority', async () => {
  const first = await understandPage(
    titled('制卡业务受理登记表')
      .line(100, 160, '申办日期：2026年11月9日', typed)
      .line(100, 200, '企业名称：厦门示例进出口有限公司', typed)
      .line(100, 240, '统一社会信用代码：91350212MA5144KG8Q', typed)
      .line(100, 280, '经办人：郭浩', typed)
      .line(100, 400, '业务类别：□新用户入网 ☑电子口岸卡解锁', typed),
    blindTools,
  )
  const undertakings = [
    '一、我司承诺在办理该业务时提供和录入的所有资料和表格均具备真实性、有效性，我司均予以承认。',
    '二、我司授权贵单位在办理完成后将电子口岸卡通过EMS快递至以下我司地址，因快递业务产生的相关费用和收件责任由我司自行',
    '承担。我司对办理邮寄的流程及注意事项已详细阅读，并将严格遵照执行。',
  ]
  const rest = new WrittenPage()
    .line(100, 100, '收件人联系电话：13080271490', typed)
    .line(100, 140, '收件地址：厦门市同安区环城路48号', typed)
    .line(100, 180, '收件人：郭浩', typed)
  for (const [at, text] of undertakings.entries()) rest.line(100, 260 + 40 * at, text, { ...typed, size: 18 })
  const second = await understandPage(rest.line(100, 500, '企业盖章：', typed), blindTools)
  const documents = joinPapers([first, second].map((papers, page) => ({ file: 'one.pdf', page, rotation: 0 as const, papers })))
  expect(documents.map(({ kind }) => kind)).toEqual(['registration-form'])
  expect(valuesOf(documents[0])).toMatchObject({ recipientName: '郭浩', recipientAddress: '厦门市同安区环城路48号' })
})

it('options on the next line of a sentence are those of the label before them, and no words of a list are a name', async () => {
  const page = titled('电子口岸卡登记表').line(110, 160, '法人卡持卡人基本信息', typed)
  page.line(150, 220, '持卡人姓名：', typed).line(440, 220, '性别：', typed).line(660, 220, '学历：', typed)
  page.line(156, 254, '☑高中□中专□大专□本科', typed).line(760, 254, '证件号码：', typed)
  page.line(150, 300, '联系电话：13800138000', typed)
  expect(valuesOf(await read(page))).toMatchObject({ 'legal.holderName': null, 'legal.education': '高中' })
})

it('a sheet that begins with a label and has nothing filled in may have its value overleaf', async () => {
  const first = (page: WrittenPage): WrittenPage =>
    page.line(100, 100, '6.收件人：', typed).line(700, 100, '7.联系电话：', typed).line(100, 200, '单位盖章：', typed)
  const [paper] = await understandPage(first(new WrittenPage()), { ...blindTools, strokesIn: () => [] })
  const [field] = paper!.continues!.filter(({ kind }) => kind === 'registration-form').map(({ fields }) => fields['recipientPhone'])
  expect(field).toMatchObject({ value: null, certain: false })
})

it('the fields of a PDF form in two columns are each person’s, and card numbers in one of them have numbers of their own', async () => {
  const page = titled('电子口岸卡登记表')
  const rows = [
    ['项目', '法人卡持卡人基本信息', '操作员卡持卡人基本信息'],
    ['持卡人姓名', '江珍恺', '林小红'],
    ['证件号码', '350211199908052865', '350211199206160685'],
    ['性别', '男', '女'],
    ['学历', '大专', '本科'],
    ['联系电话', '13800138000', '19936525569'],
    ['职务', '执行董事', '操作员'],
  ] as const
  for (const [at, [label, legal, operator]] of rows.entries()) {
    const y = 200 + 60 * at
    page.row(
      100,
      y,
      60,
      [
        [200, label],
        [400, at === 0 ? legal : ''],
        [400, at === 0 ? operator : ''],
      ],
      typed,
    )
    if (at === 0) continue
    page.formValues.push(
      { name: `fill_${2 * at}`, value: legal, box: { x: 310, y: y + 15, width: 380, height: 30 } },
      { name: `fill_${2 * at + 1}`, value: operator, box: { x: 710, y: y + 15, width: 380, height: 30 } },
    )
    page.line(310, y + 18, legal, typed).line(710, y + 18, operator, typed)
  }
  expect(valuesOf(await read(page))).toMatchObject({
    'legal.idNumber': '350211199908052865',
    'legal.position': '执行董事',
    'operator.idNumber': '350211199206160685',
  })
  const cancelled = titled('企业注销申请表')
    .line(100, 160, '公司名称：厦门示例进出口有限公司', typed)
    .line(100, 260, '电子口岸操作员卡号：', typed)
  const numbers = { name: 'fill_1', value: '1. 2177349512980\n2.4427033440339', box: { x: 340, y: 250, width: 400, height: 80 } }
  cancelled.formValues.push(numbers)
  expect(valuesOf(await read(cancelled))).toMatchObject({ operatorCardNumbers: ['2177349512980', '4427033440339'] })
})

it('an option that was not ticked is no word beside its label, where the end of a row breaks another one off', async () => {
  const page = titled('电子口岸卡登记表').line(110, 130, '法人卡持卡人基本信息', typed)
  page.row(
    100,
    180,
    120,
    [
      [160, '持卡人姓名'],
      [200, '曹雪琬'],
      [160, '证件类别'],
      [130, '□居民身份\n证□护照\n□港澳通行'],
      [160, '学历'],
      [200, '大学本科'],
    ],
    typed,
  )
  page.row(
    100,
    300,
    60,
    [
      [160, '联系电话'],
      [300, '13800138000'],
    ],
    typed,
  )
  expect(valuesOf(await read(page))).toMatchObject({ 'legal.holderName': '曹雪琬', 'legal.idType': null })
})

it('the rows of a wrapped gloss are no values', async () => {
  const page = titled('电子口岸卡登记表').line(110, 130, '法人卡持卡人基本信息', typed)
  for (const [at, [label, gloss]] of [
    ['持卡人姓名', 'Full'],
    ['证件类别', 'of'],
    ['学历', 'Education'],
    ['职务', 'Position'],
    ['性别', 'Gender'],
    ['用户地址', 'Address'],
  ].entries())
    page.line(110, 200 + 70 * at, label!, typed).line(230, 200 + 70 * at, gloss!, { ...typed, size: 20 })
  expect(valuesOf(await read(page))).toMatchObject({ 'legal.holderName': null, 'legal.idType': null })
})
