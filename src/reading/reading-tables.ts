/** The tables of reading. */
import type { Migrations } from '../platform/database/migrate.ts'

/** One page that has been read, by the bytes of its file: a job that was killed goes on where it was. */
export interface PageReadingTable {
  readonly sha256: string
  readonly page: number
  readonly reader_version: string
  /** A `PageRecord` as JSON. */
  readonly record: string
  readonly read_at: string
}

/** All that was read of one submission. */
export interface SubmissionReadingTable {
  readonly submission_id: string
  /** A `Reading` as JSON. */
  readonly reading: string
  readonly read_at: string
}

export type ReadingTables = {
  readonly page_reading: PageReadingTable
  readonly submission_reading: SubmissionReadingTable
}

export const readingMigrations: Migrations = {
  '2026-11-22-reading': {
    async up(database) {
      await database.schema
        .createTable('page_reading')
        .addColumn('sha256', 'text', (column) => column.notNull())
        .addColumn('page', 'integer', (column) => column.notNull())
        .addColumn('reader_version', 'text', (column) => column.notNull())
        .addColumn('record', 'text', (column) => column.notNull())
        .addColumn('read_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('page_reading_key', ['sha256', 'page', 'reader_version'])
        .execute()
      await database.schema
        .createTable('submission_reading')
        .addColumn('submission_id', 'text', (column) => column.primaryKey())
        .addColumn('reading', 'text', (column) => column.notNull())
        .addColumn('read_at', 'text', (column) => column.notNull())
        .execute()
    },
  },
}
