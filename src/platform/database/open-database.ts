/** The embedded database: SQLite through `node:sqlite`, queried through kysely. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { Kysely, SqliteDialect, type SqliteDatabase, type Transaction } from 'kysely'

/**
 * The database as every stage is given it. A stage names its own tables when it queries:
 * `database.withTables<SubmissionTables>().selectFrom('submission')…`
 */
// biome-ignore lint: an empty table set is what kysely calls "no tables yet"
export type Database = Kysely<NoTables>
/** The database or an open transaction on it. No I/O is awaited inside a transaction. */
export type Executor = Database | Transaction<NoTables>
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface NoTables {}

/** Opens (and creates) the database file; `:memory:` for tests. */
export function openDatabase(path: string): Database {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const connection = new DatabaseSync(path)
  // FULL: a commit is on the disk when it returns. The busy wait covers a command run beside the service.
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 10000')
  return new Kysely<NoTables>({ dialect: new SqliteDialect({ database: asKyselyDatabase(connection) }) })
}

/** kysely asks for the shape of better-sqlite3; `node:sqlite` differs in how it tells that a statement returns rows. */
function asKyselyDatabase(connection: DatabaseSync): SqliteDatabase {
  return {
    close: () => connection.close(),
    prepare: (sql) => {
      // A transaction that starts as a reader cannot become a writer when another process wrote meanwhile: take the lock at once.
      const statement = connection.prepare(sql === 'begin' ? 'begin immediate' : sql)
      const values = (parameters: readonly unknown[]) => parameters.map(asSqlValue)
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...values(parameters)),
        run: (parameters) => statement.run(...values(parameters)),
        iterate: (parameters) => statement.iterate(...values(parameters)),
      }
    },
  }
}

function asSqlValue(value: unknown): SQLInputValue {
  if (value === undefined) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value instanceof Date) return value.toISOString()
  return value as SQLInputValue
}
