import { expect, it } from 'vitest'
import { openCase } from '../../../src/application/judge/case.ts'
import { changedValues, strangeCodes } from '../../../src/application/judge/judge-codes.ts'
import type { FieldValue, ReadDocument } from '../../../src/flow.ts'
import { cardForm, doubtful, legal, operator, registrationForm, sure } from '../../fixtures/build-papers.ts'

function findingsOf(document: ReadDocument) {
  const papers = { service: 'renew', told: 'ticked', sheetServices: ['renew'], documents: [document] } as const
  const opened = openCase(papers, { today: '2026-11-20', unreadFiles: 0, usedOrders: [] })
  return [...changedValues(opened), ...strangeCodes(opened)]
}

const withField = (document: ReadDocument, name: string, field: FieldValue): ReadDocument => ({
  ...document,
  fields: { ...document.fields, [name]: field },
})

it('a value changed after printing is for the clerk, with both values and no whole number of a person', () => {
  const changed = { ...doubtful('350206198506150029'), printed: '350203199001010018', evidence: ['differs-from-code'] }
  const [finding, ...more] = findingsOf(withField(cardForm(legal, operator), 'legal.idNumber', changed))
  expect(more).toEqual([])
  expect(finding).toMatchObject({ code: 'value-changed', severity: 'look', document: 'card-form', field: 'legal.idNumber' })
  expect(finding?.message).toBe(
    '《电子口岸卡登记表》的“法人卡证件号码”在纸面上是“350206********0029”，二维码所载为“350203********0018”，打印后可能改过，请对照原件核对。',
  )
})

it('says so when the two differ only where they are masked', () => {
  const changed = { ...doubtful('13806001234'), printed: '13806991234', evidence: ['differs-from-code'] }
  const [finding] = findingsOf(withField(registrationForm('renew'), 'handlerPhone', changed))
  expect(finding?.message).toContain('与二维码所载“138****1234”中间几位不同')
})

it('a value painted over is told as one that is not there', () => {
  const gone = { ...doubtful(null), printed: ['renew'], evidence: ['differs-from-code'] }
  const [finding] = findingsOf(withField(registrationForm('renew'), 'services', gone))
  expect(finding?.message).toContain('在纸面上没有读到内容，二维码所载为“电子口岸卡证书更新”')
})

it('print that cannot be read is for the clerk too, as unreadable', () => {
  const unclear = { ...doubtful('post'), printed: 'post', evidence: ['barcode', 'print-unclear'] }
  expect(findingsOf(withField(registrationForm('renew'), 'deliveryMethod', unclear))).toMatchObject([
    { code: 'field-unreadable', severity: 'look', field: 'deliveryMethod' },
  ])
})

it('a code of another form on the sheet is told', () => {
  expect(findingsOf({ ...registrationForm('renew'), strangeCode: 'card-form' })).toMatchObject([
    { code: 'code-mismatch', severity: 'look' },
  ])
})

it('nothing is found where paper and code agree, or once a clerk has decided', () => {
  expect(findingsOf(registrationForm('renew'))).toEqual([])
  const decided = { ...sure('苏晓岚'), source: 'clerk', printed: '王虚构' } as const
  expect(findingsOf(withField(registrationForm('renew'), 'handlerName', decided))).toEqual([])
})
