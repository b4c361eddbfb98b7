/** Tells printed sentences of a form from what was filled in: by how many of a line's pairs of letters the form prints. */
import { normaliseCharacter } from './letters.ts'

const meaning = /[\p{L}\p{N}]/u

function pairsOf(text: string): string[] {
  const letters = [...text].map(normaliseCharacter).filter((character) => meaning.test(character))
  return letters.slice(1).map((character, at) => letters[at]! + character)
}

/** A test for lines that are printed prose; short lines never are, since values are short. */
export function openProse(sentences: readonly string[]): (text: string) => boolean {
  const printed = new Set(sentences.flatMap(pairsOf))
  return (text) => {
    const pairs = pairsOf(text)
    if (pairs.length < 7) return false
    return pairs.filter((pair) => printed.has(pair)).length >= 0.5 * pairs.length
  }
}
