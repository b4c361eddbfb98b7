/** Telephone numbers as the forms carry them. */

/** Digits only, `-` before an extension: full-width characters, blanks, `+86`, brackets and inner dashes go. */
export function normalizePhone(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s()]/gu, '')
    .replace(/^(\+|00)86-?/u, '')
    .replace(/转|ext\.?/giu, '-')
  const extension = /^(.*\d{7,})-(\d{1,6})$/u.exec(plain)
  if (!extension) return plain.replaceAll('-', '')
  return `${(extension[1] ?? '').replaceAll('-', '')}-${extension[2]}`
}

/** A mainland mobile number: 11 digits, 13 to 19. */
export function isMobilePhone(phone: string): boolean {
  return /^1[3-9]\d{9}$/u.test(phone)
}

/** Codes of cities whose numbers are known to have seven digits. */
const ofSeven = ['0592']

const isOneTooLong = (phone: string): boolean => ofSeven.includes(phone.slice(0, 4)) && /^\d{12}(?:-|$)/u.test(phone)

/** A number that lacks no digit by its form alone: mobile, of a three-digit area code (eight digits follow), or of a city whose numbers are of one length. */
export function isOfKnownLength(phone: string): boolean {
  return (
    isMobilePhone(phone) ||
    /^0(?:10|2\d)[2-8]\d{7}$/u.test(phone) ||
    (/^\d{4}[2-8]\d{6}$/u.test(phone) && ofSeven.includes(phone.slice(0, 4)))
  )
}

/** A canonical number that can be called: mobile, landline with area code, local number, 400 line, or one abroad with 00. */
export function isValidPhone(phone: string): boolean {
  return (
    isMobilePhone(phone) ||
    // Area codes of three digits (010, 02x) have eight-digit numbers; those of four have seven or eight (0592: seven).
    (/^(0(10|2\d)[2-8]\d{7}|0[3-9]\d{2}[2-8]\d{6,7})(-\d{1,6})?$/u.test(phone) && !isOneTooLong(phone)) ||
    /^[2-8]\d{6,7}(-\d{1,6})?$/u.test(phone) ||
    /^400\d{7}(-\d{1,6})?$/u.test(phone) ||
    /^00(?!86)[1-9]\d{7,14}$/u.test(phone)
  )
}
