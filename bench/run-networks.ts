/**
 * Reads whole pages with zhika's own networks and none of its understanding, as a user of PP-OCRv4 would:
 * `node bench/run-networks.ts LIST.json`. LIST.json names the pictures. Prints an `EngineRun` as JSON.
 */
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { openEngine } from '../src/reading/engine/open-engine.ts'
import type { EngineRun } from './engine-run.ts'

const pictures = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as string[]
const engine = await openEngine()
const startCpu = process.cpuUsage()
const start = performance.now()
const texts: string[] = []
for (const picture of pictures) {
  const { data, info } = await sharp(picture).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  const lines = await engine.readLines({ width: info.width, height: info.height, data: new Uint8Array(data) })
  texts.push(lines.map(({ text }) => text).join('\n'))
  process.stderr.write(`\rPP-OCRv4 ${texts.length}/${pictures.length}`)
}
const { user, system } = process.cpuUsage(startCpu)
const run: EngineRun = {
  seconds: (performance.now() - start) / 1000,
  cpuSeconds: (user + system) / 1e6,
  peakBytes: process.resourceUsage().maxRSS * 1024,
  texts,
}
await engine.close()
process.stderr.write('\n')
console.log(JSON.stringify(run))
