import { describe, expect, it } from 'vitest'
import { liftStripes } from '../../../src/reading/decode/lift-stripes.ts'
import type { Raster } from '../../../src/reading/page.ts'

const [width, height] = [320, 480]

/** A white page with black rectangles: left, top, width, height. */
function draw(...black: readonly (readonly [number, number, number, number])[]): Raster {
  const data = new Uint8Array(width * height * 3).fill(255)
  for (const [left, top, wide, high] of black)
    for (let y = top; y < top + high; y++) data.fill(0, (y * width + left) * 3, (y * width + left + wide) * 3)
  return { width, height, data }
}

const isBlack = ({ data }: Raster, x: number, y: number): boolean => data[(y * width + x) * 3] === 0

describe('a stripe from one end of a black-and-white page to the other', () => {
  it('is taken off, and what crosses it stays', () => {
    const page = liftStripes(draw([100, 0, 2, height], [60, 200, 90, 4]))
    expect(isBlack(page, 100, 50)).toBe(false)
    expect(isBlack(page, 101, 400)).toBe(false)
    expect(isBlack(page, 100, 201)).toBe(true)
    expect(isBlack(page, 70, 201)).toBe(true)
  })

  it('is taken off when the page lies on its side', () => {
    expect(isBlack(liftStripes(draw([0, 77, width, 1])), 20, 77)).toBe(false)
  })

  it('is none where it ends before the edges, as rules do, or is as wide as the edge of the glass', () => {
    expect(isBlack(liftStripes(draw([100, 60, 2, 360])), 100, 200)).toBe(true)
    expect(isBlack(liftStripes(draw([100, 0, 9, height])), 104, 200)).toBe(true)
  })

  it('is left black on a picture with greys', () => {
    const grey = draw([100, 0, 2, height])
    grey.data.fill(120, 0, 3 * 200)
    expect(isBlack(liftStripes(grey), 100, 200)).toBe(true)
  })
})

describe('a pale stripe from one end of a grey page to the other', () => {
  const paper = 240
  /** Grey paper on which lines at `columns` let pass four fifths of the light, from `top` on; a black stroke crosses them. */
  function drawPale(columns: readonly number[], top = 0): Raster {
    const data = new Uint8Array(width * height * 3).fill(paper)
    for (let y = top; y < height; y++) for (const x of columns) data.fill(0.8 * paper, (y * width + x) * 3, (y * width + x) * 3 + 3)
    data.fill(10, (200 * width + 60) * 3, (200 * width + 260) * 3)
    return { width, height, data }
  }
  const lightness = ({ data }: Raster, x: number, y: number): number => data[(y * width + x) * 3]!

  it('becomes as light as the paper, and print that it crosses stays', () => {
    const page = liftStripes(drawPale([100, 101]))
    expect(lightness(page, 100, 50)).toBe(paper)
    expect(lightness(page, 101, 400)).toBe(paper)
    expect(lightness(page, 100, 200)).toBeLessThan(20)
  })

  it('is none where it ends before the edge, stands at the edge of the sheet, or is one of many', () => {
    expect(lightness(liftStripes(drawPale([100, 101], 70)), 100, 300)).toBe(0.8 * paper)
    expect(lightness(liftStripes(drawPale([20, 21])), 20, 50)).toBe(0.8 * paper)
    const cloth = Array.from({ length: 9 }, (_, at) => 60 + 20 * at)
    expect(lightness(liftStripes(drawPale(cloth)), 100, 50)).toBe(0.8 * paper)
  })
})
