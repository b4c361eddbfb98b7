/**
 * A line whose ink fills less than half of its region is small and blurred in what the recogniser is given: of poor photographs
 * regions are drawn wide. Where it was read with doubt, it is read once more from the rows that hold its ink.
 */
import type { PageEngine } from '../engine/open-engine.ts'
import type { Region } from '../engine/measure-regions.ts'
import { lineHeight } from '../engine/recognise-line.ts'
import type { Glyph, Raster, TextLine } from '../page.ts'
import { samplePiece, type Piece } from '../raster/resample.ts'
import { sureness } from './read-through-seals.ts'
import { rowsOfInk } from './rows-of-ink.ts'

/** A character less sure than this is a reason to look closer. */
const plain = 0.8
/** What is longer is a sentence of the paper, and costs as much as four values. */
const longest = 40
/** Shares of the region's height: ink that takes more is as large as it should be; what is lower is a rule or a speck. */
const [loose, lowest] = [0.5, 0.15]
/** Room above and below the ink, in shares of its height. */
const around = 0.17

export async function fitLine(engine: PageEngine, raster: Raster, region: Region, line: TextLine): Promise<TextLine> {
  if (!isDoubted(line)) return line
  const fitted = fitToInk(raster, region)
  if (!fitted) return line
  const again = await engine.recognise(raster, fitted)
  // A character that was passed over costs no sureness.
  return charactersOf(again).length >= charactersOf(line).length && sureness(again) > sureness(line) ? { ...again, box: line.box } : line
}

/** Boxes to tick are read as 口, and hardly ever surely. */
const isWord = ({ character }: Glyph): boolean => /[\p{L}\p{N}]/u.test(character) && character !== '口'

const isDoubted = ({ glyphs }: TextLine): boolean =>
  glyphs.length >= 2 && glyphs.length <= longest && glyphs.some((glyph) => glyph.confidence < plain && isWord(glyph))

const charactersOf = ({ glyphs }: TextLine) => glyphs.filter(({ character }) => character.trim() !== '')

/** The region without the blank above and below its ink; null where there is little. */
function fitToInk(raster: Raster, region: Piece): Piece | null {
  const width = Math.max(lineHeight / 2, Math.round((region.width * lineHeight) / region.height))
  // Shorter runs above and below are of other lines.
  const [rows] = rowsOfInk(samplePiece(raster, region, width, lineHeight)).toSorted(
    (one, other) => other.to - other.from - one.to + one.from,
  )
  if (!rows) return null
  const [top, height] = [rows.from / lineHeight, (rows.to - rows.from) / lineHeight]
  if (height < lowest || height > loose) return null
  const [from, to] = [top - around * height, top + (1 + around) * height]
  // Across the text from the region's middle, in pixels of the page.
  const off = ((from + to) / 2 - 0.5) * region.height
  return {
    ...region,
    x: region.x - off * Math.sin(region.angle),
    y: region.y + off * Math.cos(region.angle),
    height: (to - from) * region.height,
  }
}
