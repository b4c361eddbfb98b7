/** Names the papers that came, as an applicant knows them: whose identity copy, which side of it, how many of a kind. */
import type { ReadDocument } from '../../flow.ts'
import { fieldText, isPlain } from '../../application/judge/evidence.ts'
import { showsBack, showsFront } from '../../application/judge/people.ts'
import { nameOf } from '../../application/judge/person-name.ts'
import { documentTitles } from '../../guide/papers.ts'

export interface ToldPaper {
  readonly title: string
  /** `正反面`, `人像面` or `国徽面` of an identity card; null for other papers, and where neither was read. */
  readonly sides: string | null
  /** How many of it came; null for one. */
  readonly copies: number | null
  /** Of all of them together. */
  readonly pages: number
}

/** In the order of the papers; what came several times is told once, with its number. */
export function tellPapers(documents: readonly ReadDocument[]): ToldPaper[] {
  const told: ToldPaper[] = []
  for (const document of documents) {
    const [title, sides, pages] = [titleOf(document), sidesOf(document), document.pages.length]
    const at = told.findIndex((other) => other.title === title && other.sides === sides)
    const before = told[at]
    if (before) told[at] = { ...before, copies: (before.copies ?? 1) + 1, pages: before.pages + pages }
    else told.push({ title, sides, copies: null, pages })
  }
  return told
}

/** A name that may be misread says nothing to its bearer. */
function titleOf({ kind, fields: { name } }: ReadDocument): string {
  const title = documentTitles[kind]
  return kind === 'identity-document' && nameOf(name) !== null && isPlain(name) ? `${nameOf(name)}的${title}` : title
}

function sidesOf(document: ReadDocument): string | null {
  if (document.kind !== 'identity-document' || /护照|通行证/u.test(fieldText(document, 'idType') ?? '')) return null
  const [front, back] = [showsFront(document), showsBack(document)]
  if (front && back) return '正反面'
  return front ? '人像面' : back ? '国徽面' : null
}
