import { expect, it } from 'vitest'
import { findInkedPart } from '../../../src/reading/engine/find-inked-part.ts'
import type { Raster } from '../../../src/reading/page.ts'

const [width, height] = [400, 560]

/** Paper with grain of ±6 levels, and ink of one level on what `isInked` says. */
function drawPaper(isInked: (x: number, y: number) => boolean, ink = 60): Raster {
  const data = new Uint8Array(width * height * 3)
  for (let at = 0; at < width * height; at++)
    data.fill(isInked(at % width, Math.floor(at / width)) ? ink : 235 + ((at * 7919) % 13) - 6, at * 3, at * 3 + 3)
  return { width, height, data }
}

const isWithin = (left: number, top: number, right: number, bottom: number) => (x: number, y: number) =>
  x >= left && x < right && y >= top && y < bottom

it('tells where a page has ink, with a margin', () => {
  const part = findInkedPart(drawPaper((x, y) => isWithin(100, 200, 300, 203)(x, y) || isWithin(150, 300, 152, 309)(x, y)))!
  expect(part).toMatchObject({ x: 64, width: 324 - 64 })
  expect(part.y).toBe(160)
  expect(part.y + part.height).toBeGreaterThan(309 + 20)
  expect(part.y + part.height).toBeLessThan(360)
})

it('sees faint print', () => {
  expect(findInkedPart(drawPaper(isWithin(30, 40, 36, 46), 205))).toMatchObject({ x: 0, width: 60 })
})

it('keeps within the page', () => {
  expect(findInkedPart(drawPaper((x, y) => isWithin(2, 3, 5, 6)(x, y) || isWithin(390, 550, 399, 558)(x, y)))).toEqual({
    x: 0,
    y: 0,
    width,
    height,
  })
})

it('finds nothing on blank paper', () => {
  expect(findInkedPart(drawPaper(() => false))).toBeUndefined()
})
