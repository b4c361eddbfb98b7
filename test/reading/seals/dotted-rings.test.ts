import { describe, expect, it } from 'vitest'
import type { Raster } from '../../../src/reading/page.ts'
import { dottedRings, specksOf } from '../../../src/reading/seals/dotted-rings.ts'

/** Pixels of a sheet faxed at 150 dots an inch. */
const [width, height] = [1240, 1754]
const millimetre = 150 / 25.4

interface Ink {
  readonly paper?: number
  readonly seal?: { readonly x: number; readonly y: number; readonly dots: number }
}

/** A page of print, and what a fax leaves of a pale seal: dots strewn over its line. */
function faxWith({ paper = 255, seal }: Ink): Raster {
  const data = new Uint8Array(width * height * 3).fill(paper)
  let state = 7
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647
  const blacken = (x: number, y: number, wide = 1, high = 1) => {
    for (let row = Math.round(y); row < Math.round(y) + high; row++)
      data.fill(0, (row * width + Math.round(x)) * 3, (row * width + Math.round(x) + wide) * 3)
  }
  // Lines of strokes as wide as letters, with points between them; a rule; dust.
  for (let line = 0; line < 22; line++)
    for (let letter = 0; letter < 34; letter++) {
      const [x, y] = [150 + letter * 26, 150 + line * 64]
      blacken(x, y + 8, 20, 3)
      blacken(x + 8, y, 3, 22)
      if (random() < 0.3) blacken(x + 16, y + 16, 4, 4)
    }
  blacken(100, 1600, 1000, 3)
  for (let speck = 0; speck < 200; speck++) blacken(1 + random() * (width - 3), 1 + random() * (height - 3))
  if (seal)
    for (let dot = 0; dot < seal.dots; dot++) {
      const [angle, radius] = [random() * 2 * Math.PI, (19 + random()) * millimetre]
      blacken(seal.x + radius * Math.cos(angle), seal.y + radius * Math.sin(angle))
    }
  return { width, height, data }
}

const ringsOn = (raster: Raster) => {
  const specks = specksOf(raster)
  return specks && dottedRings(specks)
}

describe('dottedRings', () => {
  it('finds a ring of which a fax left some dots across a page of print', () => {
    const rings = ringsOn(faxWith({ seal: { x: 700, y: 1000, dots: 260 } }))
    expect(rings).toHaveLength(1)
    expect(Math.hypot(rings![0]!.x - 700, rings![0]!.y - 1000)).toBeLessThan(4)
    expect(Math.abs(rings![0]!.xx - 19.5 * millimetre)).toBeLessThan(4)
  })

  it('finds nothing in print, dust and rules', () => {
    expect(ringsOn(faxWith({}))).toEqual([])
  })

  it('asks no page whose ground is not plain white', () => {
    expect(specksOf(faxWith({ paper: 244 }))).toBeNull()
  })
})
