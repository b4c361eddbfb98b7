/** Which application a card that was counted belongs to: by the papers that name it, by the ledger, by the parcel it came in. */
import type { ApplicationTables } from '../application/application-tables.ts'
import type { Applications } from '../application/applications.ts'
import { namedCards } from '../application/judge/named-cards.ts'
import type { KnownCard } from '../application/judge/papers.ts'
import type { Application, Status } from '../application/record.ts'
import { undecided } from '../application/transition.ts'
import { services } from '../guide/services.ts'
import type { Executor } from '../platform/database/open-database.ts'

/** In these states cards may still come for an application, or be worked on. */
export const unfinished: readonly Status[] = [...undecided, 'accepted', 'making-cards']

export interface Sought {
  /** Null for a card whose number cannot be read. */
  readonly number: string | null
  readonly known: KnownCard | null
  /** Applications that the parcel is known to be about, in the order in which they were linked. */
  readonly ofParcel: readonly string[]
}

/** The number of the application; null when nothing tells, or when several are as near. */
export async function findOwner(
  executor: Executor,
  applications: Applications,
  { number, known, ofParcel }: Sought,
): Promise<string | null> {
  const linked: Application[] = []
  for (const each of ofParcel) {
    const application = await applications.find(executor, each)
    if (application) linked.push(application)
  }
  const naming = linked.find(({ documents }) => names(documents, number))
  if (naming) return naming.number
  if (known?.uscc) {
    const own = linked.filter(({ enterprise }) => enterprise.uscc === known.uscc)
    return (own.find(takesCards) ?? own[0])?.number ?? (await elsewhere(executor, applications, number, known.uscc))
  }
  const found = number === null ? null : await elsewhere(executor, applications, number, null)
  if (found !== null) return found
  const wanting = linked.filter(takesCards)
  return (wanting.length === 1 ? wanting[0] : linked.length === 1 ? linked[0] : undefined)?.number ?? null
}

const names = (documents: Application['documents'], number: string | null): boolean =>
  number !== null && namedCards(documents).some((card) => card.number === number)

/** The first of these applications whose papers name the card. */
export async function namingAmong(
  executor: Executor,
  applications: Applications,
  candidates: readonly string[],
  number: string | null,
): Promise<string | null> {
  for (const each of candidates) {
    const application = await applications.find(executor, each)
    if (application && names(application.documents, number)) return each
  }
  return null
}

const takesCards = ({ service }: Pick<Application, 'service'>) => services[service].cardsEnclosed.length > 0

/** Among all applications that are not finished: those whose papers name the card, else the one of the ledger's enterprise. */
async function elsewhere(
  executor: Executor,
  applications: Applications,
  number: string | null,
  uscc: string | null,
): Promise<string | null> {
  const named = number === null ? null : await namingAmong(executor, applications, await applicationsNaming(executor, number), number)
  if (named !== null) return named
  if (uscc === null) return null
  const ofEnterprise = (await applications.list(executor, { status: unfinished, text: uscc, limit: 20 })).filter(takesCards)
  return ofEnterprise.length === 1 ? ofEnterprise[0]!.number : null
}

/** Newest first; the text of a paper holds the number somewhere. */
async function applicationsNaming(executor: Executor, number: string): Promise<string[]> {
  const rows = await executor
    .withTables<ApplicationTables>()
    .selectFrom('application_document')
    .innerJoin('application', 'application.number', 'application_document.application_number')
    .select('application.number')
    .distinct()
    .where('application.status', 'in', [...unfinished])
    .where('application_document.document', 'like', `%${number}%`)
    .orderBy('application.number', 'desc')
    .limit(20)
    .execute()
  return rows.map((row) => row.number)
}
