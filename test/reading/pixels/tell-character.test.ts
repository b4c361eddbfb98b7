import { expect, it } from 'vitest'
import type { InkMap } from '../../../src/reading/marks/map-ink.ts'
import { isCharacter } from '../../../src/reading/marks/tell-character.ts'

/** A square of 22 pixels with thin sides at (10, 10), and another of `inner` pixels amid it, black or hollow. */
function draw(inner: number, isHollow: boolean): InkMap {
  const [width, height] = [44, 44]
  const ink = new Uint8Array(width * height)
  const square = (at: number, side: number, isFrame: boolean): void => {
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) if (!isFrame || Math.min(x, y, side - 1 - x, side - 1 - y) < 2) ink[(at + y) * width + at + x] = 1
  }
  square(10, 22, true)
  square(10 + (22 - inner) / 2, inner, isHollow)
  return { width, height, ink, any: ink, unit: 6.9, factor: 1 } as InkMap
}
const square = { x: 10, y: 10, side: 22, height: 22, merit: 2 }

it('takes a box around a black block (▣) for no character, but a square in a square (回)', () => {
  expect(isCharacter(draw(12, false), square, 1)).toBe(false)
  expect(isCharacter(draw(12, true), square, 1)).toBe(true)
})
