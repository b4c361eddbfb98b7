import { describe, expect, it } from 'vitest'
import { readBoxed } from '../../../src/reading/understand/read-boxed.ts'
import type { PaperInHand } from '../../../src/reading/understand/read-fields.ts'
import type { ReadValue } from '../../../src/reading/understand/values/value.ts'
import { WrittenPage } from './write-page.ts'

/** What a row without its bars says: it holds its check digits once the first figure is put right. */
const code = '91350206MAH2RXAL2M'

/** The code of a sheet where `value` was read with its least letter so sure. */
async function reread(value: string, least: number) {
  const page = new WrittenPage().line(80, 200, code.replace('9', '4'), { confidence: 0.5 })
  const [read] = page.lines
  const glyphs = read!.glyphs.map((glyph, at) => (at === 0 ? { ...glyph, alternatives: [{ character: '9', confidence: 0.3 }] } : glyph))
  const line = { ...read!, glyphs }
  const known = {
    value,
    least,
    confidence: least,
    wellFormed: false,
    source: 'ocr',
    evidence: [],
    box: line.box,
    parts: [],
  } satisfies ReadValue
  const paper = {
    form: { kind: 'registration-form' },
    content: page,
    values: new Map<string, ReadValue>([['uscc', known]]),
    tools: { readAgain: () => Promise.resolve(line) },
  } as unknown as PaperInHand
  await readBoxed(paper)
  return paper.values.get('uscc')!.value
}

describe('a code that does not hold', () => {
  it('is read from its row of boxes where it was read with doubt, a figure put right', async () => {
    expect(await reread('91350206', 0.6)).toBe(code)
  })

  it('is not, where all that was read of it was sure: it stands in no boxes, and one of its letters was passed over', async () => {
    expect(await reread('91350206MA2XM00AT', 0.99)).toBe('91350206MA2XM00AT')
  })
})
