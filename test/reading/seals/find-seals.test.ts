import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../src/reading/engine/open-engine.ts'
import type { Engine, Raster } from '../../../src/reading/page.ts'
import { findSeals } from '../../../src/reading/seals/find-seals.ts'
import { type DrawnSeal, drawSeal, fax, openSheet, photograph, scan, toRaster, write, writeLines } from '../pixels/draw-sheet.ts'

const company = '厦门海岚进出口有限公司'

/** An A4 sheet of print with these seals over it, in millimetres. */
function sheetWith(seals: readonly DrawnSeal[], title = '单位情况登记表'): Raster {
  const sheet = openSheet(200)
  write(sheet, title, 70, 30, 7)
  writeLines(sheet, 45, 150)
  write(sheet, '单位（盖章）：', 100, 215)
  for (const seal of seals) drawSeal(sheet.context, sheet.millimetre, seal)
  return toRaster(sheet)
}

const seal = (overrides: Partial<DrawnSeal> = {}): DrawnSeal => ({ x: 130, y: 220, text: company, number: '3502061234567', ...overrides })

/** Without the line of the seal at `seal()`'s place on its left side, of which a fax may leave nothing. */
function torn(raster: Raster): Raster {
  const scale = raster.width / openSheet(200).width
  const [x, y, radius] = [130, 220, 20].map((value) => (value * 200 * scale) / 25.4) as [number, number, number]
  for (let row = 0; row < raster.height; row++)
    for (let column = 0; column < x - 0.5 * radius; column++) {
      const away = Math.hypot(column - x, row - y)
      if (away > 0.9 * radius && away < 1.1 * radius)
        raster.data.fill(255, (row * raster.width + column) * 3, (row * raster.width + column) * 3 + 3)
    }
  return raster
}

describe('findSeals', () => {
  let engine: Engine
  const sealsOn = async (raster: Raster, names: readonly string[] = []) => (await findSeals(raster, engine)).read(names)
  beforeAll(async () => {
    engine = await openEngine()
  })
  afterAll(() => engine.close())

  it('finds nothing on print, and nothing in a red letterhead with its red rule', async () => {
    expect(await sealsOn(await scan(sheetWith([])))).toEqual([])
    const sheet = openSheet(200)
    sheet.context.fillStyle = '#d22'
    sheet.context.font = `${12 * sheet.millimetre}px "Sheet Song"`
    sheet.context.fillText('厦门海岚进出口有限公司文件', 25 * sheet.millimetre, 35 * sheet.millimetre)
    sheet.context.fillRect(20 * sheet.millimetre, 50 * sheet.millimetre, 170 * sheet.millimetre, sheet.millimetre)
    writeLines(sheet, 70, 250)
    expect(await sealsOn(await scan(toRaster(sheet)))).toEqual([])
  })

  it('leaves out what shines through from the back of the sheet, not the pale seal of the page', async () => {
    const sheet = openSheet(200)
    const { context, millimetre } = sheet
    write(sheet, '授权委托书', 70, 30, 7)
    const pale = (x: number, text: string, isMirrored: boolean): void => {
      context.save()
      context.globalAlpha = 0.22
      if (isMirrored) context.transform(-1, 0, 0, 1, 2 * x * millimetre, 0)
      drawSeal(context, millimetre, { x, y: 120, text })
      context.restore()
    }
    pale(60, company, true)
    pale(140, company, false)
    const found = await sealsOn(await scan(toRaster(sheet)))
    expect(found.map(({ text, box }) => [text, box.x > toRaster(sheet).width / 2])).toEqual([[company, true]])
  })

  it('finds what the fields of a filled-in form left of a red seal', async () => {
    const sheet = openSheet(200)
    write(sheet, '授权委托书', 70, 30, 7)
    drawSeal(sheet.context, sheet.millimetre, seal({ tilt: 14 }))
    sheet.context.fillStyle = '#fff'
    for (const y of [207, 213.5, 225, 231])
      sheet.context.fillRect(105 * sheet.millimetre, y * sheet.millimetre, 45 * sheet.millimetre, 5 * sheet.millimetre)
    const [found, ...others] = await sealsOn(toRaster(sheet))
    expect(others).toEqual([])
    expect(found).toMatchObject({ color: 'red', shape: 'round' })
  })

  it('does not take a filled red emblem for a seal', async () => {
    const sheet = openSheet(200)
    writeLines(sheet, 45, 150)
    sheet.context.fillStyle = '#d22'
    sheet.context.beginPath()
    sheet.context.arc(100 * sheet.millimetre, 200 * sheet.millimetre, 18 * sheet.millimetre, 0, 2 * Math.PI)
    sheet.context.fill()
    expect(await sealsOn(await scan(toRaster(sheet)))).toEqual([])
  })

  it.each([
    ['red', '#c22', scan],
    ['grey', '#444', (raster: Raster) => Promise.resolve(raster)],
  ])('does not take a disc with a %s line about it for a seal', async (_, colour, copy) => {
    const sheet = openSheet(200)
    writeLines(sheet, 45, 150)
    const { context, millimetre } = sheet
    context.fillStyle = context.strokeStyle = colour
    context.lineWidth = 0.4 * millimetre
    for (const [radius, draw] of [
      [13.5, 'stroke'],
      [9.7, 'fill'],
    ] as const) {
      context.beginPath()
      context.arc(100 * millimetre, 200 * millimetre, radius * millimetre, 0, 2 * Math.PI)
      context[draw]()
    }
    expect(await sealsOn(await copy(toRaster(sheet)))).toEqual([])
  })

  it('reads the name round a red seal and leaves its number away', async () => {
    const [found, ...others] = await sealsOn(await scan(sheetWith([seal({ tilt: 14 })])))
    expect(others).toEqual([])
    expect(found).toMatchObject({ color: 'red', shape: 'round', text: company, role: 'company' })
    expect(found!.confidence).toBeGreaterThan(0.75)
    const millimetre = 200 / 25.4
    expect(Math.abs(found!.box.x + found!.box.width / 2 - 130 * millimetre)).toBeLessThan(2 * millimetre)
    expect(Math.abs(found!.box.width - 40 * millimetre)).toBeLessThan(3 * millimetre)
  })

  it('tells two seals apart whose rims overlap, and reads both', async () => {
    const found = await sealsOn(await scan(sheetWith([seal(), seal({ x: 92, text: '福建山禾物流有限公司', tilt: -8 })])))
    expect(new Set(found.map(({ text }) => text))).toEqual(new Set([company, '福建山禾物流有限公司']))
    expect(found).toHaveLength(2)
  })

  it('finds both of two seals that cover each other’s characters', async () => {
    const found = await sealsOn(await scan(sheetWith([seal(), seal({ x: 102, text: '福建山禾物流有限公司', tilt: -8 })])))
    expect(found.map(({ box }) => Math.round((box.x + box.width / 2) / (200 / 25.4))).toSorted((a, b) => a - b)).toEqual([102, 130])
  })

  it.each([0, -25, 60])('finds an oval seal of two to three, turned by %i°', async (tilt) => {
    const oval = seal({ flatness: 0.67, diameter: 45, star: false, number: '', tilt })
    expect(await sealsOn(await scan(sheetWith([oval])))).toMatchObject([{ color: 'red', shape: 'oval' }])
  })

  it('tells a seal for invoices whose words stand in its middle, and takes no oval for the company’s own', async () => {
    const [invoices] = await sealsOn(await scan(sheetWith([seal({ flatness: 0.67, star: false, middle: '发票专用章', number: '' })])))
    expect(invoices).toMatchObject({ shape: 'oval', role: 'special' })
    const [bare] = await sealsOn(await scan(sheetWith([seal({ flatness: 0.67, star: false, number: '' })])))
    expect(bare).toMatchObject({ shape: 'oval', role: 'company', unreadFace: true })
  })

  it('tells a seal for invoices by its oval and its words', async () => {
    const oval = seal({ flatness: 0.75, star: false, middle: '91350206MA2XM00A2T', below: '发票专用章', number: '' })
    const found = await sealsOn(await scan(sheetWith([oval])))
    expect(found).toMatchObject([{ shape: 'oval', role: 'special' }])
  })

  it('leaves open what a seal is for whose words across its face tell nothing', async () => {
    const [found] = await sealsOn(await scan(sheetWith([seal({ below: '叁号备案印鉴', number: '' })])))
    expect(found).toMatchObject({ role: 'company', unreadFace: true })
    const [plain] = await sealsOn(await scan(sheetWith([seal()])))
    expect(plain).not.toHaveProperty('unreadFace')
  })

  it('takes the red print of a page across its face for no words of the seal', async () => {
    const sheet = openSheet(200)
    write(sheet, '订单详情', 70, 30, 7)
    drawSeal(sheet.context, sheet.millimetre, seal({ number: '' }))
    sheet.context.fillStyle = '#d22'
    sheet.context.font = `${5 * sheet.millimetre}px "Sheet Song"`
    sheet.context.fillText('温馨提示：请在30日内领取产品', 93 * sheet.millimetre, 230.5 * sheet.millimetre)
    const read = (lines: readonly { text: string }[]) =>
      findSeals(toRaster(sheet), engine).then(async (seals) => (await seals.read([company], lines))[0])
    expect(await read([])).toMatchObject({ text: company, unreadFace: true })
    expect(await read([{ text: '温馨提示：请在 30日内领取产品' }])).not.toHaveProperty('unreadFace')
    expect(await read([{ text: '提示：请核对订单' }])).toHaveProperty('unreadFace')
  })

  it('takes a portrait under one side of its face for no words either', async () => {
    const sheet = openSheet(200)
    const { context, millimetre } = sheet
    drawSeal(context, millimetre, seal({ number: '' }))
    context.fillStyle = '#8a3a2c'
    const { x, y } = seal()
    context.fillRect((x - 14) * millimetre, (y + 6) * millimetre, 9 * millimetre, 12 * millimetre)
    expect((await sealsOn(toRaster(sheet), [company]))[0]).not.toHaveProperty('unreadFace')
  })

  it('takes what the shop prints in red for no words either, though the ink of the seal is lifted with it', async () => {
    const sheet = openSheet(200)
    drawSeal(sheet.context, sheet.millimetre, seal({ number: '' }))
    sheet.context.fillStyle = '#d22'
    sheet.context.font = `${5 * sheet.millimetre}px "Sheet Song"`
    sheet.context.fillText('提示：购买产品15天后，无法退货', 93 * sheet.millimetre, 230.5 * sheet.millimetre)
    expect((await sealsOn(toRaster(sheet), [company]))[0]).not.toHaveProperty('unreadFace')
  })

  it('leaves open in black and white whether words stand across a face, unless it is a whole round one and bare', async () => {
    const [bare] = await sealsOn(await fax(sheetWith([seal()])), [company])
    expect(bare).toMatchObject({ text: company })
    expect(bare).not.toHaveProperty('unreadFace')
    const [worded] = await sealsOn(await fax(sheetWith([seal({ below: '叁号备案印鉴', number: '' })])), [company])
    expect(worded).toMatchObject({ text: company, unreadFace: true })
    const [oval] = await sealsOn(await fax(sheetWith([seal({ flatness: 0.75, star: false, number: '' })])), [company])
    expect(oval).toMatchObject({ shape: 'oval', unreadFace: true })
  })

  it('takes the rules of a table across a faxed face for no words', async () => {
    const ruled = (below?: string) => {
      const sheet = openSheet(200)
      write(sheet, '示例', 60, 30, 6)
      drawSeal(sheet.context, sheet.millimetre, seal({ number: '', ...(below === undefined ? {} : { below }) }))
      sheet.context.fillStyle = '#111'
      for (const down of [7.5, 10.5])
        sheet.context.fillRect(60 * sheet.millimetre, (220 + down) * sheet.millimetre, 130 * sheet.millimetre, 0.5 * sheet.millimetre)
      return fax(toRaster(sheet)).then((raster) => sealsOn(raster, [company]))
    }
    const [bare] = await ruled()
    expect(bare).toMatchObject({ text: company })
    expect(bare).not.toHaveProperty('unreadFace')
    expect((await ruled('叁号备案印鉴'))[0]).toMatchObject({ text: company, unreadFace: true })
  })

  it('knows a bare face by the letters of its arc where the line of a faxed seal is torn', async () => {
    const [bare] = await sealsOn(torn(await fax(sheetWith([seal({ number: '' })]))), [company])
    expect(bare).toMatchObject({ text: company })
    expect(bare).not.toHaveProperty('unreadFace')
    const [worded] = await sealsOn(torn(await fax(sheetWith([seal({ below: '叁号备案印鉴', number: '' })]))), [company])
    expect(worded).toMatchObject({ text: company, unreadFace: true })
  })

  it('leaves out of a faxed face what was surely read of a line that runs across it, unless that may be words of the seal', async () => {
    const sheet = openSheet(200)
    drawSeal(sheet.context, sheet.millimetre, seal({ number: '' }))
    const [x, y, height] = [60, 227.5, 4].map((value) => value * sheet.millimetre) as [number, number, number]
    const text = '二〇二六年十一月二十日经办人陈建国办理完毕交窗口'
    write(sheet, text, 60, 229.5, 4)
    const raster = await fax(toRaster(sheet))
    const scale = raster.width / sheet.width
    const print = (confidence: number, written = text) => {
      const glyphs = Array.from(written, (character, at) => ({
        character,
        confidence,
        left: (x + at * height) * scale,
        right: (x + (at + 1) * height) * scale,
      }))
      return [{ text: written, glyphs, box: { x: x * scale, y: y * scale, width: text.length * height * scale, height: height * scale } }]
    }
    const read = (lines: ReturnType<typeof print>) =>
      findSeals(raster, engine).then(async (seals) => (await seals.read([company], lines))[0])
    expect(await read(print(0.6))).toHaveProperty('unreadFace')
    expect(await read(print(0.99, text.replace('陈建国', '专用章')))).toHaveProperty('unreadFace')
    expect(await read(print(0.99))).not.toHaveProperty('unreadFace')
  })

  it('tells the seal of a registrar as another’s', async () => {
    const found = await sealsOn(await scan(sheetWith([seal({ text: '厦门市湖里区市场监督管理局', number: '' })], '营业执照')))
    expect(found).toMatchObject([{ role: 'other' }])
  })

  it('finds a seal that the edge of the sheet cuts', async () => {
    const found = await sealsOn(await scan(sheetWith([seal({ x: 203 })])))
    expect(found).toHaveLength(1)
    expect(found[0]!.box.x + found[0]!.box.width).toBeLessThanOrEqual(210 * (200 / 25.4) + 1)
  })

  it('reads a seal on a photograph under a lamp', async () => {
    expect(await sealsOn(await photograph(sheetWith([seal({ y: 242 })])))).toMatchObject([{ color: 'red', text: company }])
  })

  it('finds seals without their colour on a grey copy and on a fax', async () => {
    const grey = await sealsOn(await scan(sheetWith([seal()]), { grey: true }))
    expect(grey).toMatchObject([{ color: 'gray', shape: 'round', text: company }])
    expect(await sealsOn(await fax(sheetWith([seal()])))).toMatchObject([{ color: 'gray', shape: 'round' }])
    expect(await sealsOn(await fax(sheetWith([])))).toEqual([])
  })

  it('finds a pale seal of which a fax left but scattered dots', async () => {
    const pale = await fax(sheetWith([seal({ x: 120, y: 240, strength: 0.6 })]), { threshold: 122, grain: 42 })
    const [found] = await sealsOn(pale)
    expect(found).toMatchObject({ color: 'gray', shape: 'round' })
    expect(Math.abs(found!.box.x + found!.box.width / 2 - (120 / 210) * pale.width)).toBeLessThan(12)
  })

  it('finds a seal over lines of print on a grey copy', async () => {
    const found = await sealsOn(await scan(sheetWith([seal({ x: 90, y: 110 })]), { grey: true }))
    expect(found).toMatchObject([{ color: 'gray', shape: 'round' }])
  })

  it('takes the round mark of a cup on a grey copy for no seal', async () => {
    const sheet = openSheet(200)
    writeLines(sheet, 45, 150)
    sheet.context.strokeStyle = '#b9a58c'
    sheet.context.lineWidth = 2.5 * sheet.millimetre
    sheet.context.beginPath()
    sheet.context.arc(110 * sheet.millimetre, 200 * sheet.millimetre, 36 * sheet.millimetre, 0, 2 * Math.PI)
    sheet.context.stroke()
    expect(await sealsOn(await scan(toRaster(sheet), { grey: true }))).toEqual([])
  })

  it('tells no more than twelve seals, whatever is drawn', async () => {
    const reader: Pick<Engine, 'readStrip'> = {
      readStrip: async ({ width, height }) => ({
        text: '',
        confidence: 0,
        glyphs: [],
        lattice: [],
        box: { x: 0, y: 0, width, height },
        source: 'ocr',
      }),
    }
    const many = Array.from({ length: 24 }, (_, at) => seal({ x: 30 + (at % 4) * 48, y: 26 + Math.floor(at / 4) * 48, text: '' }))
    const found = await (await findSeals(sheetWith(many), reader)).read([])
    expect(found.length).toBeGreaterThan(4)
    expect(found.length).toBeLessThanOrEqual(12)
  })
})
