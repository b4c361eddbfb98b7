import { describe, expect, it } from 'vitest'
import type { PageTools, Rectangle, TextLine } from '../../../src/reading/page.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { isDistrictOfBirth, isPoliceOffice, lengthOfRegion } from '../../../src/reading/understand/values/regions.ts'
import { WrittenPage } from './write-page.ts'

/** A letter whose date line says `read`, on whose picture `painted` stands. */
function letter(read: string): WrittenPage {
  return new WrittenPage()
    .line(300, 40, '授权委托书', { size: 34 })
    .line(100, 300, '收件地址:福建省厦门市思明区鹭江道88号602室')
    .line(100, 360, '收件人:张伟')
    .line(500, 360, '联系电话:13800001111')
    .line(100, 500, '法人姓名:李强')
    .line(100, 900, `签署日期: ${read}`)
}

/** Strokes of the figures of `painted` from x = 220 on, each 12 px apart; reading them again tells them all. */
function toolsOf(painted: string, again: string | null): PageTools {
  const strokes = Array.from(painted).flatMap((character, at): Rectangle[] =>
    /\d/u.test(character) ? [{ x: 221 + at * 12, y: 902, width: 10, height: 18 }] : [],
  )
  const line: TextLine | null = again === null ? null : new WrittenPage().line(220, 900, again, { confidence: 0.97 }).lines[0]!
  return {
    recognise: () => Promise.resolve([]),
    strokesIn: (box) => strokes.filter(({ x, y }) => y > box.y && y < box.y + box.height && x > box.x),
    readAgain: (box) => Promise.resolve(box.y > 880 && box.y < 920 ? line : null),
    figuresIn: (boxes) => boxes.map(() => []),
    latticeOf: () => Promise.resolve([]),
    lookCloser: () => Promise.resolve(null),
  }
}

describe('figures', () => {
  it('that were passed over are read again where their strokes stand', async () => {
    const [paper] = await understandPage(letter('2026-1-20'), toolsOf('2026-11-20', '2026-11-20'))
    expect(paper!.fields.signedDate!.value).toBe('2026-11-20')
  })

  it.each([
    ['2026年年--11月月17日', '2026-11-17'],
    ['2026年11月19日', '2026-11-07'],
    ['2026年11月7日', '2026-11-07'],
  ])('of a day that a hand wrote are moved apart where it has one figure: %s', async (apart, day) => {
    const [line] = new WrittenPage().line(220, 900, apart, { confidence: 0.97 }).lines
    const readAgain: PageTools['readAgain'] = (box, how) => Promise.resolve(how?.spread && box.y > 880 && box.y < 920 ? line! : null)
    // 月 ends at x = 340, where a lone 7 begins that ends at 352.
    const [one, seven] = [338, 346].map((x): Rectangle => ({ x: x, y: 902, width: 4, height: 18 }))
    const dateOf = async (...strokes: Rectangle[]) => {
      const strokesIn: PageTools['strokesIn'] = (box) => strokes.filter(({ x, y }) => x > box.x && x < box.x + box.width && y > box.y)
      return (await understandPage(letter('2026年11月7日'), { ...toolsOf('', null), strokesIn, readAgain }))[0]!.fields.signedDate
    }
    expect(await dateOf(one!, seven!)).toMatchObject({ value: day, certain: false })
    expect(await dateOf(seven!)).toMatchObject({ value: '2026-11-07' })
  })

  it('of a day that ends a closer look may be the first of two under a seal: no day is told by it', async () => {
    const dateOf = async (again: string) => (await understandPage(letter('2026年11月是'), toolsOf('', again)))[0]!.fields.signedDate!.value
    expect(await dateOf('2026年11月1')).toBe(null)
    expect(await dateOf('2026年11周1')).toBe(null)
    expect(await dateOf('2026年11月1日')).toBe('2026-11-01')
    expect(await dateOf('2026.11.1')).toBe('2026-11-01')
  })

  it('are counted where a rule runs along the edge of their line', async () => {
    const tools = toolsOf('2026-11-20', '2026-11-20')
    const rule: Rectangle = { x: 200, y: 916, width: 300, height: 3 }
    const [paper] = await understandPage(letter('2026-1-20'), { ...tools, strokesIn: (box, how) => [rule, ...tools.strokesIn(box, how)] })
    expect(paper!.fields.signedDate!.value).toBe('2026-11-20')
  })

  it('of a house number whose hairlines broke are counted where each is whole in paler ink', async () => {
    const page = new WrittenPage()
      .line(300, 40, '授权委托书', { size: 34 })
      .line(100, 300, '收件地址:', { confidence: 0.999 })
      .line(220, 300, '厦门市思明区鹭江道150号', { confidence: 0.999 })
      .line(100, 360, '收件人:张伟', { confidence: 0.999 })
      .line(100, 500, '法人姓名:李强', { confidence: 0.999 })
      .line(100, 900, '签署日期: 2026-11-20', { confidence: 0.999 })
    const strokesOf =
      (pieces: readonly Rectangle[]): PageTools['strokesIn'] =>
      (box, how) =>
        box.y > 280 && box.y < 320 && (how?.depth ?? 0) < 0.5 ? pieces.filter(({ x }) => x > box.x && x < box.x + box.width) : []
    const piece = (x: number, width: number): Rectangle => ({ x, y: 302, width, height: 18 })
    const readWith = async (...pieces: Rectangle[]) => {
      const readAgain: PageTools['readAgain'] = () => Promise.resolve(page.lines[2]!)
      const [paper] = await understandPage(page, { ...toolsOf('', null), strokesIn: strokesOf(pieces), readAgain })
      return paper!.fields.recipientAddress!.evidence
    }
    expect(await readWith(piece(437, 8), piece(448, 10), piece(460, 10))).not.toContain('uncounted')
    // A piece of the rule beneath holds none of them together.
    const rule: Rectangle = { x: 446, y: 322, width: 26, height: 1 }
    expect(await readWith(piece(437, 8), piece(448, 10), piece(460, 10), rule)).not.toContain('uncounted')
    // Two that touch are no figure.
    expect(await readWith(piece(437, 8), piece(448, 22))).toContain('uncounted')
    expect(await readWith(piece(420, 8), piece(437, 8), piece(448, 17))).toContain('uncounted')
  })

  it('of a line whose characters seem larger than they are reach as near to the words beside them as they are high', async () => {
    const sure = { confidence: 0.999 }
    const page = letter('2026-11-20').line(220, 300, '厦门市思明区鹭江道88号', sure)
    const [again] = new WrittenPage().line(220, 300, '厦门市思明区鹭江道388号', sure).lines
    page.lines.splice(1, 1, {
      ...page.lines[1]!,
      text: '收件地址:',
      glyphs: page.lines[1]!.glyphs.slice(0, 5),
      box: { ...page.lines[1]!.box, width: 110 },
    })
    // 道 has its middle at 424, 号 at 472; as characters of 17 px they leave room for three figures.
    const strokes = [433, 443, 453].map((x): Rectangle => ({ x, y: 304, width: 8, height: 12 }))
    const tools = toolsOf('2026-11-20', null)
    const strokesIn: PageTools['strokesIn'] = (box, how) =>
      box.y > 280 && box.y < 320 ? strokes.filter(({ x }) => x > box.x && x < box.x + box.width) : tools.strokesIn(box, how)
    const readAgain: PageTools['readAgain'] = (box) => Promise.resolve(box.y > 280 && box.y < 320 ? again! : null)
    const [paper] = await understandPage(page, { ...tools, strokesIn, readAgain })
    expect(paper!.fields.recipientAddress!.value).toBe('厦门市思明区鹭江道388号')
  })

  it('that broke are not told to be two, hardly seen each', async () => {
    const dated = async (confidence: number) => {
      const [again] = new WrittenPage().line(220, 900, '2026-11-20', { confidence }).lines
      const tools = { ...toolsOf('2026-11-20', null), readAgain: (): Promise<TextLine> => Promise.resolve(again!) }
      return (await understandPage(letter('2026-1-20'), tools))[0]!.fields.signedDate!.value
    }
    expect(await dated(0.9)).toBe('2026-11-20')
    expect(await dated(0.33)).not.toBe('2026-11-20')
  })

  it('of one number stay together where each stands in a box of its own', async () => {
    const page = letter('2026-11-20')
    const phone = '13806012345'
    page.line(100, 560, '法人电话:').line(320, 560, Array.from(phone).join('  '))
    const boxes = Array.from(phone, (_, at): Rectangle => ({ x: 308 + at * 36, y: 554, width: 36, height: 36 }))
    page.cells.push({ box: { x: 94, y: 554, width: 214, height: 36 } }, ...boxes.map((box) => ({ box })))
    const strokes = boxes.map(({ x }): Rectangle => ({ x: x + 13, y: 562, width: 10, height: 18 }))
    const tools = toolsOf('2026-11-20', null)
    const [paper] = await understandPage(page, {
      ...tools,
      strokesIn: (box, how) => [
        ...strokes.filter(({ x, y }) => y > box.y && y < box.y + box.height && x > box.x),
        ...tools.strokesIn(box, how),
      ],
    })
    expect(paper!.fields.legalPhone!.value).toBe(phone)
  })

  it('stay as they were read when each has its stroke', async () => {
    const [paper] = await understandPage(letter('2026-11-20'), toolsOf('2026-11-20', '2026-11-26'))
    expect(paper!.fields.signedDate!.value).toBe('2026-11-20')
  })

  it('stay as they were read when the second reading does not hold the first', async () => {
    const [paper] = await understandPage(letter('2026-1-20'), toolsOf('2026-11-20', '2026-17-29'))
    expect(paper!.fields.signedDate!.value).toBe('2026-01-20')
  })

  it('of a long number are counted where hairlines fell apart and where a rule beneath holds them together', async () => {
    const paint = (strokes: (box: Rectangle, depth: number) => Rectangle[]): PageTools => ({
      ...toolsOf('', null),
      strokesIn: (box, { depth = 0 } = {}) => (box.y > 350 && box.y < 370 ? strokes(box, depth) : []),
    })
    const figure = (at: number, width = 10, from = 0): Rectangle => ({ x: 612 + from + at * 12, y: 362, width, height: 14 })
    const number = Array.from({ length: 11 }, (_, at) => figure(at))
    const inHalves = [...number.slice(0, 4), figure(4, 3), figure(4, 3, 6), ...number.slice(5)]
    const onRule = [{ x: 600, y: 362, width: 200, height: 22 }]
    const phoneOf = async (tools: PageTools) => (await understandPage(letter('2026-11-20'), tools))[0]!.fields.recipientPhone!
    expect((await phoneOf(paint((_, depth) => (depth < 0.4 ? number : inHalves)))).evidence).toContain('counted')
    expect((await phoneOf(paint((box) => (box.height < 22 ? number : onRule)))).evidence).toContain('counted')
    // Two figures that run together are no figure.
    const together = [...number.slice(0, 4), figure(4, 22), ...number.slice(6), figure(11)]
    expect((await phoneOf(paint((_, depth) => (depth < 0.4 ? together : inHalves)))).evidence).not.toContain('counted')
  })

  it('a month of one figure without a stroke of its own makes no clear date', async () => {
    const [paper] = await understandPage(letter('2026-1-20'), toolsOf('', null))
    expect(paper!.fields.signedDate).toMatchObject({ value: '2026-01-20', certain: false })
    expect(paper!.fields.signedDate!.evidence).not.toContain('clear')
  })
})

describe('the month of a date', () => {
  it.each(['1', '″', ' '])('of which %s was read is 11 where two upright strokes stand', async (read) => {
    const strokesIn = (box: Rectangle): Rectangle[] =>
      [302, 312].map((x) => ({ x, y: 902, width: 4, height: 18 })).filter(({ y }) => y > box.y && y < box.y + box.height)
    const [paper] = await understandPage(letter(`2026年 ${read} 月20日`), { ...toolsOf('', null), strokesIn })
    expect(paper!.fields.signedDate).toMatchObject({ value: '2026-11-20', certain: false })
  })
})

describe('administrative divisions', () => {
  it('begin an address down to the district', () => {
    expect(lengthOfRegion('福建省厦门市思明区嘉禾路1号')).toBe('福建省厦门市思明区'.length)
    expect(lengthOfRegion('重庆市渝北区龙溪街道')).toBe('重庆市渝北区'.length)
    expect(lengthOfRegion('福达有厦门市思明区')).toBe(0)
  })

  it('name the seat of a police office', () => {
    expect(['厦门市公安局思明分局', '惠安县公安局', '北京市公安局朝阳分局'].every(isPoliceOffice)).toBe(true)
    expect(isPoliceOffice('厦门市公安局鼓楼分局')).toBe(false)
  })

  it('have codes', () => {
    expect(isDistrictOfBirth('350203', 1990)).toBe(true)
    expect(isDistrictOfBirth('350299', 1990)).toBe(false)
    // 厦门市同安县 until 1996: numbers keep its code, and nobody born later has one.
    expect(isDistrictOfBirth('350221', 1975)).toBe(true)
    expect(isDistrictOfBirth('350221', 2005)).toBe(false)
    // 370284 was that of 胶南市 until 2012.
    expect(lengthOfRegion('山东省青岛市胶南市三合乡')).toBe('山东省青岛市胶南市'.length)
    expect(isPoliceOffice('宁乡县公安局')).toBe(true)
    expect(isPoliceOffice('重庆市公安局渝北区分局')).toBe(true)
  })
})
