/** What a settled card job changes in the ledger, and what the ledger forbids. */
import { cardOperations, cardStatusTitles, type CardMedium, type CardOperation } from '../guide/card-life.ts'
import type { CardJobKind } from '../guide/services.ts'
import { officeDay } from '../platform/clock.ts'
import type { Executor } from '../platform/database/open-database.ts'
import { done, refuse, type Result } from '../platform/result.ts'
import type { CardTables } from './card-tables.ts'
import { logCards, moveCard, statusOf, type CardEvent, type CardRow } from './ledger-card.ts'

type Job = CardTables['card_job']

const operations: Record<Exclude<CardJobKind, 'hand-out-reader'>, CardOperation> = {
  make: 'declare',
  rewrite: 'change',
  renew: 'renew',
  unlock: 'unlock',
  void: 'void',
}

export interface Made {
  readonly at: Date
  readonly actor: string
  /** The last day of the certificate that a new or renewed card carries. */
  readonly validUntil: string
  /** Null when nobody said. */
  readonly medium: CardMedium | null
}

/** Writes the card of a job into the ledger and its history, in the caller's transaction. */
export async function recordCard(transaction: Executor, job: Job, made: Made): Promise<Result<void>> {
  if (job.kind === 'hand-out-reader' || job.card_number === null) return done(undefined)
  const ledger = transaction.withTables<CardTables>()
  const today = officeDay(made.at)
  const number = job.card_number
  const known = await ledger.selectFrom('card').selectAll().where('number', '=', number).executeTakeFirst()
  const objection = job.kind === 'make' ? await objectToNewCard(transaction, job, known) : objectToExistingCard(job, known)
  if (objection) return objection
  // Voided meanwhile: nothing is left to do.
  if (job.kind === 'void' && known?.status === 'void') return done(undefined)
  const operation = operations[job.kind]
  const before = known ? statusOf(known, today) : null
  const next =
    known && before !== null && job.kind !== 'make'
      ? moveCard(operation, { number, status: before, kept: known.status })
      : done(job.kind === 'void' ? ('void' as const) : ('valid' as const))
  if (!next.ok) return next

  const events: { number: string; event: CardEvent }[] = []
  if (job.service === 'replace-legal' || job.service === 'replace-operator')
    events.push(...(await voidReplaced(transaction, job, number, made.at)))
  if (job.service === 'change-enterprise') await renameEnterprise(transaction, job, made.at)

  // 企业操作员卡变更 puts another holder on the card; for the other services the ledger's holder stays.
  const takesHolder = job.kind === 'make' || job.kind === 'rewrite'
  const certified = job.kind === 'make' || job.kind === 'renew'
  const changes: Omit<CardRow, 'number'> = {
    kind: job.card_kind ?? known?.kind ?? null,
    medium: made.medium ?? known?.medium ?? null,
    uscc: job.uscc ?? known?.uscc ?? null,
    enterprise_name: job.enterprise_name ?? known?.enterprise_name ?? null,
    holder_name: takesHolder ? (job.holder_name ?? known?.holder_name ?? null) : (known?.holder_name ?? job.holder_name),
    holder_id_type: known && (!takesHolder || isHolder(known, job)) ? known.holder_id_type : null,
    holder_id_number: takesHolder
      ? (job.holder_id_number ?? known?.holder_id_number ?? null)
      : (known?.holder_id_number ?? job.holder_id_number),
    status: next.value,
    issued_on: job.kind === 'make' ? today : (known?.issued_on ?? null),
    valid_from: certified ? today : (known?.valid_from ?? null),
    valid_until: certified ? made.validUntil : (known?.valid_until ?? null),
    changed_at: made.at.toISOString(),
  }
  await ledger
    .insertInto('card')
    .values({ number, ...changes })
    .onConflict((conflict) => conflict.column('number').doUpdateSet(changes))
    .execute()
  const to = statusOf(changes, today)
  const term = certified ? { validUntil: made.validUntil } : {}
  events.push({ number, event: { type: operation, from: before, to, applicationNumber: job.application_number, ...term } })
  await logCards(transaction, made, events)
  return done(undefined)
}

/** A card that came out wrong is made again: the number is used up. */
export async function voidSpoilt(transaction: Executor, job: Job, by: { at: Date; actor: string; reason: string }): Promise<void> {
  if (job.kind !== 'make' || job.card_number === null) return
  const ledger = transaction.withTables<CardTables>()
  const card = await ledger.selectFrom('card').selectAll().where('number', '=', job.card_number).executeTakeFirst()
  if (!card || card.status === 'void') return
  await ledger.updateTable('card').set({ status: 'void', changed_at: by.at.toISOString() }).where('number', '=', card.number).execute()
  const from = statusOf(card, officeDay(by.at))
  const event: CardEvent = { type: 'void', from, to: 'void', reason: by.reason, applicationNumber: job.application_number }
  await logCards(transaction, by, [{ number: card.number, event }])
}

async function objectToNewCard(transaction: Executor, job: Job, known: CardRow | undefined): Promise<Result<never> | null> {
  if (known && !isHolder(known, job)) return refuse('card-number-taken', `卡号 ${known.number} 已登记在其他持卡人名下，请核对`)
  if (known?.status === 'void') return refuse('card-void', `卡号 ${known.number} 已作废，新卡须用没有用过的卡号，请核对`)
  // Guide 四1, note (2): one operator's card for each identity number within an enterprise.
  if (job.card_kind !== 'operator' || job.service === 'replace-operator' || job.uscc === null || job.holder_id_number === null) return null
  const other = await transaction
    .withTables<CardTables>()
    .selectFrom('card')
    .select('number')
    .where('uscc', '=', job.uscc)
    .where('kind', '=', 'operator')
    .where('holder_id_number', '=', job.holder_id_number)
    .where('status', '!=', 'void')
    .where('number', '!=', job.card_number)
    .executeTakeFirst()
  return other ? refuse('duplicate-operator', `该持卡人在本企业已有操作员卡 ${other.number}，同一证件号只能办理一张`) : null
}

function objectToExistingCard(job: Job, known: CardRow | undefined): Result<never> | null {
  if (!known) return null
  if (known.uscc !== null && job.uscc !== null && known.uscc !== job.uscc)
    return refuse('card-of-another-enterprise', `卡号 ${known.number} 登记在其他企业名下，请核对`)
  if (known.status === 'void' && job.kind !== 'void')
    return refuse(
      'card-void',
      `卡号 ${known.number} ${cardStatusTitles.void}，不能再办理${cardOperations[operations[job.kind as keyof typeof operations]].title}`,
    )
  return null
}

const isHolder = (card: CardRow, job: Job): boolean =>
  card.uscc === job.uscc &&
  (card.holder_id_number !== null && job.holder_id_number !== null
    ? card.holder_id_number === job.holder_id_number
    : card.holder_name === job.holder_name)

/** 补办: the card that was lost is no longer good. */
async function voidReplaced(
  transaction: Executor,
  job: Job,
  replacedBy: string,
  at: Date,
): Promise<{ number: string; event: CardEvent }[]> {
  if (job.uscc === null || job.card_kind === null) return []
  const ledger = transaction.withTables<CardTables>()
  const cards = await ledger
    .selectFrom('card')
    .selectAll()
    .where('uscc', '=', job.uscc)
    .where('kind', '=', job.card_kind)
    .where('status', '!=', 'void')
    .where('number', '!=', replacedBy)
    .execute()
  const old = cards.filter((card) => isHolder(card, job))
  if (old.length === 0) return []
  await ledger
    .updateTable('card')
    .set({ status: 'void', changed_at: at.toISOString() })
    .where(
      'number',
      'in',
      old.map(({ number }) => number),
    )
    .execute()
  const today = officeDay(at)
  return old.map((card) => ({
    number: card.number,
    event: {
      type: 'replace',
      from: statusOf(card, today),
      to: 'void',
      replacedBy,
      applicationNumber: job.application_number,
    },
  }))
}

/** 企业基本信息变更: the enterprise goes by its new name on all its cards, also those that were not sent in. */
async function renameEnterprise(transaction: Executor, { uscc, enterprise_name }: Job, at: Date): Promise<void> {
  if (uscc === null || enterprise_name === null) return
  await transaction
    .withTables<CardTables>()
    .updateTable('card')
    .set({ enterprise_name, changed_at: at.toISOString() })
    .where('uscc', '=', uscc)
    .where('enterprise_name', '!=', enterprise_name)
    .execute()
}
