// Longer than 400 lines: cards and payments, each with the page it was read from.
import { describe, expect, it } from 'vitest'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import type { Rectangle } from '../../../src/reading/page.ts'
import { blindTools, valuesOf, WrittenPage } from './write-page.ts'

interface Holder {
  name: string
  sex: string
  birth: string
  number: string
}

const zhang: Holder = { name: '张伟', sex: '男', birth: '1990年1月1日', number: '350203199001010018' }
const li: Holder = { name: '古丽·买买提', sex: '女', birth: '1985年6月15日', number: '350206198506150029' }

function front(page: WrittenPage, x: number, y: number, holder: Holder): WrittenPage {
  return page
    .line(x, y, `姓名${holder.name}`)
    .line(x, y + 50, `性别${holder.sex}民族汉`)
    .line(x, y + 100, `出生${holder.birth}`)
    .line(x, y + 150, '住址福建省厦门市思明区鹭江道')
    .line(x + 48, y + 182, '88号602室')
    .line(x, y + 280, `公民身份号码 ${holder.number}`)
}

const back = (page: WrittenPage, x: number, y: number, term = '2016.05.20-2036.05.20'): WrittenPage =>
  page
    .line(x + 60, y, '中华人民共和国', { size: 34 })
    .line(x + 60, y + 60, '居民身份证', { size: 44 })
    .line(x, y + 200, '签发机关厦门市公安局思明分局')
    .line(x, y + 250, `有效期限${term}`)

describe('identity cards', () => {
  it('front and back on one sheet are one paper', async () => {
    const papers = await understandPage(back(front(new WrittenPage(), 300, 200, zhang), 300, 800), blindTools)
    expect(papers).toHaveLength(1)
    expect(papers[0]!.part).toBe('both')
    expect(valuesOf(papers[0])).toEqual({
      idType: '居民身份证',
      name: '张伟',
      sex: '男',
      ethnicity: '汉',
      birthDate: '1990-01-01',
      address: '福建省厦门市思明区鹭江道88号602室',
      idNumber: '350203199001010018',
      issuer: '厦门市公安局思明分局',
      validFrom: '2016-05-20',
      validTo: '2036-05-20',
    })
    expect(papers[0]!.fields.idNumber!.certain).toBe(true)
    expect(papers[0]!.fields.validTo!.certain).toBe(true)
    expect(papers[0]!.fields.name!.certain).toBe(false)
  })

  it.each([
    ['汊', '汉'],
    ['畬', '畲'],
    ['丫', '丫'],
  ])('a people’s name that was misread is told by what it looks like: %s', async (read, meant) => {
    const page = front(new WrittenPage(), 300, 200, zhang)
    page.lines.splice(1, 1)
    const [paper] = await understandPage(page.line(300, 250, `性别男民族${read}`), blindTools)
    expect(paper!.fields['ethnicity']).toMatchObject({ value: meant, certain: false })
  })

  it('is read where all its labels were lost: the people’s name behind the sex, the day in two pieces', async () => {
    const page = new WrittenPage()
      .line(396, 200, '张伟')
      .line(396, 250, '男')
      .line(480, 252, '519')
      .line(580, 250, '汉')
      .line(396, 300, '1990年1')
      .line(500, 300, '月1日')
      .line(396, 350, '福建省厦门市思明区鹭江道88号602室')
      .line(300, 480, '2民92号')
      .line(430, 480, '350203199001010018')
    const [paper] = await understandPage(back(page, 300, 800), blindTools)
    expect(paper!.fields).toMatchObject({ ethnicity: { value: '汉' }, birthDate: { value: '1990-01-01' } })
    expect(paper!.fields['birthDate']!.evidence).toContain('date-exists')
  })

  it('a people’s name takes in nothing of the row below, whose label was misread', async () => {
    const page = front(new WrittenPage(), 300, 200, zhang)
    page.lines.splice(1, 2)
    page.line(300, 250, '性别男民族汉').line(300, 290, '出室1990年1月1日')
    const [paper] = await understandPage(page, blindTools)
    expect(paper!.fields['ethnicity']!.value).toBe('汉')
    expect(paper!.fields['ethnicity']!.evidence).not.toContain('mended')
  })

  it('words of a program that knows no people name none', async () => {
    const page = front(new WrittenPage(), 300, 200, zhang)
    page.lines.splice(1, 1)
    expect(valuesOf((await understandPage(page.line(300, 250, '性别男民族None'), blindTools))[0])).toMatchObject({
      sex: '男',
      ethnicity: null,
    })
  })

  it('a number whose label lies under a seal is no line of the address', async () => {
    const page = back(front(new WrittenPage(), 300, 200, zhang), 300, 800)
    const number = page.lines.findIndex(({ text }) => text.startsWith('公民'))
    page.lines.splice(number, 1)
    page.line(348, 414, `码${zhang.number}`)
    const [paper] = await understandPage(page, blindTools)
    expect(valuesOf(paper)).toMatchObject({ address: '福建省厦门市思明区鹭江道88号602室', idNumber: zhang.number })
  })

  it('an address whose small label was lost is told by where it begins', async () => {
    const page = new WrittenPage()
      .line(300, 200, '姓名张伟')
      .line(300, 250, '性别男民族汉')
      .line(300, 300, '出生1990年1月1日')
      .line(348, 350, '福建省厦门市思明区鹭江道')
      .line(348, 382, '88号602室')
      .line(300, 480, `公民身份号码 ${zhang.number}`)
    const [paper] = await understandPage(page, blindTools)
    expect(paper!.fields.address!.value).toBe('福建省厦门市思明区鹭江道88号602室')
  })

  it('an address whose label was lost may begin with a county that was renamed since', async () => {
    const page = new WrittenPage()
      .line(396, 200, '张伟')
      .line(396, 250, '男')
      .line(520, 250, '壮')
      .line(396, 300, '1990年1月1日')
      .line(396, 350, '广西壮族自治区田阳县那')
      .line(396, 382, '满镇新立村32号')
      .line(420, 480, '451021199001010014')
    const [paper] = await understandPage(back(page, 300, 800), blindTools)
    expect(valuesOf(paper).address).toBe('广西壮族自治区田阳县那满镇新立村32号')
  })

  it('large letters of a seal far behind a row of the address are no part of it', async () => {
    const page = front(new WrittenPage(), 300, 200, zhang).line(740, 352, '电子商', { size: 40 })
    const [paper] = await understandPage(page, blindTools)
    expect(paper!.fields.address!.value).toBe('福建省厦门市思明区鹭江道88号602室')
  })

  it('no number is sought in the figures of a term', async () => {
    let asked = 0
    const latticeOf = () => {
      asked += 1
      return Promise.resolve([])
    }
    const [paper] = await understandPage(back(new WrittenPage(), 300, 300, '2010.1.20-203011.20'), { ...blindTools, latticeOf })
    expect(paper!.part).toBe('back')
    expect(asked).toBe(0)
  })

  it('two people on one sheet are two papers', async () => {
    const page = new WrittenPage()
    front(page, 100, 200, zhang)
    back(page, 700, 200)
    front(page, 100, 900, li)
    back(page, 700, 900, '2020.01.02-长期')
    const papers = await understandPage(page, blindTools)
    expect(papers.map((paper) => [paper.fields.name!.value, paper.fields.idNumber!.value, paper.fields.validTo!.value])).toEqual([
      ['张伟', zhang.number, '2036-05-20'],
      ['古丽·买买提', li.number, '长期'],
    ])
  })

  it('a back alone gives its term, the end mended from the beginning when a fold hides it', async () => {
    const [paper] = await understandPage(back(new WrittenPage(), 300, 300, '2016.05.20-2036.0'), blindTools)
    expect(paper!.part).toBe('back')
    expect(paper!.fields.validTo).toMatchObject({ value: '2036-05-20', certain: false })
  })

  it('a passport is told by its machine readable zone', async () => {
    const page = new WrittenPage()
      .line(100, 100, '护照 PASSPORT', { size: 34 })
      .line(100, 700, 'P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<')
      .line(100, 750, 'E123456782CHN9001011M3001019<<<<<<<<<<<<<<00')
    const [paper] = await understandPage(page, blindTools)
    expect(valuesOf(paper)).toMatchObject({
      idType: '护照',
      name: 'ZHANGWEI',
      idNumber: 'E12345678',
      birthDate: '1990-01-01',
      sex: '男',
      validTo: '2030-01-01',
    })
  })
})

describe('other identity papers', () => {
  const permit = (page: WrittenPage, x: number, y: number, name: string, number: string) =>
    page
      .line(x, y, '港澳居民来往内地通行证', { size: 34 })
      .line(x + 120, y + 60, `姓名${name}`)
      .line(x + 190, y + 90, 'CHAN, TAI MAN', { size: 18 })
      .line(x + 120, y + 130, '出生日期1984.03.22')
      .line(x + 420, y + 130, '性别男')
      .line(x + 120, y + 170, '有效期限2021.04.16-2031.04.16')
      .line(x + 120, y + 210, '签发机关公安部出入境管理局')
      .line(x + 120, y + 260, `证件号码${number}`)
      .line(x + 420, y + 260, '换证次数01')

  it('a travel permit is read with its number, the Chinese name and its dates', async () => {
    const [paper] = await understandPage(permit(new WrittenPage(), 200, 200, '陈大文', 'H12345678'), blindTools)
    expect(valuesOf(paper)).toMatchObject({
      idType: '港澳居民来往内地通行证',
      name: '陈大文',
      sex: '男',
      birthDate: '1984-03-22',
      idNumber: 'H12345678',
      issuer: '公安部出入境管理局',
      validFrom: '2021-04-16',
      validTo: '2031-04-16',
    })
    // Nothing proves a permit's number: it has no check digit.
    expect(paper!.fields.idNumber!.certain).toBe(false)
  })

  it('two permits on one sheet are two papers', async () => {
    const page = new WrittenPage()
    permit(page, 200, 150, '陈大文', 'H12345678')
    permit(page, 200, 900, '何小仪', 'M87654321')
    const papers = await understandPage(page, blindTools)
    expect(papers.map((paper) => [paper.fields.name!.value, paper.fields.idNumber!.value])).toEqual([
      ['陈大文', 'H12345678'],
      ['何小仪', 'M87654321'],
    ])
  })

  it.each([
    ['JPN123456789012', false],
    ['935840199003070011', true],
  ])('the permanent residence card has labels in two languages above its values: %s', async (number, holds) => {
    const page = new WrittenPage()
      .line(300, 200, '外国人永久居留身份证', { size: 34 })
      .line(300, 270, '姓名/Name', { size: 16 })
      .line(300, 292, 'SMITH, JOHN')
      .line(300, 340, '性别/Sex', { size: 16 })
      .line(300, 362, '男/M')
      .line(520, 340, '出生日期/DateofBirth', { size: 16 })
      .line(520, 362, '1990.03.07')
      .line(300, 410, '国籍/Nationality', { size: 16 })
      .line(300, 432, '日本/JPN')
      .line(520, 410, '签发机关/IssuingAuthority', { size: 16 })
      .line(520, 432, '国家移民管理局')
      .line(300, 480, '有效期限/PeriodofValidity', { size: 16 })
      .line(300, 502, '2024.06.18-2034.06.18')
      .line(300, 550, '证件号码/IDNo.', { size: 16 })
      .line(300, 572, number)
    const [paper] = await understandPage(page, blindTools)
    expect(valuesOf(paper)).toMatchObject({
      idType: '外国人永久居留身份证',
      name: 'SMITH,JOHN',
      sex: '男',
      birthDate: '1990-03-07',
      idNumber: number,
      issuer: '国家移民管理局',
      validFrom: '2024-06-18',
      validTo: '2034-06-18',
    })
    expect(paper!.fields.idNumber!.certain).toBe(holds)
  })

  it('a passport’s number is taken from the zone where letters were misread, its name from the print', async () => {
    const page = new WrittenPage()
      .line(100, 100, '护照 PASSPORT', { size: 34 })
      .line(300, 160, '护照号/PassportNo.', { size: 16 })
      .line(300, 182, 'E12345G78')
      .line(300, 230, '姓名/Name', { size: 16 })
      .line(300, 252, '张伟')
      .line(300, 300, '出生日期/Dateofbirth', { size: 16 })
      .line(300, 322, '01 1月/JAN 1990')
      .line(300, 370, '签发日期/Dateofissue', { size: 16 })
      .line(300, 392, '02 1月/JAN 2020')
      .line(560, 370, '有效期至/Dateofexpiry', { size: 16 })
      .line(560, 392, '01 1月/JAN 2030')
      .line(100, 700, 'POCHNZHANG<<WEl<<<<<<<<<<<<<')
      .line(100, 750, 'E123456782CHN90O1011M3001019<<<<<<')
      .line(800, 750, '<<06')
    const [paper] = await understandPage(page, blindTools)
    expect(valuesOf(paper)).toMatchObject({
      idType: '护照',
      name: '张伟',
      idNumber: 'E12345678',
      birthDate: '1990-01-01',
      validFrom: '2020-01-02',
      validTo: '2030-01-01',
      sex: '男',
    })
    expect(paper!.fields.idNumber!.certain).toBe(true)
  })

  it('a passport’s name is spelled by the print where fillers of the zone were read as letters, its labels lost', async () => {
    const page = new WrittenPage()
      .line(100, 100, 'PASSPORT', { size: 34 })
      .line(300, 182, '551205502')
      .line(300, 252, 'WALKR')
      .line(300, 302, 'THOMAS')
      .line(560, 322, '04 DEC 1983')
      .line(560, 372, '08 MAR 2021')
      .line(560, 422, '07 MAR 2031')
      .line(100, 520, 'P<GBRWALKERKSTHOMASK<<<<<<<<<<')
      .line(100, 570, '5512055027GBR8312044M3103072<<<<<<<')
    const [paper] = await understandPage(page, blindTools)
    expect(valuesOf(paper)).toMatchObject({ idType: '护照', name: 'WALKERTHOMAS', validFrom: '2021-03-08', validTo: '2031-03-07' })
  })

  it('a passport is one face, and its zone is read again, though a seal left pieces of the zone and hid the labels', async () => {
    const torn = new WrittenPage()
      .line(106, 289, 'PASSPORT', { size: 28 })
      .line(609, 304, 'A62023357', { size: 22 })
      .line(310, 351, 'LIM', { size: 22 })
      .line(310, 390, 'CHEE KEONG', { size: 22 })
      .line(621, 433, '20 NOV 1973', { size: 22 })
      .line(620, 479, '08 MAR 2022', { size: 22 })
      .line(620, 527, '08 MAR 2027', { size: 22 })
      .line(121, 662, 'P<MY', { size: 36 })
    const whole = new WrittenPage(760, 560)
      .line(60, 20, 'PASSPORT', { size: 28 })
      .line(560, 40, 'A62023357')
      .line(264, 90, 'LIM')
      .line(264, 130, 'CHEE KEONG')
      .line(575, 170, '20 NOV 1973')
      .line(575, 210, '08 MAR 2022')
      .line(575, 260, '08 MAR 2027')
      .line(70, 400, 'P<MYSLIM<<CHEE<KEONG<N<K<<<<<<<<<<<<<<<', { size: 22 })
      .line(70, 450, 'A620233572MYS7311202F2703084<<<<<<<<', { size: 22 })
    let looked: Rectangle | undefined
    const [paper] = await understandPage(torn, {
      ...blindTools,
      lookCloser: (box) => {
        looked = box
        return Promise.resolve({ content: whole, tools: blindTools, toPage: (inner: Rectangle) => inner })
      },
    })
    expect(looked!.x).toBeLessThan(110)
    expect(looked!.x + looked!.width).toBeGreaterThan(740)
    expect(valuesOf(paper)).toMatchObject({ idType: '护照', name: 'LIMCHEEKEONG', idNumber: 'A62023357', validTo: '2027-03-08', sex: '女' })
  })

  it('a passport is one face though its days stand far to the right, and the zone joins all print but them', async () => {
    const page = new WrittenPage(1334, 1887)
      .line(256, 456, '护照PASSPORT', { size: 30 })
      .line(508, 475, 'P')
      .line(615, 474, 'CHN', { size: 40 })
      .line(509, 541, '欧阳晓慧', { size: 30 })
      .line(508, 575, 'OUYANG,XIAOHUI')
      .line(507, 642, '男/M')
      .line(643, 643, '中国/CHINESE')
      .line(507, 702, '福建/FUJIAN')
      .line(507, 758, '福建/FUJIAN')
      .line(509, 824, '国家移民管理局')
      .line(509, 856, 'National Immigration Administration', { size: 18 })
      .line(257, 916, 'POCHNOUYANG<<XIAOHUI<<<<<<<<<<<<<<', { size: 44 })
      .line(259, 970, 'EJ77206995CHN9706213M3103072<<<<<<<<<<<<', { size: 44 })
      .line(899, 652, '21 6月/JUN 1997', { size: 22 })
      .line(897, 711, '08 3月/MAR 2021', { size: 22 })
      .line(894, 770, '07 3月/MAR 2031', { size: 22 })
    const [paper, other] = await understandPage(page, blindTools)
    expect(other).toBeUndefined()
    expect(valuesOf(paper)).toMatchObject({ birthDate: '1997-06-21', validFrom: '2021-03-08', validTo: '2031-03-07' })
  })

  it('a passport is told by its title where its zone cannot be seen', async () => {
    const page = new WrittenPage()
      .line(106, 289, 'PASSPORT', { size: 28 })
      .line(609, 304, 'A62023357')
      .line(310, 390, 'CHEE KEONG')
      .line(621, 433, '20 NOV 1973')
      .line(620, 479, '08 MAR 2022')
      .line(620, 527, '08 MAR 2027')
    const [paper] = await understandPage(page, blindTools)
    expect(valuesOf(paper)).toMatchObject({ idType: '护照', idNumber: 'A62023357', birthDate: '1973-11-20' })
  })

  it('the dot inside a name is one, though another small sign was read', async () => {
    const [paper] = await understandPage(front(new WrittenPage(), 300, 200, { ...li, name: '阿依古丽一买买提' }), blindTools)
    expect(valuesOf(paper)).toMatchObject({ name: '阿依古丽·买买提' })
  })

  it('a residence permit is told by its number where its title stands on the other side', async () => {
    const hongkong = { ...zhang, number: '810000199003072010', birth: '1990年3月7日' }
    const page = new WrittenPage()
      .line(300, 200, `姓名${hongkong.name}`)
      .line(300, 250, '性别男')
      .line(300, 300, `出生${hongkong.birth}`)
      .line(300, 350, '住址福建省厦门市思明区鹭江道')
      .line(300, 480, `公民身份号码 ${hongkong.number}`)
    const [paper] = await understandPage(page, blindTools)
    expect(paper!.fields.idType).toMatchObject({ value: '港澳居民居住证', certain: true })
  })

  it('a licence has no piece of its title in its name', async () => {
    const page = new WrittenPage()
      .line(400, 120, '营业执照', { size: 44 })
      .line(560, 178, '(副')
      .line(640, 226, '本)')
      .line(100, 240, '名')
      .line(170, 240, '称')
      .line(250, 240, '厦门示例食品商行')
      .line(100, 310, '类型 个体工商户')
      .line(100, 360, '经营者 张伟')
      .line(700, 310, '注册日期 2011年10月31日')
    expect(valuesOf((await understandPage(page, blindTools))[0]).enterpriseName).toBe('厦门示例食品商行')
  })

  it('a licence and a card copied onto one sheet are two papers', async () => {
    const page = new WrittenPage()
      .line(400, 120, '营业执照', { size: 44 })
      .line(100, 190, '统一社会信用代码 91350206MA2XM00A2T')
      .line(100, 260, '名称 厦门示例进出口有限公司')
      .line(100, 310, '类型 有限责任公司')
      .line(100, 360, '法定代表人 张伟')
      .line(700, 260, '注册资本 伍拾万元整')
      .line(700, 310, '成立日期 2011年10月31日')
      .line(700, 360, '住所 厦门市海沧区钟林路251号602室')
      .line(800, 520, '登记机关')
    front(page, 60, 900, zhang)
    back(page, 680, 900)
    const papers = await understandPage(page, blindTools)
    expect(papers.map(({ kind }) => kind)).toEqual(['business-licence', 'identity-document'])
    expect(valuesOf(papers[0])).toMatchObject({ enterpriseName: '厦门示例进出口有限公司', uscc: '91350206MA2XM00A2T' })
    expect(valuesOf(papers[1])).toMatchObject({ name: '张伟', idNumber: zhang.number, validTo: '2036-05-20' })
  })

  it('a front is not said to be without a back where there is ink that could not be read', async () => {
    const strokes = Array.from({ length: 30 }, (_, at) => ({ x: 200 + at * 30, y: 900, width: 22, height: 24 }))
    const page = front(new WrittenPage(), 300, 200, zhang)
    const alone = await understandPage(page, blindTools)
    expect(alone[0]!.fields.issuer!.certain).toBe(true)
    const more = await understandPage(page, { ...blindTools, strokesIn: (box) => (box.y > 500 ? strokes : [box]) })
    expect(more[0]!.fields.issuer!.certain).toBe(false)
  })

  it('a back without its title is no proof of a resident card', async () => {
    const page = new WrittenPage().line(300, 400, '签发机关厦门市公安局思明分局').line(300, 450, '有效期限2016.05.20-2036.05.20')
    const [paper] = await understandPage(page, blindTools)
    expect(paper!.fields.idType?.certain ?? false).toBe(false)
  })
})

describe('payment pages', () => {
  it('takes nothing of the next label with the name of the enterprise', async () => {
    const page = new WrittenPage()
      .line(304, 191, '订单详情')
      .line(271, 255, '订单号 NF20261103110156886')
      .line(231, 380, '智能IC卡-操作员卡 ¥110.00')
      .line(150, 582, '发票抬头 厦门示例电子科技有限责任公')
      .line(279, 614, '司内税人识别')
      .line(140, 911, '共1件 总金额：¥110.00')
    expect(valuesOf((await understandPage(page, blindTools))[0]).invoiceTitle).toBe('厦门示例电子科技有限责任公司')
  })

  it('has its status at the head of the screen, where it is the title too, and as many of its one product as it says', async () => {
    const page = new WrittenPage()
      .line(304, 91, '订单明细')
      .line(310, 150, '支付成功', { size: 36 })
      .line(140, 255, '订单号 NF20261103110156886')
      .line(231, 380, '智能IC卡-操作员卡')
      .line(231, 430, '¥110.00')
      .line(140, 911, '共1件')
      .line(500, 911, '实付款 ¥908800')
    const [paper] = await understandPage(page, blindTools)
    expect(valuesOf(paper)).toMatchObject({ orderStatus: '支付成功', items: [{ quantity: 1, price: '110.00' }] })
    // What no number of the product makes up was misread.
    expect(paper!.fields['total']).toMatchObject({ certain: false, evidence: expect.arrayContaining(['mended']) as string[] })
    page.lines.splice(1, 1, ...new WrittenPage().line(140, 300, '支付成功').line(340, 300, '待退款').lines)
    expect(valuesOf((await understandPage(page, blindTools))[0])['orderStatus']).not.toBe('支付成功')
  })

  it('has a name that goes on in the next row, which ends where the first one does', async () => {
    const page = new WrittenPage()
      .line(304, 91, '订单详情')
      .line(140, 255, '订单编号')
      .line(440, 255, 'NF20261103110156886')
      .line(140, 380, '智能IC卡-操作员卡')
      .line(560, 380, '¥110.00')
      .line(140, 582, '发票抬头')
      .line(332, 582, '示例（厦门）供应链管理有限公')
      .line(626, 617, '司', { size: 44 })
      .line(140, 660, '纳税人识别号')
      .line(452, 660, '91350206MA2XM00A2T')
    expect(valuesOf((await understandPage(page, blindTools))[0]).invoiceTitle).toBe('示例（厦门）供应链管理有限公司')
  })

  it('has no figures of a watermark beside it in its title', async () => {
    const page = new WrittenPage()
      .line(304, 91, '订单详情')
      .line(140, 255, '订单编号 NF20261103110156886')
      .line(140, 582, '发票抬头')
      .line(720, 562, '66', { size: 34 })
      .line(332, 582, '厦门示例石材有限公司')
      .line(140, 630, '纳税人识别号 91350206MA2XM00A2T')
    expect(valuesOf((await understandPage(page, blindTools))[0]).invoiceTitle).toBe('厦门示例石材有限公司')
  })

  it('has as many of its goods as make up the sum where that can be in one way only', async () => {
    const page = (sum: string, count: string) =>
      new WrittenPage()
        .line(304, 91, '订单详情')
        .line(140, 155, '订单编号')
        .line(440, 155, 'NF20261103110156886')
        .line(140, 260, '智能IC卡-操作员卡')
        .line(560, 260, '¥110.00')
        .line(140, 360, '智能IC卡-法人卡')
        .line(560, 360, '¥110.00')
        .line(140, 460, '读卡器')
        .line(560, 460, '¥98.00')
        .line(600, 490, 'K2')
        .line(140, 582, '发票抬头')
        .line(380, 582, '厦门示例服装有限公司')
        .line(202, 685, `${count}总金额：¥${sum}`)
    const quantitiesOf = async (written: WrittenPage) =>
      ((await understandPage(written, blindTools))[0]!.fields.items!.value as { quantity: number | null }[]).map(({ quantity }) => quantity)
    expect(await quantitiesOf(page('416.00', '共4件'))).toEqual([1, 1, 2])
    expect(await quantitiesOf(page('526.00', '共5件'))).toEqual([null, null, 2])
    // A pale ×1 is read as two letters.
    const pale = page('416.00', '共4件').line(600, 290, 'xl').line(600, 390, 'Xl')
    expect(await quantitiesOf(pale)).toEqual([1, 1, 2])
    const paleAlone = page('', '').line(600, 290, 'xl')
    expect((await quantitiesOf(paleAlone))[0]).toBe(1)
  })

  it('has of its one product as many as it says, at the price that makes up the sum, and promises neither', async () => {
    const itemsOf = async (count: string) => {
      const page = new WrittenPage()
        .line(304, 91, '订单详情')
        .line(320, 120, '支付成功')
        .line(310, 150, '¥110.00')
        .line(140, 205, '订单号')
        .line(440, 205, 'NF20261103110156886')
        .line(140, 360, '智能IC卡-法人卡')
        .line(140, 582, '发票抬头')
        .line(380, 582, '厦门示例服装有限公司')
        .line(140, 685, count)
      const [paper] = await understandPage(page, blindTools)
      return paper!.fields.items
    }
    expect(await itemsOf('共2件')).toMatchObject({ value: [{ name: '智能IC卡-法人卡', quantity: 2, price: '55.00' }], certain: false })
    expect(await itemsOf('总2件 商品合计')).toMatchObject({ value: [{ quantity: 2 }] })
    expect(await itemsOf('共7件')).toMatchObject({ value: [{ quantity: 7, price: null }], certain: false })
    expect(await itemsOf('合计')).toMatchObject({ value: [{ quantity: null, price: null }] })
  })

  it('has a name of two rows where a copy lost its label', async () => {
    const page = new WrittenPage()
      .line(770, 372, '支付成功')
      .line(681, 527, '智能IC卡-操作员卡')
      .line(985, 522, '¥110.00')
      .line(737, 666, 'NF20261116190734657')
      .line(734, 722, '2026-11-16 19:07:34')
      .line(735, 790, '待开票')
      .line(736, 830, '厦门分中心')
      .line(738, 936, '厂家邮寄')
      .line(737, 994, '厦门市示例运动用品有限责任公')
      .line(737, 1025, '司')
      .line(738, 1135, '13313774301')
    expect(valuesOf((await understandPage(page, blindTools))[0]).invoiceTitle).toBe('厦门市示例运动用品有限责任公司')
  })

  it('has the sum below 支付成功, and no price of the goods for it where their number was not read', async () => {
    const page = (sum: boolean) => {
      const written = new WrittenPage()
        .line(330, 320, '支付成功', { size: 30 })
        .line(244, 470, '智能IC卡-操作员卡')
        .line(536, 474, '¥110.00')
        .line(142, 696, '订单编号')
        .line(385, 696, 'NF20261113121727320')
        .line(140, 740, '订单时间')
        .line(414, 740, '2026-11-13 12:17:27')
        .line(140, 960, '发票抬头')
        .line(351, 960, '厦门示例塑胶制品有限公司')
      return sum ? written.line(292, 369, '¥220.00', { size: 52 }) : written
    }
    const [whole] = await understandPage(page(true), blindTools)
    expect(valuesOf(whole)).toMatchObject({ total: '220.00', items: [{ name: '智能IC卡-操作员卡', quantity: 2, price: '110.00' }] })
    const [torn] = await understandPage(page(false), blindTools)
    expect(torn!.fields.total!.certain).toBe(false)
  })

  it('has a name that a seal’s ring crosses, found where its ink stands; what is no name is none', async () => {
    const page = new WrittenPage()
      .line(304, 91, '订单详情')
      .line(140, 255, '订单编号')
      .line(440, 255, 'NF20261103110156886')
      .line(140, 380, '智能IC卡-操作员卡')
      .line(560, 380, '¥110.00')
      .line(140, 582, '发票抬头')
      .line(380, 582, '厦门示例服装有限公司')
      .line(140, 660, '纳税人识别号')
      .line(452, 660, '91350206MA2XM00A2T')
      .line(140, 720, '签收人手机号')
      .line(536, 720, '13906033003')
      .line(140, 780, '签收人姓名')
    const ink = { x: 600, y: 784, width: 60, height: 22 }
    const strokesIn = (box: Rectangle) => (box.y < 790 && box.y + box.height > 800 && box.x + box.width > 700 ? [ink] : [])
    const readWith = async (text: string) => {
      const readAgain = (box: Rectangle) =>
        Promise.resolve(Math.abs(box.x - ink.x) < 12 ? new WrittenPage().line(600, 784, text, { size: 22 }).lines[0]! : null)
      return (await understandPage(page, { ...blindTools, strokesIn, readAgain }))[0]!.fields.receiverName
    }
    expect(await readWith('许福志')).toMatchObject({ value: '许福志', certain: false })
    expect(await readWith('发票专用章')).toMatchObject({ value: null, certain: false })
  })

  it('is read by its values where a copy lost the pale labels', async () => {
    const page = new WrittenPage()
      .line(496, 162, '订单明细')
      .line(427, 239, '智能IC卡-操作员卡')
      .line(680, 235, '¥110.00')
      .line(552, 357, 'NF20261109115956682')
      .line(579, 399, '2026-11-09 11:59:56')
      .line(694, 437, '待开票')
      .line(659, 514, '厦门分中心')
      .line(679, 550, '电子发票')
      .line(682, 602, '厂家邮寄')
      .line(518, 651, '厦门示例运动用品有限公司')
      .line(567, 694, '91350203614595424W')
      .line(649, 757, '17745765020')
      .line(702, 804, '庄宜珠')
      .line(582, 847, 'wl133@example.com')
      .line(321, 1081, '共1件 总金额：¥110.00')
    const [paper] = await understandPage(page, blindTools)
    expect(valuesOf(paper)).toMatchObject({
      orderNumber: 'NF20261109115956682',
      invoiceTitle: '厦门示例运动用品有限公司',
      taxpayerId: '91350203614595424W',
      receiverPhone: '17745765020',
    })
    expect(paper!.fields['invoiceTitle']!.certain).toBe(false)
  })

  it('takes no end of an address for the enterprise, nor the rows below 电子发票 from it, and knows a way of picking up by most of its letters', async () => {
    const page = new WrittenPage().line(356, 215, '订单明细').line(267, 309, '智能IC卡-操作员卡').line(572, 307, '¥120.00')
    const rows = ['NF20261101101536986', '2026-11-01 10:15:36', '待提货', '厦门分中心', '电子发票', '美区取货', '厦门示例服饰有限公司']
    for (const [at, text] of [...rows, '91350203614595424W', '18351843131', '肖文'].entries()) page.line(312, 458 + 48 * at, text)
    page.line(312, 997, '福建省厦门市海沧区海沧大道262号').line(312, 1025, '夏商大厦35楼06室').line(142, 1195, '共1件 总金额：¥120.00')
    const [paper] = await understandPage(page, blindTools)
    expect(valuesOf(paper)).toMatchObject({ invoiceTitle: '厦门示例服饰有限公司', pickupMethod: '关区取货' })
    expect(paper!.fields['pickupMethod']!.certain).toBe(false)
  })

  it('is picked up as its value says under a seal, which begins with the label of the branch', async () => {
    const page = new WrittenPage(1080, 2340)
      .line(400, 150, '订单明细', { size: 40 })
      .line(300, 300, '智能IC卡-操作员卡')
      .line(60, 480, '订单号')
      .line(700, 480, 'NF20261108092601860')
      .line(60, 560, '关区')
      .line(800, 560, '厦门分中心')
      .line(60, 640, '取货方式')
      .line(820, 640, '关区敢货')
      .line(60, 720, '纳税人识别号')
      .line(700, 720, '91350206MA2XM00A2T')
    const [paper] = await understandPage(page, { ...blindTools, strokesIn: () => [] })
    expect(paper!.fields).toMatchObject({ branch: { value: '厦门分中心' }, pickupMethod: { value: '关区取货', certain: false } })
  })

  it('the order page gives label and value rows, and the branch without its telephone', async () => {
    const page = new WrittenPage(1080, 2340)
      .line(400, 150, '订单明细', { size: 40 })
      .line(300, 300, '智能IC卡-操作员卡')
      .line(950, 340, 'X1')
      .line(300, 380, '¥43.00')
      .line(60, 480, '订单号')
      .line(400, 480, 'NF20261108092601860')
      .line(900, 480, '复制')
      .line(60, 560, '订单时间')
      .line(400, 560, '2026-11-08 09:26:02')
      .line(60, 640, '订单状态')
      .line(400, 640, '待提货')
      .line(60, 720, '关区')
      .line(400, 720, '厦门分中心 电话:0592-5653395 拨号')
      .line(60, 800, '取货方式')
      .line(400, 800, '关区取货')
      .line(60, 880, '*发票抬头')
      .line(400, 880, '厦门示例进出口有限公司')
      .line(60, 960, '*纳税人识别号')
      .line(400, 960, '91350206MA2XM00A2T')
      .line(60, 1040, '*签收人手机号')
      .line(400, 1040, '13800138000')
      .line(60, 1120, '*签收人姓名')
      .line(400, 1120, '林小明')
      .line(60, 1300, '共1件')
      .line(700, 1300, '总金额:¥43.00')
    const [paper] = await understandPage(page, blindTools)
    expect(valuesOf(paper)).toEqual({
      orderNumber: 'NF20261108092601860',
      orderTime: '2026-11-08 09:26:02',
      orderStatus: '待提货',
      branch: '厦门分中心',
      pickupMethod: '关区取货',
      items: [{ name: '智能IC卡-操作员卡', quantity: 1, price: '43.00' }],
      total: '43.00',
      invoiceTitle: '厦门示例进出口有限公司',
      taxpayerId: '91350206MA2XM00A2T',
      receiverName: '林小明',
      receiverPhone: '13800138000',
    })
    expect(paper!.fields.orderNumber!.evidence).toContain('agrees:orderTime')
  })

  it('an order page that names nobody whom it is sent to says so, unless a telephone is on it', async () => {
    const pageWith = (...more: readonly string[]) => {
      const page = new WrittenPage(1080, 2340).line(400, 150, '订单明细', { size: 40 })
      const rows = [
        ['订单号', 'NF20261108092601860'],
        ['订单时间', '2026-11-08 09:26:02'],
        ['关区', '厦门分中心 电话:0592-5653395'],
        ['取货方式', '关区取货'],
        ['*发票抬头', '厦门示例进出口有限公司'],
        ['*纳税人识别号', '91350206MA2XM00A2T'],
        ...more.map((text) => ['', text] as const),
      ] as const
      for (const [at, [label, value]] of rows.entries()) page.line(60, 480 + 80 * at, label).line(400, 480 + 80 * at, value)
      return page
    }
    const receiverOf = async (page: WrittenPage) => (await understandPage(page, blindTools))[0]!.fields['receiverName']
    expect(await receiverOf(pageWith())).toMatchObject({ value: null, certain: true, evidence: ['not-on-this-paper'] })
    expect(await receiverOf(pageWith('13800138000'))).toMatchObject({ value: null, certain: false })
  })

  it.each([
    ['民放   汉', '汉', true],
    ['放满.', '满', false],
  ])('tells the ethnicity beside the sex though its label was misread: %s', async (row, ethnicity, certain) => {
    const page = new WrittenPage()
      .line(300, 300, '姓名张伟')
      .line(300, 350, '性别 男')
      .line(460, 350, row)
      .line(300, 400, '出生1990年1月1日')
      .line(300, 450, '住址福建省厦门市思明区鹭江道')
      .line(300, 580, '公民身份号码 350203199001010018')
    const [paper] = await understandPage(page, blindTools)
    expect(paper!.fields['ethnicity']).toMatchObject({ value: ethnicity, certain })
  })

  it.each([
    ['出生19907年1月15', '350203199001010018', { value: '1990-01-01', certain: false, evidence: ['from-id-number', 'clear'] }],
    ['出生19901月15', '350203199001010018', { value: '1990-01-01', certain: true }],
    ['出生1990年1月1曰2', '350203199001010018', { value: '1990-01-01', certain: true }],
    ['出生1990年21月2日', '350203199001010018', { value: '1990-01-01', certain: false }],
  ])('takes a day of birth that the number tells for read where its row has the same figures: %s', async (row, idNumber, birth) => {
    const page = new WrittenPage()
      .line(300, 300, '姓名张伟')
      .line(300, 350, '性别 男 民族汉')
      .line(300, 400, row)
      .line(300, 450, '住址福建省厦门市思明区鹭江道')
      .line(300, 580, `公民身份号码 ${idNumber}`)
    const [paper] = await understandPage(page, blindTools)
    expect(paper!.fields['birthDate']).toMatchObject(birth)
  })

  it('mends what a fax leaves of 门 and 日 in an address, and never promises it', async () => {
    const page = new WrittenPage()
      .line(300, 300, '姓名张伟')
      .line(300, 350, '性别 男 民族汉')
      .line(300, 400, '出生1990年1月1日')
      .line(300, 450, '住址福建省厦11市思明区观H路88号H座602室')
      .line(300, 580, '公民身份号码 350203199001010018')
    const [paper] = await understandPage(page, blindTools)
    expect(paper!.fields['address']).toMatchObject({ value: '福建省厦门市思明区观日路88号H座602室', certain: false })
  })

  it('promises a way of fetching that was read letter by letter, whatever else stands beside its label', async () => {
    const page = new WrittenPage(1080, 2340)
      .line(400, 100, '订单明细', { size: 40 })
      .line(60, 400, '订单号')
      .line(400, 400, 'NF20261108145435038')
      .line(60, 480, '取货方式')
      .line(400, 480, '关区取货')
      .line(700, 480, '拨号')
    const [paper] = await understandPage(page, blindTools)
    expect(paper!.fields['pickupMethod']).toMatchObject({ value: '关区取货', certain: true })
  })

  it('the list of orders is read where a fax broke up its dashes and its pale words', async () => {
    const page = new WrittenPage(1080, 2340)
      .line(400, 100, '我的订单', { size: 40 })
      .line(160, 180, '搜杰发票治头欧人设海行中泾水号')
      .line(800, 180, '搜索')
      .line(40, 380, '订单号：NF20261108145435038')
      .line(40, 440, '发票指大：厦门示例进出口有限公司')
      .line(40, 500, '纳税人识别码: 91350206MA2XM00A2T')
      .line(40, 620, '关区取货')
      .line(40, 720, '智能IC卡-法人卡')
      .line(600, 720, '¥43.00')
      .line(900, 720, '×1')
      .line(40, 900, '2026-11 08 14:54:35')
    const [paper] = await understandPage(page, blindTools)
    expect(paper!.fields['orderTime']).toMatchObject({ value: '2026-11-08 14:54:35' })
    expect(paper!.fields['invoiceTitle']).toMatchObject({ value: '厦门示例进出口有限公司', certain: false })
  })

  const orders = (total: string, [number, status] = ['NF20261108145435038', '待提货']) =>
    new WrittenPage(1080, 2340)
      .line(400, 100, '我的订单', { size: 40 })
      .line(40, 260, '全部')
      .line(160, 260, '待支付')
      .line(320, 260, '待认证')
      .line(480, 260, '待开票')
      .line(640, 260, '待退款')
      .line(800, 260, '完成订单')
      .line(40, 380, `1 订单号: ${number}`)
      .line(900, 380, status!)
      .line(40, 440, '发票抬头 厦门示例进出口有限公司')
      .line(40, 500, '纳税人识别码: 91350206MA2XM00A2T')
      .line(40, 560, '厦门分中心')
      .line(40, 620, '关区取货')
      .line(40, 720, '智能IC卡-法人卡')
      .line(600, 720, '¥43.00')
      .line(900, 720, '×2')
      .line(40, 800, '读卡器')
      .line(600, 800, '¥42.00')
      .line(900, 800, '×1')
      .line(40, 900, '2026-11-08 14:54:35')
      .line(500, 900, '总3件')
      .line(700, 900, `商品合计 ¥${total}`)

  it('a status that was misread behind a misread number is kept as it was read, and none of the number', async () => {
    const [paper] = await understandPage(orders('128.00', ['NF202611081454C2C38', '寺退款']), blindTools)
    expect(paper!.fields).toMatchObject({
      orderNumber: { value: 'NF202611081454C2C38', certain: false },
      orderStatus: { value: '寺退款', certain: false },
    })
  })

  it('the list of orders is read by its card, the tabs being no status', async () => {
    const [paper] = await understandPage(orders('128.00'), blindTools)
    expect(valuesOf(paper)).toMatchObject({
      orderNumber: 'NF20261108145435038',
      orderTime: '2026-11-08 14:54:35',
      orderStatus: '待提货',
      branch: '厦门分中心',
      pickupMethod: '关区取货',
      items: [
        { name: '智能IC卡-法人卡', quantity: 2, price: '43.00' },
        { name: '读卡器', quantity: 1, price: '42.00' },
      ],
      total: '128.00',
      taxpayerId: '91350206MA2XM00A2T',
    })
    expect(paper!.fields.total!.certain).toBe(true)
  })

  it('takes no tab for the status where a fax lost that one', async () => {
    const page = orders('128.00')
    const lost = page.lines.findIndex(({ text }) => text === '待提货')
    page.lines.splice(lost, 1)
    const [paper] = await understandPage(page, blindTools)
    expect(paper!.fields.orderStatus).toMatchObject({ value: null, certain: false })
  })

  it('a total that is not that of its goods is looked at: one of both is misread or the sum is wrong', async () => {
    const [paper] = await understandPage(orders('123.00'), blindTools)
    expect(paper!.fields.total).toMatchObject({ value: '123.00', certain: false })
    // Which no second reading of the same figures makes certain.
    expect(paper!.fields.total!.evidence).toContain('mended')
  })
})

describe('certainty', () => {
  it('a number under a seal is certain only when the birth date beside it says the same', async () => {
    const page = back(front(new WrittenPage(), 300, 200, zhang), 300, 800)
    page.seals.push({
      box: { x: 400, y: 420, width: 300, height: 300 },
      color: 'red',
      shape: 'round',
      text: '厦门示例进出口有限公司',
      confidence: 0.9,
      role: 'company',
    })
    const [paper] = await understandPage(page, blindTools)
    expect(paper!.fields.idNumber).toMatchObject({ value: zhang.number, certain: true })
    expect(paper!.fields.idNumber!.evidence).toEqual(expect.arrayContaining(['under-seal', 'agrees:birthDate', 'region']))
    const unborn = back(front(new WrittenPage(), 300, 200, { ...zhang, birth: '' }), 300, 800)
    unborn.seals.push(...page.seals)
    const [other] = await understandPage(unborn, blindTools)
    expect(other!.fields.idNumber).toMatchObject({ value: zhang.number, certain: false })
  })

  it('room for a dropped letter keeps a value from being clear', async () => {
    const page = new WrittenPage()
      .line(300, 40, '授权委托书', { size: 34 })
      .line(100, 300, '收件地址:厦门市湖里区  湖北二路82号')
      .line(100, 350, '收件人:王小红')
      .line(100, 400, '法人姓名:陈建国')
    const [paper] = await understandPage(page, blindTools)
    expect(paper!.fields.recipientAddress!.value).toBe('厦门市湖里区湖北二路82号')
    expect(paper!.fields.recipientAddress!.evidence).toContain('gap')
    expect(paper!.fields.recipientAddress!.evidence).not.toContain('clear')
  })

  it('the text of a digital file is certain', async () => {
    const page = new WrittenPage().line(300, 40, '授权委托书', { size: 34, source: 'text-layer' })
    for (const [at, text] of ['收件地址:厦门市湖里区象兴一路88号', '收件人:王小红', '法人姓名:陈建国'].entries())
      page.line(100, 300 + at * 50, text, { source: 'text-layer' })
    const [paper] = await understandPage(page, blindTools)
    expect(paper!.fields.recipientName).toMatchObject({ value: '王小红', source: 'text-layer', certain: true })
  })

  it('room behind the bracket and the colon of a label is no gap in the value', async () => {
    const page = new WrittenPage()
      .line(300, 40, '授权委托书', { size: 34, source: 'text-layer' })
      .line(100, 300, '收件地址:厦门市湖里区象兴一路88号', { source: 'text-layer' })
      .line(100, 350, '法人姓名:陈建国', { source: 'text-layer' })
      .line(100, 400, '法人电话（手机）：  13595147981', { source: 'text-layer' })
    // A closer look at bracket and colon takes them for a figure.
    const again = new WrittenPage().line(268, 400, '013595147981').lines[0]!
    const [paper] = await understandPage(page, { ...blindTools, readAgain: () => Promise.resolve(again) })
    expect(paper!.fields.legalPhone).toMatchObject({ value: '13595147981', source: 'text-layer', certain: true })
    expect(paper!.fields.legalPhone!.evidence).not.toContain('gap')
  })
})
