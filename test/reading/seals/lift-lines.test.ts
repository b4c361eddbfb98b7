import { describe, expect, it } from 'vitest'
import type { Raster } from '../../../src/reading/page.ts'
import { liftLines } from '../../../src/reading/seals/lift-lines.ts'
import type { LocatedRing } from '../../../src/reading/seals/locate-rings.ts'

const side = 300
const middle = 150
const radius = 110

const ring = (color: 'red' | 'gray'): LocatedRing => ({
  x: middle,
  y: middle,
  xx: radius,
  xy: 0,
  yy: radius,
  coverage: 1,
  chance: 0,
  visible: 1,
  strength: 255,
  band: 0,
  middle: 0,
  outside: 0,
  star: 0,
  color,
})

/** A black ring of seven pixels' breadth, `off` pixels right of where it was fitted, and a bar of print across its left side. */
function sealedPage(off = 0): Raster {
  const data = new Uint8Array(side * side * 3).fill(255)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const isRing = Math.abs(Math.hypot(x - middle - off, y - middle) - radius) <= 3.5
      const isBar = y >= 148 && y <= 151 && x >= 10 && x <= 90
      if (isRing || isBar) data.fill(0, (y * side + x) * 3, (y * side + x) * 3 + 3)
    }
  return { width: side, height: side, data }
}

const darkAt = ({ data }: Raster, x: number, y: number): boolean => data[(y * side + x) * 3]! < 128
const darkOnRing = (page: Raster): number =>
  Array.from({ length: 360 }, (_, at) => (at * Math.PI) / 180)
    // The bar crosses at 180°.
    .filter((angle) => Math.cos(angle) > -0.98)
    .filter((angle) => darkAt(page, Math.round(middle + radius * Math.cos(angle)), Math.round(middle + radius * Math.sin(angle)))).length

describe('liftLines', () => {
  it('takes the line of a seal without colour off the page', () => {
    expect(darkOnRing(sealedPage())).toBeGreaterThan(300)
    expect(darkOnRing(liftLines(sealedPage(), [ring('gray')]))).toBe(0)
  })

  it('leaves the print that crosses the line', () => {
    const lifted = liftLines(sealedPage(), [ring('gray')])
    for (let x = 12; x <= 88; x++) expect(darkAt(lifted, x, 150)).toBe(true)
  })

  it('follows a line that lies a little off its ring', () => {
    expect(darkOnRing(liftLines(sealedPage(2), [ring('gray')]))).toBe(0)
  })

  it('leaves a page with red seals alone as it is', () => {
    const page = sealedPage()
    expect(liftLines(page, [ring('red')])).toBe(page)
  })
})
