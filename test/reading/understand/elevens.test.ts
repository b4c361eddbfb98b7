import { describe, expect, it } from 'vitest'
import type { PageTools, Rectangle } from '../../../src/reading/page.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { WrittenPage } from './write-page.ts'

/** A letter whose day was read as `read`, in a line that reaches as far as its ink does. */
function letter(read: string): WrittenPage {
  const page = new WrittenPage()
    .line(300, 40, '授权委托书', { size: 34 })
    .line(100, 300, '收件地址:福建省厦门市思明区鹭江道88号602室')
    .line(100, 360, '收件人:张伟')
    .line(100, 500, '法人姓名:李强')
    .line(100, 900, `签署日期: ${read}`)
  const day = page.lines.pop()!
  page.lines.push({ ...day, box: { ...day.box, width: day.box.width + 60 } })
  return page
}

/** Strokes as a hand writes them: 1 thin, a mark low, `‖` two ones that touch, words as wide as high. */
const shapes: Record<string, Omit<Rectangle, 'x'>> = {
  '1': { y: 902, width: 4, height: 18 },
  '/': { y: 901, width: 6, height: 19 },
  '.': { y: 917, width: 3, height: 3 },
  年: { y: 901, width: 18, height: 18 },
  月: { y: 901, width: 16, height: 18 },
  日: { y: 901, width: 14, height: 18 },
  '‖': { y: 902, width: 10, height: 18 },
}

/** The day told where these strokes stand, 12 px apart (words 20), paler ones (`pale`) only where pale ink is asked for. */
async function dayOf(read: string, painted: string, { pale = '', apart = true } = {}) {
  let x = 222
  const strokes = Array.from(painted).map((character) => {
    const shape = shapes[character] ?? { y: 902, width: 10, height: 18 }
    const stroke = { x, ...shape, character }
    x += /[年月日]/u.test(character) ? 20 : 12
    return stroke
  })
  const strokesIn: PageTools['strokesIn'] = (box, { depth = 0.5 } = {}) => {
    const near = strokes.filter(
      (stroke) =>
        stroke.character !== ' ' &&
        stroke.x >= box.x &&
        stroke.x < box.x + box.width &&
        stroke.y > box.y - 1 &&
        stroke.y < box.y + box.height,
    )
    const dark = near.filter(({ character }) => depth < 0.5 || !pale.includes(character))
    return dark.flatMap((stroke): Rectangle[] =>
      stroke.character === '‖' && depth > 0.5 && apart
        ? [
            { ...stroke, width: 4 },
            { ...stroke, x: stroke.x + 6, width: 4 },
          ]
        : [stroke],
    )
  }
  const tools: PageTools = {
    recognise: () => Promise.resolve([]),
    strokesIn,
    readAgain: () => Promise.resolve(null),
    figuresIn: (boxes) => boxes.map(() => []),
    latticeOf: () => Promise.resolve([]),
    lookCloser: () => Promise.resolve(null),
  }
  const [paper] = await understandPage(letter(read), tools)
  return paper!.fields.signedDate!
}

describe('an eleven that was merged', () => {
  it('between points is told by its strokes, and never certain by them alone', async () => {
    expect(await dayOf('2026..14', '2026.11.14')).toMatchObject({ value: '2026-11-14', certain: false })
    expect(await dayOf('2026.1.11', '2026.11.11')).toMatchObject({ value: '2026-11-11' })
    expect(await dayOf('2026.1.23', '2026.11.23')).toMatchObject({ value: '2026-11-23' })
  })

  it('is told where its two strokes touch, if the darkest of them stand apart', async () => {
    expect(await dayOf('2026.1.23', '2026.‖.23')).toMatchObject({ value: '2026-11-23' })
    expect(await dayOf('2026.1.23', '2026.‖.23', { apart: false })).toMatchObject({ value: '2026-01-23' })
  })

  it('is told where the second point does not show, for four figures are two and two', async () => {
    expect(await dayOf('2026.1.11', '2026.1111')).toMatchObject({ value: '2026-11-11' })
    expect(await dayOf('2026.1.11', '2026.111')).toMatchObject({ value: '2026-01-11' })
  })

  it('between slashes is told where only one day has these strokes', async () => {
    expect(await dayOf('2026/1/7', '2026/11/17')).toMatchObject({ value: '2026-11-17', certain: false })
    expect(await dayOf('2026/1/7', '2026/11/17', { pale: '/' })).toMatchObject({ value: '2026-11-17' })
    expect(await dayOf('20261/12', '2026/11/12')).toMatchObject({ value: '2026-11-12' })
    // 1/17 as well as 11/7.
    expect(await dayOf('2026/1/7', '2026/11/7')).toMatchObject({ value: '2026-01-07' })
  })

  it('between slashes is told where the room of the first slash is all that shows of it', async () => {
    expect(await dayOf('2026/1/11', '2026 11/11')).toMatchObject({ value: '2026-11-11' })
    // 1/17 as well as 11/7: as many strokes as characters, and yet not counted.
    expect(await dayOf('2026/1/7', '2026 11/7')).toMatchObject({ value: '2026-01-07', certain: false })
  })

  it('between 年 and 月 is told however near to them it stands, where both are whole', async () => {
    expect(await dayOf('2026年1月18日', '2026年11月18日')).toMatchObject({ value: '2026-11-18' })
  })

  it('is none where other figures stand there than those that were read', async () => {
    expect(await dayOf('2026.1.23', '2026.1.23')).toMatchObject({ value: '2026-01-23' })
    expect(await dayOf('2026.1.23', '2026.11.233')).toMatchObject({ value: '2026-01-23' })
    expect(await dayOf('2026/1/17', '2026/1/17')).toMatchObject({ value: '2026-01-17' })
  })
})
