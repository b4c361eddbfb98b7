/** What the codes of a sheet say together. They are as hostile as anything that comes from outside: bounded, checked, parsed. */
import { crc32, inflateRawSync } from 'node:zlib'
import iconv from 'iconv-lite'
import type { FormKind } from '../../guide/forms/form-kinds.ts'
import { readSheetCode, type SheetCode, type ValuePart } from '../../guide/forms/sheet-code.ts'
import { readRecord, recordWords, type FormContents } from '../../guide/forms/value-record.ts'
import type { FoundBarcode } from '../page.ts'

/** A sheet that tells by its codes what it is. */
export interface CodedSheet {
  readonly sheet: SheetCode
  /** Its codes on the page; `part` is null for the code of the sheet itself. */
  readonly codes: readonly { readonly part: number | null; readonly found: FoundBarcode }[]
  /** The values it was printed with; null on a blank form, and when not all of their codes were read. */
  readonly contents: FormContents | null
  /** Codes of other forms beside it: at least one of them was put there later. */
  readonly strangers: readonly FormKind[]
}

/** The line of values of a form has some 600 characters at most. */
const mostBytes = 8000

interface ReadCode {
  readonly found: FoundBarcode
  readonly sheet: SheetCode
  readonly value: ValuePart | null
}

/** Null when no code on the page is one of ours. */
export function readSheetCodes(barcodes: readonly FoundBarcode[]): CodedSheet | null {
  const codes = barcodes.flatMap((found): ReadCode[] => {
    const read = found.format === 'QRCode' ? readSheetCode(found.text) : null
    if (!read) return []
    return 'bytes' in read ? [{ found, sheet: read.sheet, value: read }] : [{ found, sheet: read, value: null }]
  })
  const [first] = codes
  if (!first) return null
  const own = codes.filter(({ sheet }) => isSame(sheet, first.sheet))
  return {
    sheet: first.sheet,
    codes: own.map(({ found, value }) => ({ part: value?.part ?? null, found })),
    contents: join(
      first.sheet.kind,
      first.sheet.parts,
      own.flatMap(({ value }) => value ?? []),
    ),
    strangers: [...new Set(codes.map(({ sheet }) => sheet.kind))].filter((kind) => kind !== first.sheet.kind),
  }
}

const isSame = (one: SheetCode, other: SheetCode): boolean =>
  one.kind === other.kind &&
  one.version === other.version &&
  one.layout === other.layout &&
  one.page === other.page &&
  one.parts === other.parts

function join(kind: FormKind, count: number, parts: readonly ValuePart[]): FormContents | null {
  const byPart = new Map(parts.map((part) => [part.part, part]))
  const checksum = parts[0]?.checksum
  if (count === 0 || byPart.size !== count || parts.some((part) => part.checksum !== checksum)) return null
  const packed = Buffer.concat(Array.from({ length: count }, (_, part) => byPart.get(part)!.bytes))
  const line = unpack(packed)
  return line !== null && crc32(line) === checksum ? readRecord(kind, line) : null
}

function unpack(packed: Uint8Array): string | null {
  try {
    const bytes = inflateRawSync(packed, { maxOutputLength: mostBytes, dictionary: iconv.encode(recordWords, 'gb18030') })
    return iconv.decode(bytes, 'gb18030')
  } catch {
    return null
  }
}
