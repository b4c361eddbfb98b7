/** What an office prints on its blanks around the form: headers, footers, a bar code, a logo, a watermark. */
import bwipjs from 'bwip-js/node'
import type { Furniture } from './form-style.ts'
import type { Paper, Side } from './paper.ts'
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
