/** What a file is by its first bytes; its name is only asked where a format has no mark of its own (mail). */

import { isMbox } from './open-mbox.ts'

export type Format =
  | 'empty'
  | 'zip'
  | 'mail'
  | 'mbox'
  | 'packed'
  | 'tnef'
  | 'outlook-message'
  | 'word-file'
  | 'excel-file'
  | 'office-file'
  | 'program'
  | 'encrypted-office'
  | 'paper'

const marks: [Format, offset: number, mark: Buffer][] = [
  ['zip', 0, Buffer.from('PK\x03\x04', 'latin1')],
  ['zip', 0, Buffer.from('PK\x05\x06', 'latin1')],
  ['zip', 0, Buffer.from('PK\x07\x08', 'latin1')],
  ['packed', 0, Buffer.from('Rar!\x1a\x07', 'latin1')],
  ['packed', 0, Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1')],
  ['packed', 0, Buffer.from('\x1f\x8b\x08', 'latin1')],
  ['packed', 0, Buffer.from('BZh', 'latin1')],
  ['packed', 0, Buffer.from('\xfd7zXZ\x00', 'latin1')],
  ['packed', 0, Buffer.from('\x28\xb5\x2f\xfd', 'latin1')],
  ['packed', 257, Buffer.from('ustar', 'latin1')],
  ['packed', 0, Buffer.from('MSCF\0\0\0\0', 'latin1')],
  // PE: also archives that unpack themselves.
  ['program', 0, Buffer.from('MZ', 'latin1')],
  // MS-OXTNEF 2.1.3.1: the signature 0x223E9F78, little-endian.
  ['tnef', 0, Buffer.from('\x78\x9f\x3e\x22', 'latin1')],
]

const compoundFile = Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1')
/** Names of streams inside a compound file (MS-CFB), which are UTF-16. */
const compoundStreams: [Format, string][] = [
  ['outlook-message', '__properties_version1.0'],
  ['encrypted-office', 'EncryptedPackage'],
  ['word-file', 'WordDocument'],
  ['excel-file', 'Workbook'],
]

export function sniffFormat(bytes: Uint8Array, name: string): Format {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.length === 0) return 'empty'
  for (const [format, offset, mark] of marks) if (buffer.subarray(offset, offset + mark.length).equals(mark)) return format
  if (buffer.subarray(0, 8).equals(compoundFile)) {
    for (const [format, stream] of compoundStreams) if (buffer.includes(Buffer.from(stream, 'utf16le'))) return format
    return 'office-file'
  }
  if (looksLikeOldTar(buffer)) return 'packed'
  if (!looksLikeMail(buffer, name)) return 'paper'
  return isMbox(buffer) ? 'mbox' : 'mail'
}

/** Tar as it was before POSIX has no mark, but a sum over its first block (512 bytes), in octal at 148, itself taken for blanks. */
function looksLikeOldTar(buffer: Buffer): boolean {
  if (buffer.length < 512) return false
  const told = /^ *([0-7]{1,7})[ \0]/u.exec(buffer.toString('latin1', 148, 156))?.[1]
  if (told === undefined) return false
  let sum = 0
  for (let at = 0; at < 512; at++) sum += at >= 148 && at < 156 ? 0x20 : (buffer[at] ?? 0)
  return sum === Number.parseInt(told, 8)
}

const mailHeaders =
  /^(?:received|return-path|delivered-to|from|to|date|subject|message-id|mime-version|content-type|reply-to|x-mailer|dkim-signature|x-[a-z-]+)[ \t]*:/iu

/** A calendar or a contact has lines of `X-…:` too. */
const telling = /^(?:received|return-path|from|to|date|subject|message-id|mime-version|content-type)[ \t]*:/iu

/** RFC 5322 gives a message no mark: its first lines must be header fields, and enough of them known ones. */
function looksLikeMail(buffer: Buffer, name: string): boolean {
  const lines = buffer
    .subarray(0, 16_384)
    .toString('latin1')
    // A byte order mark, blank lines and mbox's `From ` line come before the header in files saved by hand.
    .replace(/^(?:\xef\xbb\xbf)?\s*(?:From [^\r\n]*\r?\n)?/u, '')
    .split(/\r?\n/u)
  if (!/^[\x21-\x39\x3b-\x7e]+[ \t]*:/u.test(lines[0] ?? '')) return false
  let known = 0
  for (const line of lines) {
    if (line === '') break
    if (mailHeaders.test(line)) known++
  }
  return known >= (/\.eml$/iu.test(name) ? 1 : 3) && lines.some((line) => telling.test(line))
}
