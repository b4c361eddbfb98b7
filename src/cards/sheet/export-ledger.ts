/** The ledger as a workbook, and the empty one to fill in. */
import type { Writable } from 'node:stream'
import { cardKindTitles, cardMediumTitles, cardStatusTitles } from '../../guide/card-life.ts'
import { maskIdNumber } from '../../guide/identifiers/id-number.ts'
import { writeWorkbook, type WrittenSheet } from '../../platform/sheets/write-workbook.ts'
import type { LedgerCard } from '../ledger-card.ts'
import { ledgerColumns, ledgerKeys, type LedgerKey } from './ledger-columns.ts'

const columns = ledgerKeys.map((key) => ledgerColumns[key])

export interface ExportedHow {
  /** Identity numbers are masked otherwise. */
  readonly wholeIds: boolean
  /** Other registers, on sheets of their own behind the ledger. */
  readonly more?: readonly WrittenSheet[]
}

/** Returns how many cards there were. */
export async function exportLedger(
  stream: Writable,
  all: AsyncIterable<LedgerCard[]>,
  { wholeIds, more = [] }: ExportedHow,
): Promise<number> {
  let count = 0
  async function* rows() {
    for await (const cards of all)
      for (const card of cards) {
        count++
        yield ledgerKeys.map((key) => textOf(card, key, wholeIds))
      }
  }
  await writeWorkbook(stream, [{ name: '卡片台账', columns, rows: rows() }, ...more])
  return count
}

function textOf(card: LedgerCard, key: LedgerKey, wholeIds: boolean): string | null {
  if (key === 'kind') return card.kind && cardKindTitles[card.kind]
  if (key === 'medium') return card.medium && cardMediumTitles[card.medium]
  if (key === 'status') return cardStatusTitles[card.status]
  if (key === 'holderIdNumber' && card.holderIdNumber !== null && !wholeIds) return maskIdNumber(card.holderIdNumber)
  return card[key]
}

/** The headings, lists of what may be chosen, and a sheet that says how to fill it in. */
export async function writeTemplate(stream: Writable): Promise<void> {
  const advice = [
    { title: '列', width: 20 },
    { title: '必填', width: 8 },
    { title: '填写说明', width: 80 },
  ]
  await writeWorkbook(stream, [
    { name: '卡片台账', columns, rows: [] },
    {
      name: '填写说明',
      columns: advice,
      rows: columns.map(({ title, required, advice: how }) => [title, required ? '必填' : '', how]),
    },
  ])
}
