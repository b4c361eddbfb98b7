/** 请逐份加盖单位公章: every paper is stamped by itself; one picture of an impression on several papers is none of their seals. */
import type { Finding, ReadDocument, Seal } from '../../flow.ts'
import { found, titleOf, type Case } from './case.ts'
import { compareImpressions, type ComparedImpressions } from './compare-impressions.ts'

/**
 * Set on drawn papers, copied by scanners and cameras. Crisp stampings of one seal come as near to each other as one picture does
 * now and then (0.995 and 0.027 on a digital page), but only a pair of them: three papers that are all alike carry one picture,
 * or a pair that is alone in it.
 */
const bounds = {
  strict: { likeness: 0.993, unevenness: 0.042 },
  loose: { likeness: 0.985, unevenness: 0.06 },
  near: { likeness: 0.975, unevenness: 0.09 },
  kin: { likeness: 0.94, unevenness: 0.09 },
  only: { likeness: 0.991, unevenness: 0.045 },
}
/** By so much a lone pair is more alike than any other of the set. */
const apart = 0.006
/** The same sheet copied twice has its seal in the same place. */
const samePlace = 0.03
/** Seals compared at most: papers of a submission are few. */
const mostSeals = 24

/** The same impression, gap by gap, on two papers or more: a person must look at the originals, each of which is named. */
export function copiedSeals({ documents }: Case): Finding[] {
  const stamped = documents
    .flatMap((document) => document.seals.map((seal) => ({ document, seal })))
    .filter(({ seal }) => seal.impression !== undefined)
    .slice(0, mostSeals)
  const pairs = stamped.flatMap((one, at) => stamped.slice(at + 1).flatMap((other) => compareStamped(one, other)))
  const kin = kinOf(pairs)
  const first = alikeAmongThree(pairs) ?? kin?.first ?? lonePair(pairs.filter(({ isSameSheet }) => !isSameSheet))
  if (!first) return []
  const isAlike = (third: Stamped) =>
    pairs.some(
      (pair) =>
        isWithin(pair, bounds.loose) &&
        [first.one, first.other].some(
          (known) => (pair.one === known && pair.other === third) || (pair.other === known && pair.one === third),
        ),
    )
  const others = stamped.filter((third) => third !== first.one && third !== first.other && (kin?.papers.has(third) || isAlike(third)))
  const sheets = [first.other, ...others].filter(({ document }, at, all) => all.findIndex((each) => each.document === document) === at)
  return [copied(first.one, first.other.document), ...sheets.map((sheet) => copied(sheet, first.one.document))]
}

/** A pair that a third paper is alike with, too, if only nearly with one of both. */
function alikeAmongThree(pairs: readonly ComparedPair[]): ComparedPair | undefined {
  const near = pairs.filter((pair) => isWithin(pair, bounds.near))
  const alike = pairs.filter((pair) => isWithin(pair, bounds.loose))
  const areIn = (list: readonly ComparedPair[], one: Stamped, other: Stamped) =>
    list.some((pair) => (pair.one === one && pair.other === other) || (pair.one === other && pair.other === one))
  const joins = (third: Stamped, { one, other }: ComparedPair) =>
    (areIn(alike, one, third) && areIn(near, other, third)) || (areIn(near, one, third) && areIn(alike, other, third))
  return alike.find((pair) => !pair.isSameSheet && near.some(({ one, other }) => joins(one, pair) || joins(other, pair)))
}

/**
 * Two alike pairs, and nothing among their papers that differs as two stampings do: each copy adds its own grain. Clean stampings that
 * were turned alike are told with them: a look too many is better than a set of copies that nobody looks at.
 */
function kinOf(pairs: readonly ComparedPair[]): { first: ComparedPair; papers: ReadonlySet<Stamped> } | undefined {
  const alike = pairs.filter((pair) => isWithin(pair, bounds.loose))
  if (alike.length < 2) return undefined
  const papers = new Set(alike.flatMap(({ one, other }) => [one, other]))
  const isKin = pairs.every((pair) => !papers.has(pair.one) || !papers.has(pair.other) || isWithin(pair, bounds.kin))
  const first = isKin ? alike.find(({ isSameSheet }) => !isSameSheet) : undefined
  return first && { first, papers }
}

function lonePair(pairs: readonly ComparedPair[]): ComparedPair | undefined {
  const [best, next] = pairs.toSorted((left, right) => right.likeness - left.likeness)
  // Of two papers there is nothing to compare with: fewer chances that crisp stampings come near each other, too.
  if (best && !next) return isWithin(best, bounds.only) ? best : undefined
  return best && isWithin(best, bounds.strict) && best.likeness - (next?.likeness ?? 0) >= apart ? best : undefined
}

interface Stamped {
  readonly document: ReadDocument
  readonly seal: Seal
}

interface ComparedPair extends ComparedImpressions {
  readonly one: Stamped
  readonly other: Stamped
  /** Perhaps one sheet that was copied twice: no wonder by itself. */
  readonly isSameSheet: boolean
}

function compareStamped(one: Stamped, other: Stamped): ComparedPair[] {
  if (one.document === other.document) return []
  const compared = compareImpressions(one.seal.impression!, other.seal.impression!)
  return compared ? [{ one, other, isSameSheet: mayBeOneSheet(one, other), ...compared }] : []
}

const isWithin = (pair: ComparedImpressions, { likeness, unevenness }: ComparedImpressions): boolean =>
  pair.likeness >= likeness && pair.unevenness <= unevenness

function mayBeOneSheet(one: Stamped, other: Stamped): boolean {
  const middle = ({ seal: { box } }: Stamped): [number, number] => [box[0] + box[2] / 2, box[1] + box[3] / 2]
  const [[x, y], [otherX, otherY]] = [middle(one), middle(other)]
  return one.document.kind === other.document.kind && Math.hypot(x - otherX, y - otherY) < samePlace
}

function copied({ document, seal }: Stamped, before: ReadDocument): Finding {
  const message = `${titleOf(document)}与${titleOf(before)}上的公章印迹完全相同，可能是同一图片复制而来，请核对原件是否逐份加盖公章。`
  const page = document.pages[seal.page]
  const finding = found('seal-copied', 'look', message, { document })
  return page ? { ...finding, page: { file: page.file, page: page.page } } : finding
}
