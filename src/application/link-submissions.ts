/** Which submissions an application's papers came with, and the papers that later ones took the place of. */
import type { ReadDocument } from '../flow.ts'
import type { Migrations } from '../platform/database/migrate.ts'
import type { Executor } from '../platform/database/open-database.ts'

export type LinkTables = {
  application_submission: { application_number: string; submission_id: string; linked_at: string }
  /** Kept for ever: what was wrong on them is part of the record. */
  former_document: { application_number: string; replaced_by: string; ordinal: number; document: string }
}

export const linkMigrations: Migrations = {
  '2026-11-22-later-papers': {
    async up(database) {
      await database.schema
        .createTable('application_submission')
        .addColumn('application_number', 'text', (column) => column.notNull().references('application.number'))
        .addColumn('submission_id', 'text', (column) => column.notNull())
        .addColumn('linked_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('application_submission_key', ['application_number', 'submission_id'])
        .execute()
      await database.schema
        .createIndex('application_submission_by_submission')
        .on('application_submission')
        .column('submission_id')
        .execute()
      await database.schema
        .createTable('former_document')
        .addColumn('application_number', 'text', (column) => column.notNull().references('application.number'))
        .addColumn('replaced_by', 'text', (column) => column.notNull())
        .addColumn('ordinal', 'integer', (column) => column.notNull())
        .addColumn('document', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('former_document_key', ['application_number', 'replaced_by', 'ordinal'])
        .execute()
      await database
        .withTables<LinkTables & { application: { number: string; submission_id: string; received_at: string } }>()
        .insertInto('application_submission')
        .columns(['application_number', 'submission_id', 'linked_at'])
        .expression((select) => select.selectFrom('application').select(['number', 'submission_id', 'received_at']))
        .execute()
    },
  },
}

export async function linkSubmission(executor: Executor, number: string, submissionId: string, at: string): Promise<void> {
  await executor
    .withTables<LinkTables>()
    .insertInto('application_submission')
    .values({ application_number: number, submission_id: submissionId, linked_at: at })
    .onConflict((conflict) => conflict.columns(['application_number', 'submission_id']).doNothing())
    .execute()
}

/** Applications that a submission opened or was joined to. */
export async function numbersOfSubmission(executor: Executor, submissionId: string): Promise<string[]> {
  const rows = await executor
    .withTables<LinkTables>()
    .selectFrom('application_submission')
    .select('application_number')
    .where('submission_id', '=', submissionId)
    .orderBy('application_number')
    .execute()
  return rows.map((row) => row.application_number)
}

export async function keepFormerDocuments(
  executor: Executor,
  number: string,
  replacedBy: string,
  documents: readonly ReadDocument[],
): Promise<void> {
  if (documents.length === 0) return
  await executor
    .withTables<LinkTables>()
    .insertInto('former_document')
    .values(
      documents.map((document, ordinal) => ({
        application_number: number,
        replaced_by: replacedBy,
        ordinal,
        document: JSON.stringify(document),
      })),
    )
    .execute()
}
