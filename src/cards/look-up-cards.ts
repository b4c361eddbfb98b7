/** What the ledger knows of cards, for the rules by which papers are judged. */
import { sql } from 'kysely'
import type { LookUpCards, LookUpStrangeNumbers } from '../application/gather-context.ts'
import type { KnownCard } from '../application/judge/papers.ts'
import type { Executor } from '../platform/database/open-database.ts'
import type { CardTables } from './card-tables.ts'

/** More cards than any enterprise has; a ledger gone wrong does not hold up the judging. */
const mostCards = 500

export const lookUpCards: LookUpCards = async (executor, { uscc, numbers }) => {
  if (uscc === null && numbers.length === 0) return []
  const rows = await executor
    .withTables<CardTables>()
    .selectFrom('card')
    .select(['number', 'kind', 'uscc', 'enterprise_name', 'holder_name', 'holder_id_number', 'status', 'valid_until'])
    .where((where) =>
      where.or([
        ...(uscc === null ? [] : [where('uscc', '=', uscc)]),
        ...(numbers.length === 0 ? [] : [where('number', 'in', numbers.slice(0, mostCards))]),
      ]),
    )
    .orderBy('number')
    .limit(mostCards)
    .execute()
  return rows.map((row) => ({
    number: row.number,
    kind: row.kind,
    uscc: row.uscc,
    enterpriseName: row.enterprise_name,
    holderName: row.holder_name,
    holderIdNumber: row.holder_id_number,
    status: row.status,
    validUntil: row.valid_until,
  }))
}

/** Fewer cards do not tell how long numbers are. */
const fewestCards = 20

export const lookUpStrangeNumbers: LookUpStrangeNumbers = async (executor, numbers) => {
  if (numbers.length === 0) return []
  const cards = executor.withTables<CardTables>()
  const some = await cards.selectFrom('card').select('number').limit(fewestCards).execute()
  if (some.length < fewestCards) return []
  const length = sql<number>`length(number)`
  const known = await cards.selectFrom('card').select(length.as('length')).distinct().execute()
  return numbers.filter((number) => known.every((one) => Number(one.length) !== number.length))
}

/** The cards of an enterprise that are not void, by number. */
export async function validCards(executor: Executor, uscc: string | null): Promise<KnownCard[]> {
  if (uscc === null) return []
  return (await lookUpCards(executor, { uscc, numbers: [] })).filter((card) => card.uscc === uscc && card.status !== 'void')
}
