import { describe, expect, it } from 'vitest'
import { identityCheck, inventIdNumber, inventUscc, organisationCheck, spoilIdNumber, spoilUscc, usccCheck } from './invent-identifiers.ts'
import { inventEnterprise, inventPerson } from './invent-parties.ts'
import { seedRandom } from './random.ts'

describe('invented codes', () => {
  it('reproduces the published examples', () => {
    // The example of GB 32100-2015, and the textbook numbers of GB 11643-1999.
    expect(usccCheck('91350100M000100Y4')).toBe('3')
    expect(organisationCheck('D2143569')).toBe('X')
    expect(identityCheck('11010519491231002')).toBe('X')
    expect(identityCheck('44052418800101001')).toBe('4')
  })

  it('gives every enterprise a code whose two check characters agree', () => {
    for (let seed = 0; seed < 200; seed++) {
      const code = inventUscc(seedRandom(seed), '91', '350206')
      expect(code).toMatch(/^[0-9A-HJ-NP-RTUWXY]{18}$/)
      expect(usccCheck(code.slice(0, 17))).toBe(code[17])
      expect(organisationCheck(code.slice(8, 16))).toBe(code[16])
      const spoiled = spoilUscc(seedRandom(seed), code)
      expect(usccCheck(spoiled.slice(0, 17))).not.toBe(spoiled[17])
    }
  })

  it('gives every person a number that tells their birthday and sex', () => {
    for (let seed = 0; seed < 200; seed++) {
      const person = inventPerson(seedRandom(seed), '2026-11-20')
      expect(identityCheck(person.idNumber.slice(0, 17))).toBe(person.idNumber[17])
      expect(person.idNumber.slice(6, 14)).toBe(person.birthDate.replaceAll('-', ''))
      expect(Number(person.idNumber[16]) % 2 === 1 ? '男' : '女').toBe(person.sex)
      expect(person.idTo === '长期' || person.idTo > '2026-11-20').toBe(true)
    }
    expect(spoilIdNumber(seedRandom(1), inventIdNumber(seedRandom(1), '350206', '1990-01-01', '男')).slice(17)).not.toBe(
      inventIdNumber(seedRandom(1), '350206', '1990-01-01', '男').slice(17),
    )
  })

  it('invents the same enterprise for the same seed and another for another', () => {
    const [one, again, other] = [7, 7, 8].map((seed) => inventEnterprise(seedRandom(seed), '2026-11-20'))
    expect(again).toEqual(one)
    expect(other!.uscc).not.toBe(one!.uscc)
  })
})
