/** The cards stage: an accepted application becomes card jobs; the clerk settles them; the ledger knows every card. */
import type { Applications } from '../application/applications.ts'
import type { Actor } from '../application/record.ts'
import { prepareHandover, queueCardJobs } from '../flow.ts'
import { isCardNumber } from '../guide/identifiers/card-number.ts'
import { services } from '../guide/services.ts'
import type { Clock } from '../platform/clock.ts'
import { commitResult } from '../platform/database/commit-result.ts'
import type { Database, Executor } from '../platform/database/open-database.ts'
import { PermanentFault } from '../platform/errors.ts'
import type { Ids } from '../platform/ids.ts'
import type { Log } from '../platform/log/log.ts'
import { handleJob, type JobHandler, type Queue } from '../platform/queue/contract.ts'
import { done, refuse, type Result } from '../platform/result.ts'
import type { CardJobState, CardTables } from './card-tables.ts'
import { recordCard, type LedgerCard } from './keep-ledger.ts'
import { numberOf, planCardJobs } from './plan-card-jobs.ts'
import { refuseOutOfTurn } from './void-in-turn.ts'
import { validCards } from './look-up-cards.ts'

export interface CardsParts {
  readonly database: Database
  readonly queue: Queue
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly applications: Applications
  /** Told in the same transaction that a card lies in somebody's hands because a job was done to it. */
  readonly cardWorkedOn?: (
    executor: Executor,
    work: { readonly cardNumber: string | null; readonly isVoided: boolean; readonly applicationNumber: string },
    actor: Actor,
  ) => Promise<void>
}

/** One thing to do to one card, as the desk shows it. Instants are ISO 8601 in UTC. */
export interface CardJob {
  readonly id: string
  readonly applicationNumber: string
  readonly ordinal: number
  readonly service: CardTables['card_job']['service']
  readonly kind: CardTables['card_job']['kind']
  readonly cardKind: CardTables['card_job']['card_kind']
  readonly enterpriseName: string | null
  readonly uscc: string | null
  readonly holderName: string | null
  readonly holderIdNumber: string | null
  readonly cardNumber: string | null
  readonly quantity: number
  readonly state: CardJobState
  /** Why it failed, when it did. */
  readonly reason: string | null
  readonly queuedAt: string
  readonly settledAt: string | null
}

/** What the clerk enters when a job is done. The holder counts only where no paper told it; a new card must have one. */
export interface Completion {
  readonly cardNumber?: string | null
  readonly holderName?: string | null
  readonly actor: Actor
}

export interface Cards {
  readonly handlers: readonly JobHandler[]
  /** Oldest first; at most 500. */
  listJobs(filter: { state: CardJobState; applicationNumber?: string }): Promise<CardJob[]>
  /** All jobs of an application in the order of the guide. */
  jobsOf(executor: Executor, applicationNumber: string): Promise<CardJob[]>
  /** Settles a job and writes the ledger; the last one finishes the application's cards. A repeat changes nothing. */
  complete(jobId: string, what: Completion): Promise<Result<CardJob>>
  fail(jobId: string, what: { reason: string; actor: Actor }): Promise<Result<CardJob>>
  /** A failed job is to be tried again. */
  reopen(jobId: string): Promise<Result<CardJob>>
  /** The cards of an enterprise, newest first. */
  cardsOf(uscc: string): Promise<LedgerCard[]>
}

/** In characters. */
const longestReason = 500
/** In characters; names of foreigners in passports come to about forty. */
const longestName = 60

export function openCards({ database, queue, clock, ids, log, applications, cardWorkedOn }: CardsParts): Cards {
  const tables = (executor: Executor) => executor.withTables<CardTables>()

  async function queueJobs(applicationNumber: string): Promise<void> {
    const queued = await database.transaction().execute(async (transaction) => {
      const application = await applications.find(transaction, applicationNumber)
      if (!application) throw new PermanentFault('application-unknown', '申请不存在，无法安排制卡')
      // Anything but 已受理 means that the jobs are there already, or that the application was withdrawn meanwhile.
      if (application.status !== 'accepted') return null
      const planned = planCardJobs(application, await validCards(transaction, application.enterprise.uscc))
      for (const [index, job] of planned.entries())
        await tables(transaction)
          .insertInto('card_job')
          .values({
            id: ids.next(),
            application_number: applicationNumber,
            ordinal: index + 1,
            service: application.service,
            kind: job.kind,
            card_kind: job.cardKind,
            uscc: application.enterprise.uscc,
            enterprise_name: application.enterprise.name,
            holder_name: job.holderName,
            holder_id_number: job.holderIdNumber,
            card_number: numberOf(job.cardNumber),
            quantity: job.quantity,
            state: 'queued',
            reason: null,
            actor: null,
            queued_at: clock.now().toISOString(),
            settled_at: null,
          })
          .execute()
      const advanced = await applications.advance(
        transaction,
        applicationNumber,
        { type: 'card-jobs-queued', count: planned.length },
        { actor: 'zhika' },
      )
      if (!advanced.ok) throw new PermanentFault('card-jobs-refused', advanced.message)
      if (planned.length === 0) await finish(transaction, applicationNumber)
      return planned.length
    })
    if (queued === null) log.info('card-jobs-not-needed', { applicationNumber })
    else log.info('card-jobs-queued', { applicationNumber, count: queued })
  }

  /** The last card is done: hand over, or close what has nothing to hand over. */
  async function finish(transaction: Executor, applicationNumber: string): Promise<Result<void>> {
    const advanced = await applications.advance(transaction, applicationNumber, { type: 'cards-finished' }, { actor: 'zhika' })
    if (!advanced.ok) return advanced
    if (services[advanced.value.service].handsOver)
      await queue.enqueue(transaction, prepareHandover, { applicationNumber }, { key: applicationNumber })
    return done(undefined)
  }

  async function findJob(executor: Executor, jobId: string): Promise<Result<CardTables['card_job']>> {
    const job = await tables(executor).selectFrom('card_job').selectAll().where('id', '=', jobId).executeTakeFirst()
    return job ? done(job) : refuse('card-job-unknown', '没有这项制卡任务，请刷新页面')
  }

  return {
    handlers: [handleJob(queueCardJobs, ({ applicationNumber }) => queueJobs(applicationNumber))],

    async listJobs({ state, applicationNumber }) {
      let query = tables(database).selectFrom('card_job').selectAll().where('state', '=', state)
      if (applicationNumber !== undefined) query = query.where('application_number', '=', applicationNumber)
      const rows = await query.orderBy('queued_at').orderBy('application_number').orderBy('ordinal').limit(500).execute()
      return rows.map(asJob)
    },

    async jobsOf(executor, applicationNumber) {
      const rows = await tables(executor)
        .selectFrom('card_job')
        .selectAll()
        .where('application_number', '=', applicationNumber)
        .orderBy('ordinal')
        .execute()
      return rows.map(asJob)
    },

    complete: (jobId, { cardNumber, holderName, actor }) =>
      commitResult(database, async (transaction) => {
        const found = await findJob(transaction, jobId)
        if (!found.ok) return found
        const job = found.value
        const number = checkNumber(job, cardNumber)
        if (!number.ok) return number
        if (job.state === 'done')
          return job.card_number === number.value ? done(asJob(job)) : refuse('card-job-done', '这项制卡任务已完成，卡号不能再改')
        const outOfTurn = await refuseOutOfTurn(transaction, job)
        if (outOfTurn) return outOfTurn
        const holder = checkHolder(job, holderName)
        if (!holder.ok) return holder
        const settled: CardTables['card_job'] = {
          ...job,
          card_number: number.value,
          holder_name: holder.value,
          state: 'done',
          reason: null,
          actor,
          settled_at: clock.now().toISOString(),
        }
        const recorded = await recordCard(transaction, settled, clock.now())
        if (!recorded.ok) return recorded
        await tables(transaction).updateTable('card_job').set(settled).where('id', '=', jobId).execute()
        await cardWorkedOn?.(
          transaction,
          { cardNumber: settled.card_number, isVoided: job.kind === 'void', applicationNumber: job.application_number },
          actor,
        )
        const event = { type: 'card-job-completed', cardJobId: jobId } as const
        const advanced = await applications.advance(transaction, job.application_number, event, { actor })
        if (!advanced.ok) return advanced
        const open = await tables(transaction)
          .selectFrom('card_job')
          .select('id')
          .where('application_number', '=', job.application_number)
          .where('state', '!=', 'done')
          .executeTakeFirst()
        const finished = open ? done(undefined) : await finish(transaction, job.application_number)
        return finished.ok ? done(asJob(settled)) : finished
      }),

    fail: (jobId, { reason, actor }) =>
      commitResult(database, async (transaction) => {
        const said = reason.trim()
        if (said === '' || said.length > longestReason)
          return refuse('reason-missing', `请写明制卡失败的原因（不超过 ${longestReason} 字）`)
        const found = await findJob(transaction, jobId)
        if (!found.ok) return found
        if (found.value.state === 'done') return refuse('card-job-done', '这项制卡任务已完成，不能登记为失败')
        const failed: CardTables['card_job'] = {
          ...found.value,
          state: 'failed',
          reason: said,
          actor,
          settled_at: clock.now().toISOString(),
        }
        await tables(transaction).updateTable('card_job').set(failed).where('id', '=', jobId).execute()
        const event = { type: 'card-job-failed', cardJobId: jobId, reason: said } as const
        const advanced = await applications.advance(transaction, failed.application_number, event, { actor })
        return advanced.ok ? done(asJob(failed)) : advanced
      }),

    reopen: (jobId) =>
      commitResult(database, async (transaction) => {
        const found = await findJob(transaction, jobId)
        if (!found.ok) return found
        if (found.value.state !== 'failed') return refuse('card-job-not-failed', '只有登记为失败的制卡任务可以重做')
        const reopened: CardTables['card_job'] = { ...found.value, state: 'queued', reason: null, actor: null, settled_at: null }
        await tables(transaction).updateTable('card_job').set(reopened).where('id', '=', jobId).execute()
        return done(asJob(reopened))
      }),

    async cardsOf(uscc) {
      const rows = await tables(database)
        .selectFrom('card')
        .selectAll()
        .where('uscc', '=', uscc)
        .orderBy('changed_at', 'desc')
        .orderBy('number')
        .execute()
      return rows.map(({ number, kind, holder_name, holder_id_number, status, issued_on }) => ({
        number,
        kind,
        holderName: holder_name,
        holderIdNumber: holder_id_number,
        uscc,
        status,
        issuedOn: issued_on,
      }))
    },
  }
}

/** The number of the card that was worked on: entered for a new card, known beforehand for an existing one. */
function checkNumber(job: CardTables['card_job'], entered: string | null | undefined): Result<string | null> {
  if (job.kind === 'hand-out-reader') return done(null)
  const given = numberOf(entered)
  const number = given ?? job.card_number
  if (number === null) return refuse('card-number-missing', '请填写卡号')
  if (!isCardNumber(number)) return refuse('card-number-wrong', '卡号应为 4 至 32 位的数字、大写字母或连字符，请核对')
  if (job.kind !== 'make' && job.card_number !== null && number !== job.card_number)
    return refuse('card-number-differs', `卡号与申请表所填的 ${job.card_number} 不一致，请核对手中的卡`)
  return done(number)
}

/** Who holds the card: told by the papers, else by the clerk. */
function checkHolder(job: CardTables['card_job'], entered: string | null | undefined): Result<string | null> {
  if (job.holder_name !== null) return done(job.holder_name)
  const name = entered?.trim() || null
  if (name === null && job.kind === 'make') return refuse('holder-missing', '材料没有写明持卡人，请填写持卡人姓名')
  if (name !== null && name.length > longestName) return refuse('holder-too-long', `持卡人姓名请不超过 ${longestName} 字`)
  return done(name)
}

function asJob(row: CardTables['card_job']): CardJob {
  return {
    id: row.id,
    applicationNumber: row.application_number,
    ordinal: row.ordinal,
    service: row.service,
    kind: row.kind,
    cardKind: row.card_kind,
    enterpriseName: row.enterprise_name,
    uscc: row.uscc,
    holderName: row.holder_name,
    holderIdNumber: row.holder_id_number,
    cardNumber: row.card_number,
    quantity: row.quantity,
    state: row.state,
    reason: row.reason,
    queuedAt: row.queued_at,
    settledAt: row.settled_at,
  }
}
