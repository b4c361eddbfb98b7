/**
 * Reads an impression that hides its name by legible ones of the same seal: its strokes must lie on theirs as a whole, and no
 * letter that is the enterprise's own may show strokes of its own. Two seals of one make that differ in a letter lie on each
 * other everywhere else.
 */
import type { Lattice } from '../page.ts'
import { likenPieces } from './compare-letters.ts'
import { likenessWithin, type Strokes, strokesOf, turnBetween } from './compare-prints.ts'
import { wordsOf } from './name-words.ts'
import { printCells } from './take-print.ts'
import { placeName, spellName, weighLetters } from './weigh-name.ts'

/** An impression whose arc speaks for a name. */
export interface LegibleSeal {
  readonly text: string
  readonly looks: readonly Lattice[]
  readonly strokes: Strokes
}

/**
 * How alike the letters are in the mean: all of them, and those that are the enterprise's own. Of 738 pairs of different seals of
 * faxes none passes with what follows; of seals of one make that differ in one letter 10 % are taken for each other, where the
 * fax blotted out the very letter, and of those that differ in two 6 %.
 */
const alike = { whole: 0.45, own: 0.5 }
/**
 * A letter whose own arc speaks for it so much a look, or whose strokes are so alike, stands there: of 115 letters in which
 * seals of one make differ, none does.
 */
const vouched = { look: -1, alike: 0.83 }
/**
 * Where the copy shows every stroke, a letter stands there that its own arc does not speak against, or whose least alike piece is so
 * alike; a little less where the arc speaks for no other plainly. Of 122 pairs of drawn seals of one make, scanned and photographed, that
 * differ in one letter of those most alike (申 and 甲, 祥 and 样, 土 and 士), one passes: 未 and 末.
 */
const plain = { look: -1, alike: 0.86, doubted: { look: -2.5, alike: 0.82 } }
/**
 * On a copy without colour strokes are frayed, and no letter is so alike: there a letter is told that is nearly as alike as those of the
 * words that both names have. Of 59 pairs of drawn faxes that differ in one letter of those most alike none passes: 33 have words alike
 * enough, and of their other letters none is more alike than 0.74 (未 and 末, where the words are by 0.84; 日 and 目 0.73; 祥 and 样 0.71).
 */
const frayed = { least: 0.78, usual: 0.7, share: 0.95 }
/** A letter less alike by so much than those beside it, which are legible, is another, unless its own arc speaks for it. */
const denied = { less: 0.15, beside: 0.5, look: -1.5 }

interface ReadByPrints {
  readonly text: string
  /** Every letter that is the enterprise's own is vouched for by itself; else some hide. */
  readonly isVouched: boolean
}

/**
 * What the legible impressions of the same seal say; null when none is of the same seal, and `denied` are the names of those that it
 * lies on but for a letter. `isPlain` where the copy shows every stroke: then each letter is told by itself and none denied, since print
 * over a seal makes a letter unlike as well. `isGray` where the copy has no colour.
 */
export function readByPrints(
  print: string,
  looks: readonly Lattice[],
  legible: readonly LegibleSeal[],
  isPlain = false,
  isGray = false,
): { readonly read: ReadByPrints | null; readonly denied: readonly string[] } {
  const against: string[] = []
  const strokes = strokesOf(print)
  if (!strokes) return { read: null, denied: against }
  for (const [text, seals] of Map.groupBy(legible, (seal) => seal.text)) {
    const letters = likenLetters(strokes, seals, text, isPlain)
    if (!letters) continue
    const spoken = weighLetters(looks, text)
    const words = wordsOf(text)
    const own = spoken
      .keys()
      .filter((at) => !words[at])
      .toArray()
    const ofWords = letters
      .filter((_, at) => words[at])
      .map(({ pieces }) => pieces)
      .toSorted((one, other) => one - other)
    const usual = ofWords[ofWords.length >> 1] ?? 0
    const isAsWords = ({ pieces }: LikeLetter) => isGray && usual > frayed.usual && pieces > Math.max(frayed.least, frayed.share * usual)
    const isVouched = (at: number) =>
      isPlain
        ? spoken[at]! > plain.look ||
          letters[at]!.pieces > plain.alike ||
          isAsWords(letters[at]!) ||
          (spoken[at]! > plain.doubted.look && letters[at]!.pieces > plain.doubted.alike)
        : spoken[at]! > vouched.look || letters[at]!.alike > vouched.alike
    const isDenied = (at: number) => {
      const letter = letters[at]!
      return letter.beside > denied.beside && letter.beside - letter.alike > denied.less && spoken[at]! < denied.look
    }
    if (isPlain && !own.every(isVouched)) continue
    if (!isPlain && own.some((at) => !isVouched(at) && isDenied(at))) against.push(text)
    else if (own.reduce((sum, at) => sum + letters[at]!.alike, 0) >= alike.own * own.length)
      return { read: { text, isVouched: own.every(isVouched) }, denied: against }
  }
  return { read: null, denied: against }
}

interface LikeLetter {
  readonly alike: number
  /** The same of the letters beside it. */
  readonly beside: number
  /** The same of its least alike piece; asked for where the copy shows every stroke. */
  readonly pieces: number
}

/** How alike each letter of a name is to that of the legible impression which it is most like; null when they are of other seals. */
function likenLetters(strokes: Strokes, seals: readonly LegibleSeal[], name: string, isPlain: boolean): LikeLetter[] | null {
  const count = spellName(name).length
  const best = Array.from({ length: count }, () => ({ alike: -1, beside: -1, pieces: -1 }))
  let whole = -1
  for (const seal of seals) {
    const turn = turnBetween(seal.strokes, strokes)
    if (turn === null) continue
    const places = placeName(seal.looks, name).map((angle) => (angle / (2 * Math.PI)) * printCells.angles)
    const half = (places.at(-1)! - places[0]!) / (count - 1) / 2
    if (!(half > 0)) continue
    const compare = (place: number, how: typeof likenessWithin): number =>
      how(seal.strokes, strokes, turn, Math.round(place - half), Math.round(place + half))
    const likeness = places.map((place) => compare(place, likenessWithin))
    whole = Math.max(whole, likeness.reduce((sum, value) => sum + value, 0) / count)
    for (const [at, letter] of best.entries()) {
      const beside = ((likeness[at - 1] ?? likeness[at + 2] ?? 0) + (likeness[at + 1] ?? likeness[at - 2] ?? 0)) / 2
      const pieces = isPlain ? Math.max(letter.pieces, compare(places[at]!, likenPieces)) : -1
      best[at] = { alike: Math.max(letter.alike, likeness[at]!), beside: Math.max(letter.beside, beside), pieces }
    }
  }
  return whole > alike.whole ? best : null
}
