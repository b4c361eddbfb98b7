/**
 * The pool of threads that read pages. A page is the unit of work: one that takes too long, wants too much memory or kills
 * its thread costs that page and nothing else. Threads are opened when there is work and closed when there has been none.
 */
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import '../../platform/keep-wrappers.ts'
import '../engine/no-telemetry.ts'
import type { Log } from '../../platform/log/log.ts'
import type { RefusalCode } from '../decode/refuse-file.ts'
import type { NetworkRun } from '../engine/open-network.ts'
import {
  stopCodes,
  type PageTask,
  type TaskAnswer,
  type TaskReply,
  type TaskValue,
  type ThreadOrder,
  type ThreadParts,
} from './page-task.ts'

export interface PoolParts {
  /** Threads at most. */
  readonly workers: number
  /** Seconds that one page may take. */
  readonly pageSeconds: number
  /** Bytes that the whole process may hold while pages are read; beyond it the page that has run longest is given up. */
  readonly memoryBytes: number
  /** Seconds that a page which was told to stop has to end by itself before its thread is killed; 8 when not said. */
  readonly graceSeconds?: number
  /** Bytes that a page which is read alone may take beyond what others left behind; 400 MB when not said. */
  readonly aloneBytes?: number
  /** Folder where threads leave their compiled code, and the process its rewritten networks, for later ones: saves 0.3 s of CPU each. */
  readonly codeFolder?: string | undefined
  /** Told after each task which networks it ran: for measuring. */
  readonly onRuns?: ((runs: readonly NetworkRun[]) => void) | undefined
  readonly log: Log
}

export interface Pool {
  /** Rejects only when the signal is aborted: with its reason. */
  run<Task extends PageTask>(task: Task, signal?: AbortSignal): Promise<TaskReply<TaskValue<Task>>>
  close(): Promise<void>
}

/** Opening a thread takes 0.6 s on an idle machine. */
const openingSeconds = 60
const idleSeconds = 60
const watchMilliseconds = 200
/** So long nothing but its own code has kept a thread busy that is killed. */
const killMilliseconds = 500
/** What a heavy page has grown WebAssembly never gives back, and a fault may have left anything behind: such a thread is replaced. */
const spoiling: ReadonlySet<RefusalCode> = new Set<RefusalCode>(['page-too-heavy', 'page-failed'])
/** JavaScript's own heap in a thread; pixels and models lie outside of it. */
const heapMegabytes = 512
/** Room for what a page leaves behind. */
const youngMegabytes = 48
/**
 * What lasts may grow to this before V8 marks what is garbage. It begins as soon as less is left than the room for what is young:
 * with its own guess of some 40 that is three times a page, which costs 0.1 s of CPU a page, most of it on threads of its own.
 * There is no such limit for a single thread: the flag holds for all that are opened from here on.
 */
setFlagsFromString('--initial-old-space-size=128')

/**
 * What allocators keep after a hundred pages is some 0.5 GB, and no page's doing. Where so much of the room is held, the thread that has
 * ended a page is replaced: that gives it back, for half a second of CPU.
 */
const fullShare = 0.93
/** A thread that has ended fewer pages holds no more than the one that would replace it. */
const fewestEnded = 20

interface Job {
  readonly task: PageTask
  readonly settle: (reply: TaskReply) => void
  isDropped: boolean
  /** It was given up for its memory once: what other pages held or left behind may have been the reason. */
  isSecondTry: boolean
}

interface Thread {
  readonly worker: Worker
  /** See `stopCodes`. */
  readonly stop: Int32Array
  job: Job | undefined
  timer: NodeJS.Timeout | undefined
  isReady: boolean
  /** Pages that it has ended. */
  ended: number
  startedAt: number
}

/** The engine is not loaded before there is something to read. */
async function handFiles(worker: Worker, folder: string | undefined): Promise<void> {
  const { networkFiles } = await import('../engine/network-files.ts')
  worker.postMessage((await networkFiles(folder)) satisfies ThreadOrder)
}

export function openPool({
  workers,
  pageSeconds,
  memoryBytes,
  graceSeconds = 8,
  aloneBytes = 400e6,
  codeFolder,
  onRuns,
  log,
}: PoolParts): Pool {
  const waiting: Job[] = []
  const threads = new Set<Thread>()
  /** Replaced threads that give their models back, and given up ones: a process that ended amid that would crash. */
  const leaving = new Set<Promise<unknown>>()
  let watch: NodeJS.Timeout | undefined
  /** How large the process may become while a page has its second try: allocators may hold more than the limit after all others have ended. */
  let aloneUntil = memoryBytes
  let isClosed = false

  const dispatch = (): void => {
    while (waiting[0]?.isDropped) waiting.shift()
    if (waiting.length === 0 || isClosed || !mayStart(waiting[0]!)) return
    // The thread that read the last page of a file has its PDF open.
    const idle = [...threads].find(({ job, isReady }) => isReady && !job)
    if (idle) {
      start(idle, waiting.shift()!)
      return dispatch()
    }
    const opening = [...threads].filter(({ isReady }) => !isReady).length
    if (threads.size < workers && opening < waiting.length) open()
  }

  /** A second try has the memory to itself: nothing is read beside it, and what other threads kept has been given back. */
  const mayStart = (job: Job): boolean => {
    const busy = [...threads].flatMap((thread) => thread.job ?? [])
    if (!job.isSecondTry) return !busy.some(({ isSecondTry }) => isSecondTry)
    if (busy.length > 0) return false
    for (const thread of threads) if (thread.ended > 0) retire(thread)
    return leaving.size === 0
  }

  const open = (): void => {
    const stop = new Int32Array(new SharedArrayBuffer(8))
    const worker = new Worker(new URL('page-worker.ts', import.meta.url), {
      workerData: { stop, tellsRuns: onRuns !== undefined } satisfies ThreadParts,
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: youngMegabytes },
      env: codeFolder === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: codeFolder },
      stdout: true,
    })
    // Decoders print what they find wrong; the output of the process is for results.
    worker.stdout.resume()
    const thread: Thread = { worker, stop, job: undefined, timer: undefined, isReady: false, ended: 0, startedAt: performance.now() }
    threads.add(thread)
    thread.timer = setTimeout(() => giveUp(thread, 'page-failed'), openingSeconds * 1000)
    handFiles(worker, codeFolder).catch((error: unknown) => giveUp(thread, 'page-failed', error))
    worker.on('message', (message: 'ready' | TaskAnswer) => {
      clearTimeout(thread.timer)
      if (message === 'ready') thread.isReady = true
      else {
        onRuns?.(message.runs)
        finish(thread, message.reply)
        if ((!message.reply.ok && spoiling.has(message.reply.code)) || (thread.ended >= fewestEnded && isFull())) retire(thread)
      }
      if (!thread.job && threads.has(thread)) rest(thread)
      dispatch()
    })
    worker.on('error', (error: NodeJS.ErrnoException) =>
      giveUp(thread, error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'page-too-heavy' : 'page-failed', error),
    )
    worker.on('exit', () => giveUp(thread, 'page-failed'))
    dispatch()
  }

  const start = (thread: Thread, job: Job): void => {
    clearTimeout(thread.timer)
    thread.worker.ref()
    thread.job = job
    thread.startedAt = performance.now()
    if (job.isSecondTry) aloneUntil = Math.max(memoryBytes, process.memoryUsage.rss() + aloneBytes)
    Atomics.store(thread.stop, 0, 0)
    thread.timer = setTimeout(() => tellToStop(thread, 1), pageSeconds * 1000)
    watch ??= setInterval(watchMemory, watchMilliseconds)
    thread.worker.postMessage(job.task satisfies ThreadOrder)
  }

  /** Asked first, killed only when it does not answer. */
  const tellToStop = (thread: Thread, word: 1 | 2 | 3): void => {
    if (Atomics.compareExchange(thread.stop, 0, 0, word) !== 0) return
    clearTimeout(thread.timer)
    thread.timer = setTimeout(() => giveUp(thread, stopCodes[word]), graceSeconds * 1000)
  }

  const finish = (thread: Thread, reply: TaskReply): void => {
    const { job } = thread
    thread.job = undefined
    thread.ended += 1
    // What other pages hold, or have left behind, is no fault of this one.
    if (!reply.ok && reply.code === 'page-too-heavy' && job && !job.isSecondTry) {
      job.isSecondTry = true
      waiting.unshift(job)
      return
    }
    if (!reply.ok && (reply.cause || Atomics.load(thread.stop, 0) !== 0))
      log.warn('page-stopped', {
        code: reply.code,
        cause: reply.cause,
        format: job?.task.format,
        seconds: Math.round((performance.now() - thread.startedAt) / 1000),
      })
    job?.settle(reply)
  }

  /** Its place is free for a new thread at once; it ends when it has given its models back. */
  const retire = (thread: Thread): void => {
    threads.delete(thread)
    clearTimeout(thread.timer)
    leave(endOf(thread))
  }

  const leave = (end: Promise<unknown>): void => {
    const left = end.finally(() => {
      leaving.delete(left)
      dispatch()
    })
    leaving.add(left)
  }

  /** An idle thread neither keeps the process alive nor lives for ever. */
  const rest = (thread: Thread): void => {
    clearTimeout(thread.timer)
    thread.worker.unref()
    thread.timer = setTimeout(() => {
      threads.delete(thread)
      thread.worker.postMessage('close' satisfies ThreadOrder)
    }, idleSeconds * 1000)
    thread.timer.unref()
    if ([...threads].every(({ job }) => !job)) {
      clearInterval(watch)
      watch = undefined
    }
  }

  const giveUp = (thread: Thread, code: RefusalCode, error?: unknown): void => {
    if (!threads.delete(thread)) return
    clearTimeout(thread.timer)
    const { job, isReady } = thread
    // A thread that cannot even open fails the job that wanted it, or the pool would try for ever.
    const lost = job ?? (isReady ? undefined : waiting.shift())
    if (lost || error)
      log.error('page-worker-lost', error, {
        code,
        format: lost?.task.format,
        seconds: Math.round((performance.now() - thread.startedAt) / 1000),
      })
    lost?.settle({ ok: false, code })
    leave(kill(thread))
    dispatch()
  }

  const isFull = (): boolean => process.memoryUsage.rss() > fullShare * memoryBytes

  const watchMemory = (): void => {
    const busy = [...threads].filter(({ job }) => job).sort((a, b) => a.startedAt - b.startedAt)
    const most = busy[0]?.job?.isSecondTry ? aloneUntil : memoryBytes
    if (busy[0] && process.memoryUsage.rss() >= most) tellToStop(busy[0], 2)
  }

  return {
    run<Task extends PageTask>(task: Task, signal?: AbortSignal) {
      const { promise, resolve, reject } = Promise.withResolvers<TaskReply<TaskValue<Task>>>()
      const job: Job = { task, isDropped: false, isSecondTry: false, settle: (reply) => resolve(reply as TaskReply<TaskValue<Task>>) }
      if (signal?.aborted) return Promise.reject(signal.reason as Error)
      const drop = () => {
        job.isDropped = true
        reject(signal?.reason as Error)
      }
      signal?.addEventListener('abort', drop, { once: true })
      waiting.push(job)
      dispatch()
      return promise.finally(() => signal?.removeEventListener('abort', drop))
    },
    async close() {
      isClosed = true
      clearInterval(watch)
      for (const job of waiting.splice(0)) job.settle({ ok: false, code: 'page-failed' })
      await Promise.all([...[...threads].map(closeThread), ...leaving])
    },
  }

  /** Lets the page under way stop, gives the models back and waits for the thread's end. */
  async function closeThread(thread: Thread): Promise<void> {
    threads.delete(thread)
    clearTimeout(thread.timer)
    Atomics.compareExchange(thread.stop, 0, 0, 3)
    await endOf(thread)
    thread.job?.settle({ ok: false, code: 'page-failed' })
  }

  /** Tells a thread to end, and kills it when it does not. */
  async function endOf(thread: Thread): Promise<void> {
    const { worker } = thread
    worker.ref()
    const ended = new Promise((resolve) => worker.once('exit', resolve))
    worker.postMessage('close' satisfies ThreadOrder)
    const late = setTimeout(() => void kill(thread), graceSeconds * 1000)
    await ended
    clearTimeout(late)
  }
}

/**
 * A thread that is killed inside of onnxruntime, or while a decoder works for it, takes the process along; on a machine that is worn out
 * both may last longer than any grace. It is told to end, and killed only when it is deaf: nothing but its own code keeps it busy.
 */
function kill({ worker, stop }: Thread): Promise<unknown> {
  if (worker.threadId === -1) return Promise.resolve()
  const ended = new Promise((resolve) => worker.once('exit', resolve))
  worker.postMessage('close' satisfies ThreadOrder)
  let before = worker.performance.eventLoopUtilization()
  const watch = setInterval(() => {
    const { utilization } = worker.performance.eventLoopUtilization(before)
    before = worker.performance.eventLoopUtilization()
    if (utilization === 1 && Atomics.load(stop, 1) === 0) void worker.terminate()
  }, killMilliseconds)
  return ended.finally(() => clearInterval(watch))
}
