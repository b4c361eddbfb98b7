import { PDFDocument } from 'pdf-lib'
import { afterAll, describe, expect, it } from 'vitest'
import type { PaperFile } from '../../../src/flow.ts'
import { silentLog } from '../../../src/platform/log/log.ts'
import type { NetworkRun } from '../../../src/reading/engine/open-network.ts'
import type { PageRecord } from '../../../src/reading/page-record.ts'
import { openReader } from '../../../src/reading/read-papers.ts'
import { asSharp, declarePng, drawPage, writeEncryptedPdf, writeLongPdf, writeTiff } from './draw-page.ts'

const reader = openReader({ workers: 1, log: silentLog })
afterAll(() => reader.close())

const page = drawPage()
const blank = { ...page, data: page.data.slice().fill(250) }
const jpeg = async (raster = page) => new Uint8Array(await asSharp(raster).jpeg({ quality: 90 }).toBuffer())
const paper = (file: string, bytes: Uint8Array): PaperFile => ({ file, bytes })

describe('reading papers', () => {
  it('reads a form, keeps its picture and tells its progress', async () => {
    const pictures: Uint8Array[] = []
    const progress: [number, number][] = []
    const { documents, problems } = await reader.read([paper('登记表.jpg', await jpeg())], {
      onProgress: (done, total) => progress.push([done, total]),
      keepImage: (bytes) => Promise.resolve(`picture-${pictures.push(bytes)}`),
    })
    expect(problems).toEqual([])
    expect(documents).toHaveLength(1)
    expect(documents[0]).toMatchObject({
      kind: 'registration-form',
      pages: [{ file: '登记表.jpg', page: 1, rotation: 0, image: { sha256: 'picture-1', width: 827, height: 1169 } }],
    })
    expect(documents[0]!.fields['uscc']).toMatchObject({ value: '91350206MA2XM00A2T', source: 'ocr' })
    expect(progress).toEqual([
      [0, 1],
      [1, 1],
    ])
    expect(pictures[0]!.byteLength).toBeLessThan(300 * 1024)
  })

  it('tells which networks it ran, and on what sizes, when it is asked', async () => {
    const runs: NetworkRun[] = []
    const told = openReader({ workers: 1, log: silentLog, onRuns: (ofTask) => runs.push(...ofTask) })
    await told.read([paper('登记表.jpg', await jpeg())])
    await told.close()
    expect(runs[0]).toEqual({ network: 'detection', width: 544, height: 768 })
    expect(runs.filter(({ network, height }) => network === 'recognition' && height === 48).length).toBeGreaterThan(5)
  })

  it('tells two sheets on one scan as two papers, however it lies', async () => {
    const { width, height, data } = page
    const both = { width: 2 * width, height, data: new Uint8Array(2 * data.length) }
    for (let row = 0; row < height; row++)
      for (const side of [0, 1]) both.data.set(data.subarray(row * width * 3, (row + 1) * width * 3), (row * both.width + side * width) * 3)
    const turned = new Uint8Array(await asSharp(both).rotate(90).jpeg({ quality: 90 }).toBuffer())
    const { documents } = await reader.read([paper('拼页.jpg', turned)])
    expect(
      documents.map(({ kind, fields, pages }) => [kind, fields['uscc']!.value, fields['handlerName']!.value, pages[0]!.rotation]),
    ).toEqual([
      ['registration-form', '91350206MA2XM00A2T', '张晓明', 270],
      ['registration-form', '91350206MA2XM00A2T', '张晓明', 270],
    ])
  })

  it('names every file that it could not read, with what to do, in their order', async () => {
    const truncated = (await PDFDocument.create().then((document) => (document.addPage(), document.save()))).subarray(0, 60)
    const { documents, problems } = await reader.read([
      paper('空.jpg', new Uint8Array()),
      paper('文字.jpg', new Uint8Array(Buffer.from('这是一段文字，不是图片'))),
      paper('半截.pdf', truncated),
      paper('加密.pdf', writeEncryptedPdf()),
      paper('三百页.pdf', writeLongPdf(300)),
      paper('巨图.png', declarePng(20_000, 20_000)),
      paper('坏图.png', declarePng(600, 600)),
      paper('白纸.jpg', await jpeg(blank)),
    ])
    expect(documents).toEqual([])
    expect(problems.map(({ file, code }) => [file, code])).toEqual([
      ['空.jpg', 'empty-file'],
      ['文字.jpg', 'not-a-paper'],
      ['半截.pdf', 'truncated'],
      ['加密.pdf', 'encrypted'],
      ['三百页.pdf', 'too-many-pages'],
      ['巨图.png', 'too-many-pixels'],
      ['坏图.png', 'truncated'],
      ['白纸.jpg', 'blank'],
    ])
    for (const { message } of problems) expect(message).toMatch(/请/u)
  })

  it('drops the blank back side in a file of two pages', async () => {
    const { documents, problems } = await reader.read([paper('双面.tif', writeTiff([page, blank]))])
    expect(problems).toEqual([])
    expect(documents.map(({ kind, pages }) => [kind, pages.length])).toEqual([['registration-form', 1]])
  })

  it('takes the text of a PDF from the file', async () => {
    const document = await PDFDocument.create()
    const sheet = document.addPage([595, 842])
    for (const [index, text] of ['This is a letter about cards', 'Number 91350206MA2XM00A2T', 'Telephone 0592 5660123'].entries())
      sheet.drawText(text, { x: 80, y: 700 - index * 40, size: 14 })
    const { documents, problems } = await reader.read([paper('信.pdf', await document.save())])
    expect(problems).toEqual([])
    expect(documents.map(({ kind }) => kind)).toEqual(['unknown'])
  })

  it('does not believe a text layer that says something else than the page shows', async () => {
    const document = await PDFDocument.create()
    const sheet = document.addPage([595, 842])
    for (let row = 0; row < 12; row++)
      sheet.drawText('registration 99999999 nothing of this is to be seen here', { x: 60, y: 760 - row * 40, size: 14 })
    const picture = await document.embedJpg(await jpeg(drawPage({ dpi: 150 })))
    sheet.drawImage(picture, { x: 0, y: 0, width: 595, height: 842 })
    const { documents } = await reader.read([paper('盖住.pdf', await document.save())])
    expect(documents[0]).toMatchObject({ kind: 'registration-form', fields: { uscc: { value: '91350206MA2XM00A2T', source: 'ocr' } } })
  })

  it('does not read again what is remembered', async () => {
    const kept = new Map<string, PageRecord>()
    const papers = [paper('登记表.jpg', await jpeg())]
    const first = await reader.read(papers, {
      onPage: async (sha256, number, record) => {
        kept.set(`${sha256} ${number}`, record)
      },
    })
    let asked = 0
    const second = await reader.read(papers, {
      known: async (sha256, number) => {
        asked++
        return kept.get(`${sha256} ${number}`)
      },
      onPage: () => Promise.reject(new Error('nothing is to be read')),
    })
    expect(asked).toBe(1)
    expect(second).toEqual(first)
  })

  it('stops when it is told to', async () => {
    const stop = new AbortController()
    const reading = reader.read([paper('登记表.jpg', await jpeg())], {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('stopped')),
    })
    await expect(reading).rejects.toThrow('stopped')
  })

  it('gives up a page that takes too long and replaces its worker', async () => {
    // The opening of the models does not count; decoding and reading a page takes far longer than this.
    const hasty = openReader({ workers: 1, log: silentLog, pageSeconds: 0.05 })
    try {
      const { problems } = await hasty.read([
        paper('一.jpg', await jpeg(drawPage({ dpi: 200 }))),
        paper('空.jpg', new Uint8Array()),
        paper(
          '白纸.png',
          new Uint8Array(
            await asSharp({ ...drawPage({ dpi: 10 }), data: drawPage({ dpi: 10 }).data.fill(250) })
              .png()
              .toBuffer(),
          ),
        ),
      ])
      expect(problems.map(({ file, code }) => [file, code])).toEqual([
        ['一.jpg', 'page-time-out'],
        ['空.jpg', 'empty-file'],
        ['白纸.png', 'blank'],
      ])
    } finally {
      await hasty.close()
    }
  })
})
