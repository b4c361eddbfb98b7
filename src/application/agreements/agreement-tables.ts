/** For each application that needs it, one row for each system: whether no three-party agreement (三方协议) is in force in it. */
import type { Migrations } from '../../platform/database/migrate.ts'
import type { Executor } from '../../platform/database/open-database.ts'
import type { AgreementRule } from '../../guide/services.ts'
import { services } from '../../guide/services.ts'
import type { ServiceCode } from '../../guide/papers.ts'
import type { AgreementMeans } from '../record.ts'

export type AgreementTables = {
  agreement: {
    application_number: string
    system: string
    /** Null while nobody has confirmed it. */
    confirmed_at: string | null
    means: AgreementMeans | null
    confirmed_by: string | null
  }
}

export const agreementMigrations: Migrations = {
  '2026-11-22-agreements': {
    async up({ schema }) {
      await schema
        .createTable('agreement')
        .addColumn('application_number', 'text', (column) => column.notNull().references('application.number'))
        .addColumn('system', 'text', (column) => column.notNull())
        .addColumn('confirmed_at', 'text')
        .addColumn('means', 'text')
        .addColumn('confirmed_by', 'text')
        .addPrimaryKeyConstraint('agreement_key', ['application_number', 'system'])
        .execute()
    },
  },
}

/** One system as the guide names it, and how it stands. Instants are ISO 8601 in UTC. */
export interface AgreementState extends AgreementRule {
  readonly confirmed: { readonly at: string; readonly means: AgreementMeans; readonly by: string } | null
}

/** The systems that the service asks about, in the order of the guide; none where it asks about none. */
export async function readAgreements(
  executor: Executor,
  { number, service }: { readonly number: string | null; readonly service: ServiceCode },
): Promise<AgreementState[]> {
  const { agreements } = services[service]
  const rows =
    agreements.length === 0 || number === null
      ? []
      : await executor
          .withTables<AgreementTables>()
          .selectFrom('agreement')
          .selectAll()
          .where('application_number', '=', number)
          .where('confirmed_at', 'is not', null)
          .execute()
  return agreements.map((rule) => {
    const row = rows.find(({ system }) => system === rule.system)
    const confirmed = row?.confirmed_at && row.means ? { at: row.confirmed_at, means: row.means, by: row.confirmed_by ?? '' } : null
    return { ...rule, confirmed }
  })
}

/** Those that nobody has confirmed yet. */
export async function openAgreements(
  executor: Executor,
  application: { readonly number: string | null; readonly service: ServiceCode },
): Promise<AgreementState[]> {
  return (await readAgreements(executor, application)).filter(({ confirmed }) => confirmed === null)
}

export async function writeAgreement(executor: Executor, row: AgreementTables['agreement']): Promise<void> {
  const { confirmed_at, means, confirmed_by } = row
  await executor
    .withTables<AgreementTables>()
    .insertInto('agreement')
    .values(row)
    .onConflict((conflict) => conflict.columns(['application_number', 'system']).doUpdateSet({ confirmed_at, means, confirmed_by }))
    .execute()
}
