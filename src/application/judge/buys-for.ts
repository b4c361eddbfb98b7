/** Whether a payment page shows the product that a service needs. */
import type { ReadDocument } from '../../flow.ts'
import type { ServiceCode } from '../../guide/papers.ts'
import { services } from '../../guide/services.ts'

export interface PurchasedItem {
  readonly name: string
  readonly quantity: number | null
  readonly price: string | null
}

/** The products of a payment page; none when they could not be read. */
export function purchasedItems(proof: ReadDocument): PurchasedItem[] {
  const value = proof.fields['items']?.value
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object') : []
}

/** `unknown` when the products could not be read or the service needs none. */
export function buysFor(proof: ReadDocument, service: ServiceCode): boolean | 'unknown' {
  const { payment } = services[service]
  const items = purchasedItems(proof)
  if (!payment || items.length === 0) return 'unknown'
  return items.some(({ name }) => name.includes(payment.product))
}
