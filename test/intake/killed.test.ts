import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { intakeMigrations } from '../../src/intake/intake-tables.ts'
import { lookUpSubmissions } from '../../src/intake/look-up-submissions.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { migrate } from '../../src/platform/database/migrate.ts'
import { openDatabase } from '../../src/platform/database/open-database.ts'
import { openFileFolder } from '../../src/platform/files/file-store.ts'
import { randomIds as ids } from '../../src/platform/ids.ts'
import { silentLog as log } from '../../src/platform/log/log.ts'
import { queueMigrations } from '../../src/platform/queue/job-table.ts'
import { openTableQueue } from '../../src/platform/queue/table-queue.ts'
import { temporaryFolder } from '../fixtures/open-memory.ts'

const last = 60

/** Gives the number of the last arrival that was confirmed before the kill. */
async function receiveUntilKilled(folder: string, first: number, confirmations: number): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'receive-until-killed.ts'), folder, String(first), String(last)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  let confirmed = first - 1
  let lines = 0
  for await (const line of createInterface({ input: child.stdout })) {
    confirmed = Number(line)
    if (++lines === confirmations) child.kill('SIGKILL')
  }
  await exited
  return confirmed
}

test('killed again and again, it loses nothing that it confirmed and records nothing twice or without its bytes', async () => {
  const folder = temporaryFolder()
  const database = openDatabase(join(folder, 'zhika.db'))
  await migrate(database, queueMigrations, intakeMigrations)
  let confirmed = -1
  for (let kill = 0; confirmed < last - 1; kill++) {
    // The arrival under way when it was killed is reported again, as a door does that got no answer.
    confirmed = await receiveUntilKilled(folder, Math.max(0, confirmed), 8 + ((kill * 13) % 17))
  }
  const files = await openFileFolder(join(folder, 'files'), ids)
  const queue = openTableQueue({ database, clock: systemClock, ids, log })
  const submissions = lookUpSubmissions({ database, files })
  const found = await submissions.list({ limit: 1000 })
  expect(found.map(({ name }) => name).toSorted()).toEqual(Array.from({ length: last }, (_, number) => `来件 ${number}`).toSorted())
  expect(found.every(({ state }) => state === 'received')).toBe(true)
  for (const { id, name } of found) {
    expect((await submissions.find(id))?.files).toHaveLength(3)
    expect((await submissions.bytesOf(id, '3.jpg'))?.toString()).toBe(`scan ${name.split(' ')[1]} page 3`)
  }
  expect((await queue.count()).queued).toBe(last)
  await database.destroy()
})
