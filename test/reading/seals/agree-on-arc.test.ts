import { describe, expect, it } from 'vitest'
import { agreeOnArc } from '../../../src/reading/seals/agree-on-arc.ts'

/** A reading whose characters stand 0.3 rad apart; a space leaves a place out. */
const reading = (text: string, confidence = 0.95, start = 0) =>
  [...text].flatMap((character, at) => (character === ' ' ? [] : [{ character, confidence, angle: start + at * 0.3, alternatives: [] }]))

describe('agreeOnArc', () => {
  it('outvotes a character that one reading alone saw otherwise, and fills a hole of one by another', () => {
    const readings = [reading('厦门海岚有限公司'), reading('厦门海风有限公司', 0.6), reading('厦门 岚有限公司')]
    expect(agreeOnArc(readings)?.text).toBe('厦门海岚有限公司')
  })

  it('leaves out what stands apart from the row of characters', () => {
    const readings = [reading('章  厦门海岚有限公司   35'), reading('章  厦门海岚有限公司')]
    expect(agreeOnArc(readings)?.text).toBe('厦门海岚有限公司')
  })

  it('is surer of what all readings saw alike', () => {
    const agreed = agreeOnArc([reading('厦门海岚有限公司'), reading('厦门海岚有限公司')])
    const doubtful = agreeOnArc([reading('厦门海岚有限公司'), reading('厦门海风有限公司', 0.9)])
    expect(agreed!.confidence).toBeGreaterThan(0.9)
    expect(doubtful!.confidence).toBeLessThan(0.7)
  })

  it('is unsure of what it read of a name in which a hole is left', () => {
    expect(agreeOnArc([reading('厦门海岚     货运代理有限公司', 0.99)])!.confidence).toBeLessThan(0.75)
  })

  it('tells where the middle of what it read stands', () => {
    expect(agreeOnArc([reading('厦门海岚有限公司', 0.95, 1)])!.middle).toBeCloseTo(1 + 3.5 * 0.3)
  })

  it('tells nothing of shreds', () => {
    expect(agreeOnArc([reading('12'), []])).toBeNull()
  })
})
