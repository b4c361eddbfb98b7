/** Scans made of a parcel join it: by the name of their folder or file, or by the cover sheet among the pages. */
import type { Reading, Submission } from '../flow.ts'
import { normalizeWaybill } from '../guide/identifiers/waybill-number.ts'
import type { Executor } from '../platform/database/open-database.ts'
import { logHouse } from './keep-cards.ts'
import { findParcelRow, judgeByCount, linkApplications, type ParcelRow } from './link-parcel.ts'
import { applicationsOfParcel } from './look-up-parcels.ts'
import type { ParcelParts } from './parcel-parts.ts'
import type { ParcelTables } from './parcel-tables.ts'

const mostNumbers = 20

/** Numbers that a name holds: `1151238971060 厦门示例公司`, `EE 4731 2482 9 CN.pdf`. */
function numbersIn(name: string): string[] {
  const text = name.normalize('NFKC').toUpperCase()
  const apart = text.match(/[0-9A-Z]{10,24}/gu) ?? []
  return [...new Set([...apart, normalizeWaybill(text.replace(/\.[A-Z0-9]{2,4}$/u, ''))])].slice(0, mostNumbers)
}

/** In the transaction that opens or joins the applications of a submission. */
export async function joinScans(
  executor: Executor,
  parts: ParcelParts,
  submission: Submission,
  reading: Reading,
  applicationNumbers: readonly string[],
): Promise<void> {
  for (const parcel of await parcelsOf(executor, submission, reading))
    await joinOne(executor, parts, parcel, submission.id, applicationNumbers, 'zhika')
}

/** The applications that a clerk, or a card in it, has linked to the parcel of these scans: the papers are theirs. */
export async function applicationsScanned(executor: Executor, submission: Submission, reading: Reading): Promise<string[]> {
  const numbers: string[] = []
  for (const { number } of await parcelsOf(executor, submission, reading)) numbers.push(...(await applicationsOfParcel(executor, number)))
  return numbers
}

/** Scans are made in the office: what a mail says of itself is nobody's parcel. */
async function parcelsOf(executor: Executor, submission: Submission, reading: Reading): Promise<ParcelRow[]> {
  if (submission.door === 'mailbox') return []
  const numbers = new Set([...numbersIn(submission.name), ...(reading.covers ?? []).map(({ parcel }) => normalizeWaybill(parcel))])
  const parcels: ParcelRow[] = []
  for (const number of numbers) {
    const parcel = await findParcelRow(executor, number)
    if (parcel && parcel.state !== 'refused') parcels.push(parcel)
  }
  return parcels
}

/** Scans that came before the number was scanned at the desk. */
export async function joinEarlierScans(executor: Executor, parts: ParcelParts, parcel: ParcelRow, actor: string): Promise<void> {
  for (const { id, name } of await parts.submissionsNamed(executor, parcel.number)) {
    if (!numbersIn(name).includes(parcel.number)) continue
    const opened = await parts.applications.list(executor, { submissionId: id })
    await joinOne(
      executor,
      parts,
      parcel,
      id,
      opened.map(({ number }) => number),
      actor,
    )
  }
}

async function joinOne(
  executor: Executor,
  parts: ParcelParts,
  parcel: ParcelRow,
  submissionId: string,
  applicationNumbers: readonly string[],
  actor: string,
): Promise<void> {
  const joined = await executor
    .withTables<ParcelTables>()
    .insertInto('parcel_submission')
    .values({ parcel_number: parcel.number, submission_id: submissionId, joined_at: parts.clock.now().toISOString() })
    .onConflict((conflict) => conflict.columns(['parcel_number', 'submission_id']).doNothing())
    .returning('submission_id')
    .executeTakeFirst()
  if (joined) await logHouse(executor, parts.clock, `parcel/${parcel.number}`, { type: 'scans-joined', submissionId }, actor)
  if (applicationNumbers.length === 0) return
  await linkApplications(executor, parts, parcel, applicationNumbers, 'scan', actor)
  await judgeByCount(executor, parts, parcel, applicationNumbers, actor)
}
