/** Faults: what was not expected to happen. Expected outcomes are values and never thrown. */

export interface FaultOptions {
  readonly cause?: unknown
  /** Facts for the log; never personal data. */
  readonly facts?: Record<string, string | number | boolean>
}

/** A fault with a stable code (`kebab-case`) for programs and a sentence for people. */
export class Fault extends Error {
  readonly code: string
  readonly facts: Record<string, string | number | boolean>
  constructor(code: string, message: string, options: FaultOptions = {}) {
    super(message, { cause: options.cause })
    this.name = new.target.name
    this.code = code
    this.facts = options.facts ?? {}
  }
}

/** May succeed when it is tried again later: a busy disk, a server that does not answer. */
export class RetryableFault extends Fault {}

/** Will fail again however often it is tried: the job is dead at once and waits for a person. */
export class PermanentFault extends Fault {}

/** The code that a fault of any kind is recorded under. */
export function codeOf(error: unknown): string {
  if (error instanceof Fault) return error.code
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return 'unexpected'
}
