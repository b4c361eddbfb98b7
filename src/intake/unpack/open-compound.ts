/**
 * Takes files out of what Microsoft's programs keep in compound files (MS-CFB): attachments of an Outlook message (`.msg`,
 * MS-OXMSG), and scans that were put into an old Word or PowerPoint file.
 */
import CFB from 'cfb'
import type { PaperFile } from '../../flow.ts'
import { cleanName, freeName } from './clean-name.ts'
import { decodeChinese } from './decode-name.ts'
import { describeProblem, type UnpackProblemCode } from './describe-problem.ts'
import { endingOf, isSignatureImage, maybePaper } from './judge-inline-image.ts'
import { isJunk } from './name-junk.ts'
import type { Opened } from './open-zip.ts'
import type { Budget, UnpackLimits } from './unpack-limits.ts'

/** Streams of an attachment by the tags of their properties (MS-OXPROPS); `001F` is UTF-16, `001E` text of a code page. */
const data = '__substg1.0_37010102'
const longName = '__substg1.0_3707'
const shortName = '__substg1.0_3704'
const contentId = '__substg1.0_3712'
const byReference = '__substg1.0_3708'

/** Way inside the compound file → bytes. */
type Streams = ReadonlyMap<string, Buffer>

/** Never throws for what it contains. Attachments of messages inside the message are taken too. Lowers `budget` by what is taken. */
export async function openOutlookMessage(message: PaperFile, limits: UnpackLimits, budget: Budget): Promise<Opened> {
  const streams = readStreams(message.bytes)
  if (!streams) return { files: [], problems: [describeProblem('outlook-message', message.file)] }
  const { files, problems, take, report } = collector(message, limits, budget)
  for (const [path, bytes] of streams) {
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    const textOf = (tag: string) => propertyText(streams, folder, tag)
    if (path.endsWith(`/${data}`)) {
      const name = cleanName(textOf(longName) || textOf(shortName)) || `附件-${files.length + 1}${endingOf(bytes)}`
      const shownInText = textOf(contentId) !== '' ? { cid: textOf(contentId), related: true } : {}
      if (isJunk(name)) continue
      if (await isSignatureImage(shownInText, bytes)) report('signature-image', `${message.file}!/${name}`)
      else take(name, bytes)
    } else if (path.includes(`/${byReference}`) && !streams.has(`${folder}${data}`)) report('outlook-message')
  }
  if (files.length + problems.length === 0) report('no-papers')
  return { files, problems }
}

/** As `openOutlookMessage`, for the pictures of an old office file; `kind` is what the sender is told of the rest of it. */
export async function openOldOffice(
  document: PaperFile,
  limits: UnpackLimits,
  budget: Budget,
  kind: 'word-file' | 'excel-file' | 'office-file',
): Promise<Opened> {
  const { files, problems, take, report } = collector(document, limits, budget)
  for (const [path, bytes] of readStreams(document.bytes) ?? [])
    if (/\/(?:Data|WordDocument|Pictures)$/u.test(path))
      for (const picture of findPictures(bytes))
        if (await maybePaper(picture)) take(`图片-${files.length + 1}${endingOf(picture)}`, picture)
  report(files.length > 0 ? 'pictures-only' : kind)
  return { files, problems }
}

function collector(container: PaperFile, limits: UnpackLimits, budget: Budget) {
  const files: PaperFile[] = []
  const problems: Opened['problems'] = []
  const taken = new Set<string>()
  const report = (code: UnpackProblemCode, file = container.file) => {
    if (!problems.some((problem) => problem.code === code && problem.file === file)) problems.push(describeProblem(code, file))
  }
  const take = (name: string, bytes: Buffer) => {
    const file = `${container.file}!/${freeName(name, taken)}`
    if (budget.entries <= 0) return report('too-many-files')
    if (bytes.byteLength > Math.min(limits.fileBytes, budget.bytes)) return report('too-large', file)
    budget.entries--
    budget.bytes -= bytes.byteLength
    files.push({ file, bytes })
  }
  return { files, problems, take, report }
}

/** Undefined when the file contradicts itself. */
function readStreams(bytes: Uint8Array): Streams | undefined {
  try {
    const { FullPaths, FileIndex } = CFB.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { type: 'buffer' })
    const streams = new Map<string, Buffer>()
    for (const [at, path] of FullPaths.entries()) {
      const { content, size } = FileIndex[at]!
      if (content !== undefined && size > 0) streams.set(path, Buffer.from(content))
    }
    return streams
  } catch {
    return undefined
  }
}

function propertyText(streams: Streams, folder: string, tag: string): string {
  const wide = streams.get(`${folder}${tag}001F`)?.toString('utf16le')
  return (wide ?? decodeChinese(streams.get(`${folder}${tag}001E`) ?? Buffer.alloc(0))).replaceAll('\0', '').trim()
}

/** OfficeArt blips of JPEG, PNG and TIFF (MS-ODRAW 2.2.23): header (8 bytes), one or two ids (16 each), a tag (1), the picture. */
const blips = [0xf01d, 0xf01e, 0xf029, 0xf02a]
const mostPictures = 200

function findPictures(stream: Buffer): Buffer[] {
  const pictures: Buffer[] = []
  for (const type of blips) {
    const mark = Buffer.from([type & 0xff, type >> 8])
    for (let at = stream.indexOf(mark, 2); at !== -1 && pictures.length < mostPictures; at = stream.indexOf(mark, at + 1)) {
      if (at + 6 > stream.length) break
      const end = at + 6 + stream.readUInt32LE(at + 2)
      if (end > stream.length) continue
      for (const start of [at + 6 + 17, at + 6 + 33])
        if (start < end && /^\.(?:jpg|png|tif)$/u.test(endingOf(stream.subarray(start, end)))) pictures.push(stream.subarray(start, end))
    }
  }
  return pictures
}
