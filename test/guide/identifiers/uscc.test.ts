import { describe, expect, it } from 'vitest'
import { holdsOrganisationCode, isValidUscc, normalizeUscc, usccFault } from '../../../src/guide/identifiers/uscc.ts'

const synthetic = [
  '91350206MA2XM00A2T',
  '92350203MA8T000P2L',
  '93350213MA31Q1W28E',
  '523502005000000151',
  '91350206MA7LLJY1XH',
  '91350206MA1XG61250',
]
const standard = ['91350100M000100Y43', '91440300708461136T', '9144030071526726XG']

describe('a unified social credit code', () => {
  it.each([...standard, ...synthetic])('%s is valid and holds a whole organisation code', (code) => {
    expect(usccFault(code)).toBeNull()
    expect(holdsOrganisationCode(code)).toBe(true)
  })

  it.each([
    ['91350100M000100Y4Z', 'character'],
    ['91350206MA2XM00A2S', 'character'],
    ['9135O206MA2XM00A2T', 'character'],
    ['91350206MA2XM00A3T', 'check-digit'],
    ['91350206MA2XM00B2T', 'check-digit'],
    ['91350206MA2XM00A2', 'length'],
    ['91310115MA1H8R7C6D', 'check-digit'],
  ])('%s is refused for its %s', (code, fault) => {
    expect(usccFault(code)).toBe(fault)
    expect(isValidUscc(code)).toBe(false)
  })

  it('shows every wrong character and every pair of swapped neighbours by its check digit', () => {
    const [code = ''] = synthetic
    for (let place = 0; place < 18; place += 1) {
      for (const character of '0123456789ABCDEFGHJKLMNPQRTUWXY')
        if (character !== code[place]) expect(isValidUscc(code.slice(0, place) + character + code.slice(place + 1))).toBe(false)
      const swapped = code.slice(0, place) + (code[place + 1] ?? '') + (code[place] ?? '') + code.slice(place + 2)
      if (swapped !== code && swapped.length === 18) expect(isValidUscc(swapped)).toBe(false)
    }
  })

  it('is written in capitals without blanks, whatever the width it was typed in', () => {
    expect(normalizeUscc('９１３５ 0206 ma2xm00a2t')).toBe('91350206MA2XM00A2T')
  })
})
