import { describe, expect, it } from 'vitest'
import { findCheckBoxes } from '../../../src/reading/marks/find-check-boxes.ts'
import type { Raster } from '../../../src/reading/page.ts'
import { fax, openSheet, scan, toRaster, write, writeLines } from './draw-sheet.ts'

const states = ['empty', 'dotted', 'empty', 'filled', 'empty', 'empty'] as const

/** A column of round buttons of `side` millimetres before words with round letters, numbered by circled figures. */
function form(side: number, drawn: readonly string[] = states) {
  const sheet = openSheet(200)
  const { context, millimetre } = sheet
  const disc = (x: number, y: number, radius: number, isFilled: boolean) => {
    context.beginPath()
    context.arc(x * millimetre, y * millimetre, radius * millimetre, 0, 2 * Math.PI)
    context.lineWidth = 0.28 * millimetre
    context.strokeStyle = context.fillStyle = '#111'
    if (isFilled) context.fill()
    else context.stroke()
  }
  const middles = drawn.map((state, at) => {
    const y = 60 + at * 9
    write(sheet, '①OCEAN 国口回 600-8690', 68 + side, y + side / 2)
    disc(66, y, side / 2, state === 'filled')
    if (state === 'dotted') disc(66, y, side * 0.26, true)
    return [66 * millimetre, y * millimetre] as const
  })
  writeLines(sheet, 150, 280)
  return { sheet, middles }
}

function tell(raster: Raster, middles: readonly (readonly [number, number])[], scale = 1): (boolean | null)[] {
  const found = findCheckBoxes(raster, [])
  return middles.map(([x, y]) => {
    const hit = found.find(({ box }) => Math.hypot(box.x + box.width / 2 - x * scale, box.y + box.height / 2 - y * scale) < 8)
    return hit ? hit.checked : null
  })
}

const truth = states.map((state) => state !== 'empty')

describe('round buttons', () => {
  it.each([2.6, 4.4])('of %s mm are told empty, dotted and filled on a scan', async (side) => {
    const { sheet, middles } = form(side)
    expect(tell(await scan(toRaster(sheet), { tilt: 0 }), middles)).toEqual(truth)
  })

  it('are told on a grey copy and on a fax', async () => {
    const { sheet, middles } = form(3.4)
    expect(tell(await scan(toRaster(sheet), { grey: true, tilt: 0 }), middles)).toEqual(truth)
    expect(tell(await fax(toRaster(sheet)), middles, 1240 / sheet.width)).toEqual(truth)
  })

  it('are told where circled figures and letters touch them, and where a ring within marks one', async () => {
    const sheet = openSheet(200)
    const { context, millimetre } = sheet
    const circle = (x: number, y: number, radius: number): void => {
      context.beginPath()
      context.arc(x * millimetre, y * millimetre, radius * millimetre, 0, 2 * Math.PI)
      context.lineWidth = 0.3 * millimetre
      context.stroke()
    }
    const middles = [0, 1, 2, 3].map((at) => {
      const y = 60 + at * 9
      circle(62.6, y, 1.7)
      write(sheet, String(at + 1), 62.1, y + 0.7, 2)
      circle(66, y, 1.7)
      if (at === 2) circle(66, y, 0.95)
      // A letter that begins where the round ends.
      context.fillRect(67.7 * millimetre, (y - 1.8) * millimetre, 0.4 * millimetre, 3.6 * millimetre)
      return [66 * millimetre, y * millimetre] as const
    })
    writeLines(sheet, 150, 280)
    expect(tell(await scan(toRaster(sheet), { tilt: 0 }), middles)).toEqual([false, false, true, false])
  })

  it('are none where no empty one of the size stands on the sheet', async () => {
    const { sheet, middles } = form(3.4, ['filled', 'filled', 'filled'])
    expect(tell(await scan(toRaster(sheet), { tilt: 0 }), middles)).toEqual([null, null, null])
  })
})
