/**
 * What the QR codes of a sheet say, as bytes. The code of the sheet: which form, version, page and layout. The codes of the
 * values: parts of one packed record (see `pack-values.ts` beside the drawing and `unpack-values.ts` beside the reading).
 *
 * Bytes travel as `ZK1:` and base 45 (RFC 9285), which a QR code packs as 11 bits for two characters.
 */
import { formKinds, type FormKind } from './form-kinds.ts'

export interface SheetCode {
  readonly kind: FormKind
  readonly version: number
  /** 0: drawn by zhika alone; else the mark of the office's own blank, whose places are not those of the template. */
  readonly layout: number
  readonly page: number
  readonly pages: number
  /** How many codes hold the values; 0 on a blank form. */
  readonly parts: number
}

/** One part of the packed values; `checksum` is that of the whole and ties the parts together. */
export interface ValuePart {
  readonly sheet: SheetCode
  readonly part: number
  readonly checksum: number
  readonly bytes: Uint8Array
}

const mark = 'ZK1:'
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const headLength = 6
/** A QR code of version 40 holds 4,296 such characters; ours hold 200. */
const longestText = 600
export const mostParts = 6

export function writeSheetCode(sheet: SheetCode): string {
  const head = headOf(sheet)
  return mark + toBase45(withShortCheck(head))
}

export function writeValuePart({ sheet, part, checksum, bytes }: ValuePart): string {
  const head = headOf(sheet)
  const tail = Uint8Array.of(part, checksum >>> 24, (checksum >>> 16) & 255, (checksum >>> 8) & 255, checksum & 255)
  return mark + toBase45(withShortCheck(Uint8Array.of(...head, ...tail, ...bytes)))
}

function headOf({ kind, version, layout, page, pages, parts }: SheetCode): Uint8Array {
  return Uint8Array.of(formKinds.indexOf(kind), version, layout >>> 8, layout & 255, (page << 4) | pages, parts)
}

/** Whether a code begins as those of a sheet do. */
export const maySheetSay = (text: string): boolean => text.startsWith(mark)

/** Hostile until parsed: null for whatever zhika did not write. */
export function readSheetCode(text: string): SheetCode | ValuePart | null {
  if (!maySheetSay(text) || text.length > longestText) return null
  const checked = fromBase45(text.slice(mark.length))
  if (!checked || checked.length < headLength + 2) return null
  const bytes = checked.subarray(0, -2)
  if (crc16(bytes) !== ((checked.at(-2)! << 8) | checked.at(-1)!)) return null
  const sheet = readHead(bytes)
  if (!sheet || bytes.length === headLength) return sheet
  if (bytes.length < headLength + 6) return null
  const part = bytes[headLength]!
  if (part >= sheet.parts) return null
  const checksum = new DataView(bytes.buffer, bytes.byteOffset).getUint32(headLength + 1)
  return { sheet, part, checksum, bytes: bytes.slice(headLength + 5) }
}

function readHead(bytes: Uint8Array): SheetCode | null {
  const [form, version, high, low, pageOf, parts] = bytes as unknown as [number, number, number, number, number, number]
  const kind = formKinds[form]
  const [page, pages] = [pageOf >> 4, pageOf & 15]
  if (!kind || version === 0 || page === 0 || page > pages || parts > mostParts) return null
  return { kind, version, layout: (high << 8) | low, page, pages, parts }
}

function withShortCheck(bytes: Uint8Array): Uint8Array {
  const check = crc16(bytes)
  return Uint8Array.of(...bytes, check >>> 8, check & 255)
}

/** CRC-16/CCITT-FALSE: tells a code of ours from chance; the values have a CRC-32 of their own. */
function crc16(bytes: Uint8Array): number {
  let crc = 0xffff
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff
  }
  return crc
}

function toBase45(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 2) {
    const isPair = at + 1 < bytes.length
    const value = isPair ? bytes[at]! * 256 + bytes[at + 1]! : bytes[at]!
    text += alphabet[value % 45]! + alphabet[Math.floor(value / 45) % 45]! + (isPair ? alphabet[Math.floor(value / 2025)]! : '')
  }
  return text
}

function fromBase45(text: string): Uint8Array | null {
  if (text.length % 3 === 1) return null
  const digits = Array.from(text, (character) => alphabet.indexOf(character))
  if (digits.includes(-1)) return null
  const bytes: number[] = []
  for (let at = 0; at < digits.length; at += 3) {
    const [first, second, third] = [digits[at]!, digits[at + 1]!, digits[at + 2]]
    const value = first + second * 45 + (third ?? 0) * 2025
    if (value > (third === undefined ? 0xff : 0xffff)) return null
    if (third === undefined) bytes.push(value)
    else bytes.push(value >> 8, value & 255)
  }
  return Uint8Array.from(bytes)
}
