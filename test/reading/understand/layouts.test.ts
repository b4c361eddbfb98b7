// What offices vary about the guide’s forms: hints, notes, lists, wrapped and boxed numbers, labels drawn apart or above their values.
// Longer than 400 lines: each case writes the sheet that it is about.
import { describe, expect, it } from 'vitest'
import { documentFields } from '../../../src/guide/papers.ts'
import type { PaperOnPage } from '../../../src/reading/page.ts'
import { joinPapers } from '../../../src/reading/understand/join-papers.ts'
import { hintsIn } from '../../../src/reading/understand/text/hints.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { blindTools, valuesOf, WrittenPage } from './write-page.ts'

const read = async (page: WrittenPage): Promise<PaperOnPage> => (await understandPage(page, blindTools))[0]!
const typed = { source: 'text-layer' } as const
const office = '中国电子口岸数据中心厦门分中心'

const letter = (): WrittenPage => new WrittenPage().line(480, 60, '授权委托书', { ...typed, size: 40 }).line(100, 150, `${office}：`, typed)
const cancellation = (): WrittenPage =>
  new WrittenPage()
    .line(250, 60, `${office}企业注销申请表`, { ...typed, size: 30 })
    .line(100, 1200, '电子口岸法人卡号：2588577956351', typed)
    .line(100, 1300, '公司盖章：', typed)
const registration = (): WrittenPage =>
  new WrittenPage()
    .line(250, 60, `${office}制卡业务受理登记表`, { ...typed, size: 30 })
    .line(100, 1200, '受理人：', typed)
    .line(100, 1300, '企业盖章：', typed)

describe('what is printed about a place', () => {
  it('is known by its words and brackets', () => {
    expect(hintsIn('收件地址:福建省厦门市(请详细到门牌号)')).toEqual([{ start: 11, end: 20 }])
    for (const text of ['(18位)', '(手机)', '(签字)', '(盖章)', '(与身份证一致)', '(必填)', '(详细到门牌号)'])
      expect(hintsIn(text)).toHaveLength(1)
    for (const text of ['(前台收)', '(厦门)', '(东侧电梯)', '(请放前台)', '(有限合伙)']) expect(hintsIn(text)).toEqual([])
  })

  it('is no part of a value, behind it or alone', async () => {
    const page = letter()
      .row(
        100,
        200,
        60,
        [
          [200, '收件地址'],
          [800, '厦门市湖里区象兴一路11号（请详细到门牌号）'],
        ],
        typed,
      )
      .row(
        100,
        260,
        60,
        [
          [200, '联系电话'],
          [800, '（手机）'],
        ],
        typed,
      )
      .row(
        100,
        320,
        60,
        [
          [200, '法人姓名（签字）'],
          [800, '陈建国'],
        ],
        typed,
      )
    expect(valuesOf(await read(page))).toMatchObject({
      recipientAddress: '厦门市湖里区象兴一路11号',
      recipientPhone: null,
      legalName: '陈建国',
    })
  })

  it('may be wrapped in the cell of the label', async () => {
    const page = cancellation()
      .row(
        100,
        200,
        90,
        [
          [180, '经办人（签\n字）'],
          [820, '洪芳琪'],
        ],
        typed,
      )
      .row(
        100,
        290,
        60,
        [
          [180, '公司名称'],
          [820, '厦门示例进出口有限公司'],
        ],
        typed,
      )
    expect(valuesOf(await read(page))).toMatchObject({ handlerName: '洪芳琪' })
  })

  it('names no place in a note, nor in the heading of a part', async () => {
    const page = letter()
      .line(100, 200, '邮寄地址信息', typed)
      .line(100, 250, '收件地址：厦门市湖里区象兴一路11号', typed)
      .line(100, 300, '公司名称（盖章）：厦门示例进出口有限公司', typed)
      .line(100, 350, '注：联系电话请填写手机号码。', typed)
    expect(valuesOf(await read(page))).toMatchObject({ recipientAddress: '厦门市湖里区象兴一路11号', recipientPhone: null })
  })

  it('is no remark at the foot of the page', async () => {
    const page = new WrittenPage()
      .line(250, 60, `${office}业务变更申请表`, { ...typed, size: 30 })
      .line(100, 150, '公司名称：厦门示例进出口有限公司', typed)
      .line(100, 200, '变更内容：企业联系电话变更', typed)
      .line(100, 300, '备注：请同时更新法人卡信息', typed)
      .line(400, 350, '技术支持热线：0592-5653395', typed)
      .line(400, 390, '打印时间：2026-11-19 10:23', typed)
    expect(valuesOf(await read(page))).toMatchObject({ remarks: '请同时更新法人卡信息' })
  })
})

describe('a list of items', () => {
  it('numbers no value with the item that follows it', async () => {
    const page = letter()
      .line(100, 200, '1. 收件人：袁穆', typed)
      .line(100, 250, '2. 收件地址：厦门市湖里区高崎南五路554号107单元', typed)
      .line(100, 300, '3. 联系电话：18896992050', typed)
    expect(valuesOf(await read(page))).toMatchObject({
      recipientAddress: '厦门市湖里区高崎南五路554号107单元',
      recipientPhone: '18896992050',
    })
  })

  it('of card numbers goes on down the cells of its column', async () => {
    const page = cancellation()
      .line(100, 150, '公司名称：厦门示例进出口有限公司', typed)
      .row(
        100,
        200,
        60,
        [
          [200, '序号'],
          [800, '电子口岸操作员卡号'],
        ],
        typed,
      )
    for (const [at, number] of ['2056104873741', '1702935748085', '893278945347'].entries())
      page.row(
        100,
        260 + 60 * at,
        60,
        [
          [200, `${at + 1}`],
          [800, number],
        ],
        typed,
      )
    expect(valuesOf(await read(page))).toMatchObject({ operatorCardNumbers: ['2056104873741', '1702935748085', '893278945347'] })
  })
})

describe('a number', () => {
  it('of a text layer that stands one figure to a box is whole', async () => {
    const code = '91350213MAB6C1KP26'
    const page = cancellation().row(
      100,
      200,
      80,
      [
        [180, '统一社会信用\n代码'],
        [900, ''],
      ],
      typed,
    )
    for (const [at, figure] of Array.from(code).entries()) page.line(300 + 38 * at, 228 - (figure === 'C' ? 2 : 0), figure, typed)
    page.row(
      100,
      280,
      60,
      [
        [180, '公司名称'],
        [900, '厦门示例进出口有限公司'],
      ],
      typed,
    )
    expect(valuesOf(await read(page))).toMatchObject({ uscc: code })
  })

  it('that its narrow cell wraps is whole', async () => {
    const page = cancellation()
      .row(
        100,
        200,
        110,
        [
          [180, '统一社会信用代码'],
          [160, '91350205\nMAL2R99F\n94'],
          [180, '联系电话'],
          [160, '1860103\n9662'],
        ],
        typed,
      )
      .row(
        100,
        310,
        60,
        [
          [180, '公司名称'],
          [500, '厦门示例进出口有限公司'],
        ],
        typed,
      )
    expect(valuesOf(await read(page))).toMatchObject({ uscc: '91350205MAL2R99F94', handlerPhone: '18601039662' })
  })
})

describe('a label', () => {
  it('of one card has the number on its row, and no list below it whose label a seal spoilt', async () => {
    const page = new WrittenPage()
      .line(250, 60, `${office}企业注销申请表`, { size: 30 })
      .line(196, 444, '电子口岸法人卡', { size: 32 })
      .line(426, 462, '886254898073', { size: 30 })
      .line(282, 481, '号:', { size: 30 })
      .line(198, 513, '电子口岸操作物流', { size: 38 })
      .line(438, 546, '21735755809994832296143965', { size: 30 })
      .line(268, 567, '卡号', { size: 30 })
      .line(200, 640, '公司签章')
    page.cells.push(
      { box: { x: 194, y: 436, width: 232, height: 81 } },
      { box: { x: 426, y: 436, width: 886, height: 82 } },
      { box: { x: 194, y: 520, width: 1118, height: 82 } },
    )
    expect(valuesOf(await read(page))).toMatchObject({ legalCardNumber: '886254898073' })
  })

  it('has the value that stands lower in its own cell, however far to the right, on a sheet that slants', async () => {
    const page = registration()
      .line(110, 180, '经办人:')
      .line(110, 206, '许鹏', { size: 34 })
      .line(612, 176, '联系电话:')
      .line(800, 194, '13436269327', { size: 34 })
    page.cells.push({ box: { x: 100, y: 172, width: 500, height: 76 } }, { box: { x: 600, y: 170, width: 500, height: 78 } })
    expect(valuesOf(await read(page))).toMatchObject({ handlerName: '许鹏', handlerPhone: '13436269327' })
  })

  it('may be drawn apart over the whole width of its cell, a letter at either end', async () => {
    const page = new WrittenPage()
      .line(250, 60, `${office}电子口岸卡登记表`, { ...typed, size: 30 })
      .line(110, 130, '操作员卡持卡人基本信息', typed)
    const rows = [
      ['持卡人姓名', '林小红'],
      ['性别', '女'],
      ['学历', '大专'],
      ['职务', '报关员'],
    ] as const
    for (const [at, [label, value]] of rows.entries()) {
      page.row(
        100,
        180 + 50 * at,
        50,
        [
          [440, ''],
          [560, value],
        ],
        typed,
      )
      const letters = Array.from(label)
      for (const [place, one] of letters.entries()) page.line(110 + (place * 400) / (letters.length - 1), 193 + 50 * at, one, typed)
    }
    expect(valuesOf(await read(page))).toMatchObject({
      'operator.holderName': '林小红',
      'operator.sex': '女',
      'operator.education': '大专',
      'operator.position': '报关员',
    })
  })

  it('without its last row above another is not both of them', async () => {
    const page = registration()
      .row(
        100,
        200,
        60,
        [
          [140, '收件人'],
          [500, '吴绣凤'],
        ],
        typed,
      )
      .row(
        100,
        260,
        90,
        [
          [140, '联系电\n话'],
          [500, '18606564230'],
        ],
        typed,
      )
      .row(
        100,
        350,
        60,
        [
          [140, '企业名称'],
          [500, '厦门示例进出口有限公司'],
        ],
        typed,
      )
    expect(valuesOf(await read(page))).toMatchObject({ recipientName: '吴绣凤', recipientPhone: '18606564230' })
  })

  it('stands on a row of its own in the middle, its value below it at the left', async () => {
    const page = cancellation()
    const rows = [
      ['公司名称', '厦门示例进出口有限公司'],
      ['统一社会信用代码', '91350206MA2XM00A2T'],
      ['经办人', '陈建国'],
      ['联系电话', '13800138000'],
    ] as const
    for (const [at, [label, value]] of rows.entries())
      page.line(620 - 12 * label.length, 200 + 90 * at, label, typed).line(110, 245 + 90 * at, value, typed)
    expect(valuesOf(await read(page))).toMatchObject({
      enterpriseName: '厦门示例进出口有限公司',
      uscc: '91350206MA2XM00A2T',
      handlerName: '陈建国',
      handlerPhone: '13800138000',
    })
  })

  it('with a value beside it leaves what stands below it to the label far off on that row', async () => {
    const page = new WrittenPage(1800)
      .line(250, 60, `${office}电子口岸卡登记表`, { ...typed, size: 30 })
      .line(110, 130, '操作员卡持卡人基本信息', typed)
      .line(100, 200, '出生日期', typed)
      .line(400, 200, '1994年8月19日', typed)
      .line(900, 200, '国籍（地区）', typed)
      .line(1400, 200, '中国', typed)
      .line(100, 245, '职务', typed)
      .line(920, 245, '关务经理', typed)
      .line(100, 290, '证件号码', typed)
      .line(400, 290, '330302199408190247', typed)
    expect(valuesOf(await read(page))).toMatchObject({ 'operator.nationality': '中国', 'operator.position': '关务经理' })
  })
})

describe('persons side by side', () => {
  it('have columns of their own though a note above and hints beside values name their labels too', async () => {
    const page = new WrittenPage()
      .line(250, 60, `${office}电子口岸卡登记表`, { ...typed, size: 30 })
      .line(100, 120, '注：证件号码请与身份证件一致。', typed)
      .row(
        100,
        180,
        50,
        [
          [300, '项目'],
          [400, '法人卡持卡人基本信息'],
          [400, '操作员卡持卡人基本信息'],
        ],
        typed,
      )
    const rows = [
      ['持卡人姓名', '袁彬', ''],
      ['性别', '男', '女'],
      ['学历', '大专', ''],
      ['证件号码', '44030519791007559X', '350429197507030628'],
      ['联系电话', '（手机）', '19936525569（手机）'],
      ['职务', '执行董事', '关务经理'],
    ] as const
    for (const [at, [label, one, other]] of rows.entries())
      page.row(
        100,
        230 + 50 * at,
        50,
        [
          [300, label],
          [400, one],
          [400, other],
        ],
        typed,
      )
    expect(valuesOf(await read(page))).toMatchObject({
      'legal.holderName': '袁彬',
      'operator.holderName': null,
      'legal.sex': '男',
      'operator.sex': '女',
      'operator.education': null,
      'legal.idNumber': '44030519791007559X',
      'operator.idNumber': '350429197507030628',
      'legal.phone': null,
      'operator.phone': '19936525569',
      'operator.position': '关务经理',
    })
  })
})

describe('a choice', () => {
  it('may be written in words, of which the form lists no others', async () => {
    const page = registration()
      .line(100, 150, '企业名称：厦门示例进出口有限公司', typed)
      .line(100, 200, '办理业务：电子口岸卡证书更新', typed)
      .line(100, 250, '卡号：2050082445915', typed)
      .line(100, 300, '领卡方式：邮寄领卡', typed)
    expect(valuesOf(await read(page))).toMatchObject({ services: ['renew'], cardNumber: '2050082445915', deliveryMethod: 'post' })
    const open = registration()
      .line(100, 150, '企业名称：厦门示例进出口有限公司', typed)
      .line(100, 200, '办理业务：□电子口岸卡证书更新', typed)
      .line(100, 300, '领卡方式：□邮寄领卡', typed)
    expect(valuesOf(await read(open))).toMatchObject({ services: null, deliveryMethod: null })
  })
})

describe('a choice in words on a picture', () => {
  const seen = (more: (page: WrittenPage) => WrittenPage) =>
    more(
      new WrittenPage()
        .line(250, 60, `${office}制卡业务受理登记表`, { size: 30 })
        .line(100, 150, '企业基本信息')
        .line(100, 200, '企业名称：厦门示例进出口有限公司')
        .line(100, 250, '业务类别：增办操作员卡')
        .line(100, 300, '领卡方式：邮寄领卡')
        .line(100, 1200, '受理人：')
        .line(100, 1300, '企业盖章：'),
    )

  it('is taken where no other stands there, and nobody is sure of it; the heading of a part is none', async () => {
    const paper = await read(seen((page) => page))
    expect(paper.fields.services).toMatchObject({ value: ['add-operator'], certain: false })
    expect(paper.fields.deliveryMethod).toMatchObject({ value: 'post', certain: false })
  })

  it('is open beside others, and behind what may be its box', async () => {
    const listed = seen((page) => page.line(100, 400, '电子口岸卡解锁'))
    expect(valuesOf(await read(listed))).toMatchObject({ services: null })
    const box = { x: 208, y: 302, width: 18, height: 18 }
    const strokesIn = (room: { x: number; y: number; width: number; height: number }) =>
      room.y < 310 && room.y + room.height > 312 && room.x < box.x && room.x + room.width > box.x + 8 ? [box] : []
    const [paper] = await understandPage(
      seen((page) => page),
      { ...blindTools, strokesIn },
    )
    expect(paper!.fields.deliveryMethod!.value).toBeNull()
  })
})

describe('the cells of a card form', () => {
  it('hold what was cut at the rule between them, and a sex below a kind of paper makes no label with it', async () => {
    const page = new WrittenPage().line(250, 60, `${office}电子口岸卡登记表`, { size: 30 })
    const rows = [
      ['证件类别', '居民身份证', '身份证'],
      ['性别', '男', '女'],
      ['用户地址', '厦门市同安区美禾九路象屿大厦', '厦门市同安区美禾九路象屿大厦'],
      ['职务', '总经理', ''],
    ] as const
    page.row(100, 164, 36, [
      [200, ''],
      [330, '法人卡持卡人基本信息'],
      [330, '操作员卡持卡人基本信息'],
    ])
    for (const [at, [label, legal, operator]] of rows.entries())
      page.row(100, 200 + 36 * at, 36, [
        [200, label],
        [330, legal],
        [330, operator],
      ])
    expect(valuesOf(await read(page))).toMatchObject({
      'legal.idType': '居民身份证',
      'legal.sex': '男',
      'operator.sex': '女',
      'legal.address': '厦门市同安区美禾九路象屿大厦',
      'operator.address': '厦门市同安区美禾九路象屿大厦',
    })
  })

  it('are of the section above the second heading though a remark behind a telephone repeats its label', async () => {
    const page = new WrittenPage()
      .line(250, 60, `${office}电子口岸卡登记表`, { size: 30 })
      .line(100, 120, '法人卡持卡人信息')
      .line(100, 180, '持卡人姓名')
      .line(100, 210, '傅耀')
      .line(100, 270, '联系电话')
      .line(100, 300, '18003224970（手机')
      .line(100, 360, '性别')
      .line(100, 390, '男')
      .line(100, 450, '证件号码')
      .line(100, 480, '23010219850404841X')
      .line(100, 540, '操作员卡持卡人信息')
      .line(100, 600, '持卡人姓名')
      .line(100, 630, '郝黛巧')
    expect(valuesOf(await read(page))).toMatchObject({
      'legal.sex': '男',
      'legal.idNumber': '23010219850404841X',
      'operator.holderName': '郝黛巧',
      'operator.sex': null,
      'operator.idNumber': null,
    })
  })
})

describe('a label at the end of which the recogniser lost a letter', () => {
  it('takes no figure of the number behind it', async () => {
    const page = new WrittenPage()
      .line(250, 60, `${office}企业注销申请表`, { size: 30 })
      .line(100, 150, '单位名称：厦门示例进出口有限公司')
      .line(100, 300, '操作员卡05853320276、00314724666')
      .line(100, 400, '公司盖章：')
    expect(valuesOf(await read(page))).toMatchObject({ operatorCardNumbers: ['05853320276', '00314724666'] })
  })
})

describe('rows of options', () => {
  it('are of the head on their own row, though the card that ends the row above and that head are one service too', async () => {
    const page = registration()
      .line(100, 150, '企业名称：厦门示例进出口有限公司', typed)
      .line(100, 200, '业务类别：', typed)
      .line(100, 232, '补卡：□法人卡 □操作员卡', typed)
      .line(100, 264, '增办 ☑操作员卡', typed)
      .line(100, 296, '注销 □企业注销', typed)
    expect(valuesOf(await read(page))).toMatchObject({ services: ['add-operator'] })
  })
})

describe('a day in figures', () => {
  it('below the label of a telephone is none', async () => {
    const page = new WrittenPage()
      .line(250, 60, `${office}电子口岸卡登记表`, { ...typed, size: 30 })
      .line(110, 130, '操作员卡持卡人基本信息', typed)
      .line(100, 180, '持卡人姓名：林小红', typed)
      .line(100, 230, '学历：大专', typed)
      .line(100, 280, '联系电话', typed)
      .line(100, 310, '2026-11-14', typed)
    expect(valuesOf(await read(page))).toMatchObject({ 'operator.phone': null })
  })
})

describe('the foot of a form', () => {
  it('on a sheet of its own may go on from any form', async () => {
    const page = new WrittenPage()
      .line(100, 100, '企业盖章：', typed)
      .line(100, 200, '受理人：', typed)
      .line(100, 260, '注：请用黑色签字笔填写，涂改无效。', typed)
    const paper = await read(page)
    expect(paper.kind).toBe('unknown')
    expect(paper.continues?.map(({ kind }) => kind)).toContain('registration-form')
  })
})

describe('a card form on two sheets', () => {
  it('goes on with the operator where the first sheet broke off amid the operator', () => {
    const sheet = (part: PaperOnPage['part'], places: Record<string, string | null>): PaperOnPage => ({
      kind: 'card-form',
      confidence: 1,
      seals: [],
      ...(part ? { part } : {}),
      fields: Object.fromEntries(
        documentFields['card-form'].map(({ name }) => [
          name,
          {
            value: places[name] ?? null,
            confidence: 1,
            source: 'text-layer',
            page: 0,
            box: name in places ? [0.1, 0.1, 0.2, 0.02] : null,
            certain: true,
          },
        ]),
      ),
    })
    const first = sheet(undefined, {
      'legal.holderName': null,
      'legal.phone': null,
      'legal.idNumber': null,
      'operator.holderName': '侯跃艺',
    })
    const second = sheet('continued', { 'legal.phone': '13963973981', 'legal.idNumber': '350205200212298195', signedDate: '2026-11-09' })
    // Of too few labels to be known as a form by itself.
    const { part: _, ...unknown } = {
      ...second,
      kind: 'unknown' as const,
      fields: {},
      continues: [{ kind: second.kind, fields: second.fields }],
    }
    for (const sheet2 of [second, unknown]) {
      const [document, ...rest] = joinPapers([
        { file: 'a.pdf', page: 1, rotation: 0, papers: [first] },
        { file: 'a.pdf', page: 2, rotation: 0, papers: [sheet2] },
      ])
      expect(rest).toEqual([])
      expect(valuesOf(document)).toMatchObject({
        'legal.phone': null,
        'legal.idNumber': null,
        'operator.holderName': '侯跃艺',
        'operator.phone': '13963973981',
        'operator.idNumber': '350205200212298195',
        signedDate: '2026-11-09',
      })
    }
  })
})

describe('running text', () => {
  it('breaks labels off at the end of a line, and begins the next one with their values', async () => {
    const page = letter()
      .line(148, 200, '收件地址：湖北省武汉市武昌区鹤山村172号2703室；收件人：吕萌丽；联系电', typed)
      .line(100, 240, '话：15898655417；公司名称：厦门示例进出口有限公司，法人姓名：', typed)
      .line(100, 280, '石荫。', typed)
    expect(valuesOf(await read(page))).toMatchObject({
      recipientAddress: '湖北省武汉市武昌区鹤山村172号2703室',
      recipientName: '吕萌丽',
      recipientPhone: '15898655417',
      enterpriseName: '厦门示例进出口有限公司',
      legalName: '石荫',
    })
  })
})

describe('free text', () => {
  it('begins above its label, which stands in the middle beside it', async () => {
    const page = new WrittenPage()
      .line(250, 60, `${office}业务变更申请表`, { ...typed, size: 30 })
      .line(120, 150, '联系电话', typed)
      .line(400, 150, '13800138000', typed)
      .line(120, 200, '企业名称', typed)
      .line(400, 200, '厦门嘉禾报关有限公司', typed)
      .line(250, 260, '1.企业名称由福建雄福茶业有限公司变更为厦门嘉禾报关有限公司；2.法定代', typed)
      .line(120, 277, '变更内容', typed)
      .line(250, 294, '表人由毛魁飞变更为罗豪锋。', typed)
      .line(100, 400, '申请单位签章：', typed)
    expect(valuesOf(await read(page))).toMatchObject({
      changes: '1.企业名称由福建雄福茶业有限公司变更为厦门嘉禾报关有限公司；2.法定代表人由毛魁飞变更为罗豪锋。',
    })
  })

  it('takes no day of a signature above its label', async () => {
    const page = new WrittenPage()
      .line(250, 60, `${office}业务变更申请表`, { ...typed, size: 30 })
      .line(100, 150, '企业名称：厦门嘉禾报关有限公司', typed)
      .line(100, 200, '变更内容：企业联系电话变更', typed)
      .line(900, 280, '2026年11月15日', typed)
      .line(100, 320, '备注：', typed)
    expect(valuesOf(await read(page))).toMatchObject({ remarks: null })
  })
})

describe('boxes', () => {
  it('that touch the bracket before them are empty', () => {
    const page = registration().line(100, 150, '业务类别：', typed)
    const rows = ['补卡（   法人卡', '增办（   操作员卡）', '注销（   企业注销）'] as const
    for (const [at, text] of rows.entries()) {
      page.line(100, 200 + 40 * at, text, typed)
      page.checkBoxes.push({
        box: { x: 172, y: 201 + 40 * at, width: 24, height: 24 },
        checked: true,
        confidence: 0.9,
        isEmptyInside: true,
      })
    }
    for (const [at, text] of ['企业基本信息变更', '电子口岸卡解锁'].entries())
      page.line(130, 330 + 40 * at, text, typed).box(100, 331 + 40 * at, at === 0, 0.99)
    return expect(read(page).then(valuesOf)).resolves.toMatchObject({ services: ['change-enterprise'] })
  })
})

describe('what stands on two rows', () => {
  it('is a hint whose end is on the next row, and no part of the value', async () => {
    const page = letter()
      .row(
        100,
        200,
        90,
        [
          [200, '收件地址'],
          [700, '厦门市海沧区建港路148号海翔大厦（请详细到门\n牌号）'],
        ],
        typed,
      )
      .line(100, 320, '收件人：林小红', typed)
    expect(valuesOf(await read(page))).toMatchObject({ recipientAddress: '厦门市海沧区建港路148号海翔大厦' })
  })

  it('is no value where it is the heading of the next part', async () => {
    const page = new WrittenPage()
      .line(250, 60, `${office}电子口岸卡登记表`, { ...typed, size: 30 })
      .line(100, 130, '法人卡', typed)
      .line(100, 180, '持卡人姓名：陈建国', typed)
      .line(100, 230, '国籍（地区）', typed)
      .line(100, 262, '操作员卡', typed)
      .line(100, 310, '持卡人姓名：林小红', typed)
      .line(100, 360, '国籍（地区）：中国', typed)
    expect(valuesOf(await read(page))).toMatchObject({ 'legal.nationality': null, 'operator.nationality': '中国' })
  })

  it('is free text above a label that is written downwards, with words of other labels in it', async () => {
    const page = new WrittenPage()
      .line(250, 60, `${office}业务变更申请表`, { ...typed, size: 30 })
      .line(160, 150, '公司名称：厦门嘉禾报关有限公司', typed)
      .line(160, 200, '联系电话：13800138000', typed)
      .line(160, 300, '1.企业名称由厦门理沃晨供应链管理有限公司变更为厦门嘉禾报关有', typed)
      .line(160, 340, '限公司；2.法定代表人由郭樟变更为侯阔。', typed)
      .line(100, 500, '申请单位签章：', typed)
    for (const [at, one] of Array.from('变更内容').entries()) page.line(100, 335 + 30 * at, one, typed)
    expect(valuesOf(await read(page))).toMatchObject({
      changes: '1.企业名称由厦门理沃晨供应链管理有限公司变更为厦门嘉禾报关有限公司；2.法定代表人由郭樟变更为侯阔。',
    })
  })

  it('is no remark where it is the number of the page', async () => {
    const page = new WrittenPage()
      .line(250, 60, `${office}业务变更申请表`, { ...typed, size: 30 })
      .line(100, 150, '公司名称：厦门示例进出口有限公司', typed)
      .line(100, 200, '变更内容：企业联系电话变更', typed)
      .line(100, 300, '备注：', typed)
      .line(600, 360, '- 1 -', typed)
    expect(valuesOf(await read(page))).toMatchObject({ remarks: null })
  })
})

describe('a row of options that runs on', () => {
  it('takes the head of the next item for no end of the one before', async () => {
    const page = registration()
      .line(100, 150, '企业名称：厦门示例进出口有限公司', typed)
      .line(100, 200, '□新用户入网', typed)
      .line(100, 240, '补卡 □法人卡 □操作员卡 增办 ☑操作员卡', typed)
      .line(100, 280, '□企业操作员卡变更', typed)
    expect(valuesOf(await read(page))).toMatchObject({ services: ['add-operator'] })
  })
})

describe('a scan of persons side by side', () => {
  it('gives nobody the value of another, though it was read as one line with its label', async () => {
    const page = new WrittenPage()
      .line(250, 60, `${office}电子口岸卡登记表`, { size: 30 })
      .line(420, 180, '法人卡持卡人基本信息')
      .line(820, 180, '操作员卡持卡人基本信息')
    const rows = [
      ['持卡人姓名', '洪洲', '徐爽晗'],
      ['性别', '男', '女'],
      ['学历', '大专', ''],
      ['证件号码', '350681198403035273', '33030219820904164X'],
      ['联系电话', '17785324637', '13862567088'],
      ['职务', '董事长', '报关员'],
    ] as const
    for (const [at, [label, one, other]] of rows.entries()) {
      const blank = ' '.repeat(Math.round((420 - 100 - 24 * label.length) / 12))
      page.line(100, 230 + 50 * at, label + blank + one)
      if (other !== '') page.line(820, 230 + 50 * at, other)
    }
    expect(valuesOf(await read(page))).toMatchObject({
      'legal.holderName': '洪洲',
      'operator.holderName': '徐爽晗',
      'legal.sex': '男',
      'operator.sex': '女',
      'legal.education': '大专',
      'operator.education': null,
      'operator.idNumber': '33030219820904164X',
      'operator.phone': '13862567088',
      'operator.position': '报关员',
    })
  })
})

describe('a second sheet of a card form', () => {
  it('is no identity card though it says that its holder has one', async () => {
    const page = new WrittenPage()
    const rows = [
      ['证件号码：', '510107197009082746'],
      ['证件类别：', '居民身份证'],
      ['学历：', '本科'],
      ['出生日期：', '1970-09-08'],
      ['性别：', '女'],
      ['持卡人姓名：', '司马杏宁'],
    ] as const
    for (const [at, [label, value]] of rows.entries()) page.line(200, 100 + 80 * at, label, typed).line(400, 135 + 80 * at, value, typed)
    const paper = await read(page)
    expect(paper).toMatchObject({ kind: 'card-form', part: 'continued' })
  })
})

it('of a label whose bracket was not read to its end leaves the value behind it', async () => {
  const page = new WrittenPage()
    .line(400, 60, '电子口岸卡登记表', { size: 32 })
    .line(100, 120, '操作员卡持卡人基本信息')
    .line(100, 160, '持卡人姓名徐慧春')
    .line(100, 200, '国籍(地区中国')
    .line(100, 240, '证件号码350982199003131087')
  expect(valuesOf(await read(page))).toMatchObject({ 'operator.nationality': '中国' })
})

describe('what a file says', () => {
  it('is not certain where it cannot be what its place asks for', async () => {
    const paper = await read(
      letter()
        .line(100, 200, '收件人：2026年11月15日', typed)
        .line(100, 240, '收件地址：福建省泉州市惠安县', typed)
        .line(100, 280, '公司名称：厦门示例进出口有限公司业', typed)
        .line(100, 320, '法人姓名：李强', typed),
    )
    const { recipientName, recipientAddress, enterpriseName, legalName } = paper.fields
    expect([recipientName, recipientAddress, enterpriseName, legalName].map((field) => field!.certain)).toEqual([false, false, false, true])
  })

  it('of an address is not certain with the area of a telephone behind it', async () => {
    const page = letter().line(100, 200, '收件地址：福建省莆田市城厢区霞溪路182号703室0592', typed).line(100, 240, '收件人：王小红', typed)
    expect((await read(page)).fields.recipientAddress!.certain).toBe(false)
  })

  it('of an address ends before the telephone that goes on behind it', async () => {
    const page = letter()
      .line(100, 200, '收件地址：四川省成都市武侯区滨江路310号17栋901室13650730465', typed)
      .line(100, 240, '收件人：王小红', typed)
    expect(valuesOf(await read(page))).toMatchObject({ recipientAddress: '四川省成都市武侯区滨江路310号17栋901室' })
  })
})
