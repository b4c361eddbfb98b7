/** The text on the ring of a company seal (公章) against the name that it should carry. */

export interface SealComparison {
  /** 0…1: the share of the expected name that was read in its order, less what else was read. */
  readonly score: number
  /**
   * `near`: the name with scattered glyphs misread, left out or read twice. `other`: where the name has two glyphs in a row,
   * or the words of a branch, something else was read; or two in a row are missing and two that the name has not stand elsewhere.
   */
  readonly verdict: 'match' | 'near' | 'other' | 'unreadable'
}

/** Compares what was read of a ring with the expected enterprise name; the number at the bottom of the seal does not count. */
export function compareSealText(text: string | null, expected: string): SealComparison {
  const read = fromStart(plain(text ?? ''))
  const wanted = plain(expected)
  if (read.length < 4 || wanted.length === 0) return { score: 0, verdict: 'unreadable' }
  if (read === wanted) return { score: 1, verdict: 'match' }
  const { common, replaced, isSwapped } = align(Array.from(read), Array.from(wanted))
  const score = common / Math.max(read.length, wanted.length)
  // A branch has a seal of its own; a name without its end is that of the head office.
  // A stretch from within it is neither's: letters are lost on both sides.
  const isStretch = read.length < wanted.length && read[0] !== wanted[0] && read.length - common <= 1
  const otherBranch = isWhole(read) && !isStretch && branch.test(read) !== branch.test(wanted) && Math.abs(read.length - wanted.length) >= 3
  if (otherBranch) return { score, verdict: 'other' }
  // Hardly anything but glyphs of the name was read: a ring read in part, not another one.
  if (read.length - common <= 1) return { score, verdict: score >= 0.75 ? 'near' : 'unreadable' }
  // 甲乙（厦门）贸易有限公司 and 厦门丙丁贸易有限公司 share all but what they are called by.
  return { score, verdict: replaced < 2 && !isSwapped && score >= 0.75 ? 'near' : 'other' }
}

/**
 * Half of the name and more, in one piece and with nothing else: the rest of the ring is covered or was cut off. Before it only a place may be
 * lost (厦门, 厦门市湖里区): what an enterprise is called by stands behind that, and 进出口有限公司 alone is anybody's.
 */
export function isStretchOfName(text: string | null, expected: string): boolean {
  const [read, wanted] = [fromStart(plain(text ?? '')), plain(expected)]
  const lost = read === '' ? -1 : wanted.indexOf(read)
  return (
    lost >= 0 &&
    read.length * 2 >= wanted.length &&
    /^(?:\p{Script=Han}{1,4}?[省市区县州])*\p{Script=Han}{0,2}$/u.test(wanted.slice(0, lost))
  )
}

/** The name with one of its glyphs read twice in a row: two looks at the ring overlap there, or its first glyph closes it. */
export function repeatsGlyphOfName(text: string | null, expected: string): boolean {
  const [read, wanted] = [Array.from(fromStart(plain(text ?? ''))), plain(expected)]
  return read.some((glyph, at) => glyph === read[at + 1] && read.toSpliced(at, 1).join('') === wanted)
}

const plain = (text: string) => text.normalize('NFKC').replace(/[^\p{Letter}\p{Number}]/gu, '')
/** A ring is round: where the number at its bottom stands amid what was read, the name begins behind it. */
const fromStart = (ring: string) => ring.replace(/^(.*?)\d{3}[\dA-Z]*(.*)$/u, '$2$1').replace(/\d+$/u, '')
const branch = /分公|分店|办事处|代表处/u
const isWhole = (text: string) => /(公司|店|处)$/u.test(text)

/**
 * Glyphs in common in their order, the longest stretch where glyphs of the name gave way to as many others, and whether two in a row were lost in
 * one place and two that the name has not at all stand in another.
 */
function align(read: readonly string[], wanted: readonly string[]): { common: number; replaced: number; isSwapped: boolean } {
  // commonFrom[i][j]: the longest common subsequence of what follows from i and from j.
  const commonFrom = Array.from({ length: read.length + 1 }, () => Array.from({ length: wanted.length + 1 }, () => 0))
  const at = (i: number, j: number) => commonFrom[i]?.[j] ?? 0
  for (let i = read.length - 1; i >= 0; i -= 1)
    for (let j = wanted.length - 1; j >= 0; j -= 1)
      commonFrom[i]![j] = read[i] === wanted[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  let [i, j, foreign, lost, replaced] = [0, 0, 0, 0, 0]
  let [strange, mostStrange, mostLost] = [0, 0, 0]
  while (i < read.length || j < wanted.length) {
    if (i < read.length && j < wanted.length && read[i] === wanted[j] && at(i, j) === at(i + 1, j + 1) + 1) {
      ;[i, j, foreign, lost, strange] = [i + 1, j + 1, 0, 0, 0]
      continue
    }
    if (j >= wanted.length || (i < read.length && at(i + 1, j) >= at(i, j + 1))) {
      if (!wanted.includes(read[i]!)) strange += 1
      ;[i, foreign] = [i + 1, foreign + 1]
    } else [j, lost] = [j + 1, lost + 1]
    replaced = Math.max(replaced, Math.min(foreign, lost))
    ;[mostStrange, mostLost] = [Math.max(mostStrange, strange), Math.max(mostLost, lost)]
  }
  return { common: at(0, 0), replaced, isSwapped: mostStrange >= 2 && mostLost >= 2 }
}
