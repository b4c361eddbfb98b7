/** Scans for a service that is done on paper are a pre-check (预审): the envelope with the originals joins them. Pure. */
import type { Door } from '../flow.ts'
import { office } from '../guide/office.ts'
import type { ServiceCode } from '../guide/papers.ts'
import { services } from '../guide/services.ts'

/** What comes by these doors is no original. A folder of scans is the scanner's door: the paper lies in the office. */
const scanDoors: readonly Door[] = ['upload', 'mailbox']

/** Guide, 办理流程 of each chapter: paper by EMS only; an office may take scans alone where no card is enclosed. */
export function isPreCheck({ service, door }: { readonly service: ServiceCode; readonly door: Door }): boolean {
  const rule = services[service]
  if (rule.door !== 'ems' || !scanDoors.includes(door)) return false
  return !(office.scansAlone && rule.cardsEnclosed.length === 0)
}
