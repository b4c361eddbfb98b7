/**
 * Decides which values are certain: by what is printed twice, by check digits, by closed lists of words, by the file's own
 * text. What the recogniser thinks of itself never suffices (a dropped character can score 0.99); it only can forbid.
 */
import { isOfKnownLength } from '../../guide/identifiers/phone.ts'
import type { DocumentKind, FieldType } from '../../guide/papers.ts'
import type { Rectangle } from '../page.ts'
import { agreementsWithin, type Values } from './agree-within.ts'
import { columnOverlap, meets, rowOverlap } from './text/geometry.ts'
import { isDistrictOfBirth, isPoliceOffice, lengthOfRegion, mayLackBranch } from './values/regions.ts'
import { hasOddCharacter, isUsualName } from './values/family-names.ts'
import { dictionaryOf, endsAsEnterprise } from './values/texts.ts'
import type { Letter } from './text/letters.ts'
import type { Part, ReadValue } from './values/value.ts'

export interface Weighed extends ReadValue {
  readonly certain: boolean
}

/** Letters below this are never part of a certain value, whatever else speaks for it. */
const faint = 0.5
/** Values whose form tells how many figures they have. */
const figures = new Set<FieldType>(['date', 'phone'])
const hardlyDoubted = 0.95
/** What rests on one check digit is read clearly throughout. */
const clear = 0.9

/** `byHand`: the paper was filled in by hand. */
export function weighEvidence(
  kind: DocumentKind,
  values: Values,
  typeOf: (field: string) => FieldType,
  seals: readonly SealOver[],
  byHand = false,
): Map<string, Weighed> {
  const weighed = new Map<string, Weighed>()
  const agreements = agreementsWithin(kind, values, byHand)
  for (const [field, read] of values) {
    const value = proveLetter(typeOf(field), read)
    const isWhole = isComplete(typeOf(field), value)
    const evidence = [
      ...value.evidence.filter(
        (one) =>
          (one !== 'gap' || !isWhole) &&
          (one !== 'ink-beside' || !isFull(field, typeOf(field), value)) &&
          // Both recognisers learnt print, and misread a hand alike.
          (one !== 'two-readers' || !byHand),
      ),
      ...(agreements.get(field) ?? []),
      ...wordEvidence(field, value),
      ...regionEvidence(field, typeOf(field), value),
      ...wholeEvidence(field, typeOf(field), value),
      ...usualEvidence(field, typeOf(field), value),
      ...jointEvidence(field, typeOf(field), value, values),
      ...countEvidence(typeOf(field), value),
      ...uncountedEvidence(field, typeOf(field), value, byHand),
      ...(byHand ? handEvidence(field, typeOf(field), value) : []),
      ...fileEvidence(typeOf(field), value),
      ...sealEvidence(typeOf(field), value, seals),
    ]
    weighed.set(field, { ...value, evidence, certain: isCertain(typeOf(field), value, evidence) })
  }
  return weighed
}

/** A check digit tells any one character from all others: one that was hardly seen is as sure as the rest of a code that holds. */
function proveLetter(type: FieldType, value: ReadValue): ReadValue {
  if (type !== 'uscc' && type !== 'id-number') return value
  if (value.source !== 'ocr' || !value.evidence.includes('check-digit') || value.evidence.includes('mended')) return value
  const sure = (value.parts ?? []).flatMap(({ letters }) =>
    letters.flatMap((one) => (/[\p{L}\p{N}]/u.test(one.character) ? one.confidence : [])),
  )
  const [, second] = sure.toSorted((one, other) => one - other)
  return sure.length === 18 ? { ...value, least: Math.max(value.least, second!) } : value
}

/** What is said twice in other words on one paper: no misreading makes both agree. */
const agreeing = new Set<FieldType>(['date', 'money', 'items', 'sex'])

function isCertain(type: FieldType, value: ReadValue, evidence: readonly string[]): boolean {
  const has = (name: string): boolean => evidence.some((one) => one === name || one.startsWith(`${name}:`))
  // Which of two writings is meant is a person's to say.
  if (has('struck-out')) return false
  // Amounts are often printed in red, and lifted off with the ink of a seal.
  if (value.value === null && has('told-none')) return has('text-layer')
  if (value.value === null) return has('not-on-this-paper') || (has('no-ink') && !has('under-seal') && type !== 'money')
  if (has('acroform') || has('barcode')) return value.wellFormed
  // A layer can lack characters that its font names wrongly.
  if (has('text-layer') && (has('gap') || has('cut-short') || has('misplaced'))) return false
  if (has('text-layer')) return value.wellFormed && (type !== 'services' && type !== 'delivery' ? true : has('clear-ticks'))
  if (has('forever')) return value.wellFormed
  if (value.least < faint && !(has('term-holds') && isTermPlain(value))) return false
  // Both ends of a term say month and day; a year misread by ten may hold a term too, and is asked to be plain under a seal.
  if (has('term-holds') && !has('mended') && !has('cut-short') && (!has('under-seal') || isTermPlain(value))) return true
  if (has('mended')) return false
  // A day of birth that the number beside it says too, whose check digit holds, has no room for ink of its own.
  if (type === 'date' && evidence.some((one) => /^agrees:(?:\w+\.)?idNumber$/u.test(one))) return value.wellFormed
  // The same on every paper: not even they make it certain.
  if (has('odd-character')) return false
  if (has('ink-below') || has('cut-short') || has('open-end') || has('ink-beside')) return false
  if (type === 'uscc') return has('check-digit') && (has('organisation-code') || has('agrees')) && (has('clear') || !has('under-seal'))
  // A birth date on the same paper vouches for eight of the digits, a district that exists for six, the check digit for the rest.
  if (type === 'id-number') {
    const isVouched = has('agrees') && has('region')
    return has('check-digit') && (isVouched || (value.least > clear && !has('under-seal')))
  }
  // No ink over a sum makes it that of the goods above it.
  if (type === 'money' && has('agrees:items')) return value.wellFormed && value.least >= clear
  // A title, or a word of a list that is as long as a name, is made of no seal's letters.
  const isKnown =
    has('dictionary') && !has('region') && (has('title') || (has('clear') && typeof value.value === 'string' && value.value.length >= 4))
  if (has('under-seal') && !has('through-seal') && !isKnown) return false
  if (type === 'services' || type === 'delivery') return has('clear-ticks')
  if (has('machine-zone')) return has('check-digit')
  // A sum that holds, or a moment that is printed twice, leaves no room for a misreading.
  if (has('agrees') && !(type === 'name' && has('unusual')))
    return value.wellFormed && (has('clear') || agreeing.has(type) || has('dictionary'))
  if (has('uncounted')) return false
  // Nothing tells that a local number, or a name that nobody has, is whole.
  if (has('unusual') || has('unlisted')) return false
  if (has('read-twice') || has('two-readers') || has('spelled-by-seal')) return value.wellFormed && has('clear')
  if (has('counted') || has('eleven-plain')) return value.wellFormed && has('clear')
  // A police office is vouched for by the divisions that it is named by.
  if (has('dictionary')) return value.wellFormed && (value.least > 0.9 || has('region') || has('known-word'))
  return false
}

/** Whether a value that is not certain would be, were it read alike and plainly by further looks. */
export function needsOnlyLook(type: FieldType, { certain, evidence, ...value }: Weighed): boolean {
  if (certain) return false
  const plain = value.least >= clear ? evidence : [...evidence.filter((one) => one !== 'faint'), 'clear']
  return isCertain(type, { ...value, evidence, least: Math.max(value.least, clear) }, [...plain, 'read-twice', 'through-seal'])
}

const wordEvidence = (field: string, value: ReadValue): string[] =>
  typeof value.value === 'string' && dictionaryOf(field)?.has(value.value) && !value.evidence.includes('dictionary') ? ['dictionary'] : []

/** A district that exists, in a number or as the seat of a police office. */
const regionEvidence = (field: string, type: FieldType, value: ReadValue): string[] => {
  if (typeof value.value !== 'string') return []
  if (type === 'id-number') return isDistrictOfBirth(value.value.slice(0, 6), Number(value.value.slice(6, 10))) ? ['region'] : []
  if (/address/iu.test(field)) return lengthOfRegion(value.value) > 0 ? ['region'] : []
  return field === 'issuer' && isPoliceOffice(value.value) ? ['region', 'dictionary'] : []
}

/**
 * An address ends with a house or a room; one that ends with its street, or goes on with another label, is not whole, and of one
 * that ends amid figures only the pixels, or another paper, tell that it is.
 */
function wholeEvidence(field: string, type: FieldType, value: ReadValue): string[] {
  if (typeof value.value !== 'string') return []
  // The way of picking up stands beside it on the list of orders.
  if (field === 'branch' && !value.value.endsWith('中心')) return ['cut-short']
  if (value.source !== 'ocr') return []
  // 2036年10月02: 日, or a figure and 日, stand on the next row.
  if (field === 'businessTerm' && /\d$/u.test(value.value)) return ['open-end']
  if (hasStrayRow(value.parts ?? [])) return ['cut-short']
  if (/address/iu.test(field) && /\d$/u.test(value.value)) return value.evidence.includes('end-seen') ? [] : ['open-end']
  if (/^(?:enterpriseName|invoiceTitle)$/u.test(field) && !endsAsEnterprise(value.value)) return ['cut-short']
  // What a seal hides the begin of: an arc that lost it too would agree.
  if (/^(?:enterpriseName|invoiceTitle)$/u.test(field) && /^(?:股份|有限|责任|集团|公司)+$/u.test(value.value)) return ['cut-short']
  if (field === 'registeredCapital' && isTornSum(value.value)) return ['cut-short']
  // A full stop is small and may stand far off: where none was read it may have been passed over, at every look.
  if (field === 'changes' && !/[。.;；]$/u.test(value.value)) return ['cut-short']
  if (/address/iu.test(field) && !endsAsPlace.test(value.value)) return ['cut-short']
  return (type === 'name' || /address/iu.test(field)) && /[：:]/u.test(value.value) ? ['cut-short'] : []
}

/** One character that begins farther left than the row above it is of a label that is drawn out (用 户 地 址): a value goes on below its begin. */
const hasStrayRow = (parts: readonly Part[]): boolean =>
  parts.slice(1).some(({ box, text }, at) => {
    const first = parts[0]!.box
    const isBelow = rowOverlap(box, parts[at]!.box) <= 0 && box.y > parts[at]!.box.y
    return isBelow && Array.from(text).length === 1 && box.x < first.x - first.height
  })

/**
 * How an address ends: with a house, a room, what stands there (铺面, 车间), a side of a floor (3楼东), or the house's own part (之十二).
 * 路, 街, 镇 and 大道 go on.
 */
const endsAsPlace =
  /(?:[号室楼层元栋幢座区村组户房厦场园城店铺侧舍寓苑院厂库]|[A-Za-z]|[铺店门柜]面|[仓柜]台|档口|车间|码头|[楼层栋座幢][东南西北中前后左右][侧面边]?|之[一二三四五六七八九十]+|[）)])$/u

/** A sum in words of which a figure is missing or is none: 佰万元整, 贰仟佰万元整, 染佰万元整. One in figures is not looked at. */
const isTornSum = (text: string): boolean => {
  const sum = /[\p{Script=Han}]*[佰仟拾百千十万亿](?=[万亿]*(?:元|圆|美元|港元|欧元|日元|人民币))/u.exec(text)?.[0]
  if (sum === undefined || /\d/u.test(text)) return false
  const figures = '零〇壹贰叁肆伍陆柒捌玖一二三四五六七八九两'
  return !new RegExp(
    `^(?:人民币|美元|港币|港元)?(?:零*(?:[${figures}][拾佰仟十百千]|[拾十](?=[${figures}万亿]|$)|[${figures}](?=[万亿]|$)|(?<=.)[万亿]))+$`,
    'u',
  ).test(sum)
}

/** Card numbers have no known form; none that was seen has more figures than a code. */
const longestCardNumber = 18

const ofOthers = ['nationality', 'education', 'idType', 'sex', 'ethnicity']
const isFax = /(?:^|\.)fax$/u
const closed = /(?:^|\.)(?:idType|nationality|education|ethnicity)$/u

/** What the form of a value alone does not carry: a number without its area, an address without its town, a person without a family's name, a word that no list has. */
function usualEvidence(field: string, type: FieldType, value: ReadValue): string[] {
  if (typeof value.value !== 'string') return []
  if (value.source === 'text-layer') return isMisplaced(field, value.value) ? ['misplaced'] : []
  if (value.source !== 'ocr') return []
  // Two numbers of one row that were read as one; a letter amid figures is a figure that was misread.
  if (type === 'card-number')
    return value.value.length <= longestCardNumber && !/\d[OQDILZSBG]|[OQDILZSBG]\d/u.test(value.value) ? [] : ['unusual']
  // Nobody's 传真 is a mobile telephone: it is the 联系电话 whose label lies under a seal.
  if (type === 'phone')
    return (isFax.test(field) ? /^0\d{9,}/u : /^(?:1\d{10}|0\d{9,})/u).test(value.value.replace(/-/gu, '')) ? [] : ['unusual']
  // A speck amid the figures of a house is no point, and what stands before 厂房 is a sign: 3# is misread as 37, 3F or 3=.
  if (/address/iu.test(field))
    return [
      ...(lengthOfRegion(value.value) > 0 ? [] : ['unusual']),
      ...(/\d(?:[.,]\d|[A-Z]?(?:厂房|车间|仓库))|[=+*~^<>|]/u.test(value.value) ? ['odd-character'] : []),
    ]
  // A post that is called as a country, a degree or a kind of card is what stands in another place of the form.
  if (/(?:^|\.)position$/u.test(field)) return ofOthers.some((one) => dictionaryOf(one)?.has(value.value as string)) ? ['unusual'] : []
  if (closed.test(field)) return dictionaryOf(field)?.has(value.value) ? [] : ['unusual']
  // 安县公安局 is 惠安县公安局 with its first character under a seal.
  if (field === 'issuer' && mayLackBranch(value.value)) return ['open-end']
  if (field === 'issuer') return isPoliceOffice(value.value) || value.value.endsWith('管理局') ? [] : ['unlisted']
  if (!isPersonField(field)) return []
  return [...(isUsualName(value.value) ? [] : ['unusual']), ...(hasOddCharacter(value.value) ? ['odd-character'] : [])]
}

/** What a file says is never misread, but may stand in another field's place: a day as a name, a house as a country, an address that ends with its town. */
function isMisplaced(field: string, text: string): boolean {
  if (isPersonField(field) || closed.test(field)) return /\d/u.test(text) || isTornWord(field, text)
  if (/^(?:enterpriseName|invoiceTitle)$/u.test(field)) return !endsAsEnterprise(text)
  return /address/iu.test(field) && ((!endsAsPlace.test(text) && !/\d[#-]?$/u.test(text)) || /[室元]\d{3,}$/u.test(text))
}

/** 居民 of 居民身份证, whose end was taken for the next label's. */
function isTornWord(field: string, text: string): boolean {
  const known = dictionaryOf(field)
  return known !== undefined && !known.has(text) && (text.length === 1 || [...known].some((word) => word.startsWith(text)))
}

const isPersonField = (field: string): boolean =>
  /(?:^|\.)(?:name|holderName|legalName|handlerName|recipientName|contactName|receiverName)$/u.test(field)

/** Codes whose characters stand apart on the page, each in a box of its own, or beside another's, may be in part another's or lack some. */
function jointEvidence(field: string, type: FieldType, value: ReadValue, values: Values): string[] {
  if (value.source !== 'text-layer' || value.value === null) return []
  const isJoint = (one: ReadValue | undefined): boolean => (one?.parts?.length ?? 0) > 1
  if (type === 'uscc' && typeof value.value === 'string' && value.value.length !== 18) return ['cut-short']
  if (type === 'id-number' && !value.evidence.includes('check-digit') && isJoint(value)) return ['cut-short']
  if (type === 'card-number' && isJoint(value)) return ['cut-short']
  // What the legal person's number took in is then missing here.
  return field === 'operatorCardNumbers' && isJoint(values.get('legalCardNumber')) ? ['cut-short'] : []
}

/** Whether a figure that was passed over would show: the value has a form of fixed length, or every figure has its stroke. */
export function isComplete(type: FieldType, value: ReadValue): boolean {
  if (typeof value.value !== 'string') return false
  const text = (value.parts ?? []).map((part) => part.text).join('')
  if (type === 'phone') return isOfKnownLength(value.value)
  if (type === 'date-or-forever')
    return value.value === '长期' ? /\d{4}\D\d\d\D\d\d\D+$/u.test(text) : /^\D*\d{4}\D\d\d\D\d\d\D\d{4}\D\d\d\D\d\d\D*$/u.test(text)
  if (type === 'date') return /\d{4}\D+\d{2}\D+\d{2}(?!\d)|(?<!\d)\d{8}(?!\d)/u.test(text)
  return (type === 'uscc' || type === 'id-number') && value.evidence.includes('check-digit')
}

/** Whether the eight figures of the years of a term were each read plainly; month and day, which stand there twice, were seen once. */
function isTermPlain(value: ReadValue): boolean {
  const sure = (value.parts ?? []).flatMap(({ letters }) => letters.flatMap((one) => (/\d/u.test(one.character) ? one.confidence : [])))
  return (
    sure.length === 16 &&
    sure.slice(0, 8).every((from, at) => (at < 4 ? Math.min(from, sure[at + 8]!) >= clear : Math.max(from, sure[at + 8]!) >= faint))
  )
}

/**
 * What has no room for a character that was passed over, so that ink beside it is another's: a date, a time of day, a number of a
 * fixed length of which each figure has its stroke, a word of a list that is no part of another.
 */
export function isFull(field: string, type: FieldType, value: ReadValue): boolean {
  if (type === 'date' || type === 'date-or-forever') return isComplete(type, value)
  if (typeof value.value !== 'string') return false
  if (type === 'phone') return isComplete(type, value) && countEvidence(type, value).length > 0
  if (closed.test(field)) {
    const words = dictionaryOf(field)
    return (words?.has(value.value) ?? false) && [...words!].every((word) => word === value.value || !word.includes(value.value as string))
  }
  return /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|NF\d{17})$/u.test(value.value)
}

/** Figures of a fixed form, each with a stroke of its own and read with hardly any doubt. */
function countEvidence(type: FieldType, value: ReadValue): string[] {
  if (value.source !== 'ocr' || value.value === null || !figures.has(type) || value.least < hardlyDoubted) return []
  if (!isComplete(type, value)) return []
  const all = (value.parts ?? []).flatMap((part) => part.letters).filter(({ character }) => /[0-9A-Za-z]/u.test(character))
  return all.length > 0 && all.every((letter) => letter.isCounted) ? ['counted'] : []
}

/** A word of a list is told from all others by what a hand left of it, so long as no letter of it was hardly seen. */
const legibleWord = 0.6

/**
 * What a hand wrote is not read twice alike as print is, but has forms that leave little room: of some 400 mobile numbers whose eleven
 * figures were each read plainly, and of 100 words of lists read with doubt and not mended, none was wrong.
 */
function handEvidence(field: string, type: FieldType, value: ReadValue): string[] {
  if (typeof value.value !== 'string' || value.source !== 'ocr') return []
  if (type === 'name') return ['by-hand']
  if (value.evidence.includes('mended')) return []
  if (type === 'phone') {
    // What else was read there may have been struck out.
    const whole = (value.parts ?? []).map((part) => part.text).join('')
    const isAlone = whole.replaceAll(/[^\p{L}\p{N}]/gu, '') === value.value
    return isAlone && value.least >= hardlyDoubted && /^1[3-9]\d{9}$/u.test(value.value) ? ['eleven-plain'] : []
  }
  if (!closed.test(field) && !/(?:^|\.)position$/u.test(field)) return []
  const isWord = value.value.length >= 2 && (dictionaryOf(field)?.has(value.value) ?? false)
  return isWord && value.least >= legibleWord ? ['known-word'] : []
}

/** What nothing but its figures tells; an order of the office's own shop has seventeen. */
const isOpaque = (field: string, type: FieldType, { value }: ReadValue): boolean =>
  type === 'card-number' || type === 'list' || (field === 'orderNumber' && !(typeof value === 'string' && /^NF\d{17}$/u.test(value)))

/** A number of no known length, or of a house or room that a form is filled in with, of which a figure has no stroke of its own may lack one, or have one too many, at every look alike. */
function uncountedEvidence(field: string, type: FieldType, value: ReadValue, byHand: boolean): string[] {
  if (value.source !== 'ocr' || value.value === null || !(isOpaque(field, type, value) || (/.address$/iu.test(field) && !byHand))) return []
  const isFigure = (letter: Letter | undefined): boolean => letter !== undefined && /[0-9A-Za-z]/u.test(letter.character)
  const all = (value.parts ?? []).flatMap((part) => part.letters)
  // Those that an address ends with were counted where its end was seen.
  const last = value.evidence.includes('end-seen') ? all.findLastIndex(({ character }) => !/\d/u.test(character)) : all.length - 1
  const ofEnd = new Set(all.slice(last + 1))
  const isUncounted = (letter: Letter, at: number, letters: readonly Letter[]): boolean => {
    if (!isFigure(letter) || letter.isCounted || letter.isRestored || ofEnd.has(letter)) return false
    // A single figure where a line breaks has no neighbour to be told from.
    const isLone = !isFigure(letters[at - 1]) && !isFigure(letters[at + 1])
    return isOpaque(field, type, value) || !isLone || (at > 0 && at < letters.length - 1)
  }
  return (value.parts ?? []).some(({ letters }) => letters.some(isUncounted)) ? ['uncounted'] : []
}

/** 1月 may be 11月 of which a stroke was passed over, by the same recogniser on every paper. */
function mayLackFigure(type: FieldType, value: ReadValue): boolean {
  if (type !== 'date' || value.source !== 'ocr' || isComplete(type, value)) return false
  const read = (value.parts ?? []).flatMap((part) => part.letters).filter(({ character }) => /\d/u.test(character))
  return read.some(({ isCounted, isRestored }) => !isCounted && !isRestored)
}

const fileEvidence = (type: FieldType, value: ReadValue): string[] => [
  ...(value.source === 'ocr' ? [] : [value.source]),
  ...(value.least >= clear && (isComplete(type, value) || !value.evidence.includes('gap')) && !mayLackFigure(type, value) ? ['clear'] : []),
  ...(value.least < faint && value.value !== null && value.source === 'ocr' ? ['faint'] : []),
]

interface SealOver {
  readonly box: Rectangle
  readonly color: 'red' | 'gray'
}

/** Print under a seal is read through ink: two misread figures may still hold a check digit. The ink of a red one hides no ink of another colour. */
function sealEvidence(type: FieldType, value: ReadValue, seals: readonly SealOver[]): string[] {
  if ((value.source !== 'ocr' && value.value !== null) || value.box === null) return []
  const isOver = (seal: SealOver, own: Rectangle): boolean => rowOverlap(seal.box, own) > 0.1 && columnOverlap(seal.box, own) > 0.05
  // A black ring that begins where a name ends may run through one more character, and be one piece with it.
  const nextTo = { ...value.box, width: value.box.width + value.box.height }
  const over = seals.filter((seal) => isOver(seal, value.box!) || (type === 'name' && seal.color === 'gray' && meets(seal.box, nextTo)))
  const isProvenBlank = value.evidence.includes('no-ink') && over.every(({ color }) => color === 'red')
  return over.length > 0 && !isProvenBlank ? ['under-seal'] : []
}
