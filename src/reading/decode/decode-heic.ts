/** Decodes a HEIC photo of a phone: sharp's libheif has no HEVC. The orientation inside the file is applied by libheif. */
import type { Raster } from '../page.ts'
import { fileBounds, Unreadable } from './refuse-file.ts'

export async function decodeHeic(bytes: Uint8Array): Promise<Raster> {
  // Two megabytes of decoder are read in only when a telephone sends such a picture.
  const { all: openHeic } = await import('heic-decode')
  const pictures = await openHeic({ buffer: bytes }).catch((cause: unknown) => {
    throw new Unreadable('damaged', { cause })
  })
  try {
    const [first] = pictures
    if (!first) throw new Unreadable('damaged')
    if (first.width * first.height > fileBounds.wholePixels) throw new Unreadable('too-many-pixels')
    const { width, height, data } = await first.decode().catch((cause: unknown) => {
      throw new Unreadable('damaged', { cause })
    })
    const rgb = new Uint8Array(width * height * 3)
    for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
      rgb[to] = data[from]!
      rgb[to + 1] = data[from + 1]!
      rgb[to + 2] = data[from + 2]!
    }
    return { width, height, data: rgb }
  } finally {
    pictures.dispose()
  }
}
