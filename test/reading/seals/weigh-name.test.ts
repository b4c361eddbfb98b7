import { describe, expect, it } from 'vitest'
import type { Lattice } from '../../../src/reading/page.ts'
import { printCells } from '../../../src/reading/seals/take-print.ts'
import { weighName } from '../../../src/reading/seals/weigh-name.ts'

/**
 * What a look saw: each character 0.3 rad after the one before, surely; `/` between characters that may both be there, the
 * first one likelier; `_` where a character's room is empty.
 */
function look(text: string): Lattice {
  const places = text.match(/[^/](?:\/[^/])*/gu) ?? []
  return places.flatMap((place, at) => {
    const [first, ...others] = place.split('/')
    const blank = { at: at * 0.3 + 0.15, costs: [['', 0.01]] as const }
    if (first === '_') return [blank]
    const costs = [['', 6] as const, [first!, others.length > 0 ? 0.4 : 0.02] as const, ...others.map((other) => [other, 1.6] as const)]
    return [{ at: at * 0.3, costs }, blank]
  })
}

const name = '厦门鑫海贸易有限公司'

describe('weighName', () => {
  it('knows the name that it sees, and one that it sees but in parts in two looks', () => {
    expect(weighName([look(name)], name)).toMatchObject({ seen: 1 })
    expect(weighName([look(name)], name).margin).toBeGreaterThan(3)
    expect(weighName([look('厦门鑫_贸易有限公司'), look('厦_鑫海贸易有限_司')], name).margin).toBeGreaterThan(0)
  })

  it.each([
    '厦门金海贸易有限公司',
    '厦门鑫海商贸易有限公司',
    '厦门鑫贸易有限公司',
    '厦门海鑫贸易有限公司',
    '厦门鑫海贸易有限责任公司',
    '漳州鑫海贸易有限公司',
  ])('does not take the seal of %s for it', (other) => {
    expect(weighName([look(other)], name).margin).toBeLessThan(0)
    expect(weighName([look(other), look(other)], name).margin).toBeLessThan(-3)
  })

  it('lets a doubtful character be the one of the name', () => {
    expect(weighName([look('厦门金/鑫海贸易有限公司'), look(name)], name).margin).toBeGreaterThan(0)
  })

  it('takes a letter misread in a word that every name has for what the word needs, and no other', () => {
    expect(weighName([look('厦心鑫海贸易有阴公司')], name).margin).toBeGreaterThan(0)
    expect(weighName([look('福建鑫海贸易有限公司')], name).margin).toBeLessThan(0)
    expect(weighName([look('厦门鑫海服务有限公司')], '厦门鑫海服饰有限公司').margin).toBeLessThan(0)
    expect(weighName([look('厦门龙轩物流有限公司')], '厦门龙海物流有限公司').margin).toBeLessThan(0)
  })

  it('does not take a name for that of its end', () => {
    expect(weighName([look(name)], '鑫海贸易有限公司').margin).toBeLessThan(0)
    expect(weighName([look('鑫航_厦门_贸易有限公司')], '（厦门）贸易有限公司').margin).toBeLessThan(0)
  })

  it('does not take the seal of a branch for that of the head office', () => {
    expect(weighName([look(`${name}厦门分公司`)], name).margin).toBeLessThan(0)
    const worn = [look(`${name}厦_分公司`), look(`${name}_门分公司`), look(`${name}厦__公司`)]
    expect(weighName(worn, name).margin).toBeLessThan(0)
  })

  it('passes over the number of a seal, and over brackets that were lost', () => {
    expect(weighName([look('厦门鑫海贸易有限公司___3502')], name).margin).toBeGreaterThan(3)
    expect(weighName([look('鑫海_厦门_贸易有限公司')], '鑫海（厦门）贸易有限公司').margin).toBeGreaterThan(0)
  })

  it('tells nothing of what it hardly sees', () => {
    expect(weighName([look('厦___________公_')], name).margin).toBeLessThan(0)
  })

  describe('of an arc that is worn', () => {
    const long = '厦门鑫海宏泰贸易有限公司'
    const worn = (...letters: string[]) => letters.map((letter) => look(long.replace('海', letter)))

    it('allows the name where each look makes another letter of one, and only beside the same name on others where it has few letters', () => {
      expect(weighName(worn('梅', '晦', '诲', '悔'), long)).toMatchObject({ allowed: 'alone' })
      expect(weighName(worn('梅', '晦', '诲', '悔'), long).margin).toBeLessThan(0)
      const short = ['梅', '晦', '诲', '悔'].map((letter) => look(name.replace('海', letter)))
      expect(weighName(short, name)).toMatchObject({ allowed: 'along' })
    })

    it('takes what is read where a copy left little ink for no other letter, unless that has few strokes', () => {
      const { angles, radii } = printCells
      /** A print with so much ink in the room of each letter. */
      const print = (...inks: readonly number[]) => {
        const cells = new Uint8Array(angles * radii)
        for (const [at, ink] of inks.entries()) {
          const middle = Math.round((at * 0.3 * angles) / (2 * Math.PI))
          for (let angle = middle - 15; angle <= middle + 15; angle++)
            cells.fill(ink, ((angle + angles) % angles) * radii, ((angle + angles) % angles) * radii + radii)
        }
        return Buffer.from(cells).toString('base64')
      }
      const all = Array.from(long, () => 90)
      expect(weighName(worn('航', '航', '晦'), long, print(...all))).toMatchObject({ allowed: null })
      expect(weighName(worn('航', '航', '晦'), long, print(...all.with(3, 20)))).toMatchObject({ allowed: 'alone' })
      expect(weighName(worn('一', '一', '二'), long, print(...all.with(3, 20)))).toMatchObject({ allowed: null })
    })

    it('denies it where the looks agree on another letter, two are hidden, or the places tell of another number of letters', () => {
      expect(weighName(worn('航', '航', '晦'), long)).toMatchObject({ allowed: null })
      expect(weighName(worn('航', '航', '晦', '梅', '_'), long)).toMatchObject({ allowed: null })
      expect(weighName([look('厦门__宏泰贸易有限公司')], long)).not.toMatchObject({ allowed: 'alone' })
      expect(weighName([look('厦门___宏泰贸易有限公司')], long)).toMatchObject({ allowed: null })
      expect(weighName([look('厦门鑫宏泰贸易有限公司')], long)).toMatchObject({ allowed: null })
    })
  })
})
