import { describe, expect, it } from 'vitest'
import type { PageContent, PaperOnPage } from '../../../src/reading/page.ts'
import { isTornBySeals, joinReadings } from '../../../src/reading/understand/join-readings.ts'

type Field = PaperOnPage['fields'][string]

const field = (value: string | null, more: Partial<Field> = {}): Field => ({
  value,
  confidence: 0.8,
  source: 'ocr',
  box: [0.1, 0.1, 0.2, 0.02],
  certain: false,
  evidence: [],
  ...more,
})
const paper = (name: Field, kind: PaperOnPage['kind'] = 'identity-document'): PaperOnPage => ({
  kind,
  confidence: 1,
  fields: { name },
  seals: [],
})
const joined = (one: Field, other: Field): Field => joinReadings([paper(one)], [paper(other)])[0]!.fields['name']!

describe('joinReadings', () => {
  it('keeps what is certain in the first reading', () => {
    expect(joined(field('王芳', { certain: true }), field('王方', { evidence: ['dictionary'] })).value).toBe('王芳')
  })

  it('takes what only the second reading found, and never as certain', () => {
    expect(joined(field(null), field('王芳', { certain: true }))).toMatchObject({ value: '王芳', certain: false })
  })

  it('leaves a place blank that was seen to have no ink', () => {
    expect(joined(field(null, { evidence: ['no-ink'] }), field('公')).value).toBeNull()
  })

  it('prefers the reading that holds by itself', () => {
    expect(joined(field('35021', { confidence: 0.9 }), field('350211198411149739', { evidence: ['check-digit'] })).value).toBe(
      '350211198411149739',
    )
    expect(joined(field('350211198411149739', { evidence: ['check-digit'] }), field('35021', { confidence: 0.9 })).value).toBe(
      '350211198411149739',
    )
  })

  it('takes the reading that stops where another field begins', () => {
    const licence = (enterpriseType: Field, legalName: Field): PaperOnPage => ({
      kind: 'business-licence',
      confidence: 1,
      fields: { enterpriseType, legalName },
      seals: [],
    })
    const [long, short] = [licence(field('个体工商户者李怡坤'), field(null)), licence(field('个体工商户'), field('李怡坤'))]
    for (const [one, other] of [
      [long, short],
      [short, long],
    ] as const)
      expect(joinReadings([one], [other])[0]!.fields['enterpriseType']!.value).toBe('个体工商户')
  })

  it('takes the reading that has what the other passed over', () => {
    const torn = field('厦门自贸区限公司', { confidence: 0.95 })
    const whole = field('厦门自贸区菲霖新材料科技有限公司', { evidence: ['gap', 'faint'] })
    expect(joined(torn, whole).value).toBe(whole.value)
    expect(joined(whole, torn).value).toBe(whole.value)
  })

  it('leaves the papers alone where the second reading sees others', () => {
    const first = [paper(field(null))]
    expect(joinReadings(first, [paper(field('王芳'), 'card-form')])).toBe(first)
  })
})

describe('isTornBySeals', () => {
  const content = {
    width: 1000,
    height: 1000,
    seals: [{ box: { x: 250, y: 90, width: 200, height: 200 }, color: 'gray', shape: 'round', text: null, confidence: 0 }],
  } as unknown as PageContent

  it('is told of a value in doubt under a seal, or one that was not found', () => {
    expect(isTornBySeals([paper(field('王'))], content)).toBe(true)
    expect(isTornBySeals([paper(field(null, { box: null }))], content)).toBe(true)
  })

  it('is not told of values that are certain or lie elsewhere', () => {
    expect(isTornBySeals([paper(field('王芳', { certain: true }))], content)).toBe(false)
    expect(isTornBySeals([paper(field('王', { box: [0.6, 0.1, 0.2, 0.02] }))], content)).toBe(false)
  })
})
