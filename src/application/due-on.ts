/** Until which office day the next step is due. */
import { addWorkingDays, countingDay } from '../guide/calendar.ts'
import { office } from '../guide/office.ts'
import { services } from '../guide/services.ts'
import type { ServiceCode } from '../guide/papers.ts'
import { officeTime } from '../platform/clock.ts'

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

function after(instant: string, workingDays: number): string | null {
  const start = countingDay(officeTime(new Date(instant)))
  return start && addWorkingDays(start, workingDays)
}
