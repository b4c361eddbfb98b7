import { describe, expect, it } from 'vitest'
import { drawNotice, type NoticeContent } from '../../src/dispatch/print/draw-notice.ts'
import { sortingNameOf, drawWaybill, type WaybillContent } from '../../src/dispatch/print/draw-waybill.ts'
import { wrapText } from '../../src/platform/print/wrap-text.ts'
import { codesOn, pdfium, renderPrint as render } from '../fixtures/render-print.ts'

const waybill = (more: Partial<WaybillContent> = {}): WaybillContent => ({
  waybillNumber: '1151238971060',
  applicationNumber: 'XM20261121-0004',
  sender: {
    name: '中国电子口岸数据中心厦门分中心',
    phone: '0592-5653395',
    address: '厦门市湖里区象兴一路11号象屿保税区海关大楼7楼服务大厅',
    company: null,
  },
  recipient: { name: '苏晓岚', phone: '13806001234', address: '福建省厦门市湖里区虚构路18号', company: '厦门鹭澜进出口有限公司' },
  items: [{ name: '电子口岸操作员卡', quantity: 2 }],
  note: '签收前请确认电子口岸卡齐备。',
  at: new Date('2026-11-22T02:00:00Z'),
  ...more,
})

const notice = (more: Partial<NoticeContent> = {}): NoticeContent => ({
  noticeNumber: 'LK-XM20261121-0004',
  applicationNumber: 'XM20261121-0004',
  officeName: '中国电子口岸数据中心厦门分中心',
  enterpriseName: '厦门鹭澜进出口有限公司',
  uscc: '91350206MA2XM00A2T',
  service: '增办操作员卡',
  method: 'window',
  waybillNumber: null,
  preparedOn: '2026-11-22',
  items: [{ name: '电子口岸操作员卡', holder: '陈榕芳', cardNumber: '8600000012399', quantity: 1 }],
  instructions: ['本通知单须由企业打印并加盖企业公章，领卡人持单到窗口领取。'],
  counter: { address: '厦门市湖里区象兴一路11号', hours: '星期一至星期五', phone: '0592-5653395' },
  at: new Date('2026-11-22T02:00:00Z'),
  ...more,
})

describe('the waybill', () => {
  it('measures 100 × 150 mm on one page', async () => {
    const { sizes } = await render((await drawWaybill(waybill())).bytes)
    expect(sizes).toHaveLength(1)
    expect(sizes[0]?.width).toBeCloseTo(100, 1)
    expect(sizes[0]?.height).toBeCloseTo(150, 1)
  })

  it('carries codes that a scanner reads back, domestic and S10', async () => {
    for (const waybillNumber of ['1151238971060', 'EE473124829CN']) {
      const { pages } = await render((await drawWaybill(waybill({ waybillNumber }))).bytes)
      const codes = pages[0] ? await codesOn(pages[0]) : []
      expect(new Set(codes)).toEqual(new Set([waybillNumber, 'XM20261121-0004']))
    }
  })

  it('has ink where the words should be: a font that lost its glyphs leaves paper white', async () => {
    const { pages } = await render((await drawWaybill(waybill())).bytes)
    const [page] = pages
    // 到付 is white on black: neither empty nor full.
    expect(page?.ink(68, 4, 28, 10)).toBeGreaterThan(0.5)
    expect(page?.ink(68, 4, 28, 10)).toBeLessThan(0.9)
    for (const [x, y, width, height] of [
      [25, 5, 20, 5],
      [15, 39.5, 40, 8],
      [13, 49, 50, 6],
      [13, 58, 60, 5],
      [13, 78, 60, 4],
      [5, 100, 40, 5],
      [5, 118, 40, 4],
    ] as const)
      expect(page?.ink(x, y, width, height), `at ${x}, ${y}`).toBeGreaterThan(0.06)
  })

  it('leaves weight and postage to the courier', async () => {
    const { pages } = await render((await drawWaybill(waybill())).bytes)
    expect(pages[0]?.ink(64, 97, 20, 6)).toBe(0)
    expect(pages[0]?.ink(64, 106, 20, 6)).toBe(0)
  })

  it('keeps a long address inside its field, whole', async () => {
    const address =
      '福建省厦门市湖里区虚构路18号虚构国际航运中心大厦甲座第三十二层三二零一至三二一六单元虚构供应链综合服务窗口（请从北门货梯上楼）'.repeat(
        2,
      )
    const printed = await drawWaybill(waybill({ recipient: { ...waybill().recipient, address } }))
    expect(printed.cut).toEqual([])
    const { pages } = await render(printed.bytes)
    // The white border right of the frame stays white.
    expect(pages[0]?.ink(97.6, 45, 2, 60)).toBe(0)
  })

  it('says which characters it could not print, and which text it had to cut', async () => {
    const strange = await drawWaybill(waybill({ recipient: { ...waybill().recipient, name: '王𠮷岚' } }))
    expect(strange.missing).toEqual(['𠮷'])
    const endless = await drawWaybill(waybill({ recipient: { ...waybill().recipient, address: '虚构路'.repeat(400) } }))
    expect(endless.cut).toHaveLength(1)
  })

  it('is the same to the byte when it is printed again', async () => {
    const [first, second] = [await drawWaybill(waybill()), await drawWaybill(waybill())]
    expect(Buffer.from(first.bytes).equals(Buffer.from(second.bytes))).toBe(true)
  })

  it('names the destination letter for letter from the address, or not at all', () => {
    expect(sortingNameOf('福建省厦门市湖里区虚构路18号')).toBe('福建省 厦门市 湖里区')
    expect(sortingNameOf('厦门市湖里区虚构路18号')).toBe('厦门市 湖里区')
    expect(sortingNameOf('北京市朝阳区虚构路18号')).toBe('北京市 朝阳区')
    expect(sortingNameOf('内蒙古自治区锡林郭勒盟锡林浩特市虚构街1号')).toBe('内蒙古自治区 锡林郭勒盟 锡林浩特市')
    expect(sortingNameOf('虚构路18号')).toBeNull()
  })
})

describe('the notice', () => {
  it('is an A4 page with the application number as a code', async () => {
    const { pages, sizes } = await render((await drawNotice(notice())).bytes)
    expect(sizes).toHaveLength(1)
    expect(sizes[0]?.width).toBeCloseTo(210, 1)
    expect(sizes[0]?.height).toBeCloseTo(297, 1)
    expect(pages[0] ? await codesOn(pages[0]) : []).toEqual(['XM20261121-0004'])
    expect(pages[0]?.ink(22, 30, 50, 10)).toBeGreaterThan(0.1)
    expect(pages[0]?.ink(56, 63, 50, 8)).toBeGreaterThan(0.04)
  })

  it('lists thirty cards on further pages and leaves none out', async () => {
    const items = Array.from({ length: 30 }, (_, index) => ({
      name: '电子口岸操作员卡',
      holder: `操作员${index}`,
      cardNumber: `86000000${index}`,
      quantity: 1,
    }))
    const printed = await drawNotice(notice({ items, method: 'post', waybillNumber: '1151238971060' }))
    expect(printed.cut).toEqual([])
    const document = await (await pdfium).loadDocument(Buffer.from(printed.bytes))
    const text = [...document.pages()].map((page) => page.getText()).join('\n')
    document.destroy()
    for (const { cardNumber } of items) expect(text).toContain(cardNumber)
  })
})

describe('wrapping', () => {
  const measure = (line: string) => Array.from(line).length

  it('keeps words and numbers whole where they fit', () => {
    expect(wrapText('请致电 0592-5653395 联系', 12, measure)).toEqual(['请致电', '0592-5653395', '联系'])
    expect(wrapText('编号XM20261121请', 12, measure)).toEqual(['编号XM20261121', '请'])
    expect(wrapText('受理编号XM20261121', 10, measure)).toEqual(['受理编号', 'XM20261121'])
  })

  it('never starts a line with a closing mark', () => {
    expect(wrapText('一二三四，五六', 4, measure)).toEqual(['一二三', '四，五六'])
    expect(wrapText('一二三（四五）', 4, measure)).toEqual(['一二三', '（四五）'])
  })

  it('cuts what is wider than a line', () => {
    expect(wrapText('ABCDEFGHIJ', 4, measure)).toEqual(['ABCD', 'EFGH', 'IJ'])
  })
})
