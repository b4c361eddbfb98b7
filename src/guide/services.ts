/**
 * The ten chapters of the guide (制卡业务办理指引, 不见面办理形式) as one table, to be proof-read by a clerk.
 * Another office's guide is another table of this shape.
 */
import type { LetterKind } from '../flow.ts'
import type { DocumentKind, ServiceCode } from './papers.ts'

/** Whose identity: legal person (法人), operator (操作员), holder of the card concerned (持卡人), handler (经办人). */
export type Party = 'legal' | 'operator' | 'holder' | 'handler'
export const partyTitles: Record<Party, string> = { legal: '法人', operator: '操作员', holder: '持卡人', handler: '经办人' }

export interface PaperNeed {
  readonly kind: DocumentKind
  readonly copies: number
  /** Whose, for copies of identity documents. */
  readonly of?: Party
  /** One for each operator named: card forms and identity copies of operators. */
  readonly perOperator?: true
  /** Which half of the card form must be filled in. */
  readonly halves?: readonly ('legal' | 'operator')[]
}

/** The physical cards an applicant encloses: the legal person's card, operators' cards, or the card that the sheet names. */
export type EnclosedCard = 'legal-card' | 'operator-card' | 'every-operator-card' | 'named-card'

/** What is done to which card once the application is accepted. */
export type CardJobKind = 'make' | 'rewrite' | 'renew' | 'unlock' | 'void' | 'hand-out-reader'
export interface CardJobRule {
  readonly kind: CardJobKind
  /** Whose card; `each-operator` is one job for every card form or every operator's card named; `named` the card on the sheet. */
  readonly holder: 'legal' | 'each-operator' | 'named' | 'none'
}

export interface PaymentRule {
  /** What the name of a purchased product must contain. */
  readonly product: RegExp
  readonly productTitle: string
  /** One for each operator card form, exactly one, or as many as were bought. */
  readonly quantity: 'per-operator' | 'one' | 'any'
}

export interface DeadlineRule {
  /** Working days after acceptance until the parcel is handed over. */
  readonly workingDays: number
  /** True where the guide names none and the office's own is used. */
  readonly assumed?: true
}

export interface ServiceRule {
  readonly chapter: string
  /** Whether the registration form carries a tick for it. */
  readonly onRegistrationForm: boolean
  readonly papers: readonly PaperNeed[]
  /** The company seal must stand on every paper (请逐份加盖单位公章). */
  readonly sealEveryPaper: true
  readonly cardsEnclosed: readonly EnclosedCard[]
  readonly payment: PaymentRule | null
  /** `ems`: paper by EMS only (邮政法); `mailbox`: e-mail to the office; `e-port`: filed at e.chinaport.gov.cn. */
  readonly door: 'ems' | 'mailbox' | 'e-port'
  readonly deadline: DeadlineRule
  /** Whether something goes back to the applicant: by EMS freight collect, or handed out at the counter. */
  readonly handsOver: boolean
  readonly cardJobs: readonly CardJobRule[]
  readonly letters: readonly LetterKind[]
  /** Whether the registration form must name a card number for it. */
  readonly cardNumberNeeded: boolean
}

const identity = (of: Party): PaperNeed =>
  of === 'operator' ? { kind: 'identity-document', copies: 1, of, perOperator: true } : { kind: 'identity-document', copies: 1, of }
const one = (kind: DocumentKind): PaperNeed => ({ kind, copies: 1 })
const cardForm = (...halves: ('legal' | 'operator')[]): PaperNeed =>
  halves.includes('operator') ? { kind: 'card-form', copies: 1, halves, perOperator: true } : { kind: 'card-form', copies: 1, halves }

const letters: readonly LetterKind[] = ['acknowledgement', 'correction', 'ready-for-pickup', 'posted']
const byEms = {
  onRegistrationForm: true,
  sealEveryPaper: true,
  door: 'ems',
  handsOver: true,
  payment: null,
  letters,
  cardNumberNeeded: false,
} as const

/** 操作员卡 is sold as 智能IC卡-操作员 (guide, appendix 7). */
const operatorProduct = { product: /操作员/u, productTitle: '智能IC卡-操作员' } as const

export const services: Record<ServiceCode, ServiceRule> = {
  // Guide 一(一)1: licence, authorisation letter, identity of legal person, operator and handler. 一(一)2: filed online,
  // posted after the third working day from approval.
  'enrol-online': {
    ...byEms,
    chapter: '一（一）',
    onRegistrationForm: false,
    door: 'e-port',
    papers: [one('business-licence'), one('authorization-letter'), identity('legal'), identity('operator'), identity('handler')],
    cardsEnclosed: [],
    deadline: { workingDays: 3 },
    cardJobs: [
      { kind: 'make', holder: 'legal' },
      { kind: 'make', holder: 'each-operator' },
    ],
  },
  // Guide 一(二)1, 一(二)2: third working day after approval.
  enrol: {
    ...byEms,
    chapter: '一（二）',
    papers: [
      one('business-licence'),
      one('registration-form'),
      cardForm('legal', 'operator'),
      identity('legal'),
      identity('operator'),
      identity('handler'),
    ],
    cardsEnclosed: [],
    deadline: { workingDays: 3 },
    cardJobs: [
      { kind: 'make', holder: 'legal' },
      { kind: 'make', holder: 'each-operator' },
    ],
  },
  // Guide 二1: licence, appendices 1 to 3, the legal person's card and the operators' cards, three identities.
  // 二2: third working day after acceptance.
  'change-enterprise': {
    ...byEms,
    chapter: '二',
    papers: [
      one('business-licence'),
      one('registration-form'),
      cardForm('legal', 'operator'),
      one('change-request'),
      identity('legal'),
      identity('operator'),
      identity('handler'),
    ],
    cardsEnclosed: ['legal-card', 'every-operator-card'],
    deadline: { workingDays: 3 },
    cardJobs: [
      { kind: 'rewrite', holder: 'legal' },
      { kind: 'rewrite', holder: 'each-operator' },
    ],
    cardNumberNeeded: true,
  },
  // Guide 三1: the legal person's card and the operator's card, appendices 1 and 2, operator and handler.
  // 三2: second working day after acceptance.
  'change-operator': {
    ...byEms,
    chapter: '三',
    papers: [one('registration-form'), cardForm('operator'), identity('operator'), identity('handler')],
    cardsEnclosed: ['legal-card', 'operator-card'],
    deadline: { workingDays: 2 },
    cardJobs: [{ kind: 'rewrite', holder: 'named' }],
    cardNumberNeeded: true,
  },
  // Guide 四1: the legal person's card, appendices 1 and 2 (one card form for each operator), payment page, operator and
  // handler. 四2: bought for 厦门分中心, 关区取货; second working day after acceptance.
  'add-operator': {
    ...byEms,
    chapter: '四',
    papers: [one('registration-form'), cardForm('operator'), one('payment-proof'), identity('operator'), identity('handler')],
    cardsEnclosed: ['legal-card'],
    payment: { ...operatorProduct, quantity: 'per-operator' },
    deadline: { workingDays: 2 },
    cardJobs: [{ kind: 'make', holder: 'each-operator' }],
  },
  // Guide 五1: appendix 1, payment page, holder and handler; the holder of a legal person's card is the legal person.
  // 五2: second working day after acceptance.
  'replace-legal': {
    ...byEms,
    chapter: '五',
    papers: [one('registration-form'), one('payment-proof'), identity('holder'), identity('handler')],
    cardsEnclosed: [],
    payment: { product: /法人/u, productTitle: '智能IC卡-法人卡', quantity: 'one' },
    deadline: { workingDays: 2 },
    cardJobs: [{ kind: 'make', holder: 'legal' }],
  },
  'replace-operator': {
    ...byEms,
    chapter: '五',
    papers: [one('registration-form'), one('payment-proof'), identity('holder'), identity('handler')],
    cardsEnclosed: [],
    payment: { ...operatorProduct, quantity: 'one' },
    deadline: { workingDays: 2 },
    cardJobs: [{ kind: 'make', holder: 'each-operator' }],
  },
  // Guide 六1: the card, appendix 1, holder and handler. 六2: second working day after acceptance.
  renew: {
    ...byEms,
    chapter: '六',
    papers: [one('registration-form'), identity('holder'), identity('handler')],
    cardsEnclosed: ['named-card'],
    deadline: { workingDays: 2 },
    cardJobs: [{ kind: 'renew', holder: 'named' }],
    cardNumberNeeded: true,
  },
  // Guide 七1: the card, appendix 1, holder and handler. 七2: second working day after acceptance.
  unlock: {
    ...byEms,
    chapter: '七',
    papers: [one('registration-form'), identity('holder'), identity('handler')],
    cardsEnclosed: ['named-card'],
    deadline: { workingDays: 2 },
    cardJobs: [{ kind: 'unlock', holder: 'named' }],
    cardNumberNeeded: true,
  },
  // Guide 八1: sealed payment page; 八2②: authorisation letter (appendix 5), by e-mail. 八 names no deadline: the second
  // working day of the other short services is the office's own.
  reader: {
    ...byEms,
    chapter: '八',
    onRegistrationForm: false,
    door: 'mailbox',
    papers: [one('authorization-letter'), one('payment-proof')],
    cardsEnclosed: [],
    payment: { product: /读卡器/u, productTitle: '读卡器', quantity: 'any' },
    deadline: { workingDays: 2, assumed: true },
    cardJobs: [{ kind: 'hand-out-reader', holder: 'none' }],
  },
  // Guide 九1: all cards, appendix 1, appendix 4 in two copies, legal person and handler. 九2: second working day after
  // acceptance; cards are voided, nothing goes back.
  deregister: {
    ...byEms,
    chapter: '九',
    papers: [one('registration-form'), { kind: 'cancellation-request', copies: 2 }, identity('legal'), identity('handler')],
    cardsEnclosed: ['legal-card', 'every-operator-card'],
    deadline: { workingDays: 2 },
    handsOver: false,
    cardJobs: [
      // Operators first, the legal person's card last: it is needed to end the three-party agreements (guide 九2(1)).
      { kind: 'void', holder: 'each-operator' },
      { kind: 'void', holder: 'legal' },
    ],
    letters: ['acknowledgement', 'correction'],
    cardNumberNeeded: true,
  },
}
