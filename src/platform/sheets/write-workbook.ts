/** An xlsx workbook, written row by row so that a hundred thousand rows need no more memory than one. */
import type { Writable } from 'node:stream'

export interface SheetColumn {
  readonly title: string
  /** In characters. */
  readonly width: number
  /** `date`: values are `YYYY-MM-DD`. */
  readonly kind?: 'text' | 'date'
  /** What may be chosen, offered as a list. */
  readonly choices?: readonly string[]
}

export interface WrittenSheet {
  readonly name: string
  readonly columns: readonly SheetColumn[]
  readonly rows: AsyncIterable<readonly (string | null)[]> | Iterable<readonly (string | null)[]>
}

/** Rows for which a list of choices is offered. */
const rowsWithChoices = 5_000

/**
 * Every value is stored as text and every column formatted as text (`@`): what begins with `=`, `+`, `-` or `@` is no formula,
 * also after somebody has edited the cell. Dates are dates.
 */
export async function writeWorkbook(stream: Writable, sheets: readonly WrittenSheet[]): Promise<void> {
  // Loaded when needed: it is large, and most processes write no workbook.
  const { default: exceljs } = await import('exceljs')
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false })
  for (const { name, columns, rows } of sheets) {
    const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] })
    sheet.columns = columns.map(({ width, kind }) => ({ width, style: { numFmt: kind === 'date' ? 'yyyy-mm-dd' : '@' } }))
    // The types know single cells only; a range is written as it stands.
    const { dataValidations } = sheet as unknown as { dataValidations: { add(range: string, rule: object): void } }
    for (const [at, { choices }] of columns.entries()) {
      if (!choices) continue
      const { letter } = sheet.getColumn(at + 1)
      const rule = { type: 'list', allowBlank: true, formulae: [`"${choices.join(',')}"`] }
      dataValidations.add(`${letter}2:${letter}${rowsWithChoices}`, rule)
    }
    const head = sheet.addRow(columns.map(({ title }) => title))
    head.font = { bold: true }
    head.commit()
    for await (const row of rows) sheet.addRow(row.map((value, at) => asValue(value, columns[at]))).commit()
    sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } }
    sheet.commit()
  }
  await workbook.commit()
}

const asValue = (value: string | null, column: SheetColumn | undefined): string | Date | null =>
  value !== null && column?.kind === 'date' ? new Date(`${value}T00:00:00Z`) : value
