/** Intake (来件): what arrives is kept byte for byte, told apart from what came before, and unfolded into papers. */
import type { Log } from '../platform/log/log.ts'
import { handleJob, type JobHandler } from '../platform/queue/contract.ts'
import { done, refuse, type Result } from '../platform/result.ts'
import { settleReply, unpackSubmission, type PaperFile } from '../flow.ts'
import type { IntakeTables } from './intake-tables.ts'
import { lookUpSubmissions, type Submissions } from './look-up-submissions.ts'
import {
  receiveArrival,
  receiveArrivals,
  refuseArrival,
  type Arrival,
  type Received,
  type ReceivingParts,
  type Refusal,
} from './receive-arrival.ts'
import { unpackKept } from './unpack-kept.ts'
import { openUnpacker } from './unpack/open-unpacker.ts'

export interface Intake extends Submissions {
  readonly handlers: readonly JobHandler[]
  /** Takes a submission in: its bytes are on the disk and recorded when this returns. Told again, nothing happens twice. */
  receive(arrival: Arrival): Promise<Received>
  /** As `receive`, many at once: the disk is waited for in groups. */
  receiveAll(arrivals: readonly Arrival[]): Promise<Received[]>
  /** Records visibly what cannot be taken in. */
  refuse(refusal: Refusal): Promise<Received>
  /** Tries once more to unpack what failed. Codes: `submission-unknown`, `not-failed`. */
  retry(submissionId: string): Promise<Result<{ submissionId: string }>>
  /** A clerk has answered a mail without papers. Codes: `submission-unknown`, `not-a-question`. */
  settleQuestion(submissionId: string): Promise<Result<{ submissionId: string }>>
  /** The papers in these files as reading will be given them; nothing is stored. */
  unpack(files: readonly PaperFile[]): Promise<readonly PaperFile[]>
  /** Ends the thread that unpacks. */
  close(): Promise<void>
}

export interface IntakeParts extends ReceivingParts {
  readonly log: Log
}

export function openIntake(given: IntakeParts): Intake {
  const parts = { ...given, unpacker: openUnpacker(given.log) }
  return {
    ...lookUpSubmissions(parts),
    handlers: [
      handleJob(unpackSubmission, ({ submissionId }, { signal }) => unpackKept(parts, submissionId, signal)),
      // With papers it is no question, and stays what it is.
      handleJob(settleReply, async ({ submissionId, applicationNumber }) => {
        await setAsideQuestion(parts, submissionId, {
          reason_code: 'reply-understood',
          reason_message: `回信内容已登记到申请 ${applicationNumber}，不需要处理。`,
        })
      }),
    ],
    receive: (arrival) => receiveArrival(parts, arrival),
    receiveAll: (arrivals) => receiveArrivals(parts, arrivals),
    refuse: (refusal) => refuseArrival(parts, refusal),
    retry: (submissionId) => retryUnpacking(parts, submissionId),
    settleQuestion: (submissionId) => settleQuestion(parts, submissionId),
    unpack: async (files) => (await parts.unpacker.unpack(files)).papers,
    close: () => parts.unpacker.close(),
  }
}

async function settleQuestion(parts: IntakeParts, submissionId: string): Promise<Result<{ submissionId: string }>> {
  const settled = await setAsideQuestion(parts, submissionId, { reason_code: 'answered', reason_message: '窗口人员已回复发件人。' })
  return settled ? done({ submissionId }) : refuse('not-a-question', '这封邮件不在待回复中，请刷新页面后再试。')
}

async function setAsideQuestion(
  { database }: IntakeParts,
  submissionId: string,
  reason: { readonly reason_code: string; readonly reason_message: string },
): Promise<boolean> {
  const changed = await database
    .withTables<IntakeTables>()
    .updateTable('submission')
    .set({ state: 'set-aside', ...reason })
    .where('id', '=', submissionId)
    .where('state', '=', 'question')
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}

function retryUnpacking({ database, queue }: IntakeParts, submissionId: string): Promise<Result<{ submissionId: string }>> {
  return database.transaction().execute(async (executor) => {
    const tables = executor.withTables<IntakeTables>()
    const found = await tables.selectFrom('submission').select(['state', 'attempts']).where('id', '=', submissionId).executeTakeFirst()
    if (!found) return refuse('submission-unknown', '没有这份来件，请刷新页面后再试。')
    if (found.state !== 'failed') return refuse('not-failed', '这份来件没有失败，不需要重试。')
    const attempts = found.attempts + 1
    await tables.updateTable('submission').set({ state: 'received', attempts }).where('id', '=', submissionId).execute()
    await queue.enqueue(executor, unpackSubmission, { submissionId }, { key: `${submissionId}:${attempts}` })
    return done({ submissionId })
  })
}
