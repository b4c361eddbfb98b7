/** What is drawn: a paper of a kind, with the values that stand on it and one drawing for each side. */
import type { DocumentKind } from '../../src/guide/papers.ts'
import type { Sheet } from './sheet.ts'

export interface PurchasedItem {
  readonly name: string
  readonly quantity: number
  readonly price: string | null
}

export type Content = string | null | readonly string[] | readonly PurchasedItem[]

export interface Side {
  /** Points; pixels on a screen. */
  readonly width: number
  readonly height: number
  readonly screen: boolean
  readonly draw: (sheet: Sheet) => void
  /** Names of the fields that stand on this side. */
  readonly fields: readonly string[]
}

export interface Paper {
  readonly kind: DocumentKind
  /** Whose paper it is, for file names and findings. */
  readonly role: string
  /** Canonical values; a field that is not on the paper is left out and becomes null. */
  readonly values: Readonly<Record<string, Content>>
  readonly sides: readonly Side[]
}

export const a4 = { width: 595, height: 842 } as const
