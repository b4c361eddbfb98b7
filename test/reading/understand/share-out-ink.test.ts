import { describe, expect, it } from 'vitest'
import { isSharedOut, type SeenLetter } from '../../../src/reading/understand/share-out-ink.ts'

const size = 20
/** A stroke from `x` that is `width` wide, of a character's height. */
const stroke = (x: number, width: number) => ({ x, y: 0, width, height: 18 })
const seen = (text: string, first: number, step: number): SeenLetter[] =>
  Array.from(text).map((character, at) => ({ character, middle: first + at * step }))

describe('ink', () => {
  it('is shared out among letters that were seen most of a character off', () => {
    const strokes = [stroke(0, 18), stroke(20, 7), stroke(28, 10), stroke(40, 18)]
    expect(isSharedOut(strokes, seen('林小满', 9, 20), size)).toBe(true)
    expect(isSharedOut(strokes, seen('林小满', 21, 20), size)).toBe(true)
  })

  it('of a character that was passed over is not', () => {
    const four = [stroke(0, 18), stroke(20, 18), stroke(40, 18), stroke(60, 18)]
    expect(isSharedOut(four, seen('林小满', 9, 20), size)).toBe(false)
    expect(isSharedOut(four, seen('林小满红', 9, 20), size)).toBe(true)
  })

  it('of figures that touch is theirs, of one figure more is not', () => {
    const strokes = [stroke(0, 9), stroke(11, 20), stroke(33, 9)]
    expect(isSharedOut(strokes, seen('3502', 5, 11), size)).toBe(true)
    expect(isSharedOut(strokes, seen('352', 5, 15), size)).toBe(false)
  })

  it('that blur joined may be a little wider than its letters, by less than a figure', () => {
    expect(isSharedOut([stroke(0, 36), stroke(38, 18)], seen('0号栋', 6, 20), size)).toBe(true)
    expect(isSharedOut([stroke(0, 45), stroke(47, 18)], seen('0号栋', 6, 20), size)).toBe(false)
  })
})
