/** A field's letters to its canonical value, by the type of the field. */
import { isValidPhone, normalizePhone } from '../../../guide/identifiers/phone.ts'
import type { FieldType } from '../../../guide/papers.ts'
import { textOf, type Letter } from '../text/letters.ts'
import { normaliseIdNumber, normaliseUscc } from './codes.ts'
import { mendWords } from './mend-words.ts'
import { digitLike, isBlankDate, parseDate, parseWrongDay } from './dates.ts'
import { normaliseName, normaliseText } from './texts.ts'
import type { Normalised } from './value.ts'

const nothing: Normalised = { value: null, wellFormed: false, evidence: [] }

/** In a row of digits a square, a ring and a stroke are digits and a hyphen too. */
const inNumbers: Readonly<Record<string, string>> = {
  ...digitLike,
  口: '0',
  〇: '0',
  一: '-',
  // A stripe down the sheet crosses a 5.
  $: '5',
}

export function normalise(letters: readonly Letter[], type: FieldType): Normalised {
  const text = textOf(letters)
  switch (type) {
    case 'date':
      return normaliseDate(text, letters)
    case 'date-or-forever':
      return /长.?期|期限?长/u.test(text) ? { value: '长期', wellFormed: true, evidence: ['dictionary'] } : normaliseDate(text, letters)
    case 'phone':
      return normalisePhone(text)
    case 'uscc':
      return normaliseUscc(letters)
    case 'id-number':
      return normaliseIdNumber(letters)
    case 'card-number':
      return normaliseCardNumber(letters)
    case 'sex': {
      const male = text.includes('男')
      const female = text.includes('女')
      // The upper part of 男 breaks up; no other word stands there.
      if (!male && !female && /^[另勇易]$/u.test(text)) return { value: '男', wellFormed: true, evidence: ['mended'] }
      return male === female ? nothing : { value: male ? '男' : '女', wellFormed: true, evidence: ['dictionary'] }
    }
    case 'money': {
      const value = parseMoney(text)
      return value === null ? nothing : { value, wellFormed: true, evidence: [] }
    }
    case 'name': {
      const mended = isEnterprise(text) ? mendWords(letters) : null
      const value = normaliseName(mended ? textOf(mended) : text)
      if (value && isSentence(value)) return nameBefore(value)
      if (value && mended) return { value, wellFormed: true, evidence: ['mended'] }
      return value === null ? nothing : { value, wellFormed: /^[\p{Script=Han}（）·A-Za-z\d&.-]{2,}$/u.test(value), evidence: [] }
    }
    default: {
      const mended = mendWords(letters)
      const value = normaliseText(mended ? textOf(mended) : text)
      if (value && mended) return { value, wellFormed: true, evidence: ['mended'] }
      return value === null ? nothing : { value, wellFormed: true, evidence: [] }
    }
  }
}

/** No enterprise is called longer than this, and no name has an end of a sentence within it: something beside it was read on. */
const longestName = 40
const isSentence = (text: string): boolean => text.length > longestName || /[。；！？]./u.test(text)

/** The enterprise that such a text begins with; that it ends there is not sure. */
function nameBefore(text: string): Normalised {
  const name = /^[^。；！？，]{4,36}?(?:公司|厂|商行|合作社|事务所|[(（]有限合伙[)）])/u.exec(text)?.[0]
  return name ? { value: name, wellFormed: true, evidence: ['mended', 'cut-short'] } : nothing
}

const isEnterprise = (text: string): boolean => text.length >= 6

/** 2026年11月1 at the end of its room may have been the 16th. */
const lacksFigure = /年\d{1,2}月[123]$/u

function normaliseDate(text: string, letters: readonly Letter[]): Normalised {
  const value = parseDate(text)
  if (value) return { value, wellFormed: true, evidence: ['date-exists', ...(lacksFigure.test(text) ? (['cut-short'] as const) : [])] }
  const written = parseWrongDay(text)
  if (written) return { value: written, wellFormed: false, evidence: [] }
  const mended = mendDate(letters)
  if (mended) return { value: mended, wellFormed: true, evidence: ['date-exists', 'mended'] }
  return isBlankDate(text) ? { ...nothing, evidence: ['blank'] } : nothing
}

/** Another figure is thought of so much at least, and a day that takes one is so much likelier than any other. */
const thoughtOf = 0.02
const apart = 1

/** Two strokes that lean on each other; nobody writes a month in words between figures. */
const asEleven = /(?<=\d{4}年)[八川儿](?=月\d)|(?<=\d{4}年\d{1,2}月)[八川儿](?=日)/gu

/** The day that stands there if one figure is another that the recogniser thought of: hands write 1 and 7 alike, and no year has a month 71. */
function mendDate(letters: readonly Letter[]): string | null {
  const strokes = textOf(letters).replace(asEleven, '11')
  if (strokes !== textOf(letters)) return parseDate(strokes)
  const found = new Map<string, number>()
  for (const [at, letter] of letters.entries())
    for (const { character, confidence } of /\d/u.test(letter.character) ? letter.alternatives : []) {
      if (!/^\d$/u.test(character) || confidence < thoughtOf) continue
      const day = parseDate(textOf(letters.with(at, { ...letter, character })))
      const cost = Math.log(letter.confidence / confidence)
      if (day && cost < (found.get(day) ?? Infinity)) found.set(day, cost)
    }
  const [best, second] = [...found].toSorted((one, other) => one[1] - other[1])
  return best && (!second || second[1] - best[1] >= apart) ? best[0] : null
}

/** Less than this was hardly thought of. */
const leastThought = 0.01

/** A letter alone amid figures is the figure that it was also thought to be. */
function normaliseCardNumber(letters: readonly Letter[]): Normalised {
  const plain = (all: readonly Letter[]): string =>
    textOf(all)
      .replace(/[^0-9A-Za-z]/gu, '')
      .toUpperCase()
  const value = plain(letters)
  if (value === '') return nothing
  const isLone = value.length >= 8 && value.replace(/\d/gu, '').length === 1
  const mended = plain(
    letters.map((letter) => {
      const figure = /[A-Za-z]/u.test(letter.character)
        ? letter.alternatives.find(({ character, confidence }) => /\d/u.test(character) && confidence > leastThought)
        : undefined
      return isLone && figure ? { ...letter, character: figure.character } : letter
    }),
  )
  return { value: mended, wellFormed: mended.length >= 4, evidence: mended === value ? [] : ['mended'] }
}

/** What stands before a colon is the end of the label, and a stroke behind it is its bracket where a number follows that can be called. */
function normalisePhone(text: string): Normalised {
  const own = text.replace(/^[^:]{0,3}:/u, '')
  const read = phoneIn(own)
  const bare = !read.wellFormed && /^[|l]\d/u.test(own) ? phoneIn(own.slice(1)) : read
  return bare.wellFormed ? bare : read
}

function phoneIn(text: string): Normalised {
  const mended = text.replace(/[OoDQlIi|ZzSsBGb口〇一$]/gu, (character) => inNumbers[character] ?? character)
  const match = /(?:\+?86-?)?[\d(（][\d()（）\-—\s]{4,}(?:(?:转|分机|ext\.?)\d{1,6})?/iu.exec(mended.replace(/[_.:]/gu, ''))
  if (!match) return nothing
  const value = normalizePhone(match[0].replaceAll('—', '-').replace(/分机/gu, '转'))
    .replace(/[^\d-]/gu, '')
    .replace(/-+$/u, '')
  if (value === '') return nothing
  const isStriped = /\d\$|\$\d/u.test(text)
  // A number abroad (00…) is oftener a figure that was read twice: 0592-651918 as 00592651918, which Guyana would have.
  const wellFormed = isValidPhone(value) && !value.startsWith('00')
  const evidence = [...(wellFormed ? ['format'] : []), ...(isStriped ? ['mended'] : [])]
  return { value, wellFormed, evidence }
}

/** A sum of money with two decimals, or null. */
export function parseMoney(text: string): string | null {
  const plain = text
    .replace(/[OoD]/gu, '0')
    .replace(/(\d)[,](?=\d{3})/gu, '$1')
    .replace(/,/gu, '.')
  const match = /(\d+)(?:\.(\d{1,2}))?/u.exec(plain)
  return match ? `${Number(match[1])}.${(match[2] ?? '').padEnd(2, '0')}` : null
}

/** A day of this or the last century, written in figures, is no telephone. */
const dayOnly = /^:?(?:19|20)\d{2}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])$/u

/** What is written where there is nothing to write: 传真：无. */
export const saysNone = (text: string): boolean => /^:?(?:无|暂无|没有|N\/?A)。?$/iu.test(text)

/** Whether letters may be a value of this type at all: a cheap test before they are claimed for a label. */
export function mayBe(text: string, type: FieldType): boolean {
  if (saysNone(text)) return true
  const digits = (text.match(/[\dOoIl|]/gu) ?? []).length
  const han = (text.match(/\p{Script=Han}/gu) ?? []).length
  switch (type) {
    case 'date':
    case 'date-or-forever':
      // 0592- is the begin of a telephone's number.
      return !/^0\d{2,3}-?$/u.test(text) && (/[年月日]|长期|\d{4}/u.test(text) || (digits >= 1 && han <= 4))
    case 'phone':
      return digits >= 5 && digits > han && !dayOnly.test(text)
    case 'uscc':
      return text.length >= 12 && han <= 3
    case 'id-number':
      return digits >= 5 && han <= 2
    case 'card-number':
      return digits >= 3 && han <= 2
    case 'sex':
      return /[男女]/u.test(text)
    case 'money':
      return digits >= 1
    case 'name':
      // 1.口 is the number and the box of a printed option.
      if (/^[\d.、口囗回田区日曰凵团因]{1,4}$/u.test(text)) return false
      // A sex stands beside it.
      if (/^[男女]$/u.test(text)) return false
      // No name holds a credit code, whose label could not be read.
      return !/[0-9A-HJ-NPQRTUWXY]{15}/u.test(text) && (han >= 1 || /[A-Za-z]{2}/u.test(text))
    default:
      return true
  }
}
