/**
 * Guide 九2(1): with the legal person's card agreements could still be ended. Of an application's cards to be voided it is the
 * last, and nobody takes it up before the others are done.
 */
import type { Executor } from '../platform/database/open-database.ts'
import { refuse, type Refusal } from '../platform/result.ts'
import { openJobStates, type CardTables } from './card-tables.ts'

type Job = CardTables['card_job']

/** How many cards of the application must be voided before this one; 0 for any but the legal person's. */
export async function countBefore(executor: Executor, job: Pick<Job, 'application_number' | 'kind' | 'card_kind'>): Promise<number> {
  if (job.kind !== 'void' || job.card_kind !== 'legal') return 0
  const { others } = await executor
    .withTables<CardTables>()
    .selectFrom('card_job')
    .select(({ fn }) => fn.countAll().as('others'))
    .where('application_number', '=', job.application_number)
    .where('kind', '=', 'void')
    .where('state', 'in', [...openJobStates])
    .where((where) => where.or([where('card_kind', 'is', null), where('card_kind', '!=', 'legal')]))
    .executeTakeFirstOrThrow()
  return Number(others)
}

/** Why this job may not be taken up or settled yet; undefined when it may. */
export async function refuseOutOfTurn(executor: Executor, job: Job): Promise<Refusal | undefined> {
  const before = await countBefore(executor, job)
  if (before === 0) return undefined
  return refuse('void-out-of-turn', `法人卡须最后作废，本申请还有 ${before} 张卡没有作废，请先办理`)
}
