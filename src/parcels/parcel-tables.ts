/** What came in by courier, and every physical card (卡) in the house until it leaves. */
import type { Place, Way } from '../application/house-event.ts'
import type { Carrier } from '../guide/identifiers/waybill-number.ts'
import type { Migrations } from '../platform/database/migrate.ts'

/** `received` waits to be counted (清点), `counted` is; `refused` went back with the courier. */
export type ParcelState = 'received' | 'counted' | 'refused'
export type RefusedFor = 'carrier' | 'freight-collect'

export type ParcelTables = {
  parcel: {
    number: string
    state: ParcelState
    carrier: Carrier
    refused_for: RefusedFor | null
    /** What a clerk typed of the sender of a refused parcel. */
    sender: string | null
    /** The application whose applicant was told of the refusal. */
    told_application: string | null
    received_at: string
    received_by: string
    counted_at: string | null
    counted_by: string | null
  }
  /** Which applications a parcel is about, and how that is known. */
  parcel_application: { parcel_number: string; application_number: string; linked_by: 'scan' | 'card' | 'clerk'; linked_at: string }
  /** Scans made of a parcel. */
  parcel_submission: { parcel_number: string; submission_id: string; joined_at: string }
  house_card: {
    id: string
    /** Null where it cannot be read off the card. */
    number: string | null
    unreadable_for: string | null
    /** The parcel that it came in; null for a card made here, or found. */
    parcel_number: string | null
    application_number: string | null
    place: Place
    /** Whose hands, which station, which outgoing parcel. */
    detail: string | null
    since: string
    moved_by: string
    entered_at: string
    /** When it was last in somebody's hands: entered, moved, or scanned when the house was counted through (盘点). */
    seen_at: string
    left_at: string | null
    left_way: Way | null
    /** The outgoing waybill number, or who took it. */
    left_detail: string | null
  }
  /** Outgoing parcels that were closed (封装) over their cards. */
  closed_parcel: {
    waybill_number: string
    application_number: string
    cards: number
    remark: string | null
    closed_at: string
    closed_by: string
  }
}

export const parcelMigrations: Migrations = {
  '2026-11-22-parcels': {
    async up(database) {
      const { schema } = database
      await schema
        .createTable('parcel')
        .addColumn('number', 'text', (column) => column.primaryKey())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('carrier', 'text', (column) => column.notNull())
        .addColumn('refused_for', 'text')
        .addColumn('sender', 'text')
        .addColumn('told_application', 'text')
        .addColumn('received_at', 'text', (column) => column.notNull())
        .addColumn('received_by', 'text', (column) => column.notNull())
        .addColumn('counted_at', 'text')
        .addColumn('counted_by', 'text')
        .execute()
      await schema.createIndex('parcel_by_state').on('parcel').columns(['state', 'received_at']).execute()
      await schema.createIndex('parcel_by_time').on('parcel').column('received_at').execute()
      await schema.createIndex('parcel_by_told').on('parcel').column('told_application').execute()
      await schema
        .createTable('parcel_application')
        .addColumn('parcel_number', 'text', (column) => column.notNull().references('parcel.number'))
        .addColumn('application_number', 'text', (column) => column.notNull())
        .addColumn('linked_by', 'text', (column) => column.notNull())
        .addColumn('linked_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('parcel_application_key', ['parcel_number', 'application_number'])
        .execute()
      await schema.createIndex('parcel_application_by_application').on('parcel_application').column('application_number').execute()
      await schema
        .createTable('parcel_submission')
        .addColumn('parcel_number', 'text', (column) => column.notNull().references('parcel.number'))
        .addColumn('submission_id', 'text', (column) => column.notNull())
        .addColumn('joined_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('parcel_submission_key', ['parcel_number', 'submission_id'])
        .execute()
      await schema
        .createTable('house_card')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('number', 'text')
        .addColumn('unreadable_for', 'text')
        .addColumn('parcel_number', 'text', (column) => column.references('parcel.number'))
        .addColumn('application_number', 'text')
        .addColumn('place', 'text', (column) => column.notNull())
        .addColumn('detail', 'text')
        .addColumn('since', 'text', (column) => column.notNull())
        .addColumn('moved_by', 'text', (column) => column.notNull())
        .addColumn('entered_at', 'text', (column) => column.notNull())
        .addColumn('left_at', 'text')
        .addColumn('left_way', 'text')
        .addColumn('left_detail', 'text')
        .execute()
      // One card is in the house once, whoever counts it.
      await schema
        .createIndex('house_card_inside')
        .on('house_card')
        .column('number')
        .unique()
        .where('left_at' as never, 'is', null)
        .execute()
      await schema.createIndex('house_card_by_application').on('house_card').column('application_number').execute()
      await schema.createIndex('house_card_by_parcel').on('house_card').column('parcel_number').execute()
      await schema
        .createTable('closed_parcel')
        .addColumn('waybill_number', 'text', (column) => column.primaryKey())
        .addColumn('application_number', 'text', (column) => column.notNull())
        .addColumn('cards', 'integer', (column) => column.notNull())
        .addColumn('remark', 'text')
        .addColumn('closed_at', 'text', (column) => column.notNull())
        .addColumn('closed_by', 'text', (column) => column.notNull())
        .execute()
    },
  },
  '2026-11-22-stocktaking': {
    async up({ schema }) {
      await schema
        .alterTable('house_card')
        .addColumn('seen_at', 'text', (column) => column.notNull().defaultTo(''))
        .execute()
    },
  },
}
