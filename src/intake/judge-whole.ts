/** Whether a file that stopped growing has the end that its beginning promises: a scanner or a network drive may pause. */
import { open } from 'node:fs/promises'

const ends: { begins: string; ends: string }[] = [
  // JPEG: end of image; cameras append padding or thumbnails after it.
  { begins: '\xff\xd8\xff', ends: '\xff\xd9' },
  { begins: '\x89PNG', ends: 'IEND\xae\x42\x60\x82' },
  { begins: '%PDF-', ends: '%%EOF' },
  // ZIP: end of central directory (APPNOTE 4.3.16), before a comment of at most 65,535 bytes.
  { begins: 'PK\x03\x04', ends: 'PK\x05\x06' },
]

const tailBytes = 66_000

/** True when nothing is visibly missing. A format without a visible end counts as whole. Reads head and tail only. */
export async function looksWhole(path: string, size: number): Promise<boolean> {
  // Named by the scanner, not yet written.
  if (size === 0) return false
  const file = await open(path, 'r')
  try {
    const head = await readAt(file, 0, Math.min(size, 16_384))
    const known = ends.find(({ begins }) => head.startsWith(begins))
    if (!known && !/boundary\s*=/iu.test(head)) return true
    const tail = await readAt(file, Math.max(0, size - tailBytes), Math.min(size, tailBytes))
    return known ? tail.includes(known.ends) : closesMail(head, tail)
  } finally {
    await file.close()
  }
}

/** RFC 2046, 5.1.1: a multipart message ends with its closing delimiter. */
function closesMail(head: string, tail: string): boolean {
  if (!/^(?:[\w-]+:.*(?:\r?\n[ \t].*)*\r?\n)+/u.test(head)) return true
  const found = /^content-type:\s*multipart\/(?:.*(?:\r?\n[ \t].*)*?)boundary\s*=\s*(?:"([^"]*)"|([^\s;]+))/imu.exec(head)
  const boundary = found?.[1] ?? found?.[2]
  return boundary === undefined || tail.includes(`--${boundary}--`)
}

async function readAt(file: Awaited<ReturnType<typeof open>>, position: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead).toString('latin1')
}
