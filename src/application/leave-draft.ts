/**
 * Papers that do not say what is asked for are kept (暂存): parts of a set that came before its sheet, or somebody's mistake.
 * They are entered (已录入待初核) as soon as a sheet, or all papers together, say it.
 */
import type { ReadDocument } from '../flow.ts'
import type { DocumentKind } from '../guide/papers.ts'
import type { Executor } from '../platform/database/open-database.ts'
import { appendEvent } from './event-log.ts'
import type { JudgedPapers } from './judge/papers.ts'
import type { Status } from './record.ts'
import { transition } from './transition.ts'

/** The papers that ask for something. */
const sheets: readonly DocumentKind[] = ['registration-form', 'authorization-letter', 'change-request', 'cancellation-request']

export function isKept({ told, documents }: { readonly told: JudgedPapers['told']; readonly documents: readonly ReadDocument[] }): boolean {
  return told !== 'ticked' && !documents.some(({ kind }) => sheets.includes(kind))
}

/** The state in which papers stand after they were judged again; an entry of the log when they leave 暂存. */
export async function statusAfterJudging(
  executor: Executor,
  row: { readonly number: string; readonly status: Status; readonly service: JudgedPapers['service'] },
  papers: { readonly told: JudgedPapers['told']; readonly documents: readonly ReadDocument[] },
  at: string,
): Promise<Status> {
  const event = { type: 'submitted' } as const
  const next = isKept(papers) ? undefined : transition(row, event)
  if (!next?.ok) return row.status
  await appendEvent(executor, { applicationNumber: row.number, at, actor: 'zhika', event })
  return next.value
}
