/** The only place that reads the time. Instants are UTC; office days are Asia/Shanghai (UTC+8, no summer time). */

export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock turned by hand, for tests and rehearsals. */
export function clockAt(start: string): Clock & { set(instant: string): void; advance(milliseconds: number): void } {
  let at = new Date(start).getTime()
  return {
    now: () => new Date(at),
    set: (instant) => {
      at = new Date(instant).getTime()
    },
    advance: (milliseconds) => {
      at += milliseconds
    },
  }
}

const shanghaiOffset = 8 * 60 * 60 * 1000

/** The office's calendar day of an instant, `YYYY-MM-DD`. */
export function officeDay(instant: Date): string {
  return new Date(instant.getTime() + shanghaiOffset).toISOString().slice(0, 10)
}

/** The office's wall-clock time of an instant, `YYYY-MM-DD HH:mm`. */
export function officeTime(instant: Date): string {
  return new Date(instant.getTime() + shanghaiOffset).toISOString().slice(0, 16).replace('T', ' ')
}
