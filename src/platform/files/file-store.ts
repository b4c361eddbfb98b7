/** Content-addressed files: bytes are kept for ever under their SHA-256 and never change. */
import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { PermanentFault } from '../errors.ts'
import type { Ids } from '../ids.ts'

export interface StoredFile {
  readonly sha256: string
  readonly size: number
}

export interface FileStore {
  /** Keeps the bytes; they are on the disk (fsync of file and folder) when this returns. The same bytes are kept once. */
  put(bytes: Uint8Array): Promise<StoredFile>
  /** The bytes of a kept file; throws `file-missing` or, when they no longer match their name, `file-damaged`. */
  get(sha256: string): Promise<Buffer>
  has(sha256: string): Promise<boolean>
}

/** Files in `folder/ab/cd/abcd…`; a file appears under its name whole or not at all. */
export async function openFileFolder(folder: string, ids: Ids): Promise<FileStore> {
  const incoming = join(folder, 'incoming')
  await mkdir(incoming, { recursive: true })
  const place = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)

  return {
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const target = place(sha256)
      if (await exists(target)) return { sha256, size: bytes.byteLength }
      const shelf = join(folder, sha256.slice(0, 2), sha256.slice(2, 4))
      await mkdir(shelf, { recursive: true })
      const draft = join(incoming, ids.next())
      try {
        await writeDurably(draft, bytes)
        await rename(draft, target)
      } catch (error) {
        await unlink(draft).catch(() => undefined)
        throw error
      }
      for (const changed of [shelf, join(folder, sha256.slice(0, 2)), folder]) await syncFolder(changed)
      return { sha256, size: bytes.byteLength }
    },
    async get(sha256) {
      const bytes = await readFile(place(sha256)).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === 'ENOENT') throw new PermanentFault('file-missing', `a kept file is missing: ${sha256}`, { cause })
        throw cause
      })
      if (createHash('sha256').update(bytes).digest('hex') !== sha256)
        throw new PermanentFault('file-damaged', `a kept file no longer matches its name: ${sha256}`)
      return bytes
    },
    has: (sha256) => exists(place(sha256)),
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}

/** Writes a new file and waits until the disk has it. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A rename or a new name survives a power cut only once its folder is synced (fsync(2), NOTES). */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined)
  if (!folder) return
  try {
    // Windows refuses to sync a folder; its rename is durable by journal.
    await folder.sync().catch(() => undefined)
  } finally {
    await folder.close()
  }
}
