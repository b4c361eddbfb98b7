// One stage, told in the order of a parcel's life; the builders at the top are shared by all of it.
import { describe, expect, it } from 'vitest'
import { prepareHandover, queueCardJobs, writeLetter } from '../../src/flow.ts'
import {
  cleanSets,
  enterprise,
  otherEnterprise,
  paper,
  registrationForm,
  spoil,
  stranger,
  identity,
  operator,
  handler,
} from '../fixtures/build-papers.ts'
import { applicantMail, clerk, openBackOffice } from '../fixtures/open-back-office.ts'

type Office = Awaited<ReturnType<typeof openBackOffice>>
const ems = '1151238971060'
const card = '8600000012346'

/** Of another enterprise: its own names, code, and card. */
const otherSet = (number: string) => [
  ...spoil([registrationForm('unlock', number)], 'registration-form', { enterpriseName: otherEnterprise.name, uscc: otherEnterprise.uscc }),
]

const codesOf = async (office: Office, number = '') =>
  (await office.applications.find(office.database, number))!.findings
    .filter(({ code }) => code.startsWith('card-count'))
    .map(({ severity }) => severity)
const take = (office: Office, number: string, more: object = {}) => office.parcels.take({ number, ...more }, clerk)
const count = (office: Office, number: string, parcel = ems) => office.parcels.countCard(parcel, { number }, clerk)
const finish = (office: Office, parcel = ems) => office.parcels.finishCount(parcel, clerk)
const whereIs = async (office: Office, number = card) => (await office.parcels.traceCard(number))?.whereabouts ?? null

/** From an envelope with its card to a job that is done. */
async function worked(office: Office, parcel = ems): Promise<string> {
  await take(office, parcel)
  await count(office, card, parcel)
  await finish(office, parcel)
  const number = await office.accept(cleanSets.unlock())
  await office.run(queueCardJobs, { applicationNumber: number })
  const [job] = await office.cards.jobsOf(office.database, number)
  const station = office.cards.stations[0] ?? ''
  expect(await office.cards.claim(job!.id, { station, actor: clerk })).toMatchObject({ ok: true })
  expect(await whereIs(office)).toBe(`制卡台 ${station}`)
  await office.cards.complete(job!.id, { cardNumber: card, actor: clerk })
  return number
}

describe('a number scanned at the parcel desk', () => {
  it('of EMS is taken once; scanned again it is told, not taken', async () => {
    const office = await openBackOffice()
    expect(await take(office, ' 1151 2389 71060 ')).toMatchObject({
      ok: true,
      value: { outcome: 'received', said: `已收件 ${ems}，请清点邮包中的卡` },
    })
    office.clock.advance(60_000)
    expect(await take(office, ems)).toMatchObject({
      value: { outcome: 'known', said: `邮包 ${ems} 已于 2026-11-20 10:00 由 ${clerk} 收过，没有重复登记` },
    })
    expect(await office.parcels.list({ states: ['received'], limit: 10 })).toMatchObject([{ number: ems, cards: 0 }])
    expect(await office.parcels.countUncounted()).toBe(1)
  })

  it('with a wrong check digit, of no form, or of an unknown carrier is asked for again and recorded nowhere', async () => {
    const office = await openBackOffice()
    expect(await take(office, 'EE473124828CN')).toMatchObject({ ok: false, code: 'waybill-misread' })
    expect(await take(office, '你好')).toMatchObject({ ok: false, code: 'waybill-wrong' })
    expect(await take(office, '4612345678901')).toMatchObject({ ok: false, code: 'carrier-unknown' })
    expect(await take(office, ems, { carrier: 'sf' })).toMatchObject({ ok: false, code: 'carrier-differs' })
    expect(await office.parcels.list({ states: ['received', 'refused', 'counted'], limit: 10 })).toEqual([])
  })

  it('of another carrier, or freight collect, is refused and recorded, with a letter when the sender is known', async () => {
    const office = await openBackOffice()
    const [number = ''] = await office.receive('预审', cleanSets.renew(), { mail: applicantMail })
    expect(await take(office, 'SF1234567890123')).toMatchObject({
      value: { outcome: 'refused', said: expect.stringContaining('由顺丰承运，已登记拒收') },
    })
    expect(await take(office, '4612345678901', { carrier: 'yunda', sender: enterprise.uscc })).toMatchObject({
      value: { outcome: 'refused', parcel: { told_application: number }, said: expect.stringContaining('已向寄件人发函') },
    })
    expect(await take(office, ems, { freightCollect: true, sender: '榕湾' })).toMatchObject({
      value: { said: expect.stringContaining('没有找到“榕湾”') },
    })
    expect(await office.parcels.tellSender(ems, '鹭澜', clerk)).toMatchObject({ ok: true })
    expect(await office.parcels.tellSender(ems, '鹭澜', clerk)).toMatchObject({ ok: false, code: 'sender-told' })
    const application = await office.applications.find(office.database, number)
    expect(application?.findings.filter(({ code }) => code === 'parcel-refused').map(({ message }) => message)).toEqual([
      expect.stringContaining('邮包 4612345678901 由韵达承运'),
      expect.stringContaining(`邮包 ${ems} 是到付件`),
    ])
    for (const order of await office.queued(writeLetter)) await office.run(writeLetter, order)
    const letters = (await office.dispatch.letters(number)).filter(({ kind }) => kind === 'parcel-refused')
    expect(letters.every(({ to }) => to === applicantMail.from)).toBe(true)
    expect(new Set(letters.map(({ body }) => /运单号 (\S+?，.+?)，/u.exec(body)?.[1]))).toEqual(
      new Set([`${ems}，是到付件`, '4612345678901，由韵达承运']),
    )
    // The one that came by mistake into the wrong list is taken after all.
    expect(await office.parcels.takeAfterAll(ems, clerk)).toMatchObject({ ok: true, value: { outcome: 'received' } })
  })

  it('that this office sent itself is told to be one of ours', async () => {
    const office = await openBackOffice()
    const number = await worked(office)
    await office.run(prepareHandover, { applicationNumber: number })
    expect(await take(office, '1151238971000')).toMatchObject({ value: { outcome: 'ours', applicationNumber: number } })
  })
})

describe('the cards in a parcel', () => {
  it('are counted in, each once, with a reason where the number cannot be read', async () => {
    const office = await openBackOffice()
    await take(office, ems)
    expect(await count(office, ' 8600 0000 12346 ')).toMatchObject({ ok: true, value: { number: card } })
    expect(await count(office, card)).toMatchObject({ ok: false, message: `卡 ${card} 已经清点过，没有重复登记` })
    expect(await count(office, ems)).toMatchObject({ ok: false, code: 'parcel-number-scanned' })
    expect(await count(office, 'EE123456785CN')).toMatchObject({
      ok: false,
      message: expect.stringContaining('扫到的是运单号 EE123456785CN'),
    })
    expect(await count(office, '卡')).toMatchObject({ ok: false, code: 'card-number-wrong' })
    expect(await office.parcels.countCard(ems, { unreadableFor: ' ' }, clerk)).toMatchObject({ ok: false, code: 'reason-missing' })
    expect(await office.parcels.countCard(ems, { unreadableFor: '卡面磨损' }, clerk)).toMatchObject({ ok: true })
    await take(office, 'EE473124829CN')
    expect(await count(office, card, 'EE473124829CN')).toMatchObject({
      message: expect.stringContaining(`已在本中心（来件邮包中 ${ems}）`),
    })
    const [readable, unreadable] = await office.parcels.house()
    expect(await office.parcels.seeUnreadable(readable!.id, clerk)).toMatchObject({ ok: false, code: 'scan-needed' })
    expect(await office.parcels.seeUnreadable(unreadable!.id, clerk)).toMatchObject({ ok: true })
    expect([readable, unreadable]).toMatchObject([{ number: card }, { number: null, unreadableFor: '卡面磨损' }])
    expect(await office.parcels.strikeCard(unreadable!.id, clerk)).toMatchObject({ ok: true })
    expect(await office.parcels.house()).toHaveLength(1)
  })

  it('belong to the application whose papers name them, also when those come later', async () => {
    const office = await openBackOffice()
    const [before] = await office.receive('预审', otherSet('8600000077777'), { mail: applicantMail })
    await take(office, ems)
    await count(office, '8600000077777')
    await count(office, card)
    expect(await office.parcels.house()).toMatchObject([{ application: { number: before } }, { application: { number: before } }])
    await finish(office)
    const [later] = await office.receive(`${ems} 解锁`, cleanSets.unlock())
    expect((await office.parcels.house()).map(({ application }) => application?.number)).toEqual([before, later])
    expect(await office.parcels.find(ems)).toMatchObject({ state: 'counted', applications: [before, later], submissions: [`${ems} 解锁`] })
    expect(await codesOf(office, later)).toEqual([])
  })

  it('are judged once all are counted: what is missing is asked for, what is too much is looked at', async () => {
    const office = await openBackOffice()
    await take(office, ems)
    const [number = ''] = await office.receive(ems, cleanSets.unlock())
    expect(await codesOf(office, number)).toEqual([])
    await finish(office)
    expect(await codesOf(office, number)).toEqual(['correct'])
    expect(await office.applications.find(office.database, number)).toMatchObject({ decision: 'correct' })
    await count(office, card)
    expect(await codesOf(office, number)).toEqual([])
    await count(office, '8600000099999')
    expect(await codesOf(office, number)).toEqual(['look'])
    const wrong = (await office.parcels.traceCard('8600000099999'))!
    expect(await office.parcels.letGo(wrong.id, { way: 'posted-back', detail: 'EE473124828CN' }, clerk)).toMatchObject({
      ok: false,
      code: 'waybill-wrong',
    })
    expect(await office.parcels.letGo(wrong.id, { way: 'posted-back', detail: 'EE473124829CN' }, clerk)).toMatchObject({ ok: true })
    expect(await codesOf(office, number)).toEqual([])
    expect(
      (await office.applications.events(office.database, number))
        .map(({ event }) => event.type)
        .filter((type) => type === 'cards-counted' || type === 'cards-recounted'),
    ).toHaveLength(4)
  })

  it('that were missing answer a return when they come', async () => {
    const office = await openBackOffice()
    await take(office, ems)
    await finish(office)
    const [number = ''] = await office.receive(ems, cleanSets.unlock())
    await office.applications.advance(
      office.database,
      number,
      { type: 'returned', findings: ['card-count-mismatch'], remark: null },
      { actor: clerk },
    )
    // A slip that is struck is no answer.
    await count(office, '8600000099999')
    await office.applications.advance(
      office.database,
      number,
      { type: 'returned', findings: ['card-count-mismatch'], remark: null },
      { actor: clerk },
    )
    await office.parcels.strikeCard((await office.parcels.traceCard('8600000099999'))!.id, clerk)
    expect(await office.applications.find(office.database, number)).toMatchObject({ status: 'returned' })
    await take(office, 'EE473124829CN')
    expect(await count(office, card, 'EE473124829CN')).toMatchObject({ ok: true, value: { application_number: number } })
    await finish(office, 'EE473124829CN')
    expect(await office.applications.find(office.database, number)).toMatchObject({ status: 'entered', findings: [] })
  })
})

describe('scans made of a parcel', () => {
  it('join it by the name of their folder or file, by its cover sheet, and when they came before it was scanned', async () => {
    const office = await openBackOffice()
    const [early] = await office.receive(`${ems}.pdf`, cleanSets.unlock())
    await take(office, ems)
    expect(await office.parcels.find(ems)).toMatchObject({ applications: [early] })
    await take(office, 'EE473124829CN')
    const [covered] = await office.receive('扫描0007', otherSet('8600000077777'), {
      covers: [{ file: '01.jpg', page: 1, parcel: 'EE473124829CN' }],
    })
    expect(await office.parcels.find('EE473124829CN')).toMatchObject({ applications: [covered], submissions: ['扫描0007'] })
    // A mail that names a parcel is no scan of it.
    await office.receive(`运单 ${ems}`, otherSet('8600000066666'), { mail: applicantMail })
    expect(await office.parcels.find(ems)).toMatchObject({ applications: [early] })
    await office.receive('1151238971061', [paper('unknown', {})])
    expect(await office.parcels.find('1151238971061')).toBeUndefined()
  })

  it('join the application that its card belongs to, though nothing on them says whose they are', async () => {
    const office = await openBackOffice()
    const [number = ''] = await office.receive('预审', cleanSets.unlock(), { mail: applicantMail })
    await take(office, ems)
    await count(office, card)
    expect(await office.receive(ems, [identity(stranger)])).toEqual([number])
  })

  it('are linked by hand where nothing names it', async () => {
    const office = await openBackOffice()
    await take(office, ems)
    await office.parcels.countCard(ems, { unreadableFor: '卡面磨损' }, clerk)
    await finish(office)
    const [number = ''] = await office.receive('无名', cleanSets.unlock())
    expect(await office.parcels.link(ems, 'XM20261120-9999', clerk)).toMatchObject({ ok: false, code: 'application-unknown' })
    expect(await office.parcels.link(ems, number.toLowerCase(), clerk)).toMatchObject({ ok: true })
    expect(await office.parcels.house()).toMatchObject([{ application: { number } }])
    expect(await codesOf(office, number)).toEqual(['look'])
  })
})

describe('a card in the house', () => {
  it('is accounted for at every step until it leaves with its parcel', async () => {
    const office = await openBackOffice()
    const number = await worked(office)
    expect(await whereIs(office)).toBe(`窗口人员处 ${clerk}`)
    await office.run(prepareHandover, { applicationNumber: number })
    expect(await office.dispatch.handToCourier(number, clerk)).toMatchObject({ ok: false, code: 'parcel-not-closed' })
    expect(await office.parcels.close(number, '', clerk)).toMatchObject({
      ok: false,
      message: `还有 1 张卡没有装入：${card}，请扫描装入后再封装`,
    })
    expect(await office.parcels.pack(number, card, clerk)).toMatchObject({ ok: true })
    expect(await whereIs(office)).toBe('已装入邮包 1151238971000')
    expect(await office.parcels.close(number, '', clerk)).toMatchObject({ ok: true, value: { cards: 1 } })
    expect(await office.parcels.pack(number, card, clerk)).toMatchObject({ ok: false, code: 'parcel-closed' })
    expect(await office.dispatch.handToCourier(number, clerk)).toMatchObject({ ok: true })
    expect(await office.parcels.house()).toEqual([])
    await office.dispatch.markUndelivered(number, '拒收', clerk)
    expect(await whereIs(office)).toBe('待窗口领取 快递退回')
    await office.dispatch.markPickedUp(number, clerk)
    expect(await office.parcels.house()).toEqual([])
    const [one] = await office.parcels.cardsOfApplication(number)
    const { events } = (await office.parcels.findCard(one!.id))!
    expect(events.map(({ event }) => ('place' in event ? event.place : 'way' in event ? event.way : event.type))).toEqual([
      'card-entered',
      'station',
      'card-assigned',
      'clerk',
      'packed',
      'courier',
      'pickup',
      'picked-up',
    ])
    expect(await office.applications.verifyLog(office.database)).toMatchObject({ brokenAt: null })
  })

  it('that is scanned into another parcel is told to be whose it is', async () => {
    const office = await openBackOffice()
    const number = await worked(office)
    await take(office, 'EE473124829CN')
    const [other] = await office.receive('EE473124829CN', otherSet('8600000077777'))
    await count(office, '8600000077777', 'EE473124829CN')
    await office.run(prepareHandover, { applicationNumber: number })
    expect(await office.parcels.pack(number, '8600000077777', clerk)).toMatchObject({
      ok: false,
      message: `卡 8600000077777 是${otherEnterprise.name}的卡，属于申请 ${other}，不属于申请 ${number}（${enterprise.name}），请取出`,
    })
    expect(await office.parcels.pack(number, '8600000055555', clerk)).toMatchObject({ ok: false, code: 'card-unknown' })
    expect(
      await office.parcels.moveCard((await office.parcels.traceCard('8600000077777'))!.id, { place: 'station', detail: '二号机' }, clerk),
    ).toMatchObject({ ok: true })
    expect(await whereIs(office, '8600000077777')).toBe('制卡台 二号机')
  })

  it('is found when the house is counted through; one that should not be here is told', async () => {
    const office = await openBackOffice()
    await worked(office)
    const seenAt = async () => (await office.parcels.traceCard(card))?.seenAt
    const before = await seenAt()
    office.clock.advance(86_400_000)
    expect(await office.parcels.handle(` ${card} `, 'see', clerk)).toMatchObject({ ok: true })
    expect(Date.parse((await seenAt())!) - Date.parse(before!)).toBe(86_400_000)
    expect(await whereIs(office)).toBe(`窗口人员处 ${clerk}`)
    expect(await office.parcels.handle(card, { place: 'station', detail: '' }, clerk)).toMatchObject({ ok: true })
    expect(await whereIs(office)).toBe('制卡台')
    expect(await office.parcels.handle('8600000055555', 'see', clerk)).toMatchObject({ ok: false, code: 'card-unknown' })
    await office.parcels.letGo((await office.parcels.traceCard(card))!.id, { way: 'returned', detail: '陈榕芳' }, clerk)
    expect(await office.parcels.handle(card, 'see', clerk)).toMatchObject({
      ok: false,
      message: `卡 ${card} 记录为已在窗口退还 陈榕芳，不应在本中心，请核对手中的卡`,
    })
  })

  it('waits at the counter where it is fetched, and leaves with who fetches it', async () => {
    const office = await openBackOffice()
    const set = spoil(cleanSets.unlock(), 'registration-form', { deliveryMethod: 'window', recipientAddress: null })
    await take(office, ems)
    await count(office, card)
    const number = await office.accept(set)
    await office.run(queueCardJobs, { applicationNumber: number })
    const [job] = await office.cards.jobsOf(office.database, number)
    await office.cards.complete(job!.id, { cardNumber: card, actor: clerk })
    await office.run(prepareHandover, { applicationNumber: number })
    expect(await whereIs(office)).toBe(`待窗口领取 ${number}`)
    await office.dispatch.markPickedUp(number, clerk)
    expect(await office.parcels.house()).toEqual([])
  })

  it('is destroyed only once it is void', async () => {
    const office = await openBackOffice()
    const number = await worked(office)
    const { id } = (await office.parcels.traceCard(card))!
    expect(await office.parcels.letGo(id, { way: 'destroyed', detail: '' }, clerk)).toMatchObject({ ok: false, code: 'card-not-void' })
    expect(await office.parcels.letGo(id, { way: 'returned', detail: '' }, clerk)).toMatchObject({ ok: false, code: 'taker-missing' })
    expect(await office.parcels.claimCard(id, number, clerk)).toMatchObject({ ok: true })
  })
})

it('a new card is in the house from the moment it is made', async () => {
  const office = await openBackOffice()
  const number = await office.accept([
    ...cleanSets['add-operator']().filter(({ kind }) => kind !== 'identity-document'),
    identity(operator),
    identity(handler),
  ])
  await office.run(queueCardJobs, { applicationNumber: number })
  const [job] = await office.cards.jobsOf(office.database, number)
  await office.cards.complete(job!.id, { cardNumber: '8600000033333', actor: clerk })
  expect(await office.parcels.house()).toMatchObject([
    { number: '8600000033333', holderName: operator.name, enterpriseName: enterprise.name, application: { number } },
  ])
})
