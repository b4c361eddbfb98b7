/**
 * What was read, as a person reads it: a table for each paper in the order of its fields, each value with a mark of its
 * certainty and what that rests on, the seals, and at the end what could not be read and what to do about it.
 */
import { styleText } from 'node:util'
import Table from 'cli-table3'
import type { FieldValue, Problem, ReadDocument, Seal } from '../flow.ts'
import { evidenceSummary } from '../guide/evidence-words.ts'
import { maskIdNumber } from '../guide/identifiers/id-number.ts'
import { documentFields, documentTitles, serviceTitles, type FieldDefinition, type ServiceCode } from '../guide/papers.ts'
import { columnsOf, wrapColumns } from './lay-out-text.ts'

export interface Terminal {
  /** Columns that a line may take. */
  readonly columns: number
  /** Colours say again what signs and words say. */
  readonly colour: boolean
  /**
   * Numbers of identity documents in full. At a terminal sits the person who holds the paper and has to compare it; what
   * is redirected into a file or a pipe is kept somewhere, and there the middle is hidden (`--json` holds it whole).
   */
  readonly wholeNumbers: boolean
}

type Tone = 'certain' | 'doubtful' | 'unread' | 'blank' | 'seal'

interface Row {
  readonly label: string
  readonly value: string
  readonly tone: Tone
  readonly mark: string
  readonly evidence: string
}

/** Below this a table has no room for the four columns. */
const leastForTable = 72
const mostColumns = 132

export function showPapers(documents: readonly ReadDocument[], problems: readonly Problem[], terminal: Terminal): string {
  const papers = documents.map((document) => showPaper(document, terminal))
  return [...papers, ...showProblems(problems, terminal), sumUp(documents, problems, terminal)].map((part) => `${part}\n`).join('\n')
}

function showPaper(document: ReadDocument, terminal: Terminal): string {
  const rows = [
    ...foldBlanks(documentFields[document.kind].map((definition) => fieldRow(definition, document.fields[definition.name], terminal))),
    ...sealRows(document),
  ]
  const title = titleOf(document)
    .flatMap((line) => wrapColumns(line, terminal.columns))
    .map((line, at) => (at === 0 ? style(terminal, line, 'bold') : style(terminal, line, 'dim')))
  if (rows.length === 0) title.push('  不知道这是什么材料，没有可列出的项目；请对照原件。')
  return [...title, ...(terminal.columns >= leastForTable ? table(rows, terminal) : list(rows, terminal))].join('\n')
}

function titleOf({ kind, confidence, pages }: ReadDocument): string[] {
  const places = Map.groupBy(pages, ({ file }) => file)
  return [
    `■ ${documentTitles[kind]}${kind !== 'unknown' && confidence < 0.9 ? '（类别存疑，请核对）' : ''}`,
    ...[...places].map(([file, own]) => {
      const numbers = own.map(({ page }) => page).join('、')
      const turned = own.find(({ rotation }) => rotation !== 0)
      return `  ${file}　第 ${numbers} 页${turned ? `（已转正 ${turned.rotation}°）` : ''}`
    }),
  ]
}

function fieldRow(definition: FieldDefinition, field: FieldValue | undefined, terminal: Terminal): Row {
  const { label } = definition
  if (field === undefined || field.value === null) {
    const evidence = evidenceSummary(field?.evidence, 2).join('、')
    if (field?.certain) return { label, value: blankWords(definition), tone: 'blank', mark: '· 空白', evidence }
    return { label, value: field?.box ? '（未读出）' : '（没有找到）', tone: 'unread', mark: '✗ 请核对', evidence }
  }
  const value = valueWords(definition, field, terminal)
  return field.certain
    ? { label, value, tone: 'certain', mark: '✓ 确定', evidence: evidenceSummary(field.evidence, 2).join('、') }
    : { label, value, tone: 'doubtful', mark: '? 请核对', evidence: evidenceSummary(field.evidence, 3).join('、') }
}

/** Half a card form is empty when one card is asked for: a run of blanks is one row. */
function foldBlanks(rows: readonly Row[]): Row[] {
  const folded: Row[] = []
  for (let at = 0; at < rows.length;) {
    let end = at
    while (rows[end]?.tone === 'blank') end++
    if (end - at > 3) {
      const run = rows.slice(at, end)
      folded.push({ ...run[0]!, label: `以下 ${run.length} 项`, value: run.map(({ label }) => label).join('、') })
      at = end
    } else folded.push(rows[at++]!)
  }
  return folded
}

const blankWords = ({ type }: FieldDefinition): string => (type === 'services' || type === 'delivery' ? '[ ] 未勾选' : '—')

function valueWords({ type }: FieldDefinition, { value }: FieldValue, { wholeNumbers }: Terminal): string {
  if (typeof value === 'string') {
    if (type === 'delivery') return `[✓] ${value === 'post' ? '邮寄领卡' : '窗口领卡'}`
    return type === 'id-number' && !wholeNumbers ? maskIdNumber(value) : value
  }
  const words = (value ?? []).map((part) => {
    if (typeof part !== 'string') return `${part.name} × ${part.quantity ?? '?'}${part.price === null ? '' : `　${part.price} 元`}`
    return type === 'services' ? `[✓] ${serviceTitles[part as ServiceCode] ?? part}` : part
  })
  if (words.length > 0) return words.join('\n')
  return type === 'services' ? '[ ] 未勾选' : '—'
}

function sealRows({ kind, seals }: ReadDocument): Row[] {
  if (seals.length === 0) return kind === 'unknown' ? [] : [{ label: '印章', value: '未见印章', tone: 'blank', mark: '', evidence: '' }]
  return seals.map((seal) => ({
    label: roleTitles[seal.role ?? 'company'],
    value: seal.text ?? (seal.liesOn ? `（环文未读出，似“${seal.liesOn}”）` : '（环文未读出）'),
    tone: 'seal',
    mark: `◎ ${Math.round(seal.confidence * 100)}%`,
    evidence: `${sealLooks(seal)}，第 ${seal.page + 1} 页`,
  }))
}

const roleTitles = { company: '公章', special: '专用章', other: '其他印记' } as const
const sealLooks = ({ color, shape }: Seal): string => `${color === 'gray' ? '黑白' : '红色'}${shape === 'oval' ? '椭圆' : '圆形'}`

function table(rows: readonly Row[], terminal: Terminal): string[] {
  if (rows.length === 0) return []
  const most = Math.min(terminal.columns, mostColumns)
  const need = (of: (row: Row) => string) => Math.max(2, ...rows.flatMap((row) => of(row).split('\n').map(columnsOf)))
  const label = Math.min(
    20,
    need((row) => row.label),
  )
  const mark = 8
  // Four columns, a blank on both sides of each, five rules.
  const room = most - label - mark - 13
  const needed = Math.max(
    12,
    need((row) => row.value),
  )
  const evidence = Math.min(
    need((row) => row.evidence),
    Math.max(12, Math.floor(room * 0.42), room - needed),
  )
  const value = Math.min(needed, room - evidence)
  const drawn = new Table({
    style: { head: [], border: [] },
    // Rows close together: the paper is seen at a glance.
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
    colWidths: [label, value, mark, evidence].map((width) => width + 2),
  })
  const cell = (text: string, width: number, paint: (line: string) => string = (line) => line) =>
    wrapColumns(text, width).map(paint).join('\n')
  for (const row of rows) {
    const paint = (line: string) => style(terminal, line, ...coloursOf[row.tone])
    drawn.push([
      cell(row.label, label),
      cell(row.value, value, row.tone === 'certain' || row.tone === 'seal' ? undefined : paint),
      cell(row.mark, mark, paint),
      cell(row.evidence, evidence, (line) => style(terminal, line, 'dim')),
    ])
  }
  return drawn.toString().split('\n')
}

/** For a narrow terminal: a line for the label and its mark, the value below it. */
function list(rows: readonly Row[], terminal: Terminal): string[] {
  return rows.flatMap((row) => {
    const paint = (line: string) => style(terminal, line, ...coloursOf[row.tone])
    const heading = wrapColumns(`  ${row.label}　${row.mark}`, terminal.columns)
    const values = wrapColumns(row.value, terminal.columns - 4).map((line) => `    ${line}`)
    const evidence = row.evidence === '' ? [] : wrapColumns(row.evidence, terminal.columns - 4).map((line) => `    ${line}`)
    return [
      ...heading.map(row.tone === 'doubtful' || row.tone === 'unread' ? paint : (line) => line),
      ...values.map(row.tone === 'certain' || row.tone === 'seal' ? (line) => line : paint),
      ...evidence.map((line) => style(terminal, line, 'dim')),
    ]
  })
}

function showProblems(problems: readonly Problem[], terminal: Terminal): string[] {
  if (problems.length === 0) return []
  const lines = problems.flatMap(({ file, message }) => [
    ...wrapColumns(`✗ ${file}`, terminal.columns).map((line) => style(terminal, line, 'red')),
    ...wrapColumns(message, terminal.columns - 4).map((line) => `    ${line}`),
  ])
  return [[style(terminal, '■ 未能读取', 'bold'), ...lines].join('\n')]
}

function sumUp(documents: readonly ReadDocument[], problems: readonly Problem[], terminal: Terminal): string {
  const fields = documents.flatMap(({ kind, fields: own }) => documentFields[kind].map(({ name }) => own[name]))
  const certain = fields.filter((field) => field?.certain).length
  const lines = [
    `共 ${documents.length} 份材料：${certain} 项确定，${fields.length - certain} 项请对照原件核对；${problems.length} 个文件问题。`,
  ]
  if (!terminal.wholeNumbers && documents.some(hasIdNumber)) lines.push('输出不在终端上，证件号码只显示首尾；需要完整内容请加 --json。')
  return lines.flatMap((line) => wrapColumns(line, terminal.columns)).join('\n')
}

const hasIdNumber = ({ kind, fields }: ReadDocument): boolean =>
  documentFields[kind].some(({ name, type }) => type === 'id-number' && typeof fields[name]?.value === 'string')

type Colour = 'green' | 'yellow' | 'red' | 'dim' | 'bold' | 'cyan'

const coloursOf: Record<Tone, readonly Colour[]> = {
  certain: ['green'],
  doubtful: ['yellow', 'bold'],
  unread: ['red', 'bold'],
  blank: ['dim'],
  seal: ['cyan'],
}

const style = ({ colour }: Terminal, text: string, ...colours: readonly Colour[]): string =>
  colour && text !== '' ? styleText([...colours], text, { validateStream: false }) : text
