import { describe, expect, it } from 'vitest'
import { evidenceWords } from '../../../src/guide/evidence-words.ts'
import type { PageTools, Rectangle } from '../../../src/reading/page.ts'
import { strokesThrough } from '../../../src/reading/understand/leave-out-struck.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { blindTools, WrittenPage } from './write-page.ts'

/** A letter of authorisation whose values stand 200 pixels from the left, 60 pixels apart. */
function letter(values: Readonly<Record<string, string>>, confidence = 0.98): WrittenPage {
  const page = new WrittenPage().line(400, 40, '授权委托书', { size: 34 })
  const rows = {
    收件地址: '厦门市湖里区象兴一路88号',
    收件人: '王小红',
    联系电话: '13800138000',
    公司名称: '厦门示例进出口有限公司',
    ...values,
  }
  for (const [at, [label, value]] of Object.entries(rows).entries())
    page.line(60, top(at), `${label}:`).line(200, top(at), value, { confidence })
  return page.line(60, 900, '此委托书需如实填写完整并加盖单位公章生效')
}
const top = (row: number): number => 200 + 60 * row
const rowOf = { address: 0, name: 1, phone: 2, enterprise: 3 }

/** A pen's stroke through the middle of a row. */
const through = (row: number, x: number, width: number): Rectangle => ({ x, y: top(row) + 11, width, height: 3 })

/** Of each letter on a page what stands below its middle. */
const feetOf = (page: WrittenPage): Rectangle[] =>
  page.lines.flatMap(({ box, glyphs }) =>
    glyphs.map(({ left, right }) => ({ x: left + 2, y: box.y + 16, width: right - left - 4, height: box.height - 16 })),
  )

const withInk = (...strokes: Rectangle[]): PageTools => ({
  ...blindTools,
  strokesIn: (box) =>
    strokes.flatMap((stroke) => {
      const [x, y] = [Math.max(stroke.x, box.x), Math.max(stroke.y, box.y)]
      const [width, height] = [
        Math.min(stroke.x + stroke.width, box.x + box.width) - x,
        Math.min(stroke.y + stroke.height, box.y + box.height) - y,
      ]
      return width > 0 && height > 0 ? [{ x, y, width, height }] : []
    }),
})

const fieldsOf = async (page: WrittenPage, ...strokes: Rectangle[]) =>
  (await understandPage(page, withInk(...strokes, ...(strokes.length > 0 ? feetOf(page) : []))))[0]!.fields

describe('what was struck out', () => {
  it('yields to the number beside it, and a person is told', async () => {
    const page = letter({ 联系电话: '13800138099  13800138000' })
    const { recipientPhone } = await fieldsOf(page, through(rowOf.phone, 198, 136))
    expect(recipientPhone).toMatchObject({ value: '13800138000', certain: false })
    expect(recipientPhone!.evidence!.map(evidenceWords)).toContain('另有划去的字')
  })

  it.each([
    ['by a stroke', '王晓红  林小明', [through(rowOf.name, 198, 76)], '林小明'],
    [
      'by two, at its begin',
      '王晓王小红',
      [through(rowOf.name, 198, 56), { ...through(rowOf.name, 198, 56), y: top(rowOf.name) + 8 }],
      '王小红',
    ],
  ])('is left out of a name: %s', async (_, value, strokes, left) => {
    const { recipientName } = await fieldsOf(letter({ 收件人: value }), ...strokes)
    expect(recipientName).toMatchObject({ value: left, certain: false })
  })

  it('yields to what stands above it', async () => {
    const page = letter({ 联系电话: '13800138099' }).line(210, top(rowOf.phone) - 26, '13800138000', { size: 20 })
    const { recipientPhone } = await fieldsOf(page, through(rowOf.phone, 198, 136))
    expect(recipientPhone).toMatchObject({ value: '13800138000', certain: false })
  })

  it('leaves nothing certain where nothing stands instead', async () => {
    const { recipientPhone } = await fieldsOf(letter({}, 0.7), through(rowOf.phone, 198, 136))
    expect(recipientPhone).toMatchObject({ value: null, certain: false })
  })

  it('stays, for a person to look, where it is plainly read and nothing stands instead: a fold may lie over it', async () => {
    const { recipientPhone } = await fieldsOf(letter({}), through(rowOf.phone, 198, 136))
    expect(recipientPhone).toMatchObject({ value: '13800138000', certain: false })
    expect(recipientPhone!.evidence).toContain('struck-out')
  })

  it('of a number is not put right by words beside it', async () => {
    const { recipientPhone } = await fieldsOf(
      letter({}).line(210, top(rowOf.phone) - 26, '请填手机', { size: 20 }),
      through(rowOf.phone, 198, 136),
    )
    expect(recipientPhone).toMatchObject({ value: '13800138000', certain: false })
  })

  it.each(['XXXXXXXXXXX 13800138000', '3兴0水3809 13800138000', '13800138000 1390013'])(
    'yields to the one whole number, however it was crossed out: %s',
    async (text) => {
      const { recipientPhone } = await fieldsOf(letter({ 联系电话: text }))
      expect(recipientPhone).toMatchObject({ value: '13800138000', certain: false })
    },
  )

  it('is nothing on a line that it was typed on, though the page lies askew', async () => {
    const page = letter({})
    const lowered = { ...through(rowOf.phone, 198, 136), y: top(rowOf.phone) + 15 }
    const { recipientPhone } = (await understandPage(page, withInk(lowered)))[0]!.fields
    expect(recipientPhone!.evidence).not.toContain('struck-out')
  })

  it('is nothing on a line that slants down from its begin, of which a little less shows further down', () => {
    const letters = Array.from({ length: 11 }, (_, at) => {
      const left = 226 + 20 * at
      return { character: '1', confidence: 0.98, left, right: left + 18, alternatives: [] }
    })
    const box = { x: 220, y: 1028, width: 236, height: 28 }
    const [begin, rest] = [
      { x: 246, y: 1044.5, width: 46, height: 3.5 },
      { x: 247, y: 1048, width: 45, height: 2.2 },
    ]
    expect(strokesThrough({ box, em: 21.8, letters }, withInk(begin, rest))).toEqual([])
    // With the lower halves of letters below it, it goes through them.
    const feet = letters.map(({ left }) => ({ x: left + 4, y: 1050, width: 6, height: 6 }))
    expect(strokesThrough({ box, em: 21.8, letters }, withInk(begin, rest, ...feet))).toHaveLength(1)
  })

  it('is nothing on a line that it was typed on, with the next row close below it', async () => {
    const y = top(rowOf.phone)
    const letters = Array.from({ length: 11 }, (_, at): Rectangle => ({ x: 202 + 12 * at, y: y + 1, width: 9, height: 15 }))
    const line = { x: 198, y: y + 15, width: 136, height: 6 }
    const below = Array.from({ length: 11 }, (_, at): Rectangle => ({ x: 202 + 12 * at, y: y + 22, width: 9, height: 20 }))
    const { recipientPhone } = (await understandPage(letter({}), withInk(line, ...letters, ...below)))[0]!.fields
    expect(recipientPhone!.evidence).not.toContain('struck-out')
  })

  it('is nothing on a line that it was typed on, where a stroke of another letter runs on through the middle', async () => {
    const page = letter({})
    const lowered = { ...through(rowOf.phone, 198, 96), y: top(rowOf.phone) + 15 }
    const ofLetter = { x: 296, y: top(rowOf.phone) + 10, width: 34, height: 3 }
    const { recipientPhone } = (await understandPage(page, withInk(lowered, ofLetter)))[0]!.fields
    expect(recipientPhone!.evidence).not.toContain('struck-out')
  })

  it('is nothing below a crease or a rule of the sheet, nor a number with its area', async () => {
    const creased = await fieldsOf(letter({}), through(rowOf.phone, 0, 1240))
    expect(creased.recipientPhone!.value).toBe('13800138000')
    const { recipientPhone } = await fieldsOf(letter({ 联系电话: '0592 5653395' }))
    expect(recipientPhone!.value).toBe('05925653395')
    expect(recipientPhone!.evidence).not.toContain('struck-out')
  })
})
