/**
 * Mends what mail programs declare wrongly before a parser sees it. The bytes as they came are kept elsewhere.
 *
 * Chinese senders write raw GBK into headers (RFC 5322 allows ASCII only), text without a charset or with a false one,
 * and `gb2312` where they mean GB18030. mailparser 3.9.31 reads raw UTF-8 headers and true charsets rightly, so headers
 * become UTF-8 and charsets become true.
 */
import { isUtf8 } from 'node:buffer'
import { decodeChinese } from './decode-name.ts'
import { mendWords } from './mend-words.ts'

/** Longer texts keep their declared charset: nobody reads them, and only the first 20,000 characters are kept. */
const longestText = 2 * 1024 * 1024
/** The parser gives up at 1 MB of header, and never ends with more than 1,000 parts (mailparser 3.9.31). */
const longestHeader = 1024 * 1024
const mostParts = 950

interface Part {
  header: { start: number; end: number }
  body: { start: number; end: number }
}

export interface MendedMail {
  readonly bytes: Buffer
  /** False when the end that the outermost multipart promises is missing: the mail was cut off on its way. */
  readonly whole: boolean
  /** True when it has more parts than are looked at; they are left out of `bytes`. */
  readonly cut: boolean
}

export function mendMail(raw: Buffer): MendedMail {
  const start = /^(?:\xef\xbb\xbf)?\s*(?:From [^\r\n]*\r?\n)?/u.exec(raw.subarray(0, 1024).toString('latin1'))?.[0].length ?? 0
  const mended: Buffer[] = []
  let copied = start
  const parts = findParts(raw, start)
  const end = parts[mostParts]?.header.start ?? raw.length
  for (const { header, body } of parts.slice(0, mostParts)) {
    if (header.end - header.start > longestHeader) break
    mended.push(raw.subarray(copied, header.start), mendHeader(raw.subarray(header.start, header.end), raw.subarray(body.start, body.end)))
    copied = header.end
  }
  mended.push(raw.subarray(copied, end))
  const outermost = parts[0] && boundaryOf(raw.subarray(parts[0].header.start, parts[0].header.end).toString('latin1'))
  return {
    bytes: Buffer.concat(mended),
    whole: outermost === undefined || raw.includes(`--${outermost}--`, 0, 'latin1'),
    cut: end < raw.length,
  }
}

/** The header and body of the message and of each part between declared boundaries (RFC 2046, 5.1.1). */
function findParts(raw: Buffer, from: number): Part[] {
  const parts: Part[] = []
  const boundaries = new Set<string>()
  let headerStart = from
  let current: Part | undefined
  for (let start = from; start < raw.length && parts.length <= mostParts;) {
    const newline = raw.indexOf(0x0a, start)
    const end = newline === -1 ? raw.length : newline + 1
    if (!current) {
      if (end - start <= 2 && raw.subarray(start, end).toString('latin1').trim() === '') {
        current = { header: { start: headerStart, end: start }, body: { start: end, end: raw.length } }
        parts.push(current)
        const boundary = boundaryOf(raw.subarray(headerStart, start).toString('latin1'))
        if (boundary) boundaries.add(boundary)
      }
    } else if (raw[start] === 0x2d && raw[start + 1] === 0x2d && end - start < 1024) {
      const line = raw
        .subarray(start + 2, end)
        .toString('latin1')
        .trimEnd()
      const closing = !boundaries.has(line) && line.endsWith('--') && boundaries.has(line.slice(0, -2))
      if (closing || boundaries.has(line)) {
        if (current.body.end === raw.length) current.body.end = start
        if (!closing) {
          current = undefined
          headerStart = end
        }
      }
    }
    start = end
  }
  return parts
}

function boundaryOf(header: string): string | undefined {
  const type = /^content-type:(.*(?:\r?\n[ \t].*)*)/imu.exec(header)?.[1]
  const found = /boundary\s*=\s*(?:"([^"]*)"|([^\s;]+))/iu.exec(type ?? '')
  return found?.[1] ?? found?.[2]
}

function mendHeader(header: Buffer, body: Buffer): Buffer {
  let text = isUtf8(header) ? header.toString('utf8') : header.toString('latin1').split('\n').map(decodeLine).join('\n')
  text = mendWords(text)
  const type = /^content-type:.*(?:\r?\n[ \t].*)*/imu.exec(text)?.[0]
  if (type && !/^content-type:\s*text\/(?:plain|html)/iu.test(type)) return Buffer.from(text)
  const charset = trueCharset(text, type ?? '', body)
  if (!charset) return Buffer.from(text)
  if (!type) return Buffer.from(`${text}Content-Type: text/plain; charset=${charset}\r\n`)
  const declared = /charset\s*=\s*(?:"[^"]*"|[^\s;]+)/iu
  return Buffer.from(
    text.replace(type, () =>
      declared.test(type) ? type.replace(declared, `charset=${charset}`) : type.replace(/text\/\w+/iu, `$&; charset=${charset}`),
    ),
  )
}

/** GB18030 for a text that is declared as one of its subsets, or that is declared as UTF-8 (or not at all) and is not. */
function trueCharset(header: string, type: string, body: Buffer): string | undefined {
  const found = /charset\s*=\s*(?:"([^"]*)"|([^\s;]+))/iu.exec(type)
  const charset = (found?.[1] ?? found?.[2] ?? '').toLowerCase()
  if (/^(?:gb2312|gbk|gb_2312-80|x-gbk|cp936|euc-cn)$/u.test(charset)) return 'gb18030'
  if (!/^(?:|utf-?8|us-ascii|ascii|unknown-8bit|default|default_charset)$/u.test(charset) || body.length > longestText) return undefined
  const encoding = /^content-transfer-encoding:\s*([\w-]+)/imu.exec(header)?.[1]?.toLowerCase()
  return isUtf8(decodeTransfer(body, encoding)) ? undefined : 'gb18030'
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
