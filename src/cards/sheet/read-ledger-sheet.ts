/** Rows of a sheet become cards of the ledger, or sentences that say which cell is wrong and what to do. Pure. */
import type { CardKind, CardMedium, CardStatus } from '../../guide/card-life.ts'
import { isCardNumber, normalizeCardNumber } from '../../guide/identifiers/card-number.ts'
import { normalizeIdNumber, readIdNumber } from '../../guide/identifiers/id-number.ts'
import { normalizeUscc, usccFault } from '../../guide/identifiers/uscc.ts'
import { readWrittenDay } from '../../guide/identifiers/written-day.ts'
import type { SheetCell, SheetRow } from '../../platform/sheets/read-sheet.ts'
import { calledSo, kindWords, ledgerColumns, ledgerKeys, mediumWords, statusWords, type LedgerKey } from './ledger-columns.ts'

export interface BadCell {
  /** As Excel counts. */
  readonly row: number
  /** The heading; null when it is about the whole row. */
  readonly column: string | null
  readonly code: string
  /** One Chinese sentence that says what to do. */
  readonly message: string
}

/** A row as it was filled in; null where it says nothing. */
export interface StatedCard {
  readonly row: number
  readonly number: string
  readonly kind: CardKind
  readonly medium: CardMedium | null
  readonly enterpriseName: string
  readonly uscc: string
  readonly holderName: string
  readonly holderIdType: string | null
  /** With asterisks where it was exported masked. */
  readonly holderIdNumber: string | null
  readonly status: CardStatus
  readonly issuedOn: string | null
  readonly validFrom: string | null
  readonly validUntil: string | null
}

export interface StatedLedger {
  readonly cards: readonly StatedCard[]
  readonly bad: readonly BadCell[]
}

/** A title may stand above the headings. */
const rowsAboveHeadings = 10

/** Null when no row of headings is found. */
export function readLedgerSheet(rows: readonly SheetRow[], today: string): StatedLedger | null {
  const at = rows.slice(0, rowsAboveHeadings).findIndex(({ cells }) => placesOf(cells).has('number') && placesOf(cells).has('uscc'))
  const headings = rows[at]
  if (!headings) return null
  const places = placesOf(headings.cells)
  const bad: BadCell[] = ledgerKeys
    .filter((key) => ledgerColumns[key].required && !places.has(key))
    .map((key) => {
      const { title } = ledgerColumns[key]
      return { row: headings.number, column: title, code: 'column-missing', message: `没有“${title}”一列，请对照模板补上。` }
    })
  bad.push(...twice(headings))
  if (bad.length > 0) return { cards: [], bad }

  const cards: StatedCard[] = []
  const rowOf = new Map<string, number>()
  for (const { number: row, cells } of rows.slice(at + 1)) {
    const { card, wrong } = readRow(row, cells, places, today)
    bad.push(...wrong)
    if (!card) continue
    const first = rowOf.get(card.number)
    if (first === undefined) {
      rowOf.set(card.number, row)
      cards.push(card)
    } else bad.push(about(row, 'number', 'number-repeated', `卡号 ${card.number} 与第 ${first} 行重复，请删去一行或更正。`))
  }
  return { cards, bad }
}

const bare = (cell: SheetCell | undefined): string => (cell?.kind === 'text' ? cell.text.normalize('NFKC').replaceAll(/[\s*]/gu, '') : '')

function keyOf(cell: SheetCell | undefined): LedgerKey | undefined {
  const heading = bare(cell)
  return heading === ''
    ? undefined
    : ledgerKeys.find((key) => [ledgerColumns[key].title, ...ledgerColumns[key].also].some((title) => title.normalize('NFKC') === heading))
}

function placesOf(cells: SheetRow['cells']): Map<LedgerKey, number> {
  const places = new Map<LedgerKey, number>()
  for (const [at, cell] of cells.entries()) {
    const key = keyOf(cell)
    if (key !== undefined && !places.has(key)) places.set(key, at)
  }
  return places
}

function twice({ number, cells }: SheetRow): BadCell[] {
  const keys = Array.from(cells, keyOf).filter((key) => key !== undefined)
  return [...new Set(keys.filter((key, at) => keys.indexOf(key) !== at))].map((key) =>
    about(number, key, 'column-repeated', `“${ledgerColumns[key].title}”有两列，请删去一列。`),
  )
}

const about = (row: number, key: LedgerKey, code: string, message: string): BadCell => ({
  row,
  column: ledgerColumns[key].title,
  code,
  message,
})

/** What a cell says, or why not: a code and a sentence. */
type Read<Value> = { readonly value: Value } | { readonly code: string; readonly message: string }
const wrong = (code: string, message: string) => ({ code, message })

function readRow(row: number, cells: SheetRow['cells'], places: ReadonlyMap<LedgerKey, number>, today: string) {
  const bad: BadCell[] = []
  /** Reads a cell of the row; null where it is empty, or wrong and told. */
  const take = <Value>(key: LedgerKey, read: (cell: SheetCell) => Read<Value>): Value | null => {
    const place = places.get(key)
    const cell = place === undefined ? undefined : cells[place]
    if (!cell) {
      if (ledgerColumns[key].required) bad.push(about(row, key, 'cell-empty', `“${ledgerColumns[key].title}”没有填写，请补上。`))
      return null
    }
    const told =
      cell.kind === 'formula'
        ? wrong('cell-formula', '是公式，不能读取，请选择性粘贴为数值。')
        : cell.kind === 'error' || cell.kind === 'boolean'
          ? wrong('cell-wrong', `内容是 ${cell.text}，请更正。`)
          : read(cell)
    if ('value' in told) return told.value
    bad.push(about(row, key, told.code, told.message))
    return null
  }
  const number = take('number', readNumber)
  const kind = take('kind', oneOf('unknown-kind', kindWords))
  const medium = take('medium', oneOf('unknown-medium', mediumWords))
  const enterpriseName = take('enterpriseName', readText(100))
  const uscc = take('uscc', readUscc)
  const holderName = take('holderName', readText(60))
  const holderIdType = take('holderIdType', readText(30))
  const holderIdNumber = take('holderIdNumber', (cell) => readHolderId(cell, holderIdType, today))
  const status = take('status', oneOf('unknown-state', statusWords))
  const issuedOn = take('issuedOn', readDay)
  const validFrom = take('validFrom', readDay)
  const validUntil = take('validUntil', readDay)
  if (validFrom !== null && validUntil !== null && validFrom > validUntil)
    bad.push(about(row, 'validUntil', 'term-wrong', '早于证书起始日期，请更正。'))
  if (issuedOn !== null && issuedOn > today) bad.push(about(row, 'issuedOn', 'date-wrong', '晚于今天，请更正。'))
  if (status === 'expired' && (validUntil === null || validUntil >= today))
    bad.push(about(row, 'status', 'state-term', '写“已过期”的，须填写已经过去的证书有效期至。'))
  if (
    bad.length > 0 ||
    number === null ||
    kind === null ||
    enterpriseName === null ||
    uscc === null ||
    holderName === null ||
    status === null
  )
    return { card: null, wrong: bad }
  const card: StatedCard = {
    row,
    number,
    kind,
    medium,
    enterpriseName,
    uscc,
    holderName,
    holderIdType,
    holderIdNumber,
    status,
    issuedOn,
    validFrom,
    validUntil,
  }
  return { card, wrong: bad }
}

/** Excel keeps fifteen digits of a number and shows twelve: nobody knows what was typed. */
function readCode(cell: SheetCell): Read<string> {
  const scientific = cell.kind === 'text' && /^\s*\d+(\.\d+)?E\+\d+\s*$/iu.test(cell.text)
  if (cell.kind === 'text' && !scientific) return { value: cell.text }
  return wrong('number-format', `是数字格式（${cell.text}），长数字可能已被 Excel 改动，请把整列设为“文本”格式后重新填写。`)
}

function readNumber(cell: SheetCell): Read<string> {
  const code = readCode(cell)
  if (!('value' in code)) return code
  const number = normalizeCardNumber(code.value)
  return isCardNumber(number)
    ? { value: number }
    : wrong('card-number-wrong', `卡号“${number.slice(0, 40)}”应为 4 至 32 位的数字、大写字母或连字符，请核对。`)
}

const usccFaults = {
  length: '应为 18 位，请核对。',
  character: '有不该出现的字母（没有 I、O、S、V、Z），请核对。',
  'check-digit': '校验位不符，请对照营业执照核对。',
} as const

function readUscc(cell: SheetCell): Read<string> {
  const code = readCode(cell)
  if (!('value' in code)) return code
  const uscc = normalizeUscc(code.value)
  const fault = usccFault(uscc)
  return fault === null ? { value: uscc } : wrong('uscc-wrong', `信用代码“${uscc.slice(0, 30)}”${usccFaults[fault]}`)
}

const idFaults = {
  form: '位数或格式不对，请核对。',
  'check-digit': '校验位不符，请对照证件核对。',
  'birth-date': '所含的出生日期不存在或晚于今天，请对照证件核对。',
} as const

function readHolderId(cell: SheetCell, type: string | null, today: string): Read<string> {
  const code = readCode(cell)
  if (!('value' in code)) return code
  const number = normalizeIdNumber(code.value)
  if (/^[0-9A-Z]+\*+[0-9A-Z]*$/u.test(number)) return { value: number }
  const isResident = type !== null && /身份证/u.test(type) && !/永久居留/u.test(type)
  if (isResident || /^\d{17}[\dX]$/u.test(number)) {
    const read = readIdNumber(number, today)
    if ('fault' in read) return wrong('id-number-wrong', `证件号码${idFaults[read.fault]}`)
    return isResident && number.length !== 18 ? wrong('id-number-wrong', `证件号码${idFaults.form}`) : { value: number }
  }
  return /^[0-9A-Z()-]{4,32}$/u.test(number) ? { value: number } : wrong('id-number-wrong', `证件号码${idFaults.form}`)
}

const oneOf =
  <Key extends string>(code: string, words: Readonly<Record<Key, readonly string[]>>) =>
  (cell: SheetCell): Read<Key> => {
    const key = calledSo(words, cell.text.normalize('NFKC').trim())
    const known = (Object.keys(words) as Key[]).map((each) => words[each][0]).join('、')
    return key === undefined ? wrong(code, `“${cell.text.trim().slice(0, 20)}”不是可用的写法，应为${known}之一。`) : { value: key }
  }

const readText =
  (longest: number) =>
  (cell: SheetCell): Read<string> => {
    if (cell.kind !== 'text') return wrong('cell-wrong', `应为文字，不是${cell.kind === 'date' ? '日期' : '数字'}，请更正。`)
    const text = cell.text.trim().replaceAll(/\s+/gu, ' ')
    if (/\p{Cc}|\p{Cs}|\p{Co}/u.test(text)) return wrong('cell-wrong', '有看不见的控制字符，请重新填写。')
    return text.length > longest ? wrong('cell-too-long', `超过 ${longest} 字，请更正。`) : { value: text }
  }

/** A day as Excel's own date, or as text: 2026-11-20, 2026/1/2, 2026.1.2, 20261120, 2026年11月20日. */
function readDay(cell: SheetCell): Read<string> {
  if (cell.kind === 'date') return { value: cell.text }
  const text = cell.text.normalize('NFKC').replaceAll(/\s/gu, '')
  const day = cell.kind === 'text' ? readWrittenDay(text) : undefined
  return day !== undefined
    ? { value: day }
    : wrong('date-wrong', `“${cell.text.trim().slice(0, 20)}”不是日期，请设为日期格式，或写成 2026-11-20 这样的文本。`)
}
