/**
 * Writes a letter once for each application, kind and occasion. What it says is fixed in a transaction first; the bytes are a
 * function of what was fixed, so a run that was killed is finished by the next with the same letter.
 */
import type { Application } from '../../application/record.ts'
import { sendLetter, type DocumentPage, type LetterKind, type ReadDocument } from '../../flow.ts'
import { addWorkingDays } from '../../guide/calendar.ts'
import { office } from '../../guide/office.ts'
import { serviceTitles } from '../../guide/papers.ts'
import { officeDay } from '../../platform/clock.ts'
import { PermanentFault } from '../../platform/errors.ts'
import type { HandoverItem } from '../address-parcel.ts'
import { chineseDay, officeHours } from '../describe-office.ts'
import type { DispatchTables } from '../dispatch-tables.ts'
import type { AskedAgreements, DispatchParts, ToldSubmission } from '../dispatch-parts.ts'
import { drawConfirmation, longestLink } from '../print/draw-confirmation.ts'
import { openWording } from '../read-wording.ts'
import { writeOutbox } from '../write-outbox.ts'
import { buildMail } from './build-mail.ts'
import { slotsOf } from './compose-letter.ts'
import type { Slots } from './fill-template.ts'

type LetterRow = DispatchTables['letter']

export interface LetterOrder {
  readonly applicationNumber: string
  readonly letter: LetterKind
  readonly occasion: string
}

export async function writeOneLetter(parts: DispatchParts, order: LetterOrder): Promise<void> {
  await finishWriting(parts, (await findLetter(parts, order)) ?? (await fixLetter(parts, order)))
}

/** What was fixed becomes bytes, a file in the outbox and a job that sends it; a letter that waits for a clerk waits. */
export async function finishOneLetter(parts: DispatchParts, letterId: string): Promise<void> {
  const row = await parts.database
    .withTables<DispatchTables>()
    .selectFrom('letter')
    .selectAll()
    .where('id', '=', letterId)
    .executeTakeFirst()
  if (row) await finishWriting(parts, row)
}

export async function finishWriting(parts: DispatchParts, row: LetterRow): Promise<void> {
  if (row.state !== 'drafting') return
  const attachment =
    row.attachment_sha256 === null || row.attachment_name === null
      ? null
      : { name: row.attachment_name, bytes: await parts.files.get(row.attachment_sha256) }
  const bytes = await buildMail({
    id: row.id,
    from: { name: office.name, address: senderAddress(parts) },
    to: row.to_address,
    subject: row.subject,
    text: row.body,
    layout: await openWording(parts.config.templates).layout(),
    linkAddress: parts.linkAddress,
    inReplyTo: row.in_reply_to,
    at: new Date(row.written_at),
    attachment,
  })
  const { sha256 } = await parts.files.put(bytes)
  await writeOutbox(parts.config.outbox, 'letter', row.file_name, bytes, parts.ids)
  await recordWritten(parts, row, sha256)
  parts.log.info('letter-written', { applicationNumber: row.application_number, letter: row.kind, toPrint: row.to_address === null })
}

export const senderAddress = ({ mailer }: DispatchParts): string => mailer?.from ?? office.mailAddress

const findLetter = ({ database }: DispatchParts, { applicationNumber, letter, occasion }: LetterOrder): Promise<LetterRow | undefined> =>
  database
    .withTables<DispatchTables>()
    .selectFrom('letter')
    .selectAll()
    .where('application_number', '=', applicationNumber)
    .where('kind', '=', letter)
    .where('occasion', '=', occasion)
    .executeTakeFirst()

/** Fixes words, addressee and date. Of two runs at once the first one's words stand. */
async function fixLetter(parts: DispatchParts, order: LetterOrder): Promise<LetterRow> {
  const { applications, clock, config, database } = parts
  const { applicationNumber, letter } = order
  const application = await applications.find(database, applicationNumber)
  if (!application) throw new PermanentFault('application-unknown', '申请不存在，无法写函')
  const handover = await database
    .withTables<DispatchTables>()
    .selectFrom('handover')
    .selectAll()
    .where('application_number', '=', applicationNumber)
    .executeTakeFirst()
  if (aboutParcels.has(letter) && !handover) throw new PermanentFault('handover-missing', '尚未准备寄送或领取，无法写函')
  const events = await applications.events(database, applicationNumber)
  // Papers that came later are acknowledged by themselves.
  const isSupplement = letter === 'acknowledgement' && order.occasion !== 'opened'
  const later = isSupplement ? await parts.submissionOf(order.occasion) : undefined
  const submission = letter === 'acknowledgement' ? (later ?? (await parts.submissionOf(application.submissionId))) : undefined
  const now = clock.now()
  const agreements = letter === 'agreements' ? await parts.agreementsAsked(applicationNumber) : null
  const toAddress = answerable(application.replyTo?.address, [senderAddress(parts), office.mailAddress])
  const sheet = toAddress === null && agreements ? await printConfirmation(parts, application, agreements, now) : null
  const slots = slotsOf(
    letter,
    {
      application,
      events,
      problems: submission?.problems ?? [],
      supplement: later ? { receivedAt: later.receivedAt, documents: broughtBy(later, application) } : null,
      occasion: order.occasion,
      agreements,
      bySheet: sheet !== null,
      expectedOn: addWorkingDays(officeDay(now), config.transitDays),
      handover: handover
        ? {
            waybillNumber: handover.waybill_number,
            returnedFor: handover.state === 'undelivered' ? handover.reason : null,
            recipientName: handover.recipient_name,
            recipientAddress: handover.recipient_address,
            items: JSON.parse(handover.items) as HandoverItem[],
          }
        : null,
    },
    office,
  )
  const { subject, body } = await openWording(config.templates).letter(letter, slots, signatureOf(now))
  const enclosesNotice = letter === 'ready-for-pickup' && handover?.notice_sha256
  const row: LetterRow = {
    ...letterBlank(parts, order, now),
    to_address: toAddress,
    subject,
    body,
    in_reply_to: messageIdIn(application.replyTo?.messageId),
    attachment_name: enclosesNotice ? `领卡通知单-${applicationNumber}.pdf` : sheet && `扫码确认单-${applicationNumber}.pdf`,
    attachment_sha256: enclosesNotice ? handover.notice_sha256 : sheet,
  }
  await insertLetter(parts, row)
  return (await findLetter(parts, order)) ?? row
}

/** Of the papers of an application those that a submission brought, as they are judged now. */
function broughtBy({ documents }: ToldSubmission, application: Application): readonly ReadDocument[] {
  if (documents === undefined) return application.documents
  const isPageOf = (page: DocumentPage, other: DocumentPage) =>
    page.file === other.file && page.page === other.page && page.image?.sha256 === other.image?.sha256
  return application.documents.filter(({ pages }) =>
    documents.some((read) => pages.some((page) => read.pages.some((other) => isPageOf(page, other)))),
  )
}

/** For a letter on paper: a sheet with a code for each link; its SHA-256, null where the office gives no links. */
async function printConfirmation(
  { files }: DispatchParts,
  application: Application,
  { systems, linkDays }: AskedAgreements,
  now: Date,
): Promise<string | null> {
  const linked = systems.flatMap(({ title, link }) => (link !== null && link.length <= longestLink ? [{ title, link }] : []))
  if (linked.length === 0 || linkDays === null) return null
  const sheet = await drawConfirmation({
    applicationNumber: application.number,
    officeName: office.name,
    officePhone: office.phone,
    enterpriseName: application.enterprise.name ?? '',
    service: serviceTitles[application.service],
    systems: linked,
    until: chineseDay(officeDay(new Date(now.getTime() + linkDays * 86_400_000))),
    at: now,
  })
  return (await files.put(sheet.bytes)).sha256
}

const aboutParcels: ReadonlySet<LetterKind> = new Set(['posted', 'reader-posted', 'undelivered', 'ready-for-pickup'])

export const signatureOf = (now: Date): Slots => ({
  office: office.name,
  officeAddress: office.address,
  officePhone: office.phone,
  officeHours: officeHours(office),
  date: chineseDay(officeDay(now)),
})

/** A letter of which nothing is known but its occasion. */
export function letterBlank({ ids }: DispatchParts, { applicationNumber, letter, occasion }: LetterOrder, now: Date) {
  const name = occasion.replaceAll(/[^0-9A-Za-z-]/gu, '_').slice(0, 60)
  return {
    id: ids.next(),
    application_number: applicationNumber,
    kind: letter,
    occasion,
    state: 'drafting' as const,
    in_reply_to: null,
    attachment_name: null,
    attachment_sha256: null,
    sha256: null,
    file_name: `${applicationNumber === '' ? '' : `${applicationNumber}-`}${letter}-${name}.eml`,
    attempts: 0,
    reason: null,
    written_at: now.toISOString(),
    sent_at: null,
    send_after: null,
    clerk_note: null,
  }
}

/** Of two runs at once the first one's words stand. What the office wants to read first is held. */
export async function insertLetter({ config, database }: DispatchParts, row: LetterRow): Promise<void> {
  const state = row.to_address !== null && config.holdLetters.includes(row.kind) ? ('held' as const) : row.state
  await database
    .withTables<DispatchTables>()
    .insertInto('letter')
    .values({ ...row, state })
    .onConflict((conflict) => conflict.columns(['application_number', 'kind', 'occasion']).doNothing())
    .execute()
}

/** Letters to robots and to the office itself would come back as mail: they are printed instead. */
export function answerable(address: string | null | undefined, own: readonly string[]): string | null {
  const to = address?.trim() ?? ''
  if (to.length > 254 || !/^[^\s@<>",;:()[\]\\]+@[^\s@<>",;:()[\]\\]+\.[^\s@<>",;:()[\]\\.]+$/u.test(to)) return null
  if (/^(mailer-daemon|postmaster|no-?reply|do-?not-?reply)@/iu.test(to)) return null
  return own.some((mine) => mine.toLowerCase() === to.toLowerCase()) ? null : to
}

/** RFC 5322 3.6.4; anything else would break the header that it is put into. */
export const messageIdIn = (id: string | null | undefined): string | null =>
  id && /^<[^\s<>]{1,900}>$/u.test(id.trim()) ? id.trim() : null

async function recordWritten(
  { applications, clock, config, database, mailer, queue }: DispatchParts,
  row: LetterRow,
  sha256: string,
): Promise<void> {
  const now = clock.now()
  const sends = mailer !== null && row.to_address !== null
  const runAt = new Date(now.getTime() + config.undoSeconds * 1000)
  await database.transaction().execute(async (transaction) => {
    const changed = await transaction
      .withTables<DispatchTables>()
      .updateTable('letter')
      .set({
        state: row.to_address === null ? 'to-print' : 'written',
        sha256,
        send_after: sends && config.undoSeconds > 0 ? runAt.toISOString() : null,
      })
      .where('id', '=', row.id)
      .where('state', '=', 'drafting')
      .executeTakeFirst()
    if (changed.numUpdatedRows === 0n) return
    // Written anew after a clerk took it back, it is sent anew.
    if (sends) await queue.enqueue(transaction, sendLetter, { letterId: row.id }, { key: `${row.id}:${now.toISOString()}`, runAt })
    if (row.application_number === '') return
    const event = { type: 'letter-written', letterId: row.id, letter: row.kind } as const
    const advanced = await applications.advance(transaction, row.application_number, event, { actor: 'zhika' })
    if (!advanced.ok) throw new PermanentFault('letter-refused', advanced.message)
  })
}
