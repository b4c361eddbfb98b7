/** Judges an open application again after something about it changed; the new findings take the place of the old. */
import type { ReadDocument } from '../flow.ts'
import { serviceCodes, type ServiceCode } from '../guide/papers.ts'
import type { Executor } from '../platform/database/open-database.ts'
import type { Queue } from '../platform/queue/contract.ts'
import { startAgreements } from './agreements/start-agreements.ts'
import type { ApplicationTables } from './application-tables.ts'
import { dueAfterJudging } from './due-on.ts'
import { appendEvent } from './event-log.ts'
import { gatherContext, type LookUps } from './gather-context.ts'
import { enterpriseOf } from './judge/enterprise.ts'
import { decide, judge } from './judge/judge.ts'
import type { JudgedPapers } from './judge/papers.ts'
import { statusAfterJudging } from './leave-draft.ts'
import { linkEnterprise, linkOrders, replaceFindings, type ApplicationRow } from './store-applications.ts'

export type JudgedService = Pick<JudgedPapers, 'service' | 'told' | 'sheetServices'>

export interface JudgingParts extends LookUps {
  readonly queue: Queue
  readonly at: Date
}

/** Runs in the caller's transaction. `counts`: a decision on an older sight of it is stale. */
export async function judgeAgain(
  executor: Executor,
  { queue, at, ...lookUps }: JudgingParts,
  row: ApplicationRow,
  {
    documents,
    service,
    counts,
  }: { readonly documents: readonly ReadDocument[]; readonly service: JudgedService; readonly counts: boolean },
): Promise<ApplicationRow> {
  const enterprise = enterpriseOf(documents)
  const context = await gatherContext(executor, lookUps, at, {
    number: row.number,
    submissionId: row.submission_id,
    service: service.service,
    uscc: enterprise.uscc,
    documents,
    unreadFiles: Number(row.unread_files),
    openedSequence: Number(row.opened_sequence),
  })
  const { findings } = judge({ ...service, documents }, context)
  const stored = await replaceFindings(executor, row.number, findings)
  const open = stored.filter(({ dismissedBy }) => dismissedBy === null).map(({ finding }) => finding)
  const decision = decide(open)
  await linkOrders(executor, row.number, documents)
  await linkEnterprise(executor, enterprise, at.toISOString())
  await appendEvent(executor, {
    applicationNumber: row.number,
    at: at.toISOString(),
    actor: 'zhika',
    event: { type: 'judged', decision, findings: open.map(({ code }) => code) },
  })
  const status = await statusAfterJudging(executor, row, { ...service, documents }, at.toISOString())
  await startAgreements(executor, queue, { number: row.number, service: service.service })
  return updateRow(
    executor,
    row,
    {
      status,
      decision,
      service: service.service,
      service_told: service.told,
      sheet_services: JSON.stringify(service.sheetServices),
      enterprise_name: enterprise.name,
      enterprise_uscc: enterprise.uscc,
      due_on: dueAfterJudging(row, open, at.toISOString()),
    },
    counts,
  )
}

export function serviceOfRow(row: ApplicationRow): JudgedService {
  return {
    service: row.service,
    told: row.service_told as JudgedPapers['told'],
    sheetServices: JSON.parse(row.sheet_services) as ServiceCode[],
  }
}

/** The service that a clerk put on the sheet decides when the application was opened for another. */
export function serviceAfter(row: ApplicationRow, document: ReadDocument | undefined): JudgedService {
  const before = serviceOfRow(row)
  const ticked = document?.kind === 'registration-form' ? document.fields['services'] : undefined
  if (ticked?.source !== 'clerk' || !Array.isArray(ticked.value)) return before
  const services = serviceCodes.filter((code) => (ticked.value as readonly unknown[]).includes(code))
  const [first] = services
  if (!first) return before
  return { service: services.includes(before.service) ? before.service : first, told: 'ticked', sheetServices: services }
}

export async function updateRow(
  executor: Executor,
  row: ApplicationRow,
  change: Partial<ApplicationRow>,
  counts: boolean,
): Promise<ApplicationRow> {
  return executor
    .withTables<ApplicationTables>()
    .updateTable('application')
    .set({ ...change, version: Number(row.version) + (counts ? 1 : 0) })
    .where('number', '=', row.number)
    .where('version', '=', row.version)
    .returningAll()
    .executeTakeFirstOrThrow()
}
