/** The text on the ring of a company seal (公章) against the name that it should carry. */

export interface SealComparison {
  /** 0…1: the share of the expected name that was read in its order, less what else was read. */
  readonly score: number
  readonly verdict: 'match' | 'near' | 'other' | 'unreadable'
}

/** Compares what was read of a ring with the expected enterprise name; the number at the bottom of the seal does not count. */
export function compareSealText(text: string | null, expected: string): SealComparison {
  const read = plain(text ?? '').replace(/\d+$/u, '')
  const wanted = plain(expected)
  if (read.length < 4 || wanted.length === 0) return { score: 0, verdict: 'unreadable' }
  if (read === wanted) return { score: 1, verdict: 'match' }
  const common = longestCommon(read, wanted)
  const score = common / Math.max(read.length, wanted.length)
  const foreign = read.length - common
  // Hardly anything but glyphs of the name was read: a ring read in part, not another one.
  if (foreign <= 1) return { score, verdict: score >= 0.75 ? 'near' : 'unreadable' }
  return { score, verdict: foreign === 2 && score >= 0.8 ? 'near' : 'other' }
}

const plain = (text: string) => text.normalize('NFKC').replace(/[^\p{Letter}\p{Number}]/gu, '')

/** Length of the longest common subsequence. */
function longestCommon(left: string, right: string): number {
  let row: number[] = Array.from({ length: right.length + 1 }, () => 0)
  for (const character of left) {
    const next = [0]
    for (const [index, other] of Array.from(right).entries())
      next.push(character === other ? (row[index] ?? 0) + 1 : Math.max(row[index + 1] ?? 0, next[index] ?? 0))
    row = next
  }
  return row.at(-1) ?? 0
}
