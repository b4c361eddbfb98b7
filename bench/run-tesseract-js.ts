/**
 * Reads pages with tesseract.js in this process: `node bench/run-tesseract-js.ts FOLDER LIST.json`. FOLDER holds
 * `chi_sim.traineddata`; LIST.json names the pictures. Prints an `EngineRun` as JSON.
 */
import { readFileSync } from 'node:fs'
import { createWorker, PSM } from 'tesseract.js'
import type { EngineRun } from './engine-run.ts'

const [folder, list] = process.argv.slice(2) as [string, string]
const pictures = JSON.parse(readFileSync(list, 'utf8')) as string[]
// From Debian's file: without a folder the engine would load its language from a public server.
const worker = await createWorker('chi_sim', 1, { langPath: folder, gzip: false, cacheMethod: 'none' })
await worker.setParameters({ tessedit_pageseg_mode: PSM.SPARSE_TEXT })
const startCpu = process.cpuUsage()
const start = performance.now()
const texts: string[] = []
for (const picture of pictures) {
  const { data } = await worker.recognize(picture)
  texts.push(data.text)
  process.stderr.write(`\rtesseract.js ${texts.length}/${pictures.length}`)
}
const { user, system } = process.cpuUsage(startCpu)
const run: EngineRun = {
  seconds: (performance.now() - start) / 1000,
  cpuSeconds: (user + system) / 1e6,
  peakBytes: process.resourceUsage().maxRSS * 1024,
  texts,
}
await worker.terminate()
process.stderr.write('\n')
console.log(JSON.stringify(run))
