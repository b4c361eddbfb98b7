import { describe, expect, it } from 'vitest'
import type { Raster } from '../../../src/reading/page.ts'
import { partByTone } from '../../../src/reading/seals/part-by-tone.ts'

const [side, middle, radius] = [300, 150, 110]

/** A grey ring with a grey bar across its face, and black print 4 pixels high over both. */
function copy(seal: number, print: number): Raster {
  const data = new Uint8Array(side * side * 3).fill(250)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const away = Math.hypot(x - middle, y - middle)
      const isSeal = (away > radius - 5 && away < radius) || (x > 140 && x < 160 && away < radius)
      const isPrint = y >= 100 && y < 104 && x > 60 && x < 240
      if (isSeal || isPrint) data.fill(255 - (isPrint ? print : seal), (y * side + x) * 3, (y * side + x) * 3 + 3)
    }
  return { width: side, height: side, data }
}

const ring = (strength: number) => ({ x: middle, y: middle, xx: radius, xy: 0, yy: radius, strength })
const levelAt = ({ raster, ring: own }: NonNullable<ReturnType<typeof partByTone>>, x: number, y: number): number =>
  255 - raster.data[((y - middle + Math.round(own.y)) * raster.width + x - middle + Math.round(own.x)) * 3]!

describe('print over a seal on a grey copy', () => {
  it('is taken off by its tone, and the seal goes on below it', () => {
    const parted = partByTone(copy(120, 225), ring(120))!
    expect(levelAt(parted, 90, 101)).toBeLessThan(15)
    expect(levelAt(parted, 150, 101)).toBeGreaterThan(100)
    expect(levelAt(parted, 150, 101)).toBeLessThan(130)
    expect(levelAt(parted, 150, 200)).toBe(120)
  })

  it('is left where it is hardly darker, and on black seals', () => {
    expect(partByTone(copy(120, 150), ring(120))).toBeNull()
    expect(partByTone(copy(215, 235), ring(215))).toBeNull()
  })
})
