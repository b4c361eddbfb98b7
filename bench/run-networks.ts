/**
 * Reads whole pages with zhika's own networks and none of its understanding, as a user of PP-OCRv4 would:
 * `node bench/run-networks.ts LIST.json`. LIST.json names the pictures. Prints an `EngineRun` as JSON.
 */
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { openEngine } from '../src/reading/engine/open-engine.ts'
import { startPage, takeBytes } from '../src/reading/pixels/kernels.ts'
import { timePictures } from './time-pictures.ts'

const pictures = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as string[]
const engine = await openEngine()
const run = await timePictures('PP-OCRv4', pictures, async (picture) => {
  const { data, info } = await sharp(picture).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  startPage()
  const raster = { width: info.width, height: info.height, data: takeBytes(data.length) }
  raster.data.set(data)
  const lines = await engine.readLines(raster)
  return lines.map(({ text }) => text).join('\n')
})
await engine.close()
console.log(JSON.stringify(run))
