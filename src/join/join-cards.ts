/** The card jobs as the desk shows them. */
import type { Cards, CardJob } from '../cards/open-cards.ts'
import type { CardsPort } from '../desk/ports.ts'
import { done } from '../platform/result.ts'

const kinds: Record<CardJob['kind'], string> = {
  make: '制作',
  rewrite: '改写',
  renew: '更新证书',
  unlock: '解锁',
  void: '作废',
  'hand-out-reader': '发放读卡器',
}

const cardKinds = { legal: '法人卡', operator: '操作员卡' } as const

export function joinCards(cards: Cards): CardsPort {
  return {
    stations: cards.stations,
    async listJobs({ state, applicationNumber, station }) {
      const states = state ? [state] : (['queued', 'failed', 'done', 'given-up'] as const)
      const jobs = await Promise.all(
        states.map((each) =>
          cards.listJobs({
            state: each,
            ...(applicationNumber === undefined ? {} : { applicationNumber }),
            ...(station === undefined ? {} : { station }),
          }),
        ),
      )
      return jobs.flat().map((job) => ({
        ...job,
        task: describeTask(job),
        needsCardNumber: job.kind !== 'hand-out-reader' && (job.kind === 'make' || job.cardNumber === null),
        needsHolderName: job.kind === 'make' && job.holderName === null,
        validUntil: job.kind === 'make' || job.kind === 'renew' ? cards.usualTerm() : null,
        canRedo: job.state === 'failed' || (job.state === 'done' && job.kind !== 'void'),
      }))
    },
    async claim(id, at, actor) {
      const claimed = await cards.claim(id, { ...at, actor })
      return claimed.ok ? done(null) : claimed
    },
    async release(id, actor) {
      const released = await cards.release(id, { actor })
      return released.ok ? done(null) : released
    },
    async complete(id, what, actor) {
      const completed = await cards.complete(id, { ...what, actor })
      return completed.ok ? done(null) : completed
    },
    async fail(id, reason, actor) {
      const failed = await cards.fail(id, { reason, actor })
      return failed.ok ? done(null) : failed
    },
    async reopen(id, reason, actor) {
      const reopened = await cards.reopen(id, { reason, actor })
      return reopened.ok ? done(null) : reopened
    },
    async giveUp(id, reason, actor) {
      const given = await cards.giveUp(id, { reason, actor })
      return given.ok ? done(null) : given
    },
    countQueued: () => cards.countJobs('queued'),
  }
}

function describeTask({ kind, cardKind, quantity }: CardJob): string {
  const task = kind === 'hand-out-reader' ? kinds[kind] : `${kinds[kind]}${cardKind ? cardKinds[cardKind] : '电子口岸卡'}`
  return quantity > 1 ? `${task} × ${quantity}` : task
}
