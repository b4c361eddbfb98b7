// Longer than 400 lines: each case writes the sheet that it is about.
import { describe, expect, it } from 'vitest'
import type { Rectangle } from '../../../src/reading/page.ts'
import { bottom, join, right } from '../../../src/reading/understand/text/geometry.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { blindTools, valuesOf, WrittenPage } from './write-page.ts'

const code = '91350206MA2XM00A2T'

function guideLayout(
  ticked: string,
  more: {
    post?: boolean
    cardNumber?: string
    name?: string
    phone?: string
    also?: [ticked: string, surely: number]
    hidden?: readonly string[]
    /** Another row with a card's number. */
    numberAt?: string
  } = {},
): WrittenPage {
  const page = new WrittenPage()
    .line(250, 80, '中国电子口岸数据中心厦门分中心制卡业务受理登记表', { size: 30 })
    .line(800, 140, '申办日期: 2026 年 11 月 20 日')
    .row(100, 200, 60, [
      [260, '企业名称'],
      [780, more.name ?? '厦门示例进出口有限公司'],
    ])
    .row(100, 260, 60, [
      [260, '社会统一信用代码'],
      [780, code],
    ])
    .row(100, 320, 60, [
      [260, '经办人'],
      [260, '林小明'],
      [260, '联系电话'],
      [260, more.phone ?? '13800138000'],
    ])
  const options: [string, string, boolean][] = [
    ['enrol', '1.  新用户入网', false],
    ['change-enterprise', '2.  企业基本信息变更    卡号:', true],
    ['change-operator', '6.  企业操作员卡变更     卡号:', true],
    ['renew', '7.  电子口岸卡证书更新   卡号:', true],
    ['unlock', '8.  电子口岸卡解锁      卡号:', true],
  ]
  page.cells.push({ box: { x: 100, y: 380, width: 160, height: 420 } }, { box: { x: 260, y: 380, width: 880, height: 420 } })
  page.line(110, 560, '业务类别')
  let y = 390
  for (const [value, text, card] of options) {
    page.line(270, y, text + ((value === ticked || value === more.numberAt) && card ? (more.cardNumber ?? '') : ''))
    if (!more.hidden?.includes(value))
      page.box(295, y, value === ticked || value === more.also?.[0], value === more.also?.[0] ? more.also[1] : undefined)
    y += 48
  }
  page.line(270, y, '3.补卡   法人卡   操作员卡')
  page.box(352, y, ticked === 'replace-legal').box(461, y, ticked === 'replace-operator')
  page.line(270, y + 48, '4.增办   操作员卡')
  page.box(352, y + 48, ticked === 'add-operator')
  page.line(270, y + 96, '5.注销   企业注销')
  page.box(352, y + 96, ticked === 'deregister')
  page.cells.push({ box: { x: 100, y: 800, width: 160, height: 500 } }, { box: { x: 260, y: 800, width: 880, height: 500 } })
  page.line(110, 1000, '领卡方式')
  page
    .line(300, 810, '窗口领卡 查询网址 https://icapprove.xmeport.cn/,打印领卡通知单,加盖企业公章', { size: 18 })
    .box(272, 808, more.post === false)
  page.line(300, 860, '邮寄领卡').box(272, 860, more.post !== false)
  page.line(300, 910, '一、我司承诺在办理该业务时提供和录入的所有资料和表格均具备真实性、有效性,我司均予以承', { size: 18 })
  page.line(270, 1000, '收件地址:福建省厦门市湖里区象兴一路88号示例大厦12楼')
  page.line(270, 1030, '1203室')
  page.line(270, 1080, '收件人: 王小红')
  page.line(700, 1080, '联系电话:0592-5653395转801')
  page.row(100, 1300, 200, [
    [520, '企\n业\n盖\n章'],
    [520, '受理人:'],
  ])
  return page
}

/** Another office: no ruled table, labels above the values, boxes typed after their words. */
function freeLayout(): WrittenPage {
  return new WrittenPage()
    .line(300, 60, '电子口岸制卡业务受理登记表', { size: 32 })
    .line(80, 150, '单位名称')
    .line(700, 150, '统一社会信用代码')
    .line(80, 190, '厦门示例进出口有限公司')
    .line(700, 190, code)
    .line(80, 260, '经办人姓名')
    .line(480, 260, '联系电话')
    .line(820, 260, '申请日期')
    .line(80, 300, '林小明')
    .line(480, 300, '138 0013 8000')
    .line(820, 300, '2026-11-20')
    .line(80, 380, '业务类型')
    .line(80, 420, '新用户入网□    企业基本信息变更□    企业操作员卡变更□')
    .line(80, 460, '证书更新□    卡解锁☑    企业注销□    卡号:FJ20260001')
    .line(80, 540, '领取方式  窗口领卡☑  邮寄领卡□')
}

/** A cross of a pen in the place of boxes that begin at `x` and at each of `rows`: ink as large as a box or more, which does not rise. */
const inPlaceOfBoxes =
  (x: number, rows: readonly number[], side = 22) =>
  (box: Rectangle): Rectangle[] =>
    rows
      .map((y) => ({ x: x - 2, y: y + (22 - side) / 2 - 2, width: side + 4, height: side + 4 }))
      .filter((ink) => right(ink) > box.x && ink.x < right(box) && bottom(ink) > box.y && ink.y < bottom(box))

describe('a registration form as the guide prints it', () => {
  it('gives every field, ticks and the card number of the ticked row', async () => {
    const [paper] = await understandPage(guideLayout('renew', { cardNumber: '3502123456789' }), blindTools)
    expect(paper!.kind).toBe('registration-form')
    expect(paper!.confidence).toBeGreaterThan(0.95)
    expect(valuesOf(paper)).toEqual({
      applicationDate: '2026-11-20',
      enterpriseName: '厦门示例进出口有限公司',
      uscc: code,
      handlerName: '林小明',
      handlerPhone: '13800138000',
      services: ['renew'],
      cardNumber: '3502123456789',
      deliveryMethod: 'post',
      recipientAddress: '福建省厦门市湖里区象兴一路88号示例大厦12楼1203室',
      recipientName: '王小红',
      recipientPhone: '05925653395-801',
    })
  })

  it('says that one card is meant where the same number stands behind each of two ticked services', async () => {
    const read = async (first: string, second: string) => {
      const page = new WrittenPage().line(300, 60, '电子口岸制卡业务受理登记表', { size: 32 })
      page.line(80, 150, '单位名称:厦门示例进出口有限公司').line(80, 200, `统一社会信用代码:${code}`)
      page.line(80, 300, '☑电子口岸卡证书更新').line(700, 300, `卡号:${first}`)
      page.line(80, 340, '□企业操作员卡变更').line(700, 340, '卡号:')
      page.line(80, 380, '☑电子口岸卡解锁').line(700, 380, `卡号:${second}`)
      return (await understandPage(page, blindTools))[0]!.fields.cardNumber!.evidence ?? []
    }
    expect(await read('3502123456789', '3502123456789')).toContain('in-every-row')
    expect(await read('3502123456789', '3502123459999')).not.toContain('in-every-row')
  })

  it('is sure of no tick where a card number stands in the row of another service, and says so', async () => {
    const [paper] = await understandPage(guideLayout('unlock', { cardNumber: '3502123456789', numberAt: 'renew' }), blindTools)
    expect(paper!.fields.services).toMatchObject({ value: ['unlock'], certain: false })
    expect(paper!.fields.services!.evidence).toContain('card-number-at:renew')
    const [alone] = await understandPage(guideLayout('unlock', { cardNumber: '3502123456789' }), blindTools)
    // No tick was seen, and two rows have numbers.
    const two = new WrittenPage().line(300, 60, '电子口岸制卡业务受理登记表', { size: 32 })
    two.line(80, 150, '单位名称:厦门示例进出口有限公司').line(80, 200, `统一社会信用代码:${code}`)
    two.line(80, 300, '□企业注销').line(700, 300, '卡号:3502123456789')
    two.line(80, 340, '□电子口岸卡证书更新').line(700, 340, '卡号:')
    two.line(80, 380, '□电子口岸卡解锁').line(700, 380, '卡号:3502123456789')
    expect((await understandPage(two, blindTools))[0]!.fields.services!.evidence).toEqual(
      expect.arrayContaining(['card-number-at:deregister', 'card-number-at:unlock']),
    )
    // One place for all services, level with the last one.
    const one = new WrittenPage().line(300, 60, '电子口岸制卡业务受理登记表', { size: 32 })
    one.line(80, 150, '单位名称:厦门示例进出口有限公司').line(80, 200, `统一社会信用代码:${code}`)
    one.line(80, 300, '□电子口岸卡证书更新').line(80, 340, '☑企业操作员卡变更').line(80, 380, '□电子口岸卡解锁')
    one.line(700, 380, '卡号:3502123456789')
    expect((await understandPage(one, blindTools))[0]!.fields.services!.evidence ?? []).not.toContain('card-number-at:unlock')
    expect(alone!.fields.services).toMatchObject({ value: ['unlock'], certain: true })
  })

  it.each(['enrol', 'change-enterprise', 'change-operator', 'replace-legal', 'replace-operator', 'add-operator', 'deregister', 'unlock'])(
    'reads a tick at %s as that service alone',
    async (service) => {
      const [paper] = await understandPage(guideLayout(service), blindTools)
      expect(paper!.fields.services!.value).toEqual([service])
      expect(paper!.fields.services!.certain).toBe(true)
    },
  )

  it('promises two ticks where both are plain, and none where one may be a speck', async () => {
    const [both] = await understandPage(guideLayout('enrol', { also: ['unlock', 0.97] }), blindTools)
    expect(both!.fields.services).toMatchObject({ value: ['enrol', 'unlock'], certain: true })
    const [one] = await understandPage(guideLayout('enrol', { also: ['unlock', 0.85] }), blindTools)
    expect(one!.fields.services).toMatchObject({ value: ['enrol', 'unlock'], certain: false })
  })

  it('believes the picture of a plainly empty box that was read as a full one', async () => {
    const page = guideLayout('enrol')
    page.lines.splice(
      page.lines.findIndex(({ text }) => text.startsWith('窗口领卡')),
      1,
    )
    const [paper] = await understandPage(page.line(276, 808, '■窗口领卡', { size: 20 }), blindTools)
    expect(paper!.fields.deliveryMethod).toMatchObject({ value: 'post', certain: true })
  })

  it('takes no card of an item whose own head was misread for one of the item above', async () => {
    const page = guideLayout('add-operator')
    const at = page.lines.findIndex(({ text }) => text.startsWith('4.增办'))
    const [{ box }] = page.lines.splice(at, 1) as [(typeof page.lines)[number]]
    const [paper] = await understandPage(page.line(box.x, box.y, '4.墙办   操作员卡'), blindTools)
    expect(paper!.fields.services!.value).toEqual(['add-operator'])
  })

  it('knows 窗口 whose second letter was read as a box, and the first as another', async () => {
    const page = guideLayout('enrol', { post: false })
    const at = page.lines.findIndex(({ text }) => text.startsWith('窗口领卡'))
    page.lines.splice(at, 1)
    page.checkBoxes.splice(
      page.checkBoxes.findIndex(({ box }) => box.y === 808),
      1,
    )
    const [paper] = await understandPage(page.line(276, 808, 'v贸□领卡查询网址', { size: 24 }), blindTools)
    expect(paper!.fields.deliveryMethod!.value).toBe('window')
  })

  it('sees a tick that hides its box beside another tick, and promises neither', async () => {
    const [paper] = await understandPage(guideLayout('enrol', { hidden: ['unlock'] }), blindTools)
    expect(paper!.fields.services).toMatchObject({ value: ['enrol', 'unlock'], certain: false })
    const [blank] = await understandPage(guideLayout('enrol', { hidden: ['unlock'] }), { ...blindTools, strokesIn: () => [] })
    expect(blank!.fields.services!.value).toEqual(['enrol'])
  })

  it('tells a tick that hides its box by its rising stroke where the box of another option is broken', async () => {
    const tick = Array.from({ length: 20 }, (_, at): Rectangle => ({ x: 296 + at, y: 602 - at, width: 3, height: 3 }))
    const sides: Rectangle[][] = [[{ x: 288, y: 534, width: 3, height: 22 }], [{ x: 305, y: 534, width: 5, height: 22 }]]
    const strokesIn = (box: Rectangle): Rectangle[] =>
      [tick, ...sides].flatMap((stroke) => {
        const inside = stroke.flatMap((piece) => {
          const [x, y] = [Math.max(piece.x, box.x), Math.max(piece.y, box.y)]
          const [width, height] = [Math.min(right(piece), right(box)) - x, Math.min(bottom(piece), bottom(box)) - y]
          return width > 0 && height > 0 ? [{ x, y, width, height }] : []
        })
        return inside.length > 0 ? [join(inside)] : []
      })
    const [paper] = await understandPage(guideLayout('none', { hidden: ['renew', 'unlock'] }), { ...blindTools, strokesIn })
    expect(paper!.fields.services).toMatchObject({ value: ['unlock'], certain: false })
  })

  it('sees an empty box of which a fax left pieces, and promises nothing where ink is within it', async () => {
    const torn = (y: number): Rectangle[] => [
      { x: 295, y, width: 3, height: 22 },
      { x: 298, y: y + 20, width: 12, height: 2 },
      { x: 315, y: y + 2, width: 2, height: 18 },
    ]
    const dot = { x: 303, y: 585, width: 7, height: 7 }
    const inkOf =
      (...strokes: Rectangle[]) =>
      (box: Rectangle): Rectangle[] =>
        strokes.filter((ink) => right(ink) > box.x && ink.x < right(box) && bottom(ink) > box.y && ink.y < bottom(box))
    const page = guideLayout('enrol', { hidden: ['unlock'] })
    const [empty] = await understandPage(page, { ...blindTools, strokesIn: inkOf(...torn(582)) })
    expect(empty!.fields.services).toMatchObject({ value: ['enrol'], certain: true })
    const [inked] = await understandPage(page, { ...blindTools, strokesIn: inkOf(...torn(582), dot) })
    expect(inked!.fields.services).toMatchObject({ certain: false })
  })

  it('sees two ticks that hide their boxes where every other box is there and empty, and promises neither', async () => {
    const twice = guideLayout('none', { hidden: ['renew', 'unlock'] })
    const strokesIn = inPlaceOfBoxes(295, [534, 582])
    const [paper] = await understandPage(twice, { ...blindTools, strokesIn })
    expect(paper!.fields.services).toMatchObject({ value: ['renew', 'unlock'], certain: false })
  })

  it('takes the letter 口 of 口岸 for no box of its words', async () => {
    const page = guideLayout('none', { hidden: ['renew', 'unlock'] })
    const line = page.lines.find(({ text }) => text.includes('解锁'))!
    const letter = line.glyphs.find(({ character }) => character === '口')!
    page.checkBoxes.push({ box: { x: letter.left, y: line.box.y, width: 22, height: 22 }, checked: false, confidence: 0.99 })
    const [paper] = await understandPage(page, { ...blindTools, strokesIn: inPlaceOfBoxes(295, [534, 582]) })
    expect(paper!.fields.services).toMatchObject({ value: ['renew', 'unlock'] })
  })

  it('sees a tick in the column of the boxes where it took the first letter of its words along', async () => {
    const page = guideLayout('none', { hidden: ['renew', 'unlock'] })
    const at = page.lines.findIndex(({ text }) => text.includes('解锁'))
    page.lines.splice(at, 1, ...new WrittenPage().line(296, 582, '子口岸卡解锁      卡号:').lines)
    const [paper] = await understandPage(page, { ...blindTools, strokesIn: inPlaceOfBoxes(295, [534, 582]) })
    expect(paper!.fields.services).toMatchObject({ value: ['renew', 'unlock'] })
  })

  it('has its boxes found where they are small', async () => {
    const page = guideLayout('none', { hidden: ['renew'] })
    const smallBoxes = page.checkBoxes
      .splice(0)
      .map((found) => ({ ...found, box: { ...found.box, y: found.box.y + 5, width: 12, height: 12 } }))
    const strokesIn = inPlaceOfBoxes(295, [534], 12)
    const [blind] = await understandPage(page, { ...blindTools, strokesIn })
    expect(blind!.fields.services).not.toMatchObject({ value: ['renew'] })
    const [paper] = await understandPage(page, { ...blindTools, strokesIn, boxesOfSize: (size) => (size === 'small' ? smallBoxes : []) })
    expect(paper!.fields.services).toMatchObject({ value: ['renew'], certain: true })
  })

  it('has a ticked box found that comes from another face than the empty ones', async () => {
    const page = guideLayout('add-operator')
    const at = page.checkBoxes.findIndex(({ checked }) => checked)
    const [ticked] = page.checkBoxes.splice(at, 1)
    // The box of another option was not found either.
    page.checkBoxes.splice(at - 1, 1)
    const other = [ticked!]
    const [blind] = await understandPage(page, { ...blindTools, strokesIn: () => [] })
    expect(blind!.fields.services).toMatchObject({ value: null })
    const [paper] = await understandPage(page, {
      ...blindTools,
      strokesIn: () => [],
      boxesOfSize: (size) => (size === 'other' ? other : []),
    })
    expect(paper!.fields.services).toMatchObject({ value: ['add-operator'] })
  })

  it('leaves a printed number that lacks a figure as it stands, whatever the other papers say', async () => {
    const [paper] = await understandPage(guideLayout('enrol', { phone: '1380013800' }), blindTools)
    expect(paper!.fields.handlerPhone).toMatchObject({ value: '1380013800', certain: false })
    expect(paper!.writing?.['handlerPhone']?.looks ?? []).toEqual([])
  })

  it('lets a name go on in the next line of its cell', async () => {
    const [paper] = await understandPage(guideLayout('enrol', { name: '厦门示例国际供应链管理\n服务有限公司' }), blindTools)
    expect(paper!.fields.enterpriseName!.value).toBe('厦门示例国际供应链管理服务有限公司')
  })

  it('has the sign that was read on a slanting line before its own words, not in the box of the next row', async () => {
    const page = new WrittenPage()
      .line(250, 80, '中国电子口岸数据中心厦门分中心制卡业务受理登记表', { size: 30 })
      .line(100, 200, '企业名称 厦门示例进出口有限公司')
      .line(100, 250, `社会统一信用代码 ${code}`)
    const rows = [
      '1.  新用户入网',
      '2.  企业基本信息变更',
      '6.√企业操作员卡变更   卡号:3502123456789',
      '7.  电子口岸卡证书更新',
      '8.  电子口岸卡解锁',
    ]
    for (const [at, text] of rows.entries()) {
      const y = 300 + 24 * at
      page.line(270, y, text)
      if (!text.includes('√')) page.checkBoxes.push({ box: { x: 296, y: y + 3, width: 18, height: 18 }, checked: false, confidence: 0.99 })
    }
    const at = page.lines.findIndex(({ text }) => text.includes('√'))
    page.lines[at] = { ...page.lines[at]!, box: { ...page.lines[at]!.box, height: 30 } }
    expect(valuesOf((await understandPage(page, { ...blindTools, strokesIn: () => [] }))[0]).services).toEqual(['change-operator'])
  })

  it('takes no word of the cell below for the value of a label that shares its cell with others', async () => {
    const page = guideLayout('renew')
    for (const text of ['收件人: 王小红', '企', '业', '盖', '章']) {
      const at = page.lines.findIndex((line) => line.text === text)
      page.lines.splice(at, 1)
    }
    page.line(270, 1250, '收件人:').line(360, 1330, '情办')
    expect(valuesOf((await understandPage(page, blindTools))[0]).recipientName).toBe(null)
  })

  it('leaves an empty card number null and does not take a printed word for it', async () => {
    const [paper] = await understandPage(guideLayout('renew'), blindTools)
    expect(paper!.fields.cardNumber!.value).toBeNull()
  })
})

describe('a registration form of another office', () => {
  it('is read with labels above the values, and box characters after their words', async () => {
    const [paper] = await understandPage(freeLayout(), blindTools)
    expect(valuesOf(paper)).toEqual({
      applicationDate: '2026-11-20',
      enterpriseName: '厦门示例进出口有限公司',
      uscc: code,
      handlerName: '林小明',
      handlerPhone: '13800138000',
      services: ['unlock'],
      cardNumber: 'FJ20260001',
      deliveryMethod: 'window',
      recipientAddress: null,
      recipientName: null,
      recipientPhone: null,
    })
  })
})

it('tells the way of handing over by its box where its words could not be read', async () => {
  const page = new WrittenPage().line(300, 60, '制卡业务受理登记表', { size: 32 }).line(100, 160, '企业名称:厦门示例进出口有限公司')
  page.line(150, 300, '新用户入网').box(115, 300, false)
  page.line(150, 600, '加领卡(查询网址').box(115, 600, true).line(150, 660, '邮寄领卡').box(115, 660, false)
  const [paper] = await understandPage(page, blindTools)
  expect(paper!.fields.deliveryMethod).toMatchObject({ value: 'window', certain: false })
})

it('reads ticks in a column of their own, whose head tells of no place that is empty', async () => {
  const page = new WrittenPage().line(300, 60, '制卡业务受理登记表', { size: 32 }).line(100, 160, '企业名称:厦门示例进出口有限公司')
  const options = ['新用户入网', '企业基本信息变更', '补卡(法人卡)', '补卡(操作员卡)', '增办(操作员卡)', '企业注销', '电子口岸卡解锁']
  const row = (y: number, texts: readonly [string, string, string]) =>
    page.row(100, y, 44, [
      [400, texts[0]],
      [100, texts[1]],
      [400, texts[2]],
    ])
  row(260, ['业务', '选择', '卡号'])
  for (const [at, option] of options.entries()) {
    row(304 + at * 44, [option, '', at === 4 ? '' : '/'])
    page.box(540, 315 + at * 44, at === 4, 0.99)
  }
  const [paper] = await understandPage(page, { ...blindTools, strokesIn: () => [] })
  expect(paper!.fields.services).toMatchObject({ value: ['add-operator'] })
  expect(paper!.fields.cardNumber).toMatchObject({ value: null, certain: false })
})

it('reads a tick in a cell of its own beside the words, where no boxes are printed', async () => {
  const page = new WrittenPage().line(300, 60, '制卡业务受理登记表', { size: 32 }).line(100, 160, '企业名称:厦门示例进出口有限公司')
  const options = [
    '1.新用户入网',
    '2.企业基本信息变更',
    '3.补卡:法人卡',
    '3.补卡:操作员卡',
    '4.增办:操作员卡',
    '5.注销:企业注销',
    '7.电子口岸卡证书更新',
    '电子口岸卡解锁',
  ]
  for (const [at, texts] of [['勾选:', '业务名称:', '卡号:'], ...options.map((option) => ['', option, ''])].entries())
    page.row(100, 260 + at * 44, 44, [
      [80, texts[0]!],
      [400, texts[1]!],
      [400, texts[2]!],
    ])
  const tick = { x: 128, y: 260 + 7 * 44 + 12, width: 22, height: 18 }
  const strokesIn = (box: { x: number; y: number; width: number; height: number }) =>
    box.x < tick.x && box.x + box.width > tick.x + tick.width && box.y < tick.y && box.y + box.height > tick.y + tick.height ? [tick] : []
  const [paper] = await understandPage(page, { ...blindTools, strokesIn })
  expect(paper!.fields.services).toMatchObject({ value: ['renew'], certain: true })
  // What the recogniser makes of a tick it hardly believes; a figure that it does believe counts something.
  page.line(128, 260 + 7 * 44 + 10, '5')
  const told = async (confidence: number) => {
    Object.assign(page.lines.at(-1)!, { confidence })
    return (await understandPage(page, { ...blindTools, strokesIn }))[0]!.fields.services!
  }
  expect(await told(0.25)).toMatchObject({ value: ['renew'], certain: true })
  expect(await told(0.97)).toMatchObject({ certain: false })
})

it('tells the cards that are replaced on rows of their own, and where a box that was not read parts their words', async () => {
  const rows = new WrittenPage().line(300, 60, '制卡业务受理登记表', { size: 32 }).line(100, 160, '企业名称:厦门示例进出口有限公司')
  for (const [at, words] of ['新用户入网', '补卡 法人卡', '补卡 操作员卡', '增办 操作员卡', '企业注销', '电子口岸卡解锁'].entries())
    rows.line(150, 300 + at * 32, words).box(115, 300 + at * 32, at === 1, 0.99)
  expect(valuesOf((await understandPage(rows, blindTools))[0]).services).toEqual(['replace-legal'])

  const row = new WrittenPage().line(300, 60, '制卡业务受理登记表', { size: 32 }).line(100, 160, '企业名称:厦门示例进出口有限公司')
  row.line(150, 300, '新用户入网').box(115, 300, false)
  row.line(150, 350, '补卡').line(237, 350, '法人卡').line(400, 350, '操作员卡').box(205, 350, true, 0.99).box(370, 350, false)
  row.line(150, 400, '电子口岸卡证书更新').box(115, 400, true, 0.74)
  // One line for the recogniser, which dropped the boxes.
  const [first, second, third] = row.lines.splice(3, 3)
  row.lines.push({
    ...first!,
    text: '补卡法人卡操作员卡',
    glyphs: [first!, second!, third!].flatMap(({ glyphs }) => glyphs),
    box: { ...first!.box, width: 346 },
  })
  expect(valuesOf((await understandPage(row, blindTools))[0]).services).toEqual(['replace-legal'])
})

it('takes no head of the next column for the end of an option', async () => {
  const page = new WrittenPage().line(300, 60, '制卡业务受理登记表', { size: 32 }).line(100, 160, '企业名称:厦门示例进出口有限公司')
  const rows = [
    ['新用户入网', '企业基本信息变更'],
    ['补卡:□法人卡√操作员卡', '增办:□操作员卡'],
    ['企业注销', '企业操作员卡变更'],
    ['电子口岸卡证书更新', '电子口岸卡解锁'],
  ]
  for (const [at, [left, next]] of rows.entries()) {
    const y = 300 + 80 * at
    page
      .line(150, y, left!)
      .line(600, y, next!)
      .line(120, y + 36, '卡号:')
      .line(570, y + 36, '卡号:')
    if (at !== 1) page.box(115, y, false).box(565, y, false)
  }
  page.box(224, 380, false).box(320, 380, true).box(674, 380, false)
  expect(valuesOf((await understandPage(page, blindTools))[0]).services).toEqual(['replace-operator'])
})

it('takes the head of the next item for no end of an option where they stand in one paragraph', async () => {
  const page = new WrittenPage().line(300, 60, '制卡业务受理登记表', { size: 32 }).line(100, 160, '企业名称:厦门示例进出口有限公司')
  page.line(150, 300, '□新用户入网 补卡:□法人卡√操作员卡 增办:□操作员卡 □').line(150, 336, '企业基本信息变更 □电子口岸卡解锁')
  expect(valuesOf((await understandPage(page, blindTools))[0]).services).toEqual(['replace-operator'])
})

it('takes no part of a label with a remark for a value', async () => {
  const page = new WrittenPage()
    .line(300, 60, '制卡业务受理登记表', { size: 32 })
    .line(100, 160, '企业名称(全称:厦门示例进出口有限公司')
    .line(100, 210, '统一社会信用')
    .line(250, 200, '码(8位)', { size: 34 })
    .line(500, 210, code)
    .line(100, 240, '经办人员')
    .line(500, 240, '林小明')
    .line(150, 300, '□新用户入网 ☑电子口岸卡解锁')
  expect(valuesOf((await understandPage(page, blindTools))[0])).toMatchObject({
    enterpriseName: '厦门示例进出口有限公司',
    handlerName: '林小明',
  })
})

it('tells the name above the code by its form where its own label lacks a character', async () => {
  const page = new WrittenPage().line(300, 60, '制卡业务受理登记表', { size: 32 })
  page.line(140, 193, '企业称', { size: 39 }).line(500, 200, '厦门示例进出口有限公司', { size: 26 })
  page.line(30, 217, '统一社会信用', { size: 33 }).line(235, 212, '码(8位)', { size: 40 }).line(500, 224, code, { size: 29 })
  page.line(140, 243, '经办人', { size: 32 }).line(500, 246, '林小明', { size: 33 })
  page.line(150, 300, '□新用户入网 ☑电子口岸卡解锁')
  expect(valuesOf((await understandPage(page, blindTools))[0])).toMatchObject({
    enterpriseName: '厦门示例进出口有限公司',
    uscc: code,
    handlerName: '林小明',
  })
})

describe('a registration form filled in as a PDF form', () => {
  it('takes typed values by name or by their place beside a label, and its boxes as ticks', async () => {
    const page = guideLayout('none', { name: '' })
    page.checkBoxes.length = 0
    page.formValues.push(
      { name: 'Text1', value: '厦门示例进出口有限公司', box: { x: 370, y: 210, width: 700, height: 40 } },
      { name: 'form.recipientName', value: '陈 建国', box: { x: 370, y: 1080, width: 200, height: 30 } },
      { name: 'Check1', value: true, box: { x: 295, y: 582, width: 22, height: 22 } },
      { name: 'Check2', value: false, box: { x: 295, y: 390, width: 22, height: 22 } },
    )
    const [paper] = await understandPage(page, blindTools)
    expect(paper!.fields.enterpriseName).toMatchObject({ value: '厦门示例进出口有限公司', source: 'acroform', certain: true })
    expect(paper!.fields.recipientName).toMatchObject({ value: '陈建国', source: 'acroform' })
    expect(paper!.fields.services!.value).toEqual(['unlock'])
  })

  it('takes typed values by the labels over the middle of their fields, and none by a label far above', async () => {
    const page = new WrittenPage(1456, 2060).line(528, 213, '制卡业务受理登记表', { size: 44 })
    const fields = [
      ['企业名称', 678, 393, '厦门信拓服饰有限公司', 116, 1225],
      ['统一社会信用代码', 640, 487, code, 116, 1225],
      ['经办人姓名', 359, 577, '韩俊彧', 116, 612],
      ['联系电话', 984, 577, '18383093250', 728, 612],
    ] as const
    for (const [at, [label, x, y, value, left, width]] of fields.entries()) {
      page.line(x, y, label)
      page.formValues.push({ name: `text${at}`, value, box: { x: left, y: y + 32, width, height: 60 } })
    }
    page
      .line(150, 700, '☑电子口岸卡解锁')
      .formValues.push({ name: 'text9', value: '2026-11-19', box: { x: 980, y: 1500, width: 250, height: 60 } })
    expect(valuesOf((await understandPage(page, blindTools))[0])).toMatchObject({
      enterpriseName: '厦门信拓服饰有限公司',
      uscc: code,
      handlerName: '韩俊彧',
      handlerPhone: '18383093250',
    })
  })

  it('leaves the English of a bilingual form out of its values', async () => {
    const page = new WrittenPage()
      .line(250, 80, '中国电子口岸数据中心厦门分中心制卡业务受理登记表', { size: 30 })
      .row(100, 200, 60, [
        [260, '企业名称\nCompany'],
        [780, '厦门示例进出口有限公司'],
      ])
      .line(110, 264, 'Uniied Social')
      .line(110, 290, `统一社会信用代码Credit Code: ${code}`)
      .line(110, 340, '经办人Handled by 林小明')
      .line(610, 340, '联系电话Te1.13800138000')
    page.line(110, 390, '收件地址Address: 厦门市湖里区象兴一路11号').line(110, 440, '收件人Recipient: 林小明')
    const [paper] = await understandPage(page, blindTools)
    const values = valuesOf(paper!)
    expect(values).toMatchObject({
      enterpriseName: '厦门示例进出口有限公司',
      uscc: code,
      handlerName: '林小明',
      handlerPhone: '13800138000',
      recipientAddress: '厦门市湖里区象兴一路11号',
      recipientName: '林小明',
    })
  })
})

it('a tick that stands in the place of its box, read as a letter, is a tick', async () => {
  const page = new WrittenPage()
    .line(250, 80, '制卡业务受理登记表', { size: 30 })
    .row(100, 200, 60, [
      [260, '企业名称'],
      [780, '厦门示例进出口有限公司'],
    ])
    .row(100, 260, 60, [
      [260, '社会统一信用代码'],
      [780, code],
    ])
  const options = ['新用户入网', '企业基本信息变更', '补卡 法人卡', 'V补卡 操作员卡', '增办 操作员卡', '注销 企业注销', '电子口岸卡解锁']
  for (const [at, text] of options.entries()) {
    page.line(text.startsWith('V') ? 150 : 180, 400 + 50 * at, text)
    if (!text.startsWith('V')) page.box(150, 401 + 50 * at, false)
  }
  page.line(110, 800, '领卡方式').line(110, 860, '收件地址:福建省厦门市湖里区象兴一路88号')
  const [paper] = await understandPage(page, { ...blindTools, strokesIn: () => [] })
  expect(paper!.fields.services!.value).toEqual(['replace-operator'])
})

it('a tick read as a letter behind the number of its option is a tick', async () => {
  const page = new WrittenPage().line(250, 80, '制卡业务受理登记表', { size: 30 }).line(110, 200, `统一社会信用代码：${code}`)
  const options = ['V新用户入网', '企业基本信息变更', '补卡 法人卡', '增办 操作员卡', '注销 企业注销', '电子口岸卡解锁']
  for (const [at, text] of options.entries()) {
    if (at === 0) page.line(110, 400, `1.${text}`)
    else page.line(110, 400 + 50 * at, `${at + 1}.`).line(180, 400 + 50 * at, text)
    // A box that a fax broke up is not found, but leaves strokes.
    if (at > 1) page.box(150, 401 + 50 * at, false)
  }
  page.line(110, 800, '领卡方式').line(110, 860, '收件地址:福建省厦门市湖里区象兴一路88号')
  const piece = { x: 150, y: 455, width: 18, height: 16 }
  const strokesIn = ({ y, height }: { y: number; height: number }) => (piece.y > y && piece.y + piece.height < y + height ? [piece] : [])
  const [paper] = await understandPage(page, { ...blindTools, strokesIn })
  expect(paper!.fields.services!.value).toEqual(['enrol'])
})

describe('a 卡号 at the head of a column', () => {
  // One cell below the head, as high as the rows of all options beside it.
  const page = (cardNumber: string): WrittenPage => {
    const sheet = new WrittenPage().line(300, 80, '制卡业务受理登记表', { size: 30 }).row(100, 140, 50, [
      [260, '统一社会信用代码'],
      [780, code],
    ])
    const rows = [
      ['1. 新用户入网', '5.注销   企业注销'],
      ['2.  企业基本信息变更', '6.  企业操作员卡变更'],
      ['3.补卡   法人卡', '7.  电子口岸卡证书更新'],
      ['4.增办   操作员卡', '  电子口岸卡解锁'],
    ]
    sheet.cells.push({ box: { x: 100, y: 200, width: 160, height: 200 } })
    sheet.line(110, 290, '业务类别')
    for (const [at, [left = '', right = '']] of rows.entries()) {
      sheet.row(260, 200 + 50 * at, 50, [
        [320, left],
        [320, right],
      ])
      sheet.box(300, 214 + 50 * at, false).box(at === 0 ? 660 : 622, 214 + 50 * at, at === 0)
    }
    sheet.row(900, 200, 50, [[240, '卡 号']])
    sheet.cells.push({ box: { x: 900, y: 250, width: 240, height: 150 } })
    if (cardNumber !== '') sheet.line(920, 314, cardNumber)
    return sheet.line(110, 460, '领卡方式').line(300, 460, '窗口领卡').box(270, 460, true)
  }

  it('has its number anywhere in the cell below', async () => {
    const [paper] = await understandPage(page('8600976038810'), { ...blindTools, strokesIn: () => [] })
    expect(paper!.fields).toMatchObject({ services: { value: ['deregister'] }, cardNumber: { value: '8600976038810' } })
  })

  it('tells by the number in the row of one option which is meant where no tick was seen, but not in a cell beside all of them', async () => {
    const rows = ['新用户入网', '企业基本信息变更', '电子口岸卡证书更新', '电子口岸卡解锁']
    const sheet = (height: number) => {
      const written = new WrittenPage().line(300, 80, '制卡业务受理登记表', { size: 30 }).row(100, 140, 50, [
        [260, '统一社会信用代码'],
        [780, code],
      ])
      written.row(260, 200, 50, [
        [320, '业务类别'],
        [320, '卡号'],
      ])
      for (const [at, option] of rows.entries()) written.row(260, 250 + 50 * at, 50, [[320, option]])
      for (let y = 250; y < 450; y += height) written.cells.push({ box: { x: 580, y, width: 320, height } })
      return written.line(600, 413, '7750711175174').line(110, 560, '领卡方式').line(300, 560, '窗口领卡').box(270, 560, true)
    }
    const [own] = await understandPage(sheet(50), { ...blindTools, strokesIn: () => [] })
    expect(own!.fields.services).toMatchObject({ value: ['unlock'], certain: false })
    const [shared] = await understandPage(sheet(200), { ...blindTools, strokesIn: () => [] })
    expect(shared!.fields.services!.value).toBeNull()
  })

  it('is not told empty by what is beside it', async () => {
    const [paper] = await understandPage(page(''), { ...blindTools, strokesIn: () => [] })
    expect(paper!.fields.cardNumber).toMatchObject({ value: null, certain: false })
  })
})

describe('a 卡号 with a row of its own below the options', () => {
  const page = (ticked: '新用户入网' | '企业注销'): WrittenPage => {
    const sheet = new WrittenPage().line(300, 80, '制卡业务受理登记表', { size: 30 }).row(100, 140, 50, [
      [260, '统一社会信用代码'],
      [780, code],
    ])
    for (const [at, option] of ['新用户入网', '企业基本信息变更', '企业注销', '电子口岸卡解锁'].entries()) {
      sheet.row(260, 200 + 50 * at, 50, [[640, `   ${option}`]])
      sheet.box(270, 214 + 50 * at, option === ticked)
    }
    sheet.row(100, 400, 50, [
      [160, '卡号'],
      [880, ''],
    ])
    return sheet.line(110, 460, '领卡方式').line(300, 460, '窗口领卡').box(270, 460, false).line(600, 460, '邮寄领卡').box(570, 460, false)
  }

  it('is blank where its cell is', async () => {
    const [paper] = await understandPage(page('新用户入网'), { ...blindTools, strokesIn: () => [] })
    expect(paper!.fields.cardNumber).toMatchObject({ value: null, certain: true })
  })

  it('no way of handing out is certainly ticked for cards that are given back, and it is left to the clerk for others', async () => {
    const deliveryOf = async (ticked: Parameters<typeof page>[0]) =>
      (await understandPage(page(ticked), { ...blindTools, strokesIn: () => [] }))[0]!.fields.deliveryMethod
    expect(await deliveryOf('企业注销')).toMatchObject({ value: null, certain: true })
    expect(await deliveryOf('新用户入网')).toMatchObject({ value: null, certain: false })
  })
})

it('takes no square in the letters of 卡号 behind an option for its box', async () => {
  const page = new WrittenPage().line(250, 80, '制卡业务受理登记表', { size: 30 }).line(110, 200, `统一社会信用代码：${code}`)
  const options = [
    '新用户入网',
    '企业基本信息变更  卡号：',
    '补卡 法人卡',
    '√企业注销 卡号：',
    '企业操作员卡变更 卡号：',
    '电子口岸卡解锁 卡号：',
  ]
  for (const [at, text] of options.entries()) {
    page.line(180, 400 + 50 * at, text)
    if (text.endsWith('卡号：') && !text.startsWith('√')) page.box(180 + 24 * (text.indexOf(' ') + 2), 401 + 50 * at, true)
  }
  page.line(110, 800, '领卡方式').line(110, 860, '收件地址:福建省厦门市湖里区象兴一路88号')
  const [paper] = await understandPage(page, blindTools)
  expect(paper!.fields.services!.value).toEqual(['deregister'])
})

it('takes nothing of what a fax machine printed above the page', async () => {
  const page = guideLayout('renew')
  const lines = page.lines.filter(({ text }) => !text.startsWith('申办日期'))
  page.lines.splice(0, page.lines.length, ...lines)
  page.line(100, 12, '2026-11-12 18:36 FROM: TEL: 0592-7701970 P.04/09')
  const [paper] = await understandPage(page, blindTools)
  expect(paper!.fields).toMatchObject({ applicationDate: { value: null }, handlerPhone: { value: '13800138000' } })
})

/** A form on which this one service is ticked. */
const ticked = (service: string): WrittenPage =>
  new WrittenPage()
    .line(250, 80, '制卡业务受理登记表', { size: 30 })
    .line(110, 200, `统一社会信用代码：${code}`)
    .line(110, 300, '业务类别')
    .line(300, 300, service)
    .box(270, 300, true)

it('takes what is said about a way of delivery for no choice of it', async () => {
  const page = ticked('电子口岸卡解锁')
    .line(110, 460, '领卡方式')
    .line(300, 460, '窗口领卡')
    .box(270, 460, false)
    .line(500, 460, '邮寄领卡')
    .box(470, 460, false)
    .line(300, 510, '窗口领卡请查询网址 https://icapprove.xmeport.cn/,打印领卡通知单', { size: 18 })
    .line(110, 560, '收件地址:')
  const [paper] = await understandPage(page, { ...blindTools, strokesIn: () => [] })
  expect(paper!.fields.deliveryMethod!.value).toBeNull()
})

it.each([
  ['at its end', 363],
  ['that the letter seems to reach over', 362],
])('takes a letter that touches an empty box %s for no tick in it', async (_, x) => {
  const page = ticked('新用户入网')
    .line(300, 350, '3.补卡 法人卡 操作员卡')
    .box(432, 351, false)
    .line(300, 400, '电子口岸卡解锁')
    .box(270, 400, false)
    .line(110, 560, '收件地址:')
  page.checkBoxes.push({ box: { x, y: 351, width: 22, height: 22 }, checked: true, confidence: 0.9, isEmptyInside: true })
  const [paper] = await understandPage(page, { ...blindTools, strokesIn: () => [] })
  expect(paper!.fields.services!.value).toEqual(['enrol'])
})

it('knows a way of delivery whose last character wrapped', async () => {
  const page = ticked('电子口岸卡解锁').line(110, 460, '领卡方式').line(300, 460, '窗口领卡').box(270, 460, false)
  page.line(700, 460, '邮寄领').box(670, 460, true).line(110, 560, '收件地址:')
  const [paper] = await understandPage(page, { ...blindTools, strokesIn: () => [] })
  expect(paper!.fields.deliveryMethod).toMatchObject({ value: 'post', certain: true })
})

it.each([
  ['□自取 □邮寄', ['自取', '邮寄'], 'post'],
  ['both words short', ['窗口', '邮寄'], 'post'],
  ['a word that goes on as the label of an address', ['自取', '邮寄地址'], null],
] as const)('knows ways of delivery by single words beside boxes: %s', async (_, [first, second], value) => {
  const page = ticked('电子口岸卡解锁').line(110, 460, '领取方式').line(300, 460, first).box(270, 460, false)
  page.line(400, 460, second).box(370, 460, true).line(110, 560, '收件地址:')
  const [paper] = await understandPage(page, { ...blindTools, strokesIn: () => [] })
  expect(paper!.fields.deliveryMethod).toMatchObject(value === null ? { certain: false } : { value, certain: true })
})

it('knows ways of delivery on the row of their label, with a sentence between them', async () => {
  const row = ticked('电子口岸卡解锁').line(
    110,
    460,
    '领卡方式：□窗口领卡 查询网址https://icapprove.xmeport.cn/，打印领卡通知单，加盖企业公章 □邮寄领卡',
  )
  const { glyphs, text } = row.lines.at(-1)!
  for (const way of ['窗口领卡', '邮寄领卡']) row.box(glyphs[text.replace(/\s/gu, '').indexOf(way) - 1]!.left, 460, way === '邮寄领卡')
  row.line(110, 560, '收件地址:')
  const [paper] = await understandPage(row, { ...blindTools, strokesIn: () => [] })
  expect(paper!.fields.deliveryMethod).toMatchObject({ value: 'post' })
})

it('knows the number below an option in one of two columns', async () => {
  const page = new WrittenPage().line(250, 80, '制卡业务受理登记表', { size: 30 }).line(110, 200, `统一社会信用代码：${code}`)
  const rows: [number, number, string, boolean?][] = [
    [120, 300, '新用户入网'],
    [700, 300, '企业操作员卡变更'],
    [120, 390, '企业基本信息变更'],
    [700, 380, '电子口岸卡证书更新', true],
    [120, 470, '企业注销'],
    [700, 460, '电子口岸卡解锁'],
  ]
  for (const [x, y, text, isTicked] of rows) {
    page.line(x + 40, y, text).box(x, y, isTicked === true)
    if (text !== '新用户入网') page.line(x + 30, y + 40, isTicked ? '卡号：2378210094580' : '卡号：')
  }
  const [paper] = await understandPage(page, { ...blindTools, strokesIn: () => [] })
  expect(valuesOf(paper)).toMatchObject({ services: ['renew'], cardNumber: '2378210094580' })
})

describe('a card number whose label lies under a stamp', () => {
  const page = (read: string): WrittenPage =>
    ticked('企业基本信息变更')
      .line(600, 300, read)
      .line(300, 350, '电子口岸卡解锁')
      .line(600, 350, '卡号：')
      .box(270, 350, false)
      .line(110, 560, '收件地址:')

  it('is told by its figures', async () => {
    const [paper] = await understandPage(page('2026.13号4837959272193'), { ...blindTools, strokesIn: () => [] })
    expect(paper!.fields.cardNumber).toMatchObject({ value: '4837959272193', certain: false })
  })

  it('is not told to be missing', async () => {
    const [paper] = await understandPage(page('2026.13号48379592 7193号'), { ...blindTools, strokesIn: () => [] })
    expect(paper!.fields.cardNumber).toMatchObject({ value: null, certain: false })
  })
})

it('reads a 7 with a bar in a number', async () => {
  const [paper] = await understandPage(guideLayout('renew', { phone: '13+63662015' }), blindTools)
  expect(paper!.fields.handlerPhone).toMatchObject({ value: '13763662015', certain: false })
})

describe('a card number that wraps', () => {
  const page = (second: string) => {
    const sheet = new WrittenPage().line(300, 80, '制卡业务受理登记表', { size: 30 })
    sheet.cells.push({ box: { x: 100, y: 180, width: 160, height: 300 } }, { box: { x: 260, y: 180, width: 460, height: 300 } })
    sheet.line(110, 300, '业务类别').line(270, 200, '5.  企业注销  卡号:')
    sheet.line(270, 250, '7.  电子口岸卡证书更新 卡号:35025349').line(270, 300, second).line(270, 350, '8.  电子口岸卡解锁 卡号:')
    return sheet.box(306, 200, false).box(306, 250, true).box(306, 350, false)
  }

  it('is put together, and left to be looked at', async () => {
    const [paper] = await understandPage(page('19150'), blindTools)
    expect(paper!.fields.cardNumber).toMatchObject({ value: '3502534919150', certain: false })
  })

  it('takes in nothing but figures', async () => {
    const [paper] = await understandPage(page('共19150'), blindTools)
    expect(paper!.fields.cardNumber).toMatchObject({ value: '35025349' })
  })
})

it('takes what a seal left of an undertaking for no option', async () => {
  const page = new WrittenPage()
    .line(300, 80, '制卡业务受理登记表(续)', { size: 30 })
    .line(300, 200, '窗口领卡')
    .box(270, 200, false)
    .line(300, 250, '邮寄领卡')
    .box(270, 250, true)
    .line(800, 560, '做好操作员权及管理。')
    .box(775, 560, true)
  const [paper] = await understandPage(page, blindTools)
  expect(paper!.fields.deliveryMethod!.value).toBe('post')
  expect(paper!.fields.services!.value).toBeNull()
})

it('has one place for the number of whichever card, below a paragraph of options', async () => {
  const page = new WrittenPage().line(400, 60, '制卡业务受理登记表', { size: 34 }).line(100, 200, '企业名称:厦门示例进出口有限公司')
  page.line(100, 300, '新用户入网□ 企业基本信息变更□ 补卡(法人卡□ 操作员卡□) 增办(操作员卡□)')
  page.line(100, 340, '注销(企业注销□) 企业操作员卡变更□ 电子口岸卡证书更新□ 电子口岸卡解锁□')
  for (const { text, box, glyphs } of page.lines.filter((line) => line.text.includes('□')))
    for (const { character, left } of glyphs)
      if (character === '□') page.box(left, box.y, text.startsWith('注销') && left > box.x + box.width - 40)
  page.line(100, 380, '涉及变更、注销、更新、解锁的,填写卡号:868845731665').line(100, 440, '领卡方式')
  const [paper] = await understandPage(page, blindTools)
  expect(paper!.fields.cardNumber!.value).toBe('868845731665')
})

it('has the number below the words of its option where options stand in two columns', async () => {
  const page = new WrittenPage(1475, 2074)
    .line(322, 160, '制卡业务受理登记表', { size: 34 })
    .line(134, 362, '企业名称:厦门示例进出口有限公司')
  page.line(764, 615, ')企业基本信息变更').line(139, 612, '□新用户入网').line(762, 651, '卡号:')
  page.line(140, 697, '补卡:(法人卡(操作员卡').line(747, 695, '增办:(操作员卡').line(141, 740, '注销:(√企业注销')
  page.line(773, 748, ')企业操作员卡变更').line(760, 783, '卡号:').line(154, 784, '卡号:1569539013974')
  page.line(142, 834, '(]电子口岸卡证书更新').line(775, 834, ']电子口岸卡解锁').line(758, 869, '卡号:').line(156, 870, '卡号:')
  page.line(146, 917, '(领卡方式)')
  const [paper] = await understandPage(page, blindTools)
  expect(paper!.fields.services!.value).toEqual(['deregister'])
  expect(paper!.fields.cardNumber!.value).toBe('1569539013974')
})

it('reads a tick in the cell behind each way of delivery, where they stand on one row', async () => {
  const page = new WrittenPage().line(300, 60, '制卡业务受理登记表', { size: 32 }).line(100, 160, '企业名称:厦门示例进出口有限公司')
  page.row(100, 260, 44, [[1000, '领卡方式(√)']]).row(100, 304, 44, [
    [250, '窗口领卡'],
    [250, ''],
    [250, '邮寄领卡'],
    [250, ''],
  ])
  const deliveryWith = async (...ticks: Rectangle[]) => {
    const strokesIn = (box: Rectangle): Rectangle[] =>
      ticks.filter(({ x, y }) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height)
    return (await understandPage(page, { ...blindTools, strokesIn }))[0]!.fields.deliveryMethod
  }
  expect(await deliveryWith({ x: 980, y: 316, width: 22, height: 18 })).toMatchObject({ value: 'post' })
  expect(await deliveryWith({ x: 480, y: 316, width: 22, height: 18 })).toMatchObject({ value: 'window' })
  expect(await deliveryWith()).toMatchObject({ value: null })
  // One in hairlines, of which pieces are left, is read.
  page.line(488, 316, '√', { confidence: 0.98 })
  expect(await deliveryWith({ x: 490, y: 318, width: 11, height: 4 })).toMatchObject({ value: 'window' })
})

it('takes what a label says in brackets of its value for a part of it', async () => {
  const page = new WrittenPage()
    .line(300, 60, '制卡业务受理登记表', { size: 32 })
    .line(100, 160, '企业名称:厦门示例进出口有限公司')
    .line(150, 300, '新用户入网')
    .line(600, 300, '企业注销')
    .line(150, 350, '电子口岸卡证书更新')
    .line(600, 350, '电子口岸卡解锁')
    .box(115, 300, false)
    .box(565, 300, false)
    .box(115, 350, true, 0.99)
    .box(565, 350, false)
    .line(100, 420, '卡号(变更、注销、更新、解锁时填写):9163633140234')
  expect(valuesOf((await understandPage(page, blindTools))[0]).cardNumber).toBe('9163633140234')
  const above = new WrittenPage()
  above.lines.push(...page.lines.slice(0, -1))
  above.checkBoxes.push(...page.checkBoxes)
  above.line(100, 420, '卡号(所选业务)').line(100, 450, '9163633140234')
  expect(valuesOf((await understandPage(above, blindTools))[0]).cardNumber).toBe('9163633140234')
})

it('takes two labels of rows of their own for no wrapped one, though each ends with its colon', async () => {
  const page = new WrittenPage()
    .line(300, 60, '制卡业务受理登记表', { size: 32 })
    .line(100, 160, '企业名称:')
    .line(340, 160, '厦门示例进出口有限公司')
    .line(100, 200, '经办人:')
    .line(340, 200, '林小满')
    .line(100, 240, '联系电话:')
    .line(340, 240, '13800138000')
  expect(valuesOf((await understandPage(page, blindTools))[0])).toMatchObject({ handlerName: '林小满', handlerPhone: '13800138000' })
})
