// Longer than 400 lines: one place where every rule of the guide can be looked up with the case that it is for.
import { describe, expect, it, onTestFinished } from 'vitest'
import { assemble } from '../../../src/application/assemble/assemble.ts'
import { judge } from '../../../src/application/judge/judge.ts'
import type { JudgeContext } from '../../../src/application/judge/papers.ts'
import type { FieldContent, FieldValue, ReadDocument, Seal } from '../../../src/flow.ts'
import { serviceCodes, type DocumentKind, type ServiceCode } from '../../../src/guide/papers.ts'
import * as guide from '../../../src/guide/office.ts'
import { services } from '../../../src/guide/services.ts'
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
import { pressImpression } from '../../fixtures/press-impression.ts'

const context: JudgeContext = { today: '2026-11-20', unreadFiles: 0, usedOrders: [] }

/** Judges papers as they would be after assembling; the first application counts. */
function judged(documents: readonly ReadDocument[], more: Partial<JudgeContext> = {}) {
  const [first] = assemble(documents)
  if (!first) throw new Error('nothing was assembled')
  const { findings, decision } = judge(first, { ...context, ...more })
  return { service: first.service, decision, findings, told: findings.map(({ code, severity, document }) => [code, severity, document]) }
}

/** A set with something spoilt, in short. */
const spoilt = (service: ServiceCode, kind: DocumentKind, fields: Record<string, FieldValue | FieldContent>, nth = 0) =>
  judged(spoil(cleanSets[service](), kind, fields, nth))

/** Every glyph plain, but no second paper to say the same. */
const plainly = (value: string): FieldValue => ({ ...doubtful(value, 0.99), evidence: ['clear'] })

/** Figures of print are counted one by one. */
const counted: FieldValue = { ...plainly('12'), evidence: ['counted'] }
const inPrint = { remarks: counted, signedDate: counted }

const ready = (service: ServiceCode) => (service === 'deregister' ? 'look' : 'ready')

it('says what a value was compared with, so that both can be seen', () => {
  const againstOf = (documents: readonly ReadDocument[], code: string) =>
    judged(documents).findings.flatMap(({ code: own, field, against }) =>
      own === code ? [[field, against?.document, against?.field]] : [],
    )
  expect(againstOf(spoil(cleanSets.enrol(), 'card-form', { 'operator.birthDate': '1990-02-02' }), 'person-mismatch')).toEqual([
    ['operator.birthDate', 'identity-document', 'birthDate'],
  ])
  expect(againstOf(spoil(cleanSets.enrol(), 'business-licence', { enterpriseName: otherEnterprise.name }), 'name-mismatch')).toEqual([
    ['enterpriseName', 'registration-form', 'enterpriseName'],
  ])
  expect(againstOf(spoil(cleanSets.deregister(), 'registration-form', { cardNumber: '8600000099999' }), 'card-number-differs')).toEqual([
    ['cardNumber', 'cancellation-request', 'legalCardNumber'],
    ['legalCardNumber', 'registration-form', 'cardNumber'],
  ])
  expect(judged(spoil(cleanSets.enrol(), 'registration-form', { handlerPhone: '123' })).findings[0]).not.toHaveProperty('against')
})

it('accuses nobody by a value that is known to lack something: it may be what stands in another row', () => {
  const address = (evidence: readonly string[]): FieldValue => ({
    ...doubtful('夏商大厦35楼06室', 0.25),
    legibility: 1,
    evidence: [...evidence],
  })
  const told = (evidence: readonly string[]) => spoilt('replace-operator', 'payment-proof', { invoiceTitle: address(evidence) }).told
  expect(told(['clear'])).toContainEqual(['name-mismatch', 'correct', 'payment-proof'])
  expect(told(['clear', 'mended', 'cut-short'])).toContainEqual(['name-mismatch', 'look', 'payment-proof'])
})

describe('what both copies of a form say alike', () => {
  it('is noted once', () => {
    const phone = { handlerPhone: '13900001111' }
    const first = spoil(cleanSets.deregister(), 'cancellation-request', phone)
    const notes = (documents: readonly ReadDocument[]) => judged(documents).told.filter(([code]) => code === 'phone-differs')
    expect(notes(first)).toHaveLength(1)
    expect(notes(spoil(first, 'cancellation-request', phone, 1))).toHaveLength(1)
    expect(notes(spoil(first, 'cancellation-request', { handlerPhone: '13900002222' }, 1))).toHaveLength(2)
  })
})

describe('a complete, clean set of papers', () => {
  it.each(serviceCodes)('for %s is ready', (service) => {
    const result = judged(cleanSets[service]())
    expect(result.service).toBe(service)
    // Guide 九: agreements are never known to be ended on arrival.
    expect(result.told).toEqual(service === 'deregister' ? [['agreements-unconfirmed', 'look', 'cancellation-request']] : [])
    expect(result.decision).toBe(ready(service))
  })

  it('is looked at for one thing alone when one person acts as legal person, operator and handler: whether both cards may be made', () => {
    const alone = [
      ...spoil([registrationForm('enrol')], 'registration-form', { handlerName: legal.name }),
      cardForm(legal, legal),
      licence(),
      identity(legal),
    ]
    expect(judged(alone).told).toEqual([['duplicate-operator', 'look', 'card-form']])
  })

  it('is ready when front and back of the identity cards are sheets of their own', () => {
    const front = (document: ReadDocument) => ({
      ...document,
      fields: { ...document.fields, issuer: empty, validFrom: empty, validTo: empty },
    })
    const back = (document: ReadDocument) => ({
      ...document,
      fields: Object.fromEntries(
        Object.entries(document.fields).map(([name, field]) => [name, ['issuer', 'validFrom', 'validTo'].includes(name) ? field : empty]),
      ),
    })
    const empty: FieldValue = { value: null, confidence: 0, source: 'ocr', page: 0, box: null, certain: false }
    const set = cleanSets
      .unlock()
      .flatMap((document) => (document.kind === 'identity-document' ? [front(document), back(document)] : [document]))
    expect(judged(set)).toMatchObject({ decision: 'ready', findings: [] })
  })

  it('may hold several operators, each with a card form and an identity copy', () => {
    const set = [
      registrationForm('add-operator'),
      cardForm(null, operator),
      cardForm(null, stranger),
      paymentProof('智能IC卡-操作员', 'NF20261117101530123', 2),
      identity(operator),
      identity(stranger),
      identity(handler),
    ]
    expect(judged(set)).toMatchObject({ decision: 'ready', findings: [] })
  })
})

describe('a field left empty', () => {
  const empty: FieldValue = { ...sure(null), evidence: ['empty'] }

  it.each([
    ['renew', 'registration-form', 'applicationDate'],
    ['renew', 'registration-form', 'deliveryMethod'],
    ['enrol', 'card-form', 'legal.address'],
    ['add-operator', 'card-form', 'operator.address'],
    ['change-enterprise', 'change-request', 'contactPhone'],
    ['deregister', 'cancellation-request', 'applicationDate'],
    ['reader', 'authorization-letter', 'legalPhone'],
    ['reader', 'authorization-letter', 'signedDate'],
  ] as const)('of %s, %s: %s is asked for', (service, kind, field) => {
    expect(spoilt(service, kind, { [field]: empty }).told).toContainEqual(['field-missing', 'correct', kind])
  })

  it.each([
    ['add-operator', 'card-form', 'operator.address'],
    ['reader', 'authorization-letter', 'signedDate'],
  ] as const)('of %s, %s: %s that could not be read holds nothing up', (service, kind, field) => {
    const unread: FieldValue = { ...doubtful(null, 0), box: [0.1, 0.1, 0.1, 0.1] }
    expect(spoilt(service, kind, { [field]: unread })).toMatchObject({ decision: 'ready', findings: [] })
  })

  it('about where to send is noted where nothing is sent: of a deregistration the cards are voided', () => {
    const told = (fields: Parameters<typeof spoilt>[2]) =>
      spoilt('deregister', 'registration-form', { deliveryMethod: 'post', ...fields }).told.filter(
        ([code]) => code !== 'agreements-unconfirmed',
      )
    const empty: FieldValue = { ...sure(null), evidence: ['empty', 'no-ink'] }
    expect(told({ recipientAddress: '厦门市同安区' })).toEqual([['address-incomplete', 'note', 'registration-form']])
    expect(told({ recipientName: empty })).toEqual([['field-missing', 'note', 'registration-form']])
    expect(told({ deliveryMethod: 'window', recipientAddress: empty, recipientName: empty, recipientPhone: empty })).toEqual([])
  })

  it('is told from a date that could not be read, which may be of no day that exists', () => {
    const unread: FieldValue = { ...doubtful(null, 0), box: [0.1, 0.1, 0.1, 0.1] }
    expect(spoilt('renew', 'registration-form', { applicationDate: unread }).told).toEqual([['invalid-date', 'look', 'registration-form']])
  })

  it('is not told from a date that a seal hides on one of two copies of a form and that the other shows', () => {
    const hidden: FieldValue = { ...doubtful(null, 0), box: [0.1, 0.1, 0.1, 0.1], evidence: ['under-seal'] }
    const asked = ['invalid-date', 'look', 'cancellation-request']
    const once = spoil(cleanSets.deregister(), 'cancellation-request', { applicationDate: hidden })
    expect(judged(once).told).not.toContainEqual(asked)
    expect(judged(spoil(once, 'cancellation-request', { applicationDate: hidden }, 1)).told).toContainEqual(asked)
  })

  it('beside the seal is noted where the registration form is dated, else looked at', () => {
    const set = spoil(cleanSets['add-operator'](), 'card-form', { signedDate: empty })
    expect(judged(set).told).toEqual([['field-missing', 'note', 'card-form']])
    const undated = spoil(set, 'registration-form', { applicationDate: empty })
    expect(judged(undated).told).toContainEqual(['field-missing', 'look', 'card-form'])
  })

  it('for the cards of operators is looked at: an enterprise may have none left', () => {
    expect(spoilt('deregister', 'cancellation-request', { operatorCardNumbers: empty }).told).toContainEqual([
      'field-missing',
      'look',
      'cancellation-request',
    ])
  })

  it('is asked of the applicant only where 邮寄领卡 was plainly ticked', () => {
    const left = { recipientAddress: empty }
    const posted = (deliveryMethod: FieldValue) => spoilt('renew', 'registration-form', { ...left, deliveryMethod }).told
    expect(posted(sure('post'))).toEqual([['field-missing', 'correct', 'registration-form']])
    expect(posted(doubtful('post'))).toEqual([['field-missing', 'look', 'registration-form']])
  })

  it.each(['cardNumber', 'deliveryMethod'])('is looked at where a tick tells its place and nothing is promised: %s', (field) => {
    const seemingly: FieldValue = { ...empty, certain: false }
    const recipient: Record<string, FieldValue> = field === 'deliveryMethod' ? { recipientAddress: empty } : {}
    expect(spoilt('renew', 'registration-form', { [field]: seemingly, ...recipient }).told).toEqual([
      ['field-missing', 'look', 'registration-form'],
    ])
  })

  it('is no tick for 邮寄领卡 where an address says the same, which then must be whole', () => {
    const unseen: FieldValue = { ...empty, certain: false }
    expect(spoilt('renew', 'registration-form', { deliveryMethod: unseen }).decision).toBe('ready')
    expect(spoilt('renew', 'registration-form', { deliveryMethod: unseen, recipientPhone: empty }).told).toEqual([
      ['field-missing', 'look', 'registration-form'],
    ])
    expect(spoilt('renew', 'registration-form', { deliveryMethod: empty }).decision).toBe('correct')
  })

  it('of the recipient leaves nothing to be sent: where no mark was seen it is noted, and asked for where none is there', () => {
    const left = { recipientName: empty, recipientAddress: { ...empty, certain: false }, recipientPhone: empty }
    const unread: FieldValue = { ...doubtful(null, 0.84), legibility: 0.99, evidence: ['clear'] }
    expect(spoilt('renew', 'registration-form', { deliveryMethod: unread, ...left }).told).toEqual([
      ['field-missing', 'note', 'registration-form'],
    ])
    expect(spoilt('renew', 'registration-form', { deliveryMethod: empty, ...left }).decision).toBe('correct')
    expect(spoilt('renew', 'registration-form', { deliveryMethod: unread, recipientAddress: empty }).decision).toBe('look')
  })

  it('of the recipient says that a mark hard to see stands at 窗口领卡', () => {
    const marked = { ...doubtful('window', 0.62), legibility: 0.65 }
    const left = { recipientName: empty, recipientAddress: { ...empty, certain: false }, recipientPhone: empty }
    expect(spoilt('renew', 'registration-form', { deliveryMethod: marked, ...left }).decision).toBe('ready')
    expect(spoilt('renew', 'registration-form', { deliveryMethod: marked, recipientAddress: left.recipientAddress }).told).toEqual([
      ['field-unreadable', 'look', 'registration-form'],
    ])
  })

  it('on a paper that an authority printed was not found', () => {
    expect(spoilt('enrol', 'business-licence', { legalName: empty }).told).toEqual([['field-missing', 'look', 'business-licence']])
  })

  it('does not matter where nobody needs it', () => {
    // Guide 九: after a deregistration nothing is handed over.
    expect(spoilt('deregister', 'registration-form', { deliveryMethod: empty }).decision).toBe('look')
    expect(spoilt('deregister', 'registration-form', { recipientAddress: empty }).decision).toBe('look')
    expect(spoilt('enrol', 'card-form', { 'operator.position': empty, 'legal.education': empty }).decision).toBe('ready')
    // 四: the operator's half alone is asked for.
    expect(spoilt('add-operator', 'card-form', { 'legal.address': empty }).decision).toBe('ready')
  })
})

/** For one test: an office that takes the handler for the holder where only the handler's copy came. */
function takeOneCopy(): void {
  const { office: before } = guide
  guide.setOffice({ ...before, oneCopyServes: true })
  onTestFinished(() => guide.setOffice(before))
}

describe('a paper that is not there', () => {
  const papers = serviceCodes.flatMap((service) =>
    services[service].papers.filter(({ kind }) => kind !== 'identity-document').map(({ kind }) => [service, kind] as const),
  )
  it.each(papers)('for %s: %s', (service, kind) => {
    const set = without(cleanSets[service](), kind)
    const applications = assemble(set)
    const findings = applications.flatMap((application) => judge(application, context).findings)
    expect(findings.map(({ code, document }) => [code, document])).toContainEqual(['document-missing', kind])
    expect(findings.some(({ severity }) => severity === 'correct')).toBe(true)
  })

  it('is looked for by the clerk when some file could not be read', () => {
    expect(judged(without(cleanSets.enrol(), 'business-licence'), { unreadFiles: 1 })).toMatchObject({ decision: 'look' })
    expect(judged([...without(cleanSets.enrol(), 'business-licence'), { ...paper('unknown', {}), seals: [] }])).toMatchObject({
      decision: 'look',
    })
  })

  it('is looked for by the clerk where more lies on a page than could be told apart', () => {
    const papers = without(cleanSets.enrol(), 'business-licence').map((document) =>
      document.kind === 'registration-form' ? { ...document, isBesideOthers: true as const } : document,
    )
    const { decision, findings } = judged(papers)
    expect(decision).toBe('look')
    expect(findings.find(({ code }) => code === 'document-missing')!.message).toContain('有一页上似有几份材料未能分开识别')
  })

  it.each([
    ['enrol', 0, '法人（林海澜）'],
    ['enrol', 1, '操作员（陈榕芳）'],
    ['enrol', 2, '经办人（苏晓岚）'],
    ['add-operator', 0, '操作员（陈榕芳）'],
    ['renew', 1, '经办人（苏晓岚）'],
  ] as const)('for %s, identity copy %s: the person is named', (service, nth, whose) => {
    const result = judged(without(cleanSets[service](), 'identity-document', nth))
    expect(result.told).toEqual([['document-missing', 'correct', 'identity-document']])
    expect(result.findings[0]?.message).toContain(whose)
  })

  it.each(['replace-legal', 'deregister'] as const)('for %s, whose legal person no paper names, is the clerk’s to see', (service) => {
    const result = judged(without(cleanSets[service](), 'identity-document', 0))
    expect(result.told).toContainEqual(['document-missing', 'look', 'identity-document'])
    expect(result.decision).toBe('look')
  })

  it.each(['renew', 'unlock', 'replace-operator'] as const)(
    'for %s is looked at, or noted by an office that takes the handler for the holder: only the card tells it from a copy that is missing',
    (service) => {
      const set = without(cleanSets[service](), 'identity-document', 0)
      expect(judged(set).told).toEqual([['document-missing', 'look', 'identity-document']])
      takeOneCopy()
      expect(judged(set)).toMatchObject({ decision: 'ready', told: [['document-missing', 'note', 'identity-document']] })
      // Whoever is named must be there all the same.
      expect(judged(without(cleanSets[service](), 'identity-document', 1)).decision).toBe('correct')
    },
  )

  it('is noted where the name of its file says that the handler’s copy is the holder’s, until the card is counted in', () => {
    const named = (file: string) =>
      without(cleanSets.renew(), 'identity-document', 0).map((document) =>
        document.kind === 'identity-document' ? { ...document, pages: [{ file, page: 1, rotation: 0 as const }] } : document,
      )
    const told = (file: string) => judged(named(file)).told.map(([, severity]) => severity)
    expect(told('来信.eml!/2.持卡人身份证.jpg')).toEqual(['note'])
    expect(told('持卡人兼经办人身份证.jpg')).toEqual(['note'])
    expect(told('经办人身份证.jpg')).toEqual(['look'])
    expect(told('持卡人、经办人身份证.pdf')).toEqual(['look'])
    const enclosed = [{ number: '8600000012346', unreadableFor: null }]
    expect(judged(named('持卡人身份证.jpg'), { enclosed }).decision).toBe('look')
  })

  it('is asked for once the card is counted in and nobody knows its holder, where an office takes one copy for two roles', () => {
    takeOneCopy()
    const set = without(cleanSets.renew(), 'identity-document', 0)
    const enclosed = [{ number: '8600000012346', unreadableFor: null }]
    const { findings } = judged(set, { enclosed })
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['document-missing', 'look']])
    expect(findings[0]!.message).toContain('请读卡核对是否就是苏晓岚')
    const card = { number: '8600000012346', kind: 'operator', uscc: enterprise.uscc, status: 'valid' } as const
    const of = (person: typeof handler) => [{ ...card, holderName: person.name, holderIdNumber: person.idNumber }]
    expect(judged(set, { enclosed, cards: of(handler) })).toMatchObject({ decision: 'ready', findings: [] })
    expect(judged(set, { enclosed, cards: of(operator) }).told).toEqual([['card-holder-mismatch', 'correct', 'registration-form']])
  })

  it('is noted where a caption says that one copy is of both', () => {
    const captioned = (set: readonly ReadDocument[], captions: string[], nth: number) => {
      const target = set.filter(({ kind }) => kind === 'identity-document')[nth]
      return set.map((document) => (document === target ? { ...document, captions } : document))
    }
    const unlock = without(cleanSets.unlock(), 'identity-document', 0)
    expect(judged(captioned(unlock, ['持卡人身份证复印件'], 0))).toMatchObject({
      decision: 'ready',
      told: [['document-missing', 'note', 'identity-document']],
    })
    expect(judged(captioned(unlock, ['经办人身份证复印件'], 0)).decision).toBe('look')
    const online = without(cleanSets['enrol-online'](), 'identity-document', 1)
    expect(judged(captioned(online, ['操作员兼经办人身份证复印件'], 1)).decision).toBe('ready')
    expect(judged(captioned(online, ['操作员、经办人身份证复印件'], 1)).decision).toBe('look')
    // The operator's is missing, and nobody else.
    const { decision, findings } = judged(captioned(online, ['经办人身份证复印件'], 1))
    expect([decision, findings.map(({ message }) => message.slice(0, 8))]).toEqual(['look', ['未见单独的操作员']])
  })

  it('for enrol-online is looked at where one person may act in two roles: only the filing names operator and handler', () => {
    const set = without(cleanSets['enrol-online'](), 'identity-document', 1)
    expect(judged(set)).toMatchObject({ decision: 'look', told: [['document-missing', 'look', 'identity-document']] })
  })

  it.each([
    [handler, 'ready'],
    [operator, 'look'],
  ] as const)('for unlock is not asked for where the ledger knows that the handler holds the card', (holder, decision) => {
    const card = { number: '8600000012346', kind: 'operator', uscc: enterprise.uscc, status: 'valid' } as const
    const cards = [{ ...card, holderName: holder.name, holderIdNumber: holder.idNumber }]
    const papers = without(cleanSets.unlock(), 'identity-document', 0)
    const { told } = judged(papers, { cards })
    expect(told.some(([code]) => code === 'document-missing')).toBe(decision === 'look')
  })

  it.each([
    ['replace-operator', 'operator', handler, 'ready'],
    ['replace-operator', 'operator', operator, 'look'],
    ['replace-operator', 'legal', handler, 'look'],
    ['replace-legal', 'legal', handler, 'ready'],
  ] as const)(
    'for %s is not asked for where the ledger has such a card for the handler: %s card of %s',
    (service, kind, holder, decision) => {
      const card = { number: '8600000077777', kind, uscc: enterprise.uscc, status: 'valid' } as const
      const cards = [{ ...card, holderName: holder.name, holderIdNumber: holder.idNumber }]
      expect(judged(without(cleanSets[service](), 'identity-document', 0), { cards }).decision).toBe(decision)
    },
  )

  it('is asked for only where the service is known, but for the sheet that tells it', () => {
    const unclear = spoil(without(cleanSets['replace-operator'](), 'payment-proof'), 'registration-form', { services: doubtful(null, 0) })
    expect(judged(unclear).told).not.toContainEqual(['document-missing', 'correct', expect.anything()])
    expect(judged(without(cleanSets.renew(), 'registration-form')).told).toContainEqual([
      'document-missing',
      'correct',
      'registration-form',
    ])
  })

  it('is no accusation where a copy is nobody’s whose name was hardly read', () => {
    const misread: FieldValue = { ...doubtful('魏车干鹿其', 0.81), evidence: ['unusual', 'faint'] }
    const set = spoil([...cleanSets['enrol-online']()], 'identity-document', { name: misread })
    expect(judged(set).told).toEqual([
      ['person-mismatch', 'look', 'identity-document'],
      ['person-mismatch', 'note', 'business-licence'],
    ])
    expect(judged([...without(set, 'identity-document', 1)]).decision).toBe('look')
  })

  it('is no more than looked for where a copy is there whose name could not be read, or is nearly the one looked for', () => {
    const unread = spoil(cleanSets.renew(), 'identity-document', { name: doubtful(null, 0) }, 1)
    expect(judged(unread).told).not.toContainEqual(['document-missing', 'correct', 'identity-document'])
    // The handler is the operator, with a glyph lost.
    const lost = spoil(without(cleanSets['add-operator'](), 'identity-document', 1), 'registration-form', {
      handlerName: doubtful(operator.name.slice(0, 2), 0.99),
    })
    expect(judged(lost).told).toContainEqual(['document-missing', 'look', 'identity-document'])
    expect(judged(lost).decision).toBe('look')
  })

  it('for a deregistration is none where the ledger has the legal person’s card for who handles the papers', () => {
    const set = spoil(without(cleanSets.deregister(), 'identity-document', 1), 'registration-form', { handlerName: legal.name })
    const one = spoil(
      spoil(set, 'cancellation-request', { handlerName: legal.name }),
      'cancellation-request',
      { handlerName: legal.name },
      1,
    )
    const known = {
      number: '8600000012345',
      kind: 'legal',
      uscc: enterprise.uscc,
      holderName: legal.name,
      holderIdNumber: legal.idNumber,
      status: 'valid',
    } as const
    const settled = { openAgreements: [] }
    expect(judged(one, settled).told).toEqual([['document-missing', 'look', 'identity-document']])
    const others = { ...known, number: '8600000012346', kind: 'operator', holderName: null, holderIdNumber: null } as const
    expect(judged(one, { ...settled, cards: [known, others] }).decision).toBe('ready')
    const strangers = { ...known, holderName: stranger.name, holderIdNumber: null }
    expect(judged(one, { ...settled, cards: [strangers, others] }).decision).toBe('look')
  })

  it('for enrol-online of both operator and handler is looked at', () => {
    const set = cleanSets['enrol-online']().filter(({ kind }, index) => kind !== 'identity-document' || index === 2)
    expect(judged(set).decision).toBe('look')
  })

  it('is no back that could not be read: until when it holds is looked at', () => {
    const nothing: FieldValue = { value: null, confidence: 0, source: 'ocr', page: 0, box: null, certain: false }
    const unread = (document: ReadDocument, names: readonly string[]) =>
      spoil([document], 'identity-document', Object.fromEntries(names.map((name) => [name, nothing])))
    const set = cleanSets
      .unlock()
      .flatMap((document, index) =>
        index === 1
          ? [...unread(document, ['issuer', 'validFrom', 'validTo']), ...unread(document, Object.keys(document.fields))]
          : [document],
      )
    expect(judged(set).told).toEqual([['field-unreadable', 'look', 'identity-document']])
  })

  it('is the back of an identity card', () => {
    const nothing: FieldValue = { value: null, confidence: 0, source: 'ocr', page: 0, box: null, certain: false }
    const set = spoil(cleanSets.unlock(), 'identity-document', { issuer: nothing, validFrom: nothing, validTo: nothing })
    expect(judged(set).told).toEqual([['document-missing', 'correct', 'identity-document']])
    const hardlyRead = spoil(set, 'identity-document', { idNumber: doubtful(operator.idNumber, 0.8) })
    expect(judged(hardlyRead).told).toEqual([['document-missing', 'look', 'identity-document']])
  })

  it('is no back where the document has none', () => {
    const nothing: FieldValue = { value: null, confidence: 0, source: 'ocr', page: 0, box: null, certain: false }
    const set = spoil(cleanSets.unlock(), 'identity-document', {
      idType: '护照',
      idNumber: 'E12345678',
      issuer: nothing,
      validFrom: nothing,
      validTo: nothing,
    })
    expect(judged(set)).toMatchObject({ decision: 'ready' })
  })
})

describe('a paper too many', () => {
  it('that is the same as another is put aside by the clerk', () => {
    const set = cleanSets.enrol()
    expect(judged([...set, { ...set[2]!, pages: [{ file: '扫描_99.jpg', page: 1, rotation: 0 }] }]).told).toEqual([
      ['duplicate-document', 'look', 'business-licence'],
    ])
    expect(judged([...set, identity(legal)]).told).toEqual([['duplicate-document', 'look', 'identity-document']])
    expect(judged([...cleanSets.renew(), registrationForm('renew', '8600000012346')]).told).toEqual([
      ['duplicate-document', 'look', 'registration-form'],
    ])
  })

  it('that says something else must be explained by the applicant', () => {
    const other = spoil([registrationForm('renew', '8600000012346')], 'registration-form', { recipientAddress: '厦门市思明区另一条路1号' })
    expect(judged([...cleanSets.renew(), ...other])).toMatchObject({
      decision: 'correct',
      told: [['duplicate-document', 'correct', 'registration-form']],
    })
  })

  it('that the service does not need is noted and decides nothing', () => {
    expect(judged([...cleanSets.renew(), licence()])).toMatchObject({
      decision: 'ready',
      told: [['document-unneeded', 'note', 'business-licence']],
    })
    expect(judged([...cleanSets['add-operator'](), identity(stranger)]).told).toEqual([['document-unneeded', 'note', 'identity-document']])
  })

  it('by which another service is applied for is looked at, unless that is ticked too', () => {
    const ticked = (services: ServiceCode[]) => judged(spoil(cleanSets['change-enterprise'](), 'registration-form', { services })).told
    expect(ticked(['unlock'])).toContainEqual(['document-unneeded', 'look', 'change-request'])
    expect(ticked(['unlock', 'change-enterprise'])).not.toContainEqual(['document-unneeded', 'look', 'change-request'])
  })

  it('that nobody could identify is looked at', () => {
    expect(judged([...cleanSets.renew(), { ...paper('unknown', {}), seals: [] }]).told).toEqual([['document-unneeded', 'look', 'unknown']])
  })

  it('is no third cancellation form, of which the guide asks for two', () => {
    const set = cleanSets.deregister()
    expect(judged([...set, set[1]!]).told).toContainEqual(['duplicate-document', 'look', 'cancellation-request'])
    expect(judged(without(set, 'cancellation-request')).told).toContainEqual(['document-missing', 'correct', 'cancellation-request'])
  })
})

describe('a seal', () => {
  const sealed = (documents: ReadDocument[], kind: DocumentKind, seals: ReadDocument['seals']) =>
    documents.map((document) => (document.kind === kind ? { ...document, seals } : document))

  const places = serviceCodes.flatMap((service) =>
    [...new Set(services[service].papers.map(({ kind }) => kind))].map((kind) => [service, kind] as const),
  )
  it.each(places)('is missing for %s on %s', (service, kind) => {
    const result = judged(sealed(cleanSets[service](), kind, []))
    expect(result.told).toContainEqual(['seal-missing', 'correct', kind])
    expect(result.decision).toBe('correct')
  })

  it('that says a letter otherwise than the one paper with the name, on two papers alike, is noted beside that name', () => {
    const ring = { ...companySeal(enterprise.name.replace('澜', '烂')), confidence: 0.95 }
    const told = (set: readonly ReadDocument[]) => judged(set).told.filter(([code]) => code === 'name-mismatch')
    const set = cleanSets['change-operator']()
    const ringed = (some: number) =>
      set.map((document, at) =>
        document.kind === 'identity-document' && at >= set.length - some ? { ...document, seals: [ring] } : document,
      )
    expect(told(ringed(2))).toEqual([['name-mismatch', 'note', 'registration-form']])
    expect(told(ringed(1))).toEqual([])
    // Where two papers say the name alike it is the rings that are misread, or another's.
    const enrol = cleanSets.enrol().map((document) => (document.kind === 'identity-document' ? { ...document, seals: [ring] } : document))
    expect(told(enrol)).toEqual([])
  })

  it('that is the same by its arc as a legible one is not judged by what was misread of it', () => {
    const turned = (impression: string) => {
      const cells = Buffer.from(impression, 'base64')
      return Buffer.concat([cells.subarray(240), cells.subarray(0, 240)]).toString('base64')
    }
    const told = (text: string, confidence: number, impression: string) =>
      judged(
        cleanSets.enrol().map((document) => ({
          ...document,
          seals: [
            document.kind === 'card-form'
              ? { ...companySeal(text), confidence, impression }
              : { ...companySeal(), impression: pressImpression(2, 3) },
          ],
        })),
      ).told.filter(([code]) => code !== 'seal-copied')
    const [own, others] = [turned(pressImpression(1, 3)), Buffer.from(pressImpression(1, 3), 'base64').reverse().toString('base64')]
    expect(told('厦门票安天口我司有限公司', 0.7, own)).toEqual([])
    expect(told(otherEnterprise.name, 0.7, others)).toEqual([['seal-mismatch', 'correct', 'card-form']])
    // Surely another letter on another die: a sister's seal, which nobody is accused of by one letter.
    const sister = enterprise.name.replace('澜', '烂')
    expect(told(sister, 0.95, others)).toEqual([['seal-uncertain', 'look', 'card-form']])
    // By one hand they are cut alike: only what was hardly read is the own one's, misread.
    expect(told(sister, 0.95, own)).toEqual([['seal-uncertain', 'look', 'card-form']])
    expect(told(sister, 0.65, own)).toEqual([])
    expect(told(sister, 0.8, others)).toEqual([['seal-uncertain', 'look', 'card-form']])
    // What was read plainly stands, though nobody is accused of what may be one seal.
    expect(told(otherEnterprise.name, 0.95, own)).toEqual([['seal-mismatch', 'look', 'card-form']])
  })

  it('that is missing on both sheets of a person’s card is told once, on one of them with its side', () => {
    const blank: FieldValue = { ...sure(null), evidence: ['empty'] }
    const copy = identity(handler)
    const front = { ...copy, fields: { ...copy.fields, issuer: blank, validFrom: blank, validTo: blank } }
    const { issuer, validFrom, validTo } = copy.fields
    const back = { ...copy, fields: { issuer: issuer!, validFrom: validFrom!, validTo: validTo! } }
    const [form, ofHolder] = [registrationForm('renew', '8600000012346'), identity(operator)]
    const messages = (...sides: readonly ReadDocument[]) => judged([form, ofHolder, ...sides]).findings.map(({ message }) => message)
    const bare = (document: ReadDocument) => ({ ...document, seals: [] })
    expect([...new Set(messages(bare(front), bare(back)))]).toEqual([`身份证件（${handler.name}）没有加盖单位公章，请加盖后补交。`])
    expect(messages(front, bare(back))).toEqual([`身份证件（${handler.name}）的国徽面没有加盖单位公章，请加盖后补交。`])
  })

  it('of another enterprise is told', () => {
    const result = judged(sealed(cleanSets.enrol(), 'card-form', [companySeal(otherEnterprise.name)]))
    expect(result.told).toEqual([['seal-mismatch', 'correct', 'card-form']])
    expect(result.findings[0]?.message).toContain(otherEnterprise.name)
  })

  it('that differs from what reading left of a name accuses nobody', () => {
    const rest: FieldValue = { ...sure('司'), certain: false }
    const set = cleanSets.enrol().map((document) => ({
      ...document,
      fields: 'enterpriseName' in document.fields ? { ...document.fields, enterpriseName: rest } : document.fields,
    }))
    const told = judged(set).told.filter(([code]) => code === 'seal-mismatch')
    expect(told.length).toBeGreaterThan(0)
    expect(told.every(([, severity]) => severity === 'look')).toBe(true)
  })

  it('of the registrar or the police is none of the enterprise', () => {
    const result = judged(sealed(cleanSets.enrol(), 'business-licence', [{ ...companySeal('厦门市湖里区市场监督管理局'), role: 'other' }]))
    expect(result.told).toEqual([['seal-missing', 'correct', 'business-licence']])
  })

  it('for a special purpose is not the company seal', () => {
    const result = judged(sealed(cleanSets.enrol(), 'card-form', [{ ...companySeal(), role: 'special', shape: 'oval' }]))
    expect(result.told).toEqual([
      ['seal-missing', 'correct', 'card-form'],
      ['seal-mismatch', 'note', 'card-form'],
    ])
  })

  it('with words across its face that could not be read is looked at, unless a plain one stands beside it', () => {
    const worded = { ...companySeal(), unreadFace: true as const }
    expect(judged(sealed(cleanSets.enrol(), 'card-form', [worded])).told).toEqual([['seal-uncertain', 'look', 'card-form']])
    expect(judged(sealed(cleanSets.enrol(), 'card-form', [worded, companySeal()]))).toMatchObject({ decision: 'ready' })
  })

  it('with such words is looked at though a glyph of its ring was misread', () => {
    const worded = { ...companySeal(enterprise.name.replace('澜', '烂')), unreadFace: true as const }
    expect(judged(sealed(cleanSets.enrol(), 'card-form', [worded])).told).toEqual([['seal-uncertain', 'look', 'card-form']])
  })

  it('with such words is another of the enterprise’s where its arc is cut otherwise than that of a plain one', () => {
    const set = cleanSets.enrol().map((document, at) => ({ ...document, seals: [{ ...companySeal(), impression: pressImpression(at) }] }))
    const other = Buffer.from(Array.from({ length: 180 * 12 }, (_, at) => (at % 7 < 3 ? 90 : 0))).toString('base64')
    const worded = { ...companySeal(), unreadFace: true as const, impression: other }
    expect(judged(sealed(set, 'card-form', [worded])).told).toContainEqual(['seal-mismatch', 'look', 'card-form'])
  })

  it('seemingly with words is the company’s where its whole face is that of a plain one on another paper', () => {
    const set = cleanSets.enrol().map((document, at) => ({ ...document, seals: [{ ...companySeal(), impression: pressImpression(at) }] }))
    const worded = (impression: string) => sealed(set, 'card-form', [{ ...companySeal(), unreadFace: true as const, impression }])
    expect(judged(worded(pressImpression(9)))).toMatchObject({ decision: 'ready' })
    expect(judged(worded(pressImpression(9, 60))).told).toContainEqual(['seal-uncertain', 'look', 'card-form'])
  })

  it('of which a part is covered is the company’s where what is left says the name in letters cut as those of a legible one', () => {
    const set = cleanSets.enrol().map((document, at) => ({ ...document, seals: [{ ...companySeal(), impression: pressImpression(at) }] }))
    const covered = (text: string, impression = pressImpression(9)) =>
      judged(sealed(set, 'card-form', [{ ...companySeal(text), confidence: 1, impression }])).told
    expect(covered(enterprise.name.slice(2, -3))).toEqual([])
    expect(covered(enterprise.name.slice(2, -3), pressImpression(9, 60))).toEqual([['seal-uncertain', 'look', 'card-form']])
    expect(covered(enterprise.name.slice(4))).toEqual([['seal-uncertain', 'look', 'card-form']])
  })

  it('whose ring cannot be read is looked at; one misread glyph beside the same seal read whole is not', () => {
    expect(judged(sealed(cleanSets.enrol(), 'card-form', [companySeal(null)])).told).toEqual([['seal-uncertain', 'look', 'card-form']])
    const misread = enterprise.name.replace('澜', '烂')
    const hardlyRead = { ...companySeal(misread), confidence: 0.65 }
    expect(judged(sealed(cleanSets.enrol(), 'card-form', [hardlyRead]))).toMatchObject({ decision: 'ready' })
    const scattered = { ...companySeal(enterprise.name.replace('厦门', '厦问').replace('出口', '山口')), confidence: 0.6 }
    expect(judged(sealed(cleanSets.enrol(), 'card-form', [scattered]))).toMatchObject({ decision: 'ready' })
    const everywhere = (confidence: number) =>
      judged(cleanSets.renew().map((document) => ({ ...document, seals: [{ ...companySeal(misread), confidence }] })))
    // However plainly the rings are read: 辰 was taken for 展 on three of them.
    for (const confidence of [0.8, 0.95]) expect(everywhere(confidence).decision).toBe('look')
  })

  it('of the name that has just changed is looked at: the new seal may not be cut yet', () => {
    const set = spoil(cleanSets['change-enterprise'](), 'change-request', {
      changes: `企业名称由“${otherEnterprise.name}”变更为“${enterprise.name}”`,
    })
    expect(judged(sealed(set, 'card-form', [companySeal(otherEnterprise.name)])).told).toEqual([['seal-mismatch', 'look', 'card-form']])
    expect(judged(sealed(set, 'card-form', [companySeal('厦门嵩冠户外用品有限公司')])).told).toEqual([
      ['seal-mismatch', 'correct', 'card-form'],
    ])
  })

  it('with a name much alike is told where it was read plainly, else looked at', () => {
    const alike = companySeal(enterprise.name.replace('鹭澜', '鹏江'))
    expect(judged(sealed(cleanSets.enrol(), 'card-form', [alike])).told).toEqual([['seal-mismatch', 'correct', 'card-form']])
    expect(judged(sealed(cleanSets.enrol(), 'card-form', [{ ...alike, confidence: 0.6 }])).told).toEqual([
      ['seal-mismatch', 'look', 'card-form'],
    ])
    const everywhere = cleanSets.renew().map((document) => ({ ...document, seals: [{ ...alike, confidence: 0.6 }] }))
    expect(judged(everywhere).decision).toBe('correct')
  })

  it('of which little of the name was read is told on a colour copy only', () => {
    const other = { ...companySeal(otherEnterprise.name), confidence: 0.65 }
    expect(judged(sealed(cleanSets.enrol(), 'card-form', [other])).decision).toBe('correct')
    expect(judged(sealed(cleanSets.enrol(), 'card-form', [{ ...other, confidence: 0.55 }])).decision).toBe('look')
    expect(judged(sealed(cleanSets.enrol(), 'card-form', [{ ...other, color: 'gray' }])).decision).toBe('look')
  })

  it('of another enterprise on black-and-white copies is told only where it was read plainly and has little of the name', () => {
    const gray = (text: string, confidence: number) => ({ ...companySeal(text), confidence, color: 'gray' as const })
    expect(judged(sealed(cleanSets.enrol(), 'card-form', [gray(otherEnterprise.name, 0.9)])).decision).toBe('correct')
    const alike = gray(enterprise.name.replace('鹭澜', '鹏江'), 0.9)
    const everywhere = judged(cleanSets.renew().map((document) => ({ ...document, seals: [alike] })))
    expect(everywhere.told.filter(([code]) => code === 'seal-mismatch').map(([, severity]) => severity)).toEqual(['look', 'look', 'look'])
    expect(everywhere.decision).toBe('look')
  })

  it('misread on every paper in another place is the enterprise’s', () => {
    const set = cleanSets.renew().map((document, index) => ({
      ...document,
      seals: [
        {
          ...companySeal(
            Array.from(enterprise.name)
              .with(index + 3, '口')
              .join(''),
          ),
          confidence: 0.65,
        },
      ],
    }))
    expect(judged(set).decision).toBe('ready')
  })

  it('on a black-and-white copy is looked at, also where none is seen', () => {
    const gray = cleanSets.renew().map((document) => ({ ...document, seals: [{ ...companySeal(), color: 'gray' as const }] }))
    expect(judged(gray).told.map(([code, severity]) => [code, severity])).toEqual([
      ['seal-uncertain', 'look'],
      ['seal-uncertain', 'look'],
      ['seal-uncertain', 'look'],
    ])
    expect(judged(sealed(gray, 'registration-form', [])).told).toContainEqual(['seal-missing', 'look', 'registration-form'])
  })

  it('is noted where no paper of the set has any colour: its ink cannot be told', () => {
    const isGray = { gray: true } as const
    const set = (seal: Seal) =>
      cleanSets.renew().map((document) => ({ ...document, seals: [seal], pages: document.pages.map((page) => ({ ...page, ...isGray })) }))
    const black = { ...companySeal(), color: 'gray' as const }
    const result = judged(set(black))
    expect(result.decision).toBe('ready')
    expect(result.told).toEqual(Array.from({ length: 3 }, () => ['seal-uncertain', 'note', expect.any(String)]))
    // A paper in colour shows seals in colour: the others may be copies of copies.
    const [first, ...others] = set(black)
    expect(judged([{ ...first!, pages: cleanSets.renew()[0]!.pages }, ...others]).decision).toBe('look')
    expect(judged(set({ ...black, text: null })).decision).toBe('look')
    // One whose ring was misread may have lost the words below it too: it may be a seal for one purpose, which is cut alike.
    const misread = judged(
      set(black).map((document, at) => ({
        ...document,
        seals: [{ ...black, impression: pressImpression(at), ...(at === 0 ? { text: enterprise.name.replace('澜', '烂') } : {}) }],
      })),
    )
    expect(misread.told).toContainEqual(['seal-uncertain', 'look', 'registration-form'])
    // Of one whose ring was not read the whole face tells that it is the company's.
    const unread = (face: string) =>
      judged(
        set(black).map((document, at) => ({
          ...document,
          seals: [{ ...black, impression: pressImpression(at), ...(at === 0 ? { text: null, confidence: 0.4, impression: face } : {}) }],
        })),
      ).told.filter(([code]) => code === 'seal-uncertain')
    expect(unread(pressImpression(3))).toEqual(result.told)
    expect(unread(Buffer.from(pressImpression(3), 'base64').reverse().toString('base64'))).toContainEqual([
      'seal-uncertain',
      'look',
      'registration-form',
    ])
    // A glyph that two looks read is none too many.
    const twice = { ...black, text: enterprise.name.replace('澜', '澜澜') }
    expect(judged(sealed(set(black), 'registration-form', [twice])).decision).toBe('ready')
    expect(judged(set(twice)).decision).toBe('look')
    expect(judged(sealed(set(black), 'registration-form', [])).told).toContainEqual(['seal-missing', 'look', 'registration-form'])
  })

  it('that no paper of a fax shows is looked at: a pale one is lost whole', () => {
    const pages = [{ file: 'fax.tif', page: 1, rotation: 0, black: true }] as const
    const set = cleanSets.reader().map((document) => ({ ...document, seals: [], pages: [...pages] }))
    expect(judged(set).told).toEqual([
      ['seal-missing', 'look', 'authorization-letter'],
      ['seal-missing', 'look', 'payment-proof'],
    ])
  })

  it('is looked at in such a set of faxes where words may stand across its face, or where letters are hidden that no original will show', () => {
    const pages = [{ file: 'fax.tif', page: 1, rotation: 0, black: true }] as const
    const black = { ...companySeal(), color: 'gray' as const }
    const set = (...seals: readonly Seal[]) => setOf('renew', ...seals)
    const setOf = (service: 'renew' | 'reader', ...seals: readonly Seal[]) =>
      judged(cleanSets[service]().map((document, at) => ({ ...document, seals: [seals[at] ?? seals[0]!], pages: [...pages] })))
    const looks = (result: ReturnType<typeof set>) => result.told.filter(([, severity]) => severity === 'look').map(([code]) => code)
    expect(looks(set(black))).toEqual([])
    expect(looks(set(black, { ...black, unreadFace: true }))).toEqual(['seal-uncertain'])
    const hidden = { ...black, confidence: 0.6 }
    // The originals come by EMS, and another impression is legible.
    expect(looks(set(black, hidden))).toEqual([])
    expect(looks(set(hidden))).not.toEqual([])
    expect(looks(setOf('reader', black, hidden))).toEqual(['seal-uncertain'])
    expect(looks(set(black, { ...black, text: enterprise.name.replace('澜', '烂') }))).toEqual(['seal-uncertain'])
    expect(set(black, { ...black, text: otherEnterprise.name }).decision).toBe('correct')
  })

  it('beside that of another enterprise counts', () => {
    expect(judged(sealed(cleanSets.renew(), 'registration-form', [companySeal(otherEnterprise.name), companySeal()]))).toMatchObject({
      decision: 'ready',
    })
  })

  it.each([
    [1240, 1754, 'correct'],
    [1240, 1560, 'look'],
  ] as const)('on a page of %i by %i pixels, of which a photograph may have lost a part: %s', (width, height, severity) => {
    const set = cleanSets
      .renew()
      .map((document) =>
        document.kind === 'registration-form'
          ? { ...document, seals: [], pages: [{ ...document.pages[0]!, image: { sha256: 'x', width, height } }] }
          : document,
      )
    expect(judged(set).told).toEqual([['seal-missing', severity, 'registration-form']])
  })

  it('is not asked for where red ink may be one', () => {
    const marked = (redMark: true | undefined) =>
      sealed(cleanSets.renew(), 'registration-form', []).map((document) => ({
        ...document,
        pages: document.pages.map((page) => ({ ...page, ...(redMark ? { redMark } : {}) })),
      }))
    expect(judged(marked(undefined)).told).toEqual([['seal-missing', 'correct', 'registration-form']])
    expect(judged(marked(true)).told).toEqual([['seal-missing', 'look', 'registration-form']])
  })

  it('cannot stand on the screenshot of a telephone as it is: the clerk decides', () => {
    const set = cleanSets.reader().map((document) =>
      document.kind === 'payment-proof'
        ? {
            ...document,
            seals: [],
            pages: [{ file: 'a.png', page: 1, rotation: 0 as const, image: { sha256: 'x', width: 1080, height: 2340 } }],
          }
        : document,
    )
    expect(judged(set).told).toEqual([['seal-missing', 'look', 'payment-proof']])
  })
})

describe('a field', () => {
  const empty: FieldValue = {
    value: null,
    confidence: 0.9,
    source: 'ocr',
    page: 0,
    box: [0.1, 0.1, 0.1, 0.1],
    certain: false,
    evidence: ['empty'],
  }
  it('that is surely empty must be filled in; seemingly empty or unreadable is looked at', () => {
    expect(spoilt('renew', 'registration-form', { handlerPhone: { ...empty, certain: true } }).told).toEqual([
      ['field-missing', 'correct', 'registration-form'],
    ])
    // On a sheet in columns it may have been read with what stands beside it.
    expect(spoilt('renew', 'registration-form', { handlerPhone: empty }).told).toEqual([['field-missing', 'look', 'registration-form']])
    // How likely a value is right says nothing of one that is not there.
    const unseen = { ...empty, evidence: [], confidence: 0.8, legibility: 0.9, box: [0.1, 0.1, 0.1, 0.1] as FieldValue['box'] }
    expect(spoilt('renew', 'registration-form', { handlerPhone: unseen }).told).toEqual([['field-missing', 'look', 'registration-form']])
    const covered = { ...unseen, evidence: ['under-seal'] }
    for (const unreadable of [{ ...unseen, legibility: 0 }, covered, doubtful('13806001234', 0.6)])
      expect(spoilt('renew', 'registration-form', { handlerPhone: unreadable }).told).toEqual([
        ['field-unreadable', 'look', 'registration-form'],
      ])
  })

  it('under a seal is as another paper has it where what shows of it says the same', () => {
    const covered: FieldValue = { ...doubtful(legal.name, 0.7), evidence: ['faint', 'under-seal', 'mended', 'from-other-paper'] }
    expect(spoilt('enrol-online', 'authorization-letter', { legalName: covered }).decision).toBe('ready')
    expect(spoilt('enrol-online', 'authorization-letter', { legalName: doubtful(legal.name, 0.7) }).decision).toBe('look')
  })

  it('that is hardly legible is no doubt where nothing else comes of it: a telephone number of its form, what the holder’s number tells', () => {
    const faint = (value: string, ...evidence: string[]): FieldValue => ({ ...doubtful(value, 0.6), evidence: [...evidence, 'faint'] })
    const phone = '13800138011'
    expect(spoilt('renew', 'registration-form', { handlerPhone: faint(phone, 'format') }).told).toEqual([])
    expect(spoilt('renew', 'registration-form', { handlerPhone: faint(phone, 'format', 'mended') }).decision).toBe('look')
    expect(spoilt('add-operator', 'card-form', { 'operator.sex': faint(operator.sex), 'operator.idType': doubtful(null, 0) }).told).toEqual(
      [],
    )
    expect(spoilt('add-operator', 'card-form', { 'operator.sex': doubtful(null, 0) }).decision).toBe('look')
  })

  it('that a seal tore and nothing hangs on is noted', () => {
    const torn: FieldValue = { ...doubtful('1594244514', 0.9), evidence: ['gap', 'faint', 'under-seal'] }
    expect(spoilt('reader', 'authorization-letter', { legalPhone: torn }).told).toEqual([['invalid-phone', 'note', 'authorization-letter']])
    const lengthened: FieldValue = { ...doubtful('189377210743502123', 0.94), evidence: ['under-seal'] }
    expect(spoilt('reader', 'authorization-letter', { legalPhone: lengthened }).decision).toBe('ready')
    expect(spoilt('reader', 'authorization-letter', { recipientPhone: lengthened }).decision).toBe('look')
    expect(spoilt('reader', 'authorization-letter', { recipientPhone: torn }).decision).toBe('look')
    expect(spoilt('reader', 'authorization-letter', { legalPhone: { ...torn, evidence: ['clear'] } }).decision).toBe('look')
  })

  it('of the shop’s page under a seal, of which a letter is hidden, is the others’', () => {
    const short: FieldValue = { ...doubtful(enterprise.uscc.slice(0, 17), 0.99), evidence: ['clear', 'under-seal'] }
    expect(spoilt('reader', 'payment-proof', { taxpayerId: short }).told).toEqual([])
    expect(spoilt('reader', 'payment-proof', { taxpayerId: { ...short, evidence: ['clear'] } }).decision).toBe('look')
  })

  it('for the address is needed for posting, not for the window', () => {
    const nothing = { recipientAddress: null, recipientName: null, recipientPhone: null }
    expect(spoilt('renew', 'registration-form', nothing).told).toHaveLength(3)
    expect(spoilt('renew', 'registration-form', { ...nothing, deliveryMethod: 'window' })).toMatchObject({ decision: 'ready' })
  })

  it('for the card number is needed where the sheet asks for it', () => {
    expect(spoilt('unlock', 'registration-form', { cardNumber: null }).told).toEqual([['field-missing', 'correct', 'registration-form']])
    // The row in which nothing stands is another's where the tick was misread.
    expect(spoilt('unlock', 'registration-form', { cardNumber: null, services: doubtful(['unlock']) }).told).toEqual([
      ['field-missing', 'look', 'registration-form'],
    ])
    expect(spoilt('enrol', 'registration-form', { cardNumber: null })).toMatchObject({ decision: 'ready' })
  })

  it('of the operator is needed on the card form of an operator', () => {
    expect(spoilt('enrol', 'card-form', { 'operator.phone': null }).told).toEqual([['field-missing', 'correct', 'card-form']])
  })
})

describe('a name', () => {
  it('of which more is said is not told to be hard to read besides', () => {
    const made: FieldValue = { ...doubtful('13800138011', 0.5), evidence: ['mended', 'from-other-paper'] }
    expect(spoilt('renew', 'registration-form', { handlerPhone: made }).told).toEqual([['invalid-phone', 'look', 'registration-form']])
  })

  it('that words against misuse across the copy were read with is the others’ name', () => {
    const worded = { ...doubtful(`${enterprise.name}复印无效`, 0.95), evidence: ['clear'] }
    expect(spoilt('add-operator', 'payment-proof', { invoiceTitle: worded }).decision).toBe('ready')
    const other = { ...worded, value: `${enterprise.name}湖里分公司` }
    expect(spoilt('add-operator', 'payment-proof', { invoiceTitle: other }).decision).not.toBe('ready')
  })

  it('of which a figure may be lost is looked at, unless the ledger or another paper has it', () => {
    const gap: FieldValue = { ...doubtful('8600000012346', 0.99), evidence: ['gap', 'ticked-row'] }
    const unlock = spoil(cleanSets.unlock(), 'registration-form', { cardNumber: gap })
    const card = {
      kind: 'operator',
      uscc: enterprise.uscc,
      holderName: operator.name,
      holderIdNumber: operator.idNumber,
      status: 'valid',
    } as const
    expect(judged(unlock).told).toEqual([['field-unreadable', 'look', 'registration-form']])
    expect(judged(unlock, { cards: [{ ...card, number: '8600000012346' }] }).decision).toBe('ready')
    expect(judged(spoil(unlock, 'registration-form', { cardNumber: plainly('8600000012346') })).decision).toBe('ready')
    const request = { legalCardNumber: { ...gap, value: '8600000012345' } }
    const settled = { openAgreements: [] }
    expect(judged(spoil(cleanSets.deregister(), 'cancellation-request', request), settled).decision).toBe('ready')
    const glued = { operatorCardNumbers: ['268760703116151221108521'] }
    const both = spoil(spoil(cleanSets.deregister(), 'cancellation-request', glued), 'cancellation-request', glued, 1)
    expect(judged(both, settled).told).toEqual([['field-unreadable', 'look', 'cancellation-request']])
  })

  it('of the sheet is none of those listed, though a figure of it was lost, where most of it is another', () => {
    const told = (value: string, legibility: number) =>
      judged(
        spoil(cleanSets.deregister(), 'registration-form', { cardNumber: { ...doubtful(value), legibility, evidence: ['ticked-row'] } }),
      ).told
    const both = [
      ['card-number-differs', 'look', 'registration-form'],
      ['card-number-differs', 'note', 'cancellation-request'],
    ]
    for (const finding of both) expect(told('468016581210', 0.98)).toContainEqual(finding)
    expect(told('468016581210', 0.7).map(([code]) => code)).not.toContain('card-number-differs')
    // The legal person's card, a figure misread and one lost.
    expect(told('860000001285', 0.98).map(([code]) => code)).not.toContain('card-number-differs')
  })

  it('is no number of the legal person’s card that was read with all those below it', () => {
    const all = { ...doubtful('8600000012345860000001234686000000123478', 0.99), evidence: ['unusual'] }
    const { told } = judged(spoil(cleanSets.deregister(), 'cancellation-request', { legalCardNumber: all }))
    expect(told.map(([code]) => code)).not.toContain('card-number-differs')
    expect(told).toContainEqual(['field-unreadable', 'look', 'cancellation-request'])
  })

  it('is no card number that is one figure, of the next item', () => {
    const read = (field: FieldValue) => spoilt('renew', 'registration-form', { cardNumber: field })
    expect(read({ ...doubtful('7', 0.96), evidence: ['ticked-row'] }).decision).toBe('look')
    expect(read(sure('7')).told).toEqual([['field-unreadable', 'look', 'registration-form']])
  })

  it('of one glyph is what is left of one, and looked at', () => {
    const left: FieldValue = { ...doubtful('受', 0.97), evidence: ['unusual', 'clear'] }
    expect(spoilt('enrol', 'registration-form', { recipientName: left }).told).toContainEqual([
      'field-missing',
      'look',
      'registration-form',
    ])
  })
})

describe('a code', () => {
  it('that was surely written wrong is told', () => {
    expect(spoilt('enrol', 'registration-form', { uscc: '91350206MA2XM00A3T' }).told).toEqual([
      ['invalid-uscc', 'correct', 'registration-form'],
    ])
    expect(spoilt('enrol', 'card-form', { 'operator.idNumber': '350206198506150028' }).told).toEqual([
      ['invalid-id-number', 'correct', 'card-form'],
    ])
  })

  it('read without a doubtful glyph and unlike the other papers’ was written wrong', () => {
    expect(spoilt('enrol', 'registration-form', { uscc: doubtful('91350206MA2XM00A2H', 0.99) }).told).toEqual([
      ['invalid-uscc', 'correct', 'registration-form'],
    ])
    expect(spoilt('enrol', 'card-form', { 'operator.idNumber': doubtful('350206198506150024', 0.99) }).told).toEqual([
      ['invalid-id-number', 'correct', 'card-form'],
    ])
  })

  it('that was read with a stroke before it, and mended, is looked at', () => {
    const [code, shifted] = ['91350206MAR77G733B', '391350206MAR77G733']
    const set = spoil(cleanSets['replace-operator'](), 'registration-form', { uscc: sure(code) })
    const taxpayerId = { ...doubtful(shifted, 0.98), evidence: ['check-digit', 'organisation-code', 'mended', 'clear'] }
    expect(judged(spoil(set, 'payment-proof', { taxpayerId })).told).toEqual([['invalid-uscc', 'look', 'payment-proof']])
  })

  it('that held only as another paper has it is looked at', () => {
    const borrowed: FieldValue = { ...doubtful(enterprise.uscc, 0.9), evidence: ['check-digit', 'mended', 'from-other-paper'] }
    expect(spoilt('enrol', 'registration-form', { uscc: borrowed }).told).toEqual([['invalid-uscc', 'look', 'registration-form']])
    const guessed = { ...borrowed, evidence: ['check-digit', 'mended', 'clear'] }
    expect(spoilt('renew', 'registration-form', { uscc: guessed }).told).toEqual([['invalid-uscc', 'look', 'registration-form']])
    const confirmed = { ...borrowed, evidence: ['check-digit', 'mended', 'agrees:business-licence.uscc'] }
    expect(spoilt('enrol', 'registration-form', { uscc: confirmed }).decision).toBe('ready')
    const number = { ...doubtful(operator.idNumber, 0.9), evidence: ['mended', 'from-other-paper'] }
    expect(spoilt('enrol', 'card-form', { 'operator.idNumber': number }).told).toEqual([['invalid-id-number', 'look', 'card-form']])
    const phone = { ...doubtful('13800138000', 0.9), evidence: ['mended', 'from-other-paper'] }
    expect(spoilt('enrol', 'registration-form', { handlerPhone: phone }).told).toEqual([['invalid-phone', 'look', 'registration-form']])
    const covered = { ...phone, evidence: [...phone.evidence, 'under-seal'] }
    expect(spoilt('enrol', 'registration-form', { handlerPhone: covered }).decision).toBe('ready')
    // Read plainly, it may stand so on this paper, whatever stands on the others.
    const plain = { ...confirmed, evidence: [...confirmed.evidence, 'clear'] }
    expect(spoilt('enrol', 'registration-form', { uscc: plain }).decision).toBe('look')
    const against = { ...confirmed, evidence: [...confirmed.evidence, 'against-print'] }
    expect(spoilt('enrol', 'registration-form', { uscc: against }).decision).toBe('look')
    // One glyph was hardly legible, and with the next likely one both check digits hold.
    const unclear = { ...borrowed, evidence: ['check-digit', 'organisation-code', 'mended'] }
    expect(spoilt('renew', 'registration-form', { uscc: unclear }).decision).toBe('ready')
  })

  it('that may be misread is looked at', () => {
    expect(spoilt('enrol', 'registration-form', { uscc: doubtful('91350206MA2XM00A3T', 0.9) }).told).toEqual([
      ['invalid-uscc', 'look', 'registration-form'],
    ])
    // 0 read for D, and a dropped character, whatever the recogniser thinks of itself.
    expect(spoilt('enrol', 'registration-form', { uscc: doubtful('91350206MA2XMD0A2T', 0.99) }).decision).toBe('look')
    expect(spoilt('enrol', 'registration-form', { uscc: doubtful('91350206MA2XM0A2T', 0.99) }).decision).toBe('look')
    expect(spoilt('renew', 'registration-form', { uscc: doubtful('91350206MA2XM00A3T', 0.99) }).decision).toBe('look')
  })

  it('on a paper that an authority printed was misread rather than written wrong', () => {
    expect(spoilt('enrol', 'business-licence', { uscc: doubtful('91350206MA2XM00A2H', 0.99) }).told).toEqual([
      ['invalid-uscc', 'look', 'business-licence'],
    ])
    expect(spoilt('add-operator', 'identity-document', { idNumber: doubtful('350206198506150024', 0.99) }).told).toEqual([
      ['invalid-id-number', 'look', 'identity-document'],
    ])
  })

  it('that two papers say alike was written so', () => {
    const wrong = doubtful('91350206MA2XM00A3T', 0.8)
    const set = spoil(spoil(cleanSets.enrol(), 'registration-form', { uscc: wrong }), 'business-licence', { uscc: wrong })
    expect(judged(set).decision).toBe('correct')
  })

  it('that one sheet says which was handed in twice may have been misread twice', () => {
    const hand = doubtful('1380600123', 0.9)
    const sheet = spoil([registrationForm('renew')], 'registration-form', { handlerPhone: hand })
    expect(judged([...spoil(cleanSets.renew(), 'registration-form', { handlerPhone: hand }), ...sheet]).told).toEqual(
      expect.arrayContaining([
        ['invalid-phone', 'look', 'registration-form'],
        ['duplicate-document', 'look', 'registration-form'],
      ]),
    )
  })

  it('of a telephone that was read plainly was printed so, and a hand may have written it whole', () => {
    const short: FieldValue = { ...doubtful('136429597', 0.99), evidence: ['unusual', 'clear'] }
    const told = (field: FieldValue) => spoilt('renew', 'registration-form', { handlerPhone: field, ...inPrint }).told
    expect(told(short)).toEqual([['invalid-phone', 'correct', 'registration-form']])
    expect(spoilt('renew', 'registration-form', { handlerPhone: short }).told).toEqual([['invalid-phone', 'look', 'registration-form']])
    expect(told({ ...short, evidence: ['ink-beside', 'unusual', 'clear'] })).toEqual([['invalid-phone', 'look', 'registration-form']])
    // One field whose figures stand apart may be a hand's.
    expect(spoilt('renew', 'registration-form', { handlerPhone: short, cardNumber: counted }).told).not.toContainEqual([
      'invalid-phone',
      'correct',
      'registration-form',
    ])
    // The recipient's, lower on the sheet, has the figure that was lost.
    const set = spoil(cleanSets.renew(), 'registration-form', {
      recipientPhone: '13806001234',
      handlerPhone: { ...short, value: '1380600134' },
    })
    expect(judged(set).told).toContainEqual(['invalid-phone', 'look', 'registration-form'])
  })

  it('of a telephone may be two numbers, one behind the other', () => {
    for (const handlerPhone of ['1380600123413900001111', '1380600123405925653395', '0592565339513806001234'])
      expect(spoilt('renew', 'registration-form', { handlerPhone }).told).toEqual([])
    expect(spoilt('renew', 'registration-form', { handlerPhone: '1380600123456789' }).decision).toBe('correct')
  })

  it('of a telephone cannot be called', () => {
    expect(spoilt('renew', 'registration-form', { recipientPhone: '1380600123' }).told).toEqual([
      ['invalid-phone', 'correct', 'registration-form'],
    ])
    expect(spoilt('renew', 'registration-form', { recipientPhone: doubtful('1380600123', 0.99) }).told).toEqual([
      ['invalid-phone', 'look', 'registration-form'],
    ])
    expect(spoilt('enrol', 'card-form', { 'legal.fax': '123' })).toMatchObject({ decision: 'ready' })
  })

  it('of a date must exist and not lie ahead', () => {
    expect(spoilt('renew', 'registration-form', { applicationDate: '2026-02-30' }).told).toEqual([
      ['invalid-date', 'correct', 'registration-form'],
    ])
    expect(spoilt('renew', 'registration-form', { applicationDate: '2026-11-21' }).told).toEqual([
      ['invalid-date', 'correct', 'registration-form'],
    ])
    expect(spoilt('renew', 'registration-form', { applicationDate: doubtful('2028-11-18') }).told).toEqual([
      ['invalid-date', 'look', 'registration-form'],
    ])
    expect(spoilt('renew', 'registration-form', { applicationDate: '2025-11-19' }).told).toEqual([
      ['invalid-date', 'look', 'registration-form'],
    ])
  })

  it('that stands in a file and does not exist is no empty field', () => {
    const written = (value: string | null): FieldValue => ({ ...doubtful(value, 1), source: 'text-layer', evidence: ['text-layer'] })
    expect(spoilt('renew', 'registration-form', { applicationDate: written('2026-11-31') }).told).toEqual([
      ['invalid-date', 'correct', 'registration-form'],
    ])
    expect(spoilt('renew', 'registration-form', { applicationDate: written(null) }).told).toEqual([
      ['invalid-date', 'look', 'registration-form'],
    ])
  })

  it('of a signature under a seal is another day misread where only a figure of the year differs', () => {
    const underSeal = (value: string): FieldValue => ({ ...doubtful(value, 0.9), evidence: ['date-exists', 'under-seal'] })
    expect(spoilt('enrol', 'card-form', { signedDate: underSeal('2028-11-18') }).decision).toBe('ready')
    expect(spoilt('enrol', 'card-form', { signedDate: underSeal('2028-11-19') }).told).toEqual([['invalid-date', 'look', 'card-form']])
    expect(spoilt('enrol', 'card-form', { signedDate: plainly('2028-11-18') }).told).toEqual([['invalid-date', 'look', 'card-form']])
  })
})

describe('an enterprise', () => {
  it.each([
    ['enrol', 'business-licence', 'enterpriseName'],
    ['enrol', 'registration-form', 'enterpriseName'],
    ['add-operator', 'payment-proof', 'invoiceTitle'],
    ['deregister', 'cancellation-request', 'enterpriseName'],
    ['enrol-online', 'authorization-letter', 'enterpriseName'],
  ] as const)('is another on a paper of %s: %s %s', (service, kind, field) => {
    const result = spoilt(service, kind, { [field]: doubtful(otherEnterprise.name, 0.95) })
    const mismatches = result.findings.filter(({ code }) => code === 'name-mismatch')
    expect(mismatches).toHaveLength(1)
    expect(result.decision).toBe('correct')
  })

  it('whose name differs in one glyph is told where reading promises it, and else looked at or a doubtful reading', () => {
    const misread = enterprise.name.replace('澜', '烂')
    const told = [['name-mismatch', 'correct', 'business-licence']]
    expect(spoilt('enrol', 'business-licence', { enterpriseName: misread }).told).toEqual(told)
    expect(spoilt('enrol', 'business-licence', { enterpriseName: plainly(misread) }).decision).toBe('look')
    const decided = (confidence: number, ...evidence: string[]) =>
      spoilt('enrol', 'business-licence', { enterpriseName: { ...doubtful(misread, confidence), evidence } }).decision
    // Another glyph that the recogniser was sure of may stand so on the paper.
    expect([decided(0.99), decided(0.99, 'clear', 'gap'), decided(0.99, 'clear', 'mended')]).toEqual(['look', 'look', 'look'])
    expect([decided(0.99, 'clear', 'under-seal'), decided(0.99, 'gap', 'under-seal')]).toEqual(['look', 'look'])
    expect([decided(0.9), decided(0.99, 'faint', 'under-seal')]).toEqual(['ready', 'ready'])
  })

  it('is not another one where glyphs were lost or the code beside its name was read along', () => {
    const cut = Array.from(enterprise.name).slice(0, -1).join('')
    expect(spoilt('enrol', 'business-licence', { enterpriseName: doubtful(cut, 0.98) }).decision).toBe('ready')
    expect(spoilt('enrol', 'business-licence', { enterpriseName: plainly(enterprise.name + enterprise.uscc) }).decision).toBe('ready')
  })

  it('is not another one where a seal tore it, however sure its letters are', () => {
    const torn = (...evidence: string[]) => ({ ...doubtful(`${enterprise.name.slice(0, 4)}汽车墨`, 0.95), evidence })
    const severities = (field: FieldValue) =>
      spoilt('reader', 'authorization-letter', { enterpriseName: field }).told.map(([, severity]) => severity)
    expect(severities(torn())).toContain('correct')
    expect(severities(torn('gap', 'faint', 'under-seal'))).not.toContain('correct')
  })

  it('is told a code that had to be mended and still is not that of the other papers', () => {
    const mended = { ...doubtful('91350206MW2XM00A20', 0.99), evidence: ['check-digit', 'mended', 'clear'] }
    expect(spoilt('enrol', 'registration-form', { uscc: mended }).told).toEqual([['invalid-uscc', 'correct', 'registration-form']])
    const underSeal = { ...mended, evidence: [...mended.evidence, 'under-seal'] }
    expect(spoilt('enrol', 'registration-form', { uscc: underSeal }).told).toEqual([['invalid-uscc', 'look', 'registration-form']])
    // Nothing like the code of the others: the number of an order was read for one.
    const far = { ...mended, value: otherEnterprise.uscc }
    expect(spoilt('replace-legal', 'payment-proof', { taxpayerId: far }).told.map(([, severity]) => severity)).not.toContain('correct')
  })

  it('whose name was only taken for that of the other papers is looked at: it may be written otherwise', () => {
    const taken = (...evidence: string[]): FieldValue => ({
      ...doubtful(enterprise.name, 0.5),
      evidence: ['mended', 'from-other-paper', ...evidence],
    })
    const told = ['name-mismatch', 'look', 'registration-form']
    expect(spoilt('enrol', 'registration-form', { enterpriseName: taken() }).told).toContainEqual(told)
    expect(spoilt('enrol', 'registration-form', { enterpriseName: taken('faint') }).told).not.toContainEqual(told)
  })

  it('whose name differs in one glyph from the rings of all seals is looked at where no second paper names it', () => {
    const slip = enterprise.name.replace('澜', '江')
    expect(spoilt('renew', 'registration-form', { enterpriseName: doubtful(slip, 0.99) }).told).toEqual([
      ['name-mismatch', 'look', 'registration-form'],
    ])
  })

  it('whose name was read fairly as another on a printed sheet is looked at', () => {
    const own: FieldValue = { ...doubtful('厦门鹭湾进出口有限公司', 0.95), legibility: 0.95, evidence: ['gap', 'under-seal'] }
    const counted: FieldValue = { ...sure('13806001234'), evidence: ['counted'] }
    const told = (more: Record<string, FieldValue>) =>
      judged(spoil(cleanSets['enrol-online'](), 'authorization-letter', { enterpriseName: own, ...more })).told
    expect(told({ recipientPhone: counted, legalPhone: counted })).toEqual([['name-mismatch', 'look', 'authorization-letter']])
    // By hand 湾 is taken for 澜 as surely.
    expect(told({})).toEqual([])
  })

  it('whose name was read surely as another under its seal is looked at, unless something of it was faint', () => {
    const slip = (...evidence: string[]) => ({
      enterpriseName: { ...doubtful(enterprise.name.replace('澜', '江')), legibility: 1, evidence: ['under-seal', ...evidence] },
    })
    const look = ['name-mismatch', 'look', 'authorization-letter']
    expect(spoilt('enrol-online', 'authorization-letter', slip('clear')).told).toContainEqual(look)
    expect(spoilt('enrol-online', 'authorization-letter', slip('faint')).told).not.toContainEqual(look)
  })

  it('is told of no telephone that another place has with two figures more: they were lost in the reading', () => {
    const short = { ...doubtful('138069978'), legibility: 0.99, evidence: ['clear', 'unusual'] }
    const whole = spoilt('renew', 'registration-form', { handlerPhone: short, recipientPhone: '13806995678' }).told
    expect(whole).toContainEqual(['invalid-phone', 'look', 'registration-form'])
    const other = spoilt('renew', 'registration-form', { handlerPhone: short, recipientPhone: '13900001111', ...inPrint }).told
    expect(other).toContainEqual(['invalid-phone', 'correct', 'registration-form'])
  })

  it('whose holder’s number was put together under a seal is not looked at where a form says the same by itself', () => {
    const put = (...evidence: string[]) => ({
      idNumber: {
        ...doubtful(operator.idNumber, 0.6),
        legibility: 0.6,
        source: 'ocr' as const,
        evidence: ['check-digit', 'mended', 'by-birth-date', 'under-seal', ...evidence],
      },
    })
    const of = (...evidence: string[]) => spoilt('add-operator', 'identity-document', put(...evidence)).told
    const look = ['field-unreadable', 'look', 'identity-document']
    expect(of('agrees:card-form.operator.idNumber')).not.toContainEqual(look)
    expect(of('agrees:birthDate')).toContainEqual(look)
    // By whom no card is made is known by the name alone, where that is plain.
    const asHolder = (service: ServiceCode, name: Record<string, FieldValue> = {}) =>
      spoilt(service, 'identity-document', { ...put('agrees:birthDate'), ...name }).told
    expect(asHolder('unlock')).not.toContainEqual(look)
    expect(asHolder('unlock', { name: doubtful(operator.name, 0.8) })).toContainEqual(look)
    expect(asHolder('replace-operator')).toContainEqual(look)
  })

  it('whose name differs in one glyph on a fax is looked at: two recognisers take one glyph for another there', () => {
    const slip = { enterpriseName: sure(enterprise.name.replace('澜', '江')) }
    const onFax = spoil(cleanSets.enrol(), 'registration-form', slip).map((document) => ({
      ...document,
      pages: document.pages.map((page) => ({ ...page, black: true as const })),
    }))
    const told = ['name-mismatch', 'look', 'registration-form']
    expect(judged(onFax).told).toContainEqual(told)
    expect(spoilt('enrol', 'registration-form', slip).told).toContainEqual(['name-mismatch', 'correct', 'registration-form'])
  })

  it('accuses nobody by a name that was read under its seal, as the seals were', () => {
    const misread = enterprise.name.replace('澜', '不')
    const letter = { ...doubtful(misread, 0.97), evidence: ['mended', 'under-seal'] }
    const papers = spoil(spoil(cleanSets.reader(), 'authorization-letter', { enterpriseName: letter }), 'payment-proof', {
      invoiceTitle: sure(enterprise.name),
    }).map((document) => ({ ...document, seals: [companySeal(misread)] }))
    expect(judged(papers).told).not.toContainEqual(expect.arrayContaining(['name-mismatch', 'correct']))
  })

  it('is told on the paper that stands alone: the seals decide between two', () => {
    expect(spoilt('enrol', 'registration-form', { enterpriseName: doubtful(otherEnterprise.name, 0.99) }).told).toEqual([
      ['name-mismatch', 'correct', 'registration-form'],
    ])
    const strange = { enterpriseName: otherEnterprise.name, uscc: otherEnterprise.uscc }
    expect(spoilt('enrol', 'business-licence', strange).told).toEqual([
      ['name-mismatch', 'correct', 'business-licence'],
      ['uscc-mismatch', 'correct', 'business-licence'],
    ])
  })

  it('is written the same with brackets and blanks of any width', () => {
    const bracketed = spoil(
      spoil(cleanSets.enrol(), 'business-licence', { enterpriseName: '鹭澜（厦门）贸易有限公司' }),
      'registration-form',
      { enterpriseName: '鹭澜(厦门)贸易有限公司' },
    ).map((document) => ({ ...document, seals: [companySeal('鹭澜（厦门）贸易有限公司')] }))
    expect(judged(bracketed)).toMatchObject({ decision: 'ready' })
  })

  it('is another’s where its ring is, and its own where a ring read faintly lies as the legible one does', () => {
    const faint = { ...companySeal('厦门暑癌进出口有限公司'), confidence: 0.65, impression: pressImpression(1, 15) }
    const legible = (stamping: number) => ({ ...companySeal(), impression: pressImpression(stamping, 15) })
    const ring = (seal: Seal) =>
      judged(cleanSets.renew().map((document, at) => ({ ...document, seals: [at === 0 ? seal : legible(at + 1)] }))).told
    expect(ring(faint)).toEqual([])
    expect(ring({ ...faint, confidence: 0.8 })).toEqual([['seal-mismatch', 'look', 'registration-form']])
  })

  it('may have lost a glyph of its name beside what the seals say', () => {
    const name = { ...doubtful(enterprise.name.replace('澜', ''), 0.99), evidence: ['clear'] }
    expect(spoilt('renew', 'registration-form', { enterpriseName: name }).told).not.toContainEqual([
      'name-mismatch',
      'correct',
      'registration-form',
    ])
  })

  it('is named rightly where the begin of the next label was read with its name', () => {
    const glued = { enterpriseName: { ...doubtful(`${enterprise.name}统一`, 0.99), evidence: ['clear'] } }
    expect(spoilt('enrol', 'registration-form', glued)).toMatchObject({ decision: 'ready', findings: [] })
    const longer = { enterpriseName: { ...doubtful(`${enterprise.name}分公司`, 0.99), evidence: ['clear'] } }
    expect(spoilt('enrol', 'registration-form', longer).told).toContainEqual(['name-mismatch', 'correct', 'registration-form'])
  })

  it('has one credit code on all papers', () => {
    expect(spoilt('change-enterprise', 'business-licence', { uscc: doubtful(otherEnterprise.uscc, 0.9) }).told).toEqual([
      ['uscc-mismatch', 'correct', 'business-licence'],
    ])
    expect(spoilt('change-enterprise', 'registration-form', { uscc: otherEnterprise.uscc }).told).toEqual([
      ['uscc-mismatch', 'correct', 'registration-form'],
    ])
  })

  it.each([
    ['enrol', 'registration-form', 'uscc', 'business-licence'],
    ['enrol', 'business-licence', 'uscc', 'registration-form'],
    ['add-operator', 'payment-proof', 'taxpayerId', 'registration-form'],
    ['add-operator', 'registration-form', 'uscc', 'payment-proof'],
    ['deregister', 'registration-form', 'uscc', 'cancellation-request'],
  ] as const)('has for %s two codes of which nobody knows the right one: both papers are told (%s)', (service, kind, field, other) => {
    const codes = spoilt(service, kind, { [field]: otherEnterprise.uscc }).told.filter(([code]) => code === 'uscc-mismatch')
    expect(codes.map(([, severity]) => severity)).toEqual(codes.map(() => 'correct'))
    expect(new Set(codes.map(([, , document]) => document))).toEqual(new Set([kind, other]))
  })

  it('may carry its old name where the request tells that the name changes', () => {
    const set = spoil(
      spoil(cleanSets['change-enterprise'](), 'registration-form', { enterpriseName: '厦门旧澜贸易有限公司' }),
      'change-request',
      { changes: '企业名称由厦门旧澜贸易有限公司变更为厦门鹭澜进出口有限公司' },
    )
    expect(judged(set)).toMatchObject({ decision: 'ready' })
  })
})

describe('a person', () => {
  it('on the card form is another than on the identity copy', () => {
    const set = cleanSets['add-operator']().map((document) =>
      document.kind === 'identity-document' && document.fields['name']?.value === operator.name ? identity(stranger) : document,
    )
    const told = [
      ['person-mismatch', 'correct', 'identity-document'],
      ['person-mismatch', 'note', 'card-form'],
    ]
    expect(judged(set).told).toEqual(told)
    // A rare glyph of the name was misread; the number is surely another's.
    const misread = spoil(set, 'card-form', { 'operator.holderName': { ...doubtful('陈榕方', 0.98), evidence: ['mended', 'clear'] } })
    expect(judged(misread).told).toEqual(told)
    expect(judged(misread).findings[0]!.message).toContain('与操作员的证件号码不符，请补交操作员的身份证件复印件')
  })

  it('who handles the papers is another than on the identity copy', () => {
    const set = cleanSets
      .renew()
      .map((document) =>
        document.kind === 'identity-document' && document.fields['name']?.value === handler.name ? identity(stranger) : document,
      )
    expect(judged(set).told).toEqual([
      ['person-mismatch', 'correct', 'identity-document'],
      ['person-mismatch', 'note', 'registration-form'],
    ])
  })

  it.each([
    ['operator.idNumber', '35020619920229006X'],
    ['operator.sex', '男'],
    ['operator.birthDate', '1985-06-16'],
    ['operator.holderName', stranger.name],
    ['legal.sex', '女'],
  ])('is described otherwise on the card form: %s', (field, value) => {
    expect(spoilt('enrol', 'card-form', { [field]: value }).told).toContainEqual(['person-mismatch', 'correct', 'card-form'])
    const others = spoilt('enrol', 'card-form', { [field]: value }).told.filter(([, severity]) => severity !== 'correct')
    // The other end of it.
    const isOfWhom = field === 'operator.idNumber' || field === 'operator.holderName'
    expect(others).toEqual(isOfWhom ? [['person-mismatch', 'note', 'identity-document']] : [])
  })

  it('of whose number a seal left what looks like a permit’s on the copy is looked at, and nobody accused', () => {
    const torn: FieldValue = { ...doubtful(operator.idNumber.slice(0, 8), 0.84), evidence: ['region', 'under-seal'] }
    expect(spoilt('change-operator', 'identity-document', { idNumber: torn }).told).toEqual([['person-mismatch', 'look', 'card-form']])
  })

  it('whose name is misread on one paper and plain on the other is not looked at for it', () => {
    expect(spoilt('enrol', 'card-form', { 'operator.holderName': doubtful('陈格芳', 0.97) }).decision).toBe('ready')
    expect(spoilt('renew', 'registration-form', { handlerName: doubtful('苏晓凤', 0.97) }).decision).toBe('ready')
    expect(spoilt('renew', 'registration-form', { handlerName: plainly('苏晓') }).decision).toBe('ready')
    expect(spoilt('renew', 'registration-form', { handlerName: plainly('苏晓凤') }).told).toEqual([
      ['person-mismatch', 'look', 'registration-form'],
    ])
  })

  it('is not told by what is no name: a gloss, another cell, letters of a seal', () => {
    for (const read of ['Cardholder', '女', '联系电话']) {
      const { told } = spoilt('add-operator', 'card-form', { 'operator.holderName': sure(read) })
      expect(told).toEqual([['field-unreadable', 'look', 'card-form']])
    }
    const torn = judged(spoil(cleanSets['add-operator'](), 'identity-document', { name: doubtful('ng', 0.8) }))
    expect(torn.told).toEqual([['person-mismatch', 'look', 'card-form']])
    expect(torn.findings[0]!.message).toContain('与身份证件不一致')
  })

  it('who acts in two roles has one copy, though its name could not be read', () => {
    const forms = cleanSets['add-operator']().filter(({ kind }) => kind !== 'identity-document')
    const set = spoil(forms, 'registration-form', { handlerName: operator.name })
    const copy = spoil([identity(operator)], 'identity-document', { name: doubtful('ng', 0.8) })
    expect(judged([...set, ...copy]).told).toEqual([['person-mismatch', 'look', 'card-form']])
  })

  it('whose rare glyph is faint on the form and legible on the copy is one person', () => {
    const faint: FieldValue = { ...doubtful('苏晓凤', 0.72), evidence: ['faint'] }
    const set = spoil(cleanSets.renew(), 'identity-document', { name: { ...doubtful(handler.name, 0.95), evidence: [] } }, 1)
    expect(judged(spoil(set, 'registration-form', { handlerName: faint })).decision).toBe('ready')
    const other: FieldValue = { ...faint, value: '苏小凤' }
    expect(judged(spoil(set, 'registration-form', { handlerName: other })).decision).toBe('look')
  })

  it('whose name is read as one that nobody has is no accusation', () => {
    const unusual: FieldValue = { ...plainly('三每'), evidence: ['clear', 'unusual'] }
    expect(spoilt('enrol', 'card-form', { 'operator.holderName': unusual }).told).toEqual([['person-mismatch', 'look', 'card-form']])
    expect(spoilt('enrol', 'card-form', { 'operator.holderName': plainly('彭敏') }).decision).toBe('correct')
  })

  it('whose birth date differs from the identity number in one digit may be misread', () => {
    expect(spoilt('enrol', 'card-form', { 'operator.birthDate': doubtful('1985-06-16', 0.99) }).told).toEqual([
      ['person-mismatch', 'look', 'card-form'],
    ])
    expect(spoilt('enrol', 'card-form', { 'operator.birthDate': doubtful('1979-11-30', 0.99) }).decision).toBe('correct')
    expect(spoilt('enrol', 'card-form', { 'operator.sex': doubtful('男', 0.99) }).decision).toBe('correct')
    expect(spoilt('enrol', 'card-form', { 'operator.birthDate': doubtful('1985-06-31', 0.99) }).told).toEqual([
      ['invalid-date', 'look', 'card-form'],
    ])
  })

  it('is the legal person on licence, card form and letter alike', () => {
    expect(spoilt('enrol', 'business-licence', { legalName: stranger.name }).told).toEqual([
      ['person-mismatch', 'correct', 'business-licence'],
    ])
    expect(spoilt('enrol-online', 'authorization-letter', { legalName: stranger.name }).told).toEqual([
      ['person-mismatch', 'correct', 'authorization-letter'],
    ])
    // On the copy, which is told by its number, a glyph of the name was misread.
    const misread = spoil(cleanSets.enrol(), 'identity-document', { name: doubtful('林海斓', 0.9) }, 0)
    expect(judged(spoil(misread, 'business-licence', { legalName: stranger.name })).told).toContainEqual([
      'person-mismatch',
      'correct',
      'business-licence',
    ])
  })

  it('has an identity document that is out of date', () => {
    const result = spoilt('unlock', 'identity-document', { validFrom: '2016-11-19', validTo: '2026-11-19' })
    expect(result.told).toEqual([['id-expired', 'correct', 'identity-document']])
    expect(spoilt('unlock', 'identity-document', { validTo: doubtful('2024-01-07', 0.9) }).told).toEqual([
      ['id-expired', 'look', 'identity-document'],
    ])
    expect(spoilt('unlock', 'identity-document', { validTo: '2026-11-20' })).toMatchObject({ decision: 'ready' })
    expect(spoilt('unlock', 'identity-document', { validTo: '长期' })).toMatchObject({ decision: 'ready' })
  })

  it('gets one operator card in one enterprise', () => {
    const twice = spoil([cardForm(null, operator)], 'card-form', { 'operator.position': '报关员', 'operator.phone': '13900001111' })
    expect(judged([...cleanSets['add-operator'](), ...twice]).told).toEqual([['duplicate-operator', 'correct', 'card-form']])
    const printedTwice = [...cleanSets['add-operator'](), cardForm(null, operator)]
    expect(judged(printedTwice).told).toEqual([
      ['duplicate-document', 'look', 'card-form'],
      ['duplicate-operator', 'look', 'card-form'],
    ])
  })
})

describe('what a change request says is new', () => {
  const asked = (changes: string | FieldValue) => spoilt('change-enterprise', 'change-request', { changes })

  it('stands on the licence', () => {
    expect(
      asked(`1.企业名称由厦门旧名有限公司变更为“${enterprise.name}”；2.法定代表人由${stranger.name}变更为${legal.name}。`).told,
    ).toEqual([])
    expect(asked('经营范围变更为货物进出口').told).toEqual([])
  })

  it('is looked at where the licence shows another name or person, noted where it shows another seat', () => {
    const looked = [['change-differs', 'look', 'change-request']]
    expect(asked(`法定代表人由${legal.name}变更为${stranger.name}`).told).toEqual(looked)
    expect(asked(`企业名称由${enterprise.name}变更为${otherEnterprise.name}。`).told).toEqual(looked)
    expect(asked('住所由虚构路8号变更为泉州市丰泽区海滨街6号').decision).toBe('ready')
  })

  it('is not the day below it that was read with it', () => {
    expect(asked(doubtful(`企业名称由厦门旧名有限公司变更为${enterprise.name}2026年11月11日`, 0.95)).told).toEqual([])
  })

  it('is no other for a glyph that may be misread', () => {
    const misread = enterprise.name.replace('澜', '兰')
    expect(asked(doubtful(`企业名称由厦门旧名有限公司变更为${misread}`, 0.95)).told).toEqual([])
  })
})

describe('a payment page', () => {
  it('whose status was not seen is looked at', () => {
    const result = spoilt('add-operator', 'payment-proof', { orderStatus: null })
    expect(result.told).toEqual([['field-unreadable', 'look', 'payment-proof']])
    // By guess it says no state that there is: it may be 待退款.
    expect(spoilt('add-operator', 'payment-proof', { orderStatus: doubtful('铛供货', 0.3) }).told).toEqual(result.told)
    for (const known of [doubtful('待提货', 0.3), doubtful('已受理', 0.95)])
      expect(spoilt('add-operator', 'payment-proof', { orderStatus: known }).decision).toBe('ready')
  })

  it.each([
    ['add-operator', { items: [{ name: '读卡器', quantity: 1, price: null }] }],
    ['replace-legal', { items: [{ name: '智能IC卡-操作员', quantity: 1, price: null }] }],
    ['reader', { items: [{ name: '智能IC卡-法人卡', quantity: 1, price: null }] }],
    ['add-operator', { items: [{ name: '智能IC卡-操作员', quantity: 3, price: null }] }],
    ['add-operator', { branch: '天津分中心' }],
    ['reader', { branch: '黄埔分中心' }],
    ['replace-operator', { pickupMethod: '厂家邮寄' }],
    ['reader', { orderStatus: '待支付' }],
    ['add-operator', { orderStatus: '待退款' }],
    ['add-operator', { orderStatus: '退货中' }],
    ['replace-legal', { orderStatus: '未付款' }],
    ['reader', { orderStatus: '支付中' }],
    ['replace-operator', { orderStatus: '已超时' }],
  ] as const)('for %s is wrong: %o', (service, fields) => {
    const result = spoilt(service, 'payment-proof', fields as unknown as Record<string, FieldContent>)
    expect(result.told).toEqual([['payment-mismatch', 'correct', 'payment-proof']])
  })

  it('is counted also beside a service that costs nothing', () => {
    const set = [
      ...spoil(without(cleanSets['add-operator'](), 'payment-proof'), 'registration-form', { services: ['add-operator', 'unlock'] }),
      paymentProof('智能IC卡-操作员', 'NF20261117101530123', 3),
    ]
    expect(judged(set).told).toContainEqual(['payment-mismatch', 'correct', 'payment-proof'])
  })

  it('is counted beside another service that needs the same product', () => {
    const set = (quantity: number) =>
      spoil(
        spoil([...cleanSets['add-operator'](), identity(stranger)], 'registration-form', {
          services: ['add-operator', 'replace-operator'],
        }),
        'payment-proof',
        { items: [{ name: '智能IC卡-操作员', quantity, price: null }] },
      )
    expect(judged(set(1)).told).toContainEqual(['payment-mismatch', 'look', 'payment-proof'])
    expect(judged(set(2)).told).not.toContainEqual(['payment-mismatch', 'look', 'payment-proof'])
  })

  it('of which two pictures came is bought once: the list of orders, and its details', () => {
    const details = spoil([paymentProof('智能IC卡-操作员')], 'payment-proof', { receiverName: stranger.name })
    expect(judged([...cleanSets['add-operator'](), ...details])).toMatchObject({ decision: 'ready' })
    const misread = spoil(details, 'payment-proof', { orderNumber: doubtful('NF20261117101530723') })
    expect(judged([...cleanSets['add-operator'](), ...misread]).told).not.toContainEqual(['payment-mismatch', 'correct', 'payment-proof'])
    const next = spoil(details, 'payment-proof', { orderNumber: 'NF20261117101530723' })
    expect(judged([...cleanSets['add-operator'](), ...next]).told).toContainEqual(['payment-mismatch', 'correct', 'payment-proof'])
    const another = spoil(details, 'payment-proof', { orderNumber: 'NF20261117142206871', orderTime: '2026-11-17 14:22:06' })
    expect(judged([...cleanSets['add-operator'](), ...another]).told).toContainEqual(['payment-mismatch', 'correct', 'payment-proof'])
  })

  it('of two cards with the copies of two operators and one form lacks a form', () => {
    const two = spoil(cleanSets['add-operator'](), 'payment-proof', { items: [{ name: '智能IC卡-操作员', quantity: 2, price: null }] })
    expect(judged([...two, identity(stranger)]).told).toContainEqual(['document-missing', 'correct', 'card-form'])
    expect(judged([...two, identity(stranger)]).told).not.toContainEqual(['payment-mismatch', 'correct', 'payment-proof'])
    // Nobody else's copy: too many were bought.
    expect(judged(two).told).toEqual([['payment-mismatch', 'correct', 'payment-proof']])
  })

  it('whose total is not what the goods cost is looked at, unless a price is that of all pieces', () => {
    const items = [{ name: '读卡器', quantity: 2, price: '80.00' }]
    expect(spoilt('reader', 'payment-proof', { items, total: '65.00' }).told).toEqual([['payment-mismatch', 'look', 'payment-proof']])
    // 16000 is 160.00 whose point was not seen.
    for (const total of ['160.00', '80.00', '16000.00']) expect(spoilt('reader', 'payment-proof', { items, total }).decision).toBe('ready')
    expect(spoilt('reader', 'payment-proof', { items, total: doubtful('65.00', 0.5) }).decision).toBe('ready')
    // One figure of the total was misread, as under a seal.
    expect(spoilt('reader', 'payment-proof', { items, total: doubtful('168.00', 0.9) }).decision).toBe('ready')
    expect(spoilt('reader', 'payment-proof', { items, total: '168.00' }).decision).toBe('look')
  })

  it('whose number lacks a figure is looked at: by it an order is used once', () => {
    const short = spoilt('reader', 'payment-proof', { orderNumber: 'NF2026111710153012' })
    expect(short.told).toEqual([['order-doubtful', 'look', 'payment-proof']])
  })

  it('is dated by its time where its number tells no day', () => {
    const at = (orderTime: string) => spoilt('reader', 'payment-proof', { orderNumber: '4200001234', orderTime }).told
    expect(at('2026-10-17 10:15:30')).toEqual([])
    expect(at('2025-11-20 10:15:30')).toEqual([])
    expect(at('2025-11-19 10:15:30')).toEqual([['order-doubtful', 'look', 'payment-proof']])
    expect(at('2026-11-21 10:15:30')).toEqual([['order-doubtful', 'look', 'payment-proof']])
  })

  it('may hold several readers', () => {
    expect(spoilt('reader', 'payment-proof', { items: [{ name: '读卡器', quantity: 3, price: '80.00' }], total: '240.00' })).toMatchObject({
      decision: 'ready',
    })
  })

  it('whose goods were misread is looked at', () => {
    expect(spoilt('reader', 'payment-proof', { items: doubtful([{ name: '渎卡嚣', quantity: 1, price: null }]) }).told).toEqual([
      ['payment-mismatch', 'look', 'payment-proof'],
    ])
    expect(spoilt('reader', 'payment-proof', { items: doubtful([]) }).decision).toBe('look')
  })

  it('is used once', () => {
    const used = { orderNumber: 'NF20261117101530123', applicationNumber: 'XM20261101-0001', sameRequest: false }
    expect(judged(cleanSets.reader(), { usedOrders: [used] }).told).toEqual([['payment-reused', 'correct', 'payment-proof']])
    expect(judged(cleanSets.reader(), { usedOrders: [{ ...used, sameRequest: true }] }).told).toEqual([
      ['payment-reused', 'look', 'payment-proof'],
    ])
  })
})

describe('the service', () => {
  it('that is not ticked must be ticked; that could not be read is inferred and looked at', () => {
    expect(spoilt('add-operator', 'registration-form', { services: [] })).toMatchObject({ service: 'add-operator', decision: 'correct' })
    expect(spoilt('add-operator', 'registration-form', { services: doubtful([]) }).told).toEqual([
      ['service-unclear', 'look', 'registration-form'],
    ])
    expect(spoilt('renew', 'registration-form', { services: doubtful([]) }).told).toContainEqual([
      'service-unclear',
      'look',
      'registration-form',
    ])
  })

  it('read without a promise stands when the papers are its own', () => {
    expect(spoilt('add-operator', 'registration-form', { services: doubtful(['add-operator']) })).toMatchObject({ decision: 'ready' })
    expect(spoilt('renew', 'registration-form', { services: doubtful(['add-operator']) }).told).toContainEqual([
      'service-unclear',
      'look',
      'registration-form',
    ])
  })

  it('beside others on one sheet is noted', () => {
    const set = spoil(
      [...cleanSets['add-operator'](), ...without(cleanSets.renew(), 'registration-form').slice(0, 0)],
      'registration-form',
      {
        services: ['add-operator', 'renew'],
        cardNumber: '8600000012346',
      },
    )
    expect(judged(set).told).toEqual([['several-services', 'note', 'registration-form']])
  })

  it('is looked at behind which a card number stands without a tick', () => {
    const services = { ...doubtful(['unlock']), evidence: ['card-number-at:renew'] }
    const { told, findings } = spoilt('unlock', 'registration-form', { services })
    expect(told).toContainEqual(['several-services', 'look', 'registration-form'])
    expect(findings.find(({ code }) => code === 'several-services')!.message).toContain('一行写有卡号')
    // No tick was seen in any row, and two have numbers: the papers tell one of them.
    const numberedAt = (...numbered: string[]) =>
      spoilt('deregister', 'registration-form', {
        services: { ...doubtful(null), evidence: numbered.map((one) => `card-number-at:${one}`) },
      }).told.map(([code]) => code)
    expect(numberedAt('deregister', 'unlock')).toContain('several-services')
    expect(numberedAt('unlock')).not.toContain('several-services')
  })
})

describe('a sentence', () => {
  it('says in Chinese which paper, what is wrong and what to do', () => {
    const spoiltSets = [
      judged(without(cleanSets.enrol(), 'business-licence')),
      spoilt('enrol', 'registration-form', { uscc: '91350206MA2XM00A3T', handlerPhone: '1' }),
      judged(without([...cleanSets.deregister(), authorizationLetter()], 'cancellation-request')),
    ]
    for (const { findings } of spoiltSets)
      for (const { message } of findings) {
        expect(message).toMatch(/^[^A-Za-z]*。$/u)
        expect(message).toMatch(/请|已/u)
      }
    expect(judged(without(cleanSets.enrol(), 'business-licence')).findings[0]?.message).toBe('缺少《营业执照》，请补交并加盖单位公章。')
    expect(sure('x').certain).toBe(true)
  })
})

describe('a name in two scripts', () => {
  it('is told by the number of the passport where one of the two was read', () => {
    const passport = { idType: '护照', name: 'CHENRONGFANG', idNumber: 'EA1234567', issuer: null }
    const number = { 'operator.idType': '护照', 'operator.idNumber': 'EA1234567' }
    const { told } = judged(spoil(spoil(cleanSets['change-operator'](), 'card-form', number), 'identity-document', passport))
    expect(told.filter(([code]) => code === 'person-mismatch')).toEqual([])
  })
})

describe('two services about one card', () => {
  it('are noted where its number stands behind each of them, else somebody sees which card is meant', () => {
    const decided = (...evidence: string[]) =>
      spoilt('renew', 'registration-form', { services: ['renew', 'unlock'], cardNumber: { ...sure('8600000012346'), evidence } })
    expect(decided('in-every-row')).toMatchObject({ decision: 'ready', told: [['several-services', 'note', 'registration-form']] })
    expect(decided().decision).toBe('look')
  })
})

describe('two copies of a cancellation request', () => {
  const numbers = (one: string) => {
    const lists = [
      ['8600000012346', '8600000055555'],
      [one, '8600000055555'],
    ]
    const set: readonly ReadDocument[] = lists.reduce(
      (documents: readonly ReadDocument[], list, nth) =>
        spoil(documents, 'cancellation-request', { operatorCardNumbers: doubtful(list) }, nth),
      cleanSets.deregister(),
    )
    return judged(set).told.filter(([code]) => code === 'card-number-differs')
  }

  it('that list another card are looked at though neither list was read for sure', () => {
    expect(numbers('5258338731438')).toEqual([['card-number-differs', 'look', 'cancellation-request']])
  })

  it('are not where a figure may be misread', () => expect(numbers('8600000012340')).toEqual([]))
})

describe('a change request beside the licence from before the change', () => {
  it.each([
    ['厦门鹭澜进出口有限公司', '厦门鹭兰进出口有限公司', ['change-differs']],
    ['厦门鹭兰进出口有限公司', '厦门鹭澜进出口有限公司', []],
  ])('from %s to %s', (from, to, codes) => {
    const changes = doubtful(`企业名称由${from}变更为${to}`)
    const { told } = judged(spoil(cleanSets['change-enterprise'](), 'change-request', { changes }))
    expect(told.map(([code]) => code).filter((code) => code === 'change-differs')).toEqual(codes)
  })
})

describe('the moment of an order', () => {
  it.each([
    // The two orders of the guide's appendix; one number is drawn a second before its time.
    ['NF20200827145435038', '2020-08-27 14:54:35'],
    ['NF20200821092601860', '2020-08-21 09:26:02'],
  ])('of %s is %s', (orderNumber, orderTime) => {
    const { told } = judged(spoil(cleanSets.reader(), 'payment-proof', { orderNumber, orderTime }), { today: '2020-09-01' })
    expect(told.filter(([code]) => code === 'order-doubtful')).toEqual([])
  })
})
