/** Records that no three-party agreement (三方协议) is in force in a system, or that a confirmation does not hold. */
import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/open-database.ts'
import type { Queue } from '../../platform/queue/contract.ts'
import { done, refuse, type Result } from '../../platform/result.ts'
import { appendEvent } from '../event-log.ts'
import type { LookUps } from '../gather-context.ts'
import { judgeAgain, serviceOfRow } from '../judge-again.ts'
import { passPreCheck } from '../pass-pre-check.ts'
import type { Actor, AgreementMeans, ApplicationEvent } from '../record.ts'
import { findRow, readDocuments, type ApplicationRow } from '../store-applications.ts'
import { transition } from '../transition.ts'
import { openAgreements, readAgreements, writeAgreement } from './agreement-tables.ts'

export interface ConfirmingParts extends LookUps {
  readonly clock: Clock
  readonly queue: Queue
}

export interface Confirmation {
  readonly means: AgreementMeans
  /** Who says so: the sender of the mail, the name given on the page or on the telephone. */
  readonly by: string
  readonly reason: string | null
  readonly submissionId: string | null
  readonly actor: Actor
}

/** In the caller's transaction; a repeat changes nothing, whoever said it first stays. */
export async function confirmAgreement(
  transaction: Executor,
  parts: ConfirmingParts,
  number: string,
  system: string,
  { actor, ...said }: Confirmation,
): Promise<Result<'confirmed' | 'already'>> {
  const asked = await findAsked(transaction, number, system)
  if (!asked.ok) return asked
  if (asked.value.confirmed) return done('already')
  const at = parts.clock.now()
  const row = { application_number: number, system, confirmed_at: at.toISOString(), means: said.means, confirmed_by: said.by }
  const changed = await change(transaction, parts, asked.value.row, { type: 'agreement-confirmed', system, ...said }, actor, () =>
    writeAgreement(transaction, row),
  )
  if (!changed.ok) return changed
  if ((await openAgreements(transaction, asked.value.row)).length === 0)
    await passPreCheck(transaction, { queue: parts.queue, now: at }, number)
  return done('confirmed')
}

/** In the caller's transaction. */
export async function reopenAgreement(
  transaction: Executor,
  parts: ConfirmingParts,
  number: string,
  system: string,
  { reason, actor }: { readonly reason: string; readonly actor: Actor },
): Promise<Result<'reopened'>> {
  const asked = await findAsked(transaction, number, system)
  if (!asked.ok) return asked
  if (!asked.value.confirmed) return refuse('agreement-open', '这个系统还没有确认，无须撤销，请刷新页面')
  const row = { application_number: number, system, confirmed_at: null, means: null, confirmed_by: null }
  const changed = await change(transaction, parts, asked.value.row, { type: 'agreement-reopened', system, reason }, actor, () =>
    writeAgreement(transaction, row),
  )
  return changed.ok ? done('reopened') : changed
}

async function findAsked(
  transaction: Executor,
  number: string,
  system: string,
): Promise<Result<{ row: ApplicationRow; confirmed: boolean }>> {
  const row = await findRow(transaction, number)
  if (!row) return refuse('application-unknown', `没有编号为 ${number} 的申请，请核对编号`)
  const agreement = (await readAgreements(transaction, row)).find((one) => one.system === system)
  if (!agreement) return refuse('agreement-unknown', '该申请不需要确认这个系统的三方协议，请刷新页面')
  return done({ row, confirmed: agreement.confirmed !== null })
}

async function change(
  transaction: Executor,
  { clock, queue, ...lookUps }: ConfirmingParts,
  row: ApplicationRow,
  event: ApplicationEvent,
  actor: Actor,
  write: () => Promise<void>,
): Promise<Result<ApplicationRow>> {
  const allowed = transition(row, event)
  if (!allowed.ok) return allowed
  const at = clock.now()
  await appendEvent(transaction, { applicationNumber: row.number, at: at.toISOString(), actor, event })
  await write()
  const documents = await readDocuments(transaction, row.number)
  // What the clerk or the applicant was doing goes on: the version stays.
  const judging = { documents, service: serviceOfRow(row), counts: false }
  return done(await judgeAgain(transaction, { queue, at, ...lookUps }, row, judging))
}
