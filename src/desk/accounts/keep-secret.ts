/** The key that signs session cookies: made once, kept beside the data, readable by the service's own user only. */
import { open, readFile, mkdir, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Fault } from '../../platform/errors.ts'
import type { Ids } from '../../platform/ids.ts'

/** Reads the secret of this installation from `path`, making it at the first start (mode 0600; 52 symbols of 5 bits). */
export async function keepSecret(path: string, ids: Ids): Promise<string> {
  const kept = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (kept !== undefined) {
    if (kept.trim().length < 32) throw new Fault('secret-damaged', `会话密钥文件 ${path} 已损坏，请删除后重新启动（所有人需重新登录）`)
    return kept.trim()
  }
  await mkdir(dirname(path), { recursive: true })
  const secret = ids.secret(52)
  // Whole or not at all: a half-written secret would lock everybody out after a power cut.
  const draft = `${path}.${ids.next()}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(`${secret}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
  return secret
}
