/** One compressed file without an archive around it (gzip, zstd): it becomes the file that it holds. */
import { promisify } from 'node:util'
import { gunzip, zstdDecompress } from 'node:zlib'
import type { PaperFile } from '../../flow.ts'
import { describeProblem } from './describe-problem.ts'
import type { Opened } from './open-zip.ts'
import type { Budget, UnpackLimits } from './unpack-limits.ts'

const unpackers = [
  { mark: '\x1f\x8b\x08', ending: /\.(?:gz|gzip|tgz)$/iu, unpack: promisify(gunzip) },
  { mark: '\x28\xb5\x2f\xfd', ending: /\.(?:zst|tzst)$/iu, unpack: promisify(zstdDecompress) },
] as const

/** Undefined when it is nothing of the kind. */
export async function openCompressed(packed: PaperFile, limits: UnpackLimits, budget: Budget): Promise<Opened | undefined> {
  const head = Buffer.from(packed.bytes.subarray(0, 4)).toString('latin1')
  const unpacker = unpackers.find(({ mark }) => head.startsWith(mark))
  if (!unpacker) return undefined
  if (budget.entries <= 0) return { files: [], problems: [describeProblem('too-many-files', packed.file)] }
  const most = Math.min(limits.fileBytes, budget.bytes)
  try {
    const bytes = await unpacker.unpack(packed.bytes, { maxOutputLength: most })
    budget.entries--
    budget.bytes -= bytes.byteLength
    const name =
      (packed.file.split('/').at(-1) ?? '').replace(unpacker.ending, (ending) => (/^\.t/iu.test(ending) ? '.tar' : '')) || '未命名文件'
    return { files: [{ file: `${packed.file}!/${name}`, bytes }], problems: [] }
  } catch (error) {
    const large = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    return { files: [], problems: [describeProblem(large ? 'archive-bomb' : 'archive-damaged', packed.file)] }
  }
}
