/** A transaction whose outcome is a value: a refusal undoes everything that was done before it was given. */
import type { Refusal, Result } from '../result.ts'
import type { Database, Executor } from './open-database.ts'

class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** Commits when `work` ends well, rolls back when it refuses or throws. */
export async function commitResult<Value>(
  database: Database,
  work: (transaction: Executor) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  try {
    return await database.transaction().execute(async (transaction) => {
      const result = await work(transaction)
      if (!result.ok) throw new Refused(result)
      return result
    })
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}
