/**
 * The shape of the guide's table of services (制卡业务办理指引, 不见面办理形式): the ten chapters as data, `xiamen.json`, to be
 * proof-read by a clerk (`zhika guide` prints it). Another office's guide is another file of this shape.
 */
import { z } from 'zod'
import { letterKinds } from '../flow.ts'
import { documentKinds, serviceCodes, type ServiceCode } from './papers.ts'
import xiamen from './xiamen.json' with { type: 'json' }

/** Whose identity: legal person (法人), operator (操作员), holder of the card concerned (持卡人), handler (经办人). */
const parties = ['legal', 'operator', 'holder', 'handler'] as const
export type Party = (typeof parties)[number]
export const partyTitles: Record<Party, string> = { legal: '法人', operator: '操作员', holder: '持卡人', handler: '经办人' }

/** Where the guide says it: `四1（3）`. */
const section = z.string({ error: '请写明指引的章节' }).min(1, { error: '请写明指引的章节' })

const paperNeed = z
  .strictObject({
    kind: z.enum(documentKinds, { error: '不是已知的材料种类' }),
    copies: z.number().int().min(1).max(9).default(1),
    /** Whose, for copies of identity documents. */
    of: z.enum(parties, { error: '应为 legal、operator、holder 或 handler' }).optional(),
    /** One for each operator named: card forms and identity copies of operators. */
    perOperator: z.literal(true).optional(),
    /** Which half of the card form must be filled in. */
    halves: z.array(z.enum(['legal', 'operator'])).optional(),
    section,
  })
  .refine(({ kind, of }) => (kind === 'identity-document') === (of !== undefined), {
    error: '身份证件（且只有身份证件）要写明是谁的（of）',
  })
  .refine(({ kind, halves }) => (kind === 'card-form') === (halves !== undefined), {
    error: '电子口岸卡登记表（且只有它）要写明填哪一半（halves）',
  })
export type PaperNeed = z.infer<typeof paperNeed>

/** The physical cards an applicant encloses: the legal person's card, operators' cards, or the card that the sheet names. */
const enclosedCards = ['legal-card', 'operator-card', 'every-operator-card', 'named-card'] as const

/** What is done to which card once the application is accepted. */
export const cardJobKinds = ['make', 'rewrite', 'renew', 'unlock', 'void', 'hand-out-reader'] as const
export type CardJobKind = (typeof cardJobKinds)[number]

const cardJobRule = z.strictObject({
  kind: z.enum(cardJobKinds),
  /** Whose card; `each-operator` is one job for every card form or every operator's card named; `named` the card on the sheet. */
  holder: z.enum(['legal', 'each-operator', 'named', 'none']),
})
export type CardJobRule = z.infer<typeof cardJobRule>

const agreementRule = z.strictObject({
  /** Its code, in links and in the log. */
  system: z.string().regex(/^[a-z][a-z-]{1,30}$/u, { error: '应为小写字母和连字符' }),
  title: z.string().min(1, { error: '请写明系统的名称' }),
  /** The words by which an applicant's reply may name it; none of them may name another. */
  words: z.array(z.string().min(2, { error: '至少两个字' })).min(1, { error: '至少写一个称呼' }),
  /** What to do in it, told to the applicant. */
  steps: z.string().min(1, { error: '请写明如何操作' }),
  section,
})
export type AgreementRule = z.infer<typeof agreementRule>

const paymentRule = z.strictObject({
  /** What the name of a purchased product must contain. */
  product: z.string().min(1, { error: '请写明商品名称中应有的字' }),
  title: z.string().min(1),
  /** One for each operator card form, exactly one, or as many as were bought. */
  quantity: z.enum(['per-operator', 'one', 'any']),
  section,
})
export type PaymentRule = z.infer<typeof paymentRule>

const serviceRule = z
  .strictObject({
    chapter: section,
    /** Whether the registration form carries a tick for it. */
    onRegistrationForm: z.boolean(),
    /** `ems`: paper by EMS only (邮政法); `mailbox`: e-mail to the office; `e-port`: filed at e.chinaport.gov.cn. */
    door: z.enum(['ems', 'mailbox', 'e-port'], { error: '应为 ems、mailbox 或 e-port' }),
    /** The company seal must stand on every paper (请逐份加盖单位公章). */
    sealEveryPaper: z.boolean(),
    papers: z.array(paperNeed).min(1, { error: '至少写一种材料' }),
    cardsEnclosed: z.array(z.enum(enclosedCards)),
    sections: z.strictObject({ seal: section, cards: section.optional() }),
    payment: paymentRule.nullable(),
    deadline: z.strictObject({
      /** Working days until the parcel is handed over, counted from 审核通过 or 业务受理: in this system the same act. */
      workingDays: z.number().int().min(0).max(60),
      from: z.enum(['approval', 'acceptance']),
      section,
      /** True where the guide names none and the office's own is used. */
      assumed: z.literal(true).optional(),
    }),
    /** How something goes back to the applicant: by EMS freight collect (邮寄领卡) or at the counter (窗口领卡); empty: nothing does. */
    delivery: z.array(z.enum(['post', 'window'])),
    /** The systems in which no three-party agreement (三方协议) may be in force before it is accepted. */
    agreements: z.array(agreementRule).default([]),
    cardJobs: z.array(cardJobRule),
    letters: z.array(z.enum(letterKinds)),
    /** Whether the registration form must name a card number for it. */
    cardNumberNeeded: z.boolean(),
  })
  .transform((rule) => ({ ...rule, handsOver: rule.delivery.length > 0 }))
export type ServiceRule = z.infer<typeof serviceRule>

export const servicesShape = z.strictObject(
  Object.fromEntries(serviceCodes.map((code) => [code, serviceRule])) as Record<ServiceCode, typeof serviceRule>,
)
type Services = z.infer<typeof servicesShape>

/** One process serves one office: the table that it follows. */
export let services: Services = servicesShape.parse(xiamen.services)

/** Only for `follow-guide.ts`. */
export function setServices(followed: Services): void {
  services = followed
}
