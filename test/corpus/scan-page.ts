/** Scanners: a slight turn, the tint and grain of paper, what the glass and the feeder leave behind. */
import type { Canvas } from '@napi-rs/canvas'
import sharp from 'sharp'
import type { Side } from './paper.ts'
import { chooseScanner, type Scanner } from './choose-scanner.ts'
import { fontFor } from './faces.ts'
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
  const scanner = chooseScanner(random.fork('scanner'), dpi, gray, settings.harsh ?? false)
  const { canvas, sheet, place } = paintSide(side, drawing, dpi, scanner.turn, settings)
  const { width, height } = canvas
  if (scanner.bleed > 0) bleedThrough(canvas, scanner.bleed, random.fork('bleed'))
  leaveTraces(canvas, dpi, random.fork('traces'))
  leaveDirt(canvas, dpi, scanner, random.fork('dirt'))
  if (scanner.lid !== null) showLid(canvas, scanner.turn, scanner.lid)
  const pixels = Buffer.from(canvas.data())
  expose(pixels, width, dpi, scanner, settings.noise ?? scanner.noise, random)
  const rotation = settings.upright === true ? 0 : quarterFor(side, random)
  let picture = sharp(pixels, { raw: { width, height, channels: 4 } }).removeAlpha()
  if (scanner.soft > 0.42) picture = picture.blur(scanner.soft)
  if (gray) picture = picture.grayscale()
  if (rotation !== 0) picture = picture.rotate(360 - rotation)
  const bytes = await picture
    .jpeg({ quality: settings.quality ?? scanner.quality })
    .withMetadata({ density: dpi })
    .toBuffer()
  return { bytes, extension: 'jpg', width, height, rotation, sheet, place, color: !gray }
}

/** What the lamp and the sensor make of ink and paper. */
function expose(pixels: Buffer, width: number, dpi: number, scanner: Scanner, deviation: number, random: Random): void {
  const noise = noiseTable(random, deviation)
  const tint = paperTint(random)
  const contrast = (255 - scanner.lift) / 255
  const curve = Float32Array.from({ length: 256 }, (_, value) => {
    const level = (scanner.lift + value * contrast) / 255
    return Math.min(1, level ** scanner.gamma * scanner.burn) * 255
  })
  const cell = scanner.screen === null ? 0 : (2 * Math.PI * scanner.screen) / dpi
  let at = random.whole(0, 60000)
  for (let y = 0, i = 0; i < pixels.length; y++) {
    at = (at + 7919) % 65521
    for (let x = 0; x < width; x++, i += 4) {
      if (++at >= 65521) at = 0
      const light = 1 + scanner.shade * (x / width - 0.5)
      // A screen at 45 degrees: dots that swell where the copy is dark.
      const n = noise[at]! + (cell === 0 ? 0 : Math.sin((x + y) * cell * 0.707) * Math.sin((x - y) * cell * 0.707) * 22)
      for (let c = 0; c < 3; c++) {
        const value = curve[pixels[i + c]!]! * tint[c]! * light + n
        pixels[i + c] = value < 0 ? 0 : value > 255 ? 255 : value
      }
    }
  }
}

/** The lid is seen where the turned sheet leaves the glass free. */
function showLid(canvas: Canvas, turn: number, level: number): void {
  const context = canvas.getContext('2d')
  const { width, height } = canvas
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.fillStyle = `rgb(${level},${level},${level + 3})`
  const half = { x: width / 2 - width * 0.004, y: height / 2 - height * 0.004 }
  const corners = (
    [
      [-half.x, -half.y],
      [half.x, -half.y],
      [half.x, half.y],
      [-half.x, half.y],
    ] as const
  ).map(([x, y]) => [width / 2 + x * Math.cos(turn) - y * Math.sin(turn), height / 2 + x * Math.sin(turn) + y * Math.cos(turn)] as const)
  context.beginPath()
  context.rect(0, 0, width, height)
  corners.forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)))
  context.closePath()
  context.fill('evenodd')
}

/** Print of the back side, mirrored and faint. */
function bleedThrough(canvas: Canvas, share: number, random: Random): void {
  const context = canvas.getContext('2d')
  const { width, height } = canvas
  context.setTransform(-1, 0, 0, 1, width, 0)
  context.globalAlpha = share
  context.fillStyle = '#222'
  const size = width * random.between(0.017, 0.022)
  for (let y = height * 0.1; y < height * random.between(0.5, 0.9); y += size * 2) {
    const text = random.pick([
      '本公司承诺所提供的材料真实有效并承担相应责任',
      '货物由承运人负责运输至指定地点',
      '经双方协商一致签订本合同',
      '序号  名称  规格  数量  金额',
    ])
    context.font = fontFor('serif', size, text)
    context.fillText(text, width * random.between(0.1, 0.2), y)
  }
  context.globalAlpha = 1
}

/** Dust on the glass and streaks of a dirty sensor. */
function leaveDirt(canvas: Canvas, dpi: number, scanner: Scanner, random: Random): void {
  const context = canvas.getContext('2d')
  context.setTransform(1, 0, 0, 1, 0, 0)
  const { width, height } = canvas
  for (let i = 0; i < scanner.dust; i++) {
    context.fillStyle = `rgba(40,40,45,${random.between(0.2, 0.7)})`
    const size = random.between(0.3, 1.5) * (dpi / 150)
    context.fillRect(random.between(0, width), random.between(0, height), size, size * random.between(0.5, 2))
  }
  for (let i = 0; i < scanner.streaks; i++) {
    context.fillStyle = random.pick(['rgba(70,70,80,0.35)', 'rgba(255,255,255,0.5)', 'rgba(40,90,70,0.3)', 'rgba(150,60,90,0.25)'])
    context.fillRect(random.between(0.05, 0.95) * width, 0, random.between(1, 3) * (dpi / 200), height)
  }
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
