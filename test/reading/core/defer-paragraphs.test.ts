import { describe, expect, it } from 'vitest'
import type { Region } from '../../../src/reading/engine/measure-regions.ts'
import { deferParagraphs, readParagraphs } from '../../../src/reading/worker/defer-paragraphs.ts'
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
  const value = line(100, 200, 330)
  const undertakings = [line(180, 900, 860), line(177, 945, 910), line(163, 990, 450), line(174, 1035, 820)]

  it('puts off wide lines that stand below each other, and the short ones between them', () => {
    const { now, later } = deferParagraphs([title, ...undertakings, value])
    expect(later).toEqual([undertakings])
    expect(now).toEqual([title, value])
  })

  it('reads a value of two lines that end at different places, and wide lines that stand apart', () => {
    const regions = [line(180, 900, 700), line(180, 945, 560), line(180, 1300, 700)]
    expect(deferParagraphs(regions).later).toEqual([])
  })

  it('keeps a shorter line below the last wide one: it may be a value', () => {
    const below = line(175, 1080, 560)
    expect(deferParagraphs([...undertakings, below]).now).toEqual([below])
  })

  it('puts off the lines of a narrow column beside others, which end at one edge, and what follows them', () => {
    const column = [line(900, 500, 400), line(870, 545, 432), line(870, 590, 430), line(870, 635, 200)]
    const beside = [line(100, 510, 300), line(100, 555, 250), line(100, 600, 310), line(100, 645, 280)]
    expect(deferParagraphs([...column, ...beside])).toEqual({ now: beside, later: [column] })
  })

  it('puts off a note that is much wider than high', () => {
    const note = line(100, 1500, 1100)
    expect(deferParagraphs([title, value, note])).toEqual({ now: [title, value], later: [[note]] })
  })
})

describe('reading the paragraphs of a form', () => {
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
  const printed = [
    '一、我司承诺在办理该业务时提供和录入的所有资料',
    '和表格均具备真实性、有效性，我司均予以承认。二',
    '我司授权贵单位在办理完成后将电子口岸卡通过快递',
    '至我司地址。',
  ]

  /** A column of lines of that text; which of them were recognised, and what came of it. */
  async function readColumn(texts: readonly string[], lines: readonly TextLine[], width = 480) {
    const regions = texts.map((_, at) => line(870, 500 + at * 45, width))
    const asked: { at: number; width: number }[] = []
    const read = await readParagraphs([regions], { lines, seals: [], height: 1754 }, (region) => {
      const at = Math.round((region.y - 520) / 45)
      asked.push({ at, width: region.width })
      return Promise.resolve(print(texts[at]!.slice(0, Math.round(region.width / 20)), region.x - region.width / 2, region.y - 20))
    })
    return { asked, text: read.map((one) => one.text) }
  }

  it('leaves out undertakings once they have begun and ended as such on a form that is sure', async () => {
    const { asked, text } = await readColumn(printed, form)
    expect(asked.map(({ at }) => at)).toEqual([0, 3, 2])
    expect(text).toEqual([printed[0], printed[3], printed[2]])
  })

  it('reads values that stand right below them', async () => {
    const { text } = await readColumn([...printed.slice(0, 3), '收件地址：福建省厦门市海沧区翁角路23号'], form)
    expect(text).toContain('收件地址：福建省厦门市海沧区翁角路23号')
  })

  it('does without wide undertakings altogether where the address is known, which may be as wide as they are', async () => {
    expect((await readColumn(printed, form, 700)).asked).toEqual([])
    expect((await readColumn(printed, form.slice(0, -1), 700)).text).toHaveLength(4)
  })

  it('reads what stands beside or below a label of the form, though it has the shape of its sentences', async () => {
    const address = '福建省厦门市海沧区翁角路23号8幢3单元301'
    const labels = [...form.slice(0, -1), print('收件地址：', 700, 500)]
    expect((await readColumn([address, ...printed], labels, 700)).text).toEqual([address, printed[0]])
    const above = [...form.slice(0, -1), print('收件地址：', 880, 452)]
    expect((await readColumn([address, ...printed], above, 700)).text).toContain(address)
  })

  it('reads all where options were not seen, which may run on from line to line', async () => {
    const without = (words: RegExp) => form.filter(({ text }) => !words.test(text))
    expect((await readColumn(printed, without(/窗口领卡/u), 700)).text).toHaveLength(4)
    expect((await readColumn(printed, without(/变更|更新/u), 700)).text).toHaveLength(4)
  })

  it('leaves a note after its first words', async () => {
    const note = '备注：持卡人在同一家企业内不可重复办理电子口岸卡。如申请多张操作员卡，则须按照企业指定的操作员人数'
    const cards = [
      print('电子口岸卡登记表', 400, 100),
      print('法人卡持卡人基本信息', 100, 180),
      print('持卡人姓名：秦芬', 100, 240),
      print('性别：女', 500, 240),
      print('学历：大学', 100, 300),
      print('证件类别：居民身份证', 500, 300),
      print('证件号码：', 100, 360),
      print('出生日期：', 100, 420),
      print('职务：经理', 500, 420),
    ]
    const { asked } = await readColumn([note], cards, 1000)
    expect(asked).toEqual([{ at: 0, width: 400 }])
    expect((await readColumn(['由厦门市森沃机电设备有限公司变更为厦门珀海巨船务有限公司；法定代表人'], cards, 1000)).text).toHaveLength(1)
  })

  it('leaves what a licence allows, which is no field', async () => {
    const licence = [
      print('营业执照', 400, 100),
      print('统一社会信用代码', 100, 180),
      print('名称', 100, 240),
      print('类型', 100, 300),
      print('住所', 100, 360),
      print('法定代表人', 100, 420),
      print('注册资本', 500, 420),
      print('成立日期', 500, 480),
      print('登记机关', 500, 1400),
    ]
    const items = [
      '一般项目：货物进出口；技术进出口；国内贸易代理',
      '供应链管理服务；国际货物运输代理；报关业务；普通',
      '货物仓储服务；日用百货销售；电子产品销售；茶具批发',
      '住所申报承诺。',
    ]
    expect((await readColumn(items, licence)).asked.map(({ at }) => at)).toEqual([0, 3, 2])
    const address = ['福建省厦门市翔安区舫山北二路五百八十八号自贸大厦', '二十四楼东侧第二区第十五号之一至之三单元及其地下']
    expect((await readColumn(address, licence)).text).toEqual(address)
  })

  it('reads everything on a page without a title, and on a letter without the label of its address', async () => {
    expect((await readColumn(printed, form.slice(1))).text).toEqual(printed)
    const letter = [print('授权委托书', 400, 100), print('公司名称（盖章）：', 140, 1260), print('法人姓名：秦芬', 140, 1320)]
    expect((await readColumn(printed, letter)).text).toHaveLength(4)
  })
})
