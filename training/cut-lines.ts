/**
 * Lines as the reader cuts them, for `keep_cuts.py`: `node training/cut-lines.ts COPIES CLEAN OUT`. Both folders are drawn by
 * `npm run corpus` with the same `--seed` and `--count`: COPIES by the device that is to be learnt, CLEAN with
 * `--device digital --writing typed`, whose files say in letters what stands on them. Writes to OUT for each cut, one after the other: the
 * lengths of what follows (two numbers of 32 bits, little-endian), a `Cut` as JSON, and the pixels, 48 high: blue, green, red.
 */
import { appendFileSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sniffFormat } from '../src/reading/decode/sniff-format.ts'
import { cutStrip, openEngine, type PageEngine } from '../src/reading/engine/open-engine.ts'
import { lineHeight, widestLine } from '../src/reading/engine/recognise-line.ts'
import { findCells } from '../src/reading/marks/find-cells.ts'
import type { Raster, TextLine } from '../src/reading/page.ts'
import { layerLines } from '../src/reading/pdf/layer-lines.ts'
import { openPdf, type Pdf } from '../src/reading/pdf/open-pdf.ts'
import { openPdfium } from '../src/reading/pdf/open-pdfium.ts'
import { samplePiece } from '../src/reading/raster/resample.ts'
import { openBarcodeReader } from '../src/reading/worker/read-barcodes.ts'
import { readPage } from '../src/reading/worker/read-page.ts'
import { countPictures } from '../src/reading/decode/decode-picture.ts'
import { matchLines, type Candidate } from './match-lines.ts'

/** A strip, what was read on it, and what may stand there in truth, the likeliest first. */
interface Cut {
  readonly width: number
  readonly read: string
  readonly candidates: readonly Candidate[]
}

const [copies, clean, out] = process.argv.slice(2) as [string, string, string]
const [engine, readBarcodes, pdfium] = [await openEngine(), await openBarcodeReader(), await openPdfium()]
rmSync(out, { force: true })
for (const name of readdirSync(join(copies, 'submissions')).sort()) {
  const sister = readdirSync(join(clean, 'submissions')).find((other) => other.startsWith(`${name.split('-')[0]}-`))
  if (sister === undefined) throw new Error(`${clean} has no submission of the seed of ${name}`)
  const said = new Set<string>()
  await eachStrip(join(clean, 'submissions', sister), (text) => said.add(text.replaceAll(/\s/gu, '')))
  const buffers: Buffer[] = []
  await eachStrip(join(copies, 'submissions', name), (read, strip) => {
    if (!strip || strip.width > widestLine) return
    const candidates = matchLines(read, said)
    if (candidates.length > 0) buffers.push(asBuffer(strip, { width: strip.width, read, candidates }))
  })
  appendFileSync(out, Buffer.concat(buffers))
  console.log(`${name}: ${buffers.length} cuts`)
}
await engine.close()

/** What stands on every line of the papers in a folder, with its strip where it was read from a picture. */
async function eachStrip(folder: string, tell: (text: string, strip?: Raster) => void): Promise<void> {
  const keep = (strip: Raster, { text }: TextLine) => {
    if (text !== '') tell(text, toHeight(strip))
  }
  const watched: PageEngine = {
    ...engine,
    async recognise(raster, piece) {
      const line = await engine.recognise(raster, piece)
      const { strip } = cutStrip(raster, piece)
      if (strip) keep(strip, line)
      return line
    },
    async readText(strip, bySecond) {
      const line = await engine.readText(strip, bySecond)
      if (!bySecond) keep(strip, line)
      return line
    },
    async readStrip(strip) {
      const line = await engine.readStrip(strip)
      keep(strip, line)
      return line
    },
  }
  for (const file of readdirSync(folder)) {
    const bytes = new Uint8Array(readFileSync(join(folder, file)))
    const format = sniffFormat(bytes)
    if (!format.ok) continue
    const pdf: Pdf | null = format.value === 'pdf' ? openPdf(pdfium, bytes) : null
    const pages = pdf ? pdf.pages : await countPictures(bytes, format.value)
    for (let page = 0; page < pages; page++) {
      const task = { do: 'read', key: file, bytes, format: format.value, page, keepImage: false } as const
      await readPage({ engine: watched, readBarcodes, pdfOf: () => Promise.resolve(pdf!) }, task)
      if (!pdf) continue
      const { raster, characters } = await pdf.readPage(page)
      for (const { text } of layerLines(characters, findCells(raster))) tell(text)
    }
    pdf?.close()
  }
}

/** As the network is given it. */
function toHeight(strip: Raster): Raster {
  if (strip.height === lineHeight) return strip
  const width = Math.max(lineHeight / 2, Math.round((strip.width * lineHeight) / strip.height))
  const whole = { x: strip.width / 2, y: strip.height / 2, width: strip.width, height: strip.height, angle: 0 }
  return samplePiece(strip, whole, width, lineHeight)
}

function asBuffer({ width, height, data }: Raster, cut: Cut): Buffer {
  const [lengths, text, pixels] = [Buffer.alloc(8), Buffer.from(JSON.stringify(cut)), Buffer.alloc(3 * width * height)]
  lengths.writeUInt32LE(text.length, 0)
  lengths.writeUInt32LE(pixels.length, 4)
  for (let at = 0; at < pixels.length; at += 3) for (let color = 0; color < 3; color++) pixels[at + color] = data[at + 2 - color]!
  return Buffer.concat([lengths, text, pixels])
}
