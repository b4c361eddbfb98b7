/**
 * The first visible sheet of an xlsx workbook, row by row, as it was written: numbers keep their digits, formulas stay
 * formulas. exceljs writes workbooks but does not read them here: see decision 0016.
 */
import { openWorkbook, unescapeText, type WorkbookLimits } from './open-workbook.ts'
import { parseXml, SheetFault } from './parse-xml.ts'

export { SheetFault, type SheetFaultCode } from './parse-xml.ts'

export interface SheetCell {
  /** `date`: `text` is `YYYY-MM-DD`; `number`: as stored, `8.6E+12` included; `formula`, `error`: the text of either. */
  readonly kind: 'text' | 'number' | 'date' | 'boolean' | 'formula' | 'error'
  readonly text: string
}

export interface SheetRow {
  /** As Excel counts: from 1. */
  readonly number: number
  /** By column from 0; empty cells are left out. */
  readonly cells: readonly (SheetCell | undefined)[]
}

export interface SheetLimits extends WorkbookLimits {
  /** With anything in them. */
  readonly rows: number
  readonly columns: number
}

/** Rows that hold something, in order; throws a `SheetFault` for what is no table within the limits. */
export async function readSheet(bytes: Uint8Array, limits: SheetLimits): Promise<{ readonly name: string; readonly rows: SheetRow[] }> {
  const workbook = await openWorkbook(bytes, limits)
  const rows: SheetRow[] = []
  let row: { number: number; cells: (SheetCell | undefined)[] } | undefined
  let last = 0
  let count = 0
  let cell: { column: number; type: string; style: number; value: string; formula: string | undefined } | undefined
  let into: 'value' | 'formula' | undefined
  let beside = 0

  await parseXml(await workbook.sheet(), {
    open(name, attributes) {
      if (name === 'row') {
        last = Math.max(last + 1, Number.parseInt(attributes['r'] ?? '', 10) || 0)
        row = { number: last, cells: [] }
      } else if (name === 'c' && row) {
        const column = columnOf(attributes['r']) ?? row.cells.length
        cell = { column, type: attributes['t'] ?? 'n', style: Number(attributes['s'] ?? 0), value: '', formula: undefined }
      } else if (cell && name === 'f') {
        cell.formula = ''
        into = 'formula'
      } else if (name === 'rPh') beside++
      else if (cell && (name === 'v' || (name === 't' && beside === 0))) into = 'value'
    },
    text(part) {
      if (cell && into === 'value') cell.value += part
      else if (cell && into === 'formula') cell.formula += part
    },
    close(name) {
      if (name === 'v' || name === 't' || name === 'f') into = undefined
      else if (name === 'rPh') beside--
      else if (name === 'c' && row && cell) {
        const read = asCell(cell, workbook.texts, workbook.isDate[cell.style] ?? false, workbook.from1904)
        if (read) {
          if (cell.column >= limits.columns) throw new SheetFault('sheet-too-many-columns')
          if (++count > limits.cells) throw new SheetFault('sheet-too-large')
          row.cells[cell.column] = read
        }
        cell = undefined
      } else if (name === 'row' && row) {
        // Formats reach down to row 1,048,576 in many a workbook: only what holds something counts.
        if (row.cells.length > 0) rows.push(row)
        if (rows.length > limits.rows) throw new SheetFault('sheet-too-many-rows')
        row = undefined
      }
    },
  })
  return { name: workbook.sheetName, rows }
}

/** `AB12` is column 27. */
function columnOf(place: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/u.exec(place ?? '')?.[0]
  if (letters === undefined) return undefined
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

function asCell(
  { type, value, formula }: { readonly type: string; readonly value: string; readonly formula: string | undefined },
  texts: readonly string[],
  isDate: boolean,
  from1904: boolean,
): SheetCell | undefined {
  // A formula is never worked out, nor is the result believed that somebody stored beside it.
  if (formula !== undefined) return { kind: 'formula', text: formula }
  if (value === '') return undefined
  if (type === 's') return asText(texts[Number(value)] ?? '')
  if (type === 'inlineStr' || type === 'str') return asText(unescapeText(value))
  if (type === 'b') return { kind: 'boolean', text: value === '1' ? 'TRUE' : 'FALSE' }
  if (type === 'e') return { kind: 'error', text: value }
  if (type === 'd') return { kind: 'date', text: value.slice(0, 10) }
  const day = isDate ? dayOf(Number(value), from1904) : undefined
  return day === undefined ? { kind: 'number', text: value.trim() } : { kind: 'date', text: day }
}

const asText = (text: string): SheetCell | undefined => (text.trim() === '' ? undefined : { kind: 'text', text })

/** Days since 1899-12-30 (the leap day of 1900 that never was is before any card), or since 1904. */
function dayOf(serial: number, from1904: boolean): string | undefined {
  if (!Number.isFinite(serial) || serial < 61 || serial > 2_958_465) return undefined
  const start = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30)
  const day = new Date(start + Math.floor(serial) * 86_400_000)
  return day.getUTCFullYear() > 9999 ? undefined : day.toISOString().slice(0, 10)
}
