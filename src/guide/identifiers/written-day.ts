/** Days as people write them. */
import { isCalendarDay } from './id-number.ts'

/** `2026-11-20`, `2026.11.20`, `2026/1/2`, `20261120`, `2026年11月20日`, without blanks, as `YYYY-MM-DD`; only days that exist. */
export function readWrittenDay(text: string): string | undefined {
  const parts = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$/u.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/u.exec(text)
  if (!parts) return undefined
  const [, year, month, day] = parts
  const date = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
  return isCalendarDay(date) ? date : undefined
}
