import { describe, expect, it } from 'vitest'
import { statusTitles, type ApplicationEvent, type Status } from '../../src/application/record.ts'
import { transition } from '../../src/application/transition.ts'
import { serviceCodes, type ServiceCode } from '../../src/guide/papers.ts'
import { cleanSets } from '../fixtures/build-papers.ts'
import { openRecord } from '../fixtures/open-record.ts'
import { seedRandom } from '../corpus/random.ts'

const events: ApplicationEvent[] = [
  { type: 'judged', decision: 'ready', findings: [] },
  { type: 'papers-joined', submissionId: 'x', added: [], replaced: [], resolved: [] },
  { type: 'pre-check-passed' },
  { type: 'unanswered' },
  { type: 'submitted' },
  { type: 'review-started' },
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
  { type: 'handover-prepared', method: 'window', waybillNumber: null, noticeNumber: '1' },
  { type: 'handed-to-courier', waybillNumber: '1' },
  { type: 'picked-up' },
  { type: 'delivered' },
  { type: 'undelivered', reason: 'x' },
  { type: 'closed' },
  { type: 'parcel-closed', waybillNumber: '1', cards: 1, remark: null },
  { type: 'cards-counted', parcelNumber: '1', cards: 1 },
  { type: 'cards-recounted', parcelNumber: '1', cards: 0 },
  { type: 'parcel-refused', parcelNumber: '1', because: 'x' },
  { type: 'letter-written', letterId: 'x', letter: 'x' },
  { type: 'letter-sent', letterId: 'x' },
]
const ends: readonly Status[] = ['closed', 'refused', 'withdrawn']
const next = (status: Status, service: ServiceCode, event: ApplicationEvent) => {
  const step = transition({ status, service }, event)
  return step.ok ? step.value : null
}

/** States that can be come to from a state, itself included. */
function reachable(from: Status, service: ServiceCode): Set<Status> {
  const found = new Set([from])
  for (const status of found)
    for (const event of events) {
      const to = next(status, service, event)
      if (to !== null) found.add(to)
    }
  return found
}

describe('every state that an application can come to', () => {
  it.each(serviceCodes)('leads to an end for %s', (service) => {
    for (const status of reachable('draft', service))
      expect([status, [...reachable(status, service)].some((to) => ends.includes(to))]).toEqual([status, true])
  })

  it('is one that applicants know by name', () => {
    const all = new Set(serviceCodes.flatMap((service) => [...reachable('draft', service)]))
    expect([...all].every((status) => status in statusTitles)).toBe(true)
    expect(Object.keys(statusTitles).filter((status) => !all.has(status as Status))).toEqual([])
  })
})

describe('a random walk of events over the record', () => {
  it.each([1, 2, 3, 4, 5, 6])('keeps state, log and version together: walk %s', async (seed) => {
    const random = seedRandom(seed)
    const record = await openRecord()
    const service = random.pick(serviceCodes)
    const [number = ''] = await record.receive('来件', cleanSets[service]())
    for (let step = 0; step < 40; step += 1) {
      const before = (await record.applications.find(record.database, number))!
      const event = random.pick(events)
      const expected = next(before.status, service, event)
      const stale = random.chance(0.2)
      const by = { actor: '林晓', ...(stale ? { version: before.version - 1 } : {}) }
      const result = await record.applications.advance(record.database, number, event, by)
      const after = (await record.applications.find(record.database, number))!
      const isOwn = ['judged', 'papers-joined', 'cards-counted', 'cards-recounted', 'parcel-refused'].includes(event.type)
      if (stale || isOwn || expected === null)
        expect([result.ok, after.status, after.version]).toEqual([false, before.status, before.version])
      else expect([result.ok, after.status]).toEqual([true, expected])
    }
    expect((await record.applications.verifyLog(record.database)).brokenAt).toBeNull()
  })
})
