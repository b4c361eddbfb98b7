/** The cards concerned, against what the ledger says of their state (identity system's manual: 挂失, 冻结, 解锁; guide 一 to 七). */
import type { Finding } from '../../flow.ts'
import { cardOperations, cardStatusTitles, type CardOperation, type CardOperationRule } from '../../guide/card-life.ts'
import { serviceTitles, type ServiceCode } from '../../guide/papers.ts'
import { found, labelOf, ofKind, titleOf, type Case } from './case.ts'
import { isPlain } from './evidence.ts'
import { cardsOf, isHolder, ownCode, statusToday } from './known-cards.ts'
import { namedCards } from './named-cards.ts'

/** What each service does to the card that its sheet names. */
const operations: Partial<Record<ServiceCode, CardOperation>> = {
  'change-enterprise': 'change',
  'change-operator': 'change',
  'replace-legal': 'replace',
  'replace-operator': 'replace',
  renew: 'renew',
  unlock: 'unlock',
  deregister: 'void',
}

/** What the applicant does about it. */
const remedies = { void: '请核对卡号后更正', lost: '请先解挂，或改办补卡', frozen: '请先解冻' } as const
const codes = { void: 'card-void', lost: 'card-lost', frozen: 'card-frozen' } as const

/** Not void, lost or frozen where the service needs a card in use; a certificate that has run out is renewed, not unlocked. */
export function unfitCards(opened: Case): Finding[] {
  const operation = operations[opened.service]
  if (!operation) return []
  const { steps }: CardOperationRule = cardOperations[operation]
  const code = ownCode(opened)
  return namedCards(opened.documents).flatMap((named): Finding[] => {
    const card = cardsOf(opened).find(({ number }) => number === named.number)
    if (!card || (card.uscc !== null && code !== null && card.uscc !== code)) return []
    const at = { document: named.document, field: named.field }
    const it = `${titleOf(named.document)}的${labelOf(named.document.kind, named.field)} ${named.number}`
    const status = statusToday(opened, card)
    if (steps[status] === undefined && (status === 'void' || status === 'lost' || status === 'frozen')) {
      const message = `${it} ${cardStatusTitles[status]}，不能办理${serviceTitles[opened.service]}，${remedies[status]}。`
      // A card that is void already may stand among those of an enterprise that gives all of them back.
      const clear = isPlain(named.value) && opened.service !== 'deregister'
      return [found(codes[status], clear ? 'correct' : 'look', message, at)]
    }
    if (status === 'expired' && steps[status] === 'stays')
      return [found('card-expired', 'look', `${it} 的证书已过期，办理后仍不能使用，请告知企业同时办理${serviceTitles.renew}。`, at)]
    return []
  })
}

/** Guide 一: 新用户入网 is for an enterprise without cards; 法人卡 there is one. */
export function enrolledAlready(opened: Case): Finding[] {
  const code = ownCode(opened)
  if (code === null || (opened.service !== 'enrol' && opened.service !== 'enrol-online')) return []
  const card = cardsOf(opened).find(({ uscc, kind, status }) => uscc === code && kind === 'legal' && status !== 'void')
  if (!card) return []
  const message = `台账中本企业已有法人卡 ${card.number}（${cardStatusTitles[statusToday(opened, card)]}），请核对是否应办补卡或变更。`
  const [document] = [...ofKind(opened, 'registration-form'), ...ofKind(opened, 'authorization-letter')]
  return [found('already-enrolled', 'look', message, document ? { document } : {})]
}

/** Guide 五: 补卡 is for a card that there is, of the person whose identity copy is enclosed. */
export function nothingToReplace(opened: Case): Finding[] {
  const kind = opened.service === 'replace-legal' ? 'legal' : opened.service === 'replace-operator' ? 'operator' : null
  const code = ownCode(opened)
  if (kind === null || code === null) return []
  const own = cardsOf(opened).filter(({ uscc }) => uscc === code)
  // The ledger may be younger than the enterprise: only where it knows cards of it is there anything to say.
  if (own.length === 0) return []
  const title = kind === 'legal' ? '法人卡' : '操作员卡'
  const old = own.filter((card) => (card.kind ?? kind) === kind && card.status !== 'void')
  if (old.length === 0) return [found('card-unknown', 'look', `台账中本企业没有可补的${title}，请核对应办的业务。`)]
  const fronts = opened.people.copies.flatMap(({ front }) => front ?? [])
  if (fronts.length === 0 || old.some((card) => card.holderName === null || fronts.some((front) => isHolder(front, card)))) return []
  const message = `台账中本企业的${title}没有一张属于所附身份证件上的人，请核对要补的是谁的卡。`
  return [found('card-holder-mismatch', 'look', message, { kind: 'identity-document' })]
}
