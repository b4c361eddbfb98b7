/** Files written into a text as uuencode writes them (POSIX.1, `uuencode`): old mailers and gateways still do. */

const block = /^begin [0-7]{3,4} ([^\r\n]{1,255})\r?\n((?:[ -`]{1,100}\r?\n)*?)(?:`|[ ]{0,2})?\r?\n?end[ \t]*\r?$/gmu

export interface UuencodedFile {
  readonly name: string
  readonly bytes: Buffer
}

export function takeUuencoded(text: string): { files: UuencodedFile[]; rest: string } {
  if (!text.includes('begin ')) return { files: [], rest: text }
  const files: UuencodedFile[] = []
  const rest = text.replaceAll(block, (whole, name: string, lines: string) => {
    const bytes = decodeLines(lines)
    if (bytes.byteLength === 0) return whole
    files.push({ name: name.trim(), bytes })
    return ''
  })
  return { files, rest }
}

function decodeLines(lines: string): Buffer {
  return Buffer.concat(lines.split(/\r?\n/u).map(decodeLine))
}

/** The first sign tells how many bytes the line holds; blanks at its end may have been lost on the way. */
function decodeLine(line: string): Buffer {
  const bits = (at: number) => ((line.charCodeAt(at) || 0x20) - 0x20) & 63
  const length = line === '' ? 0 : bits(0)
  const bytes = Buffer.alloc(Math.ceil(length / 3) * 3)
  for (let at = 0; at * 3 < length; at++) {
    const first = 1 + at * 4
    bytes.writeUIntBE((bits(first) << 18) | (bits(first + 1) << 12) | (bits(first + 2) << 6) | bits(first + 3), at * 3, 3)
  }
  return bytes.subarray(0, length)
}
