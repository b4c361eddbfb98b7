import { describe, expect, it } from 'vitest'
import { statusTitles, type ApplicationEvent, type Status } from '../../src/application/record.ts'
import { transition } from '../../src/application/transition.ts'

const samples: ApplicationEvent[] = [
  { type: 'judged', decision: 'ready', findings: [] },
  { type: 'submitted' },
  { type: 'review-started' },
  { type: 'field-corrected', document: 0, field: 'uscc', from: null, to: null },
  { type: 'kind-corrected', document: 0, from: 'unknown', to: 'card-form' },
  { type: 'finding-dismissed', finding: 0, code: 'x' },
  { type: 'accepted' },
  { type: 'returned', findings: [], remark: null },
  { type: 'refused', reason: 'x' },
  { type: 'withdrawn', reason: 'x' },
  { type: 'card-jobs-queued', count: 1 },
  { type: 'card-job-completed', cardJobId: 'x' },
  { type: 'card-job-failed', cardJobId: 'x', reason: 'x' },
  { type: 'card-job-reopened', cardJobId: 'x', reason: 'x' },
  { type: 'card-job-given-up', cardJobId: 'x', reason: 'x' },
  { type: 'cards-given-up', reason: 'x' },
  { type: 'cards-finished' },
  { type: 'handover-prepared', method: 'post', waybillNumber: '1', noticeNumber: '1' },
  { type: 'handed-to-courier', waybillNumber: '1' },
  { type: 'picked-up' },
  { type: 'delivered' },
  { type: 'undelivered', reason: 'x' },
  { type: 'resend-ordered', waybillNumber: '1' },
  { type: 'closed' },
  { type: 'letter-written', letterId: 'x', letter: 'x' },
  { type: 'letter-sent', letterId: 'x' },
]

/** What each state leads to, leaving out what stays in it. */
function waysOut(status: Status) {
  return Object.fromEntries(
    samples.flatMap((event) => {
      const next = transition({ status, service: 'renew' }, event)
      return next.ok && next.value !== status ? [[event.type, next.value]] : []
    }),
  )
}

describe('the states', () => {
  it.each([
    ['draft', { submitted: 'entered', 'review-started': 'reviewing', returned: 'returned', refused: 'refused', withdrawn: 'withdrawn' }],
    ['entered', { 'review-started': 'reviewing', accepted: 'accepted', returned: 'returned', refused: 'refused', withdrawn: 'withdrawn' }],
    ['reviewing', { accepted: 'accepted', returned: 'returned', refused: 'refused', withdrawn: 'withdrawn' }],
    ['returned', { refused: 'refused', withdrawn: 'withdrawn' }],
    [
      'awaiting-cards',
      { 'review-started': 'reviewing', accepted: 'accepted', returned: 'returned', refused: 'refused', withdrawn: 'withdrawn' },
    ],
    ['accepted', { withdrawn: 'withdrawn', 'card-jobs-queued': 'making-cards', 'handover-prepared': 'awaiting-courier' }],
    ['making-cards', { 'cards-given-up': 'refused', 'handover-prepared': 'awaiting-courier' }],
    ['awaiting-pickup', { 'picked-up': 'picked-up', 'card-job-reopened': 'making-cards' }],
    ['awaiting-courier', { 'handed-to-courier': 'posted', 'card-job-reopened': 'making-cards' }],
    ['posted', { delivered: 'delivered', undelivered: 'undelivered' }],
    ['delivered', { closed: 'closed' }],
    ['undelivered', { 'handover-prepared': 'awaiting-courier', 'picked-up': 'picked-up', 'card-job-reopened': 'making-cards' }],
    ['picked-up', { closed: 'closed' }],
    ['closed', {}],
    ['refused', {}],
    ['withdrawn', {}],
  ] as const)('%s leads to %o', (status, expected) => expect(waysOut(status)).toEqual(expected))

  it('record letters everywhere and change nothing by it', () => {
    for (const status of Object.keys(statusTitles) as Status[])
      expect(transition({ status, service: 'renew' }, { type: 'letter-sent', letterId: 'x' })).toEqual({ ok: true, value: status })
  })

  it('lead to the counter when the applicant fetches the card', () => {
    const event = { type: 'handover-prepared', method: 'window', waybillNumber: null, noticeNumber: '1' } as const
    expect(transition({ status: 'making-cards', service: 'renew' }, event)).toEqual({ ok: true, value: 'awaiting-pickup' })
  })

  it('close a deregistration once the cards are void: nothing goes back', () => {
    expect(transition({ status: 'making-cards', service: 'deregister' }, { type: 'cards-finished' })).toEqual({ ok: true, value: 'closed' })
    expect(transition({ status: 'making-cards', service: 'unlock' }, { type: 'cards-finished' })).toEqual({
      ok: true,
      value: 'making-cards',
    })
  })

  it('go on directly when no card job is needed', () => {
    expect(transition({ status: 'accepted', service: 'reader' }, { type: 'card-jobs-queued', count: 0 })).toEqual({
      ok: true,
      value: 'accepted',
    })
  })

  it('all lead to an end: no application is stuck', () => {
    const ends: Status[] = ['closed', 'refused', 'withdrawn']
    for (const service of ['renew', 'deregister', 'reader'] as const)
      for (const start of Object.keys(statusTitles) as Status[]) {
        const reached = new Set<Status>([start])
        for (const status of reached)
          for (const event of samples) {
            const next = transition({ status, service }, event)
            if (next.ok) reached.add(next.value)
          }
        expect([start, ends.some((end) => reached.has(end))]).toEqual([start, true])
      }
  })

  it('refuse in a sentence that names the state and the step', () => {
    const refused = transition({ status: 'posted', service: 'renew' }, { type: 'accepted' })
    expect(refused).toEqual({ ok: false, code: 'not-allowed', message: '该申请现为“已邮寄”，不能受理' })
  })
})
