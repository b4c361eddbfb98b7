/**
 * Unfolds submissions in a thread of its own, which is killed when it takes too long or too much memory. The part that
 * brought it down becomes a visible problem, and all others are unfolded by the next thread.
 */
import { Worker } from 'node:worker_threads'
import type { PaperFile } from '../../flow.ts'
import { Fault } from '../../platform/errors.ts'
import type { Log } from '../../platform/log/log.ts'
import { describeProblem } from './describe-problem.ts'
import { sniffFormat } from './sniff-format.ts'
import type { Unpacked } from './unpack-files.ts'
import type { UnpackReply, UnpackTask } from './unpack-worker.ts'

export interface UnpackerLimits {
  /** Seconds that one submission may take until a thread is killed. */
  readonly seconds: number
  /** Bytes by which the process may grow meanwhile. */
  readonly memoryBytes: number
}

export interface Unpacker {
  /** In the order given. Rejects only when the signal is aborted: a fault of our own costs the part that led to it. */
  unpack(files: readonly PaperFile[], signal?: AbortSignal): Promise<Unpacked>
  close(): Promise<void>
}

function openThread(): Worker {
  const thread = new Worker(new URL('unpack-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    stdout: true,
  })
  // What a parser prints is no result of ours.
  thread.stdout.resume()
  return thread
}

const defaultLimits: UnpackerLimits = { seconds: 60, memoryBytes: 900 * 1024 * 1024 }
/** JavaScript's own heap in the thread; the bytes of files lie outside of it. */
const heapMegabytes = 384
const watchMilliseconds = 100
const openingSeconds = 60
const idleMilliseconds = 30_000
/** So many parts of one submission may bring down a thread before the rest of its container is given up. */
const mostLosses = 4

export function openUnpacker(log: Log, limits: UnpackerLimits = defaultLimits): Unpacker {
  let worker: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  let turn: Promise<unknown> = Promise.resolve()

  const stop = async () => {
    clearTimeout(idle)
    const stopped = worker
    worker = undefined
    await stopped?.terminate()
  }

  /** One run of the thread: what it gave, or where it was when it was lost. */
  async function attempt(task: UnpackTask, signal: AbortSignal | undefined): Promise<Unpacked | { readonly lostAt: string | undefined }> {
    clearTimeout(idle)
    const thread = (worker ??= openThread())
    thread.ref()
    const memoryBefore = process.memoryUsage.rss()
    const listening = new AbortController()
    let at: string | undefined
    try {
      return await new Promise((resolve, reject) => {
        const lose = (reason: string) => {
          if (listening.signal.aborted) return
          listening.abort()
          log.warn('unpacking-stopped', { reason })
          resolve({ lostAt: at })
        }
        // A thread that opens on a busy machine is not the submission's fault: its time begins with its first container.
        let timer = setTimeout(() => lose('time'), openingSeconds * 1000)
        const watch = setInterval(() => {
          if (process.memoryUsage.rss() - memoryBefore > limits.memoryBytes) lose('memory')
        }, watchMilliseconds)
        const onMessage = (reply: UnpackReply) => {
          if ('at' in reply) {
            if (at === undefined) {
              clearTimeout(timer)
              timer = setTimeout(() => lose('time'), limits.seconds * 1000)
            }
            at = reply.at
          } else if ('done' in reply) resolve(reply.done)
          else {
            log.error('unpacking-failed', new Fault('unpack-failed', reply.failed))
            lose('fault')
          }
        }
        const onError = (error: NodeJS.ErrnoException) => lose(error.code ?? 'error')
        const onExit = () => lose('exit')
        const onAbort = () => reject(signal?.reason as Error)
        thread.on('message', onMessage).once('error', onError).once('exit', onExit)
        signal?.addEventListener('abort', onAbort, { once: true })
        listening.signal.addEventListener('abort', () => {
          clearTimeout(timer)
          clearInterval(watch)
          thread.off('message', onMessage).off('error', onError).off('exit', onExit)
          signal?.removeEventListener('abort', onAbort)
        })
        thread.postMessage(task)
      }).then(async (outcome) => {
        if ('lostAt' in (outcome as object)) await stop()
        return outcome as Unpacked | { lostAt: string | undefined }
      })
    } catch (error) {
      await stop()
      throw error
    } finally {
      listening.abort()
      // An idle thread neither keeps the process alive nor lives for ever.
      worker?.unref()
      idle = setTimeout(() => void stop(), idleMilliseconds).unref()
    }
  }

  async function unfold(files: readonly PaperFile[], signal: AbortSignal | undefined): Promise<Unpacked> {
    const avoid: string[] = []
    for (let losses = 0; losses < mostLosses; losses++) {
      const outcome = await attempt({ files, avoid }, signal)
      if (!('lostAt' in outcome)) return outcome
      // Lost at the same place again, or before any: nothing is gained by going on.
      if (outcome.lostAt === undefined || avoid.includes(outcome.lostAt)) break
      avoid.push(outcome.lostAt)
    }
    return { papers: [], problems: files.map(({ file }) => describeProblem('unpacking-stopped', file)), mail: null }
  }

  return {
    async unpack(files, signal) {
      const containers = files.filter(({ file, bytes }) => sniffFormat(bytes, file) !== 'paper')
      if (containers.length === 0) return { papers: [...files], problems: [], mail: null }
      // One at a time: two large archives must not share the bound of memory.
      const mine = turn.then(
        () => unfold(containers, signal),
        () => unfold(containers, signal),
      )
      turn = mine.catch(() => undefined)
      const unpacked = await mine
      const papers = files.flatMap((file) =>
        containers.includes(file) ? unpacked.papers.filter((paper) => paper.file.startsWith(`${file.file}!/`)) : [file],
      )
      return { ...unpacked, papers }
    },
    close: stop,
  }
}
