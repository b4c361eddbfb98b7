import type { InkMap } from './map-ink.ts'

/** Share of the pixels along a line that are inked, within `slack` pixels to either side of it. */
export const along = (map: InkMap, x: number, y: number, length: number, upright: boolean, slack: number): number => {
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

/** Share of a rectangle's pixels that are inked. */
export const density = (map: InkMap, x: number, y: number, width: number, height: number, plane = map.ink): number => {
  let hits = 0
  let asked = 0
  for (let row = Math.max(0, Math.round(y)); row < Math.min(map.height, Math.round(y + height)); row++)
    for (let column = Math.max(0, Math.round(x)); column < Math.min(map.width, Math.round(x + width)); column++) {
      asked++
      if (plane[row * map.width + column] !== 0) hits++
    }
  return asked ? hits / asked : 0
}
