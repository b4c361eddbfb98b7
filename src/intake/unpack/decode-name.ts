import { isUtf8 } from 'node:buffer'

const utf8 = new TextDecoder('utf-8')
const gb18030 = new TextDecoder('gb18030')
const western = new TextDecoder('windows-1252')

/**
 * Text of undeclared encoding: UTF-8 when it is valid UTF-8, else GB18030, which contains GBK and GB 2312. Chinese comes in pairs
 * of high bytes somewhere; where each stands alone between ASCII letters (`Frösche`) the text is Western.
 */
export function decodeChinese(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return utf8.decode(bytes)
  const standsAlone = (at: number) => (bytes[at - 1] ?? 0) < 0x80 && (bytes[at + 1] ?? 0) < 0x80
  const isWestern = bytes.every((byte, at) => byte < 0x80 || (byte >= 0xc0 && standsAlone(at)))
  return (isWestern ? western : gb18030).decode(bytes)
}
