/** The record at the heart: one enterprise asking for one service (业务申请). Shapes only; no database, no node. */
import type { ServiceCode } from '../guide/papers.ts'
import type { Decision, Door, FieldContent, Finding, ReadDocument } from '../flow.ts'

/** The states (状态) that applicants know, with what a person is shown. */
export const statusTitles = {
  draft: '暂存',
  entered: '已录入待初核',
  reviewing: '业务审核中',
  returned: '退回修改',
  'awaiting-cards': '请寄卡',
  accepted: '已受理',
  'making-cards': '制卡中',
  'awaiting-pickup': '待领卡',
  'awaiting-courier': '待快递收件',
  posted: '已邮寄',
  delivered: '已签收',
  undelivered: '退件',
  'picked-up': '已领取',
  closed: '已办结',
  refused: '不予受理',
  withdrawn: '已撤回',
} as const
export type Status = keyof typeof statusTitles

/** What a clerk is shown of each decision (判断). */
export const decisionTitles: Readonly<Record<Decision, string>> = { ready: '可受理', correct: '需补正', look: '需查看' }

export interface Enterprise {
  readonly name: string | null
  /** Unified social credit code (统一社会信用代码). */
  readonly uscc: string | null
}

export interface ApplicationSummary {
  /** `XM20261121-0004`: office, office day, serial of the day. */
  readonly number: string
  readonly service: ServiceCode
  readonly status: Status
  readonly decision: Decision
  readonly enterprise: Enterprise
  readonly submissionId: string
  readonly door: Door
  readonly receivedAt: string
  /** The office day until which the next step is due; null when none is set. */
  readonly dueOn: string | null
  /** Counts up with every change; a decision made on an older version is refused. */
  readonly version: number
}

export interface Application extends ApplicationSummary {
  readonly documents: readonly ReadDocument[]
  readonly findings: readonly Finding[]
  /** Whom letters go to: the sender of the mail; null when only paper came. */
  readonly replyTo: { readonly address: string; readonly subject: string; readonly messageId: string | null } | null
}

/** What happened to an application; appended to the hash-chained log in the transaction that changed it. */
export type ApplicationEvent =
  | { readonly type: 'opened'; readonly submissionId: string }
  | { readonly type: 'judged'; readonly decision: Decision; readonly findings: readonly string[] }
  | {
      /** Papers that came later: a reply, the envelope after a pre-check, another part. Kinds of papers, codes of findings. */
      readonly type: 'papers-joined'
      readonly submissionId: string
      readonly added: readonly string[]
      readonly replaced: readonly string[]
      readonly resolved: readonly string[]
    }
  /** Reminded twice, and no answer came. */
  | { readonly type: 'unanswered' }
  /** The scans are in order: the originals are asked for. */
  | { readonly type: 'pre-check-passed' }
  | {
      /** No three-party agreement (三方协议) is in force in a system; `by` says so, whoever recorded it. */
      readonly type: 'agreement-confirmed'
      readonly system: string
      readonly means: AgreementMeans
      readonly by: string
      /** How a clerk made sure on the telephone. */
      readonly reason: string | null
      /** The mail that says it. */
      readonly submissionId: string | null
    }
  /** A confirmation does not hold after all. */
  | { readonly type: 'agreement-reopened'; readonly system: string; readonly reason: string }
  /** A reply about agreements that a clerk must read. */
  | { readonly type: 'agreement-reply-unclear'; readonly submissionId: string; readonly why: UnclearReply }
  /** A mail asks to take the application back (撤回): a clerk reads it. */
  | { readonly type: 'withdrawal-asked'; readonly submissionId: string }
  /** Kept until then (暂存): now the papers say what is asked for. */
  | { readonly type: 'submitted' }
  | { readonly type: 'review-started' }
  | {
      readonly type: 'field-corrected'
      readonly document: number
      readonly field: string
      readonly from: FieldContent
      readonly to: FieldContent
    }
  | { readonly type: 'kind-corrected'; readonly document: number; readonly from: string; readonly to: string }
  | { readonly type: 'finding-dismissed'; readonly finding: number; readonly code: string }
  /** `override` when a clerk accepted although findings were open. */
  | { readonly type: 'accepted'; readonly override?: { readonly remark: string; readonly findings: readonly string[] } }
  | { readonly type: 'returned'; readonly findings: readonly string[]; readonly remark: string | null }
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'withdrawn'; readonly reason: string }
  | { readonly type: 'card-jobs-queued'; readonly count: number }
  | { readonly type: 'card-job-completed'; readonly cardJobId: string }
  | { readonly type: 'card-job-failed'; readonly cardJobId: string; readonly reason: string }
  /** To be done again: it had failed, or the card came out wrong. */
  | { readonly type: 'card-job-reopened'; readonly cardJobId: string; readonly reason: string }
  /** It failed and will never be done. */
  | { readonly type: 'card-job-given-up'; readonly cardJobId: string; readonly reason: string }
  /** None of its cards could be made or worked on. */
  | { readonly type: 'cards-given-up'; readonly reason: string }
  | { readonly type: 'cards-finished' }
  | {
      readonly type: 'handover-prepared'
      readonly method: 'post' | 'window'
      readonly waybillNumber: string | null
      readonly noticeNumber: string
    }
  | { readonly type: 'handed-to-courier'; readonly waybillNumber: string }
  | { readonly type: 'picked-up' }
  | { readonly type: 'delivered' }
  | { readonly type: 'undelivered'; readonly reason: string }
  /** A parcel that came back is to be sent again; the number is that of the one that came back. */
  | { readonly type: 'resend-ordered'; readonly waybillNumber: string }
  | { readonly type: 'closed' }
  /** The cards in a parcel were counted (清点): the findings are judged again. */
  | { readonly type: 'cards-counted'; readonly parcelNumber: string; readonly cards: number }
  /** What was counted changed since (a slip struck, a card given back): judged again, but nothing came. */
  | { readonly type: 'cards-recounted'; readonly parcelNumber: string; readonly cards: number }
  /** A parcel of this applicant was not taken; `because` is said after its number. */
  | { readonly type: 'parcel-refused'; readonly parcelNumber: string; readonly because: string }
  /** The outgoing parcel was closed over its cards (封装); `remark` says why it is closed though something is not in it. */
  | { readonly type: 'parcel-closed'; readonly waybillNumber: string; readonly cards: number; readonly remark: string | null }
  | { readonly type: 'letter-written'; readonly letterId: string; readonly letter: string }
  | { readonly type: 'letter-sent'; readonly letterId: string }

/** How a confirmation came: by the words of a mail, by a signed link, on the telephone. */
export type AgreementMeans = 'mail' | 'link' | 'phone'

/** Why a reply was left to a clerk: its words, its sender, what the mail server found out about it, or that something is in force. */
export type UnclearReply = 'words' | 'sender' | 'authenticity' | 'left'

/** Who did it: a clerk's account name, `zhika` itself, or the applicant. */
export type Actor = string
export const applicantActor = 'applicant'

export interface LoggedEvent<Event = ApplicationEvent> {
  readonly sequence: number
  /** The number of the application, or what else it is about. */
  readonly subject: string
  readonly at: string
  readonly actor: Actor
  readonly event: Event
  /** SHA-256 over the previous hash and this entry in canonical JSON. */
  readonly hash: string
}
