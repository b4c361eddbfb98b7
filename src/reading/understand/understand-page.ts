/** From what is found on a page to the papers it carries, each with its fields and seals. Pure but for looking at the picture again. */
import { documentFields } from '../../guide/papers.ts'
import type { PageContent, PageTools, PaperOnPage } from '../page.ts'
import { cutOperators, type OperatorPieces } from './cut-operators.ts'
import { cutSheet, partSheets } from './cut-sheet.ts'
import { openFinder, type FindText } from './find-labels.ts'
import { findTitledBelow } from './find-papers-together.ts'
import { isForm } from './find-open-sheet.ts'
import { headingsOf } from './name-hits.ts'
import { findCardsElsewhere, readCards } from './read-cards.ts'
import type { PaperInHand } from './read-fields.ts'
import { traceWriting } from './hands/trace-writing.ts'
import { fieldsOf, fractions, linesOf, lookAgain, readPlainly, weigh } from './read-paper.ts'
import { lookAtSmall } from './look-at-small.ts'
import { tellAbsent } from './tell-absent.ts'
import type { Line } from './text/letters.ts'
import { isNote } from './text/prose.ts'
import { tellBranch } from './tell-branch.ts'
import { tellKind, type KindScore } from './tell-kind.ts'

/**
 * The papers on one page; none when the page is blank. Every field of a kind is present: what is empty or unreadable is
 * null. Boxes are fractions of the upright page.
 */
export async function understandPage(content: PageContent, tools: PageTools): Promise<PaperOnPage[]> {
  if (content.sheets) return understandEach(partSheets(content, content.sheets), tools)
  const lines = await linesOf(content, tools)
  if (lines.length === 0 && content.seals.length === 0 && content.formValues.length === 0) return []
  const find = openFinder(lines, content.cells)
  const pieces = cutSheet(content, lines, find)
  if (pieces) return understandEach(pieces, tools)
  const below = findTitledBelow(content, lines, find)
  if (below?.isSure) return understandEach(partSheets(content, below.places), tools)
  const papers = await understandPaper(content, tools, lines, find)
  return below ? papers.map((paper) => ({ ...paper, isBesideOthers: true })) : papers
}

async function understandPaper(content: PageContent, tools: PageTools, lines: readonly Line[], find: FindText): Promise<PaperOnPage[]> {
  const { kind, confidence, scores } = tellKind(lines, find, content.height)
  if (kind === 'identity-document') return readCards(content, tools, lines, confidence, understandPage)
  const seals = content.seals.map((seal) => ({ ...seal, box: fractions(seal.box, content) }))
  if (kind === 'unknown') {
    const cards = await findCardsElsewhere(content, tools, lines, understandPage)
    if (cards.length > 0) return cards
    const continues = await readAsContinued(content, tools, lines, find, scores)
    return [{ kind, confidence, fields: {}, seals, ...(continues.length > 0 ? { continues } : {}) }]
  }
  const operators = kind === 'card-form' ? cutOperators(content, lines, find) : null
  if (operators) return understandOperators(operators, content, tools)
  const paper = readPlainly(kind, content, tools, lines, find)
  if (!paper) return []
  const closer = await lookAtSmall(paper, content, tools)
  if (!closer) await lookAgain(paper)
  tellAbsent(paper)
  const titled = scores.find((score) => score.kind === kind)?.titled ?? false
  const fields = closer ?? fieldsOf(paper, (box) => fractions(box, content))
  const writing = closer ? undefined : await traceWriting(paper, weigh(paper))
  const branch = isForm(kind) ? tellBranch(lines) : undefined
  const continues = kind === 'authorization-letter' && !titled ? await readAsLastSheet(paper) : []
  const onward = { ...goesOn(titled, paper), ...(continues.length > 0 ? { continues } : {}) }
  return [{ kind, confidence, fields, seals, ...onward, ...(branch ? { branch } : {}), ...(writing ? { writing } : {}) }]
}

/** Undertakings, and where the cards are sent to, are on the last sheet of a registration form as on a letter, which names the enterprise and its legal person. */
async function readAsLastSheet({ hits, content, tools, lines, find }: PaperInHand): Promise<NonNullable<PaperOnPage['continues']>> {
  const ofLetter = new Set(['enterpriseName', 'legalName', 'legalPhone', 'signedDate'])
  if (hits.some(({ field }) => field !== null && ofLetter.has(field))) return []
  const paper = readPlainly('registration-form', content, tools, lines, find)
  if (!paper || begins(paper)) return []
  await lookAgain(paper)
  return [{ kind: 'registration-form', fields: fieldsOf(paper, (box) => fractions(box, content)) }]
}

/** A paper for each operator of the sheet, which has one signature and one set of seals. */
async function understandOperators({ first, others }: OperatorPieces, content: PageContent, tools: PageTools): Promise<PaperOnPage[]> {
  const [main, ...rest] = await understandPage(first, tools)
  if (main?.kind !== 'card-form') return main ? [main, ...rest] : []
  const papers: PaperOnPage[] = [main, ...rest]
  for (const piece of others) {
    const paper = readPlainly('card-form', piece, tools, await linesOf(piece, tools))
    if (!paper) continue
    await lookAgain(paper)
    const read = Object.entries(fieldsOf(paper, (box) => fractions(box, content)))
    const isNamedLegal = read.every(([name, { value }]) => !name.startsWith('operator.') || value === null)
    const ofOperator = read.filter(([name]) => name.startsWith(isNamedLegal ? 'legal.' : 'operator.'))
    const fields = Object.fromEntries(ofOperator.map(([name, field]) => [name.replace('legal.', 'operator.'), field]))
    for (const [name, field] of Object.entries(main.fields))
      fields[name] ??= name.startsWith('legal.')
        ? { ...field, value: null, confidence: 0.99, box: null, certain: true, evidence: ['not-on-this-paper'] }
        : field
    papers.push({ kind: 'card-form', confidence: main.confidence, fields, seals: main.seals })
  }
  return papers
}

/** One after the other: what the tools remember of the page is of one question at a time. */
async function understandEach(pieces: readonly PageContent[], tools: PageTools): Promise<PaperOnPage[]> {
  const papers: PaperOnPage[] = []
  for (const piece of pieces) papers.push(...(await understandPage(piece, tools)))
  return papers
}

/** Words of a form enough for its last sheet, and of so many forms at most it may be. */
const [leastOfSheet, mostForms] = [1.2, 2]

/** What a form leaves for its next sheet when it is a little too long: where its seal goes, who took it in, the day, notes. */
const foot =
  /^(?:(?:申请|申办)?(?:企业|单位|公司)(?:盖章|公章|签章)|受理|制卡中心|以下由|备注|审核|[申办签填]\S{1,2}日期|日期|\d{4}[年./-]|年月日$|领卡。?$)/u
const mostOfFoot = 8

const isFoot = (lines: readonly Line[]): boolean =>
  lines.length <= mostOfFoot && lines.every(({ text }) => foot.test(text) || isNote(text) || /^\W*\d{0,3}\W*$/u.test(text))

/** The end of a form has few of its words: which form goes on is told by the paper before it. */
async function readAsContinued(
  content: PageContent,
  tools: PageTools,
  lines: readonly Line[],
  find: FindText,
  scores: readonly KindScore[],
): Promise<NonNullable<PaperOnPage['continues']>> {
  const forms = scores.filter(({ kind, titled }) => isForm(kind) && !titled)
  const likely = isFoot(lines) ? forms : forms.filter(({ score }) => score >= leastOfSheet).slice(0, mostForms)
  const readings: { kind: PaperOnPage['kind']; fields: PaperOnPage['fields'] }[] = []
  for (const { kind } of likely) {
    const paper = readPlainly(kind, content, tools, lines, find)
    if (!paper || begins(paper)) continue
    await lookAgain(paper)
    readings.push({ kind, fields: fieldsOf(paper, (box) => fractions(box, content)) })
  }
  return readings
}

/** A sheet without a title and without the first labels of its form goes on from the sheet before. */
function goesOn(titled: boolean, paper: PaperInHand): { part?: 'continued' } {
  const isHeadless = paper.form.sections !== undefined && headingsOf(paper.form, paper.find).every(({ box }) => box === undefined)
  return titled || (begins(paper) && !isHeadless) ? {} : { part: 'continued' }
}

function begins(paper: PaperInHand): boolean {
  const first = documentFields[paper.form.kind].slice(0, 2).map((field) => field.name)
  return first.some((field) => paper.hits.some((hit) => hit.field === field))
}
