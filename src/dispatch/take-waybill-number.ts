/** Gives each waybill number once, from the ranges that the office was given. */
import type { Clock } from '../platform/clock.ts'
import type { Executor } from '../platform/database/open-database.ts'
import { done, refuse, type Result } from '../platform/result.ts'
import type { DispatchConfig } from './dispatch-config.ts'
import type { DispatchTables } from './dispatch-tables.ts'
import { parseRange, rangesOverlap, type WaybillRange } from './number-waybills.ts'

export interface WaybillStock {
  readonly ranges: readonly {
    readonly from: string
    readonly to: string
    readonly used: number
    readonly left: number
    readonly origin: 'config' | 'desk'
  }[]
  readonly left: number
  /** Time to ask EMS for more. */
  readonly low: boolean
}

/** Fewer numbers than this are called low. */
const lowStock = 100

interface OpenRange extends WaybillRange {
  readonly taken: number
  readonly origin: 'config' | 'desk'
}

/** The next free number, taken in the caller's transaction; undefined when there is none. */
export async function takeWaybillNumber(transaction: Executor, config: DispatchConfig, clock: Clock): Promise<string | undefined> {
  const tables = transaction.withTables<DispatchTables>()
  for (const range of await openRanges(transaction, config)) {
    let { taken } = range
    while (taken < range.size) {
      const number = range.at(taken)
      if (!(await claim(transaction, range, taken, clock))) {
        // Somebody else took this one (PostgreSQL); see how far the range has come.
        const row = await tables
          .selectFrom('waybill_range')
          .select('taken')
          .where('first_number', '=', range.from)
          .where('last_number', '=', range.to)
          .executeTakeFirst()
        taken = Math.max(taken + 1, row?.taken ?? 0)
        continue
      }
      taken += 1
      // Ranges that were entered twice, or overlap with one of the past, hold numbers that are used up.
      const used = await tables.selectFrom('handover').select('application_number').where('waybill_number', '=', number).executeTakeFirst()
      const former = await tables.selectFrom('former_waybill').select('ended_at').where('waybill_number', '=', number).executeTakeFirst()
      if (!used && !former) return number
    }
  }
  return undefined
}

/** Moves a range's mark from `taken` to the next number; false when the mark stands elsewhere. */
async function claim(transaction: Executor, range: OpenRange, taken: number, clock: Clock): Promise<boolean> {
  const tables = transaction.withTables<DispatchTables>()
  if (taken === 0)
    await tables
      .insertInto('waybill_range')
      .values({
        first_number: range.from,
        last_number: range.to,
        taken: 0,
        origin: range.origin,
        added_by: 'zhika',
        added_at: clock.now().toISOString(),
      })
      .onConflict((conflict) => conflict.columns(['first_number', 'last_number']).doNothing())
      .execute()
  const moved = await tables
    .updateTable('waybill_range')
    .set({ taken: taken + 1 })
    .where('first_number', '=', range.from)
    .where('last_number', '=', range.to)
    .where('taken', '=', taken)
    .executeTakeFirst()
  return moved.numUpdatedRows > 0n
}

/** Configured ranges in their order, then the desk's in the order they were added. */
async function openRanges(executor: Executor, config: DispatchConfig): Promise<OpenRange[]> {
  const rows = await executor
    .withTables<DispatchTables>()
    .selectFrom('waybill_range')
    .selectAll()
    .orderBy('added_at')
    .orderBy('first_number')
    .execute()
  const ranges: OpenRange[] = []
  const add = (bounds: { from: string; to: string }, origin: OpenRange['origin']) => {
    const range = parseRange(bounds)
    if (!range.ok || ranges.some(({ from, to }) => from === range.value.from && to === range.value.to)) return
    const row = rows.find(({ first_number, last_number }) => first_number === range.value.from && last_number === range.value.to)
    ranges.push({ ...range.value, taken: row?.taken ?? 0, origin })
  }
  for (const range of config.waybillRanges) add(range, 'config')
  for (const row of rows) if (row.origin === 'desk') add({ from: row.first_number, to: row.last_number }, 'desk')
  return ranges
}

export async function waybillStock(executor: Executor, config: DispatchConfig): Promise<WaybillStock> {
  const ranges = (await openRanges(executor, config)).map(({ from, to, size, taken, origin }) => ({
    from,
    to,
    origin,
    used: taken,
    left: size - taken,
  }))
  const left = ranges.reduce((sum, range) => sum + range.left, 0)
  return { ranges, left, low: left < lowStock }
}

/** Records a range given at the desk. */
export async function addWaybillRange(
  transaction: Executor,
  config: DispatchConfig,
  bounds: { from: string; to: string },
  by: { actor: string; at: Date },
): Promise<Result<WaybillRange>> {
  const range = parseRange(bounds)
  if (!range.ok) return range
  const known = (await openRanges(transaction, config)).find((other) => rangesOverlap(range.value, other))
  if (known) return refuse('waybill-range-overlaps', `号段与已有的 ${known.from}—${known.to} 重叠，请核对`)
  await transaction
    .withTables<DispatchTables>()
    .insertInto('waybill_range')
    .values({
      first_number: range.value.from,
      last_number: range.value.to,
      taken: 0,
      origin: 'desk',
      added_by: by.actor,
      added_at: by.at.toISOString(),
    })
    .onConflict((conflict) => conflict.columns(['first_number', 'last_number']).doUpdateSet({ origin: 'desk' }))
    .execute()
  return done(range.value)
}
