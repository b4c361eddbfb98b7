/** Takes the files out of a ZIP archive, in memory only. */
import { crc32 } from 'node:zlib'
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl'
import type { PaperFile, Problem } from '../../flow.ts'
import { byName } from '../sort-names.ts'
import { cleanPath, freeName } from './clean-name.ts'
import { decodeChinese } from './decode-name.ts'
import { describeProblem, type UnpackProblemCode } from './describe-problem.ts'
import { maybePaper } from './judge-inline-image.ts'
import { isJunk } from './name-junk.ts'
import { openPacked } from './open-packed.ts'
import type { Budget, UnpackLimits } from './unpack-limits.ts'

export interface Opened {
  /** Named by their whole way in, in the order of their names. */
  readonly files: PaperFile[]
  readonly problems: Problem[]
}

/** Never throws for what an archive contains: what cannot be taken out is a problem. Lowers `budget` by what is taken. */
export async function openZip(archive: PaperFile, limits: UnpackLimits, budget: Budget): Promise<Opened> {
  const problems: Problem[] = []
  const report = (code: UnpackProblemCode, file = archive.file) => {
    if (!problems.some((problem) => problem.code === code && problem.file === file)) problems.push(describeProblem(code, file))
  }

  let zip: ZipFile
  const entries: Entry[] = []
  try {
    // decodeStrings would take unflagged names for CP437, and refuse the whole archive for one `../`.
    zip = await fromBufferPromise(trimEnd(asBuffer(archive.bytes)), { decodeStrings: false })
    if (zip.entryCount > limits.entries * 4) return { files: [], problems: [describeProblem('too-many-files', archive.file)] }
    for await (const entry of zip.eachEntry()) entries.push(entry)
  } catch (error) {
    // Strong encryption hides the list of files itself (APPNOTE 6.3.10, 7.3).
    if (/encrypt/iu.test(String(error))) return { files: [], problems: [describeProblem('encrypted', archive.file)] }
    return readAgain(archive, limits, budget)
  }

  const named = entries.map((entry) => ({ entry, name: entryName(entry) })).filter(({ name }) => !/[/\\]$/u.test(name) && !isJunk(name))
  const office = officeKind(named.map(({ name }) => name))
  if (office) {
    const files = await takePictures(zip, archive.file, named, limits, budget)
    return { files, problems: [describeProblem(files.length > 0 ? 'pictures-only' : office, archive.file)] }
  }
  if (named.length === 0) report('archive-empty')
  if (
    swells(
      named.map(({ entry }) => entry),
      archive.bytes.byteLength,
      limits,
    )
  )
    return { files: [], problems: [describeProblem('archive-bomb', archive.file)] }

  const files: PaperFile[] = []
  const taken = new Set<string>()
  const unsupported: string[] = []
  for (const { entry, name } of named.toSorted((one, other) => byName(one.name, other.name))) {
    const { path, unsafe } = cleanPath(name)
    const file = `${archive.file}!/${freeName(path || '未命名文件', taken)}`
    if (isLink(entry)) report('link-entry', file)
    else if (entry.isEncrypted()) report('encrypted')
    else if (!entry.canDecodeFileData()) unsupported.push(file)
    else if (budget.entries <= 0) report('too-many-files')
    else if (entry.uncompressedSize > Math.min(limits.fileBytes, budget.bytes)) report('too-large', file)
    else {
      const bytes = await inflate(zip, entry)
      if (bytes) {
        budget.entries--
        budget.bytes -= bytes.byteLength
        files.push({ file, bytes })
        if (unsafe) report('unsafe-name', file)
      } else report('archive-damaged', file)
    }
  }
  if (unsupported.length > 0) {
    // BZip2, LZMA and others, by which 7-Zip and WinRAR pack on demand.
    const again = await openPacked(archive, limits, { ...budget })
    for (const file of unsupported) {
      const found = again.files.find((one) => one.file === file)
      if (!found || found.bytes.byteLength > budget.bytes || budget.entries <= 0) report('archive-unsupported', file)
      else {
        budget.entries--
        budget.bytes -= found.bytes.byteLength
        files.push(found)
      }
    }
    files.sort((one, other) => byName(one.file, other.file))
  }
  return { files, problems }
}

/** An archive cut off or with a list that contradicts itself: what its entries say of themselves is read instead. */
async function readAgain(archive: PaperFile, limits: UnpackLimits, budget: Budget): Promise<Opened> {
  const { files, problems } = await openPacked(archive, limits, budget)
  const told = problems.filter(({ code }) => code !== 'archive')
  const end = asBuffer(archive.bytes).lastIndexOf('PK\x05\x06', undefined, 'latin1')
  const isWhole = end !== -1 && end + 22 <= archive.bytes.byteLength && files.length > 0 && problems.length === 0
  if (!isWhole && !told.some(({ code, file }) => code === 'archive-damaged' && file === archive.file))
    told.push(describeProblem('archive-damaged', archive.file))
  return { files, problems: told }
}

/**
 * Scans that were put into a Word, Excel or OFD file, in the order of their numbers. Logos and icons are left where they
 * are: what is written on a picture too small either way could not be read.
 */
async function takePictures(
  zip: ZipFile,
  file: string,
  named: readonly { entry: Entry; name: string }[],
  limits: UnpackLimits,
  budget: Budget,
): Promise<PaperFile[]> {
  const pictures: PaperFile[] = []
  for (const { entry, name } of named.toSorted((one, other) => byName(one.name, other.name))) {
    if (!/\/(?:media|Pictures|Res|Images?)\/[^/]+\.(?:jpe?g|png|tiff?|bmp|gif|webp|heic)$/iu.test(`/${name}`)) continue
    if (entry.isEncrypted() || !entry.canDecodeFileData() || budget.entries <= 0) continue
    if (entry.uncompressedSize > Math.min(limits.fileBytes, budget.bytes)) continue
    const bytes = await inflate(zip, entry)
    if (!bytes || !(await maybePaper(bytes))) continue
    budget.entries--
    budget.bytes -= bytes.byteLength
    pictures.push({ file: `${file}!/${cleanPath(name).path}`, bytes })
  }
  return pictures
}

/** The bytes of one entry, or undefined when they do not come out as the archive declares them. */
async function inflate(zip: ZipFile, entry: Entry): Promise<Buffer | undefined> {
  try {
    const chunks: Buffer[] = []
    // yauzl stops the stream when it gives more bytes than declared, so the limits above hold.
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
    const bytes = Buffer.concat(chunks)
    return crc32(bytes) === entry.crc32 ? bytes : undefined
  } catch {
    return undefined
  }
}

/** Info-ZIP's Unicode path field (APPNOTE 4.6.9) when it belongs to this name, else the bytes themselves. */
function entryName(entry: Entry): string {
  const unicode = entry.extraFields.find(({ id }) => id === 0x7075)?.data
  if (unicode && unicode.length > 5 && unicode[0] === 1 && unicode.readUInt32LE(1) === crc32(entry.fileNameRaw))
    return unicode.toString('utf8', 5)
  return decodeChinese(entry.fileNameRaw)
}

function officeKind(names: string[]): UnpackProblemCode | undefined {
  if (names.includes('OFD.xml')) return 'ofd-file'
  if (names.includes('[Content_Types].xml')) {
    if (names.some((name) => name.startsWith('word/'))) return 'word-file'
    if (names.some((name) => name.startsWith('xl/'))) return 'excel-file'
    return 'office-file'
  }
  return names.includes('mimetype') && names.includes('META-INF/manifest.xml') ? 'office-file' : undefined
}

/** A few highly packed bytes that unfold to very many. Below 20 MB nobody is harmed: a blank bitmap packs as well. */
function swells(entries: Entry[], archiveBytes: number, limits: UnpackLimits): boolean {
  const unpacked = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  return unpacked > 20 * 1024 * 1024 && unpacked > archiveBytes * limits.ratio
}

/** Unix symbolic link: S_IFLNK in the upper half of the external attributes, version made by Unix. */
function isLink(entry: Entry): boolean {
  return entry.versionMadeBy >> 8 === 3 && ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000
}

/** Some mail gateways append bytes; the parser wants the end record (APPNOTE 4.3.16) and its comment to be the last. */
function trimEnd(bytes: Buffer): Buffer {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  return end === -1 || end + 22 > bytes.length ? bytes : bytes.subarray(0, end + 22 + bytes.readUInt16LE(end + 20))
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
