/** Names the papers that came, as an applicant knows them: whose identity copy, which side of it, how many of a kind. */
import type { ReadDocument } from '../../flow.ts'
import { fieldText, isPlain } from '../../application/judge/evidence.ts'
import { joinSides, showsBack, showsFront, type IdentityCopy } from '../../application/judge/people.ts'
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

/** In the order of the papers; what came several times is told once with its number, the two sheets of one card as one. */
export function tellPapers(documents: readonly ReadDocument[]): ToldPaper[] {
  const told: ToldPaper[] = []
  for (const paper of papersOf(documents)) {
    const at = told.findIndex(({ title, sides }) => title === paper.title && sides === paper.sides)
    const before = told[at]
    if (before) told[at] = { ...before, copies: (before.copies ?? 1) + 1, pages: before.pages + paper.pages }
    else told.push(paper)
  }
  return told
}

function papersOf(documents: readonly ReadDocument[]): ToldPaper[] {
  const copies = joinSides(documents.filter(({ kind }) => kind === 'identity-document'))
  return documents.flatMap((document) => {
    const copy = copies.find(({ sheets }) => sheets.includes(document))
    if (!copy) return [{ title: documentTitles[document.kind], sides: null, copies: null, pages: document.pages.length }]
    if (documents.find((first) => copy.sheets.includes(first)) !== document) return []
    const pages = copy.sheets.reduce((sum, sheet) => sum + sheet.pages.length, 0)
    return [{ title: titleOf(copy), sides: sidesOf(copy), copies: null, pages }]
  })
}

/** A name that may be misread says nothing to its bearer. */
function titleOf({ front }: IdentityCopy): string {
  const title = documentTitles['identity-document']
  const name = front?.fields['name']
  return nameOf(name) !== null && isPlain(name) ? `${nameOf(name)}的${title}` : title
}

function sidesOf({ front, back }: IdentityCopy): string | null {
  if (/护照|通行证/u.test(fieldText(front, 'idType') ?? '')) return null
  const hasFront = front !== undefined && showsFront(front)
  const hasBack = back !== undefined && (back !== front || showsBack(back))
  if (hasFront && hasBack) return '正反面'
  return hasFront ? '人像面' : hasBack ? '国徽面' : null
}
