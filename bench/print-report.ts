/** The bench's figures as tables for people. */
import type { Problem } from '../src/flow.ts'
import type { Score } from '../test/corpus/score-reading.ts'
import { claimOf, columnOf, tableTrust, typeOf } from './judge-values.ts'

export interface Cost {
  readonly pagesPerMinute: number
  readonly cpuSecondsPerPage: number
  readonly peakBytes: number
}

/** How one engine did on the picture pages, or why it did not run. */
export type EngineStanding =
  | { readonly engine: string; readonly missing: string }
  | (Cost & {
      readonly engine: string
      /** Values found in the page's text, by the columns of the bar and `all`. */
      readonly found: Readonly<Record<string, { readonly found: number; readonly of: number }>>
    })

export interface Report {
  readonly pages: number
  readonly workers: number
  readonly problems: readonly Problem[]
  /** From the start of its process. */
  readonly zhika: Cost
  /** Of other pages that the same process read when it had been running; of comparisons only. */
  readonly later?: Cost & { readonly pages: number }
  readonly score: Score
  /** CPU seconds of the networks' runs alone, and of the whole reading; of comparisons only, for it costs as much again. */
  readonly floor?: {
    readonly detection: number
    readonly recognition: number
    readonly detections: number
    readonly recognitions: number
    readonly cpuSeconds: number
  }
  /** The same of the later pages, against the runs that these needed. */
  readonly laterFloor?: NonNullable<Report['floor']>
  readonly standings?: readonly EngineStanding[]
  readonly scaling?: readonly (Cost & { readonly workers: number; readonly pages: number })[] | undefined
}

const columns = ['digital', 'scan', 'grey', 'phone', 'fax', 'hand, scan', 'hand, phone', 'hand, fax'] as const
const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`)
const gigabytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(2)} GB`

/** `errors`: how many misses to list, certain ones first. */
export function printReport(report: Report, errors: number): void {
  printCost(report)
  if (report.standings !== undefined) printStandings(report.standings)
  printBar(report.score)
  printTrust(report.score)
  for (const row of report.scaling ?? [])
    console.log(
      `${row.workers} core${row.workers > 1 ? 's' : ' '} ${String(row.pages).padStart(4)} pages: ${row.pagesPerMinute.toFixed(0).padStart(4)} a minute, ${row.cpuSecondsPerPage.toFixed(2)} CPU s a page, ${gigabytes(row.peakBytes)}`,
    )
  for (const problem of report.problems) console.log(`problem ${problem.file}: ${problem.code}`)
  for (const miss of report.score.misses.toSorted((a, b) => Number(b.certain) - Number(a.certain)).slice(0, errors))
    console.log(
      `${miss.certain ? '!' : ' '} ${miss.device} ${miss.kind} ${miss.field} ${miss.file}: ${JSON.stringify(miss.expected)} ← ${JSON.stringify(miss.got)}`,
    )
}

function printCost({ pages, problems, workers, zhika, later, score, floor, laterFloor }: Report): void {
  const fields = score.fields.get('all')!
  const seen = score.pages.get('all')!
  /** Of the process from its start, and of what it reads once it has been running. */
  const told = (of: (cost: Cost) => string): string => (later ? `${of(zhika)} from its start, ${of(later)} once running` : of(zhika))
  console.log(
    `pages            ${pages} (${problems.length} problems), ${workers} workers${later ? `; then ${later.pages} others once running` : ''}`,
  )
  console.log(`pages a minute   ${told(({ pagesPerMinute }) => pagesPerMinute.toFixed(0))}`)
  console.log(`CPU a page       ${told(({ cpuSecondsPerPage }) => `${cpuSecondsPerPage.toFixed(2)} s`)}`)
  if (floor !== undefined) printFloor(later ? 'from its start' : '', floor, pages)
  if (later !== undefined && laterFloor !== undefined) printFloor('once running', laterFloor, later.pages)
  console.log(`peak memory      ${told(({ peakBytes }) => gigabytes(peakBytes))}`)
  console.log(`kinds right      ${percent(seen.kindExact, seen.documents)}`)
  console.log(
    `fields exact     ${percent(fields.exact, fields.filled)} of ${fields.filled}; empty ones told so ${percent(fields.emptyExact, fields.empty)} of ${fields.empty}; illegible ones left ${fields.illegibleLeft} of ${fields.illegible}`,
  )
  console.log(`certain          ${percent(fields.certain, fields.filled + fields.empty)}, of these wrong ${fields.wrongCertain}`)
  console.log(
    `seals found      ${percent(seen.sealsFound, seen.seals)} of ${seen.seals}, arc text exact ${percent(seen.sealTextExact, seen.sealsFound)}, invented ${seen.sealsInvented}`,
  )
}

function printFloor(
  when: string,
  { detection, recognition, detections, recognitions, cpuSeconds }: NonNullable<Report['floor']>,
  pages: number,
): void {
  const seconds = detection + recognition
  console.log(
    `floor            ${(seconds / pages).toFixed(2)} s a page (${detections} detections ${detection.toFixed(1)} s, ${recognitions} recognitions ${recognition.toFixed(1)} s): ${when === '' ? '' : `${when} `}reading is ${(cpuSeconds / seconds).toFixed(2)} × the floor, ${((cpuSeconds - seconds) / pages).toFixed(2)} s a page beside the networks`,
  )
}

function printStandings(standings: readonly EngineStanding[]): void {
  const shown = ['all', ...columns].filter((column) => standings.some((row) => 'found' in row && row.found[column] !== undefined))
  console.log('\nvalues found anywhere in what an engine read of the page (picture pages; zhika: in its fields)')
  printRows([
    ['engine', ...shown, 'pages/min', 'CPU s/page', 'peak'],
    ...standings.map((row) =>
      'missing' in row
        ? [row.engine, row.missing]
        : [
            row.engine,
            ...shown.map((column) => percent(row.found[column]?.found ?? 0, row.found[column]?.of ?? 0)),
            row.pagesPerMinute.toFixed(0),
            row.cpuSecondsPerPage.toFixed(2),
            gigabytes(row.peakBytes),
          ],
    ),
  ])
}

/** The columns of the bar, each put together from the devices that belong to it. */
function printBar(score: Score): void {
  const sums = new Map<string, { kind: number[]; fields: number[]; certain: number[]; wrong: number; seals: number[]; arcs: number[] }>()
  const sumOf = (device: string) => {
    const column = columnOf(device)
    const known = sums.get(column) ?? { kind: [0, 0], fields: [0, 0], certain: [0, 0], wrong: 0, seals: [0, 0], arcs: [0, 0] }
    sums.set(column, known)
    return known
  }
  const add = (pair: number[], part: number, whole: number): void => {
    pair[0]! += part
    pair[1]! += whole
  }
  for (const [device, tally] of score.pages) {
    if (device === 'all') continue
    const sum = sumOf(device)
    add(sum.kind, tally.kindExact, tally.documents)
    add(sum.seals, tally.sealsRight, tally.documents)
    add(sum.arcs, tally.sealTextExact, tally.sealsFound)
  }
  for (const [key, tally] of score.fields) {
    if (!key.startsWith('device ')) continue
    const sum = sumOf(key.slice('device '.length))
    add(sum.fields, tally.exact, tally.filled)
    add(sum.certain, tally.certain, tally.filled + tally.empty)
    sum.wrong += tally.wrongCertain
  }
  const shown = columns.filter((column) => sums.has(column))
  const row = (name: string, of: (sum: NonNullable<ReturnType<typeof sums.get>>) => string): string[] => [
    name,
    ...shown.map((column) => of(sums.get(column)!)),
  ]
  const share = ([part, whole]: number[]): string => percent(part!, whole!)
  console.log('\nthe columns of the bar')
  printRows([
    ['', ...shown],
    row('kind of paper', ({ kind }) => share(kind)),
    row('fields exact', ({ fields }) => share(fields)),
    row('values certain', ({ certain }) => share(certain)),
    row('certain but wrong', ({ wrong }) => String(wrong)),
    row('seals found or rightly absent', ({ seals }) => share(seals)),
    row('arc text exact', ({ arcs }) => share(arcs)),
    row('documents', ({ kind }) => String(kind[1])),
  ])
}

/** Claimed against measured: by what was claimed, and of the certain values by copy and by type. */
function printTrust(score: Score): void {
  const told = score.values.filter((value) => value.told)
  const certain = score.values.filter((value) => value.certain)
  for (const [title, rows] of [
    ['claimed confidence', tableTrust(score.values, ({ confidence }) => claimOf(confidence))],
    ['certain values, by copy', tableTrust(certain, ({ device }) => columnOf(device))],
    ['certain values, by type', tableTrust(certain, ({ field }) => typeOf(field))],
    ['uncertain values, by type', tableTrust(told, ({ certain: isCertain, field }) => (isCertain ? undefined : typeOf(field)))],
  ] as const) {
    console.log('')
    printRows([
      [title, 'values', 'claimed', 'right', 'wrong'],
      ...rows.map(({ group, values, claimed, measured, wrong }) => [
        group,
        String(values),
        `${(100 * claimed).toFixed(1)} %`,
        `${(100 * measured).toFixed(1)} %`,
        String(wrong),
      ]),
    ])
  }
  console.log('')
}

function printRows(rows: readonly (readonly string[])[]): void {
  const widths = rows
    .filter((row) => row.length > 2)
    .reduce<number[]>((wide, row) => row.map((cell, i) => Math.max(wide[i] ?? 0, cell.length)), [])
  for (const row of rows)
    console.log(row.map((cell, i) => (i === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '))
}
