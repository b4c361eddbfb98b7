/** A value begun wrong by hand, struck out, and written again behind it. */
import type { FormStyle } from './form-style.ts'
import type { Pen, Rect, Sheet } from './sheet.ts'

/** Draws the wrong beginning at the left of `rect` and returns the room that it took; 0 when nothing was struck out. */
export function strikeOut(sheet: Sheet, style: FormStyle, text: string, [x, y, width, height]: Rect, pen: Pen): number {
  if (style.corrections === 0 || sheet.widgets !== null || !sheet.random.chance(style.corrections)) return 0
  const wrong = Array.from(text).slice(0, 3).toReversed().join('')
  const taken = sheet.measure(wrong, pen)
  if (taken + sheet.measure(text, pen) > width * 0.86) return 0
  const baseline = y + height / 2 + pen.size * 0.35
  const end = sheet.text(wrong, x + 4, baseline, pen)
  for (const lift of [0.28, 0.42]) {
    const level = baseline - pen.size * (lift + sheet.random.bell() * 0.03)
    sheet.line(x + 1, level + sheet.random.bell(), end + 3, level + sheet.random.bell(), 1.1, pen.color ?? '#000')
  }
  return end + 4 - x
}
