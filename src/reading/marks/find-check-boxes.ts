import type { Cell, CheckBox, Raster, Rectangle } from '../page.ts'
import { type InkMap, mapInk } from './map-ink.ts'

/** Sides of printed boxes in millimetres; on a picture whose sheet fills only part of the width they are up to a third smaller. */
const leastSide = 2
const mostSide = 5.4
const mostBoxes = 120
/** A hatched or dotted page holds more squares than these; they are not looked through. */
const mostSquares = 20_000

interface Run {
  readonly row: number
  readonly from: number
  readonly to: number
}

/** Level strokes of a box side's length: dark runs that bridge single light pixels. */
const levelRuns = ({ width, height, ink }: InkMap, least: number, most: number): Run[][] => {
  const rows: Run[][] = []
  for (let y = 0; y < height; y++) {
    const runs: Run[] = []
    const row = y * width
    for (let x = 0; x < width; x++) {
      if (ink[row + x] === 0) continue
      const from = x
      let last = x
      while (x + 1 < width && (ink[row + x + 1] !== 0 || (x + 2 < width && ink[row + x + 2] !== 0))) {
        x++
        if (ink[row + x] !== 0) last = x
      }
      const length = last - from + 1
      if (length >= least && length <= most) runs.push({ row: y, from, to: last })
    }
    rows.push(runs)
  }
  return rows
}

/** Share of the pixels along a line that are inked, within `slack` pixels to either side of it. */
const along = (map: InkMap, x: number, y: number, length: number, upright: boolean, slack: number): number => {
  let hits = 0
  for (let i = 0; i < length; i++) {
    for (let aside = -slack; aside <= slack; aside++) {
      const column = upright ? x + aside : x + i
      const row = upright ? y + i : y + aside
      if (column < 0 || row < 0 || column >= map.width || row >= map.height || map.ink[row * map.width + column] === 0) continue
      hits++
      break
    }
  }
  return hits / length
}

interface Square {
  readonly x: number
  readonly y: number
  readonly side: number
  readonly height: number
  readonly merit: number
}

/** The outermost place from `x` on, at most `reach` pixels away, where an upright side stands about as well as anywhere there. */
const findUpright = (map: InkMap, x: number, direction: 1 | -1, reach: number, y: number, height: number) => {
  const slack = map.unit > 6 ? 2 : 1
  if (reach === 0) return { x, share: along(map, x, y, height, true, slack) }
  const sharp = Array.from({ length: reach + 1 }, (_, step) => along(map, x + direction * step, y, height, true, 0))
  const most = Math.max(...sharp)
  const at = x + direction * sharp.findIndex((share) => share >= most - 0.15)
  return { x: at, share: most < 0.3 ? 0 : along(map, at, y, height, true, slack) }
}

/**
 * Squares whose four sides are inked: two level strokes above each other with two upright ones near their ends. A cross or a
 * tick makes the strokes longer than the sides.
 */
const findSquares = (map: InkMap, least: number, most: number): Square[] => {
  const rows = levelRuns(map, least, most * 1.9)
  const squares: Square[] = []
  for (let y = 0; y < map.height; y++)
    for (const top of rows[y]!)
      for (let bottomY = y + Math.round(least * 0.9); bottomY <= Math.min(map.height - 1, y + Math.round(most * 1.08)); bottomY++)
        for (const bottom of rows[bottomY]!) {
          const from = Math.max(top.from, bottom.from)
          const to = Math.min(top.to, bottom.to)
          const height = bottomY - y + 1
          const length = to - from + 1
          if (length < least || length < 0.9 * height || length > 1.6 * height + 2) continue
          const reach = Math.max(0, Math.min(Math.round(height * 0.3), length - Math.round(0.9 * height)))
          const left = findUpright(map, from, 1, reach, y, height)
          if (left.share < 0.85) continue
          const right = findUpright(map, to, -1, reach, y, height)
          if (right.share < 0.85) continue
          const side = right.x - left.x + 1
          if (side < least || side > most || Math.abs(side - height) > 1 + 0.05 * side) continue
          const excess = (top.to - top.from + bottom.to - bottom.from + 2) / side - 2
          squares.push({ x: left.x, y, side, height, merit: left.share + right.share - excess })
          if (squares.length > mostSquares) return squares
        }
  return squares
}

const overlap = (a: Square, b: Square): number => {
  const width = Math.min(a.x + a.side, b.x + b.side) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? (width * height) / Math.min(a.side * a.height, b.side * b.height) : 0
}

/** One square for each place: the outermost of those that are about as well drawn, for strokes have breadth. */
const thinOut = (squares: readonly Square[]): Square[] => {
  const kept: Square[] = []
  for (const square of squares.toSorted((a, b) => b.merit - a.merit + (b.side + b.height - a.side - a.height) / 30)) {
    if (kept.length >= mostBoxes * 4) break
    if (!kept.some((other) => overlap(other, square) > 0.3)) kept.push(square)
  }
  return kept
}

const density = (map: InkMap, x: number, y: number, width: number, height: number, plane = map.ink): number => {
  let hits = 0
  let asked = 0
  for (let row = Math.max(0, Math.round(y)); row < Math.min(map.height, Math.round(y + height)); row++)
    for (let column = Math.max(0, Math.round(x)); column < Math.min(map.width, Math.round(x + width)); column++) {
      asked++
      if (plane[row * map.width + column] !== 0) hits++
    }
  return asked ? hits / asked : 0
}

/** Thickness of the left and the upper side, in pixels: how far ink goes inwards on at least half of the side. */
const thickness = (map: InkMap, { x, y, side, height }: Square): number => {
  let steps = 0
  while (steps < side / 2 && along(map, x + steps, y + 2, Math.max(1, height - 4), true, 0) > 0.5) steps++
  let down = 0
  while (down < height / 2 && along(map, x + 2, y + down, Math.max(1, side - 4), false, 0) > 0.5) down++
  return Math.max(1, Math.min(steps, down))
}

/** The longest unbroken run of ink on a row or a column. */
const longestRun = (map: InkMap, x: number, y: number, length: number, upright: boolean): number => {
  let longest = 0
  let run = 0
  for (let i = 0; i < length; i++) {
    run = map.ink[(upright ? y + i : y) * map.width + (upright ? x : x + i)] ? run + 1 : 0
    if (run > longest) longest = run
  }
  return longest
}

/**
 * Whether a square is a character (口 日 回 田 国…) and not a box: its side strokes stick out below, or it holds level or upright
 * strokes. A tick, a cross and a scribble have neither, and a fill has them everywhere.
 */
const isCharacter = (map: InkMap, { x, y, side, height }: Square, thick: number): boolean => {
  const inset = thick + (map.unit > 6 ? 2 : 1)
  const across = side - 2 * inset
  const down = height - 2 * inset
  if (across < 3 || down < 3) return false
  const inner = density(map, x + inset, y + inset, across, down)
  // 口 stands on two feet: its upright strokes go on below the lower one, with nothing between them. So do the ends of a cross.
  const foot = Math.max(2, Math.round(side * 0.1))
  const below = y + height + (map.unit > 6 ? 1 : 0)
  const leftFoot = density(map, x - 1, below, thick + 2, foot)
  const rightFoot = density(map, x + side - thick - 1, below, thick + 2, foot)
  const between = density(map, x + side * 0.3, below, side * 0.4, foot)
  if (inner < 0.05 && leftFoot > 0.3 && rightFoot > 0.3 && between < 0.1) return true
  if (inner > 0.6) return false
  // The sides' own blur is kept out of it; in a small box a slanted stroke is soon as long as a level one.
  const share = side < 22 ? 0.8 : 0.7
  for (let at = 0.28; at <= 0.72; at += 1 / side) {
    if (longestRun(map, x + inset, Math.round(y + height * at), across, false) >= across * share) return true
    // The long leg of a printed √ is nearly upright.
    if (longestRun(map, Math.round(x + side * at), y + inset, down, true) >= down * 0.88) return true
  }
  return false
}

/** Shares of the four ways along a square, right outside of it, that are inked: a mark runs out here and there, a character goes on. */
const surroundings = (map: InkMap, { x, y, side, height }: Square): number[] => {
  const away = map.unit > 6 ? 3 : 2
  return [
    along(map, x, y - away, side, false, 0),
    along(map, x, y + height - 1 + away, side, false, 0),
    along(map, x - away, y, height, true, 0),
    along(map, x + side - 1 + away, y, height, true, 0),
  ]
}

/**
 * How much ink that hangs together with a square reaches out of it to the left, above and below, in pixels a side. What goes on
 * beyond a tick's reach may be a line of the form or the ring of a seal, and counts for little.
 */
const overhang = (map: InkMap, { x, y, side, height }: Square): number => {
  const reach = Math.round(side * 1.5)
  const left = Math.max(0, x - reach)
  const top = Math.max(0, y - reach)
  const right = Math.min(map.width - 1, x + side + Math.round(side * 0.2))
  const bottom = Math.min(map.height - 1, y + height + reach)
  const columns = right - left + 1
  const seen = new Uint8Array(columns * (bottom - top + 1))
  const near = map.unit > 6 ? 2 : 1
  const isNear = (column: number, row: number) =>
    column >= x - near && column < x + side + near && row >= y - near && row < y + height + near
  const stack: [number, number][] = []
  for (let column = Math.max(left, x - near); column <= Math.min(right, x + side - 1 + near); column++)
    for (let row = Math.max(top, y - near); row <= Math.min(bottom, y + height - 1 + near); row++)
      if (map.ink[row * map.width + column]) stack.push([column, row])
  let out = 0
  let close = 0
  let goesOn = false
  while (stack.length > 0) {
    const [column, row] = stack.pop()!
    const at = (row - top) * columns + column - left
    if (seen[at]) continue
    seen[at] = 1
    if (!isNear(column, row)) {
      if (column === left || row === top || row === bottom) goesOn = true
      if (column < right) out++
      if (column > x - side * 0.6 && column < x + side * 0.7 && row > y - side * 0.6 && row < y + height) close++
    }
    for (let dy = -1; dy <= 1; dy++)
      for (let dx = -1; dx <= 1; dx++) {
        const [nextX, nextY] = [column + dx, row + dy]
        if (nextX >= left && nextX <= right && nextY >= top && nextY <= bottom && map.ink[nextY * map.width + nextX])
          stack.push([nextX, nextY])
      }
  }
  // Where it runs into print beside the box, what is close by may still be a tick, but hardly more than may.
  return goesOn ? Math.min(0.9, (close * 0.5) / side) : out / side
}

/** Whether there is more red ink about a square than a pen leaves there: then it is a seal's. */
const isUnderSeal = (map: InkMap, { x, y, side, height }: Square): boolean => {
  const around = [x - side * 2, y - side * 2, side * 5, height + side * 4] as const
  const area = around[2] * around[3]
  return (density(map, ...around, map.any) - density(map, ...around)) * area > 1.2 * side * side
}

/** How sure it is that ink in and over a box is a mark: none leaves it empty, a little is dirt or the ink of a seal. */
const judgeMark = (map: InkMap, square: Square, thick: number): { checked: boolean; confidence: number } => {
  const { x, y, side, height } = square
  const inset = thick + (map.unit > 6 ? 2 : 1)
  const inside = [x + inset, y + inset, side - 2 * inset, height - 2 * inset] as const
  const black = density(map, ...inside)
  const any = density(map, ...inside, map.any)
  // A red pen ticks as well as another.
  const inner = any > black + 0.02 && isUnderSeal(map, square) ? black : any
  // A tick put before the box touches little more than a corner: it is told by what hangs out.
  const amount = inner / 0.075 + overhang(map, square) / 1.2
  const checked = amount > 1
  const sure = checked ? (amount - 1) / 1.3 : 1 - amount
  return { checked, confidence: Math.round(Math.min(0.99, 0.5 + 0.5 * Math.min(1, sure)) * 100) / 100 }
}

const isInside = (box: Rectangle, cell: Rectangle): boolean =>
  box.x > cell.x && box.y > cell.y && box.x + box.width < cell.x + cell.width && box.y + box.height < cell.y + cell.height

interface Candidate extends CheckBox {
  readonly side: number
  /** Ink right around it, summed over the four sides. */
  readonly crowd: number
}

const weigh = (map: InkMap, square: Square): Candidate | null => {
  const { x, y, side, height } = square
  if (x < 3 || y < 3 || x + side > map.width - 3 || y + height > map.height - 3) return null
  const thick = thickness(map, square)
  const isFilled = density(map, x, y, side, height) > 0.88
  if (!isFilled && (thick > side * 0.22 || isCharacter(map, square, thick))) return null
  const around = surroundings(map, square)
  // A label may begin right behind its box.
  const [above, below, before, behind] = around as [number, number, number, number]
  const crowd = above + below + before + behind * 0.3
  if (around.filter((share) => share > 0.4).length >= 2 || crowd > 1) return null
  const { factor } = map
  const box = { x: x * factor, y: y * factor, width: side * factor, height: height * factor }
  return { box, side, crowd, ...(isFilled ? { checked: true, confidence: 0.9 } : judgeMark(map, square, thick)) }
}

/**
 * The boxes of one form are of one size: where empty ones stand free and clear, what seems a marked one must be as large.
 * Without any, it must at least stand alone.
 */
const belongs = (candidate: Candidate, clear: readonly Candidate[]): boolean => {
  if (!candidate.checked) return candidate.crowd < 0.5
  const alike = clear.filter((box) => clear.some((other) => other !== box && Math.abs(other.side - box.side) <= 1 + 0.04 * box.side))
  if (alike.length === 0) return candidate.crowd < 0.8
  return alike.some(({ side }) => Math.abs(side - candidate.side) <= 1 + 0.1 * side)
}

/**
 * Finds printed check boxes and tells whether a tick, cross or fill stands in them or over them. Boxes in pixels of the raster,
 * in reading order. A table's own cells are none.
 */
export const findCheckBoxes = (raster: Raster, cells: readonly Cell[]): CheckBox[] => {
  if (Math.min(raster.width, raster.height) < 200) return []
  const map = mapInk(raster)
  const least = Math.max(8, Math.round(leastSide * map.unit))
  const most = Math.round(mostSide * map.unit)
  const candidates = thinOut(findSquares(map, least, most))
    .map((square) => weigh(map, square))
    .filter((candidate) => candidate !== null)
    .filter(({ box: { x, y, width, height } }) => {
      const room = { x: x - 4, y: y - 4, width: width + 8, height: height + 8 }
      return !cells.some(({ box }) => isInside(box, room))
    })
  const clear = candidates.filter(({ checked, crowd, confidence }) => !checked && crowd < 0.2 && confidence > 0.75)
  return candidates
    .filter((candidate) => belongs(candidate, clear))
    .slice(0, mostBoxes)
    .map(({ box, checked, confidence }) => ({ box, checked, confidence }))
    .toSorted((a, b) => a.box.y - b.box.y || a.box.x - b.box.x)
}
