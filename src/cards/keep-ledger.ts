/** What a settled card job changes in the ledger, and what the ledger forbids. */
import { officeDay } from '../platform/clock.ts'
import type { Executor } from '../platform/database/open-database.ts'
import { done, refuse, type Result } from '../platform/result.ts'
import type { CardTables } from './card-tables.ts'

export interface LedgerCard {
  readonly number: string
  readonly kind: CardTables['card']['kind']
  readonly holderName: string | null
  readonly holderIdNumber: string | null
  readonly uscc: string | null
  readonly status: CardTables['card']['status']
  /** Office day; null when the card is older than this ledger. */
  readonly issuedOn: string | null
}

type Job = CardTables['card_job']
type Card = CardTables['card']

/** Writes the card of a job into the ledger in the caller's transaction. */
export async function recordCard(transaction: Executor, job: Job, at: Date): Promise<Result<void>> {
  if (job.kind === 'hand-out-reader' || job.card_number === null) return done(undefined)
  const ledger = transaction.withTables<CardTables>()
  const known = await ledger.selectFrom('card').selectAll().where('number', '=', job.card_number).executeTakeFirst()
  const objection = job.kind === 'make' ? await objectToNewCard(transaction, job, known) : objectToExistingCard(job, known)
  if (objection) return objection
  if (job.service === 'replace-legal' || job.service === 'replace-operator') await voidReplaced(transaction, job, at)
  // 企业操作员卡变更 puts another holder on the card; for the other services the ledger's holder stays.
  const takesHolder = job.kind === 'make' || job.kind === 'rewrite'
  const changes: Omit<Card, 'number'> = {
    kind: job.card_kind ?? known?.kind ?? null,
    uscc: job.uscc,
    enterprise_name: job.enterprise_name,
    holder_name: takesHolder ? (job.holder_name ?? known?.holder_name ?? null) : (known?.holder_name ?? job.holder_name),
    holder_id_number: takesHolder
      ? (job.holder_id_number ?? known?.holder_id_number ?? null)
      : (known?.holder_id_number ?? job.holder_id_number),
    status: job.kind === 'void' ? 'void' : 'active',
    issued_on: job.kind === 'make' ? officeDay(at) : (known?.issued_on ?? null),
    changed_at: at.toISOString(),
  }
  await ledger
    .insertInto('card')
    .values({ number: job.card_number, ...changes })
    .onConflict((conflict) => conflict.column('number').doUpdateSet(changes))
    .execute()
  return done(undefined)
}

async function objectToNewCard(transaction: Executor, job: Job, known: Card | undefined): Promise<Result<never> | null> {
  if (known && !isHolder(known, job)) return refuse('card-number-taken', `卡号 ${known.number} 已登记在其他持卡人名下，请核对`)
  // Guide 四1, note (2): one operator's card for each identity number within an enterprise.
  if (job.card_kind !== 'operator' || job.service === 'replace-operator' || job.uscc === null || job.holder_id_number === null) return null
  const other = await transaction
    .withTables<CardTables>()
    .selectFrom('card')
    .select('number')
    .where('uscc', '=', job.uscc)
    .where('kind', '=', 'operator')
    .where('holder_id_number', '=', job.holder_id_number)
    .where('status', '=', 'active')
    .where('number', '!=', job.card_number)
    .executeTakeFirst()
  return other ? refuse('duplicate-operator', `该持卡人在本企业已有有效操作员卡 ${other.number}，同一证件号只能办理一张`) : null
}

function objectToExistingCard(job: Job, known: Card | undefined): Result<never> | null {
  if (!known) return null
  if (known.uscc !== null && job.uscc !== null && known.uscc !== job.uscc)
    return refuse('card-of-another-enterprise', `卡号 ${known.number} 登记在其他企业名下，请核对`)
  if (known.status === 'void' && job.kind !== 'void') return refuse('card-void', `卡号 ${known.number} 已作废，不能再办理该业务`)
  return null
}

const isHolder = (card: Card, job: Job): boolean =>
  card.uscc === job.uscc &&
  (card.holder_id_number !== null && job.holder_id_number !== null
    ? card.holder_id_number === job.holder_id_number
    : card.holder_name === job.holder_name)

/** 补办: the card that was lost is no longer good. */
async function voidReplaced(transaction: Executor, job: Job, at: Date): Promise<void> {
  if (job.uscc === null || job.card_kind === null) return
  const ledger = transaction.withTables<CardTables>()
  const cards = await ledger
    .selectFrom('card')
    .selectAll()
    .where('uscc', '=', job.uscc)
    .where('kind', '=', job.card_kind)
    .where('status', '=', 'active')
    .where('number', '!=', job.card_number)
    .execute()
  const lost = cards.filter((card) => isHolder(card, job)).map(({ number }) => number)
  if (lost.length === 0) return
  await ledger.updateTable('card').set({ status: 'void', changed_at: at.toISOString() }).where('number', 'in', lost).execute()
}
