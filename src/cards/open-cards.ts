/** The cards stage: an accepted application becomes card jobs; the clerk settles them; the ledger knows every card. */
import type { Applications } from '../application/applications.ts'
import type { Actor } from '../application/record.ts'
import { queueCardJobs, writeLetter } from '../flow.ts'
import { services } from '../guide/services.ts'
import { officeDay, type Clock } from '../platform/clock.ts'
import type { Database, Executor } from '../platform/database/open-database.ts'
import { PermanentFault } from '../platform/errors.ts'
import type { Ids } from '../platform/ids.ts'
import type { Log } from '../platform/log/log.ts'
import { handleJob, type JobHandler, type Queue } from '../platform/queue/contract.ts'
import { done, type Result } from '../platform/result.ts'
import type { CardsConfig } from './cards-config.ts'
import type { CardJobState, CardTables } from './card-tables.ts'
import { openLedger, type Ledger } from './open-ledger.ts'
import { numberOf, planCardJobs } from './plan-card-jobs.ts'
import { validCards } from './look-up-cards.ts'
import { countBefore } from './void-in-turn.ts'
import { workCardJobs, yearsAfter, type CardWork, type WorkParts } from './work-card-jobs.ts'

export interface CardsParts {
  readonly database: Database
  readonly queue: Queue
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly applications: Applications
  readonly config: CardsConfig
  readonly cardWorkedOn?: WorkParts['cardWorkedOn']
  /** All cards of an application are done: it is handed over. */
  readonly beginHandover: (transaction: Executor, applicationNumber: string) => Promise<void>
  readonly takeBackHandover: WorkParts['takeBackHandover']
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
  /** Why it failed, or is done again. */
  readonly reason: string | null
  /** Where it is in hand, and whose. */
  readonly station: string | null
  readonly claimedBy: string | null
  readonly queuedAt: string
  readonly settledAt: string | null
}

export interface ListedJob extends CardJob {
  /** How many cards of the application must be voided before it: the legal person's is the last. */
  readonly before: number
}

export interface Cards {
  readonly handlers: readonly JobHandler[]
  /** Oldest first; at most 500. Of a work station: what it does, unclaimed or in its hands. */
  listJobs(filter: { state: CardJobState; applicationNumber?: string; station?: string }): Promise<ListedJob[]>
  countJobs(state: CardJobState): Promise<number>
  /** All jobs of an application in the order of the guide. */
  jobsOf(executor: Executor, applicationNumber: string): Promise<CardJob[]>
  claim: Settle<'claim'>
  release: Settle<'release'>
  /** Settles a job and writes the ledger; the last one finishes the application's cards. A repeat changes nothing. */
  complete: Settle<'complete'>
  fail: Settle<'fail'>
  /** A job is to be done again, for a reason: it failed, or the card came out wrong, whose number is then void. */
  reopen: Settle<'reopen'>
  /** The last day of a certificate made today, unless the clerk says another. */
  usualTerm(): string
  giveUp: Settle<'giveUp'>
  /** Names of the work stations. */
  readonly stations: readonly string[]
  readonly ledger: Ledger
}

type Settle<Step extends keyof CardWork> = (...asked: Parameters<CardWork[Step]>) => Promise<Result<CardJob>>

export function openCards(parts: CardsParts): Cards {
  const { database, queue, clock, ids, log, applications, config, cardWorkedOn, beginHandover, takeBackHandover } = parts

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
            station: null,
            claimed_by: null,
            claimed_at: null,
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
    if (services[advanced.value.service].handsOver) await beginHandover(transaction, applicationNumber)
    return done(undefined)
  }

  /** Nothing was made: the applicant is told why. */
  async function refuseApplication(transaction: Executor, applicationNumber: string, reason: string, actor: Actor): Promise<Result<void>> {
    const advanced = await applications.advance(transaction, applicationNumber, { type: 'cards-given-up', reason }, { actor })
    if (!advanced.ok) return advanced
    const letter = { applicationNumber, letter: 'refused', occasion: 'refused' } as const
    await queue.enqueue(transaction, writeLetter, letter, { key: `${applicationNumber}:refused` })
    return done(undefined)
  }

  const work = workCardJobs({ database, clock, applications, config, cardWorkedOn, takeBackHandover, finish, refuse: refuseApplication })
  const settle =
    <Step extends keyof CardWork>(step: Step): Settle<Step> =>
    async (...asked) => {
      // What TypeScript cannot see: the arguments are those of this very step.
      const settled = await (work[step] as (...given: typeof asked) => Promise<Result<CardTables['card_job']>>)(...asked)
      return settled.ok ? done(asJob(settled.value)) : settled
    }

  return {
    handlers: [handleJob(queueCardJobs, ({ applicationNumber }) => queueJobs(applicationNumber))],

    async listJobs({ state, applicationNumber, station }) {
      let query = tables(database).selectFrom('card_job').selectAll().where('state', '=', state)
      if (applicationNumber !== undefined) query = query.where('application_number', '=', applicationNumber)
      const kinds = config.stations.find(({ name }) => name === station)?.kinds
      if (station !== undefined && kinds)
        query = query.where('kind', 'in', kinds).where((where) => where.or([where('station', 'is', null), where('station', '=', station)]))
      const rows = await query.orderBy('queued_at').orderBy('application_number').orderBy('ordinal').limit(500).execute()
      return Promise.all(rows.map(async (row) => ({ ...asJob(row), before: state === 'queued' ? await countBefore(database, row) : 0 })))
    },

    async countJobs(state) {
      const { count } = await tables(database)
        .selectFrom('card_job')
        .select((select) => select.fn.countAll().as('count'))
        .where('state', '=', state)
        .executeTakeFirstOrThrow()
      return Number(count)
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

    claim: settle('claim'),
    release: settle('release'),
    complete: settle('complete'),
    fail: settle('fail'),
    reopen: settle('reopen'),
    usualTerm: () => yearsAfter(officeDay(clock.now()), config.certificateYears),
    giveUp: settle('giveUp'),
    stations: config.stations.map(({ name }) => name),
    ledger: openLedger({ database, clock }),
  }
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
    station: row.station,
    claimedBy: row.claimed_by,
    settledAt: row.settled_at,
  }
}
