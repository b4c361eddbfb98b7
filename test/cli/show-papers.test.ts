import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { columnsOf, wrapColumns } from '../../src/cli/lay-out-text.ts'
import { showPapers, type Terminal } from '../../src/cli/show-papers.ts'
import type { FieldValue, ReadDocument, Seal } from '../../src/flow.ts'

const plain: Terminal = { columns: 100, colour: false, wholeNumbers: true }
const field = (value: FieldValue['value'], more: Partial<FieldValue> = {}): FieldValue => ({
  value,
  confidence: 0.9,
  source: 'ocr',
  page: 0,
  box: [0.1, 0.1, 0.2, 0.02],
  certain: true,
  ...more,
})
const paper = (more: Partial<ReadDocument>): ReadDocument => ({
  kind: 'identity-document',
  confidence: 0.99,
  pages: [{ file: '来件/身份证.jpg', page: 1, rotation: 180 }],
  fields: {},
  seals: [],
  ...more,
})
const seal: Seal = { page: 0, box: [0, 0, 0.1, 0.1], color: 'gray', shape: 'oval', text: '厦门示例有限公司', confidence: 0.874 }
const linesOf = (text: string) => text.split('\n')

describe('text in columns', () => {
  it('counts two columns for Chinese characters and full-width signs, none for what stands on another character', () => {
    expect(columnsOf('厦门ab（一）')).toBe(12)
    expect(columnsOf('e\u0301')).toBe(1)
  })

  it('breaks between any two characters and never overruns', () => {
    const lines = wrapColumns('福建省厦门市湖里区A座1204室', 9)
    expect(lines.join('')).toBe('福建省厦门市湖里区A座1204室')
    for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(9)
  })

  it('lets no control character of a file name reach the terminal', () => {
    expect(wrapColumns('a\u001b[31mb\u0007', 80)).toEqual(['a [31mb '])
  })
})

describe('papers on a terminal', () => {
  it('tells every value with a sign of its certainty and what it rests on', () => {
    const shown = showPapers(
      [
        paper({
          fields: {
            name: field('林示例', { evidence: ['clear', 'agrees:card-form.legal.holderName'] }),
            address: field('福建省厦门市', { certain: false, evidence: ['clear', 'under-seal'] }),
            ethnicity: field(null, { certain: false }),
            issuer: field(null, { evidence: ['no-ink'] }),
          },
          seals: [seal],
        }),
      ],
      [],
      plain,
    )
    const line = (label: string) => linesOf(shown).find((one) => one.includes(label))
    expect(shown).toContain('■ 身份证件\n  来件/身份证.jpg　第 1 页（已转正 180°）')
    expect(line('姓名')).toMatch(/林示例 .*✓ 确定.*与电子口岸卡登记表一致/u)
    expect(line('住址')).toMatch(/\? 请核对.*被印章遮盖/u)
    expect(line('民族')).toMatch(/（未读出）.*✗ 请核对/u)
    expect(line('签发机关')).toMatch(/— .*· 空白.*栏内没有墨迹/u)
    expect(line('公章')).toMatch(/厦门示例有限公司.*87%.*黑白椭圆，第 1 页/u)
  })

  it('writes ticks, and folds a run of blank fields into one row', () => {
    const blank = field(null, { evidence: ['no-ink'], box: null })
    const names = ['legal.holderName', 'legal.sex', 'legal.education', 'legal.idType', 'legal.idNumber']
    const shown = showPapers(
      [
        paper({ kind: 'registration-form', fields: { services: field(['unlock', 'reader']), deliveryMethod: field('post') } }),
        paper({ kind: 'card-form', fields: Object.fromEntries(names.map((name) => [name, blank])) }),
      ],
      [],
      plain,
    )
    expect(shown).toContain('[✓] 电子口岸卡解锁')
    expect(shown).toContain('[✓] 自购读卡器领取')
    expect(shown).toContain('[✓] 邮寄领卡')
    expect(shown).toMatch(/以下 5 项.*· 空白/u)
  })

  it('shows numbers of identity documents whole at a terminal and masked elsewhere', () => {
    const documents = [paper({ fields: { idNumber: field('350203199001010018') } })]
    expect(showPapers(documents, [], plain)).toContain('350203199001010018')
    const kept = showPapers(documents, [], { ...plain, wholeNumbers: false })
    expect(kept).not.toContain('350203199001010018')
    expect(kept).toContain('350203********0018')
    expect(kept).toContain('--json')
  })

  it.each([24, 40, 71, 72, 100, 200])('keeps within %i columns, rules aligned', (columns) => {
    const shown = showPapers(
      [
        paper({
          fields: {
            address: field('福建省厦门市湖里区某某街道很长很长的路名一百二十三号之二十四某某大厦A座1204单元', { certain: false }),
            name: field('林示例', { evidence: ['read-twice', 'clear'] }),
          },
        }),
      ],
      [{ file: '很长的文件夹名称/很长很长的文件名称.pdf', code: 'encrypted', message: '文件设有密码，无法打开，请去掉密码后重新发送' }],
      { ...plain, columns },
    )
    const lines = linesOf(shown)
    for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(columns)
    const ruled = lines.filter((line) => /[│┌└]/u.test(line))
    expect(new Set(ruled.map(columnsOf)).size).toBeLessThanOrEqual(1)
    expect(lines.join('').replace(/[^请去掉密码后重新发送]/gu, '')).toContain('请去掉密码后重新发送')
  })

  it('colours only where it may, and says the same without colours', () => {
    const documents = [paper({ fields: { name: field('林示例', { certain: false }) } })]
    const coloured = showPapers(documents, [], { ...plain, colour: true })
    const uncoloured = showPapers(documents, [], plain)
    expect(uncoloured).not.toContain('\u001b')
    expect(coloured).toContain('\u001b[33m')
    expect(stripVTControlCharacters(coloured)).toBe(uncoloured)
  })
})
