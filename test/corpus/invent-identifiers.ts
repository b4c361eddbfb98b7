/**
 * Codes of invented enterprises and people, with check digits computed here on their own: the corpus is an oracle apart
 * from `src/guide`, so it shares no code with it.
 */
import type { Random } from './random.ts'

const usccAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** Check character of the first 17 of a unified social credit code (GB 32100-2015: weights 3^(i-1) mod 31). */
export function usccCheck(body: string): string {
  let sum = 0
  let weight = 1
  for (const char of body) {
    sum += usccAlphabet.indexOf(char) * weight
    weight = (weight * 3) % 31
  }
  return usccAlphabet[(31 - (sum % 31)) % 31]!
}

/** Check character of the first 8 of an organisation code (GB 11714-1997: weights 3 7 9 10 5 8 4 2 mod 11). */
export function organisationCheck(body: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2]
  const sum = Array.from(body).reduce((total, char, i) => total + Number.parseInt(char, 36) * weights[i]!, 0)
  const rest = 11 - (sum % 11)
  return rest === 10 ? 'X' : rest === 11 ? '0' : String(rest)
}

/** Check character of the first 17 of a citizen's identity number (GB 11643-1999: mod 11-2). */
export function identityCheck(body: string): string {
  const sum = Array.from(body).reduce((total, char, i) => total + Number(char) * (2 ** (17 - i) % 11), 0)
  return '10X98765432'[sum % 11]!
}

/** `department` and `class`: 91 an enterprise, 92 a sole trader, 93 a farmers' cooperative. `region` has 6 digits. */
export function inventUscc(random: Random, departmentAndClass: string, region: string): string {
  const organisation = `MA${random.pick(Array.from('123456789ABCDEFGHJKLMNPQRTUWXY'))}${Array.from({ length: 5 }, () =>
    random.chance(0.35) ? random.pick(Array.from(usccAlphabet.slice(10))) : random.digits(1),
  ).join('')}`
  const body = `${departmentAndClass}${region}${organisation}${organisationCheck(organisation)}`
  return body + usccCheck(body)
}

/** A code that differs from a right one in one or two characters and fails its check. */
export function spoilUscc(random: Random, uscc: string): string {
  const at = random.whole(9, 16)
  const others = Array.from(usccAlphabet).filter((char) => char !== uscc[at])
  return uscc.slice(0, at) + random.pick(others) + uscc.slice(at + 1)
}

/** `birthDate` is `YYYY-MM-DD`. Retries until the check character is X when `wantX`. */
export function inventIdNumber(random: Random, region: string, birthDate: string, sex: '男' | '女', wantX = false): string {
  for (;;) {
    const serial = random.digits(2) + String(random.whole(0, 4) * 2 + (sex === '男' ? 1 : 0))
    const body = region + birthDate.replaceAll('-', '') + serial
    const check = identityCheck(body)
    if (!wantX || check === 'X') return body + check
  }
}

/** Another last character than the right one. */
export function spoilIdNumber(random: Random, idNumber: string): string {
  return idNumber.slice(0, 17) + random.pick(Array.from('0123456789X').filter((char) => char !== idNumber[17]))
}

export function inventMobile(random: Random): string {
  return `1${random.pick(['30', '35', '36', '38', '39', '50', '58', '59', '77', '80', '86', '88', '89', '99'])}${random.digits(8)}`
}

/** Canonical: digits only, `-` before an extension. */
export function inventLandline(random: Random): string {
  return `0592${random.pick(['2', '3', '5', '6', '7'])}${random.digits(6)}${random.chance(0.15) ? `-${random.whole(1, 9)}${random.digits(2)}` : ''}`
}

/** The form of an IC card's number is not published: eleven to thirteen digits here, old cards with a leading 0. */
export function inventCardNumber(random: Random): string {
  return random.chance(0.2) ? `0${random.digits(10)}` : `${random.whole(1, 9)}${random.digits(random.pick([11, 12]))}`
}
