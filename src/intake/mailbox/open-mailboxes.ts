/** The mailboxes that submissions come by. Each is followed by itself: one that fails holds up no other. */
import { officeTime } from '../../platform/clock.ts'
import type { IntakeTables } from '../intake-tables.ts'
import { followMailbox, type MailboxStatus } from './follow-mailbox.ts'
import { reconcileMailbox, type Reconciliation } from './reconcile-mailbox.ts'
import type { TakingParts } from './take-messages.ts'

export interface Mailboxes {
  start(): void
  stop(): Promise<void>
  /** In the order of the configuration. */
  status(): MailboxStatus[]
  /** Compares every mailbox with its ledger; a mailbox that cannot be reached is told by the code of the fault. */
  reconcile(): Promise<(Reconciliation | { readonly mailbox: string; readonly fault: unknown })[]>
  /** What the last comparison of each mailbox found; a mailbox that was never compared is left out. */
  lastReconciliations(): Promise<Reconciliation[]>
}

const minute = 60_000

export function openMailboxes(parts: TakingParts): Mailboxes {
  const { clock, config, log } = parts
  const followers = config.mailboxes.map((mailbox) => followMailbox(parts, mailbox))
  let watch: NodeJS.Timeout | undefined
  let reconciling: Promise<unknown> | undefined
  let reconciledOn = ''

  const reconcile: Mailboxes['reconcile'] = () =>
    Promise.all(
      config.mailboxes.map((mailbox) =>
        reconcileMailbox(parts, mailbox).catch((fault: unknown) => {
          log.error('mailbox-not-reconciled', fault, { host: mailbox.host })
          return { mailbox: `${mailbox.user}@${mailbox.host}/${mailbox.folder}`, fault }
        }),
      ),
    )

  /** Once in the hour that the configuration names; a service that was off then does it the next night. */
  function reconcileAtNight(): void {
    const [day = '', time = ''] = officeTime(clock.now()).split(' ')
    if (day === reconciledOn || Number(time.slice(0, 2)) !== config.reconcileHour) return
    reconciledOn = day
    reconciling = reconcile()
  }

  return {
    start() {
      followers.forEach((follower) => follower.start())
      if (followers.length > 0) watch ??= setInterval(reconcileAtNight, minute).unref()
    },
    async stop() {
      clearInterval(watch)
      watch = undefined
      await Promise.all([...followers.map((follower) => follower.stop()), reconciling])
    },
    status: () => followers.map((follower) => follower.status()),
    reconcile,
    async lastReconciliations() {
      const rows = await parts.database.withTables<IntakeTables>().selectFrom('mailbox_reconciliation').select('report').execute()
      return rows.map(({ report }) => JSON.parse(report) as Reconciliation)
    },
  }
}
