/** The job port. A job is a name and a payload schema; a driver stores it and hands it to its handler at least once. */
import type { z } from 'zod'
import type { Executor } from '../database/open-database.ts'

export interface JobContract<Payload> {
  readonly name: string
  readonly payload: z.ZodType<Payload>
}

/** Declares a job apart from its handler. */
export function defineJob<Payload>(name: string, payload: z.ZodType<Payload>): JobContract<Payload> {
  return { name, payload }
}

export interface EnqueueOptions {
  /** At most one job of this name and key is ever stored: the stable key that makes an enqueue safe to repeat. */
  readonly key?: string
  /** Not before this instant. */
  readonly runAt?: Date
  /** Attempts before the job is dead; 8 when not said. */
  readonly maxAttempts?: number
}

/** What a handler is given beside its payload. */
export interface JobContext {
  readonly id: string
  /** 1 on the first attempt. */
  readonly attempt: number
  /** Aborted when the worker stops or has lost its lease: give up without storing anything. */
  readonly signal: AbortSignal
  /** Done parts of all parts, for whoever watches. */
  progress(done: number, total: number): void
}

export interface JobHandler {
  readonly contract: JobContract<unknown>
  readonly run: (payload: unknown, context: JobContext) => Promise<void>
}

/** Joins a contract and its handler. Handlers run at least once: they look before they act. */
export function handleJob<Payload>(
  contract: JobContract<Payload>,
  run: (payload: Payload, context: JobContext) => Promise<void>,
): JobHandler {
  return { contract: contract as JobContract<unknown>, run: (payload, context) => run(contract.payload.parse(payload), context) }
}

export type JobState = 'queued' | 'active' | 'done' | 'dead'

export interface JobRecord {
  readonly id: string
  readonly name: string
  readonly key: string | null
  readonly payload: unknown
  readonly state: JobState
  readonly attempts: number
  readonly runAt: string
  readonly progress: { readonly done: number; readonly total: number } | null
  readonly error: { readonly code: string; readonly message: string } | null
  readonly createdAt: string
  readonly finishedAt: string | null
}

export interface WorkerOptions {
  /** Jobs under way at once; 2 when not said. */
  readonly concurrency?: number
}

export interface Worker {
  /** Takes no new jobs, lets those under way finish for at most `graceMilliseconds`, then gives their leases back. */
  stop(graceMilliseconds?: number): Promise<void>
}

export interface Queue {
  /** Stores a job in the caller's transaction: it exists exactly when the caller's changes do. */
  enqueue<Payload>(executor: Executor, job: JobContract<Payload>, payload: Payload, options?: EnqueueOptions): Promise<void>
  /** Starts taking jobs that one of these handlers can do. */
  work(handlers: readonly JobHandler[], options?: WorkerOptions): Worker
  /** Jobs in a state, newest first, at most 200. */
  list(state: JobState): Promise<JobRecord[]>
  count(): Promise<Record<JobState, number>>
  /** Jobs under way or due now. */
  countDue(): Promise<number>
  /** The job that was stored under a key. */
  find<Payload>(job: JobContract<Payload>, key: string): Promise<JobRecord | undefined>
  /** Makes a dead job runnable again; false when it is not dead. */
  rerun(id: string): Promise<boolean>
}
