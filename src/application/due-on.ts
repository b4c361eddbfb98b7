/** Until which office day the next step is due. */
import { addWorkingDays, countingDay } from '../guide/calendar.ts'
import { office } from '../guide/office.ts'
import { services } from '../guide/services.ts'
import type { ServiceCode } from '../guide/papers.ts'
import type { Finding } from '../flow.ts'
import { officeDay, officeTime } from '../platform/clock.ts'
import type { Status } from './record.ts'

/**
 * The day until which a clerk has looked at what arrived (guide 一(一)2(2): an applicant can see the state after one working
 * day; the office keeps to it for all services); null when no calendar covers it.
 */
export function reviewDueOn(receivedAt: string): string | null {
  return after(receivedAt, office.reviewWorkingDays)
}

/** The day on which the parcel is handed over, counted from acceptance (guide, 邮寄领卡 of each chapter). */
export function handoverDueOn(service: ServiceCode, acceptedAt: string): string | null {
  return after(acceptedAt, services[service].deadline.workingDays)
}

/** Nothing but the applicant's word on agreements is waited for (guide 九2(1)): nothing is due from the office. */
export function waitsForApplicant(open: readonly Pick<Finding, 'code' | 'severity'>[]): boolean {
  const asking = open.filter(({ severity }) => severity !== 'note')
  return asking.length > 0 && asking.every(({ code }) => code === 'agreements-unconfirmed')
}

/** The day for what has just been judged again: kept, taken away while the applicant is waited for, given when that is over. */
export function dueAfterJudging(
  before: { readonly status: Status; readonly due_on: string | null },
  open: readonly Finding[],
  at: string,
): string | null {
  if (before.status === 'returned' || before.status === 'awaiting-cards' || waitsForApplicant(open)) return before.due_on
  return before.due_on ?? reviewDueOn(at)
}

/** When the office opens after so many working days; where no calendar tells them, twice as many days are waited. */
export function openingAfter(now: Date, workingDays: number): Date {
  const today = officeDay(now)
  const day = addWorkingDays(today, workingDays) ?? officeDay(new Date(now.getTime() + 2 * workingDays * 86_400_000))
  return new Date(`${day}T${office.hours[0]?.from ?? '08:30'}:00+08:00`)
}

function after(instant: string, workingDays: number): string | null {
  const start = countingDay(officeTime(new Date(instant)))
  return start && addWorkingDays(start, workingDays)
}
