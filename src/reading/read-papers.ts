/** Reads files: each is sniffed, its pages are counted and read in the pool, and the papers on them are joined to documents. */
import { createHash } from 'node:crypto'
import type { Cover, PaperFile, Problem, Reading } from '../flow.ts'
import type { Log } from '../platform/log/log.ts'
import type { Refusal } from '../platform/result.ts'
import { refuseFile } from './decode/refuse-file.ts'
import { sniffFormat, type PaperFormat } from './decode/sniff-format.ts'
import type { NetworkRun } from './engine/open-network.ts'
import type { PageRecord } from './page-record.ts'
import type { PageSight } from './page.ts'
import { joinPapers, type PageOfSubmission } from './understand/join-papers.ts'
import { openPool } from './worker/open-pool.ts'
import type { PageOutcome } from './worker/page-task.ts'

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined
  /** Pages done of all pages; blank and refused ones count. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined
  /** Keeps the upright picture of a page (JPEG, at most some 300 KB) and gives the SHA-256 it is kept under; without it no picture is made. */
  readonly keepImage?: ((bytes: Uint8Array) => Promise<string>) | undefined
  /** Told where everything lies on a page (counted from 1) that is read now. */
  readonly onSight?: ((file: string, page: number, sight: PageSight) => void) | undefined
  /** What is remembered of a page (counted from 1) of a file, by the SHA-256 of its bytes. */
  readonly known?: ((sha256: string, page: number) => Promise<PageRecord | undefined>) | undefined
  /** Told of every page that was read now and is worth remembering. */
  readonly onPage?: ((sha256: string, page: number, record: PageRecord) => Promise<void>) | undefined
}

export interface Reader {
  /** Reads the papers in their order. Rejects only when the signal is aborted or an option does. */
  read(papers: readonly PaperFile[], options?: ReadOptions): Promise<Reading>
  close(): Promise<void>
}

export interface ReaderParts {
  /** Threads that read pages; each holds some 300 MB while there is work. */
  readonly workers: number
  readonly log: Log
  /** Seconds that a page may take; 30 when not said. */
  readonly pageSeconds?: number
  /** Megabytes that the process may hold; 1,400 when not said. */
  readonly memoryMegabytes?: number
  /** Folder where compiled code and rewritten networks may be left for later threads and processes: nothing but this program writes there. */
  readonly codeFolder?: string
  /** Told after each page, and after each count of pages, which networks ran for it: for measuring. */
  readonly onRuns?: ((runs: readonly NetworkRun[]) => void) | undefined
}

export function openReader({ workers, log, pageSeconds = 30, memoryMegabytes = 1400, codeFolder, onRuns }: ReaderParts): Reader {
  const pool = openPool({ workers, log, pageSeconds, memoryBytes: memoryMegabytes * 1e6, codeFolder, onRuns })

  async function read(papers: readonly PaperFile[], options: ReadOptions = {}): Promise<Reading> {
    const files = await mapInTurn(papers, workers, (paper) => openFile(paper, options.signal))
    const pages = files.flatMap((file) => (file.ok ? Array.from({ length: file.pages }, (_, index) => ({ file, index })) : []))
    let done = 0
    options.onProgress?.(done, pages.length)
    const records = await mapInTurn(pages, workers * 2, async ({ file, index }) => {
      const record = await readOne(file, index, options)
      options.onProgress?.(++done, pages.length)
      return { file, page: index + 1, record }
    })
    const problems = [...files.filter((file) => !file.ok).map(({ problem }) => problem), ...problemsOf(records)]
    return { documents: joinPapers(pagesOf(records)), problems: inOrderOf(papers, problems), covers: coversOf(records) }
  }

  async function openFile({ file, bytes }: PaperFile, signal: AbortSignal | undefined): Promise<OpenedFile | RefusedFile> {
    const format = sniffFormat(bytes)
    if (!format.ok) return refused(file, format)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.byteLength))
    shared.set(bytes)
    const counted = await pool.run({ do: 'count', key: sha256, bytes: shared, format: format.value }, signal)
    if (!counted.ok) return refused(file, refuseFile(counted.code))
    return { ok: true, file, sha256, bytes: shared, format: format.value, pages: counted.value }
  }

  async function readOne(file: OpenedFile, index: number, options: ReadOptions): Promise<PageRecord> {
    options.signal?.throwIfAborted()
    const known = await options.known?.(file.sha256, index + 1)
    if (known) return known
    const task = {
      do: 'read',
      key: file.sha256,
      bytes: file.bytes,
      format: file.format,
      page: index,
      keepImage: options.keepImage !== undefined,
      keepSight: options.onSight !== undefined,
    } as const
    const reply = await pool.run(task, options.signal)
    if (!reply.ok) {
      const { code, message } = refuseFile(reply.code)
      return { outcome: 'refused', code, message }
    }
    if (reply.value.sight) options.onSight?.(file.file, index + 1, reply.value.sight)
    const record = await remember(reply.value, options.keepImage)
    await options.onPage?.(file.sha256, index + 1, record)
    return record
  }

  return { read, close: () => pool.close() }
}

interface OpenedFile {
  readonly ok: true
  readonly file: string
  readonly sha256: string
  readonly bytes: Uint8Array
  readonly format: PaperFormat
  readonly pages: number
}

interface RefusedFile {
  readonly ok: false
  readonly problem: Problem
}

interface RecordOfPage {
  readonly file: OpenedFile
  readonly page: number
  readonly record: PageRecord
}

const refused = (file: string, { code, message }: Refusal): RefusedFile => ({ ok: false, problem: { file, code, message } })

async function remember(outcome: PageOutcome, keepImage: ReadOptions['keepImage']): Promise<PageRecord> {
  if (outcome.isBlank) return { outcome: 'blank' }
  if (outcome.cover !== null) return { outcome: 'cover', parcel: outcome.cover }
  const { image } = outcome
  const kept = image && keepImage ? { image: { sha256: await keepImage(image.bytes), width: image.width, height: image.height } } : {}
  return {
    outcome: 'read',
    rotation: outcome.rotation,
    papers: [...outcome.papers] as PageRecordPapers,
    isTruncated: outcome.isTruncated,
    ...(outcome.tones === 'colour' ? {} : { [outcome.tones]: true }),
    ...(outcome.hasRedMark ? { redMark: true } : {}),
    ...kept,
  }
}
type PageRecordPapers = Extract<PageRecord, { outcome: 'read' }>['papers']

/** Blank sides are no pages of a document. */
function pagesOf(records: readonly RecordOfPage[]): PageOfSubmission[] {
  return records.flatMap(({ file, page, record }) =>
    record.outcome === 'read'
      ? [
          {
            file: file.file,
            page,
            rotation: record.rotation,
            papers: record.papers as PageOfSubmission['papers'],
            ...(record.image ? { image: record.image } : {}),
            ...(record.gray ? { gray: record.gray } : {}),
            ...(record.black ? { black: record.black } : {}),
            ...(record.redMark ? { redMark: record.redMark } : {}),
          },
        ]
      : [],
  )
}

/** Cover sheets are no pages of a document either. */
const coversOf = (records: readonly RecordOfPage[]): Cover[] =>
  records.flatMap(({ file, page, record }) => (record.outcome === 'cover' ? [{ file: file.file, page, parcel: record.parcel }] : []))

function problemsOf(records: readonly RecordOfPage[]): Problem[] {
  const problems: Problem[] = []
  for (const [file, ofFile] of Map.groupBy(records, ({ file }) => file)) {
    const place = (page: number) => (file.pages > 1 ? `第 ${page} 页：` : '')
    for (const { page, record } of ofFile) {
      if (record.outcome === 'refused') problems.push({ file: file.file, code: record.code, message: place(page) + record.message })
      if (record.outcome === 'read' && record.isTruncated)
        problems.push({ file: file.file, code: 'truncated', message: `${place(page)}文件不完整，只读到了一部分画面，请重新发送` })
    }
    if (ofFile.every(({ record }) => record.outcome === 'blank'))
      problems.push({ file: file.file, code: 'blank', message: '文件里只有空白页，请检查是否扫描了反面后重新发送' })
  }
  return problems
}

function inOrderOf(papers: readonly PaperFile[], problems: readonly Problem[]): Problem[] {
  const place = new Map(papers.map(({ file }, index) => [file, index]))
  return problems.toSorted((a, b) => (place.get(a.file) ?? 0) - (place.get(b.file) ?? 0))
}

/** At most `width` at once, results in order: the pictures of a whole archive are not held at the same time. */
async function mapInTurn<Item, Value>(items: readonly Item[], width: number, act: (item: Item) => Promise<Value>): Promise<Value[]> {
  const values: Value[] = []
  let next = 0
  const lane = async () => {
    while (next < items.length) {
      const at = next++
      values[at] = await act(items[at]!)
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane))
  return values
}
