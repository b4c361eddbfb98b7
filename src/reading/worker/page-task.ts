/** What crosses between the pool and its workers. */
import type { PageSight, PaperOnPage } from '../page.ts'
import type { Quarter } from '../decode/orient-raster.ts'
import type { NetworkFiles } from '../engine/network-files.ts'
import type { NetworkRun } from '../engine/open-network.ts'
import type { RefusalCode } from '../decode/refuse-file.ts'
import type { PaperFormat } from '../decode/sniff-format.ts'
import type { Tones } from '../pixels/tell-tones.ts'

/** The bytes lie in shared memory: every page of a file is read from the same copy. */
interface FileTask {
  readonly key: string
  readonly bytes: Uint8Array
  readonly format: PaperFormat
}

export interface CountTask extends FileTask {
  readonly do: 'count'
}

export interface ReadTask extends FileTask {
  readonly do: 'read'
  /** Counts from 0. */
  readonly page: number
  readonly keepImage: boolean
  readonly keepSight?: boolean
}

export type PageTask = CountTask | ReadTask

/** What a thread is told: the files of its networks first, then tasks, and to end. */
export type ThreadOrder = NetworkFiles | PageTask | 'close'

/** What was read of one page. */
export interface PageOutcome {
  readonly rotation: Quarter
  readonly isBlank: boolean
  /** The waybill number on a parcel's cover sheet, which is no paper; null on any other page. */
  readonly cover: string | null
  /** The file's end is missing: only a part of the page was seen. */
  readonly isTruncated: boolean
  readonly tones: Tones
  /** On some paper of it no company's seal was told, but there is red ink beside what was told that may be one. */
  readonly hasRedMark: boolean
  readonly papers: readonly PaperOnPage[]
  /** Only when it was asked for. */
  readonly sight: PageSight | null
  readonly image: { readonly bytes: Uint8Array; readonly width: number; readonly height: number } | null
}

export type TaskValue<Task extends PageTask> = Task extends CountTask ? number : PageOutcome

export type TaskReply<Value = unknown> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: RefusalCode; readonly cause?: string }

/** What a thread answers: its reply, and which networks it ran for it when it was asked to tell. */
export interface TaskAnswer {
  readonly reply: TaskReply
  readonly runs: readonly NetworkRun[]
}

/** What a thread is opened with. */
export interface ThreadParts {
  /** A word of `stopCodes`, and whether the thread is inside of onnxruntime (1) or not (0). */
  readonly stop: Int32Array
  readonly tellsRuns: boolean
}

/**
 * How a page is stopped: the pool sets the word in shared memory, the worker looks at it before every run of a network and
 * ends the page itself. A thread must not be killed inside of onnxruntime: that ends the process, so it says when it is.
 */
export const stopCodes = { 0: undefined, 1: 'page-time-out', 2: 'page-too-heavy', 3: 'page-failed' } as const satisfies Record<
  number,
  RefusalCode | undefined
>
export type StopWord = keyof typeof stopCodes
