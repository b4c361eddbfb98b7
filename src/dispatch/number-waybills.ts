/** Waybill numbers as EMS gives them out: in ranges. Pure arithmetic, no database. */
import { s10CheckDigit } from '../guide/identifiers/waybill-number.ts'
import { done, refuse, type Result } from '../platform/result.ts'

export interface WaybillRange {
  readonly from: string
  readonly to: string
  readonly size: number
  /** The number at a place in the range, from 0. */
  at(index: number): string
}

/** A range longer than this is a slip of the keyboard. */
const longestRange = 1_000_000

/** Reads a range of 13-digit domestic numbers (consecutive, no check digit) or of UPU S10 numbers (check digit computed). */
export function parseRange({ from, to }: { readonly from: string; readonly to: string }): Result<WaybillRange> {
  const first = from.trim().toUpperCase()
  const last = to.trim().toUpperCase()
  const found = domestic(first, last) ?? s10(first, last)
  if (!found) return refuse('waybill-range-wrong', '号段的首末两号应同为 13 位数字，或字头相同、校验位正确的国际号')
  if (found.size < 1) return refuse('waybill-range-wrong', '号段的首号不能大于末号')
  if (found.size > longestRange) return refuse('waybill-range-too-long', `一个号段不能超过 ${longestRange} 个号，请核对首末两号`)
  return done({ from: first, to: last, ...found })
}

/** Where both ranges hold the same number. */
export function rangesOverlap(one: WaybillRange, other: WaybillRange): boolean {
  const [a, b, c, d] = [one.from, one.to, other.from, other.to].map(placeOf)
  return (
    a !== undefined &&
    b !== undefined &&
    c !== undefined &&
    d !== undefined &&
    a.series === c.series &&
    a.serial <= d.serial &&
    c.serial <= b.serial
  )
}

function domestic(first: string, last: string): Pick<WaybillRange, 'size' | 'at'> | null {
  if (!/^\d{13}$/u.test(first) || !/^\d{13}$/u.test(last)) return null
  // 13 digits stay below 2^53.
  return { size: Number(last) - Number(first) + 1, at: (index) => String(Number(first) + index).padStart(13, '0') }
}

function s10(first: string, last: string): Pick<WaybillRange, 'size' | 'at'> | null {
  const start = placeOf(first)
  const end = placeOf(last)
  if (!start || !end || start.series === '' || start.series !== end.series) return null
  const [head = '', country = ''] = start.series.split('-')
  return {
    size: end.serial - start.serial + 1,
    at: (index) => {
      const serial = String(start.serial + index).padStart(8, '0')
      return `${head}${serial}${s10CheckDigit(serial)}${country}`
    },
  }
}

/** Series and serial of a number: domestic numbers are one series, S10 numbers one for each pair of service and country. */
function placeOf(number: string): { series: string; serial: number } | undefined {
  if (/^\d{13}$/u.test(number)) return { series: '', serial: Number(number) }
  const [, head, serial = '', check, country] = /^([A-Z]{2})(\d{8})(\d)([A-Z]{2})$/u.exec(number) ?? []
  return head !== undefined && s10CheckDigit(serial) === Number(check)
    ? { series: `${head}-${country}`, serial: Number(serial) }
    : undefined
}
