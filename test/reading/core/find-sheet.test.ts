import { describe, expect, it } from 'vitest'
import type { Raster } from '../../../src/reading/page.ts'
import { startPage } from '../../../src/reading/pixels/kernels.ts'
import type { Point, Quad } from '../../../src/reading/raster/warp-raster.ts'
import { findSheet } from '../../../src/reading/upright/find-sheet.ts'

const sheet: Quad = [
  [90, 70],
  [690, 40],
  [720, 930],
  [60, 900],
]

const isInside = ([x, y]: Point): boolean =>
  sheet.every(([ax, ay], index) => {
    const [bx, by] = sheet[(index + 1) % 4]!
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0
  })

/** A light sheet on a ground, each pixel in the share of light that falls on it. */
function photograph(light: (x: number, y: number) => number, ground = 150): Raster {
  const [width, height] = [780, 1000]
  const data = new Uint8Array(width * height * 3)
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)]
    data.fill(Math.round((isInside([x, y]) ? 236 : ground) * light(x, y)), at * 3, at * 3 + 3)
  }
  return { width, height, data }
}

/** From full light to 0.45 of it over `soft` pixels. */
const shadow = (along: number, soft: number): number => 1 - 0.55 * Math.min(1, Math.max(0, along / soft))

function find(raster: Raster): Quad | undefined {
  startPage()
  return findSheet(raster)
}

describe('a photographed sheet', () => {
  it.each([
    ['in even light', () => 1],
    ['with the soft shadow of a hand over its right half', (x: number) => shadow(x - 360, 140)],
    ['with a shadow across its lower half', (x: number, y: number) => shadow(y - 480 + 0.4 * x, 100)],
  ])('%s is found with its four corners', (_, light) => {
    const found = find(photograph(light))
    expect(found).toBeDefined()
    for (const [index, [x, y]] of found!.entries()) expect(Math.hypot(x - sheet[index]![0], y - sheet[index]![1])).toBeLessThan(14)
  })

  it('is not taken to end where a shadow does, when nothing else of it can be seen', () => {
    const found = find(photograph((x) => shadow(x - 360, 140), 236))
    expect(found).toBeUndefined()
  })
})
