import { isUtf8 } from 'node:buffer'

const utf8 = new TextDecoder('utf-8')
const gb18030 = new TextDecoder('gb18030')

/** Text of undeclared encoding: UTF-8 when it is valid UTF-8, else GB18030, which contains GBK and GB 2312. */
export function decodeChinese(bytes: Uint8Array): string {
  return (isUtf8(bytes) ? utf8 : gb18030).decode(bytes)
}
