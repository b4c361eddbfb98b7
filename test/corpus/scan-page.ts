/** Scanners: a slight turn, the tint and grain of paper, what the glass and the feeder leave behind. */
import type { Canvas } from '@napi-rs/canvas'
import sharp from 'sharp'
import type { Side } from './paper.ts'
import { noiseTable, paintSide, quarterFor, type CopySettings, type PageCopy } from './paint-side.ts'
import type { Random } from './random.ts'

/** White, cool, or yellowed: paper is never green or pink. */
function paperTint(random: Random): readonly [number, number, number] {
  const white = random.between(0.955, 1)
  const warmth = random.between(-0.008, 0.045)
  return [white, white - warmth * 0.3, white - warmth]
}

export async function scanPage(
  side: Side,
  drawing: Random,
  random: Random,
  dpi: number,
  gray: boolean,
  settings: CopySettings,
): Promise<PageCopy> {
  const turn = random.bell() * 0.009
  const { canvas, sheet, place } = paintSide(side, drawing, dpi, Math.max(-0.034, Math.min(0.034, turn)))
  const { width, height } = canvas
  leaveTraces(canvas, dpi, random.fork('traces'))
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
  const bytes = await picture
    .jpeg({ quality: settings.quality ?? random.whole(gray ? 55 : 62, 88) })
    .withMetadata({ density: dpi })
    .toBuffer()
  return { bytes, extension: 'jpg', width, height, rotation, sheet, place, color: !gray }
}

/** The lid's shadow along an edge, punched holes, a staple, a fold, a streak of dirty glass. */
function leaveTraces(canvas: Canvas, dpi: number, random: Random): void {
  const context = canvas.getContext('2d')
  context.setTransform(1, 0, 0, 1, 0, 0)
  const { width, height } = canvas
  const inch = dpi
  if (random.chance(0.3)) {
    const deep = random.between(0.03, 0.16) * inch
    const right = random.chance(0.5)
    const shade = context.createLinearGradient(right ? width : 0, 0, right ? width - deep : deep, 0)
    shade.addColorStop(0, `rgba(20,20,24,${random.between(0.35, 0.85)})`)
    shade.addColorStop(1, 'rgba(20,20,24,0)')
    context.fillStyle = shade
    context.fillRect(right ? width - deep : 0, 0, deep, height)
  }
  if (random.chance(0.14)) {
    context.fillStyle = random.pick(['#2a2a2c', '#6f6f72', '#111'])
    for (const y of [height / 2 - 1.57 * inch, height / 2 + 1.57 * inch]) {
      context.beginPath()
      context.arc(0.45 * inch, y, 0.11 * inch, 0, 7)
      context.fill()
    }
  }
  if (random.chance(0.12)) {
    context.strokeStyle = '#77777c'
    context.lineWidth = 0.025 * inch
    context.beginPath()
    context.moveTo(0.35 * inch, 0.55 * inch)
    context.lineTo(0.68 * inch, 0.36 * inch)
    context.stroke()
  }
  if (random.chance(0.18)) {
    const y = height * random.pick([0.333, 0.5, 0.667]) + random.bell() * 0.05 * inch
    const shade = context.createLinearGradient(0, y - 0.09 * inch, 0, y + 0.09 * inch)
    shade.addColorStop(0, 'rgba(90,90,90,0)')
    shade.addColorStop(0.5, `rgba(90,90,90,${random.between(0.1, 0.32)})`)
    shade.addColorStop(0.55, 'rgba(255,255,255,0.4)')
    shade.addColorStop(1, 'rgba(90,90,90,0)')
    context.fillStyle = shade
    context.fillRect(0, y - 0.09 * inch, width, 0.18 * inch)
  }
  if (random.chance(0.08)) {
    context.fillStyle = `rgba(60,60,70,${random.between(0.15, 0.4)})`
    context.fillRect(random.between(0.1, 0.9) * width, 0, random.between(1, 2.4), height)
  }
}
