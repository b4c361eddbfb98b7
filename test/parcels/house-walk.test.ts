/** Whatever happens in whatever order, every card that came is in the house once, or has left in a way that is written down. */
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { prepareHandover, queueCardJobs } from '../../src/flow.ts'
import type { ParcelTables } from '../../src/parcels/parcel-tables.ts'
import { seedRandom } from '../corpus/random.ts'
import { cleanSets, spoil } from '../fixtures/build-papers.ts'
import { clerk, openBackOffice } from '../fixtures/open-back-office.ts'

const parcels = ['1151238971061', '1151238971062', 'EE473124829CN']
const numbers = ['8600000012345', '8600000012346', '8600000012347', '8600000012348']

it.each([1, 2, 3, 4, 5, 6])('walk %s', { timeout: 60_000 }, async (seed) => {
  const random = seedRandom(`house-${seed}`)
  const office = await openBackOffice()
  const opened: string[] = []
  const some = () => random.pick(opened.length > 0 ? opened : ['XM20261120-0000'])
  const oneCard = async () => random.pick([...(await office.parcels.house()), { id: 'nothing' }]).id
  const packAll = async (number: string) => {
    for (const card of (await office.parcels.packing(number))?.cards ?? [])
      await (card.number === null ? office.parcels.packUnreadable(number, card.id, clerk) : office.parcels.pack(number, card.number, clerk))
  }
  const steps: Record<string, () => Promise<unknown>> = {
    take: () => office.parcels.take({ number: random.pick(parcels), freightCollect: random.chance(0.1), sender: '' }, clerk),
    takeAfterAll: () => office.parcels.takeAfterAll(random.pick(parcels), clerk),
    count: () => office.parcels.countCard(random.pick(parcels), { number: random.pick(numbers) }, clerk),
    countUnreadable: () => office.parcels.countCard(random.pick(parcels), { unreadableFor: '卡面磨损' }, clerk),
    strike: async () => office.parcels.strikeCard(await oneCard(), clerk),
    finish: () => office.parcels.finishCount(random.pick(parcels), clerk),
    arrive: async () => {
      const service = random.pick(['unlock', 'renew', 'add-operator'] as const)
      const papers = spoil(cleanSets[service](), 'registration-form', {
        cardNumber: random.pick(numbers),
        deliveryMethod: random.pick(['post', 'window']),
      })
      opened.push(...(await office.receive(`${random.pick(parcels)} ${opened.length}`, papers)))
    },
    accept: () => office.applications.advance(office.database, some(), { type: 'accepted' }, { actor: clerk }),
    withdraw: () => office.applications.advance(office.database, some(), { type: 'withdrawn', reason: '不办了' }, { actor: clerk }),
    plan: () => office.run(queueCardJobs, { applicationNumber: some() }),
    work: async () => {
      for (const job of await office.cards.listJobs({ state: 'queued' }))
        await office.cards.complete(job.id, { cardNumber: job.cardNumber ?? random.digits(13), holderName: '陈榕芳', actor: clerk })
    },
    prepare: () => office.run(prepareHandover, { applicationNumber: some() }),
    move: async () => office.parcels.moveCard(await oneCard(), { place: random.pick(['clerk', 'station', 'pickup']), detail: '' }, clerk),
    giveBack: async () =>
      random.chance(0.3) && office.parcels.letGo(await oneCard(), { way: random.pick(['returned', 'destroyed']), detail: '来人' }, clerk),
    pack: async () => {
      const number = some()
      for (const card of (await office.parcels.packing(number))?.cards ?? [])
        await (card.number === null
          ? office.parcels.packUnreadable(number, card.id, clerk)
          : office.parcels.pack(number, card.number, clerk))
    },
    // A whole day's work at once: single steps alone seldom come as far as the courier.
    day: async () => {
      for (const number of opened) {
        await steps['finish']!()
        await office.applications.advance(office.database, number, { type: 'accepted' }, { actor: clerk })
        await office.run(queueCardJobs, { applicationNumber: number }).catch(() => undefined)
        await steps['work']!()
        await office.run(prepareHandover, { applicationNumber: number }).catch(() => undefined)
      }
    },
    sendOff: async () => {
      for (const number of opened) {
        await packAll(number)
        await office.parcels.close(number, '没有随附法人卡', clerk)
        if (random.chance(0.7)) await office.dispatch.handToCourier(number, clerk)
      }
    },
    packWrong: () => office.parcels.pack(some(), random.pick(numbers), clerk),
    unpack: async () => office.parcels.unpack(await oneCard(), clerk),
    close: () => office.parcels.close(some(), random.pick(['', '没有随附法人卡']), clerk),
    reopen: () => office.parcels.reopen(some(), clerk),
    courier: () => office.dispatch.handToCourier(some(), clerk),
    undelivered: () => office.dispatch.markUndelivered(some(), '拒收', clerk),
    fetch: () => office.dispatch.markPickedUp(some(), clerk),
  }
  const rows = () => office.database.withTables<ParcelTables>().selectFrom('house_card').selectAll().execute()
  for (let turn = 0; turn < 120; turn += 1) {
    const before = await rows()
    const name = random.pick(Object.keys(steps))
    // A job that may not be done now throws; a clerk's step is refused.
    await steps[name]!().catch(() => undefined)
    const after = await rows()
    const inside = after.filter(({ left_at }) => left_at === null)
    const readable = inside.flatMap(({ number }) => number ?? [])
    expect(new Set(readable).size, `${turn} ${name}: a card twice`).toBe(readable.length)
    const gone = before.filter(({ id }) => after.every((row) => row.id !== id))
    expect(gone.length > 0 && name !== 'strike', `${turn} ${name}: a card lost`).toBe(false)
    for (const row of after) {
      expect(row.left_at === null ? row.left_way : row.left_way !== null, `${turn} ${name}: left without a way`).toBe(
        row.left_at === null ? null : true,
      )
      if (row.left_way === 'courier') expect(row.left_detail, `${turn} ${name}: left with no parcel`).toMatch(/^\d{13}$/u)
      // In a parcel lie only cards of the application on its waybill.
      if (row.left_at === null && row.place === 'packed') {
        const handover = await office.dispatch.find(row.application_number ?? '')
        expect(handover?.waybillNumber, `${turn} ${name}: in another parcel`).toBe(row.detail)
      }
    }
    office.clock.advance(1000)
  }
  // What the courier has holds nothing back, and every move is in the log.
  for (const { applicationNumber } of await office.dispatch.list(['handed-to-courier']))
    expect((await rows()).filter((row) => row.application_number === applicationNumber && row.left_at === null)).toEqual([])
  const logged = await sql<{ n: number }>`select count(distinct subject) as n from event where subject like 'house/%'`.execute(
    office.database,
  )
  expect(Number(logged.rows[0]?.n)).toBeGreaterThanOrEqual((await rows()).length)
  expect(await office.applications.verifyLog(office.database)).toMatchObject({ brokenAt: null })
})
