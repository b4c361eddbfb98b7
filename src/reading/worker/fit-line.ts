/**
 * A line whose ink fills less than half of its region is small and blurred in what the recogniser is given: of poor photographs
 * regions are drawn wide. Where it was read with doubt, it is read once more from the rows that hold its ink.
 */
import type { PageEngine } from '../engine/open-engine.ts'
import type { Region } from '../engine/measure-regions.ts'
import { lineHeight } from '../engine/recognise-line.ts'
import type { Raster, TextLine } from '../page.ts'
import { samplePiece, type Piece } from '../raster/resample.ts'

/** A character less sure than this is a reason to look closer; one less sure than the second speaks against a reading. */
const plain = 0.8
const doubtful = 0.6
/** Shares of the region's height: ink that takes more is as large as it should be; what is lower is a rule or a speck. */
const [loose, lowest] = [0.5, 0.15]
/** Room above and below the ink, in shares of its height. */
const around = 0.17
/** A row holds ink where so large a part of its pixels is darker than this share of the way from the paper to the darkest. */
const [inked, depth] = [0.02, 0.4]
/** Levels that paper and print differ by at least. */
const contrast = 25

export async function fitLine(engine: PageEngine, raster: Raster, region: Region, line: TextLine): Promise<TextLine> {
  if (line.glyphs.length < 2 || line.glyphs.every(({ confidence }) => confidence >= plain)) return line
  const fitted = fitToInk(raster, region)
  if (!fitted) return line
  const again = await engine.recognise(raster, fitted)
  // A character that was passed over costs no sureness.
  return charactersOf(again).length >= charactersOf(line).length && worth(again) > worth(line) ? { ...again, box: line.box } : line
}

const charactersOf = ({ glyphs }: TextLine) => glyphs.filter(({ character }) => character.trim() !== '')

const worth = (line: TextLine): number => charactersOf(line).reduce((sum, { confidence }) => sum + confidence - doubtful, 0)

/** The region without the blank above and below its ink; null where there is little. */
function fitToInk(raster: Raster, region: Piece): Piece | null {
  const width = Math.max(lineHeight / 2, Math.round((region.width * lineHeight) / region.height))
  const rows = rowsOfInk(samplePiece(raster, region, width, lineHeight))
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

/** The longest run of rows that hold ink; those above and below it are of other lines. */
function rowsOfInk({ width, height, data }: Raster): { from: number; to: number } | null {
  const levels = Array.from({ length: width * height }, (_, at) => data[at * 3 + 1]!)
  const sorted = levels.toSorted((one, other) => one - other)
  const [darkest, paper] = [sorted[Math.floor(sorted.length * 0.01)]!, sorted[Math.floor(sorted.length * 0.7)]!]
  if (paper - darkest < contrast) return null
  const limit = paper - depth * (paper - darkest)
  let best = { from: 0, to: 0 }
  let from = -1
  for (let row = 0; row <= height; row++) {
    const dark = row === height ? 0 : levels.slice(row * width, (row + 1) * width).filter((level) => level < limit).length
    if (dark >= inked * width) from = from < 0 ? row : from
    else if (from >= 0) {
      if (row - from > best.to - best.from) best = { from, to: row }
      from = -1
    }
  }
  return best.to > best.from ? best : null
}
