/**
 * A hand's figure that was read with doubt is read once more with its number moved apart: the recogniser sees each by itself, and
 * what it thought of it both times tells which it is.
 */
import { documentFields, type FieldType } from '../../../guide/papers.ts'
import type { PaperInHand } from '../read-fields.ts'
import { isPrint } from '../tell-print.ts'
import { join, rowOverlap } from '../text/geometry.ts'
import { arrangeLines, textOf, type Letter } from '../text/letters.ts'
import { normalise } from '../values/normalise.ts'
import { leastConfidence, meanConfidence, type ReadValue } from '../values/value.ts'

/** Each costs three recognitions of a short strip, some 40 ms. */
const mostLooks = 6
const numbers = new Set<FieldType>(['phone', 'uscc', 'id-number', 'card-number'])
/** A figure less sure than this is looked at once more. */
const unsure = 0.9
/** What was read of the figures apart counts so much beside what was read of them together. */
const worthApart = 2
/** Room around the number, in heights of its line. */
const around = { beside: 0.25, above: 0.1 }

export async function steadyFigures(paper: PaperInHand): Promise<void> {
  if (isPrint(paper)) return
  let left = mostLooks
  for (const { name, type } of documentFields[paper.form.kind]) {
    const value = paper.values.get(name)
    if (!value || left === 0 || !numbers.has(type) || value.source !== 'ocr' || paper.struck.has(name) || !isUnsure(value)) continue
    left -= 1
    const steadied = await readApart(paper, value, type)
    if (steadied) paper.values.set(name, steadied)
  }
}

const isUnsure = ({ value, least, parts = [], evidence }: ReadValue): boolean =>
  typeof value === 'string' &&
  parts.length > 0 &&
  parts.every(({ box }) => rowOverlap(box, parts[0]!.box) > oneRow) &&
  least < unsure &&
  !(evidence.includes('check-digit') && !evidence.includes('mended'))

/** Parts of a number that stand on one row share so much of it. */
const oneRow = 0.6

async function readApart({ tools }: PaperInHand, value: ReadValue, type: FieldType): Promise<ReadValue | null> {
  const box = join(value.parts!.map((part) => part.box))
  const letters = value.parts!.flatMap((part) => part.letters)
  const [beside, above] = [around.beside * box.height, around.above * box.height]
  const place = { x: box.x - beside, y: box.y - above, width: box.width + 2 * beside, height: box.height + 2 * above }
  const line = await tools.readAgain(place, { spread: true })
  const [own, apart] = [letters, line ? arrangeLines({ lines: [line] }).flatMap((one) => one.letters) : []].map((all) =>
    all.filter(({ character }) => /[0-9A-Za-z]/u.test(character)),
  ) as [Letter[], Letter[]]
  const allowed = areFigures(type, own) ? /\d/u : /[0-9A-Za-z]/u
  const told =
    apart.length === own.length ? own.map((letter, at) => agreeOn(letter, apart[at]!, allowed)) : isMore(type, apart, own) ? apart : null
  if (told === null) return null
  const read = normalise(told, type)
  if (read.value === null || (value.wellFormed && !read.wellFormed)) return null
  return {
    ...value,
    value: read.value,
    wellFormed: read.wellFormed,
    evidence: [...read.evidence, 'second-reading'],
    confidence: meanConfidence(told),
    least: leastConfidence(told),
    parts: [{ box, text: textOf(told), letters: told }],
  }
}

/** Telephones have figures alone; so have the numbers of most cards. */
const areFigures = (type: FieldType, letters: readonly Letter[]): boolean =>
  type === 'phone' || (type === 'card-number' && letters.filter(({ character }) => /\d/u.test(character)).length >= 0.8 * letters.length)

/** A card's number has no known length: one that holds all that was read, and more, was read whole. */
function isMore(type: FieldType, apart: readonly Letter[], own: readonly Letter[]): boolean {
  if (type !== 'card-number' || apart.length <= own.length || apart.length > own.length + 2) return false
  let at = 0
  for (const { character } of apart) if (character === own[at]?.character) at += 1
  return at === own.length
}

function agreeOn(one: Letter, other: Letter, allowed: RegExp): Letter {
  const thought = new Map<string, number>()
  for (const [letter, worth] of [
    [one, 1],
    [other, worthApart],
  ] as const)
    for (const { character, confidence } of [letter, ...letter.alternatives])
      thought.set(character, (thought.get(character) ?? 0) + (confidence * worth) / (1 + worthApart))
  const known = [...thought].filter(([character]) => allowed.test(character))
  const [best, ...others] = (known.length > 0 ? known : [...thought]).toSorted((left, right) => right[1] - left[1])
  return {
    ...one,
    character: best![0],
    confidence: Math.min(1, best![1]),
    alternatives: others.map(([character, confidence]) => ({ character, confidence })),
  }
}
