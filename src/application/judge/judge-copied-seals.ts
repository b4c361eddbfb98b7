/** 请逐份加盖单位公章: every paper is stamped by itself; one picture of an impression on several papers is none of their seals. */
import type { Finding, ReadDocument, Seal } from '../../flow.ts'
import { found, titleOf, type Case } from './case.ts'
import { compareImpressions, type ComparedImpressions } from './compare-impressions.ts'
import { sameContent } from './evidence.ts'
import { companySeals } from './judge-seals.ts'

interface Bounds {
  readonly likeness: number
  readonly unevenness: number
  /** In cells of two degrees, either way. */
  readonly turn: number
}

/**
 * Set on drawn papers, copied by scanners and cameras: 28 sets of one picture and 855 others. Crisp stampings of one seal
 * come as near to each other as one picture does now and then (0.995 and 0.027 on a digital page), but seldom turned alike: one picture
 * lies within a tenth of a cell on flat copies and within a cell on photographs, stampings lie degrees apart. So three papers that
 * are all alike carry one picture, or a pair that is alone in it, or most papers of a set, less alike but all turned alike.
 */
const bounds = {
  strict: { likeness: 0.993, unevenness: 0.042, turn: 0.3 },
  loose: { likeness: 0.985, unevenness: 0.06, turn: 0.3 },
  near: { likeness: 0.975, unevenness: 0.09, turn: 0.5 },
  kin: { likeness: 0.94, unevenness: 0.17, turn: 0.8 },
  twice: { likeness: 0.94, unevenness: 0.09, turn: 0.5 },
  only: { likeness: 0.94, unevenness: 0.115, turn: 0.25 },
  // Without colour the print under a seal is taken for its ink here and there: only how it is turned tells much.
  grayKin: { likeness: 0.84, unevenness: 0.45, turn: 0.8 },
  grayOnly: { likeness: 0.86, unevenness: 0.4, turn: 0.15 },
} satisfies Record<string, Bounds>
/** Of papers that are kin, on the mean; stampings of a set that came near were three of six papers, or turned by 0.47 of a cell. */
const kinMean = { red: { likeness: 0.955, turn: 0.45 }, gray: { likeness: 0.89, turn: 0.45 } }
/** By far the most of the stamped papers. */
const most = 0.65
/** By so much a lone pair is more alike than any other of the set. */
const apart = 0.006
/** The same sheet copied twice has its seal in the same place. */
const samePlace = 0.03
/** Seals compared at most: papers of a submission are few. */
const mostSeals = 24

/** The same impression, gap by gap, on two papers or more: a person must look at the originals, each of which is named. */
export function copiedSeals({ documents }: Case): Finding[] {
  const stamped = documents
    .flatMap((document) => companySeals(document).map((seal) => ({ document, seal })))
    .filter(({ seal }) => seal.impression !== undefined)
    .slice(0, mostSeals)
  const pairs = stamped.flatMap((one, at) => stamped.slice(at + 1).flatMap((other) => compareStamped(one, other)))
  const kin = kinOf(pairs, stamped)
  const first =
    pairs.find(({ one, other }) => one === kin[0] && other === kin[1]) ??
    alikeAmongThree(pairs) ??
    lonePair(pairs.filter(({ isSameSheet }) => !isSameSheet))
  if (!first) return []
  const joins = (pair: ComparedPair, known: Stamped, third: Stamped) =>
    (pair.one === known && pair.other === third) || (pair.other === known && pair.one === third)
  const isAlike = (third: Stamped) =>
    pairs.some(
      (pair) =>
        (isWithin(pair, bounds.loose) && [first.one, first.other].some((known) => joins(pair, known, third))) ||
        // One sheet copied twice carries it as the other does.
        (pair.isSameSheet &&
          isWithin(pair, isGray(pair) ? bounds.grayKin : bounds.twice) &&
          kin.some((known) => joins(pair, known, third))),
    )
  const others = stamped.filter((third) => third !== first.one && third !== first.other && (kin.includes(third) || isAlike(third)))
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

/** Most papers of the set, and at least three, that are one picture's copies to each other: each copy adds its own grain. */
function kinOf(pairs: readonly ComparedPair[], stamped: readonly Stamped[]): readonly Stamped[] {
  const between = (one: Stamped, other: Stamped) =>
    pairs.find((pair) => (pair.one === one && pair.other === other) || (pair.one === other && pair.other === one))
  const isKin = (one: Stamped, other: Stamped) => {
    const pair = between(one, other)
    return pair !== undefined && !pair.isSameSheet && isWithin(pair, kinBounds(pair))
  }
  const groups = stamped.map((first) =>
    stamped
      .filter((other) => isKin(first, other))
      .toSorted((left, right) => (between(first, right)?.likeness ?? 0) - (between(first, left)?.likeness ?? 0))
      .reduce((group, other) => (group.every((member) => isKin(member, other)) ? [...group, other] : group), [first]),
  )
  const [group = []] = groups.toSorted((left, right) => right.length - left.length)
  if (group.length < 3 || group.length < most * new Set(stamped.map(({ document }) => document)).size) return []
  const inside = pairs.filter((pair) => group.includes(pair.one) && group.includes(pair.other))
  const mean = (of: (pair: ComparedPair) => number) => inside.reduce((sum, pair) => sum + of(pair), 0) / inside.length
  const least = kinMean[inside.some(isGray) ? 'gray' : 'red']
  const isOne = mean(({ likeness }) => likeness) >= least.likeness && mean(({ turn }) => Math.abs(turn)) <= least.turn
  return isOne ? stamped.filter((each) => group.includes(each)) : []
}

function lonePair(pairs: readonly ComparedPair[]): ComparedPair | undefined {
  const [best, next] = pairs.toSorted((left, right) => right.likeness - left.likeness)
  // Of two papers there is nothing to compare with: fewer chances that crisp stampings come near each other, too.
  if (best && !next) return isWithin(best, isGray(best) ? bounds.grayOnly : bounds.only) ? best : undefined
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

const isWithin = (pair: ComparedImpressions, { likeness, unevenness, turn }: Bounds): boolean =>
  pair.likeness >= likeness && pair.unevenness <= unevenness && Math.abs(pair.turn) <= turn

const isGray = ({ one, other }: ComparedPair): boolean => one.seal.color === 'gray' || other.seal.color === 'gray'

const kinBounds = (pair: ComparedPair): Bounds => (isGray(pair) ? bounds.grayKin : bounds.kin)

function mayBeOneSheet(one: Stamped, other: Stamped): boolean {
  const middle = ({ seal: { box } }: Stamped): [number, number] => [box[0] + box[2] / 2, box[1] + box[3] / 2]
  const [[x, y], [otherX, otherY]] = [middle(one), middle(other)]
  const isNear = one.document.kind === other.document.kind && Math.hypot(x - otherX, y - otherY) < samePlace
  // Two persons' copies are two sheets, wherever the seal stands on them.
  return isNear && sameContent(one.document, other.document) !== 'clear'
}

function copied({ document, seal }: Stamped, before: ReadDocument): Finding {
  const message = `${titleOf(document)}与${titleOf(before)}上的公章印迹完全相同，可能是同一图片复制而来，请核对原件是否逐份加盖公章。`
  const page = document.pages[seal.page]
  const finding = found('seal-copied', 'look', message, { document })
  return page ? { ...finding, page: { file: page.file, page: page.page } } : finding
}
