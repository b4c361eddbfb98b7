/**
 * Passports, travel permits and the permanent residence card: their labels are small, in two languages, and stand above or
 * left of the values. Values are found by where they stand to a label and by their form.
 */
import { isCalendarDay, readIdNumber } from '../../guide/identifiers/id-number.ts'
import type { Rectangle } from '../page.ts'
import type { PaperInHand } from './read-fields.ts'
import { bottom, middleY, right } from './text/geometry.ts'
import type { Letter, Line } from './text/letters.ts'
import { parseDates } from './values/dates.ts'
import type { MachineZone } from './values/machine-zone.ts'
import { isPersonName, normaliseName } from './values/texts.ts'
import { leastConfidence, meanConfidence, type ReadValue } from './values/value.ts'

export const travelPapers = ['护照', '港澳居民来往内地通行证', '台湾居民来往大陆通行证', '外国人永久居留身份证'] as const
export type TravelPaper = (typeof travelPapers)[number]

export const isTravelPaper = (type: unknown): boolean => travelPapers.some((one) => one === type)

export function readTravelPaper(paper: PaperInHand, type: TravelPaper, zone: MachineZone | null): void {
  const { values, lines } = paper
  const zoneLines = new Set(zone?.lines.map((at) => lines[at]) ?? [])
  const print = lines.filter((line) => !zoneLines.has(line))
  const set = (field: string, found: Found | null) => {
    if (found) values.set(field, asValue(found))
    else values.delete(field)
  }
  // `Name` is a part of `Surname` and of `Given names`.
  const nameLabels = ['姓名', 'Surname', 'Name']
  // A permit shows the name in Latin letters below the Chinese one.
  const name =
    near(paper, print, nameLabels, chineseNameIn) ??
    chineseNameAbove(paper, print, type) ??
    near(paper, print, nameLabels, nameIn) ??
    (type === '外国人永久居留身份证' ? anywhere(print, latinNameIn) : null)
  const number = near(paper, print, ['证件号码', '护照号', '护照号码', 'PassportNo', 'PassportNumber', 'IDNo'], (text) =>
    numberIn(text, type),
  )
  set('name', type === '护照' && name && !/\p{Script=Han}/u.test(name.text) ? withGiven(paper, print, name) : name)
  set('idNumber', number ?? anywhere(print, (text) => numberIn(text, type)))
  set(
    'sex',
    near(
      paper,
      print,
      ['性别', 'Sex'],
      (text) => /^[男女]/u.exec(text)?.[0] ?? ({ M: '男', F: '女' } as Record<string, string>)[text] ?? null,
    ) ?? anywhere(print, (text) => /(?:性别)?([男女])(?:\/[MF])?$/u.exec(text)?.[1] ?? null),
  )
  set(
    'issuer',
    anywhere(
      print,
      (text) => /(?:国家移民管理局|公安部[^\s\d]{0,6}管理局|[\p{Script=Han}]{2,12}公安局[\p{Script=Han}]{0,8})/u.exec(text)?.[0] ?? null,
    ),
  )
  if (!values.get('issuer')) readSpoiltIssuer(paper)
  readDates(paper, print)
  if (zone) readZone(paper, zone)
  if (type === '外国人永久居留身份证') {
    const read = values.get('idNumber')
    const holds = typeof read?.value === 'string' && /^9\d{16}[\dX]$/u.test(read.value) && !('fault' in readIdNumber(read.value))
    if (read && holds) values.set('idNumber', { ...read, evidence: [...read.evidence, 'check-digit'] })
  }
}

/** Who issues such papers; one with a character or two under a seal is meant. */
function readSpoiltIssuer({ values, find, lines }: PaperInHand): void {
  for (const office of ['国家移民管理局', '公安部出入境管理局']) {
    const hit = find(office).find(({ cost }) => cost <= 0.3 * office.length)
    const line = hit && lines[hit.stretches[0]!.line]
    if (!hit || !line) continue
    const letters = line.letters.slice(hit.stretches[0]!.start, hit.stretches[0]!.end)
    values.set('issuer', { ...asValue({ text: office, line, letters }), box: hit.box, evidence: ['dictionary', 'mended'] })
    return
  }
}

interface Found {
  readonly text: string
  readonly line: Line
  readonly letters: readonly Letter[]
}

type Take = (text: string) => string | null

const take = (line: Line, letters: readonly Letter[], test: Take): Found | null => {
  const text = test(letters.map(({ character }) => character).join(''))
  return text === null ? null : { text, line, letters }
}

const anywhere = (lines: readonly Line[], test: Take): Found | null => {
  for (const line of lines) {
    const found = take(line, line.letters, test)
    if (found) return found
  }
  return null
}

/** What stands right of a label, on its line or beside it, or right below it. */
function near(paper: PaperInHand, lines: readonly Line[], labels: readonly string[], test: Take): Found | null {
  for (const label of labels)
    for (const hit of paper.find(label)) {
      if (hit.cost > (label.length > 3 ? 1.2 : 0.6)) continue
      const end = hit.stretches.at(-1)!
      const own = paper.lines.find((line) => line.index === end.line)
      if (!own || !lines.includes(own)) continue
      const rest = take(own, own.letters.slice(end.end), test)
      if (rest) return rest
      const placed = lines
        .filter((line) => line !== own)
        .map((line) => ({ line, far: distance(hit.box, line.box) }))
        .filter(({ far }) => far < Number.POSITIVE_INFINITY)
        .toSorted((one, other) => one.far - other.far)
      for (const { line } of placed) {
        const found = take(line, line.letters, test)
        if (found) return found
      }
    }
  return null
}

/** How far a value stands from its label, in heights of the label: beside it on its right, or below and not far to the side. */
function distance(label: Rectangle, value: Rectangle): number {
  const height = Math.max(8, label.height)
  const down = middleY(value) - middleY(label)
  const aside = value.x - right(label)
  if (Math.abs(down) < 0.6 * Math.max(height, value.height) && aside > -height && aside < 6 * height) return Math.max(0, aside) / height
  const under = value.y - bottom(label)
  const overlaps = value.x < right(label) + 2 * height && right(value) > label.x - height
  return overlaps && under > -0.5 * height && under < 2.2 * height ? 1 + Math.max(0, under) / height : Number.POSITIVE_INFINITY
}

const label =
  /姓名|性别|出生|国籍|签发|有效|证件|护照|号码|类型|国家|中华|人民|居民|通行|次数|日期|男|女|Name|Sex|Date|Birth|Nationality|Passport|Type|Code|Period|Given|Authority|Country/iu

/** A Chinese name, or a Latin one in capitals: `SMITH, JOHN`. */
function nameIn(text: string): string | null {
  const plain = text.replace(/^[:：/.]+/u, '').replace(/^(?:Name|Nam?|N)(?=\p{Script=Han}|$)/u, '')
  if (label.test(plain)) return null
  const name = normaliseName(plain)
  if (name === null) return null
  if (/^\p{Script=Han}/u.test(name)) return isPersonName(name) ? name : null
  const latin = plain.replace(/\s/gu, '').replaceAll('，', ',').replaceAll('.', ',')
  return /^[A-Z]{2,}(?:,[A-Z]{2,})?$/u.test(latin) ? latin : null
}

/** SMITH, JOHN: nothing else on a card has this form. */
const latinNameIn: Take = (text) => (/^[A-Z]{2,}[,，.]\s?[A-Z]{2,}$/u.test(text) ? nameIn(text) : null)

const chineseNameIn: Take = (text) => {
  const name = nameIn(text)
  return name !== null && /^\p{Script=Han}/u.test(name) ? name : null
}

/** Where its label is lost: the topmost Chinese name above sex and birth; foreigners' papers have none. */
function chineseNameAbove(paper: PaperInHand, lines: readonly Line[], type: TravelPaper): Found | null {
  if (!type.endsWith('通行证')) return null
  const below = [...paper.find('出生日期'), ...paper.find('有效期限')].map(({ box }) => box.y)
  return anywhere(
    lines.filter((line) => below.some((y) => line.box.y < y)),
    (text) => chineseNameIn(text.replace(/^.?[姓名].?(?=.{2})/u, '')),
  )
}

/** A foreign passport has surname and given names in two places. */
function withGiven(paper: PaperInHand, lines: readonly Line[], surname: Found): Found {
  const given = near(paper, lines, ['Givennames', 'Givenname'], nameIn)
  if (!given || given.line === surname.line) return surname
  return { ...surname, text: surname.text + given.text, letters: [...surname.letters, ...given.letters] }
}

/** The number as its paper has it; letters and digits that look alike are told apart by their places. */
function numberIn(text: string, type: TravelPaper): string | null {
  const plain = text.toUpperCase().replace(/[^0-9A-Z]/gu, ' ')
  const forms: Record<TravelPaper, RegExp> = {
    护照: /(?<![0-9A-Z])(?=[A-Z0-9]*\d{5})[A-Z][A-Z0-9]\d{6,7}[A-Z]?(?![0-9A-Z])/u,
    港澳居民来往内地通行证: /[HM]\d{8}(?:\d{2})?(?!\d)/u,
    台湾居民来往大陆通行证: /(?<!\d)\d{8}(?!\d)/u,
    外国人永久居留身份证: /(?<![0-9A-Z])(?:[A-Z]{3}\d{12}|9\d{16}[0-9X])(?![0-9A-Z])/u,
  }
  const found = forms[type].exec(plain)?.[0]
  // Eight digits that are a day are a date, not a permit.
  const isDay = type === '台湾居民来往大陆通行证' && found !== undefined && isDate(found)
  return found === undefined || isDay ? null : found
}

const isDate = (digits: string): boolean =>
  /^(?:19|20)/u.test(digits) && isCalendarDay(`${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`)

const months = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ')

/** `05 11月/NOV 1971`, `09 APR 2020` as passports write days; else as everybody does. */
function datesIn(text: string): string[] {
  const written = [
    ...text.toUpperCase().matchAll(/(?<!\d)(\d{2})(?:\d{1,2}月)?[/\s]*([A-Z]{3})[A-Z]?[/\s]*((?:19|20)\d{2})(?!\d)/gu),
  ].flatMap(([, day = '', month = '', year = '']) => {
    const at = months.indexOf(month)
    const date = `${year}-${String(at + 1).padStart(2, '0')}-${day}`
    return at >= 0 && isCalendarDay(date) ? [date] : []
  })
  return written.length > 0 ? written : parseDates(text)
}

/** Born, issued, running out: the days of such a paper follow each other in this order wherever they stand. */
function readDates({ values }: PaperInHand, lines: readonly Line[]): void {
  const found = lines.flatMap((line) =>
    datesIn(line.text).map((date): Found & { date: string } => ({ date, text: date, line, letters: line.letters })),
  )
  const days = [...new Map(found.toSorted((one, other) => (one.date < other.date ? -1 : 1)).map((one) => [one.date, one])).values()]
  for (const field of ['birthDate', 'validFrom', 'validTo']) values.delete(field)
  const put = (field: string, one: (Found & { date: string }) | undefined, evidence: readonly string[] = []) => {
    if (one) values.set(field, { ...asValue(one), evidence: ['date-exists', ...evidence] })
  }
  if (days.length >= 3) {
    const [from, until] = [days.at(-2)!, days.at(-1)!]
    const years = Number(until.date.slice(0, 4)) - Number(from.date.slice(0, 4))
    const holds = [5, 10].includes(years) && Math.abs(Number(from.date.slice(8)) - Number(until.date.slice(8))) <= 1 ? ['term-holds'] : []
    put('birthDate', days[0])
    put('validFrom', from, holds)
    put('validTo', until, holds)
  } else if (days.length === 2) {
    const [one, other] = days as [Found & { date: string }, Found & { date: string }]
    const isTerm = [5, 10].includes(Number(other.date.slice(0, 4)) - Number(one.date.slice(0, 4)))
    put(isTerm ? 'validFrom' : 'birthDate', one)
    put('validTo', other)
  } else put('birthDate', days[0])
}

/** What the zone says stands over the print: check digits tell whether it was read right. */
function readZone({ values, lines }: PaperInHand, zone: MachineZone): void {
  const line = lines[zone.lines.at(-1)!]!
  const set = (field: string, value: string | null, holds: boolean) => {
    if (value === null || value === '') return
    const printed = values.get(field)
    const agrees = printed?.value === value ? [`agrees:${field}`] : []
    values.set(field, {
      ...(printed?.value === value ? printed : asValue({ text: value, line, letters: line.letters })),
      value,
      evidence: holds ? ['check-digit', 'machine-zone', ...agrees] : ['machine-zone', ...agrees],
    })
  }
  set('idNumber', zone.number, zone.numberHolds)
  if (zone.birthHolds) set('birthDate', zone.birthDate, true)
  if (zone.validHolds) set('validTo', zone.validTo, true)
  const [birth, from] = [values.get('birthDate')?.value, values.get('validFrom')]
  if (from && from.value === birth) values.delete('validFrom')
  if (zone.sex) set('sex', zone.sex, false)
  const printed = values.get('name')?.value
  // Of a name in two places one may be lost in the print; the zone has both.
  const isPart = typeof printed === 'string' && zone.name.length > printed.length && zone.name.includes(printed)
  if (!printed || isPart) set('name', spelledBy(lines, zone.name) ?? zone.name, false)
}

/** What a seal makes of the fillers between names; behind them it makes any letter, two at most. */
const fillers = /[KSCEXGQ]/u
const mostBehind = 2

/**
 * The words of the print, in their order, that are the zone's name but for fillers that were read as letters: WALKER THOMAS of
 * WALKERKSTHOMASK. A letter that the print lacks the zone has.
 */
function spelledBy(lines: readonly Line[], name: string): string | null {
  const words = lines.map(({ text }) => text.replaceAll(' ', '')).filter((text) => /^[A-Z]{2,}$/u.test(text))
  let spelled = ''
  for (let at = 0; at < name.length;) {
    const own = words.flatMap((word) => {
      const longer = name.slice(at, at + word.length + 1)
      return name.startsWith(word, at) ? [word] : word.length >= 4 && lacksOne(word, longer) ? [longer] : []
    })
    const [word] = own.toSorted((one, other) => other.length - one.length)
    const isBehind = spelled !== '' && name.length - at <= mostBehind
    if (word === undefined && !isBehind && !fillers.test(name[at]!)) return null
    spelled += word ?? ''
    at += word?.length ?? 1
  }
  return spelled === '' ? null : spelled
}

/** Within: a letter before or behind it is a filler. */
const lacksOne = (short: string, long: string): boolean =>
  long.length === short.length + 1 &&
  long[0] === short[0] &&
  long.at(-1) === short.at(-1) &&
  Array.from(long).some((_, at) => long.slice(0, at) + long.slice(at + 1) === short)

function asValue({ text, line, letters }: Found): ReadValue {
  return {
    value: text,
    confidence: meanConfidence(letters),
    least: leastConfidence(letters),
    source: line.source,
    box: line.box,
    evidence: [],
    wellFormed: true,
  }
}
