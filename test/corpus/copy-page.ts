/**
 * What copying does to a page: scanners, fax machines, phones. Each copy tells where a point of the sheet lies in the
 * upright picture, so that the truth about places survives the copying.
 */
import { createCanvas, type Canvas } from '@napi-rs/canvas'
import sharp, { type Sharp } from 'sharp'
import type { Side } from './paper.ts'
import type { Random } from './random.ts'
import { Sheet } from './sheet.ts'
import { project, solveHomography, type Point } from './warp.ts'

export const devices = ['digital', 'scan200', 'scan300', 'gray', 'fax', 'phone'] as const
export type Device = (typeof devices)[number]
export type Quarter = 0 | 90 | 180 | 270

export interface PageCopy {
  readonly bytes: Buffer
  readonly extension: 'jpg' | 'png' | 'tif'
  /** Pixels of the upright picture. */
  readonly width: number
  readonly height: number
  /** Degrees clockwise that stand the stored picture upright (after its EXIF orientation is obeyed). */
  readonly rotation: Quarter
  readonly sheet: Sheet
  /** From units of the sheet to fractions of the upright picture. */
  readonly place: (point: Point) => Point
  readonly color: boolean
}

/** Paints a side at `dpi` (a screen: pixel for pixel) under a small turn about its middle. */
function paint(side: Side, random: Random, dpi: number, turn = 0): { canvas: Canvas; sheet: Sheet; place: (point: Point) => Point } {
  const scale = side.screen ? 1 : dpi / 72
  const width = Math.round(side.width * scale)
  const height = Math.round(side.height * scale)
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.translate(width / 2, height / 2)
  context.rotate(turn)
  context.scale(scale, scale)
  context.translate(-side.width / 2, -side.height / 2)
  const sheet = new Sheet(context, side.width, side.height, random)
  side.draw(sheet)
  const cos = Math.cos(turn) * scale
  const sin = Math.sin(turn) * scale
  return {
    canvas,
    sheet,
    place: ([x, y]) => {
      const dx = x - side.width / 2
      const dy = y - side.height / 2
      return [(width / 2 + dx * cos - dy * sin) / width, (height / 2 + dx * sin + dy * cos) / height]
    },
  }
}

/** Fixes what chance decides otherwise. */
export interface CopySettings {
  /** JPEG quality, 1 to 100. */
  readonly quality?: number
  /** Deviation of the grain, in levels of 255. */
  readonly noise?: number
  /** Never turned by quarters. */
  readonly upright?: boolean
}

/** Copies one side. A screen copied by anything but a phone or scanner stays the screenshot that it is. */
export async function copyPage(side: Side, drawing: Random, device: Device, random: Random, settings: CopySettings = {}): Promise<PageCopy> {
  if (side.screen) return screenshot(side, drawing, random)
  switch (device) {
    case 'phone':
      return photograph(side, drawing, random)
    case 'fax':
      return fax(side, drawing, random)
    case 'digital':
      throw new Error('digital pages are written by write-digital-pdf')
    default:
      return scan(side, drawing, random, device === 'scan300' ? 300 : device === 'gray' ? random.pick([200, 200, 300]) : 200, device === 'gray', settings)
  }
}

async function screenshot(side: Side, drawing: Random, random: Random): Promise<PageCopy> {
  const { canvas, sheet, place } = paint(side, drawing, 72)
  const png = random.chance(0.4)
  const picture = raw(canvas)
  const bytes = await (png ? picture.removeAlpha().png() : picture.removeAlpha().jpeg({ quality: random.whole(70, 92) })).toBuffer()
  return { bytes, extension: png ? 'png' : 'jpg', width: canvas.width, height: canvas.height, rotation: 0, sheet, place, color: true }
}

function raw(canvas: Canvas): Sharp {
  return sharp(Buffer.from(canvas.data()), { raw: { width: canvas.width, height: canvas.height, channels: 4 } })
}

/** Quick noise: a table of normal deviates walked by a stride that never repeats in a page. */
function noiseTable(random: Random, deviation: number): Int8Array {
  return Int8Array.from({ length: 65521 }, () => Math.max(-127, Math.min(127, Math.round(random.bell() * deviation))))
}

/** White, cool, or yellowed: paper is never green or pink. */
function paperTint(random: Random): readonly [number, number, number] {
  const white = random.between(0.955, 1)
  const warmth = random.between(-0.008, 0.045)
  return [white, white - warmth * 0.3, white - warmth]
}

function quarterFor(side: Side, random: Random): Quarter {
  // Scanners feed upright sheets: a landscape form mostly comes out lying on its side.
  if (side.width > side.height) return random.chance(0.45) ? 0 : random.pick([90, 270] as const)
  return random.chance(0.88) ? 0 : random.pick([180, 180, 90, 270] as const)
}

async function scan(side: Side, drawing: Random, random: Random, dpi: number, gray: boolean, settings: CopySettings): Promise<PageCopy> {
  const turn = random.bell() * 0.009
  const { canvas, sheet, place } = paint(side, drawing, dpi, Math.max(-0.034, Math.min(0.034, turn)))
  const { width, height } = canvas
  const pixels = Buffer.from(canvas.data())
  const noise = noiseTable(random, settings.noise ?? random.between(1.5, 6))
  const tint = paperTint(random)
  const lift = random.between(6, 46)
  const contrast = (255 - lift) / 255
  const shade = random.chance(0.3) ? random.between(-0.06, 0.06) : 0
  let at = random.whole(0, 60000)
  for (let y = 0, i = 0; y < height; y++) {
    at = (at + 7919) % 65521
    for (let x = 0; x < width; x++, i += 4) {
      if (++at >= 65521) at = 0
      const light = 1 + shade * (x / width - 0.5)
      const n = noise[at]!
      for (let c = 0; c < 3; c++) {
        const value = (lift + pixels[i + c]! * contrast) * tint[c]! * light + n
        pixels[i + c] = value < 0 ? 0 : value > 255 ? 255 : value
      }
    }
  }
  const rotation = settings.upright === true ? 0 : quarterFor(side, random)
  let picture = sharp(pixels, { raw: { width, height, channels: 4 } }).removeAlpha()
  const soft = random.between(0.3, dpi === 300 ? 1 : 0.75)
  if (soft > 0.42) picture = picture.blur(soft)
  if (gray) picture = picture.grayscale()
  if (rotation !== 0) picture = picture.rotate(360 - rotation)
  const bytes = await picture.jpeg({ quality: settings.quality ?? random.whole(gray ? 55 : 62, 88) }).withMetadata({ density: dpi }).toBuffer()
  return { bytes, extension: 'jpg', width, height, rotation, sheet, place, color: !gray }
}

async function fax(side: Side, drawing: Random, random: Random): Promise<PageCopy> {
  const dpi = 150
  const { canvas, sheet, place } = paint(side, drawing, dpi, Math.max(-0.03, Math.min(0.03, random.bell() * 0.007)))
  const { width, height } = canvas
  const source = canvas.data()
  const pixels = Buffer.alloc(width * height)
  const noise = noiseTable(random, random.between(8, 22))
  const threshold = random.between(125, 190)
  let at = random.whole(0, 60000)
  for (let i = 0, p = 0; i < pixels.length; i++, p += 4) {
    if (++at >= 65521) at = (i * 31) % 65521
    const value = source[p]! * 0.3 + source[p + 1]! * 0.59 + source[p + 2]! * 0.11 + noise[at]!
    pixels[i] = value < threshold ? 0 : 255
  }
  const specks = random.whole(20, 420)
  for (let i = 0; i < specks; i++) {
    const x = random.whole(1, width - 3)
    const y = random.whole(1, height - 3)
    const ink = random.chance(0.8) ? 0 : 255
    pixels[y * width + x] = ink
    if (random.chance(0.3)) pixels[y * width + x + 1] = ink
    if (random.chance(0.2)) pixels[(y + 1) * width + x] = ink
  }
  // A dirty spot on the glass leaves a stripe down the page; a bad line repeats the one above.
  if (random.chance(0.2)) {
    const x = random.whole(10, width - 10)
    for (let y = 0; y < height; y++) if (random.chance(0.85)) pixels[y * width + x] = 0
  }
  for (let i = random.whole(0, 4); i > 0; i--) {
    const y = random.whole(2, height - 2)
    pixels.copyWithin(y * width, (y - 1) * width, y * width)
  }
  const rotation = quarterFor(side, random)
  const tiff = random.chance(0.35)
  let picture = sharp(pixels, { raw: { width, height, channels: 1 } })
  if (rotation !== 0) picture = picture.rotate(360 - rotation)
  // Resolution in pixels a millimetre: metadata would bring a colour profile, which the fax encoder refuses.
  const bytes = await (
    tiff
      ? picture.toColourspace('b-w').tiff({ compression: 'ccittfax4', bitdepth: 1, xres: dpi / 25.4, yres: dpi / 25.4 })
      : picture.toColourspace('b-w').png({ palette: true, colours: 2, dither: 0 })
  ).toBuffer()
  return { bytes, extension: tiff ? 'tif' : 'png', width, height, rotation, sheet, place, color: false }
}

/** A photograph: the sheet on a table, seen at an angle, unevenly lit, a little soft. */
async function photograph(side: Side, drawing: Random, random: Random): Promise<PageCopy> {
  const { canvas, sheet } = paint(side, drawing, 210)
  const landscape = side.width > side.height
  const long = random.pick([2000, 2560, 3000, 3264])
  const short = Math.round(long * 0.75)
  const width = landscape ? long : short
  const height = landscape ? short : long
  const ratio = side.width / side.height
  const fill = random.between(0.84, 0.95)
  let h = height * fill
  let w = h * ratio
  if (w > width * fill) {
    w = width * fill
    h = w / ratio
  }
  const turn = random.bell() * 0.03
  const cx = width / 2 + random.bell() * width * 0.01
  const cy = height / 2 + random.bell() * height * 0.01
  const lean = random.between(0.01, 0.06)
  const tiltX = random.bell() * lean * 0.6
  const tiltY = random.bell() * lean
  const corners = ([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]] as const).map(([fx, fy]): Point => {
    const nearer = 1 / (1 + fx * tiltX * 2 + fy * tiltY * 2)
    const x = fx * w * nearer
    const y = fy * h * nearer
    return [cx + x * Math.cos(turn) - y * Math.sin(turn) + random.bell() * 4, cy + x * Math.sin(turn) + y * Math.cos(turn) + random.bell() * 4]
  })
  const size: readonly Point[] = [[0, 0], [canvas.width, 0], [canvas.width, canvas.height], [0, canvas.height]]
  const back = solveHomography(corners, size)
  const pixels = warpOnto(table(width, height, random), width, canvas, back, corners, random)
  const toPicture = solveHomography([[0, 0], [side.width, 0], [side.width, side.height], [0, side.height]], corners)

  const quarter = random.pick([0, 0, 0, 90, 180, 270] as const)
  const byExif = random.chance(0.5)
  let picture = sharp(pixels, { raw: { width, height, channels: 4 } }).removeAlpha().blur(random.between(0.5, 1.15))
  if (quarter !== 0) picture = sharp(await picture.raw().toBuffer(), { raw: { width, height, channels: 3 } }).rotate(360 - quarter)
  // EXIF orientation: how a viewer must turn the stored picture: 6 is a quarter clockwise, 3 a half, 8 three quarters.
  const orientation = quarter === 90 ? 6 : quarter === 180 ? 3 : quarter === 270 ? 8 : 1
  const bytes = await picture
    .jpeg({ quality: random.whole(62, 90) })
    .withMetadata(byExif ? { orientation } : {})
    .toBuffer()
  return {
    bytes,
    extension: 'jpg',
    width,
    height,
    rotation: byExif ? 0 : quarter,
    sheet,
    place: point => {
      const [x, y] = project(toPicture, point)
      return [x / width, y / height]
    },
    color: true,
  }
}

/** A table top: wood, stone or cloth in quiet colours. */
function table(width: number, height: number, random: Random): Buffer {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const base = random.pick(['#7a5a3c', '#8d8f93', '#3d4046', '#a98d6a', '#c9c4ba', '#51443a', '#6d7f86'])
  context.fillStyle = base
  context.fillRect(0, 0, width, height)
  const streaks = random.whole(60, 260)
  const wood = random.chance(0.6)
  for (let i = 0; i < streaks; i++) {
    context.globalAlpha = random.between(0.02, 0.12)
    context.fillStyle = random.chance(0.5) ? '#000' : '#fff'
    if (wood) context.fillRect(0, random.between(0, height), width, random.between(1, 14))
    else {
      context.beginPath()
      context.ellipse(random.between(0, width), random.between(0, height), random.between(20, 300), random.between(10, 120), random.between(0, 3), 0, 7)
      context.fill()
    }
  }
  return Buffer.from(canvas.data())
}

/** Lays the sheet onto the table pixel by pixel (bilinear) and lights the whole. Returns RGBA. */
function warpOnto(target: Buffer, width: number, source: Canvas, back: readonly number[], corners: readonly Point[], random: Random): Buffer {
  const [h0, h1, h2, h3, h4, h5, h6, h7] = back as [number, number, number, number, number, number, number, number]
  const pixels = source.data()
  const sw = source.width
  const sh = source.height
  const bottom = Math.round(Math.max(...corners.map(([, y]) => y)))
  const top = Math.max(0, Math.floor(Math.min(...corners.map(([, y]) => y))))
  const left = Math.max(0, Math.floor(Math.min(...corners.map(([x]) => x))))
  const right = Math.ceil(Math.max(...corners.map(([x]) => x)))
  const rows = target.length / 4 / width
  const paper = [random.between(0.93, 1), random.between(0.93, 0.99), random.between(0.88, 0.97)] as const
  for (let y = top; y < Math.min(bottom + 1, rows); y++) {
    for (let x = left; x < Math.min(right, width); x++) {
      const k = h6 * x + h7 * y + 1
      const u = (h0 * x + h1 * y + h2) / k
      const v = (h3 * x + h4 * y + h5) / k
      if (u < 0 || v < 0 || u >= sw - 1 || v >= sh - 1) continue
      const u0 = u | 0
      const v0 = v | 0
      const fu = u - u0
      const fv = v - v0
      const a = (v0 * sw + u0) * 4
      const b = a + sw * 4
      const i = (y * width + x) * 4
      for (let c = 0; c < 3; c++) {
        const upper = pixels[a + c]! * (1 - fu) + pixels[a + 4 + c]! * fu
        const lower = pixels[b + c]! * (1 - fu) + pixels[b + 4 + c]! * fu
        target[i + c] = (18 + (upper * (1 - fv) + lower * fv) * 0.9) * paper[c]!
      }
    }
  }
  light(target, width, random)
  return target
}

/** A lamp from one side, a soft shadow of the hand that holds the phone, noise of the sensor. */
function light(target: Buffer, width: number, random: Random): void {
  const height = target.length / 4 / width
  const angle = random.between(0, Math.PI * 2)
  const slope = random.between(0.06, 0.26)
  const gx = (Math.cos(angle) * slope) / width
  const gy = (Math.sin(angle) * slope) / height
  const gain = random.between(0.84, 1.02)
  const shadow = random.chance(0.6) ? random.between(0.12, 0.38) : 0
  const edge = random.between(0, Math.PI * 2)
  const ex = Math.cos(edge)
  const ey = Math.sin(edge)
  const offset = random.between(0.05, 0.3) * width
  const softness = random.between(0.02, 0.12) * width
  const warm = [random.between(0.98, 1.04), 1, random.between(0.88, 1)] as const
  const noise = noiseTable(random, random.between(2, 6))
  let at = random.whole(0, 60000)
  for (let y = 0, i = 0; y < height; y++) {
    at = (at + 7919) % 65521
    for (let x = 0; x < width; x++, i += 4) {
      if (++at >= 65521) at = 0
      const dx = x - width / 2
      const dy = y - height / 2
      let level = gain + gx * dx + gy * dy
      if (shadow > 0) {
        const distance = (dx * ex + dy * ey - offset) / softness
        if (distance > 4) level *= 1 - shadow
        else if (distance > -4) level *= 1 - shadow / (1 + Math.exp(-distance))
      }
      const n = noise[at]!
      for (let c = 0; c < 3; c++) {
        const value = target[i + c]! * level * warm[c]! + n
        target[i + c] = value < 0 ? 0 : value > 255 ? 255 : value
      }
    }
  }
}
