/** Draws invented sheets with seals, tables and check boxes whose places are known, and what a scanner, a camera or a fax makes of them. */
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas'
import { createRequire } from 'node:module'
import sharp, { type Sharp } from 'sharp'
import type { Raster, Rectangle } from '../../../src/reading/page.ts'

const require = createRequire(import.meta.url)
GlobalFonts.registerFromPath(require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'), 'Sheet Sans')
GlobalFonts.registerFromPath(require.resolve('@expo-google-fonts/noto-serif-sc/600SemiBold/NotoSerifSC_600SemiBold.ttf'), 'Sheet Song')

/** Numbers in [0, 1) that are the same for the same seed. */
export const seeded = (seed: number) => {
  let state = (seed * 2654435761 + 12345) >>> 0
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export interface DrawnSeal {
  /** Centre and sizes in millimetres of the sheet. */
  readonly x: number
  readonly y: number
  readonly text: string
  readonly diameter?: number
  /** Height against width; 0.75 for the oval of an invoice seal. */
  readonly flatness?: number
  readonly number?: string
  readonly star?: boolean
  /** Straight text under the star. */
  readonly below?: string
  /** Straight text through the middle (the tax number of an invoice seal). */
  readonly middle?: string
  readonly tilt?: number
  readonly colour?: string
  readonly strength?: number
  readonly smudge?: number
}

const degree = Math.PI / 180

/** Draws one seal with its characters along the arc, feet towards the star. */
export const drawSeal = (context: SKRSContext2D, millimetre: number, seal: DrawnSeal): void => {
  const { diameter = 40, flatness = 1, star = true, tilt = 0, colour = '#d22', strength = 0.85 } = seal
  const size = Math.ceil((diameter + 4) * millimetre)
  const canvas = createCanvas(size, size)
  const pen = canvas.getContext('2d')
  pen.translate(size / 2, size / 2)
  pen.rotate(tilt * degree)
  pen.scale(1, flatness)
  pen.strokeStyle = colour
  pen.fillStyle = colour
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  const radius = (diameter / 2) * millimetre
  pen.lineWidth = 1.1 * millimetre
  pen.beginPath()
  pen.arc(0, 0, radius - pen.lineWidth / 2, 0, 2 * Math.PI)
  pen.stroke()
  if (star) {
    pen.beginPath()
    for (let point = 0; point < 10; point++) {
      const reach = (point % 2 ? 0.382 : 1) * radius * 0.34
      pen.lineTo(reach * Math.sin(point * 36 * degree), -reach * Math.cos(point * 36 * degree))
    }
    pen.fill()
  }
  const characters = [...seal.text]
  const height = radius * 0.3
  const arc = Math.min(285, 50 + characters.length * 16) * degree
  characters.forEach((character, index) => {
    const angle = -arc / 2 + (arc * (index + 0.5)) / characters.length
    pen.save()
    pen.rotate(angle)
    pen.translate(0, -radius * 0.76)
    const room = (arc / characters.length) * radius * 0.76
    pen.scale(Math.min(1, (room * 0.92) / height), 1)
    pen.font = `${height}px "Sheet Song"`
    pen.fillText(character, 0, 0)
    pen.restore()
  })
  const number = [...(seal.number ?? '')]
  number.forEach((digit, index) => {
    pen.save()
    pen.rotate((180 - (index - (number.length - 1) / 2) * 5) * degree)
    pen.translate(0, -radius * 0.86)
    pen.rotate(Math.PI)
    pen.font = `${radius * 0.1}px "Sheet Sans"`
    pen.fillText(digit, 0, 0)
    pen.restore()
  })
  if (seal.below) {
    pen.font = `${radius * 0.24}px "Sheet Song"`
    pen.fillText(seal.below, 0, radius * 0.52)
  }
  if (seal.middle) {
    pen.font = `${radius * 0.17}px "Sheet Sans"`
    pen.fillText(seal.middle, 0, 0)
  }
  if (seal.smudge) {
    const random = seeded(seal.text.length * 31 + Math.round(seal.x))
    pen.globalCompositeOperation = 'destination-out'
    for (let i = 0; i < 700 * seal.smudge; i++) {
      pen.globalAlpha = random() * 0.8
      pen.beginPath()
      pen.arc((random() * 2 - 1) * radius, (random() * 2 - 1) * radius, (0.15 + random() * 0.5) * millimetre, 0, 2 * Math.PI)
      pen.fill()
    }
  }
  context.save()
  context.globalAlpha = strength
  context.globalCompositeOperation = 'multiply'
  context.drawImage(canvas, seal.x * millimetre - size / 2, seal.y * millimetre - size / 2)
  context.restore()
}

/** A five-pointed or other mark put into a box. */
export type Mark = 'none' | 'tick' | 'cross' | 'fill' | 'hand-tick' | 'hand-cross'

export interface Sheet {
  readonly context: SKRSContext2D
  readonly millimetre: number
  readonly width: number
  readonly height: number
}

/** An empty A4 sheet at a resolution in dots per inch. */
export const openSheet = (dpi = 200): Sheet => {
  const millimetre = dpi / 25.4
  const width = Math.round(210 * millimetre)
  const height = Math.round(297 * millimetre)
  const context = createCanvas(width, height).getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.fillStyle = '#111'
  context.strokeStyle = '#111'
  context.textBaseline = 'middle'
  return { context, millimetre, width, height }
}

export const write = (sheet: Sheet, text: string, x: number, y: number, size = 3.7, font = 'Sheet Song'): void => {
  sheet.context.fillStyle = '#111'
  sheet.context.font = `${size * sheet.millimetre}px "${font}"`
  sheet.context.fillText(text, x * sheet.millimetre, y * sheet.millimetre)
}

/** Rows of running text, to have ink all over the sheet. */
export const writeLines = (sheet: Sheet, from: number, to: number, step = 7): void => {
  const sentence = '本企业承诺所提交的材料真实有效并对进出口业务口岸回执日期目录负全部责任企业法人卡由本人保管不得转借他人使用'
  for (let y = from; y < to; y += step) write(sheet, sentence.slice((y | 0) % 9, 40 + ((y | 0) % 7)), 25, y)
}

/** A ruled table; returns its cells in pixels. `joined` cells are [row, column] pairs that swallow the cell to their right. */
export const drawTable = (
  sheet: Sheet,
  columns: readonly number[],
  rows: readonly number[],
  joined: readonly (readonly [number, number])[] = [],
  pen = { colour: '#111', width: 0.25 },
): Rectangle[] => {
  const { context, millimetre } = sheet
  const cells: Rectangle[] = []
  context.strokeStyle = pen.colour
  context.lineWidth = pen.width * millimetre
  const line = (x1: number, y1: number, x2: number, y2: number) => {
    context.beginPath()
    context.moveTo(x1 * millimetre, y1 * millimetre)
    context.lineTo(x2 * millimetre, y2 * millimetre)
    context.stroke()
  }
  for (const y of rows) line(columns[0]!, y, columns.at(-1)!, y)
  for (let row = 0; row + 1 < rows.length; row++) {
    let start = 0
    for (let column = 0; column < columns.length; column++) {
      const swallowed = joined.some(([r, c]) => r === row && c === column - 1)
      if (swallowed && column + 1 < columns.length) continue
      line(columns[column]!, rows[row]!, columns[column]!, rows[row + 1]!)
      if (column > 0)
        cells.push({
          x: columns[start]! * millimetre,
          y: rows[row]! * millimetre,
          width: (columns[column]! - columns[start]!) * millimetre,
          height: (rows[row + 1]! - rows[row]!) * millimetre,
        })
      start = column
    }
  }
  return cells
}

/** A printed box of `side` millimetres with a mark; returns its place in pixels. */
export const drawBox = (sheet: Sheet, x: number, y: number, side: number, mark: Mark, seed = 1): Rectangle => {
  const { context, millimetre } = sheet
  const random = seeded(seed)
  const left = x * millimetre
  const top = y * millimetre
  const size = side * millimetre
  context.strokeStyle = '#111'
  context.lineWidth = 0.2 * millimetre
  context.strokeRect(left, top, size, size)
  const path = (points: readonly (readonly [number, number])[], width: number, colour: string) => {
    context.strokeStyle = colour
    context.lineWidth = width * millimetre
    context.lineCap = 'round'
    context.beginPath()
    for (const [px, py] of points) context.lineTo(left + px * size, top + py * size)
    context.stroke()
  }
  const shake = () => (random() - 0.5) * 0.3
  if (mark === 'tick')
    path(
      [
        [0.2, 0.5],
        [0.42, 0.78],
        [0.82, 0.22],
      ],
      0.35,
      '#111',
    )
  if (mark === 'cross') {
    path(
      [
        [0.22, 0.22],
        [0.78, 0.78],
      ],
      0.35,
      '#111',
    )
    path(
      [
        [0.78, 0.22],
        [0.22, 0.78],
      ],
      0.35,
      '#111',
    )
  }
  if (mark === 'fill') {
    context.fillStyle = '#111'
    context.fillRect(left, top, size, size)
  }
  if (mark === 'hand-tick')
    path(
      [
        [0.05 + shake(), 0.45 + shake()],
        [0.45 + shake(), 0.95 + shake()],
        [1.3 + shake(), -0.35 + shake()],
      ],
      0.5,
      '#223a9a',
    )
  if (mark === 'hand-cross') {
    path(
      [
        [-0.1 + shake(), shake()],
        [1.1 + shake(), 1 + shake()],
      ],
      0.5,
      '#222',
    )
    path(
      [
        [1.1 + shake(), -0.1 + shake()],
        [shake(), 1 + shake()],
      ],
      0.5,
      '#222',
    )
  }
  return { x: left, y: top, width: size, height: size }
}

export const toRaster = (sheet: Sheet): Raster => {
  const { data } = sheet.context.getImageData(0, 0, sheet.width, sheet.height)
  const rgb = new Uint8Array(sheet.width * sheet.height * 3)
  for (let from = 0, to = 0; from < data.length; from += 4) {
    rgb[to++] = data[from]!
    rgb[to++] = data[from + 1]!
    rgb[to++] = data[from + 2]!
  }
  return { width: sheet.width, height: sheet.height, data: rgb }
}

const decode = async (image: Sharp): Promise<Raster> => {
  const { data, info } = await image.toColourspace('srgb').removeAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
  if (info.channels === 3) return { width: info.width, height: info.height, data }
  const rgb = new Uint8Array(info.width * info.height * 3)
  for (let at = 0; at < info.width * info.height; at++) rgb.fill(data[at * info.channels]!, at * 3, at * 3 + 3)
  return { width: info.width, height: info.height, data: rgb }
}

const encode = (raster: Raster) => sharp(raster.data, { raw: { width: raster.width, height: raster.height, channels: 3 } })

/** A slightly tilted sheet with sensor noise, kept as JPEG of a quality; geometry stays within `tilt` degrees. */
export const scan = async (raster: Raster, { tilt = 0.3, noise = 10, quality = 75, grey = false, seed = 1 } = {}): Promise<Raster> => {
  const random = seeded(seed)
  let image = encode(raster)
  if (tilt)
    image = sharp(await image.rotate(tilt, { background: '#fff' }).extract(centre(raster, tilt)).png({ compressionLevel: 0 }).toBuffer())
  const turned = await decode(image)
  for (let at = 0; at < turned.data.length; at += 3) {
    const shift = (random() + random() - 1) * noise
    for (let channel = 0; channel < 3; channel++)
      turned.data[at + channel] = Math.max(0, Math.min(255, turned.data[at + channel]! * 0.94 + 8 + shift + (random() - 0.5) * noise))
  }
  let noisy = encode(turned)
  if (grey) noisy = noisy.greyscale()
  return await decode(sharp(await noisy.jpeg({ quality }).toBuffer()))
}

/** Where the unturned frame lies in the grown frame that a turn makes. */
const centre = (raster: Raster, tilt: number) => {
  const sine = Math.abs(Math.sin(tilt * degree))
  const cosine = Math.cos(tilt * degree)
  const width = raster.width * cosine + raster.height * sine
  const height = raster.height * cosine + raster.width * sine
  return {
    left: Math.floor((width - raster.width) / 2),
    top: Math.floor((height - raster.height) / 2),
    width: raster.width,
    height: raster.height,
  }
}

/** A sheet under a lamp: a sheared, unevenly lit, warm picture with coarse colour noise. */
export const photograph = async (raster: Raster, { quality = 60, seed = 1 } = {}): Promise<Raster> => {
  const random = seeded(seed)
  const lean = (random() - 0.5) * 0.04
  const flat = 0.97 + random() * 0.06
  const bent = await decode(encode(raster).affine([1, lean, lean / 3, flat], { background: '#c9b79a' }))
  const { width, height, data } = bent
  const lampX = random() * width
  const lampY = random() * height
  const reach = Math.hypot(width, height)
  const tint = [1, 0.95 - random() * 0.05, 0.82 + random() * 0.1]
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const light = 1 - 0.55 * (Math.hypot(x - lampX, y - lampY) / reach)
      const shift = (random() - 0.5) * 16
      for (let channel = 0; channel < 3; channel++) {
        const at = (y * width + x) * 3 + channel
        data[at] = Math.max(0, Math.min(255, data[at]! * light * tint[channel]! + shift + (random() - 0.5) * 14))
      }
    }
  return await decode(sharp(await encode(bent).jpeg({ quality }).toBuffer()))
}

/** A 1-bit copy at 150 dots per inch, with stray dots. */
export const fax = async (raster: Raster, { threshold = 170, dirt = 0.001, grain = 0, seed = 1 } = {}): Promise<Raster> => {
  const random = seeded(seed)
  const small = await decode(encode(raster).greyscale().resize({ width: 1240 }))
  for (let at = 0; at < small.data.length; at += 3) {
    const value = small.data[at]! + (grain > 0 ? (random() - 0.5) * 2 * grain : 0)
    const ink = value < threshold !== random() < dirt
    small.data.fill(ink ? 0 : 255, at, at + 3)
  }
  return small
}
