import { beforeEach, describe, expect, it } from 'vitest'
import { applicationMigrations } from '../../src/application/application-tables.ts'
import { openApplications } from '../../src/application/open-applications.ts'
import type { Application } from '../../src/application/record.ts'
import type { Reading } from '../../src/flow.ts'
import { openReview, type Review } from '../../src/review/open-review.ts'
import { addOperatorSet, type Choice } from '../desk/papers.ts'
import { drawPaper } from '../desk/draw-page.ts'
import { openMemory } from '../fixtures/open-memory.ts'

let parts: Awaited<ReturnType<typeof openMemory>>
let applications: ReturnType<typeof openApplications>
let review: Review
let counted: boolean
let readings: Map<string, Reading>

beforeEach(async () => {
  parts = await openMemory(applicationMigrations)
  readings = new Map()
  applications = openApplications({
    ...parts,
    submissionOf: async (id) => ({ id, door: 'folder', name: id, receivedAt: '2026-11-20T01:00:00Z', mail: null }),
    readingOf: async (id) => readings.get(id),
  })
  counted = true
  review = openReview({
    ...parts,
    applications,
    lookUpParcels: async () => ({ enclosed: counted ? [] : null, refusedParcels: [] }),
  })
})

async function arrived(choice: Choice = {}): Promise<Application> {
  const id = `submission-${readings.size}`
  const documents = []
  for (const paper of addOperatorSet(choice)) documents.push(await drawPaper(parts.files, paper))
  readings.set(id, { documents, problems: [] })
  await applications.handlers[0]!.run(
    { submissionId: id },
    { id, attempt: 1, signal: new AbortController().signal, progress: () => undefined },
  )
  const [summary] = await applications.list(parts.database, { submissionId: id })
  return (await applications.find(parts.database, summary!.number))!
}

const by = ({ version }: { version: number }, actor = '林晓') => ({ actor, version })
const again = async ({ number }: Application) => (await applications.find(parts.database, number))!
const queued = async (name: string) => (await parts.queue.list('queued')).filter((job) => job.name === name)

describe('accepting', () => {
  it('a sound application is accepted and its card jobs are queued in the same transaction', async () => {
    const application = await arrived()
    expect(application.findings.filter(({ severity }) => severity === 'correct')).toEqual([])
    expect(await review.accept(application.number, by(application))).toMatchObject({ ok: true, value: { status: 'accepted' } })
    expect(await queued('cards.queue')).toMatchObject([{ payload: { applicationNumber: application.number } }])
  })

  it('of two clerks at once the second is told that somebody else was faster', async () => {
    const application = await arrived()
    const [first, second] = await Promise.all([
      review.accept(application.number, by(application, '林晓')),
      review.sendBack(application.number, { remark: '请补交材料' }, by(application, '王芳')),
    ])
    expect(first.ok).toBe(true)
    expect(second).toMatchObject({ ok: false, code: 'stale', message: '该申请已被他人处理，请刷新' })
    expect((await again(application)).status).toBe('accepted')
    expect(await queued('dispatch.write-letter')).toHaveLength((await lettersBefore(application)) + 1)
  })

  it('open findings hold acceptance back until a clerk says why', async () => {
    const application = await arrived({ without: ['扫描_04.jpg'] })
    const open = application.findings.filter(({ severity }) => severity === 'correct').map(({ code }) => code)
    expect(open.length).toBeGreaterThan(0)
    expect(await review.accept(application.number, by(application))).toMatchObject({ ok: false, code: 'findings-open' })
    expect(await review.accept(application.number, by(application), { remark: '  ' })).toMatchObject({ ok: false, code: 'remark-missing' })
    expect(await queued('cards.queue')).toEqual([])
    expect(await review.accept(application.number, by(application), { remark: '经办人原件已在窗口核验' })).toMatchObject({ ok: true })
    const events = await applications.events(parts.database, application.number)
    expect(events.map(({ event }) => event)).toContainEqual({
      type: 'accepted',
      override: { remark: '经办人原件已在窗口核验', findings: open },
    })
    expect(await applications.verifyLog(parts.database)).toMatchObject({ brokenAt: null })
  })

  it('cards that must be enclosed are counted in before, or a clerk says why not', async () => {
    counted = false
    const application = await arrived()
    expect(await review.accept(application.number, by(application))).toMatchObject({
      ok: false,
      code: 'cards-uncounted',
      message: '增办操作员卡须随附电子口岸法人卡，还没有清点：请先在收件台清点；卡已收到而不经收件台的，请写明理由',
    })
    expect(await review.accept(application.number, by(application), { remark: '法人卡当面交来' })).toMatchObject({ ok: true })
    const events = await applications.events(parts.database, application.number)
    expect(events.map(({ event }) => event)).toContainEqual({
      type: 'accepted',
      override: { remark: '法人卡当面交来', findings: ['cards-uncounted'] },
    })
  })

  it('an unknown number is refused with a sentence', async () => {
    expect(await review.accept('XM20261120-9999', { actor: '林晓', version: 1 })).toMatchObject({ ok: false, code: 'application-unknown' })
  })

  it('what is decided cannot be decided again', async () => {
    const application = await arrived()
    await review.accept(application.number, by(application))
    const accepted = await again(application)
    expect((await review.accept(application.number, by(accepted))).ok).toBe(false)
    expect(await queued('cards.queue')).toHaveLength(1)
  })
})

describe('sending back', () => {
  it('names the findings, keeps the remark and queues one correction letter', async () => {
    const application = await arrived({ without: ['扫描_04.jpg'] })
    const before = await lettersBefore(application)
    expect(await review.sendBack(application.number, { remark: '请用 A4 纸' }, by(application))).toMatchObject({
      ok: true,
      value: { status: 'returned' },
    })
    const letters = await queued('dispatch.write-letter')
    expect(letters).toHaveLength(before + 1)
    expect(letters[0]).toMatchObject({ payload: { applicationNumber: application.number, letter: 'correction' } })
    const { event } = (await applications.events(parts.database, application.number)).at(-1)!
    expect(event).toMatchObject({ type: 'returned', remark: '请用 A4 纸' })
  })

  it('needs a remark when nothing was found wrong', async () => {
    const application = await arrived()
    expect(await review.sendBack(application.number, { remark: null }, by(application))).toMatchObject({
      ok: false,
      code: 'remark-missing',
    })
    expect((await review.sendBack(application.number, { remark: '请补盖公章' }, by(application))).ok).toBe(true)
  })
})

describe('correcting', () => {
  it('a value mended by a clerk is judged again and counts as theirs', async () => {
    const application = await arrived({ doubtful: ['handlerPhone'] })
    const result = await review.correctField(
      application.number,
      { document: 0, field: 'handlerPhone', value: '13850012346' },
      by(application),
    )
    expect(result).toMatchObject({ ok: true })
    const corrected = await again(application)
    expect(corrected.documents[0]!.fields['handlerPhone']).toMatchObject({ value: '13850012346', source: 'clerk' })
    expect(corrected.version).toBeGreaterThan(application.version)
    expect(
      await review.correctField(application.number, { document: 0, field: 'handlerPhone', value: '1' }, by(application)),
    ).toMatchObject({ code: 'stale' })
  })

  it('a paper taken for something else is put right', async () => {
    const application = await arrived()
    expect(await review.correctKind(application.number, { document: 4, kind: 'unknown' }, by(application))).toMatchObject({ ok: true })
    expect((await again(application)).documents[4]!.kind).toBe('unknown')
  })
})

describe('other ends', () => {
  it('refusing and withdrawing need a reason', async () => {
    const application = await arrived()
    expect(await review.refuse(application.number, { reason: ' ' }, by(application))).toMatchObject({ ok: false, code: 'remark-missing' })
    expect(await review.refuse(application.number, { reason: '不属于本关区' }, by(application))).toMatchObject({
      ok: true,
      value: { status: 'refused' },
    })
    const other = await arrived({ enterpriseName: '厦门乙示例有限公司', uscc: '92350203MA8T000P2L' })
    expect(await review.withdraw(other.number, { reason: '经办人来电撤回' }, by(other))).toMatchObject({
      ok: true,
      value: { status: 'withdrawn' },
    })
  })

  it('starting the check shows colleagues that somebody is at it', async () => {
    const application = await arrived()
    expect(await review.startReview(application.number, by(application))).toMatchObject({ ok: true, value: { status: 'reviewing' } })
  })
})

/** Acknowledgements queued when the applications were opened. */
async function lettersBefore({ number }: Application): Promise<number> {
  return (await queued('dispatch.write-letter')).filter(({ payload }) => {
    const { applicationNumber, letter } = payload as { applicationNumber: string; letter: string }
    return applicationNumber === number && letter === 'acknowledgement'
  }).length
}
