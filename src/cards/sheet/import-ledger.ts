/** Cards from a sheet enter the ledger: all of them in one transaction, or none. What the ledger says is never overwritten. */
import { createHash } from 'node:crypto'
import type { Actor } from '../../application/record.ts'
import { cardStatusTitles, type KeptCardStatus } from '../../guide/card-life.ts'
import { maskIdNumber } from '../../guide/identifiers/id-number.ts'
import { officeDay, type Clock } from '../../platform/clock.ts'
import type { Database, Executor } from '../../platform/database/open-database.ts'
import { done, refuse, type Result } from '../../platform/result.ts'
import { readSheet, SheetFault, type SheetFaultCode } from '../../platform/sheets/read-sheet.ts'
import type { CardTables } from '../card-tables.ts'
import { logCards, statusOf, type CardEvent, type CardRow } from '../ledger-card.ts'
import { ledgerColumns, type LedgerKey } from './ledger-columns.ts'
import { readLedgerSheet, type BadCell, type StatedCard } from './read-ledger-sheet.ts'

export interface ImportReport {
  /** Rows below the headings that could be read as cards, and that could not. */
  readonly rows: number
  readonly added: number
  /** Known cards of which the sheet told something that the ledger did not have. */
  readonly completed: number
  readonly unchanged: number
  /** Every bad cell, however many: nobody mends what is not named. */
  readonly bad: readonly BadCell[]
  readonly badCount: number
  /** Whether the ledger was changed: never while anything is wrong. */
  readonly written: boolean
}

/** What a workbook may weigh: many times what an office's ledger does. */
export const importLimits = {
  fileBytes: 32 * 1024 * 1024,
  unfoldedBytes: 128 * 1024 * 1024,
  cells: 2_000_000,
  rows: 100_000,
  columns: 64,
} as const

const faults: Record<SheetFaultCode, string> = {
  'sheet-not-xlsx': '这不是 xlsx 工作簿，请在 Excel 中另存为“Excel 工作簿（.xlsx）”后再试',
  'sheet-old-or-encrypted': '这是旧版 Excel（.xls）或设了密码的文件，请去掉密码并另存为“Excel 工作簿（.xlsx）”后再试',
  'sheet-damaged': '文件损坏，读不出内容，请在 Excel 中打开并重新保存后再试',
  'sheet-too-large': '文件太大，请只保留台账一张工作表，或分成几个文件',
  'sheet-too-many-rows': `超过 ${importLimits.rows} 行，请分成几个文件`,
  'sheet-too-many-columns': `超过 ${importLimits.columns} 列，请对照模板删去多余的列`,
  'sheet-empty': '工作簿中没有可见的工作表，请核对文件',
}

interface ImportParts {
  readonly database: Database
  readonly clock: Clock
}

/** Reads a workbook and, unless it is only looked at, takes it in; refuses what is no ledger at all. */
export async function importLedger(
  { database, clock }: ImportParts,
  bytes: Uint8Array,
  { write, actor }: { readonly write: boolean; readonly actor: Actor },
): Promise<Result<ImportReport>> {
  const now = clock.now()
  let rows
  try {
    rows = (await readSheet(bytes, importLimits)).rows
  } catch (error) {
    if (error instanceof SheetFault) return refuse(error.code, faults[error.code])
    throw error
  }
  const stated = readLedgerSheet(rows, officeDay(now))
  if (!stated) return refuse('headings-missing', '第一张工作表的前十行中没有表头（须有“卡号”“统一社会信用代码”等列），请对照模板')
  if (stated.cards.length + stated.bad.length === 0) return refuse('rows-missing', '表头下面没有内容，请填写后再导入')
  const file = createHash('sha256').update(bytes).digest('hex')
  return database.transaction().execute(async (transaction) => {
    const plan = await planImport(transaction, stated.cards, officeDay(now), now.toISOString())
    const bad = [...stated.bad, ...plan.bad].toSorted((one, other) => one.row - other.row)
    const written = write && bad.length === 0
    if (written) await enter(transaction, plan, { at: now, actor }, file)
    return done({
      rows: stated.cards.length + new Set(stated.bad.map(({ row }) => row)).size,
      added: plan.added.length,
      completed: plan.completed.length,
      unchanged: plan.unchanged,
      bad,
      badCount: bad.length,
      written,
    })
  })
}

const rowsAtOnce = 500

interface Planned {
  readonly row: number
  readonly card: CardRow
  readonly event: Pick<CardEvent, 'from' | 'to'>
}

interface Plan {
  readonly added: Planned[]
  readonly completed: Planned[]
  unchanged: number
  readonly bad: BadCell[]
}

/** What every row would do. */
async function planImport(transaction: Executor, cards: readonly StatedCard[], today: string, at: string): Promise<Plan> {
  const known = new Map<string, CardRow>()
  for (const row of await readCards(
    transaction,
    'number',
    cards.map(({ number }) => number),
  ))
    known.set(row.number, row)
  const enterprises = new Enterprises()
  for (const row of await readCards(transaction, 'uscc', [...new Set(cards.map(({ uscc }) => uscc))])) enterprises.note(row, null)
  const plan: Plan = { added: [], completed: [], unchanged: 0, bad: [] }
  for (const stated of cards) {
    const card = known.get(stated.number)
    const told = card ? compare(stated, card, today) : { changes: asNewCard(stated, at), bad: hidden(stated) }
    const own = [...told.bad, ...enterprises.object(stated)]
    if (own.length > 0) {
      plan.bad.push(...own)
      continue
    }
    const row: CardRow = { ...(card ?? blank), ...told.changes, number: stated.number }
    enterprises.note(row, stated.row)
    const event = { from: card ? statusOf(card, today) : null, to: statusOf(row, today) }
    if (!card) plan.added.push({ row: stated.row, card: row, event })
    else if (Object.keys(told.changes).length > 0) plan.completed.push({ row: stated.row, card: { ...row, changed_at: at }, event })
    else plan.unchanged++
  }
  return plan
}

async function readCards(transaction: Executor, column: 'number' | 'uscc', values: readonly string[]): Promise<CardRow[]> {
  const rows: CardRow[] = []
  for (let from = 0; from < values.length; from += rowsAtOnce)
    rows.push(
      ...(await transaction
        .withTables<CardTables>()
        .selectFrom('card')
        .selectAll()
        .where(column, 'in', values.slice(from, from + rowsAtOnce))
        .execute()),
    )
  return rows
}

const blank: CardRow = {
  number: '',
  kind: null,
  medium: null,
  uscc: null,
  enterprise_name: null,
  holder_name: null,
  holder_id_type: null,
  holder_id_number: null,
  status: 'valid',
  issued_on: null,
  valid_from: null,
  valid_until: null,
  changed_at: '',
}

const kept = ({ status }: StatedCard): KeptCardStatus => (status === 'expired' ? 'valid' : status)

const asNewCard = (stated: StatedCard, at: string): Partial<CardRow> => ({
  kind: stated.kind,
  medium: stated.medium,
  uscc: stated.uscc,
  enterprise_name: stated.enterpriseName,
  holder_name: stated.holderName,
  holder_id_type: stated.holderIdType,
  holder_id_number: stated.holderIdNumber,
  status: kept(stated),
  issued_on: stated.issuedOn,
  valid_from: stated.validFrom,
  valid_until: stated.validUntil,
  changed_at: at,
})

const bad = (row: number, key: LedgerKey, code: string, message: string): BadCell => ({
  row,
  column: ledgerColumns[key].title,
  code,
  message,
})

const hidden = ({ row, holderIdNumber }: StatedCard): BadCell[] =>
  holderIdNumber?.includes('*') ? [bad(row, 'holderIdNumber', 'id-number-masked', '证件号码是遮盖过的，请填写完整号码，或留空。')] : []

const compared = [
  ['kind', 'kind'],
  ['medium', 'medium'],
  ['uscc', 'uscc'],
  ['enterpriseName', 'enterprise_name'],
  ['holderName', 'holder_name'],
  ['holderIdType', 'holder_id_type'],
  ['holderIdNumber', 'holder_id_number'],
  ['issuedOn', 'issued_on'],
  ['validFrom', 'valid_from'],
  ['validUntil', 'valid_until'],
] as const

const same = (one: string, other: string): boolean => one.normalize('NFKC') === other.normalize('NFKC')

/** What the sheet adds to a known card; where it says otherwise, a person decides at the card's page. */
function compare(stated: StatedCard, card: CardRow, today: string): { changes: Partial<CardRow>; bad: BadCell[] } {
  const changes: Record<string, string> = {}
  const wrong: BadCell[] = []
  for (const [key, column] of compared) {
    const [said, has] = [stated[key], card[column]]
    if (said === null || (has !== null && same(said, has))) continue
    if (key === 'holderIdNumber' && said.includes('*')) {
      if (has === null || maskIdNumber(has) !== said) wrong.push(...hidden(stated))
    } else if (has === null) changes[column] = said
    else
      wrong.push(
        bad(
          stated.row,
          key,
          'ledger-differs',
          `台账中卡 ${card.number} 的${ledgerColumns[key].title}与此不同，请核对；台账有误的，请在卡片页面登记。`,
        ),
      )
  }
  const status = statusOf(card, today)
  // A certificate runs out by the clock: 有效 in an older export and 已过期 today are the same card.
  const runsOut = status === 'expired' && (stated.status === 'expired' || stated.status === 'valid')
  if (!runsOut && kept(stated) !== card.status)
    wrong.push(
      bad(
        stated.row,
        'status',
        'ledger-differs',
        `台账中卡 ${card.number} 现为“${cardStatusTitles[status]}”，状态的变化请在卡片页面登记。`,
      ),
    )
  return { changes, bad: wrong }
}

/** What holds among the cards of one enterprise: one name, one operator card for each identity number (guide 四1, note (2)). */
class Enterprises {
  readonly #names = new Map<string, { name: string; row: number | null }>()
  readonly #operators = new Map<string, { number: string; row: number | null }>()

  note({ number, kind, uscc, enterprise_name, holder_id_number, status }: CardRow, row: number | null): void {
    if (uscc === null) return
    if (enterprise_name !== null && !this.#names.has(uscc)) this.#names.set(uscc, { name: enterprise_name, row })
    if (kind === 'operator' && holder_id_number !== null && status !== 'void')
      this.#operators.set(`${uscc} ${holder_id_number}`, { number, row })
  }

  object({ row, number, kind, uscc, enterpriseName, holderIdNumber, status }: StatedCard): BadCell[] {
    const named = this.#names.get(uscc)
    if (named && !same(named.name, enterpriseName)) {
      const place = named.row === null ? '台账中' : `第 ${named.row} 行`
      return [bad(row, 'enterpriseName', 'name-differs', `${place}同一信用代码的企业名称是“${named.name}”，请核对后统一。`)]
    }
    const other = kind === 'operator' && status !== 'void' ? this.#operators.get(`${uscc} ${holderIdNumber ?? ''}`) : undefined
    if (!other || other.number === number) return []
    const place = other.row === null ? '台账中' : `第 ${other.row} 行`
    return [
      bad(
        row,
        'holderIdNumber',
        'duplicate-operator',
        `该持卡人在本企业已有操作员卡 ${other.number}（${place}），同一证件号只能有一张，请核对。`,
      ),
    ]
  }
}

async function enter(transaction: Executor, { added, completed }: Plan, by: { at: Date; actor: Actor }, file: string): Promise<void> {
  const ledger = transaction.withTables<CardTables>()
  for (let from = 0; from < added.length; from += rowsAtOnce)
    await ledger
      .insertInto('card')
      .values(added.slice(from, from + rowsAtOnce).map(({ card }) => card))
      .execute()
  for (const { card } of completed) await ledger.updateTable('card').set(card).where('number', '=', card.number).execute()
  await logCards(
    transaction,
    by,
    [...added, ...completed].map(({ row, card, event }) => ({ number: card.number, event: { type: 'import', ...event, file, row } })),
  )
}
