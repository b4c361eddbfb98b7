import { describe, expect, it } from 'vitest'
import { tellBranch } from '../../../src/reading/understand/tell-branch.ts'
import type { Line } from '../../../src/reading/understand/text/letters.ts'

const line = (text: string): Line => ({
  index: 0,
  text,
  letters: [],
  box: { x: 0, y: 0, width: 100, height: 10 },
  em: 10,
  source: 'ocr',
  confidence: 0.99,
})

describe('the branch of a form', () => {
  it.each([
    [['中国电子口岸数据中心厦门分中心制卡业务受理登记表'], '厦门'],
    [['附件1', '中国电子口岸数据中心福州分中心', '制卡业务受理登记表'], '福州'],
    [['中国电子口岸厦门制卡分中心业务受理登记表'], '厦门'],
    [['授权委托书', '中国电子口岸数据中心青岛分中心:'], '青岛'],
    // Misread it is of none; so is a form whose title does not name one, whatever is said on it elsewhere.
    [['中国电子口岸数据中心厘门分中心制卡业务受理登记表'], undefined],
    [['制卡业务受理登记表', '关区福州分中心'], undefined],
  ])('of %j is %s', (lines, place) => expect(tellBranch(lines.map(line))).toBe(place))
})
