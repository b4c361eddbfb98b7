/** The machine readable zone of a passport (ICAO 9303 part 4, TD3): two lines of 44 characters with check digits. */
import { isCalendarDay } from '../../../guide/identifiers/id-number.ts'

export interface MachineZone {
  readonly number: string
  readonly numberHolds: boolean
  readonly name: string
  readonly birthDate: string | null
  readonly birthHolds: boolean
  readonly sex: '男' | '女' | null
  readonly validTo: string | null
  readonly validHolds: boolean
}

/** Reads the zone from the page's lines, or null when there is none. */
export function readMachineZone(texts: readonly string[]): MachineZone | null {
  const plain = texts.map((text) =>
    text
      .toUpperCase()
      .replace(/[《«〈]/gu, '<')
      .replace(/[^A-Z0-9<]/gu, ''),
  )
  const at = plain.findIndex((text) => /^P[A-Z<][A-Z]{3}[A-Z]+<+/u.test(text) && text.length >= 30)
  const second = plain.slice(at + 1).find((text) => text.length >= 28 && /^[A-Z0-9<]{9}\d/u.test(text))
  if (at < 0 || !second) return null
  const [surname = '', given = ''] = plain[at]!.slice(5).split('<<')
  const number = second.slice(0, 9).replaceAll('<', '')
  const birth = second.slice(13, 19)
  const until = second.slice(21, 27)
  const sex = second[20]
  return {
    number,
    numberHolds: checkDigit(second.slice(0, 9)) === second[9],
    name: `${surname}${given}`.replaceAll('<', ''),
    birthDate: day(birth, true),
    birthHolds: checkDigit(birth) === second[19],
    sex: sex === 'M' ? '男' : sex === 'F' ? '女' : null,
    validTo: day(until, false),
    validHolds: checkDigit(until) === second[27],
  }
}

function checkDigit(text: string): string {
  const weights = [7, 3, 1]
  let sum = 0
  for (const [at, character] of Array.from(text).entries()) {
    const value = character === '<' ? 0 : Number.parseInt(character, 36)
    sum += value * weights[at % 3]!
  }
  return String(sum % 10)
}

/** Two digits of the year: a birth lies before, an end of validity after the middle of the century's turn. */
function day(text: string, isBirth: boolean): string | null {
  if (!/^\d{6}$/u.test(text)) return null
  const year = Number(text.slice(0, 2))
  const century = isBirth && year > 30 ? '19' : '20'
  const date = `${century}${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4, 6)}`
  return isCalendarDay(date) ? date : null
}
