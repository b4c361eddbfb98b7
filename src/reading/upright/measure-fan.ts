/**
 * Lines of a sheet that was seen aslant fan out from a point far beside it. Where the corners of the sheet do not tell how it lies, they
 * do: how much the slope of lines changes down the page says how far away that point is.
 */
import type { Region } from '../engine/measure-regions.ts'

export interface Fan {
  /** The slope of lines in the middle of the page. */
  readonly slope: number
  /** By how much the slope of lines grows for each pixel downwards. */
  readonly growth: number
}

/** Fewer lines, or on less of the page, tell no fan. */
const [fewest, leastReach] = [8, 0.35]
/** From the first line to the last the slope changes by this at least: less moves the far end of a line by less than its height. */
const leastChange = 0.05
/** A fan further open than this is a misreading of lines that lie every way. */
const mostChange = 0.7
/** Lines are this much nearer to the fan than to one slope, and what is so many times as far off as the middle one is of something else. */
const [nearer, outlying] = [0.6, 3]

/** Null where the lines are parallel, or too few to tell. Regions lie along their text, on a page of this height. */
export function measureFan(regions: readonly Region[], height: number): Fan | null {
  const lines = regions
    .filter((region) => region.width > region.height * 4 && Math.abs(region.angle) < 0.6)
    .map(({ y, width, angle }) => ({ down: y - height / 2, slope: Math.tan(angle), weight: width }))
  if (lines.length < fewest) return null
  const places = lines.map(({ down }) => down)
  const reach = Math.max(...places) - Math.min(...places)
  if (reach < leastReach * height) return null
  const offOf = (fan: Fan) => lines.map((line) => Math.abs(line.slope - fan.slope - fan.growth * line.down))
  let kept = lines
  let fan: Fan = { slope: 0, growth: 0 }
  for (let round = 0; round < 3; round++) {
    fan = fitLine(kept)
    const off = offOf(fan)
    const limit = outlying * Math.max(middle(off), 0.002)
    kept = lines.filter((_, at) => off[at]! <= limit)
    if (kept.length < fewest) return null
  }
  const change = Math.abs(fan.growth) * reach
  const parallel = { slope: middle(lines.map(({ slope }) => slope)), growth: 0 }
  return change > leastChange && change < mostChange && middle(offOf(fan)) < nearer * middle(offOf(parallel)) ? fan : null
}

/** By least squares, each line weighing as much as it is long. */
function fitLine(lines: readonly { readonly down: number; readonly slope: number; readonly weight: number }[]): Fan {
  const sum = (of: (line: (typeof lines)[number]) => number): number => lines.reduce((all, line) => all + line.weight * of(line), 0)
  const weight = sum(() => 1)
  const [down, slope] = [sum((line) => line.down) / weight, sum((line) => line.slope) / weight]
  const spread = sum((line) => (line.down - down) ** 2)
  const growth = spread === 0 ? 0 : sum((line) => (line.down - down) * (line.slope - slope)) / spread
  return { slope: slope - growth * down, growth }
}

const middle = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0
