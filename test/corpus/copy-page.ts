/** Copies one side by a device. */
import sharp from 'sharp'
import { coarseDpi, faxPage } from './fax-page.ts'
import type { Side } from './paper.ts'
import { paintSide, type CopySettings, type PageCopy } from './paint-side.ts'
import { photographPage } from './photograph-page.ts'
import type { Random } from './random.ts'
import { scanPage } from './scan-page.ts'

export const devices = ['digital', 'scan200', 'scan300', 'gray', 'fax', 'phone'] as const
/** What harsh sets are copied by besides. */
const moreDevices = ['scan150', 'scan400', 'scan600', 'bilevel', 'fax-coarse'] as const
export const allDevices = [...devices, ...moreDevices] as const
export type Device = (typeof allDevices)[number]

/** Copies one side. A screen copied by anything but a phone or scanner stays the screenshot that it is. */
export async function copyPage(
  side: Side,
  drawing: Random,
  device: Device,
  random: Random,
  settings: CopySettings = {},
): Promise<PageCopy> {
  if (side.screen) return screenshot(side, drawing, random)
  switch (device) {
    case 'phone':
      return photographPage(side, drawing, random, settings)
    case 'fax':
      return faxPage(side, drawing, random, 150, settings)
    case 'fax-coarse':
      return faxPage(side, drawing, random, coarseDpi, settings)
    case 'bilevel':
      return faxPage(side, drawing, random, random.pick([200, 200, 300]), settings)
    case 'digital':
      throw new Error('digital pages are written by write-digital-pdf')
    case 'gray':
      return scanPage(side, drawing, random, random.pick([200, 200, 300]), true, settings)
    default:
      return scanPage(side, drawing, random, Number(device.slice('scan'.length)), false, settings)
  }
}

async function screenshot(side: Side, drawing: Random, random: Random): Promise<PageCopy> {
  const { canvas, sheet, place } = paintSide(side, drawing, 72)
  const png = random.chance(0.4)
  const picture = sharp(Buffer.from(canvas.data()), { raw: { width: canvas.width, height: canvas.height, channels: 4 } })
  const bytes = await (png ? picture.removeAlpha().png() : picture.removeAlpha().jpeg({ quality: random.whole(70, 92) })).toBuffer()
  return { bytes, extension: png ? 'png' : 'jpg', width: canvas.width, height: canvas.height, rotation: 0, sheet, place, color: true }
}
