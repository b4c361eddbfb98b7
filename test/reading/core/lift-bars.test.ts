import { createCanvas } from '@napi-rs/canvas'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openEngine, type PageEngine } from '../../../src/reading/engine/open-engine.ts'
import { lookAgain } from '../../../src/reading/worker/look-again.ts'
import type { Raster } from '../../../src/reading/page.ts'
import './draw-page.ts'

let engine: PageEngine
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.close())

const code = '350206198506150029'

/** A code with a box of 34 pixels around each figure, or with figures alone; `seen` as a camera does, on a slant and half in the shade. */
function drawRow(isBoxed: boolean, isSeen = false): Raster {
  const canvas = createCanvas(700, 70)
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, 700, 70)
  context.fillStyle = '#111'
  context.strokeStyle = '#111'
  context.lineWidth = 2
  context.font = '26px "Sans SC"'
  if (isSeen) context.transform(1, 0.014, 0, 1, 0, -4)
  for (const [at, figure] of Array.from(code).entries()) {
    if (isBoxed) context.strokeRect(30 + at * 34, 14, 34, 42)
    context.fillText(figure, 39 + at * 34, 45)
  }
  if (isSeen) {
    context.resetTransform()
    const shade = context.createLinearGradient(0, 0, 700, 0)
    for (const [at, depth] of [
      [0, 0],
      [0.5, 0.05],
      [0.75, 0.5],
      [1, 0.55],
    ] as const)
      shade.addColorStop(at, `rgba(0, 0, 0, ${depth})`)
    context.fillStyle = shade
    context.fillRect(0, 0, 700, 70)
  }
  const { data } = context.getImageData(0, 0, 700, 70)
  return { width: 700, height: 70, data: Uint8Array.from({ length: 700 * 70 * 3 }, (_, at) => data[Math.floor(at / 3) * 4 + (at % 3)]!) }
}

const wholeRow = { x: 5, y: 2, width: 690, height: 66 }

it('reads a code that stands one figure to a box', async () => {
  const line = await lookAgain(engine, drawRow(true), wholeRow, { withoutBars: true })
  expect(line!.text.normalize('NFKC').replace(/\s/gu, '')).toContain(code)
  expect(line!.glyphs.at(-1)!.right).toBeGreaterThan(600)
})

it('reads one that was photographed on a slant and half in the shade', async () => {
  const line = await lookAgain(engine, drawRow(true, true), wholeRow, { withoutBars: true })
  expect(line!.text.normalize('NFKC')).toBe(code)
})

it('takes no row of figures for boxes', async () => {
  expect(await lookAgain(engine, drawRow(false), wholeRow, { withoutBars: true })).toBeNull()
})
