/** The cards of a sheet. Longer than 400 lines: each case lays out its sheet. */
import { describe, expect, it } from 'vitest'
import type { CloserLook, PageTools, Rectangle } from '../../../src/reading/page.ts'
import { joinFields, pairFaces, tellBacks } from '../../../src/reading/understand/join-faces.ts'
import { normaliseTerm } from '../../../src/reading/understand/read-validity.ts'
import { arrangeLines } from '../../../src/reading/understand/text/letters.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { blindTools, valuesOf, WrittenPage } from './write-page.ts'

const number = '350203199001010018'

function front(page: WrittenPage, x: number, y: number, address = '福建省厦门市思明区鹭江道'): WrittenPage {
  return page
    .line(x, y, '姓名张伟')
    .line(x, y + 50, '性别男民族汉')
    .line(x, y + 100, '出生1990年1月1日')
    .line(x, y + 150, `住址${address}`)
    .line(x + 48, y + 182, '88号602室')
    .line(x, y + 280, `公民身份号码 ${number}`)
}

const back = (page: WrittenPage, x: number, y: number): WrittenPage =>
  page
    .line(x + 60, y, '中华人民共和国', { size: 34 })
    .line(x + 60, y + 60, '居民身份证', { size: 44 })
    .line(x, y + 200, '签发机关厦门市公安局思明分局')
    .line(x, y + 250, '有效期限2016.05.20-2036.05.20')

const whole = {
  name: '张伟',
  sex: '男',
  ethnicity: '汉',
  birthDate: '1990-01-01',
  address: '福建省厦门市思明区鹭江道88号602室',
  idNumber: number,
  issuer: '厦门市公安局思明分局',
  validFrom: '2016-05-20',
  validTo: '2036-05-20',
}

/** Tools that find `page` wherever they are asked to look closer, turned upside down; and the places that were asked for. */
function lookingAt(page: WrittenPage): PageTools & { readonly asked: Rectangle[] } {
  const asked: Rectangle[] = []
  return {
    ...blindTools,
    asked,
    lookCloser: (box): Promise<CloserLook> => {
      asked.push(box)
      const toPage = ({ x, y, width, height }: Rectangle): Rectangle => ({
        x: box.x + box.width - x - width,
        y: box.y + box.height - y - height,
        width,
        height,
      })
      return Promise.resolve({ content: page, tools: blindTools, toPage })
    },
  }
}

describe('a caption', () => {
  it('is that of the card below it, and of the only one wherever it stands', async () => {
    const two = back(front(new WrittenPage().line(300, 40, '持卡人身份证复印件'), 300, 120), 300, 460)
    const one = await understandPage(two, blindTools)
    expect(one.map(({ captions }) => captions)).toEqual([['持卡人身份证复印件']])
    const below = new WrittenPage().line(300, 1640, '经办人身份证复印件')
    const pair = front(back(front(below, 300, 120), 300, 460), 300, 900)
      .line(300, 40, '操作员身份证复印件')
      .line(300, 840, '经办人身份证复印件')
    const both = await understandPage(pair, blindTools)
    expect(both.map(({ captions }) => captions)).toEqual([['操作员身份证复印件'], ['经办人身份证复印件']])
    const plain = await understandPage(back(front(new WrittenPage(), 300, 120), 300, 460), blindTools)
    expect(plain.map(({ captions }) => captions)).toEqual([undefined])
  })
})

describe('a back whose rows a seal hides', () => {
  it('is there and unread, where its title stands', async () => {
    const page = front(new WrittenPage(), 100, 100)
      .line(160, 600, '中华人民共和国', { size: 34 })
      .line(160, 660, '居民身份证', { size: 44 })
    const [paper] = await understandPage(page, blindTools)
    for (const name of ['issuer', 'validFrom', 'validTo'])
      expect(paper!.fields[name]).toMatchObject({ value: null, certain: false, box: expect.any(Array) as unknown })
  })
})

describe('faces of cards', () => {
  it('are none where a closer look at what shines through saw the rows of a face beside it', async () => {
    const page = front(new WrittenPage(), 200, 620)
    for (const y of [380, 420, 460]) page.unread.push({ x: 180, y, width: 400, height: 30 })
    const rows = new WrittenPage(700, 500).line(60, 260, '姓名张伟').line(60, 310, '性别男民族汉').line(60, 360, '出生1990年1月1日')
    const toPage = (box: Rectangle): Rectangle => ({ ...box, x: box.x + 140, y: box.y + 360 })
    const tools = { ...blindTools, lookCloser: () => Promise.resolve({ content: rows, tools: blindTools, toPage }) }
    const cards = await understandPage(page, tools)
    expect(cards.map(({ fields }) => [fields['name']!.value, fields['idNumber']!.value])).toEqual([['张伟', number]])
  })

  it('are one card where the number of the front was cut off with the back below it', () => {
    const told = (value: string | null) => ({ value, confidence: 1, source: 'ocr' as const, page: 0, box: null, certain: value !== null })
    const face = (part: 'front' | 'both', y: number, values: Record<string, string | null>) => ({
      part,
      bounds: { x: 100, y, width: 400, height: 250 },
      isTravel: false,
      fields: Object.fromEntries(['name', 'idNumber', 'validTo'].map((name) => [name, told(values[name] ?? null)])),
    })
    const faces = [
      face('front', 100, { name: '张伟', idNumber: number }),
      face('both', 400, { idNumber: number, validTo: '2036-05-20' }),
      face('both', 800, { name: '林芳', idNumber: '350206198506150029', validTo: '2040-01-01' }),
    ]
    const cards = pairFaces(tellBacks(faces))
    expect(cards.map(({ fields }) => [fields['name']?.value, fields['validTo']?.value])).toEqual([
      ['张伟', '2036-05-20'],
      ['林芳', '2040-01-01'],
    ])
  })

  describe('of two people on one sheet', () => {
    const told = (value: string | null) => ({ value, confidence: 1, source: 'ocr' as const, page: 0, box: null, certain: value !== null })
    const side = (part: 'front' | 'back', x: number, y: number, values: Record<string, string>) => ({
      part,
      bounds: { x, y, width: 400, height: 250 },
      isTravel: false,
      fields: Object.fromEntries(['name', 'address', 'idNumber', 'issuer'].map((name) => [name, told(values[name] ?? null)])),
    })
    const zhang = { name: '张伟', address: '福建省厦门市海沧区鹭江道8号', idNumber: '350205199001010018' }
    const lin = { name: '林芳', address: '福建省漳州市诏安县孚莲路12号', idNumber: '350624198506150029' }
    const offices = {
      haicang: { issuer: '厦门市公安局海沧分局' },
      zhaoan: { issuer: '诏安县公安局' },
      siming: { issuer: '厦门市公安局思明分局' },
    }
    const paired = (faces: Parameters<typeof pairFaces>[0]) =>
      pairFaces(faces).map(({ fields }) => [fields['name']!.value, fields['issuer']!.value, fields['issuer']!.certain])

    it('are paired by their places', () => {
      const faces = [
        side('front', 100, 100, zhang),
        side('back', 600, 100, offices.haicang),
        side('front', 100, 600, lin),
        side('back', 600, 600, offices.zhaoan),
      ]
      expect(paired(faces)).toEqual([
        ['张伟', '厦门市公安局海沧分局', true],
        ['林芳', '诏安县公安局', true],
      ])
    })

    it('are paired by the homes of their holders where places do not tell', () => {
      const faces = [
        side('front', 100, 100, zhang),
        side('front', 100, 400, lin),
        side('back', 100, 700, offices.zhaoan),
        side('back', 100, 1000, offices.haicang),
      ]
      expect(paired(faces)).toEqual([
        ['张伟', '厦门市公安局海沧分局', true],
        ['林芳', '诏安县公安局', true],
      ])
    })

    it('have an office that their holder’s district vouches for, where nothing of its name is in doubt', () => {
      const office = (issuer: string, ...evidence: string[]) => {
        const back = side('back', 600, 100, { issuer })
        const read = { ...back, fields: { ...back.fields, issuer: { ...back.fields['issuer']!, certain: false, evidence } } }
        return paired([side('front', 100, 100, zhang), read])[0]
      }
      expect(office(offices.haicang.issuer, 'clear')).toEqual(['张伟', '厦门市公安局海沧分局', true])
      expect(office(offices.haicang.issuer, 'clear', 'mended')![2]).toBe(false)
      expect(office(offices.zhaoan.issuer, 'clear')![2]).toBe(false)
      expect(office('厦门市公安局', 'clear')![2]).toBe(false)
    })

    it('are in doubt where neither tells, and where an office is that of the other', () => {
      const faces = [side('front', 100, 100, zhang), side('front', 100, 400, { ...zhang, name: '林芳' })]
      const backs = [side('back', 100, 700, offices.haicang), side('back', 100, 1000, offices.haicang)]
      expect(paired([...faces, ...backs]).map(([, , certain]) => certain)).toEqual([false, false])
      const rows = [side('front', 100, 100, zhang), side('back', 600, 100, offices.siming)]
      const others = [side('front', 100, 600, lin), side('back', 600, 600, offices.haicang)]
      expect(paired([...rows, ...others])[0]).toEqual(['张伟', '厦门市公安局海沧分局', false])
    })

    it('are parted where something joined their backs', async () => {
      const page = new WrittenPage(1754, 1240)
      front(page, 150, 100)
      back(page, 900, 100)
      page.line(1000, 400, '仅供办理电子口岸卡使用').line(1100, 480, '再次复印无效')
      back(page, 900, 560)
      const papers = await understandPage(page, blindTools)
      expect(papers.map(({ part }) => part)).toEqual(['both', 'back'])
    })
  })

  it('beside each other keep their words to themselves', async () => {
    const page = new WrittenPage(1754, 1240)
    front(page, 200, 300)
    back(page, 1000, 330)
    const tools = lookingAt(new WrittenPage())
    const papers = await understandPage(page, tools)
    expect(papers).toHaveLength(1)
    expect(papers[0]!.part).toBe('both')
    expect(valuesOf(papers[0])).toMatchObject(whole)
    // Nothing about them is doubtful: no second look is paid for.
    expect(tools.asked).toEqual([])
  })

  it('one of which lies upside down are read each as it lies', async () => {
    const page = back(new WrittenPage(), 300, 200)
    for (const [at, width] of [300, 90, 260, 120, 330].entries()) page.unread.push({ x: 320, y: 700 + at * 50, width, height: 26 })
    const tools = lookingAt(front(new WrittenPage(800, 600), 100, 60))
    const [paper, ...others] = await understandPage(page, tools)
    expect(others).toEqual([])
    expect(valuesOf(paper)).toMatchObject(whole)
    expect(tools.asked).toHaveLength(1)
    // Where the number stands at the foot of the card it stands at its head on the page.
    const [, top] = paper!.fields.idNumber!.box!
    expect(top * page.height).toBeLessThan(paper!.fields.name!.box![1] * page.height)
    expect(top * page.height).toBeGreaterThan(600)
  })

  it('that were not read are not said to be absent', async () => {
    const page = back(new WrittenPage(), 300, 200)
    for (const at of [0, 1, 2, 3]) page.unread.push({ x: 320, y: 700 + at * 50, width: 250, height: 26 })
    const [paper] = await understandPage(page, blindTools)
    expect(paper!.fields.idNumber).toMatchObject({ value: null, certain: false })
  })

  it('that leave a doubt are read again larger', async () => {
    const page = new WrittenPage()
    page.line(300, 200, '姓名张伟').line(300, 250, '性别男民族汉').line(300, 300, '出生1990年1月1日').line(348, 382, '88号602室')
    page.line(300, 480, `公民身份号码 ${number}`)
    const tools = lookingAt(front(new WrittenPage(800, 600), 100, 60))
    const [paper] = await understandPage(page, tools)
    expect(paper!.fields.address!.value).toBe(whole.address)
    expect(tools.asked).toHaveLength(1)
  })

  it('of two passports that touch are two documents', async () => {
    const page = new WrittenPage()
    for (const [y, first, second] of [
      [100, 'P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<', 'E123456782CHN9001011M3001019<<<<<<<<<<<<<<00'],
      [470, 'P<JPNTANAKA<<HIROSHI<<<<<<<<<<<<<<<<<<<<<<<<', 'TR06728924JPN9703120M2806103<<<<<<<<<<<<<<04'],
    ] as const) {
      page.line(100, y, '护照 PASSPORT', { size: 34 })
      page.line(100, y + 250, first).line(100, y + 290, second)
    }
    const papers = await understandPage(page, blindTools)
    expect(papers.map(({ fields }) => [fields.idNumber!.value, fields.birthDate!.value])).toEqual([
      ['E12345678', '1990-01-01'],
      ['TR0672892', '1997-03-12'],
    ])
  })

  it('of a passport whose columns stand far apart, its labels lost, is one face', async () => {
    const page = new WrittenPage()
      .line(117, 688, 'PASSPORT', { size: 32 })
      .line(692, 703, 'A03107309', { size: 26 })
      .line(349, 757, 'TAN')
      .line(351, 849, 'M')
      .line(711, 855, '22 NOV 1998')
      .line(346, 911, 'PULAU PINANG')
      .line(711, 911, '17 MAY 2022')
      .line(711, 965, '16 MAY 2032')
      .line(128, 1117, 'P<MYSTAN<<WEI<LING<<<', { size: 36 })
      .line(126, 1162, 'A031073097MYS9811223M3205161<4', { size: 36 })
    const papers = await understandPage(page, blindTools)
    expect(
      papers.map(({ fields }) => [fields.idNumber, fields.birthDate, fields.validFrom, fields.validTo].map((field) => field!.value)),
    ).toEqual([['A03107309', '1998-11-22', '2022-05-17', '2032-05-16']])
    expect(papers[0]!.fields.validTo!.evidence).toContain('agrees:validTo')
  })

  it('has the term of which a seal left two figures of each year', () => {
    const term = (text: string) => {
      const [read] = new WrittenPage().line(0, 0, text).lines
      const [line] = arrangeLines({ lines: [read!] })
      return (['validFrom', 'validTo'] as const).map((field) => normaliseTerm(line!.letters, field))
    }
    expect(term('19.02.20039.02.20')).toMatchObject([
      { value: '2019-02-20', evidence: ['date-exists', 'mended'] },
      { value: '2039-02-20', evidence: ['date-exists', 'mended'] },
    ])
    // Cards run for no 19 years, and not to another day.
    for (const text of ['19.02.20038.02.20', '19.02.20039.02.21', '19.13.20039.13.20'])
      expect(term(text).map(({ value }) => value)).toEqual([null, null])
  })

  it('on a sheet of which nothing else could be read are looked at closely', async () => {
    const page = new WrittenPage()
    for (const [at, width] of [300, 90, 260, 120, 330].entries()) page.unread.push({ x: 320, y: 700 + at * 50, width, height: 26 })
    page.line(420, 740, '厂8')
    const [paper] = await understandPage(page, lookingAt(front(new WrittenPage(800, 600), 100, 60)))
    expect(paper).toMatchObject({ kind: 'identity-document', part: 'front' })
    expect(paper!.fields.idNumber!.value).toBe(number)
  })
})

describe('a letter that names somebody', () => {
  it('by the number alone is no card', async () => {
    const page = new WrittenPage()
    for (const [at, width] of [700, 690, 260, 120].entries()) page.unread.push({ x: 220, y: 600 + at * 50, width, height: 26 })
    page.line(420, 740, '厂8')
    const letter = new WrittenPage(1000, 700)
      .line(60, 60, `兹委托本公司员工（身份证号码：${number}）办理`)
      .line(60, 120, '委托期限至2026年12月31日')
    const [paper] = await understandPage(page, lookingAt(letter))
    expect(paper).toMatchObject({ kind: 'unknown' })
  })
})

describe('what a face hides', () => {
  it('is told by flat strokes behind a line: 二 was passed over', async () => {
    const page = front(new WrittenPage(), 300, 200)
    const end = 300 + 24 * 14
    const strokes = [
      { x: end + 4, y: 354, width: 15, height: 2 },
      { x: end + 2, y: 367, width: 20, height: 2 },
    ]
    const tools = { ...blindTools, strokesIn: (box: Rectangle) => (box.y < 354 && box.y + box.height > 367 ? strokes : []) }
    const [paper] = await understandPage(page, tools)
    expect(paper!.fields.address!.evidence).toContain('ink-beside')
  })

  it('is the end of a term, read again as far as a term reaches', async () => {
    const page = back(new WrittenPage(), 300, 300)
    page.lines.pop()
    page.line(300, 550, '有效期限2024.07.23')
    const again = new WrittenPage().line(396, 550, '2024.07.23-204-07.23').lines[0]!
    const [paper] = await understandPage(page, {
      ...blindTools,
      readAgain: (box) => Promise.resolve(box.x > 390 && box.width > 300 ? again : null),
    })
    expect(paper!.fields.validTo).toMatchObject({ value: '2044-07-23', certain: false })
  })

  it('is a term as well when its row is read again: neither end is taken for the other', async () => {
    const page = back(new WrittenPage(), 300, 300)
    page.lines.pop()
    page.line(300, 550, '有效期限2017.031,10-2037.09,10')
    const whole = new WrittenPage().line(396, 550, '2017.09.10-2037.09.10').lines[0]!
    const half = new WrittenPage().line(396, 550, '2037.09.10').lines[0]!
    for (const [again, certain] of [
      [whole, true],
      [half, false],
    ] as const) {
      const [paper] = await understandPage(page, { ...blindTools, readAgain: () => Promise.resolve(again) })
      expect(paper!.fields.validFrom).toMatchObject({ value: '2017-09-10', certain })
      expect(paper!.fields.validTo).toMatchObject({ value: '2037-09-10', certain })
    }
  })

  it.each([
    ['有效期限2010% -2030.10.03', '2010-10-03', '2030-10-03'],
    ['有效期限2024.09.2长期', '2024-09-02', '长期'],
  ])('is in doubt where its begin or a figure of it was not read: %s', async (row, from, until) => {
    const page = back(new WrittenPage(), 300, 300)
    page.lines.pop()
    const [paper] = await understandPage(page.line(300, 550, row), blindTools)
    expect(paper!.fields.validFrom).toMatchObject({ value: from, certain: false })
    expect(paper!.fields.validTo).toMatchObject({ value: until, certain: false })
  })
})

describe('two readings of one face', () => {
  const field = (value: string | null, certain: boolean, evidence: readonly string[] = []) => ({
    value,
    certain,
    confidence: 0.9,
    source: 'ocr' as const,
    box: null,
    evidence: [...evidence],
  })

  it('fill each other, and nothing in which they differ is certain', () => {
    const first = { name: field('张伟', true), sex: field(null, false), idNumber: field(number, true, ['check-digit']) }
    const closer = { name: field('张炜', false), sex: field('男', true), idNumber: field('35020319900101001', false) }
    expect(joinFields(first, closer)).toMatchObject({
      name: { value: '张伟', certain: false },
      sex: { value: '男', certain: true },
      idNumber: { value: number, certain: false },
    })
  })

  it('yield to each other where one passed over a character whose ink stands beside it', () => {
    const whole = { name: field('上官鹏继', false) }
    const torn = { name: field('上官鹏', false, ['ink-beside']) }
    expect(joinFields(whole, torn).name).toMatchObject({ value: '上官鹏继', certain: false })
    expect(joinFields(torn, whole).name).toMatchObject({ value: '上官鹏继', certain: false })
    expect(joinFields(whole, { name: field('上官鹏', false) }).name!.value).toBe('上官鹏')
  })

  it('leave a number certain that its check digit and the day of birth prove, where the other reading holds nothing', () => {
    const proven = field(number, true, ['check-digit', 'agrees:birthDate', 'region'])
    const misread = field(number.replace('35', '5'), false)
    expect(joinFields({ idNumber: proven }, { idNumber: misread }).idNumber).toMatchObject({ value: number, certain: true })
    expect(joinFields({ idNumber: misread }, { idNumber: proven }).idNumber).toMatchObject({ value: number, certain: true })
    const other = field('350203199001010026', false, ['check-digit'])
    expect(joinFields({ idNumber: proven }, { idNumber: other }).idNumber!.certain).toBe(false)
  })
})

describe('sheets that were photographed together', () => {
  it('are as many papers, each understood by what lies on it', async () => {
    const page = new WrittenPage(2400, 1240)
    front(page, 100, 300)
    back(page, 100, 700)
    page
      .line(1350, 100, '订单明细', { size: 34 })
      .line(1350, 200, '订单号')
      .line(1800, 200, 'NF20261119153748686')
      .line(1350, 260, '订单时间')
      .line(1800, 260, '2026-11-19 15:37:48')
      .line(1350, 320, '订单状态')
      .line(1800, 320, '待提货')
    const sheets = [
      { x: 0, y: 0, width: 1160, height: 1240 },
      { x: 1240, y: 0, width: 1160, height: 1240 },
    ]
    const papers = await understandPage({ ...page, sheets }, blindTools)
    expect(papers.map(({ kind }) => kind)).toEqual(['identity-document', 'payment-proof'])
    expect(valuesOf(papers[0])).toMatchObject({ name: whole.name, validTo: whole.validTo })
    expect(papers[1]!.fields['orderTime']!.value).toBe('2026-11-19 15:37:48')
  })
})
