/**
 * Reads pages with tesseract.js in this process: `node bench/run-tesseract-js.ts FOLDER LIST.json`. FOLDER holds
 * `chi_sim.traineddata`; LIST.json names the pictures. Prints an `EngineRun` as JSON.
 */
import { readFileSync } from 'node:fs'
import { createWorker, PSM } from 'tesseract.js'
import { timePictures } from './time-pictures.ts'

const [folder, list] = process.argv.slice(2) as [string, string]
const pictures = JSON.parse(readFileSync(list, 'utf8')) as string[]
// From Debian's file: without a folder the engine would load its language from a public server.
const worker = await createWorker('chi_sim', 1, { langPath: folder, gzip: false, cacheMethod: 'none' })
await worker.setParameters({ tessedit_pageseg_mode: PSM.SPARSE_TEXT })
const run = await timePictures('tesseract.js', pictures, async (picture) => {
  const { data } = await worker.recognize(picture)
  return data.text
})
await worker.terminate()
console.log(JSON.stringify(run))
