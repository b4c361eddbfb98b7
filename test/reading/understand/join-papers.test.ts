import { describe, expect, it } from 'vitest'
import { documentFields, type DocumentKind } from '../../../src/guide/papers.ts'
import type { PaperOnPage } from '../../../src/reading/page.ts'
import { joinPapers, type PageOfSubmission } from '../../../src/reading/understand/join-papers.ts'

function paper(kind: DocumentKind, values: Record<string, string>, part?: PaperOnPage['part']): PaperOnPage {
  const fields = Object.fromEntries(
    documentFields[kind].map(({ name }) => [
      name,
      {
        value: values[name] ?? null,
        confidence: 0.95,
        source: 'ocr' as const,
        box: [0.1, 0.1, 0.2, 0.02] as [number, number, number, number],
        certain: false,
        evidence: ['clear'],
      },
    ]),
  )
  return { kind, confidence: 0.99, fields, seals: [], ...(part ? { part } : {}) }
}

const page = (file: string, number: number, ...papers: PaperOnPage[]): PageOfSubmission => ({ file, page: number, rotation: 0, papers })

describe('joining pages to documents', () => {
  it('a sheet that goes on belongs to the form before it', () => {
    const [document, ...rest] = joinPapers([
      page('a.pdf', 1, paper('registration-form', { enterpriseName: '厦门示例进出口有限公司' })),
      page('a.pdf', 2, paper('registration-form', { recipientName: '王小红' }, 'continued')),
    ])
    expect(rest).toEqual([])
    expect(document!.pages.map((one) => one.page)).toEqual([1, 2])
    expect(document!.fields.enterpriseName!.value).toBe('厦门示例进出口有限公司')
    expect(document!.fields.recipientName).toMatchObject({ value: '王小红', page: 1 })
  })

  it('the same form again is another document', () => {
    const form = paper('card-form', { 'operator.holderName': '林小红' })
    expect(joinPapers([page('a.pdf', 1, form), page('a.pdf', 2, form)])).toHaveLength(2)
  })

  /** Those of its fields that have a place on the sheet. */
  const sheetOf = (kind: DocumentKind, places: Record<string, string | null>, more: Partial<PaperOnPage> = {}): PaperOnPage => {
    const values = Object.fromEntries(Object.entries(places).filter((entry): entry is [string, string] => entry[1] !== null))
    const whole = paper(kind, values)
    const fields = Object.entries(whole.fields).map(([name, field]) => [name, name in places ? field : { ...field, box: null }])
    return { ...whole, fields: Object.fromEntries(fields), ...more }
  }
  const upper = { applicationDate: '2026-11-20', enterpriseName: '厦门示例进出口有限公司', handlerName: '林小红', deliveryMethod: 'post' }
  const lower = { recipientAddress: null, recipientName: '王小红', recipientPhone: '13800138000' }

  it('a label at the foot of a sheet has its value at the head of the next, which names nobody', () => {
    const first = sheetOf('card-form', {
      'legal.address': null,
      'legal.phone': null,
      'operator.holderName': '林小红',
      'operator.address': null,
    })
    const [document, ...rest] = joinPapers([
      page('1.jpg', 1, first),
      page(
        '2.jpg',
        1,
        sheetOf('card-form', { 'legal.address': '厦门市思明区会展路86号', 'legal.phone': '13800138000' }, { part: 'continued' }),
      ),
    ])
    expect(rest).toEqual([])
    expect(document!.fields['legal.phone']!.value).toBeNull()
    expect(document!.fields['operator.phone']).toMatchObject({ value: '13800138000', page: 1 })
    expect(document!.fields['operator.address']).toMatchObject({ value: '厦门市思明区会展路86号', page: 1 })
  })

  it.each([
    ['in their order', [upper, lower]],
    ['the second first', [lower, upper]],
    ['with the name at the head of both', [upper, { ...lower, enterpriseName: '厦门示例进出口有限公司' }]],
  ])('a form over two sheets that both have its title is one paper, %s', (_, [one, other]) => {
    const documents = joinPapers([
      page('1.jpg', 1, sheetOf('registration-form', one!)),
      page('2.jpg', 1, sheetOf('business-licence', {})),
      page('3.jpg', 1, sheetOf('registration-form', other!)),
    ])
    expect(documents.map(({ kind, pages }) => [kind, pages.length])).toEqual([
      ['registration-form', 2],
      ['business-licence', 1],
    ])
    const { handlerName, recipientName } = documents[0]!.fields
    expect([handlerName!.value, recipientName!.value]).toEqual(['林小红', '王小红'])
  })

  it.each([
    ['both have the same places', upper, { ...upper, handlerName: null }],
    ['one was hardly read', { ...upper, ...lower }, { recipientName: null, recipientPhone: null }],
    ['each has its own date', { ...upper }, { ...lower, applicationDate: '2026-11-21' }],
    ['they name two enterprises', upper, { ...lower, enterpriseName: '厦门另例进出口有限公司' }],
  ])('two copies of a form are two papers: %s', (_, one, other) => {
    const documents = joinPapers([
      page('1.jpg', 1, sheetOf('registration-form', one)),
      page('2.jpg', 1, sheetOf('registration-form', other)),
    ])
    expect(documents).toHaveLength(2)
  })

  it('a sheet with too few words of any form is of the form before it, and of none where that has these places', () => {
    const { kind, fields } = sheetOf('registration-form', lower)
    const box: [number, number, number, number] = [0.2, 0.2, 0.2, 0.2]
    const seal = { role: 'company', shape: 'round', text: '厦门示例进出口有限公司', color: 'red', confidence: 0.9, box } as const
    const loose: PaperOnPage = { kind: 'unknown', confidence: 0.5, fields: {}, seals: [seal], continues: [{ kind, fields }] }
    const joined = joinPapers([page('1.jpg', 1, sheetOf('registration-form', upper)), page('2.jpg', 1, loose)])
    expect(joined).toHaveLength(1)
    expect(joined[0]).toMatchObject({ pages: [{}, {}], seals: [{ page: 1 }], fields: { recipientName: { value: '王小红', page: 1 } } })
    const whole = sheetOf('registration-form', { ...upper, ...lower })
    expect(joinPapers([page('1.jpg', 1, whole), page('2.jpg', 1, loose)]).map(({ kind }) => kind)).toEqual(['registration-form', 'unknown'])
  })

  it('a blank back side belongs to the sheet before it, a blank sheet by itself is an unknown paper', () => {
    const documents = joinPapers([page('a.pdf', 1, paper('authorization-letter', {})), page('a.pdf', 2), page('b.jpg', 1)])
    expect(documents.map((document) => [document.kind, document.pages.length])).toEqual([
      ['authorization-letter', 2],
      ['unknown', 1],
    ])
  })

  it('front and back of a card on two pages are two sheets', () => {
    const documents = joinPapers([
      page('a.pdf', 1, paper('identity-document', { name: '张伟' }, 'front')),
      page('a.pdf', 2, paper('identity-document', { validTo: '长期' }, 'back')),
    ])
    expect(documents).toHaveLength(2)
  })

  it('two papers on one page are two documents on that page', () => {
    const documents = joinPapers([
      page('a.jpg', 1, paper('identity-document', { name: '张伟' }), paper('identity-document', { name: '林小红' })),
    ])
    expect(documents.map((document) => document.pages)).toEqual([
      [{ file: 'a.jpg', page: 1, rotation: 0 }],
      [{ file: 'a.jpg', page: 1, rotation: 0 }],
    ])
  })

  it('a name that an unclear third reading has otherwise in one character is not certain', () => {
    const set = (evidence: string[]) => {
      const form = paper('registration-form', { recipientName: '马菌', handlerName: '马菡' })
      const handlerName = { ...form.fields['handlerName']!, evidence }
      const card = paper('identity-document', { name: '马菌' })
      return joinPapers([page('1.jpg', 1, { ...form, fields: { ...form.fields, handlerName } }), page('2.jpg', 1, card)])
    }
    const [form, card] = set(['faint'])
    expect([form!.fields.recipientName!.certain, card!.fields.name!.certain]).toEqual([false, false])
    // Read clearly, it is another person's.
    expect(set(['clear'])[1]!.fields.name!.certain).toBe(true)
  })

  it('the same name read on two papers is certain, a name read once is not', () => {
    const [form, licence] = joinPapers([
      page('1.jpg', 1, paper('registration-form', { enterpriseName: '厦门示例进出口有限公司', handlerName: '林小明' })),
      page('2.jpg', 1, paper('business-licence', { enterpriseName: '厦门示例进出口有限公司' })),
    ])
    expect(form!.fields.enterpriseName).toMatchObject({ certain: true, evidence: ['clear', 'agrees:business-licence.enterpriseName'] })
    expect(licence!.fields.enterpriseName!.certain).toBe(true)
    expect(form!.fields.handlerName!.certain).toBe(false)
  })

  it('a name that was not read plainly is told by a plain reading of another script, not by one as doubtful', () => {
    const dim = (of: PaperOnPage): PaperOnPage => ({
      ...of,
      fields: Object.fromEntries(Object.entries(of.fields).map(([name, field]) => [name, { ...field, evidence: [] }])),
    })
    const form = dim(paper('registration-form', { handlerName: '林小红' }))
    const card = paper('identity-document', { name: '林小红' })
    const certainOf = (...papers: PaperOnPage[]) => joinPapers([page('a.jpg', 1, ...papers)])[0]!.fields['handlerName']!.certain
    expect(certainOf(form, card)).toBe(true)
    expect(certainOf(form, dim(card))).toBe(false)
    expect(certainOf(form, paper('cancellation-request', { handlerName: '林小红' }))).toBe(false)
  })

  it('room for a character between two of a name is no doubt where plain print of another script has none there', () => {
    const withEvidence = (of: PaperOnPage, ...evidence: string[]): PaperOnPage => ({
      ...of,
      fields: Object.fromEntries(Object.entries(of.fields).map(([name, field]) => [name, { ...field, evidence }])),
    })
    const form = withEvidence(paper('registration-form', { handlerName: '林小红' }), 'gap')
    const card = paper('identity-document', { name: '林小红' })
    const certainOf = (...papers: PaperOnPage[]) => joinPapers([page('a.jpg', 1, ...papers)])[0]!.fields['handlerName']!.certain
    expect(certainOf(form, card)).toBe(true)
    expect(certainOf(form, withEvidence(card, 'clear', 'gap'))).toBe(false)
    expect(certainOf(form, withEvidence(card))).toBe(false)
    expect(certainOf(form, paper('cancellation-request', { handlerName: '林小红' }))).toBe(false)
  })

  it('a number that was hardly read is certain where it is certain elsewhere, a name is not', () => {
    const form = paper('registration-form', { handlerPhone: '13800138000', handlerName: '林小红', recipientPhone: '13800138000' })
    const fields = { ...form.fields }
    for (const name of ['handlerName', 'recipientPhone']) fields[name] = { ...fields[name]!, evidence: [] }
    const [first] = joinPapers([
      page('1.jpg', 1, { ...form, fields }),
      page('2.jpg', 1, paper('cancellation-request', { handlerPhone: '13800138000', handlerName: '林小红' })),
    ])
    expect(first!.fields.handlerPhone!.certain).toBe(true)
    expect(first!.fields.recipientPhone!.certain).toBe(true)
    expect(first!.fields.handlerName!.certain).toBe(false)
  })

  it('an address that ends amid figures is whole where a paper of another make ends it there too', () => {
    const open = (of: PaperOnPage, field: string): PaperOnPage => ({
      ...of,
      fields: { ...of.fields, [field]: { ...of.fields[field]!, evidence: ['clear', 'open-end'] } },
    })
    const address = '厦门市湖里区海景东二路90号22幢2梯411'
    const form = open(paper('card-form', { 'legal.address': address }), 'legal.address')
    const certainBeside = (other: PaperOnPage) =>
      joinPapers([page('1.jpg', 1, form), page('2.jpg', 1, other)])[0]!.fields['legal.address']!.certain
    expect(certainBeside(open(paper('business-licence', { address }), 'address'))).toBe(true)
    expect(certainBeside(open(paper('authorization-letter', { recipientAddress: address }), 'recipientAddress'))).toBe(false)
  })

  it('a value is claimed as likely as such values were right, whatever the recogniser thought of its letters', () => {
    const form = paper('registration-form', { handlerName: '林小红', recipientName: '王小红', enterpriseName: '厦门示例进出口有限公司' })
    const fields = {
      ...form.fields,
      recipientName: { ...form.fields['recipientName']!, confidence: 0.999, evidence: ['cut-short', 'clear'] },
    }
    const licence = paper('business-licence', { enterpriseName: '厦门示例进出口有限公司' })
    const [first] = joinPapers([page('1.jpg', 1, { ...form, fields }), page('2.jpg', 1, licence)])
    const { enterpriseName, handlerName, recipientName } = first!.fields
    expect(enterpriseName).toMatchObject({ certain: true, confidence: 0.9995, legibility: 0.95 })
    expect(recipientName).toMatchObject({ certain: false, legibility: 0.999 })
    expect(recipientName!.confidence).toBeLessThan(handlerName!.confidence)
    expect(handlerName!.confidence).toBeLessThan(enterpriseName!.confidence)
  })
})
