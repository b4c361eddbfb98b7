/** What confirming agreements is made of. */
import type { Submission } from '../../flow.ts'
import type { ServiceCode } from '../../guide/papers.ts'
import type { Database, Executor } from '../../platform/database/open-database.ts'
import type { Log } from '../../platform/log/log.ts'
import type { AgreementsConfig } from './agreements-config.ts'
import type { ConfirmingParts } from './confirm-agreement.ts'

export interface AgreementsGiven extends ConfirmingParts {
  readonly database: Database
  readonly log: Log
  readonly config: AgreementsConfig
  /** Inside of a transaction with its executor. */
  readonly submissionOf: (id: string, executor?: Executor) => Promise<Submission | undefined>
}

export interface AgreementsParts extends AgreementsGiven {
  /** The services that ask for confirmations. */
  readonly asking: () => ServiceCode[]
}
