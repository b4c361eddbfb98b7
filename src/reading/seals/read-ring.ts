import type { Engine, Raster } from '../page.ts'
import { agreeOnArc, pitchOf, type AgreedArc, type ArcReading } from './agree-on-arc.ts'
import type { FittedRing } from './fit-ring.ts'
import { locateArc, type Arc } from './locate-arc.ts'
import { cutFace, type Ink, showInk, unwrapRing } from './unwrap-ring.ts'

/** What the engine made of a seal's characters. */
export interface RingText {
  /** The arc, as read; null when nothing that is a name came out. */
  readonly text: string | null
  /** Straight text on the face, under the star or the number; empty when there is none. */
  readonly face: string
  /** 0…1: the readings' own certainty, lowered when they disagree. */
  readonly confidence: number
}

/** One way of looking at the arc: how far over the characters' height the strip reaches, how wide it is drawn, which ink it shows. */
interface Look {
  readonly margin: number
  readonly stretch: number
  readonly ink: Ink
}

/** The order in which a ring is looked at; measured on drawn seals: no single look reads them all. */
const looks: Record<'red' | 'gray', readonly Look[]> = {
  red: [
    { margin: 0.45, stretch: 1.05, ink: 'red' },
    { margin: 0.3, stretch: 1.05, ink: 'dark' },
    { margin: 0.45, stretch: 0.8, ink: 'chroma' },
    { margin: 0.45, stretch: 1.05, ink: 'mended' },
    { margin: 0.45, stretch: 0.8, ink: 'dark' },
  ],
  gray: [
    { margin: 0.3, stretch: 1.05, ink: 'mended' },
    { margin: 0.3, stretch: 1.05, ink: 'middle' },
    { margin: 0.45, stretch: 0.8, ink: 'dark' },
    { margin: 0.45, stretch: 1.05, ink: 'mended' },
  ],
}

/** Inks that are led astray by the same thing: colour by JPEG's coarse blocks, light by black print. */
const kindOf = (ink: Ink, color: 'red' | 'gray'): string => (color === 'gray' ? ink : ink === 'dark' ? 'light' : 'colour')

const endings = /(?:公司|企业|合伙\)?|厂|行|店|部|社|所|处|站|馆|院|会|中心|局|专用章)$/u
/** Readings that agree so well need no other. */
const agreedWell = 0.9

/** Reads the arc of a ring, and its straight text where there is ink for it. At most six strips are recognised. */
export const readRing = async (
  raster: Raster,
  ring: FittedRing,
  color: 'red' | 'gray',
  engine: Pick<Engine, 'readStrip'>,
): Promise<RingText> => {
  const arc = locateArc(raster, ring, color)
  const readings: ArcReading[] = []
  let agreed: AgreedArc | null = null
  for (const look of looks[color]) {
    const even = evenStretch(pitchOf(readings), arc)
    readings.push(await readLook(raster, ring, color, engine, arc, { ...look, stretch: Math.min(1.6, look.stretch * even) }))
    if (readings.length < 2) continue
    agreed = agreeOnArc(
      readings,
      looks[color].slice(0, readings.length).map(({ ink }) => kindOf(ink, color)),
    )
    if (agreed && agreed.confidence > agreedWell && endings.test(agreed.text)) break
  }
  const face = await readFace(raster, ring, color, arc.tilt, engine)
  return { text: agreed && pairBrackets(agreed.text), face, confidence: agreed?.confidence ?? 0 }
}

const readLook = async (
  raster: Raster,
  ring: FittedRing,
  color: 'red' | 'gray',
  engine: Pick<Engine, 'readStrip'>,
  { start, span, inner, outer }: Arc,
  { ink, margin, stretch }: Look,
): Promise<ArcReading> => {
  const room = margin * (outer - inner)
  const strip = unwrapRing(raster, ring, { start, span, inner: inner - room, outer: Math.min(0.97, outer + room), stretch })
  const line = await engine.readStrip(showInk(strip, ink, ring.strength, color))
  return line.glyphs
    .filter(({ character }) => character.trim() !== '')
    .map(({ character, confidence, left, right, alternatives = [] }) => ({
      character: character.replace('（', '(').replace('）', ')'),
      confidence,
      angle: (((left + right) / 2) * span) / strip.width,
      alternatives,
    }))
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

/** A bracket without its other half is a shred of the ring. */
const pairBrackets = (text: string): string => (text.includes('(') === text.includes(')') ? text : text.replace(/[()]/gu, ''))

/** Straight text stands below the star's lowest points, well inside of the arc. */
const readFace = async (
  raster: Raster,
  ring: FittedRing,
  color: 'red' | 'gray',
  tilt: number,
  engine: Pick<Engine, 'readStrip'>,
): Promise<string> => {
  const strip = cutFace(raster, ring, tilt, { left: -0.72, right: 0.72, top: 0.3, bottom: 0.72 })
  const shown = showInk(strip, color === 'red' ? 'red' : 'dark', ring.strength, color)
  let ink = 0
  let asked = 0
  for (let y = 0; y < strip.height; y++)
    for (let x = Math.round(strip.width * 0.2); x < strip.width * 0.8; x++, asked++) if (shown.data[(y * strip.width + x) * 3]! < 128) ink++
  if (ink < asked * 0.04) return ''
  const line = await engine.readStrip(shown)
  return line.text.replace(/\s+/gu, '')
}
