import { expect, it } from 'vitest'
import type { DocumentKind } from '../../../src/guide/papers.ts'
import type { FieldValue, ReadDocument } from '../../../src/flow.ts'
import { vouchAcross } from '../../../src/reading/understand/vouch-across.ts'

const field = (value: string, more: Partial<FieldValue> = {}): FieldValue => ({
  value,
  confidence: 0.99,
  source: 'ocr',
  page: 0,
  box: null,
  certain: true,
  evidence: ['clear'],
  ...more,
})
const paper = (kind: DocumentKind, fields: Record<string, FieldValue>): ReadDocument => ({
  kind,
  confidence: 1,
  pages: [{ file: `${kind}.jpg`, page: 1, rotation: 0 }],
  fields,
  seals: [],
})

it('leaves an address to be looked at that another paper plainly has with a character more', () => {
  const read = (evidence: string[]) =>
    vouchAcross([
      paper('card-form', { 'legal.address': field('厦门市集美区杏林湾路52号3厂房') }),
      paper('business-licence', { address: field('厦门市集美区杏林湾路52号3#厂房', { certain: false, evidence }) }),
    ])[0]!.fields['legal.address']!.certain
  expect(read(['clear'])).toBe(false)
  expect(read([])).toBe(true)
})

it('leaves a name to be looked at that another paper has with a character more', () => {
  const read = (whole: string, more?: Partial<FieldValue>) =>
    vouchAcross([
      paper('registration-form', { handlerName: field('孙顺', more) }),
      paper('identity-document', { name: field('孙顺') }),
      paper('payment-proof', { receiverName: field(whole, { certain: false, evidence: ['mended', 'second-reader'] }) }),
    ]).map(({ fields }) => Object.values(fields)[0]!.certain)
  expect(read('孙顺竣')).toEqual([false, false, false])
  expect(read('孙竣顺')).toEqual([false, false, false])
  expect(read('李顺竣')).toEqual([true, true, false])
  // What a file says is not misread.
  expect(read('孙顺竣', { source: 'text-layer' })).toEqual([true, false, false])
})

it('makes no name certain by another paper that the same hand filled in, but by print', () => {
  const byHand = { certain: false, evidence: ['clear', 'by-hand'] }
  const read = (...others: ReadDocument[]) =>
    vouchAcross([paper('registration-form', { enterpriseName: field('厦门江睿贸易有限公司', byHand) }), ...others])[0]!.fields[
      'enterpriseName'
    ]!.certain
  expect(read(paper('cancellation-request', { enterpriseName: field('厦门江睿贸易有限公司', byHand) }))).toBe(false)
  expect(read(paper('business-licence', { enterpriseName: field('厦门江睿贸易有限公司') }))).toBe(true)
  expect(read(paper('cancellation-request', { enterpriseName: field('厦门江睿贸易有限公司', { evidence: ['clear'] }) }))).toBe(false)
})
