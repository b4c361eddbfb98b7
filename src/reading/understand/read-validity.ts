/** The term of a card: from when and until when it holds. */
import type { PaperInHand } from './read-fields.ts'
import { valueOfSpans } from './read-fields.ts'
import type { Span } from './cut-spans.ts'
import { arrangeLines, textOf, type Letter } from './text/letters.ts'
import { parseDates } from './values/dates.ts'
import { leastConfidence, type Normalised } from './values/value.ts'

/** How long a term is, in widths of its label. */
const termWidth = 4.2

/** A term whose end the detector cut off under a seal: its row is read again as far as a term reaches. */
export async function readHiddenTerm(paper: PaperInHand): Promise<void> {
  const { values, hits, lines, tools } = paper
  const label = hits.find((hit) => hit.field === 'validity' && hit.parts.length === 1 && hit.text.length >= 3)
  const known = ['validFrom', 'validTo'].filter((field) => values.get(field)?.value)
  if (!label || known.length === 2) return
  const { x, y, width, height } = label.box
  const row = { x: x + width, y: y - 0.2 * height, width: termWidth * width, height: 1.4 * height }
  const read = await tools.readAgain(row)
  const [line] = read ? arrangeLines({ lines: [read] }) : []
  if (!line || lines[0]?.source === 'text-layer') return
  const before = { from: values.get('validFrom'), to: values.get('validTo') }
  readValidity(paper, [{ line, start: 0, end: line.letters.length, letters: line.letters, text: line.text, box: line.box, em: line.em }])
  // What was read before stands; where the second reading says otherwise, neither is held.
  for (const [field, own] of [
    ['validFrom', before.from],
    ['validTo', before.to],
  ] as const) {
    const again = values.get(field)
    if (!again) continue
    const isDenied = typeof own?.value === 'string' && own.value !== again.value
    values.set(field, {
      ...(own?.value ? own : again),
      evidence: [...(own?.value ? own : again).evidence, isDenied ? 'mended' : 'second-reading'],
    })
  }
}

/** 2016.05.20-2036.05.20: the year of one end and the whole of the other give what a seal or a fold hides. */
export function readValidity(paper: PaperInHand, spans: readonly Span[]): void {
  if (spans.length === 0) return
  const all = termOf(spans)
  // Words of a stamp beside a term that one line tells.
  const alone = spans.filter((span) => {
    const { from, until } = termOf([span])
    return from !== undefined && until !== undefined && from === all.from && until === all.until
  })
  const own = alone.length === 1 ? alone : spans
  const { from, until, evidence, middle } = own === spans ? all : termOf(own)
  const whole = valueOfSpans(own, 'text')
  const letters = own.flatMap((span) => span.letters)
  const least = (some: readonly Letter[]): number => leastConfidence(some.filter(({ character }) => /[\d长期]/u.test(character)))
  const [head, tail] = middle < 0 ? [letters, letters] : [letters.slice(0, middle), letters.slice(middle + 1)]
  const dated = { ...whole, wellFormed: true, evidence: ['date-exists', ...evidence] }
  if (from) paper.values.set('validFrom', { ...dated, value: from, least: least(head) })
  if (until) {
    const isForever = until === '长期' && from !== undefined && isPlainlyForever(tail)
    paper.values.set('validTo', {
      ...dated,
      value: until,
      least: least(tail),
      ...(isForever ? { evidence: [...dated.evidence, 'forever'] } : {}),
    })
  }
}

/** One end of a term by the letters of its row, as `normalise` tells other values; a single date may be either of them. */
export function normaliseTerm(letters: readonly Letter[], field: 'validFrom' | 'validTo'): Normalised {
  const { from, until, evidence } = termOf([{ text: textOf(letters) }])
  const value = (from && until && (field === 'validFrom' ? from : until)) ?? null
  return { value, wellFormed: value !== null, evidence: ['date-exists', ...evidence] }
}

/** Nothing else that may stand behind a date is read as 长期. */
const isPlainlyForever = (tail: readonly Letter[]): boolean =>
  /^长期[^\p{L}\p{N}]*$/u.test(textOf(tail)) && tail.slice(0, 2).every(({ confidence }) => confidence >= plain)

const plain = 0.9

interface Term {
  readonly from: string | undefined
  readonly until: string | undefined
  readonly evidence: readonly string[]
  /** Where the dash stands among the letters; negative where none was read. */
  readonly middle: number
}

function termOf(spans: readonly Pick<Span, 'text'>[]): Term {
  const text = spans.map((span) => span.text).join('')
  const middle = /(?<=\d)[-—~至一](?=(?:19|20|21)\d\d|长|.?期)/u.exec(text)?.index ?? -1
  const head = middle < 0 ? text.slice(0, 10) : text.slice(0, middle)
  const tail = middle < 0 ? text.slice(10) : text.slice(middle + 1)
  let from = parseDates(head)[0]
  let until = /长.?期|[长期]$/u.test(tail) ? '长期' : parseDates(tail)[0]
  const evidence: string[] = []
  if (from && !until) until = mirrored(from, /\d{4}/u.exec(tail)?.[0] ?? yearBeginning(tail, from), evidence)
  else if (until && until !== '长期' && !from) from = mirrored(until, /\d{4}/u.exec(head)?.[0] ?? yearEnding(head, until), evidence)
  if (!from && !until) {
    ;[from, until] = parseDates(text)
    const before = from && !until ? text.slice(0, text.indexOf(from.slice(0, 4))) : ''
    // What stands before the only day is left of the term's begin.
    if (from && /\d{2}/u.test(before))
      [from, until] = [mirrored(from, /\d{4}/u.exec(before)?.[0] ?? yearEnding(before, from), evidence), from]
  }
  if (!from && !until) [from, until] = tornTerm(text, evidence)
  if (from && until && until !== '长期') [from, until] = evenTerm(from, until, evidence)
  // Of 29 a seal left 2: a term is printed with two figures of each month and day.
  const isShort = (date: string | undefined, part: string): boolean =>
    date !== undefined && date !== '长期' && part.replace(/\D/gu, '').length < 8
  if (evidence.length === 0 && (isShort(from, head) || isShort(until, tail))) evidence.push('mended')
  if (from && until && termHolds(from, until) && evidence.length === 0) evidence.push('term-holds')
  return { from, until, evidence, middle }
}

/** 19.02.20039.02.20: both ends without their century, one month and day, years as far apart as those of cards are. */
function tornTerm(text: string, evidence: string[]): [string | undefined, string | undefined] {
  const [, begin, day, end] = /(\d\d)[.年]((?:\d\d)[.月](?:\d\d))\D?\d{0,2}?(\d\d)[.年]\2日?$/u.exec(text) ?? []
  const [from, until] = [begin, end].map((year) => `20${year}-${day?.replace(/\D/u, '-')}`)
  if (!begin || !termHolds(from, until!) || parseDates(from!).length === 0) return [undefined, undefined]
  evidence.push('mended')
  return [from, until]
}

/** 011.02.03 before 2031.02.03: the year that cards run from whose last figures are there. */
function yearEnding(head: string, until: string): string | undefined {
  const figures = /^\D?(\d{2,3})[.年]/u.exec(head)?.[1]
  const years = [5, 10, 20].map((years) => String(Number(until.slice(0, 4)) - years)).filter((year) => figures && year.endsWith(figures))
  return years.length === 1 ? years[0] : undefined
}

/** 204-07.23 after 2024.07.23: the year that cards run to whose first figures are there. */
function yearBeginning(tail: string, from: string): string | undefined {
  const figures = /^\D?(\d{3})(?!\d)/u.exec(tail)?.[1]
  const years = [5, 10, 20].map((years) => String(Number(from.slice(0, 4)) + years)).filter((year) => figures && year.startsWith(figures))
  return years.length === 1 ? years[0] : undefined
}

/** The other end of a term, when its year is read and the term is one that cards have. */
function mirrored(date: string, year: string | undefined, evidence: string[]): string | undefined {
  if (!year || ![5, 10, 20].includes(Math.abs(Number(year) - Number(date.slice(0, 4))))) return undefined
  evidence.push('mended')
  return `${year}${date.slice(4)}`
}

/** A term that cards have, in one month, of which one day has lost a figure: 26 and 2. */
function evenTerm(from: string, until: string, evidence: string[]): [string, string] {
  const years = Number(until.slice(0, 4)) - Number(from.slice(0, 4))
  if (![5, 10, 20].includes(years) || from.slice(5, 7) !== until.slice(5, 7) || from.slice(8) === until.slice(8)) return [from, until]
  const lost = (short: string, long: string): boolean => short.startsWith('0') && !long.startsWith('0') && long.includes(short.slice(1))
  if (lost(until.slice(8), from.slice(8))) {
    evidence.push('mended')
    return [from, until.slice(0, 8) + from.slice(8)]
  }
  if (!lost(from.slice(8), until.slice(8))) return [from, until]
  evidence.push('mended')
  return [from.slice(0, 8) + until.slice(8), until]
}

/** Cards run for 5, 10 or 20 years to the same day, or for ever (居民身份证法 第五条). */
function termHolds(from: string | undefined, until: string): boolean {
  if (!from || until === '长期') return false
  const years = Number(until.slice(0, 4)) - Number(from.slice(0, 4))
  return [5, 10, 20].includes(years) && (from.slice(5) === until.slice(5) || (from.endsWith('02-29') && /02-28|03-01/u.test(until)))
}
