import { describe, expect, it } from 'vitest'
import type { PageTools, Rectangle } from '../../../src/reading/page.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { blindTools, WrittenPage } from './write-page.ts'

const words = ['新用户入网', '企业基本信息变更', '企业操作员卡变更', '电子口岸卡证书更新', '电子口岸卡解锁']
const top = (at: number): number => 300 + 60 * at

/** A form whose options have brackets, read as `pair` before their words; a remark on one way of delivery stands below both. */
function form(pair: string): WrittenPage {
  const page = new WrittenPage().line(300, 40, '制卡业务受理登记表', { size: 34 }).line(100, 200, '企业名称:厦门示例进出口有限公司')
  for (const [at, text] of words.entries()) page.line(100, top(at), `${at + 1}.${pair}${text}`)
  page.line(100, 700, '领卡方式').line(300, 690, `${pair}窗口领卡`).line(600, 690, `${pair}邮寄领卡`)
  return page.line(300, 730, '(窗口领卡的,打印领卡通知单,加盖企业公章)')
}

/** A pair of brackets at this place, and the ink between them. */
const bracketsAt = (x: number, y: number, width: number, isTicked: boolean): Rectangle[] => [
  { x: x + 4, y, width: 6, height: 24 },
  ...(isTicked ? [{ x: x + width / 2 - 8, y: y + 4, width: 14, height: 14 }] : []),
  { x: x + width - 10, y, width: 6, height: 24 },
]

const withInk = (strokes: readonly Rectangle[]): PageTools => ({
  ...blindTools,
  strokesIn: (box) =>
    strokes.filter(
      ({ x, y, width, height }) => x >= box.x && x + width <= box.x + box.width && y >= box.y && y + height <= box.y + box.height,
    ),
})

async function ticked(page: WrittenPage, ticks: readonly number[], way: 'window' | 'post' | null, width = 48): Promise<unknown[]> {
  const strokes = words.flatMap((_, at) => bracketsAt(124, top(at), width, ticks.includes(at)))
  const ways = [bracketsAt(300, 690, width, way === 'window'), bracketsAt(600, 690, width, way === 'post')]
  const [paper] = await understandPage(page, withInk([...strokes, ...ways.flat()]))
  const { services, deliveryMethod } = paper!.fields
  return [services!.value, services!.certain, deliveryMethod!.value, deliveryMethod!.certain]
}

describe('ticks between brackets', () => {
  it.each([
    ['（）', 48],
    ['( )', 36],
    ['[ ]', 36],
    ['（√）', 72],
  ])('are seen where all are read as %s', async (pair, width) => {
    expect(await ticked(form(pair), [3], 'post', width)).toEqual([['renew'], true, 'post', true])
  })

  it('are two where two are ticked, and none where all are blank', async () => {
    expect(await ticked(form('（）'), [1, 4], 'window')).toEqual([['change-enterprise', 'unlock'], true, 'window', true])
    expect(await ticked(form('（）'), [], null)).toEqual([null, false, null, false])
  })

  it('are seen where an item that is read with its tick holds the words of an undertaking', async () => {
    expect(await ticked(form('（√）'), [4], 'post', 72)).toEqual([['unlock'], true, 'post', true])
  })

  it('are seen where most pairs are read as boxes, and close to the words', async () => {
    const page = new WrittenPage().line(300, 40, '制卡业务受理登记表', { size: 34 }).line(100, 200, '企业名称:厦门示例进出口有限公司')
    for (const [at, text] of words.entries()) page.line(100, top(at), `${at + 1}.${at === 1 ? '（' : '□'}${text}`)
    page.line(100, 700, '领卡方式').line(300, 690, '□窗口领卡').line(600, 690, '（邮寄领卡')
    const strokes = words.flatMap((_, at) => bracketsAt(120, top(at), 40, at === 3))
    const [paper] = await understandPage(page, withInk([...strokes, ...bracketsAt(296, 690, 40, false), ...bracketsAt(596, 690, 40, true)]))
    const { services, deliveryMethod } = paper!.fields
    expect([services!.value, services!.certain, deliveryMethod!.value, deliveryMethod!.certain]).toEqual([['renew'], true, 'post', true])
  })

  it('are no bracket that is blurred to a shorter one than the other of its pair', async () => {
    const strokes = words.flatMap((_, at) => {
      const [opens, ...rest] = bracketsAt(124, top(at), 48, at === 3)
      return at === 1
        ? [
            { ...opens!, y: opens!.y + 6, width: 7, height: 13 },
            { ...rest[0]!, height: 18 },
          ]
        : [opens!, ...rest]
    })
    const [paper] = await understandPage(form('（）'), withInk(strokes))
    expect(paper!.fields.services!.value).toEqual(['renew'])
  })

  it('belong to the words behind a narrow pair that was read as ○ amid 增办 ○ 操作员卡', async () => {
    const page = form('（）').line(100, 600, '6.增办○操作员卡')
    const strokes = [...words.flatMap((_, at) => bracketsAt(124, top(at), 48, at === 3)), ...bracketsAt(170, 600, 30, false)]
    const [paper] = await understandPage(page, withInk([...strokes, { x: 108, y: 604, width: 10, height: 14 }]))
    expect(paper!.fields.services!.value).toEqual(['renew'])
  })

  it('are not doubted for a stroke of what stands before a pair that is whole', async () => {
    const strokes = words.flatMap((_, at) => [...bracketsAt(124, top(at), 48, at === 3), { x: 117, y: top(at), width: 6, height: 24 }])
    const [paper] = await understandPage(form('（）'), withInk(strokes))
    expect(paper!.fields.services).toMatchObject({ value: ['renew'], certain: true })
  })

  it('are not pieces of brackets that the cell of the next row cuts', async () => {
    const page = form('（）')
    page.cells.push({ box: { x: 90, y: top(1) + 9, width: 900, height: 50 } })
    const cut = withInk([])
    const brackets = words.flatMap((_, at) => bracketsAt(124, top(at), 48, at === 4))
    const tools: PageTools = {
      ...cut,
      // Of ink that the edge of the room cuts, what lies inside.
      strokesIn: (box) =>
        brackets.flatMap((ink) => {
          const [x, y] = [Math.max(ink.x, box.x), Math.max(ink.y, box.y)]
          const [width, height] = [Math.min(ink.x + ink.width, box.x + box.width) - x, Math.min(ink.y + ink.height, box.y + box.height) - y]
          return width > 0 && height > 0 ? [{ x, y, width, height }] : []
        }),
    }
    const [paper] = await understandPage(page, tools)
    expect(paper!.fields.services).toMatchObject({ value: ['unlock'], certain: true })
  })

  it('are no dashes of the rule between two rows', async () => {
    const dashes = words.map((_, at) => ({ x: 124 + 18, y: top(at) + 23, width: 9, height: 2 }))
    const brackets = words.flatMap((_, at) => bracketsAt(124, top(at), 48, at === 3))
    const [paper] = await understandPage(form('（）'), withInk([...brackets, ...dashes]))
    expect(paper!.fields.services).toMatchObject({ value: ['renew'], certain: true })
  })

  it('are seen in a pair that was not read for the tick in it', async () => {
    const page = form('（）')
    page.lines.splice(5, 1)
    page.line(172, top(3), words[3]!)
    expect((await ticked(page, [3], 'post')).slice(0, 2)).toEqual([['renew'], true])
  })

  it('are seen where the second bracket was found as a run of its own', async () => {
    const page = form('（）')
    page.lines.splice(2, words.length)
    for (const [at, text] of words.entries())
      page.line(100, top(at), `${at + 1}.${text}（`).line(150 + 24 * text.length + 24, top(at), '）')
    const pairs = words.flatMap((text, at) => bracketsAt(124 + 24 * text.length, top(at), 60, at === 3))
    const [paper] = await understandPage(page, withInk(pairs))
    expect(paper!.fields.services).toMatchObject({ value: ['renew'], certain: true })
  })

  it('are no stroke of the words behind the brackets', async () => {
    const strokes = words.flatMap((_, at) => bracketsAt(124, top(at), 40, at === 3))
    const [paper] = await understandPage(form('（）'), withInk([...strokes, { x: 164, y: top(4) + 8, width: 8, height: 9 }]))
    expect(paper!.fields.services).toMatchObject({ value: ['renew'], certain: true })
  })

  it("are the row's that holds more of them, not of the row above into which they run", async () => {
    const strokes = words.flatMap((_, at) => bracketsAt(124, top(at), 48, at === 3))
    const cut = (box: Rectangle): Rectangle[] => {
      const tall = { x: 310, y: 702, width: 22, height: 46 }
      const y = Math.max(tall.y, box.y)
      const height = Math.min(tall.y + tall.height, box.y + box.height) - y
      return height > 0 && box.x < 300 && box.x + box.width > 340 ? [{ ...tall, y, height }] : []
    }
    const page = form('（）')
    page.lines.splice(-2, 2)
    page.line(300, 726, '（）邮寄领卡')
    const ways = [bracketsAt(300, 690, 48, false), bracketsAt(300, 726, 48, false)].flat()
    const tools = withInk([...strokes, ...ways])
    const [paper] = await understandPage(page, { ...tools, strokesIn: (box, how) => [...tools.strokesIn(box, how), ...cut(box)] })
    expect(paper!.fields.deliveryMethod).toMatchObject({ value: 'post' })
  })

  it('are seen though they touch the rule of their cell', async () => {
    const page = form('（）')
    page.cells.push({ box: { x: 90, y: top(3) - 1, width: 700, height: 40 } })
    const strokes = words.flatMap((_, at) => bracketsAt(124, top(at), 48, false))
    const touches = ({ y }: Rectangle): Rectangle[] =>
      y < top(3) - 1 && y > top(2) ? [{ x: 0, y, width: 2000, height: 40 }] : [{ x: 140, y: top(3) + 2, width: 16, height: 18 }]
    const tools = withInk(strokes)
    const isRow = (box: Rectangle): boolean => Math.abs(box.y + box.height / 2 - top(3) - 12) < 12 && box.x < 140
    const [paper] = await understandPage(page, {
      ...tools,
      strokesIn: (box, how) => [...tools.strokesIn(box, how), ...(isRow(box) ? touches(box) : [])],
    })
    expect(paper!.fields.services).toMatchObject({ value: ['renew'], certain: true })
  })

  it('are none where a number stands between the brackets', async () => {
    expect((await ticked(form('（1）'), [3], 'post')).slice(0, 2)).toEqual([null, false])
  })
})
