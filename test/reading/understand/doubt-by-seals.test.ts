import { describe, expect, it } from 'vitest'
import type { FieldValue, ReadDocument } from '../../../src/flow.ts'
import { doubtBySeals } from '../../../src/reading/understand/doubt-by-seals.ts'

const name = (value: string, source: FieldValue['source'] = 'ocr'): FieldValue => ({
  value,
  confidence: 0.99,
  source,
  page: 0,
  box: [0.1, 0.1, 0.3, 0.02],
  certain: true,
  evidence: ['clear'],
})
const paper = (said: FieldValue, text: string, confidence = 0.94): ReadDocument => ({
  kind: 'registration-form',
  confidence: 0.99,
  pages: [{ file: '1.jpg', page: 1, rotation: 0 }],
  fields: { enterpriseName: said },
  seals: [{ page: 0, box: [0.3, 0.6, 0.2, 0.14], color: 'red', shape: 'round', text, confidence }],
})
const isSure = (papers: readonly ReadDocument[]) => doubtBySeals(papers).map(({ fields }) => fields['enterpriseName']!.certain)

describe('a name that all papers say', () => {
  const misread = name('厦门翔蝶贸易有限公司')

  it('is not certain where two seals spell another letter', () => {
    const doubted = doubtBySeals([paper(misread, '厦门翔嵘贸易有限公司'), paper(misread, '厦门翔嵘贸易有限公司')])
    expect(doubted[0]!.fields['enterpriseName']).toMatchObject({ certain: false, evidence: ['clear', 'seal-differs'] })
    expect(isSure([paper(misread, '厦门翔嵘贸易有限公司'), paper(misread, '厦门翔嵘贸易有限公司')])).toEqual([false, false])
  })

  it('is not certain where it lacks a letter of what two seals spell', () => {
    const torn = name('门翔嵘贸易有限公司')
    expect(isSure([paper(torn, '厦门翔嵘贸易有限公司'), paper(torn, '厦门翔嵘贸易有限公司')])).toEqual([false, false])
  })

  it('is not certain where one impression of five was taken for it', () => {
    const spelled = ['厦门翔嵘贸易有限公司', '厦门翔嵘贸易有限公司', '厦门翔嵘贸易有限公司', '厦门翔嵘贸易有限公司', '厦门翔蝶贸易有限公司']
    expect(isSure(spelled.map((text) => paper(misread, text)))).toEqual([false, false, false, false, false])
  })

  it('stays so where one of them spells it, where only one differs, or hardly legibly, or the file has it in letters', () => {
    expect(isSure([paper(misread, '厦门翔嵘贸易有限公司'), paper(misread, '厦门翔蝶贸易有限公司')])).toEqual([true, true])
    expect(isSure([paper(misread, '厦门翔嵘贸易有限公司')])).toEqual([true])
    expect(isSure([paper(misread, '厦门翔嵘贸易有限公司', 0.6), paper(misread, '厦门翔嵘贸易有限公司', 0.6)])).toEqual([true, true])
    const typed = name('厦门翔蝶贸易有限公司', 'text-layer')
    expect(isSure([paper(typed, '厦门翔嵘贸易有限公司'), paper(typed, '厦门翔嵘贸易有限公司')])).toEqual([true, true])
  })

  it('is not doubted by the seal of somebody else', () => {
    expect(isSure([paper(misread, '泉州恒盈贸易有限公司'), paper(misread, '泉州恒盈贸易有限公司')])).toEqual([true, true])
  })
})
