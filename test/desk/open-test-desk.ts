/** The desk over the real record, review, intake, cards, dispatch and queue, served on a free port; only the reading is drawn, not read. */
import { serve } from '@hono/node-server'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { z } from 'zod'
import { agreementsConfig } from '../../src/application/agreements/agreements-config.ts'
import { openConfirmations } from '../../src/application/agreements/open-confirmations.ts'
import { applicationMigrations } from '../../src/application/application-tables.ts'
import { openApplications } from '../../src/application/open-applications.ts'
import { cardsMigrations, hasOpenJobs } from '../../src/cards/card-tables.ts'
import { cardsConfig } from '../../src/cards/cards-config.ts'
import { lookUpCards } from '../../src/cards/look-up-cards.ts'
import { openCards } from '../../src/cards/open-cards.ts'
import { accountMigrations } from '../../src/desk/accounts/account-tables.ts'
import { openAccounts, type Role } from '../../src/desk/accounts/open-accounts.ts'
import { deskConfig } from '../../src/desk/desk-config.ts'
import { openDesk } from '../../src/desk/open-desk.ts'
import type { Check } from '../../src/desk/ports.ts'
import { dispatchConfig } from '../../src/dispatch/dispatch-config.ts'
import { dispatchMigrations } from '../../src/dispatch/dispatch-tables.ts'
import { lookUpHandover } from '../../src/dispatch/look-up-handover.ts'
import { beginHandover, takeBackHandover } from '../../src/dispatch/take-back-handover.ts'
import { openDispatch } from '../../src/dispatch/open-dispatch.ts'
import type { Reading, Submission } from '../../src/flow.ts'
import { openForms } from '../../src/forms/open-forms.ts'
import { office } from '../../src/guide/office.ts'
import { intakeConfig } from '../../src/intake/intake-config.ts'
import { intakeMigrations } from '../../src/intake/intake-tables.ts'
import { openIntake } from '../../src/intake/open-intake.ts'
import { joinArrivals } from '../../src/join/join-arrivals.ts'
import { joinCards } from '../../src/join/join-cards.ts'
import { joinLedger } from '../../src/join/join-ledger.ts'
import { applicationsScanned } from '../../src/parcels/join-scans.ts'
import { lookUpParcels } from '../../src/parcels/look-up-parcels.ts'
import { openParcels, type Parcels } from '../../src/parcels/open-parcels.ts'
import { parcelMigrations } from '../../src/parcels/parcel-tables.ts'
import { clockAt } from '../../src/platform/clock.ts'
import { migrate } from '../../src/platform/database/migrate.ts'
import { openDatabase } from '../../src/platform/database/open-database.ts'
import { openFileFolder } from '../../src/platform/files/file-store.ts'
import { randomIds } from '../../src/platform/ids.ts'
import { openLog, silentLog } from '../../src/platform/log/log.ts'
import { queueMigrations } from '../../src/platform/queue/job-table.ts'
import { openTableQueue } from '../../src/platform/queue/table-queue.ts'
import { openReview } from '../../src/review/open-review.ts'
import { drawPaper, type DrawnPaper } from './draw-page.ts'

const linkSecret = 'a secret of the tests, long enough for it'

export type TestDesk = Awaited<ReturnType<typeof openTestDesk>>

export async function openTestDesk(cardsSettings: z.input<typeof cardsConfig> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'zhika-desk-'))
  const database = openDatabase(':memory:')
  await migrate(
    database,
    queueMigrations,
    accountMigrations,
    applicationMigrations,
    cardsMigrations,
    intakeMigrations,
    dispatchMigrations,
    parcelMigrations,
  )
  const clock = clockAt('2026-11-20T02:00:00Z')
  const ids = randomIds
  const log = silentLog
  const files = await openFileFolder(join(folder, 'files'), ids)
  const queue = openTableQueue({ database, clock, ids, log })
  const submissions = new Map<string, Submission>()
  const readings = new Map<string, Reading>()
  const applications = openApplications({
    database,
    queue,
    clock,
    log,
    submissionOf: async (id) => submissions.get(id),
    readingOf: async (id) => readings.get(id),
    lookUpCards,
    lookUpParcels,
    applicationsScanned,
    whenAssembled: (executor, ...arrived) => parcels.joinScans(executor, ...arrived),
  })
  const confirmations = openConfirmations({
    database,
    queue,
    clock,
    log,
    config: agreementsConfig.parse({ linkSecret, linkAddress: 'https://zhika.example.cn' }),
    submissionOf: async (id) => submissions.get(id),
  })
  const accounts = openAccounts({ database, ids, log, secret: ids.secret(52), address: 'http://127.0.0.1', sessionHours: 12 })
  const intake = openIntake({ database, files, queue, clock, ids, log, config: intakeConfig.parse({}) })
  const parcels: Parcels = openParcels({
    database,
    queue,
    clock,
    ids,
    applications,
    lookUpCards,
    lookUpHandover,
    submissionsNamed: (executor, text) => intake.list({ door: 'folder', text }, executor),
  })
  const cards = openCards({
    database,
    queue,
    clock,
    ids,
    log,
    applications,
    config: cardsConfig.parse(cardsSettings),
    cardWorkedOn: parcels.cardWorkedOn,
    beginHandover: (executor, number) => beginHandover(executor, queue, number),
    takeBackHandover: (executor, of, actor) => takeBackHandover(executor, { clock, handoverMoved: parcels.handoverMoved }, of, actor),
  })
  const dispatch = openDispatch({
    database,
    files,
    queue,
    clock,
    ids,
    log,
    config: dispatchConfig.parse({ outbox: join(folder, 'outbox') }),
    applications,
    mailer: null,
    sentFolder: null,
    submissionOf: intake.find,
    agreementsAsked: confirmations.askedOf,
    linkAddress: confirmations.linkAddress,
    handoverMoved: parcels.handoverMoved,
    hasOpenCards: hasOpenJobs,
    finishedCards: async (executor, number) => (await cards.jobsOf(executor, number)).filter(({ state }) => state === 'done'),
  })
  const checks: Check[] = [{ name: '数据库', ok: true, message: '可读可写' }]
  const { app } = openDesk({
    config: deskConfig.parse({}),
    database,
    clock,
    log: openLog('error'),
    files,
    queue,
    accounts,
    applications,
    confirmations,
    review: openReview({ database, queue, applications, lookUpParcels }),
    arrivals: joinArrivals({ database, intake, queue, applications, readingOf: async (id) => readings.get(id) }),
    cards: joinCards(cards),
    ledger: joinLedger(cards.ledger, files),
    dispatch,
    parcels,
    checks: async () => checks,
    forms: openForms({ office, clock }),
    office: '中国电子口岸数据中心厦门分中心',
  })
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 })
  await new Promise<void>((resolve) => {
    if (server.listening) resolve()
    else server.once('listening', resolve)
  })
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let count = 0

  return {
    address,
    app,
    accounts,
    applications,
    cards,
    confirmations,
    checks,
    clock,
    database,
    dispatch,
    files,
    intake,
    parcels,
    queue,
    /** Draws papers and opens the applications that they ask for; answers with their numbers. */
    async arrive(name: string, papers: readonly DrawnPaper[], door: Submission['door'] = 'folder'): Promise<string[]> {
      const received = await intake.receive({
        door,
        name,
        files: papers.map((paper, at) => ({ file: paper.file, bytes: Buffer.from(`${name} ${at} ${++count}`) })),
      })
      const id = received.submissionId
      const documents = []
      for (const paper of papers) documents.push(await drawPaper(files, paper))
      submissions.set(id, { id, door, name, receivedAt: clock.now().toISOString(), mail: null })
      readings.set(id, { documents, problems: [] })
      await applications.handlers[0]!.run(
        { submissionId: id },
        { id: 'job', attempt: 1, signal: new AbortController().signal, progress: () => undefined },
      )
      return (await applications.list(database, { submissionId: id })).map(({ number }) => number)
    },
    /** A parcel comes with one card for an application, and is counted. */
    async countIn(number: string): Promise<void> {
      const parcel = `11512380${String(++count).padStart(5, '0')}`
      await parcels.take({ number: parcel, freightCollect: false, sender: '' }, '收发室')
      await parcels.link(parcel, number, '收发室')
      await parcels.countCard(parcel, { number: `86000077${String(count).padStart(5, '0')}` }, '收发室')
      const finished = await parcels.finishCount(parcel, '收发室')
      if (!finished.ok) throw new Error(finished.message)
    },
    /** An account past its first sign-in. */
    async addUser(name: string, role: Role, password: string): Promise<void> {
      const added = await accounts.addUser(name, role)
      if (!added.ok) throw new Error(added.message)
      const session = await accounts.signIn(name, added.value.secret, ids.next())
      if (!session.ok) throw new Error(session.message)
      const cookies = session.value.cookies.map((cookie) => cookie.split(';')[0]).join('; ')
      await accounts.changePassword(new Headers({ cookie: cookies }), session.value.user, added.value.secret, password)
    },
    async close(): Promise<void> {
      await new Promise((resolve) => server.close(resolve))
      await database.destroy()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
