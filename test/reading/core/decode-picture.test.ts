import { describe, expect, it } from 'vitest'
import { countPictures, decodePicture } from '../../../src/reading/decode/decode-picture.ts'
import { decodeBitmap } from '../../../src/reading/decode/decode-bitmap.ts'
import type { Raster } from '../../../src/reading/page.ts'
import { asSharp, declarePng, drawPage, writeTiff } from './draw-page.ts'

/** 3 × 2: red, green, blue over white, black, grey. */
const colours = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 128, 128, 128]

function writeBitmap(depth: number, rows: Buffer[], options: { palette?: number[][]; height?: number; masks?: number[] } = {}): Uint8Array {
  const palette = Buffer.from((options.palette ?? []).flatMap(([red, green, blue]) => [blue!, green!, red!, 0]))
  const masks = Buffer.alloc((options.masks ?? []).length * 4)
  for (const [index, mask] of (options.masks ?? []).entries()) masks.writeUInt32LE(mask, index * 4)
  const header = Buffer.alloc(54)
  header.write('BM')
  header.writeUInt32LE(54 + palette.length + masks.length, 10)
  header.writeUInt32LE(40, 14)
  header.writeInt32LE(3, 18)
  header.writeInt32LE(options.height ?? 2, 22)
  header.writeUInt16LE(1, 26)
  header.writeUInt16LE(depth, 28)
  header.writeUInt32LE(options.masks ? 3 : 0, 30)
  header.writeUInt32LE(options.palette?.length ?? 0, 46)
  return new Uint8Array(Buffer.concat([header, masks, palette, ...rows]))
}

const palette = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 255],
  [0, 0, 0],
  [128, 128, 128],
]

describe('a Windows bitmap', () => {
  it.each([
    [
      '24 bits',
      writeBitmap(24, [
        Buffer.from([255, 255, 255, 0, 0, 0, 128, 128, 128, 0, 0, 0]),
        Buffer.from([0, 0, 255, 0, 255, 0, 255, 0, 0, 0, 0, 0]),
      ]),
    ],
    [
      '24 bits from the top',
      writeBitmap(
        24,
        [Buffer.from([0, 0, 255, 0, 255, 0, 255, 0, 0, 0, 0, 0]), Buffer.from([255, 255, 255, 0, 0, 0, 128, 128, 128, 0, 0, 0])],
        { height: -2 },
      ),
    ],
    [
      '32 bits',
      writeBitmap(32, [
        Buffer.from([255, 255, 255, 0, 0, 0, 0, 0, 128, 128, 128, 0]),
        Buffer.from([0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0]),
      ]),
    ],
    [
      '32 bits in fields',
      writeBitmap(
        32,
        [Buffer.from([255, 255, 255, 0, 0, 0, 0, 0, 128, 128, 128, 0]), Buffer.from([255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0])],
        { masks: [0xff, 0xff00, 0xff0000] },
      ),
    ],
    ['8 bits', writeBitmap(8, [Buffer.from([3, 4, 5, 0]), Buffer.from([0, 1, 2, 0])], { palette })],
    ['4 bits', writeBitmap(4, [Buffer.from([0x34, 0x50, 0, 0]), Buffer.from([0x01, 0x20, 0, 0])], { palette })],
  ])('of %s keeps its colours', (_, bytes) => {
    expect([...decodeBitmap(bytes).data]).toEqual(colours)
  })

  it('that ends too early is told as truncated', () => {
    const bytes = writeBitmap(8, [Buffer.from([3, 4, 5, 0])], { palette })
    expect(() => decodeBitmap(bytes)).toThrow('truncated')
  })
})

describe('a picture', () => {
  it('of 20,000 × 20,000 pixels is refused by its header, in no time', async () => {
    const bytes = declarePng(20_000, 20_000)
    const before = process.memoryUsage.rss()
    await expect(countPictures(bytes, 'png')).rejects.toMatchObject({ code: 'too-many-pixels' })
    expect(process.memoryUsage.rss() - before).toBeLessThan(50e6)
  })

  it('is worked on at no more than 3 million pixels, its proportions kept', async () => {
    const bytes = new Uint8Array(
      await asSharp(drawPage({ dpi: 100 }))
        .resize(3000, 4240)
        .png()
        .toBuffer(),
    )
    const { raster } = await decodePicture(bytes, 'png', 0)
    expect(raster.width * raster.height).toBeLessThanOrEqual(3_010_000)
    expect(raster.height / raster.width).toBeCloseTo(4240 / 3000, 2)
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('with EXIF orientation %i stands as a viewer shows it', async (orientation) => {
    const page = drawPage({ dpi: 30 })
    const stored = new Uint8Array(await asSharp(page).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer())
    const { raster } = await decodePicture(stored, 'jpeg', 0)
    const shown = await (await import('sharp')).default(stored).autoOrient().raw().toBuffer({ resolveWithObject: true })
    expect([raster.width, raster.height]).toEqual([shown.info.width, shown.info.height])
    expect(difference(raster, shown.data)).toBeLessThan(2)
  })

  it('that has lost its end is read as far as it goes, and told', async () => {
    const page = await asSharp(drawPage({ dpi: 60 }))
      .jpeg()
      .toBuffer()
    const most = await decodePicture(new Uint8Array(page.subarray(0, page.length * 0.8)), 'jpeg', 0)
    expect(most.truncated).toBe(true)
    await expect(decodePicture(new Uint8Array(page.subarray(0, 700)), 'jpeg', 0)).rejects.toMatchObject({
      code: expect.stringMatching(/truncated|damaged/u) as string,
    })
  })
})

describe('a TIFF', () => {
  const page = drawPage({ dpi: 30 })

  it('has several pages', async () => {
    const bytes = writeTiff([page, { ...page, data: page.data.map((value) => 255 - value) }])
    expect(await countPictures(bytes, 'tiff')).toBe(2)
    const second = await decodePicture(bytes, 'tiff', 1)
    expect(second.raster.data[0]).toBe(0)
  })

  it('of a fax is stretched to the shape of its paper', async () => {
    const { raster } = await decodePicture(writeTiff([page], [204, 98]), 'tiff', 0)
    expect(raster.height / page.height).toBeCloseTo(204 / 98, 1)
  })
})

function difference({ data }: Raster, other: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < data.length; at++) sum += Math.abs(data[at]! - other[at]!)
  return sum / data.length
}
