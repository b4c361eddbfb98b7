/** From faces to cards: which back belongs to which front, and what two readings of one face say together. */
import type { PaperOnPage, Rectangle } from '../page.ts'
import { bottom, middleX, middleY, right } from './text/geometry.ts'

type Fields = PaperOnPage['fields']
type Field = Fields[string]

export interface ReadFace {
  readonly part: 'front' | 'back' | 'both'
  readonly bounds: Rectangle
  /** A passport or a permit that says everything on one face. */
  readonly isTravel: boolean
  readonly fields: Fields
}

export interface Card {
  readonly part: ReadFace['part']
  readonly faces: readonly ReadFace[]
  readonly fields: Fields
}

/** Fronts in reading order, each with the back that lies nearest beside or below it; backs that are left are cards of their own. */
export function pairFaces(faces: readonly ReadFace[]): Card[] {
  const backs = faces.filter(({ part }) => part === 'back')
  const pairs = faces
    .filter(({ part, isTravel }) => part === 'front' && !isTravel)
    .flatMap((front) => backs.map((back) => ({ front, back, far: apart(front.bounds, back.bounds) })))
    .toSorted((one, other) => one.far - other.far)
  const backOf = new Map<ReadFace, ReadFace>()
  const taken = new Set<ReadFace>()
  for (const { front, back } of pairs) {
    if (backOf.has(front) || taken.has(back)) continue
    backOf.set(front, back)
    taken.add(back)
  }
  return faces
    .filter((face) => !taken.has(face))
    .map((face) => {
      const back = backOf.get(face)
      return back
        ? { part: 'both', faces: [face, back], fields: joinSides(face.fields, back.fields) }
        : { part: face.part, faces: [face], fields: face.fields }
    })
}

/** A back that was cut out with the number of the front above it is a back. */
export const tellBacks = (faces: readonly ReadFace[]): ReadFace[] =>
  faces.map((face) => (isBackBelowNumber(face, faces) ? { ...face, part: 'back' } : face))

function isBackBelowNumber({ part, fields }: ReadFace, faces: readonly ReadFace[]): boolean {
  const number = fields['idNumber']?.value ?? null
  if (part !== 'both' || number === null || (fields['name']?.value ?? null) !== null) return false
  return faces.some((front) => front.part === 'front' && front.fields['idNumber']?.value === number)
}

/** Between the middles; faces that lie askew to each other belong together less. */
function apart(one: Rectangle, other: Rectangle): number {
  const across = Math.abs(middleX(one) - middleX(other))
  const down = Math.abs(middleY(one) - middleY(other))
  const isAskew =
    Math.min(right(one), right(other)) < Math.max(one.x, other.x) && Math.min(bottom(one), bottom(other)) < Math.max(one.y, other.y)
  return Math.hypot(across, down) * (isAskew ? 1.5 : 1)
}

/** Each side says what the other does not. The kind of card is that of the side which shows it. */
function joinSides(front: Fields, back: Fields): Fields {
  return Object.fromEntries(
    Object.entries(front).map(([name, own]): [string, Field] => {
      const other = back[name]!
      if (name === 'idType') return [name, kindOf(own, other)]
      return [name, own.value === null && other.value !== null ? other : own]
    }),
  )
}

function kindOf(front: Field, back: Field): Field {
  if (front.value === back.value) return front.certain ? front : back
  // The number of a permit tells its kind; a title does before labels, which all cards share.
  if (front.certain && back.certain) return { ...(front.value === '居民身份证' ? back : front), certain: false }
  return back.certain || front.value === null ? back : front.certain ? front : { ...back, certain: false }
}

/** What speaks for a reading by itself. */
const holding = new Set(['check-digit', 'region', 'dictionary'])

/** A number whose check digit holds, and whose day of birth stands beside it: another reading that holds nothing denies nothing. */
const isProven = ({ evidence = [] }: Field): boolean =>
  evidence.includes('check-digit') && evidence.some((one) => one.startsWith('agrees:'))

/** Two readings of one face: the closer one stands where they differ, and nothing that they differ in is certain but what proves itself. */
export function joinFields(first: Fields, closer: Fields): Fields {
  return Object.fromEntries(
    Object.entries(closer).map(([name, again]): [string, Field] => {
      const own = first[name]!
      if (JSON.stringify(own.value) === JSON.stringify(again.value)) return [name, own.certain && !again.certain ? own : again]
      if (own.value === null) return [name, again]
      if (again.value === null) return [name, own]
      const isHeld = (field: Field): boolean => field.certain || (field.evidence ?? []).some((one) => holding.has(one))
      const [better, other] = isHeld(own) && !isHeld(again) ? [own, again] : [again, own]
      return [name, { ...better, certain: better.certain && isProven(better) && !isHeld(other) }]
    }),
  )
}
