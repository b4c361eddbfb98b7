import { describe, expect, it } from 'vitest'
import type { Lattice } from '../../../../src/reading/page.ts'
import { spellNumber } from '../../../../src/reading/understand/values/spell-number.ts'

/** Steps that read each character surely with nothing between; `instead` replaces single ones by what else was thought there. */
function lattice(text: string, instead: Readonly<Record<number, readonly (readonly [string, number])[]>> = {}): Lattice {
  return Array.from(text).flatMap((character, at) => [
    { at: 20 * at, costs: [['', 6] as const, ...(instead[at] ?? [[character, 0.05] as const])] },
    { at: 20 * at + 10, costs: [['', 0.01] as const] },
  ])
}

const number = '350203198807124511'
const birth = '1988-07-12'

describe('a number under a seal', () => {
  it('is spelled by what was thought of its figures, its district and its check digit', () => {
    const look = lattice(number, {
      3: [
        ['9', 0.4],
        ['2', 1.2],
      ],
      15: [
        ['A', 0.5],
        ['5', 1.5],
      ],
    })
    expect(spellNumber(look, birth, '男')?.number).toBe(number)
  })

  it('is spelled though a figure of the day of birth was passed over', () => {
    expect(spellNumber(lattice(number.slice(0, 8) + number.slice(9)), birth, null)?.number).toBe(number)
  })

  it('is none of another day, of the other sex, or of a row of which too little was read', () => {
    expect(spellNumber(lattice(number), '1979-03-05', null)).toBeNull()
    expect(spellNumber(lattice(number), birth, '女')).toBeNull()
    expect(spellNumber(lattice('3502'), birth, null)).toBeNull()
  })
})
