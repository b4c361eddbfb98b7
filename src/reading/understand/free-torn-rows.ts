/**
 * Labels of a licence are set as wide as their column (类 型): where a photograph, a watermark or a seal took one of their letters, the rows
 * below a name, a type or an address were taken for more of it. What such rows hold is told by its form, and is left to whatever reads
 * values without labels.
 */
import { inReadingOrder, type Claims } from './claim-values.ts'
import type { Span } from './cut-spans.ts'
import type { NamedHit } from './name-hits.ts'
import type { PaperInHand } from './read-fields.ts'
import { isAmountOfCapital, withoutEndOfLabel } from './read-unlabelled.ts'
import { lengthOfRegion } from './values/regions.ts'
import { endsAsEnterprise, isTypeOfEnterprise } from './values/texts.ts'

export function freeTornRows(paper: PaperInHand): PaperInHand {
  if (paper.form.kind !== 'business-licence') return paper
  const freed: Span[] = []
  const byHit = new Map<NamedHit, readonly Span[]>()
  for (const [hit, claimed] of paper.claims.byHit) {
    const rows = inReadingOrder(claimed)
    const end = hit.field === null ? -1 : endOf(hit.field, rows)
    byHit.set(hit, end < 0 ? claimed : rows.slice(0, end))
    if (end >= 0) freed.push(...rows.slice(end))
  }
  const claims: Claims = { byHit, free: [...paper.claims.free, ...freed] }
  return freed.length === 0 ? paper : { ...paper, claims }
}

/** Where among the rows of a value another one begins; negative where none does. */
function endOf(field: string, rows: readonly Span[]): number {
  const isName = field === 'enterpriseName'
  if (!isName && field !== 'enterpriseType' && field !== 'address') return -1
  const textTo = (end: number): string =>
    rows
      .slice(0, end)
      .map(({ text }) => text)
      .join('')
  // A name may go on with 股份有限公司, or with 厦门分公司.
  const isWhole = isName && endsAsEnterprise(textTo(rows.length))
  return rows.findIndex((row, at) => {
    if (at === 0 || (isName && !endsAsEnterprise(textTo(at)))) return false
    return isOther(field, row) || (isName && !isWhole && !endsAsEnterprise(textTo(at + 1)))
  })
}

/** A letter left of a label, or a value that is none of this field. */
function isOther(field: string, row: Span): boolean {
  if (/^[名称类型住所]$/u.test(row.text)) return true
  const says = (name: string, is: (text: string) => boolean): boolean => field !== name && is(withoutEndOfLabel(row, name).text)
  return (
    says('enterpriseType', isTypeOfEnterprise) ||
    says('registeredCapital', isAmountOfCapital) ||
    says('address', (text) => text.length >= 8 && lengthOfRegion(text) > 0 && !endsAsEnterprise(text))
  )
}
