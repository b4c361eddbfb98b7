/**
 * Mends encoded words (RFC 2047) and encoded parameters (RFC 2231) in a header: characters cut in two between words, missing
 * padding, and charsets that are not what the bytes are. What comes out is UTF-8 whatever the label said.
 */
import { isUtf8 } from 'node:buffer'

const run = /=\?[^?\s]{1,60}\?[bq]\?[^?]*\?=(?:\s*=\?[^?\s]{1,60}\?[bq]\?[^?]*\?=)*/giu
const word = /=\?([^?\s]+)\?([bq])\?([^?]*)\?=/giu
const parameter = /\b((?:file)?name\*=)[ \t]*"?(?:([\w-]*)'[^'\s]*')?((?:%[\da-f]{2}|[\w.()（）-])+)"?(?=[\s;]|$)/giu

/** Labels under which Chinese programs send anything; others are taken at their word. */
const doubtful = /^(?:utf-?8|gb[\w-]*|cp936|euc-cn|x-gbk|us-ascii|ascii|iso-8859-1|latin1|windows-1252|x-unknown|unknown[\w-]*|default|)$/iu
const western = /^(?:iso-8859-1|latin1|windows-1252)$/iu
const inPairs = /^(?:[^\u0080-\u00ff]|[\u00a1-\u00f7][\u00a1-\u00fe])*$/u
const strict = new TextDecoder('utf-8', { fatal: true })
const gb18030 = new TextDecoder('gb18030', { fatal: true })

export function mendWords(header: string): string {
  return header
    .replace(run, (words) => {
      const groups: { charset: string; bytes: Buffer }[] = []
      for (const [, label = '', encoding = '', text = ''] of words.matchAll(word)) {
        // RFC 2231, 5: a language may follow the charset.
        const charset = label.split('*', 1)[0]!.toLowerCase()
        if (!doubtful.test(charset)) return words
        const bytes = /b/iu.test(encoding) ? Buffer.from(text, 'base64') : decodeQ(text)
        const last = groups.at(-1)
        // Cut anywhere, even inside a character (RFC 2047, 5, forbids it): the bytes are one text.
        if (last?.charset === charset) last.bytes = Buffer.concat([last.bytes, bytes])
        else groups.push({ charset, bytes })
      }
      const texts = groups.map(({ charset, bytes }) => decodeDoubtful(bytes, charset))
      if (texts.includes(undefined)) return words
      return `=?utf-8?B?${Buffer.from(texts.join('')).toString('base64')}?=`
    })
    .replace(parameter, (whole, name: string, charset: string | undefined, value: string) => {
      if (charset !== undefined && !doubtful.test(charset)) return whole
      const bytes = decodePercent(value)
      const text = decodeDoubtful(bytes, charset ?? '')
      return text === undefined ? whole : `${name}UTF-8''${encodeURIComponent(text).replaceAll(/['()*]/gu, escapeMark)}`
    })
}

/** Names that went through a web form: `%E8%90%A5….jpg`, `&#33829;….jpg`. */
export function mendWebName(name: string): string {
  if (/(?:%[\da-f]{2}){2}/iu.test(name) && !/[^\u0020-\u007e]/u.test(name)) {
    const text = decodeDoubtful(decodePercent(name), '')
    if (text !== undefined && /\p{Script=Han}/u.test(text)) return text
  }
  return name.replaceAll(/&#(\d{2,7});/gu, (whole, code: string) =>
    Number(code) > 31 && Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : whole,
  )
}

/** Undefined when the bytes are no text in any likely charset: then the label is left to the parser. */
function decodeDoubtful(bytes: Buffer, charset: string): string | undefined {
  if (isUtf8(bytes)) {
    const text = strict.decode(bytes)
    // Short GBK texts can be valid UTF-8 by chance, but not as Chinese characters.
    if (!/^gb|^cp936|^euc-cn|^x-gbk/u.test(charset) || /^[\u0020-\u007e]*$/u.test(text) || /[\u3000-\u9fff\uff00-\uffef]/u.test(text))
      return text
  }
  // A Western name under a Western label; Chinese comes in pairs of high bytes.
  if (western.test(charset) && !inPairs.test(bytes.toString('latin1'))) return undefined
  try {
    return gb18030.decode(bytes)
  } catch {
    return undefined
  }
}

function decodeQ(text: string): Buffer {
  const plain = text
    .replaceAll('_', ' ')
    .replaceAll(/=([\da-f]{2})/giu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return Buffer.from(plain, /[\u0100-\uffff]/u.test(plain) ? 'utf8' : 'latin1')
}

function decodePercent(text: string): Buffer {
  return Buffer.concat(
    text.split(/(%[\da-f]{2})/iu).map((part) => (/^%[\da-f]{2}$/iu.test(part) ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part))),
  )
}

const escapeMark = (mark: string) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`
