/**
 * Codes with check digits, decoded against what the recogniser thought of for each character. A misread character is mended
 * only where exactly one valid reading is plausible; otherwise the reading stands as it is and proves nothing.
 */
import { isValidIdNumber } from '../../../guide/identifiers/id-number.ts'
import { holdsOrganisationCode, isValidUscc } from '../../../guide/identifiers/uscc.ts'
import type { Letter } from '../text/letters.ts'
import type { Normalised } from './value.ts'

interface Position {
  readonly readings: readonly { readonly character: string; readonly cost: number }[]
}

/** Characters that recognisers and hands mix up in codes, besides what the lattice says. */
const lookAlikes: Record<string, string> = {
  O: '0',
  Q: '0',
  D: '0',
  I: '1',
  L: '1',
  '|': '1',
  '!': '1',
  Z: '2',
  S: '5',
  B: '8',
  G: '6',
  '0': 'DQ',
  '1': 'L',
  '8': 'B',
  '5': 'S',
  '2': 'Z',
  '6': 'G',
  V: 'Y',
  U: 'J',
  K: 'X',
  口: '0',
  〇: '0',
  '○': '0',
}

/** Whether recognisers and hands mix up two characters of codes. */
export const areAlike = (one: string, other: string): boolean =>
  (lookAlikes[one] ?? '').includes(other) || (lookAlikes[other] ?? '').includes(one)

/** What a mended character costs when it is a look-alike that the recogniser did not even think of. */
const lookAlikeCost = 4.5
/** A mended reading is plausible up to this cost (natural logarithm of how much less likely it is), and alone if no other is within. */
const plausible = 7
const apart = 2.5

function positionOf(letter: Letter, allowed: (character: string) => boolean): Position {
  const readings = new Map<string, number>()
  const offer = (character: string, cost: number): void => {
    const capital = character.toUpperCase()
    if (!allowed(capital)) return
    const known = readings.get(capital)
    if (known === undefined || cost < known) readings.set(capital, cost)
  }
  offer(letter.character, 0)
  const top = Math.max(letter.confidence, 1e-4)
  for (const other of letter.alternatives) offer(other.character, Math.log(top / Math.max(other.confidence, 1e-6)))
  if (!letter.isExact) for (const other of lookAlikes[letter.character.toUpperCase()] ?? '') offer(other, lookAlikeCost)
  return { readings: [...readings].map(([character, cost]) => ({ character, cost })).toSorted((one, other) => one.cost - other.cost) }
}

/** The valid readings with at most so many mended characters, cheapest first. */
function decode(
  letters: readonly Letter[],
  allowed: (character: string, at: number) => boolean,
  isValid: (code: string) => boolean,
  mostMended: number,
) {
  const positions = letters.map((letter, at) => positionOf(letter, (character) => allowed(character, at)))
  if (positions.some((position) => position.readings.length === 0)) return []
  const start = positions.map((position) => position.readings[0]!)
  const found = new Map<string, number>()
  const mendFrom = (from: number, code: string, cost: number, left: number): void => {
    if (cost <= plausible && isValid(code) && cost < (found.get(code) ?? Infinity)) found.set(code, cost)
    if (left === 0) return
    for (let at = from; at < positions.length; at += 1)
      for (const reading of positions[at]!.readings.slice(1)) {
        const more = cost - start[at]!.cost + reading.cost
        if (more <= plausible) mendFrom(at + 1, code.slice(0, at) + reading.character + code.slice(at + 1), more, left - 1)
      }
  }
  const startCost = start.reduce((sum, reading) => sum + reading.cost, 0)
  mendFrom(0, start.map((reading) => reading.character).join(''), startCost, mostMended)
  return [...found].map(([code, cost]) => ({ code, cost })).toSorted((one, other) => one.cost - other.cost)
}

/** More mended characters make a number that holds by chance. */
const mostMended = 2

const digit = (character: string): boolean => /^\d$/u.test(character)

/** A credit code (GB 32100-2015): the department that gives it (1 to 9, A, N, Y), its class, six digits, then any of its characters. */
export const usccAllows = (character: string, at: number): boolean => {
  if (at === 0) return /^[1-9ANY]$/u.test(character)
  return at >= 2 && at < 8 ? digit(character) : /^[0-9A-HJ-NPQRTUWXY]$/u.test(character)
}

const idAllows = (character: string, at: number): boolean => digit(character) || (at === 17 && character === 'X')

const isCodeLetter = (letter: Letter): boolean => /^[0-9A-Za-z|!〇○口]$/u.test(letter.character)

/** The letters of a code in their order; an X that stands apart is read as the sign for times. */
const codeLetters = (letters: readonly Letter[]): Letter[] =>
  letters.map((letter) => (letter.character === '×' ? { ...letter, character: 'X' } : letter)).filter(isCodeLetter)

/** A credit code from the letters of its place; letters that cannot belong to a code are passed over. */
export function normaliseUscc(letters: readonly Letter[]): Normalised {
  const code = codeLetters(letters)
  const plain = code.map((letter) => letter.character.toUpperCase()).join('')
  if (plain === '') return { value: null, wellFormed: false, evidence: [] }
  for (const candidate of windows(code, 18)) {
    const asRead = candidate.map(({ character }) => character.toUpperCase()).join('')
    // A code that had to be mended holds its organisation code's own check digit too: all codes that were seen do.
    const isCode = (text: string): boolean => isValidUscc(text) && (text === asRead || holdsOrganisationCode(text))
    const found = decodeOne(candidate, usccAllows, isCode, mostMended)
    if (found) {
      const organisation = holdsOrganisationCode(found.code) ? ['organisation-code'] : []
      return { value: found.code, wellFormed: true, evidence: ['check-digit', ...organisation, ...found.evidence] }
    }
  }
  // Letters that no code has (GB 32100 leaves them out) are the figures that they look like.
  const usual = code.map((letter) =>
    letter.isExact ? letter.character.toUpperCase() : (unusedLetters[letter.character] ?? letter.character.toUpperCase()),
  )
  return { value: plain.length === 18 ? usual.join('') : plain, wellFormed: plain.length === 18, evidence: [] }
}

const unusedLetters: Readonly<Record<string, string>> = { I: '1', O: '0', Z: '2', S: '5' }

/** An identity number; passports and permits are kept as printed. */
export function normaliseIdNumber(letters: readonly Letter[]): Normalised {
  const code = codeLetters(letters)
  const plain = code.map((letter) => letter.character.toUpperCase()).join('')
  if (plain === '') return { value: null, wellFormed: false, evidence: [] }
  const found = [...windows(code, 18)].flatMap(
    (candidate) => decodeOne(candidate, idAllows, (number) => isValidIdNumber(number) && isRegion(number), mostMended) ?? [],
  )
  // Of the numbers of foreigners only the check digit is known, which holds by chance once in eleven times.
  const best = found.find((one) => !one.code.startsWith('9')) ?? found[0]
  if (best) return { value: best.code, wellFormed: true, evidence: ['check-digit', ...best.evidence] }
  const shortened = withoutDouble(plain)
  if (shortened) return { value: shortened, wellFormed: true, evidence: ['check-digit', 'mended'] }
  return { value: plain, wellFormed: isValidIdNumber(plain) || /^\d{17}[\dX]$/u.test(plain), evidence: [] }
}

/** A number one figure too long, where one figure of a pair was read twice: the one way to shorten it that holds. */
function withoutDouble(text: string): string | null {
  if (text.length !== 19) return null
  const shorter = new Set<string>()
  for (let at = 1; at < text.length; at += 1) {
    const one = text.slice(0, at) + text.slice(at + 1)
    if (text[at] === text[at - 1] && isValidIdNumber(one) && isRegion(one)) shorter.add(one)
  }
  return shorter.size === 1 ? [...shorter][0]! : null
}

const provinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
)

/** A region (GB/T 2260): province, then a prefecture up to 34 or one of the few above, then a district; cards of foreigners begin with 9. */
function isRegion(number: string): boolean {
  if (number.startsWith('9')) return true
  if (/^(71|8[123])0000/u.test(number)) return true
  const prefecture = Number(number.slice(2, 4))
  // The four municipalities have 01 to 03 only.
  if (/^(11|12|31|50)/u.test(number)) return prefecture >= 1 && prefecture <= 3 && number.slice(4, 6) !== '00'
  const known = (prefecture >= 1 && prefecture <= 34) || [40, 42, 43, 51, 52, 53, 90].includes(prefecture)
  return provinces.has(number.slice(0, 2)) && known && number.slice(4, 6) !== '00'
}

function* windows(letters: readonly Letter[], length: number): Generator<readonly Letter[]> {
  if (letters.length < length || letters.length > length + 3) return
  for (let at = 0; at + length <= letters.length; at += 1) yield letters.slice(at, at + length)
}

function decodeOne(
  letters: readonly Letter[],
  allowed: (character: string, at: number) => boolean,
  isValid: (code: string) => boolean,
  most: number,
): { code: string; evidence: string[] } | null {
  const [best, second] = decode(letters, allowed, isValid, most)
  if (!best) return null
  const asRead = best.code === letters.map((letter) => letter.character.toUpperCase()).join('')
  if (asRead) return { code: best.code, evidence: [] }
  if (second && second.cost - best.cost < apart) return null
  const isHardlySeen = letters.some((letter, at) => allowed(letter.character.toUpperCase(), at) && isAgainst(letter, best.code[at]!))
  return { code: best.code, evidence: isHardlySeen ? ['mended', 'against-print'] : ['mended'] }
}

/** Another glyph that may stand there was read, and this one thought less than a quarter as likely, or not thought of at all. */
const isAgainst = ({ character, confidence, alternatives }: Letter, other: string): boolean =>
  character.toUpperCase() !== other &&
  4 * Math.max(0, ...alternatives.filter((one) => one.character.toUpperCase() === other).map((one) => one.confidence)) < confidence

/**
 * A number with one figure too many before or after the birth date, where the birth date printed beside it is known: the
 * one way to leave a figure out that holds.
 */
export function mendByBirthDate(text: string, birthDate: string): string | null {
  const birth = birthDate.replaceAll('-', '')
  const at = text.indexOf(birth)
  if (at < 6 || text.length !== 19) return null
  const found = new Set<string>()
  for (let place = 0; place < text.length; place += 1) {
    const one = text.slice(0, place) + text.slice(place + 1)
    if (one.slice(6, 14) === birth && isValidIdNumber(one) && isRegion(one)) found.add(one)
  }
  return found.size === 1 ? [...found][0]! : null
}
