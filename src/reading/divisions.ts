/** Administrative divisions of China (GB/T 2260), those of today and those of the years since 1981: papers keep the names and codes of the day when they were given out. */
import { readFileSync } from 'node:fs'

export interface Division {
  /** Six digits: those of a province end with 0000, those of a prefecture with 00. */
  readonly code: string
  readonly name: string
  /** The first year, and the first in which it is no more; null where it is to this day (2025). */
  readonly from: number
  readonly until: number | null
}

export const divisions: readonly Division[] = readFileSync(new URL('divisions.csv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => /^\d/u.test(line))
  .map((line): Division => {
    const [code, name, from, until] = line.split(',') as [string, string, string, string]
    return { code, name, from: Number(from), until: until === '' ? null : Number(until) }
  })
