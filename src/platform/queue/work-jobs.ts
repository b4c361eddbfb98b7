/** Takes jobs under a lease, keeps the lease alive while they run, and records how each run ended. */
import { hostname } from 'node:os'
import type { Selectable } from 'kysely'
import { PermanentFault, codeOf } from '../errors.ts'
import type { JobHandler, Worker } from './contract.ts'
import type { JobTables } from './job-table.ts'
import type { QueueParts } from './table-queue.ts'

/** A lease outlives a stalled event loop of some seconds; a killed process on another machine is noticed after it. */
const leaseMilliseconds = 20_000
const heartbeatMilliseconds = 5_000
/** Another process may have enqueued: nothing wakes us across processes, so look this often. */
const pollMilliseconds = 250
/** A job that takes its process down again and again must not do so for ever. */
const lossesUntilDead = 40

/** A process id is used again after a restart; the instant at which the process began is not. */
const thisProcess = `${hostname()}:${process.pid}:${Math.round(performance.timeOrigin)}`

type JobRow = Selectable<JobTables['job']>

interface Run {
  readonly job: JobRow
  readonly abort: AbortController
  ended: Promise<void>
}

export function startWorker(parts: QueueParts, handlers: readonly JobHandler[], concurrency: number): { worker: Worker; wake: () => void } {
  const { database, clock, ids, log } = parts
  const jobs = database.withTables<JobTables>()
  const byName = new Map(handlers.map((handler) => [handler.contract.name, handler]))
  const me = `${thisProcess}:${ids.next()}`
  const runs = new Map<string, Run>()
  let stopping = false
  let asleep: { timer: NodeJS.Timeout; wake: () => void } | undefined
  let alarmed = false
  const instant = (inMilliseconds = 0) => new Date(clock.now().getTime() + inMilliseconds).toISOString()

  const wake = () => {
    alarmed = true
    asleep?.wake()
  }
  const sleep = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const wakeUp = () => {
        clearTimeout(timer)
        asleep = undefined
        resolve()
      }
      const timer = setTimeout(wakeUp, milliseconds)
      asleep = { timer, wake: wakeUp }
    })

  async function claim(limit: number): Promise<JobRow[]> {
    const next = jobs
      .selectFrom('job')
      .select('id')
      .where('name', 'in', [...byName.keys()])
      .where('state', '=', 'queued')
      .where('run_at', '<=', instant())
      .orderBy('run_at')
      .orderBy('id')
      .limit(limit)
    return (
      jobs
        .updateTable('job')
        .set({ state: 'active', worker: me, lease_until: instant(leaseMilliseconds) })
        .where('id', 'in', next)
        // Asked again in the update itself: between two processes only one of them still finds it queued.
        .where('state', '=', 'queued')
        .returningAll()
        .execute()
    )
  }

  /** Gives back the jobs of workers that are gone: their lease ran out, or their process on this machine is no more. */
  async function reclaim(): Promise<void> {
    const held = await jobs
      .selectFrom('job')
      .select(['id', 'worker', 'lease_until', 'losses', 'name'])
      .where('state', '=', 'active')
      .execute()
    for (const job of held) {
      const expired = job.lease_until === null || job.lease_until < instant()
      if (!expired && !isGone(job.worker)) continue
      const losses = job.losses + 1
      const dead = losses >= lossesUntilDead
      const changed = await jobs
        .updateTable('job')
        .set({
          state: dead ? 'dead' : 'queued',
          worker: null,
          lease_until: null,
          losses,
          // The first losses cost nothing; after that the job lets others go first.
          run_at: instant(losses <= 3 ? 0 : Math.min(losses * 1_000, 30_000)),
          ...(dead ? { finished_at: instant(), error_code: 'worker-lost', error_message: '处理程序多次中断，请检查后重试' } : {}),
        })
        .where('id', '=', job.id)
        .where('state', '=', 'active')
        .where('worker', job.worker === null ? 'is' : '=', job.worker)
        .executeTakeFirst()
      if (changed.numUpdatedRows > 0n) log.warn('job-lost', { job: job.id, name: job.name, losses })
    }
  }

  async function beat(): Promise<void> {
    if (runs.size === 0) return
    const kept = await jobs
      .updateTable('job')
      .set({ lease_until: instant(leaseMilliseconds) })
      .where('worker', '=', me)
      .where('state', '=', 'active')
      .where('id', 'in', [...runs.keys()])
      .returning('id')
      .execute()
    const still = new Set(kept.map((job) => job.id))
    for (const [id, run] of runs) if (!still.has(id)) run.abort.abort(new PermanentFault('lease-lost', 'another worker has this job'))
  }

  /** Ends a run in the table, unless the lease was lost meanwhile. */
  async function end(job: JobRow, change: Partial<JobRow>): Promise<void> {
    await jobs
      .updateTable('job')
      .set({ worker: null, lease_until: null, ...change })
      .where('id', '=', job.id)
      .where('worker', '=', me)
      .where('state', '=', 'active')
      .execute()
  }

  async function run(job: JobRow, signal: AbortSignal): Promise<void> {
    const handler = byName.get(job.name)
    const started = clock.now().getTime()
    let told = 0
    const progress = (done: number, total: number) => {
      const now = performance.now()
      if (done < total && now - told < 500) return
      told = now
      void jobs
        .updateTable('job')
        .set({ done_parts: done, all_parts: total })
        .where('id', '=', job.id)
        .where('worker', '=', me)
        .execute()
        .catch((error: unknown) => log.error('job-progress-not-kept', error))
    }
    try {
      await handler?.run(JSON.parse(job.payload), { id: job.id, attempt: job.attempts + job.losses + 1, signal, progress })
      await end(job, { state: 'done', finished_at: instant(), error_code: null, error_message: null })
      log.info('job-done', { job: job.id, name: job.name, milliseconds: clock.now().getTime() - started })
    } catch (error) {
      // Stopping is no failure of the job.
      if (signal.aborted) return end(job, { state: 'queued', run_at: instant() })
      const attempts = job.attempts + 1
      const dead = error instanceof PermanentFault || attempts >= job.max_attempts
      log.error(dead ? 'job-dead' : 'job-failed', error, { job: job.id, name: job.name, attempts })
      await end(job, {
        state: dead ? 'dead' : 'queued',
        attempts,
        run_at: instant(backoff(attempts)),
        finished_at: dead ? instant() : null,
        error_code: codeOf(error),
        error_message: error instanceof Error ? error.message.slice(0, 500) : '',
      })
    }
  }

  function start(job: JobRow): void {
    const abort = new AbortController()
    const ended = run(job, abort.signal)
      .catch((error: unknown) => log.error('job-end-not-kept', error, { job: job.id }))
      .finally(() => {
        runs.delete(job.id)
        wake()
      })
    runs.set(job.id, { job, abort, ended })
  }

  async function loop(): Promise<void> {
    let reclaimed = Number.NEGATIVE_INFINITY
    while (!stopping) {
      alarmed = false
      try {
        if (performance.now() - reclaimed > 1_000) {
          await reclaim()
          reclaimed = performance.now()
        }
        const free = concurrency - runs.size
        if (free > 0 && !stopping) for (const job of await claim(free)) start(job)
      } catch (error) {
        // A locked or full disk: look again later, the jobs are still there.
        log.error('queue-not-reached', error)
        await sleep(pollMilliseconds * 4)
      }
      if (!alarmed && !stopping) await sleep(pollMilliseconds)
    }
  }

  const heartbeat = setInterval(() => void beat().catch((error: unknown) => log.error('heartbeat-missed', error)), heartbeatMilliseconds)
  const looping = loop()

  return {
    wake,
    worker: {
      async stop(grace = 10_000) {
        stopping = true
        wake()
        await looping
        const all = Promise.all([...runs.values()].map((each) => each.ended))
        const late = setTimeout(() => {
          for (const each of runs.values()) each.abort.abort(new PermanentFault('stopping', 'the service stops'))
        }, grace)
        await all
        clearTimeout(late)
        clearInterval(heartbeat)
      },
    },
  }
}

/** 2, 4, 8 … seconds, at most 10 minutes. */
function backoff(attempts: number): number {
  return Math.min(2 ** attempts * 1_000, 600_000)
}

/** Whether a worker's process ran on this machine and is no more; its lease need not be waited for. */
function isGone(worker: string | null): boolean {
  const [host, pid] = worker?.split(':') ?? []
  if (worker === null || pid === undefined || host !== hostname() || worker.startsWith(`${thisProcess}:`)) return false
  if (Number(pid) === process.pid) return true
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
