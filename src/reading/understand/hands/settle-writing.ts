/**
 * What a hand wrote, told by the other papers of the submission: the enterprise's name, its code and the people stand in print
 * on the licence, in the seals and on identity cards. A text is never forced on a value: it must be spoken for by what was read
 * there, against every other text that may stand there and against that of somebody whom no paper knows. What the writing denies
 * plainly stays as it was read, for it may be the fault that is looked for; what is hardly legible is taken with little
 * confidence, so that somebody looks.
 */
import type { FieldValue, ReadDocument } from '../../../flow.ts'
import { documentFields, type FieldType } from '../../../guide/papers.ts'
import { wordsOf } from '../../seals/name-words.ts'
import type { Letter } from '../text/letters.ts'
import { normalise } from '../values/normalise.ts'
import { lengthOfRegion, mendDistrict } from '../values/regions.ts'
import { dictionaryOf } from '../values/texts.ts'
import { leastConfidence, meanConfidence } from '../values/value.ts'
import { findCandidates, type Candidate } from './find-candidates.ts'
import type { Lattice } from '../../page.ts'
import type { Writing } from './trace-writing.ts'
import { spell, weighText, type WeighedLetter, type WeighedText } from './weigh-writing.ts'

/** A letter that was read, or thought of, speaks so much for a text (in ln): to see just it by chance is so rare. */
const worth: Partial<Record<FieldType, number>> = { uscc: 2.6, 'id-number': 2.2, phone: 2.2, 'card-number': 2.2, date: 2.2, sex: 3 }
const worthOfCharacter = 5
/** Letters of a word that many names or addresses have. */
const worthOfCommon = 1
/** What a letter takes away that was not thought of: little where the hand is illegible, all but everything where it is not. */
const against = { illegible: 0.4, plain: 4.5 }
/** A letter is thought of up to this cost. */
const thoughtOf = 7.5
/** A text must be so much likelier than somebody else's, and than the next one. */
const likelier = 3
const apart = 2
/** Read so surely, by a hand that is legible, a character is no other. */
const plainly = { letter: 0.95, hand: 0.94 }
/** How sure a taken value is called where each letter was read or thought of, and where some were not. */
const surety = { told: 0.8, guessed: 0.5 }

export function settleWriting(documents: readonly ReadDocument[], writings: readonly (Writing | undefined)[]): ReadDocument[] {
  if (writings.every((writing) => writing === undefined)) return [...documents]
  const settled = [...documents]
  // What one value is taken for tells of the next: a card's number whose it is.
  for (const [at, document] of documents.entries()) {
    const writing = writings[at]
    if (!writing) continue
    const legible = legibilityOf(writing)
    for (const { name, type } of documentFields[document.kind]) {
      const { looks, length, isPrint } = writing[name] ?? {}
      const own = settled[at]!.fields[name]
      if (!looks || !own || own.certain || own.source !== 'ocr' || holdsByItself(type, own)) continue
      const taken =
        takeOne(looks, findCandidates(settled, at, name), { type, name, own, legible, length, isPrint }) ??
        (type === 'name' || type === 'text' ? readBetter(looks, type, own) : null)
      if (taken === null || taken.value === own.value) continue
      const evidence = (own.evidence ?? []).filter((one) => !leftOut.has(one))
      const value: FieldValue = {
        ...own,
        value: taken.value,
        confidence: taken.isTold ? Math.max(Math.min(own.confidence, surety.told), surety.told) : Math.min(own.confidence, surety.guessed),
        certain: false,
        evidence: [...evidence, 'mended', taken.by],
      }
      settled[at] = { ...settled[at]!, fields: { ...settled[at]!.fields, [name]: value } }
    }
  }
  return settled
}

/** What was said of the reading that is given up. */
const leftOut = new Set(['clear', 'mended', 'unusual', 'gap', 'cut-short', 'region', 'read-twice', 'empty', 'dictionary'])

/** A check digit that holds as it was read leaves nothing to be told by others; nor does a number of full length that was legible. */
const holdsByItself = (type: FieldType, { evidence = [] }: FieldValue): boolean =>
  type === 'phone'
    ? evidence.includes('format') && !evidence.includes('faint')
    : (type === 'uscc' || type === 'id-number') && evidence.includes('check-digit') && !evidence.includes('mended')

/** How surely the characters of a hand are read: their mean. */
function legibilityOf(writing: Writing): number {
  const sure = Object.values(writing).flatMap(({ looks: [first] }) =>
    (first ?? []).flatMap(({ costs: [best] }) => (best && /\p{Script=Han}/u.test(best[0]) ? [Math.exp(-best[1])] : [])),
  )
  return sure.length === 0 ? 0.9 : sure.reduce((sum, one) => sum + one, 0) / sure.length
}

interface Place {
  readonly type: FieldType
  readonly name: string
  readonly own: FieldValue
  readonly legible: number
  readonly length: number | undefined
  readonly isPrint: true | undefined
}

interface Taken {
  readonly value: string
  /** Each letter was read or thought of. */
  readonly isTold: boolean
  /** What told it. */
  readonly by: 'dictionary' | 'from-other-paper' | 'second-reading'
}

function takeOne(looks: readonly Lattice[], known: readonly Candidate[], place: Place): Taken | null {
  if (looks.length === 0) {
    // Ink that nothing can be read from: only what the same paper says in other words may stand there.
    const [only] = known.filter((candidate) => candidate.prior >= surely)
    return only && derived.test(place.name) ? { value: only.value, isTold: false, by: 'from-other-paper' } : null
  }
  const words = [...(dictionaryOf(place.name) ?? [])].map((value): Candidate => ({ value, prior: wordPrior }))
  const weighed = [...known, ...words.filter(({ value }) => known.every((one) => one.value !== value))]
    .map((candidate) => {
      const ways = (candidate.ways ?? [candidate.value]).map((way) => weigh(looks, way, place))
      const best = ways.toSorted((one, other) => other.score - one.score)[0]!
      return { ...candidate, ...best, score: best.score + candidate.prior, isWord: words.includes(candidate) }
    })
    .toSorted((one, other) => other.score - one.score)
  const [best, second] = weighed
  if (!best || best.score < likelier || best.isDenied || (second && best.score - second.score < apart)) return null
  return { value: best.value, isTold: best.isTold, by: best.isWord ? 'dictionary' : 'from-other-paper' }
}

/** A second look is better than the first where its least sure letter, or all together, is so much surer, and neither is less. */
const surer = 0.15

/** What a second look reads, where the first hardly could and it could better; null where it could not. */
function readBetter(looks: readonly Lattice[], type: FieldType, own: FieldValue): Taken | null {
  const [first, second] = looks.map(lettersOf)
  if (!first || !second || !own.evidence?.includes('faint') || second.length === 0) return null
  const [least, mean] = [leastConfidence(second) - leastConfidence(first), meanConfidence(second) - meanConfidence(first)]
  const isSurer = Math.abs(second.length - first.length) <= 1 && Math.min(least, mean) > 0 && Math.max(least, mean) > surer
  const { value, wellFormed } = isSurer ? normalise(second, type) : { value: null, wellFormed: false }
  if (value === null || !wellFormed) return null
  // A house is 209号之一 or 之二, never 之: a flat stroke at the end was passed over.
  const isPassedOver = value.endsWith('之') && typeof own.value === 'string' && own.value.endsWith('之一')
  return { value: (mendDistrict(value) ?? value) + (isPassedOver ? '一' : ''), isTold: false, by: 'second-reading' }
}

const lettersOf = (look: Lattice): Letter[] =>
  look.flatMap(({ at, costs }): Letter[] => {
    const thought = costs.map(([character, cost]) => ({ character, confidence: Math.exp(-cost) }))
    const [best, ...alternatives] = thought.toSorted((one, other) => other.confidence - one.confidence)
    return best ? [{ ...best, left: at, right: at, alternatives }] : []
  })

/** What a person's number says as well. */
const derived = /(?:^|\.)(?:sex|birthDate)$/u
const surely = 3

/** A word of a list has its rivals in the list; any other word may stand there as well. */
const wordPrior = 0

function weigh(looks: readonly Lattice[], text: string, place: Place) {
  const weighed = weighText(looks, text)
  const common = commonIn(text, place)
  let score = -extraCost * weighed.extra - tooLong(text, place)
  let untold = 0
  for (const [at, letter] of weighed.letters.entries()) {
    const most = common[at] ? worthOfCommon : (worth[place.type] ?? worthOfCharacter)
    if (letter.cost !== null && letter.cost < thoughtOf) score += most * (1 - letter.cost / thoughtOf)
    else {
      untold++
      score -= Math.min(most, missed(letter, place))
    }
  }
  const own = weighed.letters.filter((_, at) => !common[at])
  const seen = own.filter(({ cost }) => cost !== null && cost < seenUpTo).length
  const contradicted = weighed.letters.filter(({ denied }) => denied > contradicting).length
  const isSeen = /address/iu.test(place.name)
    ? seen >= leastSeen * own.length && contradicted <= mostContradicted * weighed.letters.length
    : place.type !== 'name' || seen > 0
  return { score, isTold: untold === 0 && weighed.extra === 0, isDenied: !isSeen || isDenied(weighed, text, place) }
}

/** A hand's characters stand 0.93 of their height apart in the middle, between 0.77 and 1.07 mostly. */
const pitch = 0.93
const usual = 0.25
const costOfLength = 14

/** What it takes away that a text is longer or shorter than the ink. */
function tooLong(text: string, { length, type }: Place): number {
  if (length === undefined || (type !== 'name' && type !== 'text')) return 0
  const wanted = Array.from(text).reduce((sum, character) => sum + (/\p{Script=Han}/u.test(character) ? 1 : 0.5), 0)
  return costOfLength * Math.max(0, Math.abs(Math.log(length / (pitch * wanted))) - usual)
}

/** Of a name one letter at least was read, of an address so many of those that are its own. */
const seenUpTo = 1.6
const leastSeen = 0.45
const mostContradicted = 0.2

/** What a character too many that was read plainly takes away. */
const extraCost = 1.5

/** A legible hand that reads otherwise writes otherwise; one that is not may mean anything. */
function missed({ denied }: WeighedLetter, { legible, type }: Place): number {
  const isFigure = figures.has(type)
  const hand = isFigure ? 0.5 : Math.max(0, Math.min(1, (legible - 0.65) / 0.3))
  return against.illegible + (against.plain - against.illegible) * hand * denied
}

const figures = new Set<FieldType>(['uscc', 'id-number', 'phone', 'card-number', 'date'])

const contradicting = 0.75

/** A figure read so surely is no other, unless the two look alike. */
const plainFigure = { hand: 0.9, print: 0.6 }

/** With more of its figures otherwise it is another number. */
const mostOtherwise = 0.4
const mostOfPhone = 3

/** Figures that a hand writes alike. */
const alike = new Set([
  '06',
  '60',
  '58',
  '85',
  '17',
  '71',
  '49',
  '94',
  '5S',
  'A4',
  '4A',
  '2Z',
  '3Z',
  '38',
  '83',
  '69',
  '96',
  '08',
  '80',
  '46',
  '64',
  '56',
  '65',
  '14',
  '41',
  '97',
  '79',
])

/** Whether one character, and one alone, was read otherwise and plainly: then it is another text, and may be a fault. */
function isDenied({ letters, extra }: WeighedText, text: string, { type, name, legible, own, isPrint }: Place): boolean {
  const others = letters.filter(({ cost }) => cost === null || cost >= thoughtOf)
  if (isPrint && !figures.has(type) && isFarFromPrint(letters, extra)) return true
  if (figures.has(type)) {
    if (others.length > mostOtherwise * letters.length || (type === 'phone' && others.length + extra > mostOfPhone)) return true
    // A day, be it one that the calendar lacks, or a number of full length with another figure read plainly may have been written so.
    const contradicted = extra + letters.filter(({ denied }) => denied > contradicting).length
    const isSaid = type === 'date' ? own.value !== null || !derived.test(name) : type === 'phone' && (own.evidence ?? []).includes('format')
    if (contradicted > (isSaid ? 0 : mostOtherwise * letters.length)) return true
    const isWhole = letters.length === spell(typeof own.value === 'string' ? own.value : '').length
    const plain = others.filter(
      ({ denied, character, instead }) => denied > plainFigure[isPrint ? 'print' : 'hand'] && !alike.has(instead + character),
    )
    // A number of full length with one figure or two otherwise may have been written so.
    return isWhole ? plain.length > 0 || (others.length === 1 && others[0]!.denied > 0.9) : plain.length > letters.length / 3
  }
  if (/address/iu.test(name) && isElsewhere(letters, text, { legible, own })) return true
  return legible >= plainly.hand && extra === 0 && others.length > 0 && others.every(({ denied }) => denied >= plainly.letter)
}

/** Of print characters are lost, and a rare one is read as another; a text that most of what was read plainly is no part of stands elsewhere. */
const mostAgainstPrint = 0.15

function isFarFromPrint(letters: readonly WeighedLetter[], extra: number): boolean {
  const against = extra + letters.filter(({ denied }) => denied > contradicting).length
  return against > Math.max(1, mostAgainstPrint * letters.length)
}

/** Another district, or another number of the house: one road goes through several, and people of one place have much in common. */
function isElsewhere(letters: readonly WeighedLetter[], text: string, { legible, own }: Pick<Place, 'legible' | 'own'>): boolean {
  const figuresOf = (value: unknown): string => (typeof value === 'string' ? (value.match(/\d+/gu) ?? []).join() : '')
  const isClear = own.evidence?.includes('clear') === true && !own.evidence.includes('gap')
  if (isClear && legible >= plainly.hand && figuresOf(own.value) !== figuresOf(text)) return true
  const region = spell(text.slice(0, lengthOfRegion(text))).length
  const others = letters.map((letter, at) => ({ ...letter, isOfRegion: at < region })).filter(isReadOtherwise)
  const numbers = others.filter(({ character, instead }) => /\d/u.test(character) && /\d/u.test(instead))
  // One letter may be misread surely by a hand that is not legible.
  const most = legible >= plainly.hand ? 0 : 1
  return others.filter(({ isOfRegion }) => isOfRegion).length > most || numbers.length > most
}

const isReadOtherwise = ({ cost, denied, character, instead }: WeighedLetter): boolean =>
  (cost === null || cost >= thoughtOf) && denied >= plainly.letter && !alike.has(instead + character)

/** Which letters say little, for most names and addresses have them. */
function commonIn(text: string, { type, name }: Place): readonly boolean[] {
  const letters = spell(text)
  if (/address/iu.test(name)) {
    const region = spell(text.slice(0, lengthOfRegion(text))).length
    return letters.map((letter, at) => at < region || /[路号室楼层元栋幢座区村组街道镇大厦]/u.test(letter))
  }
  if (type === 'uscc') return letters.map((_, at) => at < 8)
  if (type === 'id-number') return letters.map((_, at) => at < 4)
  if (/enterpriseName/u.test(name)) return wordsOf(text.replace(/[^\p{L}\p{N}()（）]/gu, '')).map((word) => word !== null)
  return letters.map(() => false)
}
