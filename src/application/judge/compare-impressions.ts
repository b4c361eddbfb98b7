/**
 * Whether two impressions of a seal are one picture put on two papers. Two stampings differ in turn, in pressure and in the
 * gaps of their ink; one picture does not, whatever scanner or compression it went through.
 */

/** As the reader takes them: 180 angles of 12 cells, 255 where nothing can be told. */
const [angles, radii, unseen] = [180, 12, 255]
/** Papers are stood upright to a fraction of a degree: a picture is turned by two cells at most. */
const mostTurn = 2
/** Cells that are compared together for the pressure: 12° by a quarter of the depth. */
const [wide, deep] = [6, 3]

export interface ComparedImpressions {
  /** How alike ink and gaps are, cell by cell: 1 is the same. */
  readonly likeness: number
  /** By how much the ink of larger patches differs, as a share, once both are equally strong. */
  readonly unevenness: number
}

/** Null when too little of both can be seen. */
export function compareImpressions(one: string, other: string): ComparedImpressions | null {
  const [left, right] = [cellsOf(one), cellsOf(other)]
  if (left.length !== angles * radii || right.length !== angles * radii) return null
  let best: ComparedImpressions | null = null
  for (let turn = -mostTurn; turn <= mostTurn; turn++) {
    const turned = right.map((_, at) => right[(at + turn * radii + right.length) % right.length]!)
    const compared = compareCells(left, turned)
    if (compared && (!best || compared.likeness > best.likeness)) best = compared
  }
  return best
}

const cellsOf = (impression: string): number[] => Array.from(atob(impression), (character) => character.charCodeAt(0))

function compareCells(left: readonly number[], right: readonly number[]): ComparedImpressions | null {
  const seen = left.flatMap((value, at) => (value !== unseen && right[at]! !== unseen ? [at] : []))
  if (seen.length < left.length * 0.6) return null
  const mean = (cells: readonly number[]) => seen.reduce((sum, at) => sum + cells[at]!, 0) / seen.length
  const [meanLeft, meanRight] = [mean(left), mean(right)]
  if (meanLeft < 4 || meanRight < 4) return null
  let [both, squareLeft, squareRight] = [0, 0, 0]
  const patches = new Map<number, [number, number]>()
  for (const at of seen) {
    const [a, b] = [left[at]! / meanLeft, right[at]! / meanRight]
    both += (a - 1) * (b - 1)
    squareLeft += (a - 1) ** 2
    squareRight += (b - 1) ** 2
    const key = Math.floor(at / radii / wide) * radii + Math.floor((at % radii) / deep)
    const [sumLeft, sumRight] = patches.get(key) ?? [0, 0]
    patches.set(key, [sumLeft + a, sumRight + b])
  }
  let [difference, weight] = [0, 0]
  for (const [a, b] of patches.values()) {
    // Patches with hardly any ink tell of noise alone.
    if (a + b < wide * deep * 0.8) continue
    difference += Math.abs(a - b)
    weight += (a + b) / 2
  }
  return { likeness: both / Math.sqrt(squareLeft * squareRight), unevenness: difference / Math.max(1, weight) }
}
