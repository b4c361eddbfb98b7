import { describe, expect, it } from 'vitest'
import { findPassedOver } from '../../../src/reading/understand/find-passed-over.ts'

const size = 24
/** Glyphs of one width from the left edge, `pitch` apart, from `x` to `x + width` each. */
const glyphs = (count: number, width = 22, pitch = 24) =>
  Array.from({ length: count }, (_, at) => ({ x: at * pitch, y: 0, width, height: 24 }))
const seen = (text: string, middles: readonly number[]) => Array.from(text).map((character, at) => ({ character, middle: middles[at]! }))
const told = (found: ReturnType<typeof findPassedOver>) => found && found.before.character + found.after.character

describe('a character that was passed over', () => {
  it('is told between neighbours that were seen nearer to it than they stand', () => {
    expect(told(findPassedOver(seen('武超', [14, 56]), glyphs(3), size))).toBe('武超')
    // 厦门市同安区大?街道: 36 between 大 and 街, 30 at most elsewhere.
    const middles = [11, 38, 62, 86, 111, 136, 163, 199, 226]
    expect(told(findPassedOver(seen('厦门市同安区大街道', middles), glyphs(10), size))).toBe('大街')
  })

  it('is told where it is drawn in two pieces', () => {
    const pieces = [...glyphs(1), { x: 24, y: 0, width: 7, height: 24 }, { x: 33, y: 0, width: 13, height: 24 }, ...glyphs(3).slice(2)]
    expect(told(findPassedOver(seen('文磊', [13, 58]), pieces, size))).toBe('文磊')
    expect(findPassedOver(seen('文珩磊', [11, 35, 59]), pieces, size)).toBeNull()
  })

  it('is not seen in the ink of what stands before or behind a name', () => {
    expect(findPassedOver(seen('林小满', [35, 59, 83]), glyphs(5), size)).toBeNull()
    // 2 and 道 joined by blur.
    expect(findPassedOver(seen('大道', [7, 33]), [{ x: 0, y: 0, width: 59, height: 24 }], size)).toBeNull()
  })

  it('is not seen in glyphs that touch, stand apart, or are one with their neighbour', () => {
    expect(findPassedOver(seen('建瓯市乐', [11, 37, 57, 85]), glyphs(4, 24, 24), size)).toBeNull()
    expect(findPassedOver(seen('福州', [12, 80]), glyphs(2, 22, 68), size)).toBeNull()
    const halved = [
      { x: 0, y: 0, width: 10, height: 24 },
      { x: 12, y: 0, width: 34, height: 24 },
    ]
    expect(findPassedOver(seen('北路', [11, 35]), halved, size)).toBeNull()
    expect(findPassedOver(seen('北路号', [11, 35, 59]), [{ x: 0, y: 0, width: 46, height: 24 }, ...glyphs(3).slice(2)], size)).toBeNull()
  })
})
