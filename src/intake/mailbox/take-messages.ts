/** One look into an open mailbox: every message not yet in the ledger is kept and recorded. Nothing is marked or moved. */
import type { ImapFlow } from 'imapflow'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/open-database.ts'
import { RetryableFault } from '../../platform/errors.ts'
import type { Log } from '../../platform/log/log.ts'
import type { IntakeConfig } from '../intake-config.ts'
import type { Intake } from '../open-intake.ts'
import { enterMessage, knownUids, type MailboxAge } from './mailbox-ledger.ts'

export interface TakingParts {
  readonly database: Database
  readonly intake: Pick<Intake, 'receive' | 'refuse'>
  readonly clock: Clock
  readonly log: Log
  readonly config: IntakeConfig
}

/** How far the ledger is known to be complete; kept for as long as one connection lasts. */
export interface Progress {
  /** All UIDs below are accounted for. */
  from: number
  /** How often each message could not be taken. */
  readonly failures: Map<number, number>
  /** Messages taken so far. */
  taken: number
}

const sizesAtOnce = 500
/** A message that the server lists but does not give is refused visibly after so many looks. */
const mostFailures = 5

/**
 * One bad message never stops the rest. A lost connection throws at once; a fault of our own (a full disk) throws when
 * all others have been tried, and its message stays unaccounted for: it comes with the next look.
 */
export async function takeMessages(client: ImapFlow, age: MailboxAge, progress: Progress, parts: TakingParts): Promise<void> {
  const listed = await client.search({ uid: `${progress.from}:*` }, { uid: true })
  if (!listed) throw new RetryableFault('mailbox-search-failed', 'the mail server did not list its messages')
  // `n:*` always holds the last message, even when its UID is below n (RFC 9051, 9, seq-range).
  const present = listed.filter((uid) => uid >= progress.from).toSorted((one, other) => one - other)
  const known = await knownUids(parts.database, age, progress.from)
  const fresh = present.filter((uid) => !known.has(uid))
  const limit = parts.config.mailMegabytes * 1024 * 1024

  const sizes = await fetchSizes(client, fresh)
  const withheld: number[] = []
  let fault: unknown
  for (const uid of fresh) {
    // The size told beforehand is only the server's word: no more than the limit is read in any case.
    const bytes = (sizes.get(uid) ?? 0) > limit ? 'too-large' : await fetchBytes(client, uid, limit)
    if (!bytes) {
      // A person may have deleted it since it was listed.
      if (await isListed(client, uid)) withheld.push(uid)
      continue
    }
    try {
      await (bytes === 'too-large' ? refuseLarge(age, uid, parts) : keep(age, uid, bytes, parts))
      progress.taken++
    } catch (error) {
      parts.log.error('mail-not-taken', error, { uid })
      fault ??= error
    }
  }
  const awaited = await refuseWithheld(age, withheld, progress, parts)
  if (fault !== undefined) throw fault
  progress.from = awaited[0] ?? Math.max(progress.from, (present.at(-1) ?? 0) + 1)
}

async function fetchBytes(client: ImapFlow, uid: number, limit: number): Promise<Buffer | 'too-large' | undefined> {
  try {
    const message = await client.fetchOne(String(uid), { uid: true, source: { maxLength: limit + 1 } }, { uid: true })
    if (!message || !message.source) return undefined
    return message.source.byteLength > limit ? 'too-large' : message.source
  } catch (error) {
    if (!client.usable) throw error
    return undefined
  }
}

async function keep(age: MailboxAge, uid: number, bytes: Buffer, { intake, clock }: TakingParts): Promise<void> {
  const alongside = enterMessage(clock, age, uid, 'taken')
  const { name, ...arrival } = nameArrival(age, uid)
  await intake.receive({ ...arrival, name, files: [{ file: name, bytes }], redelivery: true, alongside })
}

async function refuseLarge(age: MailboxAge, uid: number, { intake, clock, config }: TakingParts): Promise<void> {
  const message = `这封邮件超过 ${config.mailMegabytes} MB，没有收下，请压缩附件或分几封发送。`
  await intake.refuse({ ...nameArrival(age, uid), code: 'mail-too-large', message, alongside: enterMessage(clock, age, uid, 'refused') })
}

async function fetchSizes(client: ImapFlow, uids: readonly number[]): Promise<Map<number, number>> {
  const sizes = new Map<number, number>()
  for (let start = 0; start < uids.length; start += sizesAtOnce) {
    const range = uids.slice(start, start + sizesAtOnce).join(',')
    for await (const message of client.fetch(range, { uid: true, size: true }, { uid: true })) sizes.set(message.uid, message.size ?? 0)
  }
  return sizes
}

async function isListed(client: ImapFlow, uid: number): Promise<boolean> {
  const listed = await client.search({ uid: String(uid) }, { uid: true })
  return Array.isArray(listed) && listed.includes(uid)
}

/** Gives the messages that are worth another look. */
async function refuseWithheld(
  age: MailboxAge,
  withheld: readonly number[],
  { failures }: Progress,
  { intake, clock }: TakingParts,
): Promise<number[]> {
  const awaited: number[] = []
  for (const uid of withheld) {
    const count = (failures.get(uid) ?? 0) + 1
    failures.set(uid, count)
    if (count < mostFailures) awaited.push(uid)
    else
      await intake.refuse({
        ...nameArrival(age, uid),
        code: 'mail-unfetchable',
        message: '邮箱里有一封邮件多次取不下来，请登录邮箱查看，并请发件人重新发送。',
        alongside: enterMessage(clock, age, uid, 'refused'),
      })
  }
  return awaited
}

function nameArrival({ mailbox, uidValidity }: MailboxAge, uid: number) {
  return { door: 'mailbox' as const, name: `来信-${uid}.eml`, key: `mailbox:${mailbox}:${uidValidity}:${uid}` }
}
