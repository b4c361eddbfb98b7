/**
 * The life of a card (卡) as the identity system's manual tells it (身份认证系统操作手册): its states, and which operation
 * leads from one to the next. `docs/card-states.md` is drawn from this table. Pure.
 */

export const cardKindTitles = { legal: '法人卡', operator: '操作员卡' } as const
export type CardKind = keyof typeof cardKindTitles

/** A card for a reader, or one that goes into a USB socket (manual, 进入系统). */
export const cardMediumTitles = { 'ic-card': 'IC卡', 'usb-key': 'Ikey' } as const
export type CardMedium = keyof typeof cardMediumTitles

export const cardStatusTitles = {
  valid: '有效',
  lost: '已挂失',
  frozen: '已冻结',
  locked: '已锁定',
  expired: '已过期',
  void: '已作废',
} as const
export type CardStatus = keyof typeof cardStatusTitles

/** What the ledger keeps: that a certificate has expired is told by the clock, see `cardStatusOn`. */
export type KeptCardStatus = Exclude<CardStatus, 'expired'>

/** At a work station for an application, or recorded by a clerk who says why: done at the counter, or by the enterprise itself. */
export type CardWay = 'job' | 'record'

export interface CardOperationRule {
  readonly title: string
  readonly ways: readonly CardWay[]
  /** From where it leads where; `none` is a number that the ledger does not know. */
  readonly steps: Partial<Record<CardStatus | 'none', KeptCardStatus | 'stays'>>
}

const from = <Next extends KeptCardStatus | 'stays'>(next: Next, ...statuses: (CardStatus | 'none')[]) =>
  Object.fromEntries(statuses.map((status) => [status, next])) as Partial<Record<CardStatus | 'none', Next>>

export const cardOperations = {
  declare: { title: '申报', ways: ['job'], steps: from('valid', 'none') },
  change: { title: '变更', ways: ['job'], steps: from('stays', 'valid', 'locked', 'expired') },
  // 延期 by the enterprise is for a certificate that still holds; 更新 at the centre also for one that has run out (guide 六).
  renew: { title: '延期/更新', ways: ['job', 'record'], steps: from('valid', 'valid', 'locked', 'expired') },
  'report-lost': { title: '挂失', ways: ['record'], steps: from('lost', 'valid', 'locked', 'frozen', 'expired') },
  'cancel-lost': { title: '解挂', ways: ['record'], steps: from('valid', 'lost') },
  freeze: { title: '冻结', ways: ['record'], steps: from('frozen', 'valid', 'locked', 'expired') },
  unfreeze: { title: '解冻', ways: ['record'], steps: from('valid', 'frozen') },
  // Too many wrong passwords lock a card where nobody at the office sees it: most cards that are unlocked were never recorded.
  lock: { title: '锁定', ways: ['record'], steps: from('locked', 'valid') },
  unlock: { title: '解锁', ways: ['job', 'record'], steps: { ...from('valid', 'locked', 'valid'), ...from('stays', 'expired') } },
  /** Of the old card; the new one is declared. */
  replace: { title: '补办', ways: ['job'], steps: from('void', 'valid', 'lost', 'frozen', 'locked', 'expired') },
  void: { title: '注销', ways: ['job', 'record'], steps: from('void', 'valid', 'lost', 'frozen', 'locked', 'expired') },
} as const satisfies Record<string, CardOperationRule>
export type CardOperation = keyof typeof cardOperations
export const cardOperationNames = Object.keys(cardOperations) as CardOperation[]

/** A certificate holds until the end of its last day (`YYYY-MM-DD`); a card lost, frozen or void stays that. */
export function cardStatusOn(today: string, { status, validUntil }: { status: KeptCardStatus; validUntil: string | null }): CardStatus {
  const holds = validUntil === null || today <= validUntil
  return holds || (status !== 'valid' && status !== 'locked') ? status : 'expired'
}

/** What a clerk may record of a card in this state. */
export const recordableOperations = (status: CardStatus): CardOperation[] =>
  cardOperationNames.filter((operation) => {
    const { ways, steps }: CardOperationRule = cardOperations[operation]
    return ways.includes('record') && steps[status] !== undefined
  })
