/** Page pictures, for those who are signed in. */
import type { Hono } from 'hono'
import type { Desk, DeskEnvironment } from '../desk.ts'

export function addFiles(app: Hono<DeskEnvironment>, desk: Desk): void {
  app.get('/files/:sha256{[0-9a-f]{64}}', async (c) => {
    const { sha256 } = c.req.param()
    if (!(await desk.files.has(sha256))) return c.notFound()
    const bytes = await desk.files.get(sha256)
    const type = pictureType(bytes)
    // The store also keeps what people sent: only our own pictures are shown in the browser.
    if (!type) return c.notFound()
    return c.body(new Uint8Array(bytes), 200, { 'content-type': type, 'cache-control': 'private, max-age=31536000, immutable' })
  })
}

function pictureType(bytes: Uint8Array): string | undefined {
  const begins = (...signature: number[]) => signature.every((byte, index) => bytes[index] === byte)
  if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (begins(0x89, 0x50, 0x4e, 0x47)) return 'image/png'
  if (begins(0x52, 0x49, 0x46, 0x46) && Buffer.from(bytes.subarray(8, 12)).toString('latin1') === 'WEBP') return 'image/webp'
  return undefined
}
