/**
 * How fast the ledger goes to and from a workbook, and with how much memory: `node bench/ledger.ts [--rows N] [--folder DIR]`.
 * Draws N cards of invented enterprises, then imports, looks them up again (nothing changes), exports and searches, each in a
 * process of its own on a database on disk. With `--folder` an existing `ledger.xlsx` is taken as it is.
 */
import { spawnSync } from 'node:child_process'
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { applicationMigrations } from '../src/application/application-tables.ts'
import { cardsMigrations } from '../src/cards/card-tables.ts'
import { openLedger } from '../src/cards/open-ledger.ts'
import { ledgerColumns, ledgerKeys } from '../src/cards/sheet/ledger-columns.ts'
import { clockAt } from '../src/platform/clock.ts'
import { migrate } from '../src/platform/database/migrate.ts'
import { openDatabase } from '../src/platform/database/open-database.ts'
import { writeWorkbook } from '../src/platform/sheets/write-workbook.ts'
import { inventIdNumber, inventUscc } from '../test/corpus/invent-identifiers.ts'
import { seedRandom } from '../test/corpus/random.ts'

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '10000' }, folder: { type: 'string' }, step: { type: 'string' } },
})
const steps = ['import', 'import again', 'export', 'search'] as const

if (values.step === undefined) await measureAll()
else await runStep(values.step, values.folder ?? '')

async function measureAll(): Promise<void> {
  const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'zhika-bench-'))
  const sheet = join(folder, 'ledger.xlsx')
  if (!existsSync(sheet)) await draw(sheet, Number(values.rows))
  process.stdout.write(`workbook ${(statSync(sheet).size / 1024 / 1024).toFixed(2)} MB\n`)
  for (const step of steps) {
    const run = spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', import.meta.filename, '--step', step, '--folder', folder],
      {
        encoding: 'utf8',
      },
    )
    process.stdout.write(run.status === 0 ? run.stdout : run.stderr)
  }
  if (values.folder === undefined) rmSync(folder, { recursive: true })
}

async function draw(file: string, rows: number): Promise<void> {
  const random = seedRandom(1)
  function* cards() {
    for (let at = 0, uscc = ''; at < rows; at++) {
      if (at % 4 === 0) uscc = inventUscc(random, '91', '350206')
      yield [
        `86${String(at).padStart(11, '0')}`,
        at % 4 === 0 ? '法人卡' : '操作员卡',
        'IC卡',
        `厦门示例${Math.floor(at / 4)}号进出口有限公司`,
        uscc,
        `持卡人${at}`,
        '居民身份证',
        inventIdNumber(random, '350206', `19${60 + (at % 40)}-0${1 + (at % 9)}-1${at % 10}`, '女'),
        '有效',
        '2020-03-02',
        '2020-03-02',
        '2030-03-02',
      ]
    }
  }
  const columns = ledgerKeys.map((key) => ledgerColumns[key])
  await writeWorkbook(createWriteStream(file), [{ name: '卡片台账', columns, rows: cards() }])
}

async function runStep(step: string, folder: string): Promise<void> {
  const database = openDatabase(join(folder, 'bench.sqlite'))
  await migrate(database, applicationMigrations, cardsMigrations)
  const ledger = openLedger({ database, clock: clockAt('2026-11-20T02:00:00Z') })
  const started = performance.now()
  const before = process.cpuUsage()
  let count = 0
  if (step === 'export') count = await ledger.exportSheet(createWriteStream(join(folder, 'out.xlsx')), { wholeIds: true })
  else if (step === 'search') {
    for (let turn = 0; turn < 100; turn++) await ledger.search({ text: `示例${turn}7`, limit: 50, offset: 0 })
    count = 100
  } else {
    const result = await ledger.importSheet(readFileSync(join(folder, 'ledger.xlsx')), { write: true, actor: 'bench' })
    if (!result.ok || result.value.badCount > 0) throw new Error(result.ok ? result.value.bad[0]?.message : result.message)
    count = result.value.rows
  }
  const { user, system } = process.cpuUsage(before)
  const cpu = (user + system) / 1_000_000
  const wall = (performance.now() - started) / 1000
  const peak = process.resourceUsage().maxRSS / 1024
  process.stdout.write(
    `${step.padEnd(13)} ${count} in ${wall.toFixed(2)} s (CPU ${cpu.toFixed(2)} s): ${(count / wall).toFixed(0)} a second, peak ${peak.toFixed(0)} MB\n`,
  )
  await database.destroy()
}
