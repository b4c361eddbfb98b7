import { describe, expect, it } from 'vitest'
import { assemble } from '../../../src/application/assemble/assemble.ts'
import { openCase } from '../../../src/application/judge/case.ts'
import { rules } from '../../../src/application/judge/rules.ts'
import { serviceCodes } from '../../../src/guide/papers.ts'
import { cleanSets, spoil } from '../../fixtures/build-papers.ts'
import { ruleCases } from './rule-cases.ts'
import { findingsOf } from '../../docs/describe-rules.ts'

const context = { today: '2026-11-20', unreadFiles: 0, usedOrders: [] }

describe('the list of rules', () => {
  it('has a case for every rule, and no case without one', () => {
    expect(Object.keys(ruleCases).toSorted()).toEqual(rules.map(({ name }) => name).toSorted())
  })

  it.each(rules)('$name finds in each of its cases what it lists, and nothing else', (rule) => {
    const found = findingsOf(rule)
    for (const findings of found) expect(findings.length).toBeGreaterThan(0)
    const codes = new Set(found.flat().map(({ code }) => code))
    expect([...codes].toSorted()).toEqual([...rule.codes].toSorted())
  })

  it.each(rules)('$name says nothing about clean papers', ({ name, run }) => {
    for (const service of serviceCodes) {
      const [papers] = assemble(cleanSets[service]())
      const findings = papers ? run(openCase(papers, context)) : []
      expect(name === 'unconfirmed-agreements' && service === 'deregister' ? [] : findings).toEqual([])
    }
  })

  it('tells every sentence to the applicant or the clerk in Chinese, with what to do where something is to be done', () => {
    for (const rule of rules)
      for (const { message, severity } of findingsOf(rule).flat()) {
        expect(message).toMatch(/。$/u)
        expect(message.replaceAll(/XM\d{8}-\d{4}|IC|[0-9A-Z]{18}/gu, '')).not.toMatch(/[a-z]{2,}/iu)
        if (severity === 'correct') expect(message).toMatch(/请|须/u)
      }
  })
})

describe('what is only read doubtfully', () => {
  it.each([
    ['outdated-cards', spoil(cleanSets.unlock(), 'registration-form', { cardNumber: doubtfully('0600000012346') })],
    ['expired-licence', spoil(cleanSets.enrol(), 'business-licence', { businessTerm: doubtfully('2006-05-06至2026-05-05') })],
  ])('is looked at: %s', (name, documents) => {
    const rule = rules.find((one) => one.name === name)
    const [papers] = assemble(documents)
    expect(papers && rule?.run(openCase(papers, context)).map(({ severity }) => severity)).toEqual(['look'])
  })

  it('of a card of another enterprise accuses nobody', () => {
    const documents = spoil(cleanSets.unlock(), 'registration-form', { cardNumber: doubtfully('8600000012346') })
    const [papers] = assemble(documents)
    const known = {
      number: '8600000012346',
      kind: null,
      uscc: '91350206MA1XG61250',
      holderName: null,
      holderIdNumber: null,
      status: 'valid' as const,
    }
    const rule = rules.find(({ name }) => name === 'unknown-cards')
    expect(papers && rule?.run(openCase(papers, { ...context, cards: [known] }))).toMatchObject([
      { code: 'card-unknown', severity: 'look' },
    ])
  })
})

function doubtfully(value: string) {
  return { value, confidence: 0.9, source: 'ocr', page: 0, box: null, certain: false } as const
}
