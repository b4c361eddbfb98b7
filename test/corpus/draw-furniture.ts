/** What an office prints on its blanks around the form: headers, footers, a bar code, a logo, a watermark. */
import bwipjs from 'bwip-js/node'
import type { Furniture } from './form-style.ts'
import type { Paper, Side } from './paper.ts'
import type { Random } from './random.ts'
import type { Sheet } from './sheet.ts'

/** The paper on this office's blank. Screens have no blank. */
export function onBlank(paper: Paper, furniture: Furniture): Paper {
  const furnish = (side: Side): Side => ({
    ...side,
    draw: (sheet) => {
      if (furniture.watermark !== null) drawWatermark(sheet, furniture.watermark)
      side.draw(sheet)
      drawMargins(sheet, furniture)
    },
  })
  return { ...paper, sides: paper.sides.map((side) => (side.screen ? side : furnish(side))) }
}

/** Words against misuse, again and again across a copy, paler than what they cross: 仅供…使用. Screens have none. */
export function withCopyWords(paper: Paper, random: Random): Paper {
  const words = `${random.pick(['仅供办理电子口岸业务使用', '仅供办卡使用 他用无效', '复印无效', '此件仅用于电子口岸卡登记'])}${random.pick(['', `  ${random.digits(4)}`])}`
  const slant = random.pick([-1, -1, 1]) * random.between(0.3, 0.8)
  const size = random.between(11, 22)
  const color = random.pick(['#d8d8d8', '#cccccc', '#bfc4cc', '#e0dada'])
  const apart = [random.between(1.15, 1.6), random.between(3.5, 7)] as const
  const write = (sheet: Sheet): void => {
    const { context, width, height } = sheet
    const far = Math.hypot(width, height) / 2
    context.save()
    context.globalCompositeOperation = 'multiply'
    context.translate(width / 2, height / 2)
    context.rotate(slant)
    const step = words.length * size * apart[0]
    for (let row = 0, y = -far; y < far; row++, y += size * apart[1])
      for (let x = -far - (row % 2) * 0.4 * step; x < far; x += step) sheet.text(words, x, y, { face: 'sans', size, color })
    context.restore()
  }
  const over = (side: Side): Side => ({
    ...side,
    draw: (sheet) => {
      side.draw(sheet)
      write(sheet)
    },
  })
  return { ...paper, sides: paper.sides.map((side) => (side.screen ? side : over(side))) }
}

function drawWatermark(sheet: Sheet, text: string): void {
  const { context } = sheet
  for (const down of [0.3, 0.55, 0.8]) {
    context.save()
    context.translate(sheet.width * 0.5, sheet.height * down)
    context.rotate(-0.5)
    sheet.text(text, 0, 0, { face: 'sans-bold', size: 38, color: '#ececec' }, 'center')
    context.restore()
  }
}

function drawMargins(sheet: Sheet, { header, footer, barcode, logo }: Furniture): void {
  const small = { face: 'sans', size: 8, color: '#444' } as const
  if (header !== null) sheet.text(header, sheet.random.pick([40, sheet.width - 150]), 26, small)
  if (footer !== null) sheet.text(footer, sheet.width / 2, sheet.height - 16, small, 'center')
  if (logo) {
    const { context } = sheet
    context.fillStyle = sheet.random.pick(['#1f5fa8', '#d9822b', '#2c8a57', '#7a7d85'])
    context.beginPath()
    context.moveTo(34, 34)
    context.lineTo(50, 14)
    context.lineTo(66, 34)
    context.fill()
    context.fillStyle = '#fff'
    context.beginPath()
    context.arc(50, 28, 4, 0, 7)
    context.fill()
  }
  if (barcode !== null) drawBars(sheet, barcode)
}

function drawBars(sheet: Sheet, text: string): void {
  const [code] = bwipjs.raw({ bcid: 'code128', text }) as unknown as { sbs: ArrayLike<number> }[]
  if (code === undefined) return
  let x = sheet.width - 150
  for (let i = 0; i < code.sbs.length; i++) {
    const width = code.sbs[i]! * 0.8
    sheet.context.fillStyle = '#000'
    if (i % 2 === 0) sheet.context.fillRect(x, 10, width, 18)
    x += width
  }
  sheet.text(text, sheet.width - 150, 36, { face: 'sans', size: 7 })
}
