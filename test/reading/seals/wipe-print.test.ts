import { describe, expect, it } from 'vitest'
import type { TextLine } from '../../../src/reading/page.ts'
import { wipePrint } from '../../../src/reading/seals/wipe-print.ts'

const side = 400
const ring = { x: 200, y: 200, xx: 120, xy: 0, yy: 120 }

/** A white page with black boxes: left, top, width, height. */
function page(...boxes: readonly (readonly [number, number, number, number])[]) {
  const data = new Uint8Array(side * side * 3).fill(255)
  for (const [left, top, width, height] of boxes)
    for (let y = top; y < top + height; y++) data.fill(0, (y * side + left) * 3, (y * side + left + width) * 3)
  return { width: side, height: side, data }
}

const line = (text: string, x: number, y: number, width: number, height: number): TextLine => ({
  text,
  confidence: 0.98,
  box: { x, y, width, height },
  glyphs: [],
  source: 'ocr',
})

/** What of a box is black still. */
function left(face: ReturnType<typeof wipePrint>, [x, y, width, height]: readonly [number, number, number, number]): number {
  let black = 0
  const { raster, ring: moved } = face!
  for (let row = y; row < y + height; row++)
    for (let column = x; column < x + width; column++) {
      const at = (Math.round(row - ring.y + moved.y) * raster.width + Math.round(column - ring.x + moved.x)) * 3
      if (raster.data[at]! < 128) black++
    }
  return black / (width * height)
}

describe('wipePrint', () => {
  const digit = [130, 150, 6, 20] as const
  const letter = [110, 176, 20, 6] as const

  it('takes off a line of print that runs across the face, and leaves a letter of the arc that reaches out of it', () => {
    const reaching = [285, 130, 8, 30] as const
    const face = wipePrint(page(digit, letter, reaching), ring, [line('350212199810090296', 60, 146, 280, 28)])
    expect(left(face, digit)).toBe(0)
    expect(left(face, letter)).toBe(1)
    expect(left(face, reaching)).toBe(1)
  })

  it('tells the face without all that stands in a line too, letters that hang together with it among them', () => {
    const reaching = [285, 130, 8, 30] as const
    const face = wipePrint(page(digit, letter, reaching), ring, [line('350212199810090296', 60, 146, 280, 28)])!
    const apart = { ...face, raster: face.apart }
    expect(left(apart, [285, 148, 8, 12])).toBe(0)
    expect(left(apart, [285, 130, 8, 14])).toBe(1)
    expect(left(apart, letter)).toBe(1)
  })

  it('leaves what was read of the arc itself, and what was hardly read', () => {
    const top = [190, 100, 20, 4] as const
    expect(wipePrint(page(top), ring, [line('有限', 165, 94, 70, 24)])).toBeNull()
    expect(wipePrint(page(digit), ring, [{ ...line('350212199810090296', 60, 146, 280, 28), confidence: 0.4 }])).toBeNull()
  })

  it('takes off rules but for what crosses them, and pictures', () => {
    const rule = [60, 250, 280, 2] as const
    const crossing = [116, 240, 6, 22] as const
    const portrait = [260, 90, 60, 60] as const
    const face = wipePrint(page(rule, crossing, portrait), ring, [])
    expect(left(face, [130, 250, 60, 2])).toBe(0)
    expect(left(face, crossing)).toBe(1)
    expect(left(face, [262, 92, 40, 50])).toBe(0)
  })
})
