/** From what is found on a page to the papers it carries, each with its fields and seals. Pure but for re-reading a rectangle. */
import type { Box } from '../../flow.ts'
import { documentFields, type DocumentKind } from '../../guide/papers.ts'
import type { PageContent, PageTools, PaperOnPage, Rectangle } from '../page.ts'
import { cutSheet } from './cut-sheet.ts'
import { openFinder } from './find-labels.ts'
import { readFormValues } from './read-form-values.ts'
import { readIdentity, splitCards, type CardOnPage } from './read-identity.ts'
import { readLabelledFields, takeInHand, typeOfField, type PaperInHand } from './read-fields.ts'
import { readSpecialFields } from './read-special-fields.ts'
import { readTwice } from './read-twice.ts'
import { readTails } from './read-tails.ts'
import { rereadDoubtful } from './reread-doubtful.ts'
import { tellAbsent } from './tell-absent.ts'
import { tellBlanks } from './tell-blanks.ts'
import { tellKind } from './tell-kind.ts'
import { middleX, middleY, right, bottom } from './text/geometry.ts'
import { leaveOutGlosses } from './text/leave-out-glosses.ts'
import { leaveOutSeals } from './text/leave-out-seals.ts'
import { arrangeLines } from './text/letters.ts'
import { placeFigures } from './text/place-figures.ts'
import { weighEvidence, type Weighed } from './weigh-evidence.ts'

/**
 * The papers on one page; none when the page is blank. Every field of a kind is present: what is empty or unreadable is
 * null. Boxes are fractions of the upright page.
 */
export async function understandPage(content: PageContent, tools: PageTools): Promise<PaperOnPage[]> {
  const lines = await placeFigures(leaveOutGlosses(leaveOutSeals(arrangeLines(content), content.seals)), tools)
  if (lines.length === 0 && content.seals.length === 0 && content.formValues.length === 0) return []
  const find = openFinder(lines)
  const pieces = cutSheet(content, lines, find)
  if (pieces) return (await Promise.all(pieces.map((piece) => understandPage(piece, tools)))).flat()
  const { kind, confidence, scores } = tellKind(lines, find, content.height)
  if (kind === 'unknown') return [{ kind, confidence, fields: {}, seals: sealsInside(content, null) }]
  const cards: readonly (CardOnPage | null)[] = kind === 'identity-document' ? splitCards(content, lines, find) : [null]
  const papers: PaperOnPage[] = []
  for (const card of cards) {
    const paper = takeInHand(kind, content, tools, lines, find, card?.bounds ?? null)
    if (!paper) continue
    readLabelledFields(paper)
    if (card) readIdentity(paper, card.part)
    readSpecialFields(paper)
    await rereadDoubtful(paper)
    await readTails(paper)
    const weighed = weighEvidence(kind, paper.values, typeOfField(paper.form), content.seals)
    await readTwice(paper, (field) => weighed.get(field)?.certain === true)
    await tellBlanks(paper)
    tellAbsent(paper, card?.part)
    readFormValues(paper)
    const titled = scores.find((score) => score.kind === kind)?.titled ?? false
    papers.push({
      kind,
      confidence,
      fields: fieldsOf(kind, paper),
      seals: sealsInside(content, card?.bounds ?? null),
      ...partOf(card, titled, paper),
    })
  }
  return papers
}

/** A sheet without a title and without the first labels of its form goes on from the sheet before. */
function partOf(card: CardOnPage | null, titled: boolean, paper: PaperInHand): { part?: NonNullable<PaperOnPage['part']> } {
  if (card) return { part: card.part }
  const first = documentFields[paper.form.kind].slice(0, 2).map((field) => field.name)
  const begins = first.some((field) => paper.hits.some((hit) => hit.field === field))
  return titled || begins ? {} : { part: 'continued' }
}

function fieldsOf(kind: DocumentKind, paper: PaperInHand): PaperOnPage['fields'] {
  const weighed = weighEvidence(kind, paper.values, typeOfField(paper.form), paper.content.seals)
  const fields: Record<string, PaperOnPage['fields'][string]> = {}
  for (const { name } of documentFields[kind]) fields[name] = fieldOf(weighed.get(name), paper)
  return fields
}

function fieldOf(value: Weighed | undefined, paper: PaperInHand): PaperOnPage['fields'][string] {
  const source = paper.lines[0]?.source ?? 'ocr'
  if (!value) return { value: null, confidence: 0, source, box: null, certain: false }
  return {
    value: value.value,
    confidence: Math.round(value.confidence * 1000) / 1000,
    source: value.source,
    box: value.box ? fractions(value.box, paper.content) : null,
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

function sealsInside(content: PageContent, bounds: Rectangle | null): PaperOnPage['seals'] {
  return content.seals
    .filter(
      ({ box }) =>
        !bounds ||
        (middleX(box) >= bounds.x && middleX(box) <= right(bounds) && middleY(box) >= bounds.y && middleY(box) <= bottom(bounds)),
    )
    .map((seal) => ({ ...seal, box: fractions(seal.box, content) }))
}
