/** A card of the ledger as it is today, and what its history is made of. */
import { appendEvents } from '../application/event-log.ts'
import {
  cardOperations,
  cardStatusOn,
  cardStatusTitles,
  type CardKind,
  type CardMedium,
  type CardOperation,
  type CardOperationRule,
  type CardStatus,
  type KeptCardStatus,
} from '../guide/card-life.ts'
import type { Executor } from '../platform/database/open-database.ts'
import { done, refuse, type Result } from '../platform/result.ts'
import type { CardTables } from './card-tables.ts'

/** Days are office days, `YYYY-MM-DD`. */
export interface LedgerCard {
  readonly number: string
  /** Null when no paper told it: an existing card that was only renewed or unlocked. */
  readonly kind: CardKind | null
  readonly medium: CardMedium | null
  readonly uscc: string | null
  readonly enterpriseName: string | null
  readonly holderName: string | null
  readonly holderIdType: string | null
  readonly holderIdNumber: string | null
  readonly status: CardStatus
  /** Null when the card is older than this ledger. */
  readonly issuedOn: string | null
  readonly validFrom: string | null
  readonly validUntil: string | null
}

export type CardRow = CardTables['card']

export const asLedgerCard = (row: CardRow, today: string): LedgerCard => ({
  number: row.number,
  kind: row.kind,
  medium: row.medium,
  uscc: row.uscc,
  enterpriseName: row.enterprise_name,
  holderName: row.holder_name,
  holderIdType: row.holder_id_type,
  holderIdNumber: row.holder_id_number,
  status: statusOf(row, today),
  issuedOn: row.issued_on,
  validFrom: row.valid_from,
  validUntil: row.valid_until,
})

export const statusOf = (row: Pick<CardRow, 'status' | 'valid_until'>, today: string): CardStatus =>
  cardStatusOn(today, { status: row.status, validUntil: row.valid_until })

/** The state to keep after an operation, or why it may not happen now. `status` as it is today, `kept` as the ledger has it. */
export function moveCard(
  operation: CardOperation,
  card: { readonly number: string; readonly status: CardStatus; readonly kept: KeptCardStatus },
): Result<KeptCardStatus> {
  const { title, steps }: CardOperationRule = cardOperations[operation]
  const step = steps[card.status]
  if (step === undefined)
    return refuse('card-not-allowed', `卡 ${card.number} 现为“${cardStatusTitles[card.status]}”，不能办理${title}，请核对卡片`)
  return done(step === 'stays' ? card.kept : step)
}

/** One step of a card's life, as an entry of the hash-chained log; says nothing about people. */
export interface CardEvent {
  readonly type: CardOperation | 'import'
  /** Null for a number that the ledger did not know. */
  readonly from: CardStatus | null
  readonly to: CardStatus
  /** Why a clerk recorded it. */
  readonly reason?: string
  /** For what it was done at a work station. */
  readonly applicationNumber?: string
  /** The last day of the certificate that came with it. */
  readonly validUntil?: string
  /** The card made in its place. */
  readonly replacedBy?: string
  /** The imported file: its SHA-256 and the row. */
  readonly file?: string
  readonly row?: number
}

/** What the log's entries about a card stand under. */
export const subjectOf = (number: string): string => `card/${number}`

export async function logCards(
  transaction: Executor,
  by: { readonly at: Date; readonly actor: string },
  events: readonly { readonly number: string; readonly event: CardEvent }[],
): Promise<void> {
  if (events.length === 0) return
  const at = by.at.toISOString()
  await appendEvents(
    transaction,
    events.map(({ number, event }) => ({ subject: subjectOf(number), at, actor: by.actor, event })),
  )
}
