/**
 * Numbers of identity documents (证件号码): resident identity cards and residence permits of Hong Kong, Macau and Taiwan
 * residents (GB 11643), permanent residence cards of foreigners (old and 2023 form), passports and travel permits.
 */

export type IdNumberKind = 'resident' | 'residence-permit' | 'permanent-resident' | 'travel-permit' | 'passport'
export type IdNumberFault = 'form' | 'check-digit' | 'birth-date'

export interface IdNumber {
  readonly kind: IdNumberKind
  /** `YYYY-MM-DD` where the number carries it. */
  readonly birthDate: string | null
  readonly sex: '男' | '女' | null
}

/** Full-width characters become plain, blanks go, letters become capitals (a small x is common). */
export function normalizeIdNumber(text: string): string {
  return text.normalize('NFKC').replace(/\s/gu, '').toUpperCase()
}

/**
 * Letters and digits (China, Japan, Canada, Malaysia, Australia …), with a letter behind them (Singapore, the Philippines), nine digits (the United
 * Kingdom, the United States, Russia), two letters after two digits (France), one amid digits (Korea), and Germany's, which have no vowels.
 */
const passports = /^(?:[A-Z]{1,2}\d{6,8}|[A-Z]\d{7}[A-Z]|\d{9}|\d{2}[A-Z]{2}\d{5}|[A-Z]\d{3}[A-Z]\d{4}|[CFGHJK][\dCFGHJKLMNPRTVWXYZ]{8})$/u

/** What a canonical number says, or why it cannot be one. `today` (`YYYY-MM-DD`) rules out a birth in the future. */
export function readIdNumber(number: string, today = '9999-12-31'): IdNumber | { readonly fault: IdNumberFault } {
  if (/^\d{17}[\dX]$/u.test(number)) return readEighteen(number, today)
  // Permanent residence cards before December 2023: three letters of the country, twelve digits.
  if (/^[A-Z]{3}\d{12}$/u.test(number)) return { kind: 'permanent-resident', birthDate: null, sex: null }
  // Home return permits (回乡证) H or M and 8 digits, once with a count of issues; Taiwan residents' permits (台胞证) 8 digits.
  if (/^[HM]\d{8}(\d{2})?$/u.test(number) || /^\d{8}$/u.test(number)) return { kind: 'travel-permit', birthDate: null, sex: null }
  // Passports differ by country; a Chinese one is a letter and 8 digits or two letters and 7 digits.
  if (passports.test(number)) return { kind: 'passport', birthDate: null, sex: null }
  return { fault: 'form' }
}

/** Whether a canonical number can be one. */
export function isValidIdNumber(number: string, today?: string): boolean {
  return !('fault' in readIdNumber(number, today))
}

/** `350203********0018`: for lists, letters and logs, where the whole number is not needed. */
export function maskIdNumber(number: string): string {
  return number.length < 9 ? `${number.slice(0, 2)}****` : `${number.slice(0, 6)}${'*'.repeat(number.length - 10)}${number.slice(-4)}`
}

function readEighteen(number: string, today: string): IdNumber | { readonly fault: IdNumberFault } {
  if (idNumberCheckDigit(number) !== number[17]) return { fault: 'check-digit' }
  // The 2023 permanent residence card begins with 9; the inner layout of its birth date is not relied on.
  if (number.startsWith('9')) return { kind: 'permanent-resident', birthDate: null, sex: null }
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!isCalendarDay(birthDate) || birthDate < '1850-01-01' || birthDate > today) return { fault: 'birth-date' }
  return {
    kind: /^8[123]0000/u.test(number) ? 'residence-permit' : 'resident',
    birthDate,
    sex: Number(number[16]) % 2 === 1 ? '男' : '女',
  }
}

/** ISO 7064 MOD 11-2 over the first 17 digits (GB 11643-1999, 5). */
function idNumberCheckDigit(number: string): string | undefined {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number[index]), 0)
  return '10X98765432'[sum % 11]
}

/** Whether `YYYY-MM-DD` is a day that exists. */
export function isCalendarDay(day: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(day)) return false
  const instant = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day)
}
