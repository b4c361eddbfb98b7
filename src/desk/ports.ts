/**
 * What the desk asks of the other stages. `main.ts` joins them; nothing here knows how they do it. Longer than 400 lines: types
 * alone, so that all the desk may ask for is seen in one place.
 */
import type { HouseEvent, Place, Way } from '../application/house-event.ts'
import type { Actor, Application, ApplicationSummary, Status } from '../application/record.ts'
import type { Door, FieldContent, LetterKind, MailFacts, Problem } from '../flow.ts'
import type { CardKind, CardMedium, CardOperation, CardStatus } from '../guide/card-life.ts'
import type { FormKind } from '../guide/forms/form-kinds.ts'
import type { Carrier } from '../guide/identifiers/waybill-number.ts'
import type { DocumentKind, ServiceCode } from '../guide/papers.ts'
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
  readonly state: 'reading' | 'done' | 'failed' | 'question' | 'set-aside' | 'refused'
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

/** One arrival with all that is known of it. */
export interface ArrivalDetails extends Arrival {
  readonly mail: MailFacts | null
  /** Names of what it unfolded to, in order. */
  readonly papers: readonly string[]
}

export interface ArrivalsPort {
  find(id: string): Promise<ArrivalDetails | undefined>
  /** A clerk has answered a mail without papers. */
  settleQuestion(id: string): Promise<Result<null>>
  /** The bytes of one unfolded part; `paper` counts from 0. */
  paper(id: string, paper: number): Promise<{ name: string; bytes: Uint8Array } | undefined>
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
  /** Whether the holder must be named to complete it: a new card whose holder no paper told. */
  readonly needsHolderName: boolean
  readonly state: 'queued' | 'done' | 'failed' | 'given-up'
  /** Why it failed, or is done again. */
  readonly reason: string | null
  readonly queuedAt: string
  /** The work station that has it in hand, and whose. */
  readonly station: string | null
  readonly claimedBy: string | null
  /** The last day of its certificate unless the clerk says another, for a new or renewed one; else null. */
  readonly validUntil: string | null
  readonly canRedo: boolean
  /** How many cards of the application must be voided before this one. */
  readonly before: number
}

export interface CardsPort {
  /** Names of the work stations. */
  readonly stations: readonly string[]
  /** Oldest first; of a work station what it does and nobody else has in hand. */
  listJobs(filter: { state?: CardJob['state']; applicationNumber?: string; station?: string }): Promise<readonly CardJob[]>
  /** Takes a job to a work station; from another person's hands only with `takeOver`. */
  claim(id: string, at: { station: string; takeOver: boolean }, actor: Actor): Promise<Result<null>>
  release(id: string, actor: Actor): Promise<Result<null>>
  complete(
    id: string,
    what: { cardNumber: string | null; holderName: string | null; validUntil: string | null },
    actor: Actor,
  ): Promise<Result<null>>
  fail(id: string, reason: string, actor: Actor): Promise<Result<null>>
  /** Puts a job back into the queue that failed, or whose card came out wrong. */
  reopen(id: string, reason: string, actor: Actor): Promise<Result<null>>
  /** A failed job that will never be done; the applicant is told the reason where no card of the application could be made. */
  giveUp(id: string, reason: string, actor: Actor): Promise<Result<null>>
  countQueued(): Promise<number>
}

// ── ledger ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** A card as the ledger has it; days are `YYYY-MM-DD`. */
export interface LedgerCard {
  readonly number: string
  readonly kind: CardKind | null
  readonly medium: CardMedium | null
  readonly uscc: string | null
  readonly enterpriseName: string | null
  readonly holderName: string | null
  readonly holderIdType: string | null
  readonly holderIdNumber: string | null
  readonly status: CardStatus
  readonly issuedOn: string | null
  readonly validFrom: string | null
  readonly validUntil: string | null
}

export interface CardStep {
  readonly at: string
  readonly actor: Actor
  readonly type: CardOperation | 'import'
  readonly to: CardStatus
  readonly reason?: string
  readonly applicationNumber?: string
  readonly validUntil?: string
  readonly replacedBy?: string
}

export interface LedgerImport {
  readonly rows: number
  readonly added: number
  readonly completed: number
  readonly unchanged: number
  readonly bad: readonly { readonly row: number; readonly column: string | null; readonly message: string }[]
  readonly badCount: number
  readonly written: boolean
}

export interface LedgerPort {
  search(filter: {
    text: string
    status?: CardStatus
    kind?: CardKind
    /** Certificates that still hold and end on this day or before. */
    endsBy?: string
    limit: number
    offset: number
  }): Promise<{ readonly cards: readonly LedgerCard[]; readonly total: number }>
  find(number: string): Promise<LedgerCard | undefined>
  cardsOf(uscc: string): Promise<readonly LedgerCard[]>
  /** Oldest first. */
  stepsOf(number: string): Promise<readonly CardStep[]>
  /** Records what was done outside of this system; `seen` is the state that the clerk saw. */
  record(
    number: string,
    what: { operation: CardOperation; reason: string; validUntil: string | null; seen?: CardStatus },
    actor: Actor,
  ): Promise<Result<unknown>>
  /** Looks at an uploaded workbook; what is sound can be taken in by its key. */
  look(bytes: Uint8Array, actor: Actor): Promise<Result<{ readonly key: string; readonly report: LedgerImport }>>
  takeIn(key: string, actor: Actor): Promise<Result<LedgerImport>>
  /** The ledger as a workbook. */
  workbook(how: { wholeIds: boolean }): Promise<Uint8Array>
  template(): Promise<Uint8Array>
}

// ── dispatch ─────────────────────────────────────────────────────────────────────────────────────────────────────

export type PaperName = 'notice' | 'waybill'

export type HandoverState =
  | 'blocked'
  | 'preparing'
  | 'prepared'
  | 'handed-to-courier'
  | 'delivered'
  | 'undelivered'
  | 'picked-up'
  | 'taken-back'

/** A parcel for the courier or the counter. */
export interface Handover {
  readonly applicationNumber: string
  readonly state: HandoverState
  /** What a clerk must do before it can go on; null when nothing. */
  readonly blocked: { readonly code: string; readonly message: string } | null
  readonly enterpriseName: string | null
  readonly method: 'post' | 'window' | null
  readonly noticeNumber: string
  readonly waybillNumber: string | null
  readonly recipient: { readonly name: string | null; readonly phone: string | null; readonly address: string | null }
  /** Readers among it are not scanned into the parcel. */
  readonly items: readonly { readonly name: string; readonly quantity: number }[]
  /** Those that are printed. */
  readonly papers: readonly PaperName[]
  /** What could not be printed and is to be written in by hand. */
  readonly printFlaws: readonly string[]
  readonly preparedAt: string
  readonly handedAt: string | null
  /** Why it came back, in the words of a clerk; null unless it is `undelivered`. */
  readonly returnedFor: string | null
}

export interface Recipient {
  readonly name: string
  readonly phone: string
  readonly address: string
}

export interface Letter {
  readonly id: string
  /** Null when it is about a submission that became no application. */
  readonly applicationNumber: string | null
  readonly kind: LetterKind
  readonly state: 'drafting' | 'to-print' | 'held' | 'written' | 'sending' | 'sent' | 'refused' | 'unknown' | 'withdrawn' | 'bounced'
  readonly to: string | null
  readonly subject: string
  readonly body: string
  /** Why it was not sent, or not yet: a code. */
  readonly reason: string | null
  /** Why a clerk sent it again or stopped it, and who. */
  readonly clerkNote: string | null
  readonly writtenAt: string
  /** Until then it can be taken back. */
  readonly sendAfter: string | null
}

export interface WaybillStock {
  /** Numbers given by the office, each used once. */
  readonly ranges: readonly { readonly from: string; readonly to: string; readonly used: number; readonly left: number }[]
  readonly left: number
  /** Time to ask for more. */
  readonly low: boolean
}

export interface DispatchPort {
  /** In these states, or what waits for a clerk, for the courier, or at the counter; oldest first. */
  list(states?: readonly HandoverState[]): Promise<readonly Handover[]>
  find(applicationNumber: string): Promise<Handover | undefined>
  /** The PDF of a printed paper. */
  pdf(applicationNumber: string, paper: PaperName): Promise<Uint8Array | undefined>
  handToCourier(applicationNumber: string, actor: Actor): Promise<Result<unknown>>
  markPickedUp(applicationNumber: string, actor: Actor): Promise<Result<unknown>>
  markDelivered(applicationNumber: string, actor: Actor): Promise<Result<unknown>>
  markUndelivered(applicationNumber: string, reason: string, actor: Actor): Promise<Result<unknown>>
  /** A parcel that came back is sent again with a label of its own. */
  sendAgain(applicationNumber: string, to: Recipient, actor: Actor): Promise<Result<unknown>>
  /** Completes or changes where a blocked parcel goes, and goes on. */
  readdress(applicationNumber: string, to: Recipient | 'window'): Promise<Result<unknown>>
  /** Of one application, oldest first. */
  letters(applicationNumber: string): Promise<readonly Letter[]>
  /** Of all applications, newest first. */
  recentLetters(page: { limit: number; offset: number }): Promise<readonly Letter[]>
  lettersIn(state: Letter['state']): Promise<readonly Letter[]>
  findLetter(letterId: string): Promise<Letter | undefined>
  /** The letter as a file for a mail program. */
  letterFile(letterId: string): Promise<Uint8Array | undefined>
  /** A clerk has found out what became of an `unknown` letter, or wants one sent again; one that has left only with a reason. */
  settleLetter(letterId: string, as: 'arrived' | 'send-again', actor: Actor, reason?: string): Promise<Result<unknown>>
  /** A clerk has read a `held` letter, changed or not, and lets it go. */
  releaseLetter(letterId: string, text: { subject: string; body: string }, actor: Actor): Promise<Result<unknown>>
  /** Takes back a letter that has not left yet. */
  recallLetter(letterId: string, actor: Actor): Promise<Result<unknown>>
  withdrawLetter(letterId: string, reason: string, actor: Actor): Promise<Result<unknown>>
  /** While stopped no letter leaves. */
  stopLetters(reason: string, actor: Actor): Promise<Result<unknown>>
  resumeLetters(actor: Actor): Promise<Result<number>>
  lettersStopped(): Promise<{ readonly at: string; readonly by: string; readonly reason: string } | null>
  /** A letter of a kind filled with its sample: subject, text, and the whole HTML part. */
  previewLetter(kind: LetterKind): Promise<{ subject: string; body: string; html: string }>
  waybills(): Promise<WaybillStock>
  /** Adds a range and goes on with what waited for it. */
  addRange(range: { from: string; to: string }, actor: Actor): Promise<Result<unknown>>
}

// ── parcels ──────────────────────────────────────────────────────────────────────────────────────────────────────

export type ParcelState = 'received' | 'counted' | 'refused'

/** A parcel that came in, or was refused. Instants are ISO 8601 in UTC. */
export interface Parcel {
  readonly number: string
  readonly state: ParcelState
  readonly carrierTitle: string
  /** Why it was refused, said after its number. */
  readonly because: string | null
  readonly sender: string | null
  /** The application whose applicant was written to. */
  readonly toldApplication: string | null
  readonly receivedAt: string
  readonly receivedBy: string
  readonly cards: number
  readonly applications: readonly string[]
  /** Arrivals that are scans of it. */
  readonly submissions: readonly string[]
}

/** One physical card in the house, or one that has left. */
export interface HouseCard {
  readonly id: string
  readonly number: string | null
  readonly unreadableFor: string | null
  readonly kind: 'legal' | 'operator' | null
  readonly isInLedger: boolean
  readonly isVoid: boolean
  readonly holderName: string | null
  readonly enterpriseName: string | null
  readonly application: { readonly number: string; readonly status: Status; readonly service: ServiceCode } | null
  readonly parcelNumber: string | null
  readonly place: Place
  readonly whereabouts: string
  readonly since: string
  /** When it was last in somebody's hands. */
  readonly seenAt: string
  readonly movedBy: string
  readonly leftAt: string | null
  /** What a clerk should look after. */
  readonly concern: string | null
}

export interface HouseEntry {
  readonly at: string
  readonly actor: Actor
  readonly event: HouseEvent
}

/** An outgoing parcel on the packing table. */
export interface Packing {
  readonly outgoing: {
    readonly applicationNumber: string
    readonly enterpriseName: string | null
    readonly waybillNumber: string | null
    readonly method: 'post' | 'window' | null
    readonly state: string
    readonly recipientName: string | null
  }
  readonly cards: readonly HouseCard[]
  /** Numbers on the waybill that were never counted or made here. */
  readonly unseen: readonly string[]
  /** Cards on the waybill. */
  readonly listed: number
  readonly closed: { readonly at: string; readonly by: string; readonly remark: string | null } | null
}

export type TakenParcel =
  | { readonly outcome: 'received' | 'refused' | 'known'; readonly parcel: { readonly number: string }; readonly said: string }
  | { readonly outcome: 'ours'; readonly applicationNumber: string; readonly said: string }

export interface ParcelsPort {
  take(
    brought: { readonly number: string; readonly carrier?: Carrier | null; readonly freightCollect?: boolean; readonly sender?: string },
    actor: Actor,
  ): Promise<Result<TakenParcel>>
  refuse(
    number: string,
    because: { readonly refusedFor: 'carrier' | 'freight-collect'; readonly carrier?: Carrier | null; readonly sender: string },
    actor: Actor,
  ): Promise<Result<TakenParcel>>
  takeAfterAll(number: string, actor: Actor): Promise<Result<TakenParcel>>
  tellSender(number: string, sender: string, actor: Actor): Promise<Result<unknown>>
  find(number: string): Promise<(Parcel & { readonly inside: readonly HouseCard[]; readonly events: readonly HouseEntry[] }) | undefined>
  list(filter: { readonly states: readonly ParcelState[]; readonly limit: number; readonly offset?: number }): Promise<readonly Parcel[]>
  countUncounted(): Promise<number>
  ofApplication(applicationNumber: string): Promise<readonly Parcel[]>
  countCard(
    number: string,
    card: { readonly number: string } | { readonly unreadableFor: string },
    actor: Actor,
  ): Promise<Result<{ id: string }>>
  strikeCard(cardId: string, actor: Actor): Promise<Result<unknown>>
  finishCount(number: string, actor: Actor): Promise<Result<unknown>>
  link(number: string, application: string, actor: Actor): Promise<Result<unknown>>
  /** PDF. */
  cover(number: string): Promise<Uint8Array | undefined>
  house(): Promise<readonly HouseCard[]>
  /** A card is scanned: put somewhere, or only seen (盘点). Told when it is not in the house. */
  handle(
    scanned: string,
    what: 'see' | { readonly place: Exclude<Place, 'parcel' | 'packed'>; readonly detail: string },
    actor: Actor,
  ): Promise<Result<{ number: string | null }>>
  /** One whose number cannot be read is seen by hand. */
  seeUnreadable(cardId: string, actor: Actor): Promise<Result<unknown>>
  /** The last card with this number, in the house or gone. */
  traceCard(number: string): Promise<HouseCard | undefined>
  findCard(cardId: string): Promise<{ readonly card: HouseCard; readonly events: readonly HouseEntry[] } | undefined>
  cardsOfApplication(applicationNumber: string): Promise<readonly HouseCard[]>
  moveCard(
    cardId: string,
    to: { readonly place: Exclude<Place, 'parcel' | 'packed'>; readonly detail: string },
    actor: Actor,
  ): Promise<Result<unknown>>
  letGo(
    cardId: string,
    how: { readonly way: Exclude<Way, 'courier' | 'picked-up'>; readonly detail: string },
    actor: Actor,
  ): Promise<Result<unknown>>
  claimCard(cardId: string, application: string, actor: Actor): Promise<Result<unknown>>
  packing(applicationNumber: string): Promise<Packing | undefined>
  /** Those of the waybill numbers whose parcels are closed. */
  closedAmong(waybillNumbers: readonly string[]): Promise<readonly string[]>
  applicationOfWaybill(scanned: string): Promise<string | undefined>
  pack(applicationNumber: string, scanned: string, actor: Actor): Promise<Result<{ number: string | null }>>
  packUnreadable(applicationNumber: string, cardId: string, actor: Actor): Promise<Result<unknown>>
  unpack(cardId: string, actor: Actor): Promise<Result<unknown>>
  close(applicationNumber: string, remark: string, actor: Actor): Promise<Result<{ waybillNumber: string; cards: number }>>
  reopen(applicationNumber: string, actor: Actor): Promise<Result<unknown>>
}

// ── platform ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** One thing that must work, with what to do when it does not. */
export interface Check {
  readonly name: string
  readonly ok: boolean
  readonly message: string
}

// ── forms ────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface FormsPort {
  /** The blank form as PDF. */
  draw(kind: FormKind): Promise<{ readonly bytes: Uint8Array }>
}
