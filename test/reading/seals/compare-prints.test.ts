import { beforeAll, describe, expect, it } from 'vitest'
import { strokesOf, turnBetween } from '../../../src/reading/seals/compare-prints.ts'
import { printSeal } from './print-seal.ts'

const turn = (one: string, other: string) => turnBetween(strokesOf(one)!, strokesOf(other)!)

describe('turnBetween', () => {
  let clear = ''
  beforeAll(async () => {
    clear = await printSeal()
  })

  it('tells how far one seal is turned on two sheets, though a fax left of one but dots', async () => {
    expect(turn(clear, await printSeal({ x: 80, tilt: 20 }, { seed: 2 }))).toBe(40)
    expect(turn(clear, await printSeal({ tilt: 30, strength: 0.6 }, { threshold: 122, grain: 42 }))).toBe(60)
  })

  it('says no of what is no print', () => expect(strokesOf('AAAA')).toBeNull())
})
