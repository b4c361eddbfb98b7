/**
 * The cards and passports on a page. Each face is read by itself, so that no word of one is taken for another's; a face that
 * leaves a doubt, or that lies otherwise than the page, is cut out and read again larger. Front and back make one card.
 */
import type { Box } from '../../flow.ts'
import { isCopyCaption } from '../../guide/copy-labels.ts'
import type { CloserLook, PageContent, PageTools, PaperOnPage, Rectangle } from '../page.ts'
import { type Card, joinFields, pairFaces, type ReadFace, tellBacks } from './join-faces.ts'
import { openFinder } from './find-labels.ts'
import type { PaperInHand } from './read-fields.ts'
import { endOfNumberRow } from './read-number-row.ts'
import { isTravelPaper } from './read-travel-paper.ts'
import { fieldsOf, fractions, linesOf, lookAgain, readPlainly } from './read-paper.ts'
import { contentOfFace, splitFaces, type Face } from './split-faces.ts'
import { tellKind } from './tell-kind.ts'
import { leaveOutOtherSide } from './tell-other-side.ts'
import { bottom, contains, join, middleX, middleY, right, rowOverlap, widen } from './text/geometry.ts'
import type { Line } from './text/letters.ts'
import { isPoliceOffice, lengthOfRegion } from './values/regions.ts'
import { isUsualName } from './values/family-names.ts'
import type { ReadValue } from './values/value.ts'

/** Each costs about half of what a page costs. */
const mostLooks = 4
/** A face has so many lines at least; a note beside a card has fewer. */
const fewestLines = 3
/** Room around the words of a face, in characters: its margins, and what was not read. */
const margin = 2.5

/** The papers of a part of the page that was cut out, their boxes carried back to the page. */
type Understand = (content: PageContent, tools: PageTools) => Promise<PaperOnPage[]>

/** One document for each card, with the fields of both its sides; and what other paper lies beside them. */
export async function readCards(
  content: PageContent,
  tools: PageTools,
  lines: readonly Line[],
  confidence: number,
  understand: Understand,
): Promise<PaperOnPage[]> {
  const faces: ReadFace[] = []
  const others: Face[] = []
  /** What was read only of the closer look, with what led there. */
  const onlyCloser = new Map<ReadFace, Face>()
  let looks = mostLooks
  const all = splitFaces(lines, besideSeals(content))
  for (const face of all) {
    const plain = readPlainly('identity-document', contentOfFace(content, face), tools, face.lines)
    const seen = plain && partOf(plain) ? plain : null
    if (!seen && (!mayBeFace(face) || !isCardShaped(face.bounds, content))) {
      others.push(face)
      continue
    }
    const isDoubtful = !seen || leavesDoubt(seen)
    const closer = isDoubtful && looks > 0 ? await lookAtFace(content, tools, face, seen, all) : null
    if (isDoubtful) looks -= 1
    if (seen && !closer) await lookAgain(seen)
    const own = seen ? faceOf(seen, face.bounds, content) : null
    const both = own && closer ? { ...closer, fields: joinFields(own.fields, closer.fields), bounds: own.bounds } : (closer ?? own)
    if (both) faces.push(both)
    else others.push(face)
    if (both && !seen) onlyCloser.set(both, face)
  }
  for (const [edge, face] of [...onlyCloser].toReversed()) {
    const values = coreOf(edge, content)
    const isRead = (other: ReadFace): boolean => !onlyCloser.has(other) && contains(other.bounds, values)
    // The edge of a face that was read: what shines through from the back of the sheet, or ends beside it, led there.
    if (!faces.some((other) => other !== edge && (isRead(other) || saysSame(other, edge)))) continue
    faces.splice(faces.indexOf(edge), 1)
    others.push(face)
  }
  if (faces.length === 0) return [await readWhole(content, tools, lines, confidence)]
  const beside = await readBeside(content, tools, faces, others, understand)
  const isOfSeal = ({ bounds }: Face): boolean =>
    content.seals.some(({ box }) => contains(box, bounds) && bounds.width < box.width && bounds.height < box.height)
  const isAlone = faces.length === 1 && others.every((other) => other.runs < fewestLines || isOfSeal(other))
  const cards = cardsOf(faces, content, confidence, lines)
  return [...beside, ...cards.map((card) => (isAlone ? { ...card, fields: leaveOutOtherSide(card, lines, content, tools) } : card))]
}

/** Cards on a page that could not be told by its lines: too small, or lying otherwise. */
export async function findCardsElsewhere(
  content: PageContent,
  tools: PageTools,
  lines: readonly Line[],
  understand: Understand,
): Promise<PaperOnPage[]> {
  const all = splitFaces(lines, besideSeals(content))
  const candidates = all.filter((face) => mayBeFace(face) && isCardShaped(face.bounds, content))
  const faces: ReadFace[] = []
  const others = all.filter((face) => !candidates.includes(face))
  for (const [at, face] of candidates.entries()) {
    const closer = at < mostLooks ? await lookAtFace(content, tools, face, null, all) : null
    if (closer && saysMoreThanNumber(closer)) faces.push(closer)
    else others.push(face)
  }
  if (faces.length === 0) return []
  return [...(await readBeside(content, tools, faces, others, understand)), ...cardsOf(faces, content, 0.8, lines)]
}

/** Powers of attorney and contracts name a person by the number alone; a card says who it is. */
const saysMoreThanNumber = ({ fields }: ReadFace): boolean =>
  ['name', 'ethnicity', 'address', 'issuer'].some((field) => fields[field]?.value != null)

/** Runs from which nothing was read, without the shreds of rings. */
const besideSeals = ({ unread, seals }: PageContent): Rectangle[] => unread.filter((run) => !seals.some(({ box }) => contains(box, run)))

/** The same number, or the same office and term. */
const saysSame = (one: ReadFace, other: ReadFace): boolean => {
  const isSame = (field: string): boolean =>
    typeof one.fields[field]?.value === 'string' && one.fields[field].value === other.fields[field]?.value
  return isSame('idNumber') || (one.part === 'back' && other.part === 'back' && backFields.every(isSame))
}

function cardsOf(read: readonly ReadFace[], content: PageContent, confidence: number, lines: readonly Line[]) {
  const faces = tellBacks(read)
  const cards = pairFaces(faces)
  return cards.map((card) => {
    const captions = captionsOf(card, cards, content, lines)
    return {
      kind: 'identity-document' as const,
      confidence,
      fields: card.fields,
      seals: sealsAt(content, card.faces, faces),
      part: card.part,
      ...(captions.length > 0 ? { captions } : {}),
    }
  })
}

/** What says whose copy it is stands above it; where one card alone is on the page, anywhere. */
function captionsOf(card: Card, cards: readonly Card[], content: PageContent, lines: readonly Line[]): string[] {
  const topOf = ({ faces }: Card): number => Math.min(...faces.map((face) => coreOf(face, content).y))
  const isOf = ({ box }: Line): boolean => {
    const below = cards.filter((one) => topOf(one) > middleY(box)).toSorted((one, other) => topOf(one) - topOf(other))
    return cards.length === 1 || (below[0] === card && (below[1] === undefined || topOf(below[1]) - topOf(card) > box.height))
  }
  return lines.filter((line) => isCopyCaption(line.text) && isOf(line)).map(({ text }) => text)
}

/** An identity paper of which no face could be told apart: what its labels say. */
async function readWhole(content: PageContent, tools: PageTools, lines: readonly Line[], confidence: number): Promise<PaperOnPage> {
  const paper = readPlainly('identity-document', content, tools, lines)!
  await lookAgain(paper)
  const seals = content.seals.map((seal) => ({ ...seal, box: fractions(seal.box, content) }))
  return { kind: 'identity-document', confidence, fields: fieldsOf(paper, (box) => fractions(box, content)), seals, part: 'front' }
}

/** So many runs of text above or below the cards are another paper. */
const ofAnotherPaper = 8

/** A copy of a licence above or below the cards, too small to be told at the size of the page. */
async function readBeside(
  content: PageContent,
  tools: PageTools,
  faces: readonly ReadFace[],
  others: readonly Face[],
  understand: Understand,
): Promise<PaperOnPage[]> {
  if (others.reduce((sum, { runs }) => sum + runs, 0) < ofAnotherPaper) return []
  const rest = join(others.map(({ bounds }) => bounds))
  const cards = join(faces.map(({ bounds }) => bounds))
  if (bottom(rest) > cards.y && bottom(cards) > rest.y) return []
  const look = await tools.lookCloser(widen(rest, margin * others[0]!.em))
  if (!look) return []
  const papers = await understand(look.content, look.tools)
  const toPage = ([x, y, width, height]: Box): Box => {
    const { width: whole, height: tall } = look.content
    return fractions(look.toPage({ x: x * whole, y: y * tall, width: width * whole, height: height * tall }), content)
  }
  return papers
    .filter(({ kind }) => kind !== 'unknown' && kind !== 'identity-document')
    .map((paper) => ({
      ...paper,
      fields: Object.fromEntries(
        Object.entries(paper.fields).map(([name, field]) => [name, { ...field, box: field.box && toPage(field.box) }]),
      ),
      seals: content.seals.filter(({ box }) => contains(rest, box)).map((seal) => ({ ...seal, box: fractions(seal.box, content) })),
    }))
}

/** The words of a card cover less than it and lie across. */
const isCardShaped = ({ width, height }: Rectangle, page: PageContent): boolean =>
  Math.max(width, height) < 0.85 * Math.max(page.width, page.height) && Math.max(width, height) > 0.15 * Math.min(page.width, page.height)

const frontFields = ['name', 'sex', 'ethnicity', 'birthDate', 'address', 'idNumber']
const backFields = ['issuer', 'validFrom', 'validTo']

const holds = ({ values }: PaperInHand, field: string): boolean => typeof values.get(field)?.value === 'string'

/** What was read of an identity paper: a number with other values, or a term with its issuer; null when nothing was. */
function partOf(paper: PaperInHand): 'front' | 'back' | 'both' | null {
  const isNumbered = holds(paper, 'idNumber')
  const fronts = frontFields.filter((field) => holds(paper, field)).length
  const backs = backFields.filter((field) => holds(paper, field)).length
  const isFront =
    (isNumbered && fronts >= 2) || fronts >= 3 || (isNumbered && paper.values.get('idNumber')!.evidence.includes('check-digit'))
  if (isFront) return backs >= 2 ? 'both' : 'front'
  const isTitled = paper.values.get('idType')?.evidence.includes('title') ?? false
  return backs >= 2 || (backs > 0 && isTitled) ? 'back' : null
}

/** Enough lines of a size to be a face that lies otherwise than the page. */
function mayBeFace({ runs, em, bounds }: Face): boolean {
  return runs >= fewestLines && Math.max(bounds.width, bounds.height) > 6 * em && Math.min(bounds.width, bounds.height) > 3 * em
}

/** Something that this face should say is missing, is not of its form, or is read with doubt. */
function leavesDoubt(paper: PaperInHand): boolean {
  const type = paper.values.get('idType')?.value
  const part = partOf(paper)!
  const expected = isTravelPaper(type)
    ? ['name', 'sex', 'birthDate', 'idNumber', 'validTo']
    : [
        ...(part === 'back' ? [] : frontFields.filter((field) => field !== 'ethnicity' || type === '居民身份证')),
        ...(part === 'front' ? [] : backFields),
      ]
  return expected.some((field) => isDoubtful(field, paper.values.get(field), isTravelPaper(type)))
}

/** Less sure letters are misread often; those of dates and of known words are held by their form. */
const sure = 0.7
const hardlySure = 0.5

function isDoubtful(field: string, value: ReadValue | undefined, isTravel: boolean): boolean {
  if (typeof value?.value !== 'string' || !value.wellFormed) return true
  if (value.source !== 'ocr') return false
  if (value.evidence.includes('from-id-number')) return true
  switch (field) {
    case 'idNumber':
      return !isTravel && (!value.evidence.includes('check-digit') || value.evidence.includes('mended'))
    case 'name':
      return value.least < sure || !isUsualName(value.value)
    case 'address':
      return value.least < hardlySure || lengthOfRegion(value.value) === 0 || value.evidence.includes('gap')
    case 'issuer':
      return value.least < hardlySure && !isPoliceOffice(value.value)
    case 'validFrom':
    case 'validTo':
      return value.evidence.includes('mended') || (value.least < hardlySure && !value.evidence.includes('term-holds'))
    default:
      return value.least < hardlySure && !value.evidence.includes('dictionary')
  }
}

function faceOf(paper: PaperInHand, bounds: Rectangle, page: PageContent, look?: CloserLook): ReadFace {
  return {
    part: partOf(paper)!,
    bounds,
    isTravel: isTravelPaper(paper.values.get('idType')?.value),
    fields: fieldsOf(paper, (box) => fractions(look ? look.toPage(box) : box, page)),
  }
}

/** Of what was not read the ends may not have been found: so much of its length more is looked at. */
const marginOfUnread = 0.24

/** The face as it looks by itself; null when it is none. */
async function lookAtFace(
  content: PageContent,
  tools: PageTools,
  face: Face,
  seen: PaperInHand | null,
  faces: readonly Face[],
): Promise<ReadFace | null> {
  const { bounds, em } = face
  const by = seen ? margin * em : Math.max(margin * em, marginOfUnread * Math.max(bounds.width, bounds.height))
  // The last figures of a number under a seal lie beyond what was read, up to the next face.
  const next = faces.filter(
    (other) => other !== face && other.runs >= fewestLines && rowOverlap(other.bounds, bounds) > 0 && other.bounds.x > middleX(bounds),
  )
  const room = Math.min(content.width, ...next.map((other) => other.bounds.x - by))
  const end = Math.max(right(bounds), Math.min(room, seen ? endOfNumberRow(seen) : 0))
  const look = await tools.lookCloser(widen({ ...bounds, width: end - bounds.x }, by))
  if (!look) return null
  const all = await linesOf(look.content, look.tools)
  const closer = seen ? all : linesOfMiddle(all, look.content)
  const { kind } = tellKind(closer, openFinder(closer), look.content.height)
  if (kind !== 'identity-document' && kind !== 'unknown') return null
  const paper = readPlainly('identity-document', look.content, look.tools, closer)
  if (!paper || partOf(paper) === null) return null
  await lookAgain(paper)
  return faceOf(paper, bounds, content, look)
}

/** A neighbour may reach into the picture. */
function linesOfMiddle(lines: readonly Line[], { width, height }: PageContent): readonly Line[] {
  const faces = splitFaces(lines)
  const far = ({ bounds }: Face): number => Math.hypot(middleX(bounds) - width / 2, middleY(bounds) - height / 2)
  return faces.filter(({ runs }) => runs >= fewestLines).toSorted((one, other) => far(one) - far(other))[0]?.lines ?? lines
}

/** A seal belongs to the card whose face is nearest to it. */
function sealsAt(content: PageContent, own: readonly ReadFace[], all: readonly ReadFace[]): PaperOnPage['seals'] {
  const places = new Map(all.map((face) => [face, coreOf(face, content)]))
  const far = (face: ReadFace, seal: Rectangle): number => distance(places.get(face)!, seal)
  return content.seals
    .filter(({ box }) => own.includes(all.toSorted((one, other) => far(one, box) - far(other, box))[0]!))
    .map((seal) => ({ ...seal, box: fractions(seal.box, content) }))
}

/** Where a face's values stand: a stamp or a watermark beside them may belong to its bounds. */
function coreOf({ bounds, fields }: ReadFace, { width, height }: PageContent): Rectangle {
  const boxes = Object.values(fields)
    .filter(({ value, box }) => value !== null && box)
    .map(({ box }) => ({ x: box![0] * width, y: box![1] * height, width: box![2] * width, height: box![3] * height }))
  return boxes.length > 1 ? join(boxes) : bounds
}

function distance(face: Rectangle, seal: Rectangle): number {
  const across = Math.max(0, face.x - middleX(seal), middleX(seal) - right(face))
  const down = Math.max(0, face.y - middleY(seal), middleY(seal) - bottom(face))
  return Math.hypot(across, down)
}
