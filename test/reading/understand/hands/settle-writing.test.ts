import { describe, expect, it } from 'vitest'
import type { FieldValue, ReadDocument } from '../../../../src/flow.ts'
import type { Lattice } from '../../../../src/reading/page.ts'
import { settleWriting } from '../../../../src/reading/understand/hands/settle-writing.ts'
import type { Writing } from '../../../../src/reading/understand/hands/trace-writing.ts'

const field = (value: FieldValue['value'], evidence: string[] = [], certain = false): FieldValue => ({
  value,
  confidence: certain ? 1 : 0.7,
  source: 'ocr',
  page: 0,
  box: null,
  certain,
  evidence,
})

const paper = (kind: ReadDocument['kind'], fields: ReadDocument['fields'], seals: ReadDocument['seals'] = []): ReadDocument => ({
  kind,
  confidence: 1,
  pages: [],
  fields,
  seals,
})

const card = (name: string, idNumber = '110101199003070230'): ReadDocument =>
  paper('identity-document', { name: field(name, ['read-twice', 'clear'], true), idNumber: field(idNumber, ['check-digit'], true) })

const seal = (text: string): ReadDocument['seals'][number] => ({
  page: 0,
  box: [0, 0, 0.2, 0.2],
  color: 'red',
  shape: 'round',
  text,
  confidence: 0.9,
  role: 'company',
})

/** What a look saw: each character with its probability, or several that it may be. */
const look = (...characters: (readonly [text: string, probability: number][])[]): Lattice =>
  characters.map((thought, at) => ({ at, costs: thought.map(([text, probability]) => [text, -Math.log(probability)] as const) }))
const plainly = (text: string, probability = 0.99): Lattice =>
  look(...Array.from(text, (character): [string, number][] => [[character, probability]]))

const settled = (form: ReadDocument, writing: Writing, ...others: ReadDocument[]): ReadDocument =>
  settleWriting([form, ...others], [writing, ...others.map(() => undefined)])[0]!

describe('what a hand wrote, told by the other papers', () => {
  it('is the name of the identity card that it speaks for, against the other card', () => {
    const form = paper('registration-form', { handlerName: field('空马梦', ['faint']) })
    const looks = [
      look(
        [
          ['空', 0.5],
          ['卢', 0.02],
        ],
        [['马', 0.6]],
        [['梦', 0.9]],
      ),
    ]
    const { value, certain, confidence } = settled(form, { handlerName: { looks } }, card('江敏娥'), card('卢雨梦')).fields['handlerName']!
    expect(value).toBe('卢雨梦')
    expect(certain).toBe(false)
    expect(confidence).toBeLessThan(0.75)
  })

  it('stays a name that a legible hand wrote otherwise: it may be the fault that is looked for', () => {
    const form = paper('registration-form', { handlerName: field('陈志强', ['clear']) })
    const writing = { handlerName: { looks: [plainly('陈志强')] } }
    expect(settled(form, writing, card('林雨梦')).fields['handlerName']!.value).toBe('陈志强')
    expect(settled(form, writing, card('陈志刚')).fields['handlerName']!.value).toBe('陈志强')
  })

  it('is no name of which nothing was seen', () => {
    const form = paper('registration-form', { handlerName: field('语当生', ['faint']) })
    const writing = { handlerName: { looks: [plainly('语当生', 0.5)] } }
    expect(settled(form, writing, card('温火成')).fields['handlerName']!.value).toBe('语当生')
  })

  it('keeps the 一 at the end of an address that a surer look passed over', () => {
    const own = '厦门市湖里区火炬路430号之一'
    const form = paper('authorization-letter', { recipientAddress: field(own, ['faint']) })
    const second = (text: string) => settled(form, { recipientAddress: { looks: [plainly(own, 0.6), plainly(text)] } }).fields
    expect(second('厦门市湖里区火炬路430号之')['recipientAddress']!.value).toBe(own)
    expect(second('厦门市湖里区火炬路480号之')['recipientAddress']!.value).toBe('厦门市湖里区火炬路480号之一')
    expect(second('厦门市湖里区火炬路480号之一')['recipientAddress']!.value).toBe('厦门市湖里区火炬路480号之一')
  })

  it('is the name that the seals spell, where some of its own letters were seen', () => {
    const name = '泉州建发海世纪报关行集团有限公司'
    const form = paper('registration-form', { enterpriseName: field('另物建海是犯报哭以柔固是绍么司', ['faint']) }, [seal(name)])
    const writing = { enterpriseName: { looks: [plainly('另物建海是犯报哭以柔固是绍么司', 0.5)] } }
    const { value, evidence } = settled(form, writing).fields['enterpriseName']!
    expect(value).toBe(name)
    expect(evidence).toContain('from-other-paper')
    // What was hardly made out of an arc is nobody's name.
    const faint = { ...form, seals: [{ ...seal(name), confidence: 0.5 }] }
    expect(settled(faint, writing).fields['enterpriseName']!.value).not.toBe(name)
  })

  it('is the printed code where its own does not hold, but never another than one that holds', () => {
    const code = '91350206MA2XM00A2T'
    const licence = paper('business-licence', { uscc: field(code, ['check-digit'], true) })
    const misread = '91350208MA2XM00A2'
    const form = paper('registration-form', { uscc: field(misread, ['faint']) })
    expect(settled(form, { uscc: { looks: [plainly(misread, 0.8)] } }, licence).fields['uscc']!.value).toBe(code)
    const other = '92350203MA8T000P2L'
    const told = paper('registration-form', { uscc: field(other, ['check-digit']) })
    expect(settled(told, { uscc: { looks: [plainly(other)] } }, licence).fields['uscc']!.value).toBe(other)
  })

  it('stays a number of full length that one plain figure makes wrong', () => {
    const [right, wrong] = ['110101199003070230', '110101199003070231']
    const form = paper('card-form', { 'operator.idNumber': field(wrong) })
    const writing = { 'operator.idNumber': { looks: [plainly(wrong)] } }
    expect(settled(form, writing, card('江敏娥', right)).fields['operator.idNumber']!.value).toBe(wrong)
  })

  it('stays a printed number of full length with another figure, also one that is not read quite plainly', () => {
    const [right, wrong] = ['350213199509032675', '350213199509032679']
    const form = paper('card-form', { 'operator.idNumber': field(wrong, ['region']) })
    const looks = [plainly(wrong, 0.82)]
    const read = (isPrint: true | undefined) =>
      settled(form, { 'operator.idNumber': { looks, isPrint } }, card('江敏娥', right)).fields['operator.idNumber']!.value
    expect(read(true)).toBe(wrong)
    expect(read(undefined)).toBe(right)
  })

  it('stays a day that the calendar lacks, whatever day the other forms carry', () => {
    const form = paper('registration-form', { applicationDate: field('2026-11-31', ['clear']) })
    const other = paper('change-request', { signedDate: field('2026-11-14', ['clear', 'date-exists'], true) })
    const writing = { applicationDate: { looks: [plainly('2026年11月31日')] } }
    expect(settled(form, writing, other).fields['applicationDate']!.value).toBe('2026-11-31')
  })

  it('is no other address for the names of towns and the kinds of houses that many have', () => {
    const own = '厦门市思明区软件园二期观日路241号国贸中心33层B单元'
    const form = paper('card-form', { 'operator.address': field(own, ['faint']), 'operator.holderName': field('江敏娥', [], true) })
    const known = { ...card('江敏娥').fields, address: field('上海市浦东新区环岛东路241号国贸中心19层B单元', ['clear'], true) }
    const looks = [plainly(own, 0.9)]
    const { value } = settled(form, { 'operator.address': { looks } }, paper('identity-document', known)).fields['operator.address']!
    expect(value).toBe(own)
  })

  it.each([
    ['the district and the number are others', '厦门市同安区南山镇龙兴大道21号4楼之7', 0.99],
    ['the district alone is another, by a hand that is hardly legible', '厦门市同安区南山镇龙兴大道10号9楼之9', 0.97],
    ['the numbers alone are others', '厦门市湖里区南山镇龙兴大道51号4楼之7', 0.99],
  ])('is no other address that goes by the same road: %s', (_, own, probability) => {
    const form = paper('registration-form', { recipientAddress: field(own, ['open-end', 'clear']) })
    const other = paper('card-form', { 'operator.address': field('厦门市湖里区南山镇龙兴大道10号9楼之9', ['region', 'clear']) })
    const dim = look([['厦', 0.6]], ...Array.from(own.slice(1), (character): [string, number][] => [[character, probability]]))
    const looks = [probability > 0.98 ? plainly(own) : dim]
    expect(settled(form, { recipientAddress: { looks } }, other).fields['recipientAddress']!.value).toBe(own)
  })

  it('is a word of the list that was thought of', () => {
    const form = paper('card-form', { 'operator.education': field('大学木科', ['unusual']) })
    const looks = [
      look(
        [['大', 0.9]],
        [['学', 0.9]],
        [
          ['木', 0.7],
          ['本', 0.2],
        ],
        [['科', 0.9]],
      ),
    ]
    expect(settled(form, { 'operator.education': { looks } }).fields['operator.education']!.value).toBe('大学本科')
  })

  it('is what the number of the card says of sex and birth where ink is illegible', () => {
    const number = field('110101199003070230', ['check-digit'], true)
    const form = paper('card-form', { 'operator.idNumber': number, 'operator.sex': field(null), 'operator.birthDate': field(null) })
    const { fields } = settled(form, { 'operator.sex': { looks: [] }, 'operator.birthDate': { looks: [] } }, card('江敏娥'))
    expect(fields['operator.sex']!.value).toBe('男')
    expect(fields['operator.birthDate']!.value).toBe('1990-03-07')
    expect(fields['operator.sex']!.certain).toBe(false)
  })
})
