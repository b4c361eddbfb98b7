/** The dispatch stage: what leaves the office, and the desk's hand in it. */
import type { Actor } from '../application/record.ts'
import {
  answerSubmission,
  finishLetter,
  noteBounce,
  prepareHandover,
  sendLetter,
  verifyLetter,
  writeLetter,
  type LetterKind,
} from '../flow.ts'
import type { ServiceCode } from '../guide/papers.ts'
import { commitResult } from '../platform/database/commit-result.ts'
import type { Executor } from '../platform/database/open-database.ts'
import { handleJob, type JobHandler } from '../platform/queue/contract.ts'
import { done, refuse, type Result } from '../platform/result.ts'
import type { HandoverItem } from './address-parcel.ts'
import type { DispatchParts } from './dispatch-parts.ts'
import type { DispatchTables, HandoverState } from './dispatch-tables.ts'
import { htmlOf } from './letters/build-mail.ts'
import { answerOneSubmission } from './letters/answer-submission.ts'
import { keepLetters, type Letters } from './letters/keep-letters.ts'
import { noteOneBounce } from './letters/note-bounce.ts'
import { sendOneLetter, verifyOneLetter } from './letters/send-letter.ts'
import { finishOneLetter, signatureOf, writeOneLetter } from './letters/write-letter.ts'
import { comeBack, moveParcel, pickUp, receive, toCourier, type ParcelStep } from './move-parcel.ts'
import { blockedReasons, prepareParcel, type HandoverRow } from './prepare-handover.ts'
import { beginHandover, preparationKey, takeBackHandover } from './take-back-handover.ts'
import { addWaybillRange, waybillStock, type WaybillStock } from './take-waybill-number.ts'
import { openWording } from './read-wording.ts'
import { clearDrafts } from './write-outbox.ts'

/** A parcel for the courier or the counter. Instants are ISO 8601 in UTC. */
export interface Handover {
  readonly applicationNumber: string
  readonly state: HandoverState
  /** What a clerk must do before it can go on; null when nothing. */
  readonly blocked: { readonly code: string; readonly message: string } | null
  readonly service: ServiceCode
  readonly enterpriseName: string | null
  readonly method: 'post' | 'window' | null
  readonly noticeNumber: string
  readonly waybillNumber: string | null
  readonly recipient: { readonly name: string | null; readonly phone: string | null; readonly address: string | null }
  readonly items: readonly HandoverItem[]
  readonly papers: readonly PaperName[]
  /** Characters or texts that could not be printed; to be written in by hand. */
  readonly printFlaws: readonly string[]
  readonly preparedAt: string
  readonly handedAt: string | null
  /** Why it came back, in the words of a clerk; null unless it is `undelivered`. */
  readonly returnedFor: string | null
}

export type PaperName = 'notice' | 'waybill'

export interface Recipient {
  readonly name: string
  readonly phone: string
  readonly address: string
}

export interface Dispatch extends Letters {
  readonly handlers: readonly JobHandler[]
  /** In these states, or what waits for a clerk, for the courier, or at the counter; oldest first, at most 500. */
  list(states?: readonly HandoverState[]): Promise<Handover[]>
  find(applicationNumber: string): Promise<Handover | undefined>
  /** A printed paper; undefined when there is none (yet). */
  pdf(applicationNumber: string, paper: PaperName): Promise<Buffer | undefined>
  /** The courier has taken the parcel; the letter with the waybill number is queued. A repeat changes nothing. */
  handToCourier(applicationNumber: string, actor: Actor): Promise<Result<Handover>>
  /** Taken at the counter, also what came back. A repeat changes nothing. */
  markPickedUp(applicationNumber: string, actor: Actor): Promise<Result<Handover>>
  /** The courier's parcel was received (已签收). A repeat changes nothing. */
  markDelivered(applicationNumber: string, actor: Actor): Promise<Result<Handover>>
  /** The courier brought it back (退件), and why; it waits at the counter. A repeat changes nothing. */
  markUndelivered(applicationNumber: string, reason: string, actor: Actor): Promise<Result<Handover>>
  /** A parcel that came back is sent again, where it is to go now: with a label of its own. */
  sendAgain(applicationNumber: string, to: Recipient, actor: Actor): Promise<Result<Handover>>
  /** Completes or changes where a blocked parcel goes, and goes on. */
  readdress(applicationNumber: string, to: Recipient | 'window'): Promise<Result<Handover>>
  /** A letter of a kind filled with its sample: subject, text, and the whole HTML part. */
  previewLetter(kind: LetterKind): Promise<{ subject: string; body: string; html: string }>
  /** Numbers left, and whether it is time to ask for more. */
  waybills(): Promise<WaybillStock>
  /** Adds a range and goes on with what waited for it. */
  addRange(range: { from: string; to: string }, actor: Actor): Promise<Result<WaybillStock>>
  /** At start: clears unfinished files and goes on with what waited for waybill numbers that the configuration now has. */
  resume(): Promise<number>
}

export function openDispatch(parts: DispatchParts): Dispatch {
  const { applications, clock, config, database, files, log, queue } = parts
  const tables = (executor: Executor) => executor.withTables<DispatchTables>()
  const findRow = (executor: Executor, number: string) =>
    tables(executor).selectFrom('handover').selectAll().where('application_number', '=', number).executeTakeFirst()

  const move = async (number: string, actor: Actor, step: ParcelStep): Promise<Result<Handover>> => {
    const moved = await moveParcel(parts, number, actor, step)
    return moved.ok ? done(asHandover(moved.value)) : moved
  }

  async function rerunPreparation(numbers: readonly string[]): Promise<void> {
    for (const applicationNumber of numbers) {
      const round = (await findRow(database, applicationNumber))?.round ?? 0
      const job = await queue.find(prepareHandover, preparationKey(applicationNumber, round))
      if (job?.state === 'dead') await queue.rerun(job.id)
    }
  }

  async function continueBlocked(): Promise<number> {
    const waiting = await tables(database)
      .selectFrom('handover')
      .select('application_number')
      .where('state', '=', 'blocked')
      .where('reason', '=', 'no-waybill-number')
      .execute()
    if (waiting.length === 0 || (await waybillStock(database, config)).left === 0) return 0
    await rerunPreparation(waiting.map(({ application_number }) => application_number))
    return waiting.length
  }

  return {
    ...keepLetters(parts),
    handlers: [
      handleJob(prepareHandover, ({ applicationNumber }) => prepareParcel(parts, applicationNumber)),
      handleJob(writeLetter, (order) => writeOneLetter(parts, order)),
      handleJob(answerSubmission, ({ submissionId }) => answerOneSubmission(parts, submissionId)),
      handleJob(finishLetter, ({ letterId }) => finishOneLetter(parts, letterId)),
      handleJob(verifyLetter, (order) => verifyOneLetter(parts, order)),
      handleJob(noteBounce, (bounce) => noteOneBounce(parts, bounce)),
      handleJob(sendLetter, ({ letterId }) => sendOneLetter(parts, letterId)),
    ],

    async list(states = ['blocked', 'preparing', 'prepared']) {
      const rows = await tables(database)
        .selectFrom('handover')
        .selectAll()
        .where('state', 'in', states)
        .orderBy('prepared_at')
        .orderBy('application_number')
        .limit(500)
        .execute()
      return rows.map(asHandover)
    },

    async find(number) {
      const row = await findRow(database, number)
      return row && asHandover(row)
    },

    async pdf(number, paper) {
      const row = await findRow(database, number)
      const sha256 = paper === 'notice' ? row?.notice_sha256 : row?.waybill_sha256
      return sha256 ? files.get(sha256) : undefined
    },

    handToCourier: (number, actor) => move(number, actor, toCourier),
    markPickedUp: (number, actor) => move(number, actor, pickUp),
    markDelivered: (number, actor) => move(number, actor, receive),
    async markUndelivered(number, reason, actor) {
      const step = comeBack(reason)
      return step.ok ? move(number, actor, step.value) : step
    },

    sendAgain: (number, to, actor) =>
      commitResult(database, async (transaction) => {
        const row = await findRow(transaction, number)
        if (row?.state !== 'undelivered') return refuse('handover-not-returned', '该申请没有退回来的邮件，不能再寄，请核对状态')
        const recipient = checkRecipient(to)
        if (!recipient.ok) return recipient
        const event = { type: 'resend-ordered', waybillNumber: row.waybill_number ?? '' } as const
        const advanced = await applications.advance(transaction, number, event, { actor })
        if (!advanced.ok) return advanced
        const { name, phone, address } = recipient.value
        const taken = await takeBackHandover(transaction, parts, { applicationNumber: number, service: row.service }, actor, {
          recipient_name: name,
          recipient_phone: phone,
          recipient_address: address,
        })
        if (!taken.ok) return taken
        await beginHandover(transaction, queue, number)
        const again = await findRow(transaction, number)
        return again ? done(asHandover(again)) : refuse('handover-unknown', '该申请尚未准备寄送或领取')
      }),

    async readdress(number, to) {
      const changed = await commitResult(database, async (transaction) => {
        const row = await findRow(transaction, number)
        if (row?.state !== 'blocked') return refuse('handover-not-blocked', '该申请的面单或通知单已生成，不能再改收件信息')
        const recipient = to === 'window' ? null : checkRecipient(to)
        if (recipient && !recipient.ok) return recipient
        const changes = recipient
          ? {
              method: 'post' as const,
              recipient_name: recipient.value.name,
              recipient_phone: recipient.value.phone,
              recipient_address: recipient.value.address,
            }
          : { method: 'window' as const }
        await tables(transaction).updateTable('handover').set(changes).where('application_number', '=', number).execute()
        return done(asHandover({ ...row, ...changes }))
      })
      if (changed.ok) await rerunPreparation([number])
      return changed
    },

    async previewLetter(kind) {
      const wording = openWording(config.templates)
      const { subject, body } = await wording.letter(kind, await wording.sample(kind), signatureOf(clock.now()))
      return { subject, body, html: (await wording.layout())(subject, htmlOf(body)) }
    },

    waybills: () => waybillStock(database, config),

    async addRange(range, actor) {
      const added = await commitResult(database, (transaction) => addWaybillRange(transaction, config, range, { actor, at: clock.now() }))
      if (!added.ok) return added
      log.info('waybill-range-added', { size: added.value.size })
      await continueBlocked()
      return done(await waybillStock(database, config))
    },

    async resume() {
      await clearDrafts(config.outbox)
      return continueBlocked()
    },
  }
}

function checkRecipient({ name, phone, address }: Recipient): Result<Recipient> {
  const recipient = { name: name.trim(), phone: phone.trim(), address: address.trim() }
  if (recipient.name === '' || recipient.address === '' || !/^[0-9+()（） -]{7,30}$/u.test(recipient.phone))
    return refuse('recipient-incomplete', '请填写完整的收件人、联系电话和收件地址')
  if (recipient.name.length > 60 || recipient.address.length > 200)
    return refuse('recipient-too-long', '收件人请不超过 60 字，收件地址请不超过 200 字')
  return done(recipient)
}

function asHandover(row: HandoverRow): Handover {
  const papers: PaperName[] = []
  if (row.notice_sha256) papers.push('notice')
  if (row.waybill_sha256) papers.push('waybill')
  return {
    applicationNumber: row.application_number,
    state: row.state,
    blocked: row.state === 'blocked' ? { code: row.reason ?? '', message: blockedReasons[row.reason ?? ''] ?? '' } : null,
    service: row.service,
    enterpriseName: row.enterprise_name,
    method: row.method,
    noticeNumber: row.notice_number,
    waybillNumber: row.waybill_number,
    recipient: { name: row.recipient_name, phone: row.recipient_phone, address: row.recipient_address },
    items: JSON.parse(row.items) as HandoverItem[],
    papers,
    printFlaws: JSON.parse(row.print_flaws) as string[],
    preparedAt: row.prepared_at,
    handedAt: row.handed_at,
    returnedFor: row.state === 'undelivered' ? row.reason : null,
  }
}
