/** Unified social credit codes (统一社会信用代码), GB 32100-2015. */

/** No I, O, S, V, Z: GB 32100-2015, 4.1. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

export type UsccFault = 'length' | 'character' | 'check-digit'

/** Full-width characters become plain, blanks go, letters become capitals. Nothing is guessed. */
export function normalizeUscc(text: string): string {
  return text.normalize('NFKC').replace(/\s/gu, '').toUpperCase()
}

/** Why a canonical code cannot be one; null when its check digit holds. */
export function usccFault(code: string): UsccFault | null {
  if (code.length !== 18) return 'length'
  if (!/^[0-9A-HJ-NPQRTUWXY]*$/u.test(code)) return 'character'
  return usccCheckDigit(code.slice(0, 17)) === code[17] ? null : 'check-digit'
}

/** 18 characters of the standard's alphabet whose last one is the right check digit. */
export function isValidUscc(code: string): boolean {
  return usccFault(code) === null
}

/** The last character for the first 17: weights 3^(i-1) modulo 31, 31 less the sum modulo 31 (GB 32100-2015, 4.6). */
function usccCheckDigit(first17: string): string | undefined {
  let sum = 0
  let weight = 1
  for (const character of first17) {
    sum += alphabet.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return alphabet[(31 - (sum % 31)) % 31]
}

/**
 * Whether characters 9–17 are an organisation code (GB 11714) with its own check character: weights 3 7 9 10 5 8 4 2,
 * 11 less the sum modulo 11, 10 is X and 11 is 0. Second evidence beside the check digit of the whole.
 */
export function holdsOrganisationCode(code: string): boolean {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, index) => total + weight * Number.parseInt(code[8 + index] ?? '0', 36), 0)
  return '0123456789X0'[11 - (sum % 11)] === code[16]
}
