/** Scans for a service that is done on paper are a pre-check (预审): the envelope with the originals joins them. Pure. */
import type { Door } from '../flow.ts'
import { office } from '../guide/office.ts'
import type { ServiceCode } from '../guide/papers.ts'
import { services } from '../guide/services.ts'

/** What comes by these doors is no original. A folder of scans is the scanner's door: the paper lies in the office. */
const scanDoors: readonly Door[] = ['upload', 'mailbox']

export const isPreCheck = ({ service, door }: { readonly service: ServiceCode; readonly door: Door }): boolean =>
  scanDoors.includes(door) && originalsCome(service)

/** Guide, 办理流程 of each chapter: paper by EMS only; an office may take scans alone where no card is enclosed. */
export function originalsCome(service: ServiceCode): boolean {
  const { door, cardsEnclosed } = services[service]
  return door === 'ems' && !(office.scansAlone && cardsEnclosed.length === 0)
}
