import { describe, expect, it } from 'vitest'
import type { PageTools, Rectangle } from '../../../src/reading/page.ts'
import { findStrayTicks } from '../../../src/reading/understand/find-stray-ticks.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { WrittenPage } from './write-page.ts'

const options = ['1. 新用户入网', '2. 企业基本信息变更', '6. 企业操作员卡变更', '7. 电子口岸卡证书更新', '8. 电子口岸卡解锁']

/** A registration form on which every box is empty. */
function form(): WrittenPage {
  const page = new WrittenPage().line(300, 40, '制卡业务受理登记表', { size: 34 }).line(100, 200, '企业名称:厦门示例进出口有限公司')
  for (const [at, option] of options.entries()) {
    page.line(100, 300 + 60 * at, option.slice(0, 2)).line(180, 300 + 60 * at, option.slice(3))
    page.box(140, 300 + 60 * at, false)
  }
  return page.line(100, 700, '领卡方式')
}

const inkAt = (...strokes: Rectangle[]): PageTools => ({
  recognise: () => Promise.resolve([]),
  strokesIn: (box) =>
    strokes.filter(({ x, y, width, height }) => x + width > box.x && x < box.x + box.width && y + height > box.y && y < box.y + box.height),
  readAgain: () => Promise.resolve(null),
  figuresIn: (boxes) => boxes.map(() => []),
  latticeOf: () => Promise.resolve([]),
  lookCloser: () => Promise.resolve(null),
})

const servicesWith = async (...strokes: Rectangle[]): Promise<unknown> =>
  (await understandPage(form(), inkAt(...strokes)))[0]!.fields.services

describe('ticks in a column of cells', () => {
  it('are seen in the last row of a table that ends without a rule', async () => {
    const page = new WrittenPage().line(300, 40, '制卡业务受理登记表', { size: 34 }).line(100, 200, '企业名称:厦门示例进出口有限公司')
    for (const [at, option] of options.entries()) {
      page.line(160, 308 + 42 * at, option.slice(3))
      if (at < options.length - 1)
        for (const [x, width] of [
          [150, 450],
          [602, 146],
        ] as const)
          page.cells.push({ box: { x, y: 300 + 42 * at, width, height: 40 } })
    }
    page.line(100, 700, '领卡方式')
    const [paper] = await understandPage(page, inkAt({ x: 665, y: 478, width: 20, height: 20 }))
    expect(paper!.fields.services).toMatchObject({ value: ['unlock'], certain: true })
  })
})

describe('ticks beside their boxes', () => {
  it('behind the words of an option', async () => {
    expect(await servicesWith({ x: 425, y: 472, width: 26, height: 24 })).toMatchObject({ value: ['renew'], certain: false })
  })

  it('behind words that are set apart, whose letters seem as wide as their steps', async () => {
    const page = form()
    const row = page.lines.findIndex(({ text }) => text === '电子口岸卡证书更新')
    page.lines.splice(row, 1, ...new WrittenPage().line(180, 474, '电子口岸卡证书更新', { size: 36 }).lines)
    const [paper] = await understandPage(page, inkAt({ x: 492, y: 478, width: 26, height: 24 }))
    expect(paper!.fields.services).toMatchObject({ value: ['renew'], certain: false })
  })

  it('before the box and over its edge', async () => {
    expect(await servicesWith({ x: 122, y: 534, width: 30, height: 26 })).toMatchObject({ value: ['unlock'], certain: false })
  })

  it('as a ring around the words', async () => {
    expect(await servicesWith({ x: 165, y: 408, width: 250, height: 48 })).toMatchObject({ value: ['change-operator'], certain: false })
  })

  it('are no frame of a cell that lies around the words', async () => {
    expect(await servicesWith({ x: 165, y: 404, width: 900, height: 52 })).toMatchObject({ value: null })
    const page = form()
    page.cells.push({ box: { x: 120, y: 404, width: 295, height: 52 } })
    const [paper] = await understandPage(page, inkAt({ x: 119, y: 403, width: 297, height: 54 }))
    expect(paper!.fields.services).toMatchObject({ value: null })
  })

  it('are no part of a letter that looks like a box (窗)', async () => {
    const page = form()
    page.checkBoxes.push({ box: { x: 184, y: 482, width: 18, height: 18 }, checked: true, confidence: 0.9 })
    const [paper] = await understandPage(page, inkAt({ x: 181, y: 479, width: 24, height: 25 }))
    expect(paper!.fields.services).toMatchObject({ value: null })
  })

  it('are not told when two options have one', async () => {
    expect(await servicesWith({ x: 425, y: 472, width: 26, height: 24 }, { x: 330, y: 292, width: 26, height: 24 })).toMatchObject({
      value: null,
    })
  })

  it('are no specks, rules or letters', async () => {
    expect(
      await servicesWith(
        { x: 425, y: 480, width: 6, height: 5 },
        { x: 90, y: 350, width: 900, height: 3 },
        { x: 190, y: 302, width: 20, height: 22 },
      ),
    ).toMatchObject({ value: null })
  })
})

describe('ink beside a ticked box', () => {
  const ticked = async (...strokes: Rectangle[]) => {
    const page = form()
    page.checkBoxes[0] = { ...page.checkBoxes[0]!, checked: true }
    return (await understandPage(page, inkAt(...strokes)))[0]!.fields.services
  }

  it('leaves the tick certain where it is a part of it', async () => {
    expect(await ticked({ x: 138, y: 288, width: 40, height: 34 })).toMatchObject({ value: ['enrol'], certain: true })
  })

  it('leaves the tick certain where it is the letter that touches another box, or one with a square in it (号)', async () => {
    const page = form().line(430, 480, '卡号')
    page.checkBoxes[0] = { ...page.checkBoxes[0]!, checked: true }
    page.checkBoxes[3] = { ...page.checkBoxes[3]!, box: { x: 157, y: 480, width: 22, height: 22 } }
    const [touching] = await understandPage(page, inkAt({ x: 156, y: 479, width: 47, height: 25 }))
    expect(touching!.fields.services).toMatchObject({ value: ['enrol'], certain: true })
    page.checkBoxes.push({ box: { x: 457, y: 484, width: 18, height: 12 }, checked: true, confidence: 0.9 })
    const [paper] = await understandPage(page, inkAt({ x: 455, y: 481, width: 22, height: 24 }))
    expect(paper!.fields.services).toMatchObject({ value: ['enrol'], certain: true })
  })

  it('leaves the tick certain where it is no larger than a piece of a letter', async () => {
    expect(await ticked({ x: 420, y: 484, width: 19, height: 22 })).toMatchObject({ value: ['enrol'], certain: true })
  })

  it('about another box keeps it from being certain', async () => {
    expect(await ticked({ x: 132, y: 470, width: 38, height: 40 })).toMatchObject({ value: ['enrol'], certain: false })
  })
})

describe('ticks of a form with cells', () => {
  it('are seen though they touch the rules', async () => {
    const page = form()
    page.cells.push({ box: { x: 120, y: 470, width: 600, height: 46 } })
    // One piece with the rule unless the rule is left out.
    const tools: PageTools = {
      ...inkAt(),
      strokesIn: ({ y, height }) =>
        y < 470 || y + height > 516 ? [{ x: 0, y: 470, width: 1240, height: 40 }] : [{ x: 425, y: 476, width: 26, height: 30 }],
    }
    const isRow = (box: Rectangle): boolean => Math.abs(box.y + box.height / 2 - 492) < 14
    const [paper] = await understandPage(page, { ...tools, strokesIn: (box) => (isRow(box) ? tools.strokesIn(box) : []) })
    expect(paper!.fields.services).toMatchObject({ value: ['renew'] })
  })
})

describe('options that a pen struck out', () => {
  /** A line of a pen from the box of the row at `y` through its words. */
  const through = (...rows: readonly number[]) => {
    const strokes = rows.map((y): Rectangle => ({ x: 132, y: y + 12, width: 260, height: 4 }))
    return inkAt(...strokes)
  }

  it('are not meant though they are ticked, and a person looks at the others', async () => {
    const page = form()
    for (const at of [2, 3]) page.checkBoxes[at] = { ...page.checkBoxes[at]!, checked: true, confidence: 0.99 }
    const servicesOf = async (tools: PageTools) => (await understandPage(page, tools))[0]!.fields.services
    expect(await servicesOf(inkAt())).toMatchObject({ value: ['change-operator', 'renew'], certain: true })
    expect(await servicesOf(through(420))).toMatchObject({ value: ['renew'], certain: false })
    expect(await servicesOf(through(420, 480))).toMatchObject({ value: null, certain: false })
  })

  it('leave the one that is not where nothing is ticked', async () => {
    const page = form().line(300, 760, '窗口领卡').line(300, 820, '邮寄领卡')
    const stroke = { x: 290, y: 772, width: 116, height: 4 }
    const [paper] = await understandPage(page, inkAt(stroke))
    expect(paper!.fields.deliveryMethod).toMatchObject({ value: 'post', certain: false })
  })
})

describe('a ticked box without words', () => {
  const ticked = async (box: Rectangle) => {
    const page = form()
    page.checkBoxes[3] = { ...page.checkBoxes[3]!, checked: true, confidence: 0.99 }
    page.checkBoxes.push({ box, checked: true, confidence: 0.99 })
    return (await understandPage(page, inkAt()))[0]!.fields.services
  }

  it('below those of the options, or behind one of them, keeps the others from being certain', async () => {
    expect(await ticked({ x: 140, y: 595, width: 22, height: 22 })).toMatchObject({ value: ['renew'], certain: false })
    expect(await ticked({ x: 340, y: 301, width: 22, height: 22 })).toMatchObject({ value: ['renew'], certain: false })
  })

  it('is none where a way of handing out stands behind it', async () => {
    const page = form().line(180, 595, '窗口领卡').box(140, 595, true, 0.99)
    page.checkBoxes[3] = { ...page.checkBoxes[3]!, checked: true, confidence: 0.99 }
    const [paper] = await understandPage(page, inkAt())
    expect(paper!.fields.services).toMatchObject({ value: ['renew'], certain: true })
  })

  it('is none where it is of another size or stands elsewhere', async () => {
    expect(await ticked({ x: 140, y: 595, width: 12, height: 12 })).toMatchObject({ value: ['renew'], certain: true })
    expect(await ticked({ x: 140, y: 690, width: 22, height: 22 })).toMatchObject({ value: ['renew'], certain: true })
  })
})

describe('two ways beside one another', () => {
  it("have no box of each other's words (窗口)", async () => {
    const page = form().line(300, 700, '窗口领卡').box(276, 701, false).line(420, 700, '邮寄领卡')
    page.checkBoxes.push({ box: { x: 325, y: 702, width: 20, height: 20 }, checked: true, confidence: 0.99 })
    const [paper] = await understandPage(page, inkAt())
    expect(paper!.fields.deliveryMethod).toMatchObject({ certain: false })
  })

  it('have no box in a letter of their own words (邮) where their box was lost', async () => {
    const page = form().line(300, 700, '窗口领卡').box(274, 701, true, 0.9).line(300, 740, '邮寄领卡')
    page.checkBoxes.push({ box: { x: 301, y: 742, width: 16, height: 20 }, checked: true, confidence: 0.99 })
    const [paper] = await understandPage(page, inkAt())
    expect(paper!.fields.deliveryMethod).toMatchObject({ value: 'window', certain: false })
  })

  it('take each the box of its own row where rows stand close', async () => {
    const page = form().line(301, 700, '窗口领卡').line(298, 716, '邮寄领卡')
    const boxAt = (y: number, checked: boolean) => ({ box: { x: 279, y, width: 16, height: 16 }, checked, confidence: 0.99 })
    page.checkBoxes.push(boxAt(708, true), boxAt(722, false))
    const [paper] = await understandPage(page, inkAt())
    expect(paper!.fields.deliveryMethod).toMatchObject({ value: 'window' })
  })

  it('are not told for certain by a √ between the words of one and the box of the other', async () => {
    const page = form().line(300, 700, '窗口领卡').box(276, 701, false, 0.99)
    page.line(452, 700, '邮寄领卡').box(427, 701, false, 0.99).line(399, 700, '√')
    const [paper] = await understandPage(page, inkAt({ x: 397, y: 700, width: 22, height: 22 }))
    expect(paper!.fields.deliveryMethod).toMatchObject({ certain: false })
  })
})

it('Of two marks behind the words of ways the one that is read as √ is the tick, and the other of a stamp', async () => {
  const page = form().line(300, 700, '窗口领卡').box(276, 701, false, 0.99).line(300, 760, '邮寄领卡√').box(276, 761, false, 0.99)
  const [paper] = await understandPage(page, inkAt({ x: 400, y: 700, width: 22, height: 22 }, { x: 397, y: 760, width: 22, height: 22 }))
  expect(paper!.fields.deliveryMethod).toMatchObject({ value: 'post' })
})

it('A tick that reaches up into the room of the row above is one tick', () => {
  const [upper, lower] = [
    { box: { x: 300, y: 700, width: 100, height: 29 }, em: 23 },
    { box: { x: 300, y: 732, width: 119, height: 35 }, em: 28 },
  ]
  const tick = { x: 382, y: 722, width: 65, height: 40 }
  // Of ink that goes beyond the room that is looked at the part within is seen, here without the letter that it touches.
  const strokesIn: PageTools['strokesIn'] = ({ y, height }) =>
    y + height > 762 ? [tick] : [{ x: 424, y: 722, width: 23, height: y + height - 722 }]
  const page = { content: form(), lines: [], tools: { ...inkAt(), strokesIn } }
  expect([...findStrayTicks([upper, lower], new Map(), page).keys()]).toEqual([lower])
})

describe('a tick behind the words of a way', () => {
  const wayOf = async (behind: string, ...strokes: readonly Rectangle[]) => {
    const page = form().line(300, 700, `窗口领卡${behind}`).box(276, 701, false, 0.99).line(300, 760, '邮寄领卡').box(276, 761, false, 0.99)
    return (await understandPage(page, inkAt(...strokes)))[0]!.fields.deliveryMethod!.value
  }

  it('that touches their last letter is no letter', async () => {
    expect(await wayOf('/', { x: 373, y: 700, width: 48, height: 26 })).toBe('window')
    expect(await wayOf('', { x: 374, y: 700, width: 22, height: 24 })).toBeNull()
  })

  it('that stands in the print behind them is higher than it', async () => {
    const letters = [300, 324, 348, 372].map((x): Rectangle => ({ x, y: 705, width: 18, height: 16 }))
    expect(await wayOf('查询网址', ...letters, { x: 400, y: 698, width: 28, height: 30 })).toBe('window')
    expect(await wayOf('查询网址', ...letters, { x: 400, y: 703, width: 20, height: 19 })).toBeNull()
  })
})

it('A √ that was read between the words of one option and the box of the next, in which nothing stands, is told for certain of neither', async () => {
  const page = form().line(100, 620, '3.补卡').line(180, 620, '□法人卡√□操作员卡').box(180, 621, false, 0.99)
  page.checkBoxes.push({ box: { x: 300, y: 621, width: 22, height: 22 }, checked: true, confidence: 0.9, isEmptyInside: true })
  const [paper] = await understandPage(page, inkAt({ x: 276, y: 620, width: 26, height: 24 }))
  expect(paper!.fields.services).toMatchObject({ certain: false })
})

it('A mark between the words of one option and the box of the next, which it touches, is told for certain of neither', async () => {
  const told = async (isBefore: boolean) => {
    const page = form().line(100, 620, '3.补卡').line(180, 620, '□法人卡 □操作员卡').box(180, 621, false, 0.99)
    page.checkBoxes.push({
      box: { x: 300, y: 621, width: 22, height: 22 },
      checked: true,
      confidence: 0.99,
      ...(isBefore ? { isBefore } : {}),
    })
    const [paper] = await understandPage(page, inkAt({ x: 276, y: 620, width: 40, height: 24 }))
    return paper!.fields.services
  }
  expect(await told(false)).toMatchObject({ value: ['replace-operator'], certain: true })
  expect(await told(true)).toMatchObject({ certain: false })
})

describe('a box that was not found', () => {
  /** All options but the last have their box, which is empty; the last one is named once more below. */
  const withoutLast = () => {
    const page = form().line(100, 760, '我司申请电子口岸卡解锁并承担责任')
    page.checkBoxes.pop()
    return page
  }
  const frame = { x: 140, y: 541, width: 22, height: 22 }
  const tick = { x: 145, y: 545, width: 13, height: 13 }
  const cut = (strokes: readonly Rectangle[]): PageTools => ({
    ...inkAt(),
    strokesIn: (box) =>
      strokes.filter(
        (one) =>
          one.x + one.width > box.x &&
          one.x < box.x + box.width &&
          one.y + one.height > box.y &&
          one.y < box.y + box.height &&
          // A frame around the place that is looked at has no ink in it.
          !(one.x < box.x && one.y < box.y && one.x + one.width > box.x + box.width && one.y + one.height > box.y + box.height),
      ),
  })

  it('is ticked for certain where ink stands within it', async () => {
    const services = async (...strokes: Rectangle[]) => (await understandPage(withoutLast(), cut(strokes)))[0]!.fields.services
    expect(await services(frame, tick)).toMatchObject({ value: ['unlock'], certain: true })
    expect(await services(frame)).toMatchObject({ value: ['unlock'], certain: false })
    const side = { ...tick, x: tick.x + tick.width / 2, width: 1 }
    expect(await services(frame, side)).toMatchObject({ value: ['unlock'], certain: false })
  })

  it('matters not for words that stand a second time without one', async () => {
    const page = form().line(100, 760, '我司申请电子口岸卡解锁并承担责任')
    page.checkBoxes[3] = { ...page.checkBoxes[3]!, checked: true }
    const [paper] = await understandPage(page, inkAt())
    expect(paper!.fields.services).toMatchObject({ value: ['renew'], certain: true })
  })
})

describe('a √ behind the words of an option', () => {
  it('is clear where ink stands there and all boxes are empty', async () => {
    const page = form().line(412, 480, '√')
    const services = async (...strokes: Rectangle[]) => (await understandPage(page, inkAt(...strokes)))[0]!.fields.services
    expect(await services({ x: 412, y: 482, width: 24, height: 22 })).toMatchObject({ value: ['renew'], certain: true })
    expect(await services()).toMatchObject({ certain: false })
  })
})
