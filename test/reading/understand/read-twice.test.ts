import { expect, it } from 'vitest'
import type { PageTools, Rectangle, TextLine } from '../../../src/reading/page.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { blindTools, WrittenPage } from './write-page.ts'

const phone = '13362485051'

function form(written = phone): WrittenPage {
  const sure = { confidence: 0.999 }
  return new WrittenPage()
    .line(400, 60, '制卡业务受理登记表', { size: 32, ...sure })
    .line(100, 160, '企业名称:', sure)
    .line(300, 160, '厦门示例进出口有限公司', sure)
    .line(100, 220, '经办人:', sure)
    .line(300, 220, '林小满', sure)
    .line(100, 280, '联系电话:', sure)
    .line(300, 280, written, sure)
}

const lineOf = (text: string): TextLine => new WrittenPage().line(300, 280, text).lines[0]!

/** Looks at the number that see `first`, and drawn out by as much as figures are parted by, `drawnOut`. */
const looks = (first: string, drawnOut: string): PageTools => ({
  ...blindTools,
  readAgain: (box, how) =>
    Promise.resolve(Math.abs(box.y - 280) > 20 || box.x < 250 ? null : lineOf(how?.stretch === 1.5 ? drawnOut : first)),
})

async function evidenceOf(page: WrittenPage, tools: PageTools): Promise<readonly string[]> {
  const [paper] = await understandPage(page, tools)
  expect(paper!.fields['handlerPhone']!.value).toBe(phone)
  return paper!.fields['handlerPhone']!.evidence ?? []
}

it('a look that lost one of two figures alike is drawn out', async () => {
  expect(await evidenceOf(form(), looks('1362485051', phone))).toContain('read-twice')
})

it('a look that lost another figure, or that lost it drawn out too, confirms nothing', async () => {
  expect(await evidenceOf(form(), looks('1336248505', phone))).not.toContain('read-twice')
  expect(await evidenceOf(form(), looks('1362485051', '1362485051'))).not.toContain('read-twice')
})

it('a number that has all its figures is looked at though they stand apart', async () => {
  expect(await evidenceOf(form('13362  485051'), looks(phone, phone))).toContain('read-twice')
})

it('an address that ends with 之二 upon a line to write on is not certain: 之一 reads so too', async () => {
  const address = '福建省厦门市湖里区海天路12号之二'
  const page = form().line(100, 340, '收件地址:', { confidence: 0.999 }).line(300, 340, address, { confidence: 0.999 })
  const { box } = page.lines.at(-1)!
  const rule = { x: box.x, y: box.y + box.height - 2, width: box.width, height: 2 }
  const isIn = (room: typeof rule) => room.y < rule.y && room.y + room.height > rule.y && room.x < rule.x + rule.width
  const evidenceWith = async (tools: PageTools) => (await understandPage(page, tools))[0]!.fields['recipientAddress']!.evidence
  expect(await evidenceWith({ ...blindTools, strokesIn: () => [] })).not.toContain('odd-character')
  const strokesIn: PageTools['strokesIn'] = (room) => (isIn(room) ? [{ ...rule, x: room.x, width: room.width }] : [])
  expect(await evidenceWith({ ...blindTools, strokesIn })).toContain('odd-character')
})

it('English between a label and its value is no ink that nothing was read from', async () => {
  const sure = { confidence: 0.999 }
  const page = form().line(100, 340, '收件人Consignee', sure).line(292, 340, '林小满', sure)
  const inked = page.lines.flatMap(({ box, glyphs }) =>
    glyphs.map(({ left, right }) => ({ x: left + 1, y: box.y + 2, width: right - left - 2, height: box.height - 4 })),
  )
  const strokesIn: PageTools['strokesIn'] = (room) =>
    inked.filter(({ x, y }) => x >= room.x && x < room.x + room.width && y >= room.y && y < room.y + room.height)
  const [paper] = await understandPage(page, { ...blindTools, strokesIn })
  expect(paper!.fields['recipientName']).toMatchObject({ value: '林小满' })
  expect(paper!.fields['recipientName']!.evidence).not.toContain('ink-beside')
})

it('Low pieces that stand above one another beside a name are a character that was passed over', async () => {
  const sure = { confidence: 0.999 }
  const page = form().line(100, 340, '收件人:', sure).line(300, 340, '崔赫', sure)
  const letters = page.lines.at(-1)!.glyphs.map(({ left, right }) => ({ x: left + 1, y: 344, width: right - left - 2, height: 22 }))
  const evidenceWith = async (...beside: readonly Rectangle[]) => {
    const strokesIn: PageTools['strokesIn'] = (room) =>
      [...letters, ...beside].filter(({ x, y }) => x >= room.x && x < room.x + room.width && y >= room.y && y < room.y + room.height)
    return (await understandPage(page, { ...blindTools, strokesIn }))[0]!.fields['recipientName']!.evidence
  }
  // 志: 士 over the dots of 心.
  const upper = { x: 350, y: 344, width: 18, height: 6 }
  const dots = [349, 354, 366].map((x, at): Rectangle => ({ x, y: 355, width: at === 1 ? 11 : 4, height: 6 }))
  expect(await evidenceWith(upper, ...dots)).toContain('ink-beside')
  expect(await evidenceWith(upper)).not.toContain('ink-beside')
})
