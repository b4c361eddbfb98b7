/** What each letter says: the slots of its text, from the application and its handover. Pure. */
import type { Application, LoggedEvent } from '../../application/record.ts'
import type { LetterKind } from '../../flow.ts'
import type { Office } from '../../guide/office.ts'
import { documentTitles, serviceTitles } from '../../guide/papers.ts'
import { services } from '../../guide/services.ts'
import { officeTime } from '../../platform/clock.ts'
import { thingsOf, type HandoverItem } from '../address-parcel.ts'
import { officeHours } from '../describe-office.ts'
import type { Slots } from './fill-template.ts'

export interface LetterFacts {
  readonly application: Application
  readonly events: readonly LoggedEvent[]
  /** Known for `ready-for-pickup` and `posted`. */
  readonly handover: {
    readonly waybillNumber: string | null
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
    addressee: oneLine(application.enterprise.name) ?? '尊敬的申请人',
    byMail: application.replyTo !== null,
    officeMail: office.mailAddress,
    officePhone: office.phone,
    officeAddress: office.address,
    officeRecipient: office.recipient,
    officeHours: officeHours(office),
    counter: office.counter,
    lookup: office.lookup,
    things: thingsOf(application.service),
  }
  if (kind === 'acknowledgement') return { ...common, ...understood(application) }
  if (kind === 'correction') return { ...common, ...matters(facts) }
  const { handover } = facts
  return {
    ...common,
    waybillNumber: handover?.waybillNumber,
    recipientName: oneLine(handover?.recipientName),
    recipientAddress: oneLine(handover?.recipientAddress),
    items: (handover?.items ?? []).map(({ name, quantity, holder }) => ({ name, quantity, holder: oneLine(holder) })),
  }
}

function understood(application: Application): Slots {
  const known = application.documents.filter(({ kind }) => kind !== 'unknown')
  const papers = known.map(({ kind, pages }) => ({ title: documentTitles[kind], pages: pages.length }))
  const unknownPages = application.documents.filter(({ kind }) => kind === 'unknown').reduce((sum, { pages }) => sum + pages.length, 0)
  return {
    enterprise: oneLine(application.enterprise.name) ?? '（未能认出，工作人员将核对）',
    uscc: oneLine(application.enterprise.uscc) ?? '（未能认出，工作人员将核对）',
    receivedAt: officeTime(new Date(application.receivedAt)),
    hasPapers: papers.length > 0,
    papers,
    unknownPages: unknownPages > 0 ? unknownPages : null,
  }
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

function lastRemark(events: readonly LoggedEvent[]): string | null {
  const returned = events.map(({ event }) => event).findLast((event) => event.type === 'returned')
  return returned?.type === 'returned' ? oneLine(returned.remark) : null
}

const sentence = (message: string) => (/[。！？]$/u.test(message.trim()) ? message.trim() : `${message.trim()}。`)

/** What was read from a paper must not break a subject or a line of a letter. */
function oneLine(text: string | null | undefined): string | null {
  return text?.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim() || null
}
