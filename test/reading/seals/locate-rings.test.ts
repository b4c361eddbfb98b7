import { beforeEach, describe, expect, it } from 'vitest'
import type { Raster } from '../../../src/reading/page.ts'
import { startPage } from '../../../src/reading/pixels/kernels.ts'
import { levelLight } from '../../../src/reading/pixels/level-light.ts'
import { fineSide, locateRings } from '../../../src/reading/seals/locate-rings.ts'

const [width, height] = [800, 1130]
const [middleX, middleY] = [500, 800]

/** How much green and blue a red line takes away, 0 to 255, by the angle from its middle. */
type Ink = (angle: number) => number

/** A white page with a line of red ink round the middle, `half` as far away across and down, and whatever else is red. */
function page(half: readonly [number, number], ink: Ink, other: (x: number, y: number) => number = () => 0): Raster {
  const data = new Uint8Array(width * height * 3).fill(250)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [across, down] = [(x - middleX) / half[0], (y - middleY) / half[1]]
      const isLine = Math.abs(Math.hypot(across, down) - 1) * Math.min(...half) < 2
      const red = Math.max(other(x, y), isLine ? ink(Math.atan2(down, across)) : 0)
      if (red > 0) data.set([250, 250 - red, 250 - red], (y * width + x) * 3)
    }
  return { width, height, data }
}

/** Letters, as dots, and something in the middle. */
const face = (x: number, y: number) => {
  const [across, down] = [x - middleX, y - middleY]
  const away = Math.hypot(across, down)
  const isLetter = away > 30 && away < 32 && Math.sin(Math.atan2(down, across) * 12) > 0
  return isLetter || away < 5 ? 14 : 0
}
const ringsOn = (raster: Raster) => locateRings(levelLight(raster, fineSide), () => null)
/** Pressed on one side: strong there, hardly to be seen on the other. */
const oneSided: Ink = (angle) => 8 + 50 * Math.max(0, Math.cos(angle)) ** 2

describe('rings of red ink', () => {
  beforeEach(() => startPage())

  it('are found where bold letters and a star fill what is within a thin pale line', () => {
    const bold = (x: number, y: number) => {
      const [across, down] = [(x - middleX) / 90, (y - middleY) / 90]
      const [away, angle] = [Math.hypot(across, down), Math.atan2(across, -down)]
      const isLetter = away > 0.62 && away < 0.9 && Math.sin(angle * 12) > -0.5
      const isStar = away < 0.14 + 0.4 * Math.max(0, Math.cos(5 * angle)) ** 2
      return isStar ? 144 : isLetter ? 100 : 0
    }
    const [ring, ...others] = ringsOn(page([90, 90], () => 90, bold))
    expect(others).toEqual([])
    expect(Math.abs(ring!.xx - 90)).toBeLessThan(4)
  })

  it('are found where a stamp was pressed on one side, round or oval', () => {
    expect(ringsOn(page([76, 76], oneSided, face))).toMatchObject([{ color: 'red' }])
    const [oval, ...others] = ringsOn(page([86, 58], oneSided, face))
    expect(others).toEqual([])
    expect(oval!.xx / oval!.yy).toBeGreaterThan(1.3)
  })

  it('are found where the ink is pale, and as small as on the picture of a screen', () => {
    expect(ringsOn(page([76, 76], () => 13, face))).toMatchObject([{ color: 'red' }])
    expect(ringsOn(page([40, 40], () => 60, face))).toMatchObject([{ color: 'red' }])
  })

  it('are found beside another that is strong', () => {
    const strong = (x: number, y: number) =>
      Math.abs(Math.hypot(x - 220, y - 780) - 76) < 2 || Math.hypot(x - 220, y - 780) < 12 ? 170 : 0
    const found = ringsOn(page([76, 76], oneSided, (x, y) => Math.max(strong(x, y), face(x, y))))
    expect(found.map(({ x }) => Math.round(x / 20) * 20).toSorted((one, other) => one - other)).toEqual([220, 500])
  })

  it('are none where nothing is in them, as in one drawn with a pen', () => {
    expect(ringsOn(page([76, 76], () => 150))).toEqual([])
    expect(ringsOn(page([76, 76], oneSided))).toEqual([])
  })

  it('are none where only a piece of a line is round, or a disc is filled', () => {
    expect(ringsOn(page([76, 76], (angle) => (Math.abs(angle) < 1.3 ? 60 : 0)))).toEqual([])
    const disc = (x: number, y: number) => (Math.hypot(x - 300, y - 300) < 50 ? 40 : 0)
    expect(ringsOn(page([76, 76], () => 0, disc))).toEqual([])
  })
})
