/** What every page of the desk is given, and how it answers. */
import type { Context } from 'hono'
import { getCookie, deleteCookie, setCookie } from 'hono/cookie'
import type { Agreements } from '../application/agreements/open-confirmations.ts'
import type { Applications } from '../application/applications.ts'
import type { Status } from '../application/record.ts'
import type { Clock } from '../platform/clock.ts'
import { officeDay } from '../platform/clock.ts'
import type { Database } from '../platform/database/open-database.ts'
import type { FileStore } from '../platform/files/file-store.ts'
import type { Log } from '../platform/log/log.ts'
import type { Queue } from '../platform/queue/contract.ts'
import type { Result } from '../platform/result.ts'
import type { Accounts, Session, User } from './accounts/open-accounts.ts'
import type { DeskConfig } from './desk-config.ts'
import { pageFrame, type Counts, type Frame, type Notice } from './look/page-frame.ts'
import type { ArrivalsPort, CardsPort, LedgerPort, Check, DispatchPort, FormsPort, ParcelsPort, ReviewPort } from './ports.ts'

export interface DeskParts {
  readonly config: DeskConfig
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly files: FileStore
  readonly queue: Queue
  readonly accounts: Accounts
  readonly applications: Applications
  readonly confirmations: Agreements
  readonly review: ReviewPort
  readonly arrivals: ArrivalsPort
  readonly cards: CardsPort
  readonly ledger: LedgerPort
  readonly dispatch: DispatchPort
  readonly parcels: ParcelsPort
  readonly forms: FormsPort
  /** What the health page shows; the service can work when all are ok. */
  readonly checks: () => Promise<readonly Check[]>
  /** The office's name in the top bar. */
  readonly office: string
}

export interface DeskEnvironment {
  Variables: { session: Session }
  Bindings: { incoming?: { socket?: { remoteAddress?: string } } }
}
export type DeskContext = Context<DeskEnvironment>

/** The parts and the ways to answer. */
export interface Desk extends DeskParts {
  readonly assets: string
  show(c: DeskContext, page: Frame, status?: 200 | 400 | 401 | 403 | 404 | 409 | 413 | 429 | 500): Promise<Response>
  /** Goes to another page after a change, with a sentence of what happened. */
  goTo(c: DeskContext, path: string, notice?: Notice): Response
  /** As `goTo`, with the sentence of a result. */
  afterwards(c: DeskContext, path: string, result: Result<unknown>, said: string): Response
}

/** The states in which an application waits for the clerk. */
export const waitingForClerk: readonly Status[] = ['draft', 'entered', 'reviewing', 'awaiting-cards']

const noticeCookie = 'zhika.notice'

export function makeDesk(parts: DeskParts, assets: string): Desk {
  const goTo = (c: DeskContext, path: string, notice?: Notice) => {
    if (notice) setCookie(c, noticeCookie, JSON.stringify(notice), { path: '/', httpOnly: true, sameSite: 'Strict', maxAge: 60 })
    return c.redirect(path, 303)
  }
  return {
    ...parts,
    assets,
    async show(c, page, status = 200) {
      const user = (c.get('session') as Session | undefined)?.user ?? null
      const inside = user && !user.mustChangePassword
      const body = await pageFrame(page, {
        user,
        // A page that asks in the background must not eat what the next page has to say.
        notice: inBackground(c) ? null : takeNotice(c),
        counts: inside ? await countWork(parts, user) : null,
        assets,
        office: parts.office,
      })
      return c.html(body, status)
    },
    goTo,
    afterwards: (c, path, result, said) =>
      goTo(c, path, result.ok ? { tone: 'done', text: said } : { tone: 'refused', text: result.message }),
  }
}

/** Asked for by a script of an open page (`x-desk: poll` or `dialog`), not by a person's step. */
export function inBackground(c: DeskContext): boolean {
  const asked = c.req.header('x-desk')
  return asked === 'poll' || asked === 'dialog'
}

/** A notice is shown once. */
function takeNotice(c: DeskContext): Notice | null {
  const kept = getCookie(c, noticeCookie)
  if (!kept) return null
  deleteCookie(c, noticeCookie, { path: '/' })
  try {
    const { tone, text } = JSON.parse(kept) as Partial<Notice>
    return typeof text === 'string' ? { tone: tone === 'done' ? 'done' : 'refused', text: text.slice(0, 500) } : null
  } catch {
    return null
  }
}

async function countWork(parts: DeskParts, user: User): Promise<Counts> {
  const byStatus = await parts.applications.count(parts.database)
  const inbox = waitingForClerk.reduce((sum, status) => sum + byStatus[status], 0)
  const today = officeDay(parts.clock.now())
  const { overdue } = await parts.applications.countDue(parts.database, today)
  return {
    inbox,
    overdue,
    arrivals: await parts.arrivals.countTroubled(),
    cards: await parts.cards.countQueued(),
    dispatch: (await parts.dispatch.list()).length,
    parcels: await parts.parcels.countUncounted(),
    jobs: user.role === 'administrator' ? (await parts.queue.count()).dead : 0,
  }
}
