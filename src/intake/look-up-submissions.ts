/** What other stages and the desk ask of the submissions. */
import type { Database, Executor } from '../platform/database/open-database.ts'
import type { FileStore } from '../platform/files/file-store.ts'
import type { Door, MailFacts, PaperFile, Problem, Submission } from '../flow.ts'
import { submissionStates, type IntakeTables, type SubmissionState } from './intake-tables.ts'

export interface SubmissionSummary {
  readonly id: string
  readonly door: Door
  readonly name: string
  readonly receivedAt: string
  readonly state: SubmissionState
  /** The submission with the same bytes that came first. */
  readonly duplicateOf: string | null
  /** How often unpacking was asked for again: part of the key of its job. */
  readonly attempts: number
  /** Why it is `failed` or `refused`. */
  readonly reason: { readonly code: string; readonly message: string } | null
}

export interface SubmissionDetails extends SubmissionSummary {
  readonly mail: MailFacts | null
  /** What arrived, byte for byte. */
  readonly files: readonly KeptFile[]
  /** What it unfolded to. */
  readonly papers: readonly KeptFile[]
  readonly problems: readonly Problem[]
}

/** `size` is in bytes. */
export interface KeptFile {
  readonly file: string
  readonly sha256: string
  readonly size: number
}

export interface SubmissionFilter {
  readonly state?: readonly SubmissionState[]
  readonly door?: Door
  /** Part of the name. */
  readonly text?: string
  /** 100 when not said. */
  readonly limit?: number
  readonly offset?: number
}

export interface Submissions {
  /** The papers of an unpacked submission with their bytes, and every problem met on the way to them. */
  papersOf(submissionId: string): Promise<{ papers: PaperFile[]; problems: Problem[] }>
  submissionOf(submissionId: string, executor?: Executor): Promise<Submission | undefined>
  /** Newest first. */
  list(filter: SubmissionFilter, executor?: Executor): Promise<SubmissionSummary[]>
  count(executor?: Executor): Promise<Record<SubmissionState, number>>
  find(submissionId: string, executor?: Executor): Promise<SubmissionDetails | undefined>
  /** The bytes of an original or of a part of it, by its name inside the submission. */
  bytesOf(submissionId: string, file: string): Promise<Buffer | undefined>
  /** Whether an arrival with this key is recorded. */
  knows(key: string): Promise<boolean>
}

export function lookUpSubmissions({ database, files }: { readonly database: Database; readonly files: FileStore }): Submissions {
  const filesOf = (executor: Executor, table: 'submission_file' | 'submission_paper', submissionId: string) =>
    executor
      .withTables<IntakeTables>()
      .selectFrom(table)
      .select(['file', 'sha256', 'size'])
      .where('submission_id', '=', submissionId)
      .orderBy('position')
      .execute()
  const problemsOf = (executor: Executor, submissionId: string) =>
    executor
      .withTables<IntakeTables>()
      .selectFrom('submission_problem')
      .select(['file', 'code', 'message'])
      .where('submission_id', '=', submissionId)
      .orderBy('stage')
      .orderBy('position')
      .execute()
  const rowOf = (executor: Executor, submissionId: string) =>
    executor.withTables<IntakeTables>().selectFrom('submission').selectAll().where('id', '=', submissionId).executeTakeFirst()

  return {
    async papersOf(submissionId) {
      const papers: PaperFile[] = []
      for (const { file, sha256 } of await filesOf(database, 'submission_paper', submissionId))
        papers.push({ file, bytes: await files.get(sha256) })
      return { papers, problems: await problemsOf(database, submissionId) }
    },
    async submissionOf(submissionId, executor = database) {
      const row = await rowOf(executor, submissionId)
      return row && { id: row.id, door: row.door, name: row.name, receivedAt: row.received_at, mail: mailOf(row) }
    },
    async list({ state, door, text, limit = 100, offset = 0 }, executor = database) {
      let query = executor
        .withTables<IntakeTables>()
        .selectFrom('submission')
        .selectAll()
        .orderBy('received_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .offset(offset)
      if (state) query = query.where('state', 'in', [...state])
      if (door) query = query.where('door', '=', door)
      if (text) query = query.where('name', 'like', `%${text.replaceAll(/[%_]/gu, '')}%`)
      return (await query.execute()).map(summarise)
    },
    async count(executor = database) {
      const rows = await executor
        .withTables<IntakeTables>()
        .selectFrom('submission')
        .select(['state', (build) => build.fn.countAll().as('count')])
        .groupBy('state')
        .execute()
      const counts = Object.fromEntries(submissionStates.map((state) => [state, 0])) as Record<SubmissionState, number>
      for (const { state, count } of rows) counts[state] = Number(count)
      return counts
    },
    async find(submissionId, executor = database) {
      const row = await rowOf(executor, submissionId)
      if (!row) return undefined
      return {
        ...summarise(row),
        mail: mailOf(row),
        files: await filesOf(executor, 'submission_file', submissionId),
        papers: await filesOf(executor, 'submission_paper', submissionId),
        problems: await problemsOf(executor, submissionId),
      }
    },
    async bytesOf(submissionId, file) {
      const kept = [
        ...(await filesOf(database, 'submission_file', submissionId)),
        ...(await filesOf(database, 'submission_paper', submissionId)),
      ].find((known) => known.file === file)
      return kept && files.get(kept.sha256)
    },
    async knows(key) {
      const found = await database
        .withTables<IntakeTables>()
        .selectFrom('submission')
        .select('id')
        .where('arrival_key', '=', key)
        .executeTakeFirst()
      return found !== undefined
    },
  }
}

function summarise(row: IntakeTables['submission']): SubmissionSummary {
  return {
    id: row.id,
    door: row.door,
    name: row.name,
    receivedAt: row.received_at,
    state: row.state,
    duplicateOf: row.duplicate_of,
    attempts: row.attempts,
    reason: row.reason_code === null ? null : { code: row.reason_code, message: row.reason_message ?? '' },
  }
}

function mailOf(row: IntakeTables['submission']): MailFacts | null {
  return row.mail === null ? null : (JSON.parse(row.mail) as MailFacts)
}
