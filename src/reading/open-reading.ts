/** The reading stage: a submission's papers are read page by page, and what was read is stored whole. */
import { assembleApplications, reading as readingShape, readSubmission, type PaperFile, type Problem, type Reading } from '../flow.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/database/open-database.ts'
import type { FileStore } from '../platform/files/file-store.ts'
import type { Log } from '../platform/log/log.ts'
import { handleJob, type JobHandler, type Queue } from '../platform/queue/contract.ts'
import { pageRecord, readerVersion, type PageRecord } from './page-record.ts'
import type { Reader } from './read-papers.ts'
import type { ReadingTables } from './reading-tables.ts'

export interface ReadingParts {
  readonly database: Database
  readonly files: FileStore
  readonly queue: Queue
  readonly clock: Clock
  readonly log: Log
  readonly reader: Reader
  /** What intake unpacked of a submission, and what it could not. */
  papersOf(submissionId: string): Promise<{ readonly papers: readonly PaperFile[]; readonly problems: readonly Problem[] }>
}

export interface ReadingStage {
  readonly handlers: JobHandler[]
  /** Reads papers that are received only later: their pages are known by then. */
  readAhead(papers: readonly PaperFile[], progress: (done: number, total: number) => void): Promise<void>
  /** What was read of a submission; undefined while it has not been read. */
  readingOf(submissionId: string): Promise<Reading | undefined>
}

export function openReading({ database, files, queue, clock, log, reader, papersOf }: ReadingParts): ReadingStage {
  const tables = database.withTables<ReadingTables>()

  async function readingOf(submissionId: string): Promise<Reading | undefined> {
    const row = await tables.selectFrom('submission_reading').select('reading').where('submission_id', '=', submissionId).executeTakeFirst()
    return row && readingShape.parse(JSON.parse(row.reading))
  }

  async function knownPage(sha256: string, page: number): Promise<PageRecord | undefined> {
    const row = await tables
      .selectFrom('page_reading')
      .select('record')
      .where('sha256', '=', sha256)
      .where('page', '=', page)
      .where('reader_version', '=', readerVersion)
      .executeTakeFirst()
    return row && pageRecord.parse(JSON.parse(row.record))
  }

  async function rememberPage(sha256: string, page: number, record: PageRecord): Promise<void> {
    await tables
      .insertInto('page_reading')
      .values({ sha256, page, reader_version: readerVersion, record: JSON.stringify(record), read_at: clock.now().toISOString() })
      .onConflict((conflict) => conflict.columns(['sha256', 'page', 'reader_version']).doNothing())
      .execute()
  }

  const readPapers = handleJob(readSubmission, async ({ submissionId }, { signal, progress }) => {
    const reading = (await readingOf(submissionId)) ?? (await readNow(submissionId, signal, progress))
    signal.throwIfAborted()
    await database.transaction().execute(async (transaction) => {
      await transaction
        .withTables<ReadingTables>()
        .insertInto('submission_reading')
        .values({ submission_id: submissionId, reading: JSON.stringify(reading), read_at: clock.now().toISOString() })
        .onConflict((conflict) => conflict.column('submission_id').doNothing())
        .execute()
      await queue.enqueue(transaction, assembleApplications, { submissionId }, { key: submissionId })
    })
    log.info('submission-read', { submissionId, documents: reading.documents.length, problems: reading.problems.length })
  })

  async function readNow(submissionId: string, signal: AbortSignal, progress: (done: number, total: number) => void): Promise<Reading> {
    const { papers, problems } = await papersOf(submissionId)
    const read = await reader.read(papers, { signal, onProgress: progress, ...remembering })
    return { ...read, problems: [...problems, ...read.problems] }
  }

  const remembering = {
    keepImage: async (bytes: Uint8Array) => (await files.put(bytes)).sha256,
    known: knownPage,
    onPage: rememberPage,
  }

  return {
    handlers: [readPapers],
    async readAhead(papers, progress) {
      await reader.read(papers, { onProgress: progress, ...remembering })
    },
    readingOf,
  }
}
