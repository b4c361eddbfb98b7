import { describe, expect, it } from 'vitest'
import type { Lattice } from '../../../../src/reading/page.ts'
import type { Letter } from '../../../../src/reading/understand/text/letters.ts'
import { decodeRow, rowOf } from '../../../../src/reading/understand/values/number-row.ts'

const number = '350203199001010018'
const row = { start: 100, pitch: 20 }

/** Each figure plainly at its place; of the `hidden` ones, what the recogniser thought of them instead. */
const latticeWith = (hidden: Readonly<Record<number, readonly (readonly [string, number])[]>>): Lattice =>
  Array.from(number).map((digit, slot) => ({
    at: row.start + slot * row.pitch + 3,
    costs: [['', 0.1], ...(hidden[slot] ?? [[digit, 0.02] as const])],
  }))

const letters = (places: readonly number[]): Letter[] =>
  places.map((slot) => ({
    character: number[slot]!,
    confidence: 0.9,
    left: row.start + slot * row.pitch - 8,
    right: row.start + slot * row.pitch + 8,
    alternatives: [],
  }))

describe('a number of which figures are hidden', () => {
  it('has the pitch of those that were read', () => {
    const found = rowOf(letters([0, 1, 2, 3, 6, 7, 8, 11]))!
    expect(found.start).toBeCloseTo(100)
    expect(found.pitch).toBeCloseTo(20)
    expect(rowOf(letters([0, 1, 2]))).toBeNull()
  })

  it('is the one that its day of birth, its district and its check digit allow', () => {
    const hidden = { 7: [], 8: [], 9: [['8', 3]], 17: [['8', 4]], 16: [['1', 2]] } as const
    expect(decodeRow(latticeWith(hidden), row, '1990-01-01', null)).toBe(number)
  })

  it('is not guessed where two are as likely', () => {
    // One figure of the order and the check digit are gone: ten numbers hold.
    expect(decodeRow(latticeWith({ 15: [], 17: [] }), row, '1990-01-01', null)).toBeNull()
  })

  it('is not guessed, nor are all days and orders tried, where nothing was seen of most of its places', () => {
    expect(decodeRow([], row, null, null)).toBeNull()
    expect(decodeRow(latticeWith({ 6: [], 7: [], 8: [], 9: [], 10: [], 11: [], 12: [] }), row, null, null)).toBeNull()
  })

  it('is not guessed where what was read denies the day of birth', () => {
    expect(decodeRow(latticeWith({}), row, '1985-06-15', null)).toBeNull()
  })
})
