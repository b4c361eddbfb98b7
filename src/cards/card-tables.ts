/** The ledger of cards (卡) and the queue of card jobs (制卡任务). */
import type { Executor } from '../platform/database/open-database.ts'
import type { CardKind, CardMedium, KeptCardStatus } from '../guide/card-life.ts'
import type { CardJobKind } from '../guide/services.ts'
import type { ServiceCode } from '../guide/papers.ts'
import type { Migrations } from '../platform/database/migrate.ts'

/** `given-up`: it failed and will never be done. */
export type CardJobState = 'queued' | 'failed' | 'done' | 'given-up'
/** In these states something is left to do. */
export const openJobStates: readonly CardJobState[] = ['queued', 'failed']

/** Whether jobs of an application are still to be done, or failed and wait for a clerk. */
export async function hasOpenJobs(executor: Executor, applicationNumber: string): Promise<boolean> {
  const open = await executor
    .withTables<CardTables>()
    .selectFrom('card_job')
    .select('id')
    .where('application_number', '=', applicationNumber)
    .where('state', 'in', [...openJobStates])
    .executeTakeFirst()
  return open !== undefined
}

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
    /** Why it failed, or why it is done again. */
    reason: string | null
    actor: string | null
    /** The work station (工位) that has it in hand, who, since when. */
    station: string | null
    claimed_by: string | null
    claimed_at: string | null
    queued_at: string
    settled_at: string | null
  }
  card: {
    number: string
    /** Null when no paper told it: an existing card that was only renewed or unlocked. */
    kind: CardKind | null
    medium: CardMedium | null
    uscc: string | null
    enterprise_name: string | null
    holder_name: string | null
    /** As the card form words it: 居民身份证; null where nobody told. */
    holder_id_type: string | null
    holder_id_number: string | null
    status: KeptCardStatus
    /** Office day; null when the card was made before this ledger began. */
    issued_on: string | null
    /** Term of its certificate, office days, both inclusive; null when nobody told. */
    valid_from: string | null
    valid_until: string | null
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
  '2026-11-22-cards-ledger': {
    async up(schema) {
      for (const name of ['medium', 'holder_id_type', 'valid_from', 'valid_until'])
        await schema.schema.alterTable('card').addColumn(name, 'text').execute()
      for (const name of ['station', 'claimed_by', 'claimed_at'])
        await schema.schema.alterTable('card_job').addColumn(name, 'text').execute()
      await schema.withTables<CardTables>().updateTable('card').set({ status: 'valid' }).where('status', '!=', 'void').execute()
      await schema.schema.createIndex('card_by_holder').on('card').columns(['holder_id_number']).execute()
    },
  },
}
