/**
 * Rewritten networks on disk: rewriting takes 0.3 s of CPU, reading what an earlier process left 0.03. What was made of other files,
 * by another version of this code or on a processor that multiplies otherwise is made anew, and so is what was not written to its end.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { NetworkFiles } from './network-files.ts'

/** Of SHA-256. */
const digestBytes = 32
/** In their order in the file. */
const parts = ['detection', 'recognition', 'second'] as const satisfies readonly (keyof NetworkFiles)[]
/** What it was made of, what it is, and how long each part is. */
const headBytes = 2 * digestBytes + 4 * parts.length

/** `sources` is all that the result hangs on. Nothing but this program writes in the folder; that it cannot be written to costs time alone. */
export async function keepNetworks(
  folder: string,
  sources: readonly Uint8Array[],
  rewrite: () => Promise<NetworkFiles>,
): Promise<NetworkFiles> {
  const path = join(folder, 'networks')
  const made = digestOf(sources.flatMap((source) => [Buffer.from(`${source.length} `), source]))
  const kept = await readFile(path).then(
    (bytes) => unpack(bytes, made),
    () => undefined,
  )
  if (kept) return kept
  const networks = await rewrite()
  await write(folder, path, pack(networks, made)).catch(() => undefined)
  return networks
}

/** Whole or not at all: another process may read at the same time. */
async function write(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true })
  const unfinished = `${path}.${process.pid}`
  await writeFile(unfinished, bytes)
  await rename(unfinished, path)
}

function digestOf(parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

function pack(networks: NetworkFiles, made: Buffer): Buffer {
  const files = parts.map((part) => networks[part])
  const lengths = Buffer.alloc(4 * parts.length)
  files.forEach((file, at) => lengths.writeUInt32LE(file.length, 4 * at))
  return Buffer.concat([made, digestOf([lengths, ...files]), lengths, ...files])
}

function unpack(bytes: Buffer, made: Buffer): NetworkFiles | undefined {
  if (bytes.length < headBytes || !bytes.subarray(0, digestBytes).equals(made)) return undefined
  if (!digestOf([bytes.subarray(2 * digestBytes)]).equals(bytes.subarray(digestBytes, 2 * digestBytes))) return undefined
  let from = headBytes
  const [detection, recognition, second] = parts.map((_, at) => {
    const length = bytes.readUInt32LE(2 * digestBytes + 4 * at)
    return share(bytes.subarray(from, (from += length)))
  }) as [Uint8Array, Uint8Array, Uint8Array]
  return { detection, recognition, second }
}

/** A copy that all threads see. */
export function share(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length))
  shared.set(bytes)
  return shared
}
