/** From faces to cards: which back belongs to which front, and what two readings of one face say together. */
import type { PaperOnPage, Rectangle } from '../page.ts'
import { bottom, middleX, middleY, right } from './text/geometry.ts'
import { isUsualName } from './values/family-names.ts'
import { isOfficeOf, isOfficeOfDistrict } from './values/regions.ts'
import { isPersonName } from './values/texts.ts'

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

/** Two ways to pair that differ in length by less than this are not told apart by their places. */
const alike = 1.15

/**
 * Fronts in reading order, each with the back that lies nearest beside or below it, or whose office is that of its holder's home
 * where another's is not; backs that are left are cards of their own. Which back it is is uncertain where neither tells.
 */
export function pairFaces(faces: readonly ReadFace[]): Card[] {
  const backOf = pairBest(faces)
  const taken = new Set(backOf.values())
  return faces
    .filter((face) => !taken.has(face))
    .map((face) => {
      const back = backOf.get(face)
      if (!back) return { part: face.part, faces: [face], fields: vouchForOffice(face.fields) }
      const isDoubted = isInDoubt(face, back, backOf, faces)
      const fields = joinSides(face.fields, isDoubted ? doubted(back.fields) : back.fields)
      return { part: 'both', faces: [face, back], fields: isDoubted ? fields : vouchForOffice(fields) }
    })
}

/** What may stand against an office that the holder's own district vouches for: nothing of its name is in doubt. */
const lessSure = ['mended', 'cut-short', 'ink-below', 'struck-out', 'faint']

/** An office plainly read, of the very district that the front says. */
function vouchForOffice(fields: Fields): Fields {
  const { issuer } = fields
  if (typeof issuer?.value !== 'string' || issuer.certain || !issuer.evidence?.includes('clear')) return fields
  if (lessSure.some((one) => issuer.evidence!.includes(one))) return fields
  const home = (['address', 'idNumber'] as const).find((name) => {
    const { value } = fields[name] ?? { value: null }
    return (
      typeof value === 'string' &&
      isOfficeOfDistrict(issuer.value as string, name === 'address' ? value : null, name === 'idNumber' ? value : null)
    )
  })
  return home ? { ...fields, issuer: { ...issuer, certain: true, evidence: [...issuer.evidence, `agrees:${home}`] } } : fields
}

function pairBest(faces: readonly ReadFace[]): Map<ReadFace, ReadFace> {
  const backs = faces.filter(({ part }) => part === 'back')
  const backOf = new Map<ReadFace, ReadFace>()
  const taken = new Set<ReadFace>()
  const pairs = faces
    .filter(({ part, isTravel }) => part === 'front' && !isTravel)
    .flatMap((front) => backs.map((back) => ({ front, back, far: apart(front.bounds, back.bounds) })))
    .toSorted((one, other) => one.far - other.far)
  for (const { front, back } of pairs) {
    if (backOf.has(front) || taken.has(back)) continue
    backOf.set(front, back)
    taken.add(back)
  }
  const rest = backs.filter((back) => !taken.has(back))
  for (const [front, back] of backOf) {
    const better = rest.find((other) => homes([[front, other]]) > homes([[front, back]]))
    if (better) backOf.set(front, rest.splice(rest.indexOf(better), 1, back)[0]!)
    for (const [other, others] of backOf) {
      if (homes(exchanged(front, other, backOf)) <= homes(kept(front, other, backOf))) continue
      backOf.set(other, backOf.get(front)!)
      backOf.set(front, others)
    }
  }
  return backOf
}

type Pairs = readonly (readonly [front: ReadFace, back: ReadFace])[]

const kept = (one: ReadFace, other: ReadFace, backOf: ReadonlyMap<ReadFace, ReadFace>): Pairs => [
  [one, backOf.get(one)!],
  [other, backOf.get(other)!],
]

const exchanged = (one: ReadFace, other: ReadFace, backOf: ReadonlyMap<ReadFace, ReadFace>): Pairs => [
  [one, backOf.get(other)!],
  [other, backOf.get(one)!],
]

/** How many of the backs are from where their fronts say that their holders live, less those that are from elsewhere. */
const homes = (pairs: Pairs): number =>
  pairs.reduce((sum, [front, back]) => sum + ({ true: 1, false: -1, null: 0 } as const)[`${isHome(front, back)}`], 0)

function isHome(front: ReadFace, back: ReadFace): boolean | null {
  const [office, address, number] = [back.fields['issuer'], front.fields['address'], front.fields['idNumber']].map((field) => field?.value)
  const told = (value: unknown): string | null => (typeof value === 'string' ? value : null)
  return typeof office === 'string' ? isOfficeOf(office, told(address), told(number)) : null
}

/** Another back fits as well or better: by its office, or by its place where the offices say nothing. */
function isInDoubt(front: ReadFace, back: ReadFace, backOf: ReadonlyMap<ReadFace, ReadFace>, faces: readonly ReadFace[]): boolean {
  const length = (pairs: Pairs): number => pairs.reduce((sum, [one, other]) => sum + apart(one.bounds, other.bounds), 0)
  if (isHome(front, back) === false && faces.some((other) => other.part === 'back' && isHome(front, other))) return true
  return [...backOf.keys()].some((other) => {
    if (other === front) return false
    const [own, swapped] = [kept(front, other, backOf), exchanged(front, other, backOf)]
    const isNearer = length(swapped) * alike < length(own)
    return isNearer || (homes(own) === homes(swapped) && length(swapped) < length(own) * alike)
  })
}

/** What a back says that may be another's. */
const doubted = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, { ...field, certain: false }]))

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

/** What is told of a reading that passed over a character. */
const lacking = ['ink-beside', 'passed-over', 'cut-short', 'ink-below']

/** Whether the one is but a part of the other, and ink of the rest stands beside it. */
function lacksOf(part: Field, whole: Field): boolean {
  if (typeof part.value !== 'string' || typeof whole.value !== 'string') return false
  const isLacking = ({ evidence = [] }: Field): boolean => lacking.some((one) => evidence.includes(one))
  return isLacking(part) && !isLacking(whole) && part.value.length < whole.value.length && whole.value.includes(part.value)
}

/** Two readings of one face: the closer one stands where they differ, and nothing that they differ in is certain but what proves itself. */
export function joinFields(first: Fields, closer: Fields): Fields {
  return Object.fromEntries(
    Object.entries(closer).map(([name, again]): [string, Field] => {
      const own = first[name]!
      if (JSON.stringify(own.value) === JSON.stringify(again.value)) return [name, own.certain && !again.certain ? own : again]
      if (own.value === null) return [name, again]
      if (again.value === null) return [name, own]
      const isHeld = (field: Field): boolean => field.certain || (field.evidence ?? []).some((one) => holding.has(one))
      const isCalled = ({ value }: Field): boolean =>
        name === 'name' && typeof value === 'string' && isPersonName(value) && isUsualName(value)
      const isMended = ({ evidence = [] }: Field): boolean => evidence.includes('mended')
      const isOwnAsGood =
        (isCalled(own) && !isCalled(again)) || (name === 'ethnicity' && !isMended(own) && isMended(again)) || lacksOf(again, own)
      const isOwnBetter = isHeld(own) === isHeld(again) ? isOwnAsGood : isHeld(own)
      const [better, other] = isOwnBetter ? [own, again] : [again, own]
      return [name, { ...better, certain: better.certain && isProven(better) && !isHeld(other) }]
    }),
  )
}
