/** What one engine cost, measured in a process of its own, and what it read. */
import type { Problem, ReadDocument } from '../src/flow.ts'
import type { NetworkRun } from '../src/reading/engine/open-network.ts'

export interface EngineCost {
  /** From the first page to the last. */
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakBytes: number
}

export interface EngineRun extends EngineCost {
  /** One text for each picture, in their order. */
  readonly texts: readonly string[]
}

export interface ZhikaRun extends EngineCost {
  readonly pages: number
  readonly readings: readonly {
    readonly name: string
    readonly documents: readonly ReadDocument[]
    readonly problems: readonly Problem[]
  }[]
  /** The runs of networks that the pages needed. */
  readonly runs: readonly NetworkRun[]
  /** What the pages after these cost, read by the same process. */
  readonly later?: LaterRun
}

export interface LaterRun extends EngineCost {
  readonly pages: number
  readonly runs: readonly NetworkRun[]
}

/** A submission's name and the paths of its files. */
export interface SubmissionFiles {
  readonly name: string
  readonly files: readonly string[]
}
