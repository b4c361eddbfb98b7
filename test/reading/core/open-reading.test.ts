import { describe, expect, it } from 'vitest'
import { assembleApplications, readSubmission, type Reading } from '../../../src/flow.ts'
import { openReading } from '../../../src/reading/open-reading.ts'
import { readingMigrations } from '../../../src/reading/reading-tables.ts'
import type { PageRecord } from '../../../src/reading/page-record.ts'
import type { Reader } from '../../../src/reading/read-papers.ts'
import { printSeal } from '../seals/print-seal.ts'
import { openMemory } from '../../fixtures/open-memory.ts'

const page: PageRecord = { outcome: 'read', rotation: 90, papers: [], isTruncated: false }
const read: Reading = {
  documents: [{ kind: 'unknown', confidence: 0.5, pages: [{ file: '甲.jpg', page: 1, rotation: 90 }], fields: {}, seals: [] }],
  problems: [{ file: '乙.jpg', code: 'damaged', message: '请重新发送' }],
}

/** A reader of one page that remembers what it was offered. */
function oneReader(record = page) {
  const offers: (PageRecord | undefined)[] = []
  const reader: Reader = {
    async read(_, options) {
      const known = await options?.known?.('ab', 1)
      offers.push(known)
      if (!known) await options?.onPage?.('ab', 1, record)
      options?.onProgress?.(1, 1)
      return read
    },
    close: () => Promise.resolve(),
  }
  return { reader, offers }
}

async function openStage(reader: Reader) {
  const platform = await openMemory(readingMigrations)
  const stage = openReading({
    ...platform,
    reader,
    papersOf: () =>
      Promise.resolve({ papers: [], problems: [{ file: '丙.rar', code: 'unsupported-format', message: '请解压后重新发送' }] }),
  })
  const run = (signal = new AbortController().signal) =>
    stage.handlers[0]!.run({ submissionId: 's-1' }, { id: 'job', attempt: 1, signal, progress: () => undefined })
  return { ...platform, ...stage, run }
}

describe('the reading stage', () => {
  it('stores what was read and hands the submission on, once', async () => {
    const { reader, offers } = oneReader()
    const stage = await openStage(reader)
    expect(stage.handlers.map(({ contract }) => contract.name)).toEqual([readSubmission.name])
    await stage.run()
    await stage.run()
    const stored = await stage.readingOf('s-1')
    expect(stored?.documents).toEqual(read.documents)
    expect(stored?.problems.map(({ file }) => file)).toEqual(['丙.rar', '乙.jpg'])
    expect((await stage.queue.list('queued')).map(({ name, key }) => [name, key])).toEqual([[assembleApplications.name, 's-1']])
    expect(offers).toHaveLength(1)
  })

  it('goes on where a stopped job was: pages that were read are remembered', async () => {
    const { reader, offers } = oneReader()
    const stage = await openStage(reader)
    const stopped = AbortSignal.abort(new Error('the lease is lost'))
    await expect(stage.run(stopped)).rejects.toThrow('the lease is lost')
    expect(await stage.readingOf('s-1')).toBeUndefined()
    await stage.run()
    expect(offers).toEqual([undefined, page])
  })

  it('remembers the print of a seal without colour with its page', async () => {
    const seal = { color: 'gray', shape: 'round', text: null, confidence: 0.5, print: await printSeal() } as const
    const sealed: PageRecord = {
      ...page,
      papers: [{ kind: 'unknown', confidence: 0.5, fields: {}, seals: [{ ...seal, box: [0.1, 0.1, 0.2, 0.14] }] }],
    }
    const { reader, offers } = oneReader(sealed)
    const stage = await openStage(reader)
    await expect(stage.run(AbortSignal.abort(new Error('the lease is lost')))).rejects.toThrow('the lease is lost')
    await stage.run()
    expect(offers).toEqual([undefined, sealed])
  })
})
