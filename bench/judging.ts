/**
 * How well whole submissions are judged: `node bench/judging.ts [--count N] [--seed N] [--device NAME] [--writing NAME]
 * [--service CODE] [--fault NAME]… [--faulty SHARE] [--held-back] [--workers N] [--folder DIR] [--errors N]`. Draws
 * submissions with planted faults (or takes those in DIR), reads them, judges them as they arrive, and prints what was
 * expected against what was decided, and for each device and writing how many of the planted faults were found by code and paper,
 * which faulty submissions were `ready`, and which sound ones were sent back or not `ready`. With `--folder` what was read is kept in
 * DIR/read, so that a change of the rules is measured without reading again.
 */
import { mkdirSync, mkdtempSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { assemble } from '../src/application/assemble/assemble.ts'
import { judge } from '../src/application/judge/judge.ts'
import type { Decision, Finding, Reading } from '../src/flow.ts'
import type { ServiceCode } from '../src/guide/papers.ts'
import { openLog } from '../src/platform/log/log.ts'
import { openReader } from '../src/reading/read-papers.ts'
import type { Device } from '../test/corpus/copy-page.ts'
import { drawSubmissions, heldBackSeeds } from '../test/corpus/draw-corpus.ts'
import type { Fault } from '../test/corpus/fill-paper.ts'
import type { Truth } from '../test/corpus/truth.ts'
import { cutInTwo, mixedUp } from './mix-envelopes.ts'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '24' },
    seed: { type: 'string', default: '6000' },
    device: { type: 'string', default: 'mixed' },
    writing: { type: 'string', default: 'mixed' },
    service: { type: 'string', default: 'mixed' },
    fault: { type: 'string', multiple: true },
    faulty: { type: 'string', default: '0.5' },
    'held-back': { type: 'boolean', default: false },
    workers: { type: 'string', default: '2' },
    folder: { type: 'string' },
    errors: { type: 'string', default: '20' },
  },
})

/** The day on which drawn papers arrive. */
const today = '2026-11-20'

/** How submissions that were copied and written alike were judged. */
interface Group {
  all: number
  serviceRight: number
  planted: number
  found: number
  /** With a fault that the applicant must mend or the clerk must see, and how many of them were ready all the same. */
  faulty: number
  faultyReady: number
  /** Without a fault: an agreement to be confirmed is the clerk's to see, and no fault. */
  sound: number
  soundReady: number
  soundBack: number
}

interface Tally {
  readonly decisions: Map<string, number>
  readonly faults: Map<string, { planted: number; found: number; told: number }>
  readonly groups: Map<string, Group>
  readonly misses: string[]
}

const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'zhika-bench-'))
if (!existsSync(join(folder, 'truth'))) await draw(folder)
const tally: Tally = { decisions: new Map(), faults: new Map(), groups: new Map(), misses: [] }
const all = await readAll(folder)
for (const { truth, reading } of all) weigh(truth, reading)
const sets = all.map(({ truth, reading }) => ({ name: truth.name, documents: reading.documents }))
const [mixed, cut] = [mixedUp(sets), cutInTwo(sets)]
if (values.folder === undefined) rmSync(folder, { recursive: true })
print()

async function draw(out: string): Promise<void> {
  const seed = Number(values.seed)
  await drawSubmissions({
    out,
    seed: seed + (values['held-back'] && seed < heldBackSeeds ? heldBackSeeds : 0),
    count: Number(values.count),
    device: values.device === 'mixed' ? undefined : (values.device as Device),
    writing: values.writing === 'mixed' ? undefined : (values.writing as 'typed' | 'hand'),
    service: values.service === 'mixed' ? undefined : (values.service as ServiceCode),
    packaging: 'folder',
    faults: values.fault as Fault[] | undefined,
    faulty: Number(values.faulty),
    heldBack: values['held-back'],
    varied: true,
  })
}

async function readAll(drawn: string): Promise<{ truth: Truth; reading: Reading }[]> {
  const kept = join(drawn, 'read')
  mkdirSync(kept, { recursive: true })
  const reader = openReader({ workers: Number(values.workers), log: openLog('warn') })
  const all: { truth: Truth; reading: Reading }[] = []
  for (const name of readdirSync(join(drawn, 'truth')).toSorted()) {
    const truth = JSON.parse(readFileSync(join(drawn, 'truth', name), 'utf8')) as Truth
    const file = join(kept, name)
    if (!existsSync(file)) {
      const place = join(drawn, 'submissions', truth.name)
      const papers = readdirSync(place).map((paper) => ({ file: paper, bytes: new Uint8Array(readFileSync(join(place, paper))) }))
      const read = await reader.read(papers, {})
      writeFileSync(file, JSON.stringify({ documents: read.documents, problems: read.problems }))
    }
    all.push({ truth, reading: JSON.parse(readFileSync(file, 'utf8')) as Reading })
  }
  await reader.close()
  return all
}

/** Guide 九: a deregistration waits for the agreements. */
function expectedOf(truth: Truth): Decision | null {
  if (truth.decision !== 'ready') return truth.decision
  return truth.service === 'deregister' ? 'look' : 'ready'
}

function weigh(truth: Truth, { documents, problems }: Reading): void {
  const opened = assemble(documents).map((papers) => ({
    ...papers,
    ...judge(papers, { today, unreadFiles: problems.length, usedOrders: [] }),
  }))
  const findings = opened.flatMap((one) => one.findings)
  const decided: Decision = (['correct', 'look'] as const).find((each) => opened.some(({ decision }) => decision === each)) ?? 'ready'
  const expected = expectedOf(truth)
  const group = `${truth.device} ${truth.writing}`
  const missed: string[] = []
  add(tally.decisions, `${group}\t${expected ?? 'open'}\t${decided}`)
  const counts = groupOf(group)
  counts.all += 1
  if (opened.some(({ service }) => service === truth.service)) counts.serviceRight += 1
  else missed.push(`service ${opened.map(({ service }) => service).join(' ')}`)
  if (truth.decision === 'ready') {
    counts.sound += 1
    if (decided === 'correct') counts.soundBack += 1
    else if (findings.every((finding) => finding.severity === 'note' || isExpected(truth, finding))) counts.soundReady += 1
  } else if (truth.decision !== null) {
    counts.faulty += 1
    if (decided === 'ready') counts.faultyReady += 1
  }
  for (const { code, document } of truth.findings) {
    const key = `${code}\t${['scan200', 'scan300', 'digital'].includes(truth.device) && truth.writing === 'typed' ? 'typed scans' : 'other'}`
    const one = tally.faults.get(key) ?? { planted: 0, found: 0, told: 0 }
    const hits = findings.filter((finding) => finding.code === code && finding.document === document)
    one.planted += 1
    counts.planted += 1
    if (hits.length > 0) counts.found += 1
    if (hits.length > 0) one.found += 1
    else missed.push(`not found: ${code} ${document}`)
    if (hits.some(({ severity }) => severity === 'correct')) one.told += 1
    tally.faults.set(key, one)
  }
  const accused = findings.filter((finding) => finding.severity === 'correct' && !isPlanted(truth, finding))
  for (const { code, field, message } of accused) missed.push(`accused: ${code} ${field ?? ''} ${message}`)
  if (truth.decision === 'ready' && decided === 'look')
    for (const finding of findings.filter((one) => one.severity === 'look' && !isExpected(truth, one)))
      missed.push(`looked at: ${finding.code} ${finding.field ?? ''} ${finding.message}`)
  if (expected === 'correct' && decided === 'ready') missed.push('ready although faulty')
  if (missed.length > 0) tally.misses.push([`${truth.name} [${truth.faults.join(' ')}]`, ...missed].join('\n    '))
}

function groupOf(name: string): Group {
  const known = tally.groups.get(name)
  if (known !== undefined) return known
  const made = { all: 0, serviceRight: 0, planted: 0, found: 0, faulty: 0, faultyReady: 0, sound: 0, soundReady: 0, soundBack: 0 }
  tally.groups.set(name, made)
  return made
}

/** Looked at on sound papers too: guide 九's agreements. */
function isExpected({ service }: Truth, { code }: Finding): boolean {
  return service === 'deregister' && code === 'agreements-unconfirmed'
}

function isPlanted(truth: Truth, finding: Finding): boolean {
  return truth.findings.some(({ code }) => code === finding.code)
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function print(): void {
  console.log('copies and writing\texpected\tdecided\tsubmissions')
  for (const [key, count] of [...tally.decisions].toSorted(([left], [right]) => left.localeCompare(right))) console.log(`${key}\t${count}`)
  const sum = (expected: string, decided?: string) =>
    [...tally.decisions].reduce((total, [key, count]) => {
      const [, wanted, got] = key.split('\t')
      return wanted === expected && (decided === undefined || got === decided) ? total + count : total
    }, 0)
  const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} % of ${whole}`)
  printGroups(percent)
  console.log(`faulty, decided correct        ${percent(sum('correct', 'correct'), sum('correct'))}`)
  console.log(`two in one envelope kept apart ${percent(mixed.pairs - mixed.wrong.length, mixed.pairs)}`)
  console.log(
    `one in two envelopes joined    ${percent(cut.cut - cut.apart.length - cut.astray.length, cut.cut)}; to another's ${cut.astray.length}`,
  )
  console.log('\nfault\tpapers\tplanted\tfound\ttold to the applicant')
  for (const [key, { planted, found, told }] of [...tally.faults].toSorted(([left], [right]) => left.localeCompare(right)))
    console.log(`${key}\t${planted}\t${found}\t${told}`)
  for (const name of [
    ...mixed.wrong.map((pair) => `not kept apart: ${pair}`),
    ...cut.apart.map((set) => `not joined: ${set}`),
    ...cut.astray.map((set) => `joined to another's: ${set}`),
  ])
    tally.misses.push(name)
  for (const miss of tally.misses.slice(0, Number(values.errors))) console.log(miss)
}

function printGroups(percent: (part: number, whole: number) => string): void {
  const groups = [...tally.groups].toSorted(([left], [right]) => left.localeCompare(right))
  const sumOf = (key: keyof Group) => groups.reduce((total, [, group]) => total + group[key], 0)
  const all: Group = {
    all: sumOf('all'),
    serviceRight: sumOf('serviceRight'),
    planted: sumOf('planted'),
    found: sumOf('found'),
    faulty: sumOf('faulty'),
    faultyReady: sumOf('faultyReady'),
    sound: sumOf('sound'),
    soundReady: sumOf('soundReady'),
    soundBack: sumOf('soundBack'),
  }
  console.log('\ncopies and writing\tservice right\tfaults found\tfaulty but ready\tsound sent back\tsound ready')
  for (const [name, one] of [...groups, ['all', all] as const])
    console.log(
      [
        name,
        percent(one.serviceRight, one.all),
        percent(one.found, one.planted),
        `${one.faultyReady} of ${one.faulty}`,
        `${one.soundBack} of ${one.sound}`,
        percent(one.soundReady, one.sound),
      ].join('\t'),
    )
}
