import { describe, expect, it } from 'vitest'
import { matchLines } from '../../training/match-lines.ts'

const said = new Set(['联系电话：18637274640', '18637274640', '厦门示例进出口有限公司', '邮寄领卡', '叶苑晴'])
const textsOf = (read: string) => matchLines(read, said).map(({ text }) => text)

describe('matchLines', () => {
  it('takes the line that stands there for what was misread or lost of it', () => {
    expect(textsOf('叶苑睛')).toEqual(['叶苑晴'])
    expect(textsOf('1863727464')).toEqual(['18637274640'])
  })

  it('takes a stretch of a line where its ends are plain, and never one that ends within a number', () => {
    expect(textsOf('联系电话：')).toContain('联系电话：')
    expect(textsOf('联系电话：1863')).not.toContain('联系电话：1863')
  })

  it('keeps blanks and boxes where they were read', () => {
    expect(textsOf('■ 邮寄领卡')).toEqual(['■ 邮寄领卡'])
  })

  it('matches nothing to what stands nowhere', () => {
    expect(textsOf('张三')).toEqual([])
    expect(textsOf('中')).toEqual([])
  })
})
