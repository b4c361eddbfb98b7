/** What changes an application once it is open; every change is an entry of the log in the same transaction. */
import type { Decision, FieldContent, FieldValue, ReadDocument } from '../flow.ts'
import { normalizeIdNumber } from '../guide/identifiers/id-number.ts'
import { normalizePhone } from '../guide/identifiers/phone.ts'
import { normalizeUscc } from '../guide/identifiers/uscc.ts'
import { documentFields, documentTitles, serviceCodes, type DocumentKind, type FieldType } from '../guide/papers.ts'
import { officeDay, type Clock } from '../platform/clock.ts'
import type { Executor } from '../platform/database/open-database.ts'
import type { Queue } from '../platform/queue/contract.ts'
import { done, refuse, type Refusal, type Result } from '../platform/result.ts'
import { openAgreements } from './agreements/agreement-tables.ts'
import { closeLater, handedOver } from './close-later.ts'
import { handoverDueOn, reviewDueOn } from './due-on.ts'
import { appendEvent } from './event-log.ts'
import type { LookUps } from './gather-context.ts'
import { decide } from './judge/judge.ts'
import { judgeAgain, serviceAfter, serviceOfRow, updateRow } from './judge-again.ts'
import type { Actor, Application, ApplicationEvent, ApplicationSummary, Status } from './record.ts'
import {
  asApplication,
  asSummary,
  dismissFinding,
  findRow,
  readDocuments,
  readFindings,
  updateDocument,
  type ApplicationRow,
} from './store-applications.ts'
import { countsAsChange, transition, undecided } from './transition.ts'

interface By {
  readonly actor: Actor
  /** The version that the decision was made on; not said by `zhika` itself. */
  readonly version?: number
}

export interface ChangingParts extends LookUps {
  readonly clock: Clock
  readonly queue: Queue
}

/** Events that only this file records, together with what they change. */
const ownEvents: readonly ApplicationEvent['type'][] = [
  'opened',
  'judged',
  'papers-joined',
  'field-corrected',
  'kind-corrected',
  'agreement-confirmed',
  'agreement-reopened',
  'cards-counted',
  'cards-recounted',
  'parcel-refused',
  'submitted',
]

/** Guide 九2(1): the legal person's card is needed to end agreements. It is neither asked for nor voided before. */
const afterAgreements: readonly ApplicationEvent['type'][] = ['accepted', 'pre-check-passed']

/** Records an event and the state it leads to. */
export async function advanceApplication(
  executor: Executor,
  { clock, queue }: Pick<ChangingParts, 'clock' | 'queue'>,
  number: string,
  event: ApplicationEvent,
  by: By,
): Promise<Result<ApplicationSummary>> {
  return inTransaction(executor, async (transaction) => {
    const row = await findRow(transaction, number)
    const refusal = refuseStale(row, number, by)
    if (refusal || !row) return refusal ?? unknown(number)
    if (ownEvents.includes(event.type)) return refuse('not-allowed', '内容请在材料上更正，不能直接登记')
    const next = transition(row, event)
    if (!next.ok) return next
    const forbidden = afterAgreements.includes(event.type) ? await refuseUnconfirmed(transaction, row) : undefined
    if (forbidden) return forbidden
    let decision = row.decision
    if (event.type === 'finding-dismissed') {
      const dismissed = await dismiss(transaction, number, event, by.actor)
      if (!dismissed.ok) return dismissed
      decision = dismissed.value
    }
    const at = clock.now().toISOString()
    const due_on = dueOnAfter(row, next.value, event, at)
    const changed = await updateRow(transaction, row, { status: next.value, decision, due_on }, countsAsChange(event))
    await appendEvent(transaction, { applicationNumber: number, at, actor: by.actor, event })
    if (handedOver.includes(next.value) && next.value !== row.status) await closeLater(transaction, queue, number, new Date(at))
    return done(asSummary(changed))
  })
}

/** Puts a clerk's value in place of what was read, judges again, and records both. */
export async function correctField(
  executor: Executor,
  parts: ChangingParts,
  number: string,
  change: { readonly document: number; readonly field: string; readonly value: FieldContent },
  by: By,
): Promise<Result<Application>> {
  return correct(executor, parts, number, change.document, by, (document) => {
    const definition = documentFields[document.kind].find(({ name }) => name === change.field)
    if (!definition) return refuse('field-unknown', `${documentTitles[document.kind]}没有这一栏，请刷新后再试`)
    const value = canonicalContent(definition.type, change.value)
    if (value === undefined) return refuse('value-wrong', `“${definition.label}”的内容不正确，请重新填写`)
    const before = document.fields[change.field]
    const corrected: FieldValue = {
      value,
      confidence: 1,
      source: 'clerk',
      page: before?.page ?? 0,
      box: before?.box ?? null,
      certain: true,
      evidence: ['clerk'],
    }
    const event = {
      type: 'field-corrected',
      document: change.document,
      field: change.field,
      from: before?.value ?? null,
      to: value,
    } as const
    return done({ document: { ...document, fields: { ...document.fields, [change.field]: corrected } }, event })
  })
}

/** Puts another kind to a paper that was taken for something else, judges again, and records both. */
export async function correctKind(
  executor: Executor,
  parts: ChangingParts,
  number: string,
  change: { readonly document: number; readonly kind: DocumentKind },
  by: By,
): Promise<Result<Application>> {
  return correct(executor, parts, number, change.document, by, (document) => {
    const names = new Set(documentFields[change.kind].map(({ name }) => name))
    const fields = Object.fromEntries(Object.entries(document.fields).filter(([name]) => names.has(name)))
    const event = { type: 'kind-corrected', document: change.document, from: document.kind, to: change.kind } as const
    return done({ document: { ...document, kind: change.kind, confidence: 1, fields }, event })
  })
}

/** Records what the parcel desk did for an application and judges it again; a card that was missing answers a return. */
export async function recordParcel(
  executor: Executor,
  { clock, queue, ...lookUps }: ChangingParts,
  number: string,
  event: ApplicationEvent & { type: 'cards-counted' | 'cards-recounted' | 'parcel-refused' },
  by: By,
): Promise<Result<ApplicationSummary>> {
  return inTransaction(executor, async (transaction) => {
    const row = await findRow(transaction, number)
    if (!row) return unknown(number)
    const status = transition(row, event)
    if (!status.ok) return status
    const at = clock.now()
    await appendEvent(transaction, { applicationNumber: number, at: at.toISOString(), actor: by.actor, event })
    if (!undecided.includes(row.status)) return done(asSummary(row))
    const judged = await judgeAgain(transaction, { queue, at, ...lookUps }, row, {
      documents: await readDocuments(transaction, number),
      service: serviceOfRow(row),
      counts: event.type !== 'parcel-refused',
    })
    if (status.value === row.status) return done(asSummary(judged))
    const due_on = reviewDueOn(at.toISOString())
    return done(asSummary(await updateRow(transaction, judged, { status: status.value, due_on }, false)))
  })
}

type Mend = (document: ReadDocument) => Result<{ document: ReadDocument; event: ApplicationEvent }>

async function correct(
  executor: Executor,
  { clock, queue, ...lookUps }: ChangingParts,
  number: string,
  ordinal: number,
  by: By,
  mend: Mend,
): Promise<Result<Application>> {
  return inTransaction(executor, async (transaction) => {
    const row = await findRow(transaction, number)
    const refusal = refuseStale(row, number, by)
    if (refusal || !row) return refusal ?? unknown(number)
    const documents = await readDocuments(transaction, number)
    const document = documents[ordinal]
    if (!document) return refuse('document-unknown', '该申请没有这份材料，请刷新后再试')
    const mended = mend(document)
    if (!mended.ok) return mended
    const allowed = transition(row, mended.value.event)
    if (!allowed.ok) return allowed
    documents[ordinal] = mended.value.document
    await updateDocument(transaction, number, ordinal, mended.value.document)
    const at = clock.now()
    await appendEvent(transaction, { applicationNumber: number, at: at.toISOString(), actor: by.actor, event: mended.value.event })
    const changed = await judgeAgain(transaction, { queue, at, ...lookUps }, row, {
      documents,
      service: serviceAfter(row, documents[ordinal]),
      counts: true,
    })
    return done(await asApplication(transaction, changed))
  })
}

async function dismiss(
  executor: Executor,
  number: string,
  event: ApplicationEvent & { type: 'finding-dismissed' },
  actor: Actor,
): Promise<Result<Decision>> {
  const open = (await readFindings(executor, number)).filter(({ dismissedBy }) => dismissedBy === null)
  const target = open[event.finding]
  if (!target || target.finding.code !== event.code) return refuse('finding-unknown', '该申请没有这项问题，请刷新后再试')
  await dismissFinding(executor, number, target.ordinal, actor)
  return done(decide(open.filter((other) => other !== target).map(({ finding }) => finding)))
}

async function refuseUnconfirmed(executor: Executor, row: ApplicationRow): Promise<Refusal | undefined> {
  const open = await openAgreements(executor, row)
  if (open.length === 0) return undefined
  const titles = open.map(({ title }) => `“${title}”`).join('')
  return refuse('agreements-unconfirmed', `企业尚未确认${titles}中没有生效的三方协议，请等待回复，或电话核实后登记`)
}

/** In these states nothing is due from the office. */
const nothingDue: readonly Status[] = [
  'returned',
  'awaiting-cards',
  'awaiting-pickup',
  'posted',
  'delivered',
  'undelivered',
  'picked-up',
  'closed',
  'refused',
  'withdrawn',
]

function dueOnAfter(row: ApplicationRow, status: Status, event: ApplicationEvent, at: string): string | null {
  // The clerk's turn again: to call, to refuse or to wait on.
  if (event.type === 'unanswered') return officeDay(new Date(at))
  if (nothingDue.includes(status)) return event.type === 'letter-written' || event.type === 'letter-sent' ? row.due_on : null
  const isAnew = row.due_on === null && (event.type === 'handover-prepared' || event.type === 'card-job-reopened')
  return event.type === 'accepted' || isAnew ? handoverDueOn(row.service, at) : row.due_on
}

const unknown = (number: string) => refuse('application-unknown', `没有编号为 ${number} 的申请，请核对编号`)

function refuseStale(row: ApplicationRow | undefined, number: string, by: By): Refusal | undefined {
  if (!row) return unknown(number)
  if (by.version !== undefined && Number(row.version) !== by.version) return refuse('stale', '该申请已被他人处理，请刷新')
  return undefined
}

/** Joins the caller's transaction, or opens one when the caller has none. */
async function inTransaction<Value>(executor: Executor, work: (transaction: Executor) => Promise<Value>): Promise<Value> {
  return executor.isTransaction ? work(executor) : executor.transaction().execute(work)
}

/** The longest value a clerk may type, in characters. */
const longestValue = 2000

/** A clerk's value in canonical form; undefined when it cannot be one of this type. */
function canonicalContent(type: FieldType, value: FieldContent): FieldContent | undefined {
  if (value === null) return null
  if (JSON.stringify(value).length > longestValue) return undefined
  if (type === 'services')
    return Array.isArray(value) && value.every((code) => (serviceCodes as readonly unknown[]).includes(code)) ? value : undefined
  if (type === 'list') return Array.isArray(value) && value.every((entry) => typeof entry === 'string') ? value : undefined
  if (type === 'items') return Array.isArray(value) && value.every((entry) => typeof entry === 'object') ? value : undefined
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  if (text === '') return null
  if (type === 'uscc') return normalizeUscc(text)
  if (type === 'id-number' || type === 'card-number') return normalizeIdNumber(text)
  if (type === 'phone') return normalizePhone(text)
  return text
}
