/**
 * The values of a form into as few codes as they need: one line of text, GB 18030 (two bytes a Chinese character where UTF-8
 * takes three), deflated with the words that such lines are made of, with a CRC-32 of the line.
 */
import { createHash } from 'node:crypto'
import { crc32, deflateRawSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { isLongText, recordWords, writeRecord, type FormContents } from '../guide/forms/value-record.ts'
import { comparableText } from '../guide/forms/comparable-text.ts'
import { writeSheetCode, writeValuePart, type SheetCode } from '../guide/forms/sheet-code.ts'

/** Codes of values on one sheet, and the bytes of the packed line that each takes (QR version 7, level M, alphanumeric). */
const mostCodes = 3
const bytesPerCode = 103

export interface SheetCodes {
  readonly sheet: string
  readonly values: readonly string[]
  /** Fields whose text is too long for a code: their hash is in it instead. */
  readonly hashed: readonly string[]
}

export function packValues(sheet: Omit<SheetCode, 'parts'>, contents: FormContents): SheetCodes {
  if (Object.values(contents).every((content) => content === null))
    return { sheet: writeSheetCode({ ...sheet, parts: 0 }), values: [], hashed: [] }
  const { packed, checksum, hashed } = shrink(sheet.kind, contents)
  const count = Math.ceil(packed.length / bytesPerCode)
  // Parts of one size: three codes half full are easier to read than one full and one empty.
  const size = Math.ceil(packed.length / count)
  const whole = { ...sheet, parts: count }
  const values = Array.from({ length: count }, (_, part) =>
    writeValuePart({ sheet: whole, part, checksum, bytes: packed.subarray(part * size, (part + 1) * size) }),
  )
  return { sheet: writeSheetCode(whole), values, hashed }
}

/** The longest texts give way to their hashes until the rest fits. */
function shrink(kind: SheetCode['kind'], contents: FormContents): { packed: Uint8Array; checksum: number; hashed: string[] } {
  const hashed: string[] = []
  let kept: FormContents = contents
  for (;;) {
    const line = writeRecord(kind, kept)
    const packed = pack(line)
    if (packed.length <= mostCodes * bytesPerCode) return { packed, checksum: crc32(line), hashed }
    const [longest] = Object.entries(kept)
      .flatMap(([name, content]) => (content === null || isLongText(content) ? [] : [{ name, length: String(content).length, content }]))
      .toSorted((one, other) => other.length - one.length)
    if (!longest) return { packed, checksum: crc32(line), hashed }
    hashed.push(longest.name)
    kept = { ...kept, [longest.name]: { hash: hashOf(longest.content) } }
  }
}

const hashOf = (content: string | readonly string[]): string =>
  createHash('sha256')
    .update(comparableText(typeof content === 'string' ? content : content.join()))
    .digest('hex')
    .slice(0, 16)

const pack = (line: string): Uint8Array =>
  deflateRawSync(iconv.encode(line, 'gb18030'), { level: 9, memLevel: 9, dictionary: iconv.encode(recordWords, 'gb18030') })
