import { describe, expect, it } from 'vitest'
import type { Raster } from '../../../src/reading/page.ts'
import { partFigures } from '../../../src/reading/worker/part-figures.ts'
import { spreadFigures } from '../../../src/reading/worker/spread-figures.ts'
import { likenessOf, openFigure } from '../../../src/reading/understand/hands/compare-figures.ts'

type Stroke = readonly [number, number, number, number]

/** A white strip with strokes of ink, each from a point to a point. */
function strip(width: number, height: number, strokes: readonly Stroke[]): Raster {
  const data = new Uint8Array(width * height * 3).fill(245)
  for (const [x0, y0, x1, y1] of strokes) {
    const steps = 2 * Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))
    for (let step = 0; step <= steps; step++)
      for (const [dx, dy] of [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ] as const) {
        const [x, y] = [Math.round(x0 + ((x1 - x0) * step) / steps) + dx, Math.round(y0 + ((y1 - y0) * step) / steps) + dy]
        if (x >= 0 && y >= 0 && x < width && y < height) data.set([30, 40, 120], (y * width + x) * 3)
      }
  }
  return { width, height, data }
}

/** A 1, a 7 and a 5 of a hand that leans by a third. */
const one = (x: number): Stroke[] => [[x + 10, 10, x, 40]]
const seven = (x: number): Stroke[] => [
  [x + 8, 10, x + 22, 10],
  [x + 22, 10, x + 12, 40],
]
const five = (x: number): Stroke[] => [
  [x + 12, 10, x + 24, 9],
  [x + 12, 10, x + 8, 24],
  [x + 8, 24, x + 16, 30],
  [x + 16, 30, x + 2, 40],
]

const whole = { x: 0, y: 0, width: 220, height: 50 }

describe('the figures of a number', () => {
  it('are parted though they lean over one another, and look alike wherever they stand', () => {
    const pieces = partFigures(strip(220, 50, [...one(20), ...seven(40), ...five(66), ...one(96), ...seven(116)]), [whole])[0]!
    expect(pieces).toHaveLength(5)
    const figures = pieces.map(({ picture }) => openFigure(picture))
    expect(likenessOf(figures[1]!, figures[4]!)).toBeGreaterThan(0.9)
    expect(likenessOf(figures[1]!, figures[2]!)).toBeLessThan(0.8)
  })

  it('are parted from the rules of their cell', () => {
    const rules: Stroke[] = [
      [2, 0, 2, 49],
      [0, 44, 219, 45],
      [210, 0, 210, 49],
    ]
    expect(partFigures(strip(220, 50, [...rules, ...one(20), ...seven(40), ...five(66)]), [whole])[0]).toHaveLength(3)
  })

  it('are none on blank paper', () => {
    expect(partFigures(strip(220, 50, []), [whole])[0]).toHaveLength(0)
  })
})

describe('the figures of a number that is read apart', () => {
  it('are moved away from each other upright, each with its own ink, and without the rule that they stand on', () => {
    const rule: Stroke = [0, 42, 219, 42]
    const apart = spreadFigures(strip(220, 50, [...one(20), ...one(30), ...seven(50), ...five(76), rule]))!
    expect(apart.places).toHaveLength(4)
    const { raster, figures } = apart.line(0.3)
    expect([...new Set(figures)]).toEqual([0, 1, 2, 3])
    // Every figure has columns of paper on both sides.
    const inked = Array.from({ length: raster.width }, (_, x) =>
      Array.from({ length: raster.height }, (_, y) => raster.data[3 * (y * raster.width + x)]!).some((level) => level < 128),
    )
    expect(inked.filter((is, x) => is && !inked[x - 1])).toHaveLength(4)
    expect(apart.line(0.3, 1, 2).raster.width).toBeLessThan(raster.width)
  })

  it('are none where there is no ink', () => {
    expect(spreadFigures(strip(220, 50, []))).toBeNull()
  })
})
