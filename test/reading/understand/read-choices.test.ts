import { describe, expect, it } from 'vitest'
import type { Rectangle } from '../../../src/reading/page.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { blindTools, WrittenPage } from './write-page.ts'

const degrees = ['大专', '本科', '硕士', '博士']
const step = 120

/** A card form whose sex and education are words to choose among, with boxes or without. */
function form(education: readonly string[], boxes: readonly (boolean | null)[], room = step): WrittenPage {
  const page = new WrittenPage()
    .line(250, 60, '中国电子口岸数据中心厦门分中心电子口岸卡登记表', { size: 30 })
    .line(100, 130, '操作员卡持卡人基本信息')
    .row(100, 180, 60, [
      [180, '持卡人姓名'],
      [400, '林小红'],
    ])
    .row(100, 240, 60, [
      [180, '学历'],
      [860, ''],
    ])
    .row(100, 300, 60, [
      [180, '证件号码'],
      [860, '350206198506150029'],
    ])
  const words = education.map((word, at) => [word, 320 + at * room] as const)
  for (const [word, x] of words) page.line(x, 256, word)
  for (const [at, box] of boxes.entries()) if (box !== null) page.box(words[at]![1] - 26, 257, box)
  return page
}

const inkAt = (...strokes: Rectangle[]) => ({
  ...blindTools,
  strokesIn: (box: Rectangle) =>
    strokes.filter(({ x, y, width, height }) => x + width > box.x && x < box.x + box.width && y + height > box.y && y < box.y + box.height),
})

const educationOf = async (page: WrittenPage, tools = inkAt()) => (await understandPage(page, tools))[0]!.fields['operator.education']

describe('a field that is a choice among words', () => {
  it('is the word whose box is ticked', async () => {
    expect(await educationOf(form(degrees, [false, true, false, false]))).toMatchObject({ value: '本科', certain: true })
  })

  it('is certainly left open where every box is there and empty', async () => {
    expect(await educationOf(form(degrees, [false, false, false, false]))).toMatchObject({ value: null, certain: true })
  })

  it('is not promised to be left open where ink stands about the words, or where a program wrote the boxes, over which a pen may have been drawn', async () => {
    const strokes = [0, 2].map((at): Rectangle => ({ x: 374 + at * step, y: 258, width: 22, height: 24 }))
    expect(await educationOf(form(degrees, [false, false, false, false]), inkAt(...strokes))).toMatchObject({ value: null, certain: false })
    const page = form([], [])
    page.line(320, 256, '□大专 □本科 □硕士', { source: 'text-layer' })
    expect(await educationOf(page)).toMatchObject({ value: null, certain: false })
  })

  it('is never promised to be another sex than that of the number, nor none', async () => {
    const sexOf = async (word: string) => {
      const page = form(degrees, []).row(100, 360, 60, [
        [180, '性别'],
        [860, word],
      ])
      return (await understandPage(page, inkAt()))[0]!.fields['operator.sex']
    }
    expect(await sexOf('女')).toMatchObject({ value: '女', certain: true })
    expect(await sexOf('男')).toMatchObject({ value: '男', certain: false })
    const page = form(['男', '女'], [false, false])
    const label = page.lines.findIndex(({ text }) => text === '学历')
    page.lines.splice(label, 1, ...new WrittenPage().line(110, 256, '性别').lines)
    expect((await understandPage(page, inkAt()))[0]!.fields['operator.sex']).toMatchObject({ certain: false })
  })

  it('has all its words though some look like the label of another field (身份证 港澳…, 身份证号)', async () => {
    const page = form([], [])
    page.row(100, 360, 60, [
      [180, '证件类别'],
      [860, ''],
    ])
    page.line(320, 376, '□居民身份证 □港澳居民来往内地通行证 □护照', { source: 'text-layer' })
    const [paper] = await understandPage(page, inkAt())
    expect(paper!.fields['operator.idType']).toMatchObject({ value: null, certain: false })
  })

  it('is not told where two are ticked, nor promised where a box was not found', async () => {
    expect(await educationOf(form(degrees, [true, true, false, false]))).toMatchObject({ value: null, certain: false })
    expect(await educationOf(form(degrees, [true, false, false, null]))).toMatchObject({ value: '大专', certain: false })
  })

  it('is the word that a pen underlined or ringed, which a person looks at', async () => {
    const line = { x: 318 + step, y: 283, width: 50, height: 4 }
    expect(await educationOf(form(degrees, []), inkAt(line))).toMatchObject({ value: '本科', certain: false })
    const ring = { x: 306 + step, y: 249, width: 76, height: 40 }
    // Of a ring a narrow band about the middle of the row holds but its two sides.
    const strokesIn = (box: Rectangle) => (box.height > 20 ? inkAt(ring).strokesIn(box) : [])
    expect(await educationOf(form(degrees, []), { ...blindTools, strokesIn })).toMatchObject({ value: '本科', certain: false })
  })

  it('is no list of all its words, and no word before the stroke that parts it from the next', async () => {
    expect(await educationOf(form(degrees, []))).toMatchObject({ value: null, certain: false })
    const page = form(['大专/本科/硕士'], [])
    const strokes = [1, 2].map((at): Rectangle => ({ x: 320 + (3 * at - 1) * 24 + 6, y: 258, width: 12, height: 22 }))
    expect(await educationOf(page, inkAt(strokes[0]!))).toMatchObject({ value: null })
    expect(await educationOf(page, inkAt(...strokes))).toMatchObject({ value: null })
  })

  it('is what was written where two words are one value', async () => {
    expect(await educationOf(form(['本科(学士)'], []))).toMatchObject({ value: '本科（学士）' })
  })

  it('takes no square of a letter farther off for a box', async () => {
    const page = form(['大专', '本科'], [])
    page.checkBoxes.push({ box: { x: 560, y: 260, width: 14, height: 15 }, checked: true, confidence: 0.99 })
    expect(await educationOf(page)).toMatchObject({ value: null, certain: false })
  })
})
