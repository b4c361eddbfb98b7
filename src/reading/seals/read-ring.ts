import type { Engine, FoundSeal, Raster } from '../page.ts'
import { agreeOnArc, type AgreedArc } from './agree-on-arc.ts'
import { measureFace, type PrintedLine } from './compare-face.ts'
import { inkOfWords, judgeRole } from './judge-role.ts'
import { locateArc, type Arc } from './locate-arc.ts'
import type { LocatedRing } from './locate-rings.ts'
import { lookAtArc, looks, type SeenArc } from './look-at-arc.ts'
import { takeImpression } from './take-impression.ts'
import { takePrint } from './take-print.ts'
import { cutFace, type Ink, isOval, showInk } from './unwrap-ring.ts'
import { partByTone } from './part-by-tone.ts'
import { turnOver } from './turn-over.ts'
import { wipePrint } from './wipe-print.ts'
import { weighName, type WeighedName } from './weigh-name.ts'

/** A ring of a page whose arc is being read; `raster` is the page without the rings of other seals that lie over it. */
export interface RingInHand {
  readonly raster: Raster
  readonly ring: LocatedRing
  readonly box: FoundSeal['box']
  readonly arc: Arc
  readonly seen: readonly SeenArc[]
}

/** Inks that are led astray by the same thing: colour by JPEG's coarse blocks, light by black print. */
export const kindOf = (ink: Ink, color: 'red' | 'gray'): string =>
  color === 'gray' ? ink : ink === 'dark' || ink === 'plain' ? 'light' : 'colour'

/** How the name of an enterprise, and the arc of its seal, ends. */
export const endsAsName = /(?:公司|企业|合伙\)?|厂|行|店|部|社|所|处|站|馆|院|会|中心|局|专用章)$/u
/** Readings that agree so well need no other, unless so much of an expected name was seen. One look at grey ink is surer than that. */
const mostly = 0.7
const agreedWell = 0.9
const surelySeen = 0.96
const plainlyOther = 0.6
/** Radians: about a letter and a half. */
const offCentre = 0.35
/**
 * An arc that speaks so much for an expected name needs no other look. In the end so much a look is enough: of names that
 * differ from that of the seal in one character, asked of 107 drawn seals of faxes and grey copies, 0.2 % then pass where the
 * characters look alike, 0.5 % where one is left out, and none where the end of the name, its place or a branch differ.
 */
export const speaksPlainly = 3
export const speaksFor = -1.5

/** Takes a ring in hand, and looks at its arc once if its letters stay among the lines of the page: colour is lifted off. */
export async function takeRing(
  raster: Raster,
  ring: LocatedRing,
  box: FoundSeal['box'],
  engine: Pick<Engine, 'readStrip'>,
): Promise<RingInHand> {
  const arc = locateArc(raster, ring, ring.color)
  const seen = ring.color === 'gray' ? [await lookAtArc(raster, ring, ring.color, arc, looks.gray[0]!, [], null, engine)] : []
  return { raster, ring, box, arc, seen }
}

/** What a ring looks like before it is read. */
export const glimpseRing = ({ ring, box, seen }: RingInHand): FoundSeal => ({
  ...shapeOf(ring, box),
  text: seen[0]?.reading.map(({ character }) => character).join('') || null,
  confidence: 0,
})

interface ReadRing {
  readonly seal: FoundSeal
  /** Its arc was read so by itself, letter by letter, not only told from other names. */
  readonly isSpelled: boolean
}

/** What is known of the page about a ring. */
export interface PageOfRing {
  /** That the page speaks of. */
  readonly names: readonly string[]
  /** Its lines. */
  readonly print: readonly PrintedLine[]
  /** It is black and white alone. */
  readonly isBlack: boolean
}

/**
 * Reads the arc of a ring, and its straight text where there is ink for it. The arc is one of the names only if it speaks for it by itself,
 * and is then looked at no more. At most eight strips are recognised.
 */
export async function readRing(
  hand: RingInHand,
  { names, print, isBlack }: PageOfRing,
  engine: Pick<Engine, 'readStrip'>,
): Promise<ReadRing> {
  const { raster, ring, box } = hand
  const { color } = ring
  let bare: BareRing = hand
  const seen = [...hand.seen]
  let agreed = agree(seen, color)
  let weighed = weighNames(seen, names)
  let named = bestOf(weighed, speaksPlainly)
  const expected = names[0] === undefined ? null : Array.from(names[0]).length
  const isSure = ({ confidence }: AgreedArc): boolean => confidence > (color === 'gray' && seen.length === 1 ? surelySeen : agreedWell)
  // A name is set evenly about the middle of its arc: else an end of it was not read.
  const isCentred = ({ middle }: AgreedArc): boolean => Math.abs(middle - bare.arc.span / 2) < offCentre
  const isEnough = (): boolean => {
    // Where two looks saw no three letters, none ever did.
    if (agreed === null) return seen.length > 1
    // Of an authority's seal nothing is compared.
    if (isAuthority(agreed.text) && (seen.length > 1 || agreed.confidence > plainlyOther)) return true
    // An arc that spoke for a name in the first three looks did so in all five.
    if (seen.length > 2 && bestOf(weighed, 0) !== null) return true
    // Of a name of which most was seen, another look may show the rest.
    return isSure(agreed) && isCentred(agreed) && endsAsName.test(agreed.text) && !weighed.some((name) => name.seen > mostly)
  }
  let isAsked = color === 'red'
  while (named === null && seen.length < looks[color].length) {
    const barer = !isAsked && seen.length > 1 && (agreed === null || !isEnough()) ? bareRing(hand, { print, isBlack }) : null
    isAsked ||= seen.length > 1
    if (!barer && isEnough()) break
    if (barer) {
      bare = barer
      if (barer.isElsewhere) seen.length = 0
    }
    seen.push(await lookAtArc(bare.raster, bare.ring, color, bare.arc, looks[color][seen.length]!, seen, expected, engine))
    weighed = weighNames(seen, names)
    named = bestOf(weighed, speaksPlainly)
    agreed = agree(seen, color)
  }
  named ??= bestOf(weighed, speaksFor * seen.length)
  const text = named ?? (agreed && pairBrackets(agreed.text))
  const face = text !== null && isAuthority(text) ? { words: '', ink: 0, barest: 0 } : await readFace(raster, ring, bare.arc.tilt, engine)
  const sure = Math.min(1, Math.max(0, (ring.coverage - 0.5) / 0.45)) * Math.min(1, ring.visible + 0.2)
  const certainty = named === null ? (agreed?.confidence ?? 0) : Math.max(0.9, agreed?.text === named ? agreed.confidence : 0)
  const role = judgeRole(text, face.words)
  const impression = takeImpression(raster, ring, color)
  const strokes = takePrint(hand, bare.arc.start, bare.apart ? { raster: bare.apart, ring: bare.ring } : null)
  const seal = {
    ...shapeOf(ring, box),
    text,
    confidence: Math.round(sure * (text === null ? 0.5 : 0.4 + 0.6 * certainty) * 100) / 100,
    ...(role ? { role } : {}),
    ...(role !== 'special' && role !== 'other' && mayBearWords({ ...hand, arc: bare.arc }, face, { print, isBlack })
      ? { unreadFace: true as const }
      : {}),
    ...(impression === undefined ? {} : { impression }),
    ...(strokes === undefined ? {} : { print: strokes }),
    looks: seen.map(({ lattice }) => lattice),
  }
  return { seal, isSpelled: agreed !== null && agreed.text === text && isSure(agreed) }
}

const readAsItStands = 0.5

/** A name that is read so well as it stands is no mirrored one. */
export const isNameAsItStands = ({ text, confidence }: FoundSeal): boolean =>
  confidence >= readAsItStands && text !== null && endsAsName.test(text)

/** Pale letters are read unsurely, but nothing else than a name ends so: of what has an end that chance makes more is asked. */
const paleName = { leastLetters: 6, confidence: 0.25, end: /(?:公司|企业|专用章)$/u }

/**
 * Whether a ring reads as a name when the sheet is turned over. Then it is an impression on the back: thin paper and bright scanners let it shine
 * through, pale and the wrong way round.
 */
export async function readsFromBehind(hand: RingInHand, engine: Pick<Engine, 'readStrip'>): Promise<boolean> {
  const { raster, ring } = turnOver(hand.raster, hand.ring, hand.box)
  const arc = locateArc(raster, ring, ring.color)
  const seen: SeenArc[] = []
  for (const look of looks[ring.color].slice(0, 2)) seen.push(await lookAtArc(raster, ring, ring.color, arc, look, seen, null, engine))
  const behind = agree(seen, ring.color)
  if (behind === null) return false
  const isPaleName =
    behind.text.length >= paleName.leastLetters && paleName.end.test(behind.text) && behind.confidence >= paleName.confidence
  return isPaleName || (behind.confidence >= plainlyOther && endsAsName.test(behind.text))
}

interface BareRing extends Pick<RingInHand, 'raster' | 'ring' | 'arc'> {
  /** Without all that stands where lines of print are known to run. */
  readonly apart?: Raster
  /** Its arc was sought in another place before. */
  readonly isElsewhere?: boolean
}

/** An arc is elsewhere that is off by so much: of the half axis across, of radians along. */
const off = { across: 0.04, along: 0.25 }

/** A ring without what the page prints over it, as far as that is known; null where nothing is. */
function bareRing({ raster, ring, arc }: RingInHand, { print, isBlack }: Pick<PageOfRing, 'print' | 'isBlack'>): BareRing | null {
  const wiped = wipePrint(raster, ring, print)
  // Print that hangs together with a letter of the arc is left; where the seal is grey its tone tells it.
  const toned = isBlack ? null : partByTone(wiped?.raster ?? raster, wiped?.ring ?? ring)
  const face = toned ? { ...wiped, ...toned } : wiped
  if (!face) return null
  const bare = locateArc(face.raster, face.ring, 'gray')
  const isElsewhere =
    Math.abs(bare.inner - arc.inner) > off.across ||
    Math.abs(bare.outer - arc.outer) > off.across ||
    Math.abs(bare.start - arc.start) > off.along
  return { ...face, arc: isElsewhere ? bare : arc, isElsewhere }
}

const isAuthority = (arc: string): boolean => judgeRole(arc, '') === 'other'

const shapeOf = (ring: LocatedRing, box: FoundSeal['box']) => ({
  box,
  color: ring.color,
  shape: isOval(ring) ? ('oval' as const) : ('round' as const),
})

function agree(seen: readonly SeenArc[], color: 'red' | 'gray'): AgreedArc | null {
  const readings = seen.map(({ reading }) => reading)
  return agreeOnArc(
    readings,
    looks[color].slice(0, seen.length).map(({ ink }) => kindOf(ink, color)),
  )
}

interface NameInHand extends Pick<WeighedName, 'margin' | 'seen'> {
  readonly name: string
}

const weighNames = (seen: readonly SeenArc[], names: readonly string[]): NameInHand[] => {
  const lattices = seen.map(({ lattice }) => lattice)
  return names.map((name) => {
    const { margin, seen: share } = weighName(lattices, name)
    return { name, margin, seen: share }
  })
}

/** The name that the arc speaks for most, and by `enough`; null when there is none. */
function bestOf(weighed: readonly NameInHand[], enough: number): string | null {
  const [best] = weighed.filter(({ margin }) => margin >= enough).toSorted((one, other) => other.margin - one.margin)
  return best?.name ?? null
}

/** A bracket without its other half is a shred of the ring, as are two about the whole of an arc. */
const pairBrackets = (text: string): string =>
  text.includes('(') === text.includes(')') && !/^\([^()]*\)$/u.test(text) ? text : text.replace(/[()]/gu, '')

interface Face {
  readonly words: string
  /** The share of it that is inked, where no letter of the arc reaches. */
  readonly ink: number
  /** That share of the barest third of its width. */
  readonly barest: number
}

/**
 * In black and white a pale word leaves less than a pale line does: on the face of a round seal whose line is nearly whole words would show.
 * Of 27 such seals for one purpose, faxed or scanned, the least inked 0.074 of it (as a share of the line's own ink), of 60 companies' own all but
 * five 0.038 at most.
 */
const shown = { coverage: 0.8, strength: 120, ink: 0.05 }
/**
 * Words are as large as the letters of the arc, and as dark. Of 13 seals for one purpose on faxes they inked 0.54 at least of what the arc's lower
 * letters inked of their room; of 14 bare faces of companies' own whose line is torn 0.05 at most.
 */
const legible = { letters: 0.04, words: 0.2, free: 0.3 }

/**
 * Whether words may stand across a face on which none were read. In shades of grey they are read as in colour. Companies' own seals are round
 * (国发〔1999〕25号), those for invoices oval: of 631 of the one on scans and photographs none was found oval, so one that is has a purpose.
 */
function mayBearWords({ raster, ring, arc }: RingInHand, face: Face, { print, isBlack }: Pick<PageOfRing, 'print' | 'isBlack'>): boolean {
  if (isOval(ring)) return true
  if (ring.color === 'red') return face.ink >= inkOfWords && face.barest >= bareThird && !isOfLine(face.words, print)
  if (!isBlack) return false
  const { coverage, strength } = ring
  if (coverage >= shown.coverage && strength >= shown.strength && (face.ink * 255) / strength < shown.ink) return false
  const { words, free, letters } = measureFace(raster, ring, arc, print)
  return letters < legible.letters || free < legible.free || words >= legible.words * letters
}

/** What the shop prints at the foot of its page in red (guide, 附件7): with the ink of a seal over it, it is taken off the page. */
const ofShop = '提示购买产品15天后无法退货'
const price = /^[¥￥]?\d+\.\d\d$/u

/** A price, or figures with what stands about them (15天后，无法退), are of a line of the page that runs across the face. */
function isOfLine(words: string, print: PageOfRing['print']): boolean {
  const read = lettersOf(words)
  if (price.test(words)) return true
  return (
    read.length > 2 &&
    /\d/u.test(read) &&
    [ofShop, ...print.map(({ text }) => lettersOf(text))].some((line) => line.length > read.length + 1 && line.includes(read))
  )
}

const lettersOf = (text: string): string => text.replace(/[^\p{Letter}\p{Number}]/gu, '')

/** In radii. */
interface FaceBounds {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Where straight text stands: below the star's lowest points, well inside of the arc; on an oval, which has no star, in its middle too. */
const belowStar: FaceBounds = { left: -0.72, right: 0.72, top: 0.3, bottom: 0.72 }
const inMiddle: FaceBounds = { left: -0.62, right: 0.62, top: -0.2, bottom: 0.24 }
/** The letters at the ends of a long arc stand beside and below the words: only ink this near to the middle is of words. */
const insideOfArc = 0.6
const someInk = 0.03
/**
 * Words stand about the middle and ink all of it: of 29 special seals in colour with ink enough to be words the barest third had 0.035 at least. Of six
 * companies' own that lay over a portrait one third had 0.006 at most.
 */
const bareThird = 0.02

/** Of the pixels of a face that lie inside of its arc, how many are dark. */
function countInside({ width, height, data }: Raster, { left, right, top, bottom }: FaceBounds): Omit<Face, 'words'> {
  const inked = [0, 0, 0]
  const asked = [0, 0, 0]
  for (let y = 0; y < height; y++) {
    const down = top + (y / height) * (bottom - top)
    for (let x = 0; x < width; x++) {
      const across = left + (x / width) * (right - left)
      if (across * across + down * down > insideOfArc * insideOfArc) continue
      const third = across < -insideOfArc / 3 ? 0 : across < insideOfArc / 3 ? 1 : 2
      asked[third]!++
      if (data[(y * width + x) * 3]! < 128) inked[third]!++
    }
  }
  const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0)
  return { ink: sum(inked) / Math.max(1, sum(asked)), barest: Math.min(...inked.map((count, at) => count / Math.max(1, asked[at]!))) }
}

async function readFace(raster: Raster, ring: LocatedRing, tilt: number, engine: Pick<Engine, 'readStrip'>): Promise<Face> {
  const below = await readWithin(belowStar, raster, ring, tilt, engine)
  if (!isOval(ring) || judgeRole(null, below.words) === 'special') return below
  const amid = await readWithin(inMiddle, raster, ring, tilt, engine)
  return { words: amid.words + below.words, ink: Math.max(amid.ink, below.ink), barest: Math.max(amid.barest, below.barest) }
}

async function readWithin(
  bounds: FaceBounds,
  raster: Raster,
  ring: LocatedRing,
  tilt: number,
  engine: Pick<Engine, 'readStrip'>,
): Promise<Face> {
  const strip = cutFace(raster, ring, tilt, bounds)
  const shown = showInk(strip, ring.color === 'red' ? 'red' : 'dark', ring.strength, ring.color)
  const measured = countInside(shown, bounds)
  if (measured.ink < someInk) return { words: '', ...measured }
  const line = await engine.readStrip(shown)
  return { words: line.text.replace(/\s+/gu, ''), ...measured }
}
