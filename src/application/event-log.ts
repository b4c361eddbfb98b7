/** The append-only log of what happened: each entry's hash covers the one before it, so that no change goes unnoticed. */
import { createHash } from 'node:crypto'
import type { Executor } from '../platform/database/open-database.ts'
import type { ApplicationTables } from './application-tables.ts'
import type { ApplicationEvent, LoggedEvent } from './record.ts'

interface Entry {
  readonly applicationNumber: string
  readonly at: string
  readonly actor: string
  readonly event: ApplicationEvent
}

/** Appends an entry in the caller's transaction and returns its sequence; on PostgreSQL the head's row lock puts writers in line. */
export async function appendEvent(executor: Executor, entry: Entry): Promise<number> {
  const tables = executor.withTables<ApplicationTables>()
  const head = await tables
    .updateTable('event_head')
    .set((row) => ({ sequence: row('sequence', '+', 1) }))
    .where('id', '=', 1)
    .returning(['sequence', 'hash'])
    .executeTakeFirstOrThrow()
  const sequence = Number(head.sequence)
  const event = canonicalJson(entry.event)
  const hash = hashEntry(head.hash, { ...entry, sequence })
  await tables
    .insertInto('event')
    .values({ sequence, application_number: entry.applicationNumber, at: entry.at, actor: entry.actor, event, hash })
    .execute()
  await tables.updateTable('event_head').set({ hash }).where('id', '=', 1).execute()
  return sequence
}

/** The events of one application in the order in which they happened. */
export async function readEvents(executor: Executor, applicationNumber: string): Promise<LoggedEvent[]> {
  const rows = await executor
    .withTables<ApplicationTables>()
    .selectFrom('event')
    .selectAll()
    .where('application_number', '=', applicationNumber)
    .orderBy('sequence')
    .execute()
  return rows.map((row) => ({
    sequence: Number(row.sequence),
    applicationNumber: row.application_number,
    at: row.at,
    actor: row.actor,
    event: JSON.parse(row.event) as ApplicationEvent,
    hash: row.hash,
  }))
}

/** Entries are read this many at a time. */
const batch = 1000

/** Walks the whole chain; `brokenAt` is the sequence of the first entry that is missing, changed or cut off. */
export async function verifyLog(executor: Executor): Promise<{ entries: number; brokenAt: number | null }> {
  const tables = executor.withTables<ApplicationTables>()
  let previous = ''
  let entries = 0
  for (;;) {
    const rows = await tables.selectFrom('event').selectAll().where('sequence', '>', entries).orderBy('sequence').limit(batch).execute()
    for (const row of rows) {
      const expected = entries + 1
      const entry = { applicationNumber: row.application_number, at: row.at, actor: row.actor, event: parsed(row.event) }
      if (Number(row.sequence) !== expected || hashEntry(previous, { ...entry, sequence: expected }) !== row.hash)
        return { entries, brokenAt: expected }
      previous = row.hash
      entries = expected
    }
    if (rows.length < batch) break
  }
  const head = await tables.selectFrom('event_head').selectAll().where('id', '=', 1).executeTakeFirst()
  const whole = Number(head?.sequence) === entries && head?.hash === previous
  return { entries, brokenAt: whole ? null : entries + 1 }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function hashEntry(previous: string, entry: object): string {
  return createHash('sha256')
    .update(`${previous}\n${canonicalJson(entry)}`)
    .digest('hex')
}

/** The same JSON for the same content: keys sorted, no blanks (in the manner of RFC 8785; the log holds no fractions). */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  )
}
