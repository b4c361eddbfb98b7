/** Phones: the sheet on a table, seen at an angle, unevenly lit, a little soft. */
import type { Canvas } from '@napi-rs/canvas'
import sharp from 'sharp'
import { chooseCamera, type Camera } from './choose-camera.ts'
import { drawGround } from './draw-ground.ts'
import { drawingSet } from './drawing-sets.ts'
import { paintRelief } from './paint-relief.ts'
import type { Side } from './paper.ts'
import { noiseTable, paintSide, type CopySettings, type PageCopy } from './paint-side.ts'
import type { Random } from './random.ts'
import { project, solveHomography, type Point } from './warp.ts'

export async function photographPage(side: Side, drawing: Random, random: Random, settings: CopySettings): Promise<PageCopy> {
  const { grounds, troubles } = drawingSet(settings.heldBack ?? false, settings.harsh ?? false)
  const camera = chooseCamera(random.fork('camera'), grounds, troubles)
  const { canvas, sheet } = paintSide(side, drawing, 210, 0, settings)
  const landscape = side.width > side.height
  const short = Math.round(camera.long * 0.75)
  const width = landscape ? camera.long : short
  const height = landscape ? short : camera.long
  const corners = placeCorners(side.width / side.height, width, height, camera, random)
  const back = solveHomography(corners, [
    [0, 0],
    [canvas.width, 0],
    [canvas.width, canvas.height],
    [0, canvas.height],
  ])
  const pixels = warpOnto(drawGround(camera.ground, width, height, random), width, canvas, back, corners, camera, random)
  light(pixels, width, camera, random)
  const toPicture = solveHomography(
    [
      [0, 0],
      [side.width, 0],
      [side.width, side.height],
      [0, side.height],
    ],
    corners,
  )
  return {
    bytes: await takePicture(pixels, width, height, camera),
    extension: 'jpg',
    width,
    height,
    rotation: camera.byExif ? 0 : camera.quarter,
    sheet,
    place: ([px, py]) => {
      const [x, y] = project(toPicture, [px, py - camera.curl * side.height * Math.sin((Math.PI * px) / side.width)])
      return [x / width, y / height]
    },
    color: true,
  }
}

/** Where the sheet's corners lie in the picture, clockwise from top left. */
function placeCorners(ratio: number, width: number, height: number, camera: Camera, random: Random): Point[] {
  let h = height * camera.fill
  let w = h * ratio
  if (w > width * camera.fill) {
    w = width * camera.fill
    h = w / ratio
  }
  const cx = width / 2 + random.bell() * width * 0.01
  const cy = height / 2 + random.bell() * height * 0.01
  const tiltX = random.bell() * camera.lean * 0.6
  const tiltY = random.bell() * camera.lean
  const cos = Math.cos(camera.turn)
  const sin = Math.sin(camera.turn)
  return (
    [
      [-0.5, -0.5],
      [0.5, -0.5],
      [0.5, 0.5],
      [-0.5, 0.5],
    ] as const
  ).map(([fx, fy]) => {
    const nearer = 1 / (1 + fx * tiltX * 2 + fy * tiltY * 2)
    const x = fx * w * nearer
    const y = fy * h * nearer
    return [cx + x * cos - y * sin + random.bell() * 4, cy + x * sin + y * cos + random.bell() * 4]
  })
}

/** Blurs, turns, shrinks and packs the picture as the phone and the messenger do. */
async function takePicture(pixels: Buffer, width: number, height: number, camera: Camera): Promise<Buffer> {
  let picture = sharp(pixels, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .blur(camera.focus)
  const again = async (): Promise<void> => {
    const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
    picture = sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
  }
  if (camera.motion >= 2) {
    const side = camera.motion % 2 === 0 ? camera.motion + 1 : camera.motion
    const kernel = Array.from({ length: side * side }, (_, i) => (i % side === Math.floor(i / side) ? 1 : 0))
    await again()
    picture = picture.convolve({ width: side, height: side, kernel })
  }
  if (camera.quarter !== 0) {
    await again()
    picture = picture.rotate(360 - camera.quarter)
  }
  if (camera.sent !== null) {
    await again()
    picture = picture.resize({ width: camera.sent, height: camera.sent, fit: 'inside', withoutEnlargement: true })
  }
  // EXIF orientation: how a viewer must turn the stored picture: 6 is a quarter clockwise, 3 a half, 8 three quarters.
  const orientation = camera.quarter === 90 ? 6 : camera.quarter === 180 ? 3 : camera.quarter === 270 ? 8 : 1
  return picture
    .jpeg({ quality: camera.quality })
    .withMetadata(camera.byExif ? { orientation } : {})
    .toBuffer()
}

/** Lays the sheet with its folds onto the ground pixel by pixel (bilinear). Returns RGBA. */
function warpOnto(
  target: Buffer,
  width: number,
  source: Canvas,
  back: readonly number[],
  corners: readonly Point[],
  camera: Camera,
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
  const bow = camera.curl * sh
  const relief = paintRelief(camera, random)
  const white = random.between(0.93, 1)
  const paper = [white, white - random.between(0, 0.012), white - random.between(0, 0.05)] as const
  for (let y = top; y < Math.min(bottom + 1, rows); y++) {
    for (let x = left; x < Math.min(right, width); x++) {
      const k = h6 * x + h7 * y + 1
      let u = (h0 * x + h1 * y + h2) / k
      // A sheet that does not lie flat: its middle bows by a share of its height.
      let v = (h3 * x + h4 * y + h5) / k + bow * Math.sin((Math.PI * u) / sw)
      let shade = 1
      if (relief !== null) {
        const { level, shift } = relief(u / sw, v / sh)
        shade = level
        u += shift * sw
        v += shift * sw
      }
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
        const value = (18 + (upper * (1 - fv) + lower * fv) * 0.9) * paper[c]! * shade
        target[i + c] = value > 255 ? 255 : value
      }
    }
  }
  return target
}

/** A lamp from one side and its mirror image, shadows of an edge and of the hand that holds the phone, noise of the sensor. */
function light(target: Buffer, width: number, camera: Camera, random: Random): void {
  const height = target.length / 4 / width
  const angle = random.between(0, Math.PI * 2)
  const gx = (Math.cos(angle) * camera.slope) / width
  const gy = (Math.sin(angle) * camera.slope) / height
  const { gain, shadow, hand, glare, balance } = camera
  const edge = random.between(0, Math.PI * 2)
  const ex = Math.cos(edge)
  const ey = Math.sin(edge)
  const offset = random.between(0.05, 0.3) * width
  const softness = random.between(0.02, 0.12) * width
  const [hx, hy, hr] = [random.pick([0.1, 0.5, 0.9]) * width, height * random.between(0.6, 1.05), width * random.between(0.3, 0.5)]
  const [mx, my, mr] = [random.between(0.2, 0.8) * width, random.between(0.15, 0.85) * height, width * random.between(0.1, 0.22)]
  const noise = noiseTable(random, camera.noise)
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
      if (hand > 0) level *= 1 - hand / (1 + Math.exp((Math.hypot(x - hx, (y - hy) * 0.7) - hr) / (softness * 0.6)))
      if (camera.blinds > 0) level *= 1 - camera.blinds * Math.min(1, Math.max(0, 0.5 + 2 * Math.sin((x * 0.35 + y) * (44 / height))))
      let white = 0
      if (glare > 0) {
        const distance = Math.hypot(x - mx, (y - my) * 1.3) / mr
        if (distance < 2.4) white = glare * Math.exp(-distance * distance)
      }
      const n = noise[at]!
      for (let c = 0; c < 3; c++) {
        const lit = target[i + c]! * level * balance[c]!
        const value = lit + (255 - lit) * white + n
        target[i + c] = value < 0 ? 0 : value > 255 ? 255 : value
      }
    }
  }
}
