/** Rows to records and back. */
import { sql, type Selectable } from 'kysely'
import type { Finding, ReadDocument } from '../flow.ts'
import { isValidUscc } from '../guide/identifiers/uscc.ts'
import { serviceCodes, type ServiceCode } from '../guide/papers.ts'
import { services } from '../guide/services.ts'
import type { Executor } from '../platform/database/open-database.ts'
import type { AgreementTables } from './agreements/agreement-tables.ts'
import type { ApplicationTables } from './application-tables.ts'
import type { ApplicationFilter } from './applications.ts'
import type { UsedOrder } from './judge/papers.ts'
import { statusTitles, type Application, type ApplicationSummary, type Enterprise, type Status } from './record.ts'
import { undecided } from './transition.ts'

export type ApplicationRow = Selectable<ApplicationTables['application']>

export async function findRow(executor: Executor, number: string): Promise<ApplicationRow | undefined> {
  return executor.withTables<ApplicationTables>().selectFrom('application').selectAll().where('number', '=', number).executeTakeFirst()
}

export function asSummary(row: ApplicationRow): ApplicationSummary {
  return {
    number: row.number,
    service: row.service,
    status: row.status,
    decision: row.decision,
    enterprise: { name: row.enterprise_name, uscc: row.enterprise_uscc },
    submissionId: row.submission_id,
    door: row.door,
    receivedAt: row.received_at,
    dueOn: row.due_on,
    version: Number(row.version),
  }
}

export async function asApplication(executor: Executor, row: ApplicationRow): Promise<Application> {
  return {
    ...asSummary(row),
    documents: await readDocuments(executor, row.number),
    findings: (await readFindings(executor, row.number)).filter(({ dismissedBy }) => dismissedBy === null).map(({ finding }) => finding),
    replyTo: row.reply_address ? { address: row.reply_address, subject: row.reply_subject ?? '', messageId: row.reply_message_id } : null,
  }
}

export async function readDocuments(executor: Executor, number: string): Promise<ReadDocument[]> {
  const rows = await executor
    .withTables<ApplicationTables>()
    .selectFrom('application_document')
    .select('document')
    .where('application_number', '=', number)
    .orderBy('ordinal')
    .execute()
  return rows.map(({ document }) => JSON.parse(document) as ReadDocument)
}

export async function insertDocuments(executor: Executor, number: string, documents: readonly ReadDocument[]): Promise<void> {
  if (documents.length === 0) return
  await executor
    .withTables<ApplicationTables>()
    .insertInto('application_document')
    .values(documents.map((document, ordinal) => ({ application_number: number, ordinal, document: JSON.stringify(document) })))
    .execute()
}

export async function updateDocument(executor: Executor, number: string, ordinal: number, document: ReadDocument): Promise<void> {
  await executor
    .withTables<ApplicationTables>()
    .updateTable('application_document')
    .set({ document: JSON.stringify(document) })
    .where('application_number', '=', number)
    .where('ordinal', '=', ordinal)
    .execute()
}

export interface StoredFinding {
  readonly ordinal: number
  readonly finding: Finding
  readonly dismissedBy: string | null
}

export async function readFindings(executor: Executor, number: string): Promise<StoredFinding[]> {
  const rows = await executor
    .withTables<ApplicationTables>()
    .selectFrom('finding')
    .selectAll()
    .where('application_number', '=', number)
    .orderBy('ordinal')
    .execute()
  return rows.map((row) => ({ ordinal: Number(row.ordinal), finding: JSON.parse(row.finding) as Finding, dismissedBy: row.dismissed_by }))
}

/** Puts these findings in place of the former ones; what a clerk dismissed stays dismissed. */
export async function replaceFindings(executor: Executor, number: string, findings: readonly Finding[]): Promise<StoredFinding[]> {
  const tables = executor.withTables<ApplicationTables>()
  const dismissed = new Map(
    (await readFindings(executor, number)).flatMap(({ finding, dismissedBy }) =>
      dismissedBy ? [[JSON.stringify(finding), dismissedBy]] : [],
    ),
  )
  await tables.deleteFrom('finding').where('application_number', '=', number).execute()
  const stored = findings.map((finding, ordinal) => ({ ordinal, finding, dismissedBy: dismissed.get(JSON.stringify(finding)) ?? null }))
  if (stored.length > 0)
    await tables
      .insertInto('finding')
      .values(
        stored.map(({ ordinal, finding, dismissedBy }) => ({
          application_number: number,
          ordinal,
          finding: JSON.stringify(finding),
          dismissed_by: dismissedBy,
        })),
      )
      .execute()
  return stored
}

export async function dismissFinding(executor: Executor, number: string, ordinal: number, actor: string): Promise<void> {
  await executor
    .withTables<ApplicationTables>()
    .updateTable('finding')
    .set({ dismissed_by: actor })
    .where('application_number', '=', number)
    .where('ordinal', '=', ordinal)
    .execute()
}

/** Remembers the enterprise by its credit code, with the name as first and as last read. */
export async function linkEnterprise(executor: Executor, { uscc, name }: Enterprise, at: string): Promise<void> {
  if (!uscc || !isValidUscc(uscc)) return
  await executor
    .withTables<ApplicationTables>()
    .insertInto('enterprise')
    .values({ uscc, first_name: name, last_name: name, first_seen_at: at, last_seen_at: at })
    .onConflict((conflict) =>
      conflict.column('uscc').doUpdateSet({ last_name: sql`coalesce(excluded.last_name, enterprise.last_name)`, last_seen_at: at }),
    )
    .execute()
}

const orderNumbersOf = (documents: readonly ReadDocument[]) => [
  ...new Set(
    documents.flatMap(({ kind, fields }) => {
      const order = fields['orderNumber']?.value
      return kind === 'payment-proof' && typeof order === 'string' && order !== '' ? [order] : []
    }),
  ),
]

/** Remembers which orders an application's payment proofs name, in place of what was remembered before. */
export async function linkOrders(executor: Executor, number: string, documents: readonly ReadDocument[]): Promise<void> {
  const tables = executor.withTables<ApplicationTables>()
  await tables.deleteFrom('payment_order').where('application_number', '=', number).execute()
  const orders = orderNumbersOf(documents)
  if (orders.length === 0) return
  await tables
    .insertInto('payment_order')
    .values(orders.map((order_number) => ({ order_number, application_number: number })))
    .execute()
}

/** Orders of these papers that an earlier application of another submission used and neither lost nor gave back. */
export async function findUsedOrders(
  executor: Executor,
  documents: readonly ReadDocument[],
  own: {
    readonly submissionId: string
    readonly service: ServiceCode
    readonly uscc: string | null
    readonly openedSequence: number | null
  },
): Promise<UsedOrder[]> {
  const orders = orderNumbersOf(documents)
  if (orders.length === 0) return []
  let query = executor
    .withTables<ApplicationTables>()
    .selectFrom('payment_order')
    .innerJoin('application', 'application.number', 'payment_order.application_number')
    .select([
      'payment_order.order_number',
      'application.number',
      'application.service',
      'application.enterprise_uscc',
      'application.submission_id',
    ])
    .where('payment_order.order_number', 'in', orders)
    .where('application.status', 'not in', ['refused', 'withdrawn', 'returned'])
    .orderBy('application.opened_sequence')
  if (own.openedSequence !== null) query = query.where('application.opened_sequence', '<', own.openedSequence)
  // Several services of one enterprise may be paid for by one order; several enterprises in one envelope may not.
  const isOther = (uscc: string | null) => uscc !== own.uscc && isValidUscc(uscc ?? '') && isValidUscc(own.uscc ?? '')
  const used = (await query.execute()).filter((row) => row.submission_id !== own.submissionId || isOther(row.enterprise_uscc))
  return used.map((row) => ({
    orderNumber: row.order_number,
    applicationNumber: row.number,
    sameRequest: row.service === own.service && row.enterprise_uscc !== null && row.enterprise_uscc === own.uscc,
  }))
}

export async function listRows(executor: Executor, filter: ApplicationFilter): Promise<ApplicationRow[]> {
  let query = executor.withTables<ApplicationTables & AgreementTables>().selectFrom('application').selectAll()
  if (filter.status) query = query.where('status', 'in', filter.status.length > 0 ? [...filter.status] : ['draft'])
  if (filter.status?.length === 0) return []
  if (filter.service) query = query.where('service', '=', filter.service)
  if (filter.decision) query = query.where('decision', '=', filter.decision)
  if (filter.unanswered) query = query.where('status', 'in', ['returned', 'awaiting-cards']).where('due_on', 'is not', null)
  if (filter.unconfirmed) {
    // Of the systems that the guide asks about today.
    const asking = serviceCodes.filter((code) => services[code].agreements.length > 0)
    query = query.where('status', 'in', [...undecided]).where(({ eb, and, or, selectFrom }) =>
      or(
        asking.map((code) => {
          const systems = services[code].agreements.map(({ system }) => system)
          const confirmed = selectFrom('agreement')
            .select(({ fn }) => fn.countAll().as('systems'))
            .whereRef('agreement.application_number', '=', 'application.number')
            .where('agreement.confirmed_at', 'is not', null)
            .where('agreement.system', 'in', systems)
          return and([eb('service', '=', code), eb(confirmed, '<', systems.length)])
        }),
      ),
    )
  }
  if (filter.dueBy !== undefined) query = query.where('due_on', '<=', filter.dueBy)
  if (filter.submissionId) {
    const { submissionId } = filter
    query = query.where('number', 'in', (select) =>
      select.selectFrom('application_submission').select('application_number').where('submission_id', '=', submissionId),
    )
  }
  const text = filter.text?.trim()
  if (text) {
    const pattern = `%${text.replace(/[\\%_]/gu, String.raw`\$&`)}%`
    const holds = (column: 'number' | 'enterprise_name' | 'enterprise_uscc') =>
      sql<boolean>`upper(${sql.ref(column)}) like upper(${pattern}) escape '\\'`
    query = query.where((where) => where.or([holds('number'), holds('enterprise_name'), holds('enterprise_uscc')]))
  }
  // Oldest first; the serial keeps applications of one submission in the order of the sheet.
  query = query.orderBy('received_at').orderBy('opened_sequence')
  if (filter.limit !== undefined || filter.offset !== undefined) query = query.limit(filter.limit ?? 1_000_000).offset(filter.offset ?? 0)
  return query.execute()
}

export async function countRows(executor: Executor): Promise<Record<Status, number>> {
  const rows = await executor
    .withTables<ApplicationTables>()
    .selectFrom('application')
    .select(['status', (select) => select.fn.countAll().as('applications')])
    .groupBy('status')
    .execute()
  const counts = Object.fromEntries(Object.keys(statusTitles).map((status) => [status, 0])) as Record<Status, number>
  for (const row of rows) counts[row.status] = Number(row.applications)
  return counts
}

export async function countDueRows(executor: Executor, today: string): Promise<{ today: number; overdue: number; unanswered: number }> {
  const rows = await executor
    .withTables<ApplicationTables>()
    .selectFrom('application')
    .select(['due_on', 'status', (select) => select.fn.countAll().as('applications')])
    .where('due_on', '<=', today)
    .groupBy(['due_on', 'status'])
    .execute()
  const counts = { today: 0, overdue: 0, unanswered: 0 }
  for (const { due_on, status, applications } of rows) {
    if (due_on === today) counts.today += Number(applications)
    else counts.overdue += Number(applications)
    if (status === 'returned' || status === 'awaiting-cards') counts.unanswered += Number(applications)
  }
  return counts
}
