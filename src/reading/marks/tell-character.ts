import type { Square } from './find-squares.ts'
import type { InkMap } from './map-ink.ts'
import { along, density } from './measure-ink.ts'

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

/** How full a block is, and how large in pixels at least. */
const [full, leastBlock] = [0.92, 5]

/** Whether all ink of a room is one black block: ▣ is a marked box, the square within 回 is hollow. */
const isBlock = (map: InkMap, room: { x: number; y: number; width: number; height: number }): boolean => {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let y = room.y; y < room.y + room.height; y++)
    for (let x = room.x; x < room.x + room.width; x++)
      if (map.ink[y * map.width + x]) {
        left = Math.min(left, x)
        right = Math.max(right, x)
        top = Math.min(top, y)
        bottom = Math.max(bottom, y)
      }
  const [width, height] = [right - left + 1, bottom - top + 1]
  return Math.min(width, height) >= leastBlock && density(map, left, top, width, height) >= full
}

/**
 * Whether a square is a character (口 日 回 田 国…) and not a box: its side strokes stick out below, or it holds level or upright
 * strokes. A tick, a cross and a scribble have neither, and a fill has them everywhere.
 */
export const isCharacter = (map: InkMap, { x, y, side, height }: Square, thick: number): boolean => {
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
  if (inner > 0.6 || isBlock(map, { x: x + inset, y: y + inset, width: across, height: down })) return false
  // The sides' own blur is kept out of it; in a small box a slanted stroke is soon as long as a level one.
  const share = side < 22 ? 0.8 : 0.7
  // Where the strokes of a cross meet is a long run too, but there they are still apart a little above and below.
  const away = Math.max(3, Math.round(side * 0.18))
  const isMeeting = (line: number, upright: boolean) => {
    const ink = (offset: number) =>
      upright ? along(map, line + offset, y + inset, down, true, 0) : along(map, x + inset, line + offset, across, false, 0)
    return ink(-away) + ink(away) > 0.8
  }
  for (let at = 0.28; at <= 0.72; at += 1 / side) {
    const row = Math.round(y + height * at)
    if (longestRun(map, x + inset, row, across, false) >= across * share && !isMeeting(row, false)) return true
    // The long leg of a printed √ is nearly upright.
    const column = Math.round(x + side * at)
    if (longestRun(map, column, y + inset, down, true) >= down * 0.88 && !isMeeting(column, true)) return true
  }
  return false
}
