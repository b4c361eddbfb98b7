/** The cards counted in the parcel against the cards that the guide and the papers ask for (guide 二1(5), 三1(1), 四1(1), 六1(1), 七1(1), 九1(1)). */
import type { Finding } from '../../flow.ts'
import { isValidUscc, normalizeUscc } from '../../guide/identifiers/uscc.ts'
import { serviceTitles } from '../../guide/papers.ts'
import { found, labelOf, ofKind, titleOf, type Case } from './case.ts'
import { fieldText, isPlain, textOf } from './evidence.ts'
import { namedCards, type NamedCard } from './named-cards.ts'
import type { EnclosedCard, KnownCard } from './papers.ts'

/** One card that must be in the parcel. */
interface Wanted {
  readonly kind: 'legal' | 'operator' | null
  /** Where a paper names it. */
  readonly named: NamedCard | null
  /** Named by a paper, else as the ledger has it; null when neither knows. */
  readonly number: string | null
}

interface Counted extends EnclosedCard {
  /** As the ledger knows it. */
  readonly known: KnownCard | null
  readonly isStrange: boolean
}

const titles = { legal: '电子口岸法人卡', operator: '电子口岸操作员卡' } as const
const titleOfKind = (kind: Wanted['kind']) => (kind === null ? '电子口岸卡' : titles[kind])
const nameOf = ({ number, unreadableFor }: EnclosedCard) =>
  number === null ? `卡号无法辨认的卡（${unreadableFor ?? '未注明原因'}）` : `卡 ${number}`
const where = ({ document, field }: NamedCard) => `${titleOf(document)}的${labelOf(document.kind, field)}`

/** Says nothing before the cards of a parcel have been counted. */
export function enclosedCards(opened: Case): Finding[] {
  const { enclosed } = opened.context
  if (!enclosed) return []
  const { wanted, isOpenEnded } = wantedCards(opened)
  const cards = enclosed.map((card) => recognise(opened, card))
  const { missing, spare } = match(wanted, cards)
  // Guide 九2(1): as long as agreements are in force the applicant needs the legal person's card to end them.
  const isKept = (opened.context.openAgreements ?? []).length > 0
  const asked = missing.filter(({ kind }) => !(isKept && kind === 'legal'))
  const findings = asked.map((want) => tellMissing(opened, want, takeDoubtful(spare, want)))
  const operators = spare.filter(({ known, isStrange }) => isOpenEnded && !isStrange && known?.kind !== 'legal')
  if (isOpenEnded && operators.length === 0)
    findings.push(
      look('邮包中没有电子口岸操作员卡，应随附全部操作员卡，请核对企业是否有操作员卡；有的，请申请人补寄。', {
        kind: 'registration-form',
      }),
    )
  for (const card of spare) if (!operators.includes(card)) findings.push(tellSpare(opened, card))
  return findings
}

const look = (message: string, at: Parameters<typeof found>[3] = {}) => found('card-count-mismatch', 'look', message, at)

function wantedCards(opened: Case): { wanted: Wanted[]; isOpenEnded: boolean } {
  const own = ownCards(opened)
  const named = namedCards(opened.documents)
  const onSheet = named.find(({ document }) => document.kind === 'registration-form') ?? null
  const wanted: Wanted[] = []
  let isOpenEnded = false
  for (const rule of opened.rule.cardsEnclosed) {
    if (rule === 'named-card') wanted.push({ kind: null, named: onSheet, number: onSheet?.number ?? null })
    else if (rule === 'operator-card') wanted.push({ kind: 'operator', named: onSheet, number: onSheet?.number ?? null })
    else if (rule === 'legal-card') wanted.push(legalCard(named, own))
    else {
      const operators = operatorCards(opened, named, own)
      wanted.push(...operators)
      isOpenEnded = operators.length === 0
    }
  }
  // 企业基本信息变更 names one card on the sheet without saying whose: it is one of those that are asked for.
  const unplaced = onSheet && !wanted.some(({ number }) => number === onSheet.number) ? onSheet : null
  const place = unplaced ? wanted.findIndex((want) => want.named === null && mayBe(want, unplaced, own)) : -1
  if (unplaced && place >= 0) wanted[place] = { ...wanted[place]!, named: unplaced, number: unplaced.number }
  return { wanted, isOpenEnded }
}

const mayBe = ({ kind }: Wanted, { number }: NamedCard, own: readonly KnownCard[]): boolean => {
  const known = own.find((card) => card.number === number)?.kind ?? null
  return known === null || kind === null || known === kind
}

/** Cards of this enterprise that the ledger has and that are good. */
function ownCards(opened: Case): readonly KnownCard[] {
  const code = normalizeUscc(textOf(opened.enterpriseUscc) ?? '')
  return isValidUscc(code) ? (opened.context.cards ?? []).filter(({ uscc, status }) => uscc === code && status !== 'void') : []
}

function legalCard(named: readonly NamedCard[], own: readonly KnownCard[]): Wanted {
  const onPaper = named.find(({ kind }) => kind === 'legal') ?? null
  const inLedger = own.filter(({ kind }) => kind === 'legal')
  return { kind: 'legal', named: onPaper, number: onPaper?.number ?? (inLedger.length === 1 ? inLedger[0]!.number : null) }
}

/** Those that the papers list, else those of the ledger, else one for each operator whose half is filled in; none when nobody knows. */
function operatorCards(opened: Case, named: readonly NamedCard[], own: readonly KnownCard[]): Wanted[] {
  const listed = named.filter(({ kind }) => kind === 'operator')
  if (listed.length > 0) return listed.map((one) => ({ kind: 'operator', named: one, number: one.number }))
  const inLedger = own.filter(({ kind }) => kind === 'operator')
  if (inLedger.length > 0) return inLedger.map(({ number }) => ({ kind: 'operator', named: null, number }))
  const forms = ofKind(opened, 'card-form').filter((form) => fieldText(form, 'operator.holderName') !== null)
  return forms.map(() => ({ kind: 'operator', named: null, number: null }))
}

function recognise(opened: Case, card: EnclosedCard): Counted {
  const known = opened.context.cards?.find(({ number }) => number === card.number) ?? null
  const code = normalizeUscc(textOf(opened.enterpriseUscc) ?? '')
  return { ...card, known, isStrange: known !== null && known.uscc !== null && isValidUscc(code) && known.uscc !== code }
}

/** First by number, then by what the ledger knows of the kind, then what nobody knows. */
function match(wanted: readonly Wanted[], cards: readonly Counted[]): { missing: Wanted[]; spare: Counted[] } {
  const spare = [...cards]
  let missing = [...wanted]
  const take = (fits: (want: Wanted, card: Counted) => boolean) => {
    missing = missing.filter((want) => {
      const at = spare.findIndex((card) => fits(want, card))
      if (at >= 0) spare.splice(at, 1)
      return at < 0
    })
  }
  take((want, card) => want.number !== null && want.number === card.number)
  take((want, card) => want.number === null && !card.isStrange && card.known !== null && (want.kind ?? card.known.kind) === card.known.kind)
  take((want, card) => want.number === null && card.known === null && card.number !== null)
  return { missing, spare }
}

/** A card that may be the one wanted: one that cannot be read, or one that only the paper's number, or the ledger, speaks against. */
function takeDoubtful(spare: Counted[], want: Wanted): Counted | undefined {
  const at = [
    spare.findIndex(({ number }) => number === null),
    spare.findIndex(({ known, isStrange, number }) => number !== null && !isStrange && (known === null || known.kind === want.kind)),
  ].find((index) => index >= 0)
  return at === undefined ? undefined : spare.splice(at, 1)[0]
}

function tellMissing(opened: Case, want: Wanted, instead: Counted | undefined): Finding {
  const at = want.named ? { document: want.named.document, field: want.named.field } : { kind: 'registration-form' as const }
  // The ledger's operators may have left since; a legal person's card there is always.
  const isOnlyLedgers = want.named === null && want.number !== null && want.kind === 'operator'
  const severity = isOnlyLedgers || (want.named && !isPlain(want.named.value)) ? 'look' : 'correct'
  const title = titleOfKind(want.kind ?? opened.context.cards?.find(({ number }) => number === want.number)?.kind ?? null)
  const tell = (how: Finding['severity'], message: string) => found('card-count-mismatch', how, message, at)
  if (instead && instead.number === null)
    return tell('look', `邮包中有${nameOf(instead)}，请对照实物核对是不是${title}${want.number === null ? '' : ` ${want.number}`}。`)
  if (instead && want.named)
    return tell(
      severity,
      `邮包中是${nameOf(instead)}，${where(want.named)}是 ${want.number}，请核对后更正卡号，或者寄来卡号为 ${want.number} 的卡。`,
    )
  if (instead) return tell('look', `邮包中是${nameOf(instead)}，台账中本企业的${title}是 ${want.number}，请对照实物核对。`)
  if (want.named) return tell(severity, `邮包中没有${where(want.named)} ${want.number} 的卡，请寄来这张卡。`)
  if (isOnlyLedgers) return tell(severity, `邮包中没有台账所记的${title} ${want.number}，请核对该卡是否在用；在用的，请申请人补寄。`)
  return tell(severity, `邮包中没有${title}，办理${serviceTitles[opened.service]}须随附${title}，请寄来。`)
}

function tellSpare(opened: Case, card: Counted): Finding {
  if (card.isStrange) return look(`邮包中的${nameOf(card)} 是其他企业的，请核对是谁的卡，并退还寄件人。`)
  return look(`邮包中多出${nameOf(card)}，办理${serviceTitles[opened.service]}不需要这张卡，请核对后随件退还。`)
}

/** A parcel that could not be taken: the originals have not come by it. */
export function refusedParcels(opened: Case): Finding[] {
  return (opened.context.refusedParcels ?? []).map(({ number, because }) =>
    found('parcel-refused', 'note', `寄来的邮包 ${number} ${because}，没有收下，已退给快递员；本中心只收邮政特快专递，且不收到付件。`),
  )
}
