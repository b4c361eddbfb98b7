/** The job that unfolds a kept submission and hands its papers on to reading. */
import type { Database, Executor } from '../platform/database/open-database.ts'
import { PermanentFault } from '../platform/errors.ts'
import type { FileStore, StoredFile } from '../platform/files/file-store.ts'
import type { Log } from '../platform/log/log.ts'
import type { Queue } from '../platform/queue/contract.ts'
import { readSubmission, type PaperFile } from '../flow.ts'
import type { IntakeTables } from './intake-tables.ts'
import type { Unpacker } from './unpack/open-unpacker.ts'
import type { Unpacked } from './unpack/unpack-files.ts'

export interface UnpackingParts {
  readonly database: Database
  readonly files: FileStore
  readonly queue: Queue
  readonly log: Log
  readonly unpacker: Unpacker
}

/** Runs at least once: a submission that is no longer `received` is left alone. */
export async function unpackKept(parts: UnpackingParts, submissionId: string, signal: AbortSignal): Promise<void> {
  const tables = parts.database.withTables<IntakeTables>()
  if (!(await awaitsUnpacking(parts.database, submissionId))) return
  const kept = await tables
    .selectFrom('submission_file')
    .selectAll()
    .where('submission_id', '=', submissionId)
    .orderBy('position')
    .execute()

  let unpacked: Unpacked
  try {
    const files: PaperFile[] = []
    for (const { file, sha256 } of kept) files.push({ file, bytes: await parts.files.get(sha256) })
    unpacked = await parts.unpacker.unpack(files, signal)
  } catch (error) {
    if (!(error instanceof PermanentFault)) throw error
    parts.log.error('submission-unpack-failed', error, { submissionId })
    await fail(parts.database, submissionId, error.code, '保存的原件打不开，请管理员检查存储或从备份恢复后重试。')
    return
  }

  const papers: (StoredFile & { file: string })[] = []
  for (const { file, bytes } of unpacked.papers) papers.push({ file, ...(await parts.files.put(bytes)) })
  signal.throwIfAborted()

  await parts.database.transaction().execute(async (executor) => {
    if (!(await awaitsUnpacking(executor, submissionId))) return
    await storeUnpacked(executor, submissionId, unpacked, papers)
    if (papers.length > 0) await parts.queue.enqueue(executor, readSubmission, { submissionId }, { key: submissionId })
  })
  parts.log.info('submission-unpacked', { submissionId, papers: papers.length, problems: unpacked.problems.length })
}

async function awaitsUnpacking(executor: Executor, submissionId: string): Promise<boolean> {
  const found = await executor
    .withTables<IntakeTables>()
    .selectFrom('submission')
    .select('state')
    .where('id', '=', submissionId)
    .executeTakeFirst()
  return found?.state === 'received'
}

async function storeUnpacked(
  executor: Executor,
  submissionId: string,
  unpacked: Unpacked,
  papers: (StoredFile & { file: string })[],
): Promise<void> {
  const tables = executor.withTables<IntakeTables>()
  const numbered = <Row>(rows: readonly Row[]) => rows.map((row, position) => ({ submission_id: submissionId, position, ...row }))
  await tables.deleteFrom('submission_problem').where('submission_id', '=', submissionId).where('stage', '=', 'unpack').execute()
  // SQLite takes at most 32,766 parameters in one statement, PostgreSQL 65,535.
  for (const rows of chunksOf(numbered(papers), 500)) await tables.insertInto('submission_paper').values(rows).execute()
  const problems = numbered(unpacked.problems).map((problem) => ({ ...problem, stage: 'unpack' as const }))
  for (const rows of chunksOf(problems, 500)) await tables.insertInto('submission_problem').values(rows).execute()
  const [reason] = unpacked.problems
  const mail = unpacked.mail && JSON.stringify(unpacked.mail)
  // A clerk knows a letter by its subject, not by its number in the mailbox.
  if (unpacked.mail?.subject)
    await tables
      .updateTable('submission')
      .set({ name: unpacked.mail.subject })
      .where('id', '=', submissionId)
      .where('door', '=', 'mailbox')
      .execute()
  await tables
    .updateTable('submission')
    .set(
      papers.length > 0
        ? { state: 'unpacked', mail, reason_code: null, reason_message: null }
        : {
            state: 'failed',
            mail,
            reason_code: reason?.code ?? 'no-papers',
            reason_message: reason?.message ?? '来件里没有材料，请把盖章材料的扫描件或照片重新发送。',
          },
    )
    .where('id', '=', submissionId)
    .execute()
}

async function fail(database: Database, submissionId: string, code: string, message: string): Promise<void> {
  await database
    .withTables<IntakeTables>()
    .updateTable('submission')
    .set({ state: 'failed', reason_code: code, reason_message: message })
    .where('id', '=', submissionId)
    .where('state', '=', 'received')
    .execute()
}

function* chunksOf<Row>(rows: readonly Row[], size: number): Generator<Row[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size)
}
