import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { migrate } from '../../src/platform/database/migrate.ts'
import { openDatabase } from '../../src/platform/database/open-database.ts'
import { queueMigrations } from '../../src/platform/queue/job-table.ts'
import { openMemory, temporaryFolder } from '../fixtures/open-memory.ts'

const note = {
  '2026-11-22-note': { up: (db: ReturnType<typeof openDatabase>) => db.schema.createTable('note').addColumn('text', 'text').execute() },
}
type NoteTables = { note: { text: string } }

describe('the embedded database', () => {
  it('waits for the disk at every commit and writes ahead', async () => {
    const database = openDatabase(join(temporaryFolder(), 'zhika.sqlite'))
    const read = async (pragma: string) =>
      Object.values((await sql<Record<string, unknown>>`${sql.raw(`PRAGMA ${pragma}`)}`.execute(database)).rows[0] ?? {})[0]
    expect(await read('journal_mode')).toBe('wal')
    expect(await read('synchronous')).toBe(2)
    expect(await read('foreign_keys')).toBe(1)
    await database.destroy()
  })

  it('migrates twice without harm', async () => {
    const { database } = await openMemory(note)
    await migrate(database, queueMigrations, note)
    await database.withTables<NoteTables>().insertInto('note').values({ text: '一' }).execute()
    expect(await database.withTables<NoteTables>().selectFrom('note').selectAll().execute()).toEqual([{ text: '一' }])
  })

  it('undoes a transaction that fails and keeps transactions apart', async () => {
    const { database } = await openMemory(note)
    const add = (text: string, fail: boolean) =>
      database.transaction().execute(async (transaction) => {
        await transaction.withTables<NoteTables>().insertInto('note').values({ text }).execute()
        await Promise.resolve()
        if (fail) throw new Error('no')
      })
    await Promise.allSettled([add('一', false), add('二', true), add('三', false)])
    const rows = await database.withTables<NoteTables>().selectFrom('note').select('text').orderBy('text').execute()
    expect(rows.map(({ text }) => text)).toEqual(['一', '三'])
  })

  it('refuses two migrations of one name', async () => {
    const { database } = await openMemory(note)
    await expect(migrate(database, note, note)).rejects.toMatchObject({ code: 'migration-twice' })
  })
})
