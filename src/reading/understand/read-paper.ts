/** One paper in two steps: what its lines say, and what second looks at its picture add to that. */
import type { DocumentKind } from '../../guide/papers.ts'
import type { Box } from '../../flow.ts'
import { documentFields } from '../../guide/papers.ts'
import type { PageContent, PageTools, PaperOnPage, Rectangle } from '../page.ts'
import { closeGaps } from './close-gaps.ts'
import { openFinder } from './find-labels.ts'
import { readFormValues } from './read-form-values.ts'
import { freeTornRows } from './free-torn-rows.ts'
import { deriveFromNumber, readIdentity } from './read-identity.ts'
import { readHiddenTerm } from './read-validity.ts'
import { readLabelledFields, takeInHand, typeOfField, type PaperInHand } from './read-fields.ts'
import { readNumberRow } from './read-number-row.ts'
import { readSpecialFields } from './read-special-fields.ts'
import { readTails } from './read-tails.ts'
import { heedSeals } from './heed-seals.ts'
import { keepOwnLetters } from './keep-own-letters.ts'
import { leaveOutStruck } from './leave-out-struck.ts'
import { readTwice } from './read-twice.ts'
import { askSecondReader } from './ask-second-reader.ts'
import { isPrint } from './tell-print.ts'
import { steadyFigures } from './hands/steady-figures.ts'
import { readBoxed } from './read-boxed.ts'
import { rereadDoubtful } from './reread-doubtful.ts'
import { tellBlanks } from './tell-blanks.ts'
import { right, bottom } from './text/geometry.ts'
import { joinCombs } from './text/join-combs.ts'
import { leaveOutFaxHead } from './text/leave-out-fax-head.ts'
import { leaveOutPageNumber } from './text/leave-out-page-number.ts'
import { leaveOutGlosses } from './text/leave-out-glosses.ts'
import { leaveOutReceipts } from './text/leave-out-receipts.ts'
import { leaveOutSeals } from './text/leave-out-seals.ts'
import { arrangeLines, type Line } from './text/letters.ts'
import { placeFigures } from './text/place-figures.ts'
import { needsOnlyLook, weighEvidence, type Weighed } from './weigh-evidence.ts'

/** The lines of print of a page: without those of seals, stamps of receipt and translations, every figure in its place. */
export const linesOf = (content: PageContent, tools: PageTools): Promise<Line[]> =>
  placeFigures(
    leaveOutGlosses(
      leaveOutReceipts(
        leaveOutSeals(leaveOutPageNumber(leaveOutFaxHead(joinCombs(arrangeLines(content)), content.height), content.height), content.seals),
      ),
    ),
    tools,
  )

/** What the lines say by themselves; null for a kind that has no fields. */
export function readPlainly(
  kind: PaperInHand['form']['kind'],
  content: PageContent,
  tools: PageTools,
  lines: readonly Line[],
  find = openFinder(lines, content.cells),
): PaperInHand | null {
  const taken = takeInHand(kind, content, tools, lines, find)
  if (!taken) return null
  const paper = freeTornRows(leaveOutStruck(taken, typeOfField(taken.form)))
  readLabelledFields(paper)
  if (kind === 'identity-document') readIdentity(paper)
  readSpecialFields(paper)
  return paper
}

/** Looks again at what is doubtful, at what may be missing, and at blanks. */
export async function lookAgain(paper: PaperInHand): Promise<void> {
  await readBoxed(paper)
  await rereadDoubtful(paper)
  await steadyFigures(paper)
  if (paper.form.kind === 'identity-document') {
    await readNumberRow(paper)
    deriveFromNumber(paper)
    await readHiddenTerm(paper)
  }
  keepOwnLetters(paper)
  await readTails(paper)
  closeGaps(paper)
  await heedSeals(paper, lookWantedOf(paper))
  await readTwice(paper, lookWantedOf(paper))
  await askSecondReader(paper, lookWantedOf(paper))
  await tellBlanks(paper)
  readFormValues(paper)
}

/** Whether one thing more that speaks for a value makes it certain. */
function lookWantedOf(paper: PaperInHand): (field: string) => boolean {
  const weighed = weigh(paper)
  const typeOf = typeOfField(paper.form)
  return (field) => needsOnlyLook(typeOf(field), weighed.get(field)!)
}

/** What speaks for and against each value so far. */
export const weigh = (paper: PaperInHand): Map<string, Weighed> =>
  weighEvidence(paper.form.kind, withStruck(paper), typeOfField(paper.form), paper.content.seals, !isPrint(paper))

const withStruck = ({ values, struck }: PaperInHand): PaperInHand['values'] =>
  new Map([...values].map(([name, value]) => [name, struck.has(name) ? { ...value, evidence: [...value.evidence, 'struck-out'] } : value]))

/** Every field of the paper's kind as it is told; `place` carries boxes to fractions of the page. */
export function fieldsOf(paper: PaperInHand, place: (box: Rectangle) => Box): PaperOnPage['fields'] {
  const weighed = weigh(paper)
  const fields: Record<string, PaperOnPage['fields'][string]> = {}
  for (const { name } of documentFields[paper.form.kind as DocumentKind]) fields[name] = fieldOf(weighed.get(name), paper, place)
  return fields
}

function fieldOf(value: Weighed | undefined, paper: PaperInHand, place: (box: Rectangle) => Box): PaperOnPage['fields'][string] {
  const source = paper.lines[0]?.source ?? 'ocr'
  if (!value) return { value: null, confidence: 0, source, box: null, certain: false }
  return {
    value: value.value,
    confidence: Math.round(value.confidence * 1000) / 1000,
    source: value.source,
    box: value.box ? place(value.box) : null,
    certain: value.certain,
    ...(value.evidence.length > 0 ? { evidence: [...value.evidence] } : {}),
  }
}

/** Pixels of the page to fractions, within 0…1. */
export function fractions(box: Rectangle, page: { readonly width: number; readonly height: number }): Box {
  const clamp = (value: number): number => Math.min(1, Math.max(0, value))
  const round = (value: number): number => Math.round(value * 10_000) / 10_000
  const x = clamp(box.x / page.width)
  const y = clamp(box.y / page.height)
  return [round(x), round(y), round(clamp(right(box) / page.width) - x), round(clamp(bottom(box) / page.height) - y)]
}
