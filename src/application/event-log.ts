/** The append-only log of what happened: each entry's hash covers the one before it, so that no change goes unnoticed. */
import { createHash } from 'node:crypto'
import type { Executor } from '../platform/database/open-database.ts'
import type { ApplicationTables } from './application-tables.ts'
import type { ApplicationEvent, LoggedEvent } from './record.ts'

interface Entry {
  /** What it is about: the number of an application, or `card/` and the number of a card. */
  readonly subject: string
  readonly at: string
  readonly actor: string
  readonly event: object
}

interface ApplicationEntry {
  readonly applicationNumber: string
  readonly at: string
  readonly actor: string
  readonly event: ApplicationEvent
}

/** Appends what happened to an application in the caller's transaction and returns its sequence. */
export const appendEvent = (executor: Executor, { applicationNumber, ...entry }: ApplicationEntry): Promise<number> =>
  appendEvents(executor, [{ subject: applicationNumber, ...entry }])

/** Rows of one statement: six values each stay far below what either database binds at once. */
const rowsAtOnce = 500

/**
 * Appends entries in their order in the caller's transaction and returns the sequence of the last; on PostgreSQL the head's
 * row lock puts writers in line.
 */
export async function appendEvents(executor: Executor, entries: readonly Entry[]): Promise<number> {
  const tables = executor.withTables<ApplicationTables>()
  const head = await tables
    .updateTable('event_head')
    .set((row) => ({ sequence: row('sequence', '+', entries.length) }))
    .where('id', '=', 1)
    .returning(['sequence', 'hash'])
    .executeTakeFirstOrThrow()
  const last = Number(head.sequence)
  let { hash } = head
  const rows = entries.map(({ subject, at, actor, event }, index) => {
    const sequence = last - entries.length + index + 1
    hash = hashEntry(hash, { subject, at, actor, event, sequence })
    return { sequence, subject, at, actor, event: canonicalJson(event), hash }
  })
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await tables
      .insertInto('event')
      .values(rows.slice(from, from + rowsAtOnce))
      .execute()
  await tables.updateTable('event_head').set({ hash }).where('id', '=', 1).execute()
  return last
}

/** What happened to one application (or to what `subject` names) in the order in which it happened. */
export async function readEvents<Event = ApplicationEvent>(executor: Executor, subject: string): Promise<LoggedEvent<Event>[]> {
  const rows = await executor
    .withTables<ApplicationTables>()
    .selectFrom('event')
    .selectAll()
    .where('subject', '=', subject)
    .orderBy('sequence')
    .execute()
  return rows.map((row) => ({ ...row, sequence: Number(row.sequence), event: JSON.parse(row.event) as Event }))
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
      const entry = { subject: row.subject, at: row.at, actor: row.actor, event: parsed(row.event) }
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

interface HashedEntry {
  readonly subject: string
  readonly at: string
  readonly actor: string
  readonly event: unknown
  readonly sequence: number
}

/** The subject is hashed under the name that it had when all entries were about applications: chains begun then still hold. */
function hashEntry(previous: string, { subject, ...entry }: HashedEntry): string {
  return createHash('sha256')
    .update(`${previous}\n${canonicalJson({ applicationNumber: subject, ...entry })}`)
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
