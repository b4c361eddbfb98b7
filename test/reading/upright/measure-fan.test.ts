import { expect, it } from 'vitest'
import type { Region } from '../../../src/reading/engine/measure-regions.ts'
import type { PageEngine } from '../../../src/reading/engine/open-engine.ts'
import { measureFan } from '../../../src/reading/upright/measure-fan.ts'
import { standUpright } from '../../../src/reading/upright/stand-upright.ts'

const [width, height] = [1000, 1400]

/** Rows of a page of this size, each along the line from a point far left of it. */
const rowsFrom = (away: number, tops = [100, 240, 380, 520, 660, 800, 940, 1080, 1220]): Region[] =>
  tops.map((y) => ({ x: 500, y, width: 600, height: 24, angle: Math.atan2(y - height / 2, 500 + away), score: 1 }))

it('lines that fan out tell how fast their slope grows down the page', () => {
  const { slope, growth } = measureFan(rowsFrom(3000), height)!
  expect(slope).toBeCloseTo(0, 3)
  expect(growth).toBeCloseTo(1 / 3500, 5)
})

it('a line that lies otherwise, of a seal or another sheet, changes little', () => {
  const stray = { x: 300, y: 700, width: 200, height: 24, angle: 0.4, score: 1 }
  expect(measureFan([...rowsFrom(3000), stray], height)!.growth).toBeCloseTo(1 / 3500, 4)
})

it('parallel lines, slanting or not, few lines, and lines on a small part of the page are no fan', () => {
  expect(measureFan(rowsFrom(1e9), height)).toBeNull()
  expect(
    measureFan(
      rowsFrom(1e9).map((row) => ({ ...row, angle: 0.1 })),
      height,
    ),
  ).toBeNull()
  expect(measureFan(rowsFrom(3000, [100, 500, 900, 1300]), height)).toBeNull()
  expect(measureFan(rowsFrom(3000, [700, 730, 760, 790, 820, 850, 880, 910]), height)).toBeNull()
})

it('a page whose lines fan out is drawn with them parallel', async () => {
  const rows = rowsFrom(3000)
  const glyphs = Array.from('公民身份号码').map((character) => ({ character, confidence: 0.99, left: 0, right: 0 }))
  const engine = {
    detect: () => Promise.resolve(rows),
    recognise: () => Promise.resolve({ text: '', confidence: 0.99, glyphs }),
  } as unknown as PageEngine
  const { regions, map } = await standUpright(engine, { width, height, data: new Uint8Array(width * height * 3).fill(255) })
  for (const { angle } of regions) expect(Math.abs(angle)).toBeLessThan(0.003)
  // What stood upright in the middle of the page still does.
  expect(Math.abs(map[1])).toBeLessThan(0.01)
})
