import { describe, expect, it } from 'vitest'
import type { PageTools, Rectangle } from '../../../src/reading/page.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { blindTools, WrittenPage } from './write-page.ts'

/** Nothing stands on the page but what was read. */
const emptyTools: PageTools = { ...blindTools, strokesIn: () => [] }

/** Prints rows of a paragraph; □ and ☑ are boxes that were found, and were not read as letters. */
function paragraph(rows: readonly string[]): WrittenPage {
  const page = new WrittenPage(1640, 1754)
    .line(500, 40, '制卡业务受理登记表', { size: 34 })
    .line(100, 160, '企业名称：厦门示例进出口有限公司')
    .line(100, 220, '业务类别：')
  for (const [at, row] of rows.entries()) {
    const y = 280 + 50 * at
    let x = 140
    let from = x
    let text = ''
    const end = (): void => {
      if (text.trim() !== '') page.line(from, y, text)
      text = ''
    }
    for (const character of row) {
      if (text === '') from = x
      if (/[□☑]/u.test(character)) page.box(x + 1, y + 1, character === '☑')
      text += /[□☑]/u.test(character) ? '\u3000' : character
      // What is left blank to be filled in parts the row.
      if (character === '_') {
        text = text.slice(0, -1)
        end()
      }
      x += /[\u2e80-\uffef□☑]/u.test(character) ? 24 : 12
    }
    end()
  }
  return page.line(100, 700, '领卡方式：')
}

const fieldsOf = async (...rows: string[]) => {
  const { services, cardNumber } = (await understandPage(paragraph(rows), emptyTools))[0]!.fields
  return { services: services!.value, card: cardNumber!.value }
}

describe('services in a running paragraph', () => {
  it('have their boxes at the ends of rows and their words at the begins of the next', async () => {
    expect(
      await fieldsOf(
        '1.□新用户入网；2.□企业基本信息变更（卡号：________）；3.补卡□法人卡 □操作员卡；4.增办☑',
        '操作员卡；5.注销□企业注销（卡号：________）；6.□企业操作员卡变更（卡号：________）；7.□',
        '电子口岸卡证书更新（卡号：________）；8.□电子口岸卡解锁（卡号：________）。',
      ),
    ).toEqual({ services: ['add-operator'], card: null })
  })

  it('are no words with the end of an item between them: 操作员卡；增办', async () => {
    expect(
      await fieldsOf(
        '□新用户入网；□企业基本信息变更（卡号：________）；补卡□法人卡 ☑操作员卡；增办□操作员卡；注销',
        '□企业注销（卡号：________）；□企业操作员卡变更（卡号：________）；□电子口岸卡证书更新',
      ),
    ).toEqual({ services: ['replace-operator'], card: null })
  })

  it('may be parted within their words', async () => {
    expect(
      await fieldsOf(
        '1.□新用户入网；2.□企业基本信息变更（卡号：________）；3.补卡□法人卡 □操作',
        '员卡；4.增办□操作员卡；5.注销□企业注销（卡号：________）；6.□企业操作员卡',
        '变更（卡号：________）；7.☑电子口岸卡证书更新（卡号：8600427240047）；8.□电子口岸卡解',
        '锁（卡号：________）。',
      ),
    ).toEqual({ services: ['renew'], card: '8600427240047' })
  })

  it('ask for a number that stands on the next row, and may begin it', async () => {
    expect(
      await fieldsOf(
        '1.□新用户入网；2.□企业基本信息变更（卡号：________）；3.补卡□法人卡□操作员卡；',
        '4.增办□操作员卡；5.注销□企业注销（卡号：________）；6.☑企业操作员卡变更（卡号：',
        '8600696345420）；7.□电子口岸卡证书更新（卡号：________）；8.□电子口岸卡解锁（卡号：',
        '________）。',
      ),
    ).toEqual({ services: ['change-operator'], card: '8600696345420' })
  })

  it('may be numbered in brackets, which are none to tick, and end with a number on a row of its own', async () => {
    expect(
      await fieldsOf(
        '(1)新用户入网□、(2)企业基本信息变更□卡号：________(3)补卡法人卡□操作员卡□、(4)增办操作员卡□、',
        '(5)企业注销□卡号：________(6)企业操作员卡变更□卡号：________(7)电子口岸卡证书更新□卡',
        '号：________(8)电子口岸卡解锁☑卡号：',
        '8668815633840。',
      ),
    ).toEqual({ services: ['unlock'], card: '8668815633840' })
  })

  it('take no number of the next item for that of a card', async () => {
    expect(
      await fieldsOf(
        '1.☑新用户入网 2.□企业基本信息变更 卡号： 3.补卡□法人卡 □操作员卡 4.增办□操作员卡 5.注销□企业注',
        '销 卡号： 6.□企业操作员卡变更 卡号： 7.□电子口岸卡证书更新 卡号： 8.□电子口岸卡解锁',
      ),
    ).toEqual({ services: ['enrol'], card: null })
    expect(
      await fieldsOf(
        '1.□新用户入网 2.☑企业基本信息变更 卡号：8600696345420 3.补卡□法人卡 □操作员卡 4.增办□操作员卡 5.注销□企业注',
        '销 卡号： 6.□企业操作员卡变更 卡号： 7.□电子口岸卡证书更新 卡号： 8.□电子口岸卡解锁',
      ),
    ).toEqual({ services: ['change-enterprise'], card: '8600696345420' })
  })

  it('tell that no number was filled in where its room holds no ink', async () => {
    const [paper] = await understandPage(
      paragraph([
        '1.☑新用户入网；2.□企业基本信息变更（卡号：________）；3.补卡□法人卡 □操作员卡；4.增办□',
        '操作员卡；5.注销□企业注销（卡号：________）；6.□企业操作员卡变更（卡号：________）；7.□',
        '电子口岸卡证书更新（卡号：________）；8.□电子口岸卡解锁（卡号：________）。',
      ]),
      emptyTools,
    )
    expect(paper!.fields.cardNumber).toMatchObject({ value: null, certain: true })
  })

  it('may end with the room of a number on a row of its own', async () => {
    const rows = [
      '□新用户入网，□企业基本信息变更（卡号：________），补卡□法人卡 □操作员卡，增办□操作员卡，',
      '□企业注销（卡号：________），□企业操作员卡变更（卡号：________），□电子口',
      '岸卡证书更新（卡号：________），☑电子口岸卡解锁',
    ]
    expect(await fieldsOf(...rows, '（卡号：8686708692926）')).toEqual({ services: ['unlock'], card: '8686708692926' })
    // Where it was not seen it may be filled in.
    const [paper] = await understandPage(paragraph(rows), emptyTools)
    expect(paper!.fields.cardNumber).toMatchObject({ value: null, certain: false })
  })

  it('may have one room for all numbers, which is told blank as far as the page goes', async () => {
    const rows = [
      '□新用户入网　□企业基本信息变更　补卡：□法人卡　□操作员卡　增办：□操作员卡',
      '□企业注销　□企业操作员卡变更　□电子口岸卡证书更新　☑电子口岸卡解锁',
      '卡号：',
    ]
    const [paper] = await understandPage(paragraph(rows), emptyTools)
    expect(paper!.fields.cardNumber).toMatchObject({ value: null, certain: true })
    const inked = { ...emptyTools, strokesIn: ({ x }: Rectangle) => (x > 200 ? [{ x: x + 60, y: 384, width: 14, height: 20 }] : []) }
    const [filled] = await understandPage(paragraph(rows), inked)
    expect(filled!.fields.cardNumber).toMatchObject({ value: null, certain: false })
  })

  it('are read where they stand on the page', async () => {
    const [paper] = await understandPage(
      paragraph([
        '1.□新用户入网；2.□企业基本信息变更（卡号：________）；3.补卡□法人卡 □操作员卡；4.增办□',
        '操作员卡；5.注销□企业注销（卡号：________）；6.□企业操作员卡变更（卡号：________）；7.☑',
        '电子口岸卡证书更新（卡号：8600427240047）；8.□电子口岸卡解锁（卡号：________）。',
      ]),
      emptyTools,
    )
    const [x, y, width] = paper!.fields.cardNumber!.box!
    expect([x * 1640, y * 1754, width * 1640].map(Math.round)).toEqual([140 + 13 * 24, 380, 13 * 12])
  })

  it('stay a list where each has a row of its own', async () => {
    expect(
      await fieldsOf(
        '1.□新用户入网',
        '2.□企业基本信息变更　卡号：________',
        '3.补卡　□法人卡　☑操作员卡',
        '4.增办　□操作员卡',
        '5.注销　□企业注销　卡号：________',
        '6.□企业操作员卡变更　卡号：________',
      ),
    ).toEqual({ services: ['replace-operator'], card: null })
  })
})

describe('services in two columns', () => {
  it('are read each by itself, with the number that stands below its option and none of the other column', async () => {
    const page = new WrittenPage(1640, 1754)
      .line(500, 40, '制卡业务受理登记表', { size: 34 })
      .line(100, 160, '企业名称：厦门示例进出口有限公司')
    const columns = [
      ['1.', '新用户入网'],
      ['2.', '企业基本信息变更　卡号：'],
      ['4.', '增办操作员卡'],
      ['5.', '企业注销　卡号：'],
      ['6.', '企业操作员卡变更　卡号：'],
      ['7.', '电子口岸卡证书更新　卡号：8600696345420'],
    ] as const
    for (const [at, [ordinal, words]] of columns.entries()) {
      const [x, y] = [at < 3 ? 140 : 700, 300 + 60 * (at % 3)]
      page
        .line(x, y, ordinal)
        .box(x + 30, y + 1, at === 1)
        .line(x + 60, y, words)
    }
    const [paper] = await understandPage(page.line(100, 700, '领卡方式：'), emptyTools)
    expect(paper!.fields.services).toMatchObject({ value: ['change-enterprise'] })
    expect(paper!.fields.cardNumber!.value).not.toBe('5')
  })
})

describe('ink of a paragraph', () => {
  it('in the letters of the next row is no tick of this one', async () => {
    const rows = [
      '1.□新用户入网；2.□企业基本信息变更（卡号：____）；3.□企业操作员卡变更；',
      '4.□电子口岸卡证书更新（卡号：____）；5.□电子口岸卡解锁（卡号：____）。',
    ]
    const page = paragraph(rows)
    for (const line of page.lines.filter(({ box }) => box.y === 330)) Object.assign(line.box, { y: 306 })
    for (const found of page.checkBoxes.filter(({ box }) => box.y === 331)) Object.assign(found.box, { y: 307 })
    const below = { x: 240, y: 306, width: 18, height: 8 }
    const strokesIn: PageTools['strokesIn'] = ({ x, y, width, height }) =>
      below.x >= x && below.x + below.width <= x + width && below.y < y + height && below.y + below.height > y ? [below] : []
    const [paper] = await understandPage(page, { ...emptyTools, strokesIn })
    expect(paper!.fields.services).toMatchObject({ value: null })
  })
})

describe('a card number', () => {
  const written = (line: string) =>
    new WrittenPage(1640, 1754)
      .line(500, 40, '制卡业务受理登记表', { size: 34 })
      .line(100, 160, '企业名称：厦门示例进出口有限公司')
      .line(140, 300, '1.□新用户入网')
      .line(140, 360, '2.□企业基本信息变更')
      .line(140, 420, line)
      .line(100, 700, '领卡方式：')

  it('does not take the number of the option that follows on its line', async () => {
    for (const next of ['8.口卡解锁', '8.0卡解锁', '(8)□卡解锁']) {
      const [paper] = await understandPage(written(`7.□证书更新卡号:8693951127994${next}`), emptyTools)
      expect(paper!.fields.cardNumber).toMatchObject({ value: '8693951127994' })
    }
  })

  it('is no promise where that number has no point and may be its last figure', async () => {
    const [paper] = await understandPage(written('7.□证书更新卡号:86939511279948口卡解锁'), emptyTools)
    expect(paper!.fields.cardNumber).toMatchObject({ certain: false, evidence: expect.arrayContaining(['cut-short']) as unknown })
  })
})

describe('a card number in one place below all options', () => {
  const printed = (ticked: string) => {
    const page = new WrittenPage().line(300, 40, '制卡业务受理登记表', { size: 34 }).line(100, 160, '企业名称:厦门示例进出口有限公司')
    const rows = [
      ['新用户入网', '企业基本信息变更', '补卡(法人卡)'],
      ['企业注销', '企业操作员卡变更', '电子口岸卡证书更新'],
      ['电子口岸卡解锁'],
    ]
    for (const [at, row] of rows.entries())
      for (const [column, words] of row.entries())
        page.line(130 + 330 * column, 300 + 44 * at, words).box(100 + 330 * column, 301 + 44 * at, words === ticked)
    return page.line(200, 432, '卡号:8600000012346').line(100, 700, '领卡方式')
  }

  it('is that of whichever is ticked, not of the last', async () => {
    const [paper] = await understandPage(printed('企业操作员卡变更'), emptyTools)
    expect(paper!.fields).toMatchObject({ services: { value: ['change-operator'] }, cardNumber: { value: '8600000012346' } })
    expect(paper!.fields.services!.evidence).toContain('clear-ticks')
    expect(paper!.fields.services!.evidence).not.toContain('card-number-at:unlock')
  })

  it('tells no service where none is ticked', async () => {
    const [paper] = await understandPage(printed('none'), emptyTools)
    expect(paper!.fields.services!.value).toBeNull()
  })
})

describe('words of an option and a card', () => {
  it('with a box between them are two, though nothing of the box was read', async () => {
    const page = new WrittenPage().line(300, 40, '制卡业务受理登记表', { size: 34 }).line(100, 200, '企业名称:厦门示例进出口有限公司')
    page.line(100, 300, '1.').line(180, 300, '新用户入网').box(140, 301, false)
    page.line(100, 360, '2.').line(180, 360, '企业基本信息变更').box(140, 361, false)
    // The room of the boxes was shared out among the letters.
    page.line(100, 420, '3.补卡法人卡', { size: 28 }).box(180, 423, false)
    page.line(400, 420, '操作员卡').box(370, 421, true)
    page.line(100, 480, '4.').line(180, 480, '企业注销').box(140, 481, false)
    const [paper] = await understandPage(page.line(100, 700, '领卡方式'), emptyTools)
    expect(paper!.fields.services).toMatchObject({ value: ['replace-operator'] })
  })
})
