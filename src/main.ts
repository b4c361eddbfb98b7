/**
 * The composition root: the only place that knows every stage. It opens the platform, then each stage in the order that
 * data takes, gives each what it needs of the others, and starts and stops the whole. `join/` fits the edges.
 */
import { join } from 'node:path'
import { serve as listen } from '@hono/node-server'
import type { AddressInfo } from 'node:net'
import { applicationMigrations } from './application/application-tables.ts'
import { openConfirmations } from './application/agreements/open-confirmations.ts'
import { openApplications } from './application/open-applications.ts'
import { cardsMigrations, hasOpenJobs } from './cards/card-tables.ts'
import { lookUpCards, lookUpStrangeNumbers } from './cards/look-up-cards.ts'
import { openCards } from './cards/open-cards.ts'
import { accountMigrations } from './desk/accounts/account-tables.ts'
import { keepSecret } from './desk/accounts/keep-secret.ts'
import { openAccounts } from './desk/accounts/open-accounts.ts'
import { openDesk } from './desk/open-desk.ts'
import { dispatchMigrations } from './dispatch/dispatch-tables.ts'
import { lookUpHandover } from './dispatch/look-up-handover.ts'
import { beginHandover, takeBackHandover } from './dispatch/take-back-handover.ts'
import { openDispatch } from './dispatch/open-dispatch.ts'
import type { PaperFile } from './flow.ts'
import { openForms } from './forms/open-forms.ts'
import { office } from './guide/office.ts'
import { intakeMigrations } from './intake/intake-tables.ts'
import { openMailboxes } from './intake/mailbox/open-mailboxes.ts'
import { openIntake } from './intake/open-intake.ts'
import { postingPath, receivePosted } from './intake/receive-posted.ts'
import { watchFolder } from './intake/watch-folder.ts'
import { examineQuickly } from './join/examine.ts'
import { followConfigured } from './join/guide-config.ts'
import { joinArrivals } from './join/join-arrivals.ts'
import { joinLedger } from './join/join-ledger.ts'
import { joinCards } from './join/join-cards.ts'
import type { ZhikaConfig } from './join/read-configuration.ts'
import { tellSubmission } from './join/tell-submission.ts'
import { applicationsScanned } from './parcels/join-scans.ts'
import { lookUpParcels } from './parcels/look-up-parcels.ts'
import { openParcels, type Parcels } from './parcels/open-parcels.ts'
import { parcelMigrations } from './parcels/parcel-tables.ts'
import { systemClock, type Clock } from './platform/clock.ts'
import { migrate } from './platform/database/migrate.ts'
import { openDatabase, type Executor } from './platform/database/open-database.ts'
import { Fault } from './platform/errors.ts'
import { openFileFolder } from './platform/files/file-store.ts'
import { randomIds } from './platform/ids.ts'
import { openLog } from './platform/log/log.ts'
import { openSentFolder, type SentFolder } from './platform/mail/look-up-sent.ts'
import { openMailer } from './platform/mail/send-mail.ts'
import type { Worker } from './platform/queue/contract.ts'
import { queueMigrations } from './platform/queue/job-table.ts'
import { openTableQueue } from './platform/queue/table-queue.ts'
import { openReader } from './reading/read-papers.ts'
import { openReading } from './reading/open-reading.ts'
import { readingMigrations } from './reading/reading-tables.ts'
import { openReview } from './review/open-review.ts'

/** The Sent folder of the account that letters go out by, where one of the mailboxes is the same account's. */
function sentFolderOf({ intake, mail: { smtp } }: ZhikaConfig): SentFolder | null {
  const own = intake.mailboxes.find(({ user }) => user === smtp?.user || user === smtp?.from)
  return own ? openSentFolder(own) : null
}

export type Zhika = Awaited<ReturnType<typeof openZhika>>

/** Opens everything and migrates the database; nothing runs until `work` or `serve`. */
export async function openZhika(config: ZhikaConfig, clock: Clock = systemClock) {
  followConfigured(config.guide)
  const ids = randomIds
  const log = openLog(config.log.level)
  const database = openDatabase(join(config.data.folder, 'zhika.sqlite'))
  await migrate(
    database,
    queueMigrations,
    intakeMigrations,
    readingMigrations,
    applicationMigrations,
    cardsMigrations,
    dispatchMigrations,
    parcelMigrations,
    accountMigrations,
  )
  const files = await openFileFolder(join(config.data.folder, 'files'), ids)
  const queue = openTableQueue({ database, clock, ids, log })
  const mailer = openMailer(config.mail.smtp)

  // ── the stages, in the order that data takes ──
  const intake = openIntake({ database, files, queue, clock, ids, log, config: config.intake })
  const reader = openReader({ ...config.reading, codeFolder: join(config.data.folder, 'code'), log })
  const reading = openReading({ database, files, queue, clock, log, reader, papersOf: intake.papersOf })
  const applications = openApplications({
    database,
    queue,
    clock,
    log,
    submissionOf: intake.submissionOf,
    readingOf: reading.readingOf,
    lookUpCards,
    lookUpStrangeNumbers,
    lookUpParcels,
    applicationsScanned,
    whenAssembled: (executor, ...arrived) => parcels.joinScans(executor, ...arrived),
  })
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
  const confirmations = openConfirmations({
    database,
    queue,
    clock,
    log,
    config: config.agreements,
    submissionOf: intake.submissionOf,
    lookUpCards,
    lookUpStrangeNumbers,
    lookUpParcels,
  })
  const review = openReview({ database, queue, applications, lookUpParcels })
  const cards = openCards({
    database,
    queue,
    clock,
    ids,
    log,
    applications,
    config: config.cards,
    cardWorkedOn: parcels.cardWorkedOn,
    beginHandover: (executor, number) => beginHandover(executor, queue, number),
    takeBackHandover: (executor, of, actor) => takeBackHandover(executor, { clock, handoverMoved: parcels.handoverMoved }, of, actor),
  })
  const finishedCards = async (executor: Executor, number: string) =>
    (await cards.jobsOf(executor, number)).filter(({ state }) => state === 'done')
  const dispatch = openDispatch({
    database,
    files,
    queue,
    clock,
    ids,
    log,
    config: config.dispatch,
    applications,
    mailer,
    sentFolder: sentFolderOf(config),
    submissionOf: async (id) => {
      const submission = await intake.find(id)
      return submission && tellSubmission(submission, await reading.readingOf(id))
    },
    agreementsAsked: confirmations.askedOf,
    linkAddress: confirmations.linkAddress,
    finishedCards,
    hasOpenCards: hasOpenJobs,
    handoverMoved: parcels.handoverMoved,
  })

  // ── the desk ──
  const accounts = openAccounts({
    database,
    ids,
    log,
    secret: await keepSecret(join(config.data.folder, 'session-secret'), ids),
    address: config.web.address ?? `http://${config.web.host}:${config.web.port}`,
    sessionHours: config.web.sessionHours,
  })

  const folder = watchFolder({ intake, clock, log, config: config.intake })
  const mailboxes = openMailboxes({ database, files, intake, clock, log, config: config.intake })
  const workers: Worker[] = []
  const closing: (() => Promise<unknown>)[] = []

  /** Starts doing jobs. Reading has a worker of its own: a thick file never delays a letter. */
  function work(): void {
    workers.push(queue.work(reading.handlers, { concurrency: 2 }))
    workers.push(
      queue.work([...intake.handlers, ...applications.handlers, ...confirmations.handlers, ...cards.handlers, ...dispatch.handlers], {
        concurrency: 4,
      }),
    )
  }

  const zhika = {
    config,
    clock,
    database,
    files,
    queue,
    mailer,
    intake,
    applications,
    accounts,
    ledger: cards.ledger,
    dispatch,
    mailboxes,
    work,
    readingOf: reading.readingOf,

    /** Reads the papers of a submission that is received later, so that its pages are known by then. */
    async readAhead(papers: readonly PaperFile[], progress: (done: number, total: number) => void): Promise<void> {
      await reading.readAhead(await intake.unpack(papers), progress)
    },

    /** Waits, at most `milliseconds`, until no job is under way or due. */
    async drain(milliseconds = 10_000): Promise<void> {
      const until = performance.now() + milliseconds
      while (performance.now() < until && (await queue.countDue()) > 0) await new Promise((resolve) => setTimeout(resolve, 50))
    },

    /** Serves the desk and takes in what comes; the secret of the first administrator is given once, at the first start. */
    async serve(): Promise<{ address: string; firstSecret: string | null }> {
      const { app } = openDesk({
        config: config.web,
        database,
        clock,
        log,
        files,
        queue,
        accounts,
        applications,
        confirmations,
        review,
        arrivals: joinArrivals({ database, intake, queue, applications, readingOf: reading.readingOf }),
        cards: joinCards(cards),
        ledger: joinLedger(cards.ledger, files),
        dispatch,
        parcels,
        checks: () => examineQuickly(zhika),
        forms: openForms({ office, clock, folder: config.forms.folder }),
        office: office.name,
      })
      // Programs post mail past the desk: they sign, and have no session.
      const posting = { intake, files, clock, log, config: config.intake }
      const serveEither: typeof app.fetch = (request, ...rest) =>
        new URL(request.url).pathname === postingPath ? receivePosted(posting, request) : app.fetch(request, ...rest)
      const server = await new Promise<ReturnType<typeof listen>>((resolve, reject) => {
        const starting = listen({ fetch: serveEither, hostname: config.web.host, port: config.web.port }, () => resolve(starting))
        starting.once('error', (cause: NodeJS.ErrnoException) =>
          reject(
            cause.code === 'EADDRINUSE'
              ? new Fault('port-in-use', `端口 ${config.web.port} 已被占用：zhika 可能已在运行；或在 zhika.toml 的 [web] 换一个 port`)
              : cause,
          ),
        )
      })
      closing.push(
        () =>
          new Promise((resolve) => {
            server.close(resolve)
            // Browsers keep connections open; what is under way has been answered or will be asked again.
            if ('closeAllConnections' in server) setTimeout(() => server.closeAllConnections(), 1_000).unref()
          }),
      )
      const firstSecret = (await accounts.hasUsers()) ? null : await addFirstAdministrator()
      // A range of waybill numbers may have come with the configuration.
      await dispatch.resume()
      work()
      folder.start()
      mailboxes.start()
      const { port } = server.address() as AddressInfo
      return { address: config.web.address ?? `http://${config.web.host}:${port}`, firstSecret }
    },

    /** Stops taking in, lets jobs under way finish or gives them back, and closes everything. */
    async close(): Promise<void> {
      await folder.stop()
      await mailboxes.stop()
      await Promise.all(closing.map((close) => close()))
      await Promise.all(workers.map((worker) => worker.stop(5_000)))
      await intake.close()
      mailer?.close()
      await reader.close()
      await database.destroy()
    },
  }

  async function addFirstAdministrator(): Promise<string> {
    const added = await accounts.addUser('admin', 'administrator')
    if (!added.ok) throw new Fault(added.code, added.message)
    return added.value.secret
  }

  return zhika
}
