/**
 * Takes the attachments out of `winmail.dat` (TNEF, MS-OXTNEF): Outlook wraps them so when it writes in Rich Text. The stream is
 * a row of attributes: level (1 byte), id (4), length (4), data, checksum (2), all little-endian.
 */
import type { PaperFile } from '../../flow.ts'
import { cleanName, freeName } from './clean-name.ts'
import { decodeChinese } from './decode-name.ts'
import { describeProblem } from './describe-problem.ts'
import { endingOf } from './judge-inline-image.ts'
import { isJunk } from './name-junk.ts'
import type { Opened } from './open-zip.ts'
import type { Budget, UnpackLimits } from './unpack-limits.ts'

// MS-OXTNEF 2.1.3.2: attributes of an attachment.
const attachRenderData = 0x00_06_90_02
const attachTitle = 0x00_01_80_10
const attachData = 0x00_06_80_0f
const attachProperties = 0x00_06_90_05
// MS-OXPROPS 2.595, PidTagAttachLongFilename, as code-page text (PtypString8) and as UTF-16 (PtypString).
const longName8 = 0x37_07_00_1e
const longName16 = 0x37_07_00_1f
// 2.591 and 2.592, PidTagAttachDataBinary and PidTagAttachDataObject: the bytes, or an interface id (16 bytes) and what it stands for.
const dataBinary = 0x37_01_01_02
const dataObject = 0x37_01_00_0d
const interfaceBytes = 16

interface Attachment {
  title: string
  longName: string
  bytes: Buffer | undefined
}

/** Never throws for what it contains. Lowers `budget` by what is taken. */
export function openTnef(packed: PaperFile, limits: UnpackLimits, budget: Budget): Opened {
  const { attachments, whole } = readAttachments(Buffer.from(packed.bytes.buffer, packed.bytes.byteOffset, packed.bytes.byteLength))
  const files: PaperFile[] = []
  const problems: Opened['problems'] = []
  const taken = new Set<string>()
  for (const { title, longName, bytes } of attachments) {
    const name = cleanName(longName || title) || `附件-${taken.size + 1}${endingOf(bytes ?? Buffer.alloc(0))}`
    const file = `${packed.file}!/${freeName(name, taken)}`
    // An attachment without data is a link or an embedded Outlook object.
    if (isJunk(name)) continue
    if (!bytes) problems.push(describeProblem('winmail-dat', packed.file))
    else if (budget.entries <= 0) {
      problems.push(describeProblem('too-many-files', packed.file))
      break
    } else if (bytes.byteLength > Math.min(limits.fileBytes, budget.bytes)) problems.push(describeProblem('too-large', file))
    else {
      budget.entries--
      budget.bytes -= bytes.byteLength
      files.push({ file, bytes })
    }
  }
  // Formatting without attachments is what most of them are; as a file of its own it is nothing.
  if (attachments.length === 0 && !packed.file.includes('!/')) problems.push(describeProblem('archive-empty', packed.file))
  if (!whole) problems.push(describeProblem('archive-damaged', packed.file))
  return { files, problems }
}

function readAttachments(bytes: Buffer): { attachments: Attachment[]; whole: boolean } {
  const attachments: Attachment[] = []
  // Signature (4 bytes) and key (2 bytes) come first.
  let at = 6
  while (at + 11 <= bytes.length) {
    const id = bytes.readUInt32LE(at + 1)
    const length = bytes.readUInt32LE(at + 5)
    const data = bytes.subarray(at + 9, at + 9 + length)
    if (data.length < length) return { attachments, whole: false }
    at += 9 + length + 2
    const current = attachments.at(-1)
    if (id === attachRenderData) attachments.push({ title: '', longName: '', bytes: undefined })
    else if (!current) continue
    else if (id === attachTitle) current.title = textOf(data)
    else if (id === attachData) current.bytes = data
    else if (id === attachProperties) {
      current.longName = readLongName(data)
      current.bytes ??= readValue(data, dataBinary) ?? readValue(data, dataObject)?.subarray(interfaceBytes)
    }
  }
  return { attachments, whole: at >= bytes.length }
}

function readLongName(properties: Buffer): string {
  const wide = readValue(properties, longName16)?.toString('utf16le')
  const text = wide ?? textOf(readValue(properties, longName8) ?? Buffer.alloc(0))
  return text.replace(/\0.*$/su, '')
}

/** A property is found by the bytes of its tag: count (1), length, then the value padded to four bytes (MS-OXTNEF 2.1.3.4). */
function readValue(properties: Buffer, tag: number): Buffer | undefined {
  const mark = Buffer.alloc(8)
  mark.writeUInt32LE(tag, 0)
  mark.writeUInt32LE(1, 4)
  const at = properties.indexOf(mark)
  if (at === -1 || at + 12 > properties.length) return undefined
  const length = properties.readUInt32LE(at + 8)
  return length > properties.length - at - 12 ? undefined : properties.subarray(at + 12, at + 12 + length)
}

const textOf = (bytes: Buffer): string => decodeChinese(bytes).replace(/\0.*$/su, '')
