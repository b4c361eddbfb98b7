/** Every form in which scanners, phones and editors store a picture shows the same page. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodePicture } from '../../../src/reading/decode/decode-picture.ts'
import { sniffFormat } from '../../../src/reading/decode/sniff-format.ts'
import { asSharp, drawPage } from './draw-page.ts'

const page = drawPage({ dpi: 60 })
const picture = () => asSharp(page)

/** Mean difference of the green channel, in levels of 255. */
async function differenceOf(bytes: Uint8Array): Promise<number> {
  const format = sniffFormat(bytes)
  if (!format.ok) throw new Error(format.code)
  const { raster } = await decodePicture(bytes, format.value, 0)
  expect([raster.width, raster.height]).toEqual([page.width, page.height])
  let sum = 0
  for (let at = 1; at < page.data.length; at += 3) sum += Math.abs(page.data[at]! - raster.data[at]!)
  return sum / (page.data.length / 3)
}

const bytesOf = async (from: { toBuffer(): Promise<Buffer> }) => new Uint8Array(await from.toBuffer())

describe('a page stored as', () => {
  it.each([
    ['JPEG in CMYK', () => picture().toColourspace('cmyk').jpeg({ quality: 95 }), 12],
    ['JPEG in grey', () => picture().grayscale().jpeg({ quality: 95 }), 8],
    ['progressive JPEG', () => picture().jpeg({ quality: 95, progressive: true }), 4],
    ['PNG of 16 bits', () => picture().toColourspace('rgb16').png(), 1],
    ['PNG with a palette', () => picture().png({ palette: true, colours: 16 }), 8],
    ['PNG with transparency', () => picture().ensureAlpha(1).png(), 1],
    ['WebP without loss', () => picture().webp({ lossless: true }), 1],
    ['WebP with transparency', () => picture().ensureAlpha(1).webp({ quality: 90 }), 6],
    ['AVIF', () => picture().avif({ quality: 80, effort: 1 }), 6],
    ['GIF', () => picture().gif(), 8],
    ['TIFF with LZW', () => picture().tiff({ compression: 'lzw' }), 1],
    ['TIFF with JPEG', () => picture().tiff({ compression: 'jpeg', quality: 95 }), 6],
    ['TIFF of 1 bit (CCITT G4)', () => picture().toColourspace('b-w').threshold(150).tiff({ compression: 'ccittfax4', bitdepth: 1 }), 16],
  ] as const)('%s', async (_, store, most) => {
    expect(await differenceOf(await bytesOf(store()))).toBeLessThan(most)
  })

  // Made of this page by heif-enc of libheif 1.15 (x265), since nothing in this project writes HEVC.
  it('HEIC of a phone (HEVC)', async () => {
    expect(await differenceOf(new Uint8Array(readFileSync(join(import.meta.dirname, 'page-60dpi.heic'))))).toBeLessThan(10)
  })

  it('PNG that is wholly transparent but for its ink shows black on white', async () => {
    const mask = await picture().extractChannel('green').negate().raw().toBuffer()
    const ink = await bytesOf(
      (await import('sharp'))
        .default({ create: { width: page.width, height: page.height, channels: 3, background: 'black' } })
        .joinChannel(mask, { raw: { width: page.width, height: page.height, channels: 1 } })
        .png(),
    )
    expect(await differenceOf(ink)).toBeLessThan(2)
  })
})
