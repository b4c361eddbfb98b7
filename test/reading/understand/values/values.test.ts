import { describe, expect, it } from 'vitest'
import type { FieldType } from '../../../../src/guide/papers.ts'
import type { Letter } from '../../../../src/reading/understand/text/letters.ts'
import { normaliseCharacter } from '../../../../src/reading/understand/text/letters.ts'
import { mayBe, normalise, parseMoney } from '../../../../src/reading/understand/values/normalise.ts'
import { isUsualName } from '../../../../src/reading/understand/values/family-names.ts'
import { districtsOfAddress, lengthOfRegion, mendDistrict, mendPoliceOffice } from '../../../../src/reading/understand/values/regions.ts'
import { readMachineZone } from '../../../../src/reading/understand/values/machine-zone.ts'

/** Letters of a text; `doubts` gives what else a letter may be, by its place. */
const letters = (text: string, doubts: Record<number, [string, number][]> = {}): Letter[] =>
  Array.from(text.replaceAll(' ', '')).map((character, at) => ({
    character: normaliseCharacter(character),
    confidence: doubts[at] ? 0.5 : 0.98,
    left: at * 10,
    right: at * 10 + 10,
    alternatives: (doubts[at] ?? []).map(([other, confidence]) => ({ character: other, confidence })),
  }))

const value = (text: string, type: FieldType, doubts?: Record<number, [string, number][]>) => normalise(letters(text, doubts), type).value

describe('dates', () => {
  it.each([
    ['2026年11月20日', '2026-11-20'],
    ['2026 年 1 月 2 日', '2026-01-02'],
    ['2026-11-20', '2026-11-20'],
    ['2026.1.2', '2026-01-02'],
    ['2026/11/20', '2026-11-20'],
    ['20261120', '2026-11-20'],
    ['2026.1120', '2026-11-20'],
    ['202611-20', '2026-11-20'],
    ['二〇二六年十一月二十日', '2026-11-20'],
    ['二○二六年一月三十一日', '2026-01-31'],
    ['２０２６年１１月２０日', '2026-11-20'],
    ['2O26年l1月2O日', '2026-11-20'],
  ])('%s is %s', (text, date) => {
    expect(value(text, 'date')).toBe(date)
  })

  it.each([
    ['2026年2月30日', '2026-02-30'],
    ['2026-11-31', '2026-11-31'],
  ])('%s is what was written, though there is no such day', (text, day) => {
    expect(normalise(letters(text), 'date')).toMatchObject({ value: day, wellFormed: false, evidence: [] })
  })

  it.each(['2026年八月13日', '2026年川月13日'])('%s by hand has two strokes for a month', (text) => {
    expect(normalise(letters(text), 'date')).toEqual({ value: '2026-11-13', wellFormed: true, evidence: ['date-exists', 'mended'] })
  })

  it.each(['年 月 日', '2026年13月31日', '2026年11月40日', '未填'])('%s is no date', (text) => {
    expect(value(text, 'date')).toBeNull()
  })

  it('that no calendar has are mended by the one figure that the recogniser thought of', () => {
    const read = normalise(letters('2026年71月14日', { 5: [['1', 0.09]] }), 'date')
    expect(read).toMatchObject({ value: '2026-11-14', wellFormed: true })
    expect(read.evidence).toContain('mended')
    expect(value('2026年71月14日', 'date')).toBeNull()
  })

  it('长期 is a term without end', () => {
    expect(value('长期', 'date-or-forever')).toBe('长期')
  })
})

describe('telephone numbers', () => {
  it.each([
    ['138-0013-8000', '13800138000'],
    ['+86 13800138000', '13800138000'],
    ['0592-5653395', '05925653395'],
    ['(0592)5653395-801', '05925653395-801'],
    ['0592-5653395转801', '05925653395-801'],
    ['１３８００１３８０００', '13800138000'],
    // The colon of the label, and its bracket, as a closer look at the room behind it reads them.
    ['Q：|13800138000', '13800138000'],
    ['1)：13800138000', '13800138000'],
  ])('%s is %s', (text, phone) => {
    expect(value(text, 'phone')).toBe(phone)
  })

  it('of a telephone abroad is a figure that was read twice as well', () => {
    expect(normalise(letters('00592651918'), 'phone')).toEqual({ value: '00592651918', wellFormed: false, evidence: [] })
    expect(normalise(letters('0592-5653395'), 'phone')).toEqual({ value: '05925653395', wellFormed: true, evidence: ['format'] })
  })
})

describe('codes with check digits', () => {
  it('a number with a stroke before it is no number of a foreigner, whose check digit holds by chance', () => {
    expect(value('9420106199304084614', 'id-number')).toBe('420106199304084614')
  })

  it('a lower-case letter, blanks and full-width digits change nothing', () => {
    expect(value('９１350206 ma2xm00a2t', 'uscc')).toBe('91350206MA2XM00A2T')
    expect(value('35020619920229006x', 'id-number')).toBe('35020619920229006X')
  })

  it('a sign for times is an X', () => {
    expect(value('91350206MA7LLJY1×H', 'uscc')).toBe('91350206MA7LLJY1XH')
  })

  it('a doubtful character is mended when exactly one valid reading is plausible', () => {
    const read = normalise(letters('91350206MA2XM0OA2T', { 15: [['0', 0.4]] }), 'uscc')
    expect(read.value).toBe('91350206MA2XM00A2T')
    expect(read.evidence).toEqual(expect.arrayContaining(['check-digit', 'mended']))
    expect(read.evidence).not.toContain('against-print')
    // D may stand in a code, and the recogniser hardly thought of 0.
    const against = normalise(letters('91350206MA2XM0DA2T', { 14: [['0', 0.06]] }), 'uscc')
    expect(against.evidence).toEqual(expect.arrayContaining(['mended', 'against-print']))
  })

  it('have the figures that the letters look like which no code has', () => {
    expect(normalise(letters('91350205MA73MT5NI3'), 'uscc')).toMatchObject({ value: '91350205MA73MT5N13', evidence: [] })
  })

  it('no department that gives codes is a T, whatever its check digit says', () => {
    expect(normalise(letters('T91950206MA122XA12'), 'uscc').evidence).toEqual([])
    expect(normalise(letters('91350206MA2XM00A2T'), 'uscc').evidence).toContain('check-digit')
  })

  it('a clear character is left as it is, though the check fails: the paper may say so', () => {
    const read = normalise(letters('91350206MA2XM00A3T'), 'uscc')
    expect(read.value).toBe('91350206MA2XM00A3T')
    expect(read.evidence).not.toContain('check-digit')
  })

  it('nothing is mended when two readings are as plausible', () => {
    // Either doubt alone can be changed to hold the check digit only in one way; here both ways lead to a valid number.
    const read = normalise(letters('350203199001010017', { 17: [['8', 0.45]], 16: [['3', 0.45]] }), 'id-number')
    expect(read.evidence.includes('check-digit') ? read.value : 'left').toBe('350203199001010018')
  })
})

describe('words', () => {
  it('brackets and commas between Chinese words are Chinese', () => {
    expect(value('厦门示例(集团)有限公司', 'name')).toBe('厦门示例（集团）有限公司')
    expect(value('甲变更为乙,丙不变', 'text')).toBe('甲变更为乙，丙不变')
  })

  it('a dot inside a name stays, a note and rules beside it go', () => {
    expect(value('古丽•买买提', 'name')).toBe('古丽·买买提')
    expect(value('__林小明 (签字)__', 'name')).toBe('林小明')
  })

  it('a doubtful character in a known place is mended', () => {
    expect(value('厦门市恩明区鹭江道88号', 'text', { 3: [['思', 0.3]] })).toBe('厦门市思明区鹭江道88号')
    expect(value('蒲圳示例物流有限公司', 'name', { 0: [['深', 0.05]] })).toBe('深圳示例物流有限公司')
  })

  it('the words of a special seal beside a name are none of it', () => {
    expect(value('厦门示例进出口有限公司豆合网专用章', 'name')).toBe('厦门示例进出口有限公司')
    expect(value('厦门示例进出口有限公司*纳税人', 'name')).toBe('厦门示例进出口有限公司')
    expect(value('厦门示例进出口有限公司同安分公司', 'name')).toBe('厦门示例进出口有限公司同安分公司')
    // Nor a letter beside it.
    expect(value('厦门示例进出口有限公司将严格遵照执行。三、我司将妥善保管电子口岸卡', 'name')).toBe('厦门示例进出口有限公司')
    expect(value('妥善保管。做好授权', 'name')).toBeNull()
  })

  it('a dash after 之 is a one', () => {
    expect(value('厦门市湖里区吕岭路18号之-12层', 'text')).toBe('厦门市湖里区吕岭路18号之一12层')
  })

  it('a colon before the number of a later item is the semicolon that ends the one before', () => {
    expect(value('变更如下：1.名称由甲变更为乙：2.住所由丙变更为丁', 'text')).toBe('变更如下：1.名称由甲变更为乙；2.住所由丙变更为丁')
    expect(value('原卡号：2025号', 'text')).toBe('原卡号：2025号')
  })

  it('a stroke between the words of a list is their comma', () => {
    expect(value('有限责任公司(港澳台投资丶非独资)', 'text')).toBe('有限责任公司（港澳台投资、非独资）')
  })

  it('money has two decimals', () => {
    expect(parseMoney('¥1,280')).toBe('1280.00')
    expect(parseMoney('总金额:￥128.5元')).toBe('128.50')
  })
})

describe('a name', () => {
  it.each(['张伟', '上官云飞', '古丽·买买提', 'SMITH, JOHN'])('is usual: %s', (name) => {
    expect(isUsualName(name)).toBe(true)
  })

  it.each(['收发室', '旭航', '工强波', '张', '馥杏秦秦杏馥', 'T珂珊', '林小B'])('is not: %s', (name) => {
    expect(isUsualName(name)).toBe(false)
  })
})

describe('the district of an address', () => {
  it.each([
    ['福建厦门市思明区鹭江道88号', 8, '350203'],
    ['新疆乌鲁木齐市天山区胜利路283号', 10, '650102'],
    ['内蒙古呼和浩特市新城区', 11, '150102'],
    ['上海浦东新区世纪大道1号', 6, '310115'],
  ])('knows a province by its short name before a division of it: %s', (address, length, district) => {
    expect(lengthOfRegion(address)).toBe(length)
    expect(districtsOfAddress(address)).toContain(district)
  })

  it('takes the short name of a province before anything else for none', () => {
    for (const text of ['福建示例进出口有限公司', '海南鸿图贸易', '吉林路12号', '浙江厦门市思明区']) expect(lengthOfRegion(text)).toBe(0)
  })

  it('is mended where its prefecture has one that differs in a character', () => {
    expect(mendDistrict('福建省厦门市思朋区鹭江道88号')).toBe('福建省厦门市思明区鹭江道88号')
  })

  it('leaves the former names of divisions that have since become districts', () => {
    expect(mendDistrict('福建省龙岩市永定县凤城镇解放路12号')).toBeNull()
    expect(mendDistrict('山东省青岛市胶南市中山路211号')).toBeNull()
    expect(mendDistrict('福建省福州市长乐市航城街道12号')).toBeNull()
    expect(mendDistrict('湖南省长沙市宁乡县凤城镇解放路192号')).toBeNull()
    expect(mendPoliceOffice('长泰县公安局')).toBeNull()
    expect(mendPoliceOffice('广厦门市公安局海沧分局')).toBe('厦门市公安局海沧分局')
  })
  it('stands where it exists, or where two are as near', () => {
    expect(mendDistrict('福建省漳州市城区解放路331号')).toBe('福建省漳州市芗城区解放路331号')
    expect(mendDistrict('福建省厦门市思明区鹭江道88号')).toBeNull()
    expect(mendDistrict('江西省上饶市都阳县建设大道253号')).toBeNull()
  })
})

describe('the machine readable zone', () => {
  it('gives number, name and dates with their check digits', () => {
    const zone = readMachineZone(['P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'])
    expect(zone).toMatchObject({
      number: 'L898902C3',
      numberHolds: true,
      birthDate: '1974-08-12',
      birthHolds: true,
      sex: '女',
      validTo: '2012-04-15',
      validHolds: true,
    })
  })
})

describe('a code of a text layer', () => {
  it.each([
    // The check digit would hold with Q, and is right with H: it was typed wrong.
    ['91350205MA23T5480W', 'uscc'],
    ['9135O206MA2XM00A2T', 'uscc'],
    ['35020319900101001X', 'id-number'],
  ] as const)('%s is what was typed: nothing in it was misread', (typed, type) => {
    const exact = letters(typed).map((letter): Letter => ({ ...letter, isExact: true }))
    expect(normalise(exact, type)).toMatchObject({ value: typed, evidence: [] })
  })
})

describe('police offices', () => {
  it.each([
    ['漳州市公安局梦城分局', '漳州市公安局芗城分局'],
    ['漳州市公安局城分局', '漳州市公安局芗城分局'],
    ['厦门市公安局思明分局', null],
    ['上海市公安局浦东分局', null],
    // 鄱阳, 弋阳, 浏阳 and more.
    ['阳县公安局', null],
  ])('%s is mended to %s', (read, office) => {
    expect(mendPoliceOffice(read)).toBe(office)
  })
})

it('a line with a credit code in it, whose label could not be read, is no name', () => {
  expect(mayBe('一社会信用91350206MA2535654Q', 'name')).toBe(false)
  expect(mayBe('福建省德源昌竹木有限公司', 'name')).toBe(true)
  expect(mayBe('ACME', 'name')).toBe(true)
})
