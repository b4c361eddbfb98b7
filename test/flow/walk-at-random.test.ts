/**
 * Random ways through the whole house. Seeds are named in failures; `ZHIKA_WALK_SEED=… npx vitest run test/flow/walk-at-random`
 * walks another way, `ZHIKA_WALK_SECONDS=600` walks for longer.
 */
import { expect, it } from 'vitest'
import type { CardTables } from '../../src/cards/card-tables.ts'
import type { DispatchTables } from '../../src/dispatch/dispatch-tables.ts'
import { services } from '../../src/guide/services.ts'
import type { ParcelTables } from '../../src/parcels/parcel-tables.ts'
import { seedRandom } from '../corpus/random.ts'
import { describeOdd, ends, openWalk, type Walk } from '../fixtures/walk-office.ts'

const seed = process.env['ZHIKA_WALK_SEED'] ?? 'house'
const seconds = Number(process.env['ZHIKA_WALK_SECONDS'] ?? 8)
const stepsOfWalk = 140

/** Arrivals, decisions and work come more often than mishaps. */
const often = ['arrive', 'acceptSound', 'completeMany', 'pack', 'courier', 'phone', 'minutes', 'reply']

async function walkOnce(walk: Walk, name: string): Promise<void> {
  const random = seedRandom(`${name}/steps`)
  const all = [...Object.keys(walk.steps), ...often, ...often]
  for (let turn = 0; turn < stepsOfWalk; turn += 1) {
    const step = random.pick(all)
    // What may not be done now is refused; a fixture without anything to pick from throws.
    await walk.steps[step]!().catch((error: unknown) => {
      if (!/nothing to pick|nothing is packed|申请|包|邮件/u.test(error instanceof Error ? error.message : '')) throw error
    })
    for (let jobs = random.whole(0, 6); jobs > 0 && (await walk.work(true)); jobs -= 1);
    expect(await describeOdd(walk), `${name}, turn ${turn}, ${step}`).toEqual([])
  }
}

async function checkWhole({ office, taken, numbers }: Walk, name: string): Promise<void> {
  const { database } = office
  expect((await office.applications.verifyLog(database)).brokenAt, `${name}: the log`).toBeNull()
  expect(taken.length - new Set(taken).size, `${name}: letters taken twice`).toBe(0)
  const letters = await database
    .withTables<DispatchTables>()
    .selectFrom('letter')
    .select(['application_number', 'kind', 'occasion'])
    .execute()
  const occasions = letters.map((letter) => Object.values(letter).join(' '))
  expect(
    occasions.filter((one, index) => occasions.indexOf(one) < index),
    `${name}: letters of one occasion`,
  ).toEqual([])
  const handovers = await database.withTables<DispatchTables>().selectFrom('handover').selectAll().execute()
  const waybills = handovers.flatMap(({ waybill_number }) => waybill_number ?? [])
  expect(new Set(waybills).size, `${name}: waybill numbers`).toBe(waybills.length)
  // No card lost: what was made is in the ledger, with its state; what was to be void is.
  const cards = new Map(
    (await database.withTables<CardTables>().selectFrom('card').select(['number', 'status']).execute()).map((card) => [
      card.number,
      card.status,
    ]),
  )
  for (const job of await database.withTables<CardTables>().selectFrom('card_job').selectAll().where('state', '=', 'done').execute())
    if (job.card_number !== null && job.kind !== 'hand-out-reader')
      expect(cards.has(job.card_number), `${name}: ${job.kind} ${job.card_number}`).toBe(true)
  for (const number of await numbers()) {
    const application = (await office.applications.find(database, number))!
    const events = (await office.applications.events(database, number)).map(({ event }) => event.type)
    expect(events[0], `${name}: ${number}`).toBe('opened')
    if (application.service !== 'deregister' || !events.includes('accepted')) continue
    const confirmed = new Set<string>()
    for (const { event } of await office.applications.events(database, number)) {
      if (event.type === 'agreement-confirmed') confirmed.add(event.system)
      if (event.type === 'agreement-reopened') confirmed.delete(event.system)
      if (event.type === 'accepted') expect(confirmed.size, `${name}: ${number} accepted before it was confirmed`).toBe(3)
    }
    const voided = (await office.cards.jobsOf(database, number)).filter(({ state }) => state === 'done')
    const legal = voided.findIndex(({ cardKind }) => cardKind === 'legal')
    const others = (await office.cards.jobsOf(database, number)).filter(({ cardKind }) => cardKind !== 'legal')
    if (legal >= 0)
      expect(
        others.every(({ state }) => state === 'done'),
        `${name}: ${number} voided the legal person’s card first`,
      ).toBe(true)
  }
  // What was handed over has left the house; void cards lie in it until they are destroyed.
  const inside = await database.withTables<ParcelTables>().selectFrom('house_card').selectAll().where('left_at', 'is', null).execute()
  for (const { application_number, number } of inside) {
    const application = application_number === null ? undefined : await office.applications.find(database, application_number)
    const handed =
      application !== undefined &&
      application.status === 'closed' &&
      services[application.service].handsOver &&
      cards.get(number ?? '') !== 'void'
    expect(handed, `${name}: card ${number} of ${application_number} is still here`).toBe(false)
  }
}

it(
  `no application is stuck, no card lost, no letter sent twice, the log whole (seed ${seed})`,
  { timeout: (seconds + 60) * 1000 },
  async () => {
    const until = performance.now() + seconds * 1000
    for (let count = 0; count < 2 || performance.now() < until; count += 1) {
      const name = `${seed}-${count}`
      const walk = await openWalk(seedRandom(name))
      await walkOnce(walk, name)
      let finished = false
      for (let round = 0; round < 25 && !finished; round += 1) finished = await walk.finish()
      const left = (await walk.office.applications.list(walk.office.database, {})).filter(({ status }) => !ends.includes(status))
      expect(
        left.map(({ number, service, status }) => `${number} ${service} ${status}`),
        `${name}: stuck`,
      ).toEqual([])
      await checkWhole(walk, name)
      await walk.office.database.destroy()
    }
  },
)
