/** The office as its papers and letters name it. */
import type { Office } from '../guide/office.ts'

/** Guide 十(二): Monday to Friday, statutory holidays excepted. */
export function officeHours(office: Office): string {
  const spans = office.hours.map(
    ({ from, to }) => `${from < '12:00' ? '上午' : '下午'} ${from.replace(/^0/u, '')}—${to.replace(/^0/u, '')}`,
  )
  return `星期一至星期五（法定节假日除外）${spans.join('，')}`
}

/** `2026-11-22` → `2026年11月22日`. */
export function chineseDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}
