/** 请逐份加盖单位公章: every paper is stamped by itself; one picture of an impression on several papers is none of their seals. */
import type { Finding, ReadDocument, Seal } from '../../flow.ts'
import { found, titleOf, type Case } from './case.ts'
import { compareImpressions, type ComparedImpressions } from './compare-impressions.ts'

/**
 * Set on drawn papers, copied by scanners and cameras: of two stampings of one seal no pair is within the strict bounds, and no
 * submission (of some fifty) has two pairs within the loose ones. One picture pasted three times on a scan at 200 dpi escapes them.
 */
const bounds = { strict: { likeness: 0.993, unevenness: 0.042 }, loose: { likeness: 0.985, unevenness: 0.06 } }
/** The same sheet copied twice has its seal in the same place. */
const samePlace = 0.03
/** Seals compared at most: papers of a submission are few. */
const mostSeals = 24

/** The same impression, gap by gap, on two papers: a person must look at the originals. */
export function copiedSeals({ documents }: Case): Finding[] {
  const stamped = documents
    .flatMap((document) => document.seals.map((seal) => ({ document, seal })))
    .filter(({ seal }) => seal.impression !== undefined)
    .slice(0, mostSeals)
  const pairs = stamped.flatMap((one, at) => stamped.slice(at + 1).flatMap((other) => compareStamped(one, other)))
  const alike = pairs.filter((pair) => isWithin(pair, bounds.loose))
  const [first] = alike.length > 1 ? alike : alike.filter((pair) => isWithin(pair, bounds.strict))
  return first ? [copied(first.other, first.one.document)] : []
}

interface Stamped {
  readonly document: ReadDocument
  readonly seal: Seal
}

interface ComparedPair extends ComparedImpressions {
  readonly one: Stamped
  readonly other: Stamped
}

function compareStamped(one: Stamped, other: Stamped): ComparedPair[] {
  if (one.document === other.document || isSameSheet(one, other)) return []
  const compared = compareImpressions(one.seal.impression!, other.seal.impression!)
  return compared ? [{ one, other, ...compared }] : []
}

const isWithin = (pair: ComparedImpressions, { likeness, unevenness }: ComparedImpressions): boolean =>
  pair.likeness >= likeness && pair.unevenness <= unevenness

function isSameSheet(one: Stamped, other: Stamped): boolean {
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
