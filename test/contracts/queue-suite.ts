/** The behaviour of every queue driver. */
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { z } from 'zod'
import type { Database } from '../../src/platform/database/open-database.ts'
import { PermanentFault, RetryableFault } from '../../src/platform/errors.ts'
import { defineJob, handleJob, type JobContext, type JobHandler, type Queue } from '../../src/platform/queue/contract.ts'

interface Backend {
  readonly queue: Queue
  readonly database: Database
  readonly clock: { now(): Date; advance(milliseconds: number): void }
}

const count = defineJob('test.count', z.object({ value: z.number() }))

export function describeQueue(name: string, open: () => Promise<Backend>): void {
  describe(`the queue on ${name}`, () => {
    const work = (queue: Queue, run: (payload: { value: number }, context: JobContext) => Promise<void>) => {
      const handler: JobHandler = handleJob(count, run)
      const worker = queue.work([handler])
      onTestFinished(() => worker.stop(0))
      return worker
    }
    const settled = (queue: Queue, jobs: number) =>
      vi.waitFor(async () => expect((await queue.count()).done).toBe(jobs), { timeout: 5_000 })

    it('hands a job with its payload to its handler', async () => {
      const { queue, database } = await open()
      const seen: number[] = []
      work(queue, async ({ value }) => void seen.push(value))
      await queue.enqueue(database, count, { value: 7 })
      await settled(queue, 1)
      expect(seen).toEqual([7])
    })

    it('stores a job of the same name and key once', async () => {
      const { queue, database } = await open()
      const seen: number[] = []
      for (const value of [1, 2, 3]) await queue.enqueue(database, count, { value }, { key: 'same' })
      work(queue, async ({ value }) => void seen.push(value))
      await settled(queue, 1)
      expect(seen).toEqual([1])
    })

    it('forgets a job whose transaction is rolled back', async () => {
      const { queue, database } = await open()
      await database
        .transaction()
        .execute(async (transaction) => {
          await queue.enqueue(transaction, count, { value: 1 })
          throw new Error('the caller changes its mind')
        })
        .catch(() => undefined)
      expect(await queue.count()).toMatchObject({ queued: 0, active: 0, done: 0 })
    })

    it('tries a failed job again later and keeps the reason', async () => {
      const { queue, database, clock } = await open()
      let runs = 0
      work(queue, async () => {
        runs += 1
        if (runs === 1) throw new RetryableFault('server-busy', 'not now')
      })
      await queue.enqueue(database, count, { value: 1 })
      await vi.waitFor(async () => expect((await queue.list('queued'))[0]?.error).toMatchObject({ code: 'server-busy' }))
      expect(runs).toBe(1)
      clock.advance(2_500)
      await settled(queue, 1)
      expect(runs).toBe(2)
    })

    it('lets a job die at once on a permanent fault, shows it, and runs it again when asked', async () => {
      const { queue, database } = await open()
      let broken = true
      work(queue, async () => {
        if (broken) throw new PermanentFault('no-such-thing', '没有可用的面单号')
      })
      await queue.enqueue(database, count, { value: 1 })
      await vi.waitFor(async () => expect(await queue.list('dead')).toHaveLength(1))
      const [dead] = await queue.list('dead')
      expect(dead?.error).toEqual({ code: 'no-such-thing', message: '没有可用的面单号' })
      broken = false
      expect(await queue.rerun(dead?.id ?? '')).toBe(true)
      await settled(queue, 1)
    })

    it('lets a job die after its last attempt', async () => {
      const { queue, database, clock } = await open()
      work(queue, async () => {
        throw new Error('always')
      })
      await queue.enqueue(database, count, { value: 1 }, { maxAttempts: 3 })
      await vi.waitFor(
        async () => {
          clock.advance(60_000)
          expect(await queue.list('dead')).toHaveLength(1)
        },
        { timeout: 5_000 },
      )
      expect((await queue.list('dead'))[0]?.attempts).toBe(3)
    })

    it('gives back the job of a worker that stops before it is done', async () => {
      const { queue, database } = await open()
      const first = work(
        queue,
        (_, { signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
      )
      await queue.enqueue(database, count, { value: 1 })
      await vi.waitFor(async () => expect((await queue.count()).active).toBe(1))
      await first.stop(0)
      expect(await queue.count()).toMatchObject({ queued: 1, active: 0 })
      work(queue, async () => undefined)
      await settled(queue, 1)
    })

    it('does not run a job before its time', async () => {
      const { queue, database, clock } = await open()
      work(queue, async () => undefined)
      await queue.enqueue(database, count, { value: 1 }, { runAt: new Date(clock.now().getTime() + 60_000) })
      await queue.enqueue(database, count, { value: 2 })
      await settled(queue, 1)
      expect((await queue.count()).queued).toBe(1)
      clock.advance(61_000)
      await settled(queue, 2)
    })

    it('keeps what a job says of its progress', async () => {
      const { queue, database } = await open()
      work(queue, async (_, { progress }) => progress(3, 3))
      await queue.enqueue(database, count, { value: 1 })
      await settled(queue, 1)
      await vi.waitFor(async () => expect((await queue.list('done'))[0]?.progress).toEqual({ done: 3, total: 3 }))
    })
  })
}
