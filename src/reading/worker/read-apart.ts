/** Reads figures that were taken apart, those of a row of boxes or those of a hand, at several looks, and tells each by all of them. */
import type { PageEngine } from '../engine/open-engine.ts'
import type { Glyph, Raster, Rectangle, TextLine } from '../page.ts'
import { readLine } from './read-line.ts'

export interface FiguresApart {
  /** From where to where each stands, in columns of the crop; those without ink count. */
  readonly places: readonly (readonly [from: number, to: number])[]
  /** The figures `first` to `last` as one line, with so much paper between two of them, as a share of their height. */
  line(between: number, first?: number, last?: number): LineApart
}

export interface LineApart {
  readonly raster: Raster
  /** Which figure each column of the raster is of; paper is of the one before it. */
  readonly figures: Int16Array
}

/** So much paper between two figures, and drawn out so far: what one look passes over is read at another. */
const looks = [
  { between: 0.12, stretch: 1 },
  { between: 0.12, stretch: 1.3 },
  { between: 0.06, stretch: 1.3 },
]
/** A figure from which nothing was read is read between its neighbours alone. */
const beside = 1

/** One line of all figures, each with what else it may be; null when none was read. `place` is the crop on the page. */
export async function readApart(engine: PageEngine, apart: FiguresApart, place: Rectangle): Promise<TextLine | null> {
  const seen = apart.places.map((): Glyph[][] => [])
  const look = async ({ raster, figures }: LineApart, stretch: number, only?: number): Promise<void> => {
    const line = await readLine(engine, raster, { x: 0, y: 0, width: raster.width, height: raster.height }, { stretch })
    const glyphs = Map.groupBy(line?.glyphs.filter(({ character }) => character.trim() !== '') ?? [], ({ left, right }) => {
      return figures[Math.min(figures.length - 1, Math.max(0, Math.round((left + right) / 2)))]!
    })
    for (const [at, own] of glyphs) if (only === undefined || at === only) seen[at]!.push(own)
  }
  for (const { between, stretch } of looks) await look(apart.line(between), stretch)
  for (const [at, own] of seen.entries())
    if (own.length === 0) for (const { between, stretch } of looks) await look(apart.line(between, at - beside, at + beside), stretch, at)
  const glyphs = seen.flatMap((own, at) => {
    const [from, to] = apart.places[at]!
    return agreeOn(own, place.x + from, place.x + to)
  })
  if (glyphs.length === 0) return null
  const [left, right] = [place.x + apart.places[0]![0], place.x + apart.places.at(-1)![1]]
  return {
    text: glyphs.map(({ character }) => character).join(''),
    confidence: glyphs.reduce((sum, one) => sum + one.confidence, 0) / glyphs.length,
    glyphs,
    box: { ...place, x: left, width: right - left },
    source: 'ocr',
  }
}

/** What most looks say that stands in one place: mostly one character, of figures that hang together several. */
function agreeOn(seen: readonly (readonly Glyph[])[], left: number, right: number): Glyph[] {
  const counts = Map.groupBy(seen, (own) => own.length)
  const [count, agreeing] = [...counts].toSorted((one, other) => other[1].length - one[1].length || one[0] - other[0])[0] ?? [0, []]
  const wide = (right - left) / Math.max(1, count)
  return Array.from({ length: count }, (_, at): Glyph => {
    const thought = new Map<string, number>()
    for (const own of agreeing)
      for (const one of [own[at]!, ...(own[at]!.alternatives ?? [])])
        thought.set(one.character, (thought.get(one.character) ?? 0) + one.confidence / looks.length)
    const [best, ...others] = [...thought].toSorted((one, other) => other[1] - one[1])
    const alternatives = others.map(([character, confidence]) => ({ character, confidence: Math.min(1, confidence) }))
    return { character: best![0], confidence: Math.min(1, best![1]), left: left + at * wide, right: left + (at + 1) * wide, alternatives }
  })
}
