/** The embedded queue: jobs in a table of the same database, so that a job exists exactly when its cause does. */
import { sql, type Selectable } from 'kysely'
import type { Clock } from '../clock.ts'
import type { Database, Executor } from '../database/open-database.ts'
import type { Ids } from '../ids.ts'
import type { Log } from '../log/log.ts'
import type { JobRecord, JobState, Queue } from './contract.ts'
import type { JobTables } from './job-table.ts'
import { startWorker } from './work-jobs.ts'

export interface QueueParts {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
}

export function openTableQueue(parts: QueueParts): Queue {
  const { database, clock, ids } = parts
  const tables = (executor: Executor) => executor.withTables<JobTables>()
  const alarms = new Set<() => void>()

  return {
    async enqueue(executor, job, payload, options = {}) {
      const now = clock.now()
      await tables(executor)
        .insertInto('job')
        .values({
          id: ids.next(),
          name: job.name,
          key: options.key ?? null,
          payload: JSON.stringify(job.payload.parse(payload)),
          state: 'queued',
          max_attempts: options.maxAttempts ?? 8,
          run_at: (options.runAt ?? now).toISOString(),
          created_at: now.toISOString(),
        })
        .onConflict((conflict) => conflict.columns(['name', 'key']).doNothing())
        .execute()
      for (const wake of alarms) wake()
    },
    work(handlers, options = {}) {
      const { worker, wake } = startWorker(parts, handlers, options.concurrency ?? 2)
      alarms.add(wake)
      return {
        async stop(grace) {
          alarms.delete(wake)
          await worker.stop(grace)
        },
      }
    },
    async list(state) {
      const rows = await tables(database)
        .selectFrom('job')
        .selectAll()
        .where('state', '=', state)
        .orderBy('id', 'desc')
        .limit(200)
        .execute()
      return rows.map(asRecord)
    },
    async count() {
      const rows = await tables(database)
        .selectFrom('job')
        .select(['state', sql<number>`count(*)`.as('jobs')])
        .groupBy('state')
        .execute()
      const counts: Record<JobState, number> = { queued: 0, active: 0, done: 0, dead: 0 }
      for (const row of rows) counts[row.state] = Number(row.jobs)
      return counts
    },
    async countDue() {
      const { jobs } = await tables(database)
        .selectFrom('job')
        .select(({ fn }) => fn.countAll().as('jobs'))
        .where(({ or, and, eb }) =>
          or([eb('state', '=', 'active'), and([eb('state', '=', 'queued'), eb('run_at', '<=', clock.now().toISOString())])]),
        )
        .executeTakeFirstOrThrow()
      return Number(jobs)
    },
    async find(job, key) {
      const row = await tables(database)
        .selectFrom('job')
        .selectAll()
        .where('name', '=', job.name)
        .where('key', '=', key)
        .executeTakeFirst()
      return row && asRecord(row)
    },
    async rerun(id) {
      const changed = await tables(database)
        .updateTable('job')
        .set({
          state: 'queued',
          attempts: 0,
          losses: 0,
          run_at: clock.now().toISOString(),
          finished_at: null,
          error_code: null,
          error_message: null,
        })
        .where('id', '=', id)
        .where('state', '=', 'dead')
        .executeTakeFirst()
      for (const wake of alarms) wake()
      return changed.numUpdatedRows > 0n
    },
  }
}

function asRecord(row: Selectable<JobTables['job']>): JobRecord {
  return {
    id: row.id,
    name: row.name,
    key: row.key,
    payload: JSON.parse(row.payload),
    state: row.state,
    attempts: row.attempts,
    runAt: row.run_at,
    progress: row.all_parts === null ? null : { done: row.done_parts ?? 0, total: row.all_parts },
    error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  }
}
