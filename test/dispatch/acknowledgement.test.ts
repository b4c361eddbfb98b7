import { describe, expect, it } from 'vitest'
import { openBackOffice, applicantMail } from '../fixtures/open-back-office.ts'
import {
  cleanSets,
  companySeal,
  doubtful,
  enterprise,
  handler,
  identity,
  operator,
  registrationForm,
  spoil,
  sure,
} from '../fixtures/build-papers.ts'
import { writeLetter, type ReadDocument } from '../../src/flow.ts'
import { tellPapers } from '../../src/dispatch/letters/tell-papers.ts'

const misread = enterprise.name.replace('澜', '烂')

/** The letter that acknowledges the papers of a mail. */
async function acknowledged(documents: readonly ReadDocument[]) {
  const office = await openBackOffice()
  const [number = ''] = await office.receive('来件', documents, { mail: applicantMail })
  await office.run(writeLetter, { applicationNumber: number, letter: 'acknowledgement', occasion: 'opened' })
  const [letter] = await office.dispatch.letters(number)
  return letter!.body
}

describe('the enterprise in an acknowledgement', () => {
  it('is called by the name on which papers and seals agree', async () => {
    const body = await acknowledged(cleanSets.renew())
    expect(body).toMatch(new RegExp(`^${enterprise.name}：`, 'u'))
    expect(body).toContain(`企业名称：${enterprise.name}`)
  })

  it('is not called by a name that was misread, and that no seal says', async () => {
    const doubted = spoil(cleanSets.renew(), 'registration-form', {
      enterpriseName: doubtful(misread),
      uscc: doubtful('91350206MA2XM00A3T'),
    })
    const body = await acknowledged(doubted.map((document) => ({ ...document, seals: [companySeal(null)] })))
    expect(body).toMatch(/^尊敬的申请人：/u)
    expect(body).not.toContain(misread)
    expect(body).toMatch(/企业名称：（未能认出.*）\n统一社会信用代码：（未能认出/u)
  })

  it('sees a code that it plainly wrote wrong', async () => {
    const body = await acknowledged(spoil(cleanSets.renew(), 'registration-form', { uscc: '91350206MA2XM00A3T' }))
    expect(body).toContain('统一社会信用代码：91350206MA2XM00A3T')
  })
})

describe('the papers of an acknowledgement', () => {
  const blank = { ...sure(null), evidence: ['empty'] }
  const front = (person: typeof operator): ReadDocument => {
    const copy = identity(person)
    return { ...copy, fields: { ...copy.fields, issuer: blank, validFrom: blank, validTo: blank } }
  }
  const back = (): ReadDocument => {
    const copy = identity(operator)
    return { ...copy, fields: { issuer: copy.fields['issuer']!, validFrom: copy.fields['validFrom']!, validTo: copy.fields['validTo']! } }
  }

  it('are named with the person and the side, and told once however often they came', () => {
    const misreadCopy = { ...identity(handler), fields: { ...identity(handler).fields, name: doubtful('苏晓凤') } }
    const form = registrationForm('renew')
    expect(tellPapers([form, identity(handler), front(operator), back(), misreadCopy, form])).toEqual([
      { title: '制卡业务受理登记表', sides: null, copies: 2, pages: 2 },
      { title: `${handler.name}的身份证件`, sides: '正反面', copies: null, pages: 1 },
      { title: `${operator.name}的身份证件`, sides: '正反面', copies: null, pages: 2 },
      { title: '身份证件', sides: '正反面', copies: null, pages: 1 },
    ])
    expect(tellPapers([front(operator)])).toMatchObject([{ title: `${operator.name}的身份证件`, sides: '人像面' }])
    expect(tellPapers([back()])).toMatchObject([{ title: '身份证件', sides: '国徽面' }])
  })

  it('that came later are those of the later mail', async () => {
    const ofLater = { name: '补交', receivedAt: '2026-11-21T03:00:00Z', mail: applicantMail, problems: [], reason: null }
    const late = { ...identity(operator), pages: [{ file: '补交.eml!/身份证.jpg', page: 1, rotation: 0 as const }] }
    const office = await openBackOffice({ submission: { ...ofLater, documents: [late] } })
    const [number = ''] = await office.receive('来件', [registrationForm('renew', '8600000012346'), identity(handler)], {
      mail: applicantMail,
    })
    await office.receive('补交', [late], { mail: { ...applicantMail, subject: `补交 ${number}` } })
    for (const occasion of ['opened', '补交'])
      await office.run(writeLetter, { applicationNumber: number, letter: 'acknowledgement', occasion })
    const letters = await office.dispatch.letters(number)
    const [first, later] = ['opened', '补交'].map((_, at) => letters.toSorted((a, b) => a.subject.length - b.subject.length)[at]!)
    expect(first!.body).toContain('我们认出了以下材料')
    expect(later!.subject).toContain('已收到您补交的材料')
    expect(later!.body).toContain(`本次收到以下材料：\n1. ${operator.name}的身份证件（正反面，1 页）\n\n`)
    expect(later!.body).toContain('收到时间：2026-11-21 11:00')
  })
})
