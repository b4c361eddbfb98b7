/** The clerk's hand in the letters: read before they leave, take back, send again, stop all. */
import type { Actor } from '../../application/record.ts'
import { finishLetter, sendLetter, type LetterKind } from '../../flow.ts'
import { commitResult } from '../../platform/database/commit-result.ts'
import type { Executor } from '../../platform/database/open-database.ts'
import { done, refuse, type Result } from '../../platform/result.ts'
import type { DispatchParts } from '../dispatch-parts.ts'
import type { DispatchTables, LetterState } from '../dispatch-tables.ts'
import { recordSent } from './record-sent.ts'
import { isStopped } from './send-letter.ts'

/** A letter as the desk shows it. */
export interface Letter {
  readonly id: string
  /** Null when it is about a submission that became no application. */
  readonly applicationNumber: string | null
  readonly kind: LetterKind
  readonly state: LetterState
  readonly to: string | null
  readonly subject: string
  readonly body: string
  /** Name of the file in the outbox. */
  readonly fileName: string
  /** Why it was not sent, or not yet: a code. */
  readonly reason: string | null
  /** Why a clerk sent it again or stopped it, and who. */
  readonly clerkNote: string | null
  readonly attempts: number
  readonly writtenAt: string
  readonly sentAt: string | null
  /** Until then it can be taken back. */
  readonly sendAfter: string | null
}

export interface LetterStop {
  readonly at: string
  readonly by: string
  readonly reason: string
}

export interface Letters {
  /** Of one application, oldest first. */
  letters(applicationNumber: string): Promise<Letter[]>
  /** Of all applications, newest first. */
  recentLetters(page: { limit: number; offset: number }): Promise<Letter[]>
  /** Letters that need a clerk or wait, oldest first, at most 500. */
  lettersIn(state: LetterState): Promise<Letter[]>
  findLetter(letterId: string): Promise<Letter | undefined>
  /** The letter's RFC 5322 bytes; undefined while it is being written. */
  letterFile(letterId: string): Promise<Buffer | undefined>
  /**
   * A clerk has found out what became of an `unknown` letter, or wants one sent again; a letter that has left is only sent
   * again with a reason.
   */
  settleLetter(letterId: string, as: 'arrived' | 'send-again', actor: Actor, reason?: string): Promise<Result<Letter>>
  /** A clerk has read a `held` letter, with changes or without, and lets it go. */
  releaseLetter(letterId: string, text: { subject: string; body: string }, actor: Actor): Promise<Result<Letter>>
  /** Takes a letter back that has not left yet: it is held for a clerk. */
  recallLetter(letterId: string, actor: Actor): Promise<Result<Letter>>
  /** A held letter is not sent at all. */
  withdrawLetter(letterId: string, reason: string, actor: Actor): Promise<Result<Letter>>
  /** While stopped no letter leaves; they are written and wait. */
  stopLetters(reason: string, actor: Actor): Promise<Result<LetterStop>>
  resumeLetters(actor: Actor): Promise<Result<number>>
  lettersStopped(): Promise<LetterStop | null>
}

/** In characters; longer is a mistake of the clipboard. */
const longestSubject = 200
const longestBody = 20_000
const longestReason = 200

export function keepLetters(parts: DispatchParts): Letters {
  const { clock, database, files, log, mailer, queue } = parts
  const tables = (executor: Executor) => executor.withTables<DispatchTables>()
  const query = () => tables(database).selectFrom('letter').selectAll()

  /** Changes a letter in one transaction, when it stands where it must. */
  const change = (
    letterId: string,
    from: readonly LetterState[],
    refusal: string,
    work: (transaction: Executor, row: DispatchTables['letter']) => Promise<Partial<DispatchTables['letter']>>,
  ): Promise<Result<Letter>> =>
    commitResult(database, async (transaction) => {
      const row = await tables(transaction).selectFrom('letter').selectAll().where('id', '=', letterId).executeTakeFirst()
      if (!row) return refuse('letter-unknown', '没有这封函件，请刷新页面')
      if (!from.includes(row.state)) return refuse('letter-not-ready', refusal)
      const changes = await work(transaction, row)
      if (Object.keys(changes).length > 0) await tables(transaction).updateTable('letter').set(changes).where('id', '=', letterId).execute()
      return done(asLetter({ ...row, ...changes }))
    })

  return {
    letters: async (number) =>
      (await query().where('application_number', '=', number).orderBy('written_at').orderBy('id').execute()).map(asLetter),
    recentLetters: async ({ limit, offset }) =>
      (await query().orderBy('written_at', 'desc').orderBy('id', 'desc').limit(limit).offset(offset).execute()).map(asLetter),
    lettersIn: async (state) => (await query().where('state', '=', state).orderBy('written_at').limit(500).execute()).map(asLetter),
    async findLetter(letterId) {
      const row = await query().where('id', '=', letterId).executeTakeFirst()
      return row && asLetter(row)
    },
    async letterFile(letterId) {
      const row = await query().where('id', '=', letterId).executeTakeFirst()
      return row?.sha256 ? files.get(row.sha256) : undefined
    },

    async settleLetter(letterId, as, actor, reason = '') {
      if (as === 'arrived')
        return change(letterId, ['unknown'], '只有送达情况不明的函件需要核实', (transaction, row) =>
          recordSent(parts, transaction, row, { actor }),
        )
      if (!mailer) return refuse('mail-not-configured', '尚未配置发信服务器（mail.smtp），不能发送')
      const why = reason.trim().slice(0, longestReason)
      const state = (await query().where('id', '=', letterId).executeTakeFirst())?.state
      if ((state === 'sent' || state === 'bounced') && why === '')
        return refuse('reason-missing', '这封函件已经发出；确要再发一次，请写明理由')
      return change(
        letterId,
        ['unknown', 'refused', 'written', 'sent', 'bounced'],
        '该函件正在发送、待审阅或没有收件地址，不能重发',
        async (transaction, row) => {
          await queue.enqueue(transaction, sendLetter, { letterId }, { key: `${letterId}:${row.attempts}:again` })
          return { state: 'written', reason: null, send_after: null, ...(why === '' ? {} : { clerk_note: `${actor}：${why}` }) }
        },
      )
    },

    async releaseLetter(letterId, text, actor) {
      const subject = text.subject.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
      const body = text.body.replaceAll('\r\n', '\n').trim()
      if (subject === '' || subject.length > longestSubject) return refuse('subject-wrong', `主题请写 1 至 ${longestSubject} 字`)
      if (body === '' || body.length > longestBody) return refuse('body-wrong', `正文请写 1 至 ${longestBody} 字`)
      return change(letterId, ['held'], '该函件不在待审阅中，请刷新页面', async (transaction, row) => {
        const edited = subject !== row.subject || `${body}\n` !== row.body
        await queue.enqueue(transaction, finishLetter, { letterId }, { key: `${letterId}:${clock.now().toISOString()}` })
        // What was built before it was taken back no longer counts.
        return {
          state: 'drafting',
          subject,
          body: `${body}\n`,
          sha256: null,
          clerk_note: `${actor}：${edited ? '修改后发出' : '审阅后发出'}`,
        }
      })
    },

    recallLetter: (letterId, actor) =>
      change(letterId, ['written'], '该函件已经发出或正在发送，不能撤回', async () => ({
        state: 'held',
        send_after: null,
        clerk_note: `${actor}：撤回`,
      })),

    async withdrawLetter(letterId, reason, actor) {
      const why = reason.trim()
      if (why === '' || why.length > longestReason) return refuse('reason-missing', `请写明不发的理由（不超过 ${longestReason} 字）`)
      return change(letterId, ['held'], '该函件不在待审阅中，请刷新页面', async () => ({
        state: 'withdrawn',
        clerk_note: `${actor}：${why}`,
      }))
    },

    async stopLetters(reason, actor) {
      const why = reason.trim()
      if (why === '' || why.length > longestReason) return refuse('reason-missing', `请写明暂停的原因（不超过 ${longestReason} 字）`)
      const stop = { id: 'all' as const, stopped_at: clock.now().toISOString(), stopped_by: actor, reason: why }
      await tables(database)
        .insertInto('letter_stop')
        .values(stop)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      log.warn('letters-stopped')
      return done({ at: stop.stopped_at, by: actor, reason: why })
    },

    resumeLetters: () =>
      commitResult(database, async (transaction) => {
        if (!(await isStopped(transaction))) return refuse('letters-not-stopped', '函件没有暂停，请刷新页面')
        await tables(transaction).deleteFrom('letter_stop').execute()
        const waiting = await tables(transaction)
          .selectFrom('letter')
          .select(['id', 'attempts'])
          .where('state', '=', 'written')
          .where('to_address', 'is not', null)
          .execute()
        if (mailer)
          for (const { id } of waiting)
            await queue.enqueue(transaction, sendLetter, { letterId: id }, { key: `${id}:${clock.now().toISOString()}:resumed` })
        log.warn('letters-resumed', { waiting: waiting.length })
        return done(waiting.length)
      }),

    async lettersStopped() {
      const row = await tables(database).selectFrom('letter_stop').selectAll().executeTakeFirst()
      return row ? { at: row.stopped_at, by: row.stopped_by, reason: row.reason } : null
    },
  }
}

const asLetter = (row: DispatchTables['letter']): Letter => ({
  id: row.id,
  applicationNumber: row.application_number === '' ? null : row.application_number,
  kind: row.kind,
  state: row.state,
  to: row.to_address,
  subject: row.subject,
  body: row.body,
  fileName: row.file_name,
  reason: row.reason,
  clerkNote: row.clerk_note,
  attempts: row.attempts,
  writtenAt: row.written_at,
  sentAt: row.sent_at,
  sendAfter: row.send_after,
})
