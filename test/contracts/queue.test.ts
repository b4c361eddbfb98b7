import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { z } from 'zod'
import { migrate } from '../../src/platform/database/migrate.ts'
import { openDatabase } from '../../src/platform/database/open-database.ts'
import { randomIds } from '../../src/platform/ids.ts'
import { silentLog } from '../../src/platform/log/log.ts'
import { defineJob, handleJob } from '../../src/platform/queue/contract.ts'
import { queueMigrations } from '../../src/platform/queue/job-table.ts'
import { openTableQueue } from '../../src/platform/queue/table-queue.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { openMemory, temporaryFolder } from '../fixtures/open-memory.ts'
import { describeQueue } from './queue-suite.ts'

describeQueue('SQLite', () => openMemory())

const endless = defineJob('test.endless', z.object({}))

it('takes up the job of a killed process again', async () => {
  const path = join(temporaryFolder(), 'queue.sqlite')
  const database = openDatabase(path)
  await migrate(database, queueMigrations)
  const queue = openTableQueue({ database, clock: systemClock, ids: randomIds, log: silentLog })
  await queue.enqueue(database, endless, {})

  const victim = spawn(process.execPath, [join(import.meta.dirname, 'work-until-killed.ts'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(victim.stdout, 'data')
  expect((await queue.count()).active).toBe(1)
  victim.kill('SIGKILL')
  await once(victim, 'exit')

  const worker = queue.work([handleJob(endless, async () => undefined)])
  await vi.waitFor(async () => expect((await queue.count()).done).toBe(1), { timeout: 5_000 })
  await worker.stop()
  await database.destroy()
})
