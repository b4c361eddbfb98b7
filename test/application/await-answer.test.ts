import { beforeEach, describe, expect, it } from 'vitest'
import { openReview } from '../../src/review/open-review.ts'
import { cleanSets, paymentProof } from '../fixtures/build-papers.ts'
import { applicantMail } from '../fixtures/open-back-office.ts'
import { openRecord } from '../fixtures/open-record.ts'

let record: Awaited<ReturnType<typeof openRecord>>
beforeEach(async () => {
  record = await openRecord()
})

/** Runs what is due, as the worker would, and says which letters were ordered so far. */
async function runDue(): Promise<string[]> {
  const queue = record.queue
  const handler = record.applications.handlers.find(({ contract }) => contract.name === 'application.await-answer')!
  const waiting = (await queue.list('queued')).filter(
    ({ name, runAt }) => name === handler.contract.name && runAt <= record.clock.now().toISOString(),
  )
  for (const { payload, id } of waiting)
    for (let time = 0; time < 2; time += 1)
      await handler.run(payload, { id, attempt: 1, signal: new AbortController().signal, progress: () => undefined })
  return (await queue.list('queued'))
    .filter(({ name }) => name === 'dispatch.write-letter')
    .map(({ payload }) => (payload as { letter: string }).letter)
    .toSorted()
}

async function sentBack(): Promise<string> {
  const [number = ''] = await record.receive(
    '来件',
    cleanSets.reader().map((paper) => ({ ...paper, seals: [] })),
    { mail: applicantMail },
  )
  const { version } = (await record.applications.find(record.database, number))!
  expect((await openReview(record).sendBack(number, { remark: null }, { actor: '林晓', version })).ok).toBe(true)
  return number
}

describe('an applicant who does not answer', () => {
  it('is reminded after five working days, again after five more, and then stands on the clerk’s list', async () => {
    const number = await sentBack()
    expect(await runDue()).not.toContain('reminder')
    const reminders = []
    // Friday 2026-11-20; five working days later is Friday 11-27, half past eight.
    for (const instant of [
      '2026-11-27T00:29:00Z',
      '2026-11-27T00:30:00Z',
      '2026-12-04T00:30:00Z',
      '2026-12-11T00:30:00Z',
      '2026-12-30T00:30:00Z',
    ]) {
      record.clock.set(instant)
      reminders.push((await runDue()).filter((letter) => letter === 'reminder').length)
    }
    expect(reminders).toEqual([0, 1, 2, 2, 2])
    expect(await record.applications.find(record.database, number)).toMatchObject({ status: 'returned', dueOn: '2026-12-11' })
    expect(await record.applications.list(record.database, { unanswered: true })).toMatchObject([{ number }])
    const events = (await record.applications.events(record.database, number)).map(({ event }) => event.type)
    expect(events.filter((type) => type === 'unanswered')).toHaveLength(1)
  })

  it('is not reminded of what was answered', async () => {
    const number = await sentBack()
    await runDue()
    await record.receive('回信', [paymentProof('读卡器')], { mail: { ...applicantMail, references: [applicantMail.messageId!] } })
    record.clock.set('2026-12-30T00:30:00Z')
    expect(await runDue()).not.toContain('reminder')
    expect(await record.applications.find(record.database, number)).toMatchObject({ status: 'entered' })
  })

  it('of the originals is asked for them again', async () => {
    await record.receive('扫描件', cleanSets.renew(), { mail: applicantMail })
    await runDue()
    record.clock.set('2026-11-27T00:30:00Z')
    expect((await runDue()).filter((letter) => letter === 'originals')).toHaveLength(2)
  })
})

it('what is due today and overdue is counted in every state, accepted ones until the parcel leaves', async () => {
  const review = openReview(record)
  // Friday: looked at by Monday; accepted on Monday after closing time, it counts for Tuesday and is due on Thursday.
  const [first = ''] = await record.receive('一', cleanSets.reader(), { mail: applicantMail })
  const count = (day: string) => record.applications.countDue(record.database, day)
  expect([await count('2026-11-20'), await count('2026-11-23'), await count('2026-11-24')]).toEqual([
    { today: 0, overdue: 0, unanswered: 0 },
    { today: 1, overdue: 0, unanswered: 0 },
    { today: 0, overdue: 1, unanswered: 0 },
  ])
  record.clock.set('2026-11-23T09:30:00Z')
  const { version } = (await record.applications.find(record.database, first))!
  expect(await review.accept(first, { actor: '林晓', version })).toMatchObject({ ok: true, value: { dueOn: '2026-11-26' } })
  expect(await count('2026-11-26')).toEqual({ today: 1, overdue: 0, unanswered: 0 })
  expect(await record.applications.list(record.database, { dueBy: '2026-11-26' })).toMatchObject([{ number: first }])
})
