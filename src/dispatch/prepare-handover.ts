/**
 * Cards are done: take the numbers, print what goes with the parcel or lies at the counter, and say so. Three steps, each
 * safe to repeat: reserve (a transaction), print (files), record (a transaction).
 */
import type { Applications } from '../application/applications.ts'
import { statusTitles, type Status } from '../application/record.ts'
import { writeLetter } from '../flow.ts'
import { office } from '../guide/office.ts'
import { serviceTitles } from '../guide/papers.ts'
import { officeDay } from '../platform/clock.ts'
import type { Executor } from '../platform/database/open-database.ts'
import { PermanentFault } from '../platform/errors.ts'
import { destinationOf, itemsOf, thingsOf, type FinishedCard, type HandoverItem } from './address-parcel.ts'
import { officeHours } from './describe-office.ts'
import type { DispatchTables } from './dispatch-tables.ts'
import type { DispatchParts } from './dispatch-parts.ts'
import { drawNotice } from './print/draw-notice.ts'
import { drawWaybill } from './print/draw-waybill.ts'
import { openWording } from './read-wording.ts'
import { takeWaybillNumber } from './take-waybill-number.ts'
import { writeOutbox } from './write-outbox.ts'

export type HandoverRow = DispatchTables['handover']

/** What a blocked handover waits for, as a clerk is told it. */
export const blockedReasons: Readonly<Record<string, string>> = {
  'no-waybill-number': '没有可用的 EMS 面单号，请在“面单号段”中登记邮政提供的号段，登记后自动继续',
  'recipient-missing': '收件地址、收件人或联系电话不全，请补填收件信息或改为窗口领卡',
}

export async function prepareParcel(parts: DispatchParts, applicationNumber: string): Promise<void> {
  const reserved = await parts.database.transaction().execute((transaction) => reserve(parts, transaction, applicationNumber))
  // A card is made again: once it is done, this is asked for anew.
  if (reserved === null) return parts.log.info('handover-waits-for-cards', { applicationNumber })
  if (reserved.state === 'blocked') {
    const code = reserved.reason ?? 'no-waybill-number'
    throw new PermanentFault(code, blockedReasons[code] ?? code)
  }
  if (reserved.state !== 'preparing') return
  const printed = await print(parts, reserved)
  await parts.database.transaction().execute((transaction) => record(parts, transaction, reserved, printed))
  parts.log.info('handover-prepared', { applicationNumber, method: reserved.method, flaws: printed.flaws.length })
}

/** Decides where it goes and takes the waybill number; what cannot be decided is recorded as blocked. */
async function reserve(
  { applications, clock, config, finishedCards, hasOpenCards }: DispatchParts,
  transaction: Executor,
  applicationNumber: string,
): Promise<HandoverRow | null> {
  if (await hasOpenCards(transaction, applicationNumber)) return null
  const tables = transaction.withTables<DispatchTables>()
  const find = () => tables.selectFrom('handover').selectAll().where('application_number', '=', applicationNumber).executeTakeFirst()
  const before = await find()
  if (before === undefined || before.state === 'taken-back') {
    const first = await firstRow({ applications, finishedCards }, transaction, applicationNumber, clock.now())
    await tables
      .insertInto('handover')
      .values(first)
      .onConflict((conflict) => conflict.column('application_number').doNothing())
      .execute()
    // Where it goes stays as a clerk may have put it right.
    const { items, prepared_at, enterprise_name, uscc, method, recipient_name, recipient_phone, recipient_address } = first
    const place = before?.method === null ? { method, recipient_name, recipient_phone, recipient_address } : {}
    if (before)
      await tables
        .updateTable('handover')
        .set({ state: 'blocked', items, prepared_at, enterprise_name, uscc, ...place, notice_number: noticeNumberOf(before) })
        .where('application_number', '=', applicationNumber)
        .where('state', '=', 'taken-back')
        .execute()
  }
  // Holds the row until the commit, also where transactions run side by side (PostgreSQL): one run decides.
  await tables
    .updateTable('handover')
    .set((column) => ({ state: column.ref('state') }))
    .where('application_number', '=', applicationNumber)
    .execute()
  const row = await find()
  if (!row) throw new PermanentFault('handover-lost', '寄送记录不存在，请重试')
  if (row.state !== 'blocked') return row
  const decision = await decide(row, () => takeWaybillNumber(transaction, config, clock))
  await tables.updateTable('handover').set(decision).where('application_number', '=', applicationNumber).execute()
  return { ...row, ...decision }
}

async function decide(
  row: HandoverRow,
  takeNumber: () => Promise<string | undefined>,
): Promise<Pick<HandoverRow, 'state' | 'reason' | 'waybill_number'>> {
  if (row.method === 'window') return { state: 'preparing', reason: null, waybill_number: null }
  if (row.method === null || !row.recipient_name || !row.recipient_phone || !row.recipient_address)
    return { state: 'blocked', reason: 'recipient-missing', waybill_number: null }
  const number = await takeNumber()
  return number === undefined
    ? { state: 'blocked', reason: 'no-waybill-number', waybill_number: null }
    : { state: 'preparing', reason: null, waybill_number: number }
}

/** As the papers say it; what is still to be decided counts as blocked. */
async function firstRow(
  {
    applications,
    finishedCards,
  }: { applications: Applications; finishedCards: (executor: Executor, number: string) => Promise<readonly FinishedCard[]> },
  transaction: Executor,
  applicationNumber: string,
  at: Date,
): Promise<HandoverRow> {
  const application = await applications.find(transaction, applicationNumber)
  if (!application) throw new PermanentFault('application-unknown', '申请不存在，无法准备寄送')
  if (!mayPrepare.includes(application.status))
    throw new PermanentFault('handover-refused', `该申请现为“${statusTitles[application.status]}”，不能准备寄送或领取`)
  const destination = destinationOf(application)
  return {
    application_number: applicationNumber,
    state: 'blocked',
    reason: null,
    service: application.service,
    enterprise_name: application.enterprise.name,
    uscc: application.enterprise.uscc,
    method: destination.method,
    notice_number: noticeNumberOf({ application_number: applicationNumber, round: 0 }),
    waybill_number: null,
    recipient_name: destination.name,
    recipient_phone: destination.phone,
    recipient_address: destination.address,
    items: JSON.stringify(itemsOf(application.service, await finishedCards(transaction, applicationNumber))),
    notice_sha256: null,
    waybill_sha256: null,
    print_flaws: '[]',
    prepared_at: at.toISOString(),
    handed_at: null,
    handed_by: null,
    round: 0,
  }
}

/** A parcel that came back may be sent again. */
const mayPrepare: readonly Status[] = ['accepted', 'making-cards', 'undelivered']

/** Each time has a notice of its own, and a letter with it. */
const noticeNumberOf = ({ application_number, round }: Pick<HandoverRow, 'application_number' | 'round'>): string =>
  round === 0 ? `LK-${application_number}` : `LK-${application_number}-${round + 1}`

interface Printed {
  readonly noticeSha256: string
  readonly waybillSha256: string | null
  readonly flaws: readonly string[]
}

/** A pure function of the reserved row but for the office's wording: a repeat prints the same papers. */
async function print({ files, config, ids }: DispatchParts, row: HandoverRow): Promise<Printed> {
  const wording = openWording(config.templates)
  const items = JSON.parse(row.items) as HandoverItem[]
  const slots = { things: thingsOf(row.service), officePhone: office.phone }
  const at = new Date(row.prepared_at)
  const method = row.method ?? 'window'
  const notice = await drawNotice({
    noticeNumber: row.notice_number,
    applicationNumber: row.application_number,
    officeName: office.name,
    enterpriseName: row.enterprise_name ?? '',
    uscc: row.uscc ?? '',
    service: serviceTitles[row.service],
    method,
    waybillNumber: row.waybill_number,
    preparedOn: officeDay(at),
    items: items.map(({ name, holder, cardNumber, quantity }) => ({ name, holder: holder ?? '', cardNumber: cardNumber ?? '', quantity })),
    instructions: await wording.instructions(method, slots),
    counter: { address: office.counter, hours: officeHours(office), phone: office.phone },
    at,
  })
  const noticeFile = await files.put(notice.bytes)
  await writeOutbox(config.outbox, 'notice', `${row.application_number}.pdf`, notice.bytes, ids)
  const flaws = [...notice.missing, ...notice.cut]
  if (row.waybill_number === null) return { noticeSha256: noticeFile.sha256, waybillSha256: null, flaws }
  const waybill = await drawWaybill({
    waybillNumber: row.waybill_number,
    applicationNumber: row.application_number,
    sender: { name: office.name, phone: office.phone, address: `${office.address}${office.recipient}`, company: null },
    recipient: {
      name: row.recipient_name ?? '',
      phone: row.recipient_phone ?? '',
      address: row.recipient_address ?? '',
      company: row.enterprise_name,
    },
    items: countByName(items),
    note: await wording.waybillNote(slots),
    at,
  })
  const waybillFile = await files.put(waybill.bytes)
  await writeOutbox(config.outbox, 'waybill', `EMS-${row.waybill_number}.pdf`, waybill.bytes, ids)
  return {
    noticeSha256: noticeFile.sha256,
    waybillSha256: waybillFile.sha256,
    flaws: [...new Set([...flaws, ...waybill.missing, ...waybill.cut])],
  }
}

function countByName(items: readonly HandoverItem[]): { name: string; quantity: number }[] {
  const counts = new Map<string, number>()
  for (const { name, quantity } of items) counts.set(name, (counts.get(name) ?? 0) + quantity)
  return [...counts].map(([name, quantity]) => ({ name, quantity }))
}

async function record(
  { applications, handoverMoved, queue }: DispatchParts,
  transaction: Executor,
  row: HandoverRow,
  printed: Printed,
): Promise<void> {
  const applicationNumber = row.application_number
  const changed = await transaction
    .withTables<DispatchTables>()
    .updateTable('handover')
    .set({
      state: 'prepared',
      notice_sha256: printed.noticeSha256,
      waybill_sha256: printed.waybillSha256,
      print_flaws: JSON.stringify(printed.flaws),
    })
    .where('application_number', '=', applicationNumber)
    .where('state', '=', 'preparing')
    .executeTakeFirst()
  // Another run of the same job was faster.
  if (changed.numUpdatedRows === 0n || row.method === null) return
  const event = {
    type: 'handover-prepared',
    method: row.method,
    waybillNumber: row.waybill_number,
    noticeNumber: row.notice_number,
  } as const
  const advanced = await applications.advance(transaction, applicationNumber, event, { actor: 'zhika' })
  if (!advanced.ok) throw new PermanentFault('handover-refused', advanced.message)
  const { method, waybill_number: waybillNumber } = row
  const moved = await handoverMoved(transaction, { applicationNumber, to: 'prepared', method, waybillNumber }, 'zhika')
  if (!moved.ok) throw new PermanentFault('handover-refused', moved.message)
  if (row.method === 'window')
    await queue.enqueue(
      transaction,
      writeLetter,
      { applicationNumber, letter: 'ready-for-pickup', occasion: row.notice_number },
      { key: `${applicationNumber}:ready-for-pickup:${row.notice_number}` },
    )
}
