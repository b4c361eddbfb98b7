import { describe, expect, it } from 'vitest'
import { assemble } from '../../../src/application/assemble/assemble.ts'
import { judge } from '../../../src/application/judge/judge.ts'
import type { ReadDocument } from '../../../src/flow.ts'
import {
  authorizationLetter,
  cardForm,
  cleanSets,
  companySeal,
  doubtful,
  enterprise,
  handler,
  identity,
  legal,
  licence,
  operator,
  otherEnterprise,
  paper,
  paymentProof,
  registrationForm,
  spoil,
  stranger,
  sure,
  without,
} from '../../fixtures/build-papers.ts'

const context = { today: '2026-11-20', unreadFiles: 0, usedOrders: [] }
const told = (documents: readonly ReadDocument[]) => assemble(documents).map(({ service, told: how }) => [service, how])
const decisions = (documents: readonly ReadDocument[]) =>
  assemble(documents).map((application) => [application.service, judge(application, context).decision])

/** The same papers of another enterprise. */
const elsewhere = (documents: readonly ReadDocument[]): ReadDocument[] =>
  documents.map((document) => ({
    ...document,
    fields: Object.fromEntries(
      Object.entries(document.fields).map(([name, field]) => [
        name,
        field.value === enterprise.name
          ? { ...field, value: otherEnterprise.name }
          : field.value === enterprise.uscc
            ? { ...field, value: otherEnterprise.uscc }
            : field,
      ]),
    ),
    seals: [companySeal(otherEnterprise.name)],
  }))

describe('papers of one submission', () => {
  it('open one application for each service that the sheet ticks, and share what several need', () => {
    const set = spoil(
      [...cleanSets['add-operator'](), paymentProof('智能IC卡-法人卡', 'NF20261117111111111'), identity(legal)],
      'registration-form',
      {
        services: ['replace-legal', 'add-operator'],
      },
    )
    const [add, replace] = assemble(set)
    expect([add?.service, replace?.service]).toEqual(['add-operator', 'replace-legal'])
    expect(add?.documents.map(({ kind }) => kind)).toContain('card-form')
    expect(replace?.documents.map(({ kind }) => kind)).not.toContain('card-form')
    expect(add?.documents.filter(({ kind }) => kind === 'payment-proof').map(({ fields }) => fields['orderNumber']?.value)).toEqual([
      'NF20261117101530123',
    ])
    expect(replace?.documents.filter(({ kind }) => kind === 'payment-proof').map(({ fields }) => fields['orderNumber']?.value)).toEqual([
      'NF20261117111111111',
    ])
    expect(decisions(set)).toEqual([
      ['add-operator', 'ready'],
      ['replace-legal', 'ready'],
    ])
  })

  it('tell the service where a mark that is not promised stands beside that of another paper', () => {
    const misread = spoil(cleanSets['replace-operator'](), 'registration-form', { services: doubtful(['unlock']) })
    expect(told(misread)).toEqual([['replace-operator', 'inferred']])
    expect(decisions(misread)).toEqual([['replace-operator', 'look']])
    const scattered = spoil(cleanSets.deregister(), 'registration-form', {
      services: doubtful(['change-enterprise', 'change-operator', 'renew', 'unlock']),
    })
    expect(told(scattered)).toEqual([['deregister', 'inferred']])
    // Between the two boxes of 补卡 the product that was paid for tells which.
    const between = spoil(cleanSets['replace-legal'](), 'registration-form', { services: doubtful(['replace-operator']) })
    expect(told(between)).toEqual([['replace-legal', 'inferred']])
    // What was paid for, even if it is the wrong product, is asked for by one of two marks only.
    const wrong = [...without(cleanSets['add-operator'](), 'payment-proof'), paymentProof('智能密码钥匙', 'NF20261117111111111')]
    const two = spoil(wrong, 'registration-form', { services: doubtful(['add-operator', 'change-operator']) })
    expect(assemble(two).map(({ service }) => service)).toEqual(['change-operator', 'add-operator'])
    // Of three marks one leaves no paper over.
    const many = spoil(cleanSets['add-operator'](), 'registration-form', {
      services: doubtful(['change-operator', 'add-operator', 'renew']),
    })
    expect(told(many)).toEqual([['add-operator', 'ticked']])
    // Measured in pixels also on a file's own text.
    const layer = { ...doubtful(['unlock']), source: 'text-layer' as const }
    expect(told(spoil(cleanSets['replace-operator'](), 'registration-form', { services: layer }))).toEqual([
      ['replace-operator', 'inferred'],
    ])
    // Promised, it counts; a paper too few says nothing against it.
    expect(told([...cleanSets.unlock(), paymentProof('智能IC卡-操作员')])).toEqual([['unlock', 'ticked']])
    const forgotten = spoil(without(cleanSets['add-operator'](), 'payment-proof'), 'registration-form', {
      services: doubtful(['add-operator']),
    })
    expect(told(forgotten)).toEqual([['add-operator', 'inferred']])
  })

  it('tell the second of two marks that are not promised where a card’s number stands that only it asks for', () => {
    const marks = doubtful(['replace-operator', 'unlock'], 0.62)
    const services = (cardNumber: string | null) =>
      told(spoil(cleanSets['replace-operator'](), 'registration-form', { services: marks, cardNumber })).map(([service]) => service)
    expect(services('3531404410807')).toEqual(['replace-operator', 'unlock'])
    expect(services(null)).toEqual(['replace-operator'])
  })

  it('tell the one service behind which a card’s number stands where all its papers came, and none of the marks’', () => {
    const marks = (...numbered: string[]) => ({
      ...doubtful(['add-operator'], 0.78),
      evidence: numbered.map((one) => `card-number-at:${one}`),
    })
    const services = (...numbered: string[]) => told(spoil(cleanSets.unlock(), 'registration-form', { services: marks(...numbered) }))
    expect(services('unlock')).toEqual([['unlock', 'inferred']])
    expect(services()).toEqual([['add-operator', 'inferred']])
    expect(services('renew', 'unlock')).toEqual([['add-operator', 'inferred']])
    expect(told(spoil(cleanSets['add-operator'](), 'registration-form', { services: marks('unlock') }))).toEqual([
      ['add-operator', 'ticked'],
    ])
  })

  it('open an application for each of two sheets of one enterprise', () => {
    const set = [...cleanSets.renew(), registrationForm('unlock', '8600000012346')]
    expect(decisions(set)).toEqual([
      ['renew', 'ready'],
      ['unlock', 'ready'],
    ])
    expect(assemble(set).map(({ documents }) => documents.filter(({ kind }) => kind === 'registration-form').length)).toEqual([1, 1])
  })

  it('are kept apart where two companies of one group are called alike but for a glyph or two', () => {
    const sister = { name: enterprise.name.replace('鹭澜', '海澜'), uscc: otherEnterprise.uscc }
    const theirs = cleanSets.enrol().map((document) => ({
      ...document,
      fields: Object.fromEntries(
        Object.entries(document.fields).map(([name, field]) => [
          name,
          field.value === enterprise.name ? sure(sister.name) : field.value === enterprise.uscc ? sure(sister.uscc) : field,
        ]),
      ),
      seals: [companySeal(sister.name)],
    }))
    const [own, other] = assemble(
      cleanSets
        .renew()
        .flatMap((document, at) => [document, theirs[at]!])
        .concat(theirs.slice(3)),
    )
    expect(own?.enterprise).toEqual({ name: enterprise.name, uscc: enterprise.uscc })
    expect(own?.documents).toHaveLength(3)
    expect(other?.enterprise).toEqual(sister)
    expect(other?.documents).toHaveLength(theirs.length)
  })

  it('tell paperless enrolment and reader collection by the authorisation letter', () => {
    expect(told(cleanSets['enrol-online']())).toEqual([['enrol-online', 'ticked']])
    expect(told(cleanSets.reader())).toEqual([['reader', 'ticked']])
    expect(told([authorizationLetter()])).toEqual([['reader', 'ticked']])
    expect(told([paymentProof('读卡器')])).toEqual([['reader', 'inferred']])
  })

  it('ask for a reader beside the ticked service when a letter and a paid reader lie with it', () => {
    const set = [...cleanSets.renew(), authorizationLetter(), paymentProof('读卡器')]
    expect(decisions(set)).toEqual([
      ['renew', 'ready'],
      ['reader', 'ready'],
    ])
  })

  it('tell the service by themselves when the sheet is missing or its ticks are unreadable', () => {
    for (const service of ['enrol', 'add-operator', 'change-enterprise', 'deregister'] as const) {
      expect(told(without(cleanSets[service](), 'registration-form'))).toEqual([[service, 'inferred']])
      expect(told(spoil(cleanSets[service](), 'registration-form', { services: doubtful(null) }))).toEqual([[service, 'inferred']])
    }
    expect(told(spoil(cleanSets.unlock(), 'registration-form', { services: doubtful(null) }))[0]?.[1]).toBe('unclear')
  })

  it('that are all unknown still open an application that a person must look at', () => {
    const set = [{ ...paper('unknown', {}), seals: [] }]
    const [first] = assemble(set)
    expect(first?.told).toBe('unclear')
    const judged = first && judge(first, context)
    expect(judged?.decision).toBe('look')
    expect(judged?.findings.filter(({ severity }) => severity === 'correct')).toEqual([])
  })

  it('that any service has (copies of identity cards) speak for none', () => {
    expect(assemble([identity(operator)])[0]?.told).toBe('unclear')
    expect(assemble([identity(operator), licence()])[0]?.told).not.toBe('ticked')
  })

  it('are none when nothing was read: the submission itself is the record', () => {
    expect(assemble([])).toEqual([])
  })
})

describe('papers of two enterprises in one envelope', () => {
  it('open an application for each, with its own papers', () => {
    const second = elsewhere([registrationForm('unlock', '8600000099999'), cardForm(null, stranger), identity(stranger), identity(handler)])
    const set = [...cleanSets['add-operator'](), ...second]
    const applications = assemble(set)
    expect(applications.map(({ service, enterprise: { uscc } }) => [service, uscc])).toEqual([
      ['add-operator', enterprise.uscc],
      ['unlock', otherEnterprise.uscc],
    ])
    expect(applications[1]?.documents.map(({ kind }) => kind)).toEqual([
      'registration-form',
      'card-form',
      'identity-document',
      'identity-document',
    ])
  })

  it('are told apart by code, name, seal and persons, in whatever order they lie', () => {
    const [formA, formB] = [registrationForm('enrol'), ...elsewhere([registrationForm('renew', '1')])]
    const loose = [licence(), cardForm(legal, operator), identity(legal), identity(operator), identity(handler)]
    const otherLicence = elsewhere([licence()])
    const applications = assemble([formB!, ...otherLicence, formA, ...loose])
    expect(applications.map(({ service, documents }) => [service, documents.length])).toEqual([
      ['renew', 2],
      ['enrol', 6],
    ])
  })

  it('are two where a hand wrote the letter, and its own seal says all but a glyph of its name', () => {
    const form = spoil(cleanSets.renew(), 'registration-form', { enterpriseName: '厦门市思明区聚亿金供应链有限公司' })
    const name = '厦门市湖里区森丰供应链有限公司'
    const letter = (seal: string) =>
      spoil([authorizationLetter()], 'authorization-letter', { enterpriseName: doubtful(name.replace('丰', '盛')) }).map((document) => ({
        ...document,
        seals: [companySeal(seal)],
      }))
    expect(assemble([...form, ...letter(name)]).map(({ service }) => service)).toEqual(['renew', 'reader'])
    expect(assemble([...form, ...letter('厦门市思明区聚亿金供应链有限公司')]).map(({ service }) => service)).toEqual(['renew'])
  })

  it('are one when only another paper carries another name: that is a mistake to be told', () => {
    const set = [...without(cleanSets.enrol(), 'business-licence'), ...elsewhere([licence()])]
    expect(assemble(set)).toHaveLength(1)
    expect(decisions(set)).toEqual([['enrol', 'correct']])
  })

  it('are one when the name of a second sheet is merely misread', () => {
    const misread = spoil([registrationForm('unlock', '1')], 'registration-form', {
      enterpriseName: doubtful(enterprise.name.replace('澜', '烂')),
      uscc: doubtful('91350206MA2XM00A3T'),
    })
    expect(new Set(assemble([...cleanSets.renew(), ...misread]).map(({ enterprise: { uscc } }) => uscc))).toEqual(
      new Set([enterprise.uscc]),
    )
  })

  it('are one when the name of a second sheet is misread in several places, as a hand or a fax makes it', () => {
    const glyphs = Array.from(enterprise.name)
    const misread = spoil([registrationForm('unlock', '1')], 'registration-form', {
      enterpriseName: doubtful([1, 3, 5].reduce((name, at) => name.with(at, '口'), glyphs).join(''), 0.8),
      uscc: null,
    })
    expect(new Set(assemble([...cleanSets.renew(), ...misread]).map(({ enterprise: { uscc } }) => uscc))).toEqual(
      new Set([enterprise.uscc]),
    )
  })
})
