/** The job that unfolds a kept submission and hands its papers on to reading. */
import type { Database, Executor } from '../platform/database/open-database.ts'
import { PermanentFault } from '../platform/errors.ts'
import type { FileStore, StoredFile } from '../platform/files/file-store.ts'
import type { Log } from '../platform/log/log.ts'
import type { Queue } from '../platform/queue/contract.ts'
import { answerSubmission, hearReply, noteBounce, readSubmission, type MailFacts, type PaperFile, type Problem } from '../flow.ts'
import { asksToWithdraw } from '../guide/withdrawal-words.ts'
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

  const outcome = judgeUnpacked(unpacked)
  const papers: (StoredFile & { file: string })[] = []
  if (outcome.state === 'unpacked') for (const { file, bytes } of unpacked.papers) papers.push({ file, ...(await parts.files.put(bytes)) })
  signal.throwIfAborted()

  await parts.database.transaction().execute(async (executor) => {
    if (!(await awaitsUnpacking(executor, submissionId))) return
    await storeUnpacked(executor, submissionId, { unpacked, papers, outcome })
    if (papers.length > 0) await parts.queue.enqueue(executor, readSubmission, { submissionId }, { key: submissionId })
    const { bounce, automatic } = unpacked.mail ?? {}
    if (bounce?.messageId)
      await parts.queue.enqueue(executor, noteBounce, { submissionId, ...bounce, messageId: bounce.messageId }, { key: submissionId })
    if (unpacked.mail && mayAnswer(unpacked.mail)) await parts.queue.enqueue(executor, hearReply, { submissionId }, { key: submissionId })
    // What cannot be opened is told to the sender at once; programs are never answered.
    if (outcome.state === 'failed' && unpacked.mail && !automatic)
      await parts.queue.enqueue(executor, answerSubmission, { submissionId }, { key: submissionId })
  })
  parts.log.info('submission-unpacked', { submissionId, state: outcome.state, papers: papers.length, problems: unpacked.problems.length })
}

/** A person writes in a thread, names an application, speaks of agreements (三方协议), or takes a request back. */
const mayAnswer = ({ automatic, references, subject, text }: MailFacts): boolean => {
  const words = `${subject}\n${text}`
  if (automatic || words.trim() === '') return false
  return references.length > 0 || /[A-Z]{2,4}\d{8}-\d{4}|协议|解约/u.test(words) || asksToWithdraw(words)
}

interface Outcome {
  readonly state: 'unpacked' | 'failed' | 'question' | 'set-aside'
  readonly reason: { readonly code: string; readonly message: string } | null
}

const setAside = {
  bounce: { code: 'mail-bounce', message: '对方邮件服务器的退信，已登记到对应的函件。' },
  loop: { code: 'mail-loop', message: '这是本系统发出的函件被转回来了，不需要处理。' },
  'auto-reply': { code: 'mail-auto-reply', message: '对方的自动回复，不需要处理。' },
} as const

/** Some providers give back neither the letter nor its number. */
const unknownBounce = {
  code: 'mail-bounce-unknown',
  message: '对方邮件服务器的退信，没有写明是哪封函件，请按正文里的收件地址核对已发函件，改用其他方式联系申请人。',
}

function judgeUnpacked({ mail, papers, problems }: Unpacked): Outcome {
  const automatic = mail?.automatic
  // A bounce encloses our own letter: its papers are ours.
  if (automatic === 'bounce' && !mail?.bounce?.messageId) return { state: 'question', reason: unknownBounce }
  if (automatic === 'bounce' || automatic === 'loop') return { state: 'set-aside', reason: setAside[automatic] }
  if (papers.length > 0) return { state: 'unpacked', reason: null }
  if (automatic === 'auto-reply') return { state: 'set-aside', reason: setAside['auto-reply'] }
  const reason = problems.find(({ code }) => code !== 'no-papers' && code !== 'signature-image')
  if (mail && !reason)
    return { state: 'question', reason: { code: 'no-papers', message: '这封邮件没有附带材料，请阅读正文后回复发件人。' } }
  const { code, message } = reason ?? { code: 'no-papers', message: '来件里没有材料，请把盖章材料的扫描件或照片重新发送。' }
  return { state: 'failed', reason: { code, message } }
}

/** Who takes a request back is not asked for papers. */
function tellWithdrawal(problem: Problem, { mail }: Unpacked): Problem {
  if (problem.code !== 'no-papers' || !mail || !asksToWithdraw(`${mail.subject}\n${mail.text}`)) return problem
  return { ...problem, message: `“${problem.file.split('/').at(-1) ?? ''}”要求撤回申请，工作人员核实后办理，不必再寄材料。` }
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
  { unpacked, papers, outcome }: { unpacked: Unpacked; papers: (StoredFile & { file: string })[]; outcome: Outcome },
): Promise<void> {
  const tables = executor.withTables<IntakeTables>()
  const numbered = <Row>(rows: readonly Row[]) => rows.map((row, position) => ({ submission_id: submissionId, position, ...row }))
  await tables.deleteFrom('submission_problem').where('submission_id', '=', submissionId).where('stage', '=', 'unpack').execute()
  // SQLite takes at most 32,766 parameters in one statement, PostgreSQL 65,535.
  for (const rows of chunksOf(numbered(papers), 500)) await tables.insertInto('submission_paper').values(rows).execute()
  const problems = numbered(unpacked.problems.map((problem) => tellWithdrawal(problem, unpacked))).map((problem) => ({
    ...problem,
    stage: 'unpack' as const,
  }))
  for (const rows of chunksOf(problems, 500)) await tables.insertInto('submission_problem').values(rows).execute()
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
    .set({ state: outcome.state, mail, reason_code: outcome.reason?.code ?? null, reason_message: outcome.reason?.message ?? null })
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
