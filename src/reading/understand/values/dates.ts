/** Dates as people write them on forms, to `YYYY-MM-DD`. */
import { isCalendarDay } from '../../../guide/identifiers/id-number.ts'

const chinese: Record<string, string> = {
  〇: '0',
  '○': '0',
  零: '0',
  '0': '0',
  一: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
}

/** Numbers below 100 in Chinese numerals: 二十一, 十, 三十. */
function smallNumber(text: string): number | null {
  if (/^\d{1,2}$/u.test(text)) return Number(text)
  const ten = text.indexOf('十')
  if (ten < 0) {
    const digits = Array.from(text).map((character) => chinese[character] ?? '')
    return digits.includes('') || digits.length === 0 ? null : Number(digits.join(''))
  }
  const tens = ten === 0 ? 1 : Number(chinese[text[ten - 1] ?? ''] ?? Number.NaN)
  const ones = ten === text.length - 1 ? 0 : Number(chinese[text[ten + 1] ?? ''] ?? Number.NaN)
  const value = tens * 10 + ones
  return Number.isNaN(value) ? null : value
}

const two = (value: number): string => String(value).padStart(2, '0')

function whole(year: string, month: number | null, day: number | null): string | null {
  if (month === null || day === null) return null
  const date = `${year}-${two(month)}-${two(day)}`
  return isCalendarDay(date) && year >= '1900' && year <= '2199' ? date : null
}

/** Letters that digits are misread as; only used between digits. */
export const digitLike: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  D: '0',
  Q: '0',
  l: '1',
  I: '1',
  i: '1',
  '|': '1',
  Z: '2',
  z: '2',
  S: '5',
  s: '5',
  B: '8',
  G: '6',
  b: '6',
}

const mendDigits = (text: string): string => text.replace(/[OoDQlIi|ZzSsBGb]/gu, (character) => digitLike[character] ?? character)

/** The first date in the text (blanks already out), or null. */
export function parseDate(text: string): string | null {
  return parseDates(text)[0] ?? null
}

/** Every date in the text that exists, in order. */
export function parseDates(text: string): string[] {
  // A hand's 1 looks like a bracket or a stroke; nothing else stands before a digit there.
  // Moved apart, a sign is read twice, and what is left of it once more as a dash.
  const once = text.replace(/([年月日])\1+/gu, '$1').replace(/([年月])-+(?=\d)/gu, '$1')
  const plain = mendDigits(once.replace(/(?<=[年月.\-/])Ⅱ/gu, '11')).replace(/(?<=[年月.\-/])[()|/\\!丨](?=\d)/gu, '1')
  const found: { at: number; date: string }[] = []
  const add = (at: number | undefined, date: string | null): void => {
    if (date && at !== undefined && found.every((other) => Math.abs(other.at - at) > 4)) found.push({ at, date })
  }
  for (const match of plain.matchAll(/((?:19|20|21)\d{2})\D{0,1}[年\-./,·、牟午](\d{1,2})\D{0,1}[月\-./,·、日用](\d{1,2})(?!\d)/gu)) {
    add(match.index, whole(match[1]!, Number(match[2]), Number(match[3])))
  }
  for (const match of plain.matchAll(/((?:19|20|21)\d{2})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?!\d)/gu)) {
    add(match.index, whole(match[1]!, Number(match[2]), Number(match[3])))
  }
  // A point or a dash may be passed over: eight figures are a day all the same.
  for (const match of plain.matchAll(/(?<!\d)((?:19|20)\d{2})[.\-/·,]?(\d{2})[.\-/·,]?(\d{2})(?!\d)/gu)) {
    add(match.index, whole(match[1]!, Number(match[2]), Number(match[3])))
  }
  for (const match of text.matchAll(
    /([〇○零0一二三四五六七八九]{4})年([一二三四五六七八九十\d]{1,3})月([一二三四五六七八九十\d]{1,3})日?/gu,
  )) {
    const year = Array.from(match[1]!)
      .map((character) => chinese[character] ?? '')
      .join('')
    add(match.index, whole(year, smallNumber(match[2]!), smallNumber(match[3]!)))
  }
  // The first figure of the year was cut off.
  for (const match of found.length === 0 ? plain.matchAll(/^\D?0(2\d)[-./年](\d{1,2})[-./月](\d{1,2})(?!\d)/gu) : []) {
    add(match.index, whole(`20${match[1]!}`, Number(match[2]), Number(match[3])))
  }
  return found.toSorted((one, other) => one.at - other.at).map((each) => each.date)
}

/** A day of a month that has no such day, as somebody may have written it (2026年11月31日); null for anything else. */
export function parseWrongDay(text: string): string | null {
  const [, year, month, day] = /^\D*((?:19|20)\d{2})[年\-./](\d{1,2})[月\-./](3[0-9]|29)日?\D*$/u.exec(text) ?? []
  if (year === undefined || Number(month) < 1 || Number(month) > 12) return null
  return `${year}-${two(Number(month))}-${day}`
}

/** Printed blanks of a date that nobody filled in: 年 月 日 with no digit. */
export const isBlankDate = (text: string): boolean => !/[\d〇一二三四五六七八九十]/u.test(text)

/** A written 11 or 13 often loses a 1: `2026-01-03` is `2026-11-13` when another paper says so. */
export function hasLostOne(read: string, other: string): boolean {
  const lost = (one: string, whole: string): boolean => one === whole || (one.startsWith('0') && whole === `1${one[1]!}`)
  return read.slice(0, 4) === other.slice(0, 4) && lost(read.slice(5, 7), other.slice(5, 7)) && lost(read.slice(8), other.slice(8))
}
