/** What is judged: the papers of one application, and what is known beside them. Plain data. */
import type { Decision, Finding, ReadDocument } from '../../flow.ts'
import type { KeptCardStatus } from '../../guide/card-life.ts'
import type { ServiceCode } from '../../guide/papers.ts'

export interface JudgedPapers {
  readonly service: ServiceCode
  /** `ticked`: read from the sheet, or told by the papers as the guide says; `inferred` and `unclear`: a person must look. */
  readonly told: 'ticked' | 'inferred' | 'unclear'
  /** All services asked for in one submission by this enterprise; papers are shared among them. */
  readonly sheetServices: readonly ServiceCode[]
  readonly documents: readonly ReadDocument[]
}

export interface JudgeContext {
  /** The office day, `YYYY-MM-DD`. */
  readonly today: string
  /** Files of the submission that could not be read: a paper that seems missing may be among them. */
  readonly unreadFiles: number
  /** Orders of these payment proofs that another, earlier application already used. */
  readonly usedOrders: readonly UsedOrder[]
  /** Cards of the ledger that the papers name or that are the enterprise's; none where there is no ledger. */
  readonly cards?: readonly KnownCard[]
  /** Numbers that the papers name and that are as long as no card's of the ledger. */
  readonly strangeNumbers?: readonly string[]
  /** Systems in which nobody has confirmed yet that no agreement is in force; all that the guide asks about when left out. */
  readonly openAgreements?: readonly string[]
  /** Applications of this enterprise for the same thing, begun earlier and not finished. */
  readonly openRequests?: readonly string[]
  /** A mail about this application asks to take it back. */
  readonly withdrawalAsked?: boolean
  /** The cards counted in its parcels; null or left out as long as none was counted. */
  readonly enclosed?: readonly EnclosedCard[] | null
  /** Parcels of this applicant that were not taken and that none has come after. */
  readonly refusedParcels?: readonly RefusedParcel[]
}

/** A card as the parcel desk counted it. */
export interface EnclosedCard {
  /** Null where it cannot be read off the card. */
  readonly number: string | null
  readonly unreadableFor: string | null
}

export interface RefusedParcel {
  readonly number: string
  /** Said after its number: `由顺丰承运`, `是到付件`. */
  readonly because: string
}

export interface UsedOrder {
  readonly orderNumber: string
  readonly applicationNumber: string
  /** Of the same enterprise for the same service: perhaps the same papers sent twice. */
  readonly sameRequest: boolean
}

export interface Judgement {
  readonly findings: readonly Finding[]
  readonly decision: Decision
}

/** A card of the ledger as a rule sees it. */
export interface KnownCard {
  readonly number: string
  readonly kind: 'legal' | 'operator' | null
  readonly uscc: string | null
  readonly enterpriseName?: string | null
  readonly holderName: string | null
  readonly holderIdNumber: string | null
  readonly status: KeptCardStatus
  /** The last day of its certificate; null or left out when nobody told. */
  readonly validUntil?: string | null
}
