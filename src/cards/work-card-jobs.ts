/** Card jobs in hand: a work station claims one, completes it with the card in front of it, or says why it failed; some are done again. */
import type { Applications } from '../application/applications.ts'
import type { Actor } from '../application/record.ts'
import { cardMediumTitles, type CardMedium } from '../guide/card-life.ts'
import { isCardNumber } from '../guide/identifiers/card-number.ts'
import { isCalendarDay } from '../guide/identifiers/id-number.ts'
import { isValidUscc } from '../guide/identifiers/uscc.ts'
import { officeDay, type Clock } from '../platform/clock.ts'
import { commitResult } from '../platform/database/commit-result.ts'
import type { Database, Executor } from '../platform/database/open-database.ts'
import { done, refuse, type Result } from '../platform/result.ts'
import type { CardsConfig } from './cards-config.ts'
import { hasOpenJobs, type CardTables } from './card-tables.ts'
import { recordCard, voidSpoilt } from './keep-ledger.ts'
import { numberOf } from './plan-card-jobs.ts'
import { refuseOutOfTurn } from './void-in-turn.ts'

type Job = CardTables['card_job']

/** What the clerk enters when a job is done. */
export interface Completion {
  readonly cardNumber?: string | null
  /** Counts only where no paper told it; a new card must have one. */
  readonly holderName?: string | null
  /** The last day of a new or renewed certificate, `YYYY-MM-DD`; the office's usual term when not said. */
  readonly validUntil?: string | null
  readonly medium?: CardMedium | null
  readonly actor: Actor
}

export interface CardWork {
  /** Takes a job to a work station; from another person's hands only with `takeOver`. */
  claim(jobId: string, at: { readonly station: string; readonly actor: Actor; readonly takeOver?: boolean }): Promise<Result<Job>>
  release(jobId: string, by: { readonly actor: Actor }): Promise<Result<Job>>
  complete(jobId: string, what: Completion): Promise<Result<Job>>
  fail(jobId: string, what: { readonly reason: string; readonly actor: Actor }): Promise<Result<Job>>
  reopen(jobId: string, what: { readonly reason: string; readonly actor: Actor }): Promise<Result<Job>>
  /** A failed job that nobody can ever do: what else was made is handed over; where nothing was, the application is refused. */
  giveUp(jobId: string, what: { readonly reason: string; readonly actor: Actor }): Promise<Result<Job>>
}

export interface WorkParts {
  readonly database: Database
  readonly clock: Clock
  readonly applications: Applications
  readonly config: CardsConfig
  /** Told in the same transaction where a card lies because a job is done to it: at a station, or with whoever has finished. */
  readonly cardWorkedOn?:
    | ((
        executor: Executor,
        work: {
          readonly cardNumber: string | null
          readonly applicationNumber: string
          readonly station: string | null
          /** It is here, whether or not anybody has counted it. */
          readonly isInHand: boolean
        },
        actor: Actor,
      ) => Promise<void>)
    | undefined
  /** A card is made again: what is prepared for handing over is taken back; refused once the cards are gone. */
  readonly takeBackHandover: (
    transaction: Executor,
    of: { readonly applicationNumber: string; readonly service: Job['service'] },
    actor: Actor,
  ) => Promise<Result<void>>
  /** The last card of an application is done. */
  readonly finish: (transaction: Executor, applicationNumber: string) => Promise<Result<void>>
  /** None of its cards could be made. */
  readonly refuse: (transaction: Executor, applicationNumber: string, reason: string, actor: Actor) => Promise<Result<void>>
}

/** In characters. */
const longestReason = 500
/** In characters; names of foreigners in passports come to about forty. */
const longestName = 60

export function workCardJobs({
  database,
  clock,
  applications,
  config,
  cardWorkedOn,
  takeBackHandover,
  finish,
  refuse: refuseAll,
}: WorkParts): CardWork {
  const jobs = (executor: Executor) => executor.withTables<CardTables>()

  async function findJob(executor: Executor, jobId: string): Promise<Result<Job>> {
    const job = await jobs(executor).selectFrom('card_job').selectAll().where('id', '=', jobId).executeTakeFirst()
    return job ? done(job) : refuse('card-job-unknown', '没有这项制卡任务，请刷新页面')
  }

  /** Runs a step on a job that is there, in one transaction. */
  const step = (jobId: string, take: (transaction: Executor, job: Job) => Promise<Result<Job>>) =>
    commitResult(database, async (transaction) => {
      const found = await findJob(transaction, jobId)
      return found.ok ? take(transaction, found.value) : found
    })

  async function hasFinishedJob(transaction: Executor, { application_number }: Job): Promise<boolean> {
    const finished = await jobs(transaction)
      .selectFrom('card_job')
      .select('id')
      .where('application_number', '=', application_number)
      .where('state', '=', 'done')
      .executeTakeFirst()
    return finished !== undefined
  }

  async function save(transaction: Executor, job: Job): Promise<Result<Job>> {
    await jobs(transaction).updateTable('card_job').set(job).where('id', '=', job.id).execute()
    return done(job)
  }

  const lies = async (transaction: Executor, job: Job, at: { station: string | null; isInHand: boolean }, actor: Actor) =>
    cardWorkedOn?.(transaction, { cardNumber: job.card_number, applicationNumber: job.application_number, ...at }, actor)

  return {
    claim: (jobId, { station, actor, takeOver = false }) =>
      step(jobId, async (transaction, job) => {
        const known = config.stations.find(({ name }) => name === station)
        if (!known) return refuse('station-unknown', '没有这个工位，请重新选择工位')
        if (!known.kinds.includes(job.kind)) return refuse('station-unfit', `工位“${station}”不办这种任务，请到其他工位领取`)
        if (job.state !== 'queued') return refuse('card-job-not-queued', '这项制卡任务已有结果，请刷新页面')
        const other = inOtherHands(job, actor)
        if (other && !takeOver) return other
        const outOfTurn = await refuseOutOfTurn(transaction, job)
        if (outOfTurn) return outOfTurn
        await lies(transaction, job, { station, isInHand: false }, actor)
        return save(transaction, { ...job, station, claimed_by: actor, claimed_at: clock.now().toISOString() })
      }),

    release: (jobId, { actor }) =>
      step(jobId, async (transaction, job) => {
        if (job.state !== 'queued') return refuse('card-job-not-queued', '这项制卡任务已有结果，请刷新页面')
        const other = inOtherHands(job, actor)
        if (other) return other
        await lies(transaction, job, { station: null, isInHand: false }, actor)
        return save(transaction, { ...job, ...unclaimed })
      }),

    complete: (jobId, { cardNumber, holderName, validUntil, medium = null, actor }) =>
      step(jobId, async (transaction, job) => {
        const number = checkNumber(job, cardNumber)
        if (!number.ok) return number
        if (job.state === 'done')
          return job.card_number === number.value ? done(job) : refuse('card-job-done', '这项制卡任务已完成，卡号不能再改')
        const other = inOtherHands(job, actor) ?? (await refuseOutOfTurn(transaction, job))
        if (other) return other
        const holder = checkHolder(job, holderName)
        if (!holder.ok) return holder
        const now = clock.now()
        const term = checkTerm(validUntil, officeDay(now), config.certificateYears)
        if (!term.ok) return term
        if (medium !== null && !Object.hasOwn(cardMediumTitles, medium)) return refuse('medium-unknown', '没有这种介质，请重新选择')
        const settled: Job = {
          ...job,
          card_number: number.value,
          holder_name: holder.value,
          state: 'done',
          reason: null,
          actor,
          settled_at: now.toISOString(),
        }
        const recorded = await recordCard(transaction, settled, { at: now, actor, validUntil: term.value, medium })
        if (!recorded.ok) return recorded
        await save(transaction, settled)
        // What was voided need not be here.
        await lies(transaction, settled, { station: null, isInHand: job.kind !== 'void' }, actor)
        const event = { type: 'card-job-completed', cardJobId: jobId } as const
        const advanced = await applications.advance(transaction, job.application_number, event, { actor })
        if (!advanced.ok) return advanced
        const finished = (await hasOpenJobs(transaction, job.application_number))
          ? done(undefined)
          : await finish(transaction, job.application_number)
        return finished.ok ? done(settled) : finished
      }),

    fail: (jobId, { reason, actor }) =>
      step(jobId, async (transaction, job) => {
        const said = checkReason(reason, '请写明制卡失败的原因')
        if (!said.ok) return said
        if (job.state === 'done') return refuse('card-job-done', '这项制卡任务已完成，不能登记为失败')
        const event = { type: 'card-job-failed', cardJobId: jobId, reason: said.value } as const
        const advanced = await applications.advance(transaction, job.application_number, event, { actor })
        if (!advanced.ok) return advanced
        return save(transaction, { ...job, state: 'failed', reason: said.value, actor, settled_at: clock.now().toISOString() })
      }),

    reopen: (jobId, { reason, actor }) =>
      step(jobId, async (transaction, job) => {
        const said = checkReason(reason, '请写明重做的原因')
        if (!said.ok) return said
        if (job.state === 'queued') return refuse('card-job-queued', '这项制卡任务还没有结果，不必重做')
        if (job.state === 'done' && job.kind === 'void') return refuse('card-job-final', '卡已作废，不能重做')
        // With the last card the handover began.
        const back = (await hasOpenJobs(transaction, job.application_number))
          ? done(undefined)
          : await takeBackHandover(transaction, { applicationNumber: job.application_number, service: job.service }, actor)
        if (!back.ok) return back
        const event = { type: 'card-job-reopened', cardJobId: jobId, reason: said.value } as const
        const advanced = await applications.advance(transaction, job.application_number, event, { actor })
        if (!advanced.ok) return advanced
        if (job.state === 'done') await voidSpoilt(transaction, job, { at: clock.now(), actor, reason: said.value })
        const again = { state: 'queued', reason: said.value, actor: null, settled_at: null, ...unclaimed } as const
        return save(transaction, { ...job, ...again, card_number: job.kind === 'make' ? null : job.card_number })
      }),

    giveUp: (jobId, { reason, actor }) =>
      step(jobId, async (transaction, job) => {
        const said = checkReason(reason, '请写明不再办理的原因，申请人会看到')
        if (!said.ok) return said
        if (job.state !== 'failed') return refuse('card-job-not-failed', '只有登记为失败的制卡任务可以不再办理')
        const { application_number: applicationNumber } = job
        const event = { type: 'card-job-given-up', cardJobId: jobId, reason: said.value } as const
        const advanced = await applications.advance(transaction, applicationNumber, event, { actor })
        if (!advanced.ok) return advanced
        const given = await save(transaction, {
          ...job,
          state: 'given-up',
          reason: said.value,
          actor,
          settled_at: clock.now().toISOString(),
        })
        if (await hasOpenJobs(transaction, job.application_number)) return given
        const ended = (await hasFinishedJob(transaction, job))
          ? await finish(transaction, applicationNumber)
          : await refuseAll(transaction, applicationNumber, said.value, actor)
        return ended.ok ? given : ended
      }),
  }
}

const unclaimed = { station: null, claimed_by: null, claimed_at: null } as const

function inOtherHands({ claimed_by, station }: Job, actor: Actor): Result<never> | null {
  return claimed_by === null || claimed_by === actor
    ? null
    : refuse('card-job-claimed', `这项任务已由${claimed_by}在“${station ?? ''}”领取，请由其完成，或先接手`)
}

function checkReason(reason: string, missing: string): Result<string> {
  const said = reason.trim()
  return said === '' || said.length > longestReason ? refuse('reason-missing', `${missing}（不超过 ${longestReason} 字）`) : done(said)
}

/** The number of the card that was worked on: entered for a new card, known beforehand for an existing one. */
function checkNumber(job: Job, entered: string | null | undefined): Result<string | null> {
  if (job.kind === 'hand-out-reader') return done(null)
  const number = numberOf(entered) ?? job.card_number
  if (number === null) return refuse('card-number-missing', '请填写卡号')
  if (!isCardNumber(number)) return refuse('card-number-wrong', '卡号应为 4 至 32 位的数字、大写字母或连字符，请核对')
  // The scanner reads whatever bar code lies under it.
  if (isValidUscc(number)) return refuse('card-number-wrong', '扫到的是统一社会信用代码，不是卡号，请扫描卡片')
  if (job.kind !== 'make' && job.card_number !== null && number !== job.card_number)
    return refuse('card-number-differs', `卡号与申请表所填的 ${job.card_number} 不一致，请核对手中的卡`)
  return done(number)
}

/** Who holds the card: told by the papers, else by the clerk. */
function checkHolder(job: Job, entered: string | null | undefined): Result<string | null> {
  if (job.holder_name !== null) return done(job.holder_name)
  const name = entered?.trim() || null
  if (name === null && job.kind === 'make') return refuse('holder-missing', '材料没有写明持卡人，请填写持卡人姓名')
  if (name !== null && name.length > longestName) return refuse('holder-too-long', `持卡人姓名请不超过 ${longestName} 字`)
  return done(name)
}

function checkTerm(entered: string | null | undefined, today: string, years: number): Result<string> {
  if (!entered) return done(yearsAfter(today, years))
  return entered > today && isCalendarDay(entered) ? done(entered) : refuse('term-wrong', '证书有效期至须是今天以后的日期，例如 2036-11-20')
}

/** The same day so many years later; the last of February after a leap day. */
export function yearsAfter(day: string, years: number): string {
  const later = `${Number(day.slice(0, 4)) + years}${day.slice(4)}`
  return isCalendarDay(later) ? later : later.replace(/-29$/u, '-28')
}
