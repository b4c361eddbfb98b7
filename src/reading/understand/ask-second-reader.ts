/**
 * Where letters of a name, an enterprise or an address were not surely read, a second recogniser is asked: the network as it was before
 * training (docs/decisions/0043). What both read is surer than what one does, and a letter that the first hardly knew is the second's if that one
 * sees it plainly at two scales.
 */
import { documentFields } from '../../guide/papers.ts'
import type { SecondLook } from '../page.ts'
import type { PaperInHand } from './read-fields.ts'
import { arrangeLines, textOf, type Letter } from './text/letters.ts'
import { normalise } from './values/normalise.ts'
import { meanConfidence, type Part, type ReadValue } from './values/value.ts'

/** A letter less sure than this is asked about, and only one that the second sees as surely at both scales is taken from it. */
const clear = 0.9
/** The looks are wider by this share of a line's height on each side. */
const margin = 0.12
/** What the second of the two is drawn out sideways by: the network's steps fall elsewhere. */
const stretch = 1.25
/** Each part costs up to two recognitions of a strip, some 10 ms each. */
const mostParts = 8
/** People have no longer names. */
const longestName = 4

/** What keeps letters from being what they seem, whoever reads them. */
const unworthy = ['mended', 'gap', 'ink-below', 'cut-short', 'read-twice']

/** `needsLook` tells the values that nothing but a look more makes certain: a name that one network read plainly may be one that it does not know. */
export async function askSecondReader(paper: PaperInHand, needsLook: (field: string) => boolean): Promise<void> {
  let left = mostParts
  for (const { name, type } of documentFields[paper.form.kind]) {
    const value = paper.values.get(name)
    if (type !== 'name' && !(type === 'text' && /address/iu.test(name))) continue
    if (!value?.parts || !isInDoubt(value, type === 'name' && needsLook(name)) || paper.struck.has(name) || value.parts.length > left)
      continue
    left -= value.parts.length
    const parts: Part[] = []
    for (const part of value.parts) {
      const seen = await lookTwice(paper, part)
      const letters = seen && joinLooks(part.letters, seen, type === 'name' && value.evidence.includes('passed-over'))
      if (!letters) break
      parts.push({ ...part, letters, text: textOf(letters) })
    }
    const joined = parts.length === value.parts.length ? asRead(value, parts, type) : null
    if (joined) paper.values.set(name, joined)
  }
}

const isInDoubt = ({ value, source, wellFormed, least, evidence }: ReadValue, isUnproved: boolean): boolean =>
  typeof value === 'string' &&
  source === 'ocr' &&
  wellFormed &&
  (least < clear || isUnproved || evidence.includes('passed-over')) &&
  !unworthy.some((one) => evidence.includes(one))

/** The letters that the second recogniser sees alike at two scales, each as sure as in the less sure look; null where it sees otherwise. */
async function lookTwice(paper: PaperInHand, { box }: Part): Promise<readonly Letter[] | null> {
  const by = margin * box.height
  const around = { x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by }
  const look = async (how: SecondLook): Promise<readonly Letter[]> => {
    const line = await paper.tools.readAgain(around, { ...how, bySecond: true })
    return line ? withoutEnds(arrangeLines({ lines: [line] }).flatMap((one) => one.letters)) : []
  }
  const first = await look({})
  if (first.length === 0) return null
  const again = await look({ stretch })
  if (textOf(first) !== textOf(again)) return null
  return first.map((letter, at) => ({ ...letter, confidence: Math.min(letter.confidence, again[at]!.confidence) }))
}

/** Points and strokes at the ends are often a rule, or the colon of the label with what is left of it. */
function withoutEnds(letters: readonly Letter[]): readonly Letter[] {
  const colon = letters.slice(0, 2).findIndex(({ character }) => /[:：]/u.test(character))
  const own = letters.slice(colon + 1)
  const isInk = ({ character }: Letter): boolean => !/^[\s:;.,、。·_|—-]$/u.test(character)
  return own.slice(Math.max(0, own.findIndex(isInk)), own.findLastIndex(isInk) + 1)
}

/** The letters as both see them; null where they see otherwise and none is plainly right. */
function joinLooks(own: readonly Letter[], seen: readonly Letter[], mayLackOne: boolean): readonly Letter[] | null {
  const letters = withoutEnds(own)
  if (letters.length === seen.length) {
    const joined = letters.map((letter, at): Letter | null => {
      const other = seen[at]!
      if (letter.character === other.character) return { ...letter, confidence: Math.max(letter.confidence, other.confidence) }
      return letter.confidence < clear && other.confidence >= clear && isLetter(other)
        ? { ...letter, character: other.character, confidence: other.confidence }
        : null
    })
    return joined.every((letter) => letter !== null) ? joined : null
  }
  // A character that the first one cannot tell it passes over; ink beside its letters told so.
  const isLonger = mayLackOne && seen.length === letters.length + 1 && seen.length <= longestName
  if (!isLonger || !seen.every((letter) => letter.confidence >= clear && /\p{Script=Han}/u.test(letter.character))) return null
  const lacking = seen.findIndex((letter, at) => letter.character !== letters[at]?.character)
  const isRest = letters.slice(lacking).every((letter, at) => letter.character === seen[lacking + 1 + at]!.character)
  return isRest ? seen : null
}

const isLetter = ({ character }: Letter): boolean => /[\p{Script=Han}A-Z0-9]/u.test(character)

/** The value as both read it, or with what the second put right; null where it is not simply what its letters say. */
function asRead(value: ReadValue, parts: readonly Part[], type: 'name' | 'text'): ReadValue | null {
  const lettersOf = (some: readonly Part[]): Letter[] => some.flatMap(({ letters }) => letters)
  const letters = lettersOf(parts)
  const least = Math.min(...letters.map(({ confidence }) => confidence))
  const sure = { least, confidence: meanConfidence(letters), parts }
  const without = (...left: string[]): string[] => value.evidence.filter((one) => !left.includes(one))
  if (parts.every(({ text }, at) => text === textOf(withoutEnds(value.parts![at]!.letters))))
    return least < clear ? null : { ...value, ...sure, evidence: [...without('faint'), 'two-readers'] }
  const [before, after] = [normalise(lettersOf(value.parts!), type), normalise(letters, type)]
  if (before.value !== value.value || !after.wellFormed || after.evidence.length > 0) return null
  return { ...value, ...sure, value: after.value, evidence: [...without('faint', 'passed-over', 'ink-beside'), 'second-reader', 'mended'] }
}
