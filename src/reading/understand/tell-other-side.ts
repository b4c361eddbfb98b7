/** The side of a resident card that is not on the sheet: said to be absent only where nothing else lies there. */
import type { PageContent, PageTools, PaperOnPage, Rectangle } from '../page.ts'
import type { Card } from './join-faces.ts'
import { fractions } from './read-paper.ts'
import { bottom, contains, join, right } from './text/geometry.ts'
import { faxHeadOf } from './text/leave-out-fax-head.ts'
import { arrangeLines, type Line } from './text/letters.ts'

const frontFields = ['name', 'sex', 'ethnicity', 'birthDate', 'address', 'idNumber']
const backFields = ['issuer', 'validFrom', 'validTo']
/** Any trace of a side of the card in the page's text, misread words and all. */
const traceOfFront = /姓|性别|民族|出生|住址|公民|号码|\d{15}/u
const traceOfBack = /签|发|机|机关|公安|有效|期限|中华|人民|共和|居民身|\d{4}\.\d/u

/** Fewer strokes the size of print are dirt. */
const mostSpecks = 14

/** The card's fields with those of the other side marked as `not-on-this-paper`: they have no place there. */
export function leaveOutOtherSide(
  card: Pick<Card, 'fields' | 'part'>,
  lines: readonly Line[],
  content: PageContent,
  tools: PageTools,
): PaperOnPage['fields'] {
  const { fields, part } = card
  const says = (trace: RegExp): boolean => lines.some((line) => trace.test(line.text))
  const holds = (field: string): boolean => typeof fields[field]?.value === 'string'
  if (fields['idType']?.value !== '居民身份证') return fields
  const title = part === 'front' && !backFields.some(holds) ? titleOfBack(lines) : null
  if (title) return { ...fields, ...hiddenBelow(title, fields, content) }
  const absent =
    part === 'front' && frontFields.filter(holds).length >= 5 && !says(traceOfBack)
      ? backFields
      : part === 'back' && backFields.every(holds) && !says(traceOfFront)
        ? frontFields
        : []
  // Another card on the sheet that lies upside down may be unread, but it is there.
  if (absent.length === 0 || hasMoreOnSheet(lines, content, tools)) return fields
  const nothing = (source: 'ocr' | 'text-layer') => ({
    value: null,
    confidence: 0.95,
    source,
    box: null,
    certain: true,
    evidence: ['not-on-this-paper'],
  })
  return {
    ...fields,
    ...Object.fromEntries(absent.filter((field) => !holds(field)).map((field) => [field, nothing(lines[0]?.source ?? 'ocr')])),
  }
}

/** The two rows that stand on a back alone. */
function titleOfBack(lines: readonly Line[]): Rectangle | null {
  const rows = ['中华人民共和国', '居民身份证'].map((words) => lines.find(({ text }) => text === words))
  return rows.every((row) => row !== undefined) ? join(rows.map(({ box }) => box)) : null
}

/** A back that is there, and whose rows a seal hides, is no absent one: its fields are unread, in the room below its title. */
function hiddenBelow(title: Rectangle, fields: PaperOnPage['fields'], content: PageContent): PaperOnPage['fields'] {
  const box = fractions({ ...title, y: bottom(title), height: 2 * title.height }, content)
  const hidden = { value: null, confidence: 0, source: fields['idType']!.source, box, certain: false }
  return Object.fromEntries(backFields.map((name) => [name, hidden]))
}

/** Whether there is much ink around the card that no line was read from. */
function hasMoreOnSheet(lines: readonly Line[], content: PageContent, tools: PageTools): boolean {
  if (lines.length === 0) return false
  const { width, height, seals } = content
  // What a fax machine printed above the sheet is no card.
  const head = faxHeadOf(arrangeLines(content), height).map(({ box }) => bottom(box) + 0.2 * box.height)
  const top = Math.max(0, ...head)
  const own = join(lines.map(({ box }) => box))
  const em = Math.max(...lines.map((line) => line.em))
  const beyond: Rectangle[] = [
    { x: 0, y: top, width, height: own.y - 3 * em - top },
    { x: 0, y: bottom(own) + 3 * em, width, height: height - bottom(own) - 3 * em },
    { x: 0, y: top, width: own.x - 3 * em, height: height - top },
    { x: right(own) + 3 * em, y: top, width: width - right(own) - 3 * em, height: height - top },
  ]
  return beyond.some((strip) => {
    if (strip.height < 6 * em || strip.width < 6 * em) return false
    const strokes = tools
      .strokesIn(strip, { withoutSeals: true })
      .filter((stroke) => !seals.some(({ box }) => contains(box, stroke)))
      .filter((stroke) => stroke.height > 0.35 * em && stroke.height < 2.5 * em && stroke.width > 0.2 * em && stroke.width < 3 * em)
    return strokes.length >= mostSpecks
  })
}
