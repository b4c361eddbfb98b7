import type { Engine, Lattice, Raster } from '../page.ts'
import { pitchOf, type ArcReading } from './agree-on-arc.ts'
import type { FittedRing } from './fit-ring.ts'
import type { Arc } from './locate-arc.ts'
import { type Ink, showInk, unwrapRing } from './unwrap-ring.ts'

/** One way of looking at the arc: how far over the characters' height the strip reaches, how far apart they are drawn in it, which ink it shows. */
interface Look {
  readonly margin: number
  /** From the middle of a character to that of the next, over their height. */
  readonly spacing: number
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
    { margin: 0.45, spacing: 1.1, ink: 'unmixed' },
    { margin: 0.45, spacing: 1.2, ink: 'plain' },
    { margin: 0.45, spacing: 1.2, ink: 'red' },
    { margin: 0.3, spacing: 1.4, ink: 'dark' },
    { margin: 0.45, spacing: 1, ink: 'mended' },
  ],
  gray: [
    { margin: 0.45, spacing: 1.2, ink: 'mended' },
    { margin: 0.3, spacing: 1.2, ink: 'middle' },
    { margin: 0.45, spacing: 1.3, ink: 'plain' },
    { margin: 0.6, spacing: 1, ink: 'mended' },
    { margin: 0.3, spacing: 1.45, ink: 'mended' },
  ],
}

/** How long a strip is drawn when nothing tells how close the characters stand. */
const usualStretch = 1.05

/** Reads the arc in one way. How close the characters stand is told by what earlier looks saw, else by how many are expected. */
export const lookAtArc = async (
  raster: Raster,
  ring: FittedRing,
  color: 'red' | 'gray',
  arc: Arc,
  { ink, margin, spacing }: Look,
  before: readonly SeenArc[],
  expected: number | null,
  engine: Pick<Engine, 'readStrip'>,
): Promise<SeenArc> => {
  const { start, span, inner, outer } = arc
  const pitch = pitchOf(before.map(({ reading }) => reading)) ?? (expected === null ? null : span / (expected + endRoom))
  const room = margin * (outer - inner)
  const strip = unwrapRing(raster, ring, {
    start,
    span,
    inner: inner - room,
    outer: Math.min(0.97, outer + room),
    stretch: pitch === null ? usualStretch : stretchTo(spacing, pitch, arc),
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

/** Room at the ends of a located arc, in characters. */
const endRoom = 0.6

/** How long a strip is drawn for its characters to stand as far apart as those of print do: the recogniser reads that best. */
const stretchTo = (spacing: number, pitch: number, { inner, outer }: Arc): number =>
  Math.max(0.55, Math.min(1.6, (spacing * (outer - inner)) / ((pitch * (inner + outer)) / 2)))
