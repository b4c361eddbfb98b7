/** Which kind of paper a page is: its title, its labels and other printed words, weighed for all kinds together. */
import type { DocumentKind } from '../../guide/papers.ts'
import { isForm } from './find-open-sheet.ts'
import { allForms, foreignTitles } from './forms/all-forms.ts'
import type { FormDefinition } from './forms/form.ts'
import type { Rectangle } from '../page.ts'
import type { FindText, Hit } from './find-labels.ts'
import { findNotes } from './text/find-notes.ts'
import type { Line } from './text/letters.ts'

export interface KindScore {
  readonly kind: DocumentKind
  readonly score: number
  readonly titled: boolean
  /** The part of the score that does not come from the title. */
  readonly body: number
}

const titleWeight = 8
/** Below this the page is none of the kinds. A title with two or three labels, or most labels without a title, reach it. */
const leastScore = 4
const leastBody = 1.2

/** All kinds with their scores, best first; `unknown` stands in front when none is good enough. */
export function tellKind(
  lines: readonly Line[],
  find: FindText,
  height: number,
): { kind: DocumentKind; confidence: number; scores: KindScore[] } {
  const foreign = foreignWeight(lines, find)
  const notes = findNotes(lines)
  // What a list of notes names of a form is not on it.
  const findOnForm: FindText = (text) => find(text).filter(({ stretches }) => !stretches.every(({ line }) => notes.has(line)))
  const finder = notes.size > 0 ? findOnForm : find
  const scores = allForms.map((form) => scoreForm(form, lines, finder, height, foreign)).toSorted((one, other) => other.score - one.score)
  const best = scores[0]!
  const good = best.score >= leastScore && best.body >= leastBody
  const weights = [...scores.map((score) => Math.exp(score.score)), Math.exp(leastScore)]
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (!good) return { kind: 'unknown', confidence: Math.max(0.5, weights.at(-1)! / total), scores }
  return { kind: best.kind, confidence: Math.min(0.9999, weights[0]! / total), scores }
}

/** A form asks which kind of identity paper its holder has: 居民身份证 alone on a line is an answer there, and no card's title. */
const namesIdentityPapers = (find: FindText): boolean =>
  ['证件类别', '证件类型', '持卡人姓名'].some((text) => find(text).some((hit) => hit.cost === 0 && hit.standing >= 0.8))

function scoreForm(form: FormDefinition, lines: readonly Line[], find: FindText, height: number, foreign: number): KindScore {
  const isWritten = form.kind === 'identity-document' && namesIdentityPapers(find)
  const title = isWritten ? 0 : Math.max(0, ...form.titles.flatMap((text) => find(text).map((hit) => titleQuality(hit, lines, height))))
  let body = 0
  for (const label of form.labels) {
    const quality = Math.max(0, ...label.texts.flatMap((text) => find(text).map((hit) => hitQuality(hit))))
    body += (label.weight ?? 1) * quality
  }
  for (const [text, weight] of form.cues) {
    const hit = Math.max(0, ...find(text).map((found) => 1 - found.cost / text.length))
    body += weight * hit
  }
  for (const [pattern, weight] of form.patterns ?? []) if (lines.some((line) => pattern.test(line.text))) body += weight
  return { kind: form.kind, score: titleWeight * title + body - foreign * (title > 0.7 ? 0.4 : 1), titled: title > 0.5, body }
}

/** Where the titles of the office's forms stand, each alone on its line, from top to bottom; other titles are words on them too (居民身份证). */
export function placeTitles(lines: readonly Line[], find: FindText): { readonly kind: DocumentKind; readonly box: Rectangle }[] {
  return allForms
    .filter(({ kind }) => isForm(kind))
    .flatMap(({ kind, titles }) =>
      titles.flatMap((text) =>
        find(text)
          .filter((hit) => titleQuality(hit, lines, Infinity) > 0.75)
          .map(({ box }) => ({ kind, box })),
      ),
    )
    .toSorted((one, other) => one.box.y - other.box.y)
}

const hitQuality = (hit: Hit): number => (1 - hit.cost / hit.text.length) * (hit.standing >= 0.6 ? 1 : hit.standing)

/** A title stands alone on its line but for the office's name before it; in a list or a sentence it is only mentioned. */
function titleQuality(hit: Hit, lines: readonly Line[], height: number): number {
  const first = hit.stretches[0]!
  const last = hit.stretches.at(-1)!
  const before = lines[first.line]!.text.slice(0, first.start)
  const after = lines[last.line]!.text.slice(last.end)
  const likeness = 1 - hit.cost / hit.text.length
  if (/复印件|扫描件|[一二两三四五六七八九十\d]+份|附件|附上|填写|提交/u.test(after + before.replace(/^.?附件\d?/u, '')))
    return 0.1 * likeness
  const lead = /(中心|口岸|分中心|大厅|人民共和国|公司|\(\d\)|附件\d?)$/u.test(before) ? 0 : before.length
  const rest = after.replace(/^\(.{0,6}\)/u, '').length
  const covered = hit.text.length / (hit.text.length + lead + rest)
  const high = hit.box.y < 0.45 * height ? 1 : 0.7
  return likeness * high * (covered > 0.75 ? 1 : covered > 0.5 ? 0.6 : 0.15)
}

function foreignWeight(lines: readonly Line[], find: FindText): number {
  let weight = 0
  for (const text of foreignTitles) {
    for (const hit of find(text)) {
      const line = lines[hit.stretches[0]!.line]!
      const covered = text.length / line.letters.length
      if (hit.cost < 0.5 && covered > 0.35) weight = Math.max(weight, text.length > 3 ? 4 * covered : 2)
    }
  }
  return weight
}
