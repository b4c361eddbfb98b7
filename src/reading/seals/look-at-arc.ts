import type { Engine, Lattice, Raster } from '../page.ts'
import { pitchOf, type ArcReading } from './agree-on-arc.ts'
import type { FittedRing } from './fit-ring.ts'
import type { Arc } from './locate-arc.ts'
import { type Ink, showInk, unwrapRing } from './unwrap-ring.ts'

/** One way of looking at the arc: how far over the characters' height the strip reaches, how wide it is drawn, which ink it shows. */
interface Look {
  readonly margin: number
  readonly stretch: number
  readonly ink: Ink
}

/** What one look saw: characters at their angles, and all that they may be. */
export interface SeenArc {
  readonly reading: ArcReading
  readonly lattice: Lattice
}

/** The order in which a ring is looked at; measured on drawn seals: no single look reads them all. */
export const looks: Record<'red' | 'gray', readonly Look[]> = {
  red: [
    { margin: 0.45, stretch: 1.1, ink: 'unmixed' },
    { margin: 0.45, stretch: 1.1, ink: 'plain' },
    { margin: 0.45, stretch: 1.05, ink: 'red' },
    { margin: 0.3, stretch: 1.1, ink: 'dark' },
    { margin: 0.45, stretch: 1.05, ink: 'mended' },
  ],
  gray: [
    { margin: 0.3, stretch: 1.05, ink: 'mended' },
    { margin: 0.3, stretch: 1.05, ink: 'middle' },
    { margin: 0.45, stretch: 1.1, ink: 'plain' },
    { margin: 0.45, stretch: 1.3, ink: 'mended' },
    { margin: 0.6, stretch: 1.05, ink: 'dark' },
  ],
}

/** Reads the arc in one way. `before` is what earlier looks saw: it tells how close the characters stand. */
export const lookAtArc = async (
  raster: Raster,
  ring: FittedRing,
  color: 'red' | 'gray',
  arc: Arc,
  { ink, margin, stretch }: Look,
  before: readonly SeenArc[],
  engine: Pick<Engine, 'readStrip'>,
): Promise<SeenArc> => {
  const { start, span, inner, outer } = arc
  const even = evenStretch(pitchOf(before.map(({ reading }) => reading)), arc)
  const room = margin * (outer - inner)
  const strip = unwrapRing(raster, ring, {
    start,
    span,
    inner: inner - room,
    outer: Math.min(0.97, outer + room),
    stretch: Math.min(1.6, stretch * even),
  })
  const { glyphs, lattice } = await engine.readStrip(showInk(strip, ink, ring.strength, color))
  const reading = glyphs
    .filter(({ character }) => character.trim() !== '')
    .map(({ character, confidence, left, right, alternatives = [] }) => ({
      character: character.replace('（', '(').replace('）', ')'),
      confidence,
      angle: (((left + right) / 2) * span) / strip.width,
      alternatives,
    }))
  // Angles to a thousandth: what is kept of a seal is small.
  return { reading, lattice: lattice.map(({ at, costs }) => ({ at: Math.round((at * span * 1000) / strip.width) / 1000, costs })) }
}

/**
 * By how much more a strip is drawn out for names that stand close: the recogniser reads best
 * what has the spacing of print. The looks are made for characters a fifth farther apart than they are high, and do for those that stand wider.
 */
const evenStretch = (pitch: number | null, { inner, outer }: Arc): number => {
  if (pitch === null) return 1
  const spacing = (pitch * (inner + outer)) / 2 / (outer - inner)
  return Math.max(1, Math.min(1.6, 1.2 / spacing))
}
