/**
 * The letters that a value is made of. What was read with them of its label, of a stamp or of a neighbour is no part of it, and tells
 * nothing of how surely it was read.
 */
import { documentFields, type FieldType } from '../../guide/papers.ts'
import type { PaperInHand } from './read-fields.ts'
import { join, right } from './text/geometry.ts'
import { textOf, type Letter } from './text/letters.ts'
import { normalise } from './values/normalise.ts'
import { hasGap, leastConfidence, meanConfidence, type Part } from './values/value.ts'

/** Values that mean the same whatever stands around them; ticks and goods are made of more than letters. */
const types = new Set<FieldType>(['text', 'name', 'date', 'phone', 'card-number', 'uscc', 'id-number', 'money', 'sex'])

/** Leaves to each value the letters without which it would be another one. */
export function keepOwnLetters(paper: PaperInHand): void {
  for (const { name, type } of documentFields[paper.form.kind]) {
    const value = paper.values.get(name)
    if (typeof value?.value !== 'string' || !value.parts || value.parts.length === 0 || !types.has(type)) continue
    const own = ownParts(value.value, value.parts, type)
    if (!own) continue
    const letters = own.flatMap((part) => part.letters)
    const hasOwnGap = own.some((part) => hasGap(part.letters))
    paper.values.set(name, {
      ...value,
      parts: own,
      box: own.length < value.parts.length ? join(own.map(({ box }) => box)) : value.box,
      confidence: meanConfidence(letters),
      least: leastConfidence(letters),
      evidence: hasOwnGap ? value.evidence : value.evidence.filter((one) => one !== 'gap'),
    })
  }
}

/** Null where every letter is needed, or the letters say something else than the value (it was mended). */
function ownParts(value: string, parts: readonly Part[], type: FieldType): readonly Part[] | null {
  const says = (letters: readonly Letter[]): boolean => letters.length > 0 && normalise(letters, type).value === value
  const [alone, another] = parts.length > 1 ? parts.filter(({ letters }) => says(letters)) : []
  const chosen = alone && !another ? [alone] : parts
  if (chosen.length > 1 || !says(chosen[0]!.letters)) return null
  const [part] = chosen
  let [from, to] = [0, part!.letters.length]
  const mayLead = inFigures.has(type) ? /[^0-9A-Za-z]/u : /[^\p{L}\p{N}(（《〈“]/u
  while (mayLead.test(part!.letters[from]!.character) && says(part!.letters.slice(from + 1))) from += 1
  while (mayFollow.test(part!.letters[to - 1]!.character) && says(part!.letters.slice(from, to - 1))) to -= 1
  if (from === 0 && to === part!.letters.length) return chosen === parts ? null : chosen
  const letters = part!.letters.slice(from, to)
  const x = from === 0 ? part!.box.x : letters[0]!.left
  const end = to === part!.letters.length ? right(part!.box) : letters.at(-1)!.right
  return [{ box: { ...part!.box, x, width: Math.max(1, end - x) }, text: textOf(letters), letters }]
}

/** Before figures words are of the label; a figure too many is none to leave out. */
const inFigures = new Set<FieldType>(['date', 'phone', 'card-number', 'uscc', 'id-number', 'money'])
const mayFollow = /[^\p{L}\p{N})）》〉”。；;]/u
