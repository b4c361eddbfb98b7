/** What one engine cost, measured in a process of its own, and what it read. */
export interface EngineRun {
  /** From the first page to the last, models loaded. */
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakBytes: number
  /** One text for each picture, in their order. */
  readonly texts: readonly string[]
}
