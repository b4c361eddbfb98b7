import { describe, expect, it } from 'vitest'
import type { PageTools, TextLine } from '../../../src/reading/page.ts'
import { mendPassedOver } from '../../../src/reading/understand/mend-passed-over.ts'
import { settle } from '../../../src/reading/understand/settle-across.ts'
import type { ReadValue } from '../../../src/reading/understand/values/value.ts'
import { blindTools } from './write-page.ts'

const part = { box: { x: 100, y: 100, width: 300, height: 30 }, text: '', letters: [] }
const read = (value: string): ReadValue => ({
  value,
  confidence: 0.99,
  least: 0.98,
  source: 'ocr',
  box: part.box,
  evidence: [],
  wellFormed: true,
})
const between = (before: string, after: string) => ({
  before: { character: before, middle: 200 },
  after: { character: after, middle: 250 },
})

/** Tools whose looks see these texts, one after the other, as surely as is said. */
function seeing(texts: readonly string[], confidence = 0.5): PageTools {
  let look = 0
  return {
    ...blindTools,
    readAgain: (box): Promise<TextLine> => {
      const text = texts[look++ % texts.length]!
      const glyphs = Array.from(text).map((character, at) => ({
        character,
        confidence,
        left: box.x + at * 24,
        right: box.x + at * 24 + 22,
      }))
      return Promise.resolve({ text, confidence, glyphs, box, source: 'ocr' })
    },
  }
}

describe('a character that was passed over', () => {
  it('is the one that the name of a town lacks', async () => {
    const mended = await mendPassedOver(blindTools, read('厦门市翔安区大街道阳塘社区688号'), part, between('大', '街'))
    expect(mended).toMatchObject({ value: '厦门市翔安区大嶝街道阳塘社区688号', evidence: ['mended'] })
    const other = await mendPassedOver(blindTools, read('厦门市思明区筜街道12号'), part, between('区', '筜'))
    expect(other?.value).toBe('厦门市思明区筼筜街道12号')
    expect(await mendPassedOver(blindTools, read('厦门市大路12号'), part, between('大', '路'))).toBeNull()
  })

  it('is what two closer looks see, and as doubtful as they are', async () => {
    const mended = await mendPassedOver(seeing(['文珩磊']), read('文磊'), part, between('文', '磊'))
    expect(mended).toMatchObject({ value: '文珩磊', least: 0.5, evidence: ['mended'] })
    expect(await mendPassedOver(seeing(['武笙超', '武塑超']), read('武超'), part, between('武', '超'))).toBeNull()
    expect(await mendPassedOver(seeing(['武笙超'], 0.1), read('武超'), part, between('武', '超'))).toBeNull()
  })

  it('is told by another paper of an enterprise of which a seal left the begin alone', () => {
    const saying = (value: string, evidence: string[], certain = false) => ({
      subject: 'enterprise',
      field: { value, confidence: 0.9, source: 'ocr' as const, page: 0, box: null, certain, evidence },
    })
    const torn = saying('福建', ['clear', 'cut-short', 'under-seal'])
    expect(settle(torn, [saying('福建示例进出口有限公司', [], true)])).toBe('福建示例进出口有限公司')
    expect(settle(torn, [saying('厦门示例进出口有限公司', [], true)])).toBeNull()
    expect(settle(saying('福建', ['clear']), [saying('福建示例进出口有限公司', [], true)])).toBeNull()
  })

  it('is told by another paper, and tells none', () => {
    const saying = (value: string, evidence: string[], certain = false) => ({
      subject: 'person',
      field: { value, confidence: 0.9, source: 'ocr' as const, page: 0, box: null, certain, evidence },
    })
    const lacking = saying('武超', ['ink-beside', 'passed-over', 'clear'])
    expect(settle(lacking, [saying('武堃超', [], true)])).toBe('武堃超')
    expect(settle(lacking, [saying('武越', [], true)])).toBeNull()
    expect(settle(saying('武堃超', ['faint']), [lacking, lacking])).toBeNull()
  })
})
