/** Finding cards among thousands. */
import { sql, type ExpressionBuilder } from 'kysely'
import type { CardKind, CardStatus } from '../guide/card-life.ts'
import type { Database } from '../platform/database/open-database.ts'
import type { CardTables } from './card-tables.ts'
import { asLedgerCard, type LedgerCard } from './ledger-card.ts'

export interface LedgerFilter {
  /** Part of an enterprise's name, of a credit code, of a card number, or of a holder's name; a whole identity number. */
  readonly text?: string
  readonly status?: CardStatus
  readonly kind?: CardKind
  /** Certificates that end on this office day or before and still hold. */
  readonly endsBy?: string
  readonly limit: number
  readonly offset: number
}

export interface FoundCards {
  readonly cards: readonly LedgerCard[]
  readonly total: number
}

type Where = ExpressionBuilder<CardTables, 'card'>

/** By enterprise, then number. */
export async function findCards(database: Database, filter: LedgerFilter, today: string): Promise<FoundCards> {
  const cards = database.withTables<CardTables>()
  const matching = cards.selectFrom('card').where((where) => where.and(conditions(where, filter, today)))
  const { total } = await matching.select((select) => select.fn.countAll().as('total')).executeTakeFirstOrThrow()
  const rows = await matching
    .selectAll()
    .orderBy('enterprise_name')
    .orderBy('uscc')
    .orderBy('number')
    .limit(filter.limit)
    .offset(filter.offset)
    .execute()
  return { cards: rows.map((row) => asLedgerCard(row, today)), total: Number(total) }
}

function conditions(where: Where, { text, status, kind, endsBy }: LedgerFilter, today: string) {
  const said = (text ?? '').normalize('NFKC').trim()
  return [
    ...(said === '' ? [] : [matches(where, said)]),
    ...(status === undefined ? [] : [isInState(where, status, today)]),
    ...(kind === undefined ? [] : [where('kind', '=', kind)]),
    ...(endsBy === undefined
      ? []
      : [where('status', 'in', ['valid', 'locked']), where('valid_until', '>=', today), where('valid_until', '<=', endsBy)]),
  ]
}

function matches(where: Where, text: string) {
  const holds = (column: 'enterprise_name' | 'uscc' | 'number' | 'holder_name', part: string) =>
    sql<boolean>`upper(${sql.ref(column)}) like upper(${`%${part.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`}) escape '\\'`
  const code = text.toUpperCase().replaceAll(/\s/gu, '')
  return where.or([
    holds('enterprise_name', text),
    holds('holder_name', text),
    holds('uscc', code),
    holds('number', code),
    // Nobody guesses at identity numbers by their parts.
    where('holder_id_number', '=', code),
  ])
}

/** A certificate that has run out is told by the clock: see `cardStatusOn`. */
function isInState(where: Where, status: CardStatus, today: string) {
  const ranOut = where.and([where('status', 'in', ['valid', 'locked']), where('valid_until', '<', today)])
  if (status === 'expired') return ranOut
  return where.and([where('status', '=', status), where.or([where('valid_until', 'is', null), where.not(ranOut)])])
}

const batch = 1000

/** Every card by number, a thousand at a time. */
export async function* readAllCards(database: Database, today: string): AsyncGenerator<LedgerCard[]> {
  let after = ''
  for (;;) {
    const rows = await database
      .withTables<CardTables>()
      .selectFrom('card')
      .selectAll()
      .where('number', '>', after)
      .orderBy('number')
      .limit(batch)
      .execute()
    if (rows.length > 0) yield rows.map((row) => asLedgerCard(row, today))
    if (rows.length < batch) return
    after = rows.at(-1)?.number ?? after
  }
}
