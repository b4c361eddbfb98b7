/** One face of a card or a passport: what its labels, its title, its number and the zone for machines say. */
import type { Rectangle } from '../page.ts'
import type { Hit } from './find-labels.ts'
import type { PaperInHand } from './read-fields.ts'
import { mendAddress, valueOfLetters, valueOfSpans } from './read-fields.ts'
import { bottom, join, middleY, right } from './text/geometry.ts'
import { arrangeLines, textOf, type Letter, type Line } from './text/letters.ts'
import type { Span } from './cut-spans.ts'
import { readIdNumber } from '../../guide/identifiers/id-number.ts'
import { normaliseIdNumber } from './values/codes.ts'
import { parseDates } from './values/dates.ts'
import { leaveOut } from './tell-absent.ts'
import { readTravelPaper, travelPapers } from './read-travel-paper.ts'
import { isPoliceOffice, lengthOfRegion, mendPoliceOffice } from './values/regions.ts'
import { readMachineZone } from './values/machine-zone.ts'
import { leastConfidence, meanConfidence, type ReadValue } from './values/value.ts'
import { dictionaryOf, isPersonName, normaliseName } from './values/texts.ts'

/** The titles of cards, longest first: a part of one is another. */
const titles = [
  '港澳居民来往内地通行证',
  '台湾居民来往大陆通行证',
  '外国人永久居留身份证',
  '港澳居民居住证',
  '台湾居民居住证',
  '港澳台居民居住证',
] as const

export function readIdentity(paper: PaperInHand): void {
  const { values, lines } = paper
  const zone = readMachineZone(lines.map((line) => line.text))
  const type = tellType(paper, zone !== null)
  const travel = travelPapers.find((one) => one === type?.value)
  if (type && travel) {
    readTravelPaper(paper, travel, zone)
    values.set('idType', type)
    leaveOutOfKind(paper)
    return
  }
  readCrowdedLines(paper)
  readLostAddress(paper)
  readEthnicity(paper)
  readIssuer(paper)
  const validity = paper.hits.find((hit) => hit.field === 'validity')
  if (validity) readValidity(paper, (paper.claims.byHit.get(validity) ?? []).slice())
  if (!values.get('validTo')?.value) {
    const span = spansOf(paper).find(
      (one) =>
        parseDates(one.text).length === 2 ||
        /\d{2}\.\d{1,2}\.\d{1,2}-(?:19|20|21)\d{2}\.\d{1,2}\.\d{1,2}/u.test(one.text) ||
        (parseDates(one.text).length === 1 && one.text.includes('长期')),
    )
    if (span) readValidity(paper, [span])
  }
  const number = numberOf(paper)
  const known = number === null ? null : readIdNumber(number)
  const facts = known && !('fault' in known) ? known : null
  values.set('idType', type ?? residentType(paper, number ?? '', facts?.kind ?? null))
  deriveFromNumber(paper)
  leaveOutOfKind(paper)
}

/** What such papers do not say of their holders. */
const unsaid: Readonly<Record<string, readonly string[]>> = {
  护照: ['ethnicity', 'address'],
  港澳居民来往内地通行证: ['ethnicity', 'address'],
  台湾居民来往大陆通行证: ['ethnicity', 'address'],
  外国人永久居留身份证: ['ethnicity', 'address'],
  港澳居民居住证: ['ethnicity'],
  台湾居民居住证: ['ethnicity'],
}

function leaveOutOfKind(paper: PaperInHand): void {
  const type = paper.values.get('idType')
  if (typeof type?.value === 'string' && type.evidence.includes('title')) leaveOut(paper, unsaid[type.value] ?? [])
}

/** What the number says stands in for print that could not be read; it agrees with nothing, so it is not certain by itself. */
export function deriveFromNumber(paper: PaperInHand): void {
  const { values, lines } = paper
  const number = numberOf(paper)
  const facts = number === null ? null : readIdNumber(number)
  if (!facts || 'fault' in facts) return
  const derive = (field: 'birthDate' | 'sex'): void => {
    const read = values.get(field)
    const value = facts[field]
    if (value === null || read?.value) return
    const [confidence, source] = [0.9, lines[0]?.source ?? 'ocr']
    values.set(field, {
      value,
      confidence,
      least: confidence,
      source,
      box: read?.box ?? null,
      evidence: ['from-id-number'],
      wellFormed: true,
    })
  }
  derive('birthDate')
  derive('sex')
}

/** Every stretch that is no label, whosever it was taken for. */
const spansOf = ({ claims }: PaperInHand): Span[] => [...claims.free, ...[...claims.byHit.values()].flat()]

/** The kind of card by its title, or a passport by its zone; null where no title but that of the resident card can be seen. */
function tellType(paper: PaperInHand, hasZone: boolean): ReadValue | null {
  const told = (value: string, box: Rectangle): ReadValue => ({
    value,
    confidence: 0.95,
    least: 0.95,
    source: paper.lines[0]?.source ?? 'ocr',
    box,
    evidence: ['dictionary', 'title'],
    wellFormed: true,
  })
  for (const text of titles) {
    // Characters that all these titles share prove nothing: those that tell one from another must be there.
    const hit = paper.find(text).find((one) => isOnPaper(paper, one) && one.cost <= 0.18 * text.length)
    if (hit) return told(text, hit.box)
  }
  const passport = [...paper.find('护照'), ...paper.find('PASSPORT')].find(
    (one) => isOnPaper(paper, one) && one.cost < 0.5 && one.standing >= 0.5,
  )
  if (passport) return told('护照', passport.box)
  if (hasZone) return told('护照', join(paper.lines.filter((line) => line.text.includes('<')).map((line) => line.box)))
  return null
}

const isOnPaper = (paper: PaperInHand, hit: Hit): boolean =>
  hit.stretches.every(({ line }) => paper.lines.some(({ index }) => index === line))

/** The number that holds, wherever it stands: the label may be lost. */
function numberOf({ values, lines }: PaperInHand): string | null {
  const read = values.get('idNumber')
  if (typeof read?.value === 'string' && read.evidence.includes('check-digit')) return read.value
  for (const line of lines) {
    const { value, evidence } = normaliseIdNumber(line.letters.slice(-18))
    if (value !== null && evidence.includes('check-digit')) return value
  }
  return null
}

/** A resident card, or a residence permit whose title stands on its other side: then the number tells which. */
function residentType(paper: PaperInHand, number: string, kind: string | null): ReadValue {
  const title = paper.find('居民身份证').find((one) => isOnPaper(paper, one) && one.cost <= 1)
  const labelled = paper.find('公民身份号码').find((one) => isOnPaper(paper, one) && one.cost <= 1.6)
  const shown = title ?? labelled ?? paper.find('签发机关')[0]
  const isPermit = kind === 'residence-permit'
  // Permits have the same labels on both sides: only a title or the number tells.
  const isShown = isPermit || title !== undefined || kind === 'resident'
  return {
    value: isPermit ? (number.startsWith('83') ? '台湾居民居住证' : '港澳居民居住证') : '居民身份证',
    confidence: 0.95,
    least: 0.95,
    source: paper.lines[0]?.source ?? 'ocr',
    box: shown?.box ?? null,
    evidence: isShown ? ['dictionary', 'title'] : [],
    wellFormed: isShown,
  }
}

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
function readValidity(paper: PaperInHand, spans: readonly Span[]): void {
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

function termOf(spans: readonly Span[]): Term {
  const text = spans.map((span) => span.text).join('')
  const middle = /(?<=\d)[-—~至一](?=(?:19|20|21)\d\d|长|.?期)/u.exec(text)?.index ?? -1
  const head = middle < 0 ? text.slice(0, 10) : text.slice(0, middle)
  const tail = middle < 0 ? text.slice(10) : text.slice(middle + 1)
  let from = parseDates(head)[0]
  let until = /长.?期|[长期]$/u.test(tail) ? '长期' : parseDates(tail)[0]
  const evidence: string[] = []
  if (from && !until) until = mirrored(from, /\d{4}/u.exec(tail)?.[0] ?? yearBeginning(tail, from), evidence)
  else if (until && until !== '长期' && !from) from = mirrored(until, /\d{4}/u.exec(head)?.[0] ?? yearEnding(head, until), evidence)
  if (!from && !until) [from, until] = parseDates(text)
  if (from && until && until !== '长期') [from, until] = evenTerm(from, until, evidence)
  if (from && until && termHolds(from, until) && evidence.length === 0) evidence.push('term-holds')
  return { from, until, evidence, middle }
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

/** The card's small labels are often lost: 性别男民族汉 and the name above it are told by what they say. */
function readCrowdedLines(paper: PaperInHand): void {
  const { values } = paper
  const source = paper.lines[0]?.source ?? 'ocr'
  for (const line of paper.lines) {
    const both = /(?:性?别|性)?([男女])(?:民?族|民)(\p{Script=Han}{1,5})$/u.exec(line.text)
    if (both) {
      const at = line.text.indexOf(both[1]!)
      if (!values.get('sex')?.value) values.set('sex', valueOfLetters(line.letters.slice(at, at + 1), 'sex', line.box, source))
      if (!values.get('ethnicity')?.value)
        values.set('ethnicity', valueOfLetters(line.letters.slice(-both[2]!.length), 'text', line.box, source))
    }
  }
  readHalfLabelled(paper)
  readWithoutLabels(paper)
  if (values.get('name')?.value) return
  // The name is the topmost short Chinese text of the front, above sex, birth and number.
  const anchor = [
    ...paper.hits.filter((hit) => ['sex', 'birthDate', 'address'].includes(hit.field ?? '')).map((hit) => hit.box),
    ...['sex', 'birthDate', 'idNumber'].flatMap((field) => values.get(field)?.box ?? []),
  ].toSorted((one, other) => one.y - other.y)[0]
  if (!anchor) return
  const nameIn = (text: string): string => normaliseName(text.replace(/^.?姓?名|^姓/u, '')) ?? ''
  const line = paper.claims.free.find(
    (span) => span.box.y < anchor.y && anchor.y - span.box.y < 7 * span.em && isPersonName(nameIn(span.text)),
  )
  if (line) values.set('name', { ...valueOfSpans([line], 'name'), value: nameIn(line.text) })
}

/** Of the small label 民族 the first character is often lost or misread: 族汉. */
function readHalfLabelled({ values, lines }: PaperInHand): void {
  if (values.get('ethnicity')?.value) return
  const known = dictionaryOf('ethnicity')!
  for (const { text, letters, box, source } of lines) {
    const name = /^.{0,2}族(\p{Script=Han}{1,4})$/u.exec(text)?.[1]
    if (name && known.has(name)) values.set('ethnicity', valueOfLetters(letters.slice(-Array.from(name).length), 'text', box, source))
  }
}

/** A card over the edge of the glass has lost its labels: a date written with 年 above the number is that of birth, 男 stands alone. */
function readWithoutLabels({ values, lines }: PaperInHand): void {
  const foot = values.get('idNumber')
  if (foot?.box && !values.get('birthDate')?.value) {
    const birth = lines.find(
      ({ text, box }) => /^\D{0,2}(?:19|20)\d\d年/u.test(text) && parseDates(text).length === 1 && bottom(box) < foot.box!.y,
    )
    if (birth) values.set('birthDate', valueOfLetters(birth.letters, 'date', birth.box, birth.source))
  }
  const alone = lines.find(({ text }) => /^[男女]$/u.test(text))
  if (alone && !values.get('sex')?.value) values.set('sex', valueOfLetters(alone.letters, 'sex', alone.box, alone.source))
}

/** The label 住址 is small: where it is lost, the address is what begins with a place between the birth date and the number. */
function readLostAddress({ values, lines }: PaperInHand): void {
  if (values.get('address')?.value) return
  const birth = values.get('birthDate')
  const top = birth?.parts?.[0]?.box ?? birth?.box ?? values.get('sex')?.box
  // The number's own label may be lost as well.
  const foot = values.get('idNumber')?.box ?? lines.find(({ text }) => /\d{12}/u.test(text))?.box
  if (!top || !foot || foot.y < top.y) return
  const between = lines.filter(({ box }) => middleY(box) > middleY(top) && middleY(box) < foot.y).map(withoutAddressLabel)
  const first = between.findIndex(({ text }) => lengthOfRegion(text) > 0)
  if (first < 0) return
  const own = [between[first]!]
  for (const span of between.slice(first + 1)) {
    const last = own.at(-1)!
    if (span.box.y - bottom(last.box) > span.em) break
    if (Math.abs(span.box.x - last.box.x) < 1.5 * span.em && middleY(span.box) - middleY(last.box) > 0.5 * last.em) own.push(span)
  }
  values.set('address', mendAddress('address', valueOfSpans(own, 'text')))
}

/** A whole line as a stretch, but for what is left of 住址 before it. */
function withoutAddressLabel(line: Line): Span {
  const start = /^[住佳往侯注]?[址扯]/u.exec(line.text)?.[0].length ?? 0
  const letters = line.letters.slice(start)
  const x = letters[0]?.left ?? line.box.x
  const box = start === 0 ? line.box : { ...line.box, x, width: Math.max(1, right(line.box) - x) }
  return { line, start, end: line.letters.length, letters, text: textOf(letters), box, em: line.em }
}

/** One of the fifty-six (and nothing after it); else what the recogniser also thought of, if that is one. */
function readEthnicity({ values }: PaperInHand): void {
  const read = values.get('ethnicity')
  if (typeof read?.value !== 'string') return
  const known = dictionaryOf('ethnicity')!
  // Of the line below, where the labels that would claim it are lost.
  const text = read.value.replace(/\d.*$/u, '').replace(/族$/u, '')
  const wasMended = read.evidence.includes('mended')
  const isMisreadLabel = Array.from(text).length === 2 && !known.has(text) && !known.has(text[0]!) && known.has(text[1]!)
  // The second character of the small label 民族 is often misread, and then taken for the name's first.
  const own = isMisreadLabel ? text[1]! : text
  const name = [4, 3, 2, 1].map((length) => own.slice(0, length)).find((start) => known.has(start))
  // One character that is no people's name: the recogniser hardly ever reads 畲, which many families of Fujian have on their cards.
  const meant = name ?? (Array.from(text).length === 1 ? '畲' : text)
  values.set('ethnicity', {
    ...read,
    value: meant,
    wellFormed: name !== undefined,
    evidence: name ? (wasMended || isMisreadLabel ? ['dictionary', 'mended'] : ['dictionary']) : ['mended'],
  })
}

/** The police office that issued the card: from after the label to its last 局. */
function readIssuer(paper: PaperInHand): void {
  const { values } = paper
  const read = values.get('issuer')
  if (typeof read?.value === 'string') {
    // 分 with a spoilt 局 after it is mended; a letter or two more are of a seal.
    const spoilt = /^(.*局.{2,3}分)[^局]?$/u.exec(read.value)
    const office = spoilt ? `${spoilt[1]!}局` : /^.*[局厅处队所署]/u.exec(read.value)?.[0]
    // A line that says an office, beside lines of something else.
    const [line, another] = (read.parts ?? []).filter(({ text }) => /[局分]/u.test(text))
    if (office && office !== read.value && line?.text === office && !another && isPoliceOffice(office)) {
      const letters = line.letters
      values.set('issuer', {
        ...read,
        value: office,
        parts: [line],
        box: line.box,
        confidence: meanConfidence(letters),
        least: leastConfidence(letters),
        evidence: [],
      })
      return
    }
    // What was read may be right where a word of another place was taken for it: 公安分局 in 公安局同安分局.
    const plain = read.evidence.includes('mended')
      ? /^.*局/u.exec(textOf((read.parts ?? []).flatMap((part) => part.letters)))?.[0]
      : undefined
    if (plain && plain !== read.value && isPoliceOffice(plain)) {
      values.set('issuer', { ...read, value: plain, evidence: [] })
      return
    }
    const mended = mendPoliceOffice(office ?? read.value)
    if (mended) values.set('issuer', { ...read, value: mended, evidence: ['mended'] })
    else if (office && office !== read.value) values.set('issuer', { ...read, value: office, evidence: ['mended'] })
    return
  }
  for (const span of spansOf(paper)) {
    const office = /(?:签?发?机?关)?(\p{Script=Han}{2,}公安.*[局厅])/u.exec(span.text)?.[1]
    if (!office) continue
    values.set('issuer', { ...valueOfSpans([span], 'text'), value: office.replace(/^[签发机关]+(?=.{2}[市县区])/u, ''), evidence: [] })
    return
  }
}
