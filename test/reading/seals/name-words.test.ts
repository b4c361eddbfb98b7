import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../../src/reading/seals/name-words.ts'

/** The letters of a name with its words in square brackets. */
const marked = (name: string): string => {
  const words = wordsOf(name)
  return Array.from(name.replace(/[（）]/gu, ''), (letter, at) => {
    const word = words[at]
    return `${word?.from === at ? '[' : ''}${letter}${word?.to === at + 1 ? ']' : ''}`
  }).join('')
}

describe('wordsOf', () => {
  it.each([
    '[福建]菲美[跨境][电子商务][有限公司]',
    '[厦门][自贸区]驰洁[汽车][零部件][有限][责任][公司]',
    '[福建]省[厦门]市[思明]区闽洁[贸易][商行]',
    '[厦门][象屿保税区]钧丰[国际][供应链][管理][有限公司]',
    '[厦门][海沧保税港区]煌越[物流][有限公司]',
    '[上海]潮精[新材料][科技][有限公司][厦门]海沧[分公司]',
  ])('finds places and trades in %s', (name) => expect(marked(name.replace(/[[\]]/gu, ''))).toBe(name))

  it('leaves what follows the place to the enterprise, though it may be a word, and finds a place in brackets', () => {
    expect(marked('厦门龙海贸易有限公司')).toBe('[厦门]龙海[贸易][有限公司]')
    expect(marked('厦门海运贸易有限公司')).toBe('[厦门]海运[贸易][有限公司]')
    expect(marked('晟航（厦门）新材料科技有限公司')).toBe('晟航[厦门][新材料][科技][有限公司]')
  })
})
