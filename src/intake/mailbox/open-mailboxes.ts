/** The mailboxes that submissions come by. Each is followed by itself: one that fails holds up no other. */
import { followMailbox, type MailboxStatus } from './follow-mailbox.ts'
import type { TakingParts } from './take-messages.ts'

export interface Mailboxes {
  start(): void
  stop(): Promise<void>
  /** In the order of the configuration. */
  status(): MailboxStatus[]
}

export function openMailboxes(parts: TakingParts): Mailboxes {
  const followers = parts.config.mailboxes.map((mailbox) => followMailbox(parts, mailbox))
  return {
    start: () => followers.forEach((follower) => follower.start()),
    stop: async () => void (await Promise.all(followers.map((follower) => follower.stop()))),
    status: () => followers.map((follower) => follower.status()),
  }
}
