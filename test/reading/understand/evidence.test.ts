// Longer than 400 lines: what speaks for a value and what against it stands side by side, with the page of each case.
import type { DocumentKind } from '../../../src/guide/papers.ts'
import { describe, expect, it } from 'vitest'
import type { PageTools, Rectangle } from '../../../src/reading/page.ts'
import { joinPapers } from '../../../src/reading/understand/join-papers.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { findStrokes } from '../../../src/reading/worker/find-strokes.ts'
import { blindTools, WrittenPage } from './write-page.ts'

const sure = { confidence: 0.999 }

function registration(sureness: { readonly confidence: number } = sure): WrittenPage {
  return new WrittenPage()
    .line(400, 60, '制卡业务受理登记表', { size: 32, ...sureness })
    .row(
      100,
      160,
      60,
      [
        [200, '企业名称'],
        [400, '厦门示例进出口有限公司'],
        [200, '统一社会信用代码'],
        [300, ''],
      ],
      sureness,
    )
    .row(
      100,
      220,
      60,
      [
        [200, '经办人'],
        [400, '林小满'],
        [200, '联系电话'],
        [300, '13800138000'],
      ],
      sureness,
    )
    .row(
      100,
      280,
      60,
      [
        [200, '收件地址'],
        [900, ''],
      ],
      sureness,
    )
}

/** Reads the lines of the page once more as they are, or as `misread` says. */
const secondLook = (page: WrittenPage, misread: (text: string) => string = (text) => text): PageTools => ({
  ...blindTools,
  strokesIn: () => [],
  readAgain: (box: Rectangle, how) => {
    // The second recogniser is another.
    if (how?.bySecond) return Promise.resolve(null)
    const line = page.lines.find(
      ({ box: of }) =>
        of.y + of.height / 2 > box.y &&
        of.y + of.height / 2 < box.y + box.height &&
        of.x + of.width / 2 > box.x &&
        of.x + of.width / 2 < box.x + box.width,
    )
    if (!line) return Promise.resolve(null)
    const text = Array.from(misread(line.text))
    return Promise.resolve({
      ...line,
      text: text.join(''),
      glyphs: line.glyphs.map((glyph, at) => ({ ...glyph, character: text[at] ?? glyph.character })),
    })
  },
})

describe('a name that was read with doubt', () => {
  const nameSeen = async (confidence: number) => {
    const receiver = [
      [200, '收件人'],
      [400, '陈平安'],
      [200, '联系电话'],
      [300, '13900139000'],
    ] as const
    const page = registration().row(100, 340, 60, receiver, sure)
    const at = page.lines.findIndex(({ text }) => text === '林小满')
    page.lines[at] = { ...page.lines[at]!, glyphs: page.lines[at]!.glyphs.map((glyph) => ({ ...glyph, confidence: 0.85 })) }
    const tools = secondLook(page)
    const readAgain: PageTools['readAgain'] = async (box, how) => {
      const line = await tools.readAgain(box, how)
      return line && { ...line, glyphs: line.glyphs.map((glyph) => ({ ...glyph, confidence })) }
    }
    return (await understandPage(page, { ...tools, readAgain }))[0]!.fields['handlerName']
  }

  it('is plain where a closer look at it is sure, and certain by no look', async () => {
    expect(await nameSeen(0.97)).toMatchObject({ value: '林小满', certain: false, evidence: ['clear'] })
    expect((await nameSeen(0.88))!.evidence ?? []).not.toContain('clear')
  })
})

describe('a blank', () => {
  it('is certain where its room holds no ink, and is outlined by its cell', async () => {
    const page = registration()
    const [paper] = await understandPage(page, { ...blindTools, strokesIn: () => [] })
    expect(paper!.fields['recipientAddress']).toMatchObject({ value: null, certain: true })
    expect(paper!.fields['recipientAddress']!.box![0]).toBeCloseTo(300 / page.width, 2)
    expect(paper!.fields['recipientAddress']!.box![2]).toBeCloseTo(900 / page.width, 2)
  })

  it('is certain without any cell where all values of the paper stand beside their labels', async () => {
    const readWith = async (below: boolean) => {
      const page = new WrittenPage().line(400, 60, '制卡业务受理登记表', { size: 32, ...sure })
      const rows = [
        ['企业名称', '厦门示例进出口有限公司'],
        ['经办人', '林小满'],
        ['联系电话', '13800138000'],
        ['收件人', '林小满'],
        ['收件地址', ''],
      ] as const
      for (const [at, [label, value]] of rows.entries()) {
        page.line(100, 160 + 100 * at, label, sure)
        if (value !== '') page.line(below ? 100 : 300, 160 + 100 * at + (below ? 36 : 0), value, sure)
      }
      const [paper] = await understandPage(page, { ...blindTools, strokesIn: () => [] })
      return paper!.fields['recipientAddress']
    }
    expect(await readWith(false)).toMatchObject({ value: null, certain: true })
    expect(await readWith(true)).toMatchObject({ value: null, certain: false })
  })

  it('is left to the clerk where there is ink that was not read', async () => {
    const stroke = { x: 420, y: 295, width: 14, height: 22 }
    const [paper] = await understandPage(registration(), {
      ...blindTools,
      strokesIn: (box) => (box.y < stroke.y && box.y + box.height > stroke.y ? [stroke] : []),
    })
    expect(paper!.fields['recipientAddress']).toMatchObject({ value: null, certain: false })
  })

  it('is certain where all ink is that of the frame about it, within which none is', async () => {
    const frame = { x: 305, y: 285, width: 880, height: 50 }
    const written = { x: 420, y: 295, width: 14, height: 22 }
    const readWith = async (ink: readonly Rectangle[]) => {
      const strokesIn = (room: Rectangle) => ink.filter(({ x, y, width }) => y >= room.y && (room.x < x || x + width > room.x + room.width))
      const tools = { ...blindTools, strokesIn: (room: Rectangle) => (room.y > 270 && room.y < 340 ? strokesIn(room) : []) }
      const [paper] = await understandPage(registration(), tools)
      return paper!.fields['recipientAddress']!.certain
    }
    expect(await readWith([frame])).toBe(true)
    expect(await readWith([{ ...written }])).toBe(false)
    expect(await readWith([frame, written])).toBe(false)
  })

  it('is certain below its label where the cells beside have labels of their own', async () => {
    const page = registration()
    page.row(100, 340, 90, [
      [300, '收件人\n '],
      [300, '收件电话\n '],
      [500, '申请日期\n '],
    ])
    const [paper] = await understandPage(page, { ...blindTools, strokesIn: () => [] })
    expect(paper!.fields['recipientName']).toMatchObject({ value: null, certain: true })
    expect(paper!.fields['recipientPhone']).toMatchObject({ value: null, certain: true })
  })

  it('is certain where dirt on the glass drew a line through its room, across the rule to write on as well', async () => {
    const readWith = async (...ink: readonly Rectangle[]) => {
      const page = new WrittenPage().line(400, 60, '制卡业务受理登记表', { size: 32, ...sure })
      const rows = ['企业名称:厦门示例进出口有限公司', '经办人:林小满', '联系电话:13800138000', '收件地址:']
      for (const [at, row] of rows.entries()) page.line(100, 160 + 60 * at, row, sure)
      const raster = { width: page.width, height: page.height, data: new Uint8Array(page.width * page.height * 3).fill(250) }
      for (const { x, y, width, height } of ink)
        for (let row = y; row < y + height; row++) raster.data.fill(60, (row * page.width + x) * 3, (row * page.width + x + width) * 3)
      const [paper] = await understandPage(page, { ...blindTools, strokesIn: (box) => findStrokes(raster, box) })
      return paper!.fields['recipientAddress']!.certain
    }
    const dirt = { x: 700, y: 0, width: 2, height: 1754 }
    const rule = { x: 220, y: 366, width: 800, height: 2 }
    const written = { x: 420, y: 340, width: 14, height: 22 }
    expect(await readWith(rule)).toBe(true)
    expect(await readWith(dirt, rule)).toBe(true)
    expect(await readWith(rule, written)).toBe(false)
    expect(await readWith(dirt, rule, written)).toBe(false)
    expect(await readWith(dirt, rule, { ...written, x: 693 })).toBe(false)
  })

  it('behind a colon is left to the clerk too where there is ink in the next cell', async () => {
    const page = registration()
    const at = page.lines.findIndex(({ text }) => text === '收件地址')
    const { box } = page.lines[at]!
    page.lines.splice(at, 1)
    page.line(box.x, box.y, '收件地址:')
    const ink = { x: 420, y: box.y, width: 300, height: 22 }
    const strokesIn = (room: Rectangle) => (room.x <= ink.x && room.x + room.width > ink.x && Math.abs(room.y - ink.y) < 60 ? [ink] : [])
    const [paper] = await understandPage(page, { ...blindTools, strokesIn })
    expect(paper!.fields['recipientAddress']).toMatchObject({ value: null, certain: false })
  })

  it('stays uncertain under a seal', async () => {
    const page = registration()
    page.seals.push({ box: { x: 500, y: 250, width: 200, height: 200 }, color: 'gray', shape: 'round', text: null, confidence: 0.9 })
    const [paper] = await understandPage(page, { ...blindTools, strokesIn: () => [] })
    expect(paper!.fields['recipientAddress']!.certain).toBe(false)
  })
})

describe('a list of numbers beside a label at half its height', () => {
  it('is not certain where the first of them was left above', async () => {
    const readWith = async (first: string) => {
      const page = new WrittenPage()
        .line(400, 60, '企业注销申请表', { size: 32, ...sure })
        .line(100, 160, '公司名称:厦门示例进出口有限公司', sure)
        .line(100, 320, '电子口岸操作员卡号:', sure)
        .line(360, 320, '7760343619980', sure)
        .line(360, 348, '6437431669141', sure)
      if (first !== '') page.line(360, 292, first, sure)
      const [paper] = await understandPage(page, secondLook(page))
      return paper!.fields['operatorCardNumbers']!
    }
    expect((await readWith('')).value).toEqual(['7760343619980', '6437431669141'])
    const { value, evidence } = await readWith('05249929712')
    expect(Array.isArray(value) && (value.length === 3 || evidence!.includes('cut-short'))).toBe(true)
  })
})

describe('an address that ends amid figures', () => {
  it('is seen to end where nothing but a line of dirt, which goes on below, is under it', async () => {
    const address = '厦门市湖里区海景东二路90号22幢2梯411'
    const readWith = async (...ink: readonly Rectangle[]) => {
      const page = new WrittenPage().line(400, 60, '制卡业务受理登记表', { size: 32, ...sure })
      const rows = ['企业名称:厦门示例进出口有限公司', '经办人:林小满', '联系电话:13800138000', `收件地址:${address}`]
      for (const [at, row] of rows.entries()) page.line(100, 160 + 60 * at, row, sure)
      const raster = { width: page.width, height: page.height, data: new Uint8Array(page.width * page.height * 3).fill(250) }
      const last = page.lines.at(-1)!
      const strokes = last.glyphs.slice(-3).map(({ left }) => ({ x: Math.round(left) + 3, y: last.box.y + 3, width: 5, height: 18 }))
      for (const { x, y, width, height } of [...strokes, ...ink])
        for (let row = y; row < y + height; row++) raster.data.fill(60, (row * page.width + x) * 3, (row * page.width + x + width) * 3)
      const tools = { ...secondLook(page), strokesIn: (box: Rectangle) => findStrokes(raster, box) }
      const [paper] = await understandPage(page, tools)
      return paper!.fields['recipientAddress']!.evidence!.includes('end-seen')
    }
    expect(await readWith()).toBe(true)
    expect(await readWith({ x: 240, y: 0, width: 3, height: 1754 })).toBe(true)
    expect(await readWith({ x: 240, y: 372, width: 3, height: 20 })).toBe(false)
  })
})

describe('a code that holds only with a letter that was not read', () => {
  const code = '91350206MA2XM00A2T'
  const wrong = code.replace('XM', 'XN')
  /** N is read, and M was thought of. */
  function written(): WrittenPage {
    const page = registration().line(1010, 178, wrong, sure)
    const line = page.lines.at(-1)!
    const glyphs = line.glyphs.map((glyph) =>
      glyph.character === 'N' ? { ...glyph, confidence: 0.97, alternatives: [{ character: 'M', confidence: 0.3 }] } : glyph,
    )
    page.lines[page.lines.length - 1] = { ...line, glyphs }
    return page
  }

  it('is what the paper says where that is read plainly twice', async () => {
    const [paper] = await understandPage(written(), secondLook(written()))
    expect(paper!.fields['uscc']).toMatchObject({ value: wrong, certain: false })
  })

  it('is mended where a second look reads that letter', async () => {
    const [paper] = await understandPage(
      written(),
      secondLook(written(), (text) => text.replace('XN', 'XM')),
    )
    expect(paper!.fields['uscc']).toMatchObject({ value: code, certain: true })
  })

  it('stays mended, and uncertain, where nothing was read again', async () => {
    const [paper] = await understandPage(written(), { ...blindTools, strokesIn: () => [] })
    expect(paper!.fields['uscc']).toMatchObject({ value: code, certain: false })
  })
})

describe('a name that the seal of its paper spells', () => {
  it('needs no second reading, even where a hand wrote it', async () => {
    const page = registration()
    const asked: string[] = []
    const sealsSay = (name: string) => {
      asked.push(name)
      return Promise.resolve(['厦门市示例区市场监督管理局', name.replace('（', '(').replace('）', ')')])
    }
    const [paper] = await understandPage(page, { ...blindTools, strokesIn: () => [], sealsSay })
    const name = paper!.fields['enterpriseName']!
    expect(name).toMatchObject({ certain: true })
    expect(name.evidence).toContain('spelled-by-seal')
    expect(asked).toEqual([name.value])
  })

  it('is not certain by a seal that spells another', async () => {
    const page = registration()
    const sealsSay = (name: string) => Promise.resolve([name.slice(1)])
    const [paper] = await understandPage(page, { ...blindTools, strokesIn: () => [], sealsSay })
    expect(paper!.fields['enterpriseName']!.certain).toBe(false)
  })
})

describe('a card number', () => {
  const cancellation = (number: string) =>
    new WrittenPage()
      .line(400, 60, '企业注销申请表', { size: 32, ...sure })
      .line(100, 160, '企业名称:厦门示例进出口有限公司', sure)
      .line(100, 220, '经办人:林小满', sure)
      .line(100, 280, '法人卡号:', sure)
      .line(224, 280, number, sure)
  /** With the ink of so many of the number's figures as there are, but for the last `hidden`. */
  const certainOf = async (number: string, hidden = 0) => {
    const page = cancellation(number)
    const { box, glyphs } = page.lines.at(-1)!
    const strokes = glyphs.slice(0, glyphs.length - hidden).map(({ left, right }) => {
      return { x: left + 1, y: box.y + 0.15 * box.height, width: right - left - 2, height: 0.7 * box.height }
    })
    const strokesIn = (room: Rectangle) =>
      room.y < box.y + box.height / 2 && room.y + room.height > box.y + box.height / 2
        ? strokes.filter(({ x, width }) => x + width > room.x && x < room.x + room.width)
        : []
    return (await understandPage(page, { ...secondLook(page), strokesIn }))[0]!.fields['legalCardNumber']!.certain
  }

  it('longer than any is two of one row, and not certain', async () => {
    expect(await certainOf('0560725230512')).toBe(true)
    expect(await certainOf('056072523058657234422925')).toBe(false)
  })

  it('is not certain where its figures are not as many as their strokes, or one was read as a letter', async () => {
    expect(await certainOf('0560725230512', 1)).toBe(false)
    expect(await certainOf('Q560725230512')).toBe(false)
  })
})

describe('a gap between letters', () => {
  const spaced = () => registration().line(310, 294, '厦门市思明区鹭江 道88号602室', sure)
  const addressOf = async (ink: Rectangle[]) => {
    const page = spaced()
    const strokesIn = (box: Rectangle) =>
      ink.filter((one) => one.x > box.x && one.x < box.x + box.width && one.y > box.y && one.y < box.y + box.height)
    const [paper] = await understandPage(page, { ...secondLook(page), strokesIn })
    return paper!.fields['recipientAddress']!
  }

  it('is a blank where no ink stands in it, and keeps the value in doubt where some does', async () => {
    expect((await addressOf([])).evidence).not.toContain('gap')
    expect((await addressOf([{ x: 503, y: 298, width: 9, height: 14 }])).evidence).toContain('gap')
  })
})

describe('a second reading', () => {
  it('that says the same makes a printed value certain', async () => {
    const page = registration()
    const [paper] = await understandPage(page, secondLook(page))
    expect(paper!.fields['handlerPhone']).toMatchObject({ value: '13800138000', certain: true })
    expect(paper!.fields['enterpriseName']!.evidence).toContain('read-twice')
  })

  it('that differs leaves it uncertain', async () => {
    const page = registration()
    const [paper] = await understandPage(
      page,
      secondLook(page, (text) => text.replace('38000', '36000')),
    )
    expect(paper!.fields['handlerPhone']).toMatchObject({ value: '13800138000', certain: false })
  })

  it('proves nothing where ink beside the letters was passed over both times', async () => {
    const page = registration()
    const stroke = { x: 388, y: 238, width: 18, height: 20 }
    const [paper] = await understandPage(page, {
      ...secondLook(page),
      strokesIn: (box) =>
        box.x < stroke.x && box.x + box.width > stroke.x + stroke.width && box.y < 250 && box.y + box.height > 240 ? [stroke] : [],
    })
    const name = paper!.fields['handlerName']!
    expect(name.value).toBe('林小满')
    expect(name.certain).toBe(false)
    expect((await understandPage(page, secondLook(page)))[0]!.fields['handlerName']!.certain).toBe(true)
    // The frame of the cell, which is seen in a higher window, holds the stroke and is not joined with it.
    const [framed] = await understandPage(page, {
      ...secondLook(page),
      strokesIn: (box) => {
        const holds = box.x < stroke.x && box.x + box.width > stroke.x + stroke.width && box.y < 250 && box.y + box.height > 240
        return holds ? (box.height > 40 ? [box, stroke] : [stroke]) : []
      },
    })
    expect(framed!.fields['handlerName']!.certain).toBe(false)
  })

  it('and a third make certain what was not sure at first, but for a name', async () => {
    const more: [number, string][] = [
      [200, '收件人'],
      [400, '陈大文'],
      [200, '联系电话'],
      [300, '13900139000'],
    ]
    const sureAgain = registration().row(100, 340, 60, more, sure)
    const page = registration().row(100, 340, 60, more, sure)
    for (const text of ['13800138000', '林小满']) {
      const at = page.lines.findIndex((line) => line.text === text)
      const glyphs = page.lines[at]!.glyphs.map((glyph, on) => (on === 1 ? { ...glyph, confidence: 0.85 } : glyph))
      page.lines[at] = { ...page.lines[at]!, glyphs }
    }
    const looks: (number | undefined)[] = []
    const tools = (misread: (text: string, stretch?: number) => string): PageTools => ({
      ...secondLook(sureAgain),
      readAgain: (box, how = {}) => {
        looks.push(how.stretch)
        return secondLook(sureAgain, (text) => misread(text, how.stretch)).readAgain(box, how)
      },
    })
    const [paper] = await understandPage(
      page,
      tools((text) => text),
    )
    expect(paper!.fields['handlerPhone']).toMatchObject({ value: '13800138000', certain: true })
    expect(looks).toContain(1.25)
    expect(paper!.fields['handlerName']).toMatchObject({ value: '林小满', certain: false })
    const [differs] = await understandPage(
      page,
      tools((text, stretch) => (stretch ? text.replace('13800', '13600') : text)),
    )
    expect(differs!.fields['handlerPhone']).toMatchObject({ value: '13800138000', certain: false })
  })

  it('is asked of a dim picture of print, where the labels are as doubtful as the values', async () => {
    const page = registration({ confidence: 0.992 })
    const [paper] = await understandPage(page, secondLook(registration()))
    expect(paper!.fields['handlerPhone']!.evidence).toContain('read-twice')
  })

  it('is not disproved by the last stroke of a label, nor by what goes on above and below the line', async () => {
    const page = registration()
    const withInk = async (...strokes: Rectangle[]) => {
      const [paper] = await understandPage(page, {
        ...secondLook(page),
        strokesIn: (box) =>
          strokes.filter(
            (stroke) => stroke.x > box.x && stroke.x + stroke.width < box.x + box.width && stroke.y < 250 && box.y < 240 && box.y > 200,
          ),
      })
      return paper!.fields['handlerName']!.certain
    }
    // The label ends at 182, the name stands from 310 to 382.
    expect(await withInk({ x: 386, y: 236, width: 14, height: 20 })).toBe(false)
    const portrait = { x: 386, y: 212, width: 14, height: 70 }
    const [paper] = await understandPage(page, {
      ...secondLook(page),
      strokesIn: (box) => {
        const [top, end] = [Math.max(box.y, portrait.y), Math.min(box.y + box.height, portrait.y + portrait.height)]
        return box.x < portrait.x && box.x + box.width > 400 && end - top > 10 ? [{ ...portrait, y: top, height: end - top }] : []
      },
    })
    expect(paper!.fields['handlerName']!.certain).toBe(true)
  })

  it('is not asked of a paper filled in by hand', async () => {
    const page = registration({ confidence: 0.95 })
    const [paper] = await understandPage(page, secondLook(page))
    expect(paper!.fields['handlerPhone']!.evidence).not.toContain('read-twice')
  })
})

describe('boxes that overlap', () => {
  it('give the character between them once', async () => {
    const page = new WrittenPage()
      .line(400, 60, '制卡业务受理登记表', { size: 32 })
      .line(100, 110, '经办人:林小满')
      .line(600, 110, '联系电话:13800138000')
      .line(100, 160, '收件地址:福', { confidence: 0.9 })
      .line(208, 160, '福建省厦门市思明区会展路199号', sure)
    const [paper] = await understandPage(page, blindTools)
    expect(paper!.fields['recipientAddress']!.value).toBe('福建省厦门市思明区会展路199号')
  })

  it('give the first figure of a number once, however roughly the recogniser places it', async () => {
    const page = new WrittenPage()
      .line(400, 60, '制卡业务受理登记表', { size: 32 })
      .line(100, 110, '经办人:林小满')
      .line(100, 160, '收件地址:福建省厦门市思明区会展路199号', sure)
      .line(600, 110, '联系电话:1', sure)
      .line(720, 110, '13800138000', sure)
    const number = page.lines.pop()!
    const label = page.lines.pop()!
    page.lines.push({ ...label, box: { ...label.box, width: 128 } }, { ...number, box: { ...number.box, x: 704, width: 148 } })
    const [paper] = await understandPage(page, blindTools)
    expect(paper!.fields['handlerPhone']!.value).toBe('13800138000')
  })
})

describe('papers of one submission', () => {
  const paper = (kind: DocumentKind, field: string, value: string, certain: boolean, evidence: string[]) => ({
    file: `${kind}.jpg`,
    page: 1,
    rotation: 0 as const,
    papers: [
      {
        kind,
        confidence: 1,
        seals: [],
        fields: { [field]: { value, confidence: 0.9, source: 'ocr' as const, box: null, certain, evidence } },
      },
    ],
  })

  it('tell a dropped character of a doubtful value, which stays uncertain', () => {
    const [form] = joinPapers([
      paper('registration-form', 'enterpriseName', '厦门示进出口有限公司', false, ['gap']),
      paper('business-licence', 'enterpriseName', '厦门示例进出口有限公司', true, ['read-twice', 'clear']),
    ])
    expect(form!.fields['enterpriseName']).toMatchObject({ value: '厦门示例进出口有限公司', certain: false })
  })

  it('vouch for no code that lacks characters on all of them', () => {
    const cut = joinPapers([
      paper('registration-form', 'uscc', '91350203M', false, ['clear']),
      paper('business-licence', 'uscc', '91350203M', false, ['clear']),
    ])
    expect(cut.map(({ fields }) => fields['uscc']!.certain)).toEqual([false, false])
    const whole = joinPapers([
      paper('registration-form', 'uscc', '91350206MA2XM00A2T', false, ['clear']),
      paper('business-licence', 'uscc', '91350206MA2XM00A2T', false, ['clear']),
    ])
    expect(whole.map(({ fields }) => fields['uscc']!.certain)).toEqual([true, true])
  })

  it('leave a clear value that differs as the paper says it', () => {
    const [form] = joinPapers([
      paper('registration-form', 'enterpriseName', '厦门示鑫进出口有限公司', false, ['clear']),
      paper('business-licence', 'enterpriseName', '厦门示例进出口有限公司', true, ['read-twice', 'clear']),
    ])
    expect(form!.fields['enterpriseName']!.value).toBe('厦门示鑫进出口有限公司')
  })

  it('tell the year of a date under a seal that is ten years off, and no other day', () => {
    const dates = (read: string) =>
      joinPapers([
        paper('registration-form', 'applicationDate', '2026-11-18', true, ['date-exists', 'clear']),
        paper('cancellation-request', 'applicationDate', read, false, ['date-exists', 'under-seal']),
      ])[1]!.fields['applicationDate']
    expect(dates('2036-11-18')).toMatchObject({ value: '2026-11-18', certain: false })
    expect(dates('2036-11-19')).toMatchObject({ value: '2036-11-19' })
  })

  it('complete an identity number of which a seal left most of what is the holder’s own', () => {
    const numbers = (read: string) =>
      joinPapers([
        paper('card-form', 'operator.idNumber', '350206198506150029', true, ['check-digit', 'clear']),
        paper('identity-document', 'idNumber', read, false, ['under-seal']),
      ])[1]!.fields['idNumber']
    expect(numbers('35020619850615002')).toMatchObject({ value: '350206198506150029', certain: false })
    expect(numbers('198506150029')).toMatchObject({ value: '350206198506150029' })
    expect(numbers('35020619850')).toMatchObject({ value: '35020619850' })
    expect(numbers('35020619860615002')).toMatchObject({ value: '35020619860615002' })
  })

  it('do not complete a credit code of full length that fails its check digit', () => {
    const [form] = joinPapers([
      paper('registration-form', 'uscc', '91350206MA2XM00A2X', false, []),
      paper('business-licence', 'uscc', '91350206MA2XM00A2T', true, ['check-digit', 'clear']),
    ])
    expect(form!.fields['uscc']!.value).toBe('91350206MA2XM00A2X')
  })
})

describe('strokes', () => {
  const paperOf = (width: number, height: number) => ({ width, height, data: new Uint8Array(width * height * 3).fill(240) })

  it('are found one by one, faint and coloured ones too, and shadows are none', () => {
    const raster = paperOf(200, 60)
    for (let y = 0; y < 60; y++)
      for (let x = 0; x < 200; x++) for (let c = 0; c < 3; c++) raster.data[(y * 200 + x) * 3 + c] = 240 - Math.round(x / 4)
    for (let y = 20; y < 40; y++) raster.data[(y * 200 + 50) * 3] = 120
    for (let x = 120; x < 140; x++) for (let c = 0; c < 3; c++) raster.data[(30 * 200 + x) * 3 + c] = 90
    expect(findStrokes(raster, { x: 0, y: 0, width: 200, height: 60 })).toEqual([
      { x: 50, y: 20, width: 1, height: 20 },
      { x: 120, y: 30, width: 20, height: 1 },
    ])
    expect(findStrokes(raster, { x: 60, y: 0, width: 50, height: 60 })).toEqual([])
  })
})

describe('ink in a room where nothing was detected', () => {
  it('is read once more for what has a form of its own, and stays uncertain', async () => {
    const page = new WrittenPage()
      .line(400, 60, '电子口岸卡登记表', { size: 32 })
      .line(100, 120, '法人卡持卡人基本信息')
      .row(100, 160, 60, [
        [200, '持卡人姓名'],
        [300, '林小满'],
        [200, '性别'],
        [300, ''],
      ])
      .row(100, 220, 60, [
        [200, '学历'],
        [300, '本科'],
        [200, '证件类别'],
        [300, '身份证'],
      ])
      .line(100, 320, '操作员卡持卡人基本信息')
    const stroke = { x: 820, y: 178, width: 24, height: 24 }
    const [paper] = await understandPage(page, {
      ...blindTools,
      strokesIn: (box) =>
        box.x < stroke.x && box.x + box.width > stroke.x + stroke.width && box.y < 180 && box.y + box.height > 200 ? [stroke] : [],
      readAgain: (box) =>
        Promise.resolve({
          text: '女',
          confidence: 0.99,
          box,
          glyphs: [{ character: '女', confidence: 0.99, left: 820, right: 844 }],
          source: 'ocr',
        }),
    })
    expect(paper!.fields['legal.sex']).toMatchObject({ value: '女', certain: false })
  })

  it('an empty cell proves nothing where words stand farther on in its row: a scratch may part them', async () => {
    const form = (far: string) =>
      new WrittenPage()
        .line(400, 60, '企业注销申请表', { size: 32, ...sure })
        .row(
          100,
          160,
          60,
          [
            [200, '公司名称'],
            [900, '厦门示例进出口有限公司'],
          ],
          sure,
        )
        .row(
          100,
          220,
          60,
          [
            [300, '电子口岸法人卡号'],
            [300, ''],
            [500, far],
          ],
          sure,
        )
        .row(
          100,
          280,
          60,
          [
            [300, '电子口岸操作员卡号'],
            [800, '1234567890123'],
          ],
          sure,
        )
    const tools = { ...blindTools, strokesIn: () => [] }
    const certain = async (far: string) => (await understandPage(form(far), tools))[0]!.fields.legalCardNumber!
    expect(await certain('')).toMatchObject({ value: null, certain: true })
    expect((await certain('2234567890123')).certain && (await certain('2234567890123')).value === null).toBe(false)
  })

  it('a local number without its area is not certain: its begin may be covered', async () => {
    const numbered = (phone: string) =>
      registration().row(
        100,
        340,
        60,
        [
          [200, '收件人'],
          [400, '王芳'],
          [200, '联系电话'],
          [300, phone],
        ],
        sure,
      )
    const certainOf = async (phone: string) => {
      const page = numbered(phone)
      return (await understandPage(page, secondLook(page)))[0]!.fields.recipientPhone!.certain
    }
    expect(await certainOf('13959201234')).toBe(true)
    expect(await certainOf('365-7821')).toBe(false)
  })
})

it('A letter before Chinese characters is the family 丁, for a person to look at', async () => {
  const page = new WrittenPage()
    .line(300, 40, '授权委托书', { size: 34 })
    .line(100, 300, '收件地址：厦门市湖里区湖北二路82号')
    .line(100, 350, '收件人：T小红')
  expect((await understandPage(page, blindTools))[0]!.fields.recipientName).toMatchObject({ value: '丁小红', certain: false })
})

it('A place is not empty where what stands in it was read as a bracket that nothing closes', async () => {
  const sexOf = async (read: string) => {
    const page = new WrittenPage().line(300, 40, '电子口岸卡登记表', { size: 34 }).line(100, 120, '操作员卡持卡人基本信息')
    for (const [at, text] of ['持卡人姓名：林小红', '学历：大专', '职务：报关员', '联系电话：13800138000', `性别：${read}`].entries())
      page.line(100, 180 + 50 * at, text)
    const woman = { x: 186, y: 386, width: 16, height: 18 }
    const strokesIn: PageTools['strokesIn'] = ({ x, y, width, height }) =>
      read !== '' && x < woman.x && y < woman.y && x + width > woman.x + woman.width && y + height > woman.y + woman.height ? [woman] : []
    return (await understandPage(page, { ...blindTools, strokesIn }))[0]!.fields['operator.sex']
  }
  expect(await sexOf('（')).toMatchObject({ value: null, certain: false })
  expect(await sexOf('')).toMatchObject({ value: null, certain: true })
})
