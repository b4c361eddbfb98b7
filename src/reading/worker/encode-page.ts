/** The upright page as the desk shows it. */
import sharp from 'sharp'
import type { Raster } from '../page.ts'

/** A4 at 150 dpi: print of 6 pt is legible; 150–300 KB. */
const longSide = 1754
const qualities = [78, 62, 45]
const largestBytes = 300 * 1024

export async function encodePage({
  width,
  height,
  data,
}: Raster): Promise<{ readonly bytes: Uint8Array; readonly width: number; readonly height: number }> {
  const scale = Math.min(1, longSide / Math.max(width, height))
  // A telephone's screenshot keeps a legible width.
  const least = Math.min(1, 640 / Math.min(width, height))
  const shrunk = Math.max(scale, least)
  const size = { width: Math.round(width * shrunk), height: Math.round(height * shrunk) }
  const small = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ ...size, fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer()
  let bytes = Buffer.alloc(0)
  for (const quality of qualities) {
    bytes = await sharp(small, { raw: { ...size, channels: 3 } })
      .jpeg({ quality, chromaSubsampling: '4:2:0' })
      .toBuffer()
    if (bytes.byteLength <= largestBytes) break
  }
  return { bytes: new Uint8Array(bytes), ...size }
}
