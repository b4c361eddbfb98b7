/** From what is found on a page to the papers it carries, each with its fields and seals. Pure but for looking at the picture again. */
import { documentFields } from '../../guide/papers.ts'
import type { PageContent, PageTools, PaperOnPage } from '../page.ts'
import { cutSheet } from './cut-sheet.ts'
import { openFinder } from './find-labels.ts'
import { findCardsElsewhere, readCards } from './read-cards.ts'
import type { PaperInHand } from './read-fields.ts'
import { traceWriting } from './hands/trace-writing.ts'
import { fieldsOf, fractions, linesOf, lookAgain, readPlainly, weigh } from './read-paper.ts'
import { lookAtSmall } from './look-at-small.ts'
import { tellAbsent } from './tell-absent.ts'
import { tellKind } from './tell-kind.ts'

/**
 * The papers on one page; none when the page is blank. Every field of a kind is present: what is empty or unreadable is
 * null. Boxes are fractions of the upright page.
 */
export async function understandPage(content: PageContent, tools: PageTools): Promise<PaperOnPage[]> {
  const lines = await linesOf(content, tools)
  if (lines.length === 0 && content.seals.length === 0 && content.formValues.length === 0) return []
  const find = openFinder(lines)
  const pieces = cutSheet(content, lines, find)
  if (pieces) return (await Promise.all(pieces.map((piece) => understandPage(piece, tools)))).flat()
  const { kind, confidence, scores } = tellKind(lines, find, content.height)
  if (kind === 'identity-document') return readCards(content, tools, lines, confidence, understandPage)
  const seals = content.seals.map((seal) => ({ ...seal, box: fractions(seal.box, content) }))
  if (kind === 'unknown') {
    const cards = await findCardsElsewhere(content, tools, lines, understandPage)
    return cards.length > 0 ? cards : [{ kind, confidence, fields: {}, seals }]
  }
  const paper = readPlainly(kind, content, tools, lines, find)
  if (!paper) return []
  const closer = await lookAtSmall(paper, content, tools)
  if (!closer) await lookAgain(paper)
  tellAbsent(paper)
  const titled = scores.find((score) => score.kind === kind)?.titled ?? false
  const fields = closer ?? fieldsOf(paper, (box) => fractions(box, content))
  const writing = closer ? undefined : await traceWriting(paper, weigh(paper))
  return [{ kind, confidence, fields, seals, ...goesOn(titled, paper), ...(writing ? { writing } : {}) }]
}

/** A sheet without a title and without the first labels of its form goes on from the sheet before. */
function goesOn(titled: boolean, paper: PaperInHand): { part?: 'continued' } {
  const first = documentFields[paper.form.kind].slice(0, 2).map((field) => field.name)
  const begins = first.some((field) => paper.hits.some((hit) => hit.field === field))
  return titled || begins ? {} : { part: 'continued' }
}
