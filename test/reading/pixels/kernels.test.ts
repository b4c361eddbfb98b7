import { describe, expect, test } from 'vitest'
import { openInk } from '../../../src/reading/marks/map-ink.ts'
import type { Raster } from '../../../src/reading/page.ts'
import { kernels, runKernel, startPage, takeBytes, takeWords } from '../../../src/reading/pixels/kernels.ts'
import { levelLight } from '../../../src/reading/pixels/level-light.ts'
import { shrinkPlane } from '../../../src/reading/pixels/plane.ts'
import { halveRaster } from '../../../src/reading/pixels/shrink-raster.ts'
import { resizeRaster, samplePiece } from '../../../src/reading/raster/resample.ts'
import { project, warpRaster, type Projection } from '../../../src/reading/raster/warp-raster.ts'
import { seedRandom } from '../../corpus/random.ts'

/** Speckled paper: every pixel differs from its neighbours. */
function speckle(width: number, height: number, seed = 7): Raster {
  const random = seedRandom(seed)
  return { width, height, data: Uint8Array.from({ length: width * height * 3 }, () => random.whole(0, 255)) }
}

const at = ({ width, data }: Raster, x: number, y: number, channel: number): number => data[(y * width + x) * 3 + channel]!

/** Every number of a raster as `value` says it is. */
function draw(width: number, height: number, value: (x: number, y: number, channel: number) => number): number[] {
  return Array.from({ length: width * height * 3 }, (_, i) => value(Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3))
}

/** The value between four pixels. */
function between(raster: Raster, x: number, y: number, channel: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const [dx, dy] = [x - left, y - top]
  const row = (line: number) => at(raster, left, line, channel) * (1 - dx) + at(raster, left + 1, line, channel) * dx
  return row(top) * (1 - dy) + row(top + 1) * dy
}

const farthest = (some: ArrayLike<number>, others: readonly number[]): number =>
  others.reduce((most, value, i) => Math.max(most, Math.abs(value - some[i]!)), 0)

describe('pixels many at a time', () => {
  test.each([
    [2, 2],
    [9, 7],
    [31, 12],
    [64, 5],
  ])('half of %i × %i pixels are the means of four each', (width, height) => {
    const raster = speckle(width, height)
    const half = halveRaster(raster)
    const mean = (x: number, y: number, channel: number) =>
      (at(raster, 2 * x, 2 * y, channel) +
        at(raster, 2 * x + 1, 2 * y, channel) +
        at(raster, 2 * x, 2 * y + 1, channel) +
        at(raster, 2 * x + 1, 2 * y + 1, channel)) >>
      2
    expect([half.width, half.height]).toEqual([width >> 1, height >> 1])
    expect([...half.data]).toEqual(draw(half.width, half.height, mean))
  })

  test('of two pictures the darker bytes are kept', () => {
    const [one, other] = [speckle(7, 5, 1).data, speckle(7, 5, 2).data]
    const kept = one.slice()
    runKernel([other], [kept], (from, to) => kernels.keepLesser(from, kept.length, to))
    expect([...kept]).toEqual([...one].map((value, i) => Math.min(value, other[i]!)))
  })

  test('a smaller picture has the means of the pixels that each of its own covers', () => {
    const raster = speckle(53, 40)
    const [width, height] = [37, 29]
    const mean = (x: number, y: number, channel: number) => {
      const [left, right] = [x, x + 1].map((edge) => Math.floor((edge * raster.width) / width)) as [number, number]
      const [top, bottom] = [y, y + 1].map((edge) => Math.floor((edge * raster.height) / height)) as [number, number]
      let sum = 0
      for (let row = top; row < bottom; row++) for (let column = left; column < right; column++) sum += at(raster, column, row, channel)
      return Math.floor(sum / ((right - left) * (bottom - top)))
    }
    expect([...resizeRaster(raster, width, height).data]).toEqual(draw(width, height, mean))
  })

  test.each<[string, Projection]>([
    ['turned', [0.98, 0.17, 3.2, -0.17, 0.98, 11.5, 0, 0, 1]],
    ['seen at a slant', [1.1, 0.1, 4, 0.05, 0.9, 6, 0.002, 0.001, 1]],
    ['that lay on its side', [0.03, -1.02, 55, 0.75, 0.02, 2, 0, 0, 1]],
    ['that lay on its side, seen at a slant', [0.05, 1.1, 2, -0.8, 0.04, 54, 0.0005, 0.001, 1]],
  ])('a picture %s is drawn between the pixels of the old one, white outside of it', (_, map) => {
    const raster = speckle(60, 50)
    const drawn = warpRaster(raster, map, 71, 45)
    const [inside, outside]: [number[], number[]] = [[], []]
    for (let y = 0; y < 45; y++)
      for (let x = 0; x < 71; x++) {
        const [fromX, fromY] = project(map, [x + 0.5, y + 0.5])
        const isInside = fromX > 1 && fromY > 1 && fromX < 59 && fromY < 49
        const isOutside = fromX < -1 || fromY < -1 || fromX > 62 || fromY > 52
        for (let channel = 0; channel < 3; channel++) {
          const value = at(drawn, x, y, channel)
          if (isInside) inside.push(Math.abs(value - between(raster, fromX - 0.5, fromY - 0.5, channel)))
          if (isOutside) outside.push(value)
        }
      }
    expect(inside.length).toBeGreaterThan(2000)
    expect(Math.max(...inside)).toBeLessThan(4)
    expect(new Set(outside)).toEqual(new Set([255]))
  })

  test('a tilted piece is sampled to within one level', () => {
    const raster = speckle(90, 60)
    const piece = { x: 45, y: 30, width: 60, height: 20, angle: 0.1 }
    const strip = samplePiece(raster, piece, 72, 24)
    const wanted = draw(72, 24, (x, y, channel) => {
      const [along, across] = [((x + 0.5) * 60) / 72 - 30, ((y + 0.5) * 20) / 24 - 10]
      const [cos, sin] = [Math.cos(0.1), Math.sin(0.1)]
      return between(raster, 45 + along * cos - across * sin - 0.5, 30 + along * sin + across * cos - 0.5, channel)
    })
    expect(farthest(strip.data, wanted)).toBeLessThan(1)
  })

  test('paper in any light is 0, red ink is red, and black ink is black', () => {
    // A lamp from the left: the paper fades from 250 to 150.
    const data = draw(240, 240, (x, y, channel) => {
      const light = 250 - (x * 100) / 240
      if (y >= 100 && y < 104) return light * 0.2
      if (y >= 150 && y < 154) return channel === 0 ? light : light * 0.4
      return light
    })
    const page = levelLight({ width: 240, height: 240, data: Uint8Array.from(data) }, 240)
    const values = (plane: { readonly data: Uint8Array }, y: number) => Array.from({ length: 200 }, (_, x) => plane.data[y * 240 + x + 20]!)
    expect(Math.max(...values(page.dark, 50))).toBeLessThan(12)
    expect(Math.min(...values(page.black, 101))).toBeGreaterThan(190)
    expect(Math.max(...values(page.black, 151))).toBeLessThan(12)
    expect(Math.min(...values(page.red, 151))).toBeGreaterThan(130)
    const half = shrinkPlane(page.black, 2)
    expect(half.data[50 * 120 + 60]).toBe(
      (page.black.data[100 * 240 + 120]! +
        page.black.data[100 * 240 + 121]! +
        page.black.data[101 * 240 + 120]! +
        page.black.data[101 * 240 + 121]!) >>
        2,
    )
    const map = openInk({ width: 240, height: 240, data: Uint8Array.from(data) })(0.4)
    expect([map.ink[101 * 240 + 100], map.ink[151 * 240 + 100], map.any[151 * 240 + 100], map.any[50 * 240 + 100]]).toEqual([1, 0, 1, 0])
  })

  test('runs of ink are told with their ends, single gaps bridged', () => {
    const ink = takeBytes(40 * 2).fill(0)
    ink.fill(1, 3, 9).fill(1, 10, 15)
    ink.fill(1, 20, 23)
    ink.fill(1, 40 + 30, 80)
    const [columns, before] = [takeWords(20), takeWords(3)]
    runKernel([ink], [columns, before], (from, ...to) => kernels.findRuns(from, 40, 2, 5, 20, ...to))
    expect([[...before], [...columns.subarray(0, 4)]]).toEqual([
      [0, 1, 2],
      [3, 14, 30, 39],
    ])
  })

  test('a page takes the memory of the one before, and what finds no room is worked on all the same', () => {
    startPage()
    const first = takeBytes(1000)
    startPage()
    const raster = speckle(33, 21)
    const near = halveRaster({ ...raster })
    expect(near.data.byteOffset).toBe(first.byteOffset)
    while (takeBytes(30_000_000).buffer === first.buffer);
    while (takeBytes(100).buffer === first.buffer);
    const far = halveRaster({ ...raster })
    expect(far.data.buffer).not.toBe(first.buffer)
    expect([...far.data]).toEqual([...near.data])
    startPage()
  })
})
