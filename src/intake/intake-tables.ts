/** Intake's tables. Nothing in them is ever deleted; raw bytes are in the file store under `sha256`. */
import type { Kysely } from 'kysely'
import type { Door } from '../flow.ts'
import type { Migrations } from '../platform/database/migrate.ts'

/**
 * `received`: kept, not yet unpacked. `unpacked`: its papers wait for reading or have been read. `failed`: nothing in it
 * could be unpacked; may be tried again. `question`: a mail without any paper, for a clerk to answer. `set-aside`: nothing to
 * work on (an auto-reply, a bounce, a letter of ours that came back, a question that a clerk has answered). `refused`: not taken
 * in (too large, unreadable). `duplicate`: its bytes came before.
 */
export const submissionStates = ['received', 'unpacked', 'failed', 'question', 'set-aside', 'refused', 'duplicate'] as const
export type SubmissionState = (typeof submissionStates)[number]

// A type, not an interface: kysely asks for an index signature.
export type IntakeTables = {
  submission: {
    id: string
    door: Door
    name: string
    received_at: string
    state: SubmissionState
    /** SHA-256 over the sorted hashes of its files; null when no bytes were taken. */
    fingerprint: string | null
    /** Stable name of this arrival: the same arrival reported again is the same submission. */
    arrival_key: string | null
    duplicate_of: string | null
    reason_code: string | null
    reason_message: string | null
    /** `MailFacts` as JSON. */
    mail: string | null
    /** How often unpacking was asked for. */
    attempts: number
  }
  /** What arrived, byte for byte. */
  submission_file: { submission_id: string; position: number; file: string; sha256: string; size: number }
  /** What it unfolded to. */
  submission_paper: { submission_id: string; position: number; file: string; sha256: string; size: number }
  /** `stage` is `arrival` for problems known before unpacking. */
  submission_problem: { submission_id: string; stage: 'arrival' | 'unpack'; position: number; file: string; code: string; message: string }
  /** The ledger of each mailbox: which message became which submission. */
  mailbox_message: {
    mailbox: string
    uid_validity: string
    uid: number
    submission_id: string
    outcome: 'taken' | 'refused'
    recorded_at: string
    /** The folder that it was moved to afterwards, where the configuration names one. */
    moved_to: string | null
  }
  /** Messages that could not be taken yet: each is asked for again, by itself and after all others. */
  mailbox_trouble: {
    mailbox: string
    uid_validity: string
    uid: number
    tries: number
    /** How many of the tries the server answered, without the message. */
    withheld: number
    last_at: string
  }
  /** The last proof that every message of a mailbox is accounted for. */
  mailbox_reconciliation: {
    mailbox: string
    at: string
    /** `Reconciliation` as JSON. */
    report: string
  }
}

const fileTable = (database: Kysely<unknown>, name: string) =>
  database.schema
    .createTable(name)
    .addColumn('submission_id', 'text', (column) => column.notNull().references('submission.id'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('file', 'text', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('size', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint(`${name}_key`, ['submission_id', 'position'])
    .execute()

export const intakeMigrations: Migrations = {
  '2026-11-22-intake': {
    async up(database: Kysely<unknown>) {
      await database.schema
        .createTable('submission')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('door', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('received_at', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('fingerprint', 'text')
        .addColumn('arrival_key', 'text', (column) => column.unique())
        .addColumn('duplicate_of', 'text', (column) => column.references('submission.id'))
        .addColumn('reason_code', 'text')
        .addColumn('reason_message', 'text')
        .addColumn('mail', 'text')
        .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
        .execute()
      // One original for each fingerprint, however many doors report it at once.
      await database.schema
        .createIndex('submission_original')
        .on('submission')
        .column('fingerprint')
        .unique()
        .where('duplicate_of' as never, 'is', null)
        .execute()
      await database.schema.createIndex('submission_by_time').on('submission').columns(['received_at', 'id']).execute()
      await fileTable(database, 'submission_file')
      await fileTable(database, 'submission_paper')
      await database.schema
        .createTable('submission_problem')
        .addColumn('submission_id', 'text', (column) => column.notNull().references('submission.id'))
        .addColumn('stage', 'text', (column) => column.notNull())
        .addColumn('position', 'integer', (column) => column.notNull())
        .addColumn('file', 'text', (column) => column.notNull())
        .addColumn('code', 'text', (column) => column.notNull())
        .addColumn('message', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('submission_problem_key', ['submission_id', 'stage', 'position'])
        .execute()
      await database.schema
        .createTable('mailbox_message')
        .addColumn('mailbox', 'text', (column) => column.notNull())
        .addColumn('uid_validity', 'text', (column) => column.notNull())
        .addColumn('uid', 'bigint', (column) => column.notNull())
        .addColumn('submission_id', 'text', (column) => column.notNull().references('submission.id'))
        .addColumn('outcome', 'text', (column) => column.notNull())
        .addColumn('recorded_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('mailbox_message_key', ['mailbox', 'uid_validity', 'uid'])
        .execute()
    },
  },
  '2026-11-22-intake-trouble': {
    async up(database: Kysely<unknown>) {
      await database.schema
        .createTable('mailbox_trouble')
        .addColumn('mailbox', 'text', (column) => column.notNull())
        .addColumn('uid_validity', 'text', (column) => column.notNull())
        .addColumn('uid', 'bigint', (column) => column.notNull())
        .addColumn('tries', 'integer', (column) => column.notNull())
        .addColumn('withheld', 'integer', (column) => column.notNull())
        .addColumn('last_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('mailbox_trouble_key', ['mailbox', 'uid_validity', 'uid'])
        .execute()
    },
  },
  '2026-11-22-intake-folders': {
    async up(database: Kysely<unknown>) {
      await database.schema.alterTable('mailbox_message').addColumn('moved_to', 'text').execute()
      await database.schema
        .createTable('mailbox_reconciliation')
        .addColumn('mailbox', 'text', (column) => column.primaryKey())
        .addColumn('at', 'text', (column) => column.notNull())
        .addColumn('report', 'text', (column) => column.notNull())
        .execute()
    },
  },
}
