/** What a photographed sheet lies on. */
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { fontFor } from './faces.ts'
import type { Random } from './random.ts'

export type Ground = 'wood' | 'stone' | 'papers' | 'checked' | 'cloth' | 'keyboard'

/** RGBA of a ground, quiet in colour and never without grain. */
export function drawGround(ground: Ground, width: number, height: number, random: Random): Buffer {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = random.pick(['#7a5a3c', '#8d8f93', '#3d4046', '#a98d6a', '#c9c4ba', '#51443a', '#6d7f86'])
  context.fillRect(0, 0, width, height)
  streak(context, width, height, ground === 'wood', random)
  if (ground === 'checked') check(context, width, height, random)
  if (ground === 'cloth') weave(context, width, height, random)
  if (ground === 'keyboard') keys(context, width, height, random)
  if (ground === 'papers') papers(context, width, height, random)
  return Buffer.from(canvas.data())
}

function streak(context: SKRSContext2D, width: number, height: number, wood: boolean, random: Random): void {
  for (let i = random.whole(60, 260); i > 0; i--) {
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
  context.globalAlpha = 1
}

/** A table cloth or a tiled floor. */
function check(context: SKRSContext2D, width: number, height: number, random: Random): void {
  const step = width * random.between(0.05, 0.14)
  context.globalAlpha = random.between(0.15, 0.5)
  context.fillStyle = random.pick(['#ffffff', '#2a3a55', '#7a2f2f', '#d8d2c4'])
  for (let row = 0; row * step < height; row++)
    for (let column = row % 2; column * step < width; column += 2) context.fillRect(column * step, row * step, step, step)
  context.globalAlpha = 1
}

function weave(context: SKRSContext2D, width: number, height: number, random: Random): void {
  const step = random.between(5, 12)
  context.globalAlpha = 0.18
  context.fillStyle = random.pick(['#000', '#fff', '#24406a'])
  for (let x = 0; x < width; x += step) context.fillRect(x, 0, step * 0.4, height)
  for (let y = 0; y < height; y += step) context.fillRect(0, y, width, step * 0.4)
  context.globalAlpha = 1
}

/** The keyboard that the sheet lies on in part. */
function keys(context: SKRSContext2D, width: number, height: number, random: Random): void {
  const side = width * 0.062
  const top = random.chance(0.5) ? 0 : height - side * 3
  context.fillStyle = '#1c1d20'
  context.fillRect(0, top, width, side * 3)
  for (let row = 0; row < 3; row++)
    for (let column = 0; column < 17; column++) {
      const x = column * side + row * side * 0.3
      const y = top + row * side
      context.fillStyle = '#34363c'
      context.fillRect(x + 2, y + 2, side - 4, side - 4)
      const letter = random.pick(Array.from('QWERTYUIOPASDFGHJKL'))
      context.font = fontFor('sans', side * 0.36, letter)
      context.fillStyle = '#d5d7dc'
      context.fillText(letter, x + side * 0.2, y + side * 0.5)
    }
}

/** Other sheets under this one, their print cut off by it. */
function papers(context: SKRSContext2D, width: number, height: number, random: Random): void {
  for (let i = random.whole(1, 3); i > 0; i--) {
    context.save()
    context.translate(width * random.between(0.3, 0.7), height * random.between(0.3, 0.7))
    context.rotate(random.bell() * 0.2)
    const w = width * 0.92
    const h = height * 0.9
    context.fillStyle = random.pick(['#eceae4', '#e4e2da', '#f1efe9'])
    context.fillRect(-w / 2, -h / 2, w, h)
    context.fillStyle = '#5c5c60'
    const size = width * 0.014
    for (let line = 0; line < 34; line++) {
      const text = random.pick(['货物名称及数量见附表所列', '合同编号与签订日期', '运输方式及装运口岸', '品名规格单价金额', '备注栏'])
      context.font = fontFor('serif', size, text)
      context.fillText(text, -w / 2 + size * 3 + (line % 2) * w * 0.45, -h / 2 + size * 4 + line * (h / 36))
    }
    context.restore()
  }
}
