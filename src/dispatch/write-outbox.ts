/** Puts a finished paper into the outbox: whole under its name, or not there at all. */
import { mkdir, readdir, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder, writeDurably } from '../platform/files/file-store.ts'
import type { Ids } from '../platform/ids.ts'

const outboxFolders = { waybill: '面单', notice: '领卡通知单', letter: '函件' } as const

/** Writes `folder/name` below `outbox`; writing the same again replaces it. */
export async function writeOutbox(
  outbox: string,
  folder: keyof typeof outboxFolders,
  name: string,
  bytes: Uint8Array,
  ids: Ids,
): Promise<void> {
  const place = join(outbox, outboxFolders[folder])
  await mkdir(place, { recursive: true })
  // Hidden, and with an id of its own: two runs of one job must not write into the same draft.
  const draft = join(place, `.${ids.next()}.part`)
  try {
    await writeDurably(draft, bytes)
    await rename(draft, join(place, name))
  } catch (error) {
    await unlink(draft).catch(() => undefined)
    throw error
  }
  await syncFolder(place)
}

/** Removes what a killed run left unfinished. Whoever still writes finds its draft gone and writes it again. */
export async function clearDrafts(outbox: string): Promise<void> {
  for (const folder of Object.values(outboxFolders)) {
    const place = join(outbox, folder)
    const names = await readdir(place).catch(() => [])
    for (const name of names) if (/^\..+\.part$/u.test(name)) await unlink(join(place, name)).catch(() => undefined)
  }
}
