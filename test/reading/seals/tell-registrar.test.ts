import { describe, expect, it } from 'vitest'
import type { SealOnPage, TextLine } from '../../../src/reading/page.ts'
import { tellRegistrar } from '../../../src/reading/seals/tell-registrar.ts'

const seal = (text: string | null, x: number, y: number): SealOnPage => ({
  box: [x, y, 0.15, 0.2],
  color: 'red',
  shape: 'round',
  text,
  confidence: 0.8,
})

const line = (text: string, x: number, y: number): TextLine => ({
  text,
  box: { x, y, width: 120, height: 30 },
  confidence: 1,
  glyphs: [],
  source: 'ocr',
})

const licence = { lines: [line('经营范围', 100, 400), line('登 记 机 关', 1200, 850)], width: 1754, height: 1240 }
const company = seal('厦门鑫海贸易有限公司', 0.3, 0.7)
const registrar = seal('中国福建自由贸易试验区厦门片区', 0.66, 0.62)

describe('tellRegistrar', () => {
  it('tells the seal at 登记机关 of a licence as another’s, read or not', () => {
    expect(tellRegistrar([company, registrar], 'business-licence', licence)).toEqual([company, { ...registrar, role: 'other' }])
    const unread = { ...registrar, text: null }
    expect(tellRegistrar([unread], 'business-licence', licence)).toEqual([{ ...unread, role: 'other' }])
  })

  it('leaves the enterprise its seal wherever it was put, and other papers theirs', () => {
    const over = seal('厦门鑫海贸易有限公司', 0.66, 0.62)
    expect(tellRegistrar([over], 'business-licence', licence)).toEqual([over])
    expect(tellRegistrar([registrar], 'registration-form', licence)).toEqual([registrar])
    expect(tellRegistrar([company, registrar], 'business-licence', { ...licence, lines: [] })).toEqual([company, registrar])
  })
})
