/** Small questions about rectangles, in pixels of the upright page. */
import type { Rectangle } from '../../page.ts'

export const right = (box: Rectangle): number => box.x + box.width
export const bottom = (box: Rectangle): number => box.y + box.height
export const middleX = (box: Rectangle): number => box.x + box.width / 2
export const middleY = (box: Rectangle): number => box.y + box.height / 2
export const area = (box: Rectangle): number => box.width * box.height
/** The same with a margin on every side. */
export const widen = ({ x, y, width, height }: Rectangle, by: number): Rectangle => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
})

/** How much two boxes stand on one row: 1 when the lower one lies wholly within the height of the other. */
export function rowOverlap(one: Rectangle, other: Rectangle): number {
  const shared = Math.min(bottom(one), bottom(other)) - Math.max(one.y, other.y)
  return shared / Math.max(1, Math.min(one.height, other.height))
}

/** How much two boxes stand in one column: 1 when the narrower one lies wholly within the width of the other. */
export function columnOverlap(one: Rectangle, other: Rectangle): number {
  const shared = Math.min(right(one), right(other)) - Math.max(one.x, other.x)
  return shared / Math.max(1, Math.min(one.width, other.width))
}

export function contains(outer: Rectangle, inner: Rectangle): boolean {
  const x = middleX(inner)
  const y = middleY(inner)
  return x >= outer.x && x <= right(outer) && y >= outer.y && y <= bottom(outer)
}

export function join(boxes: readonly Rectangle[]): Rectangle {
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  return {
    x,
    y,
    width: Math.max(...boxes.map(right)) - x,
    height: Math.max(...boxes.map(bottom)) - y,
  }
}

/** Whether two rectangles share any ground. */
export const meets = (one: Rectangle, other: Rectangle): boolean =>
  one.x < right(other) && other.x < right(one) && one.y < bottom(other) && other.y < bottom(one)
