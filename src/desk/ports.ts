/** What the desk asks of the other stages. `main.ts` joins them; nothing here knows how they do it. */
import type { Actor, Application, ApplicationSummary } from '../application/record.ts'
import type { Door, FieldContent, Problem } from '../flow.ts'
import type { DocumentKind } from '../guide/papers.ts'
import type { Executor } from '../platform/database/open-database.ts'
import type { Result } from '../platform/result.ts'

// ── review ───────────────────────────────────────────────────────────────────────────────────────────────────────

export interface By {
  readonly actor: Actor
  readonly version: number
}

export interface ReviewPort {
  startReview(number: string, by: By): Promise<Result<ApplicationSummary>>
  accept(number: string, by: By, override?: { readonly remark: string }): Promise<Result<ApplicationSummary>>
  sendBack(number: string, what: { readonly remark: string | null }, by: By): Promise<Result<ApplicationSummary>>
  refuse(number: string, what: { readonly reason: string }, by: By): Promise<Result<ApplicationSummary>>
  withdraw(number: string, what: { readonly reason: string }, by: By): Promise<Result<ApplicationSummary>>
  correctField(number: string, change: { document: number; field: string; value: FieldContent }, by: By): Promise<Result<Application>>
  correctKind(number: string, change: { document: number; kind: DocumentKind }, by: By): Promise<Result<Application>>
}

// ── intake ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** One arrival (来件) as intake keeps it. */
export interface Arrival {
  readonly id: string
  readonly door: Door
  readonly name: string
  readonly receivedAt: string
  readonly state: 'received' | 'unpacked' | 'failed' | 'refused' | 'duplicate'
  /** The arrival with the same bytes that came first. */
  readonly duplicateOf: string | null
  /** Why it is `failed` or `refused`. */
  readonly reason: { readonly code: string; readonly message: string } | null
}

export interface ArrivalDetails extends Arrival {
  readonly files: readonly { readonly file: string; readonly size: number }[]
  readonly problems: readonly Problem[]
}

export interface IntakePort {
  /** Newest first. */
  list(filter: { readonly limit: number; readonly offset: number }): Promise<readonly Arrival[]>
  find(id: string): Promise<ArrivalDetails | undefined>
  count(): Promise<Record<Arrival['state'], number>>
  receive(arrival: {
    readonly door: 'upload'
    readonly name: string
    readonly files: readonly { readonly file: string; readonly bytes: Uint8Array }[]
  }): Promise<{
    readonly submissionId: string
    readonly duplicateOf: string | null
    readonly refused: { readonly code: string; readonly message: string } | null
  }>
  retry(id: string): Promise<Result<unknown>>
  /** The bytes of an original, by its name inside the arrival. */
  bytesOf(id: string, file: string): Promise<Uint8Array | undefined>
}

export interface ReadingPort {
  /** What could not be read of an arrival; undefined as long as it has not been read. */
  problemsOf(submissionId: string): Promise<readonly Problem[] | undefined>
}

// ── cards ────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface CardJob {
  readonly id: string
  readonly applicationNumber: string
  readonly kind: 'make' | 'rewrite' | 'renew' | 'unlock' | 'void' | 'hand-out-reader'
  readonly cardKind: 'legal' | 'operator' | null
  readonly enterpriseName: string | null
  readonly holderName: string | null
  /** The card that it is about; null as long as a new one has no number. */
  readonly cardNumber: string | null
  readonly quantity: number
  readonly state: 'queued' | 'failed' | 'done'
  readonly reason: string | null
  readonly queuedAt: string
}

export interface CardsPort {
  /** Oldest first. */
  listJobs(filter: { state: CardJob['state'] }): Promise<readonly CardJob[]>
  jobsOf(executor: Executor, applicationNumber: string): Promise<readonly CardJob[]>
  complete(id: string, what: { cardNumber: string | null; holderName: string | null; actor: Actor }): Promise<Result<unknown>>
  fail(id: string, what: { reason: string; actor: Actor }): Promise<Result<unknown>>
  /** Puts a failed job back into the queue. */
  reopen(id: string): Promise<Result<unknown>>
}

// ── dispatch ─────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Handover {
  readonly applicationNumber: string
  readonly method: 'post' | 'window'
  readonly state: 'prepared' | 'handed-over'
  readonly enterpriseName: string | null
  readonly recipientName: string | null
  readonly waybillNumber: string | null
  readonly noticeNumber: string | null
  readonly preparedAt: string
  readonly handedOverAt: string | null
  /** The printed papers of it. */
  readonly prints: readonly { readonly id: string; readonly title: string }[]
}

export interface Letter {
  readonly id: string
  readonly applicationNumber: string
  /** `补正通知` … */
  readonly title: string
  readonly subject: string
  readonly to: string | null
  readonly state: 'written' | 'sent' | 'unknown' | 'failed'
  readonly writtenAt: string
  readonly sentAt: string | null
  readonly text: string
}

/** Numbers given by the office, each used once. */
export interface WaybillRange {
  readonly first: string
  readonly last: string
  readonly used: number
  readonly left: number
}

export interface DispatchPort {
  list(filter: { state?: Handover['state']; applicationNumber?: string }): Promise<readonly Handover[]>
  handToCourier(applicationNumber: string, actor: Actor): Promise<Result<null>>
  markPickedUp(applicationNumber: string, actor: Actor): Promise<Result<null>>
  /** The PDF of a waybill or notice. */
  print(id: string): Promise<{ name: string; bytes: Uint8Array } | undefined>
  /** The letters written, newest first. */
  letters(filter: { applicationNumber?: string; limit: number; offset: number }): Promise<readonly Letter[]>
  ranges(): Promise<readonly WaybillRange[]>
  countWaiting(): Promise<number>
}

// ── platform ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** One thing that must work, with what to do when it does not. */
export interface Check {
  readonly name: string
  readonly ok: boolean
  readonly message: string
}
