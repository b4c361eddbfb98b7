/** Until which office day the next step is due. */
import { addWorkingDays, countingDay } from '../guide/calendar.ts'
import { services } from '../guide/services.ts'
import type { ServiceCode } from '../guide/papers.ts'
import { officeTime } from '../platform/clock.ts'

/** Guide 一(一)2(2): an applicant can see the state of the review after one working day; the office keeps to it for all services. */
const reviewWorkingDays = 1

/** The day until which a clerk has looked at what arrived; null when no calendar covers it. */
export function reviewDueOn(receivedAt: string): string | null {
  return after(receivedAt, reviewWorkingDays)
}

/** The day on which the parcel is handed over, counted from acceptance (guide, 邮寄领卡 of each chapter). */
export function handoverDueOn(service: ServiceCode, acceptedAt: string): string | null {
  return after(acceptedAt, services[service].deadline.workingDays)
}

function after(instant: string, workingDays: number): string | null {
  const start = countingDay(officeTime(new Date(instant)))
  return start && addWorkingDays(start, workingDays)
}
