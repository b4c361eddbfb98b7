import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { applicationMigrations } from '../../src/application/application-tables.ts'
import { appendEvents } from '../../src/application/event-log.ts'
import { migrate } from '../../src/platform/database/migrate.ts'
import { openDatabase } from '../../src/platform/database/open-database.ts'
import { temporaryFolder } from '../fixtures/open-memory.ts'
import { environmentOf, foldersIn } from '../fixtures/run-service.ts'

const root = resolve(import.meta.dirname, '../..')

it('`zhika audit` proves a log whole, and names the first entry that somebody changed in the file', { timeout: 60_000 }, async () => {
  const folders = foldersIn(temporaryFolder())
  const audit = (...options: string[]) => {
    const { status, stdout } = spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(root, 'src/cli.ts'), 'audit', ...options],
      {
        cwd: root,
        env: environmentOf(folders),
        encoding: 'utf8',
      },
    )
    return { status, stdout }
  }
  const file = join(folders.data, 'zhika.sqlite')
  const database = openDatabase(file)
  await migrate(database, applicationMigrations)
  for (const sequence of [1, 2, 3, 4, 5])
    await appendEvents(database, [
      {
        subject: 'XM20261120-0001',
        at: `2026-11-20T02:00:0${sequence}Z`,
        actor: '林晓',
        event: { type: 'refused', reason: `原因${sequence}` },
      },
    ])
  await database.destroy()
  const whole = audit('--json')
  expect([whole.status, JSON.parse(whole.stdout)]).toEqual([0, { whole: true, entries: 5, brokenAt: null }])

  // Somebody with the file and a database tool: the trigger that forbids it is taken away first.
  const tool = new DatabaseSync(file)
  expect(() => tool.exec("update event set actor = '别人' where sequence = 3")).toThrow(/append-only/u)
  tool.exec('drop trigger event_no_update')
  tool.exec("update event set actor = '别人' where sequence = 3")
  tool.close()
  expect(audit()).toMatchObject({ status: 1, stdout: expect.stringContaining('第 3 条被改动或缺失') as string })
})
