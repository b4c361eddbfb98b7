/** Papers that come later for an application: which are added, and which former ones each takes the place of. Pure. */
import type { Finding, ReadDocument } from '../../flow.ts'
import { normalizeIdNumber } from '../../guide/identifiers/id-number.ts'
import type { DocumentKind, ServiceCode } from '../../guide/papers.ts'
import { services } from '../../guide/services.ts'
import { comparable, fieldText, near, sameContent } from '../judge/evidence.ts'

export interface MergedPapers {
  /** The papers as they are judged from now on, in the order in which they first came. */
  readonly documents: readonly ReadDocument[]
  readonly added: readonly DocumentKind[]
  /** Former papers that a later one took the place of. */
  readonly replaced: readonly ReadDocument[]
}

export interface FormerPapers {
  readonly service: ServiceCode
  readonly documents: readonly ReadDocument[]
  readonly findings: readonly Finding[]
}

/** What a clerk had corrected on a former paper is carried over where the later one says the same otherwise. */
export function mergePapers(former: FormerPapers, arrived: readonly ReadDocument[]): MergedPapers {
  const documents = [...former.documents]
  const added: DocumentKind[] = []
  const replaced: ReadDocument[] = []
  const fresh = new Set<ReadDocument>()
  for (const paper of arrived) {
    const at = documents.findIndex((document) => !fresh.has(document) && takesPlaceOf(paper, document, former, arrived))
    const before = documents[at]
    const kept = before ? carryOver(before, paper) : paper
    fresh.add(kept)
    if (before) {
      replaced.push(before)
      documents[at] = kept
    } else {
      added.push(paper.kind)
      documents.push(kept)
    }
  }
  return { documents, added, replaced }
}

function takesPlaceOf(paper: ReadDocument, before: ReadDocument, former: FormerPapers, arrived: readonly ReadDocument[]): boolean {
  if (paper.kind !== before.kind || paper.kind === 'unknown') return false
  const isAccused = former.findings.some(
    ({ document, severity, page }) =>
      document === before.kind && severity !== 'note' && page !== null && before.pages.some(({ file }) => file === page.file),
  )
  if (paper.kind === 'identity-document') return isSamePerson(paper, before) && showsSide(paper, before)
  if (paper.kind === 'card-form') return isSameHolder(paper, before) || (isAccused && isAlone(former.documents, arrived, 'card-form'))
  if (paper.kind === 'payment-proof') {
    const orders = [fieldText(paper, 'orderNumber'), fieldText(before, 'orderNumber')]
    return (orders[0] !== null && orders[0] === orders[1]) || isAccused
  }
  // 一式两份: a second copy that was missing is added, a corrected one takes the place of what was wrong.
  const copies = services[former.service].papers.find(({ kind }) => kind === paper.kind)?.copies ?? 1
  const there = former.documents.filter(({ kind }) => kind === paper.kind).length
  return there >= copies || arrived.filter(({ kind }) => kind === paper.kind).length >= copies
}

const isAlone = (before: readonly ReadDocument[], arrived: readonly ReadDocument[], of: DocumentKind) =>
  [before, arrived].every((papers) => papers.filter(({ kind }) => kind === of).length === 1)

function isSamePerson(paper: ReadDocument, before: ReadDocument): boolean {
  return isSame(paper, before, 'idNumber', 'name')
}

function isSameHolder(paper: ReadDocument, before: ReadDocument): boolean {
  return isSame(paper, before, 'operator.idNumber', 'operator.holderName') || isSame(paper, before, 'legal.idNumber', 'legal.holderName')
}

/** By the name, which a corrected number leaves as it was, else by the number, which a corrected name leaves. */
function isSame(paper: ReadDocument, before: ReadDocument, number: string, name: string): boolean {
  const [ownName, otherName] = [fieldText(paper, name), fieldText(before, name)]
  if (ownName !== null && otherName !== null && near(ownName, otherName)) return true
  const [own, other] = [fieldText(paper, number), fieldText(before, number)]
  return own !== null && other !== null && normalizeIdNumber(own) === normalizeIdNumber(other)
}

/** A back alone joins the front that is there; only a sheet that shows at least the same takes its place. */
function showsSide(paper: ReadDocument, before: ReadDocument): boolean {
  return ['name', 'validTo'].every((field) => fieldText(before, field) === null || fieldText(paper, field) !== null)
}

function carryOver(before: ReadDocument, paper: ReadDocument): ReadDocument {
  if (sameContent(before, paper) === 'clear') return paper
  const corrected = Object.entries(before.fields).filter(([name, field]) => {
    const own = paper.fields[name]
    return field.source === 'clerk' && (own === undefined || !own.certain) && !isOtherText(field.value, own?.value)
  })
  return corrected.length === 0 ? paper : { ...paper, fields: { ...paper.fields, ...Object.fromEntries(corrected) } }
}

const isOtherText = (left: unknown, right: unknown) =>
  typeof left === 'string' && typeof right === 'string' && !near(comparable(left), comparable(right))
