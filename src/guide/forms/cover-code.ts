/** What the QR code of a parcel's cover sheet (扫描封面) says: a mark, the waybill number and a check of both. */

const mark = 'ZKP'

export function writeCoverCode(parcelNumber: string): string {
  return `${mark}:${parcelNumber}:${checkOf(parcelNumber)}`
}

/** The waybill number; hostile until parsed: null for whatever zhika did not write. */
export function readCoverCode(text: string): string | null {
  const [, number, check] = /^ZKP:([0-9A-Z]{8,24}):([0-9A-Z]{4})$/u.exec(text) ?? []
  return number !== undefined && check === checkOf(number) ? number : null
}

/** Four characters, so that a code of somebody else is not taken for ours by chance. */
function checkOf(number: string): string {
  let sum = 7
  for (const character of mark + number) sum = (sum * 131 + character.charCodeAt(0)) % 1_679_609
  return sum.toString(36).toUpperCase().padStart(4, '0')
}
