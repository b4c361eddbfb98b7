import { describe, expect, it } from 'vitest'
import { atHome, numberAtHome } from '../../../../src/reading/understand/values/number-at-home.ts'

// 350203 is 厦门市思明区, 350211 集美区; the day is 1990-01-01.
const number = '350203199001010018'
const home = '福建省厦门市思明区鹭江道88号602室'

describe('numberAtHome', () => {
  it('is the one number of the district, the day and the sex that has the figures which were read', () => {
    expect(numberAtHome('199001010018', home, '1990-01-01', '男')).toBe(number)
  })

  it('is none where too few figures were read, where they are others, or where the address names no district', () => {
    expect(numberAtHome('0018', home, '1990-01-01', '男')).toBeNull()
    expect(numberAtHome('35020318', home, '1990-01-01', null)).toBeNull()
    expect(numberAtHome('199001010918', home, '1990-01-01', '男')).toBeNull()
    expect(numberAtHome('199001010018', '鹭江道88号602室', '1990-01-01', '男')).toBeNull()
  })
})

describe('atHome', () => {
  it('takes the district of the address only where the check digit holds with it', () => {
    expect(atHome('150206200108300397', '湖北省武汉市武昌区湖边里247号')).toBe('420106200108300397')
    expect(atHome('350211199001010016', home)).toBe('350211199001010016')
    expect(atHome(number, '鹭江道88号602室')).toBe(number)
  })
})
