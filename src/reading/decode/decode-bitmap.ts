/** Decodes a Windows bitmap (BMP), which sharp does not: 1, 4, 8, 16, 24 and 32 bits, uncompressed or with bit fields. */
import type { Raster } from '../page.ts'
import { fileBounds, Unreadable } from './refuse-file.ts'

const compressions = { none: 0, fields: 3, fieldsWithAlpha: 6 }

export function decodeBitmap(bytes: Uint8Array): Raster {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headerSize = view.getUint32(14, true)
  const isCore = headerSize === 12
  if (bytes.byteLength < 14 + headerSize) throw new Unreadable('truncated')
  const width = isCore ? view.getUint16(18, true) : view.getInt32(18, true)
  const signedHeight = isCore ? view.getInt16(20, true) : view.getInt32(22, true)
  const height = Math.abs(signedHeight)
  const depth = view.getUint16(isCore ? 24 : 28, true)
  const compression = isCore ? compressions.none : view.getUint32(30, true)
  if (width <= 0 || height === 0) throw new Unreadable('damaged')
  if (width * height > fileBounds.wholePixels) throw new Unreadable('too-many-pixels')
  const masks = readMasks(view, headerSize, depth, compression)
  if (![1, 4, 8, 16, 24, 32].includes(depth) || !masks) throw new Unreadable('unsupported-format')

  const palette = readPalette(view, headerSize, depth, isCore, compression)
  const pixels = view.getUint32(10, true)
  const stride = Math.ceil((width * depth) / 32) * 4
  if (pixels + stride * (height - 1) + Math.ceil((width * depth) / 8) > bytes.byteLength) throw new Unreadable('truncated')
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    // Rows stand bottom up unless the height is negative.
    const row = pixels + (signedHeight < 0 ? y : height - 1 - y) * stride
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3
      if (depth === 24) {
        data[at] = bytes[row + x * 3 + 2]!
        data[at + 1] = bytes[row + x * 3 + 1]!
        data[at + 2] = bytes[row + x * 3]!
      } else if (depth > 8) {
        const value = depth === 32 ? view.getUint32(row + x * 4, true) : view.getUint16(row + x * 2, true)
        for (let channel = 0; channel < 3; channel++) data[at + channel] = takeField(value, masks[channel]!)
      } else {
        const bit = x * depth
        const index = (bytes[row + (bit >> 3)]! >> (8 - depth - (bit & 7))) & ((1 << depth) - 1)
        data.set(palette.subarray(index * 3, index * 3 + 3), at)
      }
    }
  }
  return { width, height, data }
}

function readMasks(view: DataView, headerSize: number, depth: number, compression: number): [number, number, number] | undefined {
  const usual: [number, number, number] = depth === 16 ? [0x7c00, 0x03e0, 0x001f] : [0xff0000, 0x00ff00, 0x0000ff]
  if (compression === compressions.none) return usual
  if (compression !== compressions.fields && compression !== compressions.fieldsWithAlpha) return undefined
  // The masks are part of the header from its version 2 on and follow it before; the place is the same.
  if (headerSize < 40 || view.byteLength < 66) return undefined
  return [view.getUint32(54, true), view.getUint32(58, true), view.getUint32(62, true)]
}

function readPalette(view: DataView, headerSize: number, depth: number, isCore: boolean, compression: number): Uint8Array {
  const palette = new Uint8Array(256 * 3)
  if (depth > 8) return palette
  const entry = isCore ? 3 : 4
  const start = 14 + headerSize + (headerSize === 40 && compression === compressions.fields ? 12 : 0)
  const declared = isCore ? 0 : view.getUint32(46, true)
  const count = Math.min(declared || 1 << depth, 1 << depth)
  for (let index = 0; index < count && start + index * entry + 2 < view.byteLength; index++)
    for (let channel = 0; channel < 3; channel++) palette[index * 3 + channel] = view.getUint8(start + index * entry + 2 - channel)
  return palette
}

/** The bits under a mask, scaled to 0…255. */
function takeField(value: number, mask: number): number {
  if (mask === 0) return 0
  const shift = 31 - Math.clz32(mask & -mask)
  const largest = mask >>> shift
  return Math.round((((value & mask) >>> shift) * 255) / largest)
}
