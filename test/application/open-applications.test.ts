import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { ApplicationTables } from '../../src/application/application-tables.ts'
import type { MailFacts } from '../../src/flow.ts'
import type { ApplicationEvent } from '../../src/application/record.ts'
import { cleanSets, doubtful, enterprise, otherEnterprise, registrationForm, spoil, sure, without } from '../fixtures/build-papers.ts'
import { openRecord } from '../fixtures/open-record.ts'

const letterOf = (subject: string): MailFacts => ({
  from: 'a@example.com',
  fromName: null,
  replyTo: 'b@example.com',
  subject,
  messageId: '<1@example.com>',
  references: [],
  sentAt: null,
  text: '',
})

describe('the record', () => {
  it('opens an application for a submission, numbered by the office day, with its log and its first letter', async () => {
    const record = await openRecord()
    const [number] = await record.receive('s1', cleanSets.renew())
    expect(number).toBe('XM20261120-0001')
    const application = await record.applications.find(record.database, 'XM20261120-0001')
    expect(application).toMatchObject({
      service: 'renew',
      status: 'entered',
      decision: 'ready',
      enterprise,
      submissionId: 's1',
      dueOn: '2026-11-23',
      version: 1,
      replyTo: null,
    })
    expect(application?.documents).toHaveLength(3)
    const events = await record.applications.events(record.database, 'XM20261120-0001')
    expect(events.map(({ event }) => event.type)).toEqual(['opened', 'judged'])
    const jobs = await record.queue.list('queued')
    expect(jobs.map(({ name, key }) => [name, key])).toEqual([['dispatch.write-letter', 'XM20261120-0001:acknowledgement:opened']])
  })

  it('does nothing when a submission is assembled again', async () => {
    const record = await openRecord()
    await record.receive('s1', cleanSets.unlock())
    await record.assemble('s1')
    expect(await record.applications.list(record.database, {})).toHaveLength(1)
    expect(await record.queue.list('queued')).toHaveLength(1)
    expect((await record.applications.verifyLog(record.database)).entries).toBe(2)
  })

  it('answers a mail of which nothing could be read, unless it continues something or a program wrote it', async () => {
    const record = await openRecord()
    const mail = { ...letterOf('领取读卡器'), references: [] }
    const problems = [{ file: '材料.pdf', code: 'encrypted', message: 'PDF 已加密' }]
    const asked = async () =>
      (await record.queue.list('queued')).filter(({ name }) => name === 'dispatch.answer-submission').map(({ key }) => key)
    await record.receive('s1', [], { mail, problems })
    await record.receive('s2', [], { mail: { ...mail, automatic: 'auto-reply' }, problems })
    await record.receive('s3', [], { problems })
    expect(await asked()).toEqual(['s1'])
    const [number = ''] = await record.receive('s4', cleanSets.reader(), { mail })
    const reply = { mail: { ...mail, subject: `回复：${number}` }, problems }
    expect(await record.receive('s5', [], reply)).toEqual([number])
    await record.assemble('s5')
    expect(await asked()).toEqual(['s1'])
  })

  it('thinks a missing paper to be in a file that could not be read, and not on a blank back or in a signature', async () => {
    const record = await openRecord()
    const lacking = without(cleanSets.enrol(), 'business-licence')
    const decisionWith = async (id: string, code: string) => {
      const [number = ''] = await record.receive(id, spoil(lacking, 'registration-form', { uscc: sure(uscc[id]!) }), {
        problems: [{ file: 'x', code, message: '' }],
      })
      return (await record.applications.find(record.database, number))?.findings.find((finding) => finding.code === 'document-missing')
        ?.severity
    }
    const uscc: Record<string, string> = { s1: enterprise.uscc, s2: otherEnterprise.uscc }
    expect(await decisionWith('s1', 'encrypted')).toBe('look')
    expect(await decisionWith('s2', 'signature-image')).toBe('correct')
  })

  it('numbers applications without gaps and starts again on the next office day', async () => {
    const record = await openRecord()
    await record.receive('s1', cleanSets.renew())
    await record.receive('s2', [registrationForm('unlock', '1'), ...cleanSets.renew()])
    // A rolled back transaction gives its number back.
    await expect(
      record.database.transaction().execute(async (transaction) => {
        const { nextApplicationNumber } = await import('../../src/application/number-applications.ts')
        expect(await nextApplicationNumber(transaction, '2026-11-20')).toBe('XM20261120-0004')
        throw new Error('rolled back')
      }),
    ).rejects.toThrow('rolled back')
    await record.receive('s3', cleanSets.reader())
    // 16:30 UTC is past midnight in Xiamen.
    record.clock.set('2026-11-20T16:30:00Z')
    await record.receive('s4', cleanSets.enrol())
    const numbers = (await record.applications.list(record.database, {})).map(({ number }) => number)
    expect(numbers).toEqual(['XM20261120-0001', 'XM20261120-0002', 'XM20261120-0003', 'XM20261120-0004', 'XM20261121-0001'])
  })

  it('remembers whom to answer', async () => {
    const record = await openRecord()
    const [number = ''] = await record.receive('s1', cleanSets.reader(), { mail: letterOf('领取读卡器') })
    const application = await record.applications.find(record.database, number)
    expect(application?.replyTo).toEqual({ address: 'b@example.com', subject: '领取读卡器', messageId: '<1@example.com>' })
    expect(application?.door).toBe('mailbox')
  })

  it('knows an enterprise by its credit code with the name first and last seen', async () => {
    const record = await openRecord()
    await record.receive('s1', cleanSets.renew())
    await record.receive('s2', spoil(cleanSets.renew(), 'registration-form', { enterpriseName: '厦门鹭澜国际贸易有限公司' }))
    const rows = await record.database.withTables<ApplicationTables>().selectFrom('enterprise').selectAll().execute()
    expect(rows).toMatchObject([{ uscc: enterprise.uscc, first_name: enterprise.name, last_name: '厦门鹭澜国际贸易有限公司' }])
  })

  it('finds applications by state, service, decision and text', async () => {
    const record = await openRecord()
    await record.receive('s1', cleanSets.renew())
    await record.receive('s2', cleanSets.reader())
    const list = async (filter: Parameters<typeof record.applications.list>[1]) =>
      (await record.applications.list(record.database, filter)).map(({ service }) => service)
    expect(await list({ text: '鹭澜' })).toEqual(['renew', 'reader'])
    expect(await list({ text: 'ma2xm' })).toEqual(['renew', 'reader'])
    expect(await list({ text: '0002' })).toEqual(['reader'])
    expect(await list({ text: '100%' })).toEqual([])
    expect(await list({ service: 'reader' })).toEqual(['reader'])
    expect(await list({ status: ['entered'], limit: 1 })).toEqual(['renew'])
    expect(await list({ limit: 1, offset: 1 })).toEqual(['reader'])
    expect(await list({ status: [] })).toEqual([])
    expect(await list({ decision: 'correct' })).toEqual([])
    expect((await record.applications.count(record.database)).entered).toBe(2)
  })
})

describe('an event', () => {
  it('leads to the next state, counts the version up and sets the day on which the parcel is due', async () => {
    const record = await openRecord()
    const [number = ''] = await record.receive('s1', cleanSets.enrol())
    const advance = (event: ApplicationEvent) => record.applications.advance(record.database, number, event, { actor: 'lin' })
    expect(await advance({ type: 'review-started' })).toMatchObject({ ok: true, value: { status: 'reviewing', version: 2 } })
    // 17:01 on a Friday counts for Monday; the third working day after it is Thursday.
    record.clock.set('2026-11-20T09:01:00Z')
    expect(await advance({ type: 'accepted' })).toMatchObject({ ok: true, value: { status: 'accepted', dueOn: '2026-11-26', version: 3 } })
    expect(await advance({ type: 'letter-written', letterId: 'l1', letter: 'posted' })).toMatchObject({ ok: true, value: { version: 3 } })
    await advance({ type: 'card-jobs-queued', count: 2 })
    await advance({ type: 'cards-finished' })
    await advance({ type: 'handover-prepared', method: 'post', waybillNumber: '1151238971060', noticeNumber: 'N1' })
    expect(await advance({ type: 'handed-to-courier', waybillNumber: '1151238971060' })).toMatchObject({
      ok: true,
      value: { status: 'posted', dueOn: null },
    })
  })

  it('is refused in a state that does not allow it, on a stale version, and for an unknown number', async () => {
    const record = await openRecord()
    const [number = ''] = await record.receive('s1', cleanSets.renew())
    const advance = (event: ApplicationEvent, version?: number) =>
      record.applications.advance(record.database, number, event, { actor: 'lin', ...(version === undefined ? {} : { version }) })
    expect(await advance({ type: 'delivered' })).toMatchObject({
      ok: false,
      code: 'not-allowed',
      message: expect.stringContaining('已录入待初核'),
    })
    expect(await advance({ type: 'opened', submissionId: 's9' })).toMatchObject({ ok: false, code: 'not-allowed' })
    await advance({ type: 'review-started' }, 1)
    expect(await advance({ type: 'accepted' }, 1)).toMatchObject({ ok: false, code: 'stale' })
    expect(await record.applications.advance(record.database, 'XM1', { type: 'accepted' }, { actor: 'lin' })).toMatchObject({
      ok: false,
      code: 'application-unknown',
    })
    expect((await record.applications.events(record.database, number)).map(({ event }) => event.type)).toEqual([
      'opened',
      'judged',
      'review-started',
    ])
  })

  it('is undone with the transaction that it was recorded in', async () => {
    const record = await openRecord()
    const [number = ''] = await record.receive('s1', cleanSets.renew())
    await expect(
      record.database.transaction().execute(async (transaction) => {
        await record.applications.advance(transaction, number, { type: 'review-started' }, { actor: 'lin' })
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    expect((await record.applications.find(record.database, number))?.status).toBe('entered')
    expect(await record.applications.verifyLog(record.database)).toEqual({ entries: 2, brokenAt: null })
  })

  it('dismisses a finding: it stays dismissed when the papers are judged again, and the decision follows', async () => {
    const record = await openRecord()
    const [number = ''] = await record.receive('s1', spoil(cleanSets.renew(), 'registration-form', { handlerPhone: doubtful('1380600') }))
    const before = await record.applications.find(record.database, number)
    expect(before).toMatchObject({ decision: 'look', findings: [{ code: 'invalid-phone' }] })
    const wrong = await record.applications.advance(
      record.database,
      number,
      { type: 'finding-dismissed', finding: 0, code: 'x' },
      { actor: 'lin' },
    )
    expect(wrong).toMatchObject({ ok: false, code: 'finding-unknown' })
    const right = await record.applications.advance(
      record.database,
      number,
      { type: 'finding-dismissed', finding: 0, code: 'invalid-phone' },
      { actor: 'lin' },
    )
    expect(right).toMatchObject({ ok: true, value: { decision: 'ready' } })
    const again = await record.applications.correctField(
      record.database,
      number,
      { document: 0, field: 'recipientAddress', value: '厦门市虚构路9号' },
      { actor: 'lin' },
    )
    expect(again).toMatchObject({ ok: true, value: { decision: 'ready', findings: [] } })
  })
})

describe('a correction', () => {
  it('puts the clerk’s value in canonical form in place of what was read, and judges again', async () => {
    const record = await openRecord()
    const [number = ''] = await record.receive(
      's1',
      spoil(cleanSets.renew(), 'registration-form', { uscc: doubtful('91350206MA2XM00A27') }),
    )
    expect(await record.applications.find(record.database, number)).toMatchObject({ decision: 'look', version: 1 })
    const corrected = await record.applications.correctField(
      record.database,
      number,
      { document: 0, field: 'uscc', value: ' 91350206ma2xm00a2t ' },
      { actor: 'lin', version: 1 },
    )
    expect(corrected).toMatchObject({ ok: true, value: { decision: 'ready', version: 2, findings: [], enterprise } })
    if (corrected.ok)
      expect(corrected.value.documents[0]?.fields['uscc']).toMatchObject({ value: enterprise.uscc, source: 'clerk', certain: true })
    const events = await record.applications.events(record.database, number)
    expect(events.slice(2).map(({ event, actor }) => [event.type, actor])).toEqual([
      ['field-corrected', 'lin'],
      ['judged', 'zhika'],
    ])
    expect(events[2]?.event).toMatchObject({ from: '91350206MA2XM00A27', to: enterprise.uscc })
  })

  it('is refused for an unknown paper or field, a value of the wrong form, a stale version, and once decided', async () => {
    const record = await openRecord()
    const [number = ''] = await record.receive('s1', cleanSets.renew())
    const correct = (change: { document: number; field: string; value: string | string[] }, version?: number) =>
      record.applications.correctField(record.database, number, change, { actor: 'lin', ...(version === undefined ? {} : { version }) })
    expect(await correct({ document: 9, field: 'uscc', value: 'x' })).toMatchObject({ ok: false, code: 'document-unknown' })
    expect(await correct({ document: 0, field: 'legalName', value: 'x' })).toMatchObject({ ok: false, code: 'field-unknown' })
    expect(await correct({ document: 0, field: 'services', value: ['nonsense'] })).toMatchObject({ ok: false, code: 'value-wrong' })
    expect(await correct({ document: 0, field: 'uscc', value: 'x'.repeat(3000) })).toMatchObject({ ok: false, code: 'value-wrong' })
    expect(await correct({ document: 0, field: 'uscc', value: 'x' }, 7)).toMatchObject({ ok: false, code: 'stale' })
    await record.applications.advance(record.database, number, { type: 'accepted' }, { actor: 'lin' })
    expect(await correct({ document: 0, field: 'uscc', value: 'x' })).toMatchObject({ ok: false, code: 'not-allowed' })
  })

  it('of the kind of a paper keeps the fields that both kinds carry', async () => {
    const record = await openRecord()
    const set = cleanSets
      .reader()
      .map((document) => (document.kind === 'payment-proof' ? { ...document, kind: 'unknown' as const } : document))
    const [number = ''] = await record.receive('s1', set)
    expect((await record.applications.find(record.database, number))?.decision).toBe('look')
    const corrected = await record.applications.correctKind(
      record.database,
      number,
      { document: 1, kind: 'payment-proof' },
      { actor: 'lin' },
    )
    expect(corrected).toMatchObject({ ok: true })
    if (corrected.ok) expect(corrected.value.documents[1]).toMatchObject({ kind: 'payment-proof', confidence: 1 })
    if (corrected.ok) expect(corrected.value.findings.some(({ code }) => code === 'document-missing')).toBe(false)
  })

  it('of the ticked services changes the service of the application', async () => {
    const record = await openRecord()
    const [number = ''] = await record.receive('s1', spoil(cleanSets.renew(), 'registration-form', { services: doubtful([]) }))
    expect((await record.applications.find(record.database, number))?.findings.map(({ code }) => code)).toContain('service-unclear')
    const corrected = await record.applications.correctField(
      record.database,
      number,
      { document: 0, field: 'services', value: ['unlock'] },
      { actor: 'lin' },
    )
    expect(corrected).toMatchObject({ ok: true, value: { service: 'unlock', decision: 'ready' } })
  })
})

describe('the log', () => {
  it('refuses changes, and shows the first entry that was changed, removed or cut off all the same', async () => {
    const record = await openRecord()
    await record.receive('s1', cleanSets.renew())
    await record.receive('s2', cleanSets.unlock())
    const { database } = record
    const verify = () => record.applications.verifyLog(database)
    expect(await verify()).toEqual({ entries: 4, brokenAt: null })
    await expect(sql`update event set actor = 'x' where sequence = 2`.execute(database)).rejects.toThrow('append-only')
    await expect(sql`delete from event where sequence = 2`.execute(database)).rejects.toThrow('append-only')
    await sql`drop trigger event_no_update`.execute(database)
    await sql`drop trigger event_no_delete`.execute(database)
    await sql`update event set actor = 'x' where sequence = 2`.execute(database)
    expect(await verify()).toEqual({ entries: 1, brokenAt: 2 })
    await sql`update event set actor = 'zhika' where sequence = 2`.execute(database)
    expect(await verify()).toEqual({ entries: 4, brokenAt: null })
    await sql`delete from event where sequence = 4`.execute(database)
    expect(await verify()).toEqual({ entries: 3, brokenAt: 4 })
    await sql`delete from event where sequence = 1`.execute(database)
    expect(await verify()).toEqual({ entries: 0, brokenAt: 1 })
  })
})
