/** Fields that a paper of this kind does not have: the other side of a card, the capital of a sole trader. */
import type { PaperInHand } from './read-fields.ts'
import type { PaperOnPage } from '../page.ts'
import { bottom, join } from './text/geometry.ts'
import type { ReadValue } from './values/value.ts'

const frontFields = ['name', 'sex', 'ethnicity', 'birthDate', 'address', 'idNumber']
const backFields = ['issuer', 'validFrom', 'validTo']
/** Any trace of a side of the card in the page's text, misread words and all. */
const traceOfFront = /姓|性别|民族|出生|住址|公民|号码|\d{15}/u
const traceOfBack = /签|发机|机关|公安|有效|期限|中华|人民|共和|居民身|\d{4}\.\d/u

/** A date to a date, or for ever, and the words of its label. */
const traceOfTerm = /期限|长期|\d日[至到]|营业期|[至到](?:19|20)\d\d年/u

/** Fewer strokes the size of print are dirt. */
const mostSpecks = 14

/** Marks them as `not-on-this-paper`: nothing of them was looked for in vain, they have no place there. */
export function tellAbsent(paper: PaperInHand, part: PaperOnPage['part']): void {
  if (paper.form.kind === 'identity-document') {
    const isResident = paper.values.get('idType')?.value === '居民身份证'
    const says = (trace: RegExp): boolean => paper.lines.some((line) => trace.test(line.text))
    const holds = (field: string): boolean => typeof paper.values.get(field)?.value === 'string'
    // Another card on the sheet that lies upside down cannot be read, but it is there.
    if (hasMoreOnSheet(paper)) return
    if (isResident && part === 'front' && frontFields.filter(holds).length >= 5 && !says(traceOfBack)) leaveOut(paper, backFields)
    if (isResident && part === 'back' && backFields.every(holds) && !says(traceOfFront)) leaveOut(paper, frontFields)
  }
  if (paper.form.kind === 'business-licence') {
    const isTrader = paper.values.get('enterpriseType')?.value === '个体工商户'
    const isLabelled = (field: string): boolean => paper.hits.some((hit) => hit.field === field)
    // Since 2022 licences are printed without a term (市场监管总局 2022 format); the other labels prove that this one would have been seen.
    const others = ['enterpriseName', 'legalName', 'address', 'enterpriseType', 'establishedDate'].filter(isLabelled).length
    const mentionsTerm = paper.lines.some((line) => traceOfTerm.test(line.text))
    leaveOut(
      paper,
      ['registeredCapital', 'businessTerm'].filter(
        (field) => !isLabelled(field) && (isTrader || (field === 'businessTerm' && others === 5 && !mentionsTerm)),
      ),
    )
  }
}

/** Whether there is much ink above or below the card that no line was read from. */
function hasMoreOnSheet({ lines, content, tools }: PaperInHand): boolean {
  if (lines.length === 0) return false
  const own = join(lines.map(({ box }) => box))
  const em = Math.max(...lines.map((line) => line.em))
  const beyond = [
    { x: 0, y: 0, width: content.width, height: own.y - 3 * em },
    { x: 0, y: bottom(own) + 3 * em, width: content.width, height: content.height - bottom(own) - 3 * em },
  ]
  return beyond.some((strip) => {
    if (strip.height < 6 * em) return false
    const strokes = tools
      .strokesIn(strip)
      .filter(({ width, height }) => height > 0.35 * em && height < 2.5 * em && width > 0.2 * em && width < 3 * em)
    return strokes.length >= mostSpecks
  })
}

function leaveOut(paper: PaperInHand, fields: readonly string[]): void {
  for (const field of fields) {
    if (paper.values.get(field)) continue
    const nothing: ReadValue = {
      value: null,
      confidence: 0.95,
      least: 0,
      source: paper.lines[0]?.source ?? 'ocr',
      box: null,
      evidence: ['not-on-this-paper'],
      wellFormed: false,
    }
    paper.values.set(field, nothing)
  }
}
