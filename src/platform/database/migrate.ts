/** Brings a database to the newest shape. Every stage owns its tables and brings its own migrations. */
import { Migrator, type Migration } from 'kysely/migration'
import { Fault } from '../errors.ts'
import type { Database } from './open-database.ts'

/** By name; names sort in the order of time: `2026-11-22-intake`. A migration that has landed is never changed. */
export type Migrations = Record<string, Migration>

export async function migrate(database: Database, ...ofStages: Migrations[]): Promise<void> {
  const all: Migrations = {}
  for (const migrations of ofStages)
    for (const [name, migration] of Object.entries(migrations)) {
      if (all[name]) throw new Fault('migration-twice', `two migrations are called ${name}`)
      all[name] = migration
    }
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => all }, allowUnorderedMigrations: true })
  const { error } = await migrator.migrateToLatest()
  if (error) throw new Fault('migration-failed', '数据库升级失败，数据未改动', { cause: error })
}
