import { describe, expect, it } from 'vitest'
import { documentFields, type DocumentKind } from '../../../src/guide/papers.ts'
import type { Rectangle } from '../../../src/reading/page.ts'
import type { ReadValue } from '../../../src/reading/understand/values/value.ts'
import { weighEvidence } from '../../../src/reading/understand/weigh-evidence.ts'

const box: Rectangle = { x: 100, y: 100, width: 300, height: 30 }

/** A value that was read plainly from print, and the text that it stands in. */
const read = (value: string, evidence: readonly string[] = [], text = value): ReadValue => ({
  value,
  confidence: 0.99,
  least: 0.97,
  source: 'ocr',
  box,
  evidence,
  parts: [{ box, text, letters: Array.from(text, (character) => ({ character, confidence: 0.97, left: 0, right: 1, alternatives: [] })) }],
  wellFormed: true,
})

function certainOf(kind: DocumentKind, values: Record<string, ReadValue>, color?: 'red' | 'gray') {
  const types = new Map(documentFields[kind].map(({ name, type }) => [name, type]))
  const weighed = weighEvidence(kind, new Map(Object.entries(values)), (field) => types.get(field)!, color ? [{ box, color }] : [])
  return Object.fromEntries([...weighed].map(([field, { certain }]) => [field, certain]))
}

describe('a term under a seal', () => {
  const ends = (text: string, ...evidence: string[]) => {
    const both = ['date-exists', 'term-holds', ...evidence]
    return { validFrom: read('2019-05-24', both, text), validTo: read('2039-05-24', both, text) }
  }

  /** One letter of the text is doubted. */
  const doubted = (value: ReadValue, letter: number): ReadValue => ({
    ...value,
    least: 0.7,
    parts: value.parts!.map((part) => ({
      ...part,
      letters: part.letters.map((one, at) => (at === letter ? { ...one, confidence: 0.7 } : one)),
    })),
  })

  it('is certain where both ends say the same day, years apart that cards run for, unless a year is doubted', () => {
    const { validFrom, validTo } = ends('2019.05.24-2039.05.24')
    const certainWith = (from: ReadValue) => certainOf('identity-document', { validFrom: from, validTo }, 'gray').validFrom
    expect(certainWith(validFrom)).toBe(true)
    expect(certainWith(doubted(validFrom, 6))).toBe(true)
    expect(certainWith(doubted(validFrom, 2))).toBe(false)
  })

  it('is certain where month or day was hardly seen in one of its ends', () => {
    const { validFrom, validTo } = ends('2019.05.24-2039.05.24')
    const hardly = (value: ReadValue, at: number): ReadValue => ({
      ...value,
      least: 0.3,
      parts: value.parts!.map((part) => ({
        ...part,
        letters: part.letters.map((one, place) => (place === at ? { ...one, confidence: 0.3 } : one)),
      })),
    })
    expect(certainOf('identity-document', { validFrom: hardly(validFrom, 6), validTo }).validFrom).toBe(true)
    expect(certainOf('identity-document', { validFrom: hardly(validFrom, 3), validTo }).validFrom).toBe(false)
  })

  it('for ever is what is plainly read so: nothing else stands there', () => {
    const validTo = (...evidence: string[]) =>
      certainOf('identity-document', { validTo: read('长期', ['date-exists', ...evidence]) }, 'gray')
    expect(validTo('forever').validTo).toBe(true)
    expect(validTo().validTo).toBe(false)
  })

  it('is not where a figure of it is missing', () => {
    expect(certainOf('identity-document', ends('2019.05.24-2039.5.24'), 'gray').validTo).toBe(false)
  })
})

it.each([
  ['1#厂房', true],
  ['1=厂房', false],
  ['17厂房', false],
  ['1F厂房', false],
  ['A厂房', true],
])('an address with %s is certain: %s', (house, certain) => {
  const address = read(`厦门市同安区集安路666号${house}1楼`, ['read-twice'])
  expect(certainOf('business-licence', { address }).address).toBe(certain)
})

it.each([
  ['自2006年10月03日至2036年10月02日', true],
  ['自2006年10月03日至2036年10月02', false],
  ['2006年10月03日至长期', true],
])('the term %s is certain: %s', (term, certain) => {
  expect(certainOf('business-licence', { businessTerm: read(term, ['read-twice']) }).businessTerm).toBe(certain)
})

it.each([
  ['厦门宏达体育用品股份有限公司', true],
  ['股份有限公司', false],
])('an enterprise called %s is certain: %s', (name, certain) => {
  expect(certainOf('authorization-letter', { enterpriseName: read(name, ['spelled-by-seal']) }).enterpriseName).toBe(certain)
})

describe('ink beside a value', () => {
  it('is nothing of a day of birth that the number on the same face says too', () => {
    const birthDate = read('1990-01-01', ['date-exists', 'ink-beside'])
    const faceWith = (number: string) => certainOf('identity-document', { birthDate, idNumber: read(number, ['check-digit']) }).birthDate
    expect(faceWith('350203199001010018')).toBe(true)
    expect(faceWith('350206198506150029')).toBe(false)
  })

  it('keeps a name from being certain, not a word of a list that is no part of another', () => {
    const beside = ['ink-beside', 'dictionary']
    expect(certainOf('identity-document', { ethnicity: read('汉', beside) }).ethnicity).toBe(true)
    // 土家 is a people too.
    expect(certainOf('identity-document', { ethnicity: read('土', beside) }).ethnicity).toBe(false)
    expect(certainOf('identity-document', { name: read('林小满', ['read-twice', 'ink-beside']) }).name).toBe(false)
  })
})

describe('a code of which one character was hardly seen', () => {
  const doubted = (value: ReadValue, ...places: number[]): ReadValue => ({
    ...value,
    least: 0.3,
    parts: value.parts!.map((part) => ({
      ...part,
      letters: part.letters.map((one, at) => (places.includes(at) ? { ...one, confidence: 0.3 } : one)),
    })),
  })

  it('is certain by its check digit, one of which two were is not', () => {
    const number = read('350203199001010018', ['check-digit'])
    expect(certainOf('identity-document', { idNumber: doubted(number, 3) }).idNumber).toBe(true)
    expect(certainOf('identity-document', { idNumber: doubted(number, 3, 9) }).idNumber).toBe(false)
  })
})

/** Each figure has a stroke of its own, but for those at `hidden`. */
const counted = (value: ReadValue, hidden: readonly number[] = []): ReadValue => ({
  ...value,
  parts: value.parts!.map((part) => ({
    ...part,
    letters: part.letters.map((one, at) =>
      /\d/u.test(one.character) && !hidden.includes(at) ? { ...one, isCounted: true as const } : one,
    ),
  })),
})

describe('an address that ends amid figures', () => {
  it('is certain only where the pixels show that it ends', () => {
    const address = (...evidence: string[]) => ({
      address: counted(read('厦门市湖里区海景东二路90号22幢2梯411', ['read-twice', ...evidence])),
    })
    expect(certainOf('business-licence', address()).address).toBe(false)
    expect(certainOf('business-licence', address('end-seen')).address).toBe(true)
  })
})

describe('a printed address', () => {
  it('is whole where it ends with what stands in a place, a side of a floor or a part of a house, not with its street', () => {
    const of = (ending: string) => {
      const recipientAddress = read(`厦门市湖里区火炬路${ending}`, ['read-twice'])
      return certainOf('registration-form', { recipientAddress: counted(recipientAddress) }).recipientAddress
    }
    for (const ending of ['自编九号铺面', '厂房三楼东', '仓库五层西侧', '四六号之十二', '二号车间']) expect(of(ending), ending).toBe(true)
    for (const ending of ['', '西', '临街', '之']) expect(of(ending), ending).toBe(false)
  })

  it('is certain only where each of its figures has a stroke', () => {
    const address = read('厦门市湖里区火炬路463号205室', ['read-twice'])
    expect(certainOf('registration-form', { recipientAddress: counted(address) }).recipientAddress).toBe(true)
    expect(certainOf('registration-form', { recipientAddress: counted(address, [10]) }).recipientAddress).toBe(false)
  })
})

describe('what has no ink', () => {
  const blank: ReadValue = { ...read(''), value: null, least: 0, evidence: ['empty', 'no-ink'], parts: [], wellFormed: false }

  it('is certainly blank on a form, but no amount is: it may be printed in red', () => {
    expect(certainOf('card-form', { 'legal.fax': blank })['legal.fax']).toBe(true)
    expect(certainOf('payment-proof', { total: blank }).total).toBe(false)
  })
})

describe('the name of an enterprise', () => {
  it('is not certain with words behind it that end no name', () => {
    const evidence = ['read-twice']
    const certain = (name: string) => certainOf('registration-form', { enterpriseName: read(name, evidence) }).enterpriseName
    expect(certain('福建皇盈医疗器械有限公司')).toBe(true)
    expect(certain('福建皇盈医疗器械有限公司存档')).toBe(false)
    expect(certain('厦门皇盈投资中心（有限合伙）')).toBe(true)
  })
})

describe('a value that was read alike twice and lacks its begin', () => {
  it('is no certain police office where none has that name', () => {
    const certainWith = (name: string) => certainOf('identity-document', { issuer: read(name, ['read-twice']) }).issuer
    expect(certainWith('惠安县公安局')).toBe(true)
    expect(certainWith('安县公安局')).toBe(false)
    expect(certainWith('国家移民管理局')).toBe(true)
  })

  it('is no certain police office of a city that has branches: the name of one may be lost', () => {
    const certainWith = (name: string) => certainOf('identity-document', { issuer: read(name, ['read-twice']) }).issuer
    expect(certainWith('成都市公安局')).toBe(false)
    expect(certainWith('成都市公安局武侯区分局')).toBe(true)
    expect(certainWith('晋江市公安局')).toBe(true)
  })

  it('is no certain name of a person with more characters than names have', () => {
    const certainWith = (name: string) => certainOf('identity-document', { name: read(name, ['read-twice']) }).name
    expect(certainWith('周五前办')).toBe(false)
    expect(certainWith('欧阳小满')).toBe(true)
    // 杨建彧, whose last character the recogniser does not know, or what stands in another place.
    expect(certainWith('杨建或')).toBe(false)
    expect(certainOf('card-form', { 'operator.position': read('中国', ['read-twice']) })['operator.position']).toBe(false)
  })

  it('is a certain sum under a seal only where the goods above it come to it', () => {
    const total = (...evidence: string[]) => certainOf('payment-proof', { total: read('70.00', evidence) }, 'gray').total
    expect(total('agrees:items')).toBe(true)
    expect(total('read-twice')).toBe(false)
  })

  it('is no certain sum where a unit has no figure before it, or a character is none', () => {
    const certainWith = (sum: string) => certainOf('business-licence', { registeredCapital: read(sum, ['read-twice']) }).registeredCapital
    for (const sum of ['叁佰万元整', '壹亿零伍拾万元整', '拾万元整', '人民币伍佰万圆整', '500万元人民币'])
      expect(certainWith(sum)).toBe(true)
    for (const sum of ['佰万元整', '贰仟佰万元整', '染佰万元整']) expect(certainWith(sum)).toBe(false)
  })
})

describe('what a hand wrote', () => {
  const byHand = (kind: DocumentKind, field: string, value: ReadValue, isByHand = true): boolean => {
    const types = new Map(documentFields[kind].map(({ name, type }) => [name, type]))
    return weighEvidence(kind, new Map([[field, value]]), (name) => types.get(name)!, [], isByHand).get(field)!.certain
  }
  const phone = (value: ReadValue, isByHand = true) => byHand('registration-form', 'handlerPhone', value, isByHand)
  const word = (value: ReadValue, isByHand = true) => byHand('card-form', 'legal.education', value, isByHand)

  it('is certain as a mobile number whose eleven figures were each read plainly, and nothing beside them', () => {
    expect(phone(read('13800138000', ['format']))).toBe(true)
    expect(phone(read('13800138000', ['format']), false)).toBe(false)
    expect(phone({ ...read('13800138000', ['format']), least: 0.93 })).toBe(false)
    expect(phone(read('13800138000', ['format'], '1380013800X13800138000'))).toBe(false)
    expect(phone(read('05925653395', ['format']))).toBe(false)
    expect(phone(read('13800138000', ['format', 'mended']))).toBe(false)
  })

  it('is certain as a word of a list that was legible, and not mended', () => {
    const doubted = { ...read('本科'), least: 0.7 }
    expect(word(doubted)).toBe(true)
    expect(word(doubted, false)).toBe(false)
    expect(word({ ...doubted, least: 0.55 })).toBe(false)
    expect(word({ ...doubted, evidence: ['mended'] })).toBe(false)
    expect(word({ ...doubted, evidence: ['ink-beside'] })).toBe(false)
  })
})

describe('a value of two rows', () => {
  const rows = (text: string, x: number): ReadValue => {
    const first = read('仓管员', ['read-twice', 'clear'])
    const below = read(text).parts!.map((part) => ({ ...part, box: { ...box, x, y: 140, width: 24 } }))
    return { ...first, value: `仓管员${text}`, parts: [...first.parts!, ...below] }
  }

  it('is not certain where its second is one character of the labels beside it', () => {
    const certainWith = (value: ReadValue) => certainOf('card-form', { 'operator.position': value })['operator.position']
    expect(certainWith(rows('长', 100))).toBe(true)
    expect(certainWith(rows('用', 10))).toBe(false)
  })
})

describe('a telephone number read twice alike, with room between two of its figures', () => {
  it('is certain where its form tells how many figures it has', () => {
    const isCertain = (phone: string) =>
      certainOf('card-form', { 'legal.phone': read(phone, ['format', 'gap', 'read-twice']) })['legal.phone']
    expect(['13800138000', '05923169446'].map(isCertain)).toEqual([true, true])
    expect(isCertain('05953169446')).toBe(false)
  })
})

describe('a name that both recognisers read alike', () => {
  const isCertain = (byHand: boolean) =>
    weighEvidence('identity-document', new Map([['name', read('邹丽子', ['two-readers'])]]), () => 'name', [], byHand).get('name')!.certain

  it('is certain in print and not by hand, for they learnt alike what hands they know', () => {
    expect([isCertain(false), isCertain(true)]).toEqual([true, false])
  })
})

describe('the number of an order', () => {
  const isCertain = (number: string) => certainOf('payment-proof', { orderNumber: read(number, ['read-twice']) }).orderNumber

  it('is certain with the seventeen figures of the office’s shop; another needs a stroke for each figure', () => {
    expect(['NF20261106133330084', 'NF2026110613330084', '4200002461202611060133'].map(isCertain)).toEqual([true, false, false])
  })
})

describe('what the recogniser cannot know', () => {
  const nameOf = (name: string) => certainOf('identity-document', { name: read(name, ['read-twice']) }).name
  const addressOf = (address: string) => certainOf('identity-document', { address: read(address, ['read-twice']) }).address

  it.each(['杨建或', '郑肿', '李螺明'])(
    'a character of everyday words in place of one that its list lacks keeps a name from certain: %s',
    (name) => {
      expect(nameOf(name)).toBe(false)
    },
  )

  it('other names, and families of such characters, are certain as before', () => {
    expect([nameOf('郑璐'), nameOf('庄赟'), nameOf('那明')]).toEqual([true, true, true])
  })

  it('a point amid the figures of a house is a speck, and a figure before 厂房 a sign', () => {
    expect(addressOf('福建省泉州市安溪县凤城镇解放路166号3幢8.96室')).toBe(false)
    expect(addressOf('福建省泉州市安溪县凤城镇解放路166号3幢896室')).toBe(true)
    expect(addressOf('福建省厦门市集美区杏林湾路52号37厂房4楼东侧')).toBe(false)
    expect(addressOf('福建省厦门市集美区杏林湾路52号3#厂房4楼东侧')).toBe(true)
  })
})

it('promises no mobile telephone as a 传真: its own label may lie under a seal', () => {
  const fax = (number: string) => certainOf('card-form', { 'operator.fax': read(number, ['format', 'counted', 'read-twice']) })
  expect(fax('05925653395')).toEqual({ 'operator.fax': true })
  expect(fax('18998009497')).toEqual({ 'operator.fax': false })
})

it('A name that ends where a black ring begins may lack a character that is one piece with it', () => {
  const certainBy = (color: 'red' | 'gray', x: number) =>
    weighEvidence('authorization-letter', new Map([['legalName', read('冯建', ['read-twice'])]]), () => 'name', [
      { box: { x, y: 60, width: 200, height: 200 }, color },
    ]).get('legalName')!.certain
  expect(certainBy('gray', 415)).toBe(false)
  expect(certainBy('gray', 450)).toBe(true)
  expect(certainBy('red', 415)).toBe(true)
})
