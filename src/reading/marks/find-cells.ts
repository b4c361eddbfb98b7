import type { Cell, Raster } from '../page.ts'
import { kernels, runKernel, takeBlank, takeNumbers, takeWords } from '../pixels/kernels.ts'
import { levelLight } from '../pixels/level-light.ts'
import type { Plane } from '../pixels/plane.ts'
import { findBanners } from './find-banners.ts'
import { findLines } from './find-lines.ts'
import { type Rule, transposePlane } from './find-rules.ts'
import { inkAlong, lineAlong, traceAt } from './trace-line.ts'

/** Pixels along the shorter side of the page on which lines are looked for. */
const workSide = 800
const mostCells = 400
/** A map of the page: free ground, ruled lines, and ground already given to a cell. */
interface Ground {
  readonly width: number
  readonly height: number
  readonly walls: Uint8Array
}

const wall = (ground: Ground, x: number, y: number): void => {
  const column = Math.round(x)
  const row = Math.round(y)
  if (column >= 0 && row >= 0 && column < ground.width && row < ground.height) ground.walls[row * ground.width + column] = 1
}

/** Builds a wall along a path, closed against leaks over a corner: each step is joined to the one before. */
const build = (ground: Ground, rule: Rule, upright: boolean): void => {
  let before = rule.heights[0]!
  for (let i = 0; i < rule.heights.length; i++) {
    const height = rule.heights[i]!
    const high = Math.round(Math.max(before, height))
    for (let at = Math.round(Math.min(before, height)); at <= high; at++) {
      if (upright) wall(ground, at, rule.start + i)
      else wall(ground, rule.start + i, at)
    }
    before = height
  }
}

interface End {
  readonly x: number
  readonly y: number
  readonly slope: number
}

const ends = (rule: Rule): { head: End; tail: End } => {
  const { heights, start } = rule
  const last = heights.length - 1
  const span = Math.min(last, 80)
  const slope = (a: number, b: number) => Math.max(-0.04, Math.min(0.04, (heights[b]! - heights[a]!) / Math.max(1, b - a)))
  return {
    head: { x: start, y: heights[0]!, slope: slope(0, span) },
    tail: { x: start + last, y: heights[last]!, slope: slope(last - span, last) },
  }
}

/**
 * Joins pieces of one line over breaks up to `reach` pixels, and over longer ones up to `far` where there is ink all the way:
 * print or the ring of a grey seal lies over the line.
 */
const bridge = (
  plane: Plane,
  rules: readonly Rule[],
  reach: number,
  far: number,
  least: number,
  isOpening: (piece: Rule) => boolean = () => false,
): Rule[] => {
  const marked = rules.map((rule) => ({ rule, ...ends(rule) })).toSorted((a, b) => a.head.x - b.head.x)
  const bridges: Rule[] = []
  for (const left of marked)
    for (const right of marked) {
      const distance = right.head.x - left.tail.x
      if (distance > far) break
      if (distance <= 0) {
        // Pieces of one line that run beside each other for a while: no gap may stay between them.
        const level = left.rule.heights[right.head.x - left.head.x]
        if (left !== right && level !== undefined && Math.abs(level - right.head.y) < 4)
          bridges.push({ start: right.head.x, heights: Float32Array.of(level, right.head.y) })
        continue
      }
      // A piece beside it goes on: the blank is behind that, and its ink would fill the bridge.
      if (marked.some((other) => goesOn(other, left))) break
      const miss = Math.abs(left.tail.y + ((left.tail.slope + right.head.slope) / 2) * distance - right.head.y)
      if (miss > 2 + distance * 0.03) continue
      const heights = new Float32Array(distance + 1)
      for (let i = 0; i <= distance; i++) heights[i] = left.tail.y + ((right.head.y - left.tail.y) * i) / distance
      const piece = { start: left.tail.x, heights }
      const isInked = () => inkAlong(plane, piece) > 0.75 || lineAlong(plane, piece, least / 2, 'one') > 0.75
      if (distance > reach ? isInked() : !isOpening(piece)) bridges.push(piece)
      // What lies behind the next piece of the line is bridged from that.
      break
    }
  return bridges
}

type Marked = { readonly rule: Rule; readonly head: End; readonly tail: End }

const goesOn = (other: Marked, { tail }: Marked): boolean =>
  other.head.x <= tail.x && other.tail.x > tail.x && Math.abs(other.rule.heights[tail.x - other.head.x]! - tail.y) < 4

const aside = [0, 1, -1, 2, -2, 3, -3]

/** How much darker than the paper on both sides ink is that goes on behind the end of a line, on average, and on so much of its way. */
const [trace, traced, mostlyTraced] = [6, 3, 0.75]

/** Lengthens a line's ends to a wall that stands across within `reach` pixels, or within `far` where fainter ink goes on all the way. */
const lengthen = (
  plane: Plane,
  rules: readonly Rule[],
  reach: number,
  far: number,
  isWall: (along: number, across: number) => boolean,
): Rule[] => {
  const pieces: Rule[] = []
  for (const rule of rules) {
    const { head, tail } = ends(rule)
    for (const [end, direction] of [
      [head, -1],
      [tail, 1],
    ] as const) {
      const path = [end.y]
      let [drift, sum, hits] = [0, 0, 0]
      for (let step = 1; step <= far; step++) {
        const x = end.x + direction * step
        const y = end.y + end.slope * direction * step + drift
        const { row, both } = traceAt(plane, x, Math.round(y))
        sum += both
        if (both >= traced) {
          hits++
          drift += (row - y) * 0.1
        }
        if (step > reach && (sum < trace * step || hits < mostlyTraced * step)) break
        path.push(y)
        // At a corner the other line may begin a little to the side.
        if (!aside.some((away) => isWall(x, Math.round(y) + away))) continue
        pieces.push({ start: Math.min(end.x, x), heights: Float32Array.from(direction > 0 ? path : path.toReversed()) })
        break
      }
    }
  }
  return pieces
}

/** Whether a bridge goes on from this end of a rule. */
const isBridged = (at: number, bridges: readonly Rule[]): boolean =>
  bridges.some(({ start, heights }) => start === at || start + heights.length - 1 === at)

/** A blank of this share between the end of a line and the next line of the form is left by no printer. */
const mostBlank = 0.25

/**
 * Strokes of characters below each other (别 over 证) or of a large hand make upright lines that end before the level line of
 * their row. What hangs so is cut off, up to the level line that the rest reaches; null when nothing is left.
 */
const withoutPrint = (
  turned: Plane,
  rule: Rule,
  bridges: readonly Rule[],
  reach: number,
  unit: number,
  isWall: (x: number, y: number) => boolean,
): Rule | null => {
  const length = rule.heights.length
  const crossed = Array.from(rule.heights, (across, i) => (isWall(Math.round(across), rule.start + i) ? i : -1)).filter((i) => i >= 0)
  const { head, tail } = ends(rule)
  /** How far the next wall is beyond an end, when there is none but paper between; 0 otherwise. */
  const blankBeyond = (end: End, direction: 1 | -1): number => {
    if (isBridged(end.x, bridges)) return 0
    for (let step = 0; step <= reach; step++) {
      if (!isWall(Math.round(end.y), end.x + direction * step)) continue
      const start = Math.min(end.x, end.x + direction * step)
      return inkAlong(turned, { start, heights: new Float32Array(step + 1).fill(end.y) }) < 0.5 ? step : 0
    }
    return 0
  }
  const [before, behind] = [blankBeyond(head, -1), blankBeyond(tail, 1)]
  const least = 0.8 * unit
  if (crossed.length === 0) {
    const most = Math.max(before, behind)
    const hangs = Math.min(before, behind) > least || (most > least && most > mostBlank * (length + before + behind))
    return hangs ? null : rule
  }
  const [first, last] = [crossed[0]!, crossed.at(-1)!]
  const from = before > least && before > mostBlank * (first + before) ? first : 0
  const to = behind > least && behind > mostBlank * (length - 1 - last + behind) ? last : length - 1
  return { start: rule.start + from, heights: rule.heights.slice(from, to + 1) }
}

/** So many rows that an upright line crosses tell a table; from one of its lines to the next its side goes no further aside. */
const fewestRows = 2
const aslant = 0.03
/** Strokes of letters are shorter, in units. */
const leastOpen = 20

/** The end of a level line that meets nothing, and where its other end is. */
interface OpenEnd extends End {
  readonly opposite: number
}

/**
 * The sides of tables that are drawn without them, or that lie beyond the edge of the picture: level lines that end below each other
 * with nothing there, and hang together by an upright line elsewhere.
 */
const closeSides = (
  level: readonly Rule[],
  bridges: readonly Rule[],
  upright: readonly Rule[],
  unit: number,
  isWall: (x: number, y: number) => boolean,
): Rule[] => {
  const reach = Math.round(3.2 * unit)
  const isShut = ({ x, y }: End, direction: 1 | -1): boolean =>
    isBridged(x, bridges) || Array.from({ length: 2 * reach }, (_, step) => x + direction * (step - reach)).some((at) => isShutAt(at, y))
  // Where a line is bent it comes in pieces that begin beside each other.
  const goesFurther = ({ x, y }: End, direction: 1 | -1): boolean =>
    level.some(({ start, heights }) => {
      const [first, last] = [start, start + heights.length - 1]
      const beyond = direction > 0 ? last > x && first <= x + reach : first < x && last >= x - reach
      return beyond && Math.abs(heights[Math.max(0, Math.min(last, x + direction * reach) - first)]! - y) < unit
    })
  // A line of the table itself is a wall too: an upright one goes on above it or below.
  const isShutAt = (x: number, y: number): boolean => [-4, 4].some((away) => isWall(x, Math.round(y) + away))
  const spanning = (one: End, other: End): Rule[] =>
    upright.filter(({ start, heights }) => start <= one.y + reach && start + heights.length - 1 >= other.y - reach)
  const joins = (one: End, other: End): boolean => spanning(one, other).length > 0
  // Level lines that are broken off by a hair go on to the side of the table.
  const isWithin = (one: End, other: End, direction: 1 | -1): boolean =>
    spanning(one, other).some(({ heights }) => (heights[heights.length >> 1]! - one.x) * direction > reach)
  // A line that goes through between them is of a table that does not end here.
  const isParted = (one: End, other: End): boolean =>
    level.some(({ start, heights }) => {
      const y = heights[Math.round(one.x) - start]
      return y !== undefined && y > one.y + unit && y < other.y - unit
    })
  return ([1, -1] as const).flatMap((direction) => {
    const open = level
      .filter(({ heights }) => heights.length >= leastOpen * unit)
      .map((rule): OpenEnd => {
        const { head, tail } = ends(rule)
        return direction > 0 ? { ...tail, opposite: head.x } : { ...head, opposite: tail.x }
      })
      .filter((end) => !goesFurther(end, direction) && !isShut(end, direction))
      .toSorted((one, other) => one.y - other.y)
    const sides: OpenEnd[][] = []
    for (const end of open) {
      const side = sides.find((own) => {
        const last = own.at(-1)!
        const aside = 1.5 * unit + aslant * (end.y - last.y)
        // A row of one cell has no line across.
        const isAlike = Math.abs(end.opposite - last.opposite) < aside
        return Math.abs(end.x - last.x) < aside && !isParted(last, end) && (isAlike || joins(last, end))
      })
      if (side) side.push(end)
      else sides.push([end])
    }
    const pairsOf = (side: readonly OpenEnd[]) => side.slice(1).map((end, at) => [side[at]!, end] as const)
    return sides
      .filter((side) => pairsOf(side).filter(([one, other]) => joins(one, other)).length >= fewestRows)
      .filter((side) => !pairsOf(side).some(([one, other]) => isWithin(one, other, direction)))
      .flatMap((side) => pairsOf(side).map(([one, other]) => between(one, other)))
  })
}

/** The straight upright line from one end down to another. */
const between = (one: End, other: End): Rule => {
  const [start, length] = [Math.round(one.y), Math.max(1, Math.round(other.y) - Math.round(one.y) + 1)]
  return { start, heights: Float32Array.from({ length }, (_, i) => one.x + ((other.x - one.x) * i) / length) }
}

interface Region {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly area: number
  readonly sumY: number
}

/**
 * Every piece of ground between the walls, in the order in which its first pixel is met. Runs of free pixels are joined to
 * those that they touch in the row above: a tenth of the cost of going from pixel to pixel.
 */
const flood = ({ width, height, walls }: Ground): Region[] => {
  const most = Math.ceil(width / 2) * height
  // Of each run: its first column, the one behind its last, and the first run that it hangs together with.
  const [starts, ends, groups] = [takeWords(most), takeWords(most), takeWords(most)]
  const rows = takeWords(height + 1)
  let count = 0
  runKernel([walls], [starts, ends, groups, rows], (map, ...to) => (count = kernels.groupRuns(map, width, height, ...to)))
  const facts = takeNumbers(count * 6)
  runKernel([starts, ends, rows], [groups, facts], (first, last, at, ...to) => kernels.boundGroups(first, last, at, height, ...to))
  return Array.from({ length: count }, (_, region) => {
    const [left, right, top, bottom, area, sumY] = facts.subarray(region * 6, region * 6 + 6) as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    return { left, top, right, bottom, area, sumY }
  })
}

/**
 * Finds the cells of ruled tables: ground shut in by lines on all sides. Lines may be broken, faint, bent or tilted by up to
 * 1.5 degrees; cells may be joined. An underline shuts nothing in, and red ink is no line. Empty for a page without a table.
 * Cells come in reading order, boxes in pixels of the raster.
 */
export const findCells = (raster: Raster): Cell[] => {
  const page = levelLight(raster, workSide)
  const { width, height, factor, black } = page
  if (width < 60 || height < 60) return []
  const unit = Math.min(width, height) / 210
  const turned = transposePlane(black)
  const banners = findBanners(black, unit)
  const { least, level: lines, upright } = findLines(black, turned, unit)
  const level = [...lines, ...banners.flatMap(({ top, bottom }) => [top, bottom])]
  if (level.length < 2 || upright.length === 0) return []
  const ground: Ground = { width, height, walls: takeBlank(width * height) }
  const spans = bridge(black, level, Math.round(7 * unit), Math.round(40 * unit), least)
  for (const rule of [...level, ...spans]) build(ground, rule, false)
  const { walls } = ground
  const isWall = (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height && walls[y * width + x] === 1
  // An upright line that ends at one level line and goes on from the next, without ink between, was not drawn there: a cell of a low row spans both columns.
  const isAtWall = (across: number, along: number) => aside.some((away) => isWall(Math.round(across), along + away))
  const isOpening = (piece: Rule) =>
    piece.heights.length > 2 * unit &&
    isAtWall(piece.heights[0]!, piece.start) &&
    isAtWall(piece.heights.at(-1)!, piece.start + piece.heights.length - 1) &&
    (lineAlong(turned, piece, least / 2, 'both') < 0.35 || isThroughBanner(piece))
  const isThroughBanner = ({ start, heights }: Rule): boolean => {
    const [along, across] = [start + (heights.length >> 1), Math.round(heights[heights.length >> 1]!)]
    return banners.some(({ top, bottom }) => along > top.heights[across - top.start]! && along < bottom.heights[across - top.start]!)
  }
  const [reach, far] = [Math.round(3.2 * unit), Math.round(40 * unit)]
  const bridges = bridge(turned, upright, Math.round(5 * unit), Math.round(40 * unit), least, isOpening).filter(
    (piece) => !isThroughBanner(piece),
  )
  const drawn = upright.map((rule) => withoutPrint(turned, rule, bridges, reach, unit, isWall)).filter((rule) => rule !== null)
  for (const rule of [...drawn, ...bridges]) build(ground, rule, true)
  for (const rule of lengthen(black, level, reach, far, isWall)) build(ground, rule, false)
  for (const rule of lengthen(turned, drawn, reach, far, (along, across) => isWall(across, along))) build(ground, rule, true)
  for (const rule of closeSides(level, spans, drawn, unit, isWall)) build(ground, rule, true)

  const cells: Cell[] = []
  for (const region of flood(ground)) {
    const { left, top, right, bottom, area } = region
    const across = right - left + 1
    const down = bottom - top + 1
    if (left === 0 || top === 0 || right === width - 1 || bottom === height - 1) continue
    if (across < 4 * unit || down < 3.2 * unit || area < 30 * unit * unit) continue
    const slack = Math.min(1, down / (down + 0.03 * across)) * 0.78
    if (area < across * down * slack) continue
    const mean = area / across
    const middle = region.sumY / area + 0.5
    cells.push({
      box: {
        x: left * factor,
        y: Math.round((middle - mean / 2) * factor),
        width: across * factor,
        height: Math.round(mean * factor),
      },
    })
    if (cells.length >= mostCells) break
  }
  return cells.toSorted((a, b) => a.box.y - b.box.y || a.box.x - b.box.x)
}
