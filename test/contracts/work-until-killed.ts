/** Takes the one endless job of a database and never ends it: the victim of `queue.test.ts`. */
import { z } from 'zod'
import { systemClock } from '../../src/platform/clock.ts'
import { openDatabase } from '../../src/platform/database/open-database.ts'
import { randomIds } from '../../src/platform/ids.ts'
import { silentLog } from '../../src/platform/log/log.ts'
import { defineJob, handleJob } from '../../src/platform/queue/contract.ts'
import { openTableQueue } from '../../src/platform/queue/table-queue.ts'

const queue = openTableQueue({ database: openDatabase(process.argv[2] ?? ''), clock: systemClock, ids: randomIds, log: silentLog })
queue.work([
  handleJob(defineJob('test.endless', z.object({})), () => {
    process.stdout.write('working\n')
    return new Promise(() => undefined)
  }),
])
