/** The tables of the record. Instants are ISO 8601 in UTC, JSON is text. */
import { sql, SqliteAdapter } from 'kysely'
import type { Migrations } from '../platform/database/migrate.ts'
import type { Decision, Door } from '../flow.ts'
import type { ServiceCode } from '../guide/papers.ts'
import { agreementMigrations } from './agreements/agreement-tables.ts'
import { linkMigrations, type LinkTables } from './link-submissions.ts'
import type { Status } from './record.ts'

export type ApplicationTables = LinkTables & {
  application: {
    number: string
    submission_id: string
    /** Place among the applications of its submission: with the submission the key that makes assembling repeatable. */
    ordinal: number
    service: ServiceCode
    /** How the service is known: `ticked`, `inferred`, `unclear`. */
    service_told: string
    /** All services asked for on the same sheet, JSON. */
    sheet_services: string
    status: Status
    decision: Decision
    enterprise_name: string | null
    enterprise_uscc: string | null
    door: Door
    received_at: string
    due_on: string | null
    version: number
    /** Files of the submission that could not be read: a paper that seems missing may be among them. */
    unread_files: number
    reply_address: string | null
    reply_subject: string | null
    reply_message_id: string | null
    opened_sequence: number
  }
  application_document: { application_number: string; ordinal: number; document: string }
  finding: { application_number: string; ordinal: number; finding: string; dismissed_by: string | null }
  /** Order numbers of payment proofs: each is fulfilled once. */
  payment_order: { order_number: string; application_number: string }
  /** Enterprises that asked for something, by credit code; the name as first and as last read. */
  enterprise: { uscc: string; first_name: string | null; last_name: string | null; first_seen_at: string; last_seen_at: string }
  /** The last serial given on an office day. */
  number_series: { day: string; last: number }
  event: { sequence: number; subject: string; at: string; actor: string; event: string; hash: string }
  /** One row: the last entry of the log, so that entries cut off at the end are noticed. */
  event_head: { id: number; sequence: number; hash: string }
}

export const applicationMigrations: Migrations = {
  '2026-11-22-application': {
    async up(database) {
      await database.schema
        .createTable('application')
        .addColumn('number', 'text', (column) => column.primaryKey())
        .addColumn('submission_id', 'text', (column) => column.notNull())
        .addColumn('ordinal', 'integer', (column) => column.notNull())
        .addColumn('service', 'text', (column) => column.notNull())
        .addColumn('service_told', 'text', (column) => column.notNull())
        .addColumn('sheet_services', 'text', (column) => column.notNull())
        .addColumn('status', 'text', (column) => column.notNull())
        .addColumn('decision', 'text', (column) => column.notNull())
        .addColumn('enterprise_name', 'text')
        .addColumn('enterprise_uscc', 'text')
        .addColumn('door', 'text', (column) => column.notNull())
        .addColumn('received_at', 'text', (column) => column.notNull())
        .addColumn('due_on', 'text')
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('unread_files', 'integer', (column) => column.notNull())
        .addColumn('reply_address', 'text')
        .addColumn('reply_subject', 'text')
        .addColumn('reply_message_id', 'text')
        .addColumn('opened_sequence', 'integer', (column) => column.notNull())
        .addUniqueConstraint('application_of_submission', ['submission_id', 'ordinal'])
        .execute()
      await database.schema.createIndex('application_status').on('application').columns(['status', 'received_at']).execute()
      await database.schema.createIndex('application_uscc').on('application').column('enterprise_uscc').execute()
      for (const [table, content] of [
        ['application_document', 'document'],
        ['finding', 'finding'],
      ] as const) {
        const creation = database.schema
          .createTable(table)
          .addColumn('application_number', 'text', (column) => column.notNull().references('application.number'))
          .addColumn('ordinal', 'integer', (column) => column.notNull())
          .addColumn(content, 'text', (column) => column.notNull())
          .addPrimaryKeyConstraint(`${table}_key`, ['application_number', 'ordinal'])
        await (table === 'finding' ? creation.addColumn('dismissed_by', 'text') : creation).execute()
      }
      await database.schema
        .createTable('payment_order')
        .addColumn('order_number', 'text', (column) => column.notNull())
        .addColumn('application_number', 'text', (column) => column.notNull().references('application.number'))
        .addPrimaryKeyConstraint('payment_order_key', ['order_number', 'application_number'])
        .execute()
      await database.schema
        .createTable('enterprise')
        .addColumn('uscc', 'text', (column) => column.primaryKey())
        .addColumn('first_name', 'text')
        .addColumn('last_name', 'text')
        .addColumn('first_seen_at', 'text', (column) => column.notNull())
        .addColumn('last_seen_at', 'text', (column) => column.notNull())
        .execute()
      await database.schema
        .createTable('number_series')
        .addColumn('day', 'text', (column) => column.primaryKey())
        .addColumn('last', 'integer', (column) => column.notNull())
        .execute()
      await database.schema
        .createTable('event')
        .addColumn('sequence', 'integer', (column) => column.primaryKey())
        .addColumn('application_number', 'text', (column) => column.notNull())
        .addColumn('at', 'text', (column) => column.notNull())
        .addColumn('actor', 'text', (column) => column.notNull())
        .addColumn('event', 'text', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .execute()
      await database.schema.createIndex('event_application').on('event').columns(['application_number', 'sequence']).execute()
      await database.schema
        .createTable('event_head')
        .addColumn('id', 'integer', (column) => column.primaryKey())
        .addColumn('sequence', 'integer', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .execute()
      await sql`insert into event_head (id, sequence, hash) values (1, 0, '')`.execute(database)
      // The log is append-only; PostgreSQL has roles for it, an embedded file has only this.
      if (database.getExecutor().adapter instanceof SqliteAdapter)
        for (const change of ['update', 'delete'])
          await sql`create trigger ${sql.raw(`event_no_${change}`)} before ${sql.raw(change)} on event begin select raise(abort, 'the event log is append-only'); end`.execute(
            database,
          )
    },
  },
  // Not applications alone: cards have a history of their own in the same chain.
  '2026-11-22-log-subject': {
    async up(database) {
      await database.schema.alterTable('event').renameColumn('application_number', 'subject').execute()
    },
  },
  ...linkMigrations,
  ...agreementMigrations,
}
