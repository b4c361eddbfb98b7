/** Tells a company's seal (公章) from its special-purpose seals and from seals of authorities. */
import type { FoundSeal } from '../page.ts'

const authority = /(?:管理局|审批局|监督局|登记局|行政局|公安局|税务局|委员会|人民政府|海关)$/u
const special = /专用|报关章|合同章|财务章|发票章|业务章/u

export function tellRole(text: string | null, purpose: string | null, shape: FoundSeal['shape']): NonNullable<FoundSeal['role']> {
  if (text !== null && authority.test(text)) return 'other'
  if (shape === 'oval' || special.test(purpose ?? '') || special.test(text ?? '')) return 'special'
  return 'company'
}
