/** What leaves the office: handovers, waybill ranges, letters. */
import type { ServiceCode } from '../guide/papers.ts'
import type { LetterKind } from '../flow.ts'
import type { Migrations } from '../platform/database/migrate.ts'

/**
 * `blocked` waits for a clerk (`reason` says for what); `preparing` has its numbers and is being printed; `prepared` waits
 * for the courier or at the counter; `undelivered` came back and waits at the counter; `taken-back` is prepared anew: a card is
 * made again, or the parcel is sent again.
 */
export type HandoverState =
  | 'blocked'
  | 'preparing'
  | 'prepared'
  | 'handed-to-courier'
  | 'delivered'
  | 'undelivered'
  | 'picked-up'
  | 'taken-back'

/**
 * `drafting` is decided but not yet in the outbox; `to-print` has no address to go to; `written` waits to be sent, or stays
 * so when no mail server is configured; `unknown` may have been sent and must be verified by a clerk. `held` waits for a clerk
 * to read it; `withdrawn` was stopped by a clerk; `bounced` was given back by the recipient's server.
 */
export type LetterState =
  | 'drafting'
  | 'to-print'
  | 'held'
  | 'written'
  | 'sending'
  | 'sent'
  | 'refused'
  | 'unknown'
  | 'withdrawn'
  | 'bounced'

export type DispatchTables = {
  handover: {
    application_number: string
    state: HandoverState
    /** Code of what a `blocked` handover waits for; why an `undelivered` one came back, in the words of a clerk. */
    reason: string | null
    service: ServiceCode
    enterprise_name: string | null
    uscc: string | null
    method: 'post' | 'window' | null
    notice_number: string
    waybill_number: string | null
    recipient_name: string | null
    recipient_phone: string | null
    recipient_address: string | null
    /** JSON of `HandoverItem[]`. */
    items: string
    notice_sha256: string | null
    waybill_sha256: string | null
    /** Characters that no font had and texts that were cut, JSON of strings; a clerk writes them in by hand. */
    print_flaws: string
    prepared_at: string
    handed_at: string | null
    handed_by: string | null
    /** How often it was taken back. */
    round: number
  }
  /** Numbers of parcels that came back and of labels that are no longer good: none is given twice. */
  former_waybill: { waybill_number: string; application_number: string; ended_at: string; ended_by: string }
  waybill_range: {
    first_number: string
    last_number: string
    taken: number
    /** `config` ranges count only as long as they are configured. */
    origin: 'config' | 'desk'
    added_by: string
    added_at: string
  }
  letter: {
    id: string
    /** Empty when it is about a submission that became no application. */
    application_number: string
    kind: LetterKind
    occasion: string
    state: LetterState
    to_address: string | null
    subject: string
    /** The text as it is read. */
    body: string
    in_reply_to: string | null
    /** Name and SHA-256 of what is enclosed. */
    attachment_name: string | null
    attachment_sha256: string | null
    sha256: string | null
    file_name: string
    attempts: number
    reason: string | null
    written_at: string
    sent_at: string | null
    /** Until then a clerk can take it back. */
    send_after: string | null
    /** Why a clerk sent it again or stopped it, and who. */
    clerk_note: string | null
  }
  /** One row while no letter may leave. */
  letter_stop: { id: 'all'; stopped_at: string; stopped_by: string; reason: string }
}

export const dispatchMigrations: Migrations = {
  '2026-11-22-dispatch': {
    async up({ schema }) {
      await schema
        .createTable('handover')
        .addColumn('application_number', 'text', (column) => column.primaryKey())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('reason', 'text')
        .addColumn('service', 'text', (column) => column.notNull())
        .addColumn('enterprise_name', 'text')
        .addColumn('uscc', 'text')
        .addColumn('method', 'text')
        .addColumn('notice_number', 'text', (column) => column.notNull())
        .addColumn('waybill_number', 'text', (column) => column.unique())
        .addColumn('recipient_name', 'text')
        .addColumn('recipient_phone', 'text')
        .addColumn('recipient_address', 'text')
        .addColumn('items', 'text', (column) => column.notNull())
        .addColumn('notice_sha256', 'text')
        .addColumn('waybill_sha256', 'text')
        .addColumn('print_flaws', 'text', (column) => column.notNull())
        .addColumn('prepared_at', 'text', (column) => column.notNull())
        .addColumn('handed_at', 'text')
        .addColumn('handed_by', 'text')
        .execute()
      await schema.createIndex('handover_by_state').on('handover').columns(['state', 'prepared_at']).execute()
      await schema
        .createTable('waybill_range')
        .addColumn('first_number', 'text', (column) => column.notNull())
        .addColumn('last_number', 'text', (column) => column.notNull())
        .addColumn('taken', 'integer', (column) => column.notNull())
        .addColumn('origin', 'text', (column) => column.notNull())
        .addColumn('added_by', 'text', (column) => column.notNull())
        .addColumn('added_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('waybill_range_key', ['first_number', 'last_number'])
        .execute()
      await schema
        .createTable('letter')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('application_number', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('occasion', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('to_address', 'text')
        .addColumn('subject', 'text', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .addColumn('in_reply_to', 'text')
        .addColumn('attachment_name', 'text')
        .addColumn('attachment_sha256', 'text')
        .addColumn('sha256', 'text')
        .addColumn('file_name', 'text', (column) => column.notNull())
        .addColumn('attempts', 'integer', (column) => column.notNull())
        .addColumn('reason', 'text')
        .addColumn('written_at', 'text', (column) => column.notNull())
        .addColumn('sent_at', 'text')
        .addUniqueConstraint('letter_once', ['application_number', 'kind', 'occasion'])
        .execute()
      await schema.createIndex('letter_by_state').on('letter').columns(['state', 'written_at']).execute()
    },
  },
  '2026-11-22-handed-over-again': {
    async up({ schema }) {
      await schema
        .alterTable('handover')
        .addColumn('round', 'integer', (column) => column.notNull().defaultTo(0))
        .execute()
      await schema
        .createTable('former_waybill')
        .addColumn('waybill_number', 'text', (column) => column.primaryKey())
        .addColumn('application_number', 'text', (column) => column.notNull())
        .addColumn('ended_at', 'text', (column) => column.notNull())
        .addColumn('ended_by', 'text', (column) => column.notNull())
        .execute()
    },
  },
  '2026-11-22-letters-in-hand': {
    async up({ schema }) {
      await schema.alterTable('letter').addColumn('send_after', 'text').execute()
      await schema.alterTable('letter').addColumn('clerk_note', 'text').execute()
      await schema
        .createTable('letter_stop')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('stopped_at', 'text', (column) => column.notNull())
        .addColumn('stopped_by', 'text', (column) => column.notNull())
        .addColumn('reason', 'text', (column) => column.notNull())
        .execute()
      await schema.createIndex('letter_by_address').on('letter').columns(['to_address', 'written_at']).execute()
    },
  },
}
