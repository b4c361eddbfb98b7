/** Ten submissions go the whole way while the service is killed twenty times at random instants. */
import { createHash } from 'node:crypto'
import { cpSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { openDatabase } from '../../src/platform/database/open-database.ts'
import { composeSubmission } from '../corpus/compose-submission.ts'
import { writeSubmission } from '../corpus/write-submission.ts'
import { temporaryFolder } from '../fixtures/open-memory.ts'
import { foldersIn, runService, type Service } from '../fixtures/run-service.ts'
import { sitAtDesk, type Clerk } from '../fixtures/sit-at-desk.ts'

const submissions = 10
const kills = 20
const password = 'correct horse battery'

/** Accepts what waits, completes card jobs, gives parcels to the courier: one round of a clerk's day. */
async function workOneRound(clerk: Clerk): Promise<void> {
  for (const number of found(await clerk.page('/'), /\/applications\/(XM\d+-\d+)/gu)) {
    const version = /name="version" value="(\d+)"/u.exec(await clerk.page(`/applications/${number}`))?.[1]
    if (version !== undefined) await clerk.post(`/applications/${number}/accept`, { version, text: '演练' })
  }
  for (const job of found(await clerk.page('/cards'), /action="\/cards\/([^/"]+)\/complete"/gu))
    await clerk.post(`/cards/${job}/complete`, {
      cardNumber: createHash('sha256').update(job).digest('hex').slice(0, 13).toUpperCase(),
      holderName: '王小明',
    })
  for (const number of found(await clerk.page('/dispatch'), /href="\/dispatch\/([^/"]+)\/pack"/gu)) {
    const path = `/dispatch/${number}/pack`
    for (const card of found(await clerk.page(path), /href="\/house\/[^"]+"><span class="number">([0-9A-Z-]+)</gu))
      await clerk.post(path, { card })
    await clerk.post(`/dispatch/${number}/close`, {})
  }
  for (const number of found(await clerk.page('/dispatch'), /action="\/dispatch\/([^/"]+)\/courier"/gu))
    await clerk.post(`/dispatch/${number}/courier`, {})
}

const found = (page: string, pattern: RegExp) => new Set([...page.matchAll(pattern)].map(([, captured]) => captured ?? ''))

it('loses nothing and repeats nothing', { timeout: 600_000 }, async () => {
  const folders = foldersIn(temporaryFolder())
  const drawn = temporaryFolder()
  // Services whose cards are always posted, so that every application ends in a waybill number.
  for (let seed = 4_100; seed < 4_100 + submissions; seed++) {
    const submission = composeSubmission(seed, { service: seed % 2 === 0 ? 'reader' : 'enrol-online', writing: 'typed' })
    await writeSubmission(submission, drawn, {
      name: String(seed),
      device: 'scan200',
      packaging: 'folder',
      heldBack: false,
      faults: [],
      today: '2026-11-20',
    })
  }
  cpSync(drawn, folders.inbox, { recursive: true })
  writeFileSync(folders.config, '[[dispatch.waybillRanges]]\nfrom = "1151238971060"\nto = "1151238971199"\n')

  let clerk: Clerk | undefined
  let service: Service
  let seed = 20_261_122
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  for (let kill = 0; kill < kills; kill++) {
    service = await runService(folders)
    const { address, firstSecret } = service
    // The session outlives the service; the first kill leaves time to sign in.
    clerk = clerk?.at(address) ?? (await sitAtDesk(address, 'admin', firstSecret ?? '', password))
    const seated = clerk
    const killed = wait(500 + random() * 6_000).then(() => service.kill())
    // The clerk works on until the desk is gone.
    const working = (async () => {
      for (;;) {
        await workOneRound(seated)
        await wait(200)
      }
    })().catch(() => undefined)
    await killed
    await working
  }

  service = await runService(folders)
  const last = clerk?.at(service.address)
  if (!last) throw new Error('nobody signed in')
  const database = openDatabase(join(folders.data, 'zhika.sqlite'))
  const rows = async (query: string) => (await sql<Record<string, string | number>>`${sql.raw(query)}`.execute(database)).rows
  const posted = async () => Number((await rows(`select count(*) as n from application where status = 'posted'`))[0]?.['n'])
  const settled = async () =>
    (await posted()) === submissions &&
    Number((await rows(`select count(*) as n from job where state in ('queued', 'active')`))[0]?.['n']) === 0
  const until = Date.now() + 240_000
  while (!(await settled()) && Date.now() < until) {
    await workOneRound(last)
    await wait(300)
  }

  expect(await rows(`select status, count(*) as n from application group by status`)).toEqual([{ status: 'posted', n: submissions }])
  expect(await rows(`select count(*) as n, count(distinct submission_id) as s from application`)).toEqual([
    { n: submissions, s: submissions },
  ])
  expect(await rows(`select count(*) as n from submission where duplicate_of is null`)).toEqual([{ n: submissions }])
  expect(await rows(`select count(*) as n from job where state = 'dead'`)).toEqual([{ n: 0 }])
  expect(await rows(`select count(*) as n, count(distinct application_number) as a from letter where kind = 'acknowledgement'`)).toEqual([
    { n: submissions, a: submissions },
  ])
  expect(
    await rows(`select count(*) as n, count(distinct application_number) as a from letter where kind in ('posted', 'reader-posted')`),
  ).toEqual([{ n: submissions, a: submissions }])
  expect(await rows(`select count(distinct waybill_number) as n, count(*) as a from handover`)).toEqual([
    { n: submissions, a: submissions },
  ])
  expect(readdirSync(join(folders.outbox, '面单')).filter((name) => name.endsWith('.pdf'))).toHaveLength(submissions)
  expect(readdirSync(join(folders.outbox, '函件')).filter((name) => name.includes('posted')).length).toBe(submissions)
  await database.destroy()
  expect(await service.stop()).toBe(0)
})
