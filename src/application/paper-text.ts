/** What the papers of an application say, as text to copy onto a card or a parcel. Pure. */
import type { ReadDocument } from '../flow.ts'
import type { DocumentKind } from '../guide/papers.ts'

/** A field of one paper, trimmed; null when empty, unread or not a text. */
export function textIn(document: ReadDocument, field: string): string | null {
  const value = document.fields[field]?.value
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

/** The field of the first paper of a kind that says it. */
export function firstText(documents: readonly ReadDocument[], kind: DocumentKind, field: string): string | null {
  for (const document of documents) {
    const text = document.kind === kind ? textIn(document, field) : null
    if (text !== null) return text
  }
  return null
}
