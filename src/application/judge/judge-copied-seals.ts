/** 请逐份加盖单位公章: every paper is stamped by itself; one picture of an impression on several papers is none of their seals. */
import type { Finding, ReadDocument, Seal } from '../../flow.ts'
import { found, titleOf, type Case } from './case.ts'
import { compareImpressions } from './compare-impressions.ts'

/**
 * 318 pairs of two stampings of one seal, drawn and read from scans and photographs: the most alike 0.991 with an unevenness of
 * 0.073, the least uneven 0.073. Of 83 pairs of one picture on two papers, half are below both bounds, so nearly every set of
 * three papers is told.
 */
const bounds = { likeness: 0.985, unevenness: 0.06 }
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
  for (const [at, one] of stamped.entries())
    for (const other of stamped.slice(at + 1)) if (isCopied(one, other)) return [copied(other, one.document)]
  return []
}

interface Stamped {
  readonly document: ReadDocument
  readonly seal: Seal
}

function isCopied(one: Stamped, other: Stamped): boolean {
  if (one.document === other.document || isSameSheet(one, other)) return false
  const compared = compareImpressions(one.seal.impression!, other.seal.impression!)
  return compared !== null && compared.likeness >= bounds.likeness && compared.unevenness <= bounds.unevenness
}

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
