/** One look into an open mailbox: every message not yet in the ledger is kept and recorded before anything else happens to it. */
import type { ImapFlow } from 'imapflow'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/open-database.ts'
import { RetryableFault } from '../../platform/errors.ts'
import type { FileStore, StoredFile } from '../../platform/files/file-store.ts'
import type { Log } from '../../platform/log/log.ts'
import type { IntakeConfig } from '../intake-config.ts'
import type { Intake } from '../open-intake.ts'
import type { Arrival } from '../receive-arrival.ts'
import { readMailHead } from '../unpack/read-mail-head.ts'
import { countTry, enterMessage, knownUids, troubledMessages, type MailboxAge, type Trouble } from './mailbox-ledger.ts'

export interface TakingParts {
  readonly database: Database
  readonly files: FileStore
  readonly intake: Pick<Intake, 'receiveAll' | 'refuse'>
  readonly clock: Clock
  readonly log: Log
  readonly config: IntakeConfig
}

/** How far the ledger is known to be complete; kept for as long as one connection lasts. */
export interface Progress {
  /** All UIDs below are accounted for. */
  from: number
  /** Messages taken so far. */
  taken: number
}

const sizesAtOnce = 500
/** A message that the server lists but does not give is refused visibly after so many tries. */
const mostWithheld = 5
/** One over which the connection is lost, after so many: with growing pauses that is some six hours. */
const mostTries = 12
/** Longest wait before a message that cost us the connection is asked for again, in seconds. */
const longestPause = 3600
/** Messages up to this size are taken in groups, larger ones one by one, streamed to the disk. In bytes. */
const smallMessage = 1024 * 1024
const groupBytes = 8 * 1024 * 1024
const groupMessages = 100
/** One answer of the server to a request for a part of a large message. */
const streamChunk = 1024 * 1024
/** Enough for the header of a message that is too large to be taken. */
const headBytes = 64 * 1024

/**
 * One bad message never stops the rest: what could not be taken before is asked for by itself, after all others, and less and less
 * often. A lost connection throws at once; a fault of our own (a full disk) throws when all others have been tried, and its
 * message stays unaccounted for: it comes with the next look.
 */
export async function takeMessages(client: ImapFlow, age: MailboxAge, progress: Progress, parts: TakingParts): Promise<void> {
  const listed = await client.search({ uid: `${progress.from}:*` }, { uid: true })
  if (!listed) throw new RetryableFault('mailbox-search-failed', 'the mail server did not list its messages')
  // `n:*` always holds the last message, even when its UID is below n (RFC 9051, 9, seq-range).
  const present = listed.filter((uid) => uid >= progress.from).toSorted((one, other) => one - other)
  const known = await knownUids(parts.database, age, progress.from)
  const troubled = await troubledMessages(parts.database, age)
  const open = present.filter((uid) => !known.has(uid))
  const fresh = open.filter((uid) => !troubled.has(uid))
  const sizes = await fetchSizes(client, age, fresh, parts)
  const small = Math.min(smallMessage, parts.config.mailMegabytes * 1024 * 1024)
  const look: Look = { client, age, progress, parts, small, awaited: [], fault: undefined }
  // The size told beforehand is only the server's word: no more than the limits below is read in any case.
  for (const group of groupBySize(fresh, sizes, small)) {
    const [first = 0] = group
    if (group.length > 1 || (sizes.get(first) ?? 0) <= small) await takeGroup(look, group)
    else await takeLarge(look, first, sizes.get(first) ?? 0)
  }
  for (const uid of open) {
    const trouble = troubled.get(uid)
    if (!trouble) continue
    if (trouble.tries >= mostTries) await refuseUnfetchable(look, uid)
    else if (isDue(trouble, parts)) await takeLarge(look, uid, 0)
    else look.awaited.push(uid)
  }
  if (look.fault !== undefined) throw look.fault
  progress.from = Math.min(...look.awaited, Math.max(progress.from, (present.at(-1) ?? 0) + 1))
}

/** Twice as long after each try. */
function isDue({ tries, lastAt }: Trouble, { clock, config }: TakingParts): boolean {
  const seconds = Math.min(longestPause, config.mailRetrySeconds * 2 ** Math.min(tries - 1, 20))
  return clock.now().getTime() - new Date(lastAt).getTime() >= seconds * 1000
}

interface Look {
  readonly client: ImapFlow
  readonly age: MailboxAge
  readonly progress: Progress
  readonly parts: TakingParts
  /** Bytes up to which a message is taken in a group. */
  readonly small: number
  /** UIDs that are worth another look. */
  readonly awaited: number[]
  /** The first fault of our own. */
  fault: unknown
}

/** Small messages in groups, each large one by itself, in the order of their numbers. */
function* groupBySize(uids: readonly number[], sizes: ReadonlyMap<number, number>, small: number): Generator<number[]> {
  let group: number[] = []
  let bytes = 0
  for (const uid of uids) {
    const size = sizes.get(uid) ?? 0
    if (group.length > 0 && (size > small || bytes + size > groupBytes || group.length >= groupMessages)) {
      yield group
      group = []
      bytes = 0
    }
    if (size > small) yield [uid]
    else {
      group.push(uid)
      bytes += size
    }
  }
  if (group.length > 0) yield group
}

async function takeGroup(look: Look, uids: readonly number[]): Promise<void> {
  const { client } = look
  const messages = new Map<number, Buffer>()
  try {
    const range = uids.join(',')
    for await (const { uid, source } of client.fetch(range, { uid: true, source: { maxLength: look.small + 1 } }, { uid: true }))
      if (source) messages.set(uid, source)
  } catch (error) {
    // What came before the fault is taken; the rest is asked for one by one.
    if (!client.usable) {
      await keepGroup(look, messages)
      await countUnderWay(look.parts, look.age, uids, messages)
      throw error
    }
  }
  const larger = [...messages].filter(([, source]) => source.byteLength > look.small).map(([uid]) => uid)
  for (const uid of larger) messages.delete(uid)
  await keepGroup(look, messages)
  for (const uid of uids) if (larger.includes(uid) || !messages.has(uid)) await takeLarge(look, uid, 0)
}

async function keepGroup(look: Look, messages: ReadonlyMap<number, Buffer>): Promise<void> {
  const arrivals = [...messages].map(([uid, bytes]) => arrivalOf(look, uid, { bytes }))
  if (arrivals.length === 0) return
  try {
    await look.parts.intake.receiveAll(arrivals)
    look.progress.taken += arrivals.length
  } catch (error) {
    look.parts.log.error('mails-not-taken', error, { messages: arrivals.length })
    // One of them may be the reason: each by itself then.
    if (messages.size > 1) for (const [uid, bytes] of messages) await keepGroup(look, new Map([[uid, bytes]]))
    else look.fault ??= error
  }
}

/** Never held in memory as a whole. */
async function takeLarge(look: Look, uid: number, size: number): Promise<void> {
  const { client, age, parts } = look
  const limit = parts.config.mailMegabytes * 1024 * 1024
  try {
    const stored = size > limit ? 'too-large' : await download(look, uid, limit)
    if (stored === undefined) return await setWithheldAside(look, uid)
    if (stored === 'too-large') await refuseLarge(look, uid)
    else await parts.intake.receiveAll([arrivalOf(look, uid, { stored })])
    look.progress.taken++
  } catch (error) {
    if (!client.usable) {
      await countTry(parts.database, parts.clock, age, uid, 'lost')
      throw error
    }
    parts.log.error('mail-not-taken', error, { mailbox: age.mailbox.split('@').at(-1) ?? '', uid })
    look.fault ??= error
  }
}

/** Undefined when the server does not give the message. */
async function download({ client, parts }: Look, uid: number, limit: number): Promise<StoredFile | 'too-large' | undefined> {
  const first = await fetchChunk(client, uid, 0)
  return first && parts.files.putStream(followingChunks(client, uid, first), limit)
}

/** A message that ends exactly at a chunk is asked for once more, and gives nothing. A lost connection throws. */
async function* followingChunks(client: ImapFlow, uid: number, first: Buffer): AsyncGenerator<Buffer> {
  let start = 0
  for (let chunk: Buffer | undefined = first; chunk && chunk.byteLength > 0;) {
    yield chunk
    start += chunk.byteLength
    if (chunk.byteLength < streamChunk) return
    chunk = await fetchChunk(client, uid, start)
    if (chunk === undefined) throw new RetryableFault('mail-cut-off', 'the mail server stopped in the middle of a message')
  }
}

async function fetchChunk(client: ImapFlow, uid: number, start: number): Promise<Buffer | undefined> {
  try {
    const message = await client.fetchOne(String(uid), { uid: true, source: { start, maxLength: streamChunk } }, { uid: true })
    return message && message.source ? message.source : undefined
  } catch (error) {
    if (!client.usable) throw error
    return undefined
  }
}

function arrivalOf({ age, parts }: Look, uid: number, content: { bytes: Buffer } | { stored: StoredFile }): Arrival {
  const named = nameArrival(age, uid)
  return { ...named, files: [{ file: named.name, ...content }], redelivery: true, alongside: enterMessage(parts.clock, age, uid, 'taken') }
}

/** Its sender is told what to do, so its header is read. */
async function refuseLarge({ client, age, parts }: Look, uid: number): Promise<void> {
  const { config, intake, clock } = parts
  const head = await client.fetchOne(String(uid), { uid: true, source: { maxLength: headBytes } }, { uid: true })
  const mail = head && head.source ? await readMailHead(head.source) : null
  const message = `这封邮件超过 ${config.mailMegabytes} MB，没有收下，请压缩附件或分几封发送。`
  await intake.refuse({
    ...nameArrival(age, uid),
    ...(mail?.subject ? { name: mail.subject } : {}),
    code: 'mail-too-large',
    message,
    mail,
    alongside: enterMessage(clock, age, uid, 'refused'),
  })
}

/** A message whose size the server does not tell counts as small: no more than is small is asked for at once. */
async function fetchSizes(client: ImapFlow, age: MailboxAge, uids: readonly number[], parts: TakingParts): Promise<Map<number, number>> {
  const sizes = new Map<number, number>()
  for (let start = 0; start < uids.length; start += sizesAtOnce) {
    const group = uids.slice(start, start + sizesAtOnce)
    try {
      for await (const message of client.fetch(group.join(','), { uid: true, size: true }, { uid: true }))
        sizes.set(message.uid, message.size ?? 0)
    } catch (error) {
      if (!client.usable) {
        await countUnderWay(parts, age, group, sizes)
        throw error
      }
    }
  }
  return sizes
}

/** Answers come in the order of the messages: the first that is missing was under way when the connection was lost, and may be why. */
async function countUnderWay(
  { clock, database }: TakingParts,
  age: MailboxAge,
  uids: readonly number[],
  answered: ReadonlyMap<number, unknown>,
): Promise<void> {
  const underWay = uids.find((uid) => !answered.has(uid))
  if (underWay !== undefined) await countTry(database, clock, age, underWay, 'lost')
}

async function isListed(client: ImapFlow, uid: number): Promise<boolean> {
  const listed = await client.search({ uid: String(uid) }, { uid: true })
  return Array.isArray(listed) && listed.includes(uid)
}

/** What the server lists and does not give is awaited for some tries, then refused visibly. */
async function setWithheldAside(look: Look, uid: number): Promise<void> {
  const { client, age, parts, awaited } = look
  // A person may have deleted what was listed.
  if (!(await isListed(client, uid))) return
  const { withheld } = await countTry(parts.database, parts.clock, age, uid, 'withheld')
  if (withheld < mostWithheld) awaited.push(uid)
  else await refuseUnfetchable(look, uid)
}

async function refuseUnfetchable({ age, parts }: Look, uid: number): Promise<void> {
  await parts.intake.refuse({
    ...nameArrival(age, uid),
    code: 'mail-unfetchable',
    message: '邮箱里有一封邮件多次取不下来，请登录邮箱查看，并请发件人重新发送。',
    alongside: enterMessage(parts.clock, age, uid, 'refused'),
  })
}

function nameArrival({ mailbox, uidValidity }: MailboxAge, uid: number) {
  return { door: 'mailbox' as const, name: `来信-${uid}.eml`, key: `mailbox:${mailbox}:${uidValidity}:${uid}` }
}
