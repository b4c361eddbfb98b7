/** Guide 九2(1): who asks to deregister is told at once which systems to look into, and is reminded until each is confirmed. */
import { awaitAgreements, writeLetter } from '../../flow.ts'
import type { ServiceCode } from '../../guide/papers.ts'
import { services } from '../../guide/services.ts'
import type { Executor } from '../../platform/database/open-database.ts'
import type { Queue } from '../../platform/queue/contract.ts'

/** Once for each application, in the transaction that opens it or finds that it is for this service. */
export async function startAgreements(
  executor: Executor,
  queue: Queue,
  { number, service }: { readonly number: string; readonly service: ServiceCode },
): Promise<void> {
  if (services[service].agreements.length === 0) return
  const letter = { applicationNumber: number, letter: 'agreements', occasion: 'opened' } as const
  await queue.enqueue(executor, writeLetter, letter, { key: `${number}:agreements:opened` })
  await queue.enqueue(executor, awaitAgreements, { applicationNumber: number, step: 0 }, { key: `${number}:0` })
}
