/** Takes the files out of RAR, 7z, tar, cab and compressed single files, in memory only. ZIP has a reader of its own. */
import type { PaperFile } from '../../flow.ts'
import { byName } from '../sort-names.ts'
import { cleanPath, freeName } from './clean-name.ts'
import { decodeChinese } from './decode-name.ts'
import { describeProblem, type UnpackProblemCode } from './describe-problem.ts'
import { loadLibarchive } from './load-libarchive.ts'
import { isJunk } from './name-junk.ts'
import { openCompressed } from './open-compressed.ts'
import type { Opened } from './open-zip.ts'
import type { Budget, UnpackLimits } from './unpack-limits.ts'

const regularFile = 0o100000
const folder = 0o040000
/** Some packers leave the type out. */
const unknown = 0

/** Never throws for what an archive contains: what cannot be taken out is a problem. Lowers `budget` by what is taken. */
export async function openPacked(archive: PaperFile, limits: UnpackLimits, budget: Budget): Promise<Opened> {
  const single = await openCompressed(archive, limits, budget)
  if (single) return single
  const files: PaperFile[] = []
  const problems: Opened['problems'] = []
  const report = (code: UnpackProblemCode, file = archive.file) => {
    if (!problems.some((problem) => problem.code === code && problem.file === file)) problems.push(describeProblem(code, file))
  }
  const damaged = damageOf(archive.bytes)
  try {
    await takeOut(archive, limits, budget, files, report)
  } catch {
    // Its own bound of memory, or an instruction that a broken archive led it to.
    report(damaged)
  }
  if (files.length + problems.length === 0) report('archive-empty')
  return { files: files.toSorted((one, other) => byName(one.file, other.file)), problems }
}

async function takeOut(
  archive: PaperFile,
  limits: UnpackLimits,
  budget: Budget,
  files: PaperFile[],
  report: (code: UnpackProblemCode, file?: string) => void,
): Promise<void> {
  const libarchive = await loadLibarchive()
  const heap = () => Buffer.from(libarchive.memory.buffer)
  const textAt = (pointer: number) => {
    if (pointer === 0) return Buffer.alloc(0)
    const bytes = heap()
    return Buffer.from(bytes.subarray(pointer, bytes.indexOf(0, pointer)))
  }
  const give = (bytes: Uint8Array) => {
    const pointer = libarchive.malloc(bytes.byteLength)
    if (pointer === 0) throw new Error('no room for the archive')
    heap().set(bytes, pointer)
    return pointer
  }

  const opened = libarchive.open(give(archive.bytes), archive.bytes.byteLength, 0, give(Buffer.from('en_US.UTF-8\0')))
  if (opened === 0) return report(damageOf(archive.bytes))
  const taken = new Set<string>()
  const before = budget.bytes
  let seen = 0
  for (let entry = libarchive.next(opened); entry !== 0; entry = libarchive.next(opened)) {
    // Folders count too: a million of them must not keep us.
    if (++seen > limits.entries * 4) return report('too-many-files')
    const type = libarchive.type(entry)
    if (type === folder) continue
    const name = decodeChinese(textAt(libarchive.pathUtf8(entry) || libarchive.path(entry)))
    if (isJunk(name)) continue
    const { path, unsafe } = cleanPath(name)
    const file = `${archive.file}!/${freeName(path || '未命名文件', taken)}`
    const size = libarchive.size(entry) >>> 0
    if (type !== regularFile && type !== unknown) report('link-entry', file)
    else if (libarchive.encrypted(entry) !== 0) report('encrypted')
    else if (budget.entries <= 0) return report('too-many-files')
    else if (size > Math.min(limits.fileBytes, budget.bytes)) report('too-large', file)
    else if (swells(before - budget.bytes + size, archive.bytes.byteLength, limits)) return report('archive-bomb')
    else {
      const bytes = size === 0 ? Buffer.alloc(0) : readEntry(size)
      if (!bytes) report('archive-damaged', file)
      else {
        budget.entries--
        budget.bytes -= size
        files.push({ file, bytes })
        if (unsafe) report('unsafe-name', file)
      }
    }
  }
  const fault = textAt(libarchive.error(opened)).toString('latin1')
  if (/encrypt|passphrase/iu.test(fault) || libarchive.hasEncrypted(opened) > 0) report('encrypted')
  else if (fault !== '') report(damageOf(archive.bytes))

  function readEntry(size: number): Buffer | undefined {
    const pointer = libarchive.read(opened, size)
    // A negative code, as an unsigned number of 32 bits or a signed one.
    if (pointer <= 0 || pointer + size > libarchive.memory.buffer.byteLength) return undefined
    const bytes = Buffer.from(heap().subarray(pointer, pointer + size))
    libarchive.free(pointer)
    return bytes
  }
}

/** A single file packed by bzip2 or xz is no archive, and not damaged either. */
function damageOf(bytes: Uint8Array): UnpackProblemCode {
  return /^(?:Rar!|7z\xbc)/u.test(Buffer.from(bytes.subarray(0, 4)).toString('latin1')) ? 'archive-damaged' : 'archive'
}

/** A few highly packed bytes that unfold to very many; see `open-zip.ts`. */
function swells(unpacked: number, archiveBytes: number, limits: UnpackLimits): boolean {
  return unpacked > 20 * 1024 * 1024 && unpacked > archiveBytes * limits.ratio
}
