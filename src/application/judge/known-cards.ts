/** What the ledger knows, as the rules ask for it. Pure. */
import type { ReadDocument } from '../../flow.ts'
import { cardStatusOn, type CardStatus } from '../../guide/card-life.ts'
import { normalizeIdNumber } from '../../guide/identifiers/id-number.ts'
import { isValidUscc, normalizeUscc } from '../../guide/identifiers/uscc.ts'
import type { Case } from './case.ts'
import { comparable, fieldText, textOf } from './evidence.ts'
import type { KnownCard } from './papers.ts'

export const cardsOf = (opened: Case): readonly KnownCard[] => opened.context.cards ?? []

/** The enterprise's code where nothing about it is in doubt. */
export function ownCode(opened: Case): string | null {
  const code = normalizeUscc(textOf(opened.enterpriseUscc) ?? '')
  return isValidUscc(code) ? code : null
}

/** A certificate may have run out by the day of judging. */
export const statusToday = ({ context }: Case, { status, validUntil = null }: KnownCard): CardStatus =>
  cardStatusOn(context.today, { status, validUntil })

/** Whether an identity copy is of the card's holder. */
export function isHolder(front: ReadDocument, card: KnownCard): boolean {
  const [name, number] = [fieldText(front, 'name'), fieldText(front, 'idNumber')]
  return (
    (number !== null && card.holderIdNumber !== null && normalizeIdNumber(number) === card.holderIdNumber) ||
    (name !== null && card.holderName !== null && comparable(name) === comparable(card.holderName))
  )
}
