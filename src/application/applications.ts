/** What the other stages ask of the record. `open-applications.ts` makes one. */
import type { Executor } from '../platform/database/open-database.ts'
import type { Result } from '../platform/result.ts'
import type { DocumentKind, ServiceCode } from '../guide/papers.ts'
import type { Decision, FieldContent } from '../flow.ts'
import type { Actor, Application, ApplicationEvent, ApplicationSummary, LoggedEvent, Status } from './record.ts'

export interface ApplicationFilter {
  readonly status?: readonly Status[]
  readonly service?: ServiceCode
  readonly decision?: Decision
  readonly submissionId?: string
  /** Part of an enterprise name, a credit code, or an application number. */
  readonly text?: string
  /** Only those whose next step is the applicant's and that nobody answered after two reminders. */
  readonly unanswered?: true
  /** Only those not decided yet that wait for the enterprise to confirm that no three-party agreement is in force. */
  readonly unconfirmed?: true
  /** Only those due on this office day or before. */
  readonly dueBy?: string
  readonly limit?: number
  readonly offset?: number
}

/** Every function takes the caller's executor, so that a change and the jobs it causes commit together. */
export interface Applications {
  find(executor: Executor, number: string): Promise<Application | undefined>
  /** Oldest first. */
  list(executor: Executor, filter: ApplicationFilter): Promise<ApplicationSummary[]>
  count(executor: Executor): Promise<Record<Status, number>>
  /** In all states: what is due on an office day (`YYYY-MM-DD`), what was due before, and who answers no reminder. */
  countDue(executor: Executor, today: string): Promise<{ today: number; overdue: number; unanswered: number }>
  events(executor: Executor, number: string): Promise<LoggedEvent[]>
  /** Records an event and the state it leads to; refuses what the state does not allow and a stale `version`. */
  advance(
    executor: Executor,
    number: string,
    event: ApplicationEvent,
    by: { actor: Actor; version?: number },
  ): Promise<Result<ApplicationSummary>>
  /** Puts a clerk's value in place of what was read, judges again, and records both. */
  correctField(
    executor: Executor,
    number: string,
    change: { document: number; field: string; value: FieldContent },
    by: { actor: Actor; version?: number },
  ): Promise<Result<Application>>
  /** Puts another kind to a paper that was taken for something else, judges again, and records both. */
  correctKind(
    executor: Executor,
    number: string,
    change: { document: number; kind: DocumentKind },
    by: { actor: Actor; version?: number },
  ): Promise<Result<Application>>
  /** Records that the cards of a parcel were counted, or a parcel refused; as long as nobody decided it, it is judged again. */
  recordParcel(
    executor: Executor,
    number: string,
    event: ApplicationEvent & { type: 'cards-counted' | 'cards-recounted' | 'parcel-refused' },
    by: { actor: Actor },
  ): Promise<Result<ApplicationSummary>>
  /** Whether the hash chain of the whole log holds; `brokenAt` is the first entry that does not. */
  verifyLog(executor: Executor): Promise<{ entries: number; brokenAt: number | null }>
}
