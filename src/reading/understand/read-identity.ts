/** One face of a card or a passport: what its labels, its title, its number and the zone for machines say. */
import type { Rectangle } from '../page.ts'
import type { Hit } from './find-labels.ts'
import type { PaperInHand } from './read-fields.ts'
import { mendAddress } from './mend-value.ts'
import { valueOfLetters, valueOfSpans } from './read-fields.ts'
import { bottom, join, middleY, right, rowOverlap } from './text/geometry.ts'
import { textOf, type Letter, type Line } from './text/letters.ts'
import type { Span } from './cut-spans.ts'
import { readIdNumber } from '../../guide/identifiers/id-number.ts'
import { normaliseIdNumber } from './values/codes.ts'
import { parseDates } from './values/dates.ts'
import { leaveOut } from './tell-absent.ts'
import { readTravelPaper, travelPapers } from './read-travel-paper.ts'
import { readValidity } from './read-validity.ts'
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
  const isRead = values.get('idNumber')?.value === number && !values.get('idNumber')!.evidence.includes('mended')
  const derive = (field: 'birthDate' | 'sex'): void => {
    const read = values.get(field)
    const value = facts[field]
    // A day that was made of a misread one yields to the number; one that the number told before it was read itself is sought again.
    const isMade = field === 'birthDate' && isRead && read?.evidence.some((one) => one === 'mended' || one === 'from-id-number')
    if (value === null || (read?.value && !isMade)) return
    const printed = field === 'birthDate' && isRead ? readAsDay(lines, value) : null
    if (printed) {
      values.set(field, printed)
      return
    }
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

/**
 * The row whose figures are those of a day, though 年, 月 or 日 was read as one more: 19877月225 is 1987年7月22日. Null where no row
 * says it.
 */
function readAsDay(lines: readonly Line[], day: string): ReadValue | null {
  const [year, month, date] = day.split('-') as [string, string, string]
  const ways = [year + month + date, year + Number(month) + Number(date)]
  for (const line of lines) {
    // It may have come out as two lines: 1979年2 and 月28日.
    const row = [line, ...lines.filter((other) => other.box.x > right(line.box) - 0.5 * line.em && rowOverlap(other.box, line.box) > 0.6)]
    const letters = row.toSorted((one, other) => one.box.x - other.box.x).flatMap((one) => one.letters)
    const [text, box, source] = [textOf(letters), join(row.map((one) => one.box)), line.source]
    if (!/[年月]/u.test(text) || /\d\.\d/u.test(text)) continue
    const figures = letters.filter(({ character }) => /\d/u.test(character))
    for (const way of ways) {
      if (figures.length < way.length || figures.length > way.length + 1 || !textOf(figures).startsWith(year)) continue
      const own: Letter[] = []
      for (const figure of figures) if (figure.character === way[own.length]) own.push(figure)
      if (own.length === way.length)
        return { ...valueOfLetters(own, 'text', box, source), value: day, wellFormed: true, evidence: ['date-exists'] }
    }
  }
  return null
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
  readWithoutLabels(paper)
  readHalfLabelled(paper)
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
  const sex = values.get('sex')?.parts?.[0]
  if (values.get('ethnicity')?.value || !sex) return
  // Nothing else stands right of the sex: 民放 汉, and a point of dirt.
  const beside = lines
    .filter((line) => rowOverlap(line.box, sex.box) > 0.4 && line.box.x > right(sex.box) - 0.5 * line.em)
    .toSorted((one, other) => one.box.x - other.box.x)
  const own = beside.flatMap(({ letters }) => letters.filter(({ character }) => /\p{Script=Han}/u.test(character)))
  const name = [4, 3, 2, 1].map((length) => own.slice(-length)).find((some) => own.length - some.length <= 2 && known.has(textOf(some)))
  if (!name) return
  const value = valueOfLetters(name, 'text', beside.at(-1)!.box, beside.at(-1)!.source)
  const isLabelled = /[民族]/u.test(textOf(own.slice(0, own.length - name.length)))
  values.set('ethnicity', isLabelled ? value : { ...value, evidence: [...value.evidence, 'mended'] })
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
  // What a program prints that knows of none (None, null, --) names no people.
  if (!/\p{Script=Han}/u.test(read.value)) {
    values.set('ethnicity', { ...read, value: null, wellFormed: false, evidence: [] })
    return
  }
  // Of the line below, where the labels that would claim it are lost.
  const text = read.value.replace(/\d.*$/u, '').replace(/族$/u, '')
  const wasMended = read.evidence.includes('mended')
  const isMisreadLabel = Array.from(text).length === 2 && !known.has(text) && !known.has(text[0]!) && known.has(text[1]!)
  // The second character of the small label 民族 is often misread, and then taken for the name's first.
  const own = isMisreadLabel ? text[1]! : text
  const name = [4, 3, 2, 1].map((length) => own.slice(0, length)).find((start) => known.has(start))
  const meant = name ?? (Array.from(text).length === 1 ? (alsoThought(text, read, known) ?? text) : text)
  values.set('ethnicity', {
    ...read,
    value: meant,
    wellFormed: name !== undefined,
    evidence: name ? (wasMended || isMisreadLabel ? ['dictionary', 'mended'] : ['dictionary']) : ['mended'],
  })
}

/** What recognisers make of 畲, which many families of Fujian have on their cards, and of 汉 with a speck. */
const likePeople: readonly (readonly [RegExp, string])[] = [
  [/[畬畜畚番奋舍佘余]/u, '畲'],
  [/[汊汶汲仅]/u, '汉'],
]

/** Of one character that is no people's name: what else the recogniser thought of, or what looks like it. */
function alsoThought(text: string, { parts }: ReadValue, known: ReadonlySet<string>): string | undefined {
  const letter = parts?.[0]?.letters.find(({ character }) => character === text)
  const other = letter?.alternatives.find(({ character }) => known.has(character))
  return other?.character ?? likePeople.find(([like]) => like.test(text))?.[1]
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
