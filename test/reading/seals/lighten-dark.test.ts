import { describe, expect, it } from 'vitest'
import { lightenDark } from '../../../src/reading/seals/lighten-dark.ts'

/** A page of one colour with a spot of another in its first tenth. */
function page(ground: readonly number[], spot: readonly number[]) {
  const data = new Uint8Array(200 * 200 * 3)
  for (let at = 0; at < data.length; at++) data[at] = (at < data.length / 10 ? spot : ground)[at % 3]!
  return { width: 200, height: 200, data }
}

describe('lightenDark', () => {
  it('makes a dark screen light, its writing dark, and leaves red ink red', () => {
    const writing = lightenDark(page([24, 24, 28], [235, 235, 235]))!
    expect(writing.data.slice(-3)).toEqual(Uint8Array.of(227, 227, 231))
    expect(writing.data.slice(0, 3)).toEqual(Uint8Array.of(20, 20, 20))
    expect(lightenDark(page([24, 24, 28], [206, 60, 52]))!.data.slice(0, 3)).toEqual(Uint8Array.of(203, 57, 49))
  })

  it('leaves paper, and what is only dim, as it is', () => {
    expect(lightenDark(page([250, 250, 250], [20, 20, 20]))).toBeNull()
    expect(lightenDark(page([90, 84, 80], [20, 20, 20]))).toBeNull()
  })
})
