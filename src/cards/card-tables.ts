/** The ledger of cards (卡) and the queue of card jobs (制卡任务). */
import type { CardJobKind } from '../guide/services.ts'
import type { ServiceCode } from '../guide/papers.ts'
import type { Migrations } from '../platform/database/migrate.ts'

export type CardKind = 'legal' | 'operator'
export type CardJobState = 'queued' | 'failed' | 'done'

export type CardTables = {
  card_job: {
    id: string
    application_number: string
    /** Counts from 1 within the application: one job each. */
    ordinal: number
    service: ServiceCode
    kind: CardJobKind
    card_kind: CardKind | null
    uscc: string | null
    enterprise_name: string | null
    holder_name: string | null
    holder_id_number: string | null
    /** The card concerned: known beforehand for existing cards, entered by the clerk for new ones. */
    card_number: string | null
    /** How many, for things that are counted (readers). */
    quantity: number
    state: CardJobState
    reason: string | null
    actor: string | null
    queued_at: string
    settled_at: string | null
  }
  card: {
    number: string
    /** Null when no paper told it: an existing card that was only renewed or unlocked. */
    kind: CardKind | null
    uscc: string | null
    enterprise_name: string | null
    holder_name: string | null
    holder_id_number: string | null
    status: 'active' | 'void'
    /** Office day; null when the card was made before this ledger began. */
    issued_on: string | null
    changed_at: string
  }
}

export const cardsMigrations: Migrations = {
  '2026-11-22-cards': {
    async up(schema) {
      await schema.schema
        .createTable('card_job')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('application_number', 'text', (column) => column.notNull())
        .addColumn('ordinal', 'integer', (column) => column.notNull())
        .addColumn('service', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('card_kind', 'text')
        .addColumn('uscc', 'text')
        .addColumn('enterprise_name', 'text')
        .addColumn('holder_name', 'text')
        .addColumn('holder_id_number', 'text')
        .addColumn('card_number', 'text')
        .addColumn('quantity', 'integer', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('reason', 'text')
        .addColumn('actor', 'text')
        .addColumn('queued_at', 'text', (column) => column.notNull())
        .addColumn('settled_at', 'text')
        .addUniqueConstraint('card_job_once', ['application_number', 'ordinal'])
        .execute()
      await schema.schema.createIndex('card_job_by_state').on('card_job').columns(['state', 'queued_at']).execute()
      await schema.schema
        .createTable('card')
        .addColumn('number', 'text', (column) => column.primaryKey())
        .addColumn('kind', 'text')
        .addColumn('uscc', 'text')
        .addColumn('enterprise_name', 'text')
        .addColumn('holder_name', 'text')
        .addColumn('holder_id_number', 'text')
        .addColumn('status', 'text', (column) => column.notNull())
        .addColumn('issued_on', 'text')
        .addColumn('changed_at', 'text', (column) => column.notNull())
        .execute()
      await schema.schema.createIndex('card_by_enterprise').on('card').columns(['uscc']).execute()
    },
  },
}
