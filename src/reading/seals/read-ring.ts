import type { Engine, Raster } from '../page.ts'
import type { FittedRing } from './fit-ring.ts'
import { locateArc } from './locate-arc.ts'
import { type ArcReading, mergeReadings } from './merge-readings.ts'
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
    { margin: 0.2, stretch: 1, ink: 'red' },
    { margin: 0.12, stretch: 1, ink: 'dark' },
    { margin: 0.3, stretch: 1.25, ink: 'red' },
    { margin: 0.2, stretch: 1.25, ink: 'dark' },
    { margin: 0.08, stretch: 1, ink: 'red' },
  ],
  gray: [
    { margin: 0.2, stretch: 1, ink: 'middle' },
    { margin: 0.12, stretch: 1, ink: 'dark' },
    { margin: 0.3, stretch: 1.25, ink: 'dark' },
    { margin: 0.12, stretch: 1.2, ink: 'middle' },
    { margin: 0.2, stretch: 1, ink: 'dark' },
  ],
}

const endings = /^.*(?:公司|企业|合伙\)?|工厂|商行|经营部|合作社|事务所|报关行|委员会|监督管理局|管理局|审批局|中心|专用章)/u
const han = /\p{Script=Han}/u

/** Keeps the name of an arc: no digits of the seal's number before or after it, no shreds of the ring. */
const trimArc = (text: string): string => {
  const clean = text.replace(/\s+/gu, '').replace(/（/gu, '(').replace(/）/gu, ')')
  const inside = clean.replace(/^[^\p{Script=Han}]+/u, '').replace(/[^\p{Script=Han})]+$/u, '')
  const ended = endings.exec(inside)?.[0]
  const kept = ended !== undefined && ended.length >= 4 && inside.length - ended.length <= 4 ? ended : inside
  return kept.includes('(') ? kept : kept.replace(/\)+$/u, '')
}

/** Reads the arc of a ring, and its straight text where there is ink for it. At most six strips are recognised. */
export const readRing = async (
  raster: Raster,
  ring: FittedRing,
  color: 'red' | 'gray',
  engine: Pick<Engine, 'readStrip'>,
): Promise<RingText> => {
  const arc = locateArc(raster, ring, color)
  const height = arc.outer - arc.inner
  const readings: ArcReading[] = []
  const texts: { text: string; ink: Ink }[] = []
  for (const { margin, stretch, ink } of looks[color]) {
    const band = { inner: arc.inner - margin * height, outer: Math.min(0.97, arc.outer + margin * height) }
    const strip = unwrapRing(raster, ring, { start: arc.start, span: arc.span, ...band, stretch })
    const line = await engine.readStrip(showInk(strip, ink, ring.strength))
    const text = trimArc(line.text)
    if (text.length < 2 || !han.test(text)) continue
    readings.push({ glyphs: line.glyphs, width: strip.width })
    texts.push({ text, ink })
    // The same ink misleads alike: only two kinds of it bear each other out.
    if (endings.test(text) && texts.some((other) => other.ink !== ink && other.text === text)) break
  }
  const merged = mergeReadings(readings)
  const agreed = texts.at(-1)
  const isAgreed = agreed !== undefined && texts.some((other) => other.ink !== agreed.ink && other.text === agreed.text)
  const text = isAgreed ? agreed.text : trimArc(merged.text)
  const face = await readFace(raster, ring, color, arc.tilt, engine)
  return { text: text.length >= 2 ? text : null, face, confidence: isAgreed ? Math.max(0.9, merged.confidence) : merged.confidence * 0.95 }
}

/** Straight text stands below the star's lowest points, well inside of the arc. */
const readFace = async (
  raster: Raster,
  ring: FittedRing,
  color: 'red' | 'gray',
  tilt: number,
  engine: Pick<Engine, 'readStrip'>,
): Promise<string> => {
  const strip = cutFace(raster, ring, tilt, { left: -0.72, right: 0.72, top: 0.3, bottom: 0.72 })
  const shown = showInk(strip, color === 'red' ? 'red' : 'dark', ring.strength)
  let ink = 0
  let asked = 0
  for (let y = 0; y < strip.height; y++)
    for (let x = Math.round(strip.width * 0.2); x < strip.width * 0.8; x++, asked++) if (shown.data[(y * strip.width + x) * 3]! < 128) ink++
  if (ink < asked * 0.04) return ''
  const line = await engine.readStrip(shown)
  return line.text.replace(/\s+/gu, '')
}
