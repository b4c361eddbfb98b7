/**
 * Working days (工作日) by the State Council's yearly notices. A year without a published notice is unknown, never guessed;
 * a notice that is published later is read from a file: see `addCalendarYears`.
 */
import { z } from 'zod'
import { isCalendarDay } from './identifiers/id-number.ts'
import { office } from './office.ts'

const monthAndDay = z
  .string()
  .regex(/^\d{2}-\d{2}$/u, { error: '日期请写成 MM-DD，例如 10-01' })
  .refine((day) => isCalendarDay(`2024-${day}`), { error: '不是存在的日期' })

const yearShape = z.strictObject({
  /** Days off that would be weekdays or belong to a holiday, first and last day inclusive. */
  off: z
    .array(z.tuple([monthAndDay, monthAndDay]).refine(([first, last]) => first <= last, { error: '放假的起日晚于止日' }))
    .min(1, { error: '请写出放假的日期' }),
  /** Weekend days that are worked (调休上班). */
  worked: z.array(monthAndDay),
})
type Year = z.infer<typeof yearShape>

/** 国务院办公厅关于2025年、2026年部分节假日安排的通知 (November 2024, November 2025). */
const years: Record<string, Year> = {
  '2025': {
    off: [
      ['01-01', '01-01'],
      ['01-28', '02-04'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['05-31', '06-02'],
      ['10-01', '10-08'],
    ],
    worked: ['01-26', '02-08', '04-27', '09-28', '10-11'],
  },
  '2026': {
    off: [
      ['01-01', '01-03'],
      ['02-15', '02-23'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-19', '06-21'],
      ['09-25', '09-27'],
      ['10-01', '10-07'],
    ],
    worked: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  },
}

/** The years that a notice covers, as far as it is known here. */
export function calendarYears(): string[] {
  return Object.keys(years).toSorted()
}

const calendarShape = z.record(z.string(), yearShape)

/** Takes in `{ "2027": { "off": [["01-01", "01-03"]], "worked": ["01-09"] } }`; says in Chinese what is wrong, else null. */
export function addCalendarYears(data: unknown): string | null {
  const parsed = calendarShape.safeParse(data)
  if (!parsed.success) {
    const [first] = parsed.error.issues
    return `${first?.path.join('.') ?? ''} ${first?.message ?? ''}`.trim()
  }
  for (const [year, { worked }] of Object.entries(parsed.data)) {
    if (!/^20\d{2}$/u.test(year)) return `${year} 不是年份，请写四位数字`
    const weekday = worked.find((day) => ![0, 6].includes(new Date(`${year}-${day}T00:00:00Z`).getUTCDay()))
    if (weekday !== undefined) return `${year}.worked 中的 ${weekday} 不是周末，调休上班的日子应为周末`
  }
  Object.assign(years, parsed.data)
  return null
}

/** Whether a day (`YYYY-MM-DD`) is worked; null when no notice covers its year. */
export function isWorkingDay(day: string): boolean | null {
  const year = years[day.slice(0, 4)]
  if (!year) return null
  const date = day.slice(5)
  if (year.worked.includes(date)) return true
  if (year.off.some(([first, last]) => first <= date && date <= last)) return false
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/**
 * The `count`-th working day after `day`; `count` 0 is the day itself when it is worked, else the next one that is. Null
 * when the count runs into a year that no notice covers.
 */
export function addWorkingDays(day: string, count: number): string | null {
  let current = count === 0 ? day : nextDay(day)
  let left = Math.max(count, 1)
  for (;;) {
    const worked = isWorkingDay(current)
    if (worked === null) return null
    if (worked && --left === 0) return current
    current = nextDay(current)
  }
}

/**
 * The working day that something which happens at an office time (`YYYY-MM-DD HH:mm`) counts for: after closing time
 * (guide 十(二): 17:00) or on a day off it is the next working day.
 */
export function countingDay(officeTime: string): string | null {
  const [day = '', time = ''] = officeTime.split(' ')
  const closing = office.hours.at(-1)?.to ?? '24:00'
  return addWorkingDays(time > closing ? nextDay(day) : day, 0)
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}
