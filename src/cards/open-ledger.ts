/** The ledger of enterprises, holders and cards (台账): looked up, searched, and changed by what a clerk records. */
import { readEvents } from '../application/event-log.ts'
import type { Actor, LoggedEvent } from '../application/record.ts'
import type { Clock } from '../platform/clock.ts'
import { officeDay } from '../platform/clock.ts'
import type { Database } from '../platform/database/open-database.ts'
import type { Result } from '../platform/result.ts'
import type { CardTables } from './card-tables.ts'
import { asLedgerCard, subjectOf, type CardEvent, type LedgerCard } from './ledger-card.ts'
import { recordOperation, type RecordedOperation } from './record-operation.ts'
import { findCards, readAllCards, type FoundCards, type LedgerFilter } from './search-ledger.ts'

export interface Ledger {
  find(number: string): Promise<LedgerCard | undefined>
  /** The cards of an enterprise, newest first. */
  cardsOf(uscc: string): Promise<LedgerCard[]>
  search(filter: LedgerFilter): Promise<FoundCards>
  /** Every card by enterprise and number, a thousand at a time. */
  all(): AsyncGenerator<LedgerCard[]>
  /** What happened to a card, oldest first. */
  historyOf(number: string): Promise<LoggedEvent<CardEvent>[]>
  /** Records what was done outside of this system; only what the card's state allows. */
  record(number: string, what: RecordedOperation, actor: Actor): Promise<Result<LedgerCard>>
}

export interface LedgerParts {
  readonly database: Database
  readonly clock: Clock
}

export function openLedger({ database, clock }: LedgerParts): Ledger {
  const cards = () => database.withTables<CardTables>().selectFrom('card').selectAll()
  const today = () => officeDay(clock.now())
  return {
    async find(number) {
      const row = await cards().where('number', '=', number).executeTakeFirst()
      return row && asLedgerCard(row, today())
    },
    async cardsOf(uscc) {
      const rows = await cards().where('uscc', '=', uscc).orderBy('changed_at', 'desc').orderBy('number').execute()
      return rows.map((row) => asLedgerCard(row, today()))
    },
    search: (filter) => findCards(database, filter, today()),
    all: () => readAllCards(database, today()),
    historyOf: (number) => readEvents<CardEvent>(database, subjectOf(number)),
    record: (number, what, actor) => recordOperation(database, clock, number, what, actor),
  }
}
