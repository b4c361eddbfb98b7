/** A character that was passed over: told by the name of the town that lacks it, or by two closer looks at its room that see the same. */
import type { PageTools, Rectangle } from '../page.ts'
import type { PassedOver } from './find-passed-over.ts'
import { arrangeLines } from './text/letters.ts'
import { lackingInTown } from './values/towns.ts'
import type { Part, ReadValue } from './values/value.ts'

/** How far around the neighbours' middles is looked, in characters; their strip is a little taller than the line. */
const beside = 0.6
const margin = 0.1
const stretches = [1, 1.5]
/** What is seen less surely than this twice is a guess. */
const least = 0.25

/** The value with the character in its place, as `mended`; null where nothing tells it. */
export async function mendPassedOver(
  tools: PageTools,
  value: ReadValue,
  part: Part,
  { before, after }: PassedOver,
): Promise<ReadValue | null> {
  if (typeof value.value !== 'string') return null
  const neighbours = before.character + after.character
  const first = value.value.indexOf(neighbours)
  if (first < 0 || value.value.includes(neighbours, first + 1)) return null
  const at = first + before.character.length
  const mended = (character: string): ReadValue => ({
    ...value,
    value: (value.value as string).slice(0, at) + character + (value.value as string).slice(at),
    evidence: [...value.evidence, 'mended'],
  })
  const told = lackingInTown(value.value, at)
  if (told) return mended(told)
  const em = part.box.height / 1.25
  const [from, to] = [before.middle - beside * em, after.middle + beside * em]
  const by = margin * part.box.height
  const seen = await lookTwice(tools, { x: from, y: part.box.y - by, width: to - from, height: part.box.height + 2 * by }, neighbours)
  return (
    seen && {
      ...mended(seen.character),
      confidence: Math.min(value.confidence, seen.confidence),
      least: Math.min(value.least, seen.confidence),
    }
  )
}

async function lookTwice(tools: PageTools, box: Rectangle, neighbours: string): Promise<{ character: string; confidence: number } | null> {
  const seen: { character: string; confidence: number }[] = []
  for (const stretch of stretches) {
    const line = await tools.readAgain(box, { stretch })
    const letters = line ? arrangeLines({ lines: [line] }).flatMap((one) => one.letters) : []
    const [first, between, last] = letters
    if (letters.length !== 3 || first!.character + last!.character !== neighbours || between!.confidence < least) return null
    seen.push(between!)
  }
  return seen.every(({ character }) => character === seen[0]!.character && /\p{Script=Han}/u.test(character)) ? seen[0]! : null
}
