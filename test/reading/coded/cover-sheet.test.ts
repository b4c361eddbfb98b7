import { PDFDocument } from 'pdf-lib'
import { afterAll, expect, it } from 'vitest'
import { drawCover } from '../../../src/parcels/print/draw-cover.ts'
import { silentLog } from '../../../src/platform/log/log.ts'
import { openReader } from '../../../src/reading/read-papers.ts'
import { copyPage } from '../../corpus/copy-page.ts'
import { printedSide } from '../../corpus/print-own-form.ts'
import { seedRandom } from '../../corpus/random.ts'

const reader = openReader({ workers: 1, log: silentLog })
afterAll(() => reader.close())

const parcelNumber = '1151238971060'
const cover = () =>
  drawCover({
    parcelNumber,
    officeName: '中国电子口岸数据中心厦门分中心',
    receivedAt: '2026-11-20 10:02',
    receivedBy: '林晓',
    cards: ['8600000012345', '卡号无法辨认'],
    applications: [{ number: 'XM20261120-0001', enterpriseName: '厦门示例进出口有限公司' }],
    at: new Date('2026-11-20T02:02:00Z'),
  })

it.each(['scan200', 'fax', 'phone'] as const)('a cover sheet tells its parcel on a %s, and is no paper', async (device) => {
  const random = seedRandom(`cover-${device}`)
  const copy = await copyPage(await printedSide((await cover()).bytes), random.fork('drawing'), device, random.fork(device))
  const file = `封面.${copy.extension}`
  expect(await reader.read([{ file, bytes: new Uint8Array(copy.bytes) }])).toEqual({
    documents: [],
    problems: [],
    covers: [{ file, page: 1, parcel: parcelNumber }],
  })
})

it('among other pages of one file it is told with its page; the others are read', async () => {
  const whole = await PDFDocument.load((await cover()).bytes)
  const page = whole.insertPage(0, [595, 842])
  page.drawText('Payment screenshot 2026', { x: 80, y: 700, size: 24 })
  const { documents, covers } = await reader.read([{ file: '扫描.pdf', bytes: await whole.save() }])
  expect(covers).toEqual([{ file: '扫描.pdf', page: 2, parcel: parcelNumber }])
  expect(documents.flatMap(({ pages }) => pages.map((one) => one.page))).toEqual([1])
})
