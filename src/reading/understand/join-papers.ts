/** From the pages of a submission to its documents: sheets that go on are joined, and papers that agree vouch for each other. */
import type { DocumentPage, ReadDocument } from '../../flow.ts'
import type { PaperOnPage } from '../page.ts'
import { settleSeals, type TracedSeal } from '../seals/settle-seals.ts'
import { settleFigures } from './hands/settle-figures.ts'
import { settleWriting } from './hands/settle-writing.ts'
import type { Writing } from './hands/trace-writing.ts'
import { calibrateConfidence } from './calibrate-confidence.ts'
import { doubtBySeals } from './doubt-by-seals.ts'
import { findOpenSheet } from './find-open-sheet.ts'
import { vouchAcross } from './vouch-across.ts'

/** One page of a submission, in the order that the files came, with the papers on it. */
export interface PageOfSubmission {
  readonly file: string
  readonly page: number
  readonly rotation: 0 | 90 | 180 | 270
  readonly image?: DocumentPage['image']
  readonly gray?: DocumentPage['gray']
  readonly black?: DocumentPage['black']
  readonly redMark?: DocumentPage['redMark']
  readonly papers: readonly PaperOnPage[]
}

interface Joined {
  readonly kind: ReadDocument['kind']
  readonly confidence: number
  readonly pages: DocumentPage[]
  readonly fields: ReadDocument['fields']
  readonly seals: readonly TracedSeal[]
  readonly writing?: Writing
  readonly strangeCode?: ReadDocument['kind']
  readonly branch?: string
  readonly captions?: readonly string[]
  readonly isBesideOthers?: true
}

/**
 * One sheet is one document; a form of several sheets is one, in whatever order they come; a blank back side belongs to the sheet before it in the same
 * file. Front and back of a card on two pages are two sheets, so two documents.
 */
export function joinPapers(pages: readonly PageOfSubmission[]): ReadDocument[] {
  const documents: Joined[] = []
  for (const page of pages) {
    const place = placeOf(page)
    const previous = documents.at(-1)
    const sameFile = previous?.pages.at(-1)?.file === page.file
    if (page.papers.length === 0) {
      if (previous && sameFile) previous.pages.push(place)
      else documents.push({ kind: 'unknown', confidence: 0.5, pages: [place], fields: {}, seals: [] })
      continue
    }
    for (const paper of page.papers) {
      const sheet = ofSamePerson(asContinued(paper, documents) ?? paper, documents.at(-1))
      const at = findOpenSheet(documents, sheet, sameFile)
      const open = documents[at]
      if (open) documents[at] = append(open, sheet, place)
      else {
        if (sameFile) shareFoot(documents, paper, place)
        documents.push(begin(paper, place))
      }
    }
  }
  const traced = documents.map(({ seals }) => seals)
  return doubtBySeals(settleAll(documents, traced)).map((document) => ({
    ...document,
    fields: Object.fromEntries(Object.entries(document.fields).map(([name, field]) => [name, calibrateConfidence(field)])),
  }))
}

/** What the papers of a submission tell of one another's values and seals. */
function settleAll(documents: readonly Joined[], traced: readonly (readonly TracedSeal[])[]): ReadDocument[] {
  const told = vouchAcross(documents.map(asDocument))
  const writings = documents.map(({ writing }) => writing)
  if (writings.every((writing) => writing === undefined)) return settleSeals(told, traced)
  const sealed = settleSeals(told, traced)
  const settled = settleFigures(settleWriting(sealed, writings), writings)
  // What a name was taken for is asked of the seals once more.
  const isNamed = settled.some(({ fields }, at) => fields['enterpriseName']?.value !== sealed[at]!.fields['enterpriseName']?.value)
  return isNamed ? settleSeals(settled, traced) : settled
}

/** As it is told: without what is remembered of its values, and seals, which are settled apart. */
function asDocument({ kind, confidence, pages, fields, strangeCode, branch, captions, isBesideOthers }: Joined): ReadDocument {
  return {
    kind,
    confidence,
    pages,
    fields,
    seals: [],
    ...(strangeCode ? { strangeCode } : {}),
    ...(branch ? { branch } : {}),
    ...(captions ? { captions: [...captions] } : {}),
    ...(isBesideOthers ? { isBesideOthers } : {}),
  }
}

const placeOf = (page: PageOfSubmission): DocumentPage => ({
  file: page.file,
  page: page.page,
  rotation: page.rotation,
  ...(page.image ? { image: page.image } : {}),
  ...(page.gray ? { gray: page.gray } : {}),
  ...(page.black ? { black: page.black } : {}),
  ...(page.redMark ? { redMark: page.redMark } : {}),
})

const begin = (paper: PaperOnPage, place: DocumentPage): Joined => ({
  kind: paper.kind,
  confidence: paper.confidence,
  pages: [place],
  fields: Object.fromEntries(Object.entries(paper.fields).map(([name, field]) => [name, { ...field, page: 0 }])),
  seals: paper.seals.map((seal) => ({ ...seal, page: 0 })),
  ...(paper.strangeCode ? { strangeCode: paper.strangeCode } : {}),
  ...(paper.branch ? { branch: paper.branch } : {}),
  ...(paper.captions ? { captions: paper.captions } : {}),
  ...(paper.isBesideOthers ? { isBesideOthers: paper.isBesideOthers } : {}),
  ...(paper.writing ? { writing: paper.writing } : {}),
})

/** A card form with a sheet for each operator has its day and its seals on the last one: they are those of each. */
function shareFoot(documents: Joined[], paper: PaperOnPage, place: DocumentPage): void {
  const [at, day] = [documents.length - 1, paper.fields['signedDate']]
  const previous = documents[at]!
  const isOperators = [previous, paper].every(({ fields }) => typeof fields['operator.holderName']?.value === 'string')
  if (paper.kind !== 'card-form' || paper.part !== 'continued' || previous.kind !== paper.kind || !isOperators || !day?.value) return
  if (previous.fields['signedDate']?.value || previous.seals.length > 0) return
  documents[at] = append(previous, { ...paper, fields: { signedDate: day } }, place)
}

/** A sheet of no kind, as what it says if it goes on from the paper before it. */
function asContinued(paper: PaperOnPage, documents: readonly Joined[]): PaperOnPage | undefined {
  const reading = paper.continues?.find(({ kind }) => kind === documents.at(-1)?.kind)
  return reading && { ...paper, ...reading, part: 'continued' }
}

/** So many places are all that a form has for one person, but for one or two that were not found. */
const mostOfPerson = 9

/**
 * Without a heading the labels of a card form's second sheet seem to be the legal person's. Where that one's were all on the sheet before, or the operator's
 * began there, they are the operator's.
 */
function ofSamePerson(paper: PaperOnPage, open: Joined | undefined): PaperOnPage {
  if (paper.kind !== 'card-form' || paper.part !== 'continued' || open?.kind !== 'card-form') return paper
  const hasPlace = (fields: PaperOnPage['fields'], name: string): boolean => (fields[name]?.value ?? fields[name]?.box ?? null) !== null
  const placed = Object.keys(paper.fields).filter((name) => /^(?:legal|operator)\./u.test(name) && hasPlace(paper.fields, name))
  const moved = (name: string): string => name.replace(/^legal\./u, 'operator.')
  const ofOpen = (prefix: string): number =>
    Object.keys(open.fields).filter((name) => name.startsWith(prefix) && hasPlace(open.fields, name)).length
  const begun = ofOpen('operator.') > 0 || ofOpen('legal.') >= mostOfPerson
  // A label at the foot of a sheet has its room at the head of the next: no value was seen below it, nor that none stands there.
  const isTaken = (field: PaperOnPage['fields'][string] | undefined): boolean =>
    field !== undefined && (field.value !== null || (field.box !== null && field.certain))
  const isOthers = placed.every((name) => name.startsWith('legal.') && !isTaken(open.fields[moved(name)]))
  if (placed.length === 0 || !begun || !isOthers || !placed.some((name) => hasPlace(open.fields, name))) return paper
  const fields = Object.entries(paper.fields).filter(([name]) => !name.startsWith('operator.'))
  return { ...paper, fields: Object.fromEntries(fields.map(([name, field]) => [moved(name), field])) }
}

function append(open: Joined, paper: PaperOnPage, place: DocumentPage): Joined {
  const at = open.pages.length
  const fields = { ...open.fields }
  for (const [name, field] of Object.entries(paper.fields)) {
    const known = fields[name]
    if (!known || (known.value === null && (field.value !== null || known.box === null))) fields[name] = { ...field, page: at }
    else if (typeof known.value === 'string' && typeof field.value === 'string' && (name === 'changes' || name === 'remarks')) {
      fields[name] = { ...known, value: known.value + field.value, certain: known.certain && field.certain }
    }
  }
  return {
    ...open,
    pages: [...open.pages, place],
    fields,
    seals: [...open.seals, ...paper.seals.map((seal) => ({ ...seal, page: at }))],
    // The looks of the sheet that the value is taken from.
    ...(open.isBesideOthers || paper.isBesideOthers ? { isBesideOthers: true } : {}),
    ...(open.writing || paper.writing ? { writing: { ...paper.writing, ...open.writing } } : {}),
  }
}
