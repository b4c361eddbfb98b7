/** A folder of mails saved as one file (mbox, RFC 4155), as Thunderbird and macOS export it: each mail becomes a file. */
import type { PaperFile } from '../../flow.ts'
import { describeProblem } from './describe-problem.ts'
import type { Opened } from './open-zip.ts'
import type { Budget, UnpackLimits } from './unpack-limits.ts'

/** A line that begins a mail, after a blank one and before a header. */
const separator = /(?<=^|\n\r?\n)From [^\r\n]*\r?\n(?=[\x21-\x39\x3b-\x7e]+[ \t]*:)/gu

/** True for two mails or more; a single one is a mail with a line before it. */
export function isMbox(bytes: Buffer): boolean {
  if (bytes.toString('latin1', 0, 5) !== 'From ') return false
  return bytes.toString('latin1').match(separator)?.length !== 1
}

/** Lowers `budget` by what is taken. */
export function openMbox(box: PaperFile, limits: UnpackLimits, budget: Budget): Opened {
  const bytes = Buffer.from(box.bytes.buffer, box.bytes.byteOffset, box.bytes.byteLength)
  const marks = [...bytes.toString('latin1').matchAll(separator)]
  const files: PaperFile[] = []
  const problems: Opened['problems'] = []
  for (const [at, mark] of marks.entries()) {
    const start = mark.index + mark[0].length
    const mail = bytes.subarray(start, marks[at + 1]?.index ?? bytes.length)
    const file = `${box.file}!/邮件-${at + 1}.eml`
    if (budget.entries <= 0) {
      problems.push(describeProblem('too-many-files', box.file))
      break
    }
    if (mail.byteLength > Math.min(limits.fileBytes, budget.bytes)) {
      problems.push(describeProblem('too-large', file))
      continue
    }
    budget.entries--
    budget.bytes -= mail.byteLength
    files.push({ file, bytes: mail })
  }
  return { files, problems }
}
