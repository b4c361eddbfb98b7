/**
 * Mends what mail programs declare wrongly before a parser sees it. The bytes as they came are kept elsewhere.
 *
 * Chinese senders write raw GBK into headers (RFC 5322 allows ASCII only), text without a charset or with a false one,
 * and `gb2312` where they mean GB18030. mailparser 3.9.31 reads raw UTF-8 headers and true charsets rightly, so headers
 * become UTF-8 and charsets become true.
 */
import { isUtf8 } from 'node:buffer'
import { decodeChinese } from './decode-name.ts'
import { findParts, type Part, type Span } from './find-parts.ts'
import { joinContinuations } from './join-continuations.ts'
import { endingOf } from './judge-inline-image.ts'
import { mendWords } from './mend-words.ts'

/** Longer texts keep their declared charset: nobody reads them, and only the first 20,000 characters are kept. */
const longestText = 2 * 1024 * 1024
/** The parser gives up at 1 MB of header, and never ends with more than 1,000 parts (mailparser 3.9.31). */
const longestHeader = 1024 * 1024
const mostParts = 950

export interface MendedMail {
  readonly bytes: Buffer
  /** False when the end that the outermost multipart promises is missing: the mail was cut off on its way. */
  readonly whole: boolean
  /** True when it has more parts than are looked at; they are left out of `bytes`. */
  readonly cut: boolean
}

export function mendMail(raw: Buffer): MendedMail {
  const start = /^(?:\xef\xbb\xbf)?\s*(?:From [^\r\n]*\r?\n)?/u.exec(raw.subarray(0, 1024).toString('latin1'))?.[0].length ?? 0
  const { parts, lines, unopened } = findParts(raw, start, mostParts)
  const end = parts[mostParts]?.header.start ?? raw.length
  const edits: Edit[] = lines.map(({ text, ...span }) => ({ ...span, bytes: Buffer.from(text, 'latin1') }))
  let isLetter = true
  for (const part of parts.slice(0, mostParts)) {
    if (part.header.end - part.header.start > longestHeader) break
    const { bytes, isText } = mendHeader(raw, part, isLetter)
    edits.push({ ...part.header, bytes })
    isLetter &&= !isText
  }
  const mended: Buffer[] = []
  let copied = start
  for (const edit of edits.filter((one) => one.start < end).toSorted((one, other) => one.start - other.start)) {
    mended.push(raw.subarray(copied, edit.start), edit.bytes)
    copied = edit.end
  }
  mended.push(raw.subarray(copied, end))
  const outermost =
    parts[0] && (parts[0].boundary ?? boundaryOf(raw.subarray(parts[0].header.start, parts[0].header.end).toString('latin1')))
  return {
    bytes: Buffer.concat(mended),
    whole: unopened === 0 && (outermost === undefined || raw.includes(`--${outermost}--`, 0, 'latin1')),
    cut: end < raw.length,
  }
}

interface Edit extends Span {
  readonly bytes: Buffer
}

function boundaryOf(header: string): string | undefined {
  const type = /^content-type:(.*(?:\r?\n[ \t].*)*)/imu.exec(header)?.[1]
  const found = /boundary\s*=\s*(?:"([^"]*)"|([^\s;]+))/iu.exec(type ?? '')
  return found?.[1] ?? found?.[2]
}

/** `isLetter` says that no text came before: this one, if it is one, is what the sender wrote. */
function mendHeader(raw: Buffer, part: Part, isLetter: boolean): { bytes: Buffer; isText: boolean } {
  const header = raw.subarray(part.header.start, part.header.end)
  const body = raw.subarray(part.body.start, part.body.end)
  const joined = Buffer.from(joinContinuations(header.toString('latin1')), 'latin1')
  const text = mendWords(isUtf8(joined) ? joined.toString('utf8') : joined.toString('latin1').split('\n').map(decodeLine).join('\n'))
  const type = /^content-type[ \t]*:.*(?:\r?\n[ \t].*)*/imu.exec(text)?.[0]
  if (part.boundary !== null && type) return { bytes: Buffer.from(withBoundary(text, type, part.boundary)), isText: false }
  if (part.inDigest && !type) return { bytes: Buffer.from(`${text}Content-Type: message/rfc822\r\n`), isText: false }
  if (type && !/^content-type[ \t]*:\s*text\/(?:plain|html)/iu.test(type)) return { bytes: Buffer.from(text), isText: false }
  if (holdsFile(text, body)) return { bytes: Buffer.from(asFile(text, type)), isText: false }
  const withCharset = mendCharset(text, type, body)
  return { bytes: Buffer.from(isLetter || part.inAlternative ? withCharset : attachNamed(withCharset)), isText: true }
}

function withBoundary(header: string, type: string, boundary: string): string {
  return header.replace(type, () => `${type.replace(/;?\s*boundary\s*=\s*(?:"[^"]*"|[^\s;]+)/iu, '')}; boundary="${boundary}"`)
}

function mendCharset(header: string, type: string | undefined, body: Buffer): string {
  const charset = trueCharset(header, type ?? '', body)
  if (!charset) return header
  if (!type) return `${header}Content-Type: text/plain; charset=${charset}\r\n`
  const declared = /charset\s*=\s*(?:"[^"]*"|[^\s;]+)/iu
  return header.replace(type, () =>
    declared.test(type) ? type.replace(declared, `charset=${charset}`) : type.replace(/text\/\w+/iu, `$&; charset=${charset}`),
  )
}

/** A scan or an archive under the label of text: the parser would show its bytes instead of handing it on. */
function holdsFile(header: string, body: Buffer): boolean {
  // Letters can begin with BM.
  return !['', '.bmp'].includes(endingOf(decodeTransfer(body.subarray(0, 400), transferOf(header))))
}

function asFile(header: string, type: string | undefined): string {
  return type
    ? header.replace(type, () => type.replace(/text\/\w+/iu, 'application/octet-stream'))
    : `${header}Content-Type: application/octet-stream\r\n`
}

/** A text file beside the letter is an attachment when it has a name, although its sender's program shows it within the letter. */
function attachNamed(header: string): string {
  if (!/^content-(?:type|disposition)[ \t]*:(?:.*(?:\r?\n[ \t].*)*?)[;\s]\s*(?:file)?name\*?\s*=/imu.test(header)) return header
  if (/^content-disposition[ \t]*:/imu.test(header)) return header.replace(/^(content-disposition[ \t]*:\s*)inline/imu, '$1attachment')
  return `${header}Content-Disposition: attachment\r\n`
}

const transferOf = (header: string): string | undefined =>
  /^content-transfer-encoding[ \t]*:\s*([\w-]+)/imu.exec(header)?.[1]?.toLowerCase()

/** GB18030 for a text that is declared as one of its subsets, or that is declared as UTF-8 (or not at all) and is not. */
function trueCharset(header: string, type: string, body: Buffer): string | undefined {
  const found = /charset\s*=\s*(?:"([^"]*)"|([^\s;]+))/iu.exec(type)
  const charset = (found?.[1] ?? found?.[2] ?? '').toLowerCase()
  if (/^(?:gb2312|gbk|gb_2312-80|x-gbk|cp936|euc-cn)$/u.test(charset)) return 'gb18030'
  if (!/^(?:|utf-?8|us-ascii|ascii|unknown-8bit|default|default_charset)$/u.test(charset) || body.length > longestText) return undefined
  return isUtf8(decodeTransfer(body, transferOf(header))) ? undefined : 'gb18030'
}

function decodeTransfer(body: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'base64') return Buffer.from(body.toString('latin1'), 'base64')
  if (encoding !== 'quoted-printable') return body
  const plain = body.toString('latin1').replace(/=[ \t]*\r?\n/gu, '')
  return Buffer.from(
    plain.replace(/=([0-9a-f]{2})/giu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  )
}

/** Each line by itself: one mail can mix raw GBK names with raw UTF-8 ones. */
function decodeLine(line: string): string {
  return decodeChinese(Buffer.from(line, 'latin1'))
}
