/** Application numbers: `XM20261121-0004`, unique and without gaps among what was committed. */
import { sql } from 'kysely'
import { office } from '../guide/office.ts'
import type { Executor } from '../platform/database/open-database.ts'
import type { ApplicationTables } from './application-tables.ts'

/** Takes the next serial of an office day (`YYYY-MM-DD`) in the caller's transaction. */
export async function nextApplicationNumber(executor: Executor, day: string): Promise<string> {
  const { last } = await executor
    .withTables<ApplicationTables>()
    .insertInto('number_series')
    .values({ day, last: 1 })
    .onConflict((conflict) => conflict.column('day').doUpdateSet({ last: sql<number>`number_series.last + 1` }))
    .returning('last')
    .executeTakeFirstOrThrow()
  return `${office.numberPrefix}${day.replaceAll('-', '')}-${String(last).padStart(4, '0')}`
}
