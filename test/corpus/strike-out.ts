/** A value begun wrong, or a number written wrong, struck out by a pen, and put right behind it. */
import type { FormStyle } from './form-style.ts'
import type { Pen, Rect, Sheet } from './sheet.ts'

/** Draws what is wrong at the left of `rect` and returns the room that it took; 0 when nothing was struck out. */
export function strikeOut(sheet: Sheet, style: FormStyle, text: string, [x, y, width, height]: Rect, pen: Pen): number {
  if (style.corrections === 0 || sheet.widgets !== null || !sheet.random.chance(style.corrections)) return 0
  const wrong = /^\d{7,}$/u.test(text)
    ? text.slice(0, 5) + text[6]! + text[5]! + text.slice(7)
    : Array.from(text).slice(0, 3).toReversed().join('')
  const taken = sheet.measure(wrong, pen)
  if (taken + sheet.measure(text, pen) > width * 0.86) return 0
  const baseline = y + height / 2 + pen.size * 0.35
  const end = sheet.text(wrong, x + 4, baseline, pen)
  const ink = pen.wobble ? (pen.color ?? '#000') : '#1a2560'
  const jitter = (): number => sheet.random.bell() * (pen.wobble ? 1 : 0.6)
  if (sheet.random.fork('strike').chance(0.2))
    for (const way of [1, -1])
      sheet.line(x + 2, baseline - pen.size * (0.35 + 0.4 * way), end + 2, baseline - pen.size * (0.35 - 0.4 * way), 1.1, ink)
  else
    for (const lift of [0.28, 0.42]) {
      const level = baseline - pen.size * (lift + sheet.random.bell() * 0.03)
      sheet.line(x + 1, level + jitter(), end + 3, level + jitter(), 1.1, ink)
    }
  return end + 4 - x
}
