/** What the parcel desk is made of. */
import type { Applications } from '../application/applications.ts'
import type { LookUpCards } from '../application/gather-context.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database, Executor } from '../platform/database/open-database.ts'
import type { Ids } from '../platform/ids.ts'
import type { Queue } from '../platform/queue/contract.ts'

/** A parcel on its way out, as far as its contents concern us. */
export interface OutgoingParcel {
  readonly applicationNumber: string
  readonly enterpriseName: string | null
  readonly method: 'post' | 'window' | null
  readonly waybillNumber: string | null
  readonly state: string
  readonly recipientName: string | null
  /** What is listed on the waybill; readers have no number. */
  readonly items: readonly {
    readonly name: string
    readonly holder: string | null
    readonly cardNumber: string | null
    readonly quantity: number
  }[]
}

export interface ParcelParts {
  readonly database: Database
  readonly queue: Queue
  readonly clock: Clock
  readonly ids: Ids
  readonly applications: Applications
  readonly lookUpCards: LookUpCards
  readonly lookUpHandover: (
    executor: Executor,
    by: { readonly applicationNumber: string } | { readonly waybillNumber: string },
  ) => Promise<OutgoingParcel | undefined>
  /** Folders of scans that arrived with this text in their name, newest first. */
  readonly submissionsNamed: (executor: Executor, text: string) => Promise<readonly { readonly id: string; readonly name: string }[]>
}
