/** Where a parcel goes and what is in it, from the application's papers and its finished card jobs. Pure. */
import { firstText } from '../application/paper-text.ts'
import type { Application } from '../application/record.ts'
import type { DocumentKind, ServiceCode } from '../guide/papers.ts'
import { services, type CardJobKind } from '../guide/services.ts'

/** A finished card job, as far as dispatch needs to know it. */
export interface FinishedCard {
  readonly kind: CardJobKind
  readonly cardKind: 'legal' | 'operator' | null
  readonly holderName: string | null
  readonly cardNumber: string | null
  readonly quantity: number
}

export interface HandoverItem {
  readonly name: string
  readonly holder: string | null
  readonly cardNumber: string | null
  readonly quantity: number
}

export interface Destination {
  /** How the enterprise wants it; null when its papers do not say. */
  readonly method: 'post' | 'window' | null
  readonly name: string | null
  readonly phone: string | null
  readonly address: string | null
}

/** 领卡方式 of the registration form; the authorisation letter (appendix 5) asks for post by its nature. */
export function destinationOf({ documents }: Pick<Application, 'documents'>): Destination {
  const field = (kind: DocumentKind, name: string) => firstText(documents, kind, name)
  const from = (kind: DocumentKind): Omit<Destination, 'method'> => ({
    name: field(kind, 'recipientName'),
    phone: field(kind, 'recipientPhone'),
    address: field(kind, 'recipientAddress'),
  })
  const form = from('registration-form')
  const letter = from('authorization-letter')
  const wanted = field('registration-form', 'deliveryMethod')
  if (wanted === 'window') return { method: 'window', ...form }
  if (wanted === 'post') return { method: 'post', ...form }
  // No tick: an address that was filled in says the same.
  if (form.address !== null) return { method: 'post', ...form }
  if (letter.address !== null || documents.some(({ kind }) => kind === 'authorization-letter')) return { method: 'post', ...letter }
  return { method: null, ...form }
}

const cardNames = { legal: '电子口岸法人卡', operator: '电子口岸操作员卡' } as const

/** What goes out: what was worked on, and the enclosed cards that come back with it (guide: 证件材料 of each service). */
export function itemsOf(service: ServiceCode, cards: readonly FinishedCard[]): HandoverItem[] {
  const items: HandoverItem[] = cards
    .filter(({ kind }) => kind !== 'void')
    .map(({ kind, cardKind, holderName, cardNumber, quantity }) => ({
      name: kind === 'hand-out-reader' ? '读卡器' : cardKind ? cardNames[cardKind] : '电子口岸卡',
      holder: holderName,
      cardNumber,
      quantity,
    }))
  const { cardsEnclosed, handsOver } = services[service]
  if (handsOver && cardsEnclosed.includes('legal-card') && !cards.some(({ cardKind }) => cardKind === 'legal'))
    items.push({ name: `${cardNames.legal}（退还）`, holder: null, cardNumber: null, quantity: 1 })
  return items
}

/** What a sentence calls the contents. */
export const thingsOf = (service: ServiceCode): string => (service === 'reader' ? '读卡器' : '电子口岸卡')
