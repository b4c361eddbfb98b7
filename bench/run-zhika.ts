/**
 * Reads submissions with zhika in this process: `node bench/run-zhika.ts WORKERS LIST.json CODE [LATER.json]`. LIST.json holds
 * `SubmissionFiles[]`, CODE is the folder where compiled code is kept; LATER.json holds others, which are read when those have been: what
 * reading costs a process that has been running. Prints a `ZhikaRun` as JSON.
 */
import { readFileSync } from 'node:fs'
import { openLog } from '../src/platform/log/log.ts'
import { openReader } from '../src/reading/read-papers.ts'
import type { NetworkRun } from '../src/reading/engine/open-network.ts'
import { startMeter } from './start-meter.ts'
import type { SubmissionFiles, ZhikaRun } from './engine-run.ts'

const [workers, list, codeFolder, later] = process.argv.slice(2) as [string, string, string, string?]
let runs: NetworkRun[] = []
const reader = openReader({ workers: Number(workers), log: openLog('warn'), codeFolder, onRuns: (more) => runs.push(...more) })

/** Two submissions are under way at a time, as when letters wait: else a thread idles at the end of each. */
async function readAll(listFile: string): Promise<ZhikaRun> {
  const submissions = JSON.parse(readFileSync(listFile, 'utf8')) as SubmissionFiles[]
  runs = []
  const costSoFar = startMeter()
  const readings: ZhikaRun['readings'][number][] = []
  let pages = 0
  const waiting = submissions.entries()
  const readWaiting = async (): Promise<void> => {
    for (const [place, { name, files }] of waiting) {
      const papers = files.map((path) => ({
        file: `${name}/${path.slice(path.lastIndexOf('/') + 1)}`,
        bytes: new Uint8Array(readFileSync(path)),
      }))
      let total = 0
      const { documents, problems } = await reader.read(papers, { onProgress: (_, of) => (total = of) })
      pages += total
      readings[place] = { name, documents, problems }
      process.stderr.write(`\rzhika ${Object.keys(readings).length}/${submissions.length} submissions`)
    }
  }
  await Promise.all([readWaiting(), readWaiting()])
  process.stderr.write('\n')
  return { ...costSoFar(), pages, readings, runs }
}

const first = await readAll(list)
const run: ZhikaRun = later === undefined ? first : { ...first, later: await readAll(later) }
await reader.close()
console.log(JSON.stringify(run))
