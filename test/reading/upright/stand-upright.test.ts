import { describe, expect, it } from 'vitest'
import type { Region } from '../../../src/reading/engine/measure-regions.ts'
import type { PageEngine } from '../../../src/reading/engine/open-engine.ts'
import type { Raster } from '../../../src/reading/page.ts'
import { standUpright } from '../../../src/reading/upright/stand-upright.ts'

const sheet = (width: number, height: number): Raster => ({ width, height, data: new Uint8Array(width * height * 3).fill(255) })
const region = (x: number, y: number, width: number, height: number): Region => ({ x, y, width, height, angle: 0, score: 1 })

/** Reads every line whose width lies so: 0 for a page that lies right, 270 for one that must be turned so far. */
function engineThat(detect: PageEngine['detect'], rotation: 0 | 270): PageEngine {
  const glyphs = Array.from('公民身份号码').map((character) => ({ character, confidence: 0.99, left: 0, right: 0 }))
  return {
    detect,
    recognise: (_: Raster, { angle }: Region) => {
      const isRight = Math.abs(angle + (rotation * Math.PI) / 180) < 0.1
      return Promise.resolve({ text: '', confidence: isRight ? 0.99 : 0.2, glyphs: isRight ? glyphs : [] })
    },
  } as unknown as PageEngine
}

describe('a card alone on a sheet that was scanned sideways', () => {
  it('is stood upright though half of a seal beside it was found as one wide block', async () => {
    const rows = [40, 60, 80, 100].map((x) => region(x, 150, 14, 90))
    const engine = engineThat((raster) => Promise.resolve(raster.width === 400 ? [...rows, region(250, 150, 110, 70)] : []), 270)
    expect((await standUpright(engine, sheet(400, 300))).rotation).toBe(270)
  })

  it('is stood upright though its small rows were found character by character', async () => {
    const pieces = Array.from({ length: 9 }, (_, at) => region(40 + 20 * (at % 3), 90 + 20 * at, 9, 10))
    const detect: PageEngine['detect'] = (raster) =>
      Promise.resolve(raster.width === 400 ? [...pieces, region(250, 150, 40, 20)] : [60, 80, 100].map((y) => region(150, y, 90, 12)))
    expect((await standUpright(engineThat(detect, 270), sheet(400, 300))).rotation).toBe(270)
  })

  it('is stood upright though of its rows little was found but the arcs of a seal', async () => {
    const arcs = [region(250, 120, 60, 28), region(290, 160, 25, 60), region(250, 210, 62, 28)]
    const pieces = [region(60, 150, 9, 10), region(90, 210, 8, 9)]
    const detect: PageEngine['detect'] = (raster) =>
      Promise.resolve(raster.width === 400 ? [...arcs, ...pieces] : [60, 80, 100, 120].map((y) => region(150, y, 90, 12)))
    expect((await standUpright(engineThat(detect, 270), sheet(400, 300))).rotation).toBe(270)
  })
})

const read = (text: string, confidence: number) => ({
  text,
  confidence,
  glyphs: Array.from(text).map((character) => ({ character, confidence, left: 0, right: 0 })),
})

describe('a page whose lines say little about which way it lies', () => {
  it('is turned though a day in Chinese figures was read surely upside down', async () => {
    const rows = [region(270, 90, 140, 20), region(200, 150, 140, 20), region(200, 200, 140, 20)]
    const engine = {
      detect: () => Promise.resolve(rows),
      recognise: (_: Raster, { x, angle }: Region) => {
        const isUp = Math.abs(angle) < 0.1
        if (isUp) return Promise.resolve(x === 270 ? read('日自一十由二〇二日集申', 0.97) : read('合口甲', 0.5))
        return Promise.resolve(x === 270 ? read('申请日期二〇二六年十一月七日', 0.97) : read('电子口岸操作员卡号', 0.99))
      },
    } as unknown as PageEngine
    expect((await standUpright(engine, sheet(400, 300))).rotation).toBe(180)
  })

  it('is a screen that stands as the first of its words says, though figures and addresses of mail read as well upside down', async () => {
    const rows = [0, 1, 2, 3, 4, 5].map((at) => region(200, 40 + 40 * at, at < 5 ? 140 : 100, 20))
    const engine = {
      detect: () => Promise.resolve(rows),
      recognise: (_: Raster, { width, angle }: Region) => {
        const isUp = Math.abs(angle) < 0.1
        if (width === 100) return Promise.resolve(isUp ? read('纳税人识别号', 0.99) : read('吾昭丫', 0.4))
        return Promise.resolve(isUp ? read('18608055877', 1) : read('opadexag@om', 0.8))
      },
    } as unknown as PageEngine
    expect((await standUpright(engine, sheet(400, 300))).rotation).toBe(0)
  })
})
