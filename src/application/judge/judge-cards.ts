/** The cards that the papers name, against the ledger (guide 二1, 三1, 六1, 七1, 九1; 四1 注意事项(2)). */
import type { FieldValue, Finding } from '../../flow.ts'
import { normalizeIdNumber } from '../../guide/identifiers/id-number.ts'
import { office } from '../../guide/office.ts'
import { serviceTitles } from '../../guide/papers.ts'
import { found, labelOf, ofKind, titleOf, titleOfCopy, type Case } from './case.ts'
import { isPlain, isSure, textOf } from './evidence.ts'
import { cardsOf, isHolder, ownCode } from './known-cards.ts'
import { namedCards, type NamedCard } from './named-cards.ts'

const severityOf = (field: FieldValue) => (isPlain(field) ? 'correct' : 'look')
const where = ({ document, field }: NamedCard) => `${titleOf(document)}的${labelOf(document.kind, field)}`

/** Known to the ledger, and of this enterprise. */
export function unknownCards(opened: Case): Finding[] {
  const code = ownCode(opened)
  const hasCards = code !== null && cardsOf(opened).some(({ uscc }) => uscc === code)
  return namedCards(opened.documents).flatMap((named): Finding[] => {
    const at = { document: named.document, field: named.field }
    const card = cardsOf(opened).find(({ number }) => number === named.number)
    // The ledger may be younger than the card: only where it knows others of the enterprise is there anything to say.
    if (!card && opened.context.strangeNumbers?.includes(named.number)) {
      const message = `${where(named)} ${named.number} 的位数与台账中所有的卡号都不同，可能漏写数字，请核对卡号。`
      return [found('card-unknown', 'look', message, at)]
    }
    if (!card)
      return hasCards ? [found('card-unknown', 'look', `${where(named)} ${named.number} 不在本企业的卡片台账中，请核对卡号。`, at)] : []
    if (card.uscc !== null && code !== null && card.uscc !== code)
      return [found('card-unknown', severityOf(named.value), `${where(named)} ${named.number} 不是本企业的卡，请核对后更正。`, at)]
    return []
  })
}

/** Evidence that a figure was passed over, or that a number's end was not seen. */
const lossy = ['gap', 'mended', 'cut-short']
/** Longer than any card's: two numbers of a list, read as one. */
const mostFigures = 20

/**
 * A number of which a figure may be lost is another card's: where neither the ledger nor another paper has it, somebody looks. Of some 130 drawn
 * numbers four were read so, two of them wrong.
 */
export function lossyCardNumbers(opened: Case): Finding[] {
  const isKnown = ({ number }: NamedCard) => cardsOf(opened).some((card) => card.number === number)
  const isElsewhere = (named: NamedCard) =>
    namedCards(opened.documents.filter((document) => document !== named.document)).some(({ number }) => number === named.number)
  const mayLack = ({ value }: NamedCard) => !isSure(value) && lossy.some((what) => value.evidence?.includes(what))
  const isLossy = (named: NamedCard) => named.number.length > mostFigures || (mayLack(named) && !isElsewhere(named))
  const isAsked = ({ document }: NamedCard) => document.kind === 'cancellation-request' || opened.rule.cardNumberNeeded
  return namedCards(opened.documents)
    .filter((named) => isAsked(named) && isLossy(named) && !isKnown(named))
    .map((named) =>
      found('field-unreadable', 'look', `${where(named)} ${named.number} 可能漏读或多读了数字，请对照原件核对。`, {
        document: named.document,
        field: named.field,
      }),
    )
}

/** Guide 三1(1), 六1(3), 七1(3): an operator's card is changed; the identity copy is of the card's holder; a legal person's card is no operator's. */
export function otherHolders(opened: Case): Finding[] {
  return namedCards(opened.documents).flatMap((named): Finding[] => {
    const card = cardsOf(opened).find(({ number }) => number === named.number)
    if (!card) return []
    const at = { document: named.document, field: named.field }
    const asked = opened.service === 'change-operator' ? 'operator' : named.kind
    if (card.kind !== null && asked !== null && card.kind !== asked) {
      const is = card.kind === 'legal' ? '法人卡' : '操作员卡'
      return [found('card-holder-mismatch', 'look', `${where(named)} ${named.number} 在台账中是${is}，请核对卡号。`, at)]
    }
    // Guide 九1(4): beside the legal person's card lies the legal person's copy. The ledger may not know of a change of that person.
    const isLegals = opened.service === 'deregister' && card.kind === 'legal'
    if ((opened.service !== 'renew' && opened.service !== 'unlock' && !isLegals) || card.holderName === null) return []
    const fronts = opened.people.copies.flatMap(({ front }) => front ?? [])
    if (fronts.length === 0 || fronts.some((front) => isHolder(front, card))) return []
    const clear = !isLegals && isPlain(named.value) && fronts.every((front) => isPlain(front.fields['name'])) && !opened.somethingUnread
    const message = `卡号 ${named.number} 的持卡人是${card.holderName}，材料中没有其身份证件复印件，请${clear ? '核对卡号或补交持卡人的身份证件复印件' : '对照原件核对'}。`
    return [found('card-holder-mismatch', clear ? 'correct' : 'look', message, at), ...notHolders(opened, named.number)]
  })
}

/** Which of the two is wrong nobody knows: the number is asked about, and the copy that is not the handler's is noted beside it. */
function notHolders({ people }: Case, number: string): Finding[] {
  const isHandlers = (copy: (typeof people.copies)[number]) =>
    people.matches.some((match) => match.copy === copy && match.by === 'exact' && match.person.party === 'handler')
  const others = people.copies.filter((copy) => !isHandlers(copy))
  return others.flatMap((copy) => {
    const message = `${titleOfCopy(copy)}不是卡号 ${number} 的持卡人。`
    return copy.front ? [found('card-holder-mismatch', 'note', message, { document: copy.front, field: 'name' })] : []
  })
}

/**
 * Guide 四1 注意事项(2), 附件2 备注: one identity number, one card in one enterprise, those made before included: for whom a card is to be made, or
 * whom an operator's card is to pass to.
 */
export function operatorsWithCard(opened: Case): Finding[] {
  const code = ownCode(opened)
  const passesOn = opened.service === 'change-operator'
  const isMade = opened.rule.cardJobs.some(({ kind, holder }) => kind === 'make' && holder === 'each-operator')
  // 补办 is for somebody who has a card, which becomes void.
  if (code === null || !(isMade || passesOn) || opened.service === 'replace-operator') return []
  // The card that is changed may be the same person's.
  const changed = passesOn ? namedCards(opened.documents).map(({ number }) => number) : []
  if (passesOn && changed.length === 0) return []
  // Named by mistake instead of the operator's own, see `otherHolders`.
  if (passesOn && cardsOf(opened).some(({ number, kind }) => kind === 'legal' && changed.includes(number))) return []
  return ofKind(opened, 'card-form').flatMap((document) => {
    const value = document.fields['operator.idNumber']
    const number = normalizeIdNumber(textOf(value) ?? '')
    const card = cardsOf(opened).find(
      ({ uscc, holderIdNumber, status, number: own }) =>
        uscc === code && status !== 'void' && holderIdNumber === number && !changed.includes(own),
    )
    if (!card || number === '') return []
    // Of the legal person's card beside an operator's the guide says less: see `legalPersonAsOperator`.
    const isLegal = card.kind === 'legal'
    const clear = isSure(value) && !isLegal
    const ask = clear ? '更换操作员或撤回申请' : isLegal ? '核对是否须更换操作员' : '对照原件核对'
    const message = `《电子口岸卡登记表》的操作员在本企业已有${isLegal ? '法人卡' : '操作员卡'} ${card.number}，一个证件号码在同一企业只能办一张，请${ask}。`
    return [found('duplicate-operator', clear ? 'correct' : 'look', message, { document, field: 'operator.idNumber' })]
  })
}

/** Guide 九1(1)(3): all cards of the enterprise are handed in and listed, and become void; one that is left out would stay in force. */
export function unlistedCards(opened: Case): Finding[] {
  const [request] = ofKind(opened, 'cancellation-request')
  const code = ownCode(opened)
  if (opened.service !== 'deregister' || !request || code === null) return []
  const named = namedCards(opened.documents).map(({ number }) => number)
  const left = cardsOf(opened).filter(({ uscc, status, number }) => uscc === code && status !== 'void' && !named.includes(number))
  return left.map((card) => {
    const [what, field] = card.kind === 'legal' ? ['法人卡', 'legalCardNumber'] : ['操作员卡', 'operatorCardNumbers']
    const message = `台账中本企业还有${what} ${card.number}，${titleOf(request)}没有列出，请核对是否漏填。`
    return found('card-unlisted', 'look', message, { document: request, field })
  })
}

/** 旧握奇卡: cards whose number begins with 0 often cannot be renewed or unlocked by mail; the clerk tries, or calls the holder in. */
export function outdatedCards(opened: Case): Finding[] {
  if (opened.service !== 'renew' && opened.service !== 'unlock') return []
  return namedCards(opened.documents)
    .filter(({ number }) => number.startsWith('0'))
    .map((named) =>
      found(
        'card-outdated',
        'look',
        `${where(named)} ${named.number} 以0开头，是旧卡，多不能邮寄办理${serviceTitles[opened.service]}，请核对卡片；不能办理的，请企业持卡到${office.counter}办理。`,
        { document: named.document, field: named.field },
      ),
    )
}
