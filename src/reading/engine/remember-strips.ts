/**
 * A strip that was read is not read again: a value that two fields share is looked at twice, and on a page that is read anew without the
 * lines of its seals most strips are as they were. Of drawn pages 3 % of all that was recognised.
 */
import type { Raster } from '../page.ts'
import { kernels, runKernel } from '../pixels/kernels.ts'

/** More than a page asks for. */
const most = 128

/** Reads each of the last strips once. */
export function rememberStrips<Read>(read: (strip: Raster) => Promise<Read>): (strip: Raster) => Promise<Read> {
  const known = new Map<string, Read>()
  return async (strip) => {
    const key = keyOf(strip)
    const same = known.get(key)
    if (same !== undefined) return same
    const fresh = await read(strip)
    known.set(key, fresh)
    if (known.size > most) known.delete(known.keys().next().value!)
    return fresh
  }
}

/** Its size and a digest of its pixels. */
function keyOf({ width, height, data }: Raster): string {
  let digest = 0n
  runKernel([data], [], (from) => (digest = kernels.digest(from, data.length)))
  return `${width} ${height} ${digest}`
}
