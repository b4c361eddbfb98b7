/** Content-addressed files: bytes are kept for ever under their SHA-256 and never change. */
import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PermanentFault } from '../errors.ts'
import type { Ids } from '../ids.ts'

export interface StoredFile {
  readonly sha256: string
  readonly size: number
}

export interface FileStore {
  /** Keeps the bytes; they are on the disk (fsync of file and folder) when this returns. The same bytes are kept once. */
  put(bytes: Uint8Array): Promise<StoredFile>
  /** Keeps many at once, as durably as one by one and much faster: the disk is waited for in groups. In the order given. */
  putAll(all: readonly Uint8Array[]): Promise<StoredFile[]>
  /** Keeps what a stream gives, never holding it in memory; `too-large` when it gives more than `mostBytes`. */
  putStream(stream: AsyncIterable<Uint8Array>, mostBytes: number): Promise<StoredFile | 'too-large'>
  /** The bytes of a kept file; throws `file-missing` or, when they no longer match their name, `file-damaged`. */
  get(sha256: string): Promise<Buffer>
  has(sha256: string): Promise<boolean>
}

/** Files in `folder/ab/cd/abcd…`; a file appears under its name whole or not at all. */
export async function openFileFolder(folder: string, ids: Ids): Promise<FileStore> {
  const incoming = join(folder, 'incoming')
  await mkdir(incoming, { recursive: true })
  const place = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  /** Shelves that are known to be there and on the disk themselves. */
  const shelves = new Set<string>()

  /** Gives drafts that are on the disk their names, and waits until the disk has the names. */
  async function shelve(drafts: readonly { sha256: string; draft: string }[]): Promise<void> {
    const changed = new Set<string>()
    for (const { sha256, draft } of drafts) {
      const target = place(sha256)
      const shelf = dirname(target)
      if (!shelves.has(shelf)) {
        await mkdir(shelf, { recursive: true })
        changed.add(dirname(shelf)).add(folder)
      }
      await rename(draft, target)
      changed.add(shelf)
    }
    await Promise.all([...changed].map(syncFolder))
    for (const shelf of changed) shelves.add(shelf)
  }

  async function putAll(all: readonly Uint8Array[]): Promise<StoredFile[]> {
    const stored = all.map((bytes) => ({ sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.byteLength }))
    const drafts: { sha256: string; draft: string }[] = []
    try {
      await Promise.all(
        all.map(async (bytes, at) => {
          const { sha256 } = stored[at]!
          // The same bytes twice in one group are written once.
          if (stored.findIndex((other) => other.sha256 === sha256) !== at || (await exists(place(sha256)))) return
          const draft = join(incoming, ids.next())
          drafts.push({ sha256, draft })
          await writeDurably(draft, bytes)
        }),
      )
      await shelve(drafts)
    } catch (error) {
      await Promise.all(drafts.map(({ draft }) => unlink(draft).catch(() => undefined)))
      throw error
    }
    return stored
  }

  return {
    put: async (bytes) => (await putAll([bytes]))[0]!,
    putAll,
    async putStream(stream, mostBytes) {
      const draft = join(incoming, ids.next())
      const hash = createHash('sha256')
      let size = 0
      const file = await open(draft, 'w')
      try {
        for await (const chunk of stream) {
          size += chunk.byteLength
          if (size > mostBytes) break
          hash.update(chunk)
          await file.write(chunk)
        }
        if (size <= mostBytes) await file.sync()
      } catch (error) {
        await unlink(draft).catch(() => undefined)
        throw error
      } finally {
        await file.close()
      }
      if (size > mostBytes) {
        await unlink(draft)
        return 'too-large'
      }
      const sha256 = hash.digest('hex')
      await shelve([{ sha256, draft }])
      return { sha256, size }
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
