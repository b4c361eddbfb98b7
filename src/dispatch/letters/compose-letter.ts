/** What each letter says: the slots of its text, from the application and its handover. Pure. */
import { fieldText } from '../../application/judge/evidence.ts'
import { enterpriseFields } from '../../application/judge/enterprise.ts'
import type { Application, LoggedEvent } from '../../application/record.ts'
import type { LetterKind, Problem, ReadDocument } from '../../flow.ts'
import { enclosuresOf } from '../../guide/describe-guide.ts'
import { isValidUscc } from '../../guide/identifiers/uscc.ts'
import type { Office } from '../../guide/office.ts'
import { serviceTitles } from '../../guide/papers.ts'
import { services } from '../../guide/services.ts'
import { officeTime } from '../../platform/clock.ts'
import { thingsOf, type HandoverItem } from '../address-parcel.ts'
import type { AskedAgreements } from '../dispatch-parts.ts'
import { officeHours } from '../describe-office.ts'
import type { Slots } from './fill-template.ts'
import { knownName } from './name-addressee.ts'
import { tellPapers } from './tell-papers.ts'

export interface LetterFacts {
  readonly application: Application
  readonly events: readonly LoggedEvent[]
  /** What of the submission could not be read; told in the acknowledgement. */
  readonly problems: readonly Problem[]
  /** What came later by itself, for the acknowledgement of it; null for all that the application began with. */
  readonly supplement: { readonly receivedAt: string; readonly documents: readonly ReadDocument[] } | null
  /** The office day on which a parcel should arrive; null when the calendar does not know. */
  readonly expectedOn: string | null
  /** What caused it, e.g. `opened`, `reminder-1`, the number of a refused parcel. */
  readonly occasion: string
  /** Known for `agreements`. */
  readonly agreements: AskedAgreements | null
  /** A sheet with a code for each link is enclosed: the letter goes on paper. */
  readonly bySheet: boolean
  /** Known for `ready-for-pickup` and `posted`. */
  readonly handover: {
    readonly waybillNumber: string | null
    /** Why the courier brought it back. */
    readonly returnedFor: string | null
    readonly recipientName: string | null
    readonly recipientAddress: string | null
    readonly items: readonly HandoverItem[]
  } | null
}

export function slotsOf(kind: LetterKind, facts: LetterFacts, office: Office): Slots {
  const { application } = facts
  const common: Slots = {
    number: application.number,
    service: serviceTitles[application.service],
    addressee: oneLine(knownName(application)) ?? '尊敬的申请人',
    byMail: application.replyTo !== null,
    officeMail: office.mailAddress,
    officePhone: office.phone,
    officeAddress: office.address,
    officeRecipient: office.recipient,
    officeHours: officeHours(office),
    counter: office.counter,
    lookup: office.lookup,
    things: thingsOf(application.service),
    passwordReset: resetsPassword(application),
  }
  if (kind === 'acknowledgement') return { ...common, ...understood(facts) }
  if (kind === 'correction' || kind === 'reminder') return { ...common, ...matters(facts) }
  if (kind === 'accepted') return { ...common, dueOn: application.dueOn }
  if (kind === 'refused') return { ...common, reason: lastReason(facts.events) ?? '材料不符合办理要求' }
  if (kind === 'agreements') return { ...common, ...agreementsAsked(facts) }
  if (kind === 'originals') return { ...common, ...originals(application) }
  if (kind === 'parcel-refused') return { ...common, ...originals(application), ...refusedParcel(facts) }
  const { handover } = facts
  return {
    ...common,
    waybillNumber: handover?.waybillNumber,
    expectedOn: facts.expectedOn,
    reason: oneLine(handover?.returnedFor) ?? '未能投递',
    recipientName: oneLine(handover?.recipientName),
    recipientAddress: oneLine(handover?.recipientAddress),
    items: (handover?.items ?? []).map(({ name, quantity, holder }) => ({ name, quantity, holder: oneLine(holder) })),
  }
}

/** 证书更新 and 解锁 put the card's password back to what every new card has: until it is changed anybody could use the card. */
const resetsPassword = ({ service }: Application): boolean =>
  services[service].cardJobs.some(({ kind }) => kind === 'renew' || kind === 'unlock')

function understood({ application, problems, supplement }: LetterFacts): Slots {
  const documents = supplement?.documents ?? application.documents
  const known = documents.filter(({ kind }) => kind !== 'unknown')
  // Beside papers that were read, a blank page is the back of one.
  const unread = matterSentences(known.length > 0 ? problems.filter(({ code }) => code !== 'blank') : problems)
  const unknownPages = documents.filter(({ kind }) => kind === 'unknown').reduce((sum, { pages }) => sum + pages.length, 0)
  return {
    // Kept (暂存): no paper says what is asked for, and what was guessed is for the clerk.
    service: application.status === 'draft' ? null : serviceTitles[application.service],
    isSupplement: supplement !== null,
    enterprise: oneLine(knownName(application)) ?? unknown,
    uscc: oneLine(knownCode(application)) ?? unknown,
    receivedAt: officeTime(new Date(supplement?.receivedAt ?? application.receivedAt)),
    hasPapers: known.length > 0,
    papers: tellPapers(known).map((paper) => ({ ...paper })),
    unknownPages: unknownPages > 0 ? unknownPages : null,
    hasUnread: unread.length > 0,
    unread: unread.map((text) => ({ sentence: text })),
  }
}

const unknown = '（未能认出，工作人员将核对）'

/** A code that cannot be one was read wrong, unless a paper surely says so: then the applicant sees what was written. */
function knownCode({ enterprise: { uscc }, documents }: Application): string | null {
  if (uscc === null || isValidUscc(uscc)) return uscc
  const isSaid = documents.some((document) =>
    enterpriseFields.some(
      (place) =>
        place.kind === document.kind &&
        place.uscc !== null &&
        document.fields[place.uscc]?.certain === true &&
        fieldText(document, place.uscc) === uscc,
    ),
  )
  return isSaid ? uscc : null
}

/** One sentence for each thing to mend, each said once, and how it comes back (guide: 办理流程 of the service). */
function matters({ application, events }: LetterFacts): Slots {
  const sentences = [
    ...new Set(application.findings.filter(({ severity }) => severity === 'correct').map(({ message }) => sentence(message))),
  ]
  const { door } = services[application.service]
  return {
    hasMatters: sentences.length > 0,
    count: sentences.length,
    matters: sentences.map((text) => ({ sentence: text })),
    remark: lastRemark(events),
    viaMailbox: door === 'mailbox',
    viaEms: door === 'ems',
    viaEport: door === 'e-port',
  }
}

function lastReason(events: readonly LoggedEvent[]): string | null {
  const refused = events.map(({ event }) => event).findLast((event) => event.type === 'refused' || event.type === 'cards-given-up')
  return refused?.type === 'refused' || refused?.type === 'cards-given-up' ? oneLine(refused.reason) : null
}

/** Notes that ask for nothing. */
const justNotes = new Set(['unsafe-name', 'signature-image'])
const mostMatters = 20

/** Each once, without those that ask the sender for nothing. */
export function matterSentences(problems: readonly Pick<Problem, 'code' | 'message'>[]): string[] {
  const sentences = [...new Set(problems.filter(({ code }) => !justNotes.has(code)).map(({ message }) => oneLine(message) ?? ''))]
  return sentences.filter((text) => text !== '').slice(0, mostMatters)
}

/** Guide 九2(1): which systems, what to do in each, and how to say that it is done. */
function agreementsAsked({ application, agreements, bySheet, occasion }: LetterFacts): Slots {
  const systems = agreements?.systems ?? []
  // Nobody types a signed link from paper: there a sheet with codes is enclosed.
  const byLink = application.replyTo !== null && systems.some(({ link }) => link !== null)
  return {
    again: occasion !== 'opened',
    hasSystems: systems.length > 0,
    several: systems.length > 1,
    count: systems.length,
    systems: systems.map(({ title, steps }) => ({ title, steps })),
    byLink,
    bySheet: bySheet && !byLink,
    links: byLink ? systems.map(({ title, link }) => ({ title, link })) : [],
    linkDays: agreements?.linkDays,
  }
}

/** What the envelope must hold (guide, 证件材料 of the service). */
function originals({ service }: Application): Slots {
  const { papers, cards } = enclosuresOf(service)
  return {
    papers: papers.map((paper) => ({ paper })),
    hasCards: cards.length > 0,
    cards: cards.map((card) => ({ card })),
  }
}

function refusedParcel({ events, occasion }: LetterFacts): Slots {
  const refused = events.map(({ event }) => event).findLast((event) => event.type === 'parcel-refused' && event.parcelNumber === occasion)
  return { parcelNumber: occasion, because: refused?.type === 'parcel-refused' ? refused.because : '不是邮政特快' }
}

function lastRemark(events: readonly LoggedEvent[]): string | null {
  const returned = events.map(({ event }) => event).findLast((event) => event.type === 'returned')
  return returned?.type === 'returned' ? oneLine(returned.remark) : null
}

const sentence = (message: string) => (/[。！？]$/u.test(message.trim()) ? message.trim() : `${message.trim()}。`)

/** What was read from a paper must not break a subject or a line of a letter. */
export function oneLine(text: string | null | undefined): string | null {
  return text?.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim() || null
}
