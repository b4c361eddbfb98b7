/** What the desk asks of the other stages. `main.ts` joins them; nothing here knows how they do it. */
import type { Actor, Application, ApplicationSummary } from '../application/record.ts'
import type { Door, FieldContent, Problem } from '../flow.ts'
import type { DocumentKind } from '../guide/papers.ts'
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

/** One arrival (来件) as the desk lists it: how far it came through all stages. */
export interface Arrival {
  readonly id: string
  readonly door: Door
  readonly name: string
  readonly receivedAt: string
  /** `reading` until its papers became applications or something failed; `refused` was not taken in at all. */
  readonly state: 'reading' | 'done' | 'failed' | 'refused'
  /** The earlier arrival with the same bytes. */
  readonly duplicateOf: string | null
  readonly problems: readonly Problem[]
  /** Bytes of everything that arrived. */
  readonly size: number
  /** Names of the kept originals, in order. */
  readonly files: readonly string[]
  /** Numbers of the applications that came of it. */
  readonly applications: readonly string[]
  readonly canRetry: boolean
}

export interface ArrivalsPort {
  /** Newest first. */
  list(page: { limit: number; offset: number }): Promise<readonly Arrival[]>
  /** Takes what was uploaded as one submission; refuses what is empty or too large. */
  receive(upload: {
    name: string
    files: readonly { name: string; bytes: Uint8Array }[]
  }): Promise<Result<{ id: string; duplicateOf: string | null }>>
  /** Goes through a failed arrival again. */
  retry(id: string): Promise<Result<null>>
  /** The bytes of one original as they came; `file` counts from 0. */
  original(id: string, file: number): Promise<{ name: string; bytes: Uint8Array } | undefined>
  /** Arrivals that a person should look at. */
  countTroubled(): Promise<number>
}

// ── cards ────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface CardJob {
  readonly id: string
  readonly applicationNumber: string
  /** What to do, in a word for people: `制作操作员卡`. */
  readonly task: string
  readonly enterpriseName: string | null
  readonly holderName: string | null
  /** The card that it is about, when one is known. */
  readonly cardNumber: string | null
  /** Whether a card number must be given to complete it: a new card, or one whose number no paper told. */
  readonly needsCardNumber: boolean
  readonly state: 'queued' | 'done' | 'failed'
  readonly reason: string | null
  readonly queuedAt: string
}

export interface CardsPort {
  /** Oldest first. */
  listJobs(filter: { state?: CardJob['state']; applicationNumber?: string }): Promise<readonly CardJob[]>
  complete(id: string, cardNumber: string | null, actor: Actor): Promise<Result<null>>
  fail(id: string, reason: string, actor: Actor): Promise<Result<null>>
  /** Puts a failed job back into the queue. */
  reopen(id: string, actor: Actor): Promise<Result<null>>
  countQueued(): Promise<number>
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
