/** The ledger of enterprises, holders and cards (台账): looked up, searched, and changed by what a clerk records. */
import type { Writable } from 'node:stream'
import { readEvents } from '../application/event-log.ts'
import type { Actor, LoggedEvent } from '../application/record.ts'
import type { Clock } from '../platform/clock.ts'
import { officeDay } from '../platform/clock.ts'
import type { Database } from '../platform/database/open-database.ts'
import type { Result } from '../platform/result.ts'
import type { CardTables } from './card-tables.ts'
import { asLedgerCard, subjectOf, type CardEvent, type LedgerCard } from './ledger-card.ts'
import { recordOperation, type RecordedOperation } from './record-operation.ts'
import { importLedger, type ImportReport } from './sheet/import-ledger.ts'
import { exportLedger, writeTemplate, type ExportedHow } from './sheet/export-ledger.ts'
import { findCards, readAllCards, type FoundCards, type LedgerFilter } from './search-ledger.ts'

export interface Ledger {
  find(number: string): Promise<LedgerCard | undefined>
  /** The cards of an enterprise, newest first. */
  cardsOf(uscc: string): Promise<LedgerCard[]>
  search(filter: LedgerFilter): Promise<FoundCards>
  /** What happened to a card, oldest first. */
  historyOf(number: string): Promise<LoggedEvent<CardEvent>[]>
  /** Records what was done outside of this system; only what the card's state allows. */
  record(number: string, what: RecordedOperation, actor: Actor): Promise<Result<LedgerCard>>
  /** Takes in the cards of an xlsx workbook, all or none; with `write: false` only says what would happen. */
  importSheet(bytes: Uint8Array, how: { readonly write: boolean; readonly actor: Actor }): Promise<Result<ImportReport>>
  /** Writes all cards as a workbook and ends the stream; answers how many there were. */
  exportSheet(stream: Writable, how: ExportedHow): Promise<number>
  /** Writes the workbook to fill in and ends the stream. */
  writeTemplate(stream: Writable): Promise<void>
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
    historyOf: (number) => readEvents<CardEvent>(database, subjectOf(number)),
    record: (number, what, actor) => recordOperation(database, clock, number, what, actor),
    importSheet: (bytes, how) => importLedger({ database, clock }, bytes, how),
    exportSheet: (stream, how) => exportLedger(stream, readAllCards(database, today()), how),
    writeTemplate,
  }
}
