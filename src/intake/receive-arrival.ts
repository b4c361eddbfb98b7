/** Keeps what arrived: bytes first, then one transaction that records them and asks for their unpacking. */
import { createHash } from 'node:crypto'
import type { Clock } from '../platform/clock.ts'
import type { Database, Executor } from '../platform/database/open-database.ts'
import { RetryableFault } from '../platform/errors.ts'
import type { FileStore, StoredFile } from '../platform/files/file-store.ts'
import type { Ids } from '../platform/ids.ts'
import type { Queue } from '../platform/queue/contract.ts'
import { answerSubmission, unpackSubmission, type Door, type MailFacts, type PaperFile, type Problem } from '../flow.ts'
import type { IntakeConfig } from './intake-config.ts'
import type { IntakeTables, SubmissionState } from './intake-tables.ts'
import { cleanPath, freeName } from './unpack/clean-name.ts'

export interface Arrival {
  readonly door: Door
  /** The name of the folder, mail or file. */
  readonly name: string
  /** `file` is the name inside the submission, with `/` between folders. */
  readonly files: readonly ArrivingFile[]
  /** Stable name of this arrival: reported again with the same key, it is the same submission and nothing is recorded. */
  readonly key?: string
  /** What is known to be missing before anything is unpacked (a link not followed, a folder too deep). */
  readonly problems?: readonly Problem[]
  /** The same bytes through the same door are this very arrival seen again (a renumbered mailbox), not a second one. */
  readonly redelivery?: boolean
  /** Joins the transaction that records the submission. */
  readonly alongside?: Alongside
}

/** With its bytes, or kept already because it is too large to be held. */
export type ArrivingFile = PaperFile | { readonly file: string; readonly stored: StoredFile }

/** Something that cannot be taken in at all, and why. */
export interface Refusal {
  readonly door: Door
  readonly name: string
  readonly key?: string
  readonly code: string
  /** One Chinese sentence that tells what to do. */
  readonly message: string
  /** Who sent it, when that is known: a person is told why it was not taken in. */
  readonly mail?: MailFacts | null
  readonly alongside?: Alongside
}

type Alongside = (executor: Executor, submissionId: string) => Promise<void>

export interface Received {
  readonly submissionId: string
  /** The submission that had the same bytes first; null for new bytes. */
  readonly duplicateOf: string | null
  /** Why it was not taken in; null when it was. */
  readonly refused: { readonly code: string; readonly message: string } | null
}

export interface ReceivingParts {
  readonly database: Database
  readonly files: FileStore
  readonly queue: Queue
  readonly clock: Clock
  readonly ids: Ids
  readonly config: IntakeConfig
}

/** Safe at each instruction: bytes without a record are harmless and found again, a record never lacks its bytes. */
export async function receiveArrival(parts: ReceivingParts, arrival: Arrival): Promise<Received> {
  return (await receiveArrivals(parts, [arrival]))[0]!
}

/** Many at once: the disk is waited for once for all their bytes and once for all their records. In the order given. */
export async function receiveArrivals(parts: ReceivingParts, arrivals: readonly Arrival[]): Promise<Received[]> {
  const received: (Received | undefined)[] = []
  const takeable: { at: number; arrival: Arrival }[] = []
  for (const [at, arrival] of arrivals.entries()) {
    const refusal = refuseWhole(arrival, parts.config)
    if (refusal) received[at] = await refuseArrival(parts, { ...arrival, ...refusal })
    else takeable.push({ at, arrival })
  }
  const kept = await keepFiles(
    parts,
    takeable.map(({ arrival }) => arrival),
  )
  const recorders = takeable.map(({ at, arrival }, index) => ({ at, arrival, record: recorderOf(parts, arrival, kept[index]!) }))
  await parts.database.transaction().execute(async (executor) => {
    for (const { at, arrival, record } of recorders)
      received[at] = (arrival.key ? await findByKey(executor, arrival.key) : undefined) ?? (await record(executor))
  })
  // Another process recorded the same at the same time: its record is found now.
  for (const { at, arrival, record: recorder } of recorders) received[at] ??= await record(parts, arrival, recorder)
  return received as Received[]
}

type KeptFile = StoredFile & { readonly file: string }

async function keepFiles({ files }: ReceivingParts, arrivals: readonly Arrival[]): Promise<KeptFile[][]> {
  const bytes = arrivals.flatMap((arrival) => arrival.files.flatMap((file) => ('bytes' in file ? [file.bytes] : [])))
  const stored = await files.putAll(bytes)
  let next = 0
  return arrivals.map((arrival) => {
    const names = new Set<string>()
    return arrival.files.map((file) => ({
      file: freeName(cleanPath(file.file).path || '未命名文件', names),
      ...('bytes' in file ? stored[next++]! : file.stored),
    }))
  })
}

function recorderOf(parts: ReceivingParts, arrival: Arrival, kept: readonly KeptFile[]): Recorder {
  const fingerprint = fingerprintOf(kept.map(({ sha256 }) => sha256))
  return async (executor) => {
    const tables = executor.withTables<IntakeTables>()
    const original = await tables
      .selectFrom('submission')
      .select(['id', 'door'])
      .where('fingerprint', '=', fingerprint)
      .where('duplicate_of', 'is', null)
      .executeTakeFirst()
    if (original && arrival.redelivery && original.door === arrival.door) {
      await arrival.alongside?.(executor, original.id)
      return { submissionId: original.id, duplicateOf: original.id, refused: null }
    }
    const id = await insertSubmission(parts, executor, arrival, {
      state: original ? 'duplicate' : 'received',
      fingerprint,
      duplicate_of: original?.id ?? null,
    })
    if (!id) return undefined
    await tables
      .insertInto('submission_file')
      .values(kept.map((file, position) => ({ submission_id: id, position, ...file })))
      .execute()
    const problems = (arrival.problems ?? []).map((problem, position) => ({
      submission_id: id,
      stage: 'arrival' as const,
      position,
      ...problem,
    }))
    if (problems.length > 0) await tables.insertInto('submission_problem').values(problems).execute()
    if (!original) await parts.queue.enqueue(executor, unpackSubmission, { submissionId: id }, { key: `${id}:0` })
    await arrival.alongside?.(executor, id)
    return { submissionId: id, duplicateOf: original?.id ?? null, refused: null }
  }
}

/** Why nothing of an arrival can be taken in. */
function refuseWhole(arrival: Arrival, config: IntakeConfig): { code: string; message: string } | undefined {
  const tooLarge = refuseSize(arrival, config)
  if (tooLarge) return tooLarge
  if (arrival.files.length > 0) return undefined
  const [problem] = arrival.problems ?? []
  return problem
    ? { code: problem.code, message: problem.message }
    : { code: 'nothing-arrived', message: `“${arrival.name}”里没有文件，请放入材料后重新发送。` }
}

/** Makes visible what is not taken in. */
export async function refuseArrival(parts: ReceivingParts, refusal: Refusal): Promise<Received> {
  const { code, message, mail = null } = refusal
  return record(parts, refusal, async (executor) => {
    const id = await insertSubmission(parts, executor, refusal, {
      state: 'refused',
      reason_code: code,
      reason_message: message,
      mail: mail && JSON.stringify(mail),
    })
    if (!id) return undefined
    if (mail && !mail.automatic) await parts.queue.enqueue(executor, answerSubmission, { submissionId: id }, { key: id })
    await refusal.alongside?.(executor, id)
    return { submissionId: id, duplicateOf: null, refused: { code, message } }
  })
}

/** The SHA-256 over the sorted hashes of all files: names and order do not matter. */
function fingerprintOf(hashes: readonly string[]): string {
  return createHash('sha256').update(hashes.toSorted().join('\n')).digest('hex')
}

type Recorder = (executor: Executor) => Promise<Received | undefined>

/** A recorder gives undefined when another process recorded the same at the same time: then that record is found. */
async function record({ database }: ReceivingParts, { key }: { key?: string }, recorder: Recorder): Promise<Received> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const received = await database
      .transaction()
      .execute(async (executor) => (key && (await findByKey(executor, key))) || recorder(executor))
    if (received) return received
  }
  throw new RetryableFault('arrival-contended', 'the same arrival was recorded by several processes at once')
}

async function findByKey(executor: Executor, key: string): Promise<Received | undefined> {
  const found = await executor
    .withTables<IntakeTables>()
    .selectFrom('submission')
    .select(['id', 'duplicate_of', 'state', 'reason_code', 'reason_message'])
    .where('arrival_key', '=', key)
    .executeTakeFirst()
  if (!found) return undefined
  const refused = found.state === 'refused' ? { code: found.reason_code ?? '', message: found.reason_message ?? '' } : null
  return { submissionId: found.id, duplicateOf: found.duplicate_of, refused }
}

interface StateColumns {
  readonly state: SubmissionState
  readonly fingerprint?: string
  readonly duplicate_of?: string | null
  readonly reason_code?: string
  readonly reason_message?: string
  readonly mail?: string | null
}

async function insertSubmission(
  { clock, ids }: ReceivingParts,
  executor: Executor,
  arrival: { readonly door: Door; readonly name: string; readonly key?: string },
  columns: StateColumns,
): Promise<string | undefined> {
  const inserted = await executor
    .withTables<IntakeTables>()
    .insertInto('submission')
    .values({
      id: ids.next(),
      door: arrival.door,
      name: arrival.name,
      received_at: clock.now().toISOString(),
      arrival_key: arrival.key ?? null,
      fingerprint: null,
      duplicate_of: null,
      reason_code: null,
      reason_message: null,
      mail: null,
      attempts: 0,
      ...columns,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted?.id
}

function refuseSize({ door, files }: Arrival, config: IntakeConfig): { code: string; message: string } | undefined {
  const fileLimit = door === 'mailbox' ? config.mailMegabytes : config.fileMegabytes
  return describeSize(
    files.map((file) => ({ file: file.file, size: 'bytes' in file ? file.bytes.byteLength : file.stored.size })),
    fileLimit,
    config.submissionMegabytes,
  )
}

/** Why files of these sizes are too large to be taken in; limits in MB. */
export function describeSize(
  files: readonly { readonly file: string; readonly size: number }[],
  fileLimit: number,
  totalLimit: number,
): { code: string; message: string } | undefined {
  const megabyte = 1024 * 1024
  const large = files.find(({ size }) => size > fileLimit * megabyte)
  if (large)
    return { code: 'file-too-large', message: `“${large.file}”超过 ${fileLimit} MB，没有收下，请压缩图片或降低扫描分辨率后重新发送。` }
  if (files.reduce((sum, { size }) => sum + size, 0) > totalLimit * megabyte)
    return { code: 'submission-too-large', message: `这次来件合计超过 ${totalLimit} MB，没有收下，请分几次发送。` }
  return undefined
}
