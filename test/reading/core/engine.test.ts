import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEngine, type PageEngine } from '../../../src/reading/engine/open-engine.ts'
import { standUpright } from '../../../src/reading/upright/stand-upright.ts'
import { turnRaster } from '../../../src/reading/decode/orient-raster.ts'
import { drawLine, drawPage, pageRows } from './draw-page.ts'

let engine: PageEngine
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.close())

describe('the engine', () => {
  it.each(['厦门示例进出口有限公司', '91350206MA2XM00A2T', '福建省厦门市湖里区象屿路93号', '0592-5660123'])(
    'reads a drawn line exactly: %s',
    async (text) => {
      const line = await engine.readStrip(drawLine(text))
      expect(line.text).toBe(text)
      expect(line.glyphs.map(({ character }) => character).join('')).toBe(text)
    },
  )

  it('knows rare characters of names in small print, which its second recogniser, the published one, does not', async () => {
    const [first, second] = [await engine.readStrip(drawLine('孙顺竣', 20)), await engine.readText(drawLine('孙顺竣', 20), true)]
    expect([first.text, second.text]).toEqual(['孙顺竣', '孙顺峻'])
  })

  it.each(['沈鋆', '郑瑀', '江淑赟', '官文旻', '大嶝街道田墘村'])(
    'reads characters that the published network has no class for: %s',
    async (text) => {
      expect((await engine.readStrip(drawLine(text))).text).toBe(text)
    },
  )

  it('tells where each character stands', async () => {
    const strip = drawLine('张晓明李建国', 40)
    const { glyphs } = await engine.readStrip(strip)
    const middles = glyphs.map(({ left, right }) => (left + right) / 2)
    for (const [index, middle] of middles.entries()) expect(Math.abs(middle - (12 + 40 * (index + 0.5)))).toBeLessThan(16)
  })

  it('names the rivals of a character it is not sure of', async () => {
    const { glyphs } = await engine.readStrip(drawLine('未末土士日曰', 14))
    const rivals = glyphs.flatMap(({ character, alternatives }) => (alternatives ?? []).map((other) => character + other.character))
    // Whichever of two it takes, the other is its rival.
    for (const pair of ['土士', '未末']) expect(rivals.some((one) => one === pair || one === [...pair].toReversed().join(''))).toBe(true)
  })

  it('reads a line that is wider than the network likes, in parts', async () => {
    const text = '福建省厦门市湖里区象屿路93号中国厦门国际航运中心4层431单元及其相邻的办公用房福建省厦门市思明区文园路461号8号楼四层'
    const { text: read } = await engine.readStrip(drawLine(text, 40))
    expect(read).toBe(text)
  })

  it('reads a page in the order in which it is read', async () => {
    const lines = await engine.readLines(drawPage())
    expect(lines.map(({ text }) => text)).toEqual(['制卡业务受理登记表', ...pageRows.flat()])
  })

  it('reads what stands inside a rectangle and places it on the page', async () => {
    const [line] = await engine.readInside(drawPage(), { x: 282, y: 182, width: 456, height: 56 })
    expect(line?.text).toBe('厦门示例进出口有限公司')
    expect(line!.box.x).toBeGreaterThan(270)
    expect(line!.box.y).toBeGreaterThan(170)
  })
})

describe('a page', () => {
  it.each([0, 90, 180, 270] as const)('that must be turned by %i° is stood upright', async (rotation) => {
    const lying = turnRaster(drawPage(), ((360 - rotation) % 360) as 0 | 90 | 180 | 270)
    const upright = await standUpright(engine, lying)
    expect(upright.rotation).toBe(rotation)
    expect(upright.raster.height).toBeGreaterThan(upright.raster.width)
  })

  it('half in a shadow is kept whole: lines run on in the shadow', async () => {
    const page = drawPage()
    // The shadow ends amid the company's name, past the middle of every line.
    const lit = Math.round(page.width * 0.56)
    for (let at = 0; at < page.data.length; at += 3)
      if ((at / 3) % page.width >= lit) for (let channel = 0; channel < 3; channel++) page.data[at + channel]! *= 0.55
    const { raster, regions } = await standUpright(engine, page)
    expect(raster.width).toBeGreaterThan(page.width * 0.95)
    const lines = (await Promise.all(regions.map((region) => engine.recognise(raster, region)))).map(({ text }) => text)
    for (const [, value] of pageRows) expect(lines).toContain(value)
  })

  it.each([-4, 3])('that lies askew by %i° is straightened', async (slant) => {
    const { raster, rotation, regions } = await standUpright(engine, drawPage({ slant }))
    expect(rotation).toBe(0)
    const lines = (await Promise.all(regions.map((region) => engine.recognise(raster, region)))).map(({ text }) => text)
    expect(lines.toSorted()).toEqual(['制卡业务受理登记表', ...pageRows.flat()].toSorted())
    for (const region of regions) if (region.width > region.height * 4) expect(Math.abs(region.angle)).toBeLessThan(0.02)
  })
})
