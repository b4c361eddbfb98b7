/**
 * The drop folder (收件文件夹): whatever is put there is taken in once it is whole, and left where it is.
 *
 * Looked at by polling: notices of changes are unreliable on the network drives that scanners write to.
 */
import { createHash } from 'node:crypto'
import { lstat, mkdir, readFile, readdir } from 'node:fs/promises'
import { basename, join, relative, resolve, sep } from 'node:path'
import type { Clock } from '../platform/clock.ts'
import { codeOf } from '../platform/errors.ts'
import type { Log } from '../platform/log/log.ts'
import type { PaperFile, Problem } from '../flow.ts'
import { findSubmissions, type FoundSubmission } from './find-submissions.ts'
import type { IntakeConfig } from './intake-config.ts'
import { looksWhole } from './judge-whole.ts'
import type { Intake } from './open-intake.ts'
import { describeSize } from './receive-arrival.ts'
import { isHidden } from './unpack/name-junk.ts'

export interface FolderWatchParts {
  readonly intake: Pick<Intake, 'receive' | 'refuse' | 'knows'>
  readonly clock: Clock
  readonly log: Log
  readonly config: IntakeConfig
}

export interface FolderWatch {
  /** One look: takes in what is whole and new. Never throws. */
  scan(): Promise<void>
  /** Looks now and then every `folderSeconds`. */
  start(): void
  /** Returns when a look under way is finished. */
  stop(): Promise<void>
  status(): FolderStatus
}

export interface FolderStatus {
  readonly folder: string
  readonly lastScanAt: string | null
  /** Submissions that are still being written. */
  readonly waiting: number
  readonly lastErrorCode: string | null
}

/** What was seen of a submission and since when it has not changed. */
interface Sight {
  readonly signature: string
  readonly since: number
}

interface Measured {
  readonly file: string
  readonly path: string
  readonly size: number
  readonly modified: number
}

export function watchFolder({ intake, clock, log, config }: FolderWatchParts): FolderWatch {
  const root = resolve(config.folder)
  const taken = new Set<string>()
  let sights = new Map<string, Sight>()
  let lastScanAt: string | null = null
  let lastErrorCode: string | null = null
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let stopped = true

  async function look(): Promise<void> {
    const seen = new Map<string, Sight>()
    lastErrorCode = null
    try {
      await mkdir(root, { recursive: true })
      for (const submission of await findDropped(root)) {
        try {
          await consider(submission, seen)
        } catch (error) {
          // One bad entry never stops the others; it is looked at again in the next round.
          lastErrorCode = codeOf(error)
          log.error('folder-entry-failed', error)
        }
      }
    } catch (error) {
      lastErrorCode = codeOf(error)
      log.error('folder-scan-failed', error)
    }
    sights = seen
    lastScanAt = clock.now().toISOString()
  }

  async function consider(submission: FoundSubmission, seen: Map<string, Sight>): Promise<void> {
    const { name } = submission
    const way = relative(root, submission.path).split(sep).join('/')
    const measured = await measure(submission)
    if (!measured) return
    const signature = sign(measured, submission)
    const key = `folder:${way}:${signature}`
    if (taken.has(key)) return
    if (await intake.knows(key)) {
      taken.add(key)
      return
    }

    const before = sights.get(way)
    const now = clock.now().getTime()
    const sight = before?.signature === signature ? before : { signature, since: now }
    seen.set(way, sight)
    if (!(await isSettled(measured, (now - sight.since) / 1000))) return

    const tooLarge = describeSize(measured, config.fileMegabytes, config.submissionMegabytes)
    if (tooLarge) await intake.refuse({ door: 'folder', name, key, ...tooLarge })
    else {
      const files = await readUnchanged(measured)
      if (files === 'changed') return
      if (files.unreadable) {
        // Kept under a key of its own, so that it is taken in once its rights are mended.
        const { file, code } = files.unreadable
        await intake.refuse({
          door: 'folder',
          name,
          key: `${key}:unreadable`,
          code: 'file-unreadable',
          message: `“${basename(file)}”无法读取（${code}），请检查文件权限，改好后会自动收取。`,
        })
        return
      }
      const received = await intake.receive({ door: 'folder', name, key, files: files.whole, problems: problemsInside(submission) })
      log.info('folder-taken', { submissionId: received.submissionId, files: files.whole.length, duplicate: received.duplicateOf !== null })
    }
    taken.add(key)
    seen.delete(way)
  }

  /** Unchanged for one whole round, and for longer while the end of a file is visibly missing. */
  async function isSettled(files: readonly Measured[], unchangedSeconds: number): Promise<boolean> {
    if (unchangedSeconds < config.folderSeconds) return false
    if (unchangedSeconds >= config.unfinishedSeconds) return true
    for (const { path, size } of files) if (!(await looksWhole(path, size).catch(() => true))) return false
    return true
  }

  async function tick(): Promise<void> {
    const began = clock.now().getTime()
    running = look()
    await running
    running = undefined
    // A folder so full that looking takes long is looked at less often.
    const pause = Math.max(config.folderSeconds * 1000, (clock.now().getTime() - began) * 9)
    if (!stopped) timer = setTimeout(() => void tick(), pause)
  }

  return {
    scan: look,
    start() {
      if (!stopped) return
      stopped = false
      void tick()
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
    status: () => ({ folder: root, lastScanAt, waiting: sights.size, lastErrorCode }),
  }
}

/** Each loose file, and each submission of each sub-folder, by the rules of `findSubmissions`. */
async function findDropped(root: string): Promise<FoundSubmission[]> {
  const dropped: FoundSubmission[] = []
  for (const entry of await readdir(root, { withFileTypes: true })) {
    const path = join(root, entry.name)
    if (isHidden(entry.name) || /^readme\.md$/iu.test(entry.name)) continue
    if (entry.isSymbolicLink()) {
      const message = `“${entry.name}”是快捷方式，没有读取，请放入文件本身。`
      dropped.push({ name: entry.name, path, files: [], problems: [{ file: path, code: 'link-not-followed', message }] })
    } else if (entry.isDirectory() || entry.isFile()) dropped.push(...(await findSubmissions(path)))
  }
  return dropped
}

/** Sizes in bytes; names inside the submission. Undefined when something vanished while looking. */
async function measure({ path: folder, files }: FoundSubmission): Promise<Measured[] | undefined> {
  const measured: Measured[] = []
  for (const { path } of files) {
    const found = await lstat(path).catch(() => undefined)
    if (!found?.isFile()) return undefined
    const file = path === folder ? basename(path) : relative(folder, path).split(sep).join('/')
    measured.push({ file, path, size: found.size, modified: found.mtimeMs })
  }
  return measured
}

/** Nobody outside need know where the drop folder is. */
function problemsInside({ name, path, problems }: FoundSubmission): Problem[] {
  return problems.map((problem) => ({ ...problem, file: relative(path, problem.file).split(sep).join('/') || name }))
}

function sign(files: readonly Measured[], { problems }: FoundSubmission): string {
  const facts = [...files.map(({ file, size, modified }) => [file, size, modified]), ...problems.map(({ file, code }) => [file, code])]
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32)
}

/** The bytes of all files, when none of them changed while it was read. */
async function readUnchanged(
  files: readonly Measured[],
): Promise<'changed' | { whole: PaperFile[]; unreadable?: { file: string; code: string } }> {
  const whole: PaperFile[] = []
  for (const { file, path, size, modified } of files) {
    try {
      const bytes = await readFile(path)
      const after = await lstat(path)
      if (bytes.byteLength !== size || after.size !== size || after.mtimeMs !== modified) return 'changed'
      whole.push({ file, bytes })
    } catch (error) {
      const code = codeOf(error)
      return code === 'ENOENT' ? 'changed' : { whole, unreadable: { file, code } }
    }
  }
  return { whole }
}
