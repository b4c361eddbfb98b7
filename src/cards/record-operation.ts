/** A clerk records what was done to a card outside of this system: at the counter, or by the enterprise itself. */
import type { Actor } from '../application/record.ts'
import { cardOperations, cardStatusTitles, type CardOperation, type CardOperationRule, type CardStatus } from '../guide/card-life.ts'
import { isCalendarDay } from '../guide/identifiers/id-number.ts'
import { officeDay, type Clock } from '../platform/clock.ts'
import { commitResult } from '../platform/database/commit-result.ts'
import type { Database } from '../platform/database/open-database.ts'
import { done, refuse, type Result } from '../platform/result.ts'
import type { CardTables } from './card-tables.ts'
import { asLedgerCard, logCards, moveCard, statusOf, type CardEvent, type LedgerCard } from './ledger-card.ts'

export interface RecordedOperation {
  readonly operation: CardOperation
  readonly reason: string
  /** For a renewal: the last day of the new certificate, `YYYY-MM-DD`. */
  readonly validUntil?: string | null
  /** The state that the clerk saw: another one meanwhile, and nothing is done. */
  readonly seen?: CardStatus
}

/** In characters. */
const longestReason = 500

export async function recordOperation(
  database: Database,
  clock: Clock,
  number: string,
  { operation, reason, validUntil, seen }: RecordedOperation,
  actor: Actor,
): Promise<Result<LedgerCard>> {
  const { ways, title }: CardOperationRule = cardOperations[operation]
  if (!ways.includes('record')) return refuse('card-by-job-only', `${title}须受理申请后在制卡工位办理，不能直接登记`)
  const said = reason.trim()
  if (said === '' || said.length > longestReason) return refuse('reason-missing', `请写明${title}的原因（不超过 ${longestReason} 字）`)
  const now = clock.now()
  const today = officeDay(now)
  if (operation === 'renew' && !(validUntil && isCalendarDay(validUntil) && validUntil > today))
    return refuse('term-wrong', '请填写新的证书有效期至，须是今天以后的日期，例如 2036-11-20')
  return commitResult(database, async (transaction) => {
    const cards = transaction.withTables<CardTables>()
    const row = await cards.selectFrom('card').selectAll().where('number', '=', number).executeTakeFirst()
    if (!row) return refuse('card-unknown', `台账中没有卡号 ${number}`)
    const status = statusOf(row, today)
    if (seen !== undefined && seen !== status)
      return refuse('card-changed', `卡 ${number} 的状态已变为“${cardStatusTitles[status]}”，请核对后再办`)
    const next = moveCard(operation, { number, status, kept: row.status })
    if (!next.ok) return next
    const renewed = operation === 'renew' && validUntil ? { valid_from: today, valid_until: validUntil } : {}
    const changed = { ...row, ...renewed, status: next.value, changed_at: now.toISOString() }
    await cards.updateTable('card').set(changed).where('number', '=', number).execute()
    const event: CardEvent = {
      type: operation,
      from: status,
      to: statusOf(changed, today),
      reason: said,
      ...(operation === 'renew' && validUntil ? { validUntil } : {}),
    }
    await logCards(transaction, { at: now, actor }, [{ number, event }])
    return done(asLedgerCard(changed, today))
  })
}
