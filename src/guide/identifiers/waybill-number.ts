/** Waybill numbers (运单号) of what couriers bring: whose they are, as far as the number tells. */

/** Who carries a parcel (承运方). */
export const carriers = {
  ems: '邮政 EMS',
  'china-post': '邮政普通邮件',
  sf: '顺丰',
  yto: '圆通',
  zto: '中通',
  sto: '申通',
  yunda: '韵达',
  jitu: '极兔',
  jd: '京东',
  deppon: '德邦',
  other: '其他快递',
} as const
export type Carrier = keyof typeof carriers

export const normalizeWaybill = (text: string): string => text.normalize('NFKC').replaceAll(/[\s-]/gu, '').toUpperCase()

/** Check digit of a UPU S10 serial of eight digits. */
export function s10CheckDigit(serial: string): number {
  const weights = [8, 6, 4, 2, 3, 5, 9, 7]
  const rest = 11 - (weights.reduce((sum, weight, index) => sum + weight * Number(serial[index]), 0) % 11)
  return rest === 10 ? 0 : rest === 11 ? 5 : rest
}

/** Letters before the number that name a carrier beyond doubt. Numbers of digits alone are shared by several. */
const marks: readonly (readonly [RegExp, Carrier])[] = [
  [/^SF\d{12,15}$/u, 'sf'],
  [/^YT\d{13,16}$/u, 'yto'],
  [/^ZTO?\d{12,15}$/u, 'zto'],
  [/^STO?\d{12,15}$/u, 'sto'],
  [/^YD\d{13,15}$/u, 'yunda'],
  [/^JT\d{12,15}$/u, 'jitu'],
  [/^JD[A-Z]{0,2}\d{10,16}$/u, 'jd'],
  [/^DPK\d{10,14}$/u, 'deppon'],
]

/**
 * Whose number it is; `null` when the number alone does not tell, `misread` when it has the form of UPU S10 but not its check
 * digit. Domestic EMS numbers have thirteen digits and no public check digit; S10 numbers of EMS begin with E (UPU S10-12).
 */
export function carrierOf(number: string): Carrier | 'misread' | null {
  const [, service = '', serial = '', check] = /^([A-Z]{2})(\d{8})(\d)[A-Z]{2}$/u.exec(number) ?? []
  if (check !== undefined) {
    if (s10CheckDigit(serial) !== Number(check)) return 'misread'
    return service.startsWith('E') ? 'ems' : 'china-post'
  }
  if (/^[189]\d{12}$/u.test(number) || /^P[A-Z]\d{11}$/u.test(number)) return 'ems'
  return marks.find(([mark]) => mark.test(number))?.[1] ?? null
}

/** What can be a waybill number at all. */
export const isWaybillNumber = (number: string): boolean => /^[A-Z0-9]{8,24}$/u.test(number) && /\d{6}/u.test(number)
