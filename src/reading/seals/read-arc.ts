/** Reads the name around a seal: the ring is laid flat from the bottom clockwise and read in several bands and inks. */
import type { Engine, Raster } from '../page.ts'
import type { Ring } from './fit-ring.ts'
import { showInk, unwrapRing, type Ink } from './unwrap-ring.ts'

export interface Arc {
  readonly text: string | null
  readonly confidence: number
  /** Straight text in the middle, as 财务专用章; null when there is none. */
  readonly purpose: string | null
}

export async function readArc(raster: Raster, engine: Pick<Engine, 'readStrip'>, ring: Ring, color: 'red' | 'gray'): Promise<Arc> {
  const inks: readonly Ink[] = color === 'red' ? ['red', 'dark'] : ['dark']
  let best = { text: '', confidence: 0 }
  for (const [inner, outer] of [
    [0.58, 0.94],
    [0.62, 0.9],
  ] as const)
    for (const ink of inks) {
      const flat = unwrapRing(raster, ring, { start: Math.PI / 2, span: 2 * Math.PI, inner, outer, stretch: 1.15 })
      const read = await engine.readStrip(showInk(flat, ink))
      const text = trimTail(read.text)
      if (text.length > 3 && read.confidence > best.confidence) best = { text, confidence: read.confidence }
    }
  return { text: best.text === '' ? null : best.text, confidence: best.confidence, purpose: null }
}

/** The seal's number on the lower rim comes out as digits, letters and marks before and after the name. */
function trimTail(text: string): string {
  return text.replace(/^[^\p{Script=Han}]+|[^\p{Script=Han})）]+$/gu, '')
}
