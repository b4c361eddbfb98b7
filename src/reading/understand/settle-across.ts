/**
 * A value in doubt yields to a clear one of another paper, where both can only be the same: a dropped or doubled character,
 * or one that was hardly readable. It stays uncertain, for the paper itself does not say it clearly; a clear value that
 * differs is never touched, since it may be what the paper wrongly says.
 */
import type { FieldValue } from '../../flow.ts'
import { hasLostOne } from './values/dates.ts'

export interface Saying {
  readonly subject: string
  readonly field: FieldValue
}

/** The value that the doubtful one most likely is, or null when it should stand. */
export function settle(doubtful: Saying, others: readonly Saying[]): string | null {
  const { value, evidence = [] } = doubtful.field
  if (typeof value !== 'string' || doubtful.field.certain || doubtful.field.source !== 'ocr') return null
  const isDoubtful = !evidence.includes('clear') || evidence.includes('under-seal') || evidence.includes('gap') || lacksOne(evidence)
  if (!isDoubtful || evidence.some((one) => one.startsWith('agrees:') && !one.endsWith('birthDate'))) return null
  const worth = new Map<string, number>()
  for (const { subject, field } of others) {
    if (subject !== doubtful.subject || typeof field.value !== 'string') continue
    worth.set(field.value, (worth.get(field.value) ?? 0) + worthOf(field))
  }
  const isFaint = evidence.includes('faint')
  // Of a name under a seal the begin alone may have been read.
  const isBegin = (other: string): boolean =>
    doubtful.subject === 'enterprise' && evidence.includes('cut-short') && value.length >= 2 && other.startsWith(value)
  const [best, second] = [...worth]
    .filter(
      ([other, sum]) =>
        sum >= 2 &&
        other !== value &&
        (isBegin(other) || maySay(doubtful.subject, value, other, isFaint)) &&
        (!lacksOne(evidence) || other.length > value.length),
    )
    .toSorted((one, other) => other[1] - one[1])
  return best && (!second || best[1] > second[1]) ? best[0] : null
}

/** The recogniser passed over a character of it: however clear the others are, it is one longer. */
const lacksOne = (evidence: readonly string[]): boolean => evidence.includes('passed-over')

/** Two papers that say the same, or one that says it clearly. */
function worthOf(field: FieldValue): number {
  if (field.certain) return 4
  const evidence = field.evidence ?? []
  if (lacksOne(evidence)) return 0
  if (evidence.includes('check-digit') && !evidence.includes('mended')) return 2
  return evidence.includes('clear') && !evidence.includes('under-seal') ? 2 : 1
}

function maySay(subject: string, read: string, other: string, isFaint: boolean): boolean {
  switch (subject) {
    case 'enterprise':
      return read.length >= 5 && (isPart(read, other, 2) || (isFaint && substitutions(read, other) <= 2))
    case 'person':
      return read.length >= 2 && (isPart(read, other, 1) || (isFaint && read.length >= 3 && substitutions(read, other) === 1))
    case 'phone':
    case 'card':
      return read.length >= 7 && (isPart(read, other, 1) || (isFaint && substitutions(read, other) === 1))
    case 'code':
      // A code of full length that fails its check digit may be what the paper says.
      return read.length >= 14 && (read.length === 18 ? isFaint && substitutions(read, other) <= 2 : distance(read, other) <= 4)
    case 'place':
      return read.length >= 8 && (isPart(read, other, 1) || (isFaint && substitutions(read, other) <= 2))
    case 'day':
      return hasLostOne(read, other) || hasOtherYear(read, other)
    case 'id':
      return isTorn(read, other)
    default:
      return false
  }
}

/** One is the other without `most` characters at most. */
function isPart(read: string, other: string, most: number): boolean {
  const [short, long] = read.length < other.length ? [read, other] : [other, read]
  if (long.length === short.length || long.length - short.length > most) return false
  let at = 0
  for (const character of long) if (character === short[at]) at += 1
  return at === short.length
}

function substitutions(read: string, other: string): number {
  if (read.length !== other.length) return Infinity
  return Array.from(read).filter((character, at) => character !== other[at]).length
}

/** Insertions, deletions and substitutions (Levenshtein). */
function distance(read: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= read.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (read[i - 1] === other[j - 1] ? 0 : 1)))
    row = next
  }
  return row[other.length]!
}

/** One figure of the year differs, month and day do not: a 2 is read as a 3 under a seal, but no form is dated ten years off. */
const hasOtherYear = (read: string, other: string): boolean => read.slice(4) === other.slice(4) && substitutions(read, other) === 1

/** What is left of a number is the other's, in its order; of what follows the district, which many share, eight figures of twelve. */
function isTorn(read: string, other: string): boolean {
  if (read.length >= 18 || other.length !== 18) return false
  let [at, own] = [read.length, 0]
  for (let place = 17; place >= 0 && at > 0; place--) {
    if (other[place] !== read[at - 1]) continue
    at--
    if (place >= 6) own++
  }
  return at === 0 && own >= 8
}
