/** Which paper a sheet goes on from: a form over two pages is one paper, whether its title is printed again or left out; two copies are two. */
import { documentFields, type DocumentKind } from '../../guide/papers.ts'
import type { PaperOnPage } from '../page.ts'

interface Sheets {
  readonly kind: DocumentKind
  readonly fields: PaperOnPage['fields']
}

/** Filled in by the applicant; what others issue fits on one page, and cards have sides. */
const forms = new Set<DocumentKind>(['registration-form', 'card-form', 'change-request', 'cancellation-request', 'authorization-letter'])

export const isForm = (kind: DocumentKind): boolean => forms.has(kind)

/** `isSameFile`: the sheet is the next one of the file that the last paper is in. Where the paper stands that `sheet` goes on from, or that goes on from it; −1 when it is a paper of its own. */
export function findOpenSheet(papers: readonly Sheets[], sheet: PaperOnPage, isSameFile = false): number {
  const last = papers.length - 1
  if (sheet.part === 'continued' && papers[last]?.kind === sheet.kind && fillsGaps(papers[last], sheet)) return last
  if (!isForm(sheet.kind)) return -1
  return papers.findLastIndex((open, at) => open.kind === sheet.kind && complements(open, sheet, at === last, isSameFile))
}

/** A sheet that goes on fills what the first sheet left open; one that says the same things again is another paper. */
function fillsGaps(open: Sheets, sheet: Sheets): boolean {
  const filled = Object.entries(sheet.fields).filter(([, field]) => field.value !== null)
  const again = filled.filter(([name]) => open.fields[name]?.value !== null && open.fields[name] !== undefined)
  return again.length * 2 <= filled.length || filled.length === 0
}

/**
 * Each has the places that the other lacks, filled in or not: a copy has the same ones, and a paper of its own has its own date. What is
 * printed on both, the enterprise's name say, says the same.
 */
function complements(open: Sheets, sheet: Sheets, isNext: boolean, isSameFile: boolean): boolean {
  const [first, second] = [placesOf(open), placesOf(sheet)]
  const shared = first.filter((name) => second.includes(name))
  // A blank one may be the office's: 受理日期 at the foot.
  if (shared.some((name) => isDate(sheet.kind, name) && sheet.fields[name]!.value !== null)) return false
  // Undertakings and the seal alone.
  if (second.length === 0) return isNext && first.length > 0 && (isSameFile || !first.some((name) => isLast(sheet.kind, name)))
  if (shared.length * 2 > Math.min(first.length, second.length)) return false
  return shared.every((name) => {
    const [one, other] = [open.fields[name]!.value, sheet.fields[name]!.value]
    return one === null || other === null || JSON.stringify(one) === JSON.stringify(other)
  })
}

/** The fields that have a place on it. */
const placesOf = ({ fields }: Sheets): string[] =>
  Object.entries(fields)
    .filter(([, { value, box }]) => value !== null || box !== null)
    .map(([name]) => name)

const isDate = (kind: DocumentKind, name: string): boolean =>
  documentFields[kind].some((field) => field.name === name && field.type === 'date')

const isLast = (kind: DocumentKind, name: string): boolean => documentFields[kind].at(-1)?.name === name
