/** Where the embedded queue keeps its jobs. */
import type { Generated } from 'kysely'
import type { Migrations } from '../database/migrate.ts'
import type { JobState } from './contract.ts'

export type JobTables = {
  job: {
    id: string
    name: string
    key: string | null
    payload: string
    state: JobState
    /** Runs that ended in a fault. */
    attempts: Generated<number>
    max_attempts: number
    /** Runs that never ended: the process was killed or lost its lease. */
    losses: Generated<number>
    run_at: string
    worker: string | null
    lease_until: string | null
    done_parts: number | null
    all_parts: number | null
    error_code: string | null
    error_message: string | null
    created_at: string
    finished_at: string | null
  }
}

export const queueMigrations: Migrations = {
  '2026-11-22-0-queue': {
    async up(db) {
      await db.schema
        .createTable('job')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('key', 'text')
        .addColumn('payload', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('max_attempts', 'integer', (column) => column.notNull())
        .addColumn('losses', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('run_at', 'text', (column) => column.notNull())
        .addColumn('worker', 'text')
        .addColumn('lease_until', 'text')
        .addColumn('done_parts', 'integer')
        .addColumn('all_parts', 'integer')
        .addColumn('error_code', 'text')
        .addColumn('error_message', 'text')
        .addColumn('created_at', 'text', (column) => column.notNull())
        .addColumn('finished_at', 'text')
        // Two jobs without a key never collide: NULLs are distinct in SQLite and PostgreSQL alike.
        .addUniqueConstraint('job_once', ['name', 'key'])
        .execute()
      await db.schema.createIndex('job_next').on('job').columns(['state', 'run_at']).execute()
    },
  },
}
