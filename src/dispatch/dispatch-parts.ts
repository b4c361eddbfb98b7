/** What the dispatch stage is made of. */
import type { Applications } from '../application/applications.ts'
import type { Actor } from '../application/record.ts'
import type { MailFacts, Problem, ReadDocument } from '../flow.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database, Executor } from '../platform/database/open-database.ts'
import type { FileStore } from '../platform/files/file-store.ts'
import type { Ids } from '../platform/ids.ts'
import type { Log } from '../platform/log/log.ts'
import type { SentFolder } from '../platform/mail/look-up-sent.ts'
import type { Mailer } from '../platform/mail/send-mail.ts'
import type { Queue } from '../platform/queue/contract.ts'
import type { Result } from '../platform/result.ts'
import type { FinishedCard } from './address-parcel.ts'
import type { DispatchConfig } from './dispatch-config.ts'
import type { HandoverState } from './dispatch-tables.ts'

export interface ToldSubmission {
  readonly name: string
  readonly receivedAt: string
  readonly mail: MailFacts | null
  readonly problems: readonly Problem[]
  readonly reason: { readonly code: string; readonly message: string } | null
  /** What was read of it; left out before it was read. */
  readonly documents?: readonly ReadDocument[]
}

export interface AskedAgreements {
  readonly systems: readonly { readonly title: string; readonly steps: string; readonly link: string | null }[]
  /** Days for which the links hold. */
  readonly linkDays: number | null
}

export interface DispatchParts {
  readonly database: Database
  readonly files: FileStore
  readonly queue: Queue
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly config: DispatchConfig
  readonly applications: Applications
  /** Null when no mail server is configured: letters are written and wait in the outbox. */
  readonly mailer: Mailer | null
  /** What arrived, for the letters about it. */
  readonly submissionOf: (submissionId: string) => Promise<ToldSubmission | undefined>
  /** Looks for a mail of ours in the Sent folder; null when no mailbox offers one. */
  readonly sentFolder: SentFolder | null
  /** The systems in which the applicant must still confirm that no three-party agreement is in force, for letters. */
  readonly agreementsAsked: (applicationNumber: string) => Promise<AskedAgreements>
  /** Where the links in letters begin; null where the office gives none. */
  readonly linkAddress: string | null
  /** Moves the cards of a handover with it; a parcel that is not closed over its cards may not leave. */
  readonly handoverMoved: (
    executor: Executor,
    step: {
      readonly applicationNumber: string
      readonly to: HandoverState
      readonly method: 'post' | 'window' | null
      readonly waybillNumber: string | null
    },
    actor: Actor,
  ) => Promise<Result<null>>
  /** Whether card jobs of an application are still to be done, or failed and wait for a clerk. */
  readonly hasOpenCards: (executor: Executor, applicationNumber: string) => Promise<boolean>
  /** The finished card jobs of an application, in their order. */
  readonly finishedCards: (executor: Executor, applicationNumber: string) => Promise<readonly FinishedCard[]>
}
