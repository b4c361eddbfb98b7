/** Whether letters that were read may be another text misread: most of them are the same, and the others are in doubt. */
import { comparableText } from '../../guide/forms/comparable-text.ts'
import type { Letter } from '../understand/text/letters.ts'

/** A letter read as surely as this is what stands there, unless the recogniser itself had the other in mind. */
const sure = 0.8
/** Of the printed letters so many may be in doubt. */
const mostDoubtful = 0.25

/** `printed` is comparable text. */
export function isMisreading(letters: readonly Letter[], printed: string): boolean {
  const wanted = Array.from(printed)
  const read = letters.flatMap((letter) => {
    const character = comparableText(letter.character)
    return character === '' ? [] : [{ character, letter }]
  })
  const most = Math.max(1, Math.floor(wanted.length * mostDoubtful))
  // Fewest doubts to get from one to the other; a letter read surely as another one is no doubt but a difference.
  let row = Array.from({ length: wanted.length + 1 }, (_, at) => at)
  for (const { character, letter } of read) {
    const next = [row[0]! + (letter.confidence < sure ? 1 : Infinity)]
    for (const [at, expected] of wanted.entries()) {
      const swap = character === expected ? 0 : mayBe(letter, expected) ? 1 : Infinity
      next.push(Math.min(row[at]! + swap, row[at + 1]! + (letter.confidence < sure ? 1 : Infinity), next[at]! + 1))
    }
    row = next
  }
  return row[wanted.length]! <= most
}

const mayBe = ({ confidence, alternatives }: Letter, expected: string): boolean =>
  confidence < sure || alternatives.some((other) => comparableText(other.character) === expected && other.confidence > 0.02)
