/**
 * What reading costs: `node bench/reading.ts [--count N] [--seed N] [--device NAME] [--workers N] [--folder DIR] [--errors N]`.
 * Draws N submissions with the corpus (or takes those already drawn in DIR), reads them, and prints pages per minute, CPU
 * seconds per page, peak memory and how much was read right.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openLog } from '../src/platform/log/log.ts'
import { openReader } from '../src/reading/read-papers.ts'
import { newScore, scoreSubmission } from '../test/corpus/score-reading.ts'
import type { Truth } from '../test/corpus/truth.ts'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '12' },
    seed: { type: 'string', default: '4000' },
    device: { type: 'string', default: 'mixed' },
    workers: { type: 'string', default: '2' },
    folder: { type: 'string' },
    errors: { type: 'string', default: '0' },
  },
})

const folder = values.folder ?? drawCorpus()
const reader = openReader({ workers: Number(values.workers), log: openLog('warn') })
const score = newScore()
let pages = 0
let unread = 0
const startCpu = process.cpuUsage()
const start = performance.now()
for (const name of readdirSync(join(folder, 'truth'))) {
  const truth = JSON.parse(readFileSync(join(folder, 'truth', name), 'utf8')) as Truth
  const place = join(folder, 'submissions', truth.name)
  const papers = readdirSync(place).map((file) => ({
    file: `${truth.name}/${file}`,
    bytes: new Uint8Array(readFileSync(join(place, file))),
  }))
  let total = 0
  const { documents, problems } = await reader.read(papers, { onProgress: (_, of) => (total = of) })
  pages += total
  unread += problems.length
  for (const problem of problems) console.log(`  ${problem.file}: ${problem.code}`)
  scoreSubmission(score, truth, documents)
}
const seconds = (performance.now() - start) / 1000
const { user, system } = process.cpuUsage(startCpu)
await reader.close()
if (!values.folder) rmSync(folder, { recursive: true })

const fields = score.fields.get('all')!
const kinds = score.pages.get('all')!
const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`
console.log(`pages            ${pages} (${unread} problems), ${values.workers} workers`)
console.log(`pages a minute   ${((pages * 60) / seconds).toFixed(0)}`)
console.log(`CPU a page       ${((user + system) / 1e6 / pages).toFixed(2)} s`)
console.log(`peak memory      ${(process.resourceUsage().maxRSS / 1024 / 1024).toFixed(2)} GB`)
console.log(`kinds right      ${percent(kinds.kindExact, kinds.documents)}`)
console.log(
  `fields exact     ${percent(fields.exact, fields.filled)} of ${fields.filled}; empty ones told so ${percent(fields.emptyExact, fields.empty)} of ${fields.empty}`,
)
console.log(`certain          ${percent(fields.certain, fields.filled + fields.empty)}, of these wrong ${fields.wrongCertain}`)
console.log(
  `seals found      ${percent(kinds.sealsFound, kinds.seals)} of ${kinds.seals}, arc text exact ${percent(kinds.sealTextExact, kinds.sealsFound)}, invented ${kinds.sealsInvented}`,
)
for (const miss of score.misses.toSorted((a, b) => Number(b.certain) - Number(a.certain)).slice(0, Number(values.errors)))
  console.log(
    `${miss.certain ? '!' : ' '} ${miss.device} ${miss.kind} ${miss.field} ${miss.file}: ${JSON.stringify(miss.expected)} ← ${JSON.stringify(miss.got)}`,
  )

function drawCorpus(): string {
  const drawn = mkdtempSync(join(tmpdir(), 'zhika-bench-'))
  const script = join(import.meta.dirname, '../test/corpus/draw-corpus.ts')
  execFileSync(process.execPath, [script, '--out', drawn, '--seed', values.seed!, '--count', values.count!, '--device', values.device!], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return drawn
}
