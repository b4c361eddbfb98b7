import type { Engine, Raster } from '../page.ts'
import type { FittedRing } from './fit-ring.ts'
import { cutFace, type Ink, isOval, ovalTilt, showInk, unwrapRing } from './unwrap-ring.ts'

/** What the engine made of a seal's characters. */
export interface RingText {
  /** The arc, as read; null when nothing that is a name came out. */
  readonly text: string | null
  /** Straight text on the face, under the star or the number; empty when there is none. */
  readonly face: string
  /** 0…1: the readings' own certainty, lowered when they disagree. */
  readonly confidence: number
}

interface Look {
  readonly inner: number
  readonly outer: number
  readonly stretch: number
  readonly ink: Ink
}

/** The order in which a ring is looked at; measured on drawn seals: no single look reads them all. */
const looks: Record<'red' | 'gray', readonly Look[]> = {
  red: [
    { inner: 0.54, outer: 0.95, stretch: 1.25, ink: 'red' },
    { inner: 0.6, outer: 0.95, stretch: 1.5, ink: 'red' },
    { inner: 0.58, outer: 0.93, stretch: 1, ink: 'red' },
    { inner: 0.6, outer: 0.95, stretch: 1.25, ink: 'dark' },
    { inner: 0.62, outer: 0.92, stretch: 1.25, ink: 'red' },
  ],
  gray: [
    { inner: 0.58, outer: 0.94, stretch: 1.25, ink: 'middle' },
    { inner: 0.58, outer: 0.94, stretch: 1.25, ink: 'dark' },
    { inner: 0.54, outer: 0.95, stretch: 1.25, ink: 'dark' },
    { inner: 0.62, outer: 0.92, stretch: 1, ink: 'middle' },
    { inner: 0.62, outer: 0.92, stretch: 1, ink: 'dark' },
  ],
}

/** Blackness of each degree's column of a strip that goes all the way round. */
const columnInk = (strip: Raster): Float64Array => {
  const ink = new Float64Array(360)
  const columns = new Float64Array(360)
  for (let x = 0; x < strip.width; x++) {
    const degree = Math.min(359, Math.floor((x * 360) / strip.width))
    columns[degree]!++
    for (let y = 0; y < strip.height; y++) ink[degree]! += 255 - strip.data[(y * strip.width + x) * 3]!
  }
  for (let degree = 0; degree < 360; degree++) ink[degree]! /= columns[degree]! * strip.height * 255 || 1
  return ink
}

/**
 * The angle of the middle of the gap between the last and the first character. The seal's number stands in the gap close to the
 * rim, so only the inner half of the band is asked; among gaps alike the one at the bottom is meant.
 */
const findGap = (raster: Raster, ring: FittedRing, color: 'red' | 'gray'): number => {
  const level = isOval(ring) ? ovalTilt(ring) : 0
  const strip = unwrapRing(raster, ring, { start: 0, span: 2 * Math.PI, inner: 0.6, outer: 0.76, stretch: 0.5 })
  const ink = columnInk(showInk(strip, color === 'red' ? 'red' : 'middle', ring.strength))
  const mean = ink.reduce((sum, value) => sum + value, 0) / 360 || 1
  const prior = color === 'red' && !isOval(ring) ? 0.35 : 1.2
  let best = Infinity
  let gap = Math.PI / 2
  for (let degree = 0; degree < 360; degree++) {
    let sum = 0
    for (let aside = -28; aside <= 28; aside++) sum += ink[(degree + aside + 360) % 360]! * (1 - Math.abs(aside) / 56)
    const angle = (degree * Math.PI) / 180
    const cost = sum / (43 * mean) + prior * (1 - Math.sin(angle - level)) * 0.5
    if (cost < best) {
      best = cost
      gap = angle
    }
  }
  return gap
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

const distance = (a: string, b: string): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++)
      row.push(Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    previous = row
  }
  return previous[b.length]!
}

const likeness = (a: string, b: string): number => 1 - distance(a, b) / Math.max(1, a.length, b.length)

interface Reading {
  readonly text: string
  readonly confidence: number
}

/** The reading that the others bear out best. */
const choose = (readings: readonly Reading[]): { text: string; confidence: number } | null => {
  let best: { text: string; confidence: number } | null = null
  let bestScore = 0
  for (const reading of readings) {
    const others = readings.filter((other) => other !== reading)
    const agreement = others.length ? others.reduce((sum, other) => sum + likeness(reading.text, other.text), 0) / others.length : 0.6
    const score = reading.confidence * 0.6 + agreement + (endings.test(reading.text) ? 0.3 : 0) + Math.min(reading.text.length, 12) * 0.01
    if (score > bestScore) {
      bestScore = score
      best = { text: reading.text, confidence: reading.confidence * (0.35 + 0.65 * agreement) }
    }
  }
  return best
}

/** Reads the arc of a ring, and its straight text where there is ink for it. At most six strips are recognised. */
export const readRing = async (
  raster: Raster,
  ring: FittedRing,
  color: 'red' | 'gray',
  engine: Pick<Engine, 'readStrip'>,
): Promise<RingText> => {
  const gap = findGap(raster, ring, color)
  const readings: Reading[] = []
  let agreed: Reading | undefined
  for (const { ink, ...band } of looks[color]) {
    const strip = unwrapRing(raster, ring, { start: gap, span: 2 * Math.PI, ...band })
    const line = await engine.readStrip(showInk(strip, ink, ring.strength))
    const text = trimArc(line.text)
    if (text.length < 2 || !han.test(text)) continue
    const twin = readings.find((reading) => reading.text === text)
    readings.push({ text, confidence: line.confidence })
    if (twin && endings.test(text)) {
      agreed = { text, confidence: Math.max(twin.confidence, line.confidence) }
      break
    }
  }
  const arc = agreed ?? choose(readings)
  const face = await readFace(raster, ring, color, gap - Math.PI / 2, engine)
  return { text: arc?.text ?? null, face, confidence: arc?.confidence ?? 0 }
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
