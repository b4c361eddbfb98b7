/**
 * The machine readable zone of a passport (ICAO 9303 part 4, TD3): two lines of 44 characters. The second one holds the
 * check digits and is known by its shape alone; of the first, which has none, only the name is taken.
 */
import { isCalendarDay } from '../../../guide/identifiers/id-number.ts'

export interface MachineZone {
  /** Indexes of its lines among those given; the first may be missing. */
  readonly lines: readonly number[]
  readonly number: string
  readonly numberHolds: boolean
  /** Of letters only; empty when the first line could not be read. */
  readonly name: string
  readonly birthDate: string | null
  readonly birthHolds: boolean
  readonly sex: '男' | '女' | null
  readonly validTo: string | null
  readonly validHolds: boolean
}

/** Number and its check, state, birth and its check, sex, end of validity and its check; letters stand in for misread digits. */
const second = /([A-Z0-9<]{8}[A-Z0-9<])([0-9A-Z])([A-Z<015]{3})([0-9A-Z]{6})([0-9A-Z])([MFX<])([0-9A-Z]{6})([0-9A-Z])/u

/** Reads the zone from the page's lines, or null when there is none. */
export function readMachineZone(texts: readonly string[]): MachineZone | null {
  return readMachineZones(texts)[0] ?? null
}

/** Every zone on the page, from top to bottom. */
function readMachineZones(texts: readonly string[]): MachineZone[] {
  const plain = texts.map((text) =>
    text
      .toUpperCase()
      .replace(/[《«〈＜]/gu, '<')
      .replaceAll('|', 'I')
      .replace(/[^A-Z0-9<]/gu, ''),
  )
  return plain.flatMap((text, at) => {
    const zone = text.length >= 28 ? readSecond(text) : null
    if (!zone) return []
    const above = plain.findLastIndex((line, index) => index < at && index >= at - 4 && isFirst(line))
    return [{ ...zone, name: above < 0 ? '' : nameIn(plain[above]!), lines: above < 0 ? [at] : [above, at] }]
  })
}

const isFirst = (line: string): boolean => line.length >= 20 && /^[P0DF][A-Z<0]/u.test(line) && line.includes('<')

function readSecond(text: string): Omit<MachineZone, 'name' | 'lines'> | null {
  const found = second.exec(text)
  if (!found) return null
  const [, number = '', numberCheck = '', , birth = '', birthCheck = '', sex, until = '', untilCheck = ''] = found
  const [birthDigits, untilDigits] = [asDigits(birth), asDigits(until)]
  const birthHolds = checkDigit(birthDigits) === asDigits(birthCheck)
  const validHolds = checkDigit(untilDigits) === asDigits(untilCheck)
  // Any line of figures has this shape by chance now and then; two dates whose check digits hold has none.
  if (!birthHolds && !validHolds) return null
  const mended = mendNumber(number, asDigits(numberCheck))
  return {
    number: (mended ?? number).replaceAll('<', ''),
    numberHolds: mended !== null,
    birthDate: day(birthDigits, true),
    birthHolds,
    sex: sex === 'M' ? '男' : sex === 'F' ? '女' : null,
    validTo: day(untilDigits, false),
    validHolds,
  }
}

/** As read when it holds; else the one way to take letters after the first two places for digits that does. */
function mendNumber(number: string, check: string): string | null {
  if (checkDigit(number) === check) return number
  const mended = number.slice(0, 2) + asDigits(number.slice(2))
  return mended !== number && checkDigit(mended) === check ? mended : null
}

const alikes: Readonly<Record<string, string>> = { O: '0', Q: '0', D: '0', I: '1', L: '1', Z: '2', S: '5', G: '6', B: '8' }
const asDigits = (text: string): string => text.replace(/[OQDILZSGB]/gu, (character) => alikes[character]!)
/** In a name there are no digits. */
const asLetters = (text: string): string => text.replaceAll('0', 'O').replaceAll('1', 'I').replaceAll('5', 'S').replaceAll('8', 'B')

function nameIn(line: string): string {
  const [surname = '', given = ''] = asLetters(line.slice(5)).replace(/<+$/u, '').split(/<<+/u)
  return `${surname}${given}`.replaceAll('<', '').replace(/[^A-Z]/gu, '')
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
