import { beforeEach, describe, expect, it } from 'vitest'
import type { Raster } from '../../../src/reading/page.ts'
import { startPage } from '../../../src/reading/pixels/kernels.ts'
import { hasRedMark } from '../../../src/reading/seals/find-red-mark.ts'

const [width, height] = [1240, 1754]
const red = [214, 60, 70] as const

type Covers = (x: number, y: number) => boolean

/** A white page, red where one of these covers it. */
function page(...marks: readonly Covers[]): Raster {
  const data = new Uint8Array(width * height * 3).fill(250)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (marks.some((covers) => covers(x, y))) data.set(red, (y * width + x) * 3)
  return { width, height, data }
}

const ring =
  (radius: number, thick: number, from = -Math.PI): Covers =>
  (x, y) => {
    const [dx, dy] = [x - 620, y - 1000]
    return Math.abs(Math.hypot(dx, dy) - radius) < thick / 2 && Math.atan2(dy, dx) > from
  }
const bar =
  (wide: number, high: number): Covers =>
  (x, y) =>
    x > 200 && x < 200 + wide && y > 300 && y < 300 + high

describe('red ink that no seal was told of', () => {
  beforeEach(() => startPage())

  it('is seen where it is as large as a stamp, also of one pressed on one side only', () => {
    expect(hasRedMark(page(ring(120, 7)))).toBe(true)
    expect(hasRedMark(page(ring(120, 7, -0.4)))).toBe(true)
  })

  it('is seen beside a seal that was told, which is none itself', () => {
    const told = { x: 498, y: 878, width: 244, height: 244 }
    const other: Covers = (x, y) => Math.abs(Math.hypot(x - 240, y - 300) - 100) < 4
    expect(hasRedMark(page(ring(120, 7)), [told])).toBe(false)
    expect(hasRedMark(page(ring(120, 7), other), [told])).toBe(true)
  })

  it('is none on a bare page, in a line of print, an emblem, a dot, or a frame as large as the page', () => {
    expect(hasRedMark(page())).toBe(false)
    expect(hasRedMark(page(bar(700, 30)))).toBe(false)
    expect(hasRedMark(page((x, y) => Math.hypot(x - 620, y - 1000) < 70))).toBe(false)
    expect(hasRedMark(page(ring(15, 6)))).toBe(false)
    expect(hasRedMark(page(ring(500, 8)))).toBe(false)
  })
})
