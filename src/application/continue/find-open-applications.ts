/** Applications that nobody has decided yet and that a submission's papers may belong to. */
import type { Submission } from '../../flow.ts'
import type { Executor } from '../../platform/database/open-database.ts'
import type { ApplicationTables } from '../application-tables.ts'
import type { Assembled } from '../assemble/assemble.ts'
import { undecided } from '../transition.ts'
import { asSummary, readDocuments, readFindings, type ApplicationRow } from '../store-applications.ts'
import { numbersIn, type OpenApplication } from './choose-application.ts'

/** Of the applications that no enterprise is known of, only the newest are looked at. */
const newestUnnamed = 30
/** And of all, for papers that name no enterprise (copies of identity cards): a worn seal or a person may tell. */
const newestForNameless = 60
const mostConcerned = 200

/** Those named, answered, of the same enterprise, sender or seal, then those whose papers name nobody; newest first. */
export async function findOpenApplications(
  executor: Executor,
  { name, mail }: Submission,
  papers: Pick<Assembled, 'enterprise' | 'documents'> | null,
): Promise<OpenApplication[]> {
  const numbers = numbersIn(`${name}\n${mail?.subject ?? ''}\n${mail?.text ?? ''}`).slice(0, 20)
  const threads = (mail?.references ?? []).slice(-50)
  const sender = mail?.replyTo ?? mail?.from ?? null
  const { uscc = null, name: enterpriseName = null } = papers?.enterprise ?? {}
  const rings = (papers?.documents ?? []).flatMap(({ seals }) => seals.flatMap(({ text }) => text ?? []))
  const names = [...new Set([...(enterpriseName === null ? [] : [enterpriseName]), ...rings])].slice(0, 12)
  const open = executor
    .withTables<ApplicationTables>()
    .selectFrom('application')
    .selectAll()
    .where('status', 'in', [...undecided])
    .orderBy('opened_sequence', 'desc')
  const concerned = await open
    .where((where) =>
      where.or([
        ...(numbers.length > 0 ? [where('number', 'in', numbers)] : []),
        ...(threads.length > 0 ? [where('reply_message_id', 'in', threads)] : []),
        ...(sender === null ? [] : [where('reply_address', '=', sender)]),
        ...(uscc === null ? [] : [where('enterprise_uscc', '=', uscc)]),
        ...(names.length === 0 ? [] : [where('enterprise_name', 'in', names)]),
      ]),
    )
    .limit(mostConcerned)
    .execute()
  const isNameless = papers !== null && uscc === null && enterpriseName === null
  const others = await (
    isNameless ? open.limit(newestForNameless) : open.where('service_told', '!=', 'ticked').limit(newestUnnamed)
  ).execute()
  const rows = [...concerned, ...others.filter((row) => !concerned.some(({ number }) => number === row.number))]
  return Promise.all(rows.map((row) => asOpen(executor, row)))
}

async function asOpen(executor: Executor, row: ApplicationRow): Promise<OpenApplication> {
  const findings = await readFindings(executor, row.number)
  return {
    ...asSummary(row),
    told: row.service_told as OpenApplication['told'],
    documents: await readDocuments(executor, row.number),
    findings: findings.filter(({ dismissedBy }) => dismissedBy === null).map(({ finding }) => finding),
    replyAddress: row.reply_address,
    replyMessageId: row.reply_message_id,
  }
}
