/** Phones: the sheet on a table, seen at an angle, unevenly lit, a little soft. */
import { createCanvas, type Canvas } from '@napi-rs/canvas'
import sharp from 'sharp'
import type { Side } from './paper.ts'
import { noiseTable, paintSide, type PageCopy } from './paint-side.ts'
import type { Random } from './random.ts'
import { project, solveHomography, type Point } from './warp.ts'

/** A photograph: the sheet on a table, seen at an angle, unevenly lit, a little soft. */
export async function photographPage(side: Side, drawing: Random, random: Random): Promise<PageCopy> {
  const { canvas, sheet } = paintSide(side, drawing, 210)
  const landscape = side.width > side.height
  // A messenger sends 1440 pixels; a camera keeps more.
  const long = random.pick([1440, 1706, 2000, 2560, 3000, 3264])
  const short = Math.round(long * 0.75)
  const width = landscape ? long : short
  const height = landscape ? short : long
  const ratio = side.width / side.height
  const fill = random.between(0.84, 0.97)
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
  const corners = (
    [
      [-0.5, -0.5],
      [0.5, -0.5],
      [0.5, 0.5],
      [-0.5, 0.5],
    ] as const
  ).map(([fx, fy]): Point => {
    const nearer = 1 / (1 + fx * tiltX * 2 + fy * tiltY * 2)
    const x = fx * w * nearer
    const y = fy * h * nearer
    return [
      cx + x * Math.cos(turn) - y * Math.sin(turn) + random.bell() * 4,
      cy + x * Math.sin(turn) + y * Math.cos(turn) + random.bell() * 4,
    ]
  })
  const size: readonly Point[] = [
    [0, 0],
    [canvas.width, 0],
    [canvas.width, canvas.height],
    [0, canvas.height],
  ]
  const back = solveHomography(corners, size)
  const curl = random.chance(0.45) ? random.bell() * 0.006 : 0
  const pixels = warpOnto(table(width, height, random), width, canvas, back, corners, curl, random)
  const toPicture = solveHomography(
    [
      [0, 0],
      [side.width, 0],
      [side.width, side.height],
      [0, side.height],
    ],
    corners,
  )

  const quarter = random.pick([0, 0, 0, 90, 180, 270] as const)
  const byExif = random.chance(0.5)
  let picture = sharp(pixels, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .blur(Math.max(0.3, random.between(0.4, 1.1) * (long < 1800 ? 0.65 : 1)))
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
    place: ([px, py]) => {
      const [x, y] = project(toPicture, [px, py - curl * side.height * Math.sin((Math.PI * px) / side.width)])
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
      context.ellipse(
        random.between(0, width),
        random.between(0, height),
        random.between(20, 300),
        random.between(10, 120),
        random.between(0, 3),
        0,
        7,
      )
      context.fill()
    }
  }
  return Buffer.from(canvas.data())
}

/** Lays the sheet onto the table pixel by pixel (bilinear) and lights the whole. Returns RGBA. */
function warpOnto(
  target: Buffer,
  width: number,
  source: Canvas,
  back: readonly number[],
  corners: readonly Point[],
  curl: number,
  random: Random,
): Buffer {
  const [h0, h1, h2, h3, h4, h5, h6, h7] = back as [number, number, number, number, number, number, number, number]
  const pixels = source.data()
  const sw = source.width
  const sh = source.height
  const bottom = Math.round(Math.max(...corners.map(([, y]) => y)))
  const top = Math.max(0, Math.floor(Math.min(...corners.map(([, y]) => y))))
  const left = Math.max(0, Math.floor(Math.min(...corners.map(([x]) => x))))
  const right = Math.ceil(Math.max(...corners.map(([x]) => x)))
  const rows = target.length / 4 / width
  const bow = curl * sh
  const white = random.between(0.93, 1)
  const paper = [white, white - random.between(0, 0.012), white - random.between(0, 0.05)] as const
  for (let y = top; y < Math.min(bottom + 1, rows); y++) {
    for (let x = left; x < Math.min(right, width); x++) {
      const k = h6 * x + h7 * y + 1
      const u = (h0 * x + h1 * y + h2) / k
      // A sheet that does not lie flat: its middle bows by a share of its height.
      const v = (h3 * x + h4 * y + h5) / k + bow * Math.sin((Math.PI * u) / sw)
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
  const warm = [random.between(0.99, 1.03), 1, random.between(0.9, 1.01)] as const
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
