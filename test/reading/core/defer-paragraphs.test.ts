import { describe, expect, it } from 'vitest'
import type { Region } from '../../../src/reading/engine/measure-regions.ts'
import { deferParagraphs, needsNoParagraphs } from '../../../src/reading/worker/defer-paragraphs.ts'
import type { TextLine } from '../../../src/reading/page.ts'

const line = (left: number, top: number, width: number): Region => ({
  x: left + width / 2,
  y: top + 20,
  width,
  height: 40,
  angle: 0,
  score: 0.9,
})

const print = (text: string, x: number, y: number): TextLine => ({
  text,
  confidence: 0.99,
  box: { x, y, width: text.length * 24, height: 40 },
  glyphs: Array.from(text).map((character, at) => ({ character, confidence: 0.99, left: x + at * 24, right: x + at * 24 + 24 })),
  source: 'ocr',
})

describe('putting off the paragraphs of a form', () => {
  const title = line(300, 100, 500)
  const value = line(100, 200, 620)
  const undertakings = [line(180, 900, 860), line(177, 945, 910), line(163, 990, 450), line(174, 1035, 820)]

  it('puts off wide lines that stand below each other, and the short ones between them', () => {
    const { now, later } = deferParagraphs([title, ...undertakings, value])
    expect(later).toEqual(undertakings)
    expect(now).toEqual([title, value])
  })

  it('reads a value of two wide lines, and wide lines that stand apart', () => {
    const regions = [line(180, 900, 860), line(180, 945, 860), line(180, 1300, 860)]
    expect(deferParagraphs(regions).later).toEqual([])
  })

  it('keeps a shorter line below the last wide one: it may be a value', () => {
    const below = line(175, 1080, 560)
    expect(deferParagraphs([...undertakings, below]).now).toEqual([below])
  })

  const form = [
    print('制卡业务受理登记表', 400, 100),
    print('申办日期：2026年11月1日', 100, 180),
    print('企业名称：盛渔（厦门）茶业有限公司', 100, 240),
    print('统一社会信用代码：91350205MA34YWX64E', 100, 300),
    print('经办人：秦芬', 100, 360),
    print('业务类别', 100, 420),
    print('1.■新用户入网', 140, 480),
    print('2.□企业基本信息变更', 140, 530),
    print('5.□企业注销', 140, 580),
    print('6.□企业操作员卡变更', 140, 630),
    print('7.□电子口岸卡证书更新', 140, 680),
    print('□电子口岸卡解锁', 140, 730),
    print('领卡方式', 100, 780),
    print('窗口领卡', 140, 800),
    print('邮寄领卡', 140, 840),
    print('收件地址：福建省厦门市海沧区翁角路23号', 140, 1260),
  ]

  it('does without them on a registration form that is sure', () => {
    expect(needsNoParagraphs({ lines: form, seals: [], height: 1754 })).toBe(true)
  })

  it('needs them where the label of the address, which may be as wide as they are, was not read', () => {
    expect(needsNoParagraphs({ lines: form.slice(0, -1), seals: [], height: 1754 })).toBe(false)
  })

  it('needs them where options were not read, which may run on from line to line', () => {
    const without = (words: RegExp) => form.filter(({ text }) => !words.test(text))
    expect(needsNoParagraphs({ lines: without(/窗口领卡/u), seals: [], height: 1754 })).toBe(false)
    expect(needsNoParagraphs({ lines: without(/变更|更新/u), seals: [], height: 1754 })).toBe(false)
  })

  it('needs them on a page without a title, and on a letter of authority', () => {
    expect(needsNoParagraphs({ lines: form.slice(1), seals: [], height: 1754 })).toBe(false)
    const letter = [
      print('授权委托书', 400, 100),
      print('收件地址：福建省厦门市海沧区翁角路23号', 140, 1260),
      print('法人姓名：秦芬', 140, 1320),
    ]
    expect(needsNoParagraphs({ lines: letter, seals: [], height: 1754 })).toBe(false)
  })
})
