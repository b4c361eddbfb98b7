/** How much a value that was read can bear: whether two values differ, and whether that may be told to the applicant. */
import type { FieldValue, ReadDocument } from '../../flow.ts'
import { documentFields } from '../../guide/papers.ts'

/** A value as text; null when empty, unread or not a text. */
export function textOf(field: FieldValue | undefined): string | null {
  const value = field?.value
  return typeof value === 'string' && value !== '' ? value : null
}

export function fieldText(document: ReadDocument | undefined, name: string): string | null {
  return textOf(document?.fields[name])
}

/** Nobody need look: promised by reading, exact by its source, or put by a clerk. A text layer may lack what was typed over it. */
export function isSure(field: FieldValue | undefined): boolean {
  if (field === undefined || field.certain) return field !== undefined
  return field.source !== 'ocr' && !['gap', 'mended', 'under-seal'].some((doubt) => field.evidence?.includes(doubt))
}

/**
 * Every glyph was read plainly, with nothing over it, between or mended, whether or not a second paper makes it certain. Of
 * some 1,100 drawn names, codes and dates read so, none had a wrong glyph; two names had lost one, two had a code behind.
 */
export function isPlain(field: FieldValue | undefined): boolean {
  if (field === undefined || isSure(field)) return field !== undefined
  const has = (what: string) => field.evidence?.includes(what) === true
  return has('clear') && !has('mended') && !has('under-seal') && !has('gap')
}

/**
 * Filled in by a printer: figures of two fields and more could be counted one by one. Of 120 printed sheets of which pictures were read all but ten were
 * so; one field alone may be a hand's, set apart by chance.
 */
export const isPrinted = ({ fields }: ReadDocument): boolean =>
  Object.values(fields).filter(({ evidence }) => evidence?.includes('counted')).length >= 2

/** How sure the recogniser was of the letters; what was put by other means is as sure as it is told to be. */
export const legibilityOf = (field: FieldValue | undefined): number => field?.legibility ?? field?.confidence ?? 0

/**
 * Not promised, but read without a doubtful glyph. The recogniser's confidence alone proves nothing (a dropped character
 * scored 0.99): it counts only beside other evidence, such as the right length.
 */
export function isStrong(field: FieldValue | undefined): boolean {
  return field !== undefined && (isSure(field) || legibilityOf(field) >= 0.97)
}

/** What a seal lies over, and left gaps in or made faint, may have lost more letters than it kept: `42010613` of an identity number. */
export function isTorn({ evidence = [] }: FieldValue): boolean {
  return evidence.includes('under-seal') && (evidence.includes('gap') || evidence.includes('faint'))
}

/** The seal lies over it, and what shows of it is what another paper plainly says. */
export const isCovered = ({ evidence = [] }: FieldValue) => evidence.includes('under-seal') && evidence.includes('from-other-paper')

/** Of what is known to lack something the rest may be legible, and another row's (an address for a name). */
const isFair = (field: FieldValue): boolean =>
  isSure(field) || (legibilityOf(field) >= 0.85 && !isTorn(field) && field.evidence?.includes('cut-short') !== true)

/** Names and addresses as compared: width, blanks, brackets, dots and dashes make no difference. */
export function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s·•．.,，、\-—–_()（）[\]【】"'“”]/gu, '')
    .toUpperCase()
}

/** Edits (insert, delete, replace) between two texts. */
export function distance(left: string, right: string): number {
  const a = Array.from(left)
  const b = Array.from(right)
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, character] of a.entries()) {
    const next = [i + 1]
    for (const [j, other] of b.entries())
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (character === other ? 0 : 1)))
    row = next
  }
  return row[b.length] ?? a.length
}

/** `clear` may be told to the applicant, `doubt` needs the clerk's eye. */
export type Difference = 'none' | 'doubt' | 'clear'

/** Whether two values differ beyond what misreading explains. `null` when one of them is not there to compare. */
export function differ(left: FieldValue | undefined, right: FieldValue | undefined): Difference {
  const a = textOf(left)
  const b = textOf(right)
  if (!left || !right || a === null || b === null) return 'none'
  return differTexts(comparable(a), comparable(b), left, right)
}

function differTexts(a: string, b: string, left: FieldValue, right: FieldValue): Difference {
  if (a === b) return 'none'
  // A recogniser drops rare glyphs (竣, 飙) without a trace and is as sure of what is left.
  if ((a.length < b.length && isLost(left, a, b)) || (b.length < a.length && isLost(right, b, a))) return 'doubt'
  if (isSure(left) && isSure(right)) return 'clear'
  const edits = distance(a, b)
  const length = Math.max(a.length, b.length)
  // Two places in five are not misread where every glyph scored fairly (on a fax three of sixteen were). Of a person's name that
  // is a glyph or two: there both must have been read plainly, and as names that somebody may have (三每 was 彭敏).
  const far = edits >= Math.max(2, Math.ceil(length * 0.4))
  const bears = length <= 4 ? (field: FieldValue) => isPlain(field) && (isSure(field) || !field.evidence?.includes('unusual')) : isFair
  if (far && bears(left) && bears(right)) return 'clear'
  return 'doubt'
}

/** What is left of the other value where glyphs were dropped. */
const isLost = (field: FieldValue, own: string, other: string) =>
  field.source === 'ocr' && !/^[0-9A-Z]+$/u.test(other) && isPartOf(own, other)

/** Whether two names could be one name misread. */
export function near(a: string, b: string): boolean {
  const edits = distance(comparable(a), comparable(b))
  const length = Math.max(a.length, b.length)
  return edits <= (length <= 3 ? 1 : Math.max(1, Math.floor(length * 0.15)))
}

/** Whether one text is the other with something left out, as where the recogniser drops glyphs or joins what stands beside. */
function isPartOf(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  let at = 0
  for (const character of long) if (character === short[at]) at += 1
  return short.length >= 2 && at === short.length
}

/**
 * Whether what was read is another value misread: a glyph or two otherwise where it was not read plainly, or glyphs lost,
 * which leaves no trace in what is left.
 */
export function isMisread(field: FieldValue | undefined, other: string): boolean {
  const text = textOf(field)
  if (text === null || isSure(field)) return false
  const [own, right] = [comparable(text), comparable(other)]
  if (own.length < right.length && isPartOf(own, right)) return true
  return !isPlain(field) && (near(own, right) || isPartOf(own, right))
}

/** The strongest difference between two papers of one kind. */
export function sameContent(left: ReadDocument, right: ReadDocument): Difference {
  let result: Difference = 'none'
  for (const { name, type } of documentFields[left.kind]) {
    if (type === 'services' || type === 'list' || type === 'items' || type === 'delivery') {
      if (JSON.stringify(left.fields[name]?.value ?? null) !== JSON.stringify(right.fields[name]?.value ?? null) && result === 'none')
        result = 'doubt'
      continue
    }
    const difference = differ(left.fields[name], right.fields[name])
    if (difference === 'clear') return 'clear'
    if (difference === 'doubt') result = 'doubt'
  }
  return result
}
