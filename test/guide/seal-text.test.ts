import { describe, expect, it } from 'vitest'
import { compareSealText, isStretchOfName, repeatsGlyphOfName } from '../../src/guide/seal-text.ts'

const name = '厦门鹭澜进出口有限公司'

describe('the text on the ring of a seal', () => {
  it.each([
    ['厦门鹭澜进出口有限公司', 'match'],
    ['厦门鹭澜进出口有限公司3502060012345', 'match'],
    ['进出口有限公司350206E厦门鹭澜', 'match'],
    ['厦门鹭烂进出口有限公司', 'near'],
    ['厦门鹏江进出口有限公司', 'other'],
    ['厦问鹭澜进山口有限公司', 'near'],
    ['鹭澜进出口有限公司', 'near'],
    ['广厦门鹭澜进出口有限公司司', 'near'],
    ['厦门鹭澜进出口有限公司福州分公司', 'other'],
    ['厦门榕湾供应链管理有限公司', 'other'],
    ['厦门市湖里区市场监督管理局', 'other'],
    ['厦门鹭澜进', 'unreadable'],
    ['厦门', 'unreadable'],
    [null, 'unreadable'],
  ])('%s is told as %s', (text, verdict) => expect(compareSealText(text, name).verdict).toBe(verdict))

  it('is the same with brackets of any width', () => {
    expect(compareSealText('鹭澜(厦门)贸易有限公司', '鹭澜（厦门）贸易有限公司').verdict).toBe('match')
  })

  it('is neither a branch’s nor its head office’s where letters are lost on both sides', () => {
    for (const torn of ['鹭澜进出口有限公司', '门鹭烂进出口有限公司'])
      expect(compareSealText(torn, '厦门鹭澜进出口有限公司福州分公司').verdict).toBe('unreadable')
    expect(compareSealText('厦门鹭澜进出口有限公司', '厦门鹭澜进出口有限公司福州分公司').verdict).toBe('other')
  })

  it('is another’s where the place stands elsewhere and what it is called by is another word', () => {
    const own = '腾鸿闽（厦门）供应链管理有限公司'
    expect(compareSealText('厦门榕湾供应链管理有限公司', own).verdict).toBe('other')
    expect(compareSealText('厦门供应链管理有限公司', own).verdict).toBe('near')
    // Read from another place of the ring on.
    expect(compareSealText('鸿闽厦门供应链管理有限公司腾', own).verdict).toBe('near')
  })

  it.each([
    ['厦门鹭澜进出口', name, true],
    ['鹭澜进出口有限', name, true],
    // Anybody's.
    ['进出口有限公司', name, false],
    ['澜进出口有限公司', name, false],
    ['厦门鹭澜', name, false],
    ['厦门鹭烂进出口', name, false],
    ['里区高科纳工艺品', '厦门市湖里区高科纳工艺品店', true],
    ['工艺品店', '厦门市湖里区高科纳工艺品店', false],
    [null, name, false],
  ])('%s of %s is a stretch that tells it: %s', (text, expected, is) => expect(isStretchOfName(text, expected)).toBe(is))
})

describe('a glyph read twice', () => {
  it.each([
    ['厦厦门鹭澜进出口有限公司', true],
    ['厦门鹭澜进出口有限公司司', true],
    ['厦门鹭澜澜澜进出口有限公司', false],
    ['厦门鹭烂澜进出口有限公司', false],
    ['厦门鹭澜进出口有限公司', false],
    [null, false],
  ])('in %s: %s', (text, is) => expect(repeatsGlyphOfName(text, '厦门鹭澜进出口有限公司')).toBe(is))
})
