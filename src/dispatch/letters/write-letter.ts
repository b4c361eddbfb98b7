/**
 * Writes a letter once for each application, kind and occasion. What it says is fixed in a transaction first; the bytes are a
 * function of what was fixed, so a run that was killed is finished by the next with the same letter.
 */
import { sendLetter, type LetterKind } from '../../flow.ts'
import { office } from '../../guide/office.ts'
import { officeDay } from '../../platform/clock.ts'
import { PermanentFault } from '../../platform/errors.ts'
import type { HandoverItem } from '../address-parcel.ts'
import { chineseDay, officeHours } from '../describe-office.ts'
import type { DispatchTables } from '../dispatch-tables.ts'
import type { DispatchParts } from '../dispatch-parts.ts'
import { openWording } from '../read-wording.ts'
import { writeOutbox } from '../write-outbox.ts'
import { buildMail } from './build-mail.ts'
import { slotsOf } from './compose-letter.ts'

type LetterRow = DispatchTables['letter']

export interface LetterOrder {
  readonly applicationNumber: string
  readonly letter: LetterKind
  readonly occasion: string
}

export async function writeOneLetter(parts: DispatchParts, order: LetterOrder): Promise<void> {
  const row = (await findLetter(parts, order)) ?? (await fixLetter(parts, order))
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
    inReplyTo: row.in_reply_to,
    at: new Date(row.written_at),
    attachment,
  })
  const { sha256 } = await parts.files.put(bytes)
  await writeOutbox(parts.config.outbox, 'letter', row.file_name, bytes, parts.ids)
  await recordWritten(parts, row, sha256)
  parts.log.info('letter-written', { applicationNumber: order.applicationNumber, letter: order.letter, toPrint: row.to_address === null })
}

const senderAddress = ({ mailer }: DispatchParts): string => mailer?.from ?? office.mailAddress

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
  const { applications, clock, config, database, ids } = parts
  const { applicationNumber, letter, occasion } = order
  const application = await applications.find(database, applicationNumber)
  if (!application) throw new PermanentFault('application-unknown', '申请不存在，无法写函')
  const handover = await database
    .withTables<DispatchTables>()
    .selectFrom('handover')
    .selectAll()
    .where('application_number', '=', applicationNumber)
    .executeTakeFirst()
  if ((letter === 'posted' || letter === 'ready-for-pickup') && !handover)
    throw new PermanentFault('handover-missing', '尚未准备寄送或领取，无法写函')
  const events = letter === 'correction' ? await applications.events(database, applicationNumber) : []
  const now = clock.now()
  const slots = slotsOf(
    letter,
    {
      application,
      events,
      handover: handover
        ? {
            waybillNumber: handover.waybill_number,
            recipientName: handover.recipient_name,
            recipientAddress: handover.recipient_address,
            items: JSON.parse(handover.items) as HandoverItem[],
          }
        : null,
    },
    office,
  )
  const { subject, body } = await openWording(config.templates).letter(letter, slots, {
    office: office.name,
    officeAddress: office.address,
    officePhone: office.phone,
    officeHours: officeHours(office),
    date: chineseDay(officeDay(now)),
  })
  const enclosesNotice = letter === 'ready-for-pickup' && handover?.notice_sha256
  const row: LetterRow = {
    id: ids.next(),
    application_number: applicationNumber,
    kind: letter,
    occasion,
    state: 'drafting',
    to_address: answerable(application.replyTo?.address, [senderAddress(parts), office.mailAddress]),
    subject,
    body,
    in_reply_to: messageIdOf(application.replyTo?.messageId),
    attachment_name: enclosesNotice ? `领卡通知单-${applicationNumber}.pdf` : null,
    attachment_sha256: enclosesNotice ? handover.notice_sha256 : null,
    sha256: null,
    file_name: `${applicationNumber}-${letter}-${occasion.replaceAll(/[^0-9A-Za-z-]/gu, '_').slice(0, 60)}.eml`,
    attempts: 0,
    reason: null,
    written_at: now.toISOString(),
    sent_at: null,
  }
  await database
    .withTables<DispatchTables>()
    .insertInto('letter')
    .values(row)
    .onConflict((conflict) => conflict.columns(['application_number', 'kind', 'occasion']).doNothing())
    .execute()
  return (await findLetter(parts, order)) ?? row
}

/** Letters to robots and to the office itself would come back as mail: they are printed instead. */
function answerable(address: string | null | undefined, own: readonly string[]): string | null {
  const to = address?.trim() ?? ''
  if (to.length > 254 || !/^[^\s@<>",;:()[\]\\]+@[^\s@<>",;:()[\]\\]+\.[^\s@<>",;:()[\]\\.]+$/u.test(to)) return null
  if (/^(mailer-daemon|postmaster|no-?reply|do-?not-?reply)@/iu.test(to)) return null
  return own.some((mine) => mine.toLowerCase() === to.toLowerCase()) ? null : to
}

/** RFC 5322 3.6.4; anything else would break the header that it is put into. */
const messageIdOf = (id: string | null | undefined): string | null => (id && /^<[^\s<>]{1,900}>$/u.test(id.trim()) ? id.trim() : null)

async function recordWritten({ applications, database, mailer, queue }: DispatchParts, row: LetterRow, sha256: string): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const changed = await transaction
      .withTables<DispatchTables>()
      .updateTable('letter')
      .set({ state: row.to_address === null ? 'to-print' : 'written', sha256 })
      .where('id', '=', row.id)
      .where('state', '=', 'drafting')
      .executeTakeFirst()
    if (changed.numUpdatedRows === 0n) return
    const event = { type: 'letter-written', letterId: row.id, letter: row.kind } as const
    const advanced = await applications.advance(transaction, row.application_number, event, { actor: 'zhika' })
    if (!advanced.ok) throw new PermanentFault('letter-refused', advanced.message)
    if (mailer && row.to_address !== null) await queue.enqueue(transaction, sendLetter, { letterId: row.id }, { key: row.id })
  })
}
